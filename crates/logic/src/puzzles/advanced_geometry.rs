//! Orthocentre, radius of the incircle, or an angle of a triangle given by coordinates.

use crate::python;
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle};
use num_traits::ToPrimitive;
use serde::Deserialize;

pub(crate) struct AdvancedGeometry;

impl Puzzle for AdvancedGeometry {
    fn name(&self) -> &'static str {
        "advanced_geometry"
    }

    fn category(&self) -> Category {
        Category::Geometry
    }

    fn summary(&self) -> &'static str {
        "Find the orthocentre, the radius of the incircle or an angle of a triangle with whole coordinates."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a wrong or unreadable answer earns nothing instead of 0.01, 0.05 or, for some radii, 0.5",
            "lengths and coordinates are right to half a unit in the third decimal and angles in the second, however many decimals are given; upstream compares a radius \
             as text",
            "coordinates may be fractions, and there is nothing but the two of them",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let task: Task = entry.metadata()?;
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(match mode {
            Mode::Parity => Grade::of(upstream(answer, gold, &task).unwrap_or(0.01)),
            Mode::Strict => strict(answer, &task),
        })
    }
}

#[derive(Deserialize)]
#[serde(tag = "task_type", rename_all = "snake_case")]
enum Task {
    Orthocenter {
        ortho: (String, String),
    },
    IncircleRadius {
        incircle_radius_exact: String,
        incircle_radius_approx: f64,
    },
    AngleMeasure {
        #[serde(rename = "angle_ABC_degrees")]
        degrees: f64,
    },
}

/// Upstream's score; `None` where it catches an exception.
fn upstream(answer: &str, gold: &str, task: &Task) -> Option<f64> {
    match task {
        Task::AngleMeasure { .. } => {
            let degrees = |text: &str| python::float(&text.replace('°', ""));
            Some(if same_rounded(degrees(answer)?, degrees(gold)?, 100.0) { 1.0 } else { 0.05 })
        }
        Task::Orthocenter { ortho } => {
            let mut parts = answer.split(',');
            let x = python::float(&parts.next()?.replace('(', ""))?;
            let y = python::float(&parts.next()?.replace(')', ""))?;
            let (expected_x, expected_y) = (fraction(&ortho.0)?, fraction(&ortho.1)?);
            let same = |one: f64, other: f64| same_rounded(one, other, 1000.0);
            let exact = x == expected_x && y == expected_y;
            Some(if exact || same(x, expected_x) && same(y, expected_y) { 1.0 } else { 0.01 })
        }
        Task::IncircleRadius { .. } if answer == gold => Some(1.0),
        Task::IncircleRadius { incircle_radius_exact, .. } => {
            let near = same_rounded(python::float(answer)?, python::float(incircle_radius_exact)?, 100.0);
            Some(if near { 0.5 } else { 0.05 })
        }
    }
}

/// Equal after numpy's `round`, which scales, rounds halves to even and scales back.
fn same_rounded(one: f64, other: f64, scale: f64) -> bool {
    let round = |value: f64| (value * scale).round_ties_even() / scale;
    round(one) == round(other)
}

/// A number, or a quotient of two whole ones.
fn fraction(text: &str) -> Option<f64> {
    let Some((over, under)) = text.split_once('/') else { return python::float(text) };
    let whole = |text: &str| python::int(text)?.to_f64();
    let under = whole(under)?;
    (under != 0.0).then_some(whole(over)? / under)
}

fn strict(answer: &str, task: &Task) -> Grade {
    let answer = python::strip(answer);
    let near = |value: f64, expected: f64, tolerance: f64| (value - expected).abs() <= tolerance * (1.0 + 1e-6);
    let right = match task {
        Task::AngleMeasure { degrees } => {
            python::float(answer.strip_suffix('°').unwrap_or(answer)).map(|value| near(value, *degrees, 0.005))
        }
        Task::IncircleRadius { incircle_radius_approx, .. } => {
            python::float(answer).map(|value| near(value, *incircle_radius_approx, 0.0005))
        }
        Task::Orthocenter { ortho } => pair(answer).map(|(x, y)| {
            let near = |value: f64, text: &str| fraction(text).is_some_and(|expected| near(value, expected, 0.0005));
            near(x, &ortho.0) && near(y, &ortho.1)
        }),
    };
    right.map_or_else(|| Grade::unreadable("not in the form that was asked for"), Grade::binary)
}

/// `(x, y)`, or the same without parentheses.
fn pair(text: &str) -> Option<(f64, f64)> {
    let inside = match text.strip_prefix('(') {
        Some(rest) => rest.strip_suffix(')')?,
        None => text,
    };
    let (x, y) = inside.split_once(',')?;
    Some((fraction(x)?, fraction(y)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&AdvancedGeometry);
    }

    #[test]
    fn angles() {
        let metadata = json!({"task_type": "angle_measure", "angle_ABC_degrees": 17.10272896905237});
        for (answer, parity, strict) in [
            ("17.10°", 1.0, 1.0),
            ("17.1", 1.0, 1.0),
            ("17.103", 1.0, 1.0),
            ("17.11", 0.05, 0.0),
            ("17.10 degrees", 0.01, 0.0),
            ("°", 0.01, 0.0),
        ] {
            check::score(&AdvancedGeometry, answer, "17.10°", metadata.clone(), [parity, strict]);
        }
    }

    #[test]
    fn points() {
        let metadata = json!({"task_type": "orthocenter", "ortho": ["7/23", "-28/23"]});
        for (answer, parity, strict) in [
            ("(0.304, -1.217)", 1.0, 1.0),
            ("0.304,-1.2174", 1.0, 1.0),
            ("(7/23, -28/23)", 0.01, 1.0),
            ("(0.304, -1.217), or so", 1.0, 0.0),
            ("((0.304, -1.217), 5", 1.0, 0.0),
            ("(0.305, -1.217)", 0.01, 0.0),
            ("0.304", 0.01, 0.0),
        ] {
            check::score(&AdvancedGeometry, answer, "(0.304, -1.217)", metadata.clone(), [parity, strict]);
        }
    }

    #[test]
    fn radii() {
        let radius = |exact: &str, approx: f64| json!({"task_type": "incircle_radius", "incircle_radius_exact": exact, "incircle_radius_approx": approx});
        for (answer, parity, strict) in [("2.000", 1.0, 1.0), ("2", 0.5, 1.0), ("2.001", 0.5, 0.0), ("3", 0.05, 0.0), ("two", 0.01, 0.0)] {
            check::score(&AdvancedGeometry, answer, "2.000", radius("2", 2.0), [parity, strict]);
        }
        check::score(&AdvancedGeometry, "1.41", "1.414", radius("sqrt(2)", 1.4142135623730951), [0.01, 0.0]);
        check::score(&AdvancedGeometry, "1.4142", "1.414", radius("sqrt(2)", 1.4142135623730951), [0.01, 1.0]);
    }
}
