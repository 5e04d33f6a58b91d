use super::super::*;
use super::{Random, close, part, works};

const THOUSAND: u128 = 1000;

/// The exact weight of all failing states in thousandths to the power of the number of parts.
fn failing(needs: &Needs, thousandths: &[u128], fixed: Option<(usize, bool)>) -> f64 {
    let count = thousandths.len();
    let mut total = 0_u128;
    for up in 0..1_u32 << count {
        if fixed.is_some_and(|(part, is_up)| (up >> part & 1 == 1) != is_up) || works(needs, up) {
            continue;
        }
        total += (0..count)
            .map(|part| match (fixed, up >> part & 1) {
                (Some((fixed, _)), _) if fixed == part => THOUSAND,
                (_, 1) => THOUSAND - thousandths[part],
                _ => thousandths[part],
            })
            .product::<u128>();
    }
    total as f64 / THOUSAND.pow(u32::try_from(count).unwrap()) as f64
}

#[test]
fn random_structures_have_the_unavailability_and_importance_of_all_their_states() {
    let mut random = Random(11);
    for round in 0..150_u32 {
        let count = 2 + round % 11;
        let needs = random.needs(count, 1 + round % 4);
        let worst = [3, 30, 1000][round as usize % 3];
        let thousandths: Vec<u128> = (0..count).map(|_| u128::from(random.below(worst))).collect();
        let parts: Vec<f64> = thousandths.iter().map(|thousandth| *thousandth as f64 / 1000.0).collect();
        let diagram = Diagram::new(&needs, count as usize).unwrap();
        close(diagram.unavailability(&parts), failing(&needs, &thousandths, None), 1e-13);
        let importance = diagram.importance(&parts);
        assert_eq!(importance.len(), count as usize);
        for (index, importance) in importance.into_iter().enumerate() {
            let difference = failing(&needs, &thousandths, Some((index, false)))
                - failing(&needs, &thousandths, Some((index, true)));
            assert!((importance - difference).abs() < 1e-13, "{importance} {difference}");
        }
    }
}

#[test]
fn random_structures_stop_working_as_often_as_their_states_are_left() {
    let mut random = Random(19);
    for round in 0..80_u32 {
        let count = 2 + round % 9;
        let needs = random.needs(count, 1 + round % 4);
        let parts: Vec<f64> = (0..count).map(|_| random.below(900) as f64 / 1000.0).collect();
        let repair: Vec<f64> = (0..count).map(|_| 1.0 + random.below(50) as f64).collect();
        let often: Vec<f64> = parts.iter().zip(&repair).map(|(down, repair)| down / repair).collect();
        let mut expected = 0.0;
        for up in (0..1_u32 << count).filter(|up| works(&needs, *up)) {
            let share: f64 = (0..count)
                .map(|one| if up >> one & 1 == 1 { 1.0 - parts[one as usize] } else { parts[one as usize] })
                .product();
            for one in (0..count).filter(|one| up >> one & 1 == 1 && !works(&needs, up & !(1 << one))) {
                // What works fails at this rate.
                expected += share * often[one as usize] / (1.0 - parts[one as usize]);
            }
        }
        let diagram = Diagram::new(&needs, count as usize).unwrap();
        close(diagram.frequency(&parts, &often), expected, 1e-11);
    }
}

#[test]
fn random_structures_have_the_cut_sets_of_all_their_states() {
    let mut random = Random(5);
    for round in 0..150_u32 {
        let count = 2 + round % 9;
        let needs = random.needs(count, 1 + round % 4);
        let diagram = Diagram::new(&needs, count as usize).unwrap();
        let all = (1_u32 << count) - 1;
        let mut expected: Vec<Vec<u32>> = (0..=all)
            .filter(|down| !works(&needs, all & !down))
            .filter(|down| {
                (0..count).all(|one| down >> one & 1 == 0 || works(&needs, all & !down | 1 << one))
            })
            .filter(|down| down.count_ones() <= 4)
            .map(|down| (0..count).filter(|one| down >> one & 1 == 1).collect())
            .collect();
        expected.sort_by_key(|set| (set.len(), set.clone()));
        let found = minimal_cut_sets(&diagram, 4, 10_000);
        assert_eq!(found, CutSets { sets: expected.clone(), complete: true });
        let some = minimal_cut_sets(&diagram, 4, 2);
        assert_eq!(some.sets.len(), expected.len().min(2));
        assert_eq!(some.complete, expected.len() <= 2);
        assert!(some.sets.iter().all(|set| expected.contains(set)));
    }
}

#[test]
fn random_structures_in_places_are_those_in_which_the_places_are_parts() {
    // A region (0) with two zones (1, 2), and a place of its own (3). Each part is in one of them.
    let parents = [None, Some(0), Some(0), None];
    let down = [0.01, 0.02, 0.3, 0.05];
    let places = Places::new(&down, &parents).unwrap();
    // 2 states of the place, and 5 of the region with its zones.
    assert_eq!(places.state_count(), 10);
    let mut random = Random(77);
    for round in 0..60_u32 {
        let count = 2 + round % 5;
        let needs = random.needs(count, 1 + round % 3);
        let diagram = Diagram::new(&needs, count as usize).unwrap();
        let home: Vec<usize> = (0..count).map(|_| usize::try_from(random.below(4)).unwrap()).collect();
        let own: Vec<f64> = (0..count).map(|_| random.below(100) as f64 / 500.0).collect();
        let often: Vec<f64> = (0..count).map(|_| random.below(100) as f64).collect();
        let place_often = [1.0, 2.0, 0.5, 3.0];
        // The same with places as further parts of the structure.
        fn placed(needs: &Needs, home: &[usize], count: u32) -> Needs {
            let all = |children: &[Needs]| children.iter().map(|child| placed(child, home, count)).collect();
            match needs {
                Needs::Nothing => Needs::Nothing,
                Needs::Part(one) => {
                    let place = u32::try_from(home[*one as usize]).unwrap();
                    let mut needed = vec![part(*one), part(count + place)];
                    if place == 1 || place == 2 {
                        needed.push(part(count));
                    }
                    Needs::All(needed)
                }
                Needs::All(children) => Needs::All(all(children)),
                Needs::Any(children) => Needs::Any(all(children)),
                Needs::AtLeast(number, children) => Needs::AtLeast(*number, all(children)),
            }
        }
        let whole = Diagram::new(&placed(&needs, &home, count), count as usize + 4).unwrap();
        let parts: Vec<f64> = own.iter().chain(&down).copied().collect();
        let expected = whole.unavailability(&parts);
        let expected_often =
            whole.frequency(&parts, &often.iter().chain(&place_often).copied().collect::<Vec<f64>>());
        let is_up = |one: u32, up: u32| up >> home[one as usize] & 1 == 1;
        let of_part = |one: u32, up: u32| if is_up(one, up) { own[one as usize] } else { 1.0 };
        close(places.unavailability(&diagram, &mut |one, up| of_part(one, up)), expected, 1e-13);
        let outages = places.outages(&diagram, &place_often, &mut |one, up| {
            (of_part(one, up), if is_up(one, up) { often[one as usize] } else { 0.0 })
        });
        close(outages.unavailability, expected, 1e-13);
        close(outages.frequency, expected_often, 1e-12);
    }
}

#[test]
fn three_unlikely_places_are_not_left_out_when_only_they_matter() {
    let places = Places::new(&[1e-7; 3], &[None; 3]).unwrap();
    let needs = Needs::Any(vec![part(0), part(1), part(2)]);
    let diagram = Diagram::new(&needs, 3).unwrap();
    let found = places.unavailability(&diagram, &mut |one, up| f64::from(1 - (up >> one & 1)));
    close(found, 1e-21, 1e-14);
    let outages = places.outages(&diagram, &[1e-9; 3], &mut |one, up| (f64::from(1 - (up >> one & 1)), 0.0));
    close(outages.frequency, 3.0 * 1e-14 * 1e-9, 1e-12);
}

#[test]
fn rare_outages_are_counted_where_something_else_is_often_down() {
    // The fourth part is down half of the time and never fails. All three places fail in a state that is very unlikely.
    let places = Places::new(&[1e-9; 3], &[None; 3]).unwrap();
    let needs = Needs::All(vec![Needs::Any(vec![part(0), part(1), part(2)]), part(3)]);
    let diagram = Diagram::new(&needs, 4).unwrap();
    let down = |one: u32, up: u32| if one == 3 { 0.5 } else { f64::from(1 - (up >> one & 1)) };
    let outages = places.outages(&diagram, &[1e-3; 3], &mut |one, up| (down(one, up), 0.0));
    close(outages.unavailability, 0.5, 1e-14);
    close(outages.frequency, 0.5 * 3.0 * 1e-18 * 1e-3, 1e-8);
}

#[test]
fn a_place_may_be_named_before_the_one_around_it() {
    let places = Places::new(&[0.02, 0.01], &[Some(1), None]).unwrap();
    assert_eq!(places.state_count(), 3);
    let diagram = Diagram::new(&part(0), 1).unwrap();
    let found = places.unavailability(&diagram, &mut |_, up| f64::from(1 - (up & 1)));
    close(found, 1.0 - 0.98 * 0.99, 1e-14);
}

#[test]
fn places_that_are_too_many_or_within_themselves_are_refused() {
    assert!(Places::new(&[0.1; 17], &[None; 17]).is_none());
    assert!(Places::new(&[0.1; 2], &[Some(1), Some(0)]).is_none());
    assert!(Places::new(&[0.1], &[Some(0)]).is_none());
    assert!(Places::new(&[0.1], &[Some(7)]).is_none());
    assert!(Places::new(&[0.1], &[]).is_none());
    assert_eq!(Places::new(&[], &[]).unwrap().state_count(), 1);
    assert_eq!(Places::new(&[0.0; 16], &[None; 16]).unwrap().state_count(), 1);
    assert_eq!(Places::new(&[0.5; 16], &[None; 16]).unwrap().state_count(), 65_536);
}

#[test]
fn a_shared_database_fails_once() {
    // Two replicas, a database and a service for sign-in that both need.
    let path = |replica| Needs::All(vec![part(replica), part(2), part(3)]);
    let either = Diagram::new(&Needs::Any(vec![path(0), path(1)]), 4).unwrap();
    let down = [0.01, 0.01, 0.001, 0.0005];
    close(1.0 - either.unavailability(&down), 0.998_400_649_95, 1e-12);
    close(either.unavailability(&down) * 525_600.0, 840.618_386_28, 1e-11);
    assert_eq!(minimal_cut_sets(&either, 3, 10).sets, [vec![2], vec![3], vec![0, 1]]);
    // A gateway, orders and users that all use one database.
    let service = |one| Needs::All(vec![part(one), part(3)]);
    let both = Diagram::new(&Needs::All(vec![service(0), service(1), service(2)]), 4).unwrap();
    close(1.0 - both.unavailability(&[0.0005, 0.001, 0.002, 0.0001]), 0.996_403_848_650_1, 1e-12);
}

#[test]
fn a_queue_takes_over_from_a_database() {
    let down = [0.0005, 0.0001, 0.001];
    let plain = Diagram::new(&Needs::All(vec![part(0), part(1)]), 3).unwrap();
    close(1.0 - plain.unavailability(&down), 0.999_400_05, 1e-12);
    let either = Needs::Any(vec![part(1), part(2)]);
    close(Diagram::new(&either, 3).unwrap().unavailability(&down), 1e-7, 1e-14);
    let fallback = Diagram::new(&Needs::All(vec![part(0), either]), 3).unwrap();
    close(1.0 - fallback.unavailability(&down), 0.999_499_900_05, 1e-12);
}

#[test]
fn a_bridge_is_neither_series_nor_parallel() {
    let paths = [vec![0, 3], vec![1, 4], vec![0, 2, 4], vec![1, 2, 3]];
    let needs =
        Needs::Any(paths.into_iter().map(|path| Needs::All(path.into_iter().map(part).collect())).collect());
    let bridge = Diagram::new(&needs, 5).unwrap();
    for down in [0.5, 0.1, 1e-3, 1e-9] {
        // 2q² + 2q³ - 5q⁴ + 2q⁵, the classic formula.
        let formula = down * down * (2.0 + down * (2.0 - down * (5.0 - 2.0 * down)));
        close(bridge.unavailability(&[down; 5]), formula, 1e-14);
    }
    let sets = minimal_cut_sets(&bridge, 3, 100);
    assert_eq!(sets.sets, [vec![0, 1], vec![3, 4], vec![0, 2, 4], vec![1, 2, 3]]);
}

#[test]
fn tiny_unavailabilities_keep_their_digits() {
    let pairs = (0..50).map(|one| Needs::Any(vec![part(2 * one), part(2 * one + 1)])).collect();
    let diagram = Diagram::new(&Needs::All(pairs), 100).unwrap();
    close(diagram.unavailability(&[1e-12; 100]), 50.0 * 1e-24, 1e-14);
    close(diagram.importance(&[1e-12; 100])[7], 1e-12, 1e-14);
    let series = Diagram::new(&Needs::All((0..100).map(part).collect()), 100).unwrap();
    close(series.unavailability(&[1e-15; 100]), 1e-13, 1e-12);
    close(series.unavailability(&[0.01; 100]), -libm::expm1(100.0 * libm::log1p(-0.01)), 1e-14);
}

#[test]
fn the_ends_of_structures_are_definite() {
    let of = |needs: &Needs| Diagram::new(needs, 2).unwrap().unavailability(&[0.25, 0.5]);
    assert_eq!(of(&Needs::Nothing), 0.0);
    assert_eq!(of(&Needs::All(vec![])), 0.0);
    assert_eq!(of(&Needs::Any(vec![])), 1.0);
    assert_eq!(of(&Needs::AtLeast(0, vec![part(0)])), 0.0);
    assert_eq!(of(&Needs::AtLeast(2, vec![part(0)])), 1.0);
    assert_eq!(of(&Needs::AtLeast(2, vec![part(0), part(0), part(1)])), 0.25);
    assert_eq!(of(&Needs::Any(vec![part(0), Needs::Nothing])), 0.0);
    let never = Diagram::new(&Needs::Any(vec![]), 0).unwrap();
    assert_eq!(minimal_cut_sets(&never, 3, 3), CutSets { sets: vec![vec![]], complete: true });
    assert_eq!(minimal_cut_sets(&never, 3, 0), CutSets { sets: vec![], complete: false });
    assert!(Diagram::new(&part(2), 2).is_none());
    assert!(Diagram::new(&part(u32::MAX), 2).is_none());
    assert!(Diagram::new(&part(0), usize::MAX).is_none());
    assert!(Builder::new(&[], usize::MAX).is_none());
}

#[test]
fn unknown_parts_make_the_whole_unknown_only_where_they_matter() {
    let pair = Diagram::new(&Needs::All(vec![part(0), part(1)]), 3).unwrap();
    assert!(pair.unavailability(&[0.1, f64::NAN]).is_nan());
    assert!(pair.unavailability(&[0.1]).is_nan());
    assert_eq!(pair.unavailability(&[f64::INFINITY, -3.0, f64::NAN]), 1.0);
    assert_eq!(pair.frequency(&[0.5, 0.5, f64::NAN], &[1.0, 1.0, f64::NAN]), 1.0);
}

#[test]
fn a_builder_answers_for_layers_that_would_be_exponentially_long() {
    // Forty layers of two services, each of which needs both of the layer below.
    let mut builder = Builder::new(&(0..80).collect::<Vec<u32>>(), 80).unwrap();
    let mut below = [builder.nothing(); 2];
    for layer in (0..40).rev() {
        let parts = [builder.part(2 * layer).unwrap(), builder.part(2 * layer + 1).unwrap()];
        let rest = builder.any(&below).unwrap();
        below = [builder.all(&[parts[0], rest]).unwrap(), builder.all(&[parts[1], rest]).unwrap()];
    }
    let top = builder.any(&below).unwrap();
    let diagram = builder.finish(top);
    close(diagram.unavailability(&[1e-3; 80]), -libm::expm1(40.0 * libm::log1p(-1e-6)), 1e-13);
    assert!(Builder::new(&[0, 0], 2).is_none());
    assert!(Builder::new(&[2], 2).is_none());
    assert!(Builder::new(&[0], 2).unwrap().part(1).is_none());
}

#[test]
fn outages_of_a_series_add_up_and_their_length_is_the_mean_repair() {
    let series = Diagram::new(&Needs::All((0..3).map(part).collect()), 3).unwrap();
    let down = [1e-6, 2e-6, 3e-6];
    let repair = [100.0, 200.0, 300.0];
    let often: Vec<f64> = down.iter().zip(repair).map(|(down, repair)| down / repair).collect();
    let frequency = series.frequency(&down, &often);
    close(frequency, 3e-8, 1e-5);
    close(outage(series.unavailability(&down), frequency), 200.0, 1e-5);
}
