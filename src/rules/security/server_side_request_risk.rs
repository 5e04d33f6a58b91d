use super::support::{handler, parameters, role, visits};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use std::collections::HashSet;

rule! {
    /// An API to which callers give an address, behind which code calls out.
    ///
    /// ## Why
    /// If the code fetches what callers name, they also reach what only the code may: the metadata service of the cloud, an
    /// admin page, a database. Allowed hosts, an egress proxy and no redirects are the defence (OWASP API Security Top 10 2023,
    /// API7 Server Side Request Forgery; CWE-918).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   web: { kind: external_system }
    /// apis:
    ///   preview: { request: "GET /v1/preview?url={url}", version: v1, handled_by: app }
    /// #                                           ^^^ server-side-request-risk
    /// flows:
    ///   preview: { api: preview, steps: ["browser -> app: GET /v1/preview", "app -> web: fetch the page"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   way_out: { kind: firewall, description: Lets out what is not an address of our own }
    ///   web: { kind: external_system }
    /// apis:
    ///   preview: { request: "GET /v1/preview?url={url}", version: v1, handled_by: app }
    /// flows:
    ///   preview: { api: preview, steps: ["browser -> app: GET /v1/preview", "app -> way_out -> web: fetch the page"] }
    /// ```
    ///
    /// ## Known false positives
    /// Code that stores or checks the address and does not fetch it.
    "server-side-request-risk": Warning, Security, Strict, since "0.2.0", check
}

const ADDRESSES: [&str; 10] = [
    "url",
    "uri",
    "target_url",
    "image_url",
    "callback_url",
    "webhook_url",
    "feed_url",
    "source_url",
    "callback",
    "host",
];

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    // Who calls others' systems without anything between.
    let mut calls_out = HashSet::new();
    for connection in &case.connections {
        if role(case, connection.from).has("runs_code") && role(case, connection.to).has("external") {
            calls_out.insert(connection.from);
        }
    }
    for (entry, visit) in case.design.apis.iter().zip(visits(case)) {
        let Some(request) = entry.value.request.filter(|_| visit.is_some()) else { continue };
        let Some(handler) = handler(case, &entry.value).filter(|handler| calls_out.contains(handler)) else {
            continue;
        };
        let parameters = parameters(&request);
        let mut addresses = parameters
            .iter()
            .filter(|it| it.in_query && ADDRESSES.iter().any(|name| it.name.eq_ignore_ascii_case(name)));
        let Some(parameter) = addresses.next() else { continue };
        let (api, app) = (entry.name.text, case.component_name(handler));
        out.push(
            RULE.finding(
                request.subspan(parameter.range.clone()),
                format!("callers of `{api}` may name what `{app}` fetches"),
            )
            .help("fetch by way of a component that filters what may be reached, and allow only the hosts that are meant"),
        );
    }
}
