//! In which order people see findings: the most severe rules first, what one rule finds together.

use crate::diagnostic::{Diagnostic, Severity};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The findings of one rule.
pub(super) struct Group<'a> {
    pub shown: Vec<&'a Diagnostic>,
    /// Those that are only counted, because they say the same of other places.
    pub folded: Vec<&'a Diagnostic>,
}

/// Groups findings by rule and severity. Of what is no error, at most `most` of a rule are shown.
pub(super) fn arranged(findings: &[Diagnostic], most: usize) -> Vec<Group<'_>> {
    let mut places: BTreeMap<(Severity, &str), usize> = BTreeMap::new();
    let mut groups: Vec<(Severity, Group<'_>)> = Vec::new();
    for finding in findings {
        let at = *places.entry((finding.severity, &finding.rule)).or_insert(groups.len());
        if at == groups.len() {
            groups.push((finding.severity, Group { shown: Vec::new(), folded: Vec::new() }));
        }
        if let Some((severity, group)) = groups.get_mut(at) {
            let is_shown = *severity == Severity::Error || group.shown.len() < most;
            if is_shown { group.shown.push(finding) } else { group.folded.push(finding) }
        }
    }
    // Rules of the same severity stay in the order in which they first found something.
    groups.sort_by_key(|(severity, _)| Reverse(*severity));
    groups.into_iter().map(|(_, group)| group).collect()
}
