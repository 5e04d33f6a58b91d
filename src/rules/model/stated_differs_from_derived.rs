use crate::diagnostic::Diagnostic;
use crate::estimate::stated::{self, Pair, Should};
use crate::estimate::{Estimate, Evaluation, Samples};
use crate::quantity::{self, Currency, Dimension};
use crate::rules::Case;
use crate::rules::rule::rule;

rule! {
    /// A number that is stated, and that comes out otherwise from the rest of the design.
    ///
    /// ## Why
    /// What is stated goes before what follows, so one of the two is not used, and nobody can tell which of them is wrong.
    /// Looked at are the `rate` of data that flows write, the `rate` of a flow that a component triggers, the `hit_ratio` of
    /// a cache whose `memory` and records are known, the `size` of data with fields, and the `capacity` of a component that also says
    /// `service_time` and `concurrency`.
    ///
    /// Numbers may differ by a tenth. Of two ranges each has to reach into the other.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database }
    /// data:
    ///   link: { size: 500 B, rate: 20 / s, stored_in: links }
    /// #                            ^^^^^^ stated-differs-from-derived
    /// flows:
    ///   shorten:
    ///     rate: 40 / s
    ///     steps:
    ///       - browser -> app: POST /links
    ///       - app -> links: insert
    ///         writes: [link]
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   links: { kind: database }
    /// data:
    ///   link: { size: 500 B, stored_in: links }
    /// flows:
    ///   shorten:
    ///     rate: 40 / s
    ///     steps:
    ///       - browser -> app: POST /links
    ///       - app -> links: insert
    ///         writes: [link]
    /// ```
    ///
    /// ## Known false positives
    /// A step that only changes a record counts as a new one unless it says so: give it `operation: update`.
    "stated-differs-from-derived": Warning, Model, Recommended, since "0.1.0", check
}

/// Samples by which ranges are compared.
const SAMPLES: usize = 500;
/// By which part of the larger two numbers may differ.
const TOLERANCE: f64 = 0.1;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    if !stated::may_differ(case.model()) {
        return;
    }
    let Some(numbers) = case.numbers() else { return };
    let found = &numbers.estimate;
    let wanted = found.said_twice.iter().flat_map(|pair| [pair.stated, pair.derived]);
    let wanted: Vec<_> = wanted.filter(|value| found.sheet.is_heavy(*value)).collect();
    let asked;
    let central = if wanted.is_empty() {
        &numbers.central
    } else {
        asked = numbers.with(&wanted);
        &asked
    };
    let currency = case.seen.currency.map_or(Currency::Usd, |(currency, _)| currency);
    for pair in &found.said_twice {
        if !differs(found, pair, central) {
            continue;
        }
        let dimension = found.sheet.dimension(pair.stated);
        let show = |number: f64| match dimension {
            Dimension::NONE => quantity::format_share(number),
            _ => quantity::format(number, dimension, currency),
        };
        let (said, follows) = (show(central.of(pair.stated)), show(central.of(pair.derived)));
        let (from, place) = pair.from;
        let path = pair.subject.path(case);
        let id = path.split_once('.').map_or("", |(_, id)| id);
        let key = pair.key;
        let message = format!("`{key}` of `{id}` is stated as {said}, and {follows} follows from {from}");
        let mut finding = RULE.finding(pair.span, message);
        if let Some(place) = place {
            finding = finding.related(place, format!("{follows} follows from this"));
        }
        let help = match pair.should {
            Should::Agree | Should::BeAtMost => format!("take out `{key}`, or correct what it follows from"),
            Should::BeAtLeast | Should::BeWithinTenTimes => {
                format!("take out `{key}`, so that the fields are added up, or correct it")
            }
        };
        out.push(finding.help(help));
    }
}

fn differs(found: &Estimate<'_, '_>, pair: &Pair, central: &Evaluation) -> bool {
    let (said, follows) = (central.of(pair.stated), central.of(pair.derived));
    if !said.is_finite() || !follows.is_finite() {
        return false;
    }
    match pair.should {
        Should::BeAtLeast => said < follows * (1.0 - TOLERANCE),
        Should::BeAtMost if said <= follows => false,
        Should::BeWithinTenTimes => said > follows * 10.0,
        Should::Agree | Should::BeAtMost => {
            let is_certain = !found.sheet.varies(pair.stated) && !found.sheet.varies(pair.derived);
            let is_near = (said - follows).abs() <= TOLERANCE * said.abs().max(follows.abs());
            !is_near && (is_certain || are_apart(found, pair, central))
        }
    }
}

/// Whether nine in ten values of the one lie beyond those of the other.
fn are_apart(found: &Estimate<'_, '_>, pair: &Pair, central: &Evaluation) -> bool {
    let wanted = [pair.stated, pair.derived];
    let summaries = Samples::summaries(&found.sheet, central, &wanted, SAMPLES, 0, 1);
    let ends = summaries.iter().zip(wanted).map(|(summary, value)| match summary {
        Some(summary) => (summary.p5, summary.p95),
        None => (central.of(value), central.of(value)),
    });
    match ends.collect::<Vec<_>>().as_slice() {
        [(low, high), (other_low, other_high)] => high < other_low || other_high < low,
        _ => false,
    }
}
