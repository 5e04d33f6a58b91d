use super::support::authenticates;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An API that says what callers must be allowed to do, and does not ask who they are.
    ///
    /// ## Why
    /// A permission belongs to somebody. Without knowing who calls there is nothing to check it against, so one of the two is
    /// wrong (OWASP API Security Top 10 2023, API2 Broken Authentication and API5 Broken Function Level Authorization).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   prices: { request: PUT /v1/prices, version: v1, handled_by: app, auth: none, authorization: operators }
    /// #                                                                        ^^^^ authorization-without-authentication
    /// flows:
    ///   prices: { api: prices, steps: ["browser -> app: PUT /v1/prices"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   prices: { request: PUT /v1/prices, version: v1, handled_by: app, auth: session, authorization: operators }
    /// flows:
    ///   prices: { api: prices, steps: ["browser -> app: PUT /v1/prices"] }
    /// ```
    "authorization-without-authentication": Warning, Security, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.apis {
        let api = &entry.value;
        let (Some(auth), Some(permission), Some(false)) = (api.auth, api.authorization, authenticates(api))
        else {
            continue;
        };
        let name = entry.name.text;
        out.push(
            RULE.finding(auth.span, format!("`{name}` is for those who may, and does not ask who calls"))
                .related(permission.span(), "what callers must be allowed to do")
                .help("say how callers prove who they are, such as `auth: session`, or take `authorization` out"),
        );
    }
}
