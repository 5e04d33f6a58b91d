use super::super::{pooled, round_robin, separate, two_choices};
use super::{Dice, Line, chance, line, mean, near, simulate};

fn played(line: Line, lines: usize, mut choose: impl FnMut(&[usize], &mut Dice) -> usize) -> Vec<f64> {
    let (mut coming, mut serving, mut choosing) = (Dice(5), Dice(6), Dice(7));
    let servers = line.servers as usize / lines;
    simulate(
        400_000,
        lines,
        servers,
        || coming.exponential(1.0 / line.arrivals),
        || if line.variation == 0.0 { line.service } else { serving.exponential(line.service) },
        |present| choose(present, &mut choosing),
    )
}

fn shorter_of_two(present: &[usize], dice: &mut Dice) -> usize {
    let first = dice.below(present.len());
    let second = (first + 1 + dice.below(present.len() - 1)) % present.len();
    if present[second] < present[first] { second } else { first }
}

#[test]
fn a_hundred_lines_wait_two_hundred_times_as_long_as_one() {
    let hundred = line(950.0, 0.1, 100.0, 1.0);
    near(separate(hundred, 100.0).mean, 1.9, 1e-9);
    near(pooled(hundred).mean, 0.0101, 0.01);
    assert_eq!(separate(hundred, 1.0), pooled(hundred));
    near(separate(hundred, 1000.0).mean, 1.9, 1e-9);
}

#[test]
fn going_in_turn_is_the_exact_line_of_regular_arrivals() {
    // Erlang arrivals of m phases at one exponential server: the chance to wait is the root of x = (m r / (m r + 1 - x))^m.
    for instances in [2.0, 4.0, 10.0, 1000.0] {
        for load in [0.3, 0.5, 0.8, 0.95] {
            let mut root = load;
            for _ in 0..5000 {
                let phase: f64 = instances * load / (instances * load + 1.0 - root);
                root = libm::pow(phase, instances);
            }
            let found = round_robin(line(instances * load, 1.0, instances, 1.0), instances);
            near(found.mean, root / (1.0 - root), 1e-9);
            near(found.chance, root, 1e-9);
        }
    }
    assert_eq!(round_robin(line(8.0, 0.1, 1.0, 1.0), 1.0), pooled(line(8.0, 0.1, 1.0, 1.0)));
    // Regular requests that come regularly never meet.
    assert!(round_robin(line(8e9, 0.1, 1e9, 0.0), 1e9).mean < 1e-6);
}

#[test]
fn going_in_turn_among_instances_with_several_servers() {
    for (servers, instances, load, within) in
        [(20.0, 5.0, 0.9, 0.1), (12.0, 6.0, 0.8, 0.1), (64.0, 4.0, 0.85, 0.15)]
    {
        let some = line(servers * load, 1.0, servers, 1.0);
        let mut turn = 0;
        let waits = played(some, instances as usize, |present, _| {
            turn = (turn + 1) % present.len();
            turn
        });
        let found = round_robin(some, instances);
        near(found.mean, mean(&waits), within);
        near(found.chance, chance(&waits), within);
    }
}

#[test]
fn going_in_turn_with_other_service_times() {
    // Constant, and a mixture of two exponentials with the squared coefficient of variation 4.
    let (share, short, long) = (0.887_298_334_620_741_7, 0.563_508_326_896_291_5, 4.436_491_673_103_708);
    for (variation, instances, load, within) in
        [(0.0, 4.0, 0.8, 0.2), (0.0, 2.0, 0.6, 0.2), (4.0, 4.0, 0.7, 0.2), (4.0, 10.0, 0.5, 0.2)]
    {
        let (mut coming, mut serving, mut turn) = (Dice(8), Dice(9), 0);
        let waits = simulate(
            1_000_000,
            instances as usize,
            1,
            || coming.exponential(1.0 / (load * instances)),
            || match variation {
                0.0 => 1.0,
                _ if serving.uniform() < share => serving.exponential(short),
                _ => serving.exponential(long),
            },
            |present| {
                turn = (turn + 1) % present.len();
                turn
            },
        );
        let found = round_robin(line(load * instances, 1.0, instances, variation), instances);
        near(found.mean, mean(&waits), within);
        near(found.chance, chance(&waits), within);
    }
}

#[test]
fn two_choices_among_many_are_the_known_sum() {
    // Published for a load of 0.9 (Gast and Van Houdt): 2.3527 requests at each of endlessly many, 2.8040 at each of ten.
    let found = two_choices(line(0.9e9, 1.0, 1e9, 1.0), 1e9);
    near(found.mean, 2.3527 / 0.9 - 1.0, 1e-4);
    near(found.chance, 0.81, 1e-6);
    near(two_choices(line(9.0, 1.0, 10.0, 1.0), 10.0).mean, 2.8040 / 0.9 - 1.0, 0.04);
}

#[test]
fn two_choices_played_through() {
    for (servers, instances, load, within) in [
        (2.0, 2.0, 0.5, 0.2),
        (2.0, 2.0, 0.9, 0.2),
        (10.0, 10.0, 0.5, 0.1),
        (10.0, 10.0, 0.9, 0.05),
        (100.0, 100.0, 0.8, 0.05),
        (20.0, 10.0, 0.8, 0.1),
        (40.0, 10.0, 0.9, 0.1),
        (160.0, 40.0, 0.9, 0.1),
        (640.0, 10.0, 0.95, 0.3),
    ] {
        let some = line(servers * load, 1.0, servers, 1.0);
        let waits = played(some, instances as usize, shorter_of_two);
        let found = two_choices(some, instances);
        near(found.mean, mean(&waits), within);
        near(found.chance, chance(&waits), within + 0.1);
    }
}

#[test]
fn two_choices_lie_between_one_line_and_blind_choice() {
    for servers in [1.0, 2.0, 5.0, 31.0, 32.0, 33.0, 100.0, 2000.0] {
        for instances in [1.0, 2.0, 3.0, 50.0, 1e6] {
            let mut last = 0.0;
            for load in [0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.9999] {
                for variation in [0.0, 1.0, 4.0] {
                    let some = line(servers * instances * load, 1.0, servers * instances, variation);
                    let (best, found, worst) =
                        (pooled(some), two_choices(some, instances), separate(some, instances));
                    assert!(
                        best.mean <= found.mean * (1.0 + 1e-12) && found.mean <= worst.mean * (1.0 + 1e-12)
                    );
                    assert!(best.chance <= found.chance && found.chance <= worst.chance);
                }
                let found =
                    two_choices(line(servers * instances * load, 1.0, servers * instances, 1.0), instances);
                assert!(found.mean >= last, "{servers} {instances} {load}");
                last = found.mean;
            }
        }
    }
}

#[test]
fn in_turn_the_wait_grows_with_the_load_and_is_never_longer_than_by_chance() {
    for instances in [2.0, 3.0, 4.0, 10.0, 100.0] {
        for variation in [0.0, 0.5, 1.0, 2.0, 3.0, 10.0] {
            let mut before = 0.0;
            for step in 1..400 {
                let load = f64::from(step) / 400.0;
                let some = line(load * instances, 1.0, instances, variation);
                let mean = round_robin(some, instances).mean;
                assert!(mean >= before, "{instances} {variation} {load}: {mean} after {before}");
                assert!(mean <= separate(some, instances).mean, "{instances} {variation} {load}: {mean}");
                before = mean;
            }
        }
    }
}
