//! Hit ratios of caches when some items are asked for much more often than others.
//!
//! The popularity of items is Zipf's: the request rate of the item in place `i` is proportional to `i^-exponent`; the
//! exponent 0 makes all equal. Sums over up to 1e12 items (and more) are formed from the first items one by one and the
//! rest as an integral over ranges of equal width on a logarithmic scale, so that their cost grows with the logarithm
//! only.
//!
//! Requests are independent of each other: one that follows soon after another for the same item because the first
//! caused it makes real caches do better, and a scan makes them do worse.

/// So many of the most popular items are counted one by one.
const ONE_BY_ONE: f64 = 32.0;

/// No answer changes any more with steeper popularity: the first item has all requests.
const STEEPEST: f64 = 100.0;

/// More items change nothing either, and keep all products inside the range of numbers.
const MOST_ITEMS: f64 = 1e100;

/// With more ranges, items beyond the first ones have no requests that could be seen.
const MOST_RANGES: f64 = 400.0;

/// The nodes and weights of Gauss and Legendre with five points from -1 to 1.
const NODES: [(f64, f64); 5] = [
    (-0.906_179_845_938_664, 0.236_926_885_056_189_08),
    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
    (0.0, 0.568_888_888_888_888_9),
    (0.538_469_310_105_683_1, 0.478_628_670_499_366_47),
    (0.906_179_845_938_664, 0.236_926_885_056_189_08),
];

/// Items of about the same popularity.
struct Group {
    /// How many items.
    count: f64,
    /// The logarithm of their popularity, where the first item has 0.
    log: f64,
    popularity: f64,
}

struct Popularity {
    groups: Vec<Group>,
    items: f64,
    /// The sum of all popularities.
    total: f64,
    exponent: f64,
}

impl Popularity {
    fn new(items: f64, exponent: f64) -> Option<Self> {
        if !(items >= 1.0 && items.is_finite() && exponent >= 0.0 && exponent.is_finite()) {
            return None;
        }
        let (items, exponent) = (items.floor().min(MOST_ITEMS), exponent.min(STEEPEST));
        let group = |count: f64, place_log: f64| {
            let log = -exponent * place_log;
            Group { count, log, popularity: libm::exp(log) }
        };
        let first = items.min(ONE_BY_ONE);
        let mut groups: Vec<Group> =
            (1..=first as u32).map(|place| group(1.0, libm::log(f64::from(place)))).collect();
        if items > first {
            // An item is the middle of the unit that it stands for: the sum is an integral from half before the first.
            let (from, to) = (libm::log(first + 0.5), libm::log(items + 0.5));
            let ranges = ((to - from) * exponent.max(1.0)).ceil().clamp(1.0, MOST_RANGES);
            let half = (to - from) / ranges / 2.0;
            for range in 0..ranges as u32 {
                let middle = from + half * (2.0 * f64::from(range) + 1.0);
                groups.extend(NODES.iter().map(|(node, weight)| {
                    let place_log = middle + half * node;
                    group(weight * half * libm::exp(place_log), place_log)
                }));
            }
        }
        let total = groups.iter().map(|group| group.count * group.popularity).sum();
        Some(Self { groups, items, total, exponent })
    }

    /// The mean over all requests of what holds for the item that is asked for.
    fn mean_over_requests(&self, of: impl Fn(&Group) -> f64) -> f64 {
        let sum: f64 = self.groups.iter().map(|group| group.count * group.popularity * of(group)).sum();
        (sum / self.total).clamp(0.0, 1.0)
    }

    /// How many items were asked for within a time (as its logarithm), and the derivative by that logarithm.
    fn seen(&self, log_time: f64) -> (f64, f64) {
        self.groups.iter().fold((0.0, 0.0), |(seen, slope), group| {
            let requests = libm::exp(log_time + group.log);
            let unseen = libm::exp(-requests);
            // Where almost nothing was asked for, 1 - exp(-x) needs care.
            let found = if requests < 0.01 { -libm::expm1(-requests) } else { 1.0 - unseen };
            let change = if unseen > 0.0 { requests * unseen } else { 0.0 };
            (seen + group.count * found, slope + group.count * change)
        })
    }

    /// The logarithm of the time in which as many items are asked for as there are places.
    fn log_time_to_fill(&self, places: f64) -> f64 {
        let mut low = libm::log(places / self.total);
        let mut high = self.exponent * libm::log(self.items) + libm::log(-libm::log1p(-places / self.items));
        high = high.max(low);
        let mut guess = low;
        for step in 0..200 {
            let (seen, slope) = self.seen(guess);
            if seen < places {
                low = guess
            } else {
                high = guess
            }
            // Newton's method on logarithms, for which the curve is nearly straight while the cache is small.
            let newton = guess - libm::log(seen / places) * seen / slope;
            let next = if step % 5 < 4 && newton >= low && newton <= high {
                newton
            } else {
                low + (high - low) / 2.0
            };
            if (next - guess).abs() <= 1e-10 * (1.0 + guess.abs()) {
                return next;
            }
            guess = next;
        }
        guess
    }
}

/// The generalised harmonic number: the sum of `i^-exponent` for `i` up to `count`, a part of the next for a part of
/// one.
fn harmonic(count: f64, exponent: f64) -> f64 {
    let whole = count.floor();
    let power = |place: f64| libm::pow(place, -exponent);
    let next = (count - whole) * power(whole + 1.0);
    let first = whole.min(ONE_BY_ONE);
    let mut sum: f64 = (1..=first as u32).map(|place| power(f64::from(place))).sum();
    if whole > first {
        // Euler and Maclaurin: the integral from the last counted item, ends halved, and two terms of derivatives.
        let log_ratio = libm::log(whole / first);
        let growth = (1.0 - exponent) * log_ratio;
        let stretched = if growth.abs() < 1e-12 { 1.0 } else { libm::expm1(growth) / growth };
        let integral = first * power(first) * log_ratio * stretched;
        let derivatives = |place: f64| {
            let first_order = -exponent * power(place) / place;
            let third_order = first_order * (exponent + 1.0) * (exponent + 2.0) / place / place;
            let fifth_order = third_order * (exponent + 3.0) * (exponent + 4.0) / place / place;
            first_order / 12.0 - third_order / 720.0 + fifth_order / 30_240.0
        };
        sum += integral + (power(whole) - power(first)) / 2.0 + derivatives(whole) - derivatives(first);
    }
    sum + next
}

/// The hit ratio of a cache that holds exactly the most popular items: no real cache does better for long.
///
/// NaN when there is less than one item, or a number is negative or unknown.
pub fn zipf_ideal(items: f64, exponent: f64, places: f64) -> f64 {
    if !(items >= 1.0 && items.is_finite() && exponent >= 0.0 && exponent.is_finite() && places >= 0.0) {
        return f64::NAN;
    }
    let (items, exponent) = (items.floor(), exponent.min(STEEPEST));
    if places >= items { 1.0 } else { (harmonic(places, exponent) / harmonic(items, exponent)).min(1.0) }
}

/// The hit ratio of a cache that drops what was not used for the longest time, by Che's approximation.
///
/// Within about 0.15% of simulations. With a place for every item it is 1: the first request of each is not counted.
pub fn zipf_lru(items: f64, exponent: f64, places: f64) -> f64 {
    match Popularity::new(items, exponent) {
        Some(popularity) if places > 0.0 => {
            if places >= popularity.items {
                return 1.0;
            }
            let log_time = popularity.log_time_to_fill(places.max(1.0 / MOST_ITEMS));
            popularity.mean_over_requests(|group| -libm::expm1(-libm::exp(log_time + group.log)))
        }
        Some(_) if places == 0.0 => 0.0,
        _ => f64::NAN,
    }
}

/// The hit ratio of a cache with room for all, where an entry lives for `ttl` seconds after it was fetched.
///
/// `rate` is that of all requests together, in requests a second, which come at random (Poisson).
pub fn zipf_ttl(items: f64, exponent: f64, rate: f64, ttl: f64) -> f64 {
    let Some(popularity) = Popularity::new(items, exponent) else { return f64::NAN };
    if !(rate >= 0.0 && ttl >= 0.0) {
        return f64::NAN;
    }
    if rate == 0.0 || ttl == 0.0 {
        return 0.0;
    }
    let requests = rate * ttl / popularity.total;
    if requests.is_infinite() {
        return 1.0;
    }
    popularity.mean_over_requests(|group| {
        let during_life = requests * group.popularity;
        during_life / (1.0 + during_life)
    })
}

#[cfg(test)]
mod tests;
