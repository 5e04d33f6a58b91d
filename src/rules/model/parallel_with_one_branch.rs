use crate::diagnostic::Diagnostic;
use crate::model::flows::each_step;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::flow::Parallel;

rule! {
    /// A `parallel` with one branch, so that nothing happens side by side.
    ///
    /// ## Why
    /// All its steps happen one after the other, and their times add up. Mostly the branches were written as one list with all
    /// the steps in it, where each should be an item of `parallel` itself.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   prices: service
    ///   stock: service
    /// flows:
    ///   look:
    ///     steps:
    ///       - browser -> app: GET /
    ///       - parallel:
    /// #       ^^^^^^^^ parallel-with-one-branch
    ///           - - app -> prices: how much?
    ///             - app -> stock: how many?
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: client
    ///   app: service
    ///   prices: service
    ///   stock: service
    /// flows:
    ///   look:
    ///     steps:
    ///       - browser -> app: GET /
    ///       - parallel:
    ///           - app -> prices: how much?
    ///           - app -> stock: how many?
    /// ```
    "parallel-with-one-branch": Warning, Model, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if !case.is_sound {
        return;
    }
    for flow in &case.design.flows {
        each_step(&flow.value.steps, &mut |step| {
            let Some(Parallel::Branches(branches)) = &step.parallel else { return };
            let ([only], Some(span)) = (branches.as_slice(), step.key_span("parallel")) else { return };
            let help = match only.len() {
                1 => "take `parallel` out, or add the branch that goes on beside it",
                _ => "write each branch as an item of its own: one dash, not two",
            };
            let message = "there is one branch, so nothing happens side by side";
            out.push(RULE.finding(span, message).help(help));
        });
    }
}
