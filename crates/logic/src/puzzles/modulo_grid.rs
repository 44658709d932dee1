//! Completing a grid whose pattern is a remainder: a cell is set when a function of its coordinates leaves a certain remainder.

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct ModuloGrid;

impl Puzzle for ModuloGrid {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Cognition
    }

    fn summary(&self) -> &'static str {
        "Find the rule of remainders behind a grid of marks and fill in its holes."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["an answer that contains the grid beside other text earns nothing", "white space around the grid is ignored"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::text(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// `max_target` may be 0 here, for multiples of the divisor: upstream's curriculum sets it so and its validation then refuses it.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    size_x: usize,
    size_y: usize,
    max_divisor: u64,
    max_target: u64,
    max_holes: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { size_x: 20, size_y: 20, max_divisor: 20, max_target: 20, max_holes: 1 }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Operation {
    Sum,
    Diff,
    Prod,
    Pow,
}

impl Operation {
    const ALL: [Self; 4] = [Self::Sum, Self::Diff, Self::Prod, Self::Pow];

    fn name(self) -> &'static str {
        match self {
            Self::Sum => "sum",
            Self::Diff => "diff",
            Self::Prod => "prod",
            Self::Pow => "pow",
        }
    }

    /// The remainder of `x OPERATION y`; 0 to the power 0 is 1.
    fn remainder(self, x: u64, y: u64, divisor: u64) -> u64 {
        match self {
            Self::Sum => (x + y) % divisor,
            Self::Diff => x.abs_diff(y) % divisor,
            Self::Prod => x * y % divisor,
            Self::Pow => {
                let (mut base, mut exponent, mut power) = (x % divisor, y, 1 % divisor);
                while exponent > 0 {
                    if exponent & 1 == 1 {
                        power = power * base % divisor;
                    }
                    base = base * base % divisor;
                    exponent >>= 1;
                }
                power
            }
        }
    }
}

/// What decides about a cell.
#[derive(Clone, Copy)]
struct Rule {
    operation: Operation,
    divisor: u64,
    target: u64,
}

impl Rule {
    fn marks(self, (x, y): (u64, u64)) -> bool {
        self.operation.remainder(x, y, self.divisor) == self.target
    }
}

/// The cells, row by row, with their marks.
struct Grid {
    width: usize,
    cells: Vec<((u64, u64), bool)>,
}

impl Grid {
    fn new(config: &Config, rule: Rule) -> Self {
        let places = (0..config.size_y as u64).flat_map(|y| (0..config.size_x as u64).map(move |x| (x, y)));
        Self { width: config.size_x, cells: places.map(|place| (place, rule.marks(place))).collect() }
    }

    /// Whether every rule that agrees with the grid outside the holes agrees with it inside them, too.
    fn decided_without(&self, holes: &[bool], max_divisor: u64) -> bool {
        let cells_where = |hole: bool| self.cells.iter().zip(holes).filter(move |(_, is_hole)| **is_hole == hole).map(|(cell, _)| *cell);
        let visible: Vec<_> = cells_where(false).collect();
        // A mark that is visible gives the remainder, so one rule is left for each operation and divisor.
        let Some(&((x, y), _)) = visible.iter().find(|(_, mark)| *mark) else { return false };
        let rules = Operation::ALL.into_iter().flat_map(|operation| (1..=max_divisor).map(move |divisor| (operation, divisor)));
        rules.map(|(operation, divisor)| Rule { operation, divisor, target: operation.remainder(x, y, divisor) }).all(|rule| {
            let agrees = |(place, mark): ((u64, u64), bool)| rule.marks(place) == mark;
            !visible.iter().copied().all(agrees) || cells_where(true).all(agrees)
        })
    }

    fn draw(&self, holes: &[bool]) -> String {
        let sign = |((_, mark), hole): (&((u64, u64), bool), &bool)| match (hole, mark) {
            (true, _) => '❔',
            (false, true) => '✅',
            (false, false) => '❌',
        };
        let signs: Vec<char> = self.cells.iter().zip(holes).map(sign).collect();
        signs.chunks(self.width).map(|row| row.iter().collect()).collect::<Vec<String>>().join("\n")
    }
}

impl Generate for ModuloGrid {
    const NAME: &'static str = "modulo_grid";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("size_x", "size_x", Levels::Ints(&[20, 40, 60, 80])),
        Attribute::scalar("size_y", "size_y", Levels::Ints(&[20, 40, 60, 80])),
        Attribute::scalar("max_holes", "max_holes", Levels::Ints(&[1, 5, 10, 15])),
        Attribute::scalar("max_divisor", "max_divisor", Levels::Ints(&[3, 5, 7, 15, 17, 49])),
        Attribute::scalar("max_target", "max_target", Levels::Ints(&[1, 0, 3, 7, 9, 21])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, size_x, 6..=100)?;
        within!(config, size_y, 6..=100)?;
        within!(config, max_divisor, 2..=100)?;
        within!(config, max_target, 0..=100)?;
        let most = config.size_x * config.size_y / 4;
        within!(config, max_holes, 1..=most)
    }

    /// A remainder is less than its divisor, so the target is drawn first; upstream draws until both fit.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let most = config.max_target.min(config.max_divisor - 1);
        let target = rng.int(most.min(1) as i64, most as i64) as u64;
        let divisor = rng.int((target + 1).max(2) as i64, config.max_divisor as i64) as u64;
        let operation = *rng.choose(&Operation::ALL);
        let grid = Grid::new(config, Rule { operation, divisor, target });
        let mut holes = vec![false; grid.cells.len()];
        holes[..config.max_holes].fill(true);
        rng.shuffle(&mut holes);
        grid.decided_without(&holes, config.max_divisor).then(|| Problem {
            question: format!(
                "In this grid a cell is ✅ if some function of its column and row leaves a certain remainder, else ❌. Both are counted \
                 from 0; the function is their sum, their difference, their product, or the column to the power of the row. Work out the \
                 rule and fill in the cells marked ❔. Answer with the whole grid, one row on a line.\n\n{}",
                grid.draw(&holes)
            ),
            answer: grid.draw(&vec![false; grid.cells.len()]),
            metadata: json!({
                "divisor": divisor,
                "target": target,
                "operation": operation.name(),
                "difficulty": {
                    "size_x": config.size_x,
                    "size_y": config.size_y,
                    "holes": config.max_holes,
                    "divisor": config.max_divisor,
                    "target": config.max_target,
                },
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
        check::puzzle(&ModuloGrid);
    }

    #[test]
    fn the_whole_grid_is_right() {
        for (answer, parity, strict) in
            [("❌✅\n✅❌", 1.0, 1.0), ("❌✅ \n✅❌\n", 0.0, 1.0), ("❌✅\n✅❌!", 5.0 / 6.0, 0.0), ("❌✅", 0.0, 0.0)]
        {
            check::score(&ModuloGrid, answer, "❌✅\n✅❌", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn powers_leave_remainders() {
        for (x, y, divisor, remainder) in [(0, 0, 5, 1), (0, 0, 1, 0), (0, 3, 5, 0), (3, 4, 7, 4), (19, 19, 20, 19)] {
            assert_eq!(Operation::Pow.remainder(x, y, divisor), remainder, "{x}^{y} mod {divisor}");
        }
    }

    #[test]
    fn a_hole_over_the_only_mark_is_undecided() {
        let config = Config { size_x: 6, size_y: 6, ..Config::default() };
        // Of the sums only 5 + 5 is 10. A hole at 0 + 0 would leave open whether the divisor is 10.
        let grid = Grid::new(&config, Rule { operation: Operation::Sum, divisor: 20, target: 10 });
        for (hole, decided) in [(35, false), (0, false), (1, true)] {
            let holes: Vec<bool> = (0..36).map(|at| at == hole).collect();
            assert_eq!(grid.decided_without(&holes, 20), decided, "{hole}");
        }
    }
}
