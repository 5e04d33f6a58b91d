use super::super::{bounded, bounded_percentile, erlang_b, pooled};
use super::{Chain, Dice, line, near};

#[test]
fn chains_of_states_say_the_same() {
    for servers in [1.0, 2.0, 8.0, 40.0] {
        for load in [0.2, 0.7, 0.95, 1.0 - 1e-9, 1.0, 1.0 + 1e-9, 1.05, 2.0, 10.0] {
            for room in [0.0, 1.0, 2.0, 7.0, 30.0, 100.0] {
                let some = line(servers * load / 0.02, 0.02, servers, 1.0);
                let (found, chain) = (bounded(some, room), Chain::solve(some, (servers + room) as usize));
                near(found.loss, chain.loss(), 1e-11);
                near(found.utilization, load * (1.0 - chain.loss()), 1e-10);
                near(found.chance, chain.chance(), 1e-11);
                near(found.mean, chain.mean(), 1e-11);
                near(found.chance * found.conditional, found.mean, 1e-11);
                for p in [0.01, 0.5, 0.9, 0.99, 0.9999] {
                    let wait = bounded_percentile(some, room, p);
                    if wait > 0.0 {
                        near(chain.longer(wait), 1.0 - p, 1e-8);
                    } else {
                        assert!(chain.chance() <= (1.0 - p) * (1.0 + 1e-9), "{servers} {load} {room} {p}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_line_played_through_waits_as_long() {
    // Two servers, three places, more work than they can do.
    let (mut dice, mut now, mut leaving, mut waits, mut lost) = (Dice(11), 0.0, vec![], vec![], 0);
    let mut free = [0.0_f64; 2];
    let requests = 300_000;
    for _ in 0..requests {
        now += dice.exponential(1.0 / 3.0);
        leaving.retain(|time| *time > now);
        if leaving.len() == 5 {
            lost += 1;
            continue;
        }
        let server = usize::from(free[1] < free[0]);
        let start = free[server].max(now);
        free[server] = start + dice.exponential(1.0);
        leaving.push(free[server]);
        waits.push(start - now);
    }
    waits.sort_by(f64::total_cmp);
    let found = bounded(line(3.0, 1.0, 2.0, 1.0), 3.0);
    near(found.loss, f64::from(lost) / f64::from(requests), 0.02);
    near(found.mean, super::mean(&waits), 0.02);
    for p in [0.3, 0.5, 0.9, 0.99] {
        let expected = waits[(p * waits.len() as f64) as usize];
        near(bounded_percentile(line(3.0, 1.0, 2.0, 1.0), 3.0, p), expected, 0.03);
    }
}

#[test]
fn without_room_it_is_erlangs_loss() {
    near(bounded(line(5.084, 1.0, 10.0, 1.0), 0.0).loss, erlang_b(5.084, 10.0), 1e-13);
    assert_eq!(bounded(line(5.084, 1.0, 10.0, 1.0), 0.0).mean, 0.0);
}

#[test]
fn with_much_room_it_is_a_line_without_end() {
    for servers in [1.0, 8.0, 3000.0] {
        let some = line(servers * 0.9, 1.0, servers, 1.0);
        let endless = pooled(some);
        for room in [1e3, 1e6, 1e12, 1e15, 1e17, f64::INFINITY] {
            let found = bounded(some, room);
            near(found.mean, endless.mean, 1e-12);
            near(found.chance, endless.chance, 1e-12);
            assert!(found.loss < 1e-40);
            for p in [0.5, 0.99, 0.999_999] {
                near(bounded_percentile(some, room, p), endless.percentile(p), 1e-9);
            }
        }
    }
    assert_eq!(bounded(line(2.0, 1.0, 1.0, 1.0), f64::INFINITY).mean, f64::INFINITY);
}

#[test]
fn a_full_line_takes_as_long_as_its_places() {
    for room in [10.0, 1e3, 1e6, 1e9, 1e12] {
        let found = bounded(line(200.0, 0.01, 1.0, 1.0), room);
        near(found.loss, 0.5, 1e-3);
        near(found.utilization, 1.0, 1e-3);
        near(found.mean, (room - 1.0) * 0.01, 0.002 + 1.0 / room);
        // With twice the work, all but a handful of places are taken; the rest is the law of large numbers.
        let spread = 2.326_347_874 * (room + 2.0_f64).sqrt();
        near(
            bounded_percentile(line(200.0, 0.01, 1.0, 1.0), room, 0.99),
            (room - 1.0 + spread) * 0.01,
            0.6 / room.sqrt(),
        );
    }
    let flood = bounded(line(f64::INFINITY, 0.01, 2.0, 1.0), 5.0);
    assert_eq!((flood.loss, flood.chance, flood.utilization), (1.0, 1.0, 1.0));
    near(flood.mean, 0.025, 1e-12);
}

#[test]
fn exactly_full_work_is_not_an_exception() {
    // One server at load 1: all states are equally likely.
    for room in [1.0, 4.0, 1e3, 1e9] {
        let found = bounded(line(1.0, 1.0, 1.0, 1.0), room);
        near(found.loss, 1.0 / (room + 2.0), 1e-12);
        near(found.chance, room / (room + 1.0), 1e-12);
        near(found.mean, room / 2.0, 1e-12);
    }
    for room in [50.0, 1e4, 1e6, 1e9] {
        let at = |load: f64, p: f64| bounded_percentile(line(load, 1.0, 1.0, 1.0), room, p);
        for p in [0.1, 0.5, 0.99] {
            near(at(1.0, p), at(1.0 + 1e-13, p), 1e-6 + room * 1e-13);
            near(at(1.0, p), at(1.0 - 1e-13, p), 1e-6 + room * 1e-13);
        }
    }
}

#[test]
fn rooms_beyond_counting_have_percentiles_too() {
    for room in [1e4, 9e5, 1.1e6, 4e6, 1e9] {
        // At a load of 1 all places are equally likely: the tail at x servings is (room - x) / (room + 1) but for the ends.
        for p in [0.3, 0.5, 0.9] {
            let found = bounded_percentile(line(1.0, 1.0, 1.0, 1.0), room, p);
            near(found, room - (1.0 - p) * (room + 1.0), 3e-8);
        }
        // Above it, the line is full but for a geometric number of places, and its servings add up to nearly a normal number.
        let (ratio, each) = (1.0 / 1.5, 0.25);
        let mean = room - ratio / (1.0 - ratio);
        let spread = (mean + ratio / (1.0 - ratio) / (1.0 - ratio)).sqrt();
        for (p, z) in [(0.01, -2.326_347_874_040_841), (0.5, 0.0), (0.99, 2.326_347_874_040_841)] {
            let expected: f64 = mean + z * spread + (z * z - 1.0) / 3.0;
            near(bounded_percentile(line(6.0, 1.0, 4.0, 1.0), room, p), expected * each, 3.0 / room + 1e-8);
        }
    }
}

#[test]
fn more_room_loses_less_and_waits_longer() {
    for load in [0.5, 0.99, 1.0, 1.01, 3.0] {
        let (mut loss, mut wait, mut late) = (1.0, 0.0, 0.0);
        for room in 0..200 {
            let some = line(load * 4.0, 1.0, 4.0, 1.0);
            let found = bounded(some, f64::from(room));
            let percentile = bounded_percentile(some, f64::from(room), 0.95);
            assert!(found.loss <= loss && found.mean >= wait * (1.0 - 1e-12), "{load} {room}");
            assert!(percentile >= late * (1.0 - 1e-9));
            (loss, wait, late) = (found.loss, found.mean, percentile);
        }
    }
}
