use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{cause, hops, redundancy};
use crate::spec::component::Component;
use crate::spec::component_parts::FailoverMode;
use crate::spec::values::Name;
use std::collections::BTreeMap;

rule! {
    /// A single instance whose loss fails a flow that some requirement wants to be up.
    ///
    /// ## Why
    /// The flow is taken apart into what must be up for it, with what is optional, has a fallback or is there twice. A minimal cut set of
    /// size one is a component that fails the flow all alone; when one instance is all there is of it, each crash, each release and each
    /// lost machine is an outage (Beyer et al., *Site Reliability Engineering*, 2016, chapter 3; Nygard, *Release It!*, 2nd edition,
    /// chapter 5).
    ///
    /// Only flows are looked at that satisfy a requirement of quality `availability` or `reliability`, or whose availability, downtime,
    /// outages or errors a check names.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, single-point-of-failure: warning }
    /// requirements:
    ///   always_on: { text: Pages can be opened at any time, quality: availability }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 1 }
    /// #                       ^^^^^^^^ single-point-of-failure
    /// flows:
    ///   open: { rate: 10 / s, satisfies: always_on, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, single-point-of-failure: warning }
    /// requirements:
    ///   always_on: { text: Pages can be opened at any time, quality: availability }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 2 }
    /// flows:
    ///   open: { rate: 10 / s, satisfies: always_on, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Known false positives
    /// Something that is several instances by itself. Say so: a `tech` that the catalogue knows as managed, or an `availability`
    /// without `replicas`, is not reported.
    ///
    /// ## When to allow it
    /// When an outage for as long as a new instance takes is within what the requirement grants.
    "single-point-of-failure": Warning, Reliability, Recommended, at Design, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let protected = support::protected(case);
    if !case.is_sound || protected.iter().all(Option::is_none) {
        return;
    }
    let Some(numbers) = case.numbers() else { return };
    let places = case.places();
    // That a flow cannot do without a cache is a mistake of its own.
    let copies = support::only_copies(case);
    let mut found: BTreeMap<u32, Vec<(Name<'_>, Name<'_>)>> = BTreeMap::new();
    for ((flow, entry), requirement) in case.design.flows.iter().enumerate().zip(protected) {
        let Some(requirement) = requirement else { continue };
        // A branch that is not always taken is a part of the set as well.
        let Some((cuts, _)) = numbers.estimate.cuts(flow, 2, &numbers.central) else { continue };
        for cut in cuts {
            if let [component] = cut.components.as_slice()
                && !copies.contains(component)
            {
                found.entry(*component).or_default().push((entry.name, requirement));
            }
        }
    }
    for (index, flows) in found {
        let (Some(component), [(flow, requirement), others @ ..]) =
            (support::component(case, index), flows.as_slice())
        else {
            continue;
        };
        let Some(instances) = alone(case, index, component).filter(|_| !places.is_spread(index)) else {
            continue;
        };
        let Some(span) = cause::fact(case, index, &["needed", "replicas"]) else { continue };
        let name = case.component_name(index);
        let (more, fails) = match others.len() {
            0 => (String::new(), "fails"),
            more => (format!(" and {more} more"), "fail"),
        };
        let flow_name = flow.text;
        let (message, help) = if instances > 1.0 {
            let all = hops::count(instances);
            let help = format!(
                "write `replicas: {}` on `components.{name}`, one more than it needs",
                hops::count(instances + 1.0)
            );
            (
                format!(
                    "`{flow_name}`{more} {fails} as soon as one of the {all} instances of `{name}` is down"
                ),
                help,
            )
        } else {
            let help = format!(
                "write `replicas: 2` on `components.{name}`, in two zones, or let `{flow_name}` go on without it (`optional: true`, `fallback:`)"
            );
            (format!("`{flow_name}`{more} {fails} whenever the only instance of `{name}` is down"), help)
        };
        let needed = component.needed.as_ref().and_then(|needed| case.central(&needed.written));
        let enough = instances.max(needed.unwrap_or(1.0)) + 1.0;
        let finding = redundancy::mended_by(RULE.finding(span, message).help(help), case, index, enough);
        out.push(support::because(finding, *requirement, *flow));
    }
}

/// How many instances there are, when the loss of any is the loss of the component.
fn alone(case: &Case<'_, '_>, index: u32, component: &Component<'_>) -> Option<f64> {
    let stands_by = support::failover(component).is_some_and(|mode| mode != FailoverMode::None);
    let copies = component.quorum.as_ref().and_then(|quorum| case.central(&quorum.n.as_ref()?.written));
    if stands_by || component.erasure_coding.is_some() || copies.is_some_and(|copies| copies > 1.0) {
        return None;
    }
    let instances = match &component.replicas {
        Some(_) => support::instances(case, component)?,
        // Who says how often the whole is there, says it of all there is.
        None if component.availability.is_some() || !support::is_own(case, index) => return None,
        None => 1.0,
    };
    let needed = component.needed.as_ref().and_then(|needed| case.central(&needed.written));
    (instances <= needed.unwrap_or(1.0)).then_some(instances)
}
