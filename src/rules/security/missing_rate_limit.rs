use super::support::{authenticates, handler, is_public, method, parameters, role, visits, way_in};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::api::Api;

rule! {
    /// An API that anybody may call as often as they like.
    ///
    /// ## Why
    /// One script is enough: it tries passwords, copies the catalogue, or makes the bill grow, and everybody else waits. A
    /// limit for each caller, answered with 429 (RFC 6585, section 4), is the cheapest defence (OWASP API Security Top 10 2023,
    /// API4 Unrestricted Resource Consumption; CWE-307 for sign-in). Reading one thing by its address is not counted.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-rate-limit: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   search: { request: "GET /products?q={words}", handled_by: app, auth: none, public: true }
    /// # ^^^^^^ missing-rate-limit
    /// flows:
    ///   search: { api: search, steps: ["browser -> app: GET /products"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-rate-limit: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   search: { request: "GET /products?q={words}", handled_by: app, auth: none, public: true, rate_limit: 5 / second / address }
    /// flows:
    ///   search: { api: search, steps: ["browser -> app: GET /products"] }
    /// ```
    ///
    /// ## Known false positives
    /// Limits that something in front applies without the design saying so. Where a firewall or gateway is on the way,
    /// only signing in is reported, because floods are not the danger there.
    "missing-rate-limit": Warning, Security, Recommended, at Design, since "0.2.0", check
}

/// Whether a call does more than read one thing by its address, which a web server does for everybody all day.
fn takes_work(api: &Api<'_>) -> bool {
    api.request.is_none_or(|request| {
        let is_read = matches!(method(&request), Some("GET" | "HEAD"));
        !is_read || parameters(&request).iter().any(|parameter| parameter.in_query)
    })
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let calls = case.calls();
    for (entry, visit) in case.design.apis.iter().zip(visits(case)) {
        let api = &entry.value;
        let Some(visit) = visit.filter(|_| api.rate_limit.is_none()) else { continue };
        let Some(handler) = handler(case, api) else { continue };
        let answers = role(case, handler);
        let signs_in = answers.has("authenticates")
            && answers.has("holds_state")
            && api.request.is_none_or(|request| method(&request) == Some("POST"));
        let is_open = (is_public(api) || authenticates(api) == Some(false)) && takes_work(api);
        let way = calls.get(visit.flow as usize).map(|calls| way_in(calls, handler)).unwrap_or_default();
        let is_filtered = way
            .iter()
            .any(|call| ["filters", "serves_content"].iter().any(|wanted| role(case, call.to).has(wanted)));
        if !signs_in && (!is_open || is_filtered) {
            continue;
        }
        let name = entry.name.text;
        let message = match (signs_in, is_open) {
            (true, _) => {
                let keeper = case.component_name(handler);
                format!("`{name}` can be tried as often as callers like, and `{keeper}` keeps the accounts")
            }
            (false, _) => format!("anybody may call `{name}`, as often as they like"),
        };
        out.push(
            RULE.finding(entry.name.span, message)
                .help("add `rate_limit:` for each caller, such as `rate_limit: 10 / minute / address`"),
        );
    }
}
