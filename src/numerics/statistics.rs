//! Percentiles of samples, and which input an output follows.
//!
//! Samples of a design may hold infinities (a queue that is overloaded in some of them waits for ever) and NaN (what
//! cannot be computed). Infinities are values like others: they sort last, and a percentile that falls among them is
//! infinite, never NaN. NaN are no values: they are left out, and [`missing`] counts them.

/// How many of the values are NaN.
pub fn missing(values: &[f64]) -> usize {
    values.iter().filter(|value| value.is_nan()).count()
}

/// Percentiles of the values that are not NaN, for shares from 0 to 1 in any order.
///
/// Between two neighbours in order it goes in a straight line (type 7 of Hyndman and Fan, what R and NumPy do). Without
/// any value, and for a share outside 0 to 1, the answer is NaN.
pub fn percentiles(values: &[f64], wanted: &[f64]) -> Vec<f64> {
    let mut keys: Vec<i64> = values.iter().filter(|value| !value.is_nan()).copied().map(key).collect();
    let Some(last) = keys.len().checked_sub(1) else { return vec![f64::NAN; wanted.len()] };
    let places: Vec<Option<(usize, f64)>> = wanted.iter().map(|share| place(*share, last)).collect();
    let mut ranks: Vec<usize> = places
        .iter()
        .flatten()
        .flat_map(|(rank, beyond)| [*rank, *rank + usize::from(*beyond > 0.0)])
        .collect();
    ranks.sort_unstable();
    ranks.dedup();
    select(&mut keys, 0, &ranks);
    let value_at = |rank: usize| keys.get(rank).map_or(f64::NAN, |key| number(*key));
    places
        .into_iter()
        .map(|place| match place {
            None => f64::NAN,
            Some((rank, 0.0)) => value_at(rank),
            Some((rank, beyond)) => between(value_at(rank), value_at(rank + 1), beyond),
        })
        .collect()
}

/// The rank that a share falls on, and how far it goes beyond towards the next.
fn place(share: f64, last: usize) -> Option<(usize, f64)> {
    if !(0.0..=1.0).contains(&share) {
        return None;
    }
    let exact = share * last as f64;
    // 0.07 of 100 is 7.000000000000001 in binary: such a place is the rank itself, and must not touch its neighbour.
    let nothing = 1e-12 * (1.0 + exact);
    let rank = (exact + nothing).floor();
    let beyond = exact - rank;
    Some((rank as usize, if beyond > nothing { beyond } else { 0.0 }))
}

/// A whole number for each number, in the same order: comparing those takes one step.
fn key(value: f64) -> i64 {
    let bits = value.to_bits().cast_signed();
    bits ^ ((bits >> 63).cast_unsigned() >> 1).cast_signed()
}

/// The number that a key stands for.
fn number(key: i64) -> f64 {
    let bits = key ^ ((key >> 63).cast_unsigned() >> 1).cast_signed();
    f64::from_bits(bits.cast_unsigned())
}

/// Brings each of the ranks, which are ascending, to its place.
fn select(values: &mut [i64], before: usize, ranks: &[usize]) {
    let (lower, rest) = ranks.split_at(ranks.len() / 2);
    let Some((middle, higher)) = rest.split_first() else { return };
    let place = middle - before;
    if place >= values.len() {
        return;
    }
    let (left, _, right) = values.select_nth_unstable(place);
    select(left, before, lower);
    select(right, middle + 1, higher);
}

/// The point between two neighbours; infinite as soon as it leaves the last finite one.
fn between(low: f64, high: f64, beyond: f64) -> f64 {
    if low == high || low == f64::NEG_INFINITY {
        return low;
    }
    if high == f64::INFINITY {
        return high;
    }
    let width = high - low;
    let value = if width.is_finite() { low + width * beyond } else { low * (1.0 - beyond) + high * beyond };
    value.clamp(low, high)
}

/// The share of the values that are not NaN for which something holds; NaN when there are none.
pub fn share(values: &[f64], holds: impl Fn(f64) -> bool) -> f64 {
    let (count, those) = values
        .iter()
        .filter(|value| !value.is_nan())
        .fold((0_usize, 0_usize), |(count, those), value| (count + 1, those + usize::from(holds(*value))));
    those as f64 / count as f64
}

/// The standard error of a share that was found with `count` samples.
pub fn probability_error(share: f64, count: usize) -> f64 {
    (share * (1.0 - share) / count as f64).sqrt()
}

/// The mean of samples of which some may be infinite or missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mean {
    /// The mean of the finite values; NaN when there are none.
    pub of_finite: f64,
    /// The share of infinite ones among the values that are not NaN. Above zero, the mean of all is infinite.
    pub infinite_share: f64,
    /// How many values are NaN.
    pub missing: usize,
}

/// The mean of the finite values, with what had to be left out.
pub fn mean(values: &[f64]) -> Mean {
    let finite = values.iter().filter(|value| value.is_finite()).count();
    let missing = missing(values);
    // Sums of sums: the error grows with the number of groups, not of values.
    let sum = |divisor: f64| {
        values
            .chunks(128)
            .map(|group| {
                group.iter().filter(|value| value.is_finite()).map(|value| value / divisor).sum::<f64>()
            })
            .sum::<f64>()
    };
    let (plain, count) = (sum(1.0), finite as f64);
    Mean {
        // A sum beyond the range of numbers still has a mean within it.
        of_finite: if plain.is_finite() { plain / count } else { sum(count).clamp(f64::MIN, f64::MAX) },
        infinite_share: (values.len() - missing - finite) as f64 / (values.len() - missing) as f64,
        missing,
    }
}

/// The rank of each value, from 1; equal values share the mean of their ranks, and NaN has the rank NaN.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    // Numbers become whole numbers of the same order, which sort faster. Adding zero makes -0 and 0 one value.
    let mut order: Vec<(i64, usize)> = values
        .iter()
        .enumerate()
        .filter(|(_, value)| !value.is_nan())
        .map(|(index, value)| {
            let bits = (value + 0.0).to_bits() as i64;
            (bits ^ (((bits >> 63) as u64) >> 1) as i64, index)
        })
        .collect();
    order.sort_unstable();
    let mut found = vec![f64::NAN; values.len()];
    let mut before = 0;
    for equals in order.chunk_by(|(one, _), (other, _)| one == other) {
        let rank = before as f64 + (equals.len() + 1) as f64 / 2.0;
        before += equals.len();
        for (_, index) in equals {
            if let Some(place) = found.get_mut(*index) {
                *place = rank;
            }
        }
    }
    found
}

/// The ranks of samples, worked out once to be compared with many others.
#[derive(Clone, Debug)]
pub struct Ranks {
    /// The distance of each rank from the mean rank; NaN where the value is missing.
    distances: Vec<f64>,
    /// The sum of their squares.
    squares: f64,
    missing: usize,
}

impl Ranks {
    /// The ranks of values; NaN are counted and left out.
    pub fn of(values: &[f64]) -> Self {
        let missing = missing(values);
        let mut distances = ranks(values);
        let middle = (values.len() - missing + 1) as f64 / 2.0;
        for distance in &mut distances {
            *distance -= middle;
        }
        let squares = if missing == 0 {
            sum_of_products(&distances, &distances)
        } else {
            distances.iter().filter(|distance| !distance.is_nan()).map(|distance| distance * distance).sum()
        };
        Self { distances, squares, missing }
    }

    /// Spearman's rank correlation: 1 when both rise together whatever the shape, 0 when one of them is constant.
    ///
    /// Only places where both have a value count; when one is longer, its surplus does not.
    pub fn correlation(&self, other: &Self) -> f64 {
        if self.missing + other.missing == 0 && self.distances.len() == other.distances.len() {
            return ratio(sum_of_products(&self.distances, &other.distances), self.squares, other.squares);
        }
        let (own, others): (Vec<f64>, Vec<f64>) = self
            .distances
            .iter()
            .zip(&other.distances)
            .filter(|(own, others)| !own.is_nan() && !others.is_nan())
            .unzip();
        // Ranks keep the order of the values, so that the ranks among those that are left are the ranks of ranks.
        let (own, others) = (Self::of(&own), Self::of(&others));
        ratio(sum_of_products(&own.distances, &others.distances), own.squares, others.squares)
    }

    /// How many values were missing.
    pub fn missing(&self) -> usize {
        self.missing
    }
}

fn ratio(products: f64, squares: f64, others: f64) -> f64 {
    if squares > 0.0 && others > 0.0 { (products / (squares * others).sqrt()).clamp(-1.0, 1.0) } else { 0.0 }
}

/// In four sums, which the processor can form at once. Ranks are halves, so the order of adding does not matter.
fn sum_of_products(one: &[f64], other: &[f64]) -> f64 {
    let mut sums = [0.0; 4];
    let (groups, others) = (one.chunks_exact(4), other.chunks_exact(4));
    let rest: f64 = groups.remainder().iter().zip(others.remainder()).map(|(a, b)| a * b).sum();
    for (group, other) in groups.zip(others) {
        for (sum, (a, b)) in sums.iter_mut().zip(group.iter().zip(other)) {
            *sum += a * b;
        }
    }
    sums.iter().sum::<f64>() + rest
}

/// Spearman's rank correlation of two series, see [`Ranks::correlation`].
pub fn rank_correlation(one: &[f64], other: &[f64]) -> f64 {
    Ranks::of(one).correlation(&Ranks::of(other))
}

#[cfg(test)]
mod tests;
