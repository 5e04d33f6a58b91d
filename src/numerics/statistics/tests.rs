use super::*;
use crate::numerics::random::{Spread, Stream, samples, uniforms};

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

/// Type 7 by a full sort.
fn by_sorting(values: &[f64], share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_by(f64::total_cmp);
    let exact = share * (sorted.len() - 1) as f64;
    let rank = exact.floor() as usize;
    let next = (rank + 1).min(sorted.len() - 1);
    sorted[rank] + (exact - rank as f64) * (sorted[next] - sorted[rank])
}

#[test]
fn percentiles_by_selection_are_those_of_a_full_sort() {
    let mut stream = Stream::new("selection", 1);
    for round in 0..400 {
        let count = 1 + stream.next_below(300);
        let values: Vec<f64> = (0..count)
            .map(|_| match stream.next_below(12) {
                0 => NAN,
                1 => 3.0,
                _ => (stream.next_share() - 0.5) * 1000.0,
            })
            .collect();
        if values.iter().all(|value| value.is_nan()) {
            continue;
        }
        let mut wanted: Vec<f64> = (0..stream.next_below(9)).map(|_| stream.next_share()).collect();
        wanted.extend([0.95, 0.05, 0.5, 0.0, 1.0, 0.5]);
        let right: Vec<f64> = wanted.iter().map(|share| by_sorting(&values, *share)).collect();
        let found = percentiles(&values, &wanted);
        for (found, right) in found.iter().zip(right) {
            assert!((found - right).abs() < 1e-8, "round {round}: {found} for {right}");
        }
    }
}

#[test]
fn known_percentiles_of_type_seven() {
    assert_eq!(percentiles(&[4.0, 1.0, 3.0, 2.0], &[0.25, 0.5, 0.9]), [1.75, 2.5, 3.7]);
    assert_eq!(percentiles(&[15.0, 20.0, 35.0, 40.0, 50.0], &[0.4]), [29.0]);
    assert_eq!(percentiles(&[7.0], &[0.0, 0.3, 1.0]), [7.0, 7.0, 7.0]);
}

#[test]
fn percentiles_among_infinities_are_infinite_and_never_nan() {
    let values = [INF, 1.0, NAN, INF, 2.0, 3.0];
    assert_eq!(percentiles(&values, &[0.0, 0.25, 0.5, 0.6, 0.8, 1.0]), [1.0, 2.0, 3.0, INF, INF, INF]);
    assert_eq!(percentiles(&[INF; 9], &[0.5, 0.33]), [INF, INF]);
    assert_eq!(percentiles(&[-INF, 1.0, -INF, INF], &[0.1, 0.5, 0.9]), [-INF, -INF, INF]);
    assert_eq!(percentiles(&[-f64::MAX, f64::MAX], &[0.5]), [0.0]);
    // 0.07 of 100 is a little above 7 in binary; the seventh value is meant, not the infinite one behind it.
    let edge: Vec<f64> = (0..101).map(|index| if index > 7 { INF } else { f64::from(index) }).collect();
    assert_eq!(percentiles(&edge, &[0.07]), [7.0]);
}

#[test]
fn percentiles_of_nothing_are_unknown() {
    assert!(percentiles(&[], &[0.5])[0].is_nan());
    assert!(percentiles(&[NAN, NAN], &[0.5])[0].is_nan());
    assert!(percentiles(&[1.0, 2.0], &[NAN, -0.1, 1.1, INF]).iter().all(|value| value.is_nan()));
    assert!(percentiles(&[1.0], &[]).is_empty());
    assert_eq!(missing(&[NAN, 1.0, INF, NAN]), 2);
}

#[test]
fn percentiles_of_stratified_samples_are_nearly_exact() {
    for seed in 0..20 {
        let values = samples(Spread::Lognormal { low: 1.0, high: 10.0 }, "x", seed, 20_000);
        let found = percentiles(&values, &[0.05, 0.5, 0.95]);
        for (found, right) in found.iter().zip([1.0, 10.0_f64.sqrt(), 10.0]) {
            assert!((found / right - 1.0).abs() < 0.005, "{found} {right}");
        }
    }
}

#[test]
fn shares_leave_missing_values_out() {
    assert_eq!(share(&[1.0, NAN, 3.0, INF, 4.0], |value| value > 2.0), 0.75);
    assert_eq!(share(&[1.0, INF], f64::is_infinite), 0.5);
    assert!(share(&[NAN], |_| true).is_nan());
    assert!((probability_error(0.1, 100) - 0.03).abs() < 1e-15);
    assert_eq!(probability_error(0.0, 100), 0.0);
}

#[test]
fn a_mean_tells_infinities_apart() {
    let mean_of = mean(&[1.0, INF, 3.0, NAN, INF]);
    assert_eq!(mean_of, Mean { of_finite: 2.0, infinite_share: 0.5, missing: 1 });
    assert_eq!(mean(&[f64::MAX; 1000]).of_finite, f64::MAX);
    assert!(mean(&[INF]).of_finite.is_nan());
    assert_eq!(mean(&[INF]).infinite_share, 1.0);
    assert!(mean(&[]).of_finite.is_nan());
    let many: Vec<f64> = (0..100_000).map(|_| 0.1).collect();
    assert!((mean(&many).of_finite - 0.1).abs() < 1e-15);
}

#[test]
fn equal_values_share_their_mean_rank() {
    assert_eq!(ranks(&[30.0, 10.0, 20.0, 20.0, -5.0]), [5.0, 2.0, 3.5, 3.5, 1.0]);
    assert_eq!(ranks(&[0.0, -0.0, -INF, INF, -1.0, 1e-320, -1e-320]), [4.5, 4.5, 1.0, 7.0, 2.0, 6.0, 3.0]);
    let found = ranks(&[2.0, NAN, 1.0]);
    assert!(found[0] == 2.0 && found[1].is_nan() && found[2] == 1.0);
    assert!(ranks(&[]).is_empty());
}

/// Pearson's correlation of ranks that are counted pair by pair.
fn by_counting(one: &[f64], other: &[f64]) -> f64 {
    let pairs: Vec<(f64, f64)> =
        one.iter().zip(other).map(|(a, b)| (*a, *b)).filter(|(a, b)| !a.is_nan() && !b.is_nan()).collect();
    let rank = |value: f64, of: &dyn Fn(&(f64, f64)) -> f64| {
        pairs
            .iter()
            .map(|pair| match of(pair) {
                x if x < value => 1.0,
                x if x == value => 0.5,
                _ => 0.0,
            })
            .sum::<f64>()
    };
    let (first, second): (Vec<f64>, Vec<f64>) =
        pairs.iter().map(|(a, b)| (rank(*a, &|pair| pair.0), rank(*b, &|pair| pair.1))).unzip();
    let count = pairs.len() as f64;
    let mean = |of: &[f64]| of.iter().sum::<f64>() / count;
    let (one_mean, other_mean) = (mean(&first), mean(&second));
    let product = |a: &[f64], a_mean: f64, b: &[f64], b_mean: f64| {
        a.iter().zip(b).map(|(a, b)| (a - a_mean) * (b - b_mean)).sum::<f64>()
    };
    product(&first, one_mean, &second, other_mean)
        / (product(&first, one_mean, &first, one_mean) * product(&second, other_mean, &second, other_mean))
            .sqrt()
}

#[test]
fn the_rank_correlation_is_that_of_counted_ranks() {
    let mut stream = Stream::new("pairs", 2);
    for _ in 0..200 {
        let count = 3 + stream.next_below(60);
        let mut draw = || match stream.next_below(15) {
            0 => NAN,
            1 => INF,
            place if place < 8 => place as f64,
            _ => stream.next_share() * 10.0,
        };
        let one: Vec<f64> = (0..count).map(|_| draw()).collect();
        let other: Vec<f64> = one.iter().map(|value| draw() + value).collect();
        let right = by_counting(&one, &other);
        if right.is_finite() {
            assert!((rank_correlation(&one, &other) - right).abs() < 1e-12);
        }
    }
}

#[test]
fn the_rank_correlation_sees_order_and_not_shape() {
    let a = uniforms("a", 1, 5000);
    let steep: Vec<f64> = a.iter().map(|u| libm::exp(20.0 * u)).collect();
    let falling: Vec<f64> = a.iter().map(|u| -u * u).collect();
    assert_eq!(rank_correlation(&a, &steep), 1.0);
    assert_eq!(rank_correlation(&a, &falling), -1.0);
    assert_eq!(rank_correlation(&a, &[4.0; 5000]), 0.0);
    assert_eq!(rank_correlation(&a, &[NAN; 5000]), 0.0);
    assert_eq!(rank_correlation(&[], &[]), 0.0);
    assert_eq!(rank_correlation(&[1.0, 2.0, 3.0], &[1.0, 2.0]), 1.0);
    assert_eq!(Ranks::of(&[1.0, NAN]).missing(), 1);
    // Known: 1 - 6 * sum of squared differences / (n (n^2 - 1)) with the differences 1 1 0 0.
    assert!((rank_correlation(&[1.0, 2.0, 3.0, 4.0], &[2.0, 1.0, 3.0, 4.0]) - 0.8).abs() < 1e-15);
}

#[test]
fn percentiles_of_many_values_are_those_of_sorted_ones() {
    let mut state = 7_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    for shape in 0..5 {
        let values: Vec<f64> = (0..20_000)
            .map(|_| match shape {
                0 => next(),
                1 => (20.0 * next()).exp(),
                2 => (next() * 7.0).floor(),
                3 => -1e300 + 2e300 * next(),
                _ if next() < 0.001 => NAN,
                _ => next() * 1e-300,
            })
            .collect();
        let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        sorted.sort_by(f64::total_cmp);
        let shares = [0.0, 0.05, 0.5, 0.501, 0.95, 1.0];
        for (share, found) in shares.iter().zip(percentiles(&values, &shares)) {
            let exact = share * (sorted.len() - 1) as f64;
            let (low, high) = (sorted[exact.floor() as usize], sorted[exact.ceil() as usize]);
            let wanted = low + (high - low) * exact.fract();
            assert!((found - wanted).abs() <= 1e-9 * wanted.abs(), "{shape} {share}: {found} {wanted}");
        }
    }
}
