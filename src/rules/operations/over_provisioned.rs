use crate::diagnostic::Diagnostic;
use crate::estimate::{Changes, Subject};
use crate::rules::computed::share;
use crate::rules::rule::rule;
use crate::rules::{Case, Numbers};
use crate::spec::component_parts::Replicas;

rule! {
    /// Instances that are hardly used even at peak, at the horizon and with a zone lost.
    ///
    /// ## Why
    /// Idle instances cost as much as busy ones, and finding the right size is the first of the savings that every guide to cloud
    /// costs names (AWS Well-Architected Framework, Cost Optimization Pillar, "Select the correct resource type, size, and
    /// number").
    ///
    /// Reported is a fixed number of instances of which a quarter would do: at peak, with the growth until the horizon, busy to
    /// half at most, and never fewer than three.
    ///
    /// ## Example
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 40, capacity: 100 rps }
    /// #                                 ^^ over-provisioned
    /// flows:
    ///   open: { rate: 50 / s, steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, over-provisioned: warning }
    /// ```
    ///
    /// ## Instead
    /// ```yaml
    /// components:
    ///   browser: { kind: client }
    ///   app: { kind: service, replicas: 3, capacity: 100 rps }
    /// flows:
    ///   open: { rate: 50 / s, steps: ["browser -> app: GET /"] }
    /// rules: { stage: sketch, over-provisioned: warning }
    /// ```
    ///
    /// ## Known false positives
    /// What is needed for other reasons than requests, connections and bandwidth. Stores are not judged, because they may be
    /// there for their disks, nor what carries a hundred megabits and more when its `bandwidth` is not said.
    "over-provisioned": Warning, Operations, Strict, at Design, on Cost, since "0.2.0", check
}

/// What always stays, so that one may fail while another is replaced.
const LEAST: f64 = 3.0;
const HALF: f64 = 0.5;
/// Bytes a second, from which on the network may be what instances are there for: a hundred megabits.
const MUCH: f64 = 12.5e6;
const MUCH_FEWER: f64 = 0.25;

fn judge(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, index: u32) -> Option<Diagnostic> {
    let component = case.component(index)?;
    let Some(Replicas::Count(count)) = &component.replicas else { return None };
    // Connections and disks are reasons of their own.
    if case.has(index, "holds_state") || component.max_connections.is_some() || component.shards.is_some() {
        return None;
    }
    // So is a network of which nobody says what it carries.
    let bytes = ["bandwidth.in", "bandwidth.out"].map(|name| numbers.component(index, name));
    if component.bandwidth.is_none() && bytes.into_iter().any(|bytes| bytes > MUCH) {
        return None;
    }
    let there = case.central(&count.written).filter(|there| *there > LEAST)?;
    let used = numbers.component(index, "utilization");
    let later = case.grown().map_or(used, |grown| grown.numbers.component(index, "utilization"));
    let most = used.max(later);
    if !(most > 0.0 && most.is_finite()) || numbers.component(index, "load.peak") <= 0.0 {
        return None;
    }
    let zones = component.zones.len() as f64;
    let spare = if zones > 1.0 { zones / (zones - 1.0) } else { 1.0 };
    let enough = (there * most / HALF * spare).ceil().max(LEAST);
    if enough > there * MUCH_FEWER {
        return None;
    }
    let name = case.component_name(index);
    let message = format!("{there} instances of `{name}` are in use to {} at peak", share(used));
    let mut finding = RULE.finding(count.span(), message);
    if later > used * 1.01 {
        finding = finding.label(format!("{} at the horizon", share(later)));
    }
    let saves = case
        .may_try()
        .then(|| saved(numbers, index, enough))
        .flatten()
        .map(|saved| format!(", which saves {saved}"));
    let help = format!("write `replicas: {enough}`{}", saves.unwrap_or_default());
    Some(finding.help(help))
}

/// What fewer instances cost less.
fn saved(numbers: &Numbers<'_, '_>, index: u32, enough: f64) -> Option<String> {
    let estimate = &numbers.estimate;
    let cost = estimate.get(Subject::Component(index), "cost")?;
    let replicas = estimate.get(Subject::Component(index), "replicas")?;
    let central = estimate.central(&Changes::from([(replicas, enough)]), &[]);
    let saved = numbers.central.of(cost) - central.of(cost);
    (saved > 0.0 && saved.is_finite()).then(|| estimate.shown(cost, saved))
}

fn check(case: &Case<'_, '_>, out: &mut Vec<Diagnostic>) {
    if case.is_moment {
        return;
    }
    let Some(numbers) = case.computed() else { return };
    out.extend(super::support::components(case).filter_map(|index| judge(case, numbers, index)));
}
