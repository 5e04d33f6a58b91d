//! Model and numbers → findings: one file per rule, in a folder for each category.

pub mod allows;
pub mod case;
mod cause;
mod comparisons;
mod computed;
mod groups;
mod hops;
mod http;
mod instances;
mod judge;
mod messages;
pub mod own;
mod places;
pub mod policy;
pub mod qualities;
mod redundancy;
pub mod rule;
pub mod selection;
mod wording;

pub use case::{Case, Numbers};
pub use policy::Policy;
pub use rule::{Category, Check, Profile, Rule, Stage};
pub use selection::{Selection, Selector};

mod architecture;
mod consistency;
mod data;
mod language;
mod latency;
mod model;
mod operations;
mod reliability;
mod scale;
mod security;
mod traceability;

/// The rules by category; each folder lists its own.
const LISTS: [&[&Rule]; 11] = [
    language::ALL,
    model::ALL,
    traceability::ALL,
    architecture::ALL,
    scale::ALL,
    reliability::ALL,
    latency::ALL,
    consistency::ALL,
    data::ALL,
    security::ALL,
    operations::ALL,
];

/// Every rule, by category and name.
pub const ALL: &[&Rule] = &all();

const COUNT: usize = count();

const fn count() -> usize {
    let (mut lists, mut count) = (LISTS.as_slice(), 0);
    while let [list, rest @ ..] = lists {
        count += list.len();
        lists = rest;
    }
    count
}

#[expect(clippy::indexing_slicing, reason = "runs in the compiler, which would say so")]
const fn all() -> [&'static Rule; COUNT] {
    let mut all = [&model::UNKNOWN_RULE; COUNT];
    let (mut lists, mut at) = (LISTS.as_slice(), 0);
    while let [list, rest @ ..] = lists {
        let mut list = *list;
        while let [rule, others @ ..] = list {
            all[at] = *rule;
            at += 1;
            list = others;
        }
        lists = rest;
    }
    all
}

/// What is said of names under `rules:` that are no rules.
pub const UNKNOWN_RULE: &Rule = &model::UNKNOWN_RULE;
/// What is said of an `allow:` that allows nothing.
pub const UNUSED_ALLOW: &Rule = &model::UNUSED_ALLOW;
/// What is said of an `allow:` whose day has passed.
pub const EXPIRED_ALLOW: &Rule = &model::EXPIRED_ALLOW;
/// What is said of a rule of the project's own that makes no sense.
pub const INVALID_RULE: &Rule = &language::INVALID_RULE;
/// What is said of a design that does not fit the project's own schema.
pub const HOUSE_SCHEMA: &Rule = &model::HOUSE_SCHEMA;

/// The rule with this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|rule| rule.name == name)
}

/// The name of the rule nearest to a wrong one.
pub fn closest(wrong: &str) -> Option<&'static str> {
    crate::suggest::closest(wrong, ALL.iter().map(|rule| rule.name))
}
