//! Each read of data followed to the hop that makes it old: through caches, copies, quorums, and stores that are filled from
//! others.

pub use crate::rules::instances::component;

use crate::estimate::calls::Call;
use crate::model::Model;
use crate::model::names::Space;
use crate::rules::{Case, hops, messages};
use crate::source::Span;
use crate::spec::component::{Component, WritePolicy};
use crate::spec::component_parts::{Acknowledge, Consistency, ReplicationMode};
use crate::spec::data::Data;
use crate::spec::quantities::{Count, Quantity};
use std::collections::{BTreeMap, BTreeSet};

/// A step that touches data.
#[derive(Clone, Copy, Debug)]
pub struct Touch<'c, 'm, 't> {
    /// The flow.
    pub flow: u32,
    /// The call: its receiver is asked for the data, or told to change it.
    pub call: &'c Call<'m, 't>,
    /// Its place among the calls of the flow.
    pub order: usize,
}

/// Who reads and writes which data, and where it lies.
#[derive(Debug)]
pub struct Walk<'c, 'm, 't> {
    /// The reads of each data entry, by index.
    pub reads: Vec<Vec<Touch<'c, 'm, 't>>>,
    /// The writes.
    pub writes: Vec<Vec<Touch<'c, 'm, 't>>>,
    /// The components that each is stored in, the one with the original first.
    pub stored: Vec<Vec<u32>>,
    /// The caches that have copies of it.
    pub cached: Vec<Vec<u32>>,
    /// For each flow, the brokers from which it is fed.
    pub fed_by: BTreeMap<u32, u32>,
    /// For data and a store that is filled from another by messages, the broker.
    derived: BTreeMap<(usize, u32), u32>,
    /// For each flow, the components that its steps write to or send something to, in whichever way.
    told: Vec<BTreeSet<u32>>,
}

/// Why a read may be older than the last write.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// It comes out of a cache.
    Cache,
    /// Several copies take writes.
    Leaders,
    /// Fewer copies are asked than it takes to meet the last write.
    Quorum,
    /// The store is filled from another by messages.
    Derived,
}

/// The hop at which a read gets old.
#[derive(Clone, Debug)]
pub struct Hop {
    /// Why.
    pub why: Why,
    /// The component.
    pub component: u32,
    /// What is written there.
    pub span: Span,
    /// What a read gets there at most.
    pub gives: Consistency,
    /// In words.
    pub text: String,
}

/// How much a consistency promises; more is more.
pub fn rank(consistency: Consistency) -> u8 {
    match consistency {
        Consistency::Weak => 0,
        Consistency::Eventual => 1,
        Consistency::BoundedStaleness | Consistency::MonotonicReads => 2,
        Consistency::ReadYourWrites => 3,
        Consistency::Causal => 4,
        Consistency::Strong | Consistency::Serializable => 5,
        Consistency::Linearizable => 6,
    }
}

/// Whether every read is promised to see the last write.
pub fn is_strong(consistency: Consistency) -> bool {
    matches!(consistency, Consistency::Strong | Consistency::Linearizable)
}

/// How the copies of a component are kept in step.
pub fn mode(component: &Component<'_>) -> Option<ReplicationMode> {
    component.replication.as_ref()?.mode.map(|mode| mode.value)
}

/// When a write counts as done.
pub fn sync(component: &Component<'_>) -> Option<Acknowledge> {
    component.replication.as_ref()?.sync.map(|sync| sync.value)
}

/// The numbers of a quorum: copies, those that confirm a write, those that answer a read.
pub fn quorum(model: &Model<'_>, component: &Component<'_>) -> [Option<f64>; 3] {
    let of = |it: &Option<Quantity<'_, Count>>| it.as_ref().and_then(|it| model.central(&it.written));
    component.quorum.as_ref().map_or([None; 3], |it| [of(&it.n), of(&it.w), of(&it.r)])
}

/// Whether all writes pass a cache, so that it always has the newest.
pub fn passes_writes(component: &Component<'_>) -> bool {
    let policy = component.write_policy.map(|policy| policy.value);
    matches!(policy, Some(WritePolicy::WriteThrough | WritePolicy::WriteBack))
}

impl<'c, 'm, 't> Walk<'c, 'm, 't> {
    /// Looks at every step once.
    pub fn new(case: &'c Case<'m, 't>) -> Self {
        let find = |name: &str| case.names.find(Space::Component, name);
        let data = &case.design.data;
        let all = |entry: &Data<'_>, cached: bool| {
            let names = if cached { &entry.cached_in } else { &entry.stored_in };
            names.iter().filter_map(|name| find(name.text)).collect()
        };
        let mut this = Self {
            reads: data.iter().map(|_| Vec::new()).collect(),
            writes: data.iter().map(|_| Vec::new()).collect(),
            stored: data.iter().map(|entry| all(&entry.value, false)).collect(),
            cached: data.iter().map(|entry| all(&entry.value, true)).collect(),
            fed_by: BTreeMap::new(),
            derived: BTreeMap::new(),
            told: Vec::new(),
        };
        for (broker, taken) in messages::taken(case) {
            for taken in taken {
                this.fed_by.entry(taken.flow).or_insert(broker);
            }
        }
        for (flow, calls) in (0..).zip(case.calls()) {
            let mut told = BTreeSet::new();
            for (order, call) in calls.calls.iter().enumerate() {
                if !hops::only_reads(call) && !hops::takes_out(case, call) {
                    told.insert(call.to);
                }
                let touch = Touch { flow, call, order };
                let add = |names: &[crate::spec::values::Name<'_>],
                           lists: &mut Vec<Vec<Touch<'c, 'm, 't>>>| {
                    for name in names {
                        let index = case.names.find(Space::Data, name.text);
                        if let Some(list) = index.and_then(|index| lists.get_mut(index as usize)) {
                            list.push(touch);
                        }
                    }
                };
                if call.is_last {
                    add(&call.step.reads, &mut this.reads);
                    add(&call.step.writes, &mut this.writes);
                }
            }
            this.told.push(told);
        }
        for data in 0..this.stored.len() {
            for store in this.stored.get(data).into_iter().flatten().skip(1).copied().collect::<Vec<u32>>() {
                if let Some(broker) = this.fills(data, store) {
                    this.derived.insert((data, store), broker);
                }
            }
        }
        this
    }

    /// Whether a component keeps copies only of some data.
    pub fn is_copy(&self, model: &Model<'_>, data: usize, component: u32) -> bool {
        let stored = self.stored.get(data).is_some_and(|stored| stored.contains(&component));
        hops::role(model, component).has("caches") && !stored
    }

    /// Whether a flow writes or sends something to a component: a cache learns of a change in that way.
    pub fn tells(&self, flow: u32, component: u32) -> bool {
        self.told.get(flow as usize).is_some_and(|told| told.contains(&component))
    }

    /// The broker through which a store gets its copy of some data that another store has the original of.
    pub fn derived_through(&self, data: usize, store: u32) -> Option<u32> {
        self.derived.get(&(data, store)).copied()
    }

    fn fills(&self, data: usize, store: u32) -> Option<u32> {
        let first = *self.stored.get(data)?.first()?;
        let writes = self.writes.get(data)?;
        let original: BTreeSet<u32> =
            writes.iter().filter(|it| it.call.to == first).map(|it| it.flow).collect();
        let mut broker = None;
        // Each write of it is made by somebody who heard of it.
        for flow in writes.iter().filter(|it| it.call.to == store).map(|it| it.flow) {
            broker = Some(*self.fed_by.get(&flow).filter(|_| !original.contains(&flow))?);
        }
        broker.filter(|_| !original.is_empty())
    }

    /// The hop at which a read promises the least; `None` when nothing is known to make it old.
    pub fn weakest(&self, model: &Model<'_>, data: usize, read: &Touch<'_, '_, '_>) -> Option<Hop> {
        let index = read.call.to;
        let written = component(model, index)?;
        let name = model.component_name(index);
        let place = |keys: &[&str]| {
            let entry = model.design.components.get(index as usize)?;
            let stated = keys.iter().find_map(|key| entry.value.key_span(key));
            Some(stated.unwrap_or(entry.name.span))
        };
        let hop = |why, keys: &[&str], gives, text| {
            Some(Hop { why, component: index, span: place(keys)?, gives, text })
        };
        if self.is_copy(model, data, index) && !passes_writes(written) {
            let ttl = written.ttl.as_ref().and_then(|ttl| model.central(&ttl.written));
            return match ttl {
                Some(ttl) => {
                    let text = format!("`{name}` is a cache whose copies may be {} old", hops::time(ttl));
                    hop(Why::Cache, &["ttl"], Consistency::BoundedStaleness, text)
                }
                None => {
                    let text = format!("`{name}` is a cache whose copies may be of any age");
                    hop(Why::Cache, &["ttl"], Consistency::Eventual, text)
                }
            };
        }
        if let Some(broker) = self.derived_through(data, index) {
            let text = format!("`{name}` hears of changes through `{}`", model.component_name(broker));
            return hop(Why::Derived, &["kind"], Consistency::Eventual, text);
        }
        let mode = mode(written);
        if mode == Some(ReplicationMode::MultiLeader) && sync(written) != Some(Acknowledge::Sync) {
            let text = format!("several leaders of `{name}` take writes and tell each other later");
            return hop(Why::Leaders, &["replication"], Consistency::Eventual, text);
        }
        match quorum(model, written) {
            [Some(n), Some(w), Some(r)] if r + w <= n && mode != Some(ReplicationMode::LeaderFollower) => {
                let [n, w, r] = [n, w, r].map(hops::count);
                let text = format!("of {n} copies of `{name}`, {w} confirm a write and {r} answer a read");
                hop(Why::Quorum, &["quorum"], Consistency::Eventual, text)
            }
            _ => None,
        }
    }
}
