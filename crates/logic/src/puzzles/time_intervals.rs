//! How much time lies between two times or dates. Only scored here.

use crate::python::{int, is_space, strip};
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use serde::Deserialize;

pub(crate) struct TimeIntervals;

impl Puzzle for TimeIntervals {
    fn name(&self) -> &'static str {
        "time_intervals"
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
}
