//! Questions about dates: days of the week, counts of days, leap years.

use crate::calendar::{Date, WEEKDAYS, days_in_month, is_leap, month_name};
use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::python::{int, strip};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(crate) struct CalendarArithmetic;

impl Puzzle for CalendarArithmetic {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Answer questions about dates: days of the week, counts of days, leap years."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a wrong day of the week earns nothing instead of 0.1 or 0.05",
            "the right day of the week may be written in any case",
            "a wrong number earns nothing: upstream gives 0.95 to a hundred that is off by one",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Metadata { task } = entry.metadata()?;
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let folded = |text: &str| strip(text).to_lowercase();
        match (task.answers(), mode) {
            (Answers::YesOrNo, _) => Ok(Grade::binary(folded(answer) == gold.to_lowercase())),
            (Answers::Weekday, Mode::Parity) => Ok(Grade::of(upstream_weekday(strip(answer), gold))),
            (Answers::Weekday, Mode::Strict) => Ok(Grade::binary(folded(answer) == folded(gold))),
            (Answers::Number, Mode::Strict) => Ok(scoring::number(Some(answer), gold, mode)),
            (Answers::Number, Mode::Parity) => {
                let gold = int(gold).ok_or_else(|| InvalidEntry::new("answer", "not a whole number"))?;
                Ok(int(answer)
                    .map_or_else(|| Grade::unreadable("not a whole number"), |number| Grade::of(upstream_closeness(&number, &gold))))
            }
        }
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Metadata {
    task: Task,
}

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Task {
    WeekdayOffset,
    WeekdayOfDate,
    WeekdayOfDateFromFirstDate,
    RecurringEventDay,
    CountDays,
    CountBusinessDays,
    IsLeapYear,
}

/// What an answer is.
enum Answers {
    Weekday,
    Number,
    YesOrNo,
}

impl Task {
    const ALL: [Self; 7] = [
        Self::WeekdayOffset,
        Self::WeekdayOfDate,
        Self::WeekdayOfDateFromFirstDate,
        Self::RecurringEventDay,
        Self::CountDays,
        Self::CountBusinessDays,
        Self::IsLeapYear,
    ];

    fn answers(self) -> Answers {
        match self {
            Self::WeekdayOffset | Self::WeekdayOfDate | Self::WeekdayOfDateFromFirstDate => Answers::Weekday,
            Self::RecurringEventDay | Self::CountDays | Self::CountBusinessDays => Answers::Number,
            Self::IsLeapYear => Answers::YesOrNo,
        }
    }
}

/// Something for any day of the week, the more so in title case.
fn upstream_weekday(answer: &str, gold: &str) -> f64 {
    let mut chars = answer.chars();
    let titled: String = chars.next().map(char::to_uppercase).into_iter().flatten().chain(chars.flat_map(char::to_lowercase)).collect();
    match answer {
        _ if answer == gold => 1.0,
        _ if WEEKDAYS.contains(&answer) => 0.1,
        _ if WEEKDAYS.contains(&titled.as_str()) => 0.05,
        _ => 0.0,
    }
}

/// Falls with the relative error.
fn upstream_closeness(number: &BigInt, gold: &BigInt) -> f64 {
    if gold.is_zero() {
        return if number.is_zero() { 1.0 } else { 0.0 };
    }
    let float = |number: &BigInt| number.to_f64().unwrap_or(f64::INFINITY);
    (-5.0 * (float(&(number - gold).abs()) / float(gold))).exp()
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    year: i64,
    tasks: Vec<Task>,
    offset_upper_bound: i64,
    leap_year_range: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { year: 2022, tasks: Task::ALL.to_vec(), offset_upper_bound: 100, leap_year_range: 200 }
    }
}

const TASKS: [&str; 4] = [
    r#"["weekday_of_date"]"#,
    r#"["weekday_of_date", "is_leap_year", "weekday_offset"]"#,
    r#"["weekday_of_date", "is_leap_year", "weekday_offset", "count_days", "count_business_days"]"#,
    r#"["weekday_of_date", "is_leap_year", "weekday_offset", "count_days", "count_business_days", "weekday_of_date_from_first_date", "recurring_event_day"]"#,
];

impl Generate for CalendarArithmetic {
    const NAME: &'static str = "calendar_arithmetic";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("tasks", "tasks", Levels::Json(&TASKS)),
        Attribute::scalar("offset_upper_bound", "offset_upper_bound", Levels::Ints(&[30, 100, 250, 365])),
    ];

    /// Within these bounds all years have four digits.
    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, year, 1200..=9800)?;
        within!(config, offset_upper_bound, 1..=36_500)?;
        within!(config, leap_year_range, 0..=390)?;
        if config.tasks.is_empty() {
            return Err(InvalidConfig::new("tasks", "must name one task at least"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let task = *rng.choose(&config.tasks);
        let Asked { question, answer, mut metadata } = match task {
            Task::WeekdayOffset => weekday_offset(config, rng),
            Task::WeekdayOfDate => weekday_of_date(config, rng),
            Task::WeekdayOfDateFromFirstDate => weekday_from_first_date(config, rng),
            Task::RecurringEventDay => recurring_event_day(config, rng),
            Task::CountDays => count_days(config, rng),
            Task::CountBusinessDays => count_business_days(config, rng),
            Task::IsLeapYear => leap_year(config, rng),
        };
        let form = match task.answers() {
            Answers::Weekday => "Answer with the name of the day alone, such as Monday.",
            Answers::Number => "Answer with the number alone.",
            Answers::YesOrNo => "Answer with Yes or No.",
        };
        metadata["task"] = json!(task);
        metadata["difficulty"] = json!({"tasks": config.tasks, "offset_upper_bound": config.offset_upper_bound});
        Some(Problem { question: format!("{question} {form}"), answer, metadata })
    }
}

/// A question without the form of its answer.
struct Asked {
    question: String,
    answer: String,
    metadata: Value,
}

fn date_in(year: i64, rng: &mut Rng) -> Date {
    let month = rng.size(1, 12) as u32;
    Date::new(year, month, rng.size(1, days_in_month(year, month) as usize) as u32)
}

fn weekday_offset(config: &Config, rng: &mut Rng) -> Asked {
    let start = date_in(config.year, rng);
    let days = rng.int(1, config.offset_upper_bound);
    let offset = if rng.chance(0.5) { days } else { -days };
    let target = start.plus(offset);
    let today = format!("Today is {}, {}.", start.weekday_name(), start.in_words());
    let unit = if days == 1 { "day" } else { "days" };
    Asked {
        question: if offset > 0 {
            format!("{today} Which day of the week will it be in {days} {unit}?")
        } else {
            format!("{today} Which day of the week was it {days} {unit} ago?")
        },
        answer: target.weekday_name().to_owned(),
        metadata: json!({"start_date": start.to_string(), "offset_days": offset, "target_date": target.to_string()}),
    }
}

fn weekday_of_date(config: &Config, rng: &mut Rng) -> Asked {
    let date = date_in(config.year, rng);
    let written = if rng.chance(0.5) { date.in_words() } else { date.to_string() };
    Asked {
        question: format!("Which day of the week is {written} in the Gregorian calendar?"),
        answer: date.weekday_name().to_owned(),
        metadata: json!({"target_date": date.to_string()}),
    }
}

fn weekday_from_first_date(config: &Config, rng: &mut Rng) -> Asked {
    let first = Date::new(config.year, 1, 1);
    let last = Date::new(config.year, 12, 31);
    let days = rng.int(1, config.offset_upper_bound.min(last.since(first)));
    let weekday = rng.below(7);
    let target = first.plus(days);
    let kind = if is_leap(config.year) { "A leap year" } else { "A year that is no leap year" };
    Asked {
        question: format!("{kind} begins on a {}. Which day of the week is its {}?", WEEKDAYS[weekday], target.in_year()),
        answer: WEEKDAYS[(weekday + days as usize) % 7].to_owned(),
        metadata: json!({"year": config.year, "first_day": WEEKDAYS[weekday], "target_date": target.to_string(), "delta_days": days}),
    }
}

fn recurring_event_day(config: &Config, rng: &mut Rng) -> Asked {
    const ORDINALS: [&str; 5] = ["first", "second", "third", "fourth", "last"];
    let month = rng.size(1, 12) as u32;
    let ordinal = rng.below(ORDINALS.len());
    let weekday = rng.below(7);
    let first = 1 + (weekday + 7 - Date::new(config.year, month, 1).weekday()) % 7;
    let length = days_in_month(config.year, month) as usize;
    let day = if ORDINALS[ordinal] == "last" { first + (length - first) / 7 * 7 } else { first + 7 * ordinal };
    Asked {
        question: format!(
            "A club meets on the {} {} of {} {}. On which day of that month is it?",
            ORDINALS[ordinal],
            WEEKDAYS[weekday],
            month_name(month),
            config.year
        ),
        answer: day.to_string(),
        metadata: json!({"year": config.year, "month": month, "ordinal": ORDINALS[ordinal], "weekday": WEEKDAYS[weekday]}),
    }
}

fn count_days(config: &Config, rng: &mut Rng) -> Asked {
    let (first, last) = (Date::new(config.year, 1, 1), Date::new(config.year, 12, 31));
    let start = first.plus(rng.int(0, last.since(first)));
    let end = start.plus(rng.int(0, config.offset_upper_bound.min(last.since(start))));
    let weekday = rng.below(7);
    Asked {
        question: format!("How many {}s are there {}?", WEEKDAYS[weekday], from_to(start, end)),
        answer: count(start, end, |day| day == weekday).to_string(),
        metadata: json!({"year": config.year, "start_date": start.to_string(), "end_date": end.to_string()}),
    }
}

fn count_business_days(config: &Config, rng: &mut Rng) -> Asked {
    let (first, last) = (Date::new(config.year, 1, 1), Date::new(config.year, 12, 31));
    let start = first.plus(rng.int(0, last.since(first)));
    let end = start.plus(rng.int(0, config.offset_upper_bound));
    Asked {
        question: format!("Not counting holidays, how many days from Monday to Friday are there {}?", from_to(start, end)),
        answer: count(start, end, |day| day < 5).to_string(),
        metadata: json!({"start_date": start.to_string(), "end_date": end.to_string()}),
    }
}

fn from_to(start: Date, end: Date) -> String {
    format!("from {}, {}, to {}, {}, both included", start.weekday_name(), start.in_words(), end.weekday_name(), end.in_words())
}

/// The days from `start` to `end` whose weekday counts.
fn count(start: Date, end: Date, counts: impl Fn(usize) -> bool) -> i64 {
    let days = end.since(start) + 1;
    let per_week = (0..7).filter(|day| counts(*day)).count() as i64;
    let rest = (0..days % 7).filter(|later| counts(start.plus(*later).weekday())).count() as i64;
    days / 7 * per_week + rest
}

fn leap_year(config: &Config, rng: &mut Rng) -> Asked {
    let either_way = config.leap_year_range / 2;
    let year = rng.int(config.year - either_way, config.year + either_way);
    let leap = is_leap(year);
    Asked {
        question: format!("Is {year} a leap year in the Gregorian calendar?"),
        answer: if leap { "Yes" } else { "No" }.to_owned(),
        metadata: json!({"year": year, "is_leap": leap}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&CalendarArithmetic);
    }

    #[test]
    fn answers_are_right_or_wrong() {
        for (answer, parity, strict) in [
            ("Sunday", 1.0, 1.0),
            (" sunday\n", 0.05, 1.0),
            ("Monday", 0.1, 0.0),
            ("monDAY", 0.05, 0.0),
            ("ſunday", 0.05, 0.0),
            ("Sunday.", 0.0, 0.0),
            ("Sunday Monday", 0.0, 0.0),
        ] {
            check::score(&CalendarArithmetic, answer, "Sunday", json!({"task": "weekday_of_date"}), [parity, strict]);
        }
        for (answer, parity, strict) in [("10", 1.0, 1.0), ("10.0", 0.0, 1.0), ("8", (-1.0_f64).exp(), 0.0), ("ten", 0.0, 0.0)] {
            check::score(&CalendarArithmetic, answer, "10", json!({"task": "count_days"}), [parity, strict]);
        }
        check::score(&CalendarArithmetic, " yes", "Yes", json!({"task": "is_leap_year"}), [1.0, 1.0]);
        check::score(&CalendarArithmetic, "1", "0", json!({"task": "count_days"}), [0.0, 0.0]);
    }

    #[test]
    fn days_are_counted() {
        let (start, end) = (Date::new(2024, 3, 1), Date::new(2024, 3, 15));
        assert_eq!(count(start, end, |day| day < 5), 11);
        assert_eq!(count(start, end, |day| WEEKDAYS[day] == "Friday"), 3);
        assert_eq!(count(start, start, |day| WEEKDAYS[day] == "Monday"), 0);
    }
}
