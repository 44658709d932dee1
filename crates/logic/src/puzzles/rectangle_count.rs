//! Counting the rectangles whose outlines are drawn in a grid of characters.

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct RectangleCount;

impl Puzzle for RectangleCount {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Cognition
    }

    fn summary(&self) -> &'static str {
        "Count the outlines of rectangles in a drawing."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "only the exact count earns anything: upstream's credit for near counts, 0.64 for the next one, rewards saying the same small number each time",
            "the number may be written in any form",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        match (mode, answer) {
            (Mode::Parity, Some(answer)) => {
                let (Some(expect), Some(given)) = (python::int(&gold.replace('\n', "")), python::int(answer)) else {
                    return Ok(Grade::unreadable("not a whole number"));
                };
                Ok(Grade::of(nearness(&expect, &given)))
            }
            _ => Ok(scoring::number(answer, gold, mode)),
        }
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// Upstream's credit: 0.8 less 0.16 for each rectangle too many or too few.
fn nearness(expect: &BigInt, given: &BigInt) -> f64 {
    match (expect - given).abs().to_u8() {
        Some(0) => 1.0,
        Some(distance) if distance < 5 => 0.8 * (1.0 - f64::from(distance) / 5.0),
        _ => 0.0,
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    max_rectangles: usize,
    width: i64,
    height: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { max_rectangles: 10, width: 80, height: 80 }
    }
}

/// An outline by the rows and columns of its edges.
struct Rectangle {
    left: i64,
    right: i64,
    top: i64,
    bottom: i64,
}

/// An edge at `at` across and from `from` to `to` along it.
#[derive(Clone, Copy)]
struct Edge {
    at: i64,
    from: i64,
    to: i64,
}

impl Edge {
    /// Whether two edges in the same direction share a cell or lie side by side.
    fn touches(self, other: Self) -> bool {
        (self.at - other.at).abs() <= 1 && self.from <= other.to + 1 && other.from <= self.to + 1
    }

    /// Whether an edge at right angles meets this one other than by passing through the inside of both.
    fn abuts(self, other: Self) -> bool {
        let across = other.from < self.at && self.at < other.to && self.from < other.at && other.at < self.to;
        let near = other.from <= self.at + 1 && self.at <= other.to + 1 && self.from <= other.at + 1 && other.at <= self.to + 1;
        near && !across
    }
}

impl Rectangle {
    /// At least three cells wide and high.
    fn draw(config: &Config, rng: &mut Rng) -> Self {
        let left = rng.int(0, config.width - 3);
        let right = rng.int(left + 2, config.width - 1);
        let top = rng.int(0, config.height - 3);
        let bottom = rng.int(top + 2, config.height - 1);
        Self { left, right, top, bottom }
    }

    fn horizontal(&self) -> [Edge; 2] {
        [self.top, self.bottom].map(|at| Edge { at, from: self.left, to: self.right })
    }

    fn vertical(&self) -> [Edge; 2] {
        [self.left, self.right].map(|at| Edge { at, from: self.top, to: self.bottom })
    }

    /// Whether the two can be told apart wherever they meet: edges only cross. Were corners to touch edges or one another, one drawing
    /// could have several counts; a wide and a high rectangle that cross look like four that touch at their corners.
    fn is_clear_of(&self, other: &Self) -> bool {
        let parallel = |one: [Edge; 2], two: [Edge; 2]| one.iter().any(|a| two.iter().any(|b| a.touches(*b)));
        let angled = |one: [Edge; 2], two: [Edge; 2]| one.iter().any(|a| two.iter().any(|b| a.abuts(*b)));
        !parallel(self.horizontal(), other.horizontal())
            && !parallel(self.vertical(), other.vertical())
            && !angled(self.horizontal(), other.vertical())
            && !angled(self.vertical(), other.horizontal())
    }

    fn cells(&self) -> impl Iterator<Item = (i64, i64)> {
        let rows = [self.top, self.bottom].into_iter().flat_map(|row| (self.left..=self.right).map(move |column| (row, column)));
        rows.chain([self.left, self.right].into_iter().flat_map(|column| (self.top + 1..self.bottom).map(move |row| (row, column))))
    }
}

/// As many of `count` as find a place.
fn place(config: &Config, count: usize, rng: &mut Rng) -> Vec<Rectangle> {
    const ATTEMPTS: u32 = 5000;
    let mut placed: Vec<Rectangle> = Vec::new();
    for _ in 0..ATTEMPTS {
        if placed.len() == count {
            break;
        }
        let rectangle = Rectangle::draw(config, rng);
        if placed.iter().all(|other| rectangle.is_clear_of(other)) {
            placed.push(rectangle);
        }
    }
    placed
}

fn picture(config: &Config, rectangles: &[Rectangle]) -> String {
    let width = config.width as usize;
    let mut cells = vec![' '; width * config.height as usize];
    for (row, column) in rectangles.iter().flat_map(Rectangle::cells) {
        let cell = &mut cells[row as usize * width + column as usize];
        *cell = if *cell == ' ' { '#' } else { '█' };
    }
    cells.chunks(width).map(|row| row.iter().chain(&['\n']).collect::<String>()).collect()
}

impl Generate for RectangleCount {
    const NAME: &'static str = "rectangle_count";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::scalar("max_rectangles", "max_rectangles", Levels::Ints(&[5, 10, 15, 20, 25]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, max_rectangles, 1..=100)?;
        within!(config, width, 10..=500)?;
        within!(config, height, 10..=500)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let rectangles = place(config, rng.size(1, config.max_rectangles), rng);
        let picture = picture(config, &rectangles);
        let count = rectangles.len();
        Some(Problem {
            question: format!(
                "The outlines of rectangles are drawn below in '#'; where two of them cross stands '█'. They may lie inside one another. \
                 Edges only cross: no corner lies on another rectangle's outline. How many rectangles are there? Answer with the number \
                 alone.\n\n{picture}"
            ),
            answer: count.to_string(),
            metadata: json!({
                "puzzle": picture,
                "solution": count,
                "num_rectangles": count,
                "difficulty": {"max_rectangles": config.max_rectangles},
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&RectangleCount);
    }

    #[test]
    fn parity_credits_near_counts() {
        for (answer, parity, strict) in [
            ("12", 1.0, 1.0),
            (" 012\n", 1.0, 1.0),
            ("12.0", 0.0, 1.0),
            ("11", 0.8 * (1.0 - 0.2), 0.0),
            ("16", 0.8 * (1.0 - 0.8), 0.0),
            ("17", 0.0, 0.0),
        ] {
            check::score(&RectangleCount, answer, "12", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn outlines_only_cross() {
        let rectangle = |left, right, top, bottom| Rectangle { left, right, top, bottom };
        let one = rectangle(5, 15, 5, 15);
        for (other, clear) in [
            (rectangle(10, 20, 10, 20), true),
            (rectangle(0, 20, 8, 12), true),
            (rectangle(7, 13, 7, 13), true),
            (rectangle(17, 20, 0, 20), true),
            (rectangle(16, 20, 0, 20), false),
            (rectangle(15, 20, 0, 20), false),
            (rectangle(10, 15, 0, 10), false),
            (rectangle(15, 20, 15, 20), false),
            (rectangle(10, 20, 14, 20), false),
        ] {
            assert_eq!(one.is_clear_of(&other), clear, "{} {} {} {}", other.left, other.right, other.top, other.bottom);
            assert_eq!(other.is_clear_of(&one), clear);
        }
    }
}
