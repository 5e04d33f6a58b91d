use super::*;

fn lognormal(p50: f64, p99: f64) -> Time {
    Time::Takes(Distribution::from_p50_p99(p50, p99))
}

fn exponential(mean: f64) -> Time {
    Time::Takes(Distribution::Exponential { mean })
}

fn constant(value: f64) -> Time {
    Time::Takes(Distribution::Constant(value))
}

#[track_caller]
fn near(value: f64, expected: f64, relative: f64) {
    assert!((value - expected).abs() <= relative * expected.abs(), "{value} instead of {expected}");
}

#[test]
fn three_hops_are_faster_than_their_percentiles_together() {
    let time = Time::Sequence(vec![lognormal(5.0, 20.0), lognormal(10.0, 80.0), lognormal(2.0, 30.0)]);
    for (cells, exact) in [(1024, 0.0005), (256, 0.003)] {
        let profile = profile(&time, cells);
        near(profile.mean, 24.820_269_523_950_355, 1e-9);
        near(profile.p50, 20.064_017_600_271_058, exact);
        near(profile.p90, 44.088_582_207_262_48, exact);
        near(profile.p99, 94.044_900_175_472_25, exact);
        near(profile.p999, 173.937_253_015_992_92, exact);
    }
    near(bound(&time).p99, 130.0, 1e-9);
    near(bound(&time).p50, 17.0, 1e-9);
}

#[test]
fn a_percentile_above_the_hit_ratio_is_one_of_misses() {
    let miss = Time::Sequence(vec![constant(1.0), exponential(20.0)]);
    let time = Time::Either(vec![(0.9, constant(1.0)), (0.1, miss)]);
    let profile = profile(&time, 1024);
    near(profile.mean, 3.0, 1e-12);
    near(profile.p50, 1.0, 1e-12);
    near(profile.p90, 1.0, 1e-3);
    near(profile.p95, 14.862_943_611_198_906, 1e-6);
    near(profile.p99, 47.051_701_859_880_914, 1e-6);
    near(profile.p999, 93.103_403_719_761_83, 1e-6);
}

#[test]
fn the_slowest_of_many_is_far_out_in_the_tail_of_each() {
    let copies = |of: f64, each: Time| profile(&Time::Copies { needed: of, of, each: Box::new(each) }, 1024);
    for (of, mean, p50, p99) in [
        (1.0, 10.0, 6.931_471_805_599_453, 46.051_701_859_880_914),
        (10.0, 29.289_682_539_682_54, 27.035_551_918_624_044, 69.032_367_944_761_13),
        (100.0, 51.873_775_176_396_2, 49.751_468_405_857_99, 92.053_696_640_230_67),
    ] {
        let of = copies(of, exponential(10.0));
        near(of.mean, mean, 1e-6);
        near(of.p50, p50, 1e-8);
        near(of.p99, p99, 1e-8);
    }
    for (of, p50, p99) in [
        (1.0, 10.0, 102.404_736_563_121_36),
        (10.0, 44.761_677_855_987_074, 219.526_991_803_002_5),
        (100.0, 117.286_883_712_172_58, 411.720_894_077_916_45),
        (1e6, 10.0 * libm::exp(4.827_7), 10.0 * libm::exp(5.611_3)),
    ] {
        let of = copies(of, Time::Takes(Distribution::Lognormal { median: 10.0, sigma: 1.0 }));
        near(of.p50, p50, if p50 > 1000.0 { 1e-3 } else { 1e-7 });
        near(of.p99, p99, if p50 > 1000.0 { 1e-3 } else { 1e-7 });
    }
}

/// A sum that a grid has to be used for: the exact share above a time of two exponential times and one more.
#[test]
fn a_grid_gives_what_a_formula_gives() {
    // Three exponential times of different means have a sum with known shares.
    let means = [1.0, 3.0, 7.0];
    let above = |t: f64| {
        let term = |index: usize| {
            let factors = (0..3)
                .filter(|other| *other != index)
                .map(|other| means[index] / (means[index] - means[other]));
            factors.product::<f64>() * libm::exp(-t / means[index])
        };
        (0..3).map(term).sum::<f64>()
    };
    let time = Time::Sequence(means.iter().map(|mean| exponential(*mean)).collect());
    for (cells, exact) in [(1024, 2e-5), (256, 3e-4)] {
        let profile = profile(&time, cells);
        for (p, value) in [
            (0.5, profile.p50),
            (0.9, profile.p90),
            (0.95, profile.p95),
            (0.99, profile.p99),
            (0.999, profile.p999),
        ] {
            near(value, leaf::invert(above, p, 1.0), exact);
            near(share_within(&time, value), p, 1e-3);
        }
    }
    // A sum of many is gamma distributed.
    for times in [5.0, 100.0, 3000.0, 1e6] {
        let sum = profile(&Time::Again { times, each: Box::new(exponential(2.0)) }, 1024);
        let gamma = Distribution::Gamma { shape: times, scale: 2.0 };
        near(sum.p50, gamma.quantile(0.5), 1e-4);
        near(sum.p99, gamma.quantile(0.99), 5e-4);
        near(sum.p999, gamma.quantile(0.999), 5e-4);
    }
}

#[test]
fn the_wait_before_one_server_is_a_geometric_sum() {
    let behind = |service: Distribution| Time::WaitsBehind { utilization: 0.5, service };
    let bimodal = Distribution::Points(vec![(0.95, 0.005), (0.05, 0.105)]);
    near(bimodal.variation(), 4.75, 1e-12);
    for (cells, exact) in [(1024, 0.002), (256, 0.01)] {
        let wait = profile(&behind(bimodal.clone()), cells);
        near(wait.mean, 0.02875, 1e-12);
        near(wait.p90, 0.098_371_652_018_387_07, exact);
        near(wait.p95, 0.138_133_639_052_988_14, exact);
        near(wait.p99, 0.230_555_492_215_143_24, exact);
    }
    near(mean(&behind(Distribution::Constant(0.01))), 0.005, 1e-12);
    near(mean(&behind(Distribution::lognormal_from_mean(0.01, 4.0))), 0.025, 1e-12);
    // With exponential service it is M/M/1: half wait, for an exponential time. Gamma with shape one is the same but
    // has to take the way over the grid.
    let known = profile(&behind(Distribution::from_mean(0.01)), 256);
    near(known.p99, 0.02 * libm::log(50.0), 1e-8);
    let grid = profile(&behind(Distribution::Gamma { shape: 1.0, scale: 0.01 }), 1024);
    near(grid.p90, known.p90, 1e-4);
    near(grid.p99, known.p99, 1e-4);
    near(grid.p999, known.p999, 2e-4);
    assert_eq!(known.p50, 0.0);
    assert_eq!(grid.p50, 0.0);
}

#[test]
fn a_station_of_several_servers_has_a_formula() {
    // M/M/1 at 0.8: the response is exponential with mean service / 0.2.
    let station = Time::Sequence(vec![Time::Waits { chance: 0.8, conditional: 5.0 }, exponential(1.0)]);
    let profile = profile(&station, 64);
    near(profile.p50, 5.0 * libm::log(2.0), 1e-8);
    near(profile.p999, 5.0 * libm::log(1000.0), 1e-8);
    // Wait and service of the same mean are a gamma distribution.
    let even = Time::Sequence(vec![Time::Waits { chance: 1.0, conditional: 3.0 }, exponential(3.0)]);
    near(percentile(&even, 0.99, 64), Distribution::Gamma { shape: 2.0, scale: 3.0 }.quantile(0.99), 1e-8);
}

#[test]
fn lines_that_grow_for_ever_make_only_those_percentiles_infinite_that_they_reach() {
    let unstable = Time::Waits { chance: 1.0, conditional: f64::INFINITY };
    let time = Time::Sequence(vec![unstable.clone(), lognormal(1.0, 9.0)]);
    let all = profile(&time, 256);
    assert_eq!((all.mean, all.p50, all.p999), (f64::INFINITY, f64::INFINITY, f64::INFINITY));
    let branch = Time::Sequence(vec![
        Time::Either(vec![(0.03, time.clone()), (0.97, lognormal(2.0, 5.0))]),
        lognormal(1.0, 9.0),
    ]);
    let some = profile(&branch, 256);
    assert!(some.p50 > 2.5 && some.p95 < 30.0, "{some:?}");
    assert_eq!((some.mean, some.p99, some.p999), (f64::INFINITY, f64::INFINITY, f64::INFINITY));
    let behind = Time::WaitsBehind { utilization: 1.0, service: Distribution::from_mean(1.0) };
    assert_eq!(percentile(&behind, 0.5, 256), f64::INFINITY);
    assert_eq!(bound(&branch).p999, f64::INFINITY);
    // A timeout ends it.
    let ends = Time::Attempts {
        timeout: 5.0,
        attempts: 2.0,
        pauses: vec![1.0],
        failure: 0.0,
        each: Box::new(time),
        gives_up: true,
    };
    assert_eq!(percentile(&ends, 0.5, 256), 11.0);
}

fn samples() -> Vec<Time> {
    let station =
        || Time::Sequence(vec![Time::Waits { chance: 0.5, conditional: 10.0 }, lognormal(10.0, 90.0)]);
    let attempts = |failure: f64, gives_up: bool| Time::Attempts {
        timeout: 60.0,
        attempts: 3.0,
        pauses: vec![2.0],
        failure,
        each: Box::new(station()),
        gives_up,
    };
    vec![
        Time::Nothing,
        constant(3.0),
        station(),
        Time::Sequence(vec![station(), exponential(5.0), constant(2.0)]),
        Time::All(vec![station(), station(), constant(30.0)]),
        Time::First { count: 2, of: vec![station(), station(), exponential(4.0)] },
        Time::Copies { needed: 3.0, of: 5.0, each: Box::new(station()) },
        Time::Copies { needed: 7.5, of: 7.5, each: Box::new(station()) },
        Time::Either(vec![(0.3, station()), (0.2, constant(4.0))]),
        Time::Again { times: 4.5, each: Box::new(station()) },
        Time::Again { times: 400.0, each: Box::new(station()) },
        Time::Hedged { after: 30.0, each: Box::new(station()) },
        attempts(0.0, false),
        attempts(0.1, false),
        attempts(0.1, true),
        Time::WaitsBehind { utilization: 0.7, service: Distribution::Uniform { low: 1.0, high: 9.0 } },
    ]
}

fn values(profile: &Profile) -> [f64; 6] {
    [profile.mean, profile.p50, profile.p90, profile.p95, profile.p99, profile.p999]
}

fn scaled(time: &Time, factor: f64) -> Time {
    let all = |parts: &[Time]| parts.iter().map(|part| scaled(part, factor)).collect();
    let inner = |each: &Time| Box::new(scaled(each, factor));
    match time {
        Time::Nothing => Time::Nothing,
        Time::Takes(distribution) => Time::Takes(distribution.scaled(factor)),
        Time::Waits { chance, conditional } => {
            Time::Waits { chance: *chance, conditional: conditional * factor }
        }
        Time::WaitsBehind { utilization, service } => {
            Time::WaitsBehind { utilization: *utilization, service: service.scaled(factor) }
        }
        Time::Sequence(parts) => Time::Sequence(all(parts)),
        Time::All(parts) => Time::All(all(parts)),
        Time::First { count, of } => Time::First { count: *count, of: all(of) },
        Time::Copies { needed, of, each } => Time::Copies { needed: *needed, of: *of, each: inner(each) },
        Time::Either(branches) => {
            Time::Either(branches.iter().map(|(p, time)| (*p, scaled(time, factor))).collect())
        }
        Time::Again { times, each } => Time::Again { times: *times, each: inner(each) },
        Time::Hedged { after, each } => Time::Hedged { after: after * factor, each: inner(each) },
        Time::Attempts { timeout, attempts, pauses, failure, each, gives_up } => Time::Attempts {
            timeout: timeout * factor,
            attempts: *attempts,
            pauses: pauses.iter().map(|pause| pause * factor).collect(),
            failure: *failure,
            each: inner(each),
            gives_up: *gives_up,
        },
    }
}

#[test]
fn another_unit_changes_nothing_but_the_unit() {
    for time in samples() {
        let plain = values(&profile(&time, 256));
        for factor in [1e-3, 60.0, 1e9] {
            let other = values(&profile(&scaled(&time, factor), 256));
            for (value, other) in plain.iter().zip(other) {
                assert!(
                    // The places at which grids end lie in doublings of the one unit that there is.
                    (other - value * factor).abs() <= 5e-4 * value * factor,
                    "{time:?}: {value} {}",
                    other / factor
                );
            }
        }
    }
}

#[test]
fn percentiles_ascend_and_more_of_anything_makes_none_smaller() {
    for time in samples() {
        let plain = profile(&time, 256);
        let [_, percentiles @ ..] = values(&plain);
        assert!(percentiles.is_sorted(), "{plain:?}");
        let larger = [
            Time::Sequence(vec![time.clone(), exponential(3.0)]),
            Time::Sequence(vec![time.clone(), Time::Waits { chance: 0.2, conditional: 3.0 }]),
            Time::All(vec![time.clone(), lognormal(20.0, 50.0)]),
            Time::Copies { needed: 2.0, of: 2.0, each: Box::new(time.clone()) },
            Time::Again { times: 1.5, each: Box::new(time.clone()) },
            scaled(&time, 1.1),
        ];
        for larger in larger {
            for (small, large) in values(&plain).iter().zip(values(&profile(&larger, 256))) {
                assert!(large >= small * (1.0 - 3e-3), "{larger:?}: {large} below {small}");
            }
        }
        let few = Time::Hedged { after: 10.0, each: Box::new(time.clone()) };
        for (large, small) in values(&plain).iter().zip(values(&profile(&few, 256))) {
            assert!(small <= large * (1.0 + 3e-3), "{few:?}: {small} above {large}");
        }
    }
}

#[test]
fn few_cells_are_enough() {
    for time in samples() {
        let (coarse, fine) = (profile(&time, 256), profile(&time, 8192));
        let medium = profile(&time, 1024);
        for (index, ((coarse, medium), fine)) in
            values(&coarse).iter().zip(values(&medium)).zip(values(&fine)).enumerate()
        {
            let tail = if index == 5 { 4.0 } else { 1.0 };
            assert!((coarse - fine).abs() <= 5e-3 * tail * fine, "{time:?} {index}: {coarse} {fine}");
            assert!((medium - fine).abs() <= 1e-3 * tail * fine, "{time:?} {index}: {medium} {fine}");
        }
    }
}

#[test]
fn hostile_numbers_end_soon_and_without_panic() {
    let bad = [0.0, -1.0, 1e-300, 1e300, f64::INFINITY, f64::NAN, 1e12, 0.5];
    let mut count = 0;
    let mut try_it = |time: Time| {
        let profile = profile(&time, 64);
        let [_, percentiles @ ..] = values(&profile);
        let unknown = time.is_unknown();
        for value in percentiles {
            assert_eq!(value.is_nan(), unknown, "{time:?} {profile:?}");
        }
        if !unknown {
            assert!(percentiles.is_sorted() && percentiles[0] >= 0.0, "{time:?} {profile:?}");
            assert!(!profile.failed.is_nan(), "{time:?} {profile:?}");
        }
        let bound = bound(&time);
        assert_eq!(bound.p99.is_nan(), unknown, "{time:?} {bound:?}");
        share_within(&time, 1.0);
        count += 1;
    };
    for a in bad {
        for b in bad {
            let leaves = [
                Distribution::Constant(a),
                Distribution::Exponential { mean: a },
                Distribution::Lognormal { median: a, sigma: b },
                Distribution::Uniform { low: a, high: b },
                Distribution::Normal { mean: a, deviation: b },
                Distribution::Pareto { least: a, exponent: b },
                Distribution::Gamma { shape: a, scale: b },
                Distribution::Points(vec![(a, b), (0.5, 1.0)]),
                Distribution::Quantiles(vec![(0.5, a), (0.9, b)]),
                Distribution::Quantiles(vec![(a, b)]),
            ];
            for leaf in leaves {
                try_it(Time::Takes(leaf.clone()));
                try_it(Time::Sequence(vec![Time::Takes(leaf.clone()), lognormal(1.0, 9.0)]));
                try_it(Time::WaitsBehind { utilization: 0.5, service: leaf });
            }
            let each =
                || Box::new(Time::Sequence(vec![lognormal(1.0, 9.0), exponential(1.0), exponential(2.0)]));
            try_it(Time::Waits { chance: a, conditional: b });
            try_it(Time::WaitsBehind {
                utilization: a,
                service: Distribution::Uniform { low: 0.0, high: b },
            });
            try_it(Time::Copies { needed: a, of: b, each: each() });
            try_it(Time::Either(vec![(a, *each()), (b, constant(1.0))]));
            try_it(Time::Again { times: a, each: each() });
            try_it(Time::Hedged { after: a, each: each() });
            for gives_up in [false, true] {
                try_it(Time::Attempts {
                    timeout: a,
                    attempts: b,
                    pauses: vec![a],
                    failure: 0.1,
                    each: each(),
                    gives_up,
                });
                try_it(Time::Attempts {
                    timeout: 5.0,
                    attempts: a,
                    pauses: vec![],
                    failure: b,
                    each: each(),
                    gives_up,
                });
            }
        }
    }
    try_it(Time::Sequence(Vec::new()));
    try_it(Time::All(Vec::new()));
    try_it(Time::Either(Vec::new()));
    try_it(Time::First { count: 3, of: Vec::new() });
    assert!(count > 1000);
}

#[test]
fn what_is_deep_is_found_soon() {
    let wraps: [fn(Time) -> Time; 7] = [
        |time| Time::Hedged { after: 3.0, each: Box::new(time) },
        |time| Time::Attempts {
            timeout: 500.0,
            attempts: 3.0,
            pauses: vec![1.0],
            failure: 0.01,
            each: Box::new(time),
            gives_up: false,
        },
        |time| Time::Again { times: 1.5, each: Box::new(time) },
        |time| Time::Again { times: 1000.5, each: Box::new(time) },
        |time| Time::Again {
            times: 1e13,
            each: Box::new(Time::Copies { needed: 2.0, of: 3.0, each: Box::new(time) }),
        },
        |time| Time::Either(vec![(0.5, time)]),
        |time| Time::All(vec![time, exponential(2.0)]),
    ];
    for wrap in wraps {
        let mut time = Time::Sequence(vec![lognormal(1.0, 3.0), lognormal(2.0, 3.0), exponential(1.0)]);
        for _ in 0..10 {
            time = wrap(time);
        }
        let profile = profile(&time, 256);
        assert!(!profile.p99.is_nan() && !bound(&time).p99.is_nan(), "{profile:?}");
    }
}

#[test]
fn what_is_narrow_is_found_as_exactly_as_what_is_wide() {
    let normal = |mean: f64, deviation: f64| Time::Takes(Distribution::Normal { mean, deviation });
    let sum = profile(&Time::Sequence(vec![normal(100.0, 0.003), normal(50.0, 0.004)]), 256);
    near(sum.p50, 150.0, 1e-7);
    near(sum.p99, 150.0 + 0.005 * 2.326_347_874, 1e-6);
    let gamma = |shape: f64| Time::Takes(Distribution::Gamma { shape, scale: 0.01 });
    let sum = profile(&Time::Sequence(vec![gamma(30_000.0), gamma(10_000.0)]), 256);
    near(sum.p99, Distribution::Gamma { shape: 40_000.0, scale: 0.01 }.quantile(0.99), 2e-5);
}

#[test]
fn distributions_are_consistent() {
    let all = [
        Distribution::Exponential { mean: 3.0 },
        Distribution::Lognormal { median: 2.0, sigma: 0.7 },
        Distribution::Uniform { low: 1.0, high: 4.0 },
        Distribution::Normal { mean: 2.0, deviation: 1.5 },
        Distribution::Pareto { least: 1.0, exponent: 4.5 },
        Distribution::Gamma { shape: 0.6, scale: 2.0 },
        Distribution::Gamma { shape: 40.0, scale: 0.1 },
        Distribution::Quantiles(vec![(0.1, 1.0), (0.5, 2.0), (0.9, 5.0), (0.99, 7.0)]),
    ];
    for distribution in all {
        for p in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999, 1.0 - 1e-9] {
            let back = distribution.cdf(distribution.quantile(p));
            assert!((back - p).abs() < 1e-9 * p.max(1e-3), "{distribution:?} {p}: {back}");
        }
        // The mean and the mean square as integrals over the shares, which are even in the logarithm at both ends.
        let (mut mean, mut square, mut before) = (0.0, 0.0, 0.0);
        for index in 0..20_000 {
            let x = -30.0 + 60.0 * (f64::from(index) + 0.5) / 20_000.0;
            let p = 1.0 / (1.0 + libm::exp(-x));
            let value = distribution.quantile(p);
            assert!(value >= before);
            before = value;
            mean += value * p * (1.0 - p) * 60.0 / 20_000.0;
            square += value * value * p * (1.0 - p) * 60.0 / 20_000.0;
        }
        near(distribution.mean(), mean, 1e-4);
        near(distribution.variance(), square - mean * mean, 2e-3);
        near(distribution.scaled(3.0).mean(), 3.0 * distribution.mean(), 1e-12);
        near(distribution.scaled(3.0).variation(), distribution.variation(), 1e-9);
    }
    let two = Distribution::Quantiles(vec![(0.5, 5.0), (0.99, 20.0)]);
    let same = Distribution::from_p50_p99(5.0, 20.0);
    near(two.quantile(0.999), same.quantile(0.999), 1e-12);
    near(two.mean(), same.mean(), 1e-12);
    near(Distribution::from_percentiles((0.95, 9.0), (0.2, 1.0)).quantile(0.2), 1.0, 1e-12);
    near(Distribution::from_percentiles((0.95, 9.0), (0.2, 1.0)).quantile(0.95), 9.0, 1e-12);
    near(Distribution::lognormal_from_mean(7.0, 4.0).mean(), 7.0, 1e-12);
    near(Distribution::lognormal_from_mean(7.0, 4.0).variation(), 4.0, 1e-12);
    near(Distribution::gamma_from_mean(7.0, 4.0).mean(), 7.0, 1e-12);
    near(Distribution::gamma_from_mean(7.0, 4.0).variation(), 4.0, 1e-12);
    assert_eq!(Distribution::gamma_from_mean(7.0, 0.0), Distribution::Constant(7.0));
}

#[test]
fn the_bound_adds_what_is_slow_at_once() {
    let time = Time::Sequence(vec![
        exponential(10.0),
        constant(1.0),
        Time::All(vec![exponential(2.0), exponential(5.0)]),
    ]);
    near(bound(&time).p99, 1.0 + 15.0 * libm::log(100.0), 1e-8);
    let cache = Time::Either(vec![
        (0.9, constant(1.0)),
        (0.1, Time::Sequence(vec![constant(1.0), exponential(20.0)])),
    ]);
    near(bound(&cache).p99, 47.051_701_859_880_914, 1e-3);
    near(bound(&cache).p90, 1.0, 1e-3);
    near(
        bound(&Time::Again { times: 3.0, each: Box::new(exponential(2.0)) }).p95,
        6.0 * libm::log(20.0),
        1e-8,
    );
    near(
        bound(&Time::First { count: 2, of: vec![exponential(1.0), exponential(2.0), exponential(3.0)] }).p50,
        2.0 * libm::log(2.0),
        1e-8,
    );
}
