//! `latency:` and `service_time:` → a distribution whose parameters are numbers of the sheet.

use super::builder::Builder;
use super::label::Subject;
use super::sheet::{Block, Value};
use crate::numerics::latency::Distribution;
use crate::quantity::Dimension;
use crate::spec::component_numbers::{DistributionShape, Latency};

/// A distribution of time: what its parameters are, and how they make it.
#[derive(Clone, Debug)]
pub struct Times {
    /// The parameters.
    pub inputs: Vec<Value>,
    /// How they make a distribution.
    pub make: Make,
}

/// How parameters make a distribution of time.
#[derive(Clone, PartialEq, Debug)]
pub enum Make {
    /// Always the same.
    Constant,
    /// Memoryless, from its mean.
    Exponential,
    /// Memoryless, from one percentile.
    ExponentialAt(f64),
    /// Lognormal, from two percentiles.
    Lognormal(f64, f64),
    /// Percentiles, straight lines of the logarithm between them.
    Percentiles(Vec<f64>),
    /// From the mean and the squared coefficient of variation.
    Varied,
    /// Lognormal, from the mean and the squared coefficient of variation.
    LognormalMean,
    /// Gamma, from the mean and the squared coefficient of variation.
    Gamma,
    /// Normal, from the mean and the squared coefficient of variation.
    Normal,
    /// Between two bounds.
    Uniform,
    /// Pareto, from the least value and the mean.
    Pareto,
    /// Several times, each after its chance.
    Mix,
}

impl Make {
    /// In words, for derivations.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Constant => "always the same",
            Self::Exponential => "exponential (only the mean is known)",
            Self::ExponentialAt(_) => "exponential (only one percentile is known)",
            Self::Lognormal(..) => "lognormal through two percentiles",
            Self::Percentiles(_) => "log-linear between the percentiles given",
            Self::Varied => "gamma, lognormal or exponential by its variation",
            Self::LognormalMean => "lognormal by mean and variation",
            Self::Gamma => "gamma by mean and variation",
            Self::Normal => "normal by mean and variation",
            Self::Uniform => "uniform between two bounds",
            Self::Pareto => "Pareto by its least value and mean",
            Self::Mix => "a mixture of fixed times",
        }
    }

    /// The distribution with these parameters.
    pub fn with(&self, inputs: &[f64]) -> Distribution {
        let first = inputs.first().copied().unwrap_or(f64::NAN);
        let second = inputs.get(1).copied().unwrap_or(f64::NAN);
        match self {
            Self::Constant => Distribution::Constant(first),
            Self::Exponential => Distribution::Exponential { mean: first },
            Self::ExponentialAt(share) => Distribution::Exponential { mean: first / -libm::log1p(-share) },
            // Where ranges overlap, a sample may have the percentiles in the wrong order.
            Self::Lognormal(low, high) => {
                Distribution::from_percentiles((*low, first), (*high, second.max(first)))
            }
            Self::Percentiles(shares) => {
                let mut least = 0.0_f64;
                let rising = shares.iter().zip(inputs).map(|(share, time)| {
                    least = least.max(*time);
                    (*share, least)
                });
                Distribution::Quantiles(rising.collect())
            }
            Self::Varied if second == 0.0 => Distribution::Constant(first),
            Self::Varied if second == 1.0 => Distribution::Exponential { mean: first },
            Self::Varied if second < 1.0 => gamma(first, second),
            Self::Varied | Self::LognormalMean => Distribution::lognormal_from_mean(first, second),
            Self::Gamma => gamma(first, second),
            Self::Normal => Distribution::Normal { mean: first, deviation: first * second.sqrt() },
            Self::Uniform => Distribution::Uniform { low: first, high: second.max(first) },
            Self::Pareto => {
                Distribution::Pareto { least: first, exponent: second / (second - first).max(0.0) }
            }
            Self::Mix => {
                let pairs = inputs.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?)));
                Distribution::Points(pairs.collect())
            }
        }
    }
}

fn gamma(mean: f64, variation: f64) -> Distribution {
    match variation > 0.0 {
        true => Distribution::Gamma { shape: 1.0 / variation, scale: mean * variation },
        false => Distribution::Constant(mean),
    }
}

/// Mean and variation of a distribution.
#[derive(Debug)]
struct Moments(Make);

impl Block for Moments {
    fn outputs(&self) -> &'static [&'static str] {
        &["mean", "variation"]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let distribution = self.0.with(inputs);
        for (slot, number) in outputs.iter_mut().zip([distribution.mean(), distribution.variation()]) {
            *slot = number;
        }
    }

    fn model(&self) -> &'static str {
        "moments of a distribution"
    }

    fn exact(&self) -> bool {
        true
    }

    fn text(&self) -> String {
        self.0.describe().to_owned()
    }
}

/// The share of times beyond a bound, which is the first input.
#[derive(Debug)]
struct Beyond(Make);

impl Block for Beyond {
    fn outputs(&self) -> &'static [&'static str] {
        &["share beyond"]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let [bound, rest @ ..] = inputs else { return };
        if let Some(slot) = outputs.first_mut() {
            *slot = 1.0 - self.0.with(rest).cdf(*bound);
        }
    }

    fn model(&self) -> &'static str {
        "share of answers that take longer, without waiting in line"
    }

    fn exact(&self) -> bool {
        false
    }

    fn text(&self) -> String {
        format!("the share of answers beyond it, {}", self.0.describe())
    }
}

impl<'m, 't> Builder<'m, 't> {
    /// The share of times that are longer than a bound.
    pub fn beyond(&mut self, bound: Value, times: &Times) -> Value {
        let mut inputs = vec![bound];
        inputs.extend(&times.inputs);
        let block = Box::new(Beyond(times.make.clone()));
        let found = self.sheet.calculation(block, &inputs, &[Dimension::NONE]);
        found.first().copied().unwrap_or(bound)
    }

    /// What a design says of how long something takes.
    pub fn times(&mut self, subject: Subject, key: &str, latency: &'m Latency<'t>) -> Option<Times> {
        let mut get = |name: &str, quantity| self.stated(subject, format_args!("{key}.{name}"), quantity);
        let plain_mean = latency.mean.as_ref().filter(|_| latency.node.get("mean").is_none());
        let mean = match plain_mean {
            Some(_) => self.stated(subject, format_args!("{key}"), plain_mean),
            None => get("mean", latency.mean.as_ref()),
        };
        let mut get = |name: &str, quantity| self.stated(subject, format_args!("{key}.{name}"), quantity);
        let percentiles: Vec<(f64, Value)> = [
            (0.5, get("p50", latency.p50.as_ref())),
            (0.9, get("p90", latency.p90.as_ref())),
            (0.95, get("p95", latency.p95.as_ref())),
            (0.99, get("p99", latency.p99.as_ref())),
            (0.999, get("p999", latency.p999.as_ref())),
        ]
        .into_iter()
        .filter_map(|(share, value)| Some((share, value?)))
        .collect();
        let [least, most] = [get("min", latency.min.as_ref()), get("max", latency.max.as_ref())];
        let variation = self.stated(subject, format_args!("{key}.variation"), latency.variation.as_ref());
        if !latency.mix.is_empty() {
            let mut inputs = Vec::new();
            for (at, slice) in latency.mix.iter().enumerate() {
                let name = format!("{key}.mix.{}", at + 1);
                let chance = self.stated(subject, format_args!("{name}.chance"), slice.chance.as_ref())?;
                let time = self.stated(subject, format_args!("{name}.time"), slice.time.as_ref())?;
                inputs.extend([chance, time]);
            }
            return Some(Times { inputs, make: Make::Mix });
        }
        let shape = latency.distribution.map(|shape| shape.value);
        let times = |inputs: &[Value], make: Make| Some(Times { inputs: inputs.to_vec(), make });
        let first = percentiles.first().copied();
        let one = |sheet: &mut Self| sheet.assumed(1.0, "a variation of one, as nothing is said");
        match (shape, mean, least, most) {
            (Some(DistributionShape::Constant), ..) => {
                times(&[mean.or(first.map(|first| first.1)).or(least).or(most)?], Make::Constant)
            }
            (Some(DistributionShape::Exponential), Some(mean), ..) => times(&[mean], Make::Exponential),
            (Some(DistributionShape::Uniform), _, Some(least), Some(most)) => {
                times(&[least, most], Make::Uniform)
            }
            (Some(DistributionShape::Pareto), Some(mean), Some(least), _) => {
                times(&[least, mean], Make::Pareto)
            }
            (Some(DistributionShape::Normal), Some(mean), ..) => {
                let variation = variation.unwrap_or_else(|| one(self));
                times(&[mean, variation], Make::Normal)
            }
            (Some(DistributionShape::Gamma), Some(mean), ..) => {
                let variation = variation.unwrap_or_else(|| one(self));
                times(&[mean, variation], Make::Gamma)
            }
            (Some(DistributionShape::Lognormal), Some(mean), ..) if percentiles.len() < 2 => {
                let variation = variation.unwrap_or_else(|| one(self));
                times(&[mean, variation], Make::LognormalMean)
            }
            (shape, ..) => match percentiles.as_slice() {
                [(low, a), (high, b)] => times(&[*a, *b], Make::Lognormal(*low, *high)),
                [(low, a), .., (high, b)] if shape == Some(DistributionShape::Lognormal) => {
                    times(&[*a, *b], Make::Lognormal(*low, *high))
                }
                [_, _, _, ..] => {
                    let shares = percentiles.iter().map(|(share, _)| *share).collect();
                    let inputs = percentiles.iter().map(|(_, value)| *value).collect();
                    Some(Times { inputs, make: Make::Percentiles(shares) })
                }
                _ => match (mean, variation, least, most, first) {
                    (Some(mean), Some(variation), ..) => times(&[mean, variation], Make::Varied),
                    (Some(mean), ..) => times(&[mean], Make::Exponential),
                    (None, _, _, _, Some((share, value))) => times(&[value], Make::ExponentialAt(share)),
                    (None, _, Some(least), Some(most), None) => times(&[least, most], Make::Uniform),
                    (None, _, Some(only), None, None) | (None, _, None, Some(only), None) => {
                        times(&[only], Make::Constant)
                    }
                    (None, _, None, None, None) => None,
                },
            },
        }
    }

    /// What the catalogue says of how long a component takes, for an operation or in general.
    pub fn catalog_times(&mut self, component: u32, operation: Option<&str>) -> Option<Times> {
        let names = operation.map(|operation| format!("latency.{operation}"));
        for family in names.into_iter().chain(["latency".to_owned()]) {
            let median = self.catalog_number(component, &format!("{family}.p50"));
            let tail = self.catalog_number(component, &format!("{family}.p99"));
            let found = match (median, tail) {
                (Some(median), Some(tail)) => {
                    Some(Times { inputs: vec![median, tail], make: Make::Lognormal(0.5, 0.99) })
                }
                (Some(median), None) => Some(Times { inputs: vec![median], make: Make::ExponentialAt(0.5) }),
                (None, Some(tail)) => Some(Times { inputs: vec![tail], make: Make::ExponentialAt(0.99) }),
                (None, None) => self
                    .catalog_number(component, &family)
                    .map(|mean| Times { inputs: vec![mean], make: Make::Exponential }),
            };
            if found.is_some() {
                return found;
            }
        }
        None
    }

    /// Mean and squared coefficient of variation.
    pub fn moments(&mut self, times: &Times) -> (Value, Value) {
        if let (Make::Exponential | Make::Constant, [mean]) = (&times.make, times.inputs.as_slice()) {
            let variation = if times.make == Make::Constant { 0.0 } else { 1.0 };
            let variation = self.sheet.given(variation, Dimension::NONE);
            return (*mean, variation);
        }
        let block = Box::new(Moments(times.make.clone()));
        let found = self.sheet.calculation(block, &times.inputs, &[Dimension::TIME, Dimension::NONE]);
        let mut found = found.into_iter();
        let (mean, variation) = (found.next(), found.next());
        let fall_back = |builder: &mut Self| builder.sheet.given(f64::NAN, Dimension::NONE);
        (mean.unwrap_or_else(|| fall_back(self)), variation.unwrap_or_else(|| fall_back(self)))
    }
}
