//! What accumulates while traffic grows and old records leave.
//!
//! A period is whatever the growth is stated for, mostly a month. Period 1 is the first: it takes in `per_period`, the
//! second takes in `1 + growth` times as much. Amounts are those at the end of a period.

/// By how much something has grown after some periods: 7% a month is the factor 2.25 a year.
///
/// NaN when more than everything is lost in each period.
pub fn factor(growth: f64, periods: f64) -> f64 {
    if periods == 0.0 && growth >= -1.0 { 1.0 } else { libm::exp(periods * libm::log1p(growth)) }
}

/// How many times the first period's amount comes together in some periods.
fn sum_of_factors(growth: f64, periods: f64) -> f64 {
    if periods <= 0.0 {
        0.0
    } else if growth.abs() < 1e-300 {
        periods
    } else {
        libm::expm1(periods * libm::log1p(growth)) / growth
    }
}

/// A product in which nothing stays nothing, whatever the other number is.
fn times(one: f64, other: f64) -> f64 {
    if (one == 0.0 && !other.is_nan()) || (other == 0.0 && !one.is_nan()) { 0.0 } else { one * other }
}

/// What has come in until the end of a period, when nothing leaves.
pub fn accumulated(per_period: f64, growth: f64, periods: f64) -> f64 {
    times(per_period, sum_of_factors(growth, periods))
}

/// What is there at the end of a period, when everything leaves after `retention` periods.
pub fn kept(per_period: f64, growth: f64, periods: f64, retention: Option<f64>) -> f64 {
    match retention {
        // What came in during the last periods, and not a difference of two large numbers.
        Some(retention) if retention < periods => {
            let retention = retention.max(0.0);
            times(accumulated(per_period, growth, retention), factor(growth, periods - retention))
        }
        Some(retention) if retention.is_nan() => f64::NAN,
        _ => accumulated(per_period, growth, periods),
    }
}

/// The mean of what is there at the beginning and at the end of a period, which is what storage is billed by.
pub fn kept_on_average(per_period: f64, growth: f64, periods: f64, retention: Option<f64>) -> f64 {
    let before = kept(per_period, growth, (periods - 1.0).max(0.0), retention);
    before / 2.0 + kept(per_period, growth, periods, retention) / 2.0
}

/// The first whole period at whose end more than a limit is there; `None` when that never comes.
pub fn periods_until(limit: f64, per_period: f64, growth: f64, retention: Option<f64>) -> Option<f64> {
    let at = |periods: f64| kept(per_period, growth, periods, retention);
    if limit < 0.0 {
        return Some(0.0);
    }
    let rate = libm::log1p(growth);
    // The solution of the equation, which whole periods are then sought around.
    let filling = if growth.abs() < 1e-300 {
        limit / per_period
    } else {
        libm::log1p(limit / per_period * growth) / rate
    };
    let solution = match retention {
        // Once records leave, only growth adds.
        Some(retention) if filling.is_nan() || filling > retention => {
            let full = accumulated(per_period, growth, retention);
            // With a retention that is no whole number of periods, the end of the period in which it falls may be the
            // most.
            if growth > 0.0 { retention + (libm::log(limit / full) / rate).max(0.0) } else { retention }
        }
        _ => filling,
    };
    if !solution.is_finite() {
        return None;
    }
    let first = (solution.floor() - 1.0).max(0.0);
    let near = [0.0, 1.0, 2.0, 3.0].map(|more| first + more);
    // After very many periods one more is lost in rounding.
    let far = (solution * (1.0 + 1e-12)).ceil() + 1.0;
    near.into_iter().chain([far]).find(|periods| at(*periods) > limit)
}

/// After how many periods something has doubled; infinite without growth.
pub fn doubling(growth: f64) -> f64 {
    if growth <= 0.0 { f64::INFINITY } else { std::f64::consts::LN_2 / libm::log1p(growth) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, right: f64) {
        assert!((found / right - 1.0).abs() < 1e-12, "{found} for {right}");
    }

    #[test]
    fn seven_percent_a_month_of_a_million_users() {
        let per_month = 1e6 * 2e6 * 30.0 * 0.5 * 3.0;
        near(accumulated(per_month, 0.07, 12.0), 1_609_960_614_378_201.5);
        near(kept(per_month, 0.07, 24.0, None), 5_235_900_368_638_986.0);
        near(kept(per_month, 0.07, 36.0, None), 1.340_221_138_526_38e16);
        near(kept(per_month, 0.07, 36.0, Some(12.0)), 8_166_311_016_624_814.0);
        assert_eq!(periods_until(5e15, per_month, 0.07, None), Some(24.0));
        near(1e6 * factor(0.07, 36.0), 11_423_942.188_538_512);
        near(factor(0.07, 12.0), 2.252_191_588_960_823_5);
        near(accumulated(per_month, 0.0, 36.0), 3.24e15);
        near(doubling(0.07), 10.244_768_351_058_72);
    }

    /// What is there at the end of each period, kept as the list of what came in.
    fn by_loop(growth: f64, periods: usize, retention: Option<usize>) -> f64 {
        let mut incoming = 5.0;
        let mut there = std::collections::VecDeque::new();
        for _ in 0..periods {
            there.push_back(incoming);
            incoming *= 1.0 + growth;
            if retention.is_some_and(|retention| there.len() > retention) {
                there.pop_front();
            }
        }
        there.iter().sum()
    }

    #[test]
    fn a_loop_over_the_periods_gives_the_same() {
        for growth in [-0.9, -0.2, -1e-9, 0.0, 1e-15, 1e-6, 0.03, 0.5, 2.0] {
            for periods in [1, 2, 7, 36, 120] {
                for retention in [None, Some(1), Some(3), Some(36)] {
                    let found = kept(5.0, growth, periods as f64, retention.map(|whole| whole as f64));
                    let right = by_loop(growth, periods, retention);
                    assert!(
                        (found / right - 1.0).abs() < 1e-9,
                        "{growth} {periods} {retention:?}: {found} {right}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_first_period_beyond_a_limit_is_that_of_a_loop() {
        for growth in [-0.3, -0.01, 0.0, 0.01, 0.07, 1.0] {
            for retention in [None, Some(1), Some(4), Some(12)] {
                for limit in [0.0, 4.0, 5.0, 9.99, 19.0, 61.0, 1234.5] {
                    let right =
                        (0..700).find(|periods| by_loop(growth, *periods, retention) > limit * (1.0 + 1e-12));
                    let found = periods_until(limit, 5.0, growth, retention.map(|whole| whole as f64));
                    assert_eq!(found, right.map(|whole| whole as f64), "{growth} {retention:?} {limit}");
                }
            }
        }
        assert_eq!(periods_until(-1.0, 5.0, 0.1, None), Some(0.0));
        assert_eq!(periods_until(10.0, 0.0, 0.1, None), None);
        assert_eq!(periods_until(f64::INFINITY, 5.0, 0.1, None), None);
        assert_eq!(periods_until(f64::NAN, 5.0, 0.1, Some(3.0)), None);
        assert_eq!(periods_until(10.0, 5.0, f64::NAN, None), None);
        let ages = periods_until(1e20, 1.0, 1e-18, None).unwrap();
        assert!((ages / 4.615_120_516_841_26e18 - 1.0).abs() < 1e-9, "{ages}");
    }

    #[test]
    fn the_average_lies_between_beginning_and_end() {
        near(kept_on_average(10.0, 0.0, 1.0, None), 5.0);
        near(kept_on_average(10.0, 0.1, 3.0, None), (21.0 + 33.1) / 2.0);
        near(kept_on_average(10.0, 0.0, 9.0, Some(4.0)), 40.0);
    }

    #[test]
    fn limits_and_hostile_numbers() {
        assert_eq!(accumulated(5.0, 0.1, 0.0), 0.0);
        assert_eq!(accumulated(5.0, 0.1, -3.0), 0.0);
        assert_eq!(accumulated(5.0, -1.0, 8.0), 5.0);
        assert_eq!(accumulated(5.0, -0.5, f64::INFINITY), 10.0);
        assert_eq!(accumulated(5.0, 0.0, f64::INFINITY), f64::INFINITY);
        assert_eq!(accumulated(0.0, 1.0, f64::INFINITY), 0.0);
        assert_eq!(kept(5.0, 0.1, 10.0, Some(0.0)), 0.0);
        assert_eq!(kept(5.0, 0.1, 10.0, Some(-1.0)), 0.0);
        assert_eq!(factor(-1.0, 0.0), 1.0);
        assert_eq!(factor(-1.0, 3.0), 0.0);
        assert_eq!(doubling(-0.1), f64::INFINITY);
        assert!(kept(5.0, 0.1, 10.0, Some(f64::NAN)).is_nan());
        assert!(
            accumulated(5.0, -2.0, 3.0).is_nan()
                && factor(-2.0, 3.0).is_nan()
                && factor(f64::NAN, 0.0).is_nan()
        );
        near(accumulated(5.0, 1e-290, 7.0), 35.0);
    }
}
