use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A flow of which nothing says what starts it.
    ///
    /// ## Why
    /// Whether somebody clicks, a clock strikes or an event arrives decides on everything else: who waits, how often it happens,
    /// and what it means when it fails.
    ///
    /// Where other flows say how often they run, that is what is missing here, and `undefined-rate` says so.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { flow-without-trigger: warning }
    /// components:
    ///   browser: client
    ///   app: service
    ///   links: database
    /// apis:
    ///   open: { request: GET /, handled_by: app }
    /// flows:
    ///   open: { api: open, steps: ["browser -> app: GET /"] }
    ///   clean: { steps: ["app -> links: delete what has expired"] }
    /// # ^^^^^ flow-without-trigger
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { flow-without-trigger: warning }
    /// components:
    ///   browser: client
    ///   app: service
    ///   links: database
    /// apis:
    ///   open: { request: GET /, handled_by: app }
    /// flows:
    ///   open: { api: open, steps: ["browser -> app: GET /"] }
    ///   clean: { on: a link expires, steps: ["app -> links: delete it"] }
    /// ```
    "flow-without-trigger": Warning, Traceability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let design = &case.design;
    let has_rates = design.apis.iter().any(|api| api.value.rate.is_some())
        || design.flows.iter().any(|flow| {
            let flow = &flow.value;
            flow.rate.is_some() || flow.every.is_some() || flow.users.is_some()
        });
    if !case.is_sound || has_rates {
        return;
    }
    for (index, flow) in design.flows.iter().enumerate() {
        let starts = flow.value.api.is_some() || flow.value.on.is_some();
        let Some((sender, place)) = support::first_sender(case, index).filter(|_| !starts) else { continue };
        // A client or a clock at its beginning is a trigger that need not be said twice.
        let sender_index = case.names.find(crate::model::names::Space::Component, sender);
        if sender_index.is_some_and(|sender| case.starts_by_itself(sender)) {
            continue;
        }
        let name = flow.name.text;
        let message =
            format!("nothing says what starts the flow `{name}`, and `{sender}` does not start by itself");
        let help = "say what does: `api:`, `on:` an event, `every:` so often, or a `rate:`";
        out.push(RULE.finding(flow.name.span, message).related(place, "it begins here").help(help));
    }
}
