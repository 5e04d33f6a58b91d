use super::support::{authenticates, is_public, path};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An API for administration or debugging that anybody may call.
    ///
    /// ## Why
    /// Paths such as `/admin`, `/actuator` and `/debug` are on every scanner's list, and what stands behind them was written for
    /// people who may do everything (OWASP API Security Top 10 2023, API5 Broken Function Level Authorization; CWE-749).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   list_users: { request: GET /admin/users, handled_by: app, auth: none, public: true }
    /// #                             ^^^^^ admin-api-public
    /// flows:
    ///   list_users: { api: list_users, steps: ["browser -> app: GET /admin/users"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   list_users: { request: GET /admin/users, handled_by: app, auth: oidc, authorization: administrators }
    /// flows:
    ///   list_users: { api: list_users, steps: ["browser -> app: GET /admin/users"] }
    /// ```
    "admin-api-public": Error, Security, Recommended, since "0.2.0", check
}

/// First words of paths that are for those who run the system.
const INNER: [&str; 9] = [
    "admin",
    "_admin",
    "administration",
    "actuator",
    "debug",
    "pprof",
    "internal",
    "_internal",
    "management",
];

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.apis {
        let api = &entry.value;
        let Some(request) = api.request else { continue };
        if !is_public(api) && authenticates(api) != Some(false) {
            continue;
        }
        let (path, begin) = path(&request);
        // Such words say what is meant near the beginning: `/admin`, `/v1/admin`, `/api/v1/admin`.
        let mut at = begin;
        let segments = path.split('/').map(|segment| {
            let from = at;
            at += segment.len() + 1;
            (from, segment)
        });
        let mut inner = segments.take(4).filter(|(_, segment)| INNER.contains(segment));
        let Some((from, word)) = inner.next() else { continue };
        let mut finding = RULE
            .finding(
                request.subspan(from..from + word.len()),
                format!("`{}` is for those who run the system, and anybody may call it", entry.name.text),
            )
            .help("say who may call it: `auth: oidc` and `authorization: administrators`; take out `public: true`");
        if let Some(auth) = api.auth {
            finding = finding.related(auth.span, "who calls is not asked");
        } else if let Some(public) = api.public {
            finding = finding.related(public.span, "said to be public here");
        }
        out.push(finding);
    }
}
