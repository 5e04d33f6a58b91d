//! What day it is.

use crate::spec::values::Date;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Today, in UTC. `SOURCE_DATE_EPOCH` (seconds since 1970) stands in for the clock, so that runs can be repeated.
pub fn today() -> Option<Date> {
    let fixed = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|text| text.parse().ok());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    date_of_day(fixed.unwrap_or(now) / 86_400)
}

/// The date of a day counted from 1970-01-01.
fn date_of_day(days: u64) -> Option<Date> {
    // Eras of 400 years repeat; counting years from March puts the leap day at their end.
    let days = days.checked_add(719_468)?;
    let (era, day_of_era) = (days / 146_097, days % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    Some(Date { year: year.try_into().ok()?, month: month.try_into().ok()?, day: day.try_into().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_become_dates() {
        let check = |days, date: &str| {
            assert_eq!(date_of_day(days).map(|day| day.to_string()).as_deref(), Some(date))
        };
        check(0, "1970-01-01");
        check(59, "1970-03-01");
        check(11_016, "2000-02-29");
        check(20_776, "2026-11-19");
        check(20_777, "2026-11-20");
    }

    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let mut before = date_of_day(0).expect("a date");
        for days in 1..146_097 {
            let date = date_of_day(days).expect("a date");
            assert_eq!(Date::parse(&date.to_string()), Some(date), "{date} exists");
            assert!(before < date, "{before} comes before {date}");
            before = date;
        }
    }
}
