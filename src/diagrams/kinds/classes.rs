//! Classes, interfaces and other modules: a picture for each component that has some.

use super::super::Context;
use super::super::picture::{Body, Class, Classes, Picture, Tie, TieKind};
use super::looks;
use crate::spec::low_level::{Module, ModuleKind};
use crate::spec::values::{Entry, IdMap};

/// Draws them.
pub(super) fn draw(context: &Context<'_, '_, '_>) -> Vec<Picture> {
    let components = context.case.model().design.components.iter().enumerate();
    let shown =
        components.filter(|(index, entry)| context.view.shows(*index) && !entry.value.modules.is_empty());
    let draw = |(_, entry): (usize, &Entry<'_, crate::spec::component::Component<'_>>)| {
        let body = Body::Classes(classes(&entry.value.modules));
        super::picture(context, "classes", Some(looks::title(entry)), body)
    };
    shown.map(draw).collect()
}

fn classes(modules: &IdMap<'_, Module<'_>>) -> Classes {
    let mut drawn = Classes::default();
    for module in modules {
        let value = &module.value;
        let stereotype = match value.kind.map(|kind| kind.value) {
            None | Some(ModuleKind::Class) => None,
            Some(kind) => Some(kind.word().to_owned()),
        };
        let mut fields: Vec<String> =
            value.fields.iter().map(|field| format!("{}: {}", field.name.text, field.value.text)).collect();
        fields.extend(value.values.iter().map(|value| value.text.to_owned()));
        drawn.classes.push(Class {
            id: module.name.text.to_owned(),
            title: module.name.text.to_owned(),
            stereotype,
            namespace: None,
            fields,
            methods: value.methods.iter().map(|method| method.text.to_owned()).collect(),
        });
    }
    let place = |name: &str| modules.iter().position(|module| module.name.text == name);
    for (from, module) in modules.iter().enumerate() {
        let value = &module.value;
        let ties = [
            (TieKind::Extends, &value.extends),
            (TieKind::Implements, &value.implements),
            (TieKind::Has, &value.has),
            (TieKind::Uses, &value.uses),
        ];
        for (kind, names) in ties {
            let found = names.iter().filter_map(|name| place(name.text));
            drawn.ties.extend(found.map(|to| Tie { from, to, kind }));
        }
    }
    drawn
}
