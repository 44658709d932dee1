//! Grids of digits as puzzles print them, a row a line with spaces between, and the forms in which models write such grids and lists.

use crate::python::{self, Value};
use crate::rng::Rng;
use serde::{Serialize, Serializer};
use std::fmt;
use std::ops::{Index, IndexMut};

/// A rectangle of small numbers. It prints as its rows, and serialises as a list of lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    rows: usize,
    columns: usize,
    cells: Vec<u8>,
}

impl Grid {
    /// The grid whose cells are what `cell` gives for each row and column, asked row by row.
    pub(crate) fn from_fn(rows: usize, columns: usize, mut cell: impl FnMut(usize, usize) -> u8) -> Self {
        let mut cells = Vec::with_capacity(rows * columns);
        for row in 0..rows {
            cells.extend((0..columns).map(|column| cell(row, column)));
        }
        Self { rows, columns, cells }
    }

    /// The grid of these cells, row by row.
    ///
    /// # Panics
    /// If they do not fill their last row.
    pub(crate) fn from_cells(columns: usize, cells: Vec<u8>) -> Self {
        assert!(cells.len().is_multiple_of(columns), "the last row is full");
        Self { rows: cells.len() / columns, columns, cells }
    }

    /// Random digits.
    pub(crate) fn digits(rows: usize, columns: usize, rng: &mut Rng) -> Self {
        Self::from_fn(rows, columns, |_, _| rng.below(10) as u8)
    }

    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    pub(crate) fn columns(&self) -> usize {
        self.columns
    }

    /// All cells, row by row.
    pub(crate) fn cells(&self) -> &[u8] {
        &self.cells
    }

    /// The grid with every cell changed by `change`.
    pub(crate) fn map(mut self, change: impl Fn(u8) -> u8) -> Self {
        self.cells.iter_mut().for_each(|cell| *cell = change(*cell));
        self
    }

    /// A quarter turn clockwise.
    pub(crate) fn rotated(&self) -> Self {
        Self::from_fn(self.columns, self.rows, |row, column| self[(self.rows - 1 - column, row)])
    }

    /// The steps from each cell to the nearest one that `starts`, going up, down, left and right over cells that are `open`; `None` where no way leads.
    pub(crate) fn steps(&self, starts: impl Fn(u8) -> bool, open: impl Fn(u8) -> bool) -> Vec<Option<u32>> {
        let mut steps: Vec<Option<u32>> = self.cells.iter().map(|&cell| starts(cell).then_some(0)).collect();
        let mut queue: Vec<usize> = (0..self.cells.len()).filter(|&at| steps[at].is_some()).collect();
        let mut next = 0;
        while let Some(&at) = queue.get(next) {
            next += 1;
            let (row, column) = (at / self.columns, at % self.columns);
            let neighbours = [
                (row > 0).then(|| at - self.columns),
                (row + 1 < self.rows).then(|| at + self.columns),
                (column > 0).then(|| at - 1),
                (column + 1 < self.columns).then(|| at + 1),
            ];
            for neighbour in neighbours.into_iter().flatten() {
                if steps[neighbour].is_none() && open(self.cells[neighbour]) {
                    steps[neighbour] = steps[at].map(|count| count + 1);
                    queue.push(neighbour);
                }
            }
        }
        steps
    }
}

impl Index<(usize, usize)> for Grid {
    type Output = u8;

    fn index(&self, (row, column): (usize, usize)) -> &u8 {
        &self.cells[row * self.columns + column]
    }
}

impl IndexMut<(usize, usize)> for Grid {
    fn index_mut(&mut self, (row, column): (usize, usize)) -> &mut u8 {
        &mut self.cells[row * self.columns + column]
    }
}

impl fmt::Display for Grid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows: Vec<String> = self.cells.chunks(self.columns).map(spaced).collect();
        f.write_str(&rows.join("\n"))
    }
}

impl Serialize for Grid {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.cells.chunks(self.columns))
    }
}

/// The items with spaces between.
pub(crate) fn spaced<T: ToString>(items: &[T]) -> String {
    items.iter().map(T::to_string).collect::<Vec<_>>().join(" ")
}

/// Whether both are the same rows of numbers, each in any form that [`read_rows`] knows.
pub(crate) fn same_rows(answer: &str, gold: &str) -> bool {
    read_rows(answer).is_some_and(|rows| read_rows(gold).as_ref() == Some(&rows))
}

/// Whether both are the same list of numbers, each in any form that [`read_list`] knows.
pub(crate) fn same_list(answer: &str, gold: &str) -> bool {
    read_list(answer).is_some_and(|list| read_list(gold).as_ref() == Some(&list))
}

/// Rows of numbers: a line each with white space between the numbers, or a list of lists as Python or JSON writes it. Either may stand in a Markdown fence.
pub(crate) fn read_rows(text: &str) -> Option<Vec<Vec<f64>>> {
    let text = python::strip(python::unfenced(text));
    let lines: Option<_> = text.lines().filter(|line| !line.trim().is_empty()).map(words).collect();
    lines.or_else(|| python::literal(text)?.as_sequence()?.iter().map(|row| row.as_sequence().and_then(values)).collect())
}

/// Numbers with white space between, or a list of them as Python or JSON writes it. Either may stand in a Markdown fence.
pub(crate) fn read_list(text: &str) -> Option<Vec<f64>> {
    let text = python::strip(python::unfenced(text));
    words(text).or_else(|| values(python::literal(text)?.as_sequence()?))
}

fn words(line: &str) -> Option<Vec<f64>> {
    let number = |word: &str| word.parse::<u32>().map_or_else(|_| python::float(word), |value| Some(value.into()));
    line.split_whitespace().map(number).collect()
}

fn values(items: &[Value]) -> Option<Vec<f64>> {
    let number = |item: &Value| match item {
        Value::Int(_) | Value::Float(_) => item.as_f64(),
        Value::Str(text) => python::float(text),
        _ => None,
    };
    items.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_many_forms() {
        for same in ["1 2\n3 4", " 1  2 \r\n3 4\n", "[[1, 2], [3, 4]]", "((1,2),(3,4.0))", "[['1', '2'], ['3', '4']]", "```\n1 2\n3 4\n```"]
        {
            assert!(same_rows(same, "1 2\n3 4"), "{same}");
        }
        for other in ["1 2 3 4", "1 3\n2 4", "The answer is 1 2\n3 4", "1 2\n3 4\n1 2\n3 4", "", "[1, 2, 3, 4]", "[[1, 2], [3, 4]", "nan"] {
            assert!(!same_rows(other, "1 2\n3 4"), "{other}");
        }
        assert!(same_list("[1, 2]", "1 2") && same_list("1\n2", "1 2") && same_list("1, 2", "1 2") && !same_list("", "1 2"));
    }

    #[test]
    fn a_grid_turns_and_prints() {
        let grid = Grid::from_fn(2, 3, |row, column| (3 * row + column) as u8);
        assert_eq!(grid.to_string(), "0 1 2\n3 4 5");
        assert_eq!(grid.rotated().to_string(), "3 0\n4 1\n5 2");
        assert_eq!(serde_json::to_string(&grid).unwrap(), "[[0,1,2],[3,4,5]]");
    }

    #[test]
    fn steps_go_around_walls() {
        let grid = Grid::from_fn(2, 3, |row, column| u8::from(row == 0 && column == 1));
        let steps = Grid { cells: vec![2, 1, 0, 0, 0, 0], ..grid }.steps(|cell| cell == 2, |cell| cell == 0);
        assert_eq!(steps, [Some(0), None, Some(4), Some(1), Some(2), Some(3)]);
    }
}
