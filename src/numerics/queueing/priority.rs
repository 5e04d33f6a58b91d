//! Lines in which some go first.

use super::erlang::erlang_c;
use super::is_amount;

/// The mean wait of `class` where a server that is free takes the oldest request of the first class that has one, and never
/// stops in the middle of one (Cobham).
///
/// Each class is its requests per second, its mean service time and the squared coefficient of variation of that; the first in
/// the list goes first. Exact for one server, and for several when all service times are exponential with the same mean. A class
/// may be stable while those behind it are not: what the servers have left is then full of the first of these.
pub fn priority(classes: &[(f64, f64, f64)], servers: f64, class: usize) -> f64 {
    let sound = |&(arrivals, service, variation): &(f64, f64, f64)| {
        arrivals >= 0.0 && service >= 0.0 && variation >= 0.0
    };
    if class >= classes.len() || !classes.iter().all(sound) || !is_amount(servers) {
        return f64::NAN;
    }
    // The work of those before, of those before and the class itself, and of all that is ever begun.
    let (mut before, mut within, mut all) = (0.0, 0.0, 0.0);
    // What is left of a request in service, weighted with the work.
    let mut residual = 0.0;
    for (place, &(arrivals, service, variation)) in classes.iter().enumerate() {
        if arrivals == 0.0 || service == 0.0 {
            continue;
        }
        let offered = arrivals * service;
        if place < class {
            before += offered;
        }
        if place <= class {
            within += offered;
        }
        let begun = offered.min((servers - all).max(0.0));
        residual += begun * service * (1.0 + variation) / 2.0;
        all += offered;
    }
    if all == 0.0 || servers == f64::INFINITY && all < f64::INFINITY {
        return 0.0;
    }
    if within >= servers {
        return f64::INFINITY;
    }
    let rest = residual / all.min(servers);
    let chance = erlang_c(all, servers);
    if chance == 0.0 {
        return 0.0;
    }
    let left = |work: f64| (servers - work) / servers;
    chance * rest / servers / (left(before) * left(within))
}
