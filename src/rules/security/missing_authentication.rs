use super::support::{authenticates, handler, is_public, is_webhook, role, visits};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An API that outsiders call and that does not say how they prove who they are.
    ///
    /// ## Why
    /// Who calls is what every other decision rests on: permissions, limits, and who did it. An API that is open on purpose
    /// says so, so that nobody has to guess (OWASP API Security Top 10 2023, API2 Broken Authentication; CWE-306, missing
    /// authentication for a critical function).
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-authentication: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   see_orders: { request: GET /orders, handled_by: app }
    /// # ^^^^^^^^^^ missing-authentication
    /// flows:
    ///   see_orders: { api: see_orders, steps: ["browser -> app: GET /orders"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-authentication: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   see_orders: { request: GET /orders, handled_by: app, auth: session }
    ///   see_prices: { request: GET /prices, handled_by: app, auth: none, public: true }
    /// flows:
    ///   see_orders: { api: see_orders, steps: ["browser -> app: GET /orders"] }
    ///   see_prices: { api: see_prices, steps: ["browser -> app: GET /prices"] }
    /// ```
    "missing-authentication": Warning, Security, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (entry, visit) in case.design.apis.iter().zip(visits(case)) {
        let api = &entry.value;
        // What other systems are asked to call has a rule of its own.
        if authenticates(api) == Some(true) || is_public(api) || is_webhook(case, api, visit) {
            continue;
        }
        let Some(visit) = visit else { continue };
        // Files and pages that are cached for everybody are for everybody.
        if handler(case, api).is_some_and(|handler| role(case, handler).has("serves_content")) {
            continue;
        }
        let (name, starter) = (entry.name.text, case.component_name(visit.starter));
        let message = match api.auth {
            Some(_) => format!("`{name}` does not ask `{starter}` who it is, and is not said to be public"),
            None => format!("`{name}` does not say how `{starter}` proves who it is"),
        };
        let at = api.auth.map_or(entry.name.span, |auth| auth.span);
        let mut finding = RULE.finding(at, message).help(
            "add `auth:`, such as `auth: oidc` or `auth: session`; write `auth: none` and `public: true` where anybody may call it",
        );
        if let Some(flow) = case.design.flows.get(visit.flow as usize) {
            finding = finding.related(flow.name.span, format!("`{starter}` calls it here"));
        }
        out.push(finding);
    }
}
