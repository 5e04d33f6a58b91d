use super::super::{attempts, backlog, drain, overload};
use super::{Dice, near};

#[test]
fn attempts_that_fail_are_made_again() {
    let (expected, success) = attempts(0.05, 3.0);
    near(expected, 1.0525, 1e-14);
    near(success, 0.999_875, 1e-14);
    near(attempts(0.1, 3.0).0, 1.11, 1e-14);
    assert_eq!(attempts(1.0, 3.0), (3.0, 0.0));
    assert_eq!(attempts(0.0, 3.0), (1.0, 1.0));
    assert_eq!(attempts(0.5, f64::INFINITY), (2.0, 1.0));
    near(attempts(1.0 - 1e-12, 1e6).0, 1e6, 1e-5);
    let mut dice = Dice(31);
    let (mut made, mut done) = (0, 0);
    for _ in 0..200_000 {
        for _ in 0..4 {
            made += 1;
            if dice.uniform() >= 0.4 {
                done += 1;
                break;
            }
        }
    }
    near(attempts(0.4, 4.0).0, f64::from(made) / 200_000.0, 0.01);
    near(attempts(0.4, 4.0).1, f64::from(done) / 200_000.0, 0.01);
}

#[test]
fn an_overload_feeds_itself() {
    let settled = overload(900.0, 800.0, 3.0, None);
    near(settled.rejected, 0.480_749_856_769_136_1, 1e-12);
    near(settled.load, 1_540.683_253_397_413, 1e-12);
    near(settled.success, 0.888_888_888_888_888_8, 1e-12);
    let settled = overload(900.0, 800.0, 3.0, Some(0.1));
    near(settled.load, 990.0, 1e-12);
    near(settled.rejected, 1.0 - 800.0 / 990.0, 1e-12);
    near(settled.success, 800.0 / 900.0, 1e-12);
}

#[test]
fn bisection_finds_the_same_point() {
    for attempts in 1..12 {
        for first in [1.0, 79.0, 80.001, 81.0, 100.0, 1000.0] {
            // The load that a load makes, less the load: it falls through zero once.
            let surplus = |load: f64| {
                let rejected = (1.0 - 80.0 / load).max(0.0);
                first * (0..attempts).map(|made| rejected.powi(made)).sum::<f64>() - load
            };
            let (mut low, mut high) = (1e-9, first * f64::from(attempts) + 1.0);
            for _ in 0..200 {
                let middle = (low + high) / 2.0;
                if surplus(middle) > 0.0 { low = middle } else { high = middle }
            }
            let settled = overload(first, 80.0, f64::from(attempts), None);
            near(settled.load, low, 1e-9);
            near(settled.success, (80.0 / first).min(1.0), 1e-12);
            near(overload(first, 80.0, f64::from(attempts), Some(0.2)).load, low.min(first * 1.2), 1e-9);
        }
    }
}

#[test]
fn nothing_works_and_everything_works() {
    // Where bisection finds nothing, because the surplus is flat: exactly as much work as capacity.
    assert_eq!(overload(80.0, 80.0, 9.0, None).load, 80.0);
    let dead = overload(10.0, 0.0, 3.0, None);
    assert_eq!((dead.load, dead.rejected, dead.success), (30.0, 1.0, 0.0));
    let idle = overload(0.0, 0.0, 3.0, None);
    assert_eq!((idle.load, idle.rejected, idle.success), (0.0, 0.0, 1.0));
    assert_eq!(overload(10.0, f64::INFINITY, 3.0, None).load, 10.0);
    assert_eq!(overload(10.0, 5.0, f64::INFINITY, Some(1.0)).load, 20.0);
}

#[test]
fn only_the_surplus_works_on_a_backlog() {
    near(backlog(100.0, 3600.0), 360_000.0, 1e-15);
    near(drain(360_000.0, 150.0, 100.0), 7200.0, 1e-15);
    assert_eq!(drain(1.0, 100.0, 100.0), f64::INFINITY);
    assert_eq!(drain(1.0, 100.0, 101.0), f64::INFINITY);
    assert_eq!(drain(0.0, 100.0, 50.0), 0.0);
}
