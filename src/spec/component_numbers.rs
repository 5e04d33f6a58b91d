//! The facts of a component that its numbers follow from: distributions of time, prices, ways to lay out data.

use super::quantities::{Anything, Count, Money, Quantity, Share, Time};
use super::record::{Form, choice, record};
use super::shape::{Field, Reader, Schemas, Shape, Visit};
use super::values::{IdMap, List, Spanned};
use crate::syntax::{Node, NodeKind};
use serde_json::{Value, json};

choice! {
    /// What happens to requests beyond what the instances can serve.
    Overload = "what happens under overload";
    /// They wait.
    Queue = "queue",
    /// They are turned away at once.
    Reject = "reject",
}

record! {
    /// Data cut into parts, of which some may be lost.
    Erasure = "erasure code", Form { required: &["data", "parity"], ..Form::MAP };
    /// Parts that hold the data.
    /// Example: `8`
    data: Option<Quantity<'t, Count>>,
    /// Further parts, each of which can stand in for any other.
    /// Example: `4`
    parity: Option<Quantity<'t, Count>>,
}

record! {
    /// One of several times that something takes.
    Slice = "slice", Form { required: &["chance", "time"], ..Form::MAP };
    /// How often it takes this time.
    /// Example: `95%`
    chance: Option<Quantity<'t, Share>>,
    /// The time.
    /// Example: `5 ms`
    time: Option<Quantity<'t, Time>>,
}

record! {
    /// The price of an amount up to a bound.
    Tier = "price tier", Form { required: &["price"], ..Form::MAP };
    /// The monthly amount up to which the price holds; without it, for all the rest.
    /// Example: `10 TB`
    up_to: Option<Quantity<'t, Anything>>,
    /// The price within this tier.
    /// Example: `$0.09 / GB`
    price: Option<Quantity<'t, Money>>,
}

/// A price: always the same, or by tiers of the monthly amount.
#[derive(Debug)]
pub enum Rated<'t> {
    /// `$0.09 / GB`
    Flat(Quantity<'t, Money>),
    /// `[{ up_to: 10 TB, price: $0.09 / GB }, { price: $0.085 / GB }]`
    Tiered(List<Tier<'t>>),
}

impl<'t> Shape<'t> for Rated<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        match node.kind() {
            NodeKind::List => <List<Tier> as Shape>::read(node, reader).map(Self::Tiered),
            _ => Quantity::read(node, reader).map(Self::Flat),
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let flat = Quantity::<Money>::schema(schemas);
        let tier = Tier::schema(schemas);
        let tiers = json!({ "title": "a list of price tiers", "type": "array", "items": tier });
        json!({ "title": "a price, or a list of price tiers", "anyOf": [flat, tiers] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        match self {
            Self::Flat(price) => price.visit(visitor),
            Self::Tiered(tiers) => Field::visit(tiers, visitor),
        }
    }
}

choice! {
    /// The shape of a distribution.
    DistributionShape = "a distribution";
    /// Always the same.
    Constant = "constant",
    /// Memoryless.
    Exponential = "exponential",
    /// With a long tail; the usual shape of response times.
    Lognormal = "lognormal",
    /// All values between two bounds equally often.
    Uniform = "uniform",
    /// The bell curve.
    Normal = "normal",
    /// With a very long tail.
    Pareto = "pareto",
    /// Between exponential and constant.
    Gamma = "gamma",
}

record! {
    /// How long something takes: one number for the mean, percentiles, or a named distribution.
    Latency = "latency", Form { shorthand: Some("mean"), ..Form::MAP };
    /// The mean.
    /// Example: `3 ms`
    mean: Option<Quantity<'t, Time>>,
    /// Half of all are faster.
    /// Example: `2 ms`
    p50: Option<Quantity<'t, Time>>,
    /// 90% are faster.
    /// Example: `5 ms`
    p90: Option<Quantity<'t, Time>>,
    /// 95% are faster.
    /// Example: `7 ms`
    p95: Option<Quantity<'t, Time>>,
    /// 99% are faster.
    /// Example: `10 ms`
    p99: Option<Quantity<'t, Time>>,
    /// 99.9% are faster.
    /// Example: `25 ms`
    p999: Option<Quantity<'t, Time>>,
    /// None is faster.
    /// Example: `1 ms`
    min: Option<Quantity<'t, Time>>,
    /// None is slower.
    /// Example: `1 s`
    max: Option<Quantity<'t, Time>>,
    /// Several times, each with how often it is taken; the chances add up to one.
    /// Example: `[{ chance: 95%, time: 5 ms }, { chance: 5%, time: 105 ms }]`
    mix: List<Slice<'t>>,
    /// The shape of the distribution.
    /// Example: `lognormal`
    distribution: Option<Spanned<DistributionShape>>,
    /// The squared coefficient of variation: 0 is constant, 1 exponential, more is burstier.
    /// Example: `4`
    variation: Option<Quantity<'t, Count>>,
}

/// What is paid: one price, or several by what they are for.
#[derive(Debug)]
pub enum Price<'t> {
    /// `$70 / month`, per instance.
    One(Quantity<'t, Money>),
    /// `{ instance: $70 / month, storage: $0.10 / GB / month }`
    Several(IdMap<'t, Rated<'t>>),
}

impl<'t> Shape<'t> for Price<'t> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        match node.kind() {
            NodeKind::Map => IdMap::read(node, reader).map(Self::Several),
            _ => Quantity::read(node, reader).map(Self::One),
        }
    }

    fn schema(schemas: &mut Schemas) -> Value {
        let money = Quantity::<Money>::schema(schemas);
        let prices = IdMap::<Rated>::map_schema(schemas);
        json!({ "title": "a price, or names, each with a price", "anyOf": [money, prices] })
    }

    fn visit(&self, visitor: &mut dyn Visit<'t>) {
        match self {
            Self::One(price) => price.visit(visitor),
            Self::Several(prices) => Shape::visit(prices, visitor),
        }
    }
}
