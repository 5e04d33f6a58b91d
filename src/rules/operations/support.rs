//! What several rules of operations ask.

use crate::estimate::Subject;
use crate::estimate::address;
use crate::rules::Case;

/// What a component that observes may be there for.
const COLLECTS: [&str; 3] = ["collects_metrics", "collects_logs", "collects_traces"];

/// Whether a component collects logs, metrics or traces: by its kind, or because its technology is known for it. A kind of the
/// user's own that observes without saying what is taken to do all of it.
pub fn collects(case: &Case<'_, '_>, index: u32, wanted: &str) -> bool {
    let Some(role) = case.roles.get(index as usize).filter(|role| role.has("observes")) else { return false };
    let by_technology = role.technology.is_some_and(|technology| {
        technology.kinds.iter().filter_map(|kind| case.catalog.kind(kind)).any(|kind| kind.has(wanted))
    });
    role.has(wanted) || by_technology || !COLLECTS.iter().any(|known| role.has(known))
}

/// Indexes of all components.
pub fn components(case: &Case<'_, '_>) -> std::ops::Range<u32> {
    0..u32::try_from(case.design.components.entries.len()).unwrap_or(u32::MAX)
}

/// For each check of a requirement: what it names, and where it stands.
pub fn checked(case: &Case<'_, '_>) -> Vec<(Subject, &'static str, crate::source::Span)> {
    let checks = case.design.requirements.iter().filter_map(|entry| entry.value.check.as_ref());
    let named = checks.flat_map(|check| {
        let found = check.check.names().filter_map(|name| {
            let (subject, which) = address::parse(case, name.text)?;
            let range = name.range();
            Some((subject, which, check.node.subspan(range)))
        });
        found.collect::<Vec<_>>()
    });
    named.collect()
}
