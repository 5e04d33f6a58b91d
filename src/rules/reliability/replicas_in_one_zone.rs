use super::support;
use crate::diagnostic::Diagnostic;
use crate::rules::Case;
use crate::rules::rule::rule;
use crate::rules::{cause, hops};
use std::collections::BTreeSet;

rule! {
    /// Several instances that all stand in one zone, though the design has more zones.
    ///
    /// ## Why
    /// A zone is lost as a whole: power, cooling, its network. Instances in one zone fail together, so that ten of them are up as often as
    /// the zone is (Beyer et al., *Site Reliability Engineering*, 2016, chapter 26; AWS, *Static stability using Availability Zones*,
    /// Amazon Builders' Library). Reported where a requirement wants a flow to be up that cannot do without the component.
    ///
    /// ## Example
    /// ```yaml
    /// rules: { profile: minimal, replicas-in-one-zone: warning }
    /// requirements:
    ///   always_on: { text: Pages can be opened at any time, quality: availability }
    /// deployment:
    ///   regions: { eu: { zones: [eu-a, eu-b] } }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 3, zones: [eu-a] }
    /// #                                    ^^^^^ replicas-in-one-zone
    /// flows:
    ///   open: { rate: 10 / s, satisfies: always_on, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// rules: { profile: minimal, replicas-in-one-zone: warning }
    /// requirements:
    ///   always_on: { text: Pages can be opened at any time, quality: availability }
    /// deployment:
    ///   regions: { eu: { zones: [eu-a, eu-b] } }
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 3, zones: [eu-a, eu-b] }
    /// flows:
    ///   open: { rate: 10 / s, satisfies: always_on, steps: ["browser -> app: GET /"] }
    /// ```
    ///
    /// ## When to allow it
    /// When instances must be near each other, and the whole is there a second time elsewhere.
    "replicas-in-one-zone": Warning, Reliability, Recommended, at Design, on Availability, since "0.2.0", check
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    let protected = support::protected(case);
    if !case.is_sound || protected.iter().all(Option::is_none) {
        return;
    }
    let mut zones: BTreeSet<&str> = BTreeSet::new();
    let regions = case.design.deployment.iter().flat_map(|deployment| &deployment.regions);
    zones.extend(regions.flat_map(|region| region.value.zones.zones.iter().map(|(zone, _)| zone.text)));
    let components = case.design.components.iter();
    zones.extend(components.flat_map(|entry| entry.value.zones.iter().map(|zone| zone.text)));
    if zones.len() < 2 {
        return;
    }
    let places = case.places();
    for (index, (flow, requirement)) in support::needed_by(case, &protected) {
        let Some(component) = support::component(case, index) else { continue };
        let Some(place) = places.only_zone(index) else { continue };
        let instances = support::instances(case, component).filter(|instances| *instances > 1.0);
        let (Some(instances), true) = (instances, zones.contains(place)) else { continue };
        let name = case.component_name(index);
        let Some(span) = cause::fact(case, index, &["zones"]) else { continue };
        let message = format!(
            "all {} instances of `{name}` stand in `{}`, so that `{}` fails with that zone",
            hops::count(instances),
            place,
            flow.text
        );
        let other = zones.iter().find(|zone| **zone != place).copied().unwrap_or_default();
        let help = format!("spread them: `zones: [{}, {other}]` on `components.{name}`", place);
        out.push(support::because(RULE.finding(span, message).help(help), requirement, flow));
    }
}
