use crate::diagnostic::Diagnostic;
use crate::estimate::Subject;
use crate::rules::Case;
use crate::rules::computed::share;
use crate::rules::rule::rule;
use crate::spec::component_parts::Replicas;

use super::support::fewer_in_use;

rule! {
    /// A component that is fine today and overloaded before the horizon, by the growth that is stated.
    ///
    /// ## Why
    /// The horizon says how long the design has to hold. Growth compounds, so that the last year brings more than all years
    /// before it, and what takes long to change (a store, a contract, a network) has to be ordered or rebuilt before that
    /// (Beyer et al., Site Reliability Engineering, chapter 18 on capacity planning by intent).
    ///
    /// ## Example
    /// ```yaml
    /// traffic: { growth: 50% / year, horizon: 3 years }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 4, capacity: 100 rps }
    /// # ^^^ saturates-within-horizon
    /// flows:
    ///   open: { rate: 200 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// traffic: { growth: 50% / year, horizon: 3 years }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: { min: 4, max: 12 }, capacity: 100 rps }
    /// flows:
    ///   open: { rate: 200 / s, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## When to allow it
    /// When instances are added by hand in time and somebody watches for it: allow it until that day.
    "saturates-within-horizon": Warning, Scale, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if case.is_moment {
        return;
    }
    let Some((numbers, grown)) = case.computed().zip(case.grown()) else { return };
    for (index, entry) in (0..).zip(&case.design.components) {
        // The busiest resource decides, without a look at the table of all numbers.
        let busy = crate::rules::cause::bottleneck(&grown.numbers, index);
        if busy.is_none_or(|(_, share)| share < 1.0) {
            continue;
        }
        let subject = Subject::Component(index);
        let (now, then) =
            (numbers.component(index, "utilization"), grown.numbers.component(index, "utilization"));
        let is_bounded = numbers.estimate.get(subject, "rejected").is_some();
        if is_bounded || now.is_nan() || now >= 1.0 || then.is_nan() || then < 1.0 {
            continue;
        }
        let name = entry.name.text;
        // What scales stays at its target until it may not grow any more; of the rest, the day follows.
        let day = match (&entry.value.replicas, then.is_finite() && now > 0.0) {
            (Some(Replicas::Count(_)) | None, true) => {
                let part = libm::log(1.0 / now) / libm::log(then / now);
                format!(" after {}", grown.numbers.time(grown.after * part))
            }
            _ => String::new(),
        };
        let message = format!(
            "`{name}` is in use to {} at peak today, and reaches 100%{day}, before the horizon of {}",
            share(now),
            grown.numbers.time(grown.after)
        );
        let mut finding = RULE.finding(entry.name.span, message);
        if then.is_finite() {
            finding = finding.label(format!("{} at the horizon", share(then)));
        }
        if let Some(growth) = case.design.traffic.as_ref().and_then(|traffic| traffic.growth.as_ref()) {
            finding = finding.related(growth.span(), "traffic grows by this");
        }
        let value = grown.numbers.estimate.get(subject, "utilization");
        let help = value.and_then(|value| fewer_in_use(case, &grown.numbers, index, value, 0.8));
        let help = help.map(|help| format!("{help} at the horizon")).unwrap_or_else(|| {
            let address = grown.numbers.estimate.address(subject, "utilization");
            format!("see what it is made of: `sysdesign explain FILE {address}`")
        });
        out.push(finding.help(help));
    }
}
