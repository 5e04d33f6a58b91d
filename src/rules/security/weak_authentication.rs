use super::support::visits;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::api::Auth;

rule! {
    /// An API that outsiders call with their password in every request.
    ///
    /// ## Why
    /// The password itself is on its way each time, is kept by each client, and lies in each place that looks at requests; it
    /// cannot be limited, it does not expire, and there is no second factor. RFC 7617, section 4, calls the scheme not a secure
    /// method of user authentication (OWASP API Security Top 10 2023, API2 Broken Authentication).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   me: { request: GET /v1/me, version: v1, handled_by: app, auth: basic }
    /// #                                                                ^^^^^ weak-authentication
    /// flows:
    ///   me: { api: me, steps: ["browser -> app: GET /v1/me"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   me: { request: GET /v1/me, version: v1, handled_by: app, auth: session }
    /// flows:
    ///   me: { api: me, steps: ["browser -> app: GET /v1/me"] }
    /// ```
    "weak-authentication": Warning, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (entry, visit) in case.design.apis.iter().zip(visits(case)) {
        let Some(auth) = entry.value.auth.filter(|auth| auth.value == Auth::Basic) else { continue };
        let Some(visit) = visit else { continue };
        let (name, starter) = (entry.name.text, case.component_name(visit.starter));
        out.push(
            RULE.finding(auth.span, format!("`{starter}` sends a password with every request to `{name}`"))
                .help("sign people in once, and send a session or a token that expires: `auth: session` or `auth: oidc`"),
        );
    }
}
