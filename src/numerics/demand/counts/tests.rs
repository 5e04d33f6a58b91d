use super::*;
use crate::numerics::random::Stream;

/// From 0 upwards, term by term with logarithms of factorials, and from far above downwards for high shares.
fn poisson_by_terms(mean: f64, p: f64) -> f64 {
    let term = |count: f64| libm::exp(count * libm::log(mean) - mean - libm::lgamma(count + 1.0));
    let mut sum = 0.0;
    if p <= 0.5 {
        for count in 0.. {
            sum += term(f64::from(count));
            if sum >= p {
                return f64::from(count);
            }
        }
    }
    let mut count = (mean + 40.0 * mean.sqrt() + 60.0).floor();
    loop {
        sum += term(count);
        if sum > 1.0 - p {
            return count;
        }
        count -= 1.0;
    }
}

const SHARES: [f64; 12] =
    [1e-12, 1e-6, 0.003, 0.05, 0.31, 0.5003, 0.77, 0.95, 0.99, 0.999, 0.999_999, 0.999_999_999_9];

#[test]
fn poisson_quantiles_are_those_of_terms_added_up() {
    for mean in [0.001, 0.3, 1.0, 2.777, 9.5, 64.0, 333.3, 999.0, 1001.0, 1003.7, 4321.0, 50_000.0] {
        for p in SHARES {
            assert_eq!(poisson_quantile(mean, p), poisson_by_terms(mean, p), "{mean} {p}");
        }
    }
}

#[test]
fn the_expansion_agrees_with_sums_where_both_can_be_had() {
    for mean in [1000.0_f64, 3000.5, 1e4, 1e6] {
        for step in 1..200 {
            let p = f64::from(step) / 200.0 + 0.000_123;
            let sum = summed(mean.floor(), |count| mean / (count + 1.0), p);
            assert!((poisson_by_expansion(mean, p) - sum).abs() < 1e-9, "{mean} {p}");
        }
        for p in SHARES {
            assert_eq!(poisson_by_expansion(mean, p), summed(mean.floor(), |count| mean / (count + 1.0), p));
        }
    }
}

#[test]
fn a_billion_is_summed_to_the_same_count() {
    for p in [1e-9, 0.05, 0.5, 0.95, 0.999, 0.999_999_9] {
        assert_eq!(poisson_quantile(1e9, p), summed(1e9, |count| 1e9 / (count + 1.0), p), "{p}");
    }
}

#[test]
fn poisson_quantiles_of_huge_means_are_where_the_distribution_passes() {
    // The normal quantile corrected for skewness; the count is the first whose upper half step lies beyond it.
    let normal = |mean: f64, z: f64| mean + z * mean.sqrt() + (z * z - 1.0) / 6.0;
    for mean in [1e6, 1e9, 1e12] {
        for p in [0.001, 0.05, 0.5, 0.95, 0.999] {
            let found = poisson_quantile(mean, p);
            let beyond = found + 0.5 - normal(mean, normal_quantile(p));
            assert!((-0.01..=1.01).contains(&beyond), "{mean} {p}: {found}");
        }
    }
    assert!((poisson_quantile(1e18, 0.999) / 1e18 - 1.0).abs() < 1e-8);
}

#[test]
fn poisson_shares_are_those_of_the_gamma_distribution() {
    for (count, mean) in [(1000.0, 1000.0), (1100.0, 1000.0), (900.0, 1001.0), (1e4, 1.02e4), (5e3, 4.8e3)] {
        let (below, above) = poisson_shares(count, mean);
        let (gamma_below, gamma_above) = gamma_shares(count + 1.0, mean);
        assert!((below / gamma_above - 1.0).abs() < 1e-8, "{count} {mean}: {below} {gamma_above}");
        assert!((above / gamma_below - 1.0).abs() < 1e-8, "{count} {mean}: {above} {gamma_below}");
    }
}

#[test]
fn bursts_have_the_negative_binomial_quantile() {
    // Known: with one success to wait for it is geometric, P(count > k) = q^(k+1).
    for dispersion in [1.5, 4.0, 50.0, 2000.0] {
        let (mean, q) = (dispersion - 1.0, 1.0 - 1.0 / dispersion);
        for p in SHARES {
            let right = (libm::log1p(-p) / libm::log(q) - 1.0 - 1e-9).ceil().max(0.0);
            assert_eq!(count_quantile(mean, dispersion, p), right, "{dispersion} {p}");
        }
    }
}

#[test]
fn bursts_agree_with_a_simulation_of_a_rate_that_varies() {
    // A Poisson number whose rate has itself an Erlang distribution of shape 4: mean 40, so the dispersion is 11.
    let mut stream = Stream::new("bursts", 1);
    let mut counts: Vec<u32> = (0..100_000)
        .map(|_| {
            let rate = -10.0 * (0..4).map(|_| libm::log(stream.next_share())).sum::<f64>();
            let (mut time, mut count) = (0.0, 0);
            loop {
                time -= libm::log(stream.next_share());
                if time > rate {
                    return count;
                }
                count += 1;
            }
        })
        .collect();
    counts.sort_unstable();
    for p in [0.05, 0.5, 0.9, 0.99] {
        let simulated = f64::from(counts[(p * 1e5) as usize]);
        assert!(
            (count_quantile(40.0, 11.0, p) - simulated).abs() <= 1.0 + 0.01 * simulated,
            "{p}: {simulated}"
        );
    }
}

#[test]
fn summed_and_approximate_bursts_meet() {
    for (mean, dispersion) in [(1e6, 8.9), (3e4, 299.0), (3100.0, 2900.0), (400.0, 2990.0)] {
        for p in [0.05, 0.5, 0.9, 0.999] {
            let sum = count_quantile(mean, dispersion, p);
            let (shape, deviation) = (mean / (dispersion - 1.0), (mean * dispersion).sqrt());
            let gamma = dispersion * gamma_quantile(mean / dispersion, p);
            assert!(
                (sum - gamma).abs() < 0.0007 * deviation.max(mean / 100.0) + 2.0,
                "{mean} {dispersion} {p}: {sum} {gamma}"
            );
            if shape > 1e4 {
                let skewness = (2.0 - 1.0 / dispersion) * (dispersion / mean).sqrt();
                let excess = 6.0 / shape + 1.0 / mean / dispersion;
                let near = mean + deviation * cornish_fisher(normal_quantile(p), skewness, excess);
                assert!(
                    (-0.02..=1.02).contains(&(sum + 0.5 - near)),
                    "{mean} {dispersion} {p}: {sum} {near}"
                );
            }
        }
    }
}

#[test]
fn quantiles_rise_with_the_share_the_mean_and_the_bursts() {
    let mut last = 0.0;
    for dispersion in [1.0, 1.0001, 1.2, 3.0, 40.0, 2999.0, 3001.0, 1e5] {
        let found = count_quantile(5e4, dispersion, 0.999);
        assert!(found >= last, "{dispersion}: {found} {last}");
        last = found;
    }
    for dispersion in [0.0, 0.3, 1.0, 6.0, 1e4] {
        let mut last = 0.0;
        for exponent in -12..60 {
            let found = count_quantile(libm::pow(10.0, f64::from(exponent) / 4.0), dispersion, 0.99);
            assert!(found >= last, "{dispersion} {exponent}: {found} {last}");
            last = found;
        }
    }
}

#[test]
fn hostile_numbers_give_an_answer_or_unknown() {
    let hostile = [0.0, -1.0, 0.5, 1.0, 1e-300, 1e-17, 1e300, 1e7, f64::INFINITY, f64::NAN];
    for mean in hostile {
        for dispersion in hostile.into_iter().chain([1.000_000_000_1, 2900.0]) {
            for p in hostile.into_iter().chain([1.0 - 1e-16]) {
                let known = mean >= 0.0 && dispersion >= 0.0 && (0.0..=1.0).contains(&p);
                let found = count_quantile(mean, dispersion, p);
                assert!(
                    !known || found >= 0.0 || dispersion.is_infinite(),
                    "{mean} {dispersion} {p}: {found}"
                );
                assert!(known || found.is_nan(), "{mean} {dispersion} {p}: {found}");
            }
        }
    }
    assert_eq!(count_quantile(7.2, 0.0, 0.999), 8.0);
}
