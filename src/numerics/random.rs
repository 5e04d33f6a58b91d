//! Aligned samples of named inputs.
//!
//! Every uncertain input of a design has a name, and its samples come from a generator that is started from that name
//! and the seed alone. Two consequences matter. An input that is used twice has the same samples in both places, so
//! that what is derived element by element stays right (`A/(A+B) + B/(A+B)` is one in every sample); and an edit of
//! one input leaves the samples of all others as they were.
//!
//! The samples are stratified in blocks of 250: each block has one draw in each 1/250 of the distribution, in random
//! order. Percentiles and means of a single input are therefore nearly exact, while the random orders keep different
//! inputs independent of each other.
//!
//! The algorithm is fixed and part of the promise "same file, same seed, same bytes": FNV-1a (64 bits) of the name and
//! the seed start a `splitmix64` sequence, whose first four numbers are the state of `xoshiro256++`.

/// The width of a normal distribution between its 5th and 95th percentile, in standard deviations.
pub const WIDTH_OF_NINETY_PERCENT: f64 = 3.289_707_253_902_944_4;

/// How many draws are stratified together.
pub const BLOCK: usize = 250;

/// More samples than this are not made, however many are asked for.
pub const MOST_SAMPLES: usize = 10_000_000;

/// Which distribution an uncertain input has. `low` and `high` are its 5th and 95th percentile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spread {
    /// For sizes, counts and times: positive, with a long tail. `low` must be above zero.
    Lognormal {
        /// The 5th percentile.
        low: f64,
        /// The 95th percentile.
        high: f64,
    },
    /// For shares: the odds are lognormal. Both percentiles must lie inside 0 and 1.
    Logitnormal {
        /// The 5th percentile.
        low: f64,
        /// The 95th percentile.
        high: f64,
    },
    /// For quantities that may be negative or have symmetric errors.
    Normal {
        /// The 5th percentile.
        low: f64,
        /// The 95th percentile.
        high: f64,
        /// Whether samples are cut to lie from 0 to 1.
        cut: bool,
    },
    /// All values between two bounds are equally likely.
    Uniform {
        /// The lower bound.
        least: f64,
        /// The upper bound.
        most: f64,
    },
    /// Two bounds and the most likely value between them.
    Triangular {
        /// The lower bound.
        least: f64,
        /// Where the density has its top.
        likely: f64,
        /// The upper bound.
        most: f64,
    },
}

/// A spread with its parameters worked out, so that each sample costs one evaluation.
#[derive(Clone, Copy)]
enum Shape {
    Constant(f64),
    Lognormal { mean: f64, deviation: f64 },
    Logitnormal { mean: f64, deviation: f64 },
    Normal { mean: f64, deviation: f64, cut: bool },
    Uniform { least: f64, most: f64 },
    Triangular { least: f64, likely: f64, most: f64 },
}

impl Shape {
    /// What is no distribution (bounds in the wrong order, a lognormal at zero) becomes the constant NaN.
    fn of(spread: Spread) -> Self {
        let nothing = Self::Constant(f64::NAN);
        let (low, high) = match spread {
            Spread::Lognormal { low, high }
            | Spread::Logitnormal { low, high }
            | Spread::Normal { low, high, .. } => (low, high),
            Spread::Uniform { least, most } | Spread::Triangular { least, most, .. } => (least, most),
        };
        if !(low <= high && low.is_finite() && high.is_finite()) {
            return nothing;
        }
        match spread {
            Spread::Normal { low, high, cut: true } if low == high => Self::Constant(low.clamp(0.0, 1.0)),
            Spread::Triangular { least, likely, most } if !(least <= likely && likely <= most) => nothing,
            _ if low == high => Self::Constant(low),
            Spread::Lognormal { low, high } if low > 0.0 => {
                let (low, high) = (libm::log(low), libm::log(high));
                Self::Lognormal {
                    mean: (low + high) / 2.0,
                    deviation: (high - low) / WIDTH_OF_NINETY_PERCENT,
                }
            }
            Spread::Logitnormal { low, high } if low > 0.0 && high < 1.0 => {
                let log_odds = |share: f64| libm::log(share) - libm::log1p(-share);
                let (low, high) = (log_odds(low), log_odds(high));
                Self::Logitnormal {
                    mean: (low + high) / 2.0,
                    deviation: (high - low) / WIDTH_OF_NINETY_PERCENT,
                }
            }
            Spread::Normal { low, high, cut } => Self::Normal {
                mean: low / 2.0 + high / 2.0,
                deviation: high / WIDTH_OF_NINETY_PERCENT - low / WIDTH_OF_NINETY_PERCENT,
                cut,
            },
            Spread::Uniform { least, most } => Self::Uniform { least, most },
            Spread::Triangular { least, likely, most } => Self::Triangular { least, likely, most },
            Spread::Lognormal { .. } | Spread::Logitnormal { .. } => nothing,
        }
    }

    fn quantile(self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        match self {
            Self::Constant(value) => value,
            Self::Lognormal { mean, deviation } => libm::exp(mean + deviation * standard_normal(p)),
            Self::Logitnormal { mean, deviation } => {
                1.0 / (1.0 + libm::exp(-(mean + deviation * standard_normal(p))))
            }
            Self::Normal { mean, deviation, cut } => {
                let value = mean + deviation * standard_normal(p);
                if cut { value.clamp(0.0, 1.0) } else { value }
            }
            Self::Uniform { least, most } => (least * (1.0 - p) + most * p).clamp(least, most),
            Self::Triangular { least, likely, most } => {
                // Divided by the largest bound, so that no product of two widths leaves the range of numbers.
                let scale = least.abs().max(most.abs());
                let (from, top, to) = (least / scale, likely / scale, most / scale);
                let rising = (top - from) / (to - from);
                let value = if p < rising {
                    from + (p * (to - from) * (top - from)).sqrt()
                } else {
                    to - ((1.0 - p) * (to - from) * (to - top)).sqrt()
                };
                (value * scale).clamp(least, most)
            }
        }
    }
}

/// The value below which a share `p` of a spread lies; NaN where `p` is no share or the spread is no distribution.
pub fn quantile(spread: Spread, p: f64) -> f64 {
    Shape::of(spread).quantile(p)
}

/// The quantile of the standard normal distribution by Wichura's algorithm AS 241 (`PPND16`), right to 1e-15.
///
/// It needs no transcendental function for the middle 85 percent, and is what makes sampling cheap.
fn standard_normal(p: f64) -> f64 {
    const MIDDLE: [f64; 8] = [
        2.509_080_928_730_122_6e3,
        3.343_057_558_358_813e4,
        6.726_577_092_700_87e4,
        4.592_195_393_154_987e4,
        1.373_169_376_550_946e4,
        1.971_590_950_306_551_3e3,
        1.331_416_678_917_843_8e2,
        3.387_132_872_796_366_5,
    ];
    const BELOW_MIDDLE: [f64; 8] = [
        5.226_495_278_852_854e3,
        2.872_908_573_572_194_3e4,
        3.930_789_580_009_271e4,
        2.121_379_430_158_659_7e4,
        5.394_196_021_424_751e3,
        6.871_870_074_920_579e2,
        4.231_333_070_160_091e1,
        1.0,
    ];
    const TAIL: [f64; 8] = [
        7.745_450_142_783_414e-4,
        2.272_384_498_926_918_4e-2,
        2.417_807_251_774_506e-1,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ];
    const BELOW_TAIL: [f64; 8] = [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_8e-1,
        6.897_673_349_851e-1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ];
    const FAR: [f64; 8] = [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        1.242_660_947_388_078_4e-3,
        2.653_218_952_657_612_4e-2,
        2.965_605_718_285_048_7e-1,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ];
    const BELOW_FAR: [f64; 8] = [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        1.487_536_129_085_061_5e-2,
        1.369_298_809_227_358e-1,
        5.998_322_065_558_88e-1,
        1.0,
    ];
    let horner = |factors: &[f64; 8], x: f64| factors.iter().fold(0.0, |sum, factor| sum * x + factor);
    let from_middle = p - 0.5;
    if from_middle.abs() <= 0.425 {
        let x = 0.180_625 - from_middle * from_middle;
        return from_middle * horner(&MIDDLE, x) / horner(&BELOW_MIDDLE, x);
    }
    let tail = p.min(1.0 - p);
    if tail <= 0.0 {
        return if from_middle < 0.0 { f64::NEG_INFINITY } else { f64::INFINITY };
    }
    let root = (-libm::log(tail)).sqrt();
    let size = if root <= 5.0 {
        horner(&TAIL, root - 1.6) / horner(&BELOW_TAIL, root - 1.6)
    } else {
        horner(&FAR, root - 5.0) / horner(&BELOW_FAR, root - 5.0)
    };
    if from_middle < 0.0 { -size } else { size }
}

/// The next number of Steele, Lea and Flood's `splitmix64`.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Random numbers that belong to a name: Blackman and Vigna's `xoshiro256++`.
#[derive(Clone, Debug)]
pub struct Stream {
    state: [u64; 4],
}

impl Stream {
    /// The stream of a name under a seed.
    pub fn new(name: &str, seed: u64) -> Self {
        // FNV-1a, 64 bits.
        let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        // The seed is mixed before it meets the name: neighbouring seeds must not give neighbouring starts.
        let mut seed = seed;
        let mut start = hash ^ splitmix(&mut seed);
        Self { state: [(); 4].map(|()| splitmix(&mut start)) }
    }

    /// The next 64 bits.
    pub fn next_bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// The next number strictly between 0 and 1.
    pub fn next_share(&mut self) -> f64 {
        // 52 bits and a half: never 0, never 1, and exact.
        ((self.next_bits() >> 12) as f64 + 0.5) / (1_u64 << 52) as f64
    }

    /// The next whole number below `bound`; 0 when the bound is 0.
    pub fn next_below(&mut self, bound: usize) -> usize {
        // The upper half of the product: the bias is below bound / 2^64.
        ((u128::from(self.next_bits()) * bound as u128) >> 64) as usize
    }
}

/// Numbers strictly between 0 and 1 for a name, stratified in blocks of [`BLOCK`].
///
/// Fewer numbers are always the beginning of more, and whole blocks are stratified however many there are. There are
/// never more than [`MOST_SAMPLES`].
pub fn uniforms(name: &str, seed: u64, count: usize) -> Vec<f64> {
    let count = count.min(MOST_SAMPLES);
    let mut stream = Stream::new(name, seed);
    let mut found = Vec::with_capacity(count);
    let mut order = [0_u16; BLOCK];
    while found.len() < count {
        for (place, stratum) in order.iter_mut().zip(0..) {
            *place = stratum;
        }
        for last in (1..BLOCK).rev() {
            order.swap(last, stream.next_below(last + 1));
        }
        let missing = count - found.len();
        found.extend(order.iter().take(missing).map(|stratum| {
            // 40 bits and a half inside the stratum: stratum and bits together fit a number exactly.
            let inside = ((stream.next_bits() >> 24) as f64 + 0.5) / (1_u64 << 40) as f64;
            (f64::from(*stratum) + inside) / BLOCK as f64
        }));
    }
    found
}

/// Samples of a named input: the quantiles of its [`uniforms`].
pub fn samples(spread: Spread, name: &str, seed: u64, count: usize) -> Vec<f64> {
    let shape = Shape::of(spread);
    let mut values = uniforms(name, seed, count);
    for value in &mut values {
        *value = shape.quantile(*value);
    }
    values
}

/// Which of several alternatives each of the numbers between 0 and 1 picks, in proportion to their weights.
///
/// `None` when a weight is negative or not finite, or when all are zero.
pub fn choices(weights: &[f64], uniforms: &[f64]) -> Option<Vec<usize>> {
    let largest = weights.iter().copied().fold(0.0, f64::max);
    if !(largest > 0.0 && weights.iter().all(|weight| *weight >= 0.0 && weight.is_finite())) {
        return None;
    }
    let sums: Vec<f64> = weights
        .iter()
        .scan(0.0, |sum, weight| {
            *sum += weight / largest;
            Some(*sum)
        })
        .collect();
    let total = sums.last().copied()?;
    let last = weights.iter().rposition(|weight| *weight > 0.0)?;
    Some(uniforms.iter().map(|share| sums.partition_point(|sum| *sum <= share * total).min(last)).collect())
}

#[cfg(test)]
mod tests;
