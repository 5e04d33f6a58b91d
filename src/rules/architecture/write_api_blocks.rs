use super::support;
use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::quantity::{Currency, Dimension, format};
use crate::rules::Case;
use crate::rules::http::Request;
use crate::rules::rule::rule;
use crate::spec::component_numbers::Latency;
use std::collections::HashSet;

rule! {
    /// A request that changes something and waits for seconds until it is done.
    ///
    /// ## Why
    /// As long as the work takes, the request holds a connection and a worker everywhere on its way; proxies and phones give up
    /// first, the caller sends it again, and the work is done twice. Accept it, put it into a queue, answer 202 with the
    /// address of the result (RFC 9110, section 15.3.3), and do it in peace. Nielsen, "Usability Engineering" (1993), chapter 5,
    /// has one second as the limit up to which a train of thought is not broken.
    ///
    /// Reported is a single call on the way that takes two seconds or more by what is said of it.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   encoder: { kind: service, latency: 40 s }
    /// apis:
    ///   add: { request: POST /videos, handled_by: app }
    /// flows:
    ///   upload: { api: add, steps: ["browser -> app: POST /videos", "app -> encoder: encode it"] }
    /// #                                                                     ^^^^^^^ write-api-blocks
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   jobs: queue
    ///   encoder: { kind: worker, latency: 40 s }
    /// apis:
    ///   add: { request: POST /videos, handled_by: app, rate: 1 / minute }
    /// flows:
    ///   upload: { api: add, steps: ["browser -> app: POST /videos", "app ~> jobs: a video has come"] }
    ///   encode: { on: jobs, steps: ["jobs -> encoder: encode it"] }
    /// ```
    ///
    /// ## When to allow it
    /// When the caller can do nothing without the answer, and everything on the way is made for long requests.
    "write-api-blocks": Warning, Architecture, Recommended, on Performance, since "0.2.0", check
}

/// From how many seconds on it is reported.
const LONG: f64 = 2.0;

/// What a call takes in the middle, or at least.
fn typical(case: &Case<'_, '_>, latency: &Latency<'_>) -> Option<f64> {
    let stated = latency.p50.as_ref().or(latency.mean.as_ref()).or(latency.min.as_ref());
    stated.and_then(|time| case.central(&time.written))
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    let mut told = HashSet::new();
    for (calls, flow) in case.calls().iter().zip(&case.design.flows) {
        let api = flow.value.api.and_then(|api| case.names.find(Space::Api, api.text));
        let Some(api) = api.and_then(|api| case.design.apis.get(api as usize)) else { continue };
        let Some(request) = Request::of(&api.value).filter(|request| !request.is_safe()) else { continue };
        // Who waits for a message waits for nobody: what its receiver causes happens in the background.
        let mut waited_for: HashSet<u32> = calls.starter.into_iter().collect();
        for call in &calls.calls {
            let is_waited_for = call.waits && waited_for.contains(&call.from);
            if is_waited_for {
                waited_for.insert(call.to);
            }
            let of_step = call.latency().and_then(|latency| typical(case, latency));
            let component = support::component(case, call.to);
            let of_component = || {
                let component = component?;
                let stated = [component.latency.as_deref(), component.service_time.as_deref()];
                stated
                    .into_iter()
                    .flatten()
                    .filter_map(|latency| typical(case, latency))
                    .max_by(f64::total_cmp)
            };
            let Some(time) = of_step.or_else(of_component).filter(|time| *time >= LONG) else { continue };
            let is_client = support::role(case, call.to).has("is_client");
            if !is_waited_for || is_client || !told.insert((api.name.text, call.to)) {
                continue;
            }
            let Some(span) = support::span_of(case, call) else { continue };
            let (caller, name) = (case.component_name(call.from), case.component_name(call.to));
            let shown = format(time, Dimension::TIME, Currency::Usd);
            let message = format!(
                "`{}` waits {shown} for `{name}` before it answers a {}",
                api.name.text, request.method
            );
            let help = format!(
                "answer 202 and do it later: `{caller} ~> queue: …`, and a flow `on: queue` that calls `{name}`"
            );
            let mut finding = RULE.finding(span, message).help(help);
            if let Some(place) =
                component.and_then(|it| it.key_span("latency").or_else(|| it.key_span("service_time")))
                && of_step.is_none()
            {
                finding = finding.related(place, "how long it takes is said here");
            }
            out.push(finding);
        }
    }
}
