//! References inside a component: between its modules, its states and its use cases.

use super::names::{Names, Space};
use crate::diagnostic::Diagnostic;
use crate::spec::component::Component;
use crate::spec::shape::Reader;
use crate::spec::values::Name;
use crate::suggest::nearest;

/// Resolves them.
pub fn resolve<'t>(component: &Component<'t>, names: &Names<'t>, reader: &mut Reader) {
    let modules = || component.modules.iter().map(|module| module.name.text);
    for module in &component.modules {
        let value = &module.value;
        let related = [&value.extends, &value.implements, &value.has, &value.uses];
        for name in related.into_iter().flat_map(|list| list.iter()) {
            local("module", *name, modules(), reader);
        }
    }
    let use_cases = || component.use_cases.iter().map(|case| case.name.text);
    for case in &component.use_cases {
        for name in case.value.includes.iter().chain(case.value.extends.iter()) {
            local("use case", *name, use_cases(), reader);
        }
        for requirement in &case.value.satisfies {
            names.resolve(&[Space::Requirement], *requirement, reader);
        }
    }
    for machine in &component.states {
        let value = &machine.value;
        let arrows = || value.transitions.iter().filter_map(|transition| transition.others.as_ref());
        let states = || {
            arrows().flat_map(|arrow| {
                std::iter::once(arrow.from.text).chain(arrow.hops.iter().map(|hop| hop.to.text))
            })
        };
        for name in value.initial.iter().chain(value.ends.iter()) {
            local("state", *name, states(), reader);
        }
        for hop in arrows().flat_map(|arrow| &arrow.hops).filter(|hop| !hop.waits) {
            reader.report(
                Diagnostic::error("invalid-step", hop.arrow, "`~>` has no meaning between states")
                    .help("write `from -> to: event`"),
            );
        }
    }
}

fn local<'a>(
    what: &str,
    name: Name<'_>,
    mut known: impl Iterator<Item = &'a str> + Clone,
    reader: &mut Reader,
) {
    if known.clone().any(|other| other == name.text) {
        return;
    }
    let message = format!("this component has no {what} `{}`", name.text);
    let finding = Diagnostic::error("unresolved-reference", name.span, message);
    reader.report(match nearest(name.text, known.by_ref()) {
        Some(near) => finding.meant(name.text, near),
        None => finding.help(format!(
            "define it beside the others, or take it out: a {what} refers to one of the same component"
        )),
    });
}
