//! Users who wait for an answer before they ask again.
//!
//! A closed network of such stations is an open one, looked at only while exactly `users` are in it. That is how it is computed
//! here: for each part of the open network the chances of its counts, which are folded together to those of their sum.
//! Every term is positive, none is above one, and what becomes too small for a number is too small to matter. The
//! usual recursion for several servers subtracts, and loses all digits near saturation.
//!
//! How busy the open network is does not change the answer; it is taken such that the mean of the sum is `users`.

use super::erlang::erlang_c;
use super::is_amount;

/// Up to so many users are followed one by one.
const FOLLOWED: f64 = 100_000.0;
/// Up to so many multiplications are made.
const PATIENCE: f64 = 3e8;

/// What users who wait for answers get.
#[derive(Clone, Debug, PartialEq)]
pub struct ClosedResult {
    /// Requests per second.
    pub throughput: f64,
    /// The mean time from asking to the answer, in seconds.
    pub response: f64,
    /// The mean time at each station, in the order they were given.
    pub residence: Vec<f64>,
    /// Whether the answer is exact. For very many users or servers it is that of an open network with as many users in the
    /// mean, which is then hardly different.
    pub exact: bool,
}

/// A station, in what matters here.
struct Station {
    demand: f64,
    servers: f64,
    /// The servers that others keep busy.
    others: f64,
}

impl Station {
    /// Seconds between two that leave when all servers are busy, in the time that others leave.
    fn pace(&self) -> f64 {
        self.demand / (self.servers - self.others)
    }

    /// The part that the users have in all the work.
    fn own_part(&self, rate: f64) -> f64 {
        let own = rate * self.demand;
        if self.others > 0.0 { own / (own + self.others) } else { 1.0 }
    }

    /// How many are there in the mean when the network is open and `rate` come a second.
    fn present(&self, rate: f64) -> f64 {
        let offered = rate * self.demand + self.others;
        if offered >= self.servers {
            return f64::INFINITY;
        }
        let all = offered + erlang_c(offered, self.servers) * offered / (self.servers - offered);
        // Who is there is one of the users with the same chance, wherever in line.
        self.own_part(rate) * all
    }
}

/// The throughput that cannot be exceeded, and the number of users from which on somebody has to wait, when nothing happened by
/// chance. Each station is the seconds of work that a request asks of it, and its servers.
pub fn bounds(stations: &[(f64, f64)], think: f64) -> (f64, f64) {
    let alone: Vec<(f64, f64, f64)> =
        stations.iter().map(|&(demand, servers)| (demand, servers, 0.0)).collect();
    if !sound(&alone, think) {
        return (f64::NAN, f64::NAN);
    }
    let slowest = stations.iter().map(|&(demand, servers)| demand / servers).fold(0.0, f64::max);
    let alone = think + stations.iter().map(|&(demand, _)| demand).sum::<f64>();
    if slowest > 0.0 { (1.0 / slowest, alone / slowest) } else { (f64::INFINITY, f64::INFINITY) }
}

/// The throughput and response times when `users` each wait for an answer, think for `think` seconds in the mean, and ask again.
///
/// Each station is the seconds of work that a request asks of it in the mean, over all its visits, and its servers, of which
/// only whole ones count. Exact where networks have a product form: exponential service in the order of arrival, or any service
/// with shared time.
pub fn mean_value_analysis(stations: &[(f64, f64)], users: f64, think: f64) -> ClosedResult {
    let alone: Vec<(f64, f64, f64)> =
        stations.iter().map(|&(demand, servers)| (demand, servers, 0.0)).collect();
    mean_value_analysis_beside(&alone, users, think)
}

/// The same where others, who come at random and do not wait for anything before they come, keep so many servers of each
/// station busy (its third number), and each of them as long as the users do.
///
/// Given how many are at a station, each is one of the users with the same chance: so the counts of the users are those of a
/// station for all of which each is kept with that chance. Of a geometric series that leaves one again.
pub fn mean_value_analysis_beside(stations: &[(f64, f64, f64)], users: f64, think: f64) -> ClosedResult {
    let result = |throughput: f64, residence: Vec<f64>, exact: bool| ClosedResult {
        throughput,
        response: residence.iter().sum(),
        residence,
        exact,
    };
    if !sound(stations, think) || !is_amount(users) {
        return result(f64::NAN, vec![f64::NAN; stations.len()], false);
    }
    let users = users.floor();
    let demands = || stations.iter().map(|&(demand, ..)| demand).collect::<Vec<f64>>();
    // Who comes to a line of others that grows for ever is never served.
    let is_endless = |&(demand, servers, others): &(f64, f64, f64)| demand > 0.0 && others >= servers;
    if users > 0.0 && stations.iter().any(is_endless) {
        let residence =
            stations.iter().map(|station| if is_endless(station) { f64::INFINITY } else { station.0 });
        return result(0.0, residence.collect(), true);
    }
    let alone = think + demands().iter().sum::<f64>();
    if users == 0.0 {
        return result(0.0, demands(), true);
    }
    if alone == 0.0 {
        return result(f64::INFINITY, demands(), true);
    }
    // Nobody waits where there is a server for everyone: such a station is only a delay.
    let made = |&(demand, servers, others): &(f64, f64, f64)| {
        let servers = servers.floor().max(1.0);
        Station { demand, servers, others: if servers == f64::INFINITY { 0.0 } else { others } }
    };
    let waits = |station: &Station| station.demand > 0.0 && (station.servers < users || station.others > 0.0);
    let all: Vec<Station> = stations.iter().map(made).collect();
    let lined: Vec<&Station> = all.iter().filter(|station| waits(station)).collect();
    let delay =
        think + all.iter().filter(|station| !waits(station)).map(|station| station.demand).sum::<f64>();
    let rate = open_rate(&lined, delay, users);
    let several = lined.iter().filter(|station| station.servers > 1.0).count() as f64;
    let widths: f64 =
        lined.iter().map(|station| width(rate * station.demand + station.others, station.servers)).sum();
    let work = users * (1.0 + several) * (widths + lined.len() as f64 + 1.0);
    if users > FOLLOWED || work > PATIENCE {
        let residence = all
            .iter()
            .map(|station| if waits(station) { station.present(rate) / rate } else { station.demand });
        return result(rate, residence.collect(), false);
    }
    let users = users as usize;
    let network = Network { lined: &lined, delay, rate, users };
    let counts = network.counts(None);
    let mut last = counts.iter().rev();
    let (with, without) = (last.next().copied().unwrap_or(0.0), last.next().copied().unwrap_or(0.0));
    let throughput = rate * without / with;
    let mut place = 0;
    let residence = all.iter().map(|station| {
        if !waits(station) {
            return station.demand;
        }
        let present = network.behind(station, &counts) + network.served(place, station);
        place += 1;
        present / with / throughput
    });
    let residence = residence.collect();
    result(throughput, residence, true)
}

fn sound(stations: &[(f64, f64, f64)], think: f64) -> bool {
    let finite = |number: f64| is_amount(number) && number < f64::INFINITY;
    let is_sound =
        |&(demand, servers, others): &(f64, f64, f64)| finite(demand) && servers >= 1.0 && finite(others);
    finite(think) && stations.iter().all(is_sound)
}

/// The rate at which the open network has `users` in it in the mean.
fn open_rate(lined: &[&Station], delay: f64, users: f64) -> f64 {
    let slowest = lined.iter().map(|station| station.pace()).fold(0.0, f64::max);
    let alone = delay + lined.iter().map(|station| station.demand).sum::<f64>();
    let mut low = 0.0;
    let mut high = users / alone;
    if slowest > 0.0 {
        high = high.min(1.0 / slowest);
    }
    let present = |rate: f64| rate * delay + lined.iter().map(|station| station.present(rate)).sum::<f64>();
    if present(high) <= users {
        return high;
    }
    for _ in 0..100 {
        let middle = (low + high) / 2.0;
        if middle <= low || middle >= high {
            break;
        }
        if present(middle) <= users {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// How many counts of busy servers matter: see [`poisson`].
fn width(offered: f64, servers: f64) -> f64 {
    if servers > 1.0 { servers.min(offered + 20.0 * offered.sqrt() + 60.0) } else { 1.0 }
}

/// What is folded together.
struct Network<'a> {
    lined: &'a [&'a Station],
    delay: f64,
    rate: f64,
    users: usize,
}

impl Network<'_> {
    /// The chances of `0..=users` in the open network, up to a factor; without the servers of one of the stations.
    ///
    /// A station with several servers has as many in it as two that do not know of each other: one with a single server that is as
    /// fast as all, and one with up to `servers - 1`, whose chances are those of [`Network::servers`].
    fn counts(&self, without: Option<usize>) -> Vec<f64> {
        let mut counts = poisson(self.rate * self.delay, self.users);
        for (place, station) in self.lined.iter().enumerate() {
            if station.servers > 1.0 && without != Some(place) {
                counts = folded(&counts, &self.servers(station));
            }
        }
        for station in self.lined {
            let busy = self.rate * station.pace();
            let mut before = 0.0;
            for count in &mut counts {
                before = (1.0 - busy) * *count + busy * before;
                *count = before;
            }
        }
        counts
    }

    /// `a^j/j! (1 - j/servers)` for `j` below `servers`, up to a factor: with it and a geometric series the chances of a
    /// station with several servers are folded.
    fn servers(&self, station: &Station) -> Vec<f64> {
        let offered = self.rate * station.demand + station.others;
        let own = station.own_part(self.rate);
        let widest = width(offered, station.servers).ceil() - 1.0;
        let most = if own < 1.0 { widest as usize } else { widest.min(self.users as f64) as usize };
        let mut chances = poisson(offered, most);
        let mut count = 0.0;
        for chance in &mut chances {
            *chance *= 1.0 - count / station.servers;
            count += 1.0;
        }
        let sum: f64 = chances.iter().sum();
        chances.iter_mut().for_each(|chance| *chance /= sum);
        if own < 1.0 { thinned(&chances, own, most.min(self.users)) } else { chances }
    }

    /// How many are in the part of a station that has one fast server, times the chance of `users`.
    fn behind(&self, station: &Station, counts: &[f64]) -> f64 {
        let busy = self.rate * station.pace();
        let (mut power, mut sum) = (1.0, 0.0);
        for count in counts.iter().rev().skip(1) {
            power *= busy;
            sum += power * count;
        }
        sum
    }

    /// How many are in its other part.
    fn served(&self, place: usize, station: &Station) -> f64 {
        if station.servers <= 1.0 {
            return 0.0;
        }
        let others = self.counts(Some(place));
        let mut here = 0.0;
        let mut sum = 0.0;
        for (chance, rest) in self.servers(station).iter().zip(others.iter().rev()) {
            sum += here * chance * rest;
            here += 1.0;
        }
        sum
    }
}

/// The chances of `0..=most` of a Poisson distribution, such that the largest is one of the numbers near 1.
fn poisson(mean: f64, most: usize) -> Vec<f64> {
    let mut chances = vec![0.0; most.saturating_add(1)];
    let peak = (mean as usize).min(most);
    let (below, above) = chances.split_at_mut_checked(peak).unwrap_or((&mut [], &mut []));
    let (mut chance, mut count) = (1.0, peak as f64);
    for place in above {
        *place = chance;
        count += 1.0;
        chance *= mean / count;
    }
    let (mut chance, mut count) = (1.0, peak as f64);
    for place in below.iter_mut().rev() {
        chance *= count / mean;
        *place = chance;
        count -= 1.0;
    }
    let sum: f64 = chances.iter().sum();
    chances.iter_mut().for_each(|chance| *chance /= sum);
    chances
}

/// The chances of a count of which each is kept with a chance, up to a largest one.
fn thinned(chances: &[f64], kept: f64, most: usize) -> Vec<f64> {
    // The generating function with `1 - kept + kept z` in place of `z`, by Horner's rule.
    let mut counts = vec![0.0; most.saturating_add(1)];
    for chance in chances.iter().rev() {
        let mut below = *chance;
        let mut factor = 1.0;
        for count in &mut counts {
            let here = *count;
            *count = (1.0 - kept) * here + factor * below;
            below = here;
            factor = kept;
        }
    }
    counts
}

/// The chances of the sum of two counts, as far as the first reaches.
fn folded(counts: &[f64], chances: &[f64]) -> Vec<f64> {
    let mut sums = vec![0.0; counts.len()];
    for (shift, chance) in chances.iter().enumerate() {
        if *chance < 1e-40 {
            continue;
        }
        for (sum, count) in sums.iter_mut().skip(shift).zip(counts) {
            *sum += chance * count;
        }
    }
    sums
}
