//! Values as people write them. What is printed here can be parsed again.

use super::dimension::{Currency, Dimension};
use super::units::{DAY, HOUR, MINUTE, MONTH, YEAR};
use std::borrow::Cow;

const COUNTS: [(f64, &str); 5] = [(1e12, "T"), (1e9, "bn"), (1e6, "M"), (1e3, "k"), (1.0, "")];
const BYTES: [(f64, &str); 6] =
    [(1e15, " PB"), (1e12, " TB"), (1e9, " GB"), (1e6, " MB"), (1e3, " KB"), (1.0, " B")];
const TIMES: [(f64, &str); 8] = [
    (YEAR, " years"),
    (DAY, " days"),
    (HOUR, " h"),
    (MINUTE, " min"),
    (1.0, " s"),
    (1e-3, " ms"),
    (1e-6, " µs"),
    (1e-9, " ns"),
];
/// What rates are counted in, the shortest first.
const PERIODS: [(f64, &str); 6] =
    [(1.0, "s"), (MINUTE, "min"), (HOUR, "h"), (DAY, "day"), (MONTH, "month"), (YEAR, "year")];
const GIGABYTE: f64 = 1e9;

/// A value in base units as people write it, with three significant digits: `1.16k / s`, `4.2 ms`, `$12.4k`.
pub fn format(value: f64, dimension: Dimension, currency: Currency) -> String {
    if !value.is_finite() {
        return (if value.is_nan() { "unknown" } else { "unlimited" }).to_owned();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let amount = value.abs();
    let per_gigabyte = Dimension::new(0, -1, 1);
    let stored = Dimension::new(-1, -1, 1);
    let text = match dimension {
        Dimension::NONE => count(amount),
        Dimension::DATA => in_units(amount, &BYTES),
        Dimension::TIME => time(amount),
        Dimension::RATE => per_period(amount, &COUNTS),
        Dimension::BANDWIDTH => per_period(amount, &BYTES),
        Dimension::MONEY => money(amount, currency),
        Dimension::SPENDING => money(amount * MONTH, currency) + " / month",
        _ if dimension == per_gigabyte => money(amount * GIGABYTE, currency) + " / GB",
        _ if dimension == stored => money(amount * GIGABYTE * MONTH, currency) + " / GB / month",
        _ => in_base_units(amount, dimension, currency),
    };
    format!("{sign}{text}")
}

/// A share in percent, with as many digits as set it apart from 100%: `99.95%`, `7.25%`.
pub fn format_share(share: f64) -> String {
    let rest = (1.0 - share) * 100.0;
    if share > 0.9 && rest > 1e-12 && rest.is_finite() {
        // Two digits of what is missing to 100%.
        let exponent = power_of_ten(&format!("{rest:.1e}"));
        let decimals = usize::try_from(1 - exponent).unwrap_or(0);
        return trimmed(format!("{:.decimals$}", 100.0 - rest)) + "%";
    }
    if !share.is_finite() {
        return format(share, Dimension::NONE, Currency::Usd);
    }
    format!("{}{}%", if share < 0.0 { "-" } else { "" }, digits((share * 100.0).abs()))
}

/// The base unit of a dimension for machines: `s`, `B`, `1/s`, `USD/B/s`, `1`.
pub fn unit_of(dimension: Dimension, currency: Currency) -> Cow<'static, str> {
    match dimension {
        Dimension::NONE => Cow::Borrowed("1"),
        Dimension::TIME => Cow::Borrowed("s"),
        Dimension::DATA => Cow::Borrowed("B"),
        Dimension::RATE => Cow::Borrowed("1/s"),
        Dimension::BANDWIDTH => Cow::Borrowed("B/s"),
        Dimension::MONEY => Cow::Borrowed(currency.code()),
        _ => {
            let names = [currency.code(), "B", "s"];
            let power = |(name, exponent): (&str, i8)| match exponent.unsigned_abs() {
                1 => name.to_owned(),
                exponent => format!("{name}^{exponent}"),
            };
            let above: Vec<String> = dimension.parts(names).filter(|part| part.1 > 0).map(power).collect();
            let below = dimension.parts(names).filter(|part| part.1 < 0).map(power);
            let above = if above.is_empty() { "1".to_owned() } else { above.join("*") };
            Cow::Owned(below.fold(above, |text, unit| text + "/" + &unit))
        }
    }
}

/// The amount in the largest unit of which it is at least one, or in the smallest.
fn in_units(amount: f64, units: &[(f64, &str)]) -> String {
    let fits = |unit: &&(f64, &str)| rounded(amount / unit.0) >= 1.0;
    let found = units.iter().find(fits).or(units.last());
    found.map_or(digits(amount), |(size, name)| digits(amount / size) + name)
}

/// Beyond quadrillions a power of ten is easier to read than a scale word.
fn count(amount: f64) -> String {
    if amount < 1e15 { in_units(amount, &COUNTS) } else { digits(amount) }
}

fn time(amount: f64) -> String {
    if amount == 0.0 {
        return "0 s".to_owned();
    }
    let text = in_units(amount, &TIMES);
    match text.as_str() {
        "1 days" => "1 day".to_owned(),
        "1 years" => "1 year".to_owned(),
        _ => text,
    }
}

fn per_period(amount: f64, units: &[(f64, &str)]) -> String {
    let fits = |period: &&(f64, &str)| rounded(amount * period.0) >= 1.0;
    let longest = if amount == 0.0 { PERIODS.first() } else { PERIODS.last() };
    match PERIODS.iter().find(fits).or(longest) {
        Some((length, name)) => format!("{} / {name}", in_units(amount * length, units)),
        None => String::new(),
    }
}

/// Amounts under a thousand with cents, when they have any.
fn money(amount: f64, currency: Currency) -> String {
    let text = count(amount);
    let has_one_decimal = text.len() >= 2 && text.find('.') == Some(text.len() - 2);
    format!("{}{text}{}", currency.symbol(), if has_one_decimal { "0" } else { "" })
}

/// `1.5 * 1 B^2 / 1 s`: no beauty, but it can be read by people and by the parser.
fn in_base_units(amount: f64, dimension: Dimension, currency: Currency) -> String {
    let names = [currency.symbol(), "1 B", "1 s"];
    let sorted = dimension.parts(names).filter(|part| part.1 > 0).chain(
        // Divisors come last, as people write them.
        dimension.parts(names).filter(|part| part.1 < 0),
    );
    sorted.fold(digits(amount), |text, (name, exponent)| {
        let operator = if exponent > 0 { '*' } else { '/' };
        let one = if name.starts_with('1') { "" } else { "1" };
        match exponent.unsigned_abs() {
            1 => format!("{text} {operator} {name}{one}"),
            power => format!("{text} {operator} {name}{one}^{power}"),
        }
    })
}

/// Three significant digits without trailing zeros.
fn digits(amount: f64) -> String {
    let scientific = format!("{amount:.2e}");
    let exponent = power_of_ten(&scientific);
    if amount != 0.0 && !(-3..6).contains(&exponent) {
        let (mantissa, power) = scientific.split_once('e').unwrap_or((&scientific, "0"));
        return format!("{}e{power}", trimmed(mantissa.to_owned()));
    }
    let decimals = usize::try_from(2 - exponent).unwrap_or(0);
    trimmed(format!("{:.decimals$}", rounded(amount)))
}

fn rounded(amount: f64) -> f64 {
    format!("{amount:.2e}").parse().unwrap_or(amount)
}

fn power_of_ten(scientific: &str) -> i32 {
    scientific.split_once('e').and_then(|(_, power)| power.parse().ok()).unwrap_or(0)
}

fn trimmed(number: String) -> String {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.').to_owned() } else { number }
}
