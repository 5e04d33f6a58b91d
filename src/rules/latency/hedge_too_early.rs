use crate::diagnostic::Diagnostic;
use crate::quantity::NoNames;
use crate::rules::Case;
use crate::rules::computed::share;
use crate::rules::rule::rule;

rule! {
    /// A second request that is sent so early that it adds more than a tenth to the load.
    ///
    /// ## Why
    /// A hedged request is cheap because it is rare: sent after the 95th percentile it adds 5% of load and takes most of the tail
    /// away (Dean and Barroso, "The Tail at Scale", Communications of the ACM 56, 2013). Sent after the median it adds half of
    /// the load again, most of all when the receiver is slow because it is busy, which makes it slower still.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: key_value_store }
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> app: GET /
    ///       - app -> links: look up
    ///         hedge: p50
    /// #              ^^^ hedge-too-early
    ///         idempotent: true
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: key_value_store }
    /// flows:
    ///   open:
    ///     steps:
    ///       - browser -> app: GET /
    ///       - app -> links: look up
    ///         hedge: p95
    ///         idempotent: true
    /// ```
    "hedge-too-early": Warning, Latency, Recommended, since "0.2.0", check
}

const MOST: f64 = 0.1;

/// The share of calls for which a second one is sent, where it is sent after a percentile: `p95`, `p999`.
fn beyond(text: &str) -> Option<f64> {
    let digits = text.trim().strip_prefix('p')?;
    let is_number =
        !digits.is_empty() && digits.len() <= 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let number = digits.parse::<f64>().ok().filter(|_| is_number)?;
    let below = number / libm::pow(10.0, digits.len() as f64);
    Some(1.0 - below)
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for call in case.calls().iter().flat_map(|calls| &calls.calls).filter(|call| call.is_first) {
        let Some(hedge) = call.step.hedge else { continue };
        let name = case.component_name(call.to);
        let more = beyond(hedge.text).or_else(|| {
            // Before half of the answers are there, at least half of the calls are sent twice.
            let after = crate::quantity::parse(hedge.text).ok()?.central(&NoNames).ok()?;
            case.computed()?;
            let half = case.times().get(&call.to)?.p50;
            (half.is_finite() && after < half).then_some(0.5)
        });
        let Some(more) = more.filter(|more| *more > MOST + 1e-9) else { continue };
        let message = format!(
            "a second request to `{name}` after `{}` adds {} or more to its load",
            hedge.text.trim(),
            share(more)
        );
        let help = "send it when the answer is later than nearly all: `hedge: p95`";
        out.push(RULE.finding(hedge.span(), message).help(help));
    }
}
