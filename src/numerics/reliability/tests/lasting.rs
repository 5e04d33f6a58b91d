use super::super::*;
use super::close;

/// Gauss with pivots. Each row has its right side at its end.
pub(super) fn solve(mut rows: Vec<Vec<f64>>) -> Vec<f64> {
    let size = rows.len();
    for column in 0..size {
        let best = (column..size).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()));
        rows.swap(column, best.unwrap());
        let pivot = rows[column].clone();
        for (index, row) in rows.iter_mut().enumerate() {
            if index != column {
                let factor = row[column] / pivot[column];
                row.iter_mut().zip(&pivot).for_each(|(cell, above)| *cell -= factor * above);
            }
        }
    }
    rows.iter().enumerate().map(|(index, row)| row[size] / row[index]).collect()
}

/// The rates from each state to the next worse and to the next better one.
fn rates(copies: u32, needed: u32, rate: f64, repair: f64, parallel: bool) -> Vec<(f64, f64)> {
    (0..=copies - needed)
        .map(|lost| {
            let at_once = if parallel { lost } else { lost.min(1) };
            (f64::from(copies - lost) * rate, f64::from(at_once) / repair)
        })
        .collect()
}

#[test]
fn the_mean_time_to_loss_solves_the_equations_of_the_chain() {
    for (copies, needed) in [(1, 1), (2, 1), (3, 1), (5, 3), (12, 8)] {
        for (rate, repair) in [(1.0, 0.1), (0.01, 1.0), (1.0, 10.0)] {
            for parallel in [false, true] {
                let rates = rates(copies, needed, rate, repair, parallel);
                let size = rates.len();
                // (l + mu) t(i) - l t(i+1) - mu t(i-1) = 1
                let rows = (0..size)
                    .map(|lost| {
                        let (worse, better) = rates[lost];
                        let mut row = vec![0.0; size + 1];
                        row[lost] = worse + better;
                        if lost > 0 {
                            row[lost - 1] = -better;
                        }
                        if lost + 1 < size {
                            row[lost + 1] = -worse;
                        }
                        row[size] = 1.0;
                        row
                    })
                    .collect();
                close(mean_time_to_data_loss(copies, needed, rate, repair, parallel), solve(rows)[0], 1e-6);
            }
        }
    }
}

#[test]
fn the_loss_is_near_that_of_the_chain_followed_in_time_and_never_below() {
    for (copies, needed) in [(2, 1), (3, 1), (6, 4)] {
        for (rate, repair, span, near) in [(0.1, 0.02, 1.0, 0.1), (0.5, 0.5, 1.0, 1.0), (0.2, 50.0, 1.0, 0.2)]
        {
            let rates = rates(copies, needed, rate, repair, true);
            let mut shares = vec![0.0; rates.len() + 1];
            shares[0] = 1.0;
            let steps = 100_000;
            let step = span / f64::from(steps);
            for _ in 0..steps {
                let before = shares.clone();
                for (lost, (worse, better)) in rates.iter().enumerate() {
                    shares[lost] -= step * before[lost] * (worse + better);
                    shares[lost + 1] += step * before[lost] * worse;
                    if lost > 0 {
                        shares[lost - 1] += step * before[lost] * better;
                    }
                }
            }
            let exact = shares[rates.len()];
            let found = durability_loss(copies, needed, rate, repair, true, span);
            assert!(found >= exact * (1.0 - 1e-4), "{found} {exact}");
            assert!(found <= exact * (1.0 + near), "{found} {exact}");
        }
    }
}

#[test]
fn three_copies_of_ordinary_disks_lose_one_part_in_a_hundred_thousand_million_a_year() {
    let (year, day) = (365.0 * 86_400.0, 86_400.0);
    let loss = durability_loss(3, 1, 0.0081 / year, day, true, year);
    close(loss, 1.2e-11, 0.01);
    // Rebuilt one after the other: twice as much.
    close(durability_loss(3, 1, 0.0081 / year, day, false, year) / loss, 2.0, 1e-3);
}

#[test]
fn more_copies_and_faster_repairs_never_lose_more() {
    for copies in 1..12 {
        for needed in 1..=copies {
            for repair in [1e-6, 1e-3, 0.1, 10.0] {
                let loss = durability_loss(copies, needed, 0.05, repair, true, 1.0);
                assert!((0.0..=1.0).contains(&loss));
                assert!(durability_loss(copies + 1, needed, 0.05, repair, true, 1.0) <= loss * (1.0 + 1e-12));
                assert!(
                    durability_loss(copies, needed, 0.05, repair / 2.0, true, 1.0) <= loss * (1.0 + 1e-12)
                );
                assert!(durability_loss(copies, needed, 0.05, repair, false, 1.0) >= loss * (1.0 - 1e-12));
            }
        }
    }
}

#[test]
fn strange_numbers_of_copies_have_definite_answers() {
    assert_eq!(durability_loss(3, 0, 1.0, 1.0, true, 1.0), 0.0);
    assert_eq!(durability_loss(3, 4, 1.0, 1.0, true, 1.0), 1.0);
    assert_eq!(durability_loss(3, 1, 0.0, 1.0, true, 1.0), 0.0);
    assert_eq!(durability_loss(3, 1, f64::INFINITY, 1.0, true, 1.0), 1.0);
    assert_eq!(durability_loss(3, 1, 1.0, 0.0, true, 1.0), 0.0);
    assert_eq!(durability_loss(3, 1, 1.0, 1.0, true, 0.0), 0.0);
    close(durability_loss(1, 1, 0.01, 0.0, true, 1.0), -libm::expm1(-0.01), 1e-14);
    // Never repaired: all three must fail within the span.
    close(durability_loss(3, 1, 0.01, f64::INFINITY, true, 1.0), libm::pow(-libm::expm1(-0.01), 3.0), 1e-12);
    assert!(durability_loss(u32::MAX, 1, 1e-3, 1e9, true, 1.0) >= 0.0);
    assert!(durability_loss(3, 1, f64::NAN, 1.0, true, 1.0).is_nan());
    assert!(mean_time_to_data_loss(3, 1, 1.0, -1.0, true).is_nan());
}

#[test]
fn budgets_keep_the_decimals_of_their_objective() {
    close(budget(0.999, 365.0 * 1440.0), 525.6, 1e-15);
    assert_eq!(budget(0.99999, 1.0), 1e-5);
    assert_eq!(budget(0.999_999_999, 1.0), 1e-9);
    assert_eq!(budget(1.0, 1e9), 0.0);
    assert_eq!(budget(0.0, 30.0), 30.0);
    assert_eq!(budget(7.0, 30.0), 0.0);
    // A fiftieth of the budget of 30 days in an hour.
    close(burn_rate(0.02, 30.0 * 24.0, 1.0), 14.4, 1e-15);
    close(burn_rate(0.05, 30.0 * 24.0, 6.0), 6.0, 1e-15);
}

#[test]
fn outages_have_a_length() {
    let outages = Outages { unavailability: 1e-3, frequency: 1e-6 };
    close(outages.duration(), 1000.0, 1e-14);
    assert_eq!(outage(0.0, 0.0), 0.0);
    assert_eq!(outage(1.0, 0.0), f64::INFINITY);
    close(failover_gap(1e-7, 30.0), 3e-6, 1e-15);
    assert_eq!(failover_gap(0.0, f64::INFINITY), 0.0);
    assert_eq!(failover_gap(1.0, 1e9), 1.0);
}
