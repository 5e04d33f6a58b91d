use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A flow of an API that never comes by the component which handles the API.
    ///
    /// ## Why
    /// The API says that one component answers, and the flow that a call triggers goes elsewhere. One of them is wrong, mostly
    /// since a component was split or renamed, and the numbers follow the flow.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   shop: service
    ///   orders: service
    /// apis:
    ///   buy: { request: POST /orders, handled_by: shop }
    /// flows:
    ///   buy: { api: buy, steps: ["browser -> orders: POST /orders"] }
    /// #             ^^^ api-flow-misses-handler
    ///   look: { steps: ["browser -> shop: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   shop: service
    ///   orders: service
    /// apis:
    ///   buy: { request: POST /orders, handled_by: orders }
    /// flows:
    ///   buy: { api: buy, steps: ["browser -> orders: POST /orders"] }
    ///   look: { steps: ["browser -> shop: GET /"] }
    /// ```
    "api-flow-misses-handler": Warning, Traceability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (calls, flow) in case.calls().iter().zip(&case.design.flows) {
        let Some(named) = flow.value.api.filter(|_| !calls.calls.is_empty()) else { continue };
        let api = case.names.find(Space::Api, named.text).and_then(|api| case.design.apis.get(api as usize));
        let Some(handler) = api.and_then(|api| api.value.handled_by) else { continue };
        let Some(index) = case.names.find(Space::Component, handler.text) else { continue };
        if calls.calls.iter().any(|call| call.from == index || call.to == index) {
            continue;
        }
        let (flow, api, handler_name) = (flow.name.text, named.text, handler.text);
        let message =
            format!("`{handler_name}` handles the API `{api}`, and the flow `{flow}` never comes by it");
        let help = format!("draw the step that reaches `{handler_name}`, or correct `handled_by` of `{api}`");
        out.push(RULE.finding(named.span, message).related(handler.span, "handled by this").help(help));
    }
}
