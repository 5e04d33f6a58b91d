use super::support::{called_span, handler, is_public, role, visits, way_in};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// Requests of anybody that reach the team's code without anything that can turn them away.
    ///
    /// ## Why
    /// When the flood or the new hole comes, there must be a place where requests can be refused by address, rate or pattern
    /// without releasing the software anew (OWASP Web Application Firewall project; AWS Well-Architected Framework, security,
    /// SEC05, on protecting networks in layers). Only APIs that are public by their own word are asked.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-waf-or-firewall: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   search: { request: GET /products, handled_by: app, auth: none, public: true, rate_limit: 5 / second / address }
    /// flows:
    ///   search: { api: search, steps: ["browser -> app: GET /products"] }
    /// #                                            ^^^ missing-waf-or-firewall
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-waf-or-firewall: warning }
    /// components:
    ///   browser: { kind: client }
    ///   guard: { kind: waf }
    ///   app: { kind: service }
    /// apis:
    ///   search: { request: GET /products, handled_by: app, auth: none, public: true, rate_limit: 5 / second / address }
    /// flows:
    ///   search: { api: search, steps: ["browser -> guard -> app: GET /products"] }
    /// ```
    ///
    /// ## Known false positives
    /// Load balancers and networks of the cloud that filter without the design saying so: draw the filter as a component.
    "missing-waf-or-firewall": Warning, Security, Recommended, at Production, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let calls = case.calls();
    let mut seen = HashSet::new();
    for (entry, visit) in case.design.apis.iter().zip(visits(case)) {
        let Some(visit) = visit.filter(|_| is_public(&entry.value)) else { continue };
        let Some(handler) = handler(case, &entry.value) else { continue };
        let Some(calls) = calls.get(visit.flow as usize) else { continue };
        let way = way_in(calls, handler);
        let filters = |index: u32| {
            let role = role(case, index);
            role.has("filters") || role.has("serves_content") || role.has("external")
        };
        let Some(first) = way.first().filter(|_| !way.iter().any(|call| filters(call.to))) else { continue };
        if !role(case, handler).has("runs_code") || !seen.insert(first.to) {
            continue;
        }
        let (app, starter) = (case.component_name(handler), case.component_name(visit.starter));
        let message = format!(
            "nothing between `{starter}` and `{app}` can turn away the public requests of `{}`",
            entry.name.text
        );
        let mut finding = RULE.finding(called_span(case, first), message).help(format!(
            "put a firewall or gateway in front: `{starter} -> guard -> {}`",
            case.component_name(first.to)
        ));
        if let Some(public) = entry.value.public {
            finding = finding.related(public.span, "said to be public here");
        }
        out.push(finding);
    }
}
