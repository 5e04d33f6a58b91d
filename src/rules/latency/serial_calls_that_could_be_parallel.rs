use crate::diagnostic::Diagnostic;
use crate::estimate::calls::{Call, Calls, Item};
use crate::rules::rule::rule;
use crate::rules::{Case, Numbers, computed};

use super::support::Clock;

rule! {
    /// Three or more reads one after the other that a client could have side by side, 20 ms earlier.
    ///
    /// ## Why
    /// Calls one after the other take the sum of their times, side by side the longest of them. Reads that do not need each other's
    /// answers can be asked at once (Dean and Barroso, "The Tail at Scale", Communications of the ACM 56, 2013, describes
    /// what fanning out gains and costs).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 1 ms }
    ///   prices: { kind: key_value_store, latency: 30 ms }
    ///   stock: { kind: key_value_store, latency: 30 ms }
    ///   reviews: { kind: document_store, latency: 40 ms }
    /// flows:
    ///   look:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: GET /products/{id}
    ///       - app -> prices: the price
    /// #       ^^^^^^^^^^^^^ serial-calls-that-could-be-parallel
    ///         operation: read
    ///       - app -> stock: how many are there?
    ///         operation: read
    ///       - app -> reviews: the newest ten
    ///         operation: read
    /// rules: { stage: sketch, serial-calls-that-could-be-parallel: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, latency: 1 ms }
    ///   prices: { kind: key_value_store, latency: 30 ms }
    ///   stock: { kind: key_value_store, latency: 30 ms }
    ///   reviews: { kind: document_store, latency: 40 ms }
    /// flows:
    ///   look:
    ///     rate: 1 / s
    ///     steps:
    ///       - browser -> app: GET /products/{id}
    ///       - parallel:
    ///           - app -> prices: the price
    ///             operation: read
    ///           - app -> stock: how many are there?
    ///             operation: read
    ///           - app -> reviews: the newest ten
    ///             operation: read
    /// rules: { stage: sketch, serial-calls-that-could-be-parallel: warning }
    /// ```
    ///
    /// ## Known false positives
    /// A read that needs the answer of the one before it.
    "serial-calls-that-could-be-parallel": Warning, Latency, Strict, at Design, since "0.2.0", check
}

const LEAST_GAIN: f64 = 0.02;

/// Whether a call reads and does nothing else, so that its order among others does not matter.
fn only_reads(call: &Call<'_, '_>) -> bool {
    let reads =
        call.operation().is_some_and(|operation| matches!(operation, "read" | "get" | "query" | "search"));
    let step = call.step;
    reads
        && call.waits
        && call.is_first
        && step.writes.is_empty()
        && call.on_miss.is_none()
        && call.fallback.is_none()
}

fn judge<'m, 't>(
    case: &Case<'m, 't>,
    numbers: &Numbers<'_, '_>,
    calls: &Calls<'m, 't>,
    run: &[&Call<'_, '_>],
) -> Option<Diagnostic> {
    let clock = Clock { case, calls };
    let first = run.first()?;
    let times: Vec<f64> = run.iter().map(|call| clock.mean(call)).collect();
    let (sum, most) = (times.iter().sum::<f64>(), times.iter().copied().fold(0.0, f64::max));
    if run.len() < 3 || !sum.is_finite() || sum - most < LEAST_GAIN {
        return None;
    }
    let names: Vec<&str> = run.iter().map(|call| case.component_name(call.to)).collect();
    let message = format!(
        "`{}` reads from {} one after the other: {} in the mean",
        case.component_name(first.from),
        computed::listed(&names),
        numbers.time(sum)
    );
    let help = format!(
        "where none needs the answer of another, put them under `parallel:`, which brings it down to about {}",
        numbers.time(most)
    );
    Some(RULE.finding(first.step.others.as_ref()?.span, message).help(help))
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    for (_, _, calls) in case.interactive_flows() {
        let bodies = calls.calls.iter().filter(|call| call.waits).map(|call| call.body.as_slice());
        for items in bodies.filter(|items| items.len() >= 3) {
            let mut run: Vec<&Call<'_, '_>> = Vec::new();
            for item in items {
                let call = match item {
                    Item::Call(index) => calls.calls.get(*index).filter(|call| only_reads(call)),
                    Item::Group(_) => None,
                };
                match call {
                    Some(call) if run.iter().all(|known| known.to != call.to) => run.push(call),
                    _ => {
                        out.extend(judge(case, numbers, calls, &run));
                        run.clear();
                        run.extend(call);
                    }
                }
            }
            out.extend(judge(case, numbers, calls, &run));
        }
    }
}
