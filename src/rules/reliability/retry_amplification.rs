use crate::diagnostic::Diagnostic;
use crate::estimate::calls::Call;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::source::Span;
use std::collections::BTreeMap;

rule! {
    /// Retries inside retries, which multiply.
    ///
    /// ## Why
    /// When the innermost component fails, each layer tries again all that the layer below has tried already: three layers with three
    /// attempts each make 27 calls of one. It happens exactly while that component has the least to spare (Beyer et al., *Site Reliability
    /// Engineering*, 2016, chapter 22, "Retries"). Retries belong into one layer, or each layer needs a budget that bounds them. A
    /// `budget` and a `circuit_breaker` count as such a bound.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, retry-amplification: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /orders
    ///         timeout: 5 s
    ///         idempotent: true
    ///         retries: { attempts: 3, backoff: exponential, pause: 100 ms, jitter: true }
    ///       - app -> orders: select
    ///         timeout: 300 ms
    ///         idempotent: true
    ///         retries: { attempts: 3, backoff: exponential, pause: 10 ms, jitter: true }
    /// #       ^^^^^^^ retry-amplification
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, retry-amplification: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /orders
    ///         timeout: 5 s
    ///         idempotent: true
    ///         retries: { attempts: 3, backoff: exponential, pause: 100 ms, jitter: true }
    ///       - app -> orders: select
    ///         timeout: 300 ms
    ///         idempotent: true
    ///         retries: { attempts: 3, backoff: exponential, pause: 10 ms, jitter: true, budget: 10% }
    /// ```
    "retry-amplification": Warning, Reliability, Recommended, since "0.2.0", check
}

/// From so many calls for one on it is reported.
const MANY: f64 = 8.0;

/// The attempts around a call.
#[derive(Clone, Copy)]
struct Around {
    attempts: f64,
    outer: Option<Span>,
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    // The most calls that come of the retries of each outermost layer.
    let mut worst: BTreeMap<Span, (f64, Span, u32)> = BTreeMap::new();
    for calls in case.calls() {
        let start = Around { attempts: 1.0, outer: None };
        hops::walk(calls, start, &mut |_, _, around| around, &mut |call, around| {
            let own = bounded(case, call);
            let span = call.step.key_span("retries");
            let is_layer = own >= 2.0;
            let inside = Around {
                attempts: around.attempts * own,
                outer: around.outer.or_else(|| span.filter(|_| is_layer)),
            };
            if let (Some(outer), Some(span)) = (around.outer, span)
                && is_layer
                && inside.attempts >= MANY
                && worst.get(&outer).is_none_or(|(most, ..)| inside.attempts > *most)
            {
                worst.insert(outer, (inside.attempts, span, call.to));
            }
            hops::Inside { body: inside, on_miss: around, fallback: around }
        });
    }
    for (outer, (attempts, span, to)) in worst {
        let message = format!(
            "one request becomes up to {} calls of `{}` when it fails",
            hops::count(attempts),
            case.component_name(to)
        );
        let help = "bound them with `budget: 10%`, or retry in one place only";
        out.push(RULE.finding(span, message).related(outer, "all of that is tried again here").help(help));
    }
}

/// The attempts of a call, as far as nothing bounds them.
fn bounded(case: &Case<'_, '_>, call: &Call<'_, '_>) -> f64 {
    let attempts = hops::attempts(case, call);
    let breaks = call.step.circuit_breaker.is_some_and(|flag| flag.value);
    let budget = call.step.retries.as_deref().and_then(|retries| retries.budget.as_ref());
    match budget {
        _ if breaks => 1.0,
        Some(budget) => attempts.min(1.0 + case.central(&budget.written).unwrap_or(0.0)),
        None => attempts,
    }
}
