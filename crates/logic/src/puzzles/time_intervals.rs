//! How much time lies between two times or dates.

use crate::calendar::{Date, month_name};
use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::python::{int, is_space, strip};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct TimeIntervals;

impl Puzzle for TimeIntervals {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Find the duration between two times or dates."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a wrong duration earns nothing: upstream gives nearly 1 to those that are close, and something to most others",
            "text behind the duration is wrong",
            "`1 day, 02:30` is as right as `1 days, 02:30`",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Metadata { task_type, difficulty } = entry.metadata()?;
        let form = Form::of(&task_type);
        let gold = form.read(entry.gold()?).ok_or_else(|| InvalidEntry::new("answer", "not a duration in the form of its `task_type`"))?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let duration = match mode {
            Mode::Parity => form.read(answer),
            Mode::Strict => form.read_alone(answer),
        };
        let Some(duration) = duration else {
            return Ok(Grade::unreadable("not a duration in the form that was asked for"));
        };
        let difference = duration.difference(&gold);
        if difference == 0.0 || !mode.is_parity() {
            return Ok(Grade::binary(difference == 0.0));
        }
        let largest = match form {
            Form::Days => difficulty.max_date_difference_days,
            Form::Time => difficulty.max_time_difference_seconds,
            Form::DaysAndTime => difficulty.max_date_difference_days * 86_400.0,
        };
        Ok(Grade::of((1.0 - difference / largest).max(0.0)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Metadata {
    task_type: String,
    difficulty: Difficulty,
}

#[derive(Deserialize)]
struct Difficulty {
    max_time_difference_seconds: f64,
    max_date_difference_days: f64,
}

/// How a duration is written.
#[derive(Clone, Copy)]
enum Form {
    /// `12 days`
    Days,
    /// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.mmm`
    Time,
    /// `12 days, HH:MM` or `12 days, HH:MM:SS`
    DaysAndTime,
}

impl Form {
    fn of(task_type: &str) -> Self {
        match task_type {
            "date" => Self::Days,
            _ if task_type.starts_with("time") => Self::Time,
            _ => Self::DaysAndTime,
        }
    }

    /// The duration as upstream reads it, which passes over text behind it in places.
    fn read(self, text: &str) -> Option<Duration> {
        match self {
            Self::Days => int(strip(text).split(is_space).next()?).map(Duration::Whole),
            Self::Time => time(strip(text), true),
            Self::DaysAndTime => {
                let days = int(text.split(" days,").next()?)?;
                match time(strip(text.split(',').nth(1)?), false)? {
                    Duration::Whole(seconds) => Some(Duration::Whole(days * 86_400 + seconds)),
                    Duration::Real(_) => None,
                }
            }
        }
    }

    /// The duration if nothing stands beside it.
    fn read_alone(self, text: &str) -> Option<Duration> {
        let text = strip(text).replace(" day,", " days,");
        let parts = text.split(':').count();
        let alone = match self {
            Self::Days => matches!(text.split_once(is_space).map(|(_, word)| strip(word)), None | Some("day" | "days")),
            Self::Time => parts <= 3,
            Self::DaysAndTime => parts <= 3 && text.matches(',').count() == 1,
        };
        self.read(&text).filter(|_| alone)
    }
}

/// Seconds, or days where the form has nothing else.
enum Duration {
    Whole(BigInt),
    /// With milliseconds, computed in the order in which upstream does.
    Real(f64),
}

impl Duration {
    fn difference(&self, other: &Self) -> f64 {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => (one - other).abs().to_f64().unwrap_or(f64::INFINITY),
            _ => (self.as_f64() - other.as_f64()).abs(),
        }
    }

    fn as_f64(&self) -> f64 {
        match self {
            Self::Whole(value) => value.to_f64().unwrap_or(f64::INFINITY),
            Self::Real(value) => *value,
        }
    }
}

/// Hours, minutes and perhaps seconds between colons; what follows a third colon is passed over.
fn time(text: &str, with_milliseconds: bool) -> Option<Duration> {
    let mut parts = text.split(':');
    let (hours, minutes) = (int(parts.next()?)?, int(parts.next()?)?);
    let whole = hours * 3600 + minutes * 60;
    let Some(seconds) = parts.next() else { return Some(Duration::Whole(whole)) };
    match seconds.split_once('.').filter(|_| with_milliseconds) {
        None => Some(Duration::Whole(whole + int(seconds)?)),
        Some((seconds, milliseconds)) => {
            let (seconds, milliseconds) = (int(seconds)?.to_f64()?, int(milliseconds)?.to_f64()?);
            Some(Duration::Real(whole.to_f64()? + (seconds + milliseconds / 1000.0)))
        }
    }
}

/// What lies between the two times.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TaskType {
    /// Times of a day, to the minute.
    Time,
    /// The same, to the second.
    TimeSeconds,
    /// The same, to the millisecond.
    TimeMs,
    /// Dates.
    Date,
    /// Dates with times of the day.
    Datetime,
    /// The same, each with its own offset from UTC.
    DatetimeTz,
}

/// Upstream's `min_time` and `max_time`, which have no effect there, are left out; so is `format`, Python's pattern of the times, of the metadata.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    max_time_difference_seconds: i64,
    min_date: Date,
    max_date: Date,
    max_date_difference_days: i64,
    task_types: Vec<TaskType>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            max_time_difference_seconds: DAY,
            min_date: Date::new(1900, 1, 1),
            max_date: Date::new(3000, 1, 1),
            max_date_difference_days: 100,
            task_types: vec![
                TaskType::Time,
                TaskType::TimeSeconds,
                TaskType::TimeMs,
                TaskType::Date,
                TaskType::Datetime,
                TaskType::DatetimeTz,
            ],
        }
    }
}

/// The seconds of a day.
const DAY: i64 = 86_400;

impl Generate for TimeIntervals {
    const NAME: &'static str = "time_intervals";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar(
            "max_time_difference_seconds",
            "max_time_difference_seconds",
            Levels::Ints(&[60, 3600, 10_800, 21_600, 32_400, 43_200, DAY]),
        ),
        Attribute::scalar("max_date_difference_days", "max_date_difference_days", Levels::Ints(&[1, 7, 30, 365, 1825])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, max_time_difference_seconds, 1..=100 * DAY)?;
        within!(config, max_date_difference_days, 1..=1_000_000)?;
        // A day and some more at both ends keep all that is written within the years 1 to 9999.
        within!(config, min_date, Date::new(1, 1, 3)..=Date::new(9998, 1, 1))?;
        within!(config, max_date, Date::new(1, 1, 3)..=Date::new(9998, 1, 1))?;
        if config.min_date >= config.max_date {
            return Err(InvalidConfig::new("max_date", "must be after `min_date`"));
        }
        if config.task_types.is_empty() {
            return Err(InvalidConfig::new("task_types", "must name one type at least"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let task_type = *rng.choose(&config.task_types);
        let Asked { start, end, answer, expected_format } = match task_type {
            TaskType::Time => times(Precision::Minutes, config, rng)?,
            TaskType::TimeSeconds => times(Precision::Seconds, config, rng)?,
            TaskType::TimeMs => times(Precision::Milliseconds, config, rng)?,
            TaskType::Date => dates(config, rng),
            TaskType::Datetime => datetimes(false, config, rng),
            TaskType::DatetimeTz => datetimes(true, config, rng),
        };
        let [before, between, after] = rng.choose(&[
            ["How much time passes from ", " to ", "?"],
            ["A machine ran from ", " until ", ". For how long did it run?"],
            ["Something began at ", " and ended at ", ". How long did it take?"],
        ]);
        Some(Problem {
            question: format!(
                "{before}{start}{between}{end}{after} Answer with the duration alone, in the form {expected_format}, such as {}.",
                example(expected_format)
            ),
            answer,
            metadata: json!({
                "task_type": task_type,
                "start_time": start,
                "end_time": end,
                "expected_format": expected_format,
                "difficulty": {
                    "max_time_difference_seconds": config.max_time_difference_seconds,
                    "max_date_difference_days": config.max_date_difference_days,
                },
            }),
        })
    }
}

/// The two times, and what lies between them.
struct Asked {
    start: String,
    end: String,
    answer: String,
    expected_format: &'static str,
}

/// A duration in this form.
fn example(expected_format: &str) -> String {
    expected_format.replace('D', "12").replace("HH", "03").replace("MM", "07").replace("SS", "05").replace("mmm", "040")
}

/// The smallest part of a time that is written.
#[derive(Clone, Copy)]
enum Precision {
    Minutes,
    Seconds,
    Milliseconds,
}

impl Precision {
    fn milliseconds(self) -> i64 {
        match self {
            Self::Minutes => 60_000,
            Self::Seconds => 1000,
            Self::Milliseconds => 1,
        }
    }

    /// Such as `HH:MM:SS`; hours may be 24 and more.
    fn write(self, milliseconds: i64) -> String {
        let (seconds, milliseconds) = (milliseconds / 1000, milliseconds % 1000);
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        match self {
            Self::Minutes => format!("{hours:02}:{minutes:02}"),
            Self::Seconds => format!("{hours:02}:{minutes:02}:{seconds:02}"),
            Self::Milliseconds => format!("{hours:02}:{minutes:02}:{seconds:02}.{milliseconds:03}"),
        }
    }
}

/// Two times of one day. `None` if the first leaves none for the second.
fn times(precision: Precision, config: &Config, rng: &mut Rng) -> Option<Asked> {
    let unit = precision.milliseconds();
    let units = DAY * 1000 / unit;
    let start = rng.int(0, units - 1);
    let largest = (config.max_time_difference_seconds * 1000 / unit).max(1).min(units - 1 - start);
    if largest < 1 {
        return None;
    }
    let difference = rng.int(1, largest);
    let written = |units: i64| precision.write(units * unit);
    Some(Asked {
        start: written(start),
        end: written(start + difference),
        answer: written(difference),
        expected_format: match precision {
            Precision::Minutes => "HH:MM",
            Precision::Seconds => "HH:MM:SS",
            Precision::Milliseconds => "HH:MM:SS.mmm",
        },
    })
}

/// The first of two dates, and how many days later the second is.
fn date_and_days(config: &Config, rng: &mut Rng) -> (Date, i64) {
    let span = config.max_date.since(config.min_date);
    let days = rng.int(0, config.max_date_difference_days.min(span));
    (config.min_date.plus(rng.int(0, span - days)), days)
}

fn dates(config: &Config, rng: &mut Rng) -> Asked {
    let (start, days) = date_and_days(config, rng);
    let style = rng.below(4);
    Asked {
        start: written_date(start, style),
        end: written_date(start.plus(days), style),
        answer: format!("{days} days"),
        expected_format: "D days",
    }
}

/// Dates with times, which differ by some days and seconds. Unlike upstream, which leaves the second time as it is when it changes its offset, the duration is
/// drawn and the time follows.
fn datetimes(with_offsets: bool, config: &Config, rng: &mut Rng) -> Asked {
    let (date, days) = date_and_days(config, rng);
    let with_seconds = rng.chance(0.5);
    let (precision, unit) = if with_seconds { (Precision::Seconds, 1) } else { (Precision::Minutes, 60) };
    let start = rng.int(0, DAY / unit - 1) * unit;
    let seconds = rng.int(1, (config.max_time_difference_seconds / unit).max(1)) * unit;
    let style = rng.below(4);
    let mut written = |seconds: i64| {
        let hours = if with_offsets { rng.int(-12, 12) } else { 0 };
        let local = seconds + hours * 3600;
        let day = date.plus(local.div_euclid(DAY));
        let time = precision.write(local.rem_euclid(DAY) * 1000);
        let offset = if with_offsets { format!(" UTC{hours:+03}:00") } else { String::new() };
        format!("{}, {time}{offset}", written_date(day, style))
    };
    let duration = days * DAY + seconds;
    Asked {
        start: written(start),
        end: written(start + duration),
        answer: format!("{} days, {}", duration / DAY, precision.write(duration % DAY * 1000)),
        expected_format: if with_seconds { "D days, HH:MM:SS" } else { "D days, HH:MM" },
    }
}

/// In one of four styles.
fn written_date(date: Date, style: usize) -> String {
    let (year, month, day) = date.parts();
    match style {
        0 => date.to_string(),
        1 => format!("{} {day}, {year}", month_name(month)),
        2 => format!("{} {}", date.weekday_name(), date.in_words()),
        _ => date.in_words(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::{Value, json};

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&TimeIntervals);
    }

    fn metadata(task_type: &str) -> Value {
        json!({"task_type": task_type, "difficulty": {"max_time_difference_seconds": 7200, "max_date_difference_days": 100}})
    }

    #[test]
    fn the_duration_is_right_or_wrong() {
        for (answer, parity, strict) in [
            ("02:30", 1.0, 1.0),
            (" 2:30:00 ", 1.0, 1.0),
            ("02:30:00.000", 1.0, 1.0),
            ("02:00", 0.75, 0.0),
            ("1:90", 1.0, 1.0),
            ("02:30:00:junk", 1.0, 0.0),
            ("02:30:00.0.0", 0.0, 0.0),
            ("02", 0.0, 0.0),
        ] {
            check::score(&TimeIntervals, answer, "02:30", metadata("time"), [parity, strict]);
        }
        for (answer, parity, strict) in [
            ("50 days", 1.0, 1.0),
            ("50", 1.0, 1.0),
            ("50 days or 51", 1.0, 0.0),
            ("25 days", 0.75, 0.0),
            ("500", 0.0, 0.0),
            ("", 0.0, 0.0),
        ] {
            check::score(&TimeIntervals, answer, "50 days", metadata("date"), [parity, strict]);
        }
        for (answer, parity, strict) in [
            ("1 days, 02:30", 1.0, 1.0),
            ("1 days, 02:30:00", 1.0, 1.0),
            ("1 days, 02:30, I think", 1.0, 0.0),
            ("26 days, 02:30", 0.75, 0.0),
            ("1 day, 02:30", 0.0, 1.0),
            ("1 days", 0.0, 0.0),
        ] {
            check::score(&TimeIntervals, answer, "1 days, 02:30", metadata("datetime"), [parity, strict]);
        }
    }
    #[test]
    fn durations_are_between_the_times() {
        let config = Config { min_date: Date::new(2024, 2, 29), max_date: Date::new(2024, 3, 1), ..Config::default() };
        for index in 0..100 {
            let mut rng = Rng::new("t", 1, 0, index);
            let Some(Asked { start, end, answer, .. }) = times(Precision::Seconds, &config, &mut rng) else { continue };
            let [start, end, answer] = [start, end, answer].map(|text| time(&text, false).unwrap().as_f64());
            assert_eq!(end - start, answer);
            let Asked { start, end, answer, .. } = dates(&config, &mut rng);
            assert_eq!(start == end, answer == "0 days", "{start} {end} {answer}");
        }
        assert_eq!(Precision::Milliseconds.write(3_723_004), "01:02:03.004");
    }
}
