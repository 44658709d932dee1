//! Orthocentre, radius of the incircle, or an angle of a triangle given by coordinates.

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::python;
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use num_rational::Ratio;
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

pub(crate) struct AdvancedGeometry;

impl Puzzle for AdvancedGeometry {
    fn name(&self) -> &'static str {
        Self::NAME
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

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
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

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_coord: i64,
    max_coord: i64,
    task_types: Vec<TaskType>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum TaskType {
    Orthocenter,
    IncircleRadius,
    AngleMeasure,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_coord: -10, max_coord: 10, task_types: vec![TaskType::Orthocenter, TaskType::IncircleRadius, TaskType::AngleMeasure] }
    }
}

type Point = (i64, i64);

fn minus(one: Point, other: Point) -> Point {
    (one.0 - other.0, one.1 - other.1)
}

fn dot(one: Point, other: Point) -> i64 {
    one.0 * other.0 + one.1 * other.1
}

fn cross(one: Point, other: Point) -> i64 {
    one.0 * other.1 - one.1 * other.0
}

/// A triangle, whose corners are not on one line.
struct Triangle {
    a: Point,
    b: Point,
    c: Point,
}

impl Triangle {
    /// Where the altitude from `a`, the points whose product with `c - b` is that of `a`, meets the one from `b`.
    fn orthocenter(&self) -> (Ratio<i64>, Ratio<i64>) {
        let (across, other) = (minus(self.c, self.b), minus(self.a, self.c));
        let (level, other_level) = (dot(across, self.a), dot(other, self.b));
        let area = cross(across, other);
        (Ratio::new(level * other.1 - across.1 * other_level, area), Ratio::new(across.0 * other_level - level * other.0, area))
    }

    /// Squares of the sides.
    fn squared_sides(&self) -> [i64; 3] {
        [minus(self.b, self.c), minus(self.c, self.a), minus(self.a, self.b)].map(|side| dot(side, side))
    }

    fn doubled_area(&self) -> i64 {
        cross(minus(self.b, self.a), minus(self.c, self.a)).abs()
    }

    fn incircle_radius(&self) -> f64 {
        self.doubled_area() as f64 / self.squared_sides().iter().map(|square| (*square as f64).sqrt()).sum::<f64>()
    }

    /// The angle at `b`.
    fn degrees(&self) -> f64 {
        let (one, other) = (minus(self.a, self.b), minus(self.c, self.b));
        (cross(one, other).abs() as f64).atan2(dot(one, other) as f64).to_degrees()
    }

    fn task(&self, task: TaskType) -> Option<(&'static str, String, Value)> {
        Some(match task {
            TaskType::Orthocenter => {
                let (x, y) = self.orthocenter();
                let float = |value: Ratio<i64>| *value.numer() as f64 / *value.denom() as f64;
                (
                    "What are the coordinates of its orthocentre, where its altitudes meet? Answer with them alone, as (x, y), rounded to 3 decimals.",
                    format!("({}, {})", decimals(float(x), 3)?, decimals(float(y), 3)?),
                    json!({"ortho": [x.to_string(), y.to_string()], "orthocenter_approx": [float(x), float(y)]}),
                )
            }
            TaskType::IncircleRadius => {
                let [a, b, c] = self.squared_sides();
                let radius = self.incircle_radius();
                (
                    "What is the radius of its incircle? Answer with the number alone, rounded to 3 decimals.",
                    decimals(radius, 3)?,
                    json!({
                        "incircle_radius_exact": format!("{}/(sqrt({a}) + sqrt({b}) + sqrt({c}))", self.doubled_area()),
                        "incircle_radius_approx": radius,
                    }),
                )
            }
            TaskType::AngleMeasure => (
                "How large is the angle at B, in degrees? Answer with the number and a degree sign alone, rounded to 2 decimals, as in 12.34°.",
                format!("{}°", decimals(self.degrees(), 2)?),
                json!({"angle_ABC_degrees": self.degrees()}),
            ),
        })
    }
}

/// The value with so many decimals; `None` where it lies so near the middle of two that ways of rounding differ.
fn decimals(value: f64, places: usize) -> Option<String> {
    let scale = 10_f64.powi(places as i32);
    let scaled = value * scale;
    let middle = (scaled - scaled.floor() - 0.5).abs() < 1e-4;
    // The sum makes a zero of a negative one.
    (!middle).then(|| format!("{:.places$}", scaled.round() / scale + 0.0))
}

impl Generate for AdvancedGeometry {
    const NAME: &'static str = "advanced_geometry";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("min_coord", "min_coord", Levels::Ints(&[-10, -100, -1000, -10_000])),
        Attribute::scalar("max_coord", "max_coord", Levels::Ints(&[10, 100, 1000, 10_000])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, min_coord, -100_000..=100_000)?;
        within!(config, max_coord, -100_000..=100_000)?;
        if config.min_coord >= config.max_coord {
            return Err(InvalidConfig::new(
                "max_coord",
                format!("{} is not more than `min_coord`, {}", config.max_coord, config.min_coord),
            ));
        }
        if config.task_types.is_empty() {
            return Err(InvalidConfig::new("task_types", "empty; give some of \"orthocenter\", \"incircle_radius\", \"angle_measure\""));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let task = *rng.choose(&config.task_types);
        let [a, b, c] = [(); 3].map(|()| (rng.int(config.min_coord, config.max_coord), rng.int(config.min_coord, config.max_coord)));
        let triangle = Triangle { a, b, c };
        if triangle.doubled_area() == 0 {
            return None;
        }
        let (question, answer, mut metadata) = triangle.task(task)?;
        for (name, point) in [("A", a), ("B", b), ("C", c)] {
            metadata[name] = json!([point.0.to_string(), point.1.to_string()]);
        }
        metadata["task_type"] = json!(task);
        metadata["difficulty"] = json!({"min_coord": config.min_coord, "max_coord": config.max_coord});
        Some(Problem { question: format!("A triangle has the corners A = {a:?}, B = {b:?} and C = {c:?}. {question}"), answer, metadata })
    }
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
        check::score(&AdvancedGeometry, "1.41", "1.414", radius("sqrt(2)", std::f64::consts::SQRT_2), [0.01, 0.0]);
        check::score(&AdvancedGeometry, "1.4142", "1.414", radius("sqrt(2)", std::f64::consts::SQRT_2), [0.01, 1.0]);
    }

    #[test]
    fn triangles_are_measured_right() {
        let triangle = Triangle { a: (0, 0), b: (4, 0), c: (0, 3) };
        assert_eq!(triangle.orthocenter(), (Ratio::from(0), Ratio::from(0)), "the right angle");
        assert_eq!(triangle.incircle_radius(), 1.0);
        assert!((triangle.degrees() - 0.75_f64.atan().to_degrees()).abs() < 1e-12);
        let oblique = Triangle { a: (-7, -10), b: (-2, -3), c: (-3, -6) };
        assert!((oblique.degrees() - 17.10272896905237).abs() < 1e-12);
        let (x, y) = oblique.orthocenter();
        let height = (x + 7) * (-3 + 2) + (y + 10) * (-6 + 3);
        assert_eq!(height, Ratio::from(0), "on the altitude from A");
    }
}
