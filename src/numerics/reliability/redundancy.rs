//! Several that do the same, of which some suffice.

use super::probability;

/// The share of the time in which something is down that works for a while and is then repaired for a while.
pub fn from_times(works: f64, repair: f64) -> f64 {
    if works.is_nan() || repair.is_nan() || works < 0.0 || repair < 0.0 {
        return f64::NAN;
    }
    if repair == 0.0 || (works == f64::INFINITY && repair.is_finite()) {
        return 0.0;
    }
    if repair == f64::INFINITY {
        if works.is_finite() { 1.0 } else { f64::NAN }
    } else {
        repair / (works + repair)
    }
}

/// The unavailability of a group of which `needed` must work, when each of them is down independently.
///
/// The tail of a binomial distribution, summed from its largest term; exact to about 12 digits for any number of them.
pub fn k_of_n(unavailability: f64, needed: u32, of: u32) -> f64 {
    if needed == 0 {
        return 0.0;
    }
    if needed > of {
        return 1.0;
    }
    at_least_down(of, probability(unavailability), of - needed + 1)
}

/// How often a group stops working of which `needed` must work: one more fails while just enough are left.
///
/// `failure_frequency` is how often one of them fails, counted over all the time (`unavailability / repair`).
pub fn k_of_n_frequency(unavailability: f64, failure_frequency: f64, needed: u32, of: u32) -> f64 {
    if needed == 0 || needed > of || failure_frequency == 0.0 {
        return 0.0;
    }
    f64::from(of) * failure_frequency * exactly_down(of - 1, probability(unavailability), of - needed)
}

/// The unavailability of a group of different ones, of which `needed` must work.
pub fn k_of_n_mixed(parts: &[f64], needed: usize) -> f64 {
    if needed == 0 {
        return 0.0;
    }
    if needed > parts.len() {
        return 1.0;
    }
    let failures = parts.len() - needed + 1;
    // The shorter table is taken. Both have only sums of positive terms.
    if failures <= needed {
        let mut counts = vec![0.0; failures];
        let mut failed = 0.0;
        set_first(&mut counts);
        for part in parts {
            let down = probability(*part);
            failed += counts.last().copied().unwrap_or(0.0) * down;
            advance(&mut counts, down, 1.0 - down);
        }
        probability(failed)
    } else {
        let mut counts = vec![0.0; needed];
        set_first(&mut counts);
        for part in parts {
            let down = probability(*part);
            advance(&mut counts, 1.0 - down, down);
        }
        probability(counts.iter().sum())
    }
}

fn set_first(counts: &mut [f64]) {
    if let Some(first) = counts.first_mut() {
        *first = 1.0;
    }
}

/// One more part: each count moves up with one probability and stays with the other.
fn advance(counts: &mut [f64], moves: f64, stays: f64) {
    let mut below = 0.0;
    for count in counts {
        let before = *count;
        *count = before * stays + below * moves;
        below = before;
    }
}

/// Instances in one place, which are all alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// The unavailability of one instance while its place is up.
    pub unavailability: f64,
    /// How many of them there are.
    pub instances: u32,
    /// Whether the place is up. While it is down, so are all of its instances.
    pub up: bool,
}

/// More failures than this are not followed through groups that differ, nor with more steps than these.
const MOST_FAILURES: u64 = 1_000_000;
const MOST_STEPS: u64 = 400_000_000;

/// The unavailability of instances that are spread over places, of which `needed` must work altogether.
///
/// Groups whose instances are equally good are one group. Where there are so many of different kinds that it would take
/// a noticeable time, the worst kind is taken for all, which is too much rather than too little.
pub fn k_of_groups(groups: &[Group], needed: u32) -> f64 {
    if needed == 0 {
        return 0.0;
    }
    if let Some((down, instances)) = alike(groups) {
        return k_of_n(down, needed, instances);
    }
    let present = groups.iter().filter(|group| group.up && group.instances > 0);
    let mut sorted: Vec<(f64, u32)> =
        present.map(|group| (probability(group.unavailability), group.instances)).collect();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut kinds: Vec<(f64, u32)> = Vec::new();
    for (down, instances) in sorted {
        match kinds.last_mut() {
            Some((other, count)) if *other == down => *count = count.saturating_add(instances),
            _ => kinds.push((down, instances)),
        }
    }
    let all = kinds.iter().fold(0_u64, |all, (_, count)| all.saturating_add(u64::from(*count)));
    if u64::from(needed) > all {
        return 1.0;
    }
    if kinds.iter().any(|(down, _)| down.is_nan()) {
        return f64::NAN;
    }
    let (best, _) = kinds.first().copied().unwrap_or((0.0, 0));
    let (worst, _) = kinds.last().copied().unwrap_or((0.0, 0));
    let failures = all - u64::from(needed) + 1;
    let instances = u32::try_from(all).unwrap_or(u32::MAX);
    let between = kinds.iter().skip(1).rev().skip(1);
    let steps = between.fold(0_u64, |steps, (_, count)| {
        steps.saturating_add(failures.saturating_mul(failures.min(u64::from(*count))))
    });
    if kinds.len() == 1 || failures > MOST_FAILURES || steps > MOST_STEPS {
        return k_of_n(worst, needed, instances);
    }
    // What is sure to be far below the last digit of the result may be left out.
    let negligible = k_of_n(best, needed, instances) * 1e-18 / all as f64;
    let failures = u32::try_from(failures).unwrap_or(u32::MAX);
    // At each index, the probability that at least as many have failed in the groups so far.
    let mut tails = vec![0.0; failures as usize + 1];
    set_first(&mut tails);
    for (index, (down, count)) in kinds.iter().enumerate() {
        let last = index + 1 == kinds.len();
        let exactly: Vec<(usize, f64)> = (0..=failures.min(*count))
            .map(|down_here| (down_here as usize, exactly_down(*count, *down, down_here)))
            .filter(|(_, share)| *share > negligible)
            .collect();
        let here = tails_of(*count, *down, failures);
        let joined = |total: usize| {
            let more = exactly.iter().take_while(|(down_here, _)| *down_here < total);
            more.map(|(down_here, share)| share * tails.get(total - down_here).copied().unwrap_or(0.0))
                .sum::<f64>()
                + here.get(total).copied().unwrap_or(0.0)
        };
        if last {
            return joined(failures as usize).min(1.0);
        }
        tails = if index == 0 { here } else { (0..=failures as usize).map(joined).collect() };
    }
    1.0
}

/// The unavailability and number of all instances that are there, when they are equally good.
fn alike(groups: &[Group]) -> Option<(f64, u32)> {
    let mut present = groups.iter().filter(|group| group.up && group.instances > 0);
    let first = present.next()?;
    let mut count = first.instances;
    for other in present {
        if other.unavailability != first.unavailability {
            return None;
        }
        count = count.checked_add(other.instances)?;
    }
    Some((probability(first.unavailability), count)).filter(|(down, _)| !down.is_nan())
}

/// How often instances that are spread over places become too few, because one of them fails.
///
/// `failure_frequency` gives how often one instance of each group fails while its place is up.
pub fn k_of_groups_frequency(groups: &[Group], failure_frequency: &[f64], needed: u32) -> f64 {
    if needed == 0 {
        return 0.0;
    }
    if let (Some((down, instances)), Some(frequency)) = (alike(groups), failure_frequency.first())
        && failure_frequency.iter().all(|other| other == frequency)
    {
        return k_of_n_frequency(down, *frequency, needed, instances);
    }
    let mut others = groups.to_vec();
    let mut total = 0.0;
    for (index, (group, frequency)) in groups.iter().zip(failure_frequency).enumerate() {
        if !group.up || group.instances == 0 || *frequency == 0.0 {
            continue;
        }
        if let Some(other) = others.get_mut(index) {
            other.instances -= 1;
        }
        let just_enough = k_of_groups(&others, needed) - k_of_groups(&others, needed - 1);
        // What rounding leaves of nothing is nothing.
        if just_enough.is_nan() || just_enough > 0.0 {
            total += f64::from(group.instances) * frequency * just_enough;
        }
        if let Some(other) = others.get_mut(index) {
            other.instances += 1;
        }
    }
    total
}

/// The unavailability of a group of which `needed` must work, where a share `beta` of all failures hits all of them.
///
/// However many there are, it stays above `beta * unavailability`. One alone has nothing in common with others.
pub fn with_common_cause(unavailability: f64, beta: f64, needed: u32, of: u32) -> f64 {
    let down = probability(unavailability);
    if needed == 0 || needed > of || of == 1 {
        return k_of_n(down, needed, of);
    }
    let beta = probability(beta);
    let common = beta * down;
    common + (1.0 - common) * k_of_n((1.0 - beta) * down, needed, of)
}

/// Unavailability, and failures for each unit of time, of a group of which `needed` must work, where only as many can be
/// repaired at once as there are crews.
///
/// A chain of births and deaths over how many are down. Those that work go on failing while the group is down.
pub fn repaired(works: f64, repair: f64, needed: u32, of: u32, crews: u32) -> (f64, f64) {
    if works.is_nan() || repair.is_nan() || works < 0.0 || repair < 0.0 {
        return (f64::NAN, f64::NAN);
    }
    if needed == 0 {
        return (0.0, 0.0);
    }
    if needed > of {
        return (1.0, 0.0);
    }
    if works == f64::INFINITY {
        return if repair == f64::INFINITY { (f64::NAN, 0.0) } else { (0.0, 0.0) };
    }
    if works == 0.0 || repair == f64::INFINITY || crews == 0 {
        return (1.0, 0.0);
    }
    let failed = of - needed + 1;
    let load = repair / works;
    // How much likelier it is that `down` are down than one fewer. It only falls.
    let ratio = |down: u32| f64::from(of - down + 1) * load / f64::from(down.min(crews));
    // The likeliest number. All other weights are relative to it, so that nothing overflows.
    let (mut mode, mut above) = (0, of);
    while mode < above {
        let middle = above - (above - mode) / 2;
        if ratio(middle) > 1.0 {
            mode = middle;
        } else {
            above = middle - 1;
        }
    }
    let (mut up, mut down, mut edge) = (0.0, 0.0, 0.0);
    let mut count = |number: u32, weight: f64| {
        if number >= failed {
            down += weight;
        } else {
            up += weight;
        }
        if failed - number.min(failed) == 1 {
            edge = weight;
        }
    };
    count(mode, 1.0);
    let mut weight = 1.0;
    for number in mode..of {
        weight *= ratio(number + 1);
        if weight == 0.0 {
            break;
        }
        count(number + 1, weight);
    }
    weight = 1.0;
    for number in (0..mode).rev() {
        weight /= ratio(number + 1);
        if weight == 0.0 {
            break;
        }
        count(number, weight);
    }
    (down / (up + down), edge / (up + down) * (f64::from(needed) / works))
}

/// The probability that at least `failing` of them are down.
fn at_least_down(of: u32, down: f64, failing: u32) -> f64 {
    if down.is_nan() {
        return f64::NAN;
    }
    if failing == 0 || (down >= 1.0 && failing <= of) {
        return 1.0;
    }
    if failing > of || down <= 0.0 {
        return 0.0;
    }
    if failing == 1 {
        return -libm::expm1(f64::from(of) * libm::log1p(-down));
    }
    let odds = down / (1.0 - down);
    let (mut sum, mut number) = (0.0, failing);
    if f64::from(failing) > f64::from(of) * down {
        let mut term = exactly_down(of, down, number);
        while term > sum * 1e-18 {
            sum += term;
            term *= f64::from(of - number) / (f64::from(number) + 1.0) * odds;
            number = number.saturating_add(1);
        }
        return sum.min(1.0);
    }
    number -= 1;
    let mut term = exactly_down(of, down, number);
    while term > sum * 1e-18 {
        sum += term;
        term *= f64::from(number) / (f64::from(of - number) + 1.0) / odds;
        number = number.saturating_sub(1);
    }
    probability(1.0 - sum)
}

/// At each index up to `most`, the probability that at least as many are down.
fn tails_of(of: u32, down: f64, most: u32) -> Vec<f64> {
    let mut tail = at_least_down(of, down, most);
    let mut tails = vec![tail];
    for number in (0..most).rev() {
        tail += exactly_down(of, down, number);
        tails.push(if number == 0 { 1.0 } else { tail.min(1.0) });
    }
    tails.reverse();
    tails
}

/// The probability that exactly `failing` of them are down.
fn exactly_down(of: u32, down: f64, failing: u32) -> f64 {
    /// Up to this many factors the product is more exact than the series.
    const FEW: u32 = 64;
    if down.is_nan() {
        return f64::NAN;
    }
    if failing > of {
        return 0.0;
    }
    let working = of - failing;
    if down <= 0.0 || down >= 1.0 {
        let certain = if down <= 0.0 { failing == 0 } else { working == 0 };
        return f64::from(u8::from(certain));
    }
    let (all, few) = (f64::from(of), failing.min(working));
    if few <= FEW {
        let (rare, common, many) = if failing <= working {
            (down, libm::log1p(-down), working)
        } else {
            (1.0 - down, libm::log(down), failing)
        };
        let (few, exponent) = (f64::from(few), common * f64::from(many));
        // A power that would vanish before the number of ways makes up for it is given out step by step.
        let stepwise = few > 0.0 && exponent < -600.0;
        let each = if stepwise { rare * libm::exp(exponent / few) } else { rare };
        let mut product = if stepwise { 1.0 } else { libm::exp(exponent) };
        let mut index = 0.0;
        while index < few {
            product *= (all - index) / (few - index) * each;
            index += 1.0;
        }
        return product;
    }
    // Loader's form of the binomial distribution: what is left of the factorials after Stirling's formula, and the
    // two deviances, none of which is a small difference of large numbers.
    let (failing, working) = (f64::from(failing), f64::from(working));
    let exponent = stirling_rest(all)
        - stirling_rest(failing)
        - stirling_rest(working)
        - deviance(failing, all * down)
        - deviance(working, all * (1.0 - down));
    libm::exp(exponent) * (all / (2.0 * std::f64::consts::PI * failing * working)).sqrt()
}

/// What Stirling's formula leaves of the logarithm of a factorial, for numbers above 60.
fn stirling_rest(number: f64) -> f64 {
    let square = number * number;
    (1.0 / 12.0 - (1.0 / 360.0 - 1.0 / 1260.0 / square) / square) / number
}

/// `x log(x/m) + m - x`, also where `x` is near `m`.
fn deviance(x: f64, mean: f64) -> f64 {
    let ratio = (x - mean) / (x + mean);
    if ratio.abs() >= 0.1 {
        return x * libm::log(x / mean) + mean - x;
    }
    let mut sum = (x - mean) * ratio;
    let mut power = 2.0 * x * ratio;
    let mut odd = 3.0;
    while odd < 60.0 {
        power *= ratio * ratio;
        sum += power / odd;
        odd += 2.0;
    }
    sum
}
