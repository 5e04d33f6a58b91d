use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::decision::DecisionStatus;
use std::collections::BTreeSet;

rule! {
    /// A decision that is superseded, and nothing says by what.
    ///
    /// ## Why
    /// A reader who finds it learns that it no longer holds, and not what holds instead. Nygard, "Documenting Architecture
    /// Decisions" (2011), wants a superseded decision to point at its replacement.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: service
    /// decisions:
    ///   use-mysql: { text: Orders live in MySQL, status: superseded }
    /// #                                                  ^^^^^^^^^^ decision-superseded-by-nothing
    ///   use-postgresql: { text: Orders live in PostgreSQL, status: accepted }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   app: service
    /// decisions:
    ///   use-mysql: { text: Orders live in MySQL, status: superseded }
    ///   use-postgresql: { text: Orders live in PostgreSQL, status: accepted, supersedes: use-mysql }
    /// ```
    "decision-superseded-by-nothing": Warning, Traceability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let replaced: BTreeSet<u32> =
        support::replacements(case).into_iter().map(|(_, replaced, _)| replaced).collect();
    for (index, entry) in (0..).zip(&case.design.decisions) {
        let status = entry.value.status.filter(|status| status.value == DecisionStatus::Superseded);
        let Some(status) = status.filter(|_| !replaced.contains(&index)) else { continue };
        let message = format!("`{}` is superseded, and nothing says by what", entry.name.text);
        let help = format!(
            "add `superseded_by:`, or `supersedes: {}` to what replaced it; what was only given up is `deprecated`",
            entry.name.text
        );
        out.push(RULE.finding(status.span, message).help(help));
    }
}
