use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::http::Request;
use crate::rules::rule::rule;

rule! {
    /// A PUT, DELETE or GET request of which it is said that it is not idempotent.
    ///
    /// ## Why
    /// RFC 9110, section 9.2.2, lets clients, proxies and libraries send these requests again by themselves when a connection
    /// breaks, because twice is to mean the same as once. Where it does not, a broken connection does it twice, and nobody has
    /// asked for it.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    /// apis:
    ///   raise: { request: "PUT /wages/{id}/raise", handled_by: app, idempotent: false }
    /// #                                                                         ^^^^^ non-idempotent-put
    /// flows:
    ///   raise: { api: raise, steps: ["browser -> app: PUT /wages/{id}/raise"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    /// apis:
    ///   raise: { request: "POST /wages/{id}/raises", handled_by: app, idempotent: false }
    /// flows:
    ///   raise: { api: raise, steps: ["browser -> app: POST /wages/{id}/raises"] }
    /// ```
    "non-idempotent-put": Warning, Architecture, Minimal, on Reliability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for api in &case.design.apis {
        let Some(said) = api.value.idempotent.filter(|said| !said.value) else { continue };
        let (Some(text), Some(request)) = (api.value.request, Request::of(&api.value)) else { continue };
        if !request.is_idempotent() {
            continue;
        }
        let method = request.method;
        let message =
            format!("a {method} request is sent again by whoever likes, and this one is not idempotent");
        let help = match method {
            "PUT" => "let the request say the new value rather than a change of the old one, or write `POST`",
            "DELETE" => "let deleting what is gone do nothing, or write `POST`",
            _ => "write `POST` for what has an effect",
        };
        let place = text.subspan(0..method.len());
        out.push(RULE.finding(said.span, message).related(place, "the method is said here").help(help));
    }
}
