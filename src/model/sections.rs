//! References of the plain sections: data, APIs, deployment, decisions, questions, views.

use super::names::{Names, Space};
use crate::catalog::Catalog;
use crate::diagnostic::Diagnostic;
use crate::spec::Design;
use crate::spec::shape::Reader;
use crate::spec::values::{Name, Text};
use crate::spec::view::Selector;

/// Resolves them all.
pub fn resolve<'t>(design: &Design<'t>, names: &Names<'t>, catalog: &Catalog<'t>, reader: &mut Reader) {
    let all = |space: Space, list: &[Name<'t>], reader: &mut Reader| {
        for name in list {
            names.resolve(&[space], *name, reader);
        }
    };
    for requirement in &design.requirements {
        let value = &requirement.value;
        if value.node.get("text").is_none() && value.node.get("check").is_none() && value.text.is_none() {
            let message = format!("the requirement `{}` says nothing", requirement.name.text);
            let help = "add `text:` with one sentence, `check:` with a comparison, or both";
            reader.report(Diagnostic::error("missing-key", requirement.name.span, message).help(help));
        }
    }
    for assumption in &design.assumptions {
        if let Some(other) = assumption.value.moves_with {
            names.resolve(&[Space::Assumption], other, reader);
        }
    }
    for data in &design.data {
        all(Space::Component, &data.value.stored_in, reader);
        all(Space::Component, &data.value.cached_in, reader);
        for field in &data.value.fields {
            // Records may refer to data that other systems keep; only what looks misspelt is reported.
            if let Some(reference) = field.value.reference {
                let known = names.find(Space::Data, reference.text).is_some()
                    || names.is_lost(Space::Data, reference.text);
                if !known && names.closest(&[Space::Data], reference.text).is_some() {
                    reader.report(names.unresolved(&[Space::Data], reference.text, reference.span));
                }
            }
        }
    }
    for api in &design.apis {
        if let Some(handler) = api.value.handled_by {
            names.resolve(&[Space::Component], handler, reader);
        }
        all(Space::Data, &api.value.accepts, reader);
        all(Space::Data, &api.value.returns, reader);
    }
    if let Some(deployment) = &design.deployment {
        for node in &deployment.nodes {
            if let Some(place) = node.value.place {
                names.resolve(&[Space::Place], place, reader);
            }
            all(Space::Component, &node.value.runs, reader);
        }
        for (component, places) in &deployment.runs.entries {
            names.resolve(&[Space::Component], *component, reader);
            all(Space::Place, places, reader);
        }
    }
    for decision in &design.decisions {
        all(Space::Decision, &decision.value.supersedes, reader);
        if let Some(by) = decision.value.superseded_by {
            names.resolve(&[Space::Decision], by, reader);
        }
        decision.value.affects.iter().for_each(|element| resolve_element(*element, names, reader));
    }
    for question in &design.open_questions {
        question.value.about.iter().for_each(|element| resolve_element(*element, names, reader));
    }
    for view in &design.views {
        for selector in view.value.include.iter().chain(view.value.exclude.iter()) {
            resolve_selector(selector, design, names, catalog, reader);
        }
        all(Space::Group, &view.value.collapse, reader);
        all(Space::Flow, &view.value.flows, reader);
    }
}

/// `components.links`, or a bare id that is unique in the design.
fn resolve_element<'t>(element: Text<'t>, names: &Names<'t>, reader: &mut Reader) {
    let text = element.text;
    let Some((section, id)) = text.split_once('.') else {
        if Space::ALL
            .into_iter()
            .all(|space| names.find(space, text).is_none() && !names.is_lost(space, text))
        {
            let message = format!("there is nothing called `{text}`");
            let finding = Diagnostic::error("unresolved-reference", element.span(), message);
            reader.report(match names.nearest(&Space::ALL, text) {
                Some(near) => finding.meant(text, near),
                None => finding.help("name a component, a flow or anything else that has an id"),
            });
        }
        return;
    };
    let Some(space) = Space::of_section(section) else {
        let sections = Space::ALL.into_iter().map(Space::section);
        let span = element.subspan(0..section.len());
        let message = format!("there is no section `{section}`");
        let finding = Diagnostic::error("unresolved-reference", span, message);
        reader.report(match crate::suggest::nearest(section, sections.clone()) {
            Some(near) => {
                let help = format!("did you mean `{}.{id}`?", near.word);
                finding.instead(section, near.word, near.is_sure).help(help)
            }
            None => {
                finding.help(format!("begin with a section: {}", sections.collect::<Vec<_>>().join(", ")))
            }
        });
        return;
    };
    // What stands behind the id (`components.app.replicas`) is a fact of it, which need not be written.
    let id = id.split('.').next().unwrap_or(id);
    let begin = section.len() + 1;
    let span = element.subspan(begin..begin + id.len());
    names.resolve(&[space], Name { text: id, span }, reader);
}

fn resolve_selector<'t>(
    selector: &Selector<'t>,
    design: &Design<'t>,
    names: &Names<'t>,
    catalog: &Catalog<'t>,
    reader: &mut Reader,
) {
    if let Some(id) = selector.id {
        names.resolve(&[Space::Component, Space::Group], id, reader);
    }
    if let Some(group) = selector.group {
        names.resolve(&[Space::Group], group, reader);
    }
    if let Some(kind) = selector.kind {
        super::components::resolve_kind(kind, catalog, reader);
    }
    if let Some(tag) = selector.tag {
        let tags = || design.components.iter().flat_map(|component| component.value.tags.iter());
        if !tags().any(|known| known.text == tag.text) {
            let message = format!("no component has the tag `{}`", tag.text);
            let finding = Diagnostic::error("unresolved-reference", tag.span, message);
            reader.report(match crate::suggest::nearest(tag.text, tags().map(|known| known.text)) {
                Some(near) => finding.meant(tag.text, near),
                None => finding.help(format!("add `tags: {}` to the components that are meant", tag.text)),
            });
        }
    }
}
