//! What is printed, and that it can be read again.

use super::*;

const USD: Currency = Currency::Usd;

#[test]
fn values_read_as_people_write_them() {
    for (value, dimension, expected) in [
        (1157.4, Dimension::RATE, "1.16k / s"),
        (38.05, Dimension::RATE, "38 / s"),
        (0.5, Dimension::RATE, "30 / min"),
        (1.0 / DAY, Dimension::RATE, "1 / day"),
        (0.3 / MONTH, Dimension::RATE, "3.6 / year"),
        (0.0042, Dimension::TIME, "4.2 ms"),
        (0.0, Dimension::TIME, "0 s"),
        (0.0009999, Dimension::TIME, "1 ms"),
        (3.5e-7, Dimension::TIME, "350 ns"),
        (90.0, Dimension::TIME, "1.5 min"),
        (DAY, Dimension::TIME, "1 day"),
        (YEAR, Dimension::TIME, "1 year"),
        (5.0 * YEAR, Dimension::TIME, "5 years"),
        (MONTH, Dimension::TIME, "30.4 days"),
        (-0.0042, Dimension::TIME, "-4.2 ms"),
        (3.1e12, Dimension::DATA, "3.1 TB"),
        (999_999.0, Dimension::DATA, "1 MB"),
        (0.25, Dimension::DATA, "0.25 B"),
        (1.234e18, Dimension::DATA, "1230 PB"),
        (125e6, Dimension::BANDWIDTH, "125 MB / s"),
        (0.5, Dimension::BANDWIDTH, "30 B / min"),
        (12_430.0, Dimension::MONEY, "$12.4k"),
        (0.1, Dimension::MONEY, "$0.10"),
        (12.4, Dimension::MONEY, "$12.40"),
        (-5.0, Dimension::MONEY, "-$5"),
        (12_430.0 / MONTH, Dimension::SPENDING, "$12.4k / month"),
        (1e-10, Dimension::new(0, -1, 1), "$0.10 / GB"),
        (2.3e-11 / MONTH, Dimension::new(-1, -1, 1), "$0.023 / GB / month"),
        (1.5e8, Dimension::NONE, "150M"),
        (2e9, Dimension::NONE, "2bn"),
        (0.0, Dimension::NONE, "0"),
        (0.125, Dimension::NONE, "0.125"),
        (1.5e-5, Dimension::NONE, "1.5e-5"),
        (3e20, Dimension::NONE, "3e20"),
        (2.5, Dimension::new(1, 1, 0), "2.5 * 1 B * 1 s"),
        (2.5, Dimension::new(-2, 0, 1), "2.5 * $1 / 1 s^2"),
        (f64::INFINITY, Dimension::TIME, "unlimited"),
        (f64::NAN, Dimension::TIME, "unknown"),
    ] {
        assert_eq!(format(value, dimension, USD), expected);
    }
    assert_eq!(format(5.0, Dimension::MONEY, Currency::Eur), "€5");
}

#[test]
fn shares_show_what_is_missing_to_all() {
    for (share, expected) in [
        (0.9995, "99.95%"),
        (0.99999, "99.999%"),
        (0.999996843, "99.99968%"),
        (0.95, "95%"),
        (0.9, "90%"),
        (0.5, "50%"),
        (0.1234567, "12.3%"),
        (0.0, "0%"),
        (1.0, "100%"),
        (1.5, "150%"),
        (-0.1, "-10%"),
        (1e-9, "1e-7%"),
    ] {
        assert_eq!(format_share(share), expected);
    }
}

#[test]
fn base_units_have_names_for_machines() {
    let check = |dimension: Dimension, expected: &str| assert_eq!(unit_of(dimension, USD), expected);
    check(Dimension::NONE, "1");
    check(Dimension::TIME, "s");
    check(Dimension::DATA, "B");
    check(Dimension::RATE, "1/s");
    check(Dimension::BANDWIDTH, "B/s");
    check(Dimension::MONEY, "USD");
    check(Dimension::SPENDING, "USD/s");
    check(Dimension::new(-1, -1, 1), "USD/B/s");
    check(Dimension::new(2, 1, 0), "B*s^2");
    check(Dimension::new(-2, 0, 0), "1/s^2");
    assert_eq!(unit_of(Dimension::MONEY, Currency::Gbp), "GBP");
}

#[test]
fn what_is_printed_can_be_read_again() {
    let mut random = hostile::Random(7);
    for _ in 0..20_000 {
        let exponent = (random.below(37) as i32 - 18) as f64;
        let value = (random.below(9000) + 1000) as f64 / 1000.0 * 10_f64.powf(exponent);
        let part = |random: &mut hostile::Random| random.below(5) as i8 - 2;
        let dimension = Dimension::new(part(&mut random), part(&mut random), part(&mut random));
        let value = if random.below(4) == 0 { -value } else { value };
        let text = format(value, dimension, Currency::Eur);
        let (read, found) = outcome(&text).unwrap_or_else(|problems| panic!("{}", shown(&text, &problems)));
        assert_eq!(found, dimension, "{text}");
        assert!((read - value).abs() <= value.abs() * 0.0051, "{value:e} was printed as {text}: {read:e}");
    }
}

#[test]
fn a_share_that_is_printed_can_be_read_again_with_its_nines() {
    let mut random = hostile::Random(8);
    for _ in 0..5_000 {
        let rest = (random.below(9000) + 1000) as f64 / 10_000.0 * 10_f64.powi(-(random.below(11) as i32));
        let share = 1.0 - rest;
        let text = format_share(share);
        let (read, _) = outcome(&text).unwrap();
        assert!((1.0 - read - rest).abs() <= rest * 0.051 + 1e-15, "{share} was printed as {text}");
        assert!(share == 1.0 || text != "100%", "{share} was printed as {text}");
    }
}
