//! The tree of a value as text.

use super::explain::{Below, Node, origin};
use super::figures::{Figures, percent};
use super::page::{Cell, Tone};
use super::text::{Look, Writer};
use crate::estimate::derivation::Origin;
use crate::estimate::{Changes, Estimate, Status};
use crate::source::Sources;
use std::io::{self, Write};

struct Tree<'t, 'm, 'd> {
    writer: Writer,
    figures: &'t Figures<'t, 'm, 'd>,
    sources: &'t Sources,
    unicode: bool,
    /// Whether something goes deeper than is shown.
    goes_on: bool,
}

/// Writes the tree.
pub fn write(
    estimate: &Estimate<'_, '_>,
    sources: &Sources,
    root: &Node,
    depth: usize,
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let central = estimate.central(&Changes::new(), &[]);
    let figures = Figures::new(estimate, &central, &[]);
    let writer = Writer::new(look);
    let mut tree = Tree { writer, figures: &figures, sources, unicode: look.unicode, goes_on: false };
    tree.node(root, "", "", out)?;
    if let Some((low, high)) = estimate.ends(root.derivation.value) {
        let show = |end: f64| estimate.shown(root.derivation.value, end);
        let text = format!(
            "Bound by interval arithmetic, with everything at the ends of its ranges at once: {} to {}.",
            show(low),
            show(high)
        );
        writeln!(out)?;
        tree.writer.paragraph(&Cell::faint(text), 0, out)?;
    }
    if tree.goes_on {
        writeln!(out)?;
        let text = format!("… goes on below: ask for that value, or for more with --depth {}.", depth + 3);
        writer.paragraph(&Cell::faint(text), 0, out)?;
    }
    Ok(())
}

impl Tree<'_, '_, '_> {
    fn node(&mut self, node: &Node, first: &str, rest: &str, out: &mut dyn Write) -> io::Result<()> {
        let derivation = &node.derivation;
        let is_missing = matches!(derivation.origin, Origin::Missing(_));
        let number = match (node.reading.status, is_missing) {
            (_, true) => String::new(),
            (Status::Unknown, _) => "not known".to_owned(),
            _ => self.figures.ranged(&node.reading),
        };
        let tone = match node.reading.status {
            Status::Known => Tone::Plain,
            Status::Unknown => Tone::Doubtful,
            Status::Unstable => Tone::Bad,
        };
        // A number that has no name but itself is not said twice.
        let mut head = match derivation.name.is_empty() || derivation.name == number {
            true => Cell::toned(tone, &number),
            false if number.is_empty() => Cell::toned(Tone::Doubtful, &derivation.name),
            false => Cell::name(&derivation.name).then(Tone::Plain, " = ").then(tone, &number),
        };
        if let Some(share) = node.share {
            head = head.then(Tone::Faint, format!(" ({} of the sum)", percent(share)));
        }
        match node.below {
            Below::Above => head = head.then(Tone::Faint, " as above"),
            Below::Deeper => {
                self.goes_on = true;
                head = head.then(Tone::Faint, " …");
            }
            Below::Inputs(..) => {}
        }
        let mut origins = origin(derivation, &number, self.sources).into_iter();
        let is_leaf = matches!(&node.below, Below::Inputs(inputs, _) if inputs.is_empty());
        let mut details: Vec<Cell> = Vec::new();
        if !matches!(node.below, Below::Above) {
            if is_leaf && let Some(origin) = origins.next() {
                head = head.then(Tone::Faint, format!(" · {origin}"));
            }
            if !is_leaf {
                self.formula(node, &mut details);
            }
            details.extend(origins.map(Cell::faint));
        }
        self.line(&head, first, rest, out)?;
        let below = match &node.below {
            Below::Inputs(inputs, small) => (inputs.as_slice(), *small),
            _ => (&[][..], None),
        };
        let has_below = !below.0.is_empty();
        let bar = if self.unicode { "│ " } else { "| " };
        let under = format!("{rest}{}", if has_below { bar } else { "  " });
        for detail in &details {
            self.line(detail, &under, &under, out)?;
        }
        let count = below.0.len() + usize::from(below.1.is_some());
        let branch = |at: usize| match (at + 1 == count, self.unicode) {
            (false, true) => ("├─ ", "│  "),
            (true, true) => ("└─ ", "   "),
            (false, false) => ("|- ", "|  "),
            (true, false) => ("`- ", "   "),
        };
        let branches: Vec<(&str, &str)> = (0..count).map(branch).collect();
        for (child, (begin, on)) in below.0.iter().zip(&branches) {
            self.node(child, &format!("{rest}{begin}"), &format!("{rest}{on}"), out)?;
        }
        if let (Some((left, share)), Some((begin, on))) = (below.1, branches.last()) {
            let text = format!("{left} smaller ones with {} of the sum", percent(share));
            self.line(&Cell::faint(text), &format!("{rest}{begin}"), &format!("{rest}{on}"), out)?;
        }
        Ok(())
    }

    fn formula(&self, node: &Node, details: &mut Vec<Cell>) {
        let derivation = &node.derivation;
        // Another name for the only thing below says nothing that the line below does not say.
        if let Below::Inputs(inputs, None) = &node.below
            && let [only] = inputs.as_slice()
            && only.derivation.name == derivation.formula
        {
            return;
        }
        if !derivation.formula.is_empty() {
            details.push(Cell::plain(format!("= {}", derivation.formula)));
        }
        if !derivation.with_numbers.is_empty() && derivation.with_numbers != derivation.formula {
            details.push(Cell::plain(format!("= {}", derivation.with_numbers)));
        }
        if !node.hops.is_empty() {
            details.push(Cell::plain(format!("goes to {}", node.hops)));
        }
        let exact = if derivation.is_exact { "exact" } else { "approximate" };
        if derivation.model != "arithmetic" && !derivation.model.is_empty() {
            details.push(Cell::faint(format!("{}, {exact}", derivation.model)));
        }
    }

    /// A line of the tree, its further lines behind what stands before them.
    fn line(&self, cell: &Cell, first: &str, rest: &str, out: &mut dyn Write) -> io::Result<()> {
        let prefix = |text: &str| self.writer.toned(Tone::Faint, text);
        let before = first.chars().count().max(rest.chars().count());
        let more = 2;
        let lines = self.writer.broken(cell, before, before + more);
        for (at, line) in lines.iter().enumerate() {
            let text = if at == 0 {
                format!("{}{line}", prefix(first))
            } else {
                format!("{}{:more$}{line}", prefix(rest), "")
            };
            writeln!(out, "{}", text.trim_end())?;
        }
        Ok(())
    }
}
