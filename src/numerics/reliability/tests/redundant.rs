use super::super::*;
use super::{Random, close};

/// All states of groups, with exact thousandths: the weight of those in which fewer than `needed` work.
fn all_states(thousandths: &[u128], needed: u32) -> f64 {
    let count = thousandths.len();
    let mut total = 0_u128;
    for up in 0..1_u32 << count {
        if up.count_ones() < needed {
            let share = |(one, down): (usize, &u128)| if up >> one & 1 == 1 { 1000 - down } else { *down };
            total += thousandths.iter().enumerate().map(share).product::<u128>();
        }
    }
    total as f64 / 1000_u128.pow(u32::try_from(count).unwrap()) as f64
}

#[test]
fn known_groups_have_their_known_availability() {
    close(k_of_n(0.01, 2, 3), 1.0 - 0.999_702, 1e-12);
    close(k_of_n(0.01, 3, 5), 9.8506e-6, 1e-12);
    close(k_of_n(0.005, 4, 6), 1.0 - 0.999_997_528_012_656_3, 1e-10);
    close(k_of_n(0.001, 9, 10), 1.0 - 0.999_955_239_371_006_9, 1e-10);
    let mixed = [0.01, 0.02, 0.05, 0.001];
    close(k_of_n_mixed(&mixed, 2), 1.0 - 0.999_988_33, 1e-9);
    close(k_of_n_mixed(&mixed, 3), 1.0 - 0.998_243_37, 1e-12);
}

#[test]
fn groups_have_the_unavailability_of_all_their_states() {
    let mut random = Random(3);
    for round in 0..60_u32 {
        let count = 1 + round % 12;
        let worst = [4, 100, 1000][round as usize % 3];
        let thousandths: Vec<u128> = (0..count).map(|_| u128::from(random.below(worst))).collect();
        let same = vec![thousandths[0]; count as usize];
        let parts: Vec<f64> = thousandths.iter().map(|one| *one as f64 / 1000.0).collect();
        // The same as groups: the first three kinds spread over all.
        let kinds: Vec<u128> =
            (0..count as usize).map(|one| thousandths[one % 3.min(count as usize)]).collect();
        let mut groups: Vec<Group> = (0..3.min(count))
            .map(|kind| Group {
                unavailability: parts[kind as usize],
                instances: (0..count).filter(|one| one % 3.min(count) == kind).count() as u32,
                up: true,
            })
            .collect();
        groups.push(Group { unavailability: 0.0, instances: 5, up: false });
        for needed in 0..=count + 1 {
            close(k_of_n_mixed(&parts, needed as usize), all_states(&thousandths, needed), 1e-13);
            close(k_of_n(parts[0], needed, count), all_states(&same, needed), 1e-13);
            close(k_of_groups(&groups, needed), all_states(&kinds, needed), 1e-13);
        }
    }
}

#[test]
fn large_groups_agree_with_the_recursion_over_their_members() {
    for (down, needed, of) in [
        (1e-3, 985, 1000),
        (1e-3, 999, 1000),
        (0.3, 650, 1000),
        (0.3, 750, 1000),
        (0.9, 150, 1000),
        (1e-9, 1900, 2000),
        (0.02, 1, 300),
        (0.1, 61, 380),
        (0.5, 900, 2000),
        (0.5, 1100, 2000),
    ] {
        close(k_of_n(down, needed, of), k_of_n_mixed(&vec![down; of as usize], needed as usize), 1e-11);
    }
}

#[test]
fn very_large_groups_follow_the_normal_distribution_in_the_middle() {
    use crate::numerics::special::normal_cdf;
    for (of, down) in [(100_000_u32, 0.1), (100_000, 0.5), (10_000_000, 0.01)] {
        let scale = (f64::from(of) * down * (1.0 - down)).sqrt();
        for deviations in [-2.0, -1.0, 0.0, 1.0, 2.0, 3.0] {
            let failures = (f64::from(of) * down + deviations * scale).floor();
            // With half a step for what is whole, and what the skewness adds.
            let z = (failures - 0.5 - f64::from(of) * down) / scale;
            let density = libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
            let tail = normal_cdf(-z) + (1.0 - 2.0 * down) / scale / 6.0 * (z * z - 1.0) * density;
            close(k_of_n(down, of - failures as u32 + 1, of), tail, 2e-3);
        }
    }
    assert_eq!(k_of_n(1e-12, 1, u32::MAX), 0.0);
    close(k_of_n(1e-12, u32::MAX, u32::MAX), 4.294_967_295e-3, 3e-3);
    assert!((k_of_n(0.5, u32::MAX / 2 + 1, u32::MAX) - 0.5).abs() < 1e-4);
}

#[test]
fn the_shares_of_very_large_groups_add_up_to_one() {
    for (of, down) in [(10_000_000_u32, 0.1), (10_000_000, 0.9), (50_000_000, 0.5), (3_000_000, 0.000_3)] {
        // Summed downwards below the mean and upwards above it, and what is between.
        let mean = (f64::from(of) * down) as u32;
        let (from_mean, above) = (k_of_n(down, of - mean + 1, of), k_of_n(down, of - mean, of));
        let exactly = k_of_n_frequency(down, 1.0, of + 1 - mean, of + 1) / f64::from(of + 1);
        close(from_mean - above, exactly, 1e-8);
        assert!((from_mean - above - exactly).abs() < 1e-12);
    }
}

#[test]
fn a_further_replica_never_hurts_and_a_higher_need_never_helps() {
    for down in [0.0, 1e-15, 1e-6, 0.01, 0.4, 0.6, 0.99, 1.0] {
        for of in 1..40 {
            for needed in 1..=of {
                let here = k_of_n(down, needed, of);
                assert!((0.0..=1.0).contains(&here));
                assert!(k_of_n(down, needed, of + 1) <= here * (1.0 + 1e-12));
                assert!(k_of_n(down, needed + 1, of) >= here * (1.0 - 1e-12));
                assert!(k_of_n((down + 0.001).min(1.0), needed, of) >= here * (1.0 - 1e-12));
                let common = with_common_cause(down, 0.1, needed, of);
                assert!(of == 1 || with_common_cause(down, 0.1, needed, of + 1) <= common * (1.0 + 1e-12));
            }
        }
    }
}

#[test]
fn what_is_common_to_a_pair_is_most_of_its_unavailability() {
    close(with_common_cause(1e-3, 0.1, 1, 2), 1.008_099_19e-4, 1e-12);
    close(with_common_cause(1e-3, 0.0, 1, 2), 1e-6, 1e-14);
    close(with_common_cause(1e-3, 1.0, 1, 9), 1e-3, 1e-14);
    close(with_common_cause(1e-3, 0.1, 1, 1), 1e-3, 1e-14);
    assert!(with_common_cause(1e-3, 0.1, 1, 50) >= 1e-4);
    assert_eq!(with_common_cause(1e-3, 0.1, 0, 2), 0.0);
    assert_eq!(with_common_cause(1e-3, 0.1, 3, 2), 1.0);
}

#[test]
fn a_zone_that_is_down_takes_its_instances_with_it() {
    let zone = |up| Group { unavailability: 0.01, instances: 2, up };
    assert_eq!(k_of_groups(&[zone(true), zone(true), zone(true)], 4), k_of_n(0.01, 4, 6));
    assert_eq!(k_of_groups(&[zone(true), zone(true), zone(false)], 4), k_of_n(0.01, 4, 4));
    assert_eq!(k_of_groups(&[zone(true), zone(false), zone(false)], 4), 1.0);
    assert_eq!(k_of_groups(&[], 0), 0.0);
    assert_eq!(k_of_groups(&[], 1), 1.0);
}

#[test]
fn large_groups_that_differ_agree_with_the_recursion_over_their_members() {
    let group = |unavailability, instances| Group { unavailability, instances, up: true };
    let groups = [group(0.01, 300), group(0.02, 200), group(0.001, 400)];
    let parts: Vec<f64> =
        groups.iter().flat_map(|one| vec![one.unavailability; one.instances as usize]).collect();
    for needed in [1, 450, 800, 870, 890, 899, 900] {
        close(k_of_groups(&groups, needed), k_of_n_mixed(&parts, needed as usize), 1e-11);
    }
}

#[test]
fn groups_that_are_too_large_to_follow_are_taken_as_the_worst_of_them() {
    let group = |unavailability, instances| Group { unavailability, instances, up: true };
    let many = [group(0.5, 500_000), group(0.55, 600_000), group(0.556, 700_000)];
    let found = k_of_groups(&many, 799_000);
    assert!(found > 0.1 && found < 0.9);
    assert_eq!(found, k_of_n(0.556, 799_000, 1_800_000));
    assert_eq!(k_of_groups(&many, 1), 0.0);
    let huge = [group(1e-3, u32::MAX), group(2e-3, u32::MAX), group(f64::INFINITY, 7)];
    assert_eq!(k_of_groups(&huge, 1), 1.0);
    let each: Vec<Group> = (0..20_000).map(|one| group(f64::from(one) * 1e-6, 1)).collect();
    assert!((0.0..=1.0).contains(&k_of_groups(&each, 19_000)));
    assert!(k_of_groups(&[group(0.1, 2), group(f64::NAN, 2)], 2).is_nan());
    assert_eq!(k_of_groups(&[group(0.1, 2), group(f64::NAN, 2)], 5), 1.0);
}

#[test]
fn the_frequency_of_a_group_is_that_of_its_diagram() {
    for (needed, of) in [(1, 1), (1, 2), (2, 3), (3, 5), (4, 4)] {
        let (down, often) = (0.02, 0.3);
        let parts = Needs::AtLeast(needed as usize, (0..of).map(Needs::Part).collect());
        let diagram = Diagram::new(&parts, of as usize).unwrap();
        let expected = diagram.frequency(&vec![down; of as usize], &vec![often; of as usize]);
        close(k_of_n_frequency(down, often, needed, of), expected, 1e-12);
        let group = |instances| Group { unavailability: down, instances, up: true };
        close(k_of_groups_frequency(&[group(1), group(of - 1)], &[often; 2], needed), expected, 1e-9);
        // The chain with a crew for each gives the same.
        let (works, repair) = (49.0, 1.0);
        let (unavailability, failures) = repaired(works, repair, needed, of, of);
        close(unavailability, k_of_n(from_times(works, repair), needed, of), 1e-12);
        close(failures, k_of_n_frequency(from_times(works, repair), down / repair, needed, of), 1e-12);
    }
    let mixed = [0.1, 0.2, 0.3];
    let diagram = Diagram::new(&Needs::AtLeast(2, (0..3).map(Needs::Part).collect()), 3).unwrap();
    let groups: Vec<Group> =
        mixed.iter().map(|down| Group { unavailability: *down, instances: 1, up: true }).collect();
    let expected = diagram.frequency(&mixed, &[1.0, 2.0, 3.0]);
    close(k_of_groups_frequency(&groups, &[1.0, 2.0, 3.0], 2), expected, 1e-12);
}

/// Solves the equations of balance of the chain by elimination.
fn chain(works: f64, repair: f64, needed: u32, of: u32, crews: u32) -> (f64, f64) {
    let size = of as usize + 1;
    let mut rows = vec![vec![0.0; size + 1]; size];
    for down in 0..size {
        let failures = (size - 1 - down) as f64 / works;
        let repairs = down.min(crews as usize) as f64 / repair;
        rows[down][down] -= failures + repairs;
        if down + 1 < size {
            rows[down + 1][down] += failures;
        }
        if down > 0 {
            rows[down - 1][down] += repairs;
        }
    }
    rows[0] = vec![1.0; size + 1];
    let shares = super::lasting::solve(rows);
    let failed = (of - needed + 1) as usize;
    (shares[failed..].iter().sum(), shares[failed - 1] * f64::from(needed) / works)
}

#[test]
fn few_crews_leave_the_share_that_the_equations_of_balance_give() {
    for (works, repair) in [(1000.0, 10.0), (5.0, 1.0), (1.0, 3.0)] {
        for (needed, of) in [(1, 1), (1, 2), (2, 3), (3, 6), (7, 8)] {
            for crews in 1..=of {
                let (unavailability, failures) = repaired(works, repair, needed, of, crews);
                let (expected, expected_failures) = chain(works, repair, needed, of, crews);
                assert!((unavailability - expected).abs() < 1e-13 + 1e-9 * expected);
                close(failures, expected_failures, 1e-8);
            }
        }
    }
}

#[test]
fn a_pair_with_one_crew_is_down_twice_as_long_as_with_two() {
    close(repaired(1000.0, 10.0, 1, 2, 1).0, 2e-4 / 1.0202, 1e-13);
    close(repaired(1000.0, 10.0, 1, 2, 1).0, 1.960e-4, 3e-4);
    close(repaired(1000.0, 10.0, 1, 2, 2).0, 9.80e-5, 4e-4);
}

#[test]
fn ten_thousand_with_few_crews_neither_overflow_nor_vanish() {
    let (unavailability, failures) = repaired(1000.0, 10.0, 9_900, 10_000, 10_000);
    close(unavailability, k_of_n(10.0 / 1010.0, 9_900, 10_000), 1e-10);
    assert!(failures > 0.0);
    // One crew mends a tenth of what ten thousand lose: as many are down as it takes to balance.
    let (unavailability, _) = repaired(1000.0, 1.0, 1_100, 10_000, 1);
    assert!(unavailability > 0.99);
    let (unavailability, _) = repaired(1000.0, 1.0, 900, 10_000, 1);
    assert!((0.0..0.01).contains(&unavailability));
}

#[test]
fn strange_numbers_have_definite_answers_where_there_are_any() {
    let strange = [0.0, -1.0, 1.0, 2.0, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, f64::MAX];
    for a in strange {
        for (needed, of) in [(0, 0), (0, 3), (1, 0), (1, 3), (3, 3), (u32::MAX, u32::MAX), (1, u32::MAX)] {
            assert!((0.0..=1.0).contains(&k_of_n(a, needed, of)));
            assert!((0.0..=1.0).contains(&with_common_cause(a, a, needed, of)));
            assert!(!k_of_n_frequency(a, 1.0, needed, of).is_nan());
            for b in strange {
                let (unavailability, _) = repaired(a, b, needed, of, 2);
                assert!(unavailability.is_nan() || (0.0..=1.0).contains(&unavailability));
            }
        }
    }
    assert!(k_of_n(f64::NAN, 1, 2).is_nan());
    assert_eq!(from_times(f64::INFINITY, 1.0), 0.0);
    assert_eq!(from_times(1.0, f64::INFINITY), 1.0);
    assert_eq!(from_times(0.0, 1.0), 1.0);
    close(from_times(999.0, 1.0), 1e-3, 1e-15);
    assert_eq!(repaired(f64::INFINITY, 1.0, 1, 2, 1), (0.0, 0.0));
    assert_eq!(repaired(1.0, 1.0, 1, 2, 0), (1.0, 0.0));
}
