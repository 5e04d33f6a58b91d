use super::support::{role, visits};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::api::Auth;

rule! {
    /// An API that a browser or mobile app calls with an API key.
    ///
    /// ## Why
    /// A key that is delivered with an app is known to everybody who has the app: it takes minutes to read it out, and it is
    /// the same for all. RFC 8252, section 8.5, says not to treat such secrets as confidential. It also does not say which user
    /// calls.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   phone: { kind: mobile_app }
    ///   app: { kind: service }
    /// apis:
    ///   me: { request: GET /v1/me, version: v1, handled_by: app, auth: api-key }
    /// #                                                                ^^^^^^^ api-key-in-public-client
    /// flows:
    ///   me: { api: me, steps: ["phone -> app: GET /v1/me"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   phone: { kind: mobile_app }
    ///   app: { kind: service }
    /// apis:
    ///   me: { request: GET /v1/me, version: v1, handled_by: app, auth: session }
    /// flows:
    ///   me: { api: me, steps: ["phone -> app: GET /v1/me"] }
    /// ```
    "api-key-in-public-client": Warning, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for (entry, visit) in case.design.apis.iter().zip(visits(case)) {
        let Some(auth) = entry.value.auth.filter(|auth| auth.value == Auth::ApiKey) else { continue };
        let Some(visit) = visit else { continue };
        // A program that people carry around, and not one that somebody runs on a server of their own.
        let caller = role(case, visit.starter);
        if !caller.has("is_client") || !caller.has("speaks_http") {
            continue;
        }
        let (name, starter) = (entry.name.text, case.component_name(visit.starter));
        let kind = caller.kind.map_or(entry.name.span, |_| {
            case.design.components.get(visit.starter as usize).map_or(entry.name.span, |it| it.name.span)
        });
        out.push(
            RULE.finding(auth.span, format!("the key for `{name}` is in every copy of `{starter}`"))
                .related(kind, "runs on the user's own device")
                .help("let users sign in: `auth: oidc` or `auth: session`; keep keys for servers"),
        );
    }
}
