//! A design that changes a little changes little of its pictures.

use crate::support::{pictures_in, workspace};
use proptest::prelude::*;
use sysdesign::diagrams::mermaid::{self, Theme};
use sysdesign::diagrams::picture::Picture;
use sysdesign::diagrams::{Request, d2, dot, find, plantuml};

/// A design of some components, each of which calls some of the others, in groups of some size.
#[derive(Clone, Debug)]
struct Plan {
    kinds: Vec<&'static str>,
    calls: Vec<(usize, usize)>,
    group: usize,
    /// Where the new component is written, and what it calls and is called by.
    place: usize,
    callers: Vec<usize>,
}

fn plans() -> impl Strategy<Value = Plan> {
    let kinds = prop::collection::vec(
        prop::sample::select(vec!["service", "database", "cache", "queue", "worker"]),
        2..14,
    );
    kinds.prop_flat_map(|kinds| {
        let count = kinds.len();
        let calls = prop::collection::vec((0..count, 0..count), 0..24);
        let callers = prop::collection::vec(0..count, 0..4);
        (Just(kinds), calls, 1..6_usize, 0..=count, callers)
            .prop_map(|(kinds, calls, group, place, callers)| Plan { kinds, calls, group, place, callers })
    })
}

impl Plan {
    /// The design; with the component `newcomer`, or without.
    fn text(&self, with_new: bool) -> String {
        let mut text = "sysdesign: 1\nname: Shop\ncomponents:\n  user: client\n".to_owned();
        let new = "  newcomer: service\n";
        for (index, kind) in self.kinds.iter().enumerate() {
            if with_new && index == self.place {
                text.push_str(new);
            }
            text.push_str(&format!("  part{index}: {kind}\n"));
        }
        if with_new && self.place == self.kinds.len() {
            text.push_str(new);
        }
        text.push_str("flows:\n  go:\n    steps:\n");
        // Everybody takes part already: who calls the new one does not come in with it.
        for index in 0..self.kinds.len() {
            text.push_str(&format!("      - user -> part{index}: begin {index}\n"));
        }
        for (from, to) in self.calls.iter().filter(|(from, to)| from != to) {
            text.push_str(&format!("      - part{from} -> part{to}: call {to}\n"));
        }
        for caller in self.callers.iter().filter(|_| with_new) {
            text.push_str(&format!("      - part{caller} -> newcomer: call newcomer\n"));
        }
        text.push_str("groups:\n");
        for (number, inside) in (0..self.kinds.len()).collect::<Vec<_>>().chunks(self.group).enumerate() {
            let names: Vec<String> = inside.iter().map(|index| format!("part{index}")).collect();
            let new = if with_new && inside.contains(&self.place) { ", newcomer" } else { "" };
            text.push_str(&format!("  team{number}: {{ contains: [{}{new}] }}\n", names.join(", ")));
        }
        text
    }
}

/// The lines that a text has besides those of an older one, which it has to hold in their order; or the first that it lacks.
fn added<'n>(old: &str, new: &'n str) -> Result<Vec<&'n str>, String> {
    let mut kept = old.lines().peekable();
    let added = new.lines().filter(|line| kept.next_if_eq(line).is_none()).collect();
    kept.next().map_or(Ok(added), |line| Err(line.to_owned()))
}

type Write = fn(&Picture) -> Option<String>;

const FORMATS: [(&str, Write); 4] = [
    ("mermaid", |picture| Some(mermaid::write(picture, Theme::Adaptive).text)),
    ("dot", |picture| dot::write(picture, Theme::Adaptive)),
    ("d2", |picture| d2::write(picture, Theme::Adaptive)),
    ("plantuml", |picture| plantuml::write(picture, Theme::Adaptive)),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Adding a component adds lines about it; what stays, stays as it was and in its order.
    #[test]
    fn a_new_component_changes_only_lines_about_it(plan in plans()) {
        let (before, after) = (workspace(&plan.text(false)), workspace(&plan.text(true)));
        for kind in ["architecture", "c4-context", "c4-container", "data-flow", "sequence"] {
            let kinds = [find(kind).unwrap()];
            let pictures = |of| pictures_in(of, &kinds, &Request::default());
            let (old, new) = (pictures(&before), pictures(&after));
            prop_assert_eq!(old.len(), new.len());
            for (old, new) in old.iter().zip(&new) {
                for (format, write) in FORMATS {
                    let (Some(old), Some(new)) = (write(old), write(new)) else { continue };
                    let added = added(&old, &new);
                    // A colour that was not needed before has a line of its own.
                    let is_about = |line: &&str| line.contains("newcomer") || line.contains("classDef");
                    let is_small = added.as_ref().is_ok_and(|added| added.iter().all(is_about));
                    prop_assert!(is_small, "{kind} as {format}: {added:#?}\n{old}\n{new}");
                }
            }
        }
    }
}
