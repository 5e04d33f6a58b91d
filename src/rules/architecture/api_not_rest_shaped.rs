use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::http::Request;
use crate::rules::rule::rule;

rule! {
    /// A path of an HTTP API that says once more, or otherwise, what the method says.
    ///
    /// ## Why
    /// The method says what is done and the path to what. With the verb in the path, callers have to learn one name for each
    /// operation in place of four methods for all, and caches, retries and tools that go by the method are misled: `POST
    /// /getUser` is not cached and `GET /deleteUser` is prefetched. Masse, "REST API Design Rulebook" (2011), chapter 2,
    /// wants no names of CRUD functions in paths; Google's API Improvement Proposal 131 and those after it map methods alike.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    /// apis:
    ///   add: { request: POST /createOrder, handled_by: app }
    /// #                       ^^^^^^^^^^^ api-not-rest-shaped
    /// flows:
    ///   order: { api: add, steps: ["browser -> app: POST /createOrder"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    /// apis:
    ///   add: { request: POST /orders, handled_by: app }
    /// flows:
    ///   order: { api: add, steps: ["browser -> app: POST /orders"] }
    /// ```
    ///
    /// ## When to allow it
    /// For an interface of calls rather than of resources. `protocol: grpc`, `graphql` or `soap` say so, and nothing is reported.
    "api-not-rest-shaped": Warning, Architecture, Strict, since "0.2.0", check
}

/// Verbs, each with the method that says the same.
const VERBS: &[(&str, &str)] = &[
    ("get", "GET"),
    ("fetch", "GET"),
    ("retrieve", "GET"),
    ("create", "POST"),
    ("add", "POST"),
    ("insert", "POST"),
    ("update", "PUT or PATCH"),
    ("modify", "PATCH"),
    ("delete", "DELETE"),
    ("remove", "DELETE"),
];

/// Words that begin like one of them and are none.
const NOUNS: &[&str] = &["add-on", "add-ons", "get-started"];

/// The verb that a part of a path begins with, alone or before another word: `get`, `getUser`, `get-user`, `get_user`.
fn verb(segment: &str) -> Option<(&'static str, &'static str)> {
    if NOUNS.contains(&segment) {
        return None;
    }
    VERBS.iter().copied().find(|(verb, _)| {
        segment.strip_prefix(verb).is_some_and(|rest| {
            rest.chars().next().is_none_or(|next| next.is_ascii_uppercase() || matches!(next, '-' | '_'))
        })
    })
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for api in &case.design.apis {
        let (Some(text), Some(request)) = (api.value.request, Request::of(&api.value)) else { continue };
        let Some((found, place, verb)) =
            request.segments().find_map(|(segment, place)| Some((segment, place, verb(segment)?)))
        else {
            continue;
        };
        let (word, method) = verb;
        let message = match method.contains(request.method) {
            true => format!("`{found}` says again what `{}` says", request.method),
            false => format!("`{found}` says `{word}`, and the method says `{}`", request.method),
        };
        let help = format!("name what it is about, and let the method say what is done: `{method} /…`");
        out.push(RULE.finding(text.subspan(place), message).help(help));
    }
}
