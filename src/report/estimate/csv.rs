//! Numbers for spreadsheets: a line for each value, in base units, quoted as RFC 4180 has it.

use super::Numbers;
use crate::estimate::{Status, Summary};
use crate::quantity;
use std::io::{self, Write};

/// A cell. What a spreadsheet would take for a formula begins with an apostrophe, which it takes for "this is text".
pub(super) fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula { format!("'{text}") } else { text.to_owned() };
    match text.contains(['"', ',', '\r', '\n', ' ', ';']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text,
    }
}

/// A number; nothing where there is none. Negative ones are numbers and no formulas.
fn number(number: Option<f64>) -> String {
    number.filter(|number| number.is_finite()).map_or_else(String::new, |number| number.to_string())
}

/// Writes a heading and a line for each value.
pub fn write(numbers: &Numbers<'_, '_, '_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "address,status,value,unit,p5,p50,p95,mean,at_least")?;
    let estimate = numbers.estimate;
    for reading in numbers.readings {
        let unit = quantity::unit_of(estimate.sheet.dimension(reading.value), estimate.currency());
        let summary = reading.summary.filter(|_| reading.status != Status::Unknown);
        let of = |pick: fn(&Summary) -> f64| number(summary.as_ref().map(pick));
        writeln!(
            out,
            "{},{},{},{},{},{},{},{},{}",
            cell(&reading.address),
            reading.status.word(),
            number(Some(reading.number)),
            cell(&unit),
            of(|summary| summary.p5),
            of(|summary| summary.p50),
            of(|summary| summary.p95),
            of(|summary| summary.mean),
            reading.at_least
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text_and_quotes_are_doubled() {
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("@x"), "'@x");
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("say \"this\""), "\"say \"\"this\"\"\"");
        assert_eq!(cell("-1,\n"), "\"'-1,\n\"");
        assert_eq!(cell("flows.order.rate"), "flows.order.rate");
        assert_eq!(number(Some(-2.5)), "-2.5");
        assert_eq!(number(Some(f64::INFINITY)), "");
    }
}
