use crate::diagnostic::Diagnostic;
use crate::model::names::Space;
use crate::quantity::{Currency, Dimension, format};
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::quantities::{Quantity, Time};

rule! {
    /// A job that takes longer than the time until it starts again.
    ///
    /// ## Why
    /// The next run begins before this one has ended. Either runs pile up and slow each other down, or the scheduler leaves
    /// some out and the job is never up to date; what two runs do to the same data at once is seldom thought of. Kubernetes
    /// makes one choose between the two with `concurrencyPolicy` of a CronJob.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   nightly: { kind: scheduler, every: 10 minutes, run_time: 15 minutes }
    /// #                                                          ^^^^^^^^^^ job-overruns-its-period
    ///   links: { kind: database }
    /// flows:
    ///   expire: { steps: ["nightly -> links: delete what expired"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   nightly: { kind: scheduler, every: 1 hour, run_time: 15 minutes }
    ///   links: { kind: database }
    /// flows:
    ///   expire: { steps: ["nightly -> links: delete what expired"] }
    /// ```
    "job-overruns-its-period": Error, Scale, Minimal, since "0.2.0", check
}

fn judge(
    case: &Case<'_, '_>,
    name: &str,
    run: &Quantity<'_, Time>,
    every: &Quantity<'_, Time>,
) -> Option<Diagnostic> {
    let (takes, period) = (case.central(&run.written)?, case.central(&every.written)?);
    if takes < period || period <= 0.0 {
        return None;
    }
    let show = |time: f64| format(time, Dimension::TIME, Currency::Usd);
    let relation = if takes > period { "longer than" } else { "all of" };
    let message =
        format!("a run of `{name}` takes {}, {relation} the {} until the next", show(takes), show(period));
    let help = "start it less often, split it into parts that run side by side, or let one run end before the next begins";
    Some(RULE.finding(run.span(), message).related(every.span(), "it starts this often").help(help))
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound || !case.design.components.iter().any(|entry| entry.value.run_time.is_some()) {
        return;
    }
    for entry in &case.design.components {
        if let (Some(run), Some(every)) = (&entry.value.run_time, &entry.value.every) {
            out.extend(judge(case, entry.name.text, run, every));
        }
    }
    for (flow, calls) in case.design.flows.iter().zip(case.calls()) {
        let Some(component) = calls.starter.and_then(|starter| case.component(starter)) else { continue };
        // What says itself how often it runs has been judged.
        let (Some(run), None, Some(every)) = (&component.run_time, &component.every, &flow.value.every)
        else {
            continue;
        };
        if case.names.find(Space::Flow, flow.name.text).is_some() {
            out.extend(judge(case, flow.name.text, run, every));
        }
    }
}
