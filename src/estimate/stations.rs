//! Waiting in line at a component: its load at peak, its instances, and how requests are spread over them.

use super::builder::Builder;
use super::facts::Facts;
use super::label::Subject;
use super::sheet::{Block, Value};
use super::times::Make;
use crate::numerics::latency::{self, Time};
use crate::numerics::queueing::{self, Line, Waiting};
use crate::quantity::Dimension;
use crate::spec::component::{Balancing, Component, Discipline};

/// What a line does to a request.
#[derive(Clone, Debug)]
pub struct Station {
    /// The share of requests that wait.
    pub chance: Value,
    /// The mean wait of those that wait.
    pub conditional: Value,
    /// The mean wait of all.
    pub mean: Value,
    /// By how much sharing an instance stretches the service; `None` when requests wait instead.
    pub stretch: Option<Value>,
    /// The mean wait for each priority, by flow, where that decides.
    pub by_flow: Vec<(u32, Value)>,
    /// When the line is that of a single server whose service is not exponential: its utilisation.
    pub behind: Option<Value>,
    /// Whether those that wait do so for an exponential time, and not only about.
    pub is_tail_exact: bool,
}

/// How requests are spread over instances.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Spread {
    Pooled,
    LeastLoaded,
    Separate,
    RoundRobin,
    TwoChoices,
}

#[derive(Clone, Copy, Debug)]
struct Queue {
    spread: Spread,
    is_bounded: bool,
    is_exponential: bool,
    /// Whether there is one server, as far as the design says it in plain numbers.
    is_single: bool,
    /// Whether all are served at once: then nobody waits, but everybody takes longer.
    is_shared: bool,
}

impl Queue {
    /// Inputs: arrivals, utilisation, instances, servers of one, variation, and places when they are bounded.
    fn waiting(&self, inputs: &[f64]) -> (Waiting, Line, f64) {
        let nan = f64::NAN;
        let number = |at: usize| inputs.get(at).copied().unwrap_or(nan);
        let [arrivals, utilization, instances, each, variation] = [0, 1, 2, 3, 4].map(number);
        let servers = instances * each;
        let service = super::evaluation::quotient(utilization * servers, arrivals);
        let line = Line { arrivals, service, servers, variation };
        let room = number(5);
        let waiting = match self.spread {
            _ if self.is_bounded => queueing::bounded(line, room),
            Spread::Pooled | Spread::LeastLoaded => queueing::pooled(line),
            Spread::Separate => queueing::separate(line, instances),
            Spread::RoundRobin => queueing::round_robin(line, instances),
            Spread::TwoChoices => queueing::two_choices(line, instances),
        };
        (waiting, line, room)
    }
}

const PERCENTILES: [f64; 4] = [0.5, 0.9, 0.95, 0.99];

impl Block for Queue {
    fn outputs(&self) -> &'static [&'static str] {
        &["chance of waiting", "wait of those that wait", "mean wait", "p50", "p90", "p95", "p99", "stretch"]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let (waiting, line, room) = self.waiting(inputs);
        if self.is_shared {
            outputs.iter_mut().skip(7).for_each(|slot| *slot = queueing::stretch(line));
            return;
        }
        let percentile = |share: f64| match self.is_bounded {
            true => queueing::bounded_percentile(line, room, share),
            false => waiting.percentile(share),
        };
        let first = [waiting.chance, waiting.conditional, waiting.mean];
        let all = first.into_iter().chain(PERCENTILES.map(percentile));
        for (slot, number) in outputs.iter_mut().zip(all) {
            *slot = number;
        }
    }

    fn model(&self) -> &'static str {
        match (self.spread, self.is_bounded, self.is_exponential) {
            (_, true, _) => "M/M/c/K",
            (Spread::Pooled, _, true) => "M/M/c",
            (Spread::Pooled, ..) if self.is_single => "M/G/1 (Pollaczek-Khinchine)",
            (Spread::Pooled, _, false) => "M/G/c (Lee-Longton)",
            (Spread::LeastLoaded, ..) => "M/G/c as for one common line",
            (Spread::Separate, _, true) => "M/M/c for each instance",
            (Spread::Separate, _, false) => "M/G/c for each instance",
            (Spread::RoundRobin, ..) => "GI/G/c for each instance (Allen-Cunneen)",
            (Spread::TwoChoices, ..) => "the better of two lines (mean field)",
        }
    }

    fn exact(&self) -> bool {
        match self.spread {
            // The mean is, but the time of each is more than a longer service.
            _ if self.is_shared => false,
            Spread::Pooled => self.is_exponential || (self.is_single && !self.is_bounded),
            // The limit is then that of one common line.
            Spread::Separate => self.is_exponential && !self.is_bounded,
            _ => false,
        }
    }

    fn cost(&self) -> f64 {
        match (self.spread, self.is_bounded) {
            (_, true) => 2.5,
            (Spread::TwoChoices, _) => 2.9,
            _ => 1.0,
        }
    }

    fn work(&self) -> f64 {
        match (self.spread, self.is_bounded) {
            (_, true) => 8.0,
            (Spread::TwoChoices, _) => 12.0,
            (Spread::RoundRobin, _) => 4.0,
            _ => 1.5,
        }
    }

    fn text(&self) -> String {
        match self.spread {
            Spread::Pooled | Spread::LeastLoaded if !self.is_bounded => {
                "C / (servers / service - arrivals) × (1 + variation) / 2, C by Erlang's formula".to_owned()
            }
            _ => "by arrivals, utilisation, instances, servers of each and variation".to_owned(),
        }
    }
}

/// How much longer the mean wait gets when a line is busy one percentage point more of the time.
#[derive(Debug)]
struct Slope {
    queue: Queue,
}

impl Block for Slope {
    fn outputs(&self) -> &'static [&'static str] {
        &["rise of the mean wait for each point of utilisation"]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let utilization = inputs.get(1).copied().unwrap_or(f64::NAN);
        let mean = |factor: f64| {
            let more = |(at, number): (usize, &f64)| if at < 2 { number * factor } else { *number };
            let changed: Vec<f64> = inputs.iter().enumerate().map(more).collect();
            let (waiting, line, _) = self.queue.waiting(&changed);
            // Where all are served at once, what grows is the service.
            if self.queue.is_shared { queueing::stretch(line) * line.service } else { waiting.mean }
        };
        // A step that stays well below the utilisation at which there is no end.
        let step = 1e-3 * ((1.0 - utilization) / utilization).abs().clamp(1e-3, 1.0);
        let slope = match utilization {
            0.0 => 0.0,
            _ if mean(1.0).is_infinite() => f64::INFINITY,
            _ => (mean(1.0 + step) - mean(1.0 - step)) / (2.0 * step * utilization),
        };
        outputs.iter_mut().for_each(|slot| *slot = 0.01 * slope);
    }

    fn model(&self) -> &'static str {
        self.queue.model()
    }

    fn exact(&self) -> bool {
        self.queue.exact()
    }

    fn text(&self) -> String {
        "1% × the slope of the mean wait by utilisation".to_owned()
    }

    // Few ask, so that it is only calculated for those who do.
    fn cost(&self) -> f64 {
        3.1 + 2.0 * self.queue.cost()
    }

    fn work(&self) -> f64 {
        3.0 * self.queue.work()
    }
}

/// Waits of a single server with any service, from the exact distribution.
#[derive(Debug)]
struct Tail {
    make: Make,
    /// Whether there is one server as far as the design says it in plain numbers.
    is_single: bool,
    /// Whether there are several: then there is a formula.
    has_several: bool,
}

impl Tail {
    fn fill(&self, inputs: &[f64], outputs: &mut [f64], cells: usize) {
        let [utilization, servers, chance, conditional, service @ ..] = inputs else { return };
        let time = match *servers == 1.0 && *utilization < 1.0 {
            true => Time::WaitsBehind { utilization: *utilization, service: self.make.with(service) },
            false => Time::Waits { chance: *chance, conditional: *conditional },
        };
        let found = latency::percentiles(&time, &PERCENTILES, cells);
        outputs.iter_mut().zip(found).for_each(|(slot, number)| *slot = number);
    }
}

impl Block for Tail {
    fn outputs(&self) -> &'static [&'static str] {
        &["p50", "p90", "p95", "p99"]
    }

    /// Inputs: utilisation, servers, then chance and conditional wait of the approximation, then the service.
    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        self.fill(inputs, outputs, 512);
    }

    fn sample(&self, inputs: &[f64], outputs: &mut [f64]) {
        self.fill(inputs, outputs, 128);
    }

    fn model(&self) -> &'static str {
        "M/G/1 (Pollaczek-Khinchine), else M/G/c"
    }

    fn exact(&self) -> bool {
        self.is_single
    }

    fn text(&self) -> String {
        "a geometric number of residual services".to_owned()
    }

    fn cost(&self) -> f64 {
        if self.has_several { 0.6 } else { 60.0 }
    }
}

/// Mean waits by priority: pairs of priority and arrivals of each flow, then service, variation, servers.
#[derive(Debug)]
struct Priorities {
    flows: usize,
    is_exact: bool,
}

impl Block for Priorities {
    fn outputs(&self) -> &'static [&'static str] {
        &["mean wait"; 16]
    }

    fn evaluate(&self, inputs: &[f64], outputs: &mut [f64]) {
        let (flows, rest) = inputs.split_at_checked(self.flows * 2).unwrap_or((&[], &[]));
        let [service, variation, servers] = rest else { return };
        let pairs: Vec<(f64, f64)> =
            flows.chunks_exact(2).filter_map(|pair| Some((*pair.first()?, *pair.last()?))).collect();
        let mut levels: Vec<f64> = pairs.iter().map(|pair| pair.0).collect();
        levels.sort_by(f64::total_cmp);
        levels.dedup();
        let arrivals = |level: f64| pairs.iter().filter(|pair| pair.0 == level).map(|pair| pair.1).sum();
        let classes: Vec<(f64, f64, f64)> =
            levels.iter().map(|level| (arrivals(*level), *service, *variation)).collect();
        for (slot, (level, _)) in outputs.iter_mut().zip(&pairs) {
            let class = levels.iter().position(|known| known == level).unwrap_or(0);
            *slot = queueing::priority(&classes, *servers, class);
        }
    }

    fn model(&self) -> &'static str {
        "non-preemptive priorities (Cobham)"
    }

    fn exact(&self) -> bool {
        self.is_exact
    }

    fn text(&self) -> String {
        "W0 / ((1 - load of those before) (1 - load up to this one))".to_owned()
    }
}

/// Most flows whose priorities are told apart at one component.
const MOST_PRIORITIES: usize = 16;

/// What decides on the line of a component.
#[derive(Clone, Copy, Debug)]
pub struct Inputs<'i> {
    /// The component's index.
    pub component: u32,
    /// Requests at peak.
    pub arrivals: Value,
    /// The share of the instances' capacity that they take.
    pub utilization: Value,
    /// Instances.
    pub instances: Value,
    /// Requests of each flow at peak.
    pub by_flow: &'i [(u32, Value)],
}

impl<'m, 't> Builder<'m, 't> {
    /// The line at a component; `None` when it is not known what a request takes.
    pub fn station(&mut self, inputs: Inputs<'_>, facts: &Facts) -> Option<Station> {
        let component = self.component(inputs.component)?;
        let each = facts.servers?;
        let (_, variation) = facts.service_moments?;
        let make = facts.service.as_ref().map(|service| service.make.clone())?;
        let is_exponential = make == Make::Exponential;
        let is_bounded = facts.queue_limit.is_some();
        let spread = spread(component);
        let mut all = vec![inputs.arrivals, inputs.utilization, inputs.instances, each, variation];
        all.extend(facts.queue_limit);
        let discipline = component.discipline.map(|discipline| discipline.value);
        let is_shared = discipline == Some(Discipline::ProcessorSharing);
        let servers = self.sheet.product(&[inputs.instances, each]);
        let plain = [inputs.instances, each].map(|value| self.sheet.plain(value));
        let plain = if let [Some(instances), Some(each)] = plain { Some(instances * each) } else { None };
        let is_single = plain == Some(1.0);
        let queue = Queue { spread, is_bounded, is_exponential, is_single, is_shared };
        let slope = Box::new(Slope { queue });
        let queue = Box::new(queue);
        let mut dimensions = vec![Dimension::NONE];
        dimensions.extend([Dimension::TIME; 6]);
        dimensions.push(Dimension::NONE);
        let results = self.sheet.calculation(queue, &all, &dimensions);
        let [chance, conditional, mean, p50, p90, p95, p99, stretch] = results.as_slice() else {
            return None;
        };
        let subject = Subject::Component(inputs.component);
        if let [slope] = self.sheet.calculation(slope, &all, &[Dimension::TIME]).as_slice() {
            self.set(subject, "wait.slope", *slope);
        }
        if is_shared {
            // Nobody waits in line; everybody takes longer.
            let none = self.seconds(0.0);
            let none = self.step(none, "nobody waits in line where all are served at once");
            for name in ["wait.mean", "wait.p50", "wait.p90", "wait.p95", "wait.p99"] {
                self.set(subject, name, none);
            }
            let never = self.sheet.given(0.0, Dimension::NONE);
            self.set(subject, "wait.chance", never);
            let stretch = Some(self.step(*stretch, "how much longer a shared instance takes"));
            let station = Station {
                chance: never,
                conditional: none,
                mean: none,
                stretch,
                by_flow: Vec::new(),
                behind: None,
                is_tail_exact: true,
            };
            return Some(station);
        }
        self.set(subject, "wait.chance", *chance);
        self.set(subject, "wait.mean", *mean);
        let mut tails = [*p50, *p90, *p95, *p99];
        let may_be_single = !is_bounded && matches!(spread, Spread::Pooled | Spread::LeastLoaded);
        let service = facts.service.as_ref().filter(|_| !is_exponential && may_be_single);
        if let Some(service) = service {
            let mut all = vec![inputs.utilization, servers, *chance, *conditional];
            all.extend(&service.inputs);
            let has_several = plain.is_some() && !is_single;
            let tail = Box::new(Tail { make, is_single, has_several });
            let found = self.sheet.calculation(tail, &all, &[Dimension::TIME; 4]);
            if let [p50, p90, p95, p99] = found.as_slice() {
                tails = [*p50, *p90, *p95, *p99];
            }
        }
        for (name, value) in ["wait.p50", "wait.p90", "wait.p95", "wait.p99"].into_iter().zip(tails) {
            self.set(subject, name, value);
        }
        let by_flow = match discipline {
            Some(Discipline::Priority) => {
                self.priorities(&inputs, servers, facts, is_exponential || is_single)
            }
            _ => Vec::new(),
        };
        let is_mixed = is_bounded || discipline == Some(Discipline::Priority);
        Some(Station {
            chance: *chance,
            conditional: *conditional,
            mean: *mean,
            stretch: None,
            by_flow,
            behind: service.map(|_| inputs.utilization),
            is_tail_exact: !is_mixed,
        })
    }

    fn priorities(
        &mut self,
        inputs: &Inputs<'_>,
        servers: Value,
        facts: &Facts,
        is_exact: bool,
    ) -> Vec<(u32, Value)> {
        let Some((_, variation)) = facts.service_moments else { return Vec::new() };
        let flows: Vec<(u32, Value)> = inputs.by_flow.iter().copied().take(MOST_PRIORITIES).collect();
        let mut all = Vec::new();
        for (flow, arrivals) in &flows {
            let entry = self.model.design.flows.entries.get(*flow as usize);
            let stated = entry.and_then(|entry| entry.value.priority.as_ref());
            let priority = match self.stated(Subject::Flow(*flow), "priority", stated) {
                Some(priority) => priority,
                None => self.assumed(1e9, "last, as no priority is said"),
            };
            all.extend([priority, *arrivals]);
        }
        let busy = self.sheet.product(&[inputs.utilization, servers]);
        let service = self.sheet.quotient(busy, inputs.arrivals);
        all.extend([service, variation, servers]);
        let block = Box::new(Priorities { flows: flows.len(), is_exact });
        let results = self.sheet.calculation(block, &all, &vec![Dimension::TIME; flows.len()]);
        flows.iter().map(|(flow, _)| *flow).zip(results).collect()
    }
}

fn spread(component: &Component<'_>) -> Spread {
    match component.load_balancing.map(|balancing| balancing.value) {
        None | Some(Balancing::SharedQueue) => Spread::Pooled,
        Some(Balancing::LeastLoaded) => Spread::LeastLoaded,
        Some(Balancing::Random | Balancing::ConsistentHash) => Spread::Separate,
        Some(Balancing::RoundRobin) => Spread::RoundRobin,
        Some(Balancing::TwoChoices) => Spread::TwoChoices,
    }
}
