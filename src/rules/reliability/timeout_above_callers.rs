use crate::diagnostic::Diagnostic;
use crate::estimate::calls::Call;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::source::Span;
use crate::spec::flow::Backoff;
use std::collections::BTreeSet;

rule! {
    /// A call that may take longer than whoever waits for it is willing to wait.
    ///
    /// ## Why
    /// Once the caller in front has given up, everything that is still done for it is wasted, and done again when it asks anew. Deadlines
    /// get shorter from the outside to the inside: an inner call with all its attempts has to end before the outer timeout does (Beyer et
    /// al., *Site Reliability Engineering*, 2016, chapter 22, "Latency and deadlines").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, timeout-above-callers: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /orders
    ///         timeout: 1 s
    ///       - app -> orders: select
    ///         timeout: 5 s
    /// #                ^^^ timeout-above-callers
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, timeout-above-callers: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   orders: { kind: database }
    /// flows:
    ///   read:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: GET /orders
    ///         timeout: 1 s
    ///       - app -> orders: select
    ///         timeout: 500 ms
    /// ```
    ///
    /// ## When to allow it
    /// When the inner work must be finished even if nobody waits for it any more; a message (`~>`) says that.
    "timeout-above-callers": Warning, Reliability, Recommended, since "0.2.0", check
}

/// The shortest wait around a call.
#[derive(Clone, Copy)]
struct Deadline {
    time: f64,
    span: Span,
    from: u32,
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for calls in case.calls() {
        let enter = |group: &crate::estimate::calls::Group<'_, '_>, around: Option<Deadline>| {
            around.filter(|_| !group.in_background)
        };
        hops::walk(calls, None, &mut |group, _, around| enter(group, around), &mut |call, around| {
            let around = around.filter(|_| call.waits);
            if let (Some(outer), Some(span)) = (around, call.step.timeout.as_ref().map(|it| it.span()))
                && let Some(finding) = compare(case, call, outer, span).filter(|_| seen.insert(span))
            {
                out.push(finding);
            }
            let own = call.step.timeout.as_ref().filter(|_| call.is_first && call.waits).map(|it| it.span());
            let own = own.zip(hops::timeout(case, call)).map(|(span, time)| Deadline {
                time,
                span,
                from: call.from,
            });
            let nearest = match (own, around) {
                (Some(own), Some(outer)) if outer.time < own.time => Some(outer),
                (own, outer) => own.or(outer),
            };
            // Who asked a cache, or falls back, does so after that call has ended.
            hops::Inside { body: nearest.filter(|_| call.waits), on_miss: around, fallback: around }
        });
    }
}

fn compare(case: &Case<'_, '_>, call: &Call<'_, '_>, outer: Deadline, span: Span) -> Option<Diagnostic> {
    let each = hops::timeout(case, call)?;
    let attempts = hops::attempts(case, call);
    let all = attempts * each + pauses(case, call, attempts);
    if all <= outer.time * 1.000_001 {
        return None;
    }
    let (words, waiting) = (hops::words(case, call), case.component_name(outer.from));
    let outer_time = hops::time(outer.time);
    let (message, help) = if each > outer.time {
        let message =
            format!("`{words}` may take {}, and `{waiting}` gives up after {outer_time}", hops::time(each));
        (message, format!("write less than {outer_time} here, or more there"))
    } else {
        let message = format!(
            "{} attempts of `{words}` may take {}, and `{waiting}` gives up after {outer_time}",
            hops::count(attempts),
            hops::time(all)
        );
        (
            message,
            format!(
                "let all attempts together take less than {outer_time}: a shorter `timeout`, or fewer `attempts`"
            ),
        )
    };
    Some(
        RULE.finding(span, message)
            .related(outer.span, format!("`{waiting}` waits no longer than this"))
            .help(help),
    )
}

/// The pauses between the attempts, all together.
fn pauses(case: &Case<'_, '_>, call: &Call<'_, '_>, attempts: f64) -> f64 {
    let Some(retries) = call.step.retries.as_deref() else { return 0.0 };
    let first = retries.pause.as_ref().and_then(|pause| case.central(&pause.written)).unwrap_or(0.0);
    let between = (attempts - 1.0).clamp(0.0, 64.0);
    match retries.backoff.map(|backoff| backoff.value) {
        Some(Backoff::None) => 0.0,
        Some(Backoff::Linear) => first * between * (between + 1.0) / 2.0,
        Some(Backoff::Exponential) => first * (between.exp2() - 1.0),
        Some(Backoff::Constant) | None => first * between,
    }
}
