//! Numbers, units, intervals, operators: what they mean.

use super::*;

const NONE: Dimension = Dimension::NONE;

#[test]
fn numbers_mean_what_they_show() {
    for (text, value) in [
        ("300", 300.0),
        ("1.5", 1.5),
        ("1e6", 1e6),
        ("1E+6", 1e6),
        ("2.5e-3", 0.0025),
        ("1_000", 1000.0),
        ("1_000.000_1", 1000.0001),
        (".5", 0.5),
        ("0", 0.0),
        ("0.0", 0.0),
        ("-0", 0.0),
        ("-3", -3.0),
        ("100000000000000000000000000000000", 1e32),
        ("0.1", 0.1),
        ("9007199254740993", 9007199254740992.0),
        ("123456789012345678901234567890e-10", 12345678901234567890.0),
    ] {
        means(text, value, NONE);
        let (found, _) = outcome(text).unwrap();
        assert_eq!(found.to_bits(), (value + 0.0).to_bits(), "the bits of {text}");
    }
}

#[test]
fn every_number_is_rounded_once_and_correctly() {
    for (text, same) in
        [("99.95%", 0.9995), ("4.35 ms", 0.00435), ("1.1k", 1100.0), ("0.3 us", 3e-7), ("2.3 GB", 2.3e9)]
    {
        assert_eq!(outcome(text).unwrap().0.to_bits(), f64::to_bits(same), "{text}");
    }
}

#[test]
fn scale_words_stand_close_or_apart() {
    for (text, value) in [
        ("10k", 1e4),
        ("10 k", 1e4),
        ("10K", 1e4),
        ("1.5M", 1.5e6),
        ("2G", 2e9),
        ("3T", 3e12),
        ("4P", 4e15),
        ("1bn", 1e9),
        ("1 bn people", 1e9),
        ("150M people", 1.5e8),
        ("5 million people", 5e6),
        ("2 thousand", 2e3),
        ("7 billion", 7e9),
        ("1 trillion", 1e12),
    ] {
        means(text, value, NONE);
    }
    means("10k rps", 1e4, Dimension::RATE);
    means("10 k rps", 1e4, Dimension::RATE);
    means("10k / s", 1e4, Dimension::RATE);
}

#[test]
fn time_follows_one_calendar() {
    for (text, seconds) in [
        ("1 ns", 1e-9),
        ("1 us", 1e-6),
        ("1 µs", 1e-6),
        ("1 μs", 1e-6),
        ("300ms", 0.3),
        ("2 s", 2.0),
        ("2 sec", 2.0),
        ("1 second", 1.0),
        ("2 seconds", 2.0),
        ("1 min", 60.0),
        ("3 minutes", 180.0),
        ("1 h", 3600.0),
        ("1 hr", 3600.0),
        ("2 hours", 7200.0),
        ("1 d", 86_400.0),
        ("2 days", 172_800.0),
        ("1 week", 604_800.0),
        ("1 month", 2_628_000.0),
        ("12 months", 31_536_000.0),
        ("1 year", 31_536_000.0),
        ("1 y", 31_536_000.0),
        ("730 h - 1 month + 1 s", 1.0),
    ] {
        means(text, seconds, Dimension::TIME);
    }
}

#[test]
fn data_is_decimal_unless_it_says_binary() {
    for (text, bytes) in [
        ("1 B", 1.0),
        ("1B", 1.0),
        ("2 bytes", 2.0),
        ("1 KB", 1e3),
        ("1 kB", 1e3),
        ("1 MB", 1e6),
        ("1 GB", 1e9),
        ("1 TB", 1e12),
        ("1 PB", 1e15),
        ("1 KiB", 1024.0),
        ("1 MiB", 1_048_576.0),
        ("1 GiB", 1_073_741_824.0),
        ("1 TiB", 1_099_511_627_776.0),
        ("1 PiB", 1_125_899_906_842_624.0),
        ("8 b", 1.0),
        ("16 bits", 2.0),
        ("8 kbit", 1e3),
        ("8 Mbit", 1e6),
        ("8 Gbit", 1e9),
    ] {
        means(text, bytes, Dimension::DATA);
    }
    for (text, bytes) in [
        ("1 Mbps", 125_000.0),
        ("1 Gbps", 125e6),
        ("8 kbps", 1e3),
        ("8 bps", 1.0),
        ("100 MB/s", 1e8),
        ("8 Mbit / s", 1e6),
        ("1 MBps", 1e6),
        ("86.4 GB / day", 1e6),
    ] {
        means(text, bytes, Dimension::BANDWIDTH);
    }
}

#[test]
fn shares_factors_rates_and_money() {
    means("99.95%", 0.9995, NONE);
    means("10 %", 0.1, NONE);
    means("5 percent", 0.05, NONE);
    means("3x", 3.0, NONE);
    means("4 nines", 0.9999, NONE);
    means("1 nine", 0.9, NONE);
    means("3.5 nines", 1.0 - 10_f64.powf(-3.5), NONE);
    means("10 rps", 10.0, Dimension::RATE);
    means("10 qps + 10 TPS", 20.0, Dimension::RATE);
    means("3000 IOPS", 3000.0, Dimension::RATE);
    means("60 / minute", 1.0, Dimension::RATE);
    means("100M / month", 1e8 / 2_628_000.0, Dimension::RATE);
    means("40% / year", 0.4 / YEAR, Dimension::RATE);
    means("$20k", 2e4, Dimension::MONEY);
    means("$ 20", 20.0, Dimension::MONEY);
    means("€5", 5.0, Dimension::MONEY);
    means("5 £", 5.0, Dimension::MONEY);
    means("20k EUR", 2e4, Dimension::MONEY);
    means("$5 USD", 5.0, Dimension::MONEY);
    means("-$5", -5.0, Dimension::MONEY);
    means("$20k / month", 2e4 / MONTH, Dimension::SPENDING);
    means("$0.10 / GB / month", 1e-10 / MONTH, Dimension::new(-1, -1, 1));
}

#[test]
fn labels_only_make_text_read_well() {
    means("10 posts", 10.0, NONE);
    means("2 / user / day", 2.0 / DAY, Dimension::RATE);
    means("dau * 2 / user / day", 2e6 / DAY, Dimension::RATE);
    means("10 / minute / user", 1.0 / 6.0, Dimension::RATE);
    means("500 B / post", 500.0, Dimension::DATA);
    means("$20 / user / month", 20.0 / MONTH, Dimension::SPENDING);
    means("2..8 / user / day", 4.0 / DAY, Dimension::RATE);
}

#[test]
fn a_divisor_that_is_known_is_the_variable() {
    means("100 / dau", 1e-4, NONE);
    means("1 GB / x", 1e-3, NONE);
}

#[test]
fn intervals_stand_for_their_medians() {
    let check = |text: &str, low: f64, median: f64, high: f64, shape: Shape| {
        let expr = parse(text).unwrap_or_else(|problems| panic!("{}", shown(text, &problems)));
        let Kind::Interval(interval) = &expr.kind else { panic!("{text} is no interval") };
        for (found, expected) in [(interval.low, low), (interval.median, median), (interval.high, high)] {
            let close = (found - expected).abs() <= expected.abs() * 1e-12;
            assert!(close, "{text}: {found} is not {expected}");
        }
        assert_eq!(interval.shape, shape, "{text}");
        assert_eq!(expr.central(&Design), Ok(interval.median));
    };
    check("50..200", 50.0, 100.0, 200.0, Shape::Lognormal);
    check("5..20 ms", 0.005, 0.01, 0.02, Shape::Lognormal);
    check("5 .. 20 ms", 0.005, 0.01, 0.02, Shape::Lognormal);
    check("5 ms..2 s", 0.005, 0.1, 2.0, Shape::Lognormal);
    check("1..4 KB", 1e3, 2e3, 4e3, Shape::Lognormal);
    check("10k..40k rps", 1e4, 2e4, 4e4, Shape::Lognormal);
    check("500..2k", 500.0, 1000.0, 2000.0, Shape::Lognormal);
    check("1e-200..1e200", 1e-200, 1.0, 1e200, Shape::Lognormal);
    check("1e200..1e202", 1e200, 1e201, 1e202, Shape::Lognormal);
    check("$5..20", 5.0, 10.0, 20.0, Shape::Lognormal);
    check("$5..$20", 5.0, 10.0, 20.0, Shape::Lognormal);
    check("5..20 EUR", 5.0, 10.0, 20.0, Shape::Lognormal);
    check("$5..20 / month", 5.0 / MONTH, 10.0 / MONTH, 20.0 / MONTH, Shape::Lognormal);
    check("10..40 / day", 10.0 / DAY, 20.0 / DAY, 40.0 / DAY, Shape::Lognormal);
    check("10 / day..40 / day", 10.0 / DAY, 20.0 / DAY, 40.0 / DAY, Shape::Lognormal);
    check("10%..40% / year", 0.1 / YEAR, 0.2 / YEAR, 0.4 / YEAR, Shape::Lognormal);
    check("20..80%", 0.2, 0.5, 0.8, Shape::Logitnormal);
    check("20%..80%", 0.2, 0.5, 0.8, Shape::Logitnormal);
    check("90%..99%", 0.9, 0.96758469313124, 0.99, Shape::Logitnormal);
    check("1..3 nines", 0.9, 0.98956386164898, 0.999, Shape::Logitnormal);
    check("0%..10%", 0.0, 0.05, 0.1, Shape::Normal);
    check("50%..100%", 0.5, 0.75, 1.0, Shape::Normal);
    check("50%..200%", 0.5, 1.0, 2.0, Shape::Lognormal);
    check("-5..5", -5.0, 0.0, 5.0, Shape::Normal);
    check("-20..-5", -20.0, -12.5, -5.0, Shape::Normal);
    check("0..10", 0.0, 5.0, 10.0, Shape::Normal);
    check("20 ± 5 ms", 0.015, 0.02, 0.025, Shape::Normal);
    check("20 ms +- 5 ms", 0.015, 0.02, 0.025, Shape::Normal);
    check("300 ms ± 10%", 0.27, 0.3, 0.33, Shape::Normal);
    check("90% ± 2%", 0.88, 0.9, 0.92, Shape::Normal);
    check("-10 ± 10%", -11.0, -10.0, -9.0, Shape::Normal);
    means("100 ± 10% / day", 100.0 / DAY, Dimension::RATE);
}

#[test]
fn operators_bind_as_in_school() {
    for (text, value) in [
        ("1 + 2 * 3", 7.0),
        ("(1 + 2) * 3", 9.0),
        ("10 - 3 - 2", 5.0),
        ("100 / 10 / 2", 5.0),
        ("2 ^ 3 ^ 2", 512.0),
        ("-2 ^ 2", -4.0),
        ("(-2) ^ 2", 4.0),
        ("2 ^ -1", 0.5),
        ("2 * -3", -6.0),
        ("--3", 3.0),
        ("5 -3", 2.0),
        ("5-3", 2.0),
        ("dau -zero", 1e6),
        ("dau - 1", 999_999.0),
        ("8 ^ (1 / 3)", 2.0),
        ("9 ^ 0.5", 3.0),
    ] {
        means(text, value, NONE);
    }
    means("6 / 3 / day", 2.0 / DAY, Dimension::RATE);
    means("6 / 2 MB / s", 3e-6, Dimension::new(-1, -1, 0));
    means("2 ^ 3 / day", 8.0 / DAY, Dimension::RATE);
    means("1 / day ^ 2", 1.0 / DAY / DAY, Dimension::new(-2, 0, 0));
    means("1 / s / day^2", 1.0 / DAY / DAY, Dimension::new(-3, 0, 0));
    means("(2 s) ^ 2", 4.0, Dimension::new(2, 0, 0));
    means("5 ms-2 ms", 0.003, Dimension::TIME);
    means("(1 GB + 500 MB) / day", 1.5e9 / DAY, Dimension::BANDWIDTH);
    means("timeout * (1 + 10%)", 0.33, Dimension::TIME);
    means("300 B + cache_hits * 1 MB", 900_300.0, Dimension::DATA);
    means("dau\n  * posts_per_user", 2e6 / DAY, Dimension::RATE);
}

#[test]
fn functions_calculate() {
    for (text, value) in [
        ("max(1, 3, 2)", 3.0),
        ("min(4, 2)", 2.0),
        ("sum(1, 2, 3)", 6.0),
        ("abs(-2)", 2.0),
        ("ceil(1.2)", 2.0),
        ("ceil(0.1 * 3 * 10)", 3.0),
        ("floor(1.9)", 1.0),
        ("floor(0.7 * 10 * 0.1 * 10)", 7.0),
        ("round(2.5)", 3.0),
        ("sqrt(16)", 4.0),
        ("ln(exp(2))", 2.0),
        ("log10(1000)", 3.0),
        ("log2(8)", 3.0),
        ("pow(2, 10)", 1024.0),
        ("ceil(x / 64 GB)", 16.0),
        ("max (1, 2)", 2.0),
        ("system.limit(dau)", 2e6),
    ] {
        means(text, value, NONE);
    }
    means("max(timeout, 1 s)", 1.0, Dimension::TIME);
    means("sqrt(4 s ^ 2)", 4.0, Dimension::TIME);
    means("pow(2 s, 2)", 4.0, Dimension::new(2, 0, 0));
    means("data.link.storage.at(1 year)", YEAR * 1000.0, Dimension::DATA);
}

#[test]
fn complements_are_exact() {
    let check = |text: &str, expected: Option<f64>| {
        let expr = parse(text).unwrap();
        let found = expr.as_literal().unwrap().complement();
        assert_eq!(found.map(f64::to_bits), expected.map(f64::to_bits), "{text}: {found:?}");
    };
    check("99.999%", Some(1e-5));
    check("99.95%", Some(5e-4));
    check("99.9999999999%", Some(1e-12));
    check("0.999", Some(1e-3));
    check("100%", Some(0.0));
    check("0%", Some(1.0));
    check("250%", Some(-1.5));
    check("1e-3", Some(0.999));
    check("1k", Some(-999.0));
    check("-1", Some(2.0));
    check("99.999_9%", Some(1e-6));
    check("5 nines", Some(1e-5));
    check("9 nines", Some(1e-9));
    check("99.999999999999999999999999999999999999999999%", None);
    check("5 ms", None);
    let unequal = (1.0 - 0.99999_f64).to_bits();
    assert_ne!(unequal, 1e-5_f64.to_bits(), "the plain subtraction is not exact");
}

#[test]
fn a_literal_keeps_what_is_written() {
    let check = |text: &str, whole: &str, number: &str, label: Option<&str>| {
        let expr = parse(text).unwrap();
        let literal = expr.literals().next().unwrap();
        assert_eq!((literal.text, literal.number(), literal.label()), (whole, number, label));
        assert_eq!(text.get(literal.range()), Some(whole));
    };
    check("  150M  people ", "150M  people", "150", Some("people"));
    check("$0.10 / GB / month", "$0.10 / GB / month", "0.10", None);
    check("-1_000.50 ms", "-1_000.50 ms", "1_000.50", None);
    check("99.990%", "99.990%", "99.990", None);
    check("5..20 ms", "5", "5", None);
    check("day_rate / day", "day", "", None);
}

#[test]
fn a_literal_stays_small() {
    assert!(size_of::<Literal>() <= 64, "a literal takes {} bytes", size_of::<Literal>());
    assert!(size_of::<Expr>() <= 72, "an expression takes {} bytes", size_of::<Expr>());
}

#[test]
fn names_and_currencies_are_listed_with_their_places() {
    let text = "max(dau, users) * $5 / user + data.a.storage.at(horizon) * 5..6 EUR";
    let expr = parse(text).unwrap();
    let names: Vec<&str> = expr.names().map(|name| text.get(name.range()).unwrap()).collect();
    assert_eq!(names, ["dau", "users", "user", "data.a.storage.at", "horizon"]);
    let money: Vec<(Currency, &str)> =
        expr.currencies().map(|(it, range)| (it, text.get(range).unwrap())).collect();
    assert_eq!(money, [(Currency::Usd, "$5"), (Currency::Eur, "5"), (Currency::Eur, "6 EUR")]);
}
