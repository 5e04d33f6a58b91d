use super::support;
use crate::diagnostic::Diagnostic;
use crate::estimate::readings::Answer;
use crate::quantity::MONTH;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::component_parts::FailoverMode;
use std::collections::BTreeSet;

rule! {
    /// A failover that takes longer than a flow may be down in a month.
    ///
    /// ## Why
    /// 99.99% is 4 minutes and 23 seconds a month. When a failover takes ten minutes, one is enough to break the promise, however seldom it
    /// happens on average; over years the mean may look fine (Beyer et al., *Site Reliability Engineering*, 2016, chapter 3, "Error
    /// budgets").
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, failover-slower-than-budget: warning }
    /// requirements:
    ///   always_on: { check: flows.buy.availability >= 99.99% }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 4, availability: 99.9% }
    ///   orders:
    ///     kind: database
    ///     replicas: 2
    ///     mtbf: 5 years
    ///     mttr: 1 hour
    ///     failover: { mode: active-passive, time: 10 minutes, automatic: true }
    /// #                                     ^^^^ failover-slower-than-budget
    /// flows:
    ///   buy: { rate: 10 / s, satisfies: always_on, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, failover-slower-than-budget: warning }
    /// requirements:
    ///   always_on: { check: flows.buy.availability >= 99.99% }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 4, availability: 99.9% }
    ///   orders:
    ///     kind: database
    ///     replicas: 2
    ///     mtbf: 5 years
    ///     mttr: 1 hour
    ///     failover: { mode: active-passive, time: 1 minute, automatic: true }
    /// flows:
    ///   buy: { rate: 10 / s, satisfies: always_on, steps: ["browser -> app -> orders: insert"] }
    /// ```
    ///
    /// ## When to allow it
    /// When the promise is kept over a year and not in each month.
    "failover-slower-than-budget": Warning, Reliability, Recommended, at Design, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let targets = support::targets(case);
    let says =
        |it: &crate::spec::component::Component<'_>| it.failover.as_ref().is_some_and(|it| it.time.is_some());
    if !case.is_sound || targets.is_empty() || !case.design.components.iter().any(|it| says(&it.value)) {
        return;
    }
    let failed: BTreeSet<u32> = case
        .verdicts()
        .iter()
        .filter(|verdict| matches!(verdict.answer, Answer::Fails(_)))
        .map(|verdict| verdict.requirement)
        .collect();
    let mut told = BTreeSet::new();
    for target in targets.iter().filter(|target| !failed.contains(&target.requirement)) {
        let budget = (1.0 - target.up) * MONTH;
        let Some(calls) = case.calls().get(target.flow as usize) else { continue };
        for call in support::needed(case, calls) {
            let Some(component) = support::component(case, call.to) else { continue };
            let Some(failover) = component.failover.as_deref() else { continue };
            // Where all serve, only those that were under way there wait.
            let stands_by = failover.mode.is_none_or(|mode| mode.value == FailoverMode::ActivePassive);
            let time = failover.time.as_ref().and_then(|time| case.central(&time.written));
            let Some(time) = time.filter(|time| stands_by && *time > budget) else { continue };
            if !told.insert(call.to) {
                continue;
            }
            let name = case.component_name(call.to);
            let span = failover.key_span("time").unwrap_or(target.span);
            let message = format!(
                "one failover of `{name}` takes {}, more than the {} a month that `{}` grants",
                hops::time(time),
                hops::time(budget),
                target.name.text
            );
            let help = format!(
                "make it faster than {}, let requests go on without `{name}`, or ask for less",
                hops::time(budget)
            );
            out.push(
                RULE.finding(span, message).related(target.span, "this is what is asked for").help(help),
            );
        }
    }
}
