//! Records, classes and states for PlantUML.

use super::super::picture::{Cardinality, Classes, Entities, States, TieKind};
use super::{id, text};

pub(super) fn entities(out: &mut String, drawn: &Entities) {
    out.push_str("hide circle\n");
    for entity in &drawn.entities {
        out.push_str(&format!("entity \"{}\" as {} {{\n", text(&entity.title), id('n', &entity.id)));
        for field in &entity.attributes {
            let keys = field.keys.iter().map(|key| format!(" <<{key}>>"));
            let keys: String = keys.collect();
            out.push_str(&format!("  {} <U+003A> {}{keys}\n", text(&field.name), text(&field.shape)));
        }
        out.push_str("}\n");
    }
    for relation in &drawn.relations {
        let name = |index: usize| drawn.entities.get(index).map(|entity| id('n', &entity.id));
        let (Some(from), Some(to)) = (name(relation.from), name(relation.to)) else { continue };
        let left = match relation.from_count {
            Cardinality::One => "||",
            Cardinality::ZeroOrOne => "|o",
            Cardinality::Many => "}o",
            Cardinality::OneOrMore => "}|",
        };
        let right = match relation.to_count {
            Cardinality::One => "||",
            Cardinality::ZeroOrOne => "o|",
            Cardinality::Many => "o{",
            Cardinality::OneOrMore => "|{",
        };
        let middle = if relation.is_identifying { "--" } else { ".." };
        out.push_str(&format!("{from} {left}{middle}{right} {to} : {}\n", text(&relation.label)));
    }
}

pub(super) fn classes(out: &mut String, drawn: &Classes) {
    for class in &drawn.classes {
        let word = match class.stereotype.as_deref() {
            Some("interface") => "interface",
            Some("abstract") => "abstract class",
            Some("enum") => "enum",
            _ => "class",
        };
        out.push_str(&format!("{word} \"{}\" as {} {{\n", text(&class.title), id('n', &class.id)));
        class.fields.iter().for_each(|field| out.push_str(&format!("  {{field}} {}\n", text(field))));
        class.methods.iter().for_each(|method| out.push_str(&format!("  {{method}} {}\n", text(method))));
        out.push_str("}\n");
    }
    for tie in &drawn.ties {
        let name = |index: usize| drawn.classes.get(index).map(|class| id('n', &class.id));
        let (Some(from), Some(to)) = (name(tie.from), name(tie.to)) else { continue };
        let arrow = match tie.kind {
            TieKind::Extends => "--|>",
            TieKind::Implements => "..|>",
            TieKind::Has => "*--",
            TieKind::Uses => "..>",
        };
        out.push_str(&format!("{from} {arrow} {to}\n"));
    }
}

pub(super) fn states(out: &mut String, drawn: &States) {
    for (state, name) in &drawn.states {
        out.push_str(&format!("state \"{}\" as {}\n", text(name), id('n', state)));
    }
    for change in &drawn.changes {
        let name = |end: Option<usize>| match end {
            None => Some("[*]".to_owned()),
            Some(index) => drawn.states.get(index).map(|(state, _)| id('n', state)),
        };
        let (Some(from), Some(to)) = (name(change.from), name(change.to)) else { continue };
        let label = if change.label.trim().is_empty() {
            String::new()
        } else {
            format!(" : {}", text(&change.label))
        };
        out.push_str(&format!("{from} --> {to}{label}\n"));
    }
}
