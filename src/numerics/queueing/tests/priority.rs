use super::super::{pooled, priority};
use super::{Dice, line, near};

type Class = (f64, f64, f64);

/// The mean waits of the classes, played through; service times are exponential, or as long as their mean.
fn played(classes: &[Class], servers: usize) -> Vec<f64> {
    let mut dice = Dice(21);
    let mut next: Vec<f64> = classes.iter().map(|class| dice.exponential(1.0 / class.0)).collect();
    let mut lines = vec![std::collections::VecDeque::new(); classes.len()];
    let mut free = vec![0.0_f64; servers];
    let mut sums = vec![(0.0, 0.0); classes.len()];
    for _ in 0..400_000 {
        // The next server that is free takes what is there, or what comes first.
        let server = (0..servers).min_by(|&a, &b| free[a].total_cmp(&free[b])).unwrap();
        let first = next.iter().copied().fold(f64::INFINITY, f64::min);
        let now = if lines.iter().all(std::collections::VecDeque::is_empty) {
            free[server].max(first)
        } else {
            free[server]
        };
        for (class, (next, line)) in next.iter_mut().zip(&mut lines).enumerate() {
            while *next <= now {
                line.push_back(*next);
                *next += dice.exponential(1.0 / classes[class].0);
            }
        }
        let class = (0..classes.len()).find(|&class| !lines[class].is_empty()).unwrap();
        let came = lines[class].pop_front().unwrap();
        let (_, service, variation) = classes[class];
        free[server] = now + if variation == 0.0 { service } else { dice.exponential(service) };
        sums[class].0 += now - came;
        sums[class].1 += 1.0;
    }
    sums.iter().map(|(sum, count)| sum / count).collect()
}

#[test]
fn a_line_played_through_waits_as_long() {
    let cases: [(&[Class], usize); 3] = [
        (&[(0.3, 1.0, 1.0), (0.2, 0.5, 0.0), (0.2, 2.0, 1.0)], 1),
        (&[(1.0, 1.0, 1.0), (0.8, 1.0, 1.0), (0.6, 1.0, 1.0)], 3),
        // The last class is more than the rest can take: what comes before it does not suffer more than that.
        (&[(0.3, 1.0, 1.0), (0.2, 0.5, 0.0), (2.0, 2.0, 1.0)], 1),
    ];
    for (classes, servers) in cases {
        let waits = played(classes, servers);
        for (class, wait) in waits.iter().enumerate() {
            let found = priority(classes, servers as f64, class);
            if found < f64::INFINITY {
                near(found, *wait, 0.04);
            } else {
                assert!(*wait > 1000.0);
            }
        }
    }
}

#[test]
fn one_class_is_a_plain_line() {
    for (servers, variation) in [(1.0, 0.0), (1.0, 1.0), (1.0, 7.0), (5.0, 1.0), (5.0, 3.0), (3000.0, 1.0)] {
        let some = line(servers * 0.9, 1.0, servers, variation);
        near(priority(&[(some.arrivals, 1.0, variation)], servers, 0), pooled(some).mean, 1e-11);
    }
}

#[test]
fn who_goes_first_makes_no_work() {
    // What all wait for together, weighted with their work, is the same in any order (Kleinrock).
    let classes = [(0.3, 1.0, 1.0), (0.2, 0.5, 0.0), (0.2, 2.0, 4.0)];
    let work = |order: &[(f64, f64, f64)]| -> f64 {
        (0..order.len()).map(|class| order[class].0 * order[class].1 * priority(order, 1.0, class)).sum()
    };
    let [a, b, c] = classes;
    for order in [[a, c, b], [b, a, c], [b, c, a], [c, a, b], [c, b, a]] {
        near(work(&order), work(&classes), 1e-12);
    }
}

#[test]
fn a_class_is_stable_while_those_before_it_leave_room() {
    let classes = [(0.5, 1.0, 1.0), (0.6, 1.0, 1.0), (0.1, 1.0, 1.0)];
    near(priority(&classes, 1.0, 0), 1.0 / 0.5, 1e-12);
    assert_eq!(priority(&classes, 1.0, 1), f64::INFINITY);
    assert_eq!(priority(&classes, 1.0, 2), f64::INFINITY);
    assert!(priority(&classes, 1.0, 3).is_nan());
    assert_eq!(priority(&[(0.0, 1.0, 1.0)], 1.0, 0), 0.0);
}
