//! Timeouts that hardly ever run out. A call that is given a second and takes ten milliseconds is just a call, and a
//! composition without its timeout is calculated many times faster.

use super::time::Time;

impl Time {
    /// The same, without the timeouts that run out in less than a share `negligible` of the calls. Attempts that fail by
    /// themselves are kept.
    pub fn without_idle_timeouts(self, negligible: f64) -> Self {
        let all = |parts: Vec<Self>| -> Vec<Self> {
            parts.into_iter().map(|part| part.without_idle_timeouts(negligible)).collect()
        };
        let inner = |each: Box<Self>| Box::new(each.without_idle_timeouts(negligible));
        match self {
            Self::Attempts { timeout, attempts, pauses, failure, each, gives_up } => {
                let each = inner(each);
                if failure == 0.0 && attempts >= 1.0 && each.rarely_exceeded(negligible) <= timeout {
                    return *each;
                }
                Self::Attempts { timeout, attempts, pauses, failure, each, gives_up }
            }
            Self::Sequence(parts) => Self::Sequence(all(parts)),
            Self::All(parts) => Self::All(all(parts)),
            Self::First { count, of } => Self::First { count, of: all(of) },
            Self::Copies { needed, of, each } => Self::Copies { needed, of, each: inner(each) },
            Self::Either(ways) => {
                let way = |(chance, part): (f64, Self)| (chance, part.without_idle_timeouts(negligible));
                Self::Either(ways.into_iter().map(way).collect())
            }
            Self::Again { times, each } => Self::Again { times, each: inner(each) },
            Self::Hedged { after, each } => Self::Hedged { after, each: inner(each) },
            other => other,
        }
    }

    /// A time that is exceeded in at most this share of the runs, by adding up what each part may contribute to that
    /// share. Not the least such time.
    fn rarely_exceeded(&self, share: f64) -> f64 {
        let each_of = |parts: usize| share / parts.max(1) as f64;
        let sum = |parts: &[Self]| -> f64 {
            parts.iter().map(|part| part.rarely_exceeded(each_of(parts.len()))).sum()
        };
        let most = |parts: &[Self]| {
            let times = parts.iter().map(|part| part.rarely_exceeded(each_of(parts.len())));
            times.fold(0.0, larger)
        };
        match self {
            Self::Nothing => 0.0,
            Self::Takes(distribution) => distribution.quantile(1.0 - share),
            Self::Waits { chance, conditional } if *chance > share => conditional * libm::log(chance / share),
            Self::Waits { chance, conditional } if chance.is_nan() || conditional.is_nan() => f64::NAN,
            Self::Waits { .. } => 0.0,
            // Nothing that can be said without calculating it.
            Self::WaitsBehind { .. } => f64::INFINITY,
            Self::Sequence(parts) => sum(parts),
            Self::All(parts) => most(parts),
            Self::First { of, .. } => most(of),
            Self::Copies { of, each, .. } => each.rarely_exceeded(share / of.max(1.0)),
            Self::Either(ways) => ways.iter().map(|(_, part)| part.rarely_exceeded(share)).fold(0.0, larger),
            Self::Again { times, each } => {
                let times = times.max(0.0).ceil();
                if times == 0.0 { 0.0 } else { times * each.rarely_exceeded(share / times) }
            }
            Self::Hedged { each, .. } => each.rarely_exceeded(share),
            // No attempt lasts longer than its timeout.
            Self::Attempts { timeout, attempts, pauses, each, .. } => {
                let tries = attempts.max(1.0).ceil();
                let longest = match timeout.is_finite() {
                    true => *timeout,
                    false => each.rarely_exceeded(share / tries),
                };
                tries * longest + paused(pauses, tries - 1.0)
            }
        }
    }
}

/// All pauses before so many further attempts; the last one repeats.
fn paused(pauses: &[f64], further: f64) -> f64 {
    let written: f64 =
        pauses.iter().zip(1..).filter(|(_, at)| f64::from(*at) <= further).map(|(pause, _)| pause).sum();
    let more = (further - pauses.len() as f64).max(0.0);
    let repeated = pauses.last().copied().unwrap_or(0.0);
    if more > 0.0 { written + more * repeated } else { written }
}

/// The larger one; not a number when one is none.
fn larger(a: f64, b: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) }
}

#[cfg(test)]
mod tests {
    use super::super::{Distribution, percentile, share_within};
    use super::*;

    fn call(timeout: f64) -> Time {
        let parts = vec![
            Time::Waits { chance: 0.5, conditional: 0.002 },
            Time::Takes(Distribution::from_p50_p99(0.005, 0.02)),
            Time::Either(vec![(0.9, Time::Nothing), (0.1, Time::Takes(Distribution::from_mean(0.02)))]),
        ];
        let each = Box::new(Time::Sequence(parts));
        Time::Attempts { timeout, attempts: 3.0, pauses: vec![0.01], failure: 0.0, each, gives_up: false }
    }

    #[test]
    fn a_timeout_that_never_runs_out_is_left_out_and_changes_nothing() {
        let short = call(5.0).without_idle_timeouts(1e-9);
        assert!(matches!(short, Time::Sequence(_)));
        for share in [0.5, 0.95, 0.99, 0.999] {
            let (with, without) = (percentile(&call(5.0), share, 1024), percentile(&short, share, 1024));
            assert!((with / without - 1.0).abs() < 1e-3, "{share}: {with} {without}");
        }
    }

    #[test]
    fn a_timeout_that_matters_is_kept() {
        assert!(matches!(call(0.03).without_idle_timeouts(1e-9), Time::Attempts { .. }));
        let Time::Attempts { timeout, attempts, pauses, each, gives_up, .. } = call(5.0) else {
            panic!("a call has a timeout")
        };
        let failing = Time::Attempts { timeout, attempts, pauses, failure: 0.1, each, gives_up };
        assert!(matches!(failing.without_idle_timeouts(1e-9), Time::Attempts { .. }));
    }

    #[test]
    fn a_timeout_around_one_that_runs_out_is_left_out_when_it_is_long_enough() {
        let outer = |timeout| Time::Attempts {
            timeout,
            attempts: 1.0,
            pauses: Vec::new(),
            failure: 0.0,
            each: Box::new(call(0.03)),
            gives_up: false,
        };
        // Three attempts of 30 ms and two pauses of 10 ms last 110 ms at most.
        assert_eq!(outer(0.111).without_idle_timeouts(1e-9), call(0.03));
        assert!(matches!(outer(0.109).without_idle_timeouts(1e-9), Time::Attempts { timeout: 0.109, .. }));
    }

    #[test]
    fn the_bound_is_exceeded_no_more_often_than_it_says() {
        let Time::Attempts { each, .. } = call(1.0) else { panic!("a call has a timeout") };
        for share in [0.1, 0.01, 0.001] {
            let bound = each.rarely_exceeded(share);
            assert!(1.0 - share_within(&each, bound) <= share, "{share}");
        }
    }
}
