use super::support::role;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::api::Auth;

rule! {
    /// APIs that ask for tokens, in a design where nothing issues them.
    ///
    /// ## Why
    /// With OAuth 2, OpenID Connect and SAML somebody else signs people in: an authorization server or identity provider (RFC
    /// 6749, section 1.1). It is a component that all sign-ins depend on, with an availability and a load of its own, and here
    /// it is missing from both the picture and the numbers.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-identity-provider: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    /// apis:
    ///   see_orders: { request: GET /orders, handled_by: app, auth: oidc, authorization: their own orders }
    /// #                                                            ^^^^ missing-identity-provider
    /// flows:
    ///   see_orders: { api: see_orders, steps: ["browser -> app: GET /orders"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: recommended, stage: sketch, missing-identity-provider: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, uses: { to: people, text: fetches the keys that tokens are signed with } }
    ///   people: { kind: identity_provider }
    /// apis:
    ///   see_orders: { request: GET /orders, handled_by: app, auth: oidc, authorization: their own orders }
    /// flows:
    ///   see_orders: { api: see_orders, steps: ["browser -> app: GET /orders"] }
    /// ```
    ///
    /// ## Known false positives
    /// Any system of others whose technology is not said might be the identity provider, so a design with one is not reported.
    "missing-identity-provider": Warning, Security, Recommended, at Design, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let issues = |index: u32| {
        let role = role(case, index);
        let kinds = role.technology.map_or(&[][..], |technology| &technology.kinds);
        let may =
            kinds.iter().filter_map(|kind| case.catalog.kind(kind)).any(|kind| kind.has("authenticates"));
        may || role.has("authenticates") || (role.has("external") && role.technology.is_none())
    };
    let count = u32::try_from(case.design.components.len()).unwrap_or(u32::MAX);
    if (0..count).any(issues) {
        return;
    }
    let by_others = |api: &crate::spec::api::Api<'_>| {
        api.auth.filter(|auth| matches!(auth.value, Auth::Oauth2 | Auth::Oidc | Auth::Saml))
    };
    let mut asking = case.design.apis.iter().filter_map(|api| Some((api, by_others(&api.value)?)));
    let Some((api, auth)) = asking.next() else { return };
    let (more, want) = match asking.count() {
        0 => (String::new(), "wants"),
        1 => (" and one more API".to_owned(), "want"),
        count => (format!(" and {count} more APIs"), "want"),
    };
    out.push(
        RULE.finding(
            auth.span,
            format!("`{}`{more} {want} tokens, and nothing in the design issues them", api.name.text),
        )
        .help("add a component of kind `identity_provider`, or name the outside system that signs people in with its `tech:`"),
    );
}
