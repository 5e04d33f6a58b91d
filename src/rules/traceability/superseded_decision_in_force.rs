use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::decision::DecisionStatus;
use std::collections::BTreeSet;

rule! {
    /// A decision that another one replaces, and that still says that it is in force.
    ///
    /// ## Why
    /// Two decisions that contradict each other are both accepted, and which of them a reader follows depends on which one
    /// they find first. Nygard, "Documenting Architecture Decisions" (2011), keeps the old one and marks it as superseded.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: service
    /// decisions:
    ///   use-mysql: { text: Orders live in MySQL, status: accepted }
    /// #                                                  ^^^^^^^^ superseded-decision-in-force
    ///   use-postgresql: { text: Orders live in PostgreSQL, status: accepted, supersedes: use-mysql }
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
    "superseded-decision-in-force": Warning, Traceability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut told = BTreeSet::new();
    for (by, replaced, place) in support::replacements(case) {
        // What is only proposed replaces nothing yet.
        let is_in_force = |decision| support::status(case, decision) == Some(DecisionStatus::Accepted);
        let is_circle = by == replaced || !is_in_force(by) || !is_in_force(replaced);
        if is_circle || !told.insert(replaced) {
            continue;
        }
        let decisions = &case.design.decisions;
        let (Some(old), Some(new)) = (decisions.get(replaced as usize), decisions.get(by as usize)) else {
            continue;
        };
        let Some(status) = old.value.status else { continue };
        let message =
            format!("`{}` is accepted, and so is `{}`, which replaces it", old.name.text, new.name.text);
        let help = "write `status: superseded`";
        out.push(RULE.finding(status.span, message).related(place, "replaced here").help(help));
    }
}
