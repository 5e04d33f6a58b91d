use super::*;
use crate::numerics::special::{normal_cdf, normal_quantile};

const SPREADS: [Spread; 6] = [
    Spread::Lognormal { low: 5e6, high: 20e6 },
    Spread::Logitnormal { low: 0.6, high: 0.99 },
    Spread::Normal { low: -3.0, high: 8.0, cut: false },
    Spread::Normal { low: 0.2, high: 1.1, cut: true },
    Spread::Uniform { least: -2.0, most: 7.0 },
    Spread::Triangular { least: 1.0, likely: 2.0, most: 10.0 },
];

/// The share of a spread at or below `x`, written from the definitions of the distributions.
fn share_below(spread: Spread, x: f64) -> f64 {
    let score = |low: f64, high: f64, x: f64| {
        normal_cdf((x - (low + high) / 2.0) / ((high - low) / 2.0 / 1.644_853_626_951_472_7))
    };
    match spread {
        Spread::Lognormal { low, high } => score(libm::log(low), libm::log(high), libm::log(x)),
        Spread::Logitnormal { low, high } => {
            let logit = |p: f64| libm::log(p / (1.0 - p));
            score(logit(low), logit(high), logit(x))
        }
        Spread::Normal { low, high, cut } => match x {
            _ if cut && x >= 1.0 => 1.0,
            _ => score(low, high, x),
        },
        Spread::Uniform { least, most } => (x - least) / (most - least),
        Spread::Triangular { least, likely, most } if x < likely => {
            (x - least) * (x - least) / (most - least) / (likely - least)
        }
        Spread::Triangular { least, likely, most } => {
            1.0 - (most - x) * (most - x) / (most - least) / (most - likely)
        }
    }
}

#[test]
fn the_fast_normal_quantile_agrees_with_the_refined_one() {
    for step in 1..20_000 {
        let p = f64::from(step) / 20_000.0;
        assert!(
            (standard_normal(p) - normal_quantile(p)).abs() < 4e-15 * (1.0 + standard_normal(p).abs()),
            "{p}"
        );
    }
    for exponent in 1..600 {
        let p = libm::pow(10.0, -f64::from(exponent) / 2.0);
        let (fast, refined) = (standard_normal(p), normal_quantile(p));
        assert!((fast / refined - 1.0).abs() < 1e-14, "{p}: {fast} {refined}");
    }
}

#[test]
fn quantiles_invert_the_distribution_functions() {
    for spread in SPREADS {
        for step in 1..1000 {
            let p = f64::from(step) / 1000.0;
            let x = quantile(spread, p);
            if matches!(spread, Spread::Normal { cut: true, .. }) && (x <= 0.0 || x >= 1.0) {
                continue;
            }
            assert!((share_below(spread, x) - p).abs() < 1e-12, "{spread:?} {p} {x}");
        }
    }
}

#[test]
fn the_stated_percentiles_are_the_fifth_and_the_ninety_fifth() {
    for (low, high) in [(5e6, 20e6), (0.01, 0.02), (1e-300, 1e300)] {
        assert!((quantile(Spread::Lognormal { low, high }, 0.05) / low - 1.0).abs() < 1e-12);
        assert!((quantile(Spread::Lognormal { low, high }, 0.95) / high - 1.0).abs() < 1e-12);
    }
    let spread = Spread::Logitnormal { low: 0.99, high: 0.9999 };
    assert!((quantile(spread, 0.05) - 0.99).abs() < 1e-14);
    assert!((quantile(spread, 0.95) - 0.9999).abs() < 1e-14);
}

#[test]
fn samples_follow_their_distribution() {
    for spread in SPREADS {
        let mut values = samples(spread, "x", 7, 20_000);
        values.sort_by(f64::total_cmp);
        // Kolmogorov's distance; independent draws would give about 0.006, blocks of strata at most 1/250 at any place.
        let far = values
            .iter()
            .enumerate()
            .filter(|(_, x)| !matches!(spread, Spread::Normal { cut: true, .. }) || (**x > 0.0 && **x < 1.0))
            .map(|(rank, x)| (share_below(spread, *x) - rank as f64 / 20_000.0).abs())
            .fold(0.0, f64::max);
        assert!(far < 0.001, "{spread:?}: {far}");
    }
}

#[test]
fn each_block_has_one_draw_in_each_stratum() {
    let values = uniforms("users", 1, 4 * BLOCK + 13);
    for block in values.chunks_exact(BLOCK) {
        let mut strata: Vec<usize> = block.iter().map(|u| (u * 250.0) as usize).collect();
        assert!(strata.iter().zip(0..).filter(|(a, b)| *a == b).count() < 12, "the order is random");
        strata.sort_unstable();
        assert_eq!(strata, (0..BLOCK).collect::<Vec<_>>());
    }
    assert_eq!(values.len(), 1013);
    assert!(values.iter().all(|u| *u > 0.0 && *u < 1.0));
}

#[test]
fn fewer_numbers_are_the_beginning_of_more() {
    let many = uniforms("a", 3, 2000);
    for count in [0, 1, 249, 250, 251, 1999] {
        assert_eq!(uniforms("a", 3, count), many[..count]);
    }
}

#[test]
fn the_same_name_and_seed_give_the_same_bits_for_ever() {
    // The published first numbers of both generators, and what is built of them.
    let mut state = 1_234_567;
    assert_eq!(
        [(); 3].map(|()| splitmix(&mut state)),
        [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]
    );
    let mut stream = Stream { state: [1, 2, 3, 4] };
    assert_eq!(
        [(); 4].map(|()| stream.next_bits()),
        [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]
    );
}

#[test]
fn a_second_implementation_of_the_description_gives_the_same_numbers() {
    // Written in Python from the module's text, with whole numbers of any size.
    let users = uniforms("users", 42, 600);
    assert_eq!(users[..3], [0.31664292264378857, 0.5416520401051003, 0.504236233926762]);
    assert_eq!(users[599], 0.6998613542333787);
    let other = uniforms("größe.ø", u64::MAX, 600);
    assert_eq!(
        (other[0], other[1], other[599]),
        (0.48846975074125837, 0.9477943292387335, 0.6948581747941153)
    );
}

#[test]
fn names_and_seeds_are_independent() {
    let correlation = |a: &[f64], b: &[f64]| {
        12.0 * a.iter().zip(b).map(|(a, b)| (a - 0.5) * (b - 0.5)).sum::<f64>() / a.len() as f64
    };
    let names = ["", "a", "b", "users", "user", "users2", "cache.hit", "cache.hits"];
    for seed in 0..3 {
        for (index, one) in names.iter().enumerate() {
            let first = uniforms(one, seed, 20_000);
            for other in &names[index + 1..] {
                let second = uniforms(other, seed, 20_000);
                // Four standard errors.
                assert!(correlation(&first, &second).abs() < 0.0283, "{one} {other}");
                let ahead = correlation(&first[1..], &second);
                assert!(ahead.abs() < 0.0283, "{one} {other}");
            }
            assert!(correlation(&first, &uniforms(one, seed + 1, 20_000)).abs() < 0.0283, "{one}");
            assert!(correlation(&first, &first[1..]).abs() < 0.0283, "{one}");
        }
    }
}

#[test]
fn an_edit_of_one_input_leaves_the_others_as_they_were() {
    let before = samples(SPREADS[0], "users", 42, 1000);
    let _ = samples(Spread::Uniform { least: 0.0, most: 1.0 }, "actions", 42, 77);
    assert_eq!(samples(SPREADS[0], "users", 42, 1000), before);
    // And another spread of the same name keeps the order of its samples.
    let wider = samples(Spread::Lognormal { low: 1e6, high: 90e6 }, "users", 42, 1000);
    for (a, b) in before.windows(2).zip(wider.windows(2)) {
        assert_eq!(a[0] < a[1], b[0] < b[1]);
    }
}

#[test]
fn what_is_derived_element_by_element_stays_exact() {
    let a = samples(Spread::Lognormal { low: 1.0, high: 10.0 }, "a", 5, 20_000);
    let b = samples(Spread::Lognormal { low: 2.0, high: 5.0 }, "b", 5, 20_000);
    for (a, b) in a.iter().zip(&b) {
        assert!((a / (a + b) + b / (a + b) - 1.0).abs() <= f64::EPSILON);
    }
}

#[test]
fn a_product_of_lognormals_has_the_percentiles_of_the_closed_form() {
    for seed in 0..20 {
        let users = samples(Spread::Lognormal { low: 5e6, high: 20e6 }, "users", seed, 20_000);
        let actions = samples(Spread::Lognormal { low: 2.0, high: 10.0 }, "actions", seed, 20_000);
        let bytes = samples(Spread::Lognormal { low: 500.0, high: 2000.0 }, "bytes", seed, 20_000);
        let mut product: Vec<f64> = users
            .iter()
            .zip(&actions)
            .zip(&bytes)
            .map(|((users, actions), bytes)| users * actions * bytes)
            .collect();
        let mean = product.iter().sum::<f64>() / 20_000.0;
        product.sort_by(f64::total_cmp);
        for (found, right) in [
            (product[1000], 12_581_067_726.976_688),
            (product[10_000], 44_721_359_549.995_8),
            (product[19_000], 158_969_019_434.776_76),
            (mean, 60_202_106_071.779_94),
        ] {
            assert!((found / right - 1.0).abs() < 0.03, "seed {seed}: {found} for {right}");
        }
    }
}

#[test]
fn hostile_spreads_are_unknown_and_degenerate_ones_constant() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    for spread in [
        Spread::Lognormal { low: 0.0, high: 1.0 },
        Spread::Lognormal { low: -1.0, high: 1.0 },
        Spread::Lognormal { low: 2.0, high: 1.0 },
        Spread::Lognormal { low: 1.0, high: inf },
        Spread::Logitnormal { low: 0.0, high: 0.5 },
        Spread::Logitnormal { low: 0.5, high: 1.0 },
        Spread::Normal { low: nan, high: 1.0, cut: true },
        Spread::Uniform { least: 1.0, most: 0.0 },
        Spread::Triangular { least: 0.0, likely: 2.0, most: 1.0 },
        Spread::Triangular { least: 0.0, likely: nan, most: 1.0 },
    ] {
        assert!(quantile(spread, 0.5).is_nan(), "{spread:?}");
    }
    for spread in [
        Spread::Lognormal { low: 0.3, high: 0.3 },
        Spread::Logitnormal { low: 0.3, high: 0.3 },
        Spread::Normal { low: 0.3, high: 0.3, cut: true },
        Spread::Uniform { least: 0.3, most: 0.3 },
        Spread::Triangular { least: 0.3, likely: 0.3, most: 0.3 },
    ] {
        assert!(samples(spread, "x", 1, 300).iter().all(|value| *value == 0.3), "{spread:?}");
    }
    let huge = Spread::Normal { low: -f64::MAX, high: f64::MAX, cut: false };
    assert!((quantile(huge, 0.4)).is_finite());
    assert!(quantile(Spread::Triangular { least: -f64::MAX, likely: 0.0, most: f64::MAX }, 0.3).is_finite());
    assert!(quantile(Spread::Uniform { least: -f64::MAX, most: f64::MAX }, 0.3).is_finite());
    for p in [-0.1, 1.1, nan, inf] {
        assert!(quantile(SPREADS[0], p).is_nan());
    }
    assert_eq!(quantile(SPREADS[0], 0.0), 0.0);
    assert_eq!(quantile(SPREADS[0], 1.0), inf);
}

#[test]
fn choices_come_in_proportion_to_their_weights() {
    let shares = uniforms("choice", 9, 20_000);
    let picked = choices(&[1.0, 0.0, 2.0, 1.0, 0.0], &shares).unwrap();
    let counts = [0, 1, 2, 3, 4].map(|index| picked.iter().filter(|pick| **pick == index).count());
    assert_eq!(counts[1] + counts[4], 0);
    assert!(counts[0].abs_diff(5000) <= 40 && counts[2].abs_diff(10_000) <= 40, "{counts:?}");
    assert_eq!(choices(&[f64::MAX, f64::MAX], &[0.4, 0.6, 1.0]), Some(vec![0, 1, 1]));
    assert_eq!(choices(&[0.0, 3.0], &[0.0]), Some(vec![1]));
    for weights in [&[][..], &[0.0], &[-1.0, 2.0], &[f64::NAN, 1.0], &[f64::INFINITY]] {
        assert_eq!(choices(weights, &[0.5]), None);
    }
}
