use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::requirement::Priority;

rule! {
    /// A requirement that no flow meets, in a design that says so of others.
    ///
    /// ## Why
    /// It was asked for, and nothing that happens in the design does it: it has been forgotten, or the flow that does it does not
    /// say so. ISO/IEC/IEEE 29148:2018 wants each requirement to be traceable to what fulfils it.
    ///
    /// A requirement with a `check` is met by the numbers. So is one that a use case satisfies or a decision is about. Nothing is
    /// reported while no flow says `satisfies`.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { requirement-without-flow: warning }
    /// requirements:
    ///   shorten: Users turn a long URL into a short one
    ///   expire: Links expire after a year
    /// # ^^^^^^ requirement-without-flow
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   shorten: { satisfies: shorten, steps: ["browser -> app: POST /links"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { requirement-without-flow: warning }
    /// requirements:
    ///   shorten: Users turn a long URL into a short one
    ///   expire: Links expire after a year
    /// components:
    ///   browser: client
    ///   app: service
    ///   sweeper: scheduler
    /// flows:
    ///   shorten: { rate: 1 / s, satisfies: shorten, steps: ["browser -> app: POST /links"] }
    ///   sweep: { satisfies: expire, every: 1 hour, steps: ["sweeper -> app: delete what has expired"] }
    /// ```
    ///
    /// ## When to allow it
    /// For what the design will meet later. What is ruled out for now says `priority: wont` and is not reported.
    "requirement-without-flow": Warning, Traceability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !support::is_traced(case) {
        return;
    }
    let met = support::met_requirements(case);
    let by_variants = case.changed_by_variants("requirements");
    for (index, entry) in (0..).zip(&case.design.requirements) {
        let is_ruled_out = entry.value.priority.is_some_and(|priority| priority.value == Priority::Wont);
        let name = entry.name.text;
        if met.contains(&index) || entry.value.check.is_some() || is_ruled_out || by_variants.contains(name) {
            continue;
        }
        let message = format!("no flow meets the requirement `{name}`");
        let help = format!(
            "say `satisfies: {name}` on the flow that does, give it a `check:`, or say `priority: wont`"
        );
        out.push(RULE.finding(entry.name.span, message).help(help));
    }
}
