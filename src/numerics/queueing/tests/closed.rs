use super::super::{ClosedResult, bounds, mean_value_analysis, mean_value_analysis_beside, pooled};
use super::{Dice, line, near};

/// Every way to spread the users over the stations, one by one.
fn enumerated(stations: &[(f64, f64)], users: usize, think: f64) -> ClosedResult {
    fn weight(demand: f64, servers: f64, count: usize) -> f64 {
        (1..=count).map(|place| demand / servers.min(place as f64)).product()
    }
    fn spread(stations: &[(f64, f64)], left: usize, chosen: &mut Vec<usize>, see: &mut impl FnMut(&[usize])) {
        if chosen.len() == stations.len() {
            chosen.push(left);
            see(chosen);
            chosen.pop();
            return;
        }
        for count in 0..=left {
            chosen.push(count);
            spread(stations, left - count, chosen, see);
            chosen.pop();
        }
    }
    let (mut all, mut busy, mut present) = (0.0, 0.0, vec![0.0; stations.len()]);
    let of = |counts: &[usize]| -> f64 {
        let lined: f64 = stations
            .iter()
            .zip(counts)
            .map(|(&(demand, servers), &count)| weight(demand, servers, count))
            .product();
        lined * weight(think, f64::INFINITY, *counts.last().unwrap())
    };
    spread(stations, users - 1, &mut vec![], &mut |counts| busy += of(counts));
    spread(stations, users, &mut vec![], &mut |counts| {
        let chance = of(counts);
        all += chance;
        for (sum, count) in present.iter_mut().zip(counts) {
            *sum += chance * *count as f64;
        }
    });
    let throughput = busy / all;
    let residence: Vec<f64> = present.iter().map(|sum| sum / all / throughput).collect();
    ClosedResult { throughput, response: residence.iter().sum(), residence, exact: true }
}

fn same(found: &ClosedResult, expected: &ClosedResult, within: f64) {
    near(found.throughput, expected.throughput, within);
    near(found.response, expected.response, within);
    assert_eq!(found.residence.len(), expected.residence.len());
    for (found, expected) in found.residence.iter().zip(&expected.residence) {
        near(*found, *expected, within);
    }
}

#[test]
fn all_states_one_by_one_say_the_same() {
    let networks: [(&[(f64, f64)], f64); 7] = [
        (&[(0.1, 1.0)], 1.0),
        (&[(0.1, 1.0), (0.05, 1.0)], 0.0),
        (&[(0.5, 4.0)], 1.0),
        (&[(0.5, 4.0), (0.3, 2.0), (0.1, 1.0)], 2.0),
        (&[(0.5, 4.0), (0.5, 4.0), (0.0, 1.0)], 0.0),
        (&[(3.0, 3.0), (0.001, 1.0), (2.0, 50.0)], 0.0),
        (&[(1.0, 7.0), (0.2, 1.0), (0.1, 2.0)], 100.0),
    ];
    for (stations, think) in networks {
        for users in [1, 2, 3, 5, 8, 13, 25] {
            let found = mean_value_analysis(stations, users as f64, think);
            assert!(found.exact);
            same(&found, &enumerated(stations, users, think), 1e-11);
        }
    }
}

#[test]
fn the_recursion_for_single_servers_says_the_same() {
    let stations = [(0.02, 1.0), (0.05, 1.0), (0.01, 1.0), (0.049, 1.0)];
    let (mut present, mut expected) = ([0.0; 4], 0.0);
    for users in 1..=2000 {
        let residence: Vec<f64> =
            stations.iter().zip(present).map(|((demand, _), q)| demand * (1.0 + q)).collect();
        expected = f64::from(users) / (3.0 + residence.iter().sum::<f64>());
        for (q, residence) in present.iter_mut().zip(&residence) {
            *q = expected * residence;
        }
        if [1, 10, 50, 60, 61, 70, 100, 500, 2000].contains(&users) {
            let residence: f64 = residence.iter().sum();
            same(
                &mean_value_analysis(&stations, f64::from(users), 3.0),
                &ClosedResult {
                    throughput: expected,
                    response: residence,
                    residence: present.iter().map(|q| q / expected).collect(),
                    exact: true,
                },
                1e-10,
            );
        }
    }
    assert!(expected > 0.0);
}

#[test]
fn one_station_with_thinking_users_is_a_chain_of_states() {
    // The repairman's problem: users that think, at servers that each take one.
    for (servers, users, demand, think) in
        [(4, 60, 0.1, 1.0), (16, 200, 1.0, 10.0), (100, 3000, 1.0, 25.0), (700, 20_000, 1.0, 30.0)]
    {
        let mut chances = vec![1.0_f64];
        for state in 1..=users {
            let up = f64::from(users - state + 1) / think;
            let down = f64::from(state.min(servers)) / demand;
            let last = chances[chances.len() - 1];
            chances.push(last * up / down);
            if last > 1e200 {
                chances.iter_mut().for_each(|chance| *chance *= 1e-200);
            }
        }
        let sum: f64 = chances.iter().sum();
        let busy = chances.iter().zip(0..).map(|(p, n)| p * f64::from(servers.min(n))).sum::<f64>() / sum;
        let present = chances.iter().zip(0..).map(|(p, n)| p * f64::from(n)).sum::<f64>() / sum;
        let found = mean_value_analysis(&[(demand, f64::from(servers))], f64::from(users), think);
        assert!(found.exact);
        near(found.throughput, busy / demand, 1e-9);
        near(found.response, present / (busy / demand), 1e-9);
    }
}

#[test]
fn users_go_around() {
    // Played through: two stations, the first with two servers, and thinking.
    let mut dice = Dice(41);
    let (mut thinking, mut first, mut second) = (9_u32, 0_u32, 0_u32);
    let (mut time, mut done) = (0.0, 0);
    for _ in 0..600_000 {
        let rates =
            [f64::from(thinking) / 4.0, f64::from(first.min(2)) / 1.0, f64::from(second.min(1)) / 0.6];
        let all: f64 = rates.iter().sum();
        time += dice.exponential(1.0 / all);
        let at = dice.uniform() * all;
        if at < rates[0] {
            (thinking, first) = (thinking - 1, first + 1);
        } else if at < rates[0] + rates[1] {
            (first, second) = (first - 1, second + 1);
        } else {
            (second, thinking) = (second - 1, thinking + 1);
            done += 1;
        }
    }
    near(mean_value_analysis(&[(1.0, 2.0), (0.6, 1.0)], 9.0, 4.0).throughput, f64::from(done) / time, 0.01);
}

#[test]
fn little_holds_and_no_bound_is_broken() {
    let stations = [(0.4, 8.0), (0.2, 3.0), (0.03, 1.0), (5.0, 1000.0)];
    let (most, knee) = bounds(&stations, 2.0);
    near(most, 15.0, 1e-12);
    near(knee, 7.63 * 15.0, 1e-12);
    let mut last = 0.0;
    for users in [1.0, 2.0, 10.0, 50.0, 100.0, 115.0, 120.0, 150.0, 300.0, 1e3, 1e4, 1e5] {
        let found = mean_value_analysis(&stations, users, 2.0);
        assert!(found.exact, "{users}");
        near(found.throughput * (2.0 + found.response), users, 1e-9);
        assert!(found.throughput <= most * (1.0 + 1e-12) && found.throughput <= users / 7.63 * (1.0 + 1e-12));
        assert!(found.throughput >= last * (1.0 - 1e-12));
        last = found.throughput;
    }
    near(last, most, 1e-12);
}

#[test]
fn very_many_users_are_an_open_network() {
    // As many users as make the same load in the mean, and hardly any of them present: a line with random arrivals.
    for users in [1e5, 1e6, 1e12] {
        let found = mean_value_analysis(&[(0.8, 8.0)], users, users / 6.0);
        let open = pooled(line(6.0, 0.8, 8.0, 1.0)).mean + 0.8;
        near(found.response, open, 1e-3);
        assert_eq!(found.exact, users <= 1e5);
    }
    // Servers without number: not exact, and no long wait for the answer.
    let stations: Vec<(f64, f64)> = (0..50).map(|place| (f64::from(place) + 1000.0, 30_000.0)).collect();
    let found = mean_value_analysis(&stations, 90_000.0, 0.0);
    assert!(!found.exact);
    near(found.throughput * found.response, 90_000.0, 1e-9);
}

#[test]
fn nobody_and_nothing() {
    let nobody = mean_value_analysis(&[(0.1, 1.0)], 0.0, 1.0);
    assert_eq!((nobody.throughput, nobody.response), (0.0, 0.1));
    assert_eq!(mean_value_analysis(&[(0.0, 1.0)], 5.0, 0.0).throughput, f64::INFINITY);
    assert_eq!(mean_value_analysis(&[], 5.0, 2.0).throughput, 2.5);
    assert_eq!(mean_value_analysis(&[(0.5, 5.0)], 5.0, 2.0).throughput, 2.0);
    assert_eq!(bounds(&[], 1.0), (f64::INFINITY, f64::INFINITY));
    assert!(mean_value_analysis(&[(f64::NAN, 1.0)], 5.0, 0.0).throughput.is_nan());
    assert!(mean_value_analysis(&[(1.0, 0.0)], 5.0, 0.0).throughput.is_nan());
}

/// The rate of users at one station that is shared with others, from the chain of how many of both are there, followed until it
/// does not change any more.
fn followed(servers: f64, service: f64, others: f64, users: usize, think: f64) -> f64 {
    const MOST: usize = 80;
    let wide = users + 1;
    let arrivals = others / service;
    let fastest = arrivals + servers / service + users as f64 / think;
    let mut chances = vec![0.0; MOST * wide];
    chances[0] = 1.0;
    for _ in 0..40_000 {
        let mut next = vec![0.0; MOST * wide];
        for of_others in 0..MOST {
            for own in 0..wide {
                let here = chances[of_others * wide + own];
                if here < 1e-30 {
                    continue;
                }
                let all = (of_others + own) as f64;
                let done = all.min(servers) / service / all.max(1.0);
                let mut stays = 1.0;
                let mut goes = |others: usize, own: usize, rate: f64| {
                    next[others * wide + own] += here * rate / fastest;
                    stays -= rate / fastest;
                };
                if of_others + 1 < MOST {
                    goes(of_others + 1, own, arrivals);
                }
                if of_others > 0 {
                    goes(of_others - 1, own, done * of_others as f64);
                }
                if own > 0 {
                    goes(of_others, own - 1, done * own as f64);
                }
                if own < users {
                    goes(of_others, own + 1, (users - own) as f64 / think);
                }
                next[of_others * wide + own] += here * stays;
            }
        }
        chances = next;
    }
    let thinking = |own: usize| (users - own) as f64 / think;
    chances.iter().enumerate().map(|(at, chance)| chance * thinking(at % wide)).sum()
}

#[test]
fn users_beside_others_are_those_of_the_chain_of_both() {
    for (servers, others, users, think) in
        [(1.0, 0.5, 2, 9.0), (1.0, 0.3, 5, 2.0), (2.0, 1.0, 2, 1.0), (3.0, 1.4, 6, 1.5), (4.0, 0.6, 3, 0.5)]
    {
        let found = mean_value_analysis_beside(&[(1.0, servers, others)], users as f64, think);
        let expected = followed(servers, 1.0, others, users, think);
        near(found.throughput, expected, 1e-6);
        near(found.response, users as f64 / expected - think, 1e-5);
    }
}

#[test]
fn others_take_from_what_users_get_and_all_of_them_leave_nothing() {
    let full = mean_value_analysis_beside(&[(0.2, 2.0, 2.0)], 7.0, 1.0);
    assert_eq!((full.throughput, full.response), (0.0, f64::INFINITY));
    let more = |others: f64| mean_value_analysis_beside(&[(0.2, 2.0, others)], 7.0, 1.0).throughput;
    assert!(more(0.0) > more(0.5) && more(0.5) > more(1.5));
}
