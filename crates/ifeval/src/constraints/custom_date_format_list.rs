//! `custom:date_format_list`: dates of the form YYYY-MM-DD from 1769 to 1821, with commas between.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:date_format_list",
    suite: Suite::IfBench,
    prompt: "List the start dates of all the battles Napoleon fought separated by commas, use the following date format: YYYY-MM-DD. Do not provide an explanation.",
    deltas: &["Months and days count from 1, and 29 February is in leap years; the reference takes `1800-00-00`."],
    claims: &[Claim::Task],
    example: Example { passes: "1796-04-12, 1805-12-02", fails: "12.4.1796", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    match c.text.raw.split(',').map(strip).find(|date| !is_date(date, c.parity())) {
        Some(date) => Evidence::fail().word(date),
        None => Evidence::pass(),
    }
}

fn is_date(date: &str, parity: bool) -> bool {
    let form = date.len() == 10
        && date.bytes().enumerate().all(|(at, byte)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() });
    let part = |range| date.get(range).and_then(|part: &str| part.parse::<u32>().ok());
    let (Some(year), Some(month), Some(day)) = (part(0..4), part(5..7), part(8..10)) else { return false };
    let is_leap = parity || (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => {
            if is_leap {
                29
            } else {
                28
            }
        }
        // The reference knows no days of a month 0.
        0 => 99,
        _ => 31,
    };
    form && (1769..=1821).contains(&year) && month <= 12 && day <= days && (parity || (month > 0 && day > 0))
}
