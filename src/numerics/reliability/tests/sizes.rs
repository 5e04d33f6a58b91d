//! Sizes that must not blow up: these tests would not end, or not in memory, if the work had no bounds.

use super::super::*;
use super::{close, part};

#[test]
fn two_hundred_parts_in_four_places_are_summed_over_all_states() {
    let diagram = Diagram::new(&Needs::All((0..200).map(part).collect()), 200).unwrap();
    assert_eq!(diagram.node_count(), 200);
    let places = Places::new(&[1e-3; 4], &[None; 4]).unwrap();
    assert_eq!(places.state_count(), 16);
    let mut of_part = |one: u32, up: u32| if up >> (one % 4) & 1 == 1 { 1e-4 } else { 1e-3 };
    // Fifty parts in each place, which all see the same state of it.
    let works = |down: f64| libm::pow(1.0 - down, 50.0);
    let expected = 1.0 - libm::pow(0.999 * works(1e-4) + 0.001 * works(1e-3), 4.0);
    close(places.unavailability(&diagram, &mut of_part), expected, 1e-12);
    let sets = minimal_cut_sets(&diagram, 3, 1000);
    assert_eq!((sets.sets.len(), sets.complete), (200, true));
}

#[test]
fn long_series_are_as_large_as_they_are_long() {
    let series = Needs::All((0..100_000).map(part).collect());
    let diagram = Diagram::new(&series, 100_000).unwrap();
    assert_eq!(diagram.node_count(), 100_000);
    let some = minimal_cut_sets(&diagram, 3, 10);
    assert_eq!((some.sets.len(), some.complete), (10, false));
    let mut nested = Needs::Nothing;
    for one in 0..2000 {
        nested = Needs::All(vec![part(one), nested]);
    }
    assert_eq!(Diagram::new(&nested, 2000).unwrap().node_count(), 2000);
}

#[test]
fn wide_redundancy_has_as_many_cut_sets_as_were_asked_for() {
    let wide = Needs::AtLeast(98, (0..100).map(part).collect());
    let diagram = Diagram::new(&wide, 100).unwrap();
    close(diagram.unavailability(&[1e-3; 100]), k_of_n(1e-3, 98, 100), 1e-12);
    let sets = minimal_cut_sets(&diagram, 3, 1_000_000);
    assert_eq!((sets.sets.len(), sets.complete), (161_700, true));
    let sets = minimal_cut_sets(&diagram, 3, 1000);
    assert_eq!((sets.sets.len(), sets.complete), (1000, false));
    assert_eq!(minimal_cut_sets(&diagram, 2, 1000), CutSets { sets: vec![], complete: true });
    let pairs = (0..5000).map(|one| Needs::Any(vec![part(one), part(9999 - one)])).collect();
    let nested = Diagram::new(&Needs::All(pairs), 10_000).unwrap();
    let pairs = minimal_cut_sets(&nested, 2, 10_000);
    assert_eq!((pairs.sets.len(), pairs.complete), (5000, true));
    assert_eq!(pairs.sets[17], [17, 9982]);
    // There are no three, but to look at all of them is too much work, and that is said.
    let triples = minimal_cut_sets(&nested, 3, 10_000);
    assert_eq!((triples.sets.len(), triples.complete), (5000, false));
}

#[test]
fn half_of_very_many_is_given_up_and_half_of_many_is_exact() {
    let huge = Needs::AtLeast(50_000, (0..100_000).map(part).collect());
    assert!(Diagram::new(&huge, 100_000).is_none());
    let half = Diagram::new(&Needs::AtLeast(500, (0..1000).map(part).collect()), 1000).unwrap();
    close(half.unavailability(&[0.4; 1000]), k_of_n(0.4, 500, 1000), 1e-10);
}

#[test]
fn an_order_that_does_not_fit_is_given_up() {
    // Pairs of parts whose first halves are all asked for before the second ones: exponential in this order.
    let mentioned = Needs::AtLeast(0, (0..60).map(part).collect());
    let pairs = (0..30).map(|one| Needs::All(vec![part(one), part(30 + one)])).collect();
    assert!(Diagram::new(&Needs::All(vec![mentioned, Needs::Any(pairs)]), 60).is_none());
}
