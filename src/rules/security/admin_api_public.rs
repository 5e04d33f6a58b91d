use super::support::{authenticates, inner_word, is_public};
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

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.apis {
        let api = &entry.value;
        let Some(request) = api.request else { continue };
        if !is_public(api) && authenticates(api) != Some(false) {
            continue;
        }
        let Some((_, range)) = inner_word(&request) else { continue };
        let mut finding = RULE
            .finding(
                request.subspan(range),
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
