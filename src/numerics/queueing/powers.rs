//! Sums of powers.

/// More places than this are as good as endlessly many.
pub(super) const COUNTABLE: f64 = 9_007_199_254_740_992.0;

/// The sums over `0..count` of `q^j` and of `j q^j`, and `q^count`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Powers {
    pub(super) sum: f64,
    pub(super) moment: f64,
    pub(super) next: f64,
}

/// By doubling: as many steps as the count has binary digits, and only positive terms, so that it is also exact where `q` is
/// so near to 1 that the closed form divides nothing by nothing. Counts are cut to whole numbers below 2^53.
pub(super) fn powers(q: f64, count: f64) -> Powers {
    let bits = count.clamp(0.0, COUNTABLE) as u64;
    let mut made = Powers { sum: 0.0, moment: 0.0, next: 1.0 };
    let mut so_far = 0.0;
    for place in (0..(64 - bits.leading_zeros())).rev() {
        let Powers { sum, moment, next } = made;
        made = Powers {
            sum: sum + next * sum,
            moment: moment + next * (moment + so_far * sum),
            next: next * next,
        };
        so_far *= 2.0;
        if bits >> place & 1 == 1 {
            let Powers { sum, moment, next } = made;
            made = Powers { sum: sum + next, moment: moment + so_far * next, next: next * q };
            so_far += 1.0;
        }
    }
    made
}
