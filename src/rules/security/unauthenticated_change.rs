use super::support::{authenticates, inner_word, method};
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// An API by which anybody may overwrite or delete what is there.
    ///
    /// ## Why
    /// Creating something new without signing in can be right: a registration, a comment. Changing or deleting what exists cannot,
    /// because it is somebody's (CWE-306, missing authentication for a critical function; OWASP API Security Top 10 2023, API2
    /// Broken Authentication).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   forget: { request: "DELETE /v1/links/{code}", version: v1, handled_by: app, auth: none }
    /// #                                                                                   ^^^^ unauthenticated-change
    /// flows:
    ///   forget: { api: forget, steps: ["browser -> app: DELETE /v1/links/{code}"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   forget: { request: "DELETE /v1/links/{code}", version: v1, handled_by: app, auth: session }
    /// flows:
    ///   forget: { api: forget, steps: ["browser -> app: DELETE /v1/links/{code}"] }
    /// ```
    ///
    /// ## When to allow it
    /// When the address itself is the secret, as with a link to unsubscribe: say so with `auth: hmac`.
    "unauthenticated-change": Warning, Security, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for entry in &case.design.apis {
        let api = &entry.value;
        let (Some(auth), Some(false), Some(request)) = (api.auth, authenticates(api), api.request) else {
            continue;
        };
        let does = match method(&request) {
            Some("DELETE") => "delete",
            Some("PUT" | "PATCH") => "overwrite",
            _ => continue,
        };
        // Permissions without a name to go with them have a rule of their own, and so has administration.
        if api.authorization.is_some() || inner_word(&request).is_some() {
            continue;
        }
        let name = entry.name.text;
        out.push(
            RULE.finding(auth.span, format!("anybody may {does} by `{name}`, whoever it belongs to"))
                .related(request.span(), "what callers ask for")
                .help("say how callers prove who they are, such as `auth: session`, and what they may do, with `authorization:`"),
        );
    }
}
