//! What needs no grid: shares above a time for compositions that have a formula.

use super::distribution::Distribution;
use super::functions::at_least;
use super::time::{Time, Trying, at_least_of, chances};

/// How many attempts are added up at most.
const MOST_ATTEMPTS: usize = 2_000;

/// How many values a formula may need at most.
const MOST_VALUES: f64 = 4_000.0;

/// Whether there is a formula, and a short one.
pub(super) fn has_formula(time: &Time) -> bool {
    // What begins later has a share at any time before, whether there is a formula for the rest or not: so a late time is asked for.
    values(time) <= MOST_VALUES && above(time, time.least()).is_some() && above(time, f64::MAX).is_some()
}

/// The share of runs that take longer than `t`, if there is a short formula.
pub(super) fn above_short(time: &Time, t: f64) -> Option<f64> {
    if values(time) <= MOST_VALUES { above(time, t) } else { None }
}

/// How many values of leaves a formula needs.
fn values(time: &Time) -> f64 {
    let inside: f64 = time.parts().iter().map(|part| values(part)).sum();
    match time {
        Time::Hedged { .. } => 2.0 * inside,
        Time::Attempts { attempts, .. } => (attempts.clamp(1.0, MOST_ATTEMPTS as f64) + 1.0) * inside,
        _ => inside.max(1.0),
    }
}

/// The share of runs that take longer than `t`, if there is a formula.
pub(super) fn above(time: &Time, t: f64) -> Option<f64> {
    if t < 0.0 {
        return Some(1.0);
    }
    match time {
        Time::Nothing => Some(0.0),
        Time::Takes(distribution) => Some(distribution.above(t)),
        Time::Waits { chance, conditional } => {
            let chance = chance.clamp(0.0, 1.0);
            Some(if *conditional <= 0.0 { 0.0 } else { chance * libm::exp(-t / conditional) })
        }
        Time::WaitsBehind { utilization, service } => match wait_of(time) {
            Some((chance, conditional)) => above(&Time::Waits { chance, conditional }, t),
            None if *utilization <= 0.0 => Some(0.0),
            None if *utilization >= 1.0 || service.mean().is_infinite() => Some(1.0),
            None => None,
        },
        Time::Sequence(parts) => sequence(parts, t),
        Time::All(parts) => {
            let mut log = 0.0;
            for part in parts {
                log += libm::log1p(-above(part, t)?);
            }
            Some(-libm::expm1(log))
        }
        Time::First { count, of } => {
            let shares: Option<Vec<f64>> =
                of.iter().map(|part| above(part, t).map(|left| 1.0 - left)).collect();
            Some(1.0 - at_least_of(*count, &shares?))
        }
        Time::Copies { needed, of, each } => {
            let left = above(each, t)?;
            if needed == of && *needed > 0.0 {
                return Some(-libm::expm1(of * libm::log1p(-left)));
            }
            Some(1.0 - at_least(*needed, *of, 1.0 - left, left))
        }
        Time::Either(branches) => {
            let mut sum = 0.0;
            for (chance, branch) in chances(branches).0 {
                if chance > 0.0 {
                    sum += chance * above(branch, t)?;
                }
            }
            Some(sum)
        }
        Time::Again { times, each } => {
            let times = times.max(0.0);
            match each.as_ref() {
                _ if times == 0.0 => Some(0.0),
                _ if times <= 1.0 => above(each, t).map(|left| times * left),
                Time::Nothing => Some(0.0),
                Time::Takes(Distribution::Constant(value)) => {
                    let whole = times.floor();
                    let (low, high) = (whole * value, (whole + 1.0) * value);
                    Some(if t < low {
                        1.0
                    } else if t < high {
                        times - whole
                    } else {
                        0.0
                    })
                }
                _ => None,
            }
        }
        Time::Hedged { after, each } => {
            let after = after.max(0.0);
            let first = above(each, t)?;
            Some(if t < after { first } else { first * above(each, t - after)? })
        }
        Time::Attempts { .. } => attempts(&Trying::of(time)?, t),
    }
}

fn sequence(parts: &[Time], t: f64) -> Option<f64> {
    let mut offset = 0.0;
    let mut others = Vec::new();
    collect(parts, &mut offset, &mut others);
    let t = t - offset;
    match others.as_slice() {
        [] => Some(if t < 0.0 { 1.0 } else { 0.0 }),
        [only] => above(only, t),
        [one, other] => {
            let (chance, conditional, mean) = match (wait_of(one), mean_of(other)) {
                (Some((chance, conditional)), Some(mean)) => (chance, conditional, mean),
                _ => {
                    let (chance, conditional) = wait_of(other)?;
                    (chance, conditional, mean_of(one)?)
                }
            };
            Some(if t < 0.0 { 1.0 } else { station(chance, conditional, mean, t) })
        }
        _ => None,
    }
}

fn collect<'a>(parts: &'a [Time], offset: &mut f64, others: &mut Vec<&'a Time>) {
    for part in parts {
        match part {
            Time::Nothing => {}
            Time::Takes(Distribution::Constant(value)) => *offset += value.max(0.0),
            Time::Sequence(inner) => collect(inner, offset, others),
            other => others.push(other),
        }
    }
}

/// Chance and mean of a wait that is exponential, if there is one.
fn wait_of(time: &Time) -> Option<(f64, f64)> {
    match time {
        Time::Waits { chance, conditional } => Some((chance.clamp(0.0, 1.0), conditional.max(0.0))),
        Time::Takes(Distribution::Exponential { mean }) => Some((1.0, mean.max(0.0))),
        Time::WaitsBehind { utilization, service: Distribution::Exponential { mean } }
            if (0.0..1.0).contains(utilization) =>
        {
            Some((*utilization, mean.max(0.0) / (1.0 - utilization)))
        }
        _ => None,
    }
}

fn mean_of(time: &Time) -> Option<f64> {
    match time {
        Time::Takes(Distribution::Exponential { mean }) => Some(mean.max(0.0)),
        _ => None,
    }
}

/// A wait and an exponential service: the response of M/M/c.
fn station(chance: f64, wait: f64, service: f64, t: f64) -> f64 {
    let end = |mean: f64| if mean <= 0.0 { 0.0 } else { libm::exp(-t / mean) };
    if wait.is_infinite() || service.is_infinite() {
        return if service.is_infinite() { 1.0 } else { chance + (1.0 - chance) * end(service) };
    }
    // The sum of both: the divided difference of `mean * exp(-t / mean)`.
    let (short, long) = if wait < service { (wait, service) } else { (service, wait) };
    let both = if short <= 0.0 {
        end(long)
    } else {
        // exp(-t / long) * (1 + short / (long - short) * (1 - exp(-t (1 / short - 1 / long))))
        let apart = (long - short) / long;
        let x = t / short;
        let factor =
            if apart * x < 1e-8 { x * (1.0 - apart * x / 2.0) } else { -libm::expm1(-x * apart) / apart };
        end(long) * (1.0 + factor * (short / long))
    };
    ((1.0 - chance) * end(service) + chance * both).clamp(0.0, 1.0)
}

fn attempts(trying: &Trying, t: f64) -> Option<f64> {
    let timeout = trying.timeout;
    let within = if timeout.is_infinite() {
        // Without a timeout only what fails by itself is tried again.
        if trying.failure > 0.0 {
            return None;
        }
        return above(trying.each, t);
    } else {
        1.0 - above(trying.each, timeout)?
    };
    if trying.failure > 0.0 {
        return None;
    }
    let late = 1.0 - within;
    let none = trying.all(late);
    if none >= 1.0 && !trying.gives_up {
        return Some(1.0);
    }
    let (mut start, mut reached, mut share) = (0.0, 1.0, 0.0);
    let mut attempt = 0;
    while (attempt as f64) < trying.attempts && start <= t && reached > 1e-17 && attempt < MOST_ATTEMPTS {
        let inside = (t - start).min(timeout);
        share += reached * (1.0 - above(trying.each, inside)?);
        attempt += 1;
        reached *= late;
        start += timeout;
        if (attempt as f64) < trying.attempts {
            start += trying.pause_after(attempt);
        }
    }
    if !trying.gives_up {
        return Some((1.0 - share / (1.0 - none)).clamp(0.0, 1.0));
    }
    if attempt as f64 >= trying.attempts && start <= t {
        share += reached;
    }
    Some((1.0 - share).clamp(0.0, 1.0))
}
