use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::http::Request;
use crate::rules::rule::rule;

rule! {
    /// A flow of an API whose step says another method or path than the API.
    ///
    /// ## Why
    /// The same request is written down twice, and the two differ: one was copied or changed and the other forgotten. A reader
    /// of the flow builds another request than a reader of the API.
    ///
    /// Compared are steps that reach the component which handles the API and whose text begins with a method and a path. It is
    /// enough when one of them agrees; what stands for an id, and a prefix such as `/v1`, may differ.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    /// apis:
    ///   add: { request: POST /links, handled_by: app }
    /// flows:
    ///   shorten: { api: add, steps: ["browser -> app: PUT /urls"] }
    /// #                                               ^^^^^^^^^ step-differs-from-api
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    /// apis:
    ///   add: { request: POST /links, handled_by: app }
    /// flows:
    ///   shorten: { api: add, steps: ["browser -> app: POST /links"] }
    /// ```
    "step-differs-from-api": Warning, Traceability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (calls, flow) in case.calls().iter().zip(&case.design.flows) {
        let api = flow.value.api.and_then(|api| case.names.find(Space::Api, api.text));
        let Some(api) = api.and_then(|api| case.design.apis.get(api as usize)) else { continue };
        let (Some(text), Some(wanted)) = (api.value.request, Request::of(&api.value)) else { continue };
        let handler = api.value.handled_by.and_then(|name| case.names.find(Space::Component, name.text));
        let texts = calls
            .calls
            .iter()
            .filter(|call| call.is_last && Some(call.to) == handler)
            .filter_map(|call| call.step.others.as_ref()?.text);
        let said: Vec<_> = texts.filter_map(|text| Some((text, Request::parse(text.text)?))).collect();
        if said.iter().any(|(_, step)| step.is_like(&wanted)) {
            continue;
        }
        let Some((step_text, step)) = said.first() else { continue };
        let span = step_text.subspan(0..step.path_at + step.path.len());
        let message = format!(
            "the step says `{} {}`, and the API `{}` says `{} {}`",
            step.method, step.path, api.name.text, wanted.method, wanted.path
        );
        let place = text.subspan(0..wanted.path_at + wanted.path.len());
        let help = format!(
            "write the same in both, or name the API that is meant under `api:` of `{}`",
            flow.name.text
        );
        out.push(RULE.finding(span, message).related(place, "the API says this").help(help));
    }
}
