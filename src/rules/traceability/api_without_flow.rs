use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::BTreeSet;

rule! {
    /// An API of which no flow says what happens when it is called.
    ///
    /// ## Why
    /// Its calls reach no component: the load, the latency and the cost of everything behind it are too low, and whoever reads
    /// the design does not learn what it does.
    ///
    /// Nothing is reported while no flow names an API.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { api-without-flow: warning }
    /// components:
    ///   browser: client
    ///   app: service
    /// apis:
    ///   open: { request: GET /, handled_by: app }
    ///   add: { request: POST /links, handled_by: app }
    /// # ^^^ api-without-flow
    /// flows:
    ///   open: { api: open, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { api-without-flow: warning }
    /// components:
    ///   browser: client
    ///   app: service
    /// apis:
    ///   open: { request: GET /, handled_by: app }
    ///   add: { request: POST /links, handled_by: app }
    /// flows:
    ///   open: { api: open, steps: ["browser -> app: GET /"] }
    ///   shorten: { api: add, steps: ["browser -> app: POST /links"] }
    /// ```
    "api-without-flow": Warning, Traceability, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let named = case.design.flows.iter().filter_map(|flow| flow.value.api);
    let has_flow: BTreeSet<u32> = named.filter_map(|api| case.names.find(Space::Api, api.text)).collect();
    if has_flow.is_empty() {
        return;
    }
    let by_variants = case.changed_by_variants("apis");
    for (index, api) in (0..).zip(&case.design.apis) {
        let name = api.name.text;
        let is_leaving = api.value.deprecated.is_some_and(|deprecated| deprecated.value);
        if has_flow.contains(&index) || is_leaving || by_variants.contains(name) {
            continue;
        }
        let message = format!("no flow says what happens when `{name}` is called");
        let help = format!("add the flow that begins with it: `api: {name}` and its `steps:`");
        out.push(RULE.finding(api.name.span, message).help(help));
    }
}
