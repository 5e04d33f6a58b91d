//! Instances and the places they stand in: which fail together, and how many must be left.

use super::builder::Builder;
use super::facts::{Count, Facts};
use super::label::{Label, Subject};
use super::sheet::{Block, Formula, Op, Value};
use crate::numerics::reliability::{self, Group};
use crate::quantity::Dimension;
use crate::spec::deployment::Deployment;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Unavailability of one instance, how often it fails, how many are needed, how many there are, the share of failures with a
/// common cause, and what failing over costs.
pub const INPUTS: usize = 6;

/// The redundancy of a component.
#[derive(Clone, Debug)]
pub struct Instances {
    /// The numbers of its instances.
    pub inputs: [Value; INPUTS],
    /// Its unavailability, as far as it does not hang on places.
    pub down: Value,
    /// How often it fails.
    pub often: Value,
    /// The same for reads alone, where a quorum asks for fewer copies then.
    pub for_reads: Option<Box<Instances>>,
    /// The places it runs in.
    places: Vec<String>,
}

/// Places that fail as a whole, which components of a flow share.
#[derive(Clone, Debug, Default)]
pub struct Shared {
    /// The unavailability of each.
    pub values: Vec<Value>,
    /// The place around each.
    pub parents: Vec<Option<usize>>,
    names: BTreeMap<String, usize>,
    /// For each place that components may name, the places that must be up for it to be.
    around: Rc<BTreeMap<String, Vec<String>>>,
}

/// For each place that a component runs in, the bits of the places that must be up.
#[derive(Clone, Debug)]
pub struct Placement {
    masks: Vec<u32>,
}

/// In so many places the states of a component are worth to be kept.
const FEW_PLACES: usize = 6;

impl Placement {
    /// Which of its own places are up, as a number; nothing when these are many.
    pub fn state(&self, up: u32) -> Option<usize> {
        if self.masks.len() > FEW_PLACES {
            return None;
        }
        Some(self.masks.iter().fold(0, |state, mask| state << 1 | usize::from(mask & up == *mask)))
    }

    /// Unavailability and frequency of failures while the places with set bits are up.
    pub fn given(&self, inputs: &[f64], up: u32) -> (f64, f64) {
        let groups = |count: f64, down: f64| -> Vec<Group> {
            let places = self.masks.len().max(1) as f64;
            let each = (count / places).floor();
            let more = count - each * places;
            let instances = |at: usize| each + if (at as f64) < more { 1.0 } else { 0.0 };
            let group = |(at, mask): (usize, &u32)| Group {
                unavailability: down,
                instances: instances(at) as u32,
                up: mask & up == *mask,
            };
            self.masks.iter().enumerate().map(group).collect()
        };
        with_groups(inputs, groups)
    }
}

fn with_groups(inputs: &[f64], groups: impl Fn(f64, f64) -> Vec<Group>) -> (f64, f64) {
    let [down, often, needed, count, common, gap] = inputs else { return (f64::NAN, f64::NAN) };
    if [down, needed, count, common, gap].iter().any(|input| input.is_nan()) {
        return (f64::NAN, f64::NAN);
    }
    // One alone has nothing in common with others.
    let common = if *count > 1.0 { *common } else { 0.0 };
    let together = common * down;
    let groups = groups(*count, (1.0 - common) * down);
    let needed = needed.max(0.0).round() as u32;
    let independent = reliability::k_of_groups(&groups, needed);
    let unavailable = together + (1.0 - together) * independent;
    let frequencies = vec![(1.0 - common) * often; groups.len()];
    let failures =
        common * often + (1.0 - together) * reliability::k_of_groups_frequency(&groups, &frequencies, needed);
    // Each failure of the one that works begins an outage until another takes over.
    let failures = if *gap > 0.0 { failures + often } else { failures };
    ((unavailable + gap).min(1.0), failures)
}

/// Instances that fail independently, but for a common cause.
#[derive(Debug)]
struct Redundancy;

impl Block for Redundancy {
    fn outputs(&self) -> &'static [&'static str] {
        &["availability", "unavailability", "outages"]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let one_place = |count: f64, down: f64| {
            vec![Group { unavailability: down, instances: count.max(0.0).round() as u32, up: true }]
        };
        let (down, often) = with_groups(inputs, one_place);
        for (slot, number) in outputs.iter_mut().zip([1.0 - down, down, often]) {
            *slot = number;
        }
    }

    fn model(&self) -> &'static str {
        "k of n with a common cause"
    }

    fn exact(&self) -> bool {
        true
    }

    fn text(&self) -> String {
        "common cause, or too few of the others, or failing over".to_owned()
    }
}

/// Instances of which only some can be repaired at once.
#[derive(Debug)]
struct Repaired;

impl Block for Repaired {
    fn outputs(&self) -> &'static [&'static str] {
        &["availability", "unavailability", "outages"]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let [down, often, needed, count, common, gap, repair, crews] = inputs else { return };
        let whole = |number: f64| number.max(0.0).round() as u32;
        let common = if *count > 1.0 { *common } else { 0.0 };
        let together = common * down;
        // How long one works until it fails by itself.
        let own = (1.0 - common) * down;
        let works = if own > 0.0 { repair * (1.0 - own) / own } else { f64::INFINITY };
        let (alone, failing) =
            reliability::repaired(works, *repair, whole(*needed), whole(*count), whole(*crews));
        let failures = common * often + (1.0 - together) * failing;
        // Each failure of the one that works begins an outage until another takes over.
        let often = if *gap > 0.0 { failures + often } else { failures };
        let down = (together + (1.0 - together) * alone + gap).min(1.0);
        for (slot, number) in outputs.iter_mut().zip([1.0 - down, down, often]) {
            *slot = number;
        }
    }

    fn model(&self) -> &'static str {
        "birth-death chain with limited repair"
    }

    fn exact(&self) -> bool {
        true
    }

    fn text(&self) -> String {
        "common cause, or too few of the others when only so many are repaired at once, or failing over"
            .to_owned()
    }
}

/// One minus a share, to fifteen decimals: `99.999%` gives what `0.001%` gives.
const UNAVAILABLE: Formula = Formula {
    model: "arithmetic",
    text: "1 - {0}",
    exact: true,
    work: 0.0,
    apply: |inputs| inputs.first().map_or(f64::NAN, |share| ((1.0 - share) * 1e15).round() / 1e15),
};

const FROM_TIMES: Formula = Formula {
    model: "renewal theory",
    text: "{1} / ({0} + {1})",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [works, repair] => reliability::from_times(*works, *repair),
        _ => f64::NAN,
    },
};

const OFTEN: Formula = Formula {
    model: "renewal theory",
    text: "1 / ({0} + {1})",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [works, repair] => 1.0 / (works + repair),
        _ => f64::NAN,
    },
};

/// The places around a place, itself included, that a design says anything of.
fn around(deployment: &Deployment<'_>) -> BTreeMap<String, Vec<String>> {
    let mut found = BTreeMap::new();
    for region in &deployment.regions {
        let name = region.name.text.to_owned();
        for (zone, _) in &region.value.zones.zones {
            found.insert(zone.text.to_owned(), vec![name.clone(), zone.text.to_owned()]);
        }
        found.insert(name.clone(), vec![name]);
    }
    for node in &deployment.nodes {
        let outer = node.value.place.map_or_else(Vec::new, |place| {
            found.get(place.text).cloned().unwrap_or_else(|| vec![place.text.to_owned()])
        });
        let mut all = outer;
        all.push(node.name.text.to_owned());
        found.insert(node.name.text.to_owned(), all);
    }
    found
}

/// The names of the places that a component runs in.
fn places_of(deployment: Option<&Deployment<'_>>, id: &str, named: &[&str], regions: &[&str]) -> Vec<String> {
    let mut found: Vec<String> = named.iter().map(|name| (*name).to_owned()).collect();
    if let Some(deployment) = deployment {
        let of_runs = deployment.runs.entries.iter().filter(|(component, _)| component.text == id);
        found.extend(of_runs.flat_map(|(_, places)| places.iter().map(|place| place.text.to_owned())));
        let nodes = deployment.nodes.iter().filter(|node| node.value.runs.iter().any(|run| run.text == id));
        found.extend(nodes.map(|node| node.name.text.to_owned()));
    }
    if found.is_empty() {
        found = regions.iter().map(|name| (*name).to_owned()).collect();
    }
    found.dedup();
    found
}

impl Instances {
    /// Where its instances stand among the shared places; `None` when none of those concerns it.
    pub fn placement(&self, shared: &Shared) -> Option<Placement> {
        let mask = |place: &String| {
            let outer = shared.around.get(place).map_or(&[][..], Vec::as_slice);
            let bits = outer.iter().filter_map(|name| shared.names.get(name));
            bits.fold(0_u32, |mask, bit| mask | (1 << bit))
        };
        let masks: Vec<u32> = self.places.iter().map(mask).collect();
        masks.iter().any(|mask| *mask != 0).then_some(Placement { masks })
    }
}

impl<'m, 't> Builder<'m, 't> {
    /// The unavailability of a place that says how often it is there.
    fn place_down(&mut self, name: &str) -> Option<Value> {
        let deployment = self.model.design.deployment.as_ref()?;
        let subject = Subject::System;
        for region in &deployment.regions {
            if region.name.text == name {
                let key = format!("deployment.regions.{name}.availability");
                let up = self.stated(subject, &key, region.value.availability.as_ref())?;
                return Some(self.sheet.formula(&UNAVAILABLE, &[up], Dimension::NONE));
            }
            let zone = region.value.zones.zones.iter().find(|(zone, _)| zone.text == name);
            if let Some((_, Some(zone))) = zone {
                let key = format!("deployment.zones.{name}.availability");
                let up = self.stated(subject, &key, zone.availability.as_ref())?;
                return Some(self.sheet.formula(&UNAVAILABLE, &[up], Dimension::NONE));
            }
        }
        let node = deployment.nodes.iter().find(|node| node.name.text == name)?;
        let key = format!("deployment.nodes.{name}.availability");
        let up = self.stated(subject, &key, node.value.availability.as_ref())?;
        Some(self.sheet.formula(&UNAVAILABLE, &[up], Dimension::NONE))
    }

    /// The places that matter to some components, the outer ones first.
    pub fn shared_places(&mut self, components: &[&Instances]) -> Shared {
        let mut shared = Shared::default();
        let Some(deployment) = self.model.design.deployment.as_ref() else { return shared };
        shared.around = Rc::clone(self.around.get_or_insert_with(|| Rc::new(around(deployment))));
        let mut names: Vec<String> = Vec::new();
        for place in components.iter().flat_map(|component| &component.places) {
            for outer in shared.around.get(place).into_iter().flatten() {
                if !names.contains(outer) {
                    names.push(outer.clone());
                }
            }
        }
        for name in names {
            if shared.values.len() >= 16 {
                break;
            }
            let down = match self.places_down.get(&name) {
                Some(known) => *known,
                None => {
                    let down = self.place_down(&name);
                    self.places_down.insert(name.clone(), down);
                    down
                }
            };
            let Some(down) = down else { continue };
            let outer = shared.around.get(&name).cloned().unwrap_or_default();
            let parent = outer.iter().rev().skip(1).find_map(|outer| shared.names.get(outer).copied());
            shared.names.insert(name, shared.values.len());
            shared.values.push(down);
            shared.parents.push(parent);
        }
        shared
    }

    /// How a component fails; its own values get their addresses.
    pub fn redundancy(&mut self, index: u32, facts: &Facts) -> Instances {
        let needed = self.needed_to_serve(Subject::Component(index), index);
        let mut all = self.redundancy_of(index, facts, needed, true);
        let quorum =
            self.component(index).filter(|it| it.needed.is_none()).and_then(|it| it.quorum.as_deref());
        let reads = quorum.filter(|quorum| quorum.w.is_some()).and_then(|quorum| quorum.r.as_ref());
        if let Some(needed) = self.stated(Subject::Component(index), "quorum.r", reads) {
            all.for_reads = Some(Box::new(self.redundancy_of(index, facts, needed, false)));
        }
        all
    }

    fn redundancy_of(&mut self, index: u32, facts: &Facts, needed: Value, publish: bool) -> Instances {
        let subject = Subject::Component(index);
        let model = self.model;
        let entry = model.design.components.entries.get(index as usize);
        let id = entry.map_or("", |entry| entry.name.text);
        let zero = self.sheet.given(0.0, Dimension::NONE);
        let component = entry.map(|entry| &entry.value);
        let works = self.stated(subject, "mtbf", component.and_then(|it| it.mtbf.as_ref()));
        let repair = self.stated(subject, "mttr", component.and_then(|it| it.mttr.as_ref()));
        let up = self.stated(subject, "availability", component.and_then(|it| it.availability.as_ref()));
        let up = match up {
            None if works.is_none() || repair.is_none() => {
                let cited = self.catalog_number(index, "availability");
                // A promise of 100% is a promise of money back.
                cited.filter(|value| !matches!(self.sheet.op(*value), Op::Given(number) if number >= 1.0))
            }
            stated => stated,
        };
        let down = match (up, works, repair) {
            (Some(up), ..) => self.sheet.formula(&UNAVAILABLE, &[up], Dimension::NONE),
            (None, Some(works), Some(repair)) => {
                self.sheet.formula(&FROM_TIMES, &[works, repair], Dimension::NONE)
            }
            _ => {
                let help = format!("state `availability`, or `mtbf` and `mttr`, on `components.{id}`");
                let place = entry.map(|entry| entry.name.span);
                self.lacking(Dimension::NONE, format!("the availability of {id}"), help, place)
            }
        };
        let down = self.sheet.named(down, Label::StepOf("unavailability of one instance of", id));
        let often = match (works, repair) {
            (Some(works), Some(repair)) => {
                Some(self.sheet.formula(&OFTEN, &[works, repair], Dimension::RATE))
            }
            (None, Some(repair)) => Some(self.sheet.quotient(down, repair)),
            _ => None,
        };
        let often =
            often.map(|often| self.sheet.named(often, Label::StepOf("failures of one instance of", id)));
        let count = match facts.count {
            Count::Fixed(replicas) => replicas,
            Count::Elastic => self.assumed(1.0, "counted as one, as it scales by itself"),
            Count::Automatic { least, .. } => match (self.get(subject, "replicas"), least) {
                (Some(known), _) if self.sheet.is_known(known) => known,
                (_, Some(least)) => least,
                _ => self.assumed(1.0, "at least one"),
            },
        };
        let places = self.places_of(index, id);
        let stated = component.and_then(|it| it.common_cause.as_ref());
        let common = match self.stated(subject, "common_cause", stated) {
            Some(stated) => stated,
            None if places.len() == 1 => {
                self.assumed(0.05, "5% of failures in common, as all run in one place")
            }
            None => self.assumed(0.0, "no common cause is said"),
        };
        let time = component.and_then(|it| it.failover.as_deref()?.time.as_ref());
        let gap = match (self.stated(subject, "failover.time", time), often) {
            (Some(time), Some(often)) => {
                let gap = self.sheet.product(&[often, time]);
                self.step(gap, format!("unavailability while {id} fails over"))
            }
            (Some(_), None) => {
                self.assumed(0.0, "failing over is not counted, as no `mttr` says how often it happens")
            }
            _ => zero,
        };
        let crews = self.stated(subject, "repair_crews", component.and_then(|it| it.repair_crews.as_ref()));
        let dimensions = [Dimension::NONE, Dimension::NONE, Dimension::RATE];
        let never = self.sheet.given(0.0, Dimension::RATE);
        let inputs = [down, often.unwrap_or(never), needed, count, common, gap];
        let results = match (crews, repair) {
            // Whoever says `availability` and `mttr` says how long an instance works, too.
            (Some(crews), Some(repair)) => {
                let [down, often, needed, count, common, gap] = inputs;
                let inputs = [down, often, needed, count, common, gap, repair, crews];
                self.sheet.calculation(Box::new(Repaired), &inputs, &dimensions)
            }
            _ => self.sheet.calculation(Box::new(Redundancy), &inputs, &dimensions),
        };
        let mut results = results.into_iter();
        let mut next = || results.next().unwrap_or(zero);
        let (up, whole_down, whole_often) = (next(), next(), next());
        let whole_down = self.sheet.named(whole_down, Label::StepOf("unavailability of", id));
        let mut found = Instances { inputs, down: whole_down, often: whole_often, for_reads: None, places };
        if often.is_none() {
            let help = format!("state `mttr` on `components.{id}`");
            let what = format!("how long failures of {id} last");
            found.often = self.lacking(Dimension::RATE, what, help, entry.map(|entry| entry.name.span));
        }
        if publish && !facts.is_client {
            super::availability::publish_component(self, subject, &found, up);
        }
        found
    }

    fn places_of(&self, index: u32, id: &str) -> Vec<String> {
        let Some(component) = self.component(index) else { return Vec::new() };
        let zones: Vec<&str> = component.zones.iter().map(|zone| zone.text).collect();
        let regions: Vec<&str> = component.regions.iter().map(|region| region.text).collect();
        places_of(self.model.design.deployment.as_ref(), id, &zones, &regions)
    }

    /// How many instances must be up: as stated, or as many as a quorum asks for.
    fn needed_to_serve(&mut self, subject: Subject, index: u32) -> Value {
        let component = self.component(index);
        if let Some(needed) = component.and_then(|it| it.needed.as_ref()) {
            return self.written(subject, "needed", &needed.written);
        }
        let quorum = component.and_then(|it| it.quorum.as_deref());
        let read = self.stated(subject, "quorum.r", quorum.and_then(|quorum| quorum.r.as_ref()));
        let write = self.stated(subject, "quorum.w", quorum.and_then(|quorum| quorum.w.as_ref()));
        let all: Vec<Value> = read.into_iter().chain(write).collect();
        match all.as_slice() {
            [] => self.assumed(1.0, "one instance is enough, as nothing is said"),
            _ => self.sheet.largest(&all),
        }
    }
}
