//! Conway's Game of Life on a board whose edges wrap around.

use crate::grid::Grid;

/// The board after so many steps.
pub(crate) fn evolve(board: &Grid, steps: usize) -> Grid {
    let mut board = board.clone();
    for _ in 0..steps {
        if is_dead(&board) {
            break;
        }
        board = step(&board);
    }
    board
}

/// Whether no cell lives.
pub(crate) fn is_dead(board: &Grid) -> bool {
    board.cells().iter().all(|&cell| cell == 0)
}

/// A cell lives on with two or three living neighbours of its eight, and is born with three.
fn step(board: &Grid) -> Grid {
    let (rows, columns) = (board.rows(), board.columns());
    // Each cell with its left and right neighbour; three such sums above one another are a cell's whole surroundings and the cell itself.
    let mut across = Vec::with_capacity(rows * columns);
    for row in board.cells().chunks(columns) {
        across.extend((0..columns).map(|at| row[(at + columns - 1) % columns] + row[at] + row[(at + 1) % columns]));
    }
    let line = |row: usize| &across[row * columns..(row + 1) * columns];
    let mut next = Vec::with_capacity(rows * columns);
    for (row, cells) in board.cells().chunks(columns).enumerate() {
        let (above, here, below) = (line((row + rows - 1) % rows), line(row), line((row + 1) % rows));
        next.extend((0..columns).map(|at| {
            let total = above[at] + here[at] + below[at];
            u8::from(total == 3 || total == 4 && cells[at] == 1)
        }));
    }
    Grid::from_cells(columns, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(before: [&str; 5], steps: usize, after: [&str; 5]) {
        let read = |rows: [&str; 5]| Grid::from_fn(5, 5, |row, column| u8::from(rows[row].as_bytes()[column] == b'O'));
        assert_eq!(evolve(&read(before), steps), read(after));
    }

    #[test]
    fn known_patterns_live_as_known() {
        let glider = [".O...", "..O..", "OOO..", ".....", "....."];
        check(glider, 4, [".....", "..O..", "...O.", ".OOO.", "....."]);
        check(glider, 20, glider);
        check([".....", "..O..", "..O..", "..O..", "....."], 1, [".....", ".....", ".OOO.", ".....", "....."]);
        check(["O...O", ".....", ".....", ".....", "O...."], 1, ["O...O", ".....", ".....", ".....", "O...O"]);
        check(["O....", ".....", ".....", ".....", "....."], 3, ["....."; 5]);
    }
}
