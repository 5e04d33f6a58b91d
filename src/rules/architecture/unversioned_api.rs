use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::http::Request;
use crate::rules::rule::rule;
use crate::spec::api::Auth;

rule! {
    /// An API for programs of others that names no version.
    ///
    /// ## Why
    /// Programs of others cannot be changed on the day on which the API is. Without a version that callers name there is no
    /// way to change an answer but to break all of them at once, and adding the version later is itself such a change. Google's
    /// API Improvement Proposal 185 wants a major version in every path for this reason.
    ///
    /// Looked at are APIs over HTTP that are called with an API key, OAuth 2 or a signature, or by an external system.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { unversioned-api: warning }
    /// components:
    ///   partner: external_system
    ///   app: service
    /// apis:
    ///   add: { request: POST /orders, handled_by: app, auth: api-key }
    /// #                      ^^^^^^^ unversioned-api
    /// flows:
    ///   order: { api: add, steps: ["partner -> app: POST /orders"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { unversioned-api: warning }
    /// components:
    ///   partner: external_system
    ///   app: service
    /// apis:
    ///   add: { request: POST /v1/orders, version: v1, handled_by: app, auth: api-key }
    /// flows:
    ///   order: { api: add, steps: ["partner -> app: POST /v1/orders"] }
    /// ```
    ///
    /// ## Known false positives
    /// A version that callers name in a header: say it with `version:`.
    "unversioned-api": Warning, Architecture, Recommended, at Production, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    const BY_PROGRAMS: &[Auth] = &[Auth::ApiKey, Auth::Oauth2, Auth::Hmac];
    if !case.is_sound {
        return;
    }
    let mut from_outside = vec![false; case.design.apis.len()];
    for (calls, flow) in case.calls().iter().zip(&case.design.flows) {
        let starts = calls.starter.is_some_and(|starter| support::role(case, starter).has("external"));
        let api = flow.value.api.filter(|_| starts).and_then(|api| case.names.find(Space::Api, api.text));
        if let Some(slot) = api.and_then(|api| from_outside.get_mut(api as usize)) {
            *slot = true;
        }
    }
    for (api, from_outside) in case.design.apis.iter().zip(from_outside) {
        let value = &api.value;
        let by_programs = value.auth.is_some_and(|auth| BY_PROGRAMS.contains(&auth.value)) || from_outside;
        let is_own = value.handled_by.is_some_and(|name| case.role(name.text).has("runs_code"));
        let (Some(text), Some(request)) = (value.request, Request::of(value)) else { continue };
        let has_version =
            value.version.is_some() || request.has_version() || request.query.contains("version");
        if !by_programs || !is_own || has_version {
            continue;
        }
        let span = text.subspan(request.path_at..request.path_at + request.path.len());
        let message =
            format!("programs of others call `{}`, and nothing in it names a version", api.name.text);
        let help = format!(
            "write `{} /v1{}`, or say `version:` where callers name it in a header",
            request.method, request.path
        );
        out.push(RULE.finding(span, message).help(help));
    }
}
