//! What must be up for a flow to succeed. A component that several steps need is one variable, and so is a zone that several
//! components share: availabilities with something in common are never multiplied.

use super::builder::Builder;
use super::calls::{Calls, Item, Together};
use super::facts::Facts;
use super::label::Subject;
use super::sheet::{Formula, Value};
use super::up::{Fed, FlowUp};
use crate::model::names::Space;
use crate::numerics::reliability::{self, Diagram};
use crate::quantity::{Dimension, MONTH};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// Something that is up or down, or taken or not.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Part {
    /// A component.
    Component(u32),
    /// A branch that is taken with some chance: its value is the chance that it is not.
    NotTaken(Value),
}

/// What must be up.
#[derive(Clone, Debug)]
enum Need {
    Nothing,
    Part(u32),
    All(Vec<Need>),
    Any(Vec<Need>),
    AtLeast(usize, Vec<Need>),
    /// While the part is up, the first, and otherwise the second.
    Choose(u32, Box<Need>, Box<Need>),
}

/// The structure of a flow: its diagram, and what the variables of it are.
#[derive(Clone, Debug)]
pub struct Structure {
    /// The diagram.
    pub diagram: Arc<Diagram>,
    /// The variables.
    pub parts: Vec<Part>,
}

/// One part that must be up.
static ALONE: LazyLock<Option<Arc<Diagram>>> = LazyLock::new(|| {
    let mut making = reliability::Builder::new(&[0], 1)?;
    let condition = making.part(0)?;
    Some(Arc::new(making.finish(condition)))
});

const DOWN_A_MONTH: Formula = Formula {
    model: "arithmetic",
    text: "{0} × 1 month",
    exact: true,
    work: 0.0,
    apply: |inputs| inputs.first().map_or(f64::NAN, |down| down * MONTH),
};

const DURATION: Formula = Formula {
    model: "frequency and duration of outages",
    text: "{0} / {1}",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [down, frequency] => reliability::outage(*down, *frequency),
        _ => f64::NAN,
    },
};

struct Walk<'w, 'm, 't> {
    flow: u32,
    calls: &'w Calls<'m, 't>,
    facts: &'w [Facts],
    parts: Vec<Part>,
    known: BTreeMap<u32, u32>,
}

impl<'m, 't> Walk<'_, 'm, 't> {
    fn part(&mut self, part: Part) -> u32 {
        let index = u32::try_from(self.parts.len()).unwrap_or(u32::MAX);
        self.parts.push(part);
        index
    }

    fn component(&mut self, builder: &Builder<'m, 't>, component: u32, inside: &mut Vec<u32>) -> Need {
        if self.facts.get(component as usize).is_none_or(|facts| facts.is_client) {
            return Need::Nothing;
        }
        let known = self.known.get(&component).copied();
        let part = known.unwrap_or_else(|| self.part(Part::Component(component)));
        self.known.insert(component, part);
        if inside.contains(&component) || inside.len() > 32 {
            return Need::Part(part);
        }
        // What it uses all the time, and cannot work without.
        inside.push(component);
        let mut all = vec![Need::Part(part)];
        let used = builder.component(component).map(|component| &component.uses);
        for used in used.into_iter().flatten() {
            let is_needed = !used.optional.is_some_and(|flag| flag.value)
                && !used.asynchronous.is_some_and(|flag| flag.value);
            let to = used.to.and_then(|to| builder.model.names.find(Space::Component, to.text));
            let observes =
                |to: u32| builder.model.roles.get(to as usize).is_some_and(|role| role.has("observes"));
            if let Some(to) = to.filter(|to| is_needed && !observes(*to)) {
                all.push(self.component(builder, to, inside));
            }
        }
        inside.pop();
        all_of(all)
    }

    fn items(&mut self, builder: &mut Builder<'m, 't>, items: &[Item]) -> Need {
        let all = items.iter().map(|item| self.item(builder, *item)).collect();
        all_of(all)
    }

    fn item(&mut self, builder: &mut Builder<'m, 't>, item: Item) -> Need {
        let calls = self.calls;
        match item {
            Item::Call(index) => self.call(builder, index),
            Item::Group(index) => {
                let Some(group) = calls.groups.get(index) else { return Need::Nothing };
                let is_optional = group.step.optional.is_some_and(|flag| flag.value);
                if group.in_background || is_optional {
                    return Need::Nothing;
                }
                let key = format!("group{index}");
                let chances = super::chances::of(builder, Subject::Flow(self.flow), &key, group);
                let needs: Vec<Need> =
                    group.branches.iter().map(|branch| self.items(builder, &branch.items)).collect();
                match group.together {
                    Together::Parallel => {
                        let wait_for = group.step.wait_for.as_ref();
                        let wait_for = wait_for.and_then(|count| builder.model.central(&count.written));
                        match wait_for {
                            Some(count) => Need::AtLeast(count.max(0.0) as usize, needs),
                            None => all_of(needs),
                        }
                    }
                    Together::One => self.under(builder, chances, needs),
                    Together::Either => self.one_of(builder, chances, needs),
                }
            }
        }
    }

    /// One branch that is taken with some chance.
    fn under(
        &mut self,
        builder: &mut Builder<'m, 't>,
        chances: Vec<Option<Value>>,
        needs: Vec<Need>,
    ) -> Need {
        let mut all = Vec::new();
        for (chance, need) in chances.into_iter().zip(needs) {
            all.push(match (chance, need) {
                (_, Need::Nothing) => Need::Nothing,
                (None, need) => need,
                (Some(chance), need) => {
                    let not_taken = builder.sheet.complement(chance);
                    let part = self.part(Part::NotTaken(not_taken));
                    Need::Any(vec![Need::Part(part), need])
                }
            });
        }
        all_of(all)
    }

    /// One of several branches: the first, or else the second, each with its chance among those that are left.
    fn one_of(
        &mut self,
        builder: &mut Builder<'m, 't>,
        chances: Vec<Option<Value>>,
        needs: Vec<Need>,
    ) -> Need {
        if needs.iter().all(|need| matches!(need, Need::Nothing)) {
            return Need::Nothing;
        }
        let mut pairs: Vec<(Option<Value>, Need)> = chances.into_iter().zip(needs).collect();
        let Some((_, mut rest)) = pairs.pop() else { return Need::Nothing };
        let mut questions = Vec::new();
        let mut before: Vec<Value> = Vec::new();
        for (chance, need) in pairs {
            let Some(chance) = chance else { continue };
            let among = match before.as_slice() {
                [] => chance,
                known => {
                    let taken = builder.sheet.sum(known, Dimension::NONE);
                    let left = builder.sheet.complement(taken);
                    builder.sheet.quotient(chance, left)
                }
            };
            before.push(chance);
            questions.push((self.part(Part::NotTaken(among)), need));
        }
        for (part, need) in questions.into_iter().rev() {
            // "Not taken" is up with the chance that the branch is taken: see `Fed::Chance`.
            rest = Need::Choose(part, Box::new(need), Box::new(rest));
        }
        rest
    }

    fn call(&mut self, builder: &mut Builder<'m, 't>, index: usize) -> Need {
        let calls = self.calls;
        let Some(call) = calls.calls.get(index) else { return Need::Nothing };
        if !call.waits || call.is_optional() {
            return Need::Nothing;
        }
        let receiver = self.component(builder, call.to, &mut Vec::new());
        let mut all = vec![receiver];
        if let Some(on_miss) = &call.on_miss {
            // A cache that is down has nothing: then it is always a miss.
            let missed = self.items(builder, on_miss);
            let hit = super::caches::hit_ratio(builder, call.to);
            let part = self.part(Part::NotTaken(hit));
            let served = all_of(vec![all.pop().unwrap_or(Need::Nothing), Need::Part(part)]);
            all.push(Need::Any(vec![served, missed]));
        }
        all.push(self.items(builder, &call.body));
        let need = all_of(all);
        match &call.fallback {
            Some(fallback) => {
                let instead = self.items(builder, fallback);
                Need::Any(vec![need, instead])
            }
            None => need,
        }
    }
}

fn all_of(needs: Vec<Need>) -> Need {
    let mut kept: Vec<Need> = needs.into_iter().filter(|need| !matches!(need, Need::Nothing)).collect();
    match kept.len() {
        0 => Need::Nothing,
        1 => kept.pop().unwrap_or(Need::Nothing),
        _ => Need::All(kept),
    }
}

fn build(builder: &mut reliability::Builder, need: &Need) -> Option<reliability::Condition> {
    let of = |builder: &mut reliability::Builder, needs: &[Need]| {
        needs.iter().map(|need| build(builder, need)).collect::<Option<Vec<_>>>()
    };
    match need {
        Need::Nothing => Some(builder.nothing()),
        Need::Part(part) => builder.part(*part),
        Need::All(needs) => {
            let all = of(builder, needs)?;
            builder.all(&all)
        }
        Need::Any(needs) => {
            let any = of(builder, needs)?;
            builder.any(&any)
        }
        Need::AtLeast(count, needs) => {
            let all = of(builder, needs)?;
            builder.at_least(*count, &all)
        }
        Need::Choose(part, then, instead) => {
            let one = builder.part(*part)?;
            let (then, instead) = (build(builder, then)?, build(builder, instead)?);
            builder.choice(one, then, instead)
        }
    }
}

/// What each flow needs, and how often it has it.
pub fn add<'m, 't>(
    builder: &mut Builder<'m, 't>,
    flows: &[Calls<'m, 't>],
    facts: &[Facts],
) -> Vec<Option<Structure>> {
    let components: Vec<super::places::Instances> =
        (0..).zip(facts).map(|(index, facts)| builder.redundancy(index, facts)).collect();
    let mut found = Vec::new();
    for (flow, calls) in (0..).zip(flows) {
        let mut walk = Walk { flow, calls, facts, parts: Vec::new(), known: BTreeMap::new() };
        let mut need = walk.items(builder, &calls.roots);
        if let Some(starter) = calls.starter {
            // A scheduler or a worker that starts it must be up; a person is.
            let starter = walk.component(builder, starter, &mut Vec::new());
            need = all_of(vec![starter, need]);
        }
        let parts = walk.parts;
        let order: Vec<u32> = (0..u32::try_from(parts.len()).unwrap_or(u32::MAX)).collect();
        let diagram = reliability::Builder::new(&order, parts.len())
            .and_then(|mut making| build(&mut making, &need).map(|condition| making.finish(condition)));
        let structure = diagram.map(|diagram| Structure { diagram: Arc::new(diagram), parts });
        match &structure {
            Some(structure) => {
                let writes = calls.calls.iter().filter(|call| {
                    call.operation().is_none_or(|name| !super::capacity::READS.contains(&name))
                });
                let written = writes.map(|call| call.to).collect();
                publish(builder, flow, structure, &components, &written);
            }
            None => {
                let what = "the availability of a flow with so many ways through it";
                let lacking = builder.lacking(Dimension::NONE, what, "split it into several flows", None);
                builder.set(Subject::Flow(flow), "availability", lacking);
            }
        }
        found.push(structure);
    }
    found
}

fn publish(
    builder: &mut Builder<'_, '_>,
    flow: u32,
    structure: &Structure,
    components: &[super::places::Instances],
    written: &BTreeSet<u32>,
) {
    let subject = Subject::Flow(flow);
    let instances_of = |component: u32| {
        let all = components.get(component as usize)?;
        let reads = all.for_reads.as_deref().filter(|_| !written.contains(&component));
        Some(reads.unwrap_or(all))
    };
    let used: Vec<&super::places::Instances> = structure
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Component(component) => instances_of(*component),
            Part::NotTaken(_) => None,
        })
        .collect();
    let shared = builder.shared_places(&used);
    let mut inputs: Vec<Value> = shared.values.clone();
    let mut fed = Vec::new();
    for part in &structure.parts {
        match part {
            Part::NotTaken(value) => {
                inputs.push(*value);
                fed.push(Fed::Chance);
            }
            Part::Component(component) => {
                let Some(instances) = instances_of(*component) else { continue };
                match instances.placement(&shared) {
                    Some(placement) => {
                        inputs.extend(instances.inputs);
                        fed.push(Fed::Placed(placement));
                    }
                    None => {
                        let often = instances.often;
                        let known = builder.sheet.is_known(often);
                        // Where it is not known how often it fails, that is not asked for either.
                        let often = if known { often } else { builder.sheet.given(0.0, Dimension::RATE) };
                        inputs.extend([instances.down, often]);
                        fed.push(Fed::Whole);
                    }
                }
            }
        }
    }
    let fed_often =
        shared.values.is_empty() && used.iter().all(|instances| builder.sheet.is_known(instances.often));
    calculate(builder, subject, structure, fed, &shared, &inputs, fed_often);
    if !fed_often {
        let mut unknown: Vec<Value> = used.iter().map(|instances| instances.often).collect();
        if !shared.values.is_empty() {
            unknown.push(how_often_places_fail(builder));
        }
        let often = builder.sheet.sum(&unknown, Dimension::RATE);
        builder.own(subject, "outages", often);
        let duration = builder.sheet.formula(&DURATION, &[often, often], Dimension::TIME);
        builder.own(subject, "outage", duration);
    }
}

/// Zones and regions say how much they are there, not how often they fail.
fn how_often_places_fail(builder: &mut Builder<'_, '_>) -> Value {
    let help = "leave `availability` out of zones and regions, where that matters more".to_owned();
    builder.lacking(Dimension::RATE, "how often zones and regions fail", help, None)
}

/// A component by itself, with the places it runs in.
pub fn publish_component(
    builder: &mut Builder<'_, '_>,
    subject: Subject,
    instances: &super::places::Instances,
    up: Value,
) {
    let shared = builder.shared_places(&[instances]);
    let knows_often = builder.sheet.is_known(instances.often) && instances.placement(&shared).is_none();
    if !knows_often {
        let instances_often = match builder.sheet.is_known(instances.often) {
            true => how_often_places_fail(builder),
            false => instances.often,
        };
        builder.own(subject, "outages", instances_often);
        let unknown = [instances_often, instances_often];
        let duration = builder.sheet.formula(&DURATION, &unknown, Dimension::TIME);
        builder.own(subject, "outage", duration);
    }
    let Some(placement) = instances.placement(&shared) else {
        builder.set(subject, "availability", up);
        if knows_often {
            builder.own(subject, "outages", instances.often);
            let inputs = [instances.down, instances.often];
            let duration = builder.sheet.formula(&DURATION, &inputs, Dimension::TIME);
            builder.set(subject, "outage", duration);
        }
        return;
    };
    let Some(diagram) = ALONE.clone() else { return };
    let structure = Structure { diagram, parts: Vec::new() };
    let mut inputs = shared.values.clone();
    inputs.extend(instances.inputs);
    let fed = vec![Fed::Placed(placement)];
    calculate(builder, subject, &structure, fed, &shared, &inputs, knows_often);
}

fn calculate(
    builder: &mut Builder<'_, '_>,
    subject: Subject,
    structure: &Structure,
    fed: Vec<Fed>,
    shared: &super::places::Shared,
    inputs: &[Value],
    knows_often: bool,
) {
    let diagram = Arc::clone(&structure.diagram);
    let block = Box::new(FlowUp { diagram, fed, parents: shared.parents.clone() });
    let dimensions = [Dimension::NONE, Dimension::NONE, Dimension::RATE];
    let results = builder.sheet.calculation(block, inputs, &dimensions);
    let [up, down, often] = results.as_slice() else { return };
    builder.set(subject, "availability", *up);
    let down = builder.step(*down, "unavailability");
    if matches!(subject, Subject::Flow(_)) {
        let downtime = builder.sheet.formula(&DOWN_A_MONTH, &[down], Dimension::TIME);
        builder.set(subject, "downtime", downtime);
    }
    if knows_often {
        builder.own(subject, "outages", *often);
        let duration = builder.sheet.formula(&DURATION, &[down, *often], Dimension::TIME);
        builder.set(subject, "outage", duration);
    }
}
