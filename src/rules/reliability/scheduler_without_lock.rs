use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::hops;
use crate::rules::rule::rule;
use crate::spec::component_parts::FailoverMode;
use std::collections::BTreeSet;

rule! {
    /// Work on a schedule that several instances begin at the same time.
    ///
    /// ## Why
    /// Each instance has a clock, so each starts the work: a mail is sent twice, an account is charged twice. Either one instance at a time
    /// holds the right to run, or doing it twice does no harm (Beyer et al., *Site Reliability Engineering*, 2016, chapter 24, "Distributed
    /// Periodic Scheduling with Cron"). Nothing is said where one instance stands by (`failover: active-passive`) or where every write of the
    /// flow is idempotent.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, scheduler-without-lock: warning }
    /// components:
    ///   billing: { kind: worker, replicas: 3 }
    /// #                          ^^^^^^^^ scheduler-without-lock
    ///   accounts: { kind: database }
    /// flows:
    ///   charge:
    ///     every: 1 day
    ///     steps:
    ///       - billing -> accounts: book the fee
    ///         operation: write
    ///         timeout: 1 minute
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, scheduler-without-lock: warning }
    /// components:
    ///   billing: { kind: worker, replicas: 3, failover: active-passive }
    ///   accounts: { kind: database }
    /// flows:
    ///   charge:
    ///     every: 1 day
    ///     steps:
    ///       - billing -> accounts: book the fee
    ///         operation: write
    ///         timeout: 1 minute
    /// ```
    "scheduler-without-lock": Warning, Reliability, Recommended, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let mut told = BTreeSet::new();
    for (entry, calls) in case.design.flows.iter().zip(case.calls()) {
        let Some(starter) = calls.starter else { continue };
        let Some(component) = support::component(case, starter) else { continue };
        if entry.value.every.is_none() && component.every.is_none() {
            continue;
        }
        let takes_turns = support::failover(component) == Some(FailoverMode::ActivePassive);
        let instances =
            support::instances(case, component).filter(|instances| *instances > 1.0 && !takes_turns);
        let Some(instances) = instances.filter(|_| support::is_own(case, starter)) else { continue };
        let harmful = calls.calls.iter().find(|call| {
            let role = hops::role(case, call.to);
            let has_effect = hops::writes(call) && !role.has("caches");
            call.from == starter && has_effect && !hops::is_idempotent(call.step)
        });
        let Some(harmful) = harmful.filter(|_| told.insert(starter)) else { continue };
        let name = case.component_name(starter);
        let span = component.key_span("replicas").unwrap_or_else(|| hops::span(case, harmful));
        let message = format!(
            "{} instances of `{name}` begin `{}` at the same time",
            hops::count(instances),
            entry.name.text
        );
        let help = format!(
            "let one of them run at a time (`failover: active-passive` on `components.{name}`), or make every write of it `idempotent: true`"
        );
        out.push(
            RULE.finding(span, message)
                .related(hops::span(case, harmful), "this is done by each of them")
                .help(help),
        );
    }
}
