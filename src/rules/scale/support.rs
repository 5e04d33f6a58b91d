//! What several rules of scale ask.

use crate::catalog::Owner;
use crate::estimate::calls::Calls;
use crate::estimate::{Subject, TAKES_OUT, Value};
use crate::model::names::Space;
use crate::quantity::NoNames;
use crate::rules::{Case, Numbers, cause};
use crate::source::Span;
use crate::spec::component_parts::{Capacity, ReplicationMode};
use crate::spec::data_field::DataField;
use crate::spec::values::{Entry, Text};
use std::collections::BTreeMap;

/// For each component, whether all that it has to do comes out of a queue, a stream or a topic, which waits for it.
pub fn behind_a_buffer(case: &Case<'_, '_>) -> Vec<bool> {
    let count = case.design.components.entries.len();
    let (mut direct, mut buffered) = (vec![false; count], vec![false; count]);
    let mark = |flags: &mut Vec<bool>, index: u32| {
        if let Some(flag) = flags.get_mut(index as usize) {
            *flag = true;
        }
    };
    for (entry, calls) in case.design.flows.iter().zip(case.calls()) {
        for call in &calls.calls {
            let is_buffered = case.has(call.from, "buffers");
            mark(if is_buffered { &mut buffered } else { &mut direct }, call.to);
        }
        let on = entry.value.on.and_then(|on| case.names.find(Space::Component, on.text));
        let takes = on.is_some_and(|on| case.has(on, "buffers")) || takes_first(case, calls);
        if let Some(starter) = calls.starter {
            mark(if takes { &mut buffered } else { &mut direct }, starter);
        }
    }
    for connection in case.connections.iter().filter(|connection| connection.via == crate::model::Via::Use) {
        mark(&mut direct, connection.to);
    }
    for api in &case.design.apis {
        let handler = api.value.handled_by.and_then(|name| case.names.find(Space::Component, name.text));
        handler.into_iter().for_each(|handler| mark(&mut direct, handler));
    }
    direct.iter().zip(buffered).map(|(direct, buffered)| buffered && !direct).collect()
}

/// Whether a flow begins with taking something out of a buffer.
fn takes_first(case: &Case<'_, '_>, calls: &Calls<'_, '_>) -> bool {
    calls.calls.first().is_some_and(|first| {
        let takes = first.operation().is_some_and(|operation| TAKES_OUT.contains(&operation));
        takes && case.has(first.to, "buffers")
    })
}

/// What one instance can do of an operation; `None` when nobody says.
pub fn capacity_of(case: &Case<'_, '_>, index: u32, operation: &str) -> Option<f64> {
    match case.component(index)?.capacity.as_ref() {
        Some(Capacity::Any(rate)) => case.central(&rate.written),
        Some(Capacity::ByOperation(rates)) => {
            let rate = rates.iter().find(|rate| rate.name.text == operation)?;
            case.central(&rate.value.written)
        }
        None if case.component(index)?.service_time.is_some() => None,
        None => {
            let technology = case.roles.get(index as usize)?.technology?;
            let number =
                case.catalog.number(Owner::Technology(technology), &format!("capacity.{operation}"))?;
            number.value.central(&NoNames).ok()
        }
    }
}

/// How many instances of a store take writes, each those of its shard, while others follow them; `None` where there is no leader.
fn leaders(case: &Case<'_, '_>, index: u32) -> Option<f64> {
    let component = case.component(index)?;
    let mode = component.replication.as_ref().and_then(|replication| replication.mode);
    let is_led = mode.is_some_and(|mode| mode.value == ReplicationMode::LeaderFollower);
    let shards = component.shards.as_ref().map_or(Some(1.0), |shards| case.central(&shards.written))?;
    (is_led && case.has(index, "holds_state")).then_some(shards.max(1.0))
}

/// The writes that arrive at a component at peak, as far as all that it gets peaks alike; NaN when not known.
pub fn writes_at_peak(numbers: &Numbers<'_, '_>, index: u32) -> f64 {
    let of = |name: &str| numbers.component(index, name);
    of("load.write") * of("load.peak") / of("load")
}

/// The share that writes alone take of what the leaders of a store can do, and how many leaders it has; `None` without any.
pub fn leaders_in_use(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, index: u32) -> Option<(f64, f64)> {
    let leaders = leaders(case, index)?;
    let share = writes_at_peak(numbers, index) / (capacity_of(case, index, "write")? * leaders);
    Some((share, leaders)).filter(|(share, _)| share.is_finite())
}

/// The share that writes alone take of what the one leader of a store with copies can do; `None` when it is not led by one.
pub fn leader_in_use(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, index: u32) -> Option<f64> {
    let (share, leaders) = leaders_in_use(case, numbers, index)?;
    (leaders <= 1.0 && case.may_have_several(index)).then_some(share)
}

/// ``write `replicas: 6` on `components.app`, which brings it down to 67%``: the number of instances at which a share in use is
/// below a bound.
pub fn fewer_in_use(
    case: &Case<'_, '_>,
    numbers: &Numbers<'_, '_>,
    index: u32,
    share: Value,
    below: f64,
) -> Option<String> {
    if !case.may_try() {
        return None;
    }
    let holds = |central: &crate::estimate::Evaluation| central.of(share) < below;
    let remedy = cause::more_instances(case, numbers, index, &[], &holds, share)?;
    let shown = crate::quantity::format_share(remedy.number);
    Some(format!("write {}, which brings it down to {shown}", remedy.text))
}

/// The disks of a store.
#[derive(Clone, Copy, Debug)]
pub struct Disks {
    /// Where the size of one is said.
    pub span: Span,
    /// What may be kept on one of them.
    pub each: f64,
    /// How many there are.
    pub count: f64,
    /// What may be kept on all of them.
    pub room: f64,
    /// Copies of the data.
    pub copies: f64,
    /// Whether data is spread over the instances, rather than copied to each of them.
    pub spreads: bool,
}

impl Disks {
    /// What is said of them; `None` when their size or number is not known.
    pub fn of(case: &Case<'_, '_>, numbers: &Numbers<'_, '_>, index: u32) -> Option<Self> {
        let component = case.component(index)?;
        let stated = component.storage.as_ref()?;
        let fill = component.fill_target.as_ref().map_or(Some(1.0), |fill| case.central(&fill.written))?;
        let each = case.central(&stated.written)? * fill;
        let count = numbers.component(index, "replicas");
        let quorum = component.quorum.as_ref().and_then(|quorum| quorum.n.as_ref());
        let shards = component.shards.as_ref().filter(|_| !case.has(index, "delivers_messages"));
        let shards = shards.map_or(Some(1.0), |shards| case.central(&shards.written))?;
        let mode = component.replication.as_ref().and_then(|replication| replication.mode);
        let is_copied = mode.is_none_or(|mode| mode.value != ReplicationMode::None);
        let copies = match quorum {
            Some(n) => case.central(&n.written)?,
            None if is_copied => count / shards,
            None => 1.0,
        };
        let room = each * count;
        let spreads = copies < count / shards;
        (room.is_finite() && room > 0.0 && copies >= 1.0).then_some(Self {
            span: stated.span(),
            each,
            count,
            room,
            copies,
            spreads,
        })
    }

    /// `3 disks of 4 TB`
    pub fn shown(&self, numbers: &Numbers<'_, '_>) -> String {
        let word = if self.count > 1.0 { "disks" } else { "disk" };
        format!("{} {word} of {}", numbers.count(self.count), numbers.size(self.each))
    }
}

/// For each store that says nothing of how long it keeps anything, the data in it that is kept for ever and grows.
pub fn keeps_for_ever(case: &Case<'_, '_>) -> BTreeMap<u32, Vec<u32>> {
    let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (data, entry) in (0..).zip(&case.design.data) {
        if entry.value.retention.is_some() {
            continue;
        }
        let [store] = entry.value.stored_in.items.as_slice() else { continue };
        let Some(store) = case.names.find(Space::Component, store.text) else { continue };
        let says = case.component(store).is_some_and(|it| it.retention.is_some() || it.ttl.is_some());
        let grows = case.computed().is_some_and(|numbers| numbers.of(Subject::Data(data), "growth") > 0.0);
        if grows && !says {
            found.entry(store).or_default().push(data);
        }
    }
    found
}

/// The shards of each store, with the field that decides on the shard where the data in it has that field.
pub fn shard_fields<'c, 't>(case: &'c Case<'_, 't>) -> Vec<ShardField<'c, 't>> {
    let mut found = Vec::new();
    if !case.is_sound {
        return found;
    }
    let mut sharded: BTreeMap<&str, u32> = BTreeMap::new();
    for (index, entry) in (0..).zip(&case.design.components) {
        if entry.value.shard_key.is_some() {
            sharded.insert(entry.name.text, index);
        }
    }
    for data in &case.design.data {
        for store in &data.value.stored_in {
            let Some(index) = sharded.get(store.text).copied() else { continue };
            let Some(key) = case.component(index).and_then(|component| component.shard_key) else { continue };
            let field = data.value.fields.iter().find(|field| field.name.text == key.text.trim());
            if let Some(field) = field {
                found.push(ShardField { store: index, key, data: data.name.text, field });
            }
        }
    }
    found
}

/// The field that decides on the shard.
#[derive(Clone, Copy, Debug)]
pub struct ShardField<'c, 't> {
    /// The store.
    pub store: u32,
    /// `shard_key`, as the store says it.
    pub key: Text<'t>,
    /// The data.
    pub data: &'t str,
    /// Its field with that name.
    pub field: &'c Entry<'t, DataField<'t>>,
}
