//! What everything costs: each price times what it is a price of.

use super::bandwidth::Bytes;
use super::builder::Builder;
use super::capacity::{Busy, Load};
use super::facts::{Count, Facts};
use super::label::{Label, Subject};
use super::sheet::{Block, Value};
use crate::numerics::pricing::{Tier, graduated};
use crate::quantity::{Currency, Dimension, MONTH};
use crate::spec::component_numbers::{Price, Rated};

/// What a price is a price of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Of<'n> {
    Instances,
    Storage,
    Outgoing,
    Incoming,
    Requests(Option<&'n str>),
    Flat,
}

const INSTANCES: &[&str] = &[
    "instance",
    "instances",
    "node",
    "nodes",
    "replica",
    "server",
    "host",
    "broker",
    "vm",
    "pod",
    "machine",
    "shard",
];
const STORED: &[&str] = &["storage", "disk", "stored", "backup"];
const OUTGOING: &[&str] = &["transfer", "egress", "traffic", "bandwidth", "out", "transfer_out"];
const INCOMING: &[&str] = &["ingress", "in", "transfer_in", "ingest"];
const REQUESTS: &[&str] =
    &["request", "requests", "call", "calls", "invocation", "invocations", "message", "messages"];

fn meaning(name: &str, dimension: Dimension) -> Of<'_> {
    let per_data = dimension.data == -1;
    let per_time = dimension.time == -1;
    match (per_data, per_time) {
        (true, true) => Of::Storage,
        (true, false) if INCOMING.contains(&name) => Of::Incoming,
        (true, false) => Of::Outgoing,
        (false, true) if INSTANCES.contains(&name) || name.is_empty() => Of::Instances,
        (false, true) => Of::Flat,
        (false, false) if STORED.contains(&name) => Of::Storage,
        (false, false) if OUTGOING.contains(&name) => Of::Outgoing,
        (false, false) if REQUESTS.contains(&name) || name.is_empty() => Of::Requests(None),
        (false, false) => Of::Requests(Some(name)),
    }
}

/// The price of an amount by tiers. Inputs: the amount, then bound and price of each tier.
#[derive(Debug)]
struct Graduated {
    /// Whether the tiers are about what comes in a month, rather than about what is there.
    is_monthly: bool,
}

impl Block for Graduated {
    fn outputs(&self) -> &'static [&'static str] {
        &["cost"]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let [amount, tiers @ ..] = inputs else { return };
        let tiers: Vec<Tier> = tiers
            .chunks_exact(2)
            .filter_map(|pair| Some(Tier { up_to: *pair.first()?, price: *pair.last()? }))
            .collect();
        let span = if self.is_monthly { MONTH } else { 1.0 };
        if let Some(slot) = outputs.first_mut() {
            *slot = graduated(amount * span, &tiers) / span;
        }
    }

    fn model(&self) -> &'static str {
        "graduated price"
    }

    fn exact(&self) -> bool {
        true
    }

    fn text(&self) -> String {
        "each part of the monthly amount at the price of its tier".to_owned()
    }
}

/// What the prices of a component are multiplied with.
#[derive(Debug)]
pub struct Amounts<'i> {
    /// Its index.
    pub component: u32,
    /// What is known of it.
    pub facts: &'i Facts,
    /// Its instances at peak.
    pub busy: &'i Busy,
    /// Its load.
    pub load: &'i Load<'i>,
    /// Its bytes on average.
    pub bytes: Option<&'i Bytes>,
    /// Instances that it needs on average.
    pub on_average: Option<Value>,
}

impl<'m, 't> Builder<'m, 't> {
    /// What a component costs.
    pub fn cost(&mut self, amounts: &Amounts<'_>) -> Option<Value> {
        let index = amounts.component;
        if amounts.facts.is_client {
            return None;
        }
        let subject = Subject::Component(index);
        let component = self.component(index)?;
        let mut parts = Vec::new();
        match &component.price {
            Some(Price::One(price)) => {
                let value = self.written(subject, "price", &price.written);
                parts.push(self.amount_of(meaning("", self.sheet.dimension(value)), amounts, value));
            }
            Some(Price::Several(prices)) => {
                for price in prices {
                    let name = price.name.text;
                    match &price.value {
                        Rated::Flat(flat) => {
                            let value = self.written(subject, format_args!("price.{name}"), &flat.written);
                            let of = meaning(name, self.sheet.dimension(value));
                            parts.push(self.amount_of(of, amounts, value));
                        }
                        Rated::Tiered(tiers) => parts.extend(self.tiered(subject, name, tiers, amounts)),
                    }
                }
            }
            None => parts.extend(self.list_prices(index, amounts)),
        }
        let cost = match parts.is_empty() {
            false => self.sheet.sum_of_known(&parts, Dimension::SPENDING),
            true if self.runs_on_priced_node(index) => {
                let none = self.sheet.given(0.0, Dimension::SPENDING);
                self.sheet.named(none, Label::Assumed("paid with the nodes it runs on"))
            }
            true => {
                let id = self.model.component_name(index).to_owned();
                let help = format!("state `price` on `components.{id}`");
                let place =
                    self.model.design.components.entries.get(index as usize).map(|entry| entry.name.span);
                self.lacking(Dimension::SPENDING, format!("the price of {id}"), help, place)
            }
        };
        Some(self.own(subject, "cost", cost))
    }

    fn runs_on_priced_node(&self, index: u32) -> bool {
        let id = self.model.component_name(index);
        let nodes = self.model.design.deployment.as_ref().map(|deployment| &deployment.nodes);
        let runs = |node: &crate::spec::deployment::DeploymentNode<'_>| {
            node.price.is_some() && node.runs.iter().any(|name| name.text == id)
        };
        nodes.is_some_and(|nodes| nodes.iter().any(|node| runs(&node.value)))
    }

    fn list_prices(&mut self, index: u32, amounts: &Amounts<'_>) -> Vec<Value> {
        let mut parts = Vec::new();
        let currency = self.model.seen.currency.map_or(Currency::Usd, |(currency, _)| currency);
        for full in self.catalog_names(index, "price") {
            let Some((owner, number)) = self.found(index, &full) else { continue };
            let name = full.strip_prefix("price").unwrap_or_default().trim_start_matches('.');
            let foreign = number.value.currencies().next().is_some_and(|(other, _)| other != currency);
            let value = match foreign {
                true => {
                    let id = self.model.component_name(index).to_owned();
                    let help = format!("state `price` in {} on `components.{id}`", currency.code());
                    let what = format!("the price of {id} in {}", currency.code());
                    self.lacking(Dimension::SPENDING, what, help, None)
                }
                false => self.cited(owner.id(), &number),
            };
            let of = meaning(name, self.sheet.dimension(value));
            parts.push(self.amount_of(of, amounts, value));
        }
        parts
    }

    fn amount(&mut self, of: Of<'_>, amounts: &Amounts<'_>) -> Option<Value> {
        let subject = Subject::Component(amounts.component);
        match of {
            Of::Flat => None,
            Of::Instances => match (amounts.facts.count, amounts.on_average) {
                (Count::Elastic, _) => Some(self.assumed(1.0, "counted once, as it scales by itself")),
                (Count::Automatic { .. }, Some(average)) => Some(average),
                _ => amounts.busy.instances,
            },
            Of::Storage => Some(match self.get(subject, "storage") {
                Some(storage) => storage,
                None => self.sheet.given(0.0, Dimension::DATA),
            }),
            Of::Outgoing => Some(self.bytes(amounts, |bytes| &bytes.outgoing)),
            Of::Incoming => Some(self.bytes(amounts, |bytes| &bytes.incoming)),
            Of::Requests(None) => Some(amounts.busy.average),
            Of::Requests(Some(operation)) => {
                let same = |known: &Option<&str>| {
                    known.is_some_and(|known| {
                        known == operation || family(known).is_some_and(|kind| kind == operation)
                    })
                };
                let by_operation = &amounts.load.average_by_operation;
                let parts: Vec<Value> = by_operation
                    .iter()
                    .filter(|(known, _)| same(known))
                    .flat_map(|(_, parts)| parts.iter().copied())
                    .collect();
                Some(self.sheet.sum(&parts, Dimension::RATE))
            }
        }
    }

    fn bytes(&mut self, amounts: &Amounts<'_>, which: fn(&Bytes) -> &Vec<Value>) -> Value {
        let parts = amounts.bytes.map(|bytes| which(bytes).clone()).unwrap_or_default();
        let sum = self.sheet.sum(&parts, Dimension::BANDWIDTH);
        self.step(sum, "bytes on average")
    }

    fn amount_of(&mut self, of: Of<'_>, amounts: &Amounts<'_>, price: Value) -> Value {
        let cost = match self.amount(of, amounts) {
            Some(amount) => self.sheet.product(&[price, amount]),
            None => price,
        };
        if !self.sheet.is_known(cost) || self.sheet.dimension(cost) == Dimension::SPENDING {
            return cost;
        }
        let id = self.model.component_name(amounts.component).to_owned();
        let help = format!("say per what the price of `components.{id}` is: `$0.09 / GB`, `$70 / month`");
        self.lacking(Dimension::SPENDING, format!("what a price of {id} is a price of"), help, None)
    }

    fn tiered(
        &mut self,
        subject: Subject,
        name: &str,
        tiers: &'m [crate::spec::component_numbers::Tier<'t>],
        amounts: &Amounts<'_>,
    ) -> Option<Value> {
        let mut inputs = Vec::new();
        let mut dimension = Dimension::NONE;
        for (at, tier) in tiers.iter().enumerate() {
            let key = format!("price.{name}.{}", at + 1);
            let price = self.stated(subject, format_args!("{key}.price"), tier.price.as_ref())?;
            dimension = self.sheet.dimension(price);
            let bound = match self.stated(subject, format_args!("{key}.up_to"), tier.up_to.as_ref()) {
                Some(bound) => bound,
                None => self.assumed(f64::INFINITY, "all the rest"),
            };
            inputs.extend([bound, price]);
        }
        let of = meaning(name, dimension);
        let amount = self.amount(of, amounts)?;
        inputs.insert(0, amount);
        let is_monthly = !matches!(of, Of::Storage | Of::Instances);
        let block = Box::new(Graduated { is_monthly });
        self.sheet.calculation(block, &inputs, &[Dimension::SPENDING]).pop()
    }

    /// What the whole costs.
    pub fn total_cost(&mut self, components: &[Value]) {
        let mut parts = components.to_vec();
        let model = self.model;
        for node in model.design.deployment.iter().flat_map(|deployment| &deployment.nodes) {
            let key = format!("deployment.nodes.{}", node.name.text);
            let price = self.stated(Subject::System, format_args!("{key}.price"), node.value.price.as_ref());
            let count = self.stated(Subject::System, format_args!("{key}.count"), node.value.count.as_ref());
            if let Some(price) = price {
                parts.push(super::traffic::times(self, Some(price), count).unwrap_or(price));
            }
        }
        let total = self.sheet.sum_of_known(&parts, Dimension::SPENDING);
        self.own(Subject::System, "cost", total);
    }
}

/// `read` or `write`, for operations that are one.
fn family(operation: &str) -> Option<&'static str> {
    if super::capacity::WRITES.contains(&operation) {
        Some("write")
    } else if super::capacity::READS.contains(&operation) {
        Some("read")
    } else {
        None
    }
}
