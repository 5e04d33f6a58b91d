//! Every unit, in one table, and what to say about words that are none.
//!
//! A unit multiplies by `10^exponent * times / per`. The three are kept apart so that a decimal stays exact
//! as long as it can: `99.95%` and `4 ms` are rounded once, when the final value is formed.

use super::dimension::{Currency, Dimension};
use crate::suggest;

/// One minute in seconds.
pub const MINUTE: f64 = 60.0;
/// One hour in seconds.
pub const HOUR: f64 = 3_600.0;
/// One day in seconds.
pub const DAY: f64 = 86_400.0;
/// A twelfth of a year, in seconds: 730 hours.
pub const MONTH: f64 = YEAR / 12.0;
/// 365 days in seconds.
pub const YEAR: f64 = 365.0 * DAY;

/// How a number is meant beyond its scale.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// As it stands.
    Plain,
    /// A share in percent.
    Percent,
    /// A share as so many nines.
    Nines,
}

/// What a unit does to the number before it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Measure {
    pub exponent: i16,
    pub times: f64,
    pub per: f64,
    pub dimension: Dimension,
    pub currency: Option<Currency>,
    pub style: Style,
}

impl Measure {
    pub const NONE: Self = Self {
        exponent: 0,
        times: 1.0,
        per: 1.0,
        dimension: Dimension::NONE,
        currency: None,
        style: Style::Plain,
    };

    pub const PERCENT: Self = Self { exponent: -2, style: Style::Percent, ..Self::NONE };

    pub const fn money(currency: Currency) -> Self {
        Self { dimension: Dimension::MONEY, currency: Some(currency), ..Self::NONE }
    }

    /// The product of two units without currency.
    pub fn multiplied(self, unit: Self) -> Option<Self> {
        Some(Self {
            exponent: self.exponent.checked_add(unit.exponent)?,
            times: self.times * unit.times,
            per: self.per * unit.per,
            dimension: self.dimension.times(unit.dimension)?,
            currency: self.currency.or(unit.currency),
            style: self.style,
        })
    }

    /// This measure divided by a unit; `None` when it does not stay one measure.
    pub fn over(self, unit: Self) -> Option<Self> {
        if unit.currency.is_some() || self.style == Style::Nines || !self.times.is_finite() {
            return None;
        }
        Some(Self {
            exponent: self.exponent.checked_sub(unit.exponent)?,
            times: self.times * unit.per,
            per: self.per * unit.times,
            dimension: self.dimension.over(unit.dimension)?,
            ..self
        })
    }
}

const fn plain(exponent: i16, style: Style) -> Measure {
    Measure { exponent, style, ..Measure::NONE }
}

const fn time(exponent: i16, times: f64) -> Measure {
    Measure { exponent, times, dimension: Dimension::TIME, ..Measure::NONE }
}

const fn bytes(exponent: i16, times: f64) -> Measure {
    Measure { exponent, times, dimension: Dimension::DATA, ..Measure::NONE }
}

const fn bits(exponent: i16) -> Measure {
    Measure { exponent, per: 8.0, dimension: Dimension::DATA, ..Measure::NONE }
}

const fn bits_per_second(exponent: i16) -> Measure {
    Measure { dimension: Dimension::BANDWIDTH, ..bits(exponent) }
}

const fn bytes_per_second(exponent: i16) -> Measure {
    Measure { dimension: Dimension::BANDWIDTH, ..bytes(exponent, 1.0) }
}

const PER_SECOND: Measure = Measure { dimension: Dimension::RATE, ..Measure::NONE };
const KIBI: f64 = 1024.0;

/// The frequent ones first: the table is searched from the top.
const UNITS: [(&str, Measure); 82] = [
    ("ms", time(-3, 1.0)),
    ("s", time(0, 1.0)),
    ("B", bytes(0, 1.0)),
    ("KB", bytes(3, 1.0)),
    ("MB", bytes(6, 1.0)),
    ("GB", bytes(9, 1.0)),
    ("TB", bytes(12, 1.0)),
    ("PB", bytes(15, 1.0)),
    ("x", plain(0, Style::Plain)),
    ("rps", PER_SECOND),
    ("day", time(0, DAY)),
    ("month", time(0, MONTH)),
    ("year", time(0, YEAR)),
    ("days", time(0, DAY)),
    ("months", time(0, MONTH)),
    ("years", time(0, YEAR)),
    ("second", time(0, 1.0)),
    ("seconds", time(0, 1.0)),
    ("sec", time(0, 1.0)),
    ("secs", time(0, 1.0)),
    ("minute", time(0, MINUTE)),
    ("minutes", time(0, MINUTE)),
    ("min", time(0, MINUTE)),
    ("mins", time(0, MINUTE)),
    ("hour", time(0, HOUR)),
    ("hours", time(0, HOUR)),
    ("h", time(0, HOUR)),
    ("hr", time(0, HOUR)),
    ("hrs", time(0, HOUR)),
    ("d", time(0, DAY)),
    ("week", time(0, 7.0 * DAY)),
    ("weeks", time(0, 7.0 * DAY)),
    ("y", time(0, YEAR)),
    ("yr", time(0, YEAR)),
    ("yrs", time(0, YEAR)),
    ("us", time(-6, 1.0)),
    ("µs", time(-6, 1.0)),
    ("μs", time(-6, 1.0)),
    ("ns", time(-9, 1.0)),
    ("qps", PER_SECOND),
    ("tps", PER_SECOND),
    ("RPS", PER_SECOND),
    ("QPS", PER_SECOND),
    ("TPS", PER_SECOND),
    ("iops", PER_SECOND),
    ("IOPS", PER_SECOND),
    ("kB", bytes(3, 1.0)),
    ("byte", bytes(0, 1.0)),
    ("bytes", bytes(0, 1.0)),
    ("KiB", bytes(0, KIBI)),
    ("MiB", bytes(0, KIBI * KIBI)),
    ("GiB", bytes(0, KIBI * KIBI * KIBI)),
    ("TiB", bytes(0, KIBI * KIBI * KIBI * KIBI)),
    ("PiB", bytes(0, KIBI * KIBI * KIBI * KIBI * KIBI)),
    ("b", bits(0)),
    ("bit", bits(0)),
    ("bits", bits(0)),
    ("kbit", bits(3)),
    ("Kbit", bits(3)),
    ("Mbit", bits(6)),
    ("Gbit", bits(9)),
    ("Tbit", bits(12)),
    ("bps", bits_per_second(0)),
    ("kbps", bits_per_second(3)),
    ("Kbps", bits_per_second(3)),
    ("Mbps", bits_per_second(6)),
    ("Gbps", bits_per_second(9)),
    ("Tbps", bits_per_second(12)),
    ("KBps", bytes_per_second(3)),
    ("MBps", bytes_per_second(6)),
    ("GBps", bytes_per_second(9)),
    ("TBps", bytes_per_second(12)),
    ("percent", Measure::PERCENT),
    ("nine", plain(0, Style::Nines)),
    ("nines", plain(0, Style::Nines)),
    ("USD", Measure::money(Currency::Usd)),
    ("EUR", Measure::money(Currency::Eur)),
    ("GBP", Measure::money(Currency::Gbp)),
    ("dollar", Measure::money(Currency::Usd)),
    ("dollars", Measure::money(Currency::Usd)),
    ("euro", Measure::money(Currency::Eur)),
    ("euros", Measure::money(Currency::Eur)),
];

/// The unit of that exact name.
pub(super) fn unit(word: &str) -> Option<Measure> {
    UNITS.iter().find(|(name, _)| *name == word).map(|(_, measure)| *measure)
}

/// The unit of that exact name, when something can be divided by it. Nothing is priced or counted by the
/// bit, so that `a / b` stays a quotient of two names.
pub(super) fn divisor(word: &str) -> Option<Measure> {
    unit(word).filter(|measure| !measure.dimension.is_none() && word != "b")
}

/// The power of ten that a scale word stands for.
pub(super) fn scale(word: &str) -> Option<i16> {
    Some(match word.as_bytes() {
        b"k" | b"K" | b"thousand" => 3,
        b"M" | b"million" => 6,
        b"G" | b"bn" | b"billion" => 9,
        b"T" | b"trillion" => 12,
        b"P" => 15,
        _ => return None,
    })
}

/// Whether a word means a unit wherever something is divided by it. An assumption called so could not be
/// divided by, so that the model refuses such a name.
pub fn is_unit(word: &str) -> bool {
    divisor(word).is_some()
}

/// Words that mean something elsewhere but nothing, or too much, here.
const MISLEADING: [(&str, &str); 63] = [
    ("m", "write `min` for minutes or `M` for millions"),
    ("mo", "write `month`"),
    ("mm", "write `M` for millions"),
    ("mn", "write `M` for millions"),
    ("mln", "write `M` for millions"),
    ("mio", "write `M` for millions"),
    ("bln", "write `bn` for a billion"),
    ("tn", "write `T` for a trillion"),
    ("trn", "write `T` for a trillion"),
    ("hundred", "write the number in digits, such as `500`"),
    ("lakh", "write the number in digits, such as `100k`"),
    ("crore", "write the number in digits, such as `10M`"),
    ("dozen", "write the number in digits, such as `12`"),
    ("quarter", "write `3 months`"),
    ("quarters", "write the time in months, such as `3 months`"),
    ("fortnight", "write `2 weeks`"),
    ("decade", "write `10 years`"),
    ("decades", "write the time in years, such as `10 years`"),
    ("century", "write `100 years`"),
    ("kb", "write `KB` for bytes or `kbit` for bits"),
    ("Kb", "write `KB` for bytes or `kbit` for bits"),
    ("mb", "write `MB` for bytes or `Mbit` for bits"),
    ("Mb", "write `MB` for bytes or `Mbit` for bits"),
    ("gb", "write `GB` for bytes or `Gbit` for bits"),
    ("Gb", "write `GB` for bytes or `Gbit` for bits"),
    ("tb", "write `TB` for bytes or `Tbit` for bits"),
    ("Tb", "write `TB` for bytes or `Tbit` for bits"),
    ("Ki", "write `KiB`"),
    ("Mi", "write `MiB`"),
    ("Gi", "write `GiB`"),
    ("Ti", "write `TiB`"),
    ("Pi", "write `PiB`"),
    ("gig", "write `GB`"),
    ("gigs", "write `GB`"),
    ("Gig", "write `GB`"),
    ("Gigs", "write `GB`"),
    ("meg", "write `MB`"),
    ("megs", "write `MB`"),
    ("Meg", "write `MB`"),
    ("Megs", "write `MB`"),
    ("ppm", "write the share in percent, such as `0.01%`"),
    ("pct", "write `%`"),
    ("hz", "write `/ s`"),
    ("Hz", "write `/ s`"),
    ("rpm", "write `/ minute`"),
    ("rph", "write `/ hour`"),
    ("cents", "write the amount in the currency, such as `$0.05`"),
    ("EB", "write petabytes, such as `1000 PB`"),
    ("msec", "write `ms`"),
    ("msecs", "write `ms`"),
    ("millis", "write `ms`"),
    ("millisecond", "write `ms`"),
    ("milliseconds", "write `ms`"),
    ("usec", "write `us`"),
    ("usecs", "write `us`"),
    ("micros", "write `us`"),
    ("microsecond", "write `us`"),
    ("microseconds", "write `us`"),
    ("nsec", "write `ns`"),
    ("nsecs", "write `ns`"),
    ("nanos", "write `ns`"),
    ("nanosecond", "write `ns`"),
    ("nanoseconds", "write `ns`"),
];

/// Words near a unit that people do count.
const COUNTED: [&str; 29] = [
    "bet", "bets", "bid", "bids", "bin", "bins", "bot", "bots", "bus", "man", "men", "mic", "mics", "mind",
    "minds", "mine", "mines", "mint", "mints", "reps", "set", "sets", "tap", "taps", "tip", "tips", "kg",
    "km", "mm",
];

/// What to say when `word` looks like a slip for a unit or like a unit of some other system; `None` when it
/// may well be a noun.
pub(super) fn mistaken(word: &str) -> Option<Hint> {
    if let Some(help) = misleading(word) {
        let only = help.strip_prefix("write `").and_then(|rest| rest.strip_suffix('`'));
        let is_unit =
            |right: &&str| !right.contains('`') && !right.starts_with(|sign: char| sign.is_ascii_digit());
        let instead = only.filter(is_unit).map(|right| (right.to_owned(), true));
        return Some(Hint { help: help.to_owned(), instead });
    }
    if let Some((scale, "byte" | "bytes")) = scaled(word) {
        let right = format!("{}B", scale.to_ascii_uppercase());
        return Some(Hint { help: format!("write `{right}`"), instead: Some((right, true)) });
    }
    if let Some((scale, unit)) = scaled(word) {
        let right = format!("{scale} {unit}");
        let help = format!("write a space after the scale word: `{right}`");
        return Some(Hint { help, instead: Some((right, true)) });
    }
    if COUNTED.contains(&word) {
        return None;
    }
    let near = || UNITS.iter().filter_map(|(name, measure)| Some((slip(word, name)?, *name, *measure)));
    let least = near().map(|(distance, ..)| distance).min()?;
    let mut nearest = near().filter(|(distance, ..)| *distance == least);
    let (_, name, measure) = nearest.next()?;
    // A bit is not a byte, and whoever writes one letter for the other has to say which is meant.
    let bytes = |text: &str| text.contains('B');
    let is_sure = nearest.all(|(_, _, other)| other == measure) && bytes(word) == bytes(name);
    Some(Hint { help: format!("did you mean `{name}`?"), instead: Some((name.to_owned(), is_sure)) })
}

/// What to say of a word that is no unit.
#[derive(Debug)]
pub(super) struct Hint {
    /// What to write instead, in words.
    pub help: String,
    /// What belongs there, and whether that is certain.
    pub instead: Option<(String, bool)>,
}

impl Hint {
    /// Only words.
    pub(super) fn words(help: String) -> Self {
        Self { help, instead: None }
    }
}

/// How far `word` is from the unit `name`, when it is near enough to be a slip for it.
fn slip(word: &str, name: &str) -> Option<usize> {
    // A wrong first letter is rare, and `hits` is no slip for `bits`.
    let same_first = name.get(..1)?.eq_ignore_ascii_case(word.get(..1)?);
    if !same_first || name.len().abs_diff(word.len()) > 2 {
        return None;
    }
    if name.eq_ignore_ascii_case(word) || word.strip_suffix('s') == Some(name) {
        return Some(0);
    }
    // Two letters never name what is counted, but `msg` is no slip for `ms`.
    let shorter = if word.len() == 2 { 2 } else { name.len().min(word.len()) };
    match shorter {
        0..=2 if word.len() != 2 => None,
        0..=4 => suggest::distance_in_case(name, word).filter(|distance| *distance <= 1),
        5 => suggest::distance(name, word).filter(|distance| *distance <= 1),
        _ => suggest::distance(name, word).filter(|distance| *distance <= 2),
    }
}

/// Whether a word is a currency.
pub(super) fn is_currency(word: &str) -> bool {
    unit(word).is_some_and(|measure| measure.currency.is_some())
}

fn misleading(word: &str) -> Option<&'static str> {
    MISLEADING.iter().find(|(name, _)| *name == word).map(|(_, help)| *help)
}

/// The scale word and the unit that `word` is made of: `krps`.
fn scaled(word: &str) -> Option<(&str, &str)> {
    let prefix = ["bn", "k", "K", "M", "G", "T", "P"].into_iter().find(|prefix| word.starts_with(prefix))?;
    let rest = word.get(prefix.len()..).filter(|rest| rest.len() > 1 && is_unit(rest))?;
    Some((word.get(..prefix.len())?, rest))
}

/// All units, for completion and documentation.
pub fn names() -> impl Iterator<Item = &'static str> {
    UNITS.iter().map(|(name, _)| *name)
}
