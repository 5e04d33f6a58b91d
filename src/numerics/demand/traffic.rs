//! The linear traffic equations.

/// Why traffic has no finite solution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Diverges {
    /// A component on a loop that sends itself at least as many calls as it gets; or one whose numbers are wrong.
    pub at: usize,
    /// How many calls come back for each one; NaN when a coefficient is negative, not finite or missing.
    pub gain: f64,
}

/// A loop that returns all but this share of its calls counts as returning all.
const CLOSED: f64 = 1e-12;

/// The rate of calls at each component: `rate = external + P^T rate`.
///
/// `calls` has a row for each component, one row after the other: `P[i][j]` is how many calls to `j` each call of `i`
/// causes. Components which no traffic reaches have the rate 0, whatever loops there are among them.
///
/// The matrix `I - P^T` has nothing positive beside its diagonal, and for such a matrix elimination along the diagonal
/// (the largest first) meets only positive pivots exactly when the spectral radius of `P` is below one. So the same
/// elimination that solves the equations decides whether they have a solution, and names a component on a loop. Without
/// loops, rates are passed on in order, which is faster and subtracts nothing.
pub fn solve(calls: &[f64], external: &[f64]) -> Result<Vec<f64>, Diverges> {
    let count = external.len();
    let wrong = |at: usize| Diverges { at, gain: f64::NAN };
    let usable = |number: &f64| *number >= 0.0 && number.is_finite();
    if let Some(at) = external.iter().position(|rate| !usable(rate)) {
        return Err(wrong(at));
    }
    if count == 0 {
        return Ok(Vec::new());
    }
    let rows: Vec<&[f64]> = calls.chunks_exact(count).collect();
    if rows.len() != count || !calls.len().is_multiple_of(count) {
        return Err(wrong(rows.len().min(count - 1)));
    }
    if let Some(at) = rows.iter().position(|row| !row.iter().all(usable)) {
        return Err(wrong(at));
    }
    let reached = reached(&rows, external);
    if let Some(rates) = forward(&rows, external, &reached) {
        return Ok(rates);
    }
    // One equation for each component that is reached: its coefficients, and what comes from outside behind them.
    let mut open: Vec<Equation> = reached
        .iter()
        .map(|at| {
            let incoming = reached.iter().map(|from| {
                let share = rows.get(*from).and_then(|row| row.get(*at)).copied().unwrap_or(0.0);
                if from == at { 1.0 - share } else { -share }
            });
            let outside = external.get(*at).copied().unwrap_or(0.0);
            Equation { at: *at, coefficients: incoming.collect(), right: outside }
        })
        .collect();
    // The column of an equation is its place among the reached ones, which stays when equations are taken away.
    let mut columns: Vec<usize> = (0..open.len()).collect();
    let mut done: Vec<(usize, Equation)> = Vec::with_capacity(open.len());
    while !open.is_empty() {
        let (place, pivot) = open
            .iter()
            .zip(&columns)
            .map(|(equation, column)| equation.coefficient(*column))
            .enumerate()
            .fold((0, f64::NEG_INFINITY), |best, next| if next.1 > best.1 { next } else { best });
        let (equation, column) = (open.swap_remove(place), columns.swap_remove(place));
        if pivot.is_nan() || pivot <= CLOSED {
            return Err(Diverges { at: equation.at, gain: 1.0 - pivot });
        }
        for other in &mut open {
            let multiple = other.coefficient(column) / pivot;
            if multiple != 0.0 {
                other.subtract(&equation, multiple);
            }
        }
        done.push((column, equation));
    }
    // Backwards: each equation has the columns that were still open when it was taken.
    let mut solved = vec![0.0; reached.len()];
    for (column, equation) in done.iter().rev() {
        let known: f64 = done
            .iter()
            .rev()
            .take_while(|(other, _)| other != column)
            .map(|(other, _)| equation.coefficient(*other) * solved.get(*other).copied().unwrap_or(0.0))
            .sum();
        if let Some(rate) = solved.get_mut(*column) {
            *rate = (equation.right - known) / equation.coefficient(*column);
        }
    }
    let mut rates = vec![0.0; count];
    for (at, rate) in reached.iter().zip(solved) {
        if let Some(place) = rates.get_mut(*at) {
            *place = rate;
        }
    }
    Ok(rates)
}

/// The rates without any loop: each component passes on its calls when all that comes to it is known.
fn forward(rows: &[&[f64]], external: &[f64], reached: &[usize]) -> Option<Vec<f64>> {
    let mut waiting_for = vec![0_usize; external.len()];
    for row in reached.iter().filter_map(|at| rows.get(*at)) {
        for (waiting, calls) in waiting_for.iter_mut().zip(*row) {
            *waiting += usize::from(*calls > 0.0);
        }
    }
    let mut rates = external.to_vec();
    let mut known: Vec<usize> =
        reached.iter().copied().filter(|at| waiting_for.get(*at) == Some(&0)).collect();
    let mut passed_on = 0;
    while let Some(at) = known.pop() {
        passed_on += 1;
        let (row, rate) = (rows.get(at)?, rates.get(at).copied()?);
        for (to, ((calls, waiting), others)) in row.iter().zip(&mut waiting_for).zip(&mut rates).enumerate() {
            if *calls > 0.0 {
                *others += rate * calls;
                *waiting -= 1;
                if *waiting == 0 {
                    known.push(to);
                }
            }
        }
    }
    (passed_on == reached.len()).then_some(rates)
}

struct Equation {
    at: usize,
    coefficients: Vec<f64>,
    right: f64,
}

impl Equation {
    fn coefficient(&self, column: usize) -> f64 {
        self.coefficients.get(column).copied().unwrap_or(0.0)
    }

    fn subtract(&mut self, other: &Self, multiple: f64) {
        for (own, others) in self.coefficients.iter_mut().zip(&other.coefficients) {
            *own -= multiple * others;
        }
        self.right -= multiple * other.right;
    }
}

/// The components that traffic reaches, in ascending order.
fn reached(rows: &[&[f64]], external: &[f64]) -> Vec<usize> {
    let mut seen: Vec<bool> = external.iter().map(|rate| *rate > 0.0).collect();
    let mut next: Vec<usize> = seen.iter().enumerate().filter(|(_, seen)| **seen).map(|(at, _)| at).collect();
    while let Some(at) = next.pop() {
        let calls = rows.get(at).copied().unwrap_or_default();
        for (to, (seen, _)) in seen.iter_mut().zip(calls).enumerate().filter(|(_, (_, calls))| **calls > 0.0)
        {
            if !*seen {
                *seen = true;
                next.push(to);
            }
        }
    }
    seen.iter().enumerate().filter(|(_, seen)| **seen).map(|(at, _)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numerics::random::Stream;

    #[test]
    fn a_fan_out_behind_a_cache() {
        // gateway -> 1 service; service -> 3 calls of the cache; cache -> 0.2 misses of the database; service -> 0.5
        // database.
        let calls = [
            0.0, 1.0, 0.0, 0.0, //
            0.0, 0.0, 3.0, 0.5, //
            0.0, 0.0, 0.0, 0.2, //
            0.0, 0.0, 0.0, 0.0,
        ];
        let rates = solve(&calls, &[100.0, 20.0, 0.0, 0.0]).unwrap();
        for (found, right) in rates.iter().zip([100.0, 120.0, 360.0, 132.0]) {
            assert!((found - right).abs() < 1e-9, "{rates:?}");
        }
    }

    #[test]
    fn loops_below_one_multiply_and_loops_of_one_diverge() {
        // Each call is tried again with the probability 0.2: 1 / (1 - 0.2).
        assert!((solve(&[0.2], &[8.0]).unwrap()[0] - 10.0).abs() < 1e-12);
        let pair = |there: f64, back: f64| solve(&[0.0, there, back, 0.0], &[1.0, 0.0]);
        assert!((pair(2.0, 0.25).unwrap()[0] - 2.0).abs() < 1e-12);
        assert_eq!(pair(2.0, 0.5), Err(Diverges { at: 1, gain: 1.0 }));
        assert_eq!(pair(4.0, 0.5), Err(Diverges { at: 1, gain: 2.0 }));
        assert_eq!(solve(&[1.0], &[1.0]), Err(Diverges { at: 0, gain: 1.0 }));
        // A singular matrix hidden by rounding: tenths that make one.
        let thirds = [0.1, 0.2, 0.7, 0.3, 0.3, 0.4, 0.6, 0.3, 0.1];
        assert!(solve(&thirds, &[1.0, 0.0, 0.0]).is_err());
        // An equation that has a solution, which is negative and means nothing: two loops, each of gain above one.
        let twice = [2.0, 0.0, 0.0, 3.0];
        assert!(solve(&twice, &[1.0, 1.0]).is_err());
    }

    #[test]
    fn a_loop_that_no_traffic_reaches_does_no_harm() {
        let calls = [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5, 3.0];
        assert_eq!(solve(&calls, &[4.0, 0.0, 0.0]), Ok(vec![4.0, 4.0, 0.0]));
        assert_eq!(solve(&calls, &[4.0, 0.0, 0.1]).unwrap_err().at, 2);
        assert_eq!(solve(&calls, &[0.0; 3]), Ok(vec![0.0; 3]));
    }

    #[test]
    fn without_loops_both_ways_agree() {
        let mut stream = Stream::new("layers", 6);
        for _ in 0..200 {
            let count = 2 + stream.next_below(9);
            let mut calls = vec![0.0; count * count];
            for from in 0..count {
                for to in from + 1..count {
                    calls[from * count + to] = (3.0 * stream.next_share() - 1.5).max(0.0);
                }
            }
            let external: Vec<f64> = (0..count).map(|_| stream.next_below(2) as f64).collect();
            let found = solve(&calls, &external).unwrap();
            // A loop of almost nothing takes the other way.
            calls[count * count - 1] = 1e-15;
            for (found, right) in found.iter().zip(solve(&calls, &external).unwrap()) {
                assert!((found - right).abs() <= 1e-12 * right.max(1.0), "{found} {right}");
            }
        }
    }

    /// Sends the calls round by round; `None` when they become more and more.
    fn by_rounds(calls: &[f64], external: &[f64]) -> Option<Vec<f64>> {
        let count = external.len();
        let (mut total, mut round) = (external.to_vec(), external.to_vec());
        for _ in 0..20_000 {
            let next: Vec<f64> = (0..count)
                .map(|to| (0..count).map(|from| round[from] * calls[from * count + to]).sum())
                .collect();
            total.iter_mut().zip(&next).for_each(|(total, next)| *total += next);
            round = next;
            let size: f64 = round.iter().sum();
            if size < 1e-13 {
                return Some(total);
            } else if size > 1e9 {
                return None;
            }
        }
        None
    }

    #[test]
    fn random_graphs_agree_with_sending_calls_round_by_round() {
        let mut stream = Stream::new("graphs", 5);
        let (mut solved, mut diverged) = (0, 0);
        for _ in 0..600 {
            let count = 1 + stream.next_below(8);
            let scale = 2.2 * stream.next_share() / count as f64;
            let calls: Vec<f64> = (0..count * count)
                .map(|_| if stream.next_below(3) == 0 { 0.0 } else { 2.0 * scale * stream.next_share() })
                .collect();
            let external: Vec<f64> = (0..count).map(|_| stream.next_below(3) as f64).collect();
            match (by_rounds(&calls, &external), solve(&calls, &external)) {
                (Some(right), Ok(found)) => {
                    solved += 1;
                    for (found, right) in found.iter().zip(right) {
                        assert!((found - right).abs() <= 1e-8 * right.max(1.0), "{found} {right}");
                    }
                }
                (None, Err(reason)) => {
                    diverged += 1;
                    assert!(reason.gain >= 1.0 && reason.at < count);
                }
                (right, found) => panic!("{right:?} {found:?} {calls:?}"),
            }
        }
        assert!(solved > 200 && diverged > 60, "{solved} {diverged}");
    }

    #[test]
    fn hostile_numbers_are_refused_by_place() {
        let refused = |calls: &[f64], external: &[f64]| {
            let reason = solve(calls, external).unwrap_err();
            assert!(reason.gain.is_nan());
            reason.at
        };
        assert_eq!(refused(&[0.0, 0.0, f64::NAN, 0.0], &[1.0, 1.0]), 1);
        assert_eq!(refused(&[-0.1], &[1.0]), 0);
        assert_eq!(refused(&[0.0; 4], &[1.0, f64::INFINITY]), 1);
        assert_eq!(refused(&[0.0; 3], &[1.0, 1.0]), 1);
        assert_eq!(refused(&[0.0; 5], &[1.0, 1.0]), 1);
        assert_eq!(solve(&[], &[]), Ok(vec![]));
        assert!(solve(&[0.0, 1e300, 1e300, 0.0], &[1.0, 1.0]).is_err());
    }
}
