//! Compositions against runs that are drawn one by one.

use super::*;

/// SplitMix64.
struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^= z >> 31;
        ((z >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(self.share())).sqrt();
        radius * libm::cos(2.0 * std::f64::consts::PI * self.share())
    }

    fn leaf(&mut self, distribution: &Distribution) -> f64 {
        match distribution {
            Distribution::Constant(value) => *value,
            Distribution::Exponential { mean } => -mean * libm::log(self.share()),
            Distribution::Lognormal { median, sigma } => median * libm::exp(sigma * self.normal()),
            Distribution::Uniform { low, high } => low + (high - low) * self.share(),
            Distribution::Normal { mean, deviation } => loop {
                let value = mean + deviation * self.normal();
                if value >= 0.0 {
                    return value;
                }
            },
            Distribution::Pareto { least, exponent } => least * libm::pow(self.share(), -1.0 / exponent),
            Distribution::Gamma { shape, scale } => {
                assert_eq!(shape.fract(), 0.0);
                (0..*shape as usize).map(|_| -scale * libm::log(self.share())).sum()
            }
            Distribution::Points(points) => {
                let mut left = self.share();
                for (chance, time) in points {
                    left -= chance;
                    if left < 0.0 {
                        return *time;
                    }
                }
                points.last().unwrap().1
            }
            Distribution::Quantiles(_) => distribution.quantile(self.share()),
        }
    }

    /// The time of a run, and whether it succeeds.
    fn run(&mut self, time: &Time) -> Option<f64> {
        Some(match time {
            Time::Nothing => 0.0,
            Time::Takes(distribution) => self.leaf(distribution),
            Time::Waits { chance, conditional } => {
                if self.share() < *chance {
                    -conditional * libm::log(self.share())
                } else {
                    0.0
                }
            }
            Time::WaitsBehind { .. } => panic!("drawn as a queue elsewhere"),
            Time::Sequence(parts) => {
                let mut sum = 0.0;
                for part in parts {
                    sum += self.run(part)?;
                }
                sum
            }
            Time::All(parts) => self.nth(parts.len(), parts.iter())?,
            Time::First { count, of } => self.nth(*count, of.iter())?,
            Time::Copies { needed, of, each } => {
                self.nth(*needed as usize, std::iter::repeat_n(each.as_ref(), *of as usize))?
            }
            Time::Either(branches) => {
                let mut left = self.share();
                for (chance, branch) in branches {
                    left -= chance;
                    if left < 0.0 {
                        return self.run(branch);
                    }
                }
                0.0
            }
            Time::Again { times, each } => {
                let more = self.share() < times.fract();
                let mut sum = 0.0;
                for _ in 0..*times as usize + usize::from(more) {
                    sum += self.run(each)?;
                }
                sum
            }
            Time::Hedged { after, each } => {
                let first = self.run(each)?;
                first.min(after + self.run(each)?)
            }
            Time::Attempts { timeout, attempts, pauses, failure, each, gives_up } => {
                let mut sum = 0.0;
                for attempt in 0..*attempts as usize {
                    if attempt > 0 && !pauses.is_empty() {
                        sum += pauses[(attempt - 1).min(pauses.len() - 1)];
                    }
                    let takes = self.run(each)?;
                    let fails = self.share() < *failure;
                    sum += takes.min(*timeout);
                    if takes <= *timeout && !fails {
                        return Some(sum);
                    }
                }
                if !gives_up {
                    return None;
                }
                sum
            }
        })
    }

    fn nth<'a>(&mut self, count: usize, of: impl Iterator<Item = &'a Time>) -> Option<f64> {
        let mut times: Vec<f64> = of.map(|time| self.run(time).unwrap()).collect();
        times.sort_by(f64::total_cmp);
        Some(times[count - 1])
    }
}

fn check(name: &str, time: &Time) {
    const RUNS: usize = 100_000;
    let mut dice = Dice(7);
    let mut times: Vec<f64> = (0..RUNS).filter_map(|_| dice.run(time)).collect();
    times.sort_by(f64::total_cmp);
    let fine = profile(time, 1024);
    let coarse = profile(time, 256);
    let count = times.len() as f64;
    let at = |p: f64| times[((count * p).ceil() as usize).clamp(1, times.len()) - 1];
    for (p, fine, coarse) in [
        (0.5, fine.p50, coarse.p50),
        (0.9, fine.p90, coarse.p90),
        (0.95, fine.p95, coarse.p95),
        (0.99, fine.p99, coarse.p99),
        (0.999, fine.p999, coarse.p999),
    ] {
        // Five standard errors of the share, as times.
        let error = 5.0 * (p * (1.0 - p) / count).sqrt();
        let (low, high) = (at(p - error), at((p + error).min(1.0)));
        assert!(fine >= low * 0.999 && fine <= high * 1.001, "{name} p{p}: {fine} not in {low}..{high}");
        let exact = if p > 0.99 { 0.015 } else { 0.005 };
        assert!((coarse / fine - 1.0).abs() <= exact, "{name} p{p}: {coarse} in few cells, {fine} in many");
    }
    let mean: f64 = times.iter().sum::<f64>() / count;
    let variance: f64 = times.iter().map(|t| (t - mean) * (t - mean)).sum::<f64>() / count;
    let error = 5.0 * (variance / count).sqrt();
    assert!((fine.mean - mean).abs() < error + 1e-3 * mean, "{name} mean {} instead of {mean}", fine.mean);
    let failed = 1.0 - count / RUNS as f64;
    assert!(
        (fine.failed - failed).abs() < 5.0 * ((failed + 1e-5) / RUNS as f64).sqrt(),
        "{name} failed {} {failed}",
        fine.failed
    );
}

fn lognormal(median: f64, sigma: f64) -> Time {
    Time::Takes(Distribution::Lognormal { median, sigma })
}

fn exponential(mean: f64) -> Time {
    Time::Takes(Distribution::Exponential { mean })
}

fn constant(value: f64) -> Time {
    Time::Takes(Distribution::Constant(value))
}

fn station(chance: f64, conditional: f64, median: f64, sigma: f64) -> Time {
    Time::Sequence(vec![Time::Waits { chance, conditional }, lognormal(median, sigma)])
}

#[test]
fn sequences_are_as_drawn() {
    check(
        "stations",
        &Time::Sequence(vec![station(0.3, 5.0, 10.0, 0.8), station(0.8, 40.0, 3.0, 1.2), constant(7.0)]),
    );
    check("scales", &Time::Sequence(vec![lognormal(0.001, 1.5), exponential(1.0), lognormal(30.0, 0.1)]));
    check(
        "gamma",
        &Time::Sequence(vec![
            Time::Takes(Distribution::Gamma { shape: 3.0, scale: 2.0 }),
            lognormal(5.0, 0.5),
        ]),
    );
    check(
        "pareto",
        &Time::Sequence(vec![
            Time::Takes(Distribution::Pareto { least: 2.0, exponent: 3.5 }),
            Time::Takes(Distribution::Uniform { low: 1.0, high: 4.0 }),
            Time::Takes(Distribution::Normal { mean: 2.0, deviation: 1.5 }),
        ]),
    );
    check(
        "points",
        &Time::Sequence(vec![
            Time::Takes(Distribution::Points(vec![(0.7, 1.0), (0.2, 5.0), (0.1, 50.0)])),
            lognormal(1.0, 0.5),
            Time::Takes(Distribution::Points(vec![(0.5, 0.0), (0.5, 3.0)])),
        ]),
    );
    let measured = Distribution::Quantiles(vec![(0.1, 1.0), (0.5, 4.0), (0.9, 9.0), (0.99, 80.0)]);
    check("quantiles", &Time::Sequence(vec![Time::Takes(measured), exponential(2.0)]));
}

#[test]
fn branches_are_as_drawn() {
    let miss = Time::Sequence(vec![constant(1.0), station(0.5, 10.0, 10.0, 1.0)]);
    check("cache", &Time::Either(vec![(0.9, constant(1.0)), (0.1, miss.clone())]));
    check("behind", &Time::Sequence(vec![lognormal(3.0, 0.5), Time::Either(vec![(0.2, miss.clone())])]));
    check(
        "two",
        &Time::Sequence(vec![
            Time::Either(vec![(0.9, constant(1.0)), (0.1, miss.clone())]),
            Time::Either(vec![(0.95, constant(2.0)), (0.05, miss)]),
        ]),
    );
}

#[test]
fn waits_for_several_are_as_drawn() {
    let station = || station(0.5, 10.0, 10.0, 1.0);
    check("all", &Time::All(vec![station(), lognormal(20.0, 0.4), constant(15.0)]));
    check(
        "first",
        &Time::First {
            count: 2,
            of: vec![station(), lognormal(20.0, 0.4), constant(15.0), exponential(30.0)],
        },
    );
    check("copies", &Time::Copies { needed: 9.0, of: 10.0, each: Box::new(station()) });
    check(
        "every",
        &Time::Sequence(vec![Time::Copies { needed: 20.0, of: 20.0, each: Box::new(station()) }, station()]),
    );
    check(
        "inside",
        &Time::Sequence(vec![
            Time::All(vec![exponential(0.1), lognormal(0.2, 0.5)]),
            exponential(5.0),
            lognormal(20.0, 0.4),
        ]),
    );
}

#[test]
fn hedges_are_as_drawn() {
    check("hedge", &Time::Hedged { after: 30.0, each: Box::new(station(0.5, 10.0, 10.0, 1.0)) });
    check("flat", &Time::Hedged { after: 30.0, each: Box::new(lognormal(10.0, 1.0)) });
    let inside = Time::Hedged {
        after: 5.0,
        each: Box::new(Time::Either(vec![(0.9, constant(1.0)), (0.1, exponential(20.0))])),
    };
    check("deep", &Time::Sequence(vec![inside, lognormal(2.0, 0.5)]));
}

#[test]
fn repetitions_are_as_drawn() {
    check("few", &Time::Again { times: 2.3, each: Box::new(station(0.5, 10.0, 10.0, 1.0)) });
    check(
        "fixed",
        &Time::Again { times: 3.5, each: Box::new(Time::Sequence(vec![constant(10.0), exponential(1.0)])) },
    );
    check(
        "many",
        &Time::Sequence(vec![
            Time::Again { times: 40.0, each: Box::new(lognormal(1.0, 1.0)) },
            lognormal(10.0, 0.5),
        ]),
    );
    check("hundreds", &Time::Again { times: 150.0, each: Box::new(lognormal(1.0, 1.0)) });
    check(
        "loops",
        &Time::Again {
            times: 60.0,
            each: Box::new(Time::Either(vec![(0.9, constant(1.0)), (0.1, exponential(20.0))])),
        },
    );
}

#[test]
fn attempts_are_as_drawn() {
    let attempts = |timeout: f64, failure: f64, each: Time, gives_up: bool| Time::Attempts {
        timeout,
        attempts: 3.0,
        pauses: vec![1.0, 5.0],
        failure,
        each: Box::new(each),
        gives_up,
    };
    check("timeout", &attempts(20.0, 0.0, lognormal(10.0, 1.0), false));
    check("optional", &attempts(20.0, 0.0, lognormal(10.0, 1.0), true));
    check("failure", &attempts(20.0, 0.1, lognormal(10.0, 1.0), false));
    check("both", &attempts(20.0, 0.1, station(0.5, 10.0, 10.0, 1.0), true));
    let often = |failure: f64, gives_up: bool| Time::Attempts {
        timeout: 20.0,
        attempts: 40.0,
        pauses: vec![1.0, 5.0],
        failure,
        each: Box::new(lognormal(10.0, 1.0)),
        gives_up,
    };
    check("often", &often(0.9, false));
    check("often optional", &often(0.95, true));
    check("untimed", &attempts(f64::INFINITY, 0.3, lognormal(10.0, 1.0), false));
    check("fixed", &attempts(20.0, 0.2, constant(4.0), false));
    check(
        "inside",
        &Time::Sequence(vec![attempts(20.0, 0.05, exponential(4.0), false), lognormal(5.0, 0.5)]),
    );
    check("small", &Time::Sequence(vec![attempts(2.0, 0.05, exponential(0.4), false), lognormal(50.0, 0.5)]));
}

#[test]
fn a_line_before_one_server_is_as_drawn_customer_by_customer() {
    let service = Distribution::lognormal_from_mean(1.0, 2.0);
    let mut dice = Dice(11);
    let mut wait: f64 = 0.0;
    let mut responses: Vec<f64> = (0..600_000)
        .map(|_| {
            let takes = dice.leaf(&service);
            let response = wait + takes;
            // Customers come at random, with 0.6 of the server busy.
            wait = (response + libm::log(dice.share()) / 0.6).max(0.0);
            response
        })
        .collect();
    responses.sort_by(f64::total_cmp);
    let behind = Time::WaitsBehind { utilization: 0.6, service: service.clone() };
    let profile = profile(&Time::Sequence(vec![behind, Time::Takes(service)]), 256);
    for (p, value, exact) in [(0.5, profile.p50, 0.02), (0.9, profile.p90, 0.03), (0.99, profile.p99, 0.06)] {
        let drawn = responses[(600_000.0 * p) as usize];
        assert!((value / drawn - 1.0).abs() < exact, "p{p}: {value} instead of {drawn}");
    }
}

#[test]
fn the_wait_for_a_constant_service_is_as_erlang_and_crommelin_have_it() {
    let busy = 0.7;
    let exact = |t: f64| {
        let mut sum = 0.0;
        for served in 0..=t as usize {
            let rest = busy * (t - served as f64);
            let term = (1..=served).fold(libm::exp(rest), |term, index| -term * rest / index as f64);
            sum += term;
        }
        (1.0 - busy) * sum
    };
    let wait = Time::WaitsBehind { utilization: busy, service: Distribution::Constant(1.0) };
    for t in [0.0, 0.4, 1.5, 3.7, 6.2, 9.9] {
        let share = share_within(&wait, t);
        assert!((share - exact(t)).abs() < 1e-4, "{t}: {share} instead of {}", exact(t));
    }
    let found = profile(&wait, 256);
    for (p, t) in [(0.5, found.p50), (0.9, found.p90), (0.99, found.p99)] {
        assert!((exact(t) - p).abs() < 0.004 * (1.0 - p), "p{p}: {t} has {}", exact(t));
    }
}

#[test]
fn what_is_short_against_the_whole_keeps_its_mean() {
    // The first of three exponential times is one that is three times as short, for which there is a formula.
    let first = Time::Copies { needed: 1.0, of: 3.0, each: Box::new(exponential(0.7)) };
    let hedged = Time::Hedged { after: 0.0, each: Box::new(exponential(1.4)) };
    let long = || Time::Again { times: 7.0, each: Box::new(lognormal(21.0, 0.95)) };
    for (short, same) in [(first, exponential(0.7 / 3.0)), (hedged, exponential(0.7))] {
        for cells in [128, 256] {
            let found = profile(&Time::Sequence(vec![short.clone(), long()]), cells);
            let expected = profile(&Time::Sequence(vec![same.clone(), long()]), cells);
            for (found, expected) in
                [(found.p50, expected.p50), (found.p95, expected.p95), (found.p999, expected.p999)]
            {
                assert!((found / expected - 1.0).abs() < 1e-3, "{found} instead of {expected} in {cells}");
            }
        }
    }
}
