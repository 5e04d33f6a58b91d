use crate::diagnostic::Diagnostic;
use crate::model::flows::each_step;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::flow::{Parallel, Step};

rule! {
    /// A step that waits for more answers than there are branches or repetitions.
    ///
    /// ## Why
    /// It would wait for ever. A branch was taken out and the number stayed, or the number was meant for something else.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   near: database
    ///   far: database
    /// flows:
    ///   look:
    ///     steps:
    ///       - browser -> app: GET /
    ///       - parallel: ["app -> near: select", "app -> far: select"]
    ///         wait_for: 3
    /// #                 ^ waits-for-too-many
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   near: database
    ///   far: database
    /// flows:
    ///   look:
    ///     steps:
    ///       - browser -> app: GET /
    ///       - parallel: ["app -> near: select", "app -> far: select"]
    ///         wait_for: 1
    /// ```
    "waits-for-too-many": Error, Model, Minimal, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let central = |step: &Step<'_>| step.wait_for.as_ref().and_then(|wanted| case.central(&wanted.written));
    for flow in &case.design.flows {
        each_step(&flow.value.steps, &mut |step| {
            let (Some(wanted), Some(written)) = (central(step), &step.wait_for) else { return };
            #[expect(clippy::cast_precision_loss, reason = "there are never so many branches")]
            let (there_are, what) = match (&step.parallel, &step.times) {
                (Some(Parallel::Branches(branches)), _) => (branches.len() as f64, "branches"),
                (_, Some(times)) => match case.central(&times.written) {
                    Some(times) => (times, "repetitions"),
                    None => return,
                },
                _ => return,
            };
            if wanted > there_are {
                let message = format!("this waits for {wanted} answers, and there are {there_are} {what}");
                let help =
                    format!("write a number of at most {there_are}, or take `wait_for` out to wait for all");
                out.push(RULE.finding(written.span(), message).help(help));
            }
        });
    }
}
