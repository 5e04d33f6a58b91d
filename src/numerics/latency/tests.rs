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
        println!("{profile:?}");
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
    println!("{profile:?}");
    near(profile.mean, 3.0, 1e-12);
    near(profile.p50, 1.0, 1e-12);
    near(profile.p90, 1.0, 1e-3);
    near(profile.p95, 14.862_943_611_198_906, 1e-6);
    near(profile.p99, 47.051_701_859_880_914, 1e-6);
    near(profile.p999, 93.103_403_719_761_83, 1e-6);
}
