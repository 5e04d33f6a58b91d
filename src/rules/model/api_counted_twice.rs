use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::source::Span;
use std::collections::BTreeMap;

rule! {
    /// Two flows that each run as often as the same API is called.
    ///
    /// ## Why
    /// A flow with an `api` runs at the rate of that API. Two such flows run at that rate each, so that every call counts twice, and
    /// load, cost and utilisation with it. Mostly they are two ways in which one call may go on.
    ///
    /// Nothing is reported while the API has no rate.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   hot: cache
    ///   links: database
    /// apis:
    ///   follow: { request: "GET /{code}", handled_by: app, rate: 100 / s }
    /// flows:
    ///   found: { api: follow, steps: ["browser -> app: GET /{code}", "app -> hot: look up"] }
    ///   not_found: { api: follow, steps: ["browser -> app: GET /{code}", "app -> links: select"] }
    /// #                   ^^^^^^ api-counted-twice
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   hot: cache
    ///   links: database
    /// apis:
    ///   follow: { request: "GET /{code}", handled_by: app, rate: 100 / s }
    /// flows:
    ///   follow:
    ///     api: follow
    ///     steps:
    ///       - browser -> app: GET /{code}
    ///       - app -> hot: look up
    ///       - chance: 10%
    ///         steps: ["app -> links: select"]
    /// ```
    "api-counted-twice": Warning, Model, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut first: BTreeMap<u32, (Span, &str)> = BTreeMap::new();
    for flow in &case.design.flows {
        let Some(named) = flow.value.api else { continue };
        let Some(index) = case.names.find(Space::Api, named.text) else { continue };
        let has_rate = case.design.apis.get(index as usize).is_some_and(|api| api.value.rate.is_some());
        if !has_rate {
            continue;
        }
        let Some((place, other)) = first.get(&index) else {
            first.insert(index, (named.span, flow.name.text));
            continue;
        };
        let message =
            format!("each call of `{}` counts in `{other}` and again in `{}`", named.text, flow.name.text);
        let help = "make them one flow, with the ways it may go on under `either:` or `chance:`, or give this one a `rate:` in \
                    place of `api:`";
        out.push(RULE.finding(named.span, message).related(*place, "counted here first").help(help));
    }
}
