use super::super::{needed, pooled, servers_for_wait};
use super::line;

#[test]
fn enough_is_the_least_that_suffices() {
    for arrivals in [0.1, 1.0, 7.0, 99.0, 1234.5, 1e5] {
        for (p, seconds) in [(0.5, 0.1), (0.99, 0.001), (0.99, 0.0), (0.999, 1.0), (0.95, 10.0)] {
            let found = servers_for_wait(line(arrivals, 1.0, 0.0, 2.0), p, seconds);
            let wait = |servers: f64| pooled(line(arrivals, 1.0, servers, 2.0)).percentile(p);
            assert!(wait(found) <= seconds, "{arrivals} {p} {seconds}: {found}");
            assert!(found == 1.0 || wait(found - 1.0) > seconds, "{arrivals} {p} {seconds}: {found}");
        }
    }
}

#[test]
fn not_busier_than_the_target() {
    let at = |arrivals: f64, target: f64| needed(line(arrivals, 1.0, 1.0, 1.0), target);
    assert_eq!(at(12_000.0 / 400.0, 0.65), 47.0);
    assert_eq!(at(7.0, 0.7), 10.0);
    assert_eq!(at(7.000_001, 0.7), 11.0);
    assert_eq!(at(0.0, 0.7), 1.0);
    assert_eq!(at(1.0, 0.0), f64::INFINITY);
    assert_eq!(at(0.3 * 3.0, 0.3), 3.0);
    assert!(at(1.0, f64::NAN).is_nan());
}

#[test]
fn no_number_suffices_for_certainty() {
    assert_eq!(servers_for_wait(line(5.0, 1.0, 1.0, 1.0), 1.0, 1.0), f64::INFINITY);
    assert_eq!(servers_for_wait(line(0.0, 1.0, 1.0, 1.0), 1.0, 1.0), 1.0);
    assert!(servers_for_wait(line(5.0, 1.0, 1.0, 1.0), f64::NAN, 1.0).is_nan());
}
