//! `sysdesign kinds`

use super::{Exit, ListFormat, output};
use crate::catalog::{Catalog, Kind, Number, Technology, builtin};
use crate::host::terminal;
use crate::report::style::Paint;
use serde_json::{Value, json};

/// List the kinds and technologies that a design may name, with their numbers
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// A kind or technology to show in full
    #[arg(value_name = "NAME")]
    name: Option<String>,
    /// Text for people, JSON for scripts
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

/// Prints all of them, or one in full.
pub fn run(arguments: &Arguments, colour: bool) -> Exit {
    let catalog = builtin::shared();
    let page = Page { catalog, paint: Paint::new(colour), width: terminal::width().clamp(40, 120) };
    let (text, value) = match arguments.name.as_deref() {
        None => (page.overview(), overview_json(catalog)),
        Some(name) => {
            let (kind, technology) = (catalog.kind(name), catalog.technology(name));
            if kind.is_none() && technology.is_none() {
                let near = catalog.closest_kind(name).or_else(|| catalog.closest_technology(name));
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                output::complain(&format!(
                    "the catalogue knows neither a kind nor a technology `{name}`{near}"
                ));
                return Exit::Trouble;
            }
            let kind_part = kind.map(|kind| (page.kind(kind), kind_json(catalog, kind)));
            let technology_part = technology.map(|it| (page.technology(it), technology_json(catalog, it)));
            let (texts, values): (Vec<_>, Vec<_>) = kind_part.into_iter().chain(technology_part).unzip();
            (texts.join("\n"), json!({ "version": 1, "entries": values }))
        }
    };
    let result = match arguments.format {
        ListFormat::Text => output::print(|out| out.write_all(text.as_bytes())),
        ListFormat::Json => output::print(|out| writeln!(out, "{value:#}")),
    };
    result.err().unwrap_or(Exit::Clean)
}

struct Page {
    catalog: &'static Catalog<'static>,
    paint: Paint,
    width: usize,
}

impl Page {
    fn overview(&self) -> String {
        let mut text = String::new();
        for kind in self.catalog.kinds() {
            let id = self.paint.strong(&format!("{:<22}", kind.id));
            text.push_str(&format!("{id}{}\n", kind.description));
            let played = self.catalog.technologies().filter(|it| it.kinds.first() == Some(&kind.id));
            let names: Vec<&str> = played.map(|technology| technology.id).collect();
            for line in self.wrapped(&names.join(", "), 22) {
                text.push_str(&format!("{:22}{}\n", "", self.paint.faint(&line)));
            }
        }
        let technologies = self.catalog.technologies().count();
        let hint = format!(
            "\n{} kinds, {technologies} technologies (each under its usual kind). `sysdesign kinds NAME` shows one \
             with its numbers and their sources; add your own with `catalog:`.\n",
            self.catalog.kinds().count()
        );
        text + &self.paint.faint(&hint)
    }

    fn wrapped(&self, text: &str, indent: usize) -> Vec<String> {
        let width = self.width.saturating_sub(indent).max(20);
        let mut lines: Vec<String> = Vec::new();
        for word in text.split_whitespace() {
            match lines.last_mut() {
                Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                    line.push(' ');
                    line.push_str(word);
                }
                _ => lines.push(word.to_owned()),
            }
        }
        lines
    }

    fn kind(&self, kind: &Kind<'static>) -> String {
        let mut text = self.title(kind.id, kind.name, "kind", kind.description);
        text.push_str(&format!("\n{}\n", self.paint.heading("Traits")));
        for name in &kind.traits {
            let meaning = self.catalog.traits().find(|(id, _)| id == name).map_or("", |(_, meaning)| meaning);
            text.push_str(&format!("  {:<22}{meaning}\n", name));
        }
        text.push_str(&self.numbers(&self.catalog.kind_numbers(kind)));
        let played: Vec<&str> =
            self.catalog.technologies().filter(|it| it.kinds.contains(&kind.id)).map(|it| it.id).collect();
        if !played.is_empty() {
            text.push_str(&format!("\n{}\n", self.paint.heading("Technologies")));
            self.wrapped(&played.join(", "), 2).iter().for_each(|line| text.push_str(&format!("  {line}\n")));
        }
        text
    }

    fn technology(&self, technology: &Technology<'static>) -> String {
        let what = if technology.managed { "managed service" } else { "technology" };
        let mut text = self.title(technology.id, technology.name, what, technology.description);
        if let Some(homepage) = technology.homepage {
            text.push_str(&format!("{}\n", self.paint.faint(homepage)));
        }
        text.push_str(&format!("\nUsed as     {}\n", technology.kinds.join(", ")));
        if !technology.aliases.is_empty() {
            text.push_str(&format!("Also called {}\n", technology.aliases.join(", ")));
        }
        text.push_str(&self.numbers(&self.catalog.technology_numbers(technology)));
        text
    }

    fn title(&self, id: &str, name: &str, what: &str, description: &str) -> String {
        let head = format!("{}  {}", self.paint.strong(id), self.paint.faint(&format!("{name}, {what}")));
        let body = self.wrapped(description, 0).join("\n");
        format!("{head}\n{body}\n")
    }

    fn numbers(&self, numbers: &[Number<'_, '_>]) -> String {
        if numbers.is_empty() {
            return String::new();
        }
        let widest =
            |texts: &mut dyn Iterator<Item = &str>| texts.map(|text| text.chars().count()).max().unwrap_or(0);
        let names = widest(&mut numbers.iter().map(|number| number.name));
        let values = widest(&mut numbers.iter().map(|number| number.text));
        let mut text = format!("\n{}\n", self.paint.heading("Numbers (override any of them on a component)"));
        for number in numbers {
            let value = self.paint.strong(&format!("{:<values$}", number.text));
            let basis = number.basis.word();
            text.push_str(&format!("  {:<names$}  {value}  {basis}\n", number.name));
            let indent = names + 4;
            let mut below = Vec::new();
            if let Some(note) = number.note {
                below.push(note.to_owned());
            }
            if let Some(source) = number.source {
                below.push(format!("{} ({}) {}", source.title, source.date, source.url));
            }
            for line in below.iter().flat_map(|line| self.wrapped(line, indent)) {
                text.push_str(&format!("{:indent$}{}\n", "", self.paint.faint(&line)));
            }
        }
        text
    }
}

fn overview_json(catalog: &Catalog<'static>) -> Value {
    let kinds: Vec<Value> = catalog.kinds().map(|kind| kind_json(catalog, kind)).collect();
    let technologies: Vec<Value> = catalog.technologies().map(|it| technology_json(catalog, it)).collect();
    json!({ "version": 1, "entries": kinds.into_iter().chain(technologies).collect::<Vec<_>>() })
}

fn kind_json(catalog: &Catalog<'static>, kind: &Kind<'static>) -> Value {
    json!({
        "type": "kind",
        "id": kind.id,
        "name": kind.name,
        "description": kind.description,
        "traits": kind.traits,
        "shape": kind.shape.word(),
        "numbers": numbers_json(&catalog.kind_numbers(kind)),
    })
}

fn technology_json(catalog: &Catalog<'static>, technology: &Technology<'static>) -> Value {
    json!({
        "type": "technology",
        "id": technology.id,
        "name": technology.name,
        "description": technology.description,
        "kinds": technology.kinds,
        "aliases": technology.aliases,
        "managed": technology.managed,
        "homepage": technology.homepage,
        "numbers": numbers_json(&catalog.technology_numbers(technology)),
    })
}

fn numbers_json(numbers: &[Number<'_, '_>]) -> Vec<Value> {
    let one = |number: &Number<'_, '_>| {
        let source = number.source.map(
            |source| json!({ "title": source.title, "url": source.url, "date": source.date.to_string() }),
        );
        json!({
            "name": number.name,
            "text": number.text,
            "basis": number.basis.word(),
            "note": number.note,
            "source": source,
        })
    };
    numbers.iter().map(one).collect()
}
