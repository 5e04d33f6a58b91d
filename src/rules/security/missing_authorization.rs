use super::support::{authenticates, handler, level, parameters, role, visits};
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::data::Sensitivity;

rule! {
    /// An API that asks who calls, and does not say what a caller must be allowed to do.
    ///
    /// ## Why
    /// Knowing who somebody is says nothing about whose order they may open. Changing the number in the address to that of
    /// somebody else is the first thing that attackers try, and the first entry of the list (OWASP API Security Top 10 2023,
    /// API1 Broken Object Level Authorization; CWE-639). Only APIs that name an object or touch data are asked.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-authorization: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   see_order: { request: "GET /orders/{id}", handled_by: app, auth: session }
    /// # ^^^^^^^^^ missing-authorization
    /// flows:
    ///   see_order: { api: see_order, steps: ["browser -> app: GET /orders/{id}"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-authorization: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   see_order: { request: "GET /orders/{id}", handled_by: app, auth: session, authorization: the customer's own orders }
    /// flows:
    ///   see_order: { api: see_order, steps: ["browser -> app: GET /orders/{id}"] }
    /// ```
    "missing-authorization": Warning, Security, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (entry, visit) in case.design.apis.iter().zip(visits(case)) {
        let api = &entry.value;
        if authenticates(api) != Some(true) || api.authorization.is_some() || visit.is_none() {
            continue;
        }
        // Signing in comes before any permission.
        let signs_in =
            |role: crate::model::components::Role<'_>| role.has("authenticates") && role.has("holds_state");
        if handler(case, api).is_some_and(|handler| signs_in(role(case, handler))) {
            continue;
        }
        let parameters = api.request.map(|request| parameters(&request)).unwrap_or_default();
        let object = parameters.iter().find(|parameter| !parameter.in_query);
        let touched = api.accepts.iter().chain(api.returns.iter()).find(|name| {
            let data = case.names.find(Space::Data, name.text);
            let data = data.and_then(|data| case.design.data.get(data as usize));
            // What anybody may see needs no permission to be seen.
            data.is_some_and(|data| level(&data.value).is_none_or(|level| level.word > Sensitivity::Public))
        });
        let name = entry.name.text;
        let message = match (object, touched) {
            (Some(object), _) => {
                format!("`{name}` does not say whose `{}` a caller may name", object.name)
            }
            (None, Some(data)) => format!("`{name}` does not say who may touch `{}`", data.text),
            (None, None) => continue,
        };
        let mut finding = RULE
            .finding(entry.name.span, message)
            .help("add `authorization:` with what a caller must be allowed to do, such as `authorization: their own orders`");
        if let Some(auth) = api.auth {
            finding = finding.related(auth.span, "who calls is asked here");
        }
        out.push(finding);
    }
}
