//! Records, classes, states and requirements.

use super::super::picture::{
    Cardinality, Classes, Entities, Picture, Requirements, States, TieKind, Tone, Wanted,
};
use super::accessible;
use super::escape::{Page, Safe, line};

/// Entity-relationship diagrams.
pub(super) fn entities(page: &mut Page, picture: &Picture, drawn: &Entities) {
    line!(page, 0, "erDiagram");
    accessible(page, picture);
    for entity in &drawn.entities {
        let title = if entity.title.trim().is_empty() { &entity.id } else { &entity.title };
        line!(page, 1, Safe::id('n', &entity.id), "[\"", Safe::text(title), "\"] {");
        for attribute in &entity.attributes {
            let (shape, name) = (Safe::attribute(&attribute.shape), Safe::attribute(&attribute.name));
            // What the grammar does not take as a name is said beside it.
            let is_same = name.as_str() == attribute.name;
            let mut said = vec![attribute.comment.trim()];
            if !is_same {
                said.insert(0, attribute.name.trim());
            }
            said.retain(|text| !text.is_empty());
            page.indent(2);
            page.put(&shape);
            page.put(&" ");
            page.put(&name);
            for (index, key) in attribute.keys.iter().enumerate() {
                page.put(&if index == 0 { " " } else { ", " });
                page.put(&Safe::word(key));
            }
            if !said.is_empty() {
                page.put(&" \"");
                page.put(&Safe::text(&said.join(": ")));
                page.put(&"\"");
            }
            page.end();
        }
        line!(page, 1, "}");
    }
    for relation in &drawn.relations {
        let id = |index: usize| drawn.entities.get(index).map(|entity| Safe::id('n', &entity.id));
        let (Some(from), Some(to)) = (id(relation.from), id(relation.to)) else { continue };
        let left = match relation.from_count {
            Cardinality::One => " ||",
            Cardinality::ZeroOrOne => " |o",
            Cardinality::Many => " }o",
            Cardinality::OneOrMore => " }|",
        };
        let right = match relation.to_count {
            Cardinality::One => "|| ",
            Cardinality::ZeroOrOne => "o| ",
            Cardinality::Many => "o{ ",
            Cardinality::OneOrMore => "|{ ",
        };
        let middle = if relation.is_identifying { "--" } else { ".." };
        line!(page, 1, from, left, middle, right, to, " : \"", Safe::text(&relation.label), "\"");
    }
}

/// Class diagrams.
pub(super) fn classes(page: &mut Page, picture: &Picture, drawn: &Classes) {
    line!(page, 0, "classDiagram");
    accessible(page, picture);
    for class in &drawn.classes {
        let id = Safe::id('n', &class.id);
        let title = if class.title.trim().is_empty() { &class.id } else { &class.title };
        line!(page, 1, "class ", id, "[\"", Safe::text(title), "\"] {");
        if let Some(stereotype) = &class.stereotype {
            line!(page, 2, "<<", Safe::word(stereotype), ">>");
        }
        for member in class.fields.iter().chain(&class.methods) {
            line!(page, 2, Safe::member(member));
        }
        line!(page, 1, "}");
    }
    for tie in &drawn.ties {
        let id = |index: usize| drawn.classes.get(index).map(|class| Safe::id('n', &class.id));
        let (Some(from), Some(to)) = (id(tie.from), id(tie.to)) else { continue };
        let arrow = match tie.kind {
            TieKind::Extends => " --|> ",
            TieKind::Implements => " ..|> ",
            TieKind::Has => " *-- ",
            TieKind::Uses => " ..> ",
        };
        line!(page, 1, from, arrow, to);
    }
}

/// State diagrams.
pub(super) fn states(page: &mut Page, picture: &Picture, drawn: &States) {
    line!(page, 0, "stateDiagram-v2");
    accessible(page, picture);
    for (id, name) in &drawn.states {
        let shown = if name.trim().is_empty() { id } else { name };
        line!(page, 1, "state \"", Safe::text(shown), "\" as ", Safe::id('n', id));
    }
    for change in &drawn.changes {
        let id = |end: Option<usize>| match end {
            None => Some(None),
            Some(index) => drawn.states.get(index).map(|(id, _)| Some(Safe::id('n', id))),
        };
        let (Some(from), Some(to)) = (id(change.from), id(change.to)) else { continue };
        page.indent(1);
        end(page, from.as_ref());
        page.put(&" --> ");
        end(page, to.as_ref());
        if !change.label.trim().is_empty() {
            page.put(&" : ");
            page.put(&Safe::text(&change.label));
        }
        page.end();
    }
}

fn end(page: &mut Page, id: Option<&Safe>) {
    match id {
        Some(id) => page.put(id),
        None => page.put(&"[*]"),
    }
}

/// Requirement diagrams.
pub(super) fn requirements(page: &mut Page, picture: &Picture, drawn: &Requirements) {
    line!(page, 0, "requirementDiagram");
    accessible(page, picture);
    line!(page, 1, "direction LR");
    for wanted in &drawn.requirements {
        let word = match wanted.quality.as_deref() {
            None | Some("functional") => "functionalRequirement \"",
            Some("performance") => "performanceRequirement \"",
            Some(_) => "requirement \"",
        };
        line!(page, 1, word, Safe::text(&wanted.id), "\" {");
        line!(page, 2, "id: \"", Safe::text(wanted.quality.as_deref().unwrap_or("functional")), "\"");
        line!(page, 2, "text: \"", Safe::text(&text(wanted)), "\"");
        if let Some(risk) = risk(wanted.tone) {
            line!(page, 2, risk);
        }
        if wanted.check.is_some() {
            line!(page, 2, "verifymethod: analysis");
        }
        line!(page, 1, "}");
    }
    for (id, what) in &drawn.elements {
        line!(page, 1, "element \"", Safe::text(id), "\" {");
        line!(page, 2, "type: \"", Safe::text(what), "\"");
        line!(page, 1, "}");
    }
    for (element, requirement) in &drawn.ties {
        let element = drawn.elements.get(*element).map(|(id, _)| Safe::text(id));
        let requirement = drawn.requirements.get(*requirement).map(|wanted| Safe::text(&wanted.id));
        let (Some(element), Some(requirement)) = (element, requirement) else { continue };
        line!(page, 1, "\"", element, "\" - satisfies -> \"", requirement, "\"");
    }
}

fn text(wanted: &Wanted) -> String {
    let check = wanted.check.as_deref().filter(|check| *check != wanted.text);
    let parts = [Some(wanted.text.as_str()), check, wanted.verdict.as_deref()];
    parts.into_iter().flatten().collect::<Vec<&str>>().join(" / ")
}

fn risk(tone: Tone) -> Option<&'static str> {
    match tone {
        Tone::Good => Some("risk: low"),
        Tone::Warm => Some("risk: medium"),
        Tone::Hot => Some("risk: high"),
        _ => None,
    }
}
