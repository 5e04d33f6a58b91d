use super::super::{erlang_b, erlang_c, growth, pooled, response_percentile, stretch};
use super::{Chain, Dice, chance, line, mean, near, simulate};

#[test]
fn one_server_at_four_fifths() {
    let one = line(80.0, 0.01, 1.0, 1.0);
    let waiting = pooled(one);
    near(waiting.utilization, 0.8, 1e-12);
    near(waiting.chance, 0.8, 1e-12);
    near(waiting.mean, 0.04, 1e-12);
    near(waiting.percentile(0.5), 0.023_500_181_462_286_777, 1e-12);
    near(waiting.percentile(0.95), 0.138_629_436_111_989_05, 1e-12);
    near(waiting.percentile(0.99), 0.219_101_331_733_694_1, 1e-12);
    assert_eq!(waiting.percentile(0.2), 0.0);
    near(response_percentile(one, 0.5), 0.034_657_359_027_997_26, 1e-12);
    near(response_percentile(one, 0.95), 0.149_786_613_677_699_55, 1e-12);
    near(response_percentile(one, 0.99), 0.230_258_509_299_404_56, 1e-12);
    near(stretch(one), 5.0, 1e-12);
}

#[test]
fn eight_servers_at_three_quarters() {
    let eight = line(600.0, 0.01, 8.0, 1.0);
    let waiting = pooled(eight);
    near(erlang_c(6.0, 8.0), 0.356_981_085_878_680_27, 1e-13);
    near(waiting.chance, 0.356_981_085_878_680_27, 1e-13);
    near(waiting.mean, 0.001_784_905_429_393_401_5, 1e-12);
    near(waiting.percentile(0.9), 0.006_362_563_068_280_156, 1e-12);
    near(waiting.percentile(0.95), 0.009_828_298_971_079_882, 1e-12);
    near(waiting.percentile(0.99), 0.017_875_488_533_250_383, 1e-12);
    near(response_percentile(eight, 0.5), 0.008_832_668_944_630_16, 1e-12);
    near(response_percentile(eight, 0.95), 0.032_911_574_533_077_88, 1e-12);
    near(response_percentile(eight, 0.99), 0.049_084_883_246_440_76, 1e-12);
    near(stretch(eight), 1.178_490_542_939_340_1, 1e-12);
}

#[test]
fn the_response_has_no_gap_where_waiting_and_service_are_equally_fast() {
    // Two servers, one of which is asked for: what is free works as fast as one server.
    let at = |arrivals: f64| response_percentile(line(arrivals, 1.0, 2.0, 1.0), 0.99);
    near(at(1.0), (at(1.0 - 1e-6) + at(1.0 + 1e-6)) / 2.0, 1e-9);
    near(at(1.0), at(1.0 + 1e-11), 1e-9);
    assert!(at(0.999) < at(1.0) && at(1.0) < at(1.001));
}

#[test]
fn chains_of_states_say_the_same() {
    for servers in [1.0, 2.0, 3.0, 8.0, 50.0, 300.0] {
        for load in [0.05, 0.3, 0.7, 0.9, 0.98] {
            let some = line(servers * load / 0.02, 0.02, servers, 1.0);
            let (waiting, chain) = (pooled(some), Chain::solve(some, 4000));
            if chain.chance() < 1e-12 {
                assert!(waiting.chance < 2e-12);
                continue;
            }
            near(waiting.chance, chain.chance(), 1e-9);
            near(waiting.mean, chain.mean(), 1e-9);
            for p in [0.5, 0.9, 0.99, 0.999] {
                let wait = waiting.percentile(p);
                if wait > 0.0 {
                    near(chain.longer(wait), 1.0 - p, 1e-9);
                } else {
                    assert!(chain.chance() <= 1.0 - p);
                }
            }
        }
    }
}

#[test]
fn what_is_lost_is_what_the_recursion_says() {
    let mut blocked = 1.0;
    let offered = 57.3;
    for servers in 1..=1500_u32 {
        let n = f64::from(servers);
        blocked = offered * blocked / (n + offered * blocked);
        let found = erlang_b(offered, n);
        if blocked > 1e-290 {
            near(found, blocked, 1e-12);
        } else {
            assert!(found < 1e-285);
        }
    }
    // Tables: 2% of 10 servers are lost at 5.084 of work, 1% of 100 at 84.06.
    near(erlang_b(5.084, 10.0), 0.02, 1e-3);
    near(erlang_b(84.06, 100.0), 0.01, 1e-3);
}

#[test]
fn the_sum_and_the_integral_meet() {
    for servers in [1025.0_f64, 1500.0, 5000.0, 100_000.0] {
        for spare in [-3000.0, -30.0, -4.0, -0.5, 0.0, 0.01, 1.0, 3.0, 8.0, 15.0] {
            let offered = servers - spare * servers.sqrt();
            if offered <= 0.0 {
                continue;
            }
            // The recursion of Erlang's formula, from no server on.
            let mut blocked = 1.0;
            let mut n = 0.0;
            while n < servers {
                n += 1.0;
                blocked = offered * blocked / (n + offered * blocked);
            }
            near(erlang_b(offered, servers), blocked, 2e-11);
        }
    }
}

#[test]
fn very_many_servers_are_like_a_normal_distribution() {
    // Halfin and Whitt: with b sqrt(c) servers to spare, the chance to wait is 1 / (1 + b F(b) / f(b)).
    let normal =
        |x: f64| (0.5 * libm::erfc(-x / 2_f64.sqrt()), (-x * x / 2.0).exp() / std::f64::consts::TAU.sqrt());
    for servers in [1e8_f64, 1e12, 1e15] {
        for spare in [0.1, 0.5, 1.0, 2.0] {
            let (below, density) = normal(spare);
            let expected = 1.0 / (1.0 + spare * below / density);
            near(erlang_c(servers - spare * servers.sqrt(), servers), expected, 3.0 / servers.sqrt() + 1e-7);
        }
    }
    assert!(erlang_c(0.5e12, 1e12) < 1e-290);
}

#[test]
fn servers_that_are_not_whole_lie_between() {
    for offered in [0.1, 0.9, 4.0, 30.0] {
        let mut last = 1.0;
        for step in 1..=2000 {
            let blocked = erlang_b(offered, f64::from(step) / 50.0);
            assert!(blocked < last, "{offered} {step}");
            last = blocked;
        }
    }
    near(erlang_b(3.0, 4.0 - 1e-9), erlang_b(3.0, 4.0), 1e-8);
    near(
        erlang_b(1500.0, 1600.5) / erlang_b(1500.0, 1600.0),
        erlang_b(1500.0, 1601.0) / erlang_b(1500.0, 1600.5),
        1e-3,
    );
}

#[test]
fn the_mean_wait_at_one_server_takes_any_service_time() {
    for (variation, expected) in [(0.0, 0.005), (1.0, 0.01), (4.0, 0.025), (4.75, 0.02875)] {
        near(pooled(line(50.0, 0.01, 1.0, variation)).mean, expected, 1e-12);
    }
}

#[test]
fn a_line_played_through_waits_as_long() {
    let (mut coming, mut serving) = (Dice(1), Dice(2));
    // 95% take 5 ms, 5% take 105 ms; after each request, what is left of the wait for the next (Lindley).
    let (mut wait, mut sum, mut late) = (0.0_f64, 0.0, 0);
    let requests = 2_000_000;
    for _ in 0..requests {
        sum += wait;
        late += usize::from(wait > 0.0);
        let service = if serving.uniform() < 0.05 { 0.105 } else { 0.005 };
        wait = (wait + service - coming.exponential(0.02)).max(0.0);
    }
    let waiting = pooled(line(50.0, 0.01, 1.0, 4.75));
    near(sum / f64::from(requests), waiting.mean, 0.03);
    near(late as f64 / f64::from(requests), waiting.chance, 0.01);
}

#[test]
fn several_servers_with_uneven_requests_wait_about_as_long() {
    // A mixture of two exponentials with the squared coefficient of variation 4.
    let (mut coming, mut serving) = (Dice(3), Dice(4));
    let (share, short, long) = (0.887_298_334_620_741_7, 0.563_508_326_896_291_5, 4.436_491_673_103_708);
    let waits = simulate(
        400_000,
        1,
        4,
        || coming.exponential(1.0 / 3.2),
        || if serving.uniform() < share { serving.exponential(short) } else { serving.exponential(long) },
        |_| 0,
    );
    let waiting = pooled(line(3.2, 1.0, 4.0, 4.0));
    near(waiting.mean, mean(&waits), 0.2);
    near(waiting.chance, chance(&waits), 0.1);
}

#[test]
fn more_work_waits_longer_and_more_servers_shorter() {
    for servers in [1.0, 4.0, 64.0, 1023.0, 1024.0, 1025.0, 5000.0] {
        let mut last = 0.0;
        for step in 1..100 {
            let wait = pooled(line(servers * f64::from(step) / 100.0, 1.0, servers, 1.0)).mean;
            assert!(wait >= last, "{servers} {step}");
            last = wait;
        }
    }
    let mut last = f64::INFINITY;
    for servers in 1001..1100 {
        let wait = pooled(line(1000.0, 1.0, f64::from(servers), 1.0)).mean;
        assert!(wait < last);
        last = wait;
    }
}

#[test]
fn too_much_work_grows_without_end() {
    for arrivals in [100.0, 120.0] {
        let waiting = pooled(line(arrivals, 0.01, 1.0, 1.0));
        assert_eq!((waiting.chance, waiting.mean, waiting.loss), (1.0, f64::INFINITY, 0.0));
        assert_eq!(waiting.percentile(0.5), f64::INFINITY);
        assert_eq!(waiting.utilization, arrivals / 100.0);
        assert_eq!(stretch(line(arrivals, 0.01, 1.0, 1.0)), f64::INFINITY);
    }
    near(growth(line(120.0, 0.01, 1.0, 1.0)), 20.0, 1e-12);
    assert_eq!(growth(line(80.0, 0.01, 1.0, 1.0)), 0.0);
}
