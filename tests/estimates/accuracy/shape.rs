//! Compositions of times: as steps of a design, and as the share of runs within a time.

use super::super::properties::generate::Dice;
use super::law::Law;
use serde_json::{Map, Value, json};

/// Runs of each flow in a second.
pub const RATE: f64 = 20.0;

/// A time that is made of other times, in milliseconds.
#[derive(Clone, Debug)]
pub enum Shape {
    Exponential {
        mean: f64,
    },
    Lognormal {
        p50: f64,
        p99: f64,
    },
    Constant(f64),
    Uniform {
        low: f64,
        high: f64,
    },
    /// The sum of so many exponential times.
    Erlang {
        mean: f64,
        phases: usize,
    },
    /// A line of several servers with exponential service, and the service.
    Servers {
        count: usize,
        service: f64,
    },
    /// A line of one server whose service is any of the above but a line, and the service.
    OneServer {
        service: Box<Shape>,
    },
    Sequence(Vec<Shape>),
    All(Vec<Shape>),
    First {
        count: usize,
        of: Vec<Shape>,
    },
    Copies {
        needed: usize,
        of: usize,
        each: Box<Shape>,
    },
    Either(Vec<(f64, Shape)>),
    Again {
        times: usize,
        each: Box<Shape>,
    },
    Cache {
        hit: f64,
        takes: f64,
        miss: Box<Shape>,
    },
    Hedged {
        after: f64,
        each: Box<Shape>,
    },
    Attempts {
        timeout: f64,
        attempts: usize,
        pause: f64,
        failure: f64,
        each: Box<Shape>,
    },
}

/// The standard normal distribution.
fn normal(x: f64) -> f64 {
    libm::erfc(-x / std::f64::consts::SQRT_2) / 2.0
}

impl Shape {
    /// The mean, of those that are services of a line.
    fn mean(&self) -> f64 {
        match self {
            Self::Exponential { mean } | Self::Erlang { mean, .. } | Self::Constant(mean) => *mean,
            Self::Lognormal { p50, p99 } => {
                let sigma = (p99 / p50).ln() / 2.326_347_874_040_841;
                p50 * (sigma * sigma / 2.0).exp()
            }
            Self::Uniform { low, high } => (low + high) / 2.0,
            _ => panic!("no service: {self:?}"),
        }
    }

    /// The share within a time, where there is a formula, when it runs so often in a second.
    fn share(&self, t: f64, rate: f64) -> f64 {
        match self {
            Self::Exponential { mean } => -(-t / mean).exp_m1(),
            Self::Lognormal { p50, p99 } => {
                let sigma = (p99 / p50).ln() / 2.326_347_874_040_841;
                if t <= 0.0 { 0.0 } else { normal((t / p50).ln() / sigma) }
            }
            Self::Constant(value) => f64::from(u8::from(t >= *value)),
            Self::Uniform { low, high } => ((t - low) / (high - low)).clamp(0.0, 1.0),
            Self::Erlang { mean, phases } => {
                let x = t / mean * *phases as f64;
                let mut term = (-x).exp();
                let mut above = 0.0;
                for phase in 0..*phases {
                    above += term;
                    term *= x / (phase + 1) as f64;
                }
                1.0 - above
            }
            Self::Servers { count, service } => {
                // P(in line or in service longer than t) by Erlang's C, as it stands in every textbook.
                let (servers, offered) = (*count as f64, rate * service / 1000.0);
                let mut term = 1.0;
                let mut below = 0.0;
                for number in 0..*count {
                    below += term;
                    term *= offered / (number + 1) as f64;
                }
                let queued = term * servers / (servers - offered);
                let chance = queued / (below + queued);
                let (rate, drain) = (1.0 / service, (servers - offered) / service);
                let waits = if (drain - rate).abs() < 1e-9 * rate {
                    (1.0 + rate * t) * (-rate * t).exp()
                } else {
                    (drain * (-rate * t).exp() - rate * (-drain * t).exp()) / (drain - rate)
                };
                1.0 - (1.0 - chance) * (-rate * t).exp() - chance * waits
            }
            _ => panic!("no formula: {self:?}"),
        }
    }

    /// One of these after what is on a grid.
    fn after(law: &Law, time: &Self) -> Law {
        match time {
            Self::Constant(value) => law.later(*value),
            other => law.then(&other.law(law.step, RATE)),
        }
    }

    /// The law on a grid of this step, when it runs so often in a second.
    pub fn law(&self, step: f64, rate: f64) -> Law {
        let laws = |of: &[Self]| of.iter().map(|part| part.law(step, rate)).collect::<Vec<Law>>();
        match self {
            Self::OneServer { service } => {
                let (law, mean) = (service.law(step, rate), service.mean());
                let left = match service.as_ref() {
                    // A step between two points would have the wrong area.
                    Self::Constant(value) => Law::of(step, |t| t.min(*value) / value),
                    _ => law.left(mean),
                };
                // The service adds up last, where a constant is a shift.
                Self::after(&left.wait_behind(rate * mean / 1000.0), service)
            }
            // What always takes the same is a shift and no sum, so that it stays where it is.
            Self::Sequence(parts) => {
                let fixed: f64 =
                    parts.iter().map(|part| if let Self::Constant(it) = part { *it } else { 0.0 }).sum();
                let others = parts.iter().filter(|part| !matches!(part, Self::Constant(_)));
                let sum = others.map(|part| part.law(step, rate)).reduce(|sum, law| sum.then(&law));
                sum.unwrap_or_else(|| Law::nothing(step)).later(fixed)
            }
            Self::All(of) => Law::nth(of.len(), &laws(of)),
            Self::First { count, of } => Law::nth(*count, &laws(of)),
            Self::Copies { needed, of, each } => Law::nth(*needed, &vec![each.law(step, rate); *of]),
            Self::Either(ways) => ways
                .iter()
                .map(|(chance, way)| way.law(step, rate * chance).times(*chance))
                .reduce(|sum, law| sum.plus(&law))
                .unwrap(),
            Self::Again { times, each } => {
                let law = each.law(step, rate);
                (1..*times).fold(law.clone(), |sum, _| sum.then(&law))
            }
            Self::Cache { hit, takes, miss } => {
                let found = Self::Constant(*takes).law(step, rate).times(*hit);
                found.plus(&miss.law(step, rate * (1.0 - hit)).later(*takes).times(1.0 - hit))
            }
            Self::Hedged { after, each } => {
                let law = each.law(step, rate);
                law.map(&law.later(*after), |first, second| 1.0 - (1.0 - first) * (1.0 - second))
            }
            Self::Attempts { timeout, attempts, pause, failure, each } => {
                let law = each.law(step, rate);
                let within = if *timeout < step * 8192.0 {
                    law.within(*timeout)
                } else {
                    each.law(timeout / 8192.0, rate).within(*timeout)
                };
                let ended = law.cut(*timeout);
                let too_late = Self::Constant(*timeout).law(step, rate).times(1.0 - within);
                let failing = ended.times(*failure).plus(&too_late);
                let succeeding = ended.times(1.0 - failure);
                let mut begins = Law::nothing(step);
                let mut law = begins.times(0.0);
                for _ in 0..*attempts {
                    law = law.plus(&begins.then(&succeeding));
                    begins = begins.then(&failing).later(*pause);
                }
                let fails = failure * within + (1.0 - within);
                law.times(1.0 / (1.0 - fails.powi(*attempts as i32)))
            }
            leaf => Law::of(step, |t| leaf.share(t, rate)),
        }
    }
}

/// A design with a flow for each of some shapes.
pub fn design(shapes: &[Shape]) -> Value {
    let mut written = Written { components: Map::new(), flow: 0 };
    written.components.insert("app".into(), "client".into());
    let mut flows = Map::new();
    for (flow, shape) in shapes.iter().enumerate() {
        written.flow = flow;
        flows.insert(
            format!("f{flow}"),
            json!({ "rate": format!("{RATE} / s"), "steps": written.steps(shape) }),
        );
    }
    json!({
        "sysdesign": 1, "name": "Compositions", "summary": "Times that are made of other times.",
        "components": written.components, "flows": flows,
    })
}

struct Written {
    components: Map<String, Value>,
    flow: usize,
}

impl Written {
    /// The step that calls a new component.
    fn call(&mut self, mut component: Value) -> Map<String, Value> {
        let id = format!("c{}_{}", self.flow, self.components.len());
        component["kind"] = "service".into();
        component["availability"] = "100%".into();
        self.components.insert(id.clone(), component);
        let mut step = Map::new();
        step.insert(format!("app -> {id}"), "ask".into());
        step
    }

    fn called(&mut self, component: Value, said: Value) -> Vec<Value> {
        let mut step = self.call(component);
        step.extend(said.as_object().unwrap().clone());
        vec![Value::Object(step)]
    }

    fn steps(&mut self, shape: &Shape) -> Vec<Value> {
        let mut branches = |of: &[Shape]| of.iter().map(|part| self.steps(part)).collect::<Vec<_>>();
        match shape {
            Shape::Sequence(parts) => branches(parts).concat(),
            Shape::All(of) => vec![json!({ "parallel": branches(of) })],
            Shape::First { count, of } => vec![json!({ "parallel": branches(of), "wait_for": count })],
            Shape::Either(ways) => {
                let ways: Vec<Value> = ways
                    .iter()
                    .map(|(chance, way)| json!({ "text": "so", "chance": chance, "steps": self.steps(way) }))
                    .collect();
                vec![json!({ "either": ways })]
            }
            Shape::Copies { needed, of, each } => {
                self.called(said(each), json!({ "times": of, "parallel": true, "wait_for": needed }))
            }
            Shape::Again { times, each } => self.called(said(each), json!({ "times": times })),
            Shape::Cache { hit, takes, miss } => {
                let missed = self.steps(miss);
                let cache = json!({ "hit_ratio": hit, "latency": time(&Shape::Constant(*takes)) });
                let steps = self.called(cache, json!({ "on_miss": missed }));
                let id = format!("c{}_{}", self.flow, self.components.len() - 1);
                self.components[&id]["kind"] = "cache".into();
                steps
            }
            Shape::Hedged { after, each } => {
                self.called(said(each), json!({ "hedge": format!("{after} ms"), "idempotent": true }))
            }
            Shape::Attempts { timeout, attempts, pause, failure, each } => {
                let mut component = said(each);
                component["error_rate"] = json!(failure);
                let retries =
                    json!({ "attempts": attempts, "backoff": "constant", "pause": format!("{pause} ms") });
                let policy =
                    json!({ "timeout": format!("{timeout} ms"), "retries": retries, "idempotent": true });
                self.called(component, policy)
            }
            leaf => self.called(said(leaf), json!({})),
        }
    }
}

/// A component that takes so long.
fn said(shape: &Shape) -> Value {
    match shape {
        Shape::Servers { count, service } => {
            json!({ "service_time": format!("{service} ms"), "replicas": count })
        }
        Shape::OneServer { service } => json!({ "service_time": time(service) }),
        leaf => json!({ "latency": time(leaf) }),
    }
}

fn time(shape: &Shape) -> Value {
    let ms = |value: &f64| format!("{value} ms");
    match shape {
        Shape::Exponential { mean } => json!(ms(mean)),
        Shape::Lognormal { p50, p99 } => json!({ "p50": ms(p50), "p99": ms(p99) }),
        Shape::Constant(value) => json!({ "mean": ms(value), "distribution": "constant" }),
        Shape::Uniform { low, high } => json!({ "min": ms(low), "max": ms(high) }),
        Shape::Erlang { mean, phases } => json!({ "mean": ms(mean), "variation": 1.0 / *phases as f64 }),
        _ => panic!("no time of one thing: {shape:?}"),
    }
}

/// A random composition.
pub fn random(dice: &mut Dice) -> Shape {
    match dice.roll(4) {
        0 => Shape::Sequence((0..2 + dice.roll(4)).map(|_| part(dice, 1)).collect()),
        1 => Shape::Sequence(vec![leaf(dice), part(dice, 2)]),
        _ => part(dice, 2),
    }
}

fn one_of(dice: &mut Dice, values: &[f64]) -> f64 {
    *dice.pick(values)
}

fn part(dice: &mut Dice, depth: usize) -> Shape {
    let several =
        |dice: &mut Dice| (0..2 + dice.roll(3)).map(|_| part(dice, depth.max(1) - 1)).collect::<Vec<_>>();
    let each = |dice: &mut Dice| Box::new(leaf(dice));
    if depth == 0 {
        return leaf(dice);
    }
    match dice.roll(11) {
        0 => Shape::Sequence(several(dice)),
        1 => Shape::All(several(dice)),
        2 => {
            let of = several(dice);
            Shape::First { count: 1 + dice.roll(of.len()), of }
        }
        3 => {
            let of = 2 + dice.roll(30);
            Shape::Copies { needed: of - dice.roll(of.min(4)), of, each: each(dice) }
        }
        4 => {
            let chance = one_of(dice, &[0.03, 0.22, 0.61, 0.937]);
            Shape::Either(vec![(chance, part(dice, depth - 1)), (1.0 - chance, part(dice, depth - 1))])
        }
        5 => Shape::Again { times: 2 + dice.roll(6), each: each(dice) },
        6 => Shape::Cache {
            hit: one_of(dice, &[0.33, 0.87, 0.972]),
            takes: one_of(dice, &[0.2, 1.0, 3.0]),
            miss: Box::new(part(dice, depth - 1)),
        },
        7 => Shape::Hedged { after: one_of(dice, &[5.0, 30.0, 80.0]), each: each(dice) },
        8 => Shape::Attempts {
            timeout: one_of(dice, &[25.0, 40.0, 120.0]),
            attempts: 2 + dice.roll(2),
            pause: one_of(dice, &[2.0, 10.0]),
            failure: one_of(dice, &[0.0, 0.004, 0.07]),
            each: each(dice),
        },
        9 => Shape::Servers { count: 1 + dice.roll(4), service: one_of(dice, &[4.0, 15.0, 31.0, 44.0]) },
        _ => Shape::OneServer { service: Box::new(service(dice)) },
    }
}

/// A time of one thing.
fn leaf(dice: &mut Dice) -> Shape {
    match dice.roll(7) {
        0 => Shape::Exponential { mean: one_of(dice, &[0.7, 6.0, 20.0]) },
        1 => Shape::Constant(one_of(dice, &[0.5, 4.0, 17.0])),
        2 => Shape::Uniform { low: one_of(dice, &[0.0, 3.0]), high: one_of(dice, &[5.0, 24.0]) },
        3 => Shape::Erlang { mean: one_of(dice, &[2.0, 14.0]), phases: 2 + dice.roll(4) },
        _ => {
            let p50 = one_of(dice, &[0.4, 2.0, 9.0, 21.0]);
            Shape::Lognormal { p50, p99: p50 * one_of(dice, &[1.6, 4.0, 9.0, 18.0]) }
        }
    }
}

/// What one server takes: busy between a fifth and nine tenths of the time.
fn service(dice: &mut Dice) -> Shape {
    match dice.roll(4) {
        0 => Shape::Constant(one_of(dice, &[12.0, 36.0])),
        1 => Shape::Uniform { low: 8.0, high: one_of(dice, &[18.0, 70.0]) },
        2 => Shape::Erlang { mean: one_of(dice, &[10.0, 33.0]), phases: 2 + dice.roll(4) },
        _ => {
            let p50 = one_of(dice, &[6.0, 14.0]);
            Shape::Lognormal { p50, p99: p50 * one_of(dice, &[3.0, 8.0]) }
        }
    }
}
