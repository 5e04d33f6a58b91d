//! Kinds and technologies for people.

use crate::catalog::{Catalog, Kind, Number, Technology};
use crate::cli::output;
use crate::report::sanitize::{Signs, Visible};
use crate::report::style::Paint;

/// What is shown, how, and how wide.
pub struct Page<'c, 't> {
    pub catalog: &'c Catalog<'t>,
    pub paint: Paint,
    pub width: usize,
}

/// Where the second column of the overview begins.
const COLUMN: usize = 24;

impl<'t> Page<'_, 't> {
    /// All kinds, each with the technologies that usually play it.
    pub fn overview(&self) -> String {
        let mut text = String::new();
        for kind in self.catalog.kinds() {
            let played = self.catalog.technologies().filter(|it| it.kinds.first() == Some(&kind.id));
            let names: Vec<&str> = played.map(|technology| technology.id).collect();
            let description = self.wrapped(kind.description, COLUMN);
            let technologies = self.wrapped(&names.join(", "), COLUMN + 2);
            let lines = description
                .into_iter()
                .chain(technologies.into_iter().map(|line| self.paint.faint(&format!("  {line}"))));
            let mut lines = lines.collect::<Vec<_>>().into_iter();
            let first = lines.next().unwrap_or_default();
            text.push_str(&format!("{}{first}\n", self.column(kind.id)));
            lines.for_each(|line| text.push_str(&format!("{:COLUMN$}{line}\n", "")));
        }
        let counts = format!(
            "{} kinds and, indented, {} technologies, each below its usual kind.",
            self.catalog.kinds().count(),
            self.catalog.technologies().count()
        );
        let hint = "`sysdesign kinds NAME` shows one with its numbers and their sources. Designs add their own with \
                    `catalog:`.";
        text.push('\n');
        for line in [counts.as_str(), hint].into_iter().flat_map(|line| self.wrapped(line, 0)) {
            text.push_str(&format!("{}\n", self.paint.faint(&line)));
        }
        text
    }

    /// A name and the blank beside it. Paint would count as characters, so it comes after padding.
    fn column(&self, name: &str) -> String {
        let blank = " ".repeat(COLUMN.saturating_sub(name.chars().count()).max(1));
        format!("{}{blank}", self.paint.strong(&visible(name)))
    }

    /// A kind in full.
    pub fn kind(&self, kind: &Kind<'t>) -> String {
        let mut text = self.title(kind.id, kind.name, "a kind", kind.description);
        if !kind.traits.is_empty() {
            text.push_str(&self.heading("Traits", "what rules and diagrams expect of it"));
        }
        for name in &kind.traits {
            let meaning = self.catalog.traits().find(|(id, _)| id == name).map_or("", |(_, meaning)| meaning);
            let mut lines = self.wrapped(meaning, COLUMN + 2).into_iter();
            text.push_str(&format!("  {}{}\n", self.column(name), lines.next().unwrap_or_default()));
            lines.for_each(|line| text.push_str(&format!("  {:COLUMN$}{line}\n", "")));
        }
        let played: Vec<&str> =
            self.catalog.technologies().filter(|it| it.kinds.contains(&kind.id)).map(|it| it.id).collect();
        if !played.is_empty() {
            text.push_str(&self.heading("Technologies", "that play it"));
            self.wrapped(&played.join(", "), 2).iter().for_each(|line| text.push_str(&format!("  {line}\n")));
        }
        text.push_str(&self.numbers(&self.catalog.kind_numbers(kind)));
        text
    }

    /// A technology in full.
    pub fn technology(&self, technology: &Technology<'t>) -> String {
        let what = if technology.managed { "a managed service" } else { "a technology" };
        let mut text = self.title(technology.id, technology.name, what, technology.description);
        if let Some(homepage) = technology.homepage {
            text.push_str(&format!("{}\n", self.paint.faint(&visible(homepage))));
        }
        text.push('\n');
        let lists =
            [("Used as", technology.kinds.join(", ")), ("Also called", technology.aliases.join(", "))];
        for (label, names) in lists.iter().filter(|(_, names)| !names.is_empty()) {
            let mut label = format!("{label:<12}");
            for line in self.wrapped(names, 12) {
                text.push_str(&format!("{}{line}\n", self.paint.faint(&label)));
                label = " ".repeat(12);
            }
        }
        text.push_str(&self.numbers(&self.catalog.technology_numbers(technology)));
        text
    }

    fn title(&self, id: &str, name: &str, what: &str, description: &str) -> String {
        let named = if name == id { what.to_owned() } else { format!("{}, {what}", visible(name)) };
        let body: String = self.wrapped(description, 0).iter().map(|line| format!("{line}\n")).collect();
        format!("{}  {}\n{body}", self.paint.strong(&visible(id)), self.paint.faint(&named))
    }

    fn heading(&self, words: &str, about: &str) -> String {
        format!("\n{}  {}\n", self.paint.heading(words), self.paint.faint(about))
    }

    /// The numbers, each with a sign for its source, and the sources below.
    fn numbers(&self, numbers: &[Number<'_, '_>]) -> String {
        if numbers.is_empty() {
            return String::new();
        }
        let widest =
            |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| text.chars().count()).max().unwrap_or(0);
        let names = widest(&mut numbers.iter().map(|number| number.name));
        let values = widest(&mut numbers.iter().map(|number| number.text));
        let indent = names + 4;
        let mut sources: Vec<(&str, String)> = Vec::new();
        let mut text = self.heading("Numbers", "any of them may be overridden on a component");
        for number in numbers {
            let mut evidence = number.basis.word().to_owned();
            if let Some(source) = number.source {
                let known = sources.iter().position(|(url, _)| *url == source.url);
                let place = known.unwrap_or_else(|| {
                    sources.push((source.url, format!("{}, {}", source.title, source.date)));
                    sources.len() - 1
                });
                evidence.push_str(&format!(" [{}]", place + 1));
            }
            let value = self.paint.strong(&format!("{:<values$}", visible(number.text)));
            text.push_str(&format!("  {:<names$}  {value}  {evidence}\n", visible(number.name)));
            for line in number.note.iter().flat_map(|note| self.wrapped(note, indent)) {
                text.push_str(&format!("{:indent$}{}\n", "", self.paint.faint(&line)));
            }
        }
        if !sources.is_empty() {
            text.push_str(&format!("\n{}\n", self.paint.heading("Sources")));
        }
        for (place, (url, title)) in sources.iter().enumerate() {
            let mut mark = format!("{:>6} ", format!("[{}]", place + 1));
            for line in self.wrapped(title, 7) {
                text.push_str(&format!("{mark}{line}\n"));
                mark = " ".repeat(7);
            }
            text.push_str(&format!("{:7}{}\n", "", self.paint.faint(&visible(url))));
        }
        text
    }

    fn wrapped(&self, text: &str, indent: usize) -> Vec<String> {
        let width = self.width.saturating_sub(indent).max(20);
        output::wrapped(&visible(text), width)
    }
}

/// A text of a catalogue file, which anybody may have written, for the terminal.
fn visible(text: &str) -> String {
    Visible::line(text, Signs::Unicode).as_str().to_owned()
}
