use crate::diagnostic::Diagnostic;
use crate::rules::places::Places;
use crate::rules::rule::rule;
use crate::rules::{Case, Numbers, cause, redundancy};
use crate::spec::component_parts::Replicas;

rule! {
    /// A component over several zones that is overloaded as soon as one of them is lost.
    ///
    /// ## Why
    /// Spreading over zones only helps when what is left can carry the load of that moment. New instances do not come in time:
    /// everybody asks for them at once, and where they come from may be down too. The instances must be there before
    /// (Weiss and Furr, "Static stability using Availability Zones", Amazon Builders' Library).
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 4, capacity: 100 rps, zones: [a, b] }
    /// #                       ^^^^^^^^ no-headroom-for-zone-loss
    /// flows:
    ///   open: { rate: 250 / s, steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, no-headroom-for-zone-loss: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 6, capacity: 100 rps, zones: [a, b] }
    /// flows:
    ///   open: { rate: 250 / s, steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, no-headroom-for-zone-loss: warning }
    /// ```
    ///
    /// ## Known false positives
    /// Stores are not judged: what their copies take when one of them is lost depends on how the data is spread.
    ///
    /// ## When to allow it
    /// When it is agreed that the peak may be served slowly while a zone is away.
    "no-headroom-for-zone-loss": Warning, Scale, Recommended, at Design, on Availability, since "0.2.0", check
}

/// How many of some instances are left, at worst, when so many of the zones are lost.
fn left(instances: f64, zones: f64, lost: f64) -> f64 {
    let each = (instances / zones).floor();
    let more = instances - each * zones;
    instances - each * lost - more.min(lost)
}

/// How many instances each shard needs.
fn needed(load: f64, each: f64, zones: f64, lost: f64, shards: f64) -> Option<f64> {
    let enough = |replicas: &f64| left(*replicas * shards, zones, lost) * each >= load;
    let least = (load / each).ceil();
    let whole = ((least / (zones - lost)).ceil() * zones / shards).ceil();
    let first = (least / shards).ceil();
    // As many in each zone are always enough; fewer may be.
    let all = (0..64).map(|more| first + f64::from(more)).take_while(|replicas| *replicas < whole);
    all.chain([whole]).find(enough)
}

fn judge(
    case: &Case<'_, '_>,
    numbers: &Numbers<'_, '_>,
    places: &Places<'_>,
    index: u32,
) -> Option<Diagnostic> {
    let component = case.component(index)?;
    let zones = places.zones(index).len() as f64;
    // Whoever runs it for the team sees to that.
    component.replicas.as_ref()?;
    if zones < 2.0 || case.has(index, "holds_state") {
        return None;
    }
    let lost = match &component.survives_zones {
        Some(stated) => case.central(&stated.written)?,
        None => 1.0,
    };
    let (load, capacity) = (numbers.component(index, "load.peak"), numbers.component(index, "capacity"));
    let there = numbers.component(index, "replicas");
    let most = case.most_instances(index).filter(|most| *most >= there)?;
    let each = capacity / there;
    let rest = left(most, zones, lost) * each;
    // What is overloaded with all zones has its own rule.
    if !(lost >= 1.0 && lost < zones && load.is_finite() && load < most * each && rest < load) {
        return None;
    }
    let name = case.component_name(index);
    let what = if lost > 1.0 { format!("{lost} of its zones") } else { "a zone".to_owned() };
    let message = format!(
        "without {what}, `{name}` can serve {} and gets {} at peak",
        numbers.rate(rest),
        numbers.rate(load)
    );
    let key = match &component.replicas {
        Some(Replicas::Scaling(_)) => "max",
        _ => "replicas",
    };
    let shards = case.shards(index)?.max(1.0);
    let enough = needed(load, each, zones, lost, shards)?;
    let still = left(enough * shards, zones, lost);
    let of = if shards > 1.0 { format!("the {} in all shards", enough * shards) } else { "them".to_owned() };
    let help = format!(
        "write `{key}: {enough}` on `components.{name}`: {still} of {of} are left then and serve {}",
        numbers.rate(still * each)
    );
    let span = cause::fact(case, index, &["replicas", "capacity"])?;
    let finding = RULE.finding(span, message).help(help);
    Some(match &component.replicas {
        Some(Replicas::Count(_)) => redundancy::mended_by(finding, case, index, enough),
        _ => finding,
    })
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if case.is_moment {
        return;
    }
    let Some(numbers) = case.computed() else { return };
    let places = case.places();
    let count = u32::try_from(case.design.components.entries.len()).unwrap_or(u32::MAX);
    out.extend((0..count).filter_map(|index| judge(case, numbers, places, index)));
}
