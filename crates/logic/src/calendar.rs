//! Dates of the Gregorian calendar, also before its introduction.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The days of the week, from Monday.
pub(crate) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A day, counted from 1 January of year 1, which is day 0 and a Monday. As text it is written as in ISO 8601.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Date(i64);

impl Date {
    /// # Panics
    /// If the month is not between 1 and 12. A day beyond the month's end is one of the next month.
    pub(crate) fn new(year: i64, month: u32, day: u32) -> Self {
        assert!((1..=12).contains(&month), "a month");
        let months: i64 = (1..month).map(|before| i64::from(days_in_month(year, before))).sum();
        Self(days_before(year) + months + i64::from(day) - 1)
    }

    /// The date so many days later, or earlier.
    pub(crate) fn plus(self, days: i64) -> Self {
        Self(self.0 + days)
    }

    /// How many days later `self` is.
    pub(crate) fn since(self, earlier: Self) -> i64 {
        self.0 - earlier.0
    }

    /// 0 for Monday, to 6.
    pub(crate) fn weekday(self) -> usize {
        self.0.rem_euclid(7) as usize
    }

    /// The name of its day of the week.
    pub(crate) fn weekday_name(self) -> &'static str {
        WEEKDAYS[self.weekday()]
    }

    /// Year, month and day of the month.
    pub(crate) fn parts(self) -> (i64, u32, u32) {
        // 400 years have 146 097 days; the estimate is off by one year at most.
        let mut year = self.0 * 400 / 146_097 + 1;
        while days_before(year) > self.0 {
            year -= 1;
        }
        while days_before(year + 1) <= self.0 {
            year += 1;
        }
        let mut day = (self.0 - days_before(year)) as u32;
        let mut month = 1;
        while day >= days_in_month(year, month) {
            day -= days_in_month(year, month);
            month += 1;
        }
        (year, month, day + 1)
    }

    /// `5 March`.
    pub(crate) fn in_year(self) -> String {
        let (_, month, day) = self.parts();
        format!("{day} {}", month_name(month))
    }

    /// `5 March 2024`.
    pub(crate) fn in_words(self) -> String {
        format!("{} {}", self.in_year(), self.parts().0)
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.to_string()
    }
}

impl TryFrom<String> for Date {
    type Error = NoDate;

    fn try_from(text: String) -> Result<Self, NoDate> {
        text.parse()
    }
}

/// What is not a date.
#[derive(Debug, thiserror::Error)]
#[error("not a date of the years 1 to 9999 as in 2024-03-05")]
pub(crate) struct NoDate;

impl FromStr for Date {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let mut parts = text.splitn(3, '-').map(|part| part.parse::<u32>().ok());
        let mut part = || parts.next().flatten().ok_or(NoDate);
        let (year, month, day) = (i64::from(part()?), part()?, part()?);
        let known = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
        if known { Ok(Self::new(year, month, day)) } else { Err(NoDate) }
    }
}

/// As in ISO 8601: `2024-03-05`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// The name of a month, counted from 1.
pub(crate) fn month_name(month: u32) -> &'static str {
    MONTHS[month as usize - 1]
}

/// Whether the year has 366 days.
pub(crate) fn is_leap(year: i64) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

/// The length of a month, counted from 1.
pub(crate) fn days_in_month(year: i64, month: u32) -> u32 {
    match month {
        2 if is_leap(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The days of all years from 1 up to this one.
fn days_before(year: i64) -> i64 {
    let years = year - 1;
    years * 365 + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_weekdays() {
        for ((year, month, day), text) in [
            ((1, 1, 1), "Monday 1 January 1 0001-01-01"),
            ((1900, 2, 28), "Wednesday 28 February 1900 1900-02-28"),
            ((2000, 2, 29), "Tuesday 29 February 2000 2000-02-29"),
            ((2024, 12, 31), "Tuesday 31 December 2024 2024-12-31"),
            ((2026, 11, 23), "Monday 23 November 2026 2026-11-23"),
        ] {
            let date = Date::new(year, month, day);
            assert_eq!(format!("{} {} {date}", date.weekday_name(), date.in_words()), text);
        }
        assert_eq!("2024-02-29".parse::<Date>().unwrap(), Date::new(2024, 2, 29));
        for bad in ["2023-02-29", "2024-13-01", "2024-00-01", "0-01-01", "2024-01", "2024-1-1-1", "today"] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        assert_eq!(Date::new(2024, 3, 1).since(Date::new(2023, 3, 1)), 366);
    }

    #[test]
    fn parts_and_days_agree() {
        for day in (0..3_700_000).step_by(37) {
            let (year, month, of_month) = Date(day).parts();
            assert_eq!(Date::new(year, month, of_month), Date(day));
        }
    }
}
