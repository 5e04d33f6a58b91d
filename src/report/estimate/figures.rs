//! Numbers as they stand in a report: short, with their range, and honest about what is not known.

use crate::estimate::{Changes, Estimate, Evaluation, Reading, Status, Subject, Summary, Value};
use crate::quantity;
use std::collections::BTreeMap;

/// All readings by whose they are.
pub struct Figures<'n, 'm, 't> {
    /// The estimate.
    pub estimate: &'n Estimate<'m, 't>,
    /// The central values, of what is expensive those of all readings.
    pub central: &'n Evaluation,
    readings: BTreeMap<(Subject, &'static str), &'n Reading>,
}

impl<'n, 'm, 't> Figures<'n, 'm, 't> {
    /// Sorts the readings.
    pub fn new(estimate: &'n Estimate<'m, 't>, central: &'n Evaluation, readings: &'n [Reading]) -> Self {
        let by_name = readings.iter().map(|reading| ((reading.subject, reading.name), reading));
        Self { estimate, central, readings: by_name.collect() }
    }

    /// A reading.
    pub fn get(&self, subject: Subject, name: &'static str) -> Option<&'n Reading> {
        self.readings.get(&(subject, name)).copied()
    }

    /// Readings of nodes, also of such without an address.
    pub fn readings_of(&self, values: &[Value]) -> Vec<Reading> {
        let estimate = self.estimate;
        let with_address = |value: Value| self.readings.values().find(|reading| reading.value == value);
        let others: Vec<Value> =
            values.iter().copied().filter(|value| with_address(*value).is_none()).collect();
        let central = estimate.central(&Changes::new(), &others);
        let summaries: BTreeMap<Value, Option<Summary>> =
            others.iter().copied().zip(estimate.summaries(&central, &others)).collect();
        let reading = |value: &Value| match with_address(*value) {
            Some(known) => (*known).clone(),
            None => Reading {
                address: estimate.name(*value).unwrap_or_default(),
                subject: Subject::System,
                name: "",
                value: *value,
                status: estimate.status(*value, &central),
                number: central.of(*value),
                summary: summaries.get(value).copied().flatten(),
                at_least: estimate.sheet.is_partial(*value),
            },
        };
        values.iter().map(reading).collect()
    }

    /// A reading of which there is a number, or of which it is known that there is none.
    pub fn known(&self, subject: Subject, name: &'static str) -> Option<&'n Reading> {
        self.get(subject, name).filter(|reading| reading.status != Status::Unknown)
    }

    /// The number, when there is one.
    pub fn number(&self, subject: Subject, name: &'static str) -> Option<f64> {
        self.known(subject, name).map(|reading| reading.number).filter(|number| number.is_finite())
    }

    /// With its range; empty when it is not known.
    pub fn with_range(&self, subject: Subject, name: &'static str) -> String {
        self.known(subject, name).map_or_else(String::new, |reading| self.ranged(reading))
    }

    /// Without its range; empty when it is not known.
    pub fn alone(&self, subject: Subject, name: &'static str) -> String {
        self.known(subject, name).map_or_else(String::new, |reading| self.single(reading))
    }

    fn single(&self, reading: &Reading) -> String {
        match reading.status {
            Status::Unknown => "not known".to_owned(),
            Status::Unstable => "without end".to_owned(),
            Status::Known => at_least(reading, self.shown(reading.value, reading.number)),
        }
    }

    fn shown(&self, value: Value, number: f64) -> String {
        self.estimate.shown(value, number)
    }

    /// A reading with its range.
    pub fn ranged(&self, reading: &Reading) -> String {
        self.ranged_by(reading, &|number| self.shown(reading.value, number))
    }

    /// A reading with its range in percent.
    pub fn in_percent(&self, reading: &Reading) -> String {
        self.ranged_by(reading, &|number| match number.is_finite() {
            true => quantity::format_share(number),
            false => self.shown(reading.value, number),
        })
    }

    fn ranged_by(&self, reading: &Reading, shown: &dyn Fn(f64) -> String) -> String {
        if reading.status == Status::Unknown {
            return "not known".to_owned();
        }
        let number = shown(reading.number);
        let Some(summary) = reading.summary else { return at_least(reading, number) };
        let text = match summary.p5.is_nan() || summary.p95.is_nan() {
            true => number,
            false => merged(&number, &shown(summary.p5), &shown(summary.p95)),
        };
        let text = at_least(reading, text);
        match summary.unstable > 0.0 && reading.number.is_finite() {
            true => format!("{text}, without end in {} of samples", quantity::format_share(summary.unstable)),
            false => text,
        }
    }
}

fn at_least(reading: &Reading, text: String) -> String {
    if reading.at_least { format!("at least {text}") } else { text }
}

/// `11.4k (5.7k..23k) / s`: a value with the ends of its range, which share its unit where they have the same.
pub fn merged(value: &str, low: &str, high: &str) -> String {
    if low == high {
        return value.to_owned();
    }
    let (short_low, short_high) = (two_digits(low), two_digits(high));
    // Where two digits are too few to tell the ends apart, they keep all.
    let (low, high) = if short_low == short_high { (low, high) } else { (&*short_low, &*short_high) };
    let split = |text: &str| text.find(' ').unwrap_or(text.len());
    let number = |text: &str| text.get(..split(text)).unwrap_or(text).to_owned();
    let unit = |text: &str| text.get(split(text)..).unwrap_or_default().to_owned();
    let (own, least, most) = (unit(value), unit(low), unit(high));
    if own == least && least == most {
        format!("{} ({}..{}){own}", number(value), number(low), number(high))
    } else if least == most {
        format!("{value} ({}..{}{most})", number(low), number(high))
    } else {
        format!("{value} ({low}..{high})")
    }
}

/// The number that a text begins with, to two digits: `22.8k / s` becomes `23k / s`.
fn two_digits(text: &str) -> String {
    let begin = text.find(|sign: char| sign.is_ascii_digit()).unwrap_or(text.len());
    let rest = text.get(begin..).unwrap_or_default();
    let end = rest.find(|sign: char| !sign.is_ascii_digit() && sign != '.').unwrap_or(rest.len());
    let (number, behind) = rest.split_at_checked(end).unwrap_or((rest, ""));
    // Shares near one need all their nines.
    let is_near_one = behind.starts_with('%') && number.starts_with('9');
    let Some(parsed) = number.parse::<f64>().ok().filter(|_| !behind.starts_with('e') && !is_near_one) else {
        return text.to_owned();
    };
    let rounded = format!("{parsed:.1e}").parse::<f64>().unwrap_or(parsed);
    format!("{}{rounded}{behind}", text.get(..begin).unwrap_or_default())
}

/// How many nines an availability has: `3.5` for 99.97%.
pub fn nines(availability: f64) -> Option<f64> {
    let down = 1.0 - availability;
    (down > 0.0 && down < 1.0).then(|| (-libm::log10(down) * 10.0 + 0.02).floor() / 10.0)
}

/// A share in whole percent, for lists of shares.
pub fn percent(share: f64) -> String {
    if share > 0.0 && share < 0.005 { "<1%".to_owned() } else { format!("{:.0}%", share * 100.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_a_range_share_the_unit_and_have_two_digits() {
        assert_eq!(merged("11.4k / s", "5.71k / s", "22.8k / s"), "11.4k (5.7k..23k) / s");
        assert_eq!(merged("1.2 s", "812 ms", "2.21 s"), "1.2 s (810 ms..2.2 s)");
        assert_eq!(merged("900 ms", "1.21 s", "2.21 s"), "900 ms (1.2..2.2 s)");
        assert_eq!(merged("91.2%", "85%", "95%"), "91.2% (85%..95%)");
        assert_eq!(
            merged("$1.2k / month", "$1.11k / month", "$1.37k / month"),
            "$1.2k ($1.1k..$1.4k) / month"
        );
        assert_eq!(merged("8.52 ms", "8.51 ms", "8.53 ms"), "8.52 (8.51..8.53) ms");
        assert_eq!(merged("8.52 ms", "8.52 ms", "8.52 ms"), "8.52 ms");
        assert_eq!(merged("99.95%", "99.94%", "99.981%"), "99.95% (99.94%..99.981%)");
    }

    #[test]
    fn nines_are_rounded_down() {
        assert_eq!(nines(0.999), Some(3.0));
        assert_eq!(nines(0.9995), Some(3.3));
        assert_eq!(nines(1.0), None);
        assert_eq!(nines(f64::NAN), None);
    }
}
