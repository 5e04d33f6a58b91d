use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::flow::Backoff;
use std::collections::BTreeSet;

rule! {
    /// Retries that follow at once, without a pause that grows.
    ///
    /// ## Why
    /// A receiver that fails because it has too much to do gets a multiple of it within milliseconds. Pauses that double, spread at random,
    /// give it time to recover (Brooker, *Exponential Backoff And Jitter*, AWS Architecture Blog, 2015; Beyer et al., *Site Reliability
    /// Engineering*, 2016, chapter 22, "Retries").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, retry-without-backoff: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   mail: { kind: external_system }
    /// flows:
    ///   send:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /letters
    ///       - app -> mail: send
    ///         timeout: 2 s
    ///         idempotent: true
    ///         retries: { attempts: 3 }
    /// #       ^^^^^^^ retry-without-backoff
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, retry-without-backoff: warning }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   mail: { kind: external_system }
    /// flows:
    ///   send:
    ///     rate: 10 / s
    ///     steps:
    ///       - browser -> app: POST /letters
    ///       - app -> mail: send
    ///         timeout: 2 s
    ///         idempotent: true
    ///         retries: { attempts: 3, backoff: exponential, pause: 100 ms, jitter: true }
    /// ```
    ///
    /// ## When to allow it
    /// A single second attempt at another instance, when the first failed by itself and not under load.
    "retry-without-backoff": Warning, Reliability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for call in case.calls().iter().flat_map(|calls| &calls.calls) {
        let Some(retries) = call.step.retries.as_deref().filter(|_| hops::attempts(case, call) > 1.0) else {
            continue;
        };
        let pause = retries.pause.as_ref().and_then(|pause| case.central(&pause.written));
        let backs_off = match retries.backoff.map(|backoff| backoff.value) {
            Some(Backoff::None) => false,
            Some(_) => true,
            None => retries.pause.is_some() && pause != Some(0.0),
        };
        let span = retries.key_span("backoff").or_else(|| call.step.key_span("retries"));
        let Some(span) = span.filter(|span| !backs_off && seen.insert(*span)) else { continue };
        let message = format!("`{}` is tried again at once", hops::words(case, call));
        let help = "write `backoff: exponential`, `pause: 100 ms` and `jitter: true`";
        out.push(RULE.finding(span, message).help(help));
    }
}
