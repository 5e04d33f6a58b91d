use crate::diagnostic::{Diagnostic, Severity};
use crate::estimate::Subject;
use crate::rules::rule::rule;
use crate::rules::{Case, Numbers, cause};

use super::support::{behind_a_buffer, fewer_in_use};

rule! {
    /// A consumer that is slower than what fills the queue before it.
    ///
    /// ## Why
    /// A queue absorbs a burst, not a difference of rates. A consumer that is slower on average never catches up: the backlog
    /// grows until messages expire or the disk is full, and the newest message waits behind all others (Yanacek, "Avoiding
    /// insurmountable queue backlogs", Amazon Builders' Library). This is an error.
    ///
    /// A consumer that is slower at peak alone works off the backlog afterwards. That is a warning, because what it does is late
    /// until then.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   jobs: { kind: queue }
    ///   worker: { kind: worker, replicas: 2, capacity: 10 rps }
    /// # ^^^^^^ consumer-slower-than-producer
    /// flows:
    ///   ask: { rate: 30 / s, steps: [browser -> app ~> jobs] }
    ///   work: { on: jobs, steps: [jobs ~> worker] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service }
    ///   jobs: { kind: queue }
    ///   worker: { kind: worker, replicas: 4, capacity: 10 rps }
    /// flows:
    ///   ask: { rate: 30 / s, steps: [browser -> app ~> jobs] }
    ///   work: { on: jobs, steps: [jobs ~> worker] }
    /// ```
    ///
    /// ## When to allow it
    /// When it is agreed that the work of a peak may be done hours later.
    "consumer-slower-than-producer": Error, Scale, Minimal, since "0.2.0", check
}

fn judge(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, index: u32) -> Option<Diagnostic> {
    let value = numbers.resource(index, "requests")?;
    let used = numbers.central.of(value);
    let of = |name: &str| numbers.component(index, name);
    let (usual, peak, can) = (of("load"), of("load.peak"), of("capacity"));
    let is_bounded = numbers.estimate.get(Subject::Component(index), "rejected").is_some();
    if is_bounded || !used.is_finite() || used < 1.0 || !can.is_finite() || !usual.is_finite() {
        return None;
    }
    let name = case.component_name(index);
    let never = usual >= can;
    let message = match never {
        true => format!(
            "`{name}` takes {} and gets {} on average: it never catches up",
            numbers.rate(can),
            numbers.rate(usual)
        ),
        false => format!(
            "`{name}` takes {} and gets {} at peak: its backlog grows by {} until the peak is over",
            numbers.rate(can),
            numbers.rate(peak),
            numbers.rate(peak - can)
        ),
    };
    let span = case.design.components.entries.get(index as usize)?.name.span;
    let mut finding = RULE.finding(span, message);
    if !never {
        finding.severity = Severity::Warning;
        let surplus = numbers.rate(can - usual);
        finding = finding.label(format!("it works that off by {surplus} on average"));
    }
    let help = fewer_in_use(case, numbers, index, value, 0.8).unwrap_or_else(|| {
        let place = cause::fact(case, index, &["capacity", "service_time"]).is_some();
        let what = if place { "make it faster" } else { "say what it can do" };
        format!("{what}, or let it do many messages at once")
    });
    Some(finding.help(help))
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let Some(numbers) = case.computed() else { return };
    let mut behind: Option<Vec<bool>> = None;
    for index in 0..u32::try_from(case.design.components.entries.len()).unwrap_or(u32::MAX) {
        if numbers.in_use(index, "requests") >= 1.0 {
            let behind = behind.get_or_insert_with(|| behind_a_buffer(case));
            if behind.get(index as usize).copied().unwrap_or(false) {
                out.extend(judge(case, numbers, index));
            }
        }
    }
}
