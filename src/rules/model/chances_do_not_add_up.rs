use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::model::flows::each_step;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::spec::flow::Step;

rule! {
    /// Alternatives whose chances do not add up to one.
    ///
    /// ## Why
    /// `either:` says that the flow goes exactly one of several ways. When the chances add up to less or more,
    /// runs are lost or counted twice, and every rate behind them is wrong.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    ///   hot: { kind: cache }
    ///   links: { kind: database }
    /// flows:
    ///   redirect:
    ///     rate: 100 / s
    ///     steps:
    ///       - either:
    /// #       ^^^^^^ chances-do-not-add-up
    ///           - { chance: 90%, steps: ["app -> hot: hit"] }
    ///           - { chance: 20%, steps: ["app -> links: miss"] }
    /// ```
    ///
    /// ## Instead
    /// One alternative may leave its chance out and takes what is left.
    /// ```yaml
    /// components:
    ///   app: { kind: service }
    ///   hot: { kind: cache }
    ///   links: { kind: database }
    /// flows:
    ///   redirect:
    ///     rate: 100 / s
    ///     steps:
    ///       - either:
    ///           - { chance: 90%, steps: ["app -> hot: hit"] }
    ///           - { steps: ["app -> links: miss"] }
    /// ```
    "chances-do-not-add-up": Error, Model, Minimal, since "0.1.0", check
}

fn check(model: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    for flow in &model.design.flows {
        each_step(&flow.value.steps, &mut |step| check_step(model, step, out));
    }
}

fn check_step(model: &Model<'_>, step: &Step<'_>, out: &mut Vec<Diagnostic>) {
    let Some(place) = step.key_span("either").filter(|_| !step.either.is_empty()) else { return };
    let open = step.either.iter().filter(|alternative| alternative.node.get("chance").is_none()).count();
    if open > 1 {
        let message = format!("{open} alternatives have no chance, so none can take what is left");
        out.push(RULE.finding(place, message).help("give all of them but one a `chance:`"));
        return;
    }
    let chances = step.either.iter().filter_map(|alternative| alternative.chance.as_ref());
    // A chance that could not be read or computed has been reported.
    let known: Option<Vec<f64>> = chances.map(|chance| model.central(&chance.written)).collect();
    let written = step.either.iter().filter(|alternative| alternative.chance.is_some()).count();
    let Some(known) = known.filter(|known| known.len() == written && written + open == step.either.len())
    else {
        return;
    };
    let sum: f64 = known.iter().sum();
    let wrong = if open == 1 { sum > 1.0 + 1e-6 } else { (sum - 1.0).abs() > 1e-6 };
    if wrong {
        // As many digits as it takes to see that it is not all.
        let shown = match (sum * 1e4).round() / 1e2 {
            100.0 => (sum * 1e8).round() / 1e6,
            shown => shown,
        };
        let message = format!("the chances of these alternatives add up to {shown}%, not 100%");
        let help = "correct one of them, or take one `chance:` out: that alternative takes what is left";
        out.push(RULE.finding(place, message).help(help));
    }
}
