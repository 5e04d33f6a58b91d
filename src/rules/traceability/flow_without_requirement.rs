use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A flow that meets no requirement, in a design where others do.
    ///
    /// ## Why
    /// Either something is built that nobody has asked for, or somebody has asked for it and that was never written down, so
    /// that nobody will notice when it breaks. ISO/IEC/IEEE 29148:2018 wants traces in both directions.
    ///
    /// A flow whose numbers a `check` compares is asked for. Nothing is reported while no flow says `satisfies`.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { flow-without-requirement: info }
    /// requirements:
    ///   shorten: Users turn a long URL into a short one
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   shorten: { satisfies: shorten, steps: ["browser -> app: POST /links"] }
    ///   export: { steps: ["browser -> app: GET /export"] }
    /// # ^^^^^^ flow-without-requirement
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { flow-without-requirement: info }
    /// requirements:
    ///   shorten: Users turn a long URL into a short one
    ///   take_away: Users take their links with them
    /// components:
    ///   browser: client
    ///   app: service
    /// flows:
    ///   shorten: { satisfies: shorten, steps: ["browser -> app: POST /links"] }
    ///   export: { satisfies: take_away, steps: ["browser -> app: GET /export"] }
    /// ```
    "flow-without-requirement": Info, Traceability, Strict, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !support::is_traced(case) {
        return;
    }
    let checked = support::checked_flows(case);
    for (index, flow) in (0..).zip(&case.design.flows) {
        if !flow.value.satisfies.is_empty() || checked.contains(&index) {
            continue;
        }
        let message = format!("the flow `{}` meets no requirement", flow.name.text);
        let help = "say which with `satisfies:`, or write down under `requirements:` who asked for it";
        out.push(RULE.finding(flow.name.span, message).help(help));
    }
}
