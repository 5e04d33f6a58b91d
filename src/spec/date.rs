//! Days of the calendar.

use super::shape::{Reader, Schemas, Shape};
use super::values::Spanned;
use crate::diagnostic::Diagnostic;
use crate::syntax::{CoreType, Node, NodeKind};
use serde_json::{Value, json};

/// A day: `2027-06-01`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Date {
    /// Year, month, day: in this order, dates compare as they follow each other.
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31.
    pub day: u8,
}

impl Date {
    /// Reads `YYYY-MM-DD`; `None` when there is no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits =
            |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        let date = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        (1..=date.days_in_month()).contains(&date.day).then_some(date)
    }

    fn days_in_month(self) -> u8 {
        let leap =
            self.year.is_multiple_of(4) && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 => 28 + u8::from(leap),
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        }
    }
}

/// What is wrong with a text that is no date, and what to write instead.
fn not_a_date(text: &str) -> (String, String) {
    let parts: Vec<&str> = text.split('-').collect();
    let numbers: Vec<u16> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    let ([year, month, day], [4, 2, 2]) =
        (numbers.as_slice(), parts.iter().map(|part| part.len()).collect::<Vec<_>>().as_slice())
    else {
        let help = "write year, month and day with `-` between them: `2027-06-01`".to_owned();
        return (format!("`{text}` is not a date"), help);
    };
    let month = u8::try_from(*month).unwrap_or_default();
    let days = Date { year: *year, month, day: 1 }.days_in_month();
    let help = match (days, day) {
        (0, _) => "months go from 01 to 12".to_owned(),
        (_, 0) => "days go from 01 on".to_owned(),
        _ => format!("that month has {days} days"),
    };
    (format!("there is no such day as `{text}`"), help)
}

impl std::fmt::Display for Date {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl<'t> Shape<'t> for Spanned<Date> {
    fn read(node: Node<'t>, reader: &mut Reader) -> Option<Self> {
        if node.kind() != NodeKind::Scalar || node.core_type() != CoreType::Text {
            reader.wrong_type(node, "a date, such as `2027-06-01`");
            return None;
        }
        let value = Date::parse(node.text());
        if value.is_none() {
            let (message, help) = not_a_date(node.text());
            reader.report(Diagnostic::error("invalid-date", node.span(), message).help(help));
        }
        value.map(|value| Spanned { value, span: node.span() })
    }

    fn schema(_: &mut Schemas) -> Value {
        json!({
            "title": "a date",
            "type": "string",
            "format": "date",
            "errorMessage": "write year, month and day: `2027-06-01`",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_exist_or_are_refused() {
        assert!(Date::parse("2028-02-29").is_some());
        for wrong in
            ["2027-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "27-01-01", "2027-01-01-01", "soon"]
        {
            assert_eq!(Date::parse(wrong), None, "{wrong}");
        }
        assert!(Date::parse("2027-06-01") < Date::parse("2027-06-02"));
    }

    #[test]
    fn what_is_no_date_is_told_why() {
        let check = |text: &str, message: &str, help: &str| {
            assert_eq!(not_a_date(text), (message.to_owned(), help.to_owned()));
        };
        let format = "write year, month and day with `-` between them: `2027-06-01`";
        check("soon", "`soon` is not a date", format);
        check("2027-6-1", "`2027-6-1` is not a date", format);
        check("2027-06-01T10:00", "`2027-06-01T10:00` is not a date", format);
        check("2027-02-29", "there is no such day as `2027-02-29`", "that month has 28 days");
        check("2027-13-01", "there is no such day as `2027-13-01`", "months go from 01 to 12");
        check("2027-04-00", "there is no such day as `2027-04-00`", "days go from 01 on");
    }
}
