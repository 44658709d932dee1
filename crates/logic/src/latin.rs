//! Squares that hold every number once in each row and column, and as a puzzle asks once in each box or in some order between neighbours: finds random ones, and
//! empties cells for as long as one solution is left. It serves sudoku, mini sudoku and futoshiki.
//!
//! The search keeps for every cell the set of numbers that it may still have, as bits, and draws these conclusions before it tries one: a number found is taken
//! from its row, column and box; a number with one place left in a row, column or box goes there; a cell that is less than another keeps nothing that is not.

use crate::rng::Rng;

/// The largest size of a square.
pub(crate) const MAX_SIZE: usize = 9;

const MAX_CELLS: usize = MAX_SIZE * MAX_SIZE;

/// How many cells a search may set by trial before it gives up.
const TRIALS: u32 = 500;

/// What each cell may hold: bit `n - 1` for the number `n`. Cells are numbered row by row.
type Candidates = [u16; MAX_CELLS];

/// The rules of one kind of square.
pub(crate) struct Latin {
    size: usize,
    /// Groups of cells that hold every number once.
    units: Vec<Vec<usize>>,
    /// The cells that share a unit with each cell.
    peers: Vec<Vec<usize>>,
    /// The cells that are greater than each cell.
    greater: Vec<Vec<usize>>,
    /// The cells that are less than each cell.
    less: Vec<Vec<usize>>,
}

/// A board with one solution and the solution, both as rows.
pub(crate) struct Board {
    pub(crate) puzzle: Vec<Vec<u32>>,
    pub(crate) solution: Vec<Vec<u32>>,
    /// How many cells of the puzzle are empty.
    pub(crate) empty: usize,
}

/// A search that was given up.
struct GivenUp;

impl Latin {
    /// Squares of a size up to [`MAX_SIZE`].
    pub(crate) fn new(size: usize) -> Self {
        assert!(size <= MAX_SIZE, "a size that fits");
        let cells = size * size;
        let rows = (0..size).map(|row| (0..size).map(|column| row * size + column).collect());
        let columns = (0..size).map(|column| (0..size).map(|row| row * size + column).collect());
        let mut latin = Self {
            size,
            units: rows.chain(columns).collect(),
            peers: Vec::new(),
            greater: vec![Vec::new(); cells],
            less: vec![Vec::new(); cells],
        };
        latin.set_peers();
        latin
    }

    /// Every number once also in each box of `side` times `side` cells.
    pub(crate) fn boxed(mut self, side: usize) -> Self {
        let size = self.size;
        let cell = |block: usize, at: usize| {
            let (row, column) = (block / side * side + at / side, block % side * side + at % side);
            row * size + column
        };
        self.units.extend((0..size).map(|block| (0..size).map(|at| cell(block, at)).collect::<Vec<usize>>()));
        self.set_peers();
        self
    }

    /// The first cell of each pair is less than the second.
    pub(crate) fn ordered(mut self, pairs: &[(usize, usize)]) -> Self {
        for &(less, greater) in pairs {
            self.greater[less].push(greater);
            self.less[greater].push(less);
        }
        self
    }

    fn set_peers(&mut self) {
        let peers = |cell: usize| {
            let mut peers: Vec<usize> = self.units.iter().filter(|unit| unit.contains(&cell)).flatten().copied().collect();
            peers.sort_unstable();
            peers.dedup();
            peers.retain(|peer| *peer != cell);
            peers
        };
        self.peers = (0..self.size * self.size).map(peers).collect();
    }

    /// A random square, row by row.
    pub(crate) fn random(&self, rng: &mut Rng) -> Option<Vec<u32>> {
        let mut candidates = [self.all(); MAX_CELLS];
        let mut trials = TRIALS;
        let found = self.find(&mut candidates, &mut Vec::new(), &mut Some(rng), &mut trials).ok()?;
        found.then(|| candidates[..self.cells()].iter().map(|bits| bits.trailing_zeros() + 1).collect())
    }

    /// A random board of which `empty` cells are empty, or fewer where that many would leave a second solution.
    pub(crate) fn board(&self, empty: usize, rng: &mut Rng) -> Option<Board> {
        let solution = self.random(rng)?;
        Some(self.emptied(&solution, empty, rng))
    }

    /// Empties that many cells of a square in random order, or as many as leave it the only solution.
    pub(crate) fn emptied(&self, solution: &[u32], empty: usize, rng: &mut Rng) -> Board {
        let mut puzzle = solution.to_vec();
        let mut order: Vec<usize> = (0..self.cells()).collect();
        rng.shuffle(&mut order);
        let mut emptied = 0;
        for cell in order {
            if emptied == empty {
                break;
            }
            // What the search does not settle counts as a second solution.
            if !self.may_differ(&puzzle, cell).unwrap_or(true) {
                puzzle[cell] = 0;
                emptied += 1;
            }
        }
        let rows = |square: &[u32]| square.chunks(self.size).map(<[u32]>::to_vec).collect();
        Board { puzzle: rows(&puzzle), solution: rows(solution), empty: emptied }
    }

    /// Whether there is a square with the numbers of `board` except for another one at `cell`.
    fn may_differ(&self, board: &[u32], cell: usize) -> Result<bool, GivenUp> {
        let mut candidates = [self.all(); MAX_CELLS];
        let mut changed = Vec::with_capacity(MAX_CELLS);
        for (at, number) in board.iter().enumerate().filter(|(_, number)| **number != 0) {
            let bit = 1 << (number - 1);
            candidates[at] = if at == cell { self.all() & !bit } else { bit };
            changed.push(at);
        }
        let mut trials = TRIALS;
        self.find(&mut candidates, &mut changed, &mut None, &mut trials)
    }

    /// Finds a square among the candidates and leaves it there. `changed` holds the cells whose candidates others do not know of yet. Numbers are tried in
    /// random order if there is an `rng`, which makes it a random square.
    fn find(
        &self,
        candidates: &mut Candidates,
        changed: &mut Vec<usize>,
        rng: &mut Option<&mut Rng>,
        trials: &mut u32,
    ) -> Result<bool, GivenUp> {
        if !self.conclude(candidates, changed) {
            return Ok(false);
        }
        let open = (0..self.cells()).filter(|cell| !candidates[*cell].is_power_of_two());
        let Some(cell) = open.min_by_key(|cell| candidates[*cell].count_ones()) else { return Ok(true) };
        let mut numbers: Vec<u16> = (0..self.size).map(|number| 1 << number).filter(|bit| candidates[cell] & bit != 0).collect();
        if let Some(rng) = rng {
            rng.shuffle(&mut numbers);
        }
        let before = *candidates;
        for bit in numbers {
            *trials = trials.checked_sub(1).ok_or(GivenUp)?;
            candidates[cell] = bit;
            changed.clear();
            changed.push(cell);
            if self.find(candidates, changed, rng, trials)? {
                return Ok(true);
            }
            *candidates = before;
        }
        Ok(false)
    }

    /// Draws conclusions until there are no more. False if some cell or number has no place left.
    fn conclude(&self, candidates: &mut Candidates, changed: &mut Vec<usize>) -> bool {
        loop {
            while let Some(cell) = changed.pop() {
                if !self.tell_others(cell, candidates, changed) {
                    return false;
                }
            }
            if !self.units.iter().all(|unit| self.place_last(unit, candidates, changed)) {
                return false;
            }
            if changed.is_empty() {
                return true;
            }
        }
    }

    fn tell_others(&self, cell: usize, candidates: &mut Candidates, changed: &mut Vec<usize>) -> bool {
        let own = candidates[cell];
        if own == 0 {
            return false;
        }
        if own.is_power_of_two() && !self.peers[cell].iter().all(|peer| narrow(candidates, changed, *peer, !own)) {
            return false;
        }
        // All bits above the lowest, and all below the highest.
        let above = !(own ^ (own - 1));
        let below = (1 << own.ilog2()) - 1;
        self.greater[cell].iter().all(|other| narrow(candidates, changed, *other, above))
            && self.less[cell].iter().all(|other| narrow(candidates, changed, *other, below))
    }

    /// Sets the cells of a unit that are the last place for a number.
    fn place_last(&self, unit: &[usize], candidates: &mut Candidates, changed: &mut Vec<usize>) -> bool {
        let (mut once, mut twice) = (0, 0);
        for &cell in unit {
            twice |= once & candidates[cell];
            once |= candidates[cell];
        }
        let last = once & !twice;
        once == self.all()
            && unit.iter().all(|&cell| match candidates[cell] & last {
                0 => true,
                // Two numbers with this as their last place leave none for one of them.
                here => here.is_power_of_two() && narrow(candidates, changed, cell, here),
            })
    }

    fn all(&self) -> u16 {
        (1 << self.size) - 1
    }

    fn cells(&self) -> usize {
        self.size * self.size
    }
}

/// Keeps of a cell's candidates those in `mask`. False if there are none.
fn narrow(candidates: &mut Candidates, changed: &mut Vec<usize>, cell: usize, mask: u16) -> bool {
    let kept = candidates[cell] & mask;
    if kept != candidates[cell] {
        candidates[cell] = kept;
        changed.push(cell);
    }
    kept != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts by trying every number in every cell, in order, up to 2.
    fn count(latin: &Latin, board: &mut Vec<u32>) -> u32 {
        let Some(cell) = board.iter().position(|number| *number == 0) else { return 1 };
        let mut found = 0;
        for number in 1..=latin.size as u32 {
            let set = |other: &usize| board[*other];
            let fits = latin.peers[cell].iter().all(|peer| board[*peer] != number)
                && latin.greater[cell].iter().map(set).all(|other| other == 0 || other > number)
                && latin.less[cell].iter().map(set).all(|other| other < number);
            if fits {
                board[cell] = number;
                found += count(latin, board);
                board[cell] = 0;
            }
            if found > 1 {
                break;
            }
        }
        found
    }

    #[track_caller]
    fn check(latin: &Latin, keep: usize, few: usize) {
        for index in 0..20 {
            let mut rng = Rng::new("latin", 1, 0, index);
            let solution = latin.random(&mut rng).unwrap();
            assert_eq!(count(latin, &mut solution.clone()), 1);
            for unit in &latin.units {
                let mut numbers: Vec<u32> = unit.iter().map(|cell| solution[*cell]).collect();
                numbers.sort_unstable();
                assert!(numbers.iter().copied().eq(1..=latin.size as u32), "{solution:?}");
            }
            let board = latin.emptied(&solution, solution.len() - keep, &mut rng).puzzle.concat();
            assert!(board.iter().filter(|number| **number > 0).count() <= few, "{board:?}");
            assert_eq!(count(latin, &mut board.clone()), 1, "{board:?}");
            for cell in (0..board.len()).filter(|_| keep == 0) {
                let mut less = board.clone();
                if std::mem::take(&mut less[cell]) > 0 {
                    assert!(count(latin, &mut less) > 1, "a clue too many: {board:?}");
                }
            }
        }
    }

    #[test]
    fn boards_have_one_solution() {
        check(&Latin::new(4).boxed(2), 0, 6);
        check(&Latin::new(9).boxed(3), 30, 30);
        check(&Latin::new(5), 0, 12);
        check(&Latin::new(5).ordered(&[(0, 1), (1, 2), (7, 2), (20, 15), (15, 16), (24, 23)]), 0, 11);
    }
}
