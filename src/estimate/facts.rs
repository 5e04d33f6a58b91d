//! What is known of each component before any load: instances, capacity, service, resources. A fact of the component goes
//! before one of its technology, and that before one of its kind.

use super::builder::Builder;
use super::label::Subject;
use super::sheet::{Formula, Value};
use super::times::{Make, Times};
use crate::model::components::Role;
use crate::quantity::Dimension;
use crate::spec::component::Component;
use crate::spec::component_numbers::Overload;
use crate::spec::component_parts::{Capacity, Replicas, ReplicationMode};
use std::collections::BTreeMap;

/// How many instances there are, as far as the design says.
#[derive(Clone, Copy, Debug)]
pub enum Count {
    /// A number, for each shard.
    Fixed(Value),
    /// As many as the load needs, between bounds when there are any.
    Automatic {
        /// The least there are.
        least: Option<Value>,
        /// The most there are.
        most: Option<Value>,
    },
    /// Whoever runs it sees to that.
    Elastic,
}

/// What is known of a component.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Instances of each shard.
    pub count: Count,
    /// Shards.
    pub shards: Value,
    /// The utilisation that instances are counted for.
    pub target: Value,
    /// Copies of the data.
    pub copies: Value,
    /// Whether each write goes to every copy.
    pub replicates: bool,
    /// Requests that one instance works on at once.
    pub servers: Option<Value>,
    /// How long one request keeps one of them busy.
    pub service: Option<Times>,
    /// Mean and variation of that.
    pub service_moments: Option<(Value, Value)>,
    /// How long an answer takes without waiting in line.
    pub latency: Option<Times>,
    /// Requests an instance serves, by operation; the empty name is any.
    pub capacity: BTreeMap<String, Value>,
    /// The share of requests that fail by themselves.
    pub error_rate: Option<Value>,
    /// Waiting places, when they are bounded.
    pub queue_limit: Option<Value>,
    /// Whether requests beyond the capacity are turned away.
    pub rejects: bool,
    /// Whether a person's side of the system, which is never down and never waited for.
    pub is_client: bool,
}

const CAPACITY_FROM_SERVICE: Formula = Formula {
    model: "utilisation law",
    text: "{0} / {1}",
    exact: true,
    work: 0.0,
    apply: |inputs| match inputs {
        [servers, service] => servers / service,
        _ => f64::NAN,
    },
};

const SERVERS_FROM_CAPACITY: Formula = Formula {
    model: "Little's law at full load",
    text: "max(1, round({0} × {1}))",
    exact: false,
    work: 0.0,
    apply: |inputs| match inputs {
        [capacity, latency] => (capacity * latency).round().max(1.0),
        _ => f64::NAN,
    },
};

/// The capacity of one instance for an operation.
pub fn capacity_for(facts: &Facts, operation: Option<&str>) -> Option<Value> {
    let named = operation.and_then(|operation| facts.capacity.get(operation));
    named.or_else(|| facts.capacity.get("")).copied()
}

impl Facts {
    /// The number of instances of a shard, where all of them take every write.
    pub fn copied_instances(&self) -> Option<Value> {
        match self.count {
            Count::Fixed(replicas) if self.replicates && self.copies == replicas => Some(replicas),
            _ => None,
        }
    }
}

impl<'m, 't> Builder<'m, 't> {
    /// Gathers what is known of every component.
    pub fn facts(&mut self) -> Vec<Facts> {
        let count = u32::try_from(self.model.design.components.entries.len()).unwrap_or(u32::MAX);
        (0..count).filter_map(|index| self.facts_of(index)).collect()
    }

    fn facts_of(&mut self, index: u32) -> Option<Facts> {
        let model = self.model;
        let component = self.component(index)?;
        let role = model.roles.get(index as usize).copied().unwrap_or_default();
        let subject = Subject::Component(index);
        let is_client = role.has("is_client");
        let (count, scaling_target) = self.count(index, component, role);
        // The partitions of a broker are spread over its instances; the shards of a store are instances of their own.
        let stated_shards = component.shards.as_ref().filter(|_| !role.has("delivers_messages"));
        let shards = match self.stated(subject, "shards", stated_shards) {
            Some(shards) => shards,
            None => self.assumed(1.0, "one shard, as nothing is said"),
        };
        let stated_target = self.stated(subject, "target_utilization", component.target_utilization.as_ref());
        let target = match (scaling_target.or(stated_target), count) {
            (Some(target), _) => target,
            (None, Count::Automatic { .. }) => self.assumed(0.7, "70%, as no target utilisation is said"),
            (None, _) => self.assumed(1.0, "all that an instance can do, as no target utilisation is said"),
        };
        let mode = component.replication.as_ref().and_then(|replication| replication.mode);
        let replicates = mode.map_or_else(
            || component.quorum.is_some() || (role.has("replicates") && role.has("holds_state")),
            |mode| mode.value != ReplicationMode::None,
        );
        let quorum = component.quorum.as_ref().and_then(|quorum| quorum.n.as_ref());
        let copies = match (self.stated(subject, "quorum.n", quorum), count) {
            (Some(copies), _) => copies,
            (None, Count::Fixed(replicas)) if replicates => replicas,
            _ => self.assumed(1.0, "one copy, as the data is not replicated"),
        };
        let service =
            component.service_time.as_deref().and_then(|time| self.times(subject, "service_time", time));
        let latency = component.latency.as_deref().and_then(|time| self.times(subject, "latency", time));
        let latency = latency.or_else(|| self.catalog_times(index, None).filter(|_| service.is_none()));
        let service_moments = service.as_ref().map(|service| self.moments(service));
        let concurrency = self.stated(subject, "concurrency", component.concurrency.as_ref());
        let mut capacity = self.capacities(index, component);
        let servers = self.servers(concurrency, service_moments, latency.as_ref(), &capacity);
        if let (Some((service, _)), true) = (service_moments, capacity.is_empty()) {
            let one =
                servers.unwrap_or_else(|| self.assumed(1.0, "one request at a time, as nothing is said"));
            let rate = self.sheet.formula(&CAPACITY_FROM_SERVICE, &[one, service], Dimension::RATE);
            capacity.insert(String::new(), self.step(rate, "requests an instance can serve"));
        }
        let service = service.or_else(|| self.service_from_capacity(servers, &capacity));
        let service_moments = match (&service, service_moments) {
            (Some(service), None) => Some(self.moments(service)),
            (_, known) => known,
        };
        let latency = latency.or_else(|| service.clone());
        Some(Facts {
            count,
            shards,
            target,
            copies,
            replicates,
            servers,
            service,
            service_moments,
            latency,
            capacity,
            error_rate: self.stated(subject, "error_rate", component.error_rate.as_ref()),
            queue_limit: self.stated(subject, "queue_limit", component.queue_limit.as_ref()),
            rejects: component.overload.is_some_and(|overload| overload.value == Overload::Reject),
            is_client,
        })
    }

    fn count(&mut self, index: u32, component: &'m Component<'t>, role: Role<'t>) -> (Count, Option<Value>) {
        let subject = Subject::Component(index);
        match &component.replicas {
            Some(Replicas::Count(replicas)) => {
                (Count::Fixed(self.written(subject, "replicas", &replicas.written)), None)
            }
            Some(Replicas::Auto(_)) => (Count::Automatic { least: None, most: None }, None),
            Some(Replicas::Scaling(scaling)) => {
                let least = self.stated(subject, "replicas.min", scaling.min.as_ref());
                let most = self.stated(subject, "replicas.max", scaling.max.as_ref());
                let name = "replicas.target_utilization";
                let target = self.stated(subject, name, scaling.target_utilization.as_ref());
                (Count::Automatic { least, most }, target)
            }
            None if role.has("elastic") || role.has("external") => (Count::Elastic, None),
            None => (Count::Fixed(self.assumed(1.0, "one instance, as nothing is said")), None),
        }
    }

    fn capacities(&mut self, index: u32, component: &'m Component<'t>) -> BTreeMap<String, Value> {
        let subject = Subject::Component(index);
        let mut found = BTreeMap::new();
        match &component.capacity {
            Some(Capacity::Any(rate)) => {
                found.insert(String::new(), self.written(subject, "capacity", &rate.written));
            }
            Some(Capacity::ByOperation(rates)) => {
                for rate in rates {
                    let key = format!("capacity.{}", rate.name.text);
                    let value = self.written(subject, &key, &rate.value.written);
                    found.insert(rate.name.text.to_owned(), value);
                }
            }
            None if component.service_time.is_some() => return found,
            None => {
                for name in self.catalog_names(index, "capacity") {
                    let operation = name.strip_prefix("capacity").unwrap_or_default().trim_start_matches('.');
                    if let Some(value) = self.catalog_number(index, &name) {
                        found.insert(operation.to_owned(), value);
                    }
                }
            }
        }
        // An operation that is not named takes the slowest that is.
        if !found.is_empty() && !found.contains_key("") {
            let all: Vec<Value> = found.values().copied().collect();
            let least = self.sheet.smallest(&all);
            found.insert(String::new(), least);
        }
        found
    }

    /// The names of the catalogue's numbers of one family for a component.
    pub fn catalog_names(&self, index: u32, family: &str) -> Vec<String> {
        // Those of the kind count only where no technology is said.
        let Some(owner) = self.owners(index).next() else { return Vec::new() };
        let names = self.model.catalog.number_names(owner);
        let is_one = |name: &&str| name.split('.').next() == Some(family);
        let mut names: Vec<String> = names.filter(is_one).map(str::to_owned).collect();
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        names
    }

    fn servers(
        &mut self,
        concurrency: Option<Value>,
        service: Option<(Value, Value)>,
        latency: Option<&Times>,
        capacity: &BTreeMap<String, Value>,
    ) -> Option<Value> {
        if concurrency.is_some() {
            return concurrency;
        }
        let any = capacity.get("").copied();
        let time = match (service, latency) {
            (Some((mean, _)), _) => Some(mean),
            (None, Some(latency)) => Some(self.moments(latency).0),
            (None, None) => None,
        };
        match (any, time) {
            (Some(rate), Some(time)) => {
                let servers = self.sheet.formula(&SERVERS_FROM_CAPACITY, &[rate, time], Dimension::NONE);
                Some(self.step(servers, "requests an instance works on at once"))
            }
            (None, None) => None,
            _ => Some(self.assumed(1.0, "one request at a time, as nothing is said")),
        }
    }

    /// A capacity says how long a request keeps an instance busy.
    fn service_from_capacity(
        &mut self,
        servers: Option<Value>,
        capacity: &BTreeMap<String, Value>,
    ) -> Option<Times> {
        let rate = *capacity.get("")?;
        let servers = servers?;
        let mean = self.sheet.quotient(servers, rate);
        let mean = self.step(mean, "time a request keeps an instance busy");
        Some(Times { inputs: vec![mean], make: Make::Exponential })
    }
}
