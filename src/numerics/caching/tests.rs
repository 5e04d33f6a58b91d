use super::*;
use crate::numerics::random::Stream;
use std::collections::{BTreeMap, HashMap};

fn popularities(items: usize, exponent: f64) -> Vec<f64> {
    let powers: Vec<f64> = (1..=items).map(|place| libm::pow(place as f64, -exponent)).collect();
    let total: f64 = powers.iter().rev().sum();
    powers.iter().map(|power| power / total).collect()
}

/// Che's approximation term by term, solved by bisection.
fn che_in_full(items: usize, exponent: f64, places: f64) -> f64 {
    let shares = popularities(items, exponent);
    let (mut low, mut high) = (0.0, 1.0);
    let filled = |time: f64| shares.iter().map(|share| -libm::expm1(-share * time)).sum::<f64>();
    while filled(high) < places {
        high *= 2.0;
    }
    for _ in 0..70 {
        let middle = (low + high) / 2.0;
        if filled(middle) < places { low = middle } else { high = middle }
    }
    shares.iter().map(|share| share * -libm::expm1(-share * low)).sum()
}

#[test]
fn the_published_figures_come_out() {
    assert!((zipf_lru(1e5, 0.9, 1000.0) - 0.342).abs() < 0.0005);
    assert!((zipf_ideal(1e5, 0.9, 1000.0) - 0.474).abs() < 0.0005);
}

#[test]
fn the_ideal_ratio_is_that_of_full_sums() {
    for exponent in [0.0, 0.3, 0.9, 0.999_999, 1.0, 1.2, 2.0, 5.0, 12.0] {
        for items in [1, 2, 31, 32, 33, 100, 5000, 200_000] {
            let shares = popularities(items, exponent);
            for places in [1, 2, 33, 99, 4000, 150_000] {
                if places <= items {
                    let right: f64 = shares[..places].iter().rev().sum();
                    let found = zipf_ideal(items as f64, exponent, places as f64);
                    assert!(
                        (found / right - 1.0).abs() < 1e-11,
                        "{exponent} {items} {places}: {found} {right}"
                    );
                }
            }
        }
    }
    // Known: the limits of harmonic numbers, Euler's constant and pi^2/6.
    assert!((harmonic(1e12, 1.0) - libm::log(1e12) - 0.577_215_664_901_532_9 - 5e-13).abs() < 1e-12);
    assert!((harmonic(1e15, 2.0) - std::f64::consts::PI * std::f64::consts::PI / 6.0).abs() < 1e-12);
}

#[test]
fn the_lru_ratio_is_that_of_full_sums() {
    for exponent in [0.0, 0.5, 0.8, 0.9, 1.0, 1.3, 2.0, 3.0] {
        for items in [40, 1000, 20_000] {
            for part in [0.001, 0.01, 0.1, 0.5, 0.95, 0.999] {
                let places = items as f64 * part;
                let (found, right) =
                    (zipf_lru(items as f64, exponent, places), che_in_full(items, exponent, places));
                assert!((found / right - 1.0).abs() < 2e-5, "{exponent} {items} {part}: {found} {right}");
            }
        }
    }
}

#[test]
fn the_lru_ratio_is_that_of_a_simulation() {
    for (exponent, places) in [(0.7, 50), (0.9, 100), (1.1, 20), (0.0, 300)] {
        let mut stream = Stream::new("lru", 4);
        let shares = popularities(1000, exponent);
        let sums: Vec<f64> = shares
            .iter()
            .scan(0.0, |sum, share| {
                *sum += share;
                Some(*sum)
            })
            .collect();
        let (mut used_at, mut by_age) = (HashMap::new(), BTreeMap::new());
        let (mut hits, warm, requests) = (0, 50_000, 450_000);
        for time in 0..requests {
            let share = stream.next_share();
            let item = sums.partition_point(|sum| *sum < share).min(999);
            match used_at.insert(item, time) {
                Some(before) => {
                    by_age.remove(&before);
                    hits += usize::from(time >= warm);
                }
                None if used_at.len() > places => {
                    let (_, oldest) = by_age.pop_first().unwrap();
                    used_at.remove(&oldest);
                }
                None => {}
            }
            by_age.insert(time, item);
        }
        let (found, right) =
            (zipf_lru(1000.0, exponent, places as f64), hits as f64 / (requests - warm) as f64);
        // Three standard errors of the simulation, and what the approximation is off.
        assert!((found - right).abs() < 0.004, "{exponent} {places}: {found} {right}");
    }
}

#[test]
fn the_ttl_ratio_is_that_of_full_sums_and_of_a_simulation() {
    for exponent in [0.0, 0.9, 1.0, 1.7] {
        for items in [1, 30, 20_000] {
            for requests in [1e-3, 1.0, 1e3, 1e7] {
                let right: f64 = popularities(items, exponent)
                    .iter()
                    .map(|p| p * p * requests / (1.0 + p * requests))
                    .sum();
                let found = zipf_ttl(items as f64, exponent, requests / 60.0, 60.0);
                assert!((found / right - 1.0).abs() < 1e-5, "{exponent} {items} {requests}: {found} {right}");
            }
        }
    }
    let (mut stream, sums) = (Stream::new("ttl", 4), popularities(200, 0.9));
    let sums: Vec<f64> = sums
        .iter()
        .scan(0.0, |sum, share| {
            *sum += share;
            Some(*sum)
        })
        .collect();
    let (mut time, mut hits, mut until) = (0.0, 0, [0.0; 200]);
    for _ in 0..400_000 {
        time -= libm::log(stream.next_share()) / 5.0;
        let share = stream.next_share();
        let item = sums.partition_point(|sum| *sum < share).min(199);
        if time < until[item] { hits += 1 } else { until[item] = time + 30.0 }
    }
    assert!((zipf_ttl(200.0, 0.9, 5.0, 30.0) - f64::from(hits) / 400_000.0).abs() < 0.003);
}

#[test]
fn equal_popularity_gives_the_share_that_fits() {
    for places in [1.0, 10.0, 777.0, 9999.0] {
        assert!((zipf_lru(10_000.0, 0.0, places) - places / 10_000.0).abs() < 1e-9);
        assert!((zipf_ideal(10_000.0, 0.0, places) - places / 10_000.0).abs() < 1e-12);
    }
}

#[test]
fn ratios_rise_with_room_and_lru_stays_below_the_ideal() {
    for items in [3.0, 100.0, 1e6, 1e12] {
        for exponent in [0.0, 0.6, 1.0, 1.4, 4.0] {
            let (mut last_lru, mut last_ideal) = (0.0, 0.0);
            for step in 0..=40 {
                let places = libm::pow(items, f64::from(step) / 40.0).floor();
                let (lru, ideal) = (zipf_lru(items, exponent, places), zipf_ideal(items, exponent, places));
                assert!(
                    lru >= last_lru - 1e-9 && ideal >= last_ideal && lru <= ideal + 1e-6,
                    "{items} {exponent} {places}: {lru} {ideal}"
                );
                (last_lru, last_ideal) = (lru, ideal);
            }
            assert_eq!((last_lru, last_ideal), (1.0, 1.0));
        }
    }
}

#[test]
fn hostile_numbers_give_an_answer_or_unknown() {
    let hostile = [0.0, -1.0, 0.5, 1.0, 1e-300, 1e300, 3e9, f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
    for items in hostile {
        for exponent in hostile {
            for places in hostile {
                for ratio in [
                    zipf_ideal(items, exponent, places),
                    zipf_lru(items, exponent, places),
                    zipf_ttl(items, exponent, places, 60.0),
                ] {
                    let known = items >= 1.0
                        && items.is_finite()
                        && exponent >= 0.0
                        && exponent.is_finite()
                        && places >= 0.0;
                    assert_eq!(known, !ratio.is_nan(), "{items} {exponent} {places}: {ratio}");
                    assert!(!known || (0.0..=1.0).contains(&ratio), "{items} {exponent} {places}: {ratio}");
                }
            }
        }
    }
    assert_eq!(zipf_ttl(10.0, 1.0, 0.0, f64::INFINITY), 0.0);
    assert_eq!(zipf_ttl(10.0, 1.0, 1.0, f64::INFINITY), 1.0);
}
