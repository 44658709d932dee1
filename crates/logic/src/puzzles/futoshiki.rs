//! Filling a Latin square whose neighbouring cells are partly known to be less or greater.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::latin::{Board, Latin, MAX_SIZE};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, number_board};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// What may stand between two cells: less and greater, in a row or a column.
const SIGNS: &[char] = &['<', '>', '∧', '∨', '^', 'v'];

pub(crate) struct Futoshiki;

impl Puzzle for Futoshiki {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Complete a Latin square with signs of inequality; right numbers in the empty cells earn their share."
    }

    /// As for every board; the signs belong to the layout.
    fn deltas(&self) -> &'static [&'static str] {
        number_board::DELTAS
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        number_board::score(answer, entry, mode, SIGNS)
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_board_size: usize,
    max_board_size: usize,
    min_difficulty: usize,
    max_difficulty: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_board_size: 4, max_board_size: 9, min_difficulty: 0, max_difficulty: 3 }
    }
}

impl Generate for Futoshiki {
    const NAME: &'static str = "futoshiki";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("board_size", "min_board_size", "max_board_size", Levels::Ints(&[4, 6, 7, 9])),
        Attribute::range("difficulty", "min_difficulty", "max_difficulty", Levels::Ints(&[0, 1, 2, 3])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_board_size, max_board_size, 4..=MAX_SIZE)?;
        bounds!(config, min_difficulty, max_difficulty, 0..=10)
    }

    /// A board with one solution. The more signs there are, the fewer numbers have to be given; at least a tenth of the cells are.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let size = rng.size(config.min_board_size, config.max_board_size);
        let difficulty = rng.size(config.min_difficulty, config.max_difficulty);
        let square = Latin::new(size).random(rng)?;
        let signs = Signs::draw(&square, size, 0.03 + 0.07 * difficulty as f64, rng);
        let cells = size * size;
        let Board { puzzle, solution, .. } = Latin::new(size).ordered(&signs.ordered).emptied(&square, cells - cells / 10, rng);
        Some(Problem {
            question: format!(
                "Complete this {size}x{size} futoshiki: put a number for every underscore so that each row and each column has all numbers from 1 to {size}, \
                 and the signs between cells hold: < and > between neighbours in a row; between a cell and the one below it, ∧ where the upper is less and ∨ \
                 where it is greater.\n\n{}\n\nAnswer with the whole board in the same form, signs included.",
                signs.lay_out(&puzzle),
            ),
            answer: signs.lay_out(&solution),
            metadata: json!({
                "puzzle": puzzle,
                "constraints": signs.constraints(),
                "solution": solution,
                "board_size": size,
                "difficulty_rating": difficulty,
                "difficulty": {
                    "board_size": [config.min_board_size, config.max_board_size],
                    "difficulty": [config.min_difficulty, config.max_difficulty],
                },
            }),
        })
    }
}

/// The signs of a board.
struct Signs {
    size: usize,
    /// Pairs of neighbouring cells, the lesser first. Cells are numbered row by row.
    ordered: Vec<(usize, usize)>,
}

impl Signs {
    /// Signs that hold in a square, between two neighbours with this probability.
    fn draw(square: &[u32], size: usize, probability: f64, rng: &mut Rng) -> Self {
        let right = (0..square.len()).filter(|cell| cell % size + 1 < size).map(|cell| (cell, cell + 1));
        let below = (0..square.len() - size).map(|cell| (cell, cell + size));
        let drawn = right.chain(below).filter(|_| rng.chance(probability));
        let ordered = drawn.map(|(one, other)| if square[one] < square[other] { (one, other) } else { (other, one) }).collect();
        Self { size, ordered }
    }

    /// `true` if the first is less, `false` if it is greater, nothing if there is no sign.
    fn between(&self, one: usize, other: usize) -> Option<bool> {
        let has = |pair: (usize, usize)| self.ordered.contains(&pair);
        if has((one, other)) { Some(true) } else { has((other, one)).then_some(false) }
    }

    /// As upstream has them: row and column of both cells, the upper or left one first, and the sign.
    fn constraints(&self) -> Vec<(usize, usize, usize, usize, &'static str)> {
        let place = |cell: usize| (cell / self.size, cell % self.size);
        let constraint = |&(less, greater): &(usize, usize)| {
            let ((row, column), (other_row, other_column)) = (place(less.min(greater)), place(less.max(greater)));
            (row, column, other_row, other_column, if less < greater { "<" } else { ">" })
        };
        self.ordered.iter().map(constraint).collect()
    }

    /// The board as text, each row on a line and the signs between rows on lines of their own.
    fn lay_out(&self, board: &[Vec<u32>]) -> String {
        let sign = |one, other, [less, greater]: [&str; 2]| match self.between(one, other) {
            Some(true) => less.to_owned(),
            Some(false) => greater.to_owned(),
            None => " ".to_owned(),
        };
        let size = self.size;
        let mut lines = Vec::new();
        for (row, numbers) in board.iter().enumerate() {
            let mut line = Vec::new();
            let mut below = Vec::new();
            for (cell, number) in (row * size..).zip(numbers) {
                line.push(if *number == 0 { "_".to_owned() } else { number.to_string() });
                line.push(sign(cell, cell + 1, ["<", ">"]));
                below.push(sign(cell, cell + size, ["∧", "∨"]));
            }
            lines.push(line.join(" ").trim_end().to_owned());
            lines.push(below.join("   ").trim_end().to_owned());
        }
        lines.pop();
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Futoshiki);
    }

    #[test]
    fn signs_are_laid_out_between_cells() {
        let signs = Signs { size: 3, ordered: vec![(0, 1), (2, 1), (3, 0), (2, 5)] };
        let board = vec![vec![2, 3, 1], vec![1, 2, 3], vec![3, 0, 0]];
        assert_eq!(signs.lay_out(&board), "2 < 3 > 1\n∨       ∧\n1   2   3\n\n3   _   _");
        assert_eq!(signs.constraints()[1..3], [(0, 1, 0, 2, ">"), (0, 0, 1, 0, ">")]);
    }

    #[test]
    fn signs_may_be_left_out() {
        let gold = "2 < 3   1\n\n1   2   3\n\n3   1   2";
        let metadata = json!({"puzzle": [[0, 3, 1], [1, 0, 3], [3, 1, 2]], "solution": [[2, 3, 1], [1, 2, 3], [3, 1, 2]]});
        for (answer, parity, strict) in [
            (gold, 1.0, 1.0),
            ("2 3 1\n1 2 3\n3 1 2", 0.9, 1.0),
            ("2 > 3 1\n1 1 3\n3 1 2", 0.9 * (8.0 / 9.0), 0.5),
            ("2 3 1\n1 2 3\n3 2 1", 0.9 * (7.0 / 9.0), 0.0),
        ] {
            check::score(&Futoshiki, answer, gold, metadata.clone(), [parity, strict]);
        }
    }
}
