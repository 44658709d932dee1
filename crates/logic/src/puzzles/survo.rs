//! Filling the holes of a table of sums with given numbers.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::number_board::{self, Cell};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Survo;

impl Puzzle for Survo {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Put given numbers into the holes of a table so that the sums of its rows and columns hold."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "any way to fill the table that keeps the rules counts, not only the stored one",
            "words and lines of text beside the table earn nothing; upstream overlooks them",
            "the table may have commas or bars between numbers, or stand in a Markdown fence",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let table: Table = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(match mode {
            Mode::Parity => Grade::binary(whole_numbers(answer, table.solution.len() + 1) == table.solution),
            Mode::Strict => {
                let size = table.puzzle.len();
                let rows = number_board::read(answer, (size, size), Cell::Number, &[]);
                rows.map_or_else(|| Grade::unreadable("not one table of this size"), |rows| Grade::binary(table.is_filled_by(&rows)))
            }
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// A square table whose last row and column are sums; 0 is a hole.
#[derive(Deserialize)]
struct Table {
    puzzle: Vec<Vec<u32>>,
    solution: Vec<Vec<i64>>,
    candidate_numbers: Vec<u32>,
}

impl Table {
    fn is_filled_by(&self, rows: &[Vec<u32>]) -> bool {
        let cells = || self.puzzle.iter().flatten().zip(rows.iter().flatten());
        let keeps_the_given = cells().all(|(given, found)| *given == 0 || given == found);
        let mut used: Vec<u32> = cells().filter(|(given, _)| **given == 0).map(|(_, found)| *found).collect();
        let mut numbers = self.candidate_numbers.clone();
        used.sort_unstable();
        numbers.sort_unstable();
        keeps_the_given && used == numbers && sums_hold(rows)
    }
}

fn sums_hold(rows: &[Vec<u32>]) -> bool {
    let holds = |line: &[u32]| {
        line.split_last().is_some_and(|(sum, parts)| parts.iter().map(|part| u64::from(*part)).sum::<u64>() == u64::from(*sum))
    };
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<u32>>();
    rows.iter().all(|row| holds(row)) && (0..rows.len()).all(|at| holds(&column(at)))
}

/// Upstream's reading: every word that is a whole number is a cell, and lines without any are overlooked. At most `limit` rows.
fn whole_numbers(answer: &str, limit: usize) -> Vec<Vec<i64>> {
    let cell = |word: &str| python::int(word).map(|value| value.to_i64().unwrap_or(i64::MAX));
    let row = |line: &str| line.split(python::is_space).filter_map(cell).collect::<Vec<i64>>();
    answer.split('\n').map(row).filter(|row| !row.is_empty()).take(limit).collect()
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_board_size: usize,
    max_board_size: usize,
    min_empty: usize,
    max_empty: usize,
    min_num: u32,
    max_num: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_board_size: 4, max_board_size: 5, min_empty: 3, max_empty: 5, min_num: 1, max_num: 9 }
    }
}

impl Generate for Survo {
    const NAME: &'static str = "survo";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("board_size", "min_board_size", "max_board_size", Levels::Ints(&[4, 5, 6, 7])),
        Attribute::range("empty", "min_empty", "max_empty", Levels::Ints(&[4, 9, 16, 25])),
    ];

    /// Upstream wants the smallest board to have room for the most holes, which its curriculum does not keep from level 2 on; here it is the least holes for the
    /// smallest and the most for the largest.
    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_board_size, max_board_size, 4..=12)?;
        bounds!(config, min_empty, max_empty, 1..=(config.max_board_size - 1).pow(2))?;
        if config.min_empty > (config.min_board_size - 1).pow(2) {
            return Err(InvalidConfig::new("min_empty", "more than the smallest board has room for"));
        }
        bounds!(config, min_num, max_num, 1..=100_000)?;
        if config.min_num == config.max_num {
            return Err(InvalidConfig::new("max_num", "not greater than `min_num`"));
        }
        Ok(())
    }

    /// A table with one solution. It has fewer holes than drawn where more would leave a second one, but no fewer than the least.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let size = rng.size(config.min_board_size, config.max_board_size);
        let wanted = rng.size(config.min_empty, config.max_empty);
        let solution = with_sums(size - 1, || rng.int(config.min_num.into(), config.max_num.into()) as u32);
        let mut cells: Vec<(usize, usize)> = (0..size - 1).flat_map(|row| (0..size - 1).map(move |column| (row, column))).collect();
        rng.shuffle(&mut cells);
        let mut puzzle = solution.clone();
        let mut numbers = Vec::new();
        for (row, column) in cells {
            if numbers.len() == wanted {
                break;
            }
            let number = std::mem::take(&mut puzzle[row][column]);
            numbers.push(number);
            if !has_one_solution(&puzzle, &numbers) {
                puzzle[row][column] = number;
                numbers.pop();
            }
        }
        if numbers.len() < config.min_empty {
            return None;
        }
        Some(Problem {
            question: format!(
                "In this table of {size} rows and {size} columns the last number of each row is the sum of the others in the row, and the last number of each \
                 column the sum of the others in the column:\n\n{}\n\nPut these numbers in the places of the zeros, each once: {numbers:?}. Answer with the whole \
                 table in the same form.",
                lay_out(&puzzle),
            ),
            answer: lay_out(&solution),
            metadata: json!({
                "puzzle": puzzle,
                "solution": solution,
                "candidate_numbers": numbers,
                "board_size": size,
                "num_empty": numbers.len(),
                "min_num": config.min_num,
                "max_num": config.max_num,
                "difficulty": {
                    "board_size": [config.min_board_size, config.max_board_size],
                    "empty": [config.min_empty, config.max_empty],
                },
            }),
        })
    }
}

/// A table of numbers that are drawn, `size` in each row and column, and their sums.
fn with_sums(size: usize, mut draw: impl FnMut() -> u32) -> Vec<Vec<u32>> {
    let mut table: Vec<Vec<u32>> = (0..size).map(|_| (0..size).map(|_| draw()).collect()).collect();
    for row in &mut table {
        row.push(row.iter().sum());
    }
    table.push((0..=size).map(|column| table.iter().map(|row| row[column]).sum()).collect());
    table
}

fn lay_out(table: &[Vec<u32>]) -> String {
    let row = |row: &Vec<u32>| row.iter().map(u32::to_string).collect::<Vec<_>>().join(" ");
    table.iter().map(row).collect::<Vec<_>>().join("\n")
}

/// How many numbers may be tried in holes to see whether there is a second solution.
const TRIALS: u32 = 5000;

/// Whether there is exactly one way to put the numbers into the holes of a table. False also when that takes too long to see.
fn has_one_solution(puzzle: &[Vec<u32>], numbers: &[u32]) -> bool {
    let size = puzzle.len() - 1;
    let holes =
        (0..size).flat_map(|row| (0..size).map(move |column| (row, column))).filter(|(row, column)| puzzle[*row][*column] == 0).collect();
    let lacking = |sum: u32, parts: &mut dyn Iterator<Item = u32>| {
        let (mut sum, mut holes) = (sum, 0);
        for part in parts {
            sum -= part;
            holes += usize::from(part == 0);
        }
        Line { sum, holes }
    };
    let rows = puzzle[..size].iter().map(|row| lacking(row[size], &mut row[..size].iter().copied())).collect();
    let columns = (0..size).map(|column| lacking(puzzle[size][column], &mut puzzle[..size].iter().map(|row| row[column]))).collect();
    let mut stock: Vec<(u32, usize)> = Vec::new();
    let mut sorted = numbers.to_vec();
    sorted.sort_unstable();
    for same in sorted.chunk_by(|a, b| a == b) {
        stock.push((same[0], same.len()));
    }
    let mut search = Search { holes, rows, columns, stock, trials: TRIALS, found: 0 };
    search.count_from(0);
    search.found == 1 && search.trials > 0
}

/// What the holes of a row or column must add up to.
struct Line {
    sum: u32,
    holes: usize,
}

impl Line {
    /// Whether a number may go into one of the holes, given the least and the greatest number of all.
    fn takes(&self, number: u32, least: u32, greatest: u32) -> bool {
        let others = self.holes as u32 - 1;
        self.sum.checked_sub(number).is_some_and(|rest| (others * least..=others * greatest).contains(&rest))
    }
}

struct Search {
    /// Row by row.
    holes: Vec<(usize, usize)>,
    rows: Vec<Line>,
    columns: Vec<Line>,
    /// The numbers in order, and how many there are left of each.
    stock: Vec<(u32, usize)>,
    trials: u32,
    found: u32,
}

impl Search {
    /// Counts the ways to fill the holes from this one on, up to two ways or the last trial.
    fn count_from(&mut self, at: usize) {
        let Some(&(row, column)) = self.holes.get(at) else {
            self.found += 1;
            return;
        };
        let (least, greatest) = (self.stock[0].0, self.stock[self.stock.len() - 1].0);
        for kind in 0..self.stock.len() {
            let (number, left) = self.stock[kind];
            if left == 0 || !self.rows[row].takes(number, least, greatest) || !self.columns[column].takes(number, least, greatest) {
                continue;
            }
            if self.found > 1 || self.trials == 0 {
                return;
            }
            self.trials -= 1;
            self.stock[kind].1 -= 1;
            for line in [&mut self.rows[row], &mut self.columns[column]] {
                line.sum -= number;
                line.holes -= 1;
            }
            self.count_from(at + 1);
            self.stock[kind].1 += 1;
            for line in [&mut self.rows[row], &mut self.columns[column]] {
                line.sum += number;
                line.holes += 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Survo);
    }

    #[test]
    fn any_table_that_keeps_the_rules_is_right() {
        let metadata = json!({
            "puzzle": [[0, 0, 3], [0, 0, 3], [3, 3, 6]],
            "solution": [[1, 2, 3], [2, 1, 3], [3, 3, 6]],
            "candidate_numbers": [1, 1, 2, 2],
            "board_size": 3,
        });
        for (answer, parity, strict) in [
            ("1 2 3\n2 1 3\n3 3 6", 1.0, 1.0),
            ("Table:\n1 2 = 3\n2 1 = 3\n3 3 = 6", 1.0, 0.0),
            ("1, 2, 3\n2, 1, 3\n3, 3, 6", 0.0, 1.0),
            ("2 1 3\n1 2 3\n3 3 6", 0.0, 1.0),
            ("0 3 3\n3 0 3\n3 3 6", 0.0, 0.0),
            ("1 2 3\n2 1 3", 0.0, 0.0),
        ] {
            check::score(&Survo, answer, "1 2 3\n2 1 3\n3 3 6", metadata.clone(), [parity, strict]);
        }
    }

    #[test]
    fn tables_with_two_solutions_are_seen() {
        let table = |holes: [u32; 4]| [vec![holes[0], holes[1], 3], vec![holes[2], holes[3], 3], vec![3, 3, 6]];
        assert!(!has_one_solution(&table([0, 0, 0, 0]), &[1, 2, 2, 1]));
        assert!(has_one_solution(&table([0, 0, 2, 0]), &[1, 2, 1]));
        assert!(!has_one_solution(&table([0, 0, 2, 0]), &[1, 2, 2]));
    }
}
