//! The addresses of computed values: which exist, and what each measures.
//!
//! The table is the contract between requirements, rules, templates and the estimator, and the source of the
//! page that documents it.

use super::assumptions::{Assumed, Scope};
use super::names::{Names, Space};
use crate::quantity::{self, Dimension, Found};
use crate::suggest::closest;

/// A computed value of every element of a section.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    /// What stands behind the id (`latency.p99`).
    pub name: &'static str,
    /// What it measures.
    pub dimension: Dimension,
    /// What it means, in a sentence.
    pub meaning: &'static str,
    /// Whether it is a share of something, which is never more than all of it.
    pub is_share: bool,
    /// Whether it takes something in parentheses.
    pub argument: Option<Argument>,
}

/// What an address takes in parentheses.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Argument {
    /// A time from now: `storage.at(1 year)`.
    Time,
    /// An assumption: `limit(dau)`. The value is of its dimension.
    Assumption,
}

const fn value(name: &'static str, dimension: Dimension, meaning: &'static str) -> Address {
    Address { name, dimension, meaning, is_share: false, argument: None }
}

const fn share(name: &'static str, meaning: &'static str) -> Address {
    Address { name, dimension: Dimension::NONE, meaning, is_share: true, argument: None }
}

/// The values of a flow.
pub const FLOW: &[Address] = &[
    value("rate", Dimension::RATE, "how often the flow runs, on average"),
    value("rate.peak", Dimension::RATE, "how often it runs at peak"),
    value("rate.second", Dimension::RATE, "arrivals in the busiest of a thousand seconds at peak"),
    value("latency.mean", Dimension::TIME, "mean time from start to end, with waiting, at peak"),
    value("latency.p50", Dimension::TIME, "half of all runs are faster"),
    value("latency.p90", Dimension::TIME, "90% of all runs are faster"),
    value("latency.p95", Dimension::TIME, "95% of all runs are faster"),
    value("latency.p99", Dimension::TIME, "99% of all runs are faster"),
    value("latency.p999", Dimension::TIME, "99.9% of all runs are faster"),
    value(
        "latency.bound.p50",
        Dimension::TIME,
        "half are faster even if everything is slow at the same time",
    ),
    value("latency.bound.p90", Dimension::TIME, "90% are faster even if everything is slow at the same time"),
    value("latency.bound.p95", Dimension::TIME, "95% are faster even if everything is slow at the same time"),
    value("latency.bound.p99", Dimension::TIME, "99% are faster even if everything is slow at the same time"),
    value(
        "latency.bound.p999",
        Dimension::TIME,
        "99.9% are faster even if everything is slow at the same time",
    ),
    share("availability", "the share of time in which all that it needs is up"),
    value("downtime", Dimension::TIME, "how long it is not available in a month"),
    value("outages", Dimension::RATE, "how often it becomes unavailable"),
    value("outage", Dimension::TIME, "how long an outage lasts, in the mean"),
    share("errors", "the share of runs that fail after all retries, outages included"),
    value(
        "amplification",
        Dimension::NONE,
        "calls to the innermost component for one run when everything fails",
    ),
];

/// The values of an API.
pub const API: &[Address] = &[
    value("rate", Dimension::RATE, "how often it is called, on average"),
    value("rate.peak", Dimension::RATE, "how often it is called at peak"),
];

/// The values of a component.
pub const COMPONENT: &[Address] = &[
    value("load", Dimension::RATE, "requests that arrive, on average"),
    value("load.peak", Dimension::RATE, "requests that arrive at peak"),
    value("load.read", Dimension::RATE, "reads that arrive, on average"),
    value("load.write", Dimension::RATE, "writes that arrive, on average"),
    value("load.cold", Dimension::RATE, "requests that arrive at peak while the caches before it are empty"),
    share("rejected", "the share of requests that it turns away at peak"),
    value("capacity", Dimension::RATE, "requests that all its instances can serve, by their mix at peak"),
    value("utilization", Dimension::NONE, "the share of its capacity in use at peak"),
    value("replicas", Dimension::NONE, "instances that there are, in all shards"),
    value("instances", Dimension::NONE, "instances that are needed at peak"),
    share("headroom", "the share of its capacity that is free at peak"),
    share("wait.chance", "the share of requests that wait in line at peak"),
    value("wait.mean", Dimension::TIME, "mean time in line at peak"),
    value("wait.p50", Dimension::TIME, "half wait less than this at peak"),
    value("wait.p90", Dimension::TIME, "90% wait less than this at peak"),
    value("wait.p95", Dimension::TIME, "95% wait less than this at peak"),
    value("wait.p99", Dimension::TIME, "99% wait less than this at peak"),
    value(
        "wait.slope",
        Dimension::TIME,
        "how much longer the mean wait gets at peak when the utilisation rises by one percentage point",
    ),
    value("queue", Dimension::NONE, "requests that wait in line at peak, in the mean"),
    value(
        "latency.mean",
        Dimension::TIME,
        "mean time to its answer at peak, with waiting, without what it calls",
    ),
    value("latency.p50", Dimension::TIME, "half of its answers are faster"),
    value("latency.p90", Dimension::TIME, "90% of its answers are faster"),
    value("latency.p95", Dimension::TIME, "95% of its answers are faster"),
    value("latency.p99", Dimension::TIME, "99% of its answers are faster"),
    value("latency.p999", Dimension::TIME, "99.9% of its answers are faster"),
    value(
        "concurrency",
        Dimension::NONE,
        "requests under way at once at peak, while it waits for others too",
    ),
    share("hit_ratio", "the share of requests that it, a cache, answers"),
    share("availability", "the share of time in which it serves"),
    value("outages", Dimension::RATE, "how often it becomes unavailable"),
    value("outage", Dimension::TIME, "how long an outage lasts, in the mean"),
    share("durability", "how probable it is that what it stores is still there after a year"),
    share("durability.all", "how probable it is that none of its placement groups loses anything in a year"),
    value(
        "amplification.write",
        Dimension::NONE,
        "bytes that go to disks for each byte of data that is written, with copies and indexes",
    ),
    value(
        "amplification.network",
        Dimension::NONE,
        "bytes that its instances send each other for each byte of data that is written",
    ),
    value(
        "amplification.rebuild",
        Dimension::NONE,
        "bytes that are read elsewhere to make one lost byte anew",
    ),
    value("backlog", Dimension::NONE, "messages that pile up while its consumers are away"),
    value("drain", Dimension::TIME, "how long its consumers need to work that off"),
    value("storage", Dimension::DATA, "data kept at the horizon, with copies"),
    value("memory", Dimension::DATA, "memory needed"),
    value("bandwidth.in", Dimension::BANDWIDTH, "data that arrives, at peak"),
    value("bandwidth.out", Dimension::BANDWIDTH, "data that leaves, at peak"),
    value("shards", Dimension::NONE, "shards that are needed"),
    value("cost", Dimension::SPENDING, "what it costs"),
];

/// The values of data.
pub const DATA: &[Address] = &[
    value("rate", Dimension::RATE, "new records"),
    value("records", Dimension::NONE, "records kept at the horizon"),
    value("size", Dimension::DATA, "size of one record"),
    value("growth", Dimension::BANDWIDTH, "data that is added, with copies"),
    value("storage", Dimension::DATA, "data kept at the horizon, with copies"),
    Address {
        name: "storage.at",
        dimension: Dimension::DATA,
        meaning: "data kept after a time, with copies",
        is_share: false,
        argument: Some(Argument::Time),
    },
];

/// The values of a connection, addressed as `connections.FROM.TO`.
pub const CONNECTION: &[Address] = &[
    value("rate", Dimension::RATE, "requests over it, at peak"),
    value("bandwidth", Dimension::BANDWIDTH, "data over it, at peak"),
];

/// The values of the whole.
pub const SYSTEM: &[Address] = &[
    value("cost", Dimension::SPENDING, "what everything costs"),
    share("availability", "the availability of all flows, weighted by how often they run"),
    Address {
        name: "limit",
        dimension: Dimension::NONE,
        meaning: "the largest value of an assumption at which every other requirement holds",
        is_share: false,
        argument: Some(Argument::Assumption),
    },
];

/// The sections of addresses, with the elements they go through.
pub const SECTIONS: &[(&str, Option<Space>, &[Address])] = &[
    ("flows", Some(Space::Flow), FLOW),
    ("apis", Some(Space::Api), API),
    ("components", Some(Space::Component), COMPONENT),
    ("data", Some(Space::Data), DATA),
    ("connections", None, CONNECTION),
    ("system", None, SYSTEM),
];

/// The names that a check may use: addresses of computed values, and assumptions.
#[derive(Debug)]
pub struct Addresses<'m, 't> {
    /// The ids of the design.
    pub names: &'m Names<'t>,
    /// What is known of its assumptions.
    pub assumed: &'m Assumed,
}

impl<'t> Addresses<'_, 't> {
    /// The value that an address leads to, when it exists.
    pub fn find(&self, address: &str) -> Option<&'static Address> {
        let (section, rest) = address.split_once('.')?;
        let (_, space, table) = SECTIONS.iter().find(|(name, ..)| *name == section)?;
        let name = match (space, section) {
            (Some(space), _) => {
                let (id, name) = rest.split_once('.')?;
                self.names.find(*space, id)?;
                name
            }
            (None, "connections") => {
                let mut parts = rest.splitn(3, '.');
                self.names.find(Space::Component, parts.next()?)?;
                self.names.find(Space::Component, parts.next()?)?;
                parts.next()?
            }
            (None, _) => rest,
        };
        table.iter().find(|address| address.name == name)
    }

    /// The address of a value that is named without saying whose it is.
    fn whose(&self, name: &str) -> Option<String> {
        SECTIONS.iter().find_map(|(section, space, table)| {
            let first = self.names.all((*space)?).first()?;
            let family = |known: &str| known == name || known.split('.').next() == Some(name);
            let value = table.iter().find(|address| family(address.name))?;
            Some(format!("{section}.{}.{}", first.text, value.name))
        })
    }

    /// Whether an address goes through an element that could not be read.
    fn is_lost(&self, address: &str) -> bool {
        let mut parts = address.split('.');
        let (Some(section), Some(id)) = (parts.next(), parts.next()) else { return false };
        match SECTIONS.iter().find(|(name, ..)| *name == section) {
            Some((_, Some(space), _)) => self.names.is_lost(*space, id),
            Some((_, None, _)) => [Some(id), parts.next()]
                .into_iter()
                .flatten()
                .any(|id| self.names.is_lost(Space::Component, id)),
            None => false,
        }
    }

    fn near(&self, wrong: &str) -> Option<String> {
        let Some((section, rest)) = wrong.split_once('.') else {
            let assumption = self.names.closest(&[Space::Assumption], wrong).map(str::to_owned);
            return assumption.or_else(|| self.whose(wrong));
        };
        let sections = SECTIONS.iter().map(|(name, ..)| *name).chain(["assumptions"]);
        if section == "assumptions" {
            let id = self.names.closest(&[Space::Assumption], rest)?;
            return Some(format!("assumptions.{id}"));
        }
        let Some((_, space, table)) = SECTIONS.iter().find(|(name, ..)| *name == section) else {
            let near = closest(section, sections)?;
            return Some(format!("{near}.{rest}"));
        };
        let near_value = |name: &str| closest(name, table.iter().map(|address| address.name));
        let Some(space) = space else { return near_value(rest).map(|name| format!("{section}.{name}")) };
        let (id, name) = rest.split_once('.').unwrap_or((rest, ""));
        let id = match self.names.find(*space, id) {
            Some(_) => id,
            None => self.names.closest(&[*space], id)?,
        };
        let first = table.first().map_or("", |address| address.name);
        let known = table.iter().find(|address| address.name == name).map(|address| address.name);
        let family = || table.iter().map(|address| address.name).find(|known| known.starts_with(name));
        // `p99` alone is the `p99` of something.
        let ending = || {
            table.iter().map(|address| address.name).find(|known| {
                known.strip_suffix(name).is_some_and(|before| !name.is_empty() && before.ends_with('.'))
            })
        };
        let name = known.or_else(ending).or_else(|| near_value(name)).or_else(family).unwrap_or(first);
        Some(format!("{section}.{id}.{name}"))
    }
}

impl quantity::Names for Addresses<'_, '_> {
    fn dimension_of(&self, name: &str) -> Found<Dimension> {
        match self.find(name) {
            Some(address) if address.argument.is_none() => Found::Known(address.dimension),
            None if self.is_lost(name) => Found::Broken,
            _ => Scope::new(self.names, self.assumed).dimension_of(name),
        }
    }

    fn dimension_of_call(&self, call: &quantity::Call<'_>) -> Found<Dimension> {
        let Some(address) = self.find(call.name.text) else {
            return if self.is_lost(call.name.text) { Found::Broken } else { Found::Unknown };
        };
        match (address.argument, call.arguments.as_slice()) {
            (Some(Argument::Time), [_]) => Found::Known(address.dimension),
            (Some(Argument::Assumption), [argument]) => {
                let name = argument.names().next().map_or("", |name| name.text);
                Scope::new(self.names, self.assumed).dimension_of(name)
            }
            _ => Found::Unknown,
        }
    }

    fn closest(&self, wrong: &str) -> Option<String> {
        self.near(wrong)
    }

    fn is_sure(&self, wrong: &str, near: &str) -> bool {
        let sure = |space: Space, wrong: &str, right: &str| {
            let known = self.names.nearest(&[space], wrong);
            known.is_some_and(|known| known.is_sure && known.word == right)
        };
        let (Some((section, wrong)), Some((same, right))) = (wrong.split_once('.'), near.split_once('.'))
        else {
            return sure(Space::Assumption, wrong, near);
        };
        let space = SECTIONS.iter().find(|(name, ..)| *name == section).and_then(|(_, space, _)| *space);
        let (Some(space), Some((id, value)), Some((known, wanted))) =
            (space, wrong.split_once('.'), right.split_once('.'))
        else {
            return false;
        };
        // A slip in the id alone; which of many values was meant is for somebody to say.
        section == same && value == wanted && sure(space, id, known)
    }
}
