use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::rules::rule::rule;
use crate::rules::{Case, computed};

use super::support::{checked, components};

rule! {
    /// A check of what everything costs that leaves out components without a price.
    ///
    /// ## Why
    /// A sum that leaves something out is too low, and the check holds for the wrong reason. Where something is really free, or paid
    /// by others, a price of nothing says so.
    ///
    /// ## Example
    /// ```yaml
    /// requirements:
    ///   affordable: { check: "system.cost < $1k / month" }
    /// #                       ^^^^^^^^^^^ unpriced-component
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, capacity: 100 rps, price: $70 / month }
    ///   links: { kind: database, capacity: 1k rps }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /", "app -> links: select"] }
    /// rules: { stage: sketch, unpriced-component: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// requirements:
    ///   affordable: { check: "system.cost < $1k / month" }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, capacity: 100 rps, price: $70 / month }
    ///   links: { kind: database, capacity: 1k rps, price: $200 / month }
    /// flows:
    ///   open: { rate: 10 / s, steps: ["browser -> app: GET /", "app -> links: select"] }
    /// rules: { stage: sketch, unpriced-component: warning }
    /// ```
    "unpriced-component": Warning, Operations, Recommended, at Design, on Cost, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !case.design.requirements.iter().any(|entry| entry.value.check.is_some()) {
        return;
    }
    let asked =
        checked(case).into_iter().find(|(subject, name, _)| (*subject, *name) == (Subject::System, "cost"));
    let Some((.., span)) = asked else { return };
    let Some(numbers) = case.numbers() else { return };
    let is_unpriced = |index: &u32| {
        let cost = numbers.estimate.get(Subject::Component(*index), "cost");
        cost.is_some_and(|cost| !numbers.estimate.sheet.is_known(cost))
    };
    let all: Vec<u32> = components(case).filter(is_unpriced).collect();
    let Some(first) = all.first() else { return };
    // Without any price at all the check cannot be computed, which has its own rule.
    let whole = numbers.of(Subject::System, "cost");
    if whole.is_nan() {
        return;
    }
    let names: Vec<&str> = all.iter().map(|index| case.component_name(*index)).collect();
    let verb = if names.len() == 1 { "has" } else { "have" };
    let message =
        format!("{} {verb} no price, and what everything costs is too low by that", computed::listed(&names));
    let mut finding = RULE.finding(span, message);
    for index in all.iter().take(4) {
        if let Some(entry) = case.design.components.entries.get(*index as usize) {
            finding = finding.related(entry.name.span, "this has no price");
        }
    }
    let help = format!(
        "say what one instance costs, such as `price: $70 / month` on `components.{}`, or `$0 / month` where others pay",
        case.component_name(*first)
    );
    out.push(finding.help(help));
}
