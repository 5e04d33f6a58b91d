use crate::diagnostic::Diagnostic;
use crate::estimate::{Estimate, Evaluation, Subject};
use crate::quantity::Dimension;
use crate::rules::rule::rule;
use crate::rules::{Case, Numbers};

use super::support::{behind_a_buffer, fewer_in_use, leaders_in_use};

rule! {
    /// A component that gets more at peak than it can serve.
    ///
    /// ## Why
    /// Once more arrives than is served, the line in front of it grows for as long as the peak lasts: there is no latency
    /// to speak of, timeouts expire, and their retries make it worse. By queueing theory the wait has no bound from a
    /// utilisation of 100% on (Kleinrock, *Queueing Systems*, volume 1, 1975, section 3.2).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2, capacity: 100 rps }
    /// # ^^^ overloaded
    /// flows:
    ///   open: { rate: 250 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 4, capacity: 100 rps }
    /// flows:
    ///   open: { rate: 250 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Known false positives
    /// A component that turns away what it cannot serve (`overload: reject`, or a `queue_limit`) is overloaded on purpose
    /// and not reported. What takes its work out of a queue may be slower than the peak: `consumer-slower-than-producer` judges it.
    "overloaded": Error, Scale, Minimal, since "0.1.0", check
}

/// From here on instances that do not take writes help no more.
const NEARLY_FULL: f64 = 0.8;

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    let mut waited_for: Option<Vec<bool>> = None;
    for (index, entry) in (0..).zip(&case.design.components) {
        let subject = Subject::Component(index);
        let Some(value) = numbers.resource(index, "requests") else { continue };
        let utilization = numbers.central.of(value);
        // An infinite load has its own rule.
        if utilization.is_nan() || utilization.is_infinite() || utilization < 1.0 {
            continue;
        }
        if numbers.estimate.get(subject, "rejected").is_some() {
            continue;
        }
        let behind = waited_for.get_or_insert_with(|| behind_a_buffer(case));
        if behind.get(index as usize).copied().unwrap_or(false) {
            continue;
        }
        let name = entry.name.text;
        let (message, growth) = requests(&numbers.estimate, &numbers.central, subject, name, utilization);
        let mut finding = RULE.finding(entry.name.span, message);
        if let Some(growth) = growth {
            finding = finding.label(growth);
        }
        // Where every copy takes every write, more of them do not help.
        let help = split(case, numbers, index)
            .or_else(|| fewer_in_use(case, numbers, index, value, 0.8))
            .unwrap_or_else(|| {
                let address = numbers.estimate.address(subject, "utilization");
                format!("see what it is made of: `sysdesign explain FILE {address}`")
            });
        out.push(finding.help(help));
    }
}

/// What helps a store of which writes alone fill the leaders.
fn split(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, index: u32) -> Option<String> {
    let (share, leaders) = leaders_in_use(case, numbers, index).filter(|(share, _)| *share >= NEARLY_FULL)?;
    let shards = (share * leaders / 0.7).ceil();
    let shown = crate::rules::computed::share(share);
    Some(format!(
        "every copy takes every write, which alone are {shown} of what one instance can do: more replicas do not help, \
         `shards: {shards}` and a `shard_key` do"
    ))
}

fn requests(
    estimate: &Estimate<'_, '_>,
    central: &Evaluation,
    subject: Subject,
    name: &str,
    utilization: f64,
) -> (String, Option<String>) {
    let of = |name: &str| estimate.get(subject, name).map_or(f64::NAN, |value| central.of(value));
    let (arrives, served) = (of("load.peak"), of("capacity"));
    let show = |rate: f64| estimate.shown_as(rate, Dimension::RATE, false);
    let shown = crate::quantity::format_share(utilization);
    if !arrives.is_finite() || !served.is_finite() {
        return (format!("`{name}` needs {shown} of its capacity at peak"), None);
    }
    let message =
        format!("`{name}` gets {} at peak and can serve {}: {shown} in use", show(arrives), show(served));
    let more = arrives - served;
    let growth = (more > 0.0).then(|| format!("its line grows by {}", show(more)));
    (message, growth)
}
