//! Instances that each have a line of their own, and ways to choose among them.
//!
//! One line before all servers is what a shared queue gives. Balancers choose a line when a request comes, and some requests
//! then wait behind others while servers elsewhere are free: with a hundred servers at 95%, choosing blindly makes the wait two
//! hundred times as long.

use super::erlang::erlang_c;
use super::{Line, Waiting, pooled};

/// Up to so many servers of an instance the states of two lines are followed one by one.
const FOLLOWED: f64 = 32.0;

/// What a single one of `instances` gets, and how many there are. An instance has at least one server.
fn one_of(line: Line, instances: f64) -> Option<(Line, f64)> {
    if instances.is_nan() || line.servers == f64::INFINITY && instances == f64::INFINITY {
        return None;
    }
    let instances = instances.min(line.servers).max(1.0);
    let share = Line { arrivals: line.arrivals / instances, servers: line.servers / instances, ..line };
    Some((share, instances))
}

/// Each request goes to any of the `instances` by chance. Each of these is a line of its own, with its share of the servers
/// and of the requests; see [`pooled`].
pub fn separate(line: Line, instances: f64) -> Waiting {
    one_of(line, instances).map_or(Waiting::UNKNOWN, |(share, _)| pooled(share))
}

/// Requests go to the `instances` in turn, so that they come to each one more evenly than by chance.
///
/// To each instance come the sums of as many exponential gaps as there are instances. With one server in each and exponential
/// service times the answer is exact. With several servers, the wait of those that wait still is; how many wait is an
/// approximation. Other service times scale the answer as the formulas of Krämer and Langenbach-Belz do, which correct that of
/// Allen and Cunneen; in the simulations of the tests that is off by up to a seventh.
pub fn round_robin(line: Line, instances: f64) -> Waiting {
    let Some((share, instances)) = one_of(line, instances) else {
        return Waiting::UNKNOWN;
    };
    if let Some(answer) = share.without_model() {
        return answer;
    }
    if instances == 1.0 || line.variation == f64::INFINITY {
        return pooled(share);
    }
    let offered = share.offered();
    let busy = offered / share.servers;
    let found = met_full(busy, instances);
    let conditional = share.service / share.servers / (1.0 - found);
    let chance = met_busy(&share, found / busy, 1.0 / instances);
    let (scaled_mean, _) = uneven_service(busy, 1.0 / instances, line.variation);
    // Requests that come in turn never wait longer than those that come by chance.
    let mean = (chance * conditional * scaled_mean).min(pooled(share).mean);
    // Those that wait do so for longer the more uneven the service is, whatever the load: the more load, the longer.
    let uneven = (1.0 / instances + line.variation) / (1.0 / instances + 1.0);
    let conditional = (conditional * uneven).max(mean);
    let chance = mean / conditional;
    if !(mean > 0.0 && chance > 0.0) {
        return Waiting::none(busy);
    }
    Waiting { utilization: busy, chance, mean, conditional, loss: 0.0 }
}

/// The chance that a request meets all servers busy, when gaps are sums of `phases` exponential ones and one server works
/// as fast as all: the root below one of `x = (phases busy / (phases busy + 1 - x))^phases`. The right side is convex, so that
/// Newton's method climbs to it from zero without ever overshooting.
fn met_full(busy: f64, phases: f64) -> f64 {
    let mut root = 0.0;
    for _ in 0..100 {
        let free = 1.0 - root;
        let met = libm::exp(-phases * libm::log1p(free / (phases * busy)));
        let slope = met / (busy + free / phases);
        let next = root + (met - root) / (1.0 - slope);
        if !(next > root * (1.0 + 1e-15) && next < 1.0) {
            break;
        }
        root = next;
    }
    root
}

/// How many wait at several servers to which requests come more evenly than by chance: between what holds for one server, where
/// `fewer` is known, and what holds for many (Halfin and Whitt), where the spare servers count for more.
fn met_busy(line: &Line, fewer: f64, coming: f64) -> f64 {
    let offered = line.offered();
    let random = erlang_c(offered, line.servers);
    let one = random * fewer;
    if line.servers <= 1.0 || one == 0.0 {
        return one;
    }
    let spare = (line.servers - offered) / ((1.0 + coming) / 2.0).sqrt();
    let many = erlang_c((line.servers - spare).max(0.0), line.servers);
    let many = many.max(random * libm::pow(fewer, line.servers)).min(one);
    let weight = 1.0 / line.servers;
    libm::pow(one, weight) * libm::pow(many, 1.0 - weight)
}

/// How much longer, and how much more often, requests wait than with exponential service times, at one server to which they
/// come with the squared coefficient of variation `coming`.
fn uneven_service(busy: f64, coming: f64, serving: f64) -> (f64, f64) {
    // The formulas are made for servers that are in use: towards none their ratio grows without end.
    let busy = busy.max(0.1);
    let away = 1.0 - coming;
    let wait = |serving: f64| {
        let both = coming + serving;
        both * libm::exp(-2.0 * (1.0 - busy) * away * away / (3.0 * busy * both.max(1e-300)))
    };
    let chance = |serving: f64| {
        let above = 1.0 + coming + busy * serving;
        let below = 1.0 + busy * (serving - 1.0) + busy * busy * (4.0 * coming + serving);
        (1.0 - away * (1.0 - busy) * above / below).max(0.0)
    };
    let ratio = |of: f64, to: f64| if to > 0.0 { of / to } else { 1.0 };
    (ratio(wait(serving), wait(1.0)), ratio(chance(serving), chance(1.0)))
}

/// Of two of the `instances`, chosen by chance, each request goes to the one that has fewer.
///
/// For endlessly many instances with exponential service times the mean is exact (Vvedenskaya, Dobrushin and Karpelevich;
/// Mitzenmacher). For fewer there is a term that falls with their number (after Gast and Van Houdt), never better than one line
/// for all and never worse than choosing blindly: in the simulations of the tests it is off by a twentieth for ten instances, and
/// by a fifth for two. Above 32 servers in each it is off by up to a third, of a short wait. Other service times scale it as they
/// do a pooled line. The true tail falls faster than the exponential one, so that high percentiles err on the safe side.
pub fn two_choices(line: Line, instances: f64) -> Waiting {
    let Some((share, instances)) = one_of(line, instances) else {
        return Waiting::UNKNOWN;
    };
    if let Some(answer) = share.without_model() {
        return answer;
    }
    let best = pooled(line);
    let worst = pooled(share);
    if instances == 1.0 || worst.chance == 0.0 || worst.mean == f64::INFINITY {
        return worst;
    }
    let scale = (1.0 + line.variation) / 2.0;
    let servers = share.servers.round().max(1.0);
    let (chance, mean) = if servers <= FOLLOWED {
        endlessly_many(worst.utilization, servers)
    } else {
        // As far from being full, in the measure that matters for many servers, as an instance that can be followed.
        let spare = (1.0 - worst.utilization) * (share.servers / FOLLOWED).sqrt();
        if spare >= 1.0 {
            (0.0, 0.0)
        } else {
            let alike =
                Line { arrivals: FOLLOWED * (1.0 - spare), service: 1.0, servers: FOLLOWED, variation: 1.0 };
            let blind = pooled(alike);
            let (chance, mean) = endlessly_many(1.0 - spare, FOLLOWED);
            (worst.chance * chance / blind.chance, worst.mean / (scale * line.service) * mean / blind.mean)
        }
    };
    let finite = worst.chance / (2.0 * (line.servers - line.offered()));
    let mean = (scale * line.service * (mean + finite)).max(best.mean).min(worst.mean);
    let chance = chance.max(best.chance).min(worst.chance);
    let conditional = if chance > 0.0 { mean / chance } else { worst.conditional };
    let mean = if chance > 0.0 { mean } else { 0.0 };
    Waiting { utilization: worst.utilization, chance, mean, conditional, loss: 0.0 }
}

/// The chance to wait and the mean wait, in service times, for endlessly many instances with `servers` each.
///
/// Let `s_j` be the share of instances that have at least `j` requests. Instances rise to `j` as often as they fall from it:
/// `a (s_{j-1}² - s_j²) = min(j, servers) (s_j - s_{j+1})`. From the last server on this is `s_j = utilization s_{j-1}²`, and
/// from there down to `s_0`, which must be 1, each follows from the two above it.
fn endlessly_many(utilization: f64, servers: f64) -> (f64, f64) {
    let offered = utilization * servers;
    let none_or_more = |top: f64| {
        let (mut above, mut here, mut place) = (utilization * top * top, top, servers - 1.0);
        while place >= 1.0 {
            let below = (here * here + place / offered * (here - above)).sqrt();
            (above, here, place) = (here, below, place - 1.0);
        }
        here
    };
    let mut top = 1.0;
    if servers > 1.0 {
        // In logarithms, because the share may be tiny.
        let (mut low, mut high) = (-600.0, 0.0);
        if none_or_more(libm::exp(low)) >= 1.0 {
            return (0.0, 0.0);
        }
        while high - low > 1e-9 {
            let middle = (low + high) / 2.0;
            if none_or_more(libm::exp(middle)) < 1.0 {
                low = middle;
            } else {
                high = middle;
            }
        }
        top = libm::exp(high);
    }
    let full = utilization * top * top;
    // Both are full; and what waits is everything from the first that has no server.
    let (mut share, mut waiting) = (full, 0.0);
    while share > 1e-300 {
        share = utilization * share * share;
        if share <= waiting * 1e-17 {
            break;
        }
        waiting += share;
    }
    (full * full, waiting / offered)
}
