use super::super::*;
use super::line;

const NUMBERS: [f64; 16] = [
    0.0,
    f64::MIN_POSITIVE,
    1e-300,
    1e-9,
    0.3,
    0.999_999_999_999,
    1.0,
    1.5,
    7.0,
    1023.0,
    1e6,
    1e15,
    1e300,
    f64::INFINITY,
    -1.0,
    f64::NAN,
];

fn sound(waiting: Waiting) {
    let Waiting { utilization, chance, mean, conditional, loss } = waiting;
    if utilization.is_nan() {
        assert!(chance.is_nan() && mean.is_nan() && conditional.is_nan() && loss.is_nan(), "{waiting:?}");
        assert!(waiting.percentile(0.5).is_nan());
        return;
    }
    let share = |number: f64| (0.0..=1.0 + 1e-12).contains(&number);
    assert!(
        utilization >= 0.0 && share(chance) && mean >= 0.0 && conditional >= 0.0 && share(loss),
        "{waiting:?}"
    );
    let mut last = 0.0;
    for p in [0.0, 0.01, 0.5, 0.99, 1.0] {
        let wait = waiting.percentile(p);
        assert!(wait >= last, "{waiting:?} {p}");
        last = wait;
    }
    assert!(waiting.percentile(1.1).is_nan() && waiting.percentile(f64::NAN).is_nan());
}

#[test]
fn any_numbers_have_an_answer_or_none() {
    for arrivals in NUMBERS {
        for service in NUMBERS {
            for servers in NUMBERS {
                for variation in [0.0, 1.0, 1e300, f64::INFINITY, f64::NAN] {
                    let some = line(arrivals, service, servers, variation);
                    sound(pooled(some));
                    for _ in [stretch(some), growth(some), response_percentile(some, 0.99)] {}
                    for instances in [0.0, 1.0, 3.0, 1e6, f64::INFINITY, f64::NAN] {
                        sound(separate(some, instances));
                        sound(round_robin(some, instances));
                        sound(two_choices(some, instances));
                    }
                }
                let some = line(arrivals, service, servers, 1.0);
                for room in [0.0, 0.9, 7.0, 1e3, 1e15, 1e300, f64::INFINITY, -1.0, f64::NAN] {
                    let found = bounded(some, room);
                    sound(found);
                    for p in [0.0, 0.99, 1.0, f64::NAN] {
                        let wait = bounded_percentile(some, room, p);
                        assert_eq!(wait.is_nan(), found.mean.is_nan() || p.is_nan(), "{some:?} {room} {p}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_is_known_has_an_answer() {
    for arrivals in NUMBERS {
        for service in NUMBERS {
            let known = arrivals >= 0.0 && service >= 0.0 && !(arrivals * service).is_nan();
            let some = line(arrivals, service, 4.0, 1.0);
            assert_eq!(pooled(some).mean.is_nan(), !known, "{some:?}");
            assert_eq!(bounded(some, 3.0).mean.is_nan(), !known, "{some:?}");
            assert_eq!(two_choices(some, 2.0).mean.is_nan(), !known, "{some:?}");
            assert_eq!(needed(some, 0.7).is_nan(), !known, "{some:?}");
            assert_eq!(servers_for_wait(some, 0.99, 0.1).is_nan(), !known, "{some:?}");
            assert_eq!(stretch(some).is_nan(), !known, "{some:?}");
        }
    }
}

#[test]
fn the_rest_does_not_hang_either() {
    for a in NUMBERS {
        for b in NUMBERS {
            for _ in
                [erlang_b(a, b), erlang_c(a, b), attempts(a, b).0, backlog(a, b), bounds(&[(a, b)], 1.0).0]
            {
            }
            for c in NUMBERS {
                let settled = overload(a, b, c, None);
                let known = (0.0..f64::INFINITY).contains(&a) && b >= 0.0 && c >= 0.0;
                assert_eq!(settled.load.is_nan(), !known, "{a} {b} {c}");
                assert_eq!(settled.rejected.is_nan(), !known, "{a} {b} {c}");
                for _ in [
                    drain(a, b, c),
                    overload(a, b, c, Some(a)).load,
                    priority(&[(a, b, 1.0), (c, b, c)], c, 1),
                ] {}
                for _ in [servers_for_wait(line(a, b, 1.0, c), 0.99, c), needed(line(a, b, 1.0, 1.0), c)] {}
            }
        }
    }
    for demand in [0.0, 1e-300, 0.1, 1e300] {
        for servers in [1.0, 2.5, 1e3, 1e300, f64::INFINITY] {
            for users in NUMBERS {
                for think in [0.0, 1e-300, 1.0, 1e300] {
                    let found = mean_value_analysis(&[(demand, servers), (0.1, 3.0)], users, think);
                    assert_eq!(
                        found.throughput.is_nan(),
                        users.is_nan() || users < 0.0,
                        "{demand} {servers} {users} {think}"
                    );
                    assert_eq!(
                        found.response.is_nan(),
                        users.is_nan() || users < 0.0,
                        "{demand} {servers} {users} {think}"
                    );
                }
            }
        }
    }
}
