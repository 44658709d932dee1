//! Boards for the generator: a random one, all that can be reached from it, and among these one that takes a wanted number of moves.

use super::{Board, EXIT_ROW, LENGTHS, SIDE, Slide, Track};
use crate::rng::Rng;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::RangeInclusive;

/// How many random boards are tried for one item.
const DRAWS: usize = 24;

/// Boards that can reach more positions than this are passed over.
const MAX_POSITIONS: usize = 3000;

/// The most moves that are aimed at: random boards that take more are too rare.
const HARDEST: usize = 20;

/// A board whose shortest solution has so many moves, and that solution.
pub(super) fn draw(moves: RangeInclusive<usize>, rng: &mut Rng) -> Option<(Board, Vec<Slide>)> {
    let aim = rng.size(*moves.start(), (*moves.end()).min(HARDEST).max(*moves.start()));
    for _ in 0..DRAWS {
        let board = random_board(rng);
        let Some(cluster) = Cluster::explore(&board) else { continue };
        if cluster.hardest() >= aim {
            return Some(cluster.pick(board, aim, rng));
        }
    }
    None
}

/// The red car, and vehicles and walls wherever there was room.
fn random_board(rng: &mut Rng) -> Board {
    let mut board = Board { tracks: vec![Track::new(EXIT_ROW, 0, LENGTHS[0], false)], offsets: vec![rng.below(4)], walls: 0 };
    for _ in 0..rng.weighted(&[6.0, 3.0, 1.0]) {
        let cell = rng.below(SIDE * SIDE);
        if cell / SIDE != EXIT_ROW {
            board.walls |= 1 << cell;
        }
    }
    let tries = rng.size(20, 60);
    for _ in 0..tries {
        let (line, vertical) = (rng.below(SIDE), rng.chance(0.5));
        let length = LENGTHS[usize::from(rng.chance(0.3))];
        let track = Track::new(line, line, length, vertical);
        let offset = rng.below(track.last + 1);
        // Another vehicle in the red car's row could never let it pass.
        if (vertical || line != EXIT_ROW) && track.cells(offset) & board.occupied() == 0 {
            board.tracks.push(track);
            board.offsets.push(offset);
        }
    }
    board
}

/// Three bits for each vehicle's offset. There are at most 17 vehicles of two cells beside the red car.
type Position = u64;

fn encode(offsets: &[usize]) -> Position {
    offsets.iter().rev().fold(0, |position, offset| position << 3 | *offset as u64)
}

fn offset(position: Position, vehicle: usize) -> usize {
    (position >> (3 * vehicle) & 7) as usize
}

/// All positions that can be reached from one another, and how far each is from a solved one.
struct Cluster {
    positions: Vec<Position>,
    /// Those that one move leads to, of each position.
    neighbors: Vec<Vec<u32>>,
    moves: Vec<usize>,
}

impl Cluster {
    /// `None` if there are too many positions, or none is solved.
    fn explore(board: &Board) -> Option<Self> {
        let start = encode(&board.offsets);
        let mut known: HashMap<Position, u32, BuildHasherDefault<PositionHasher>> = HashMap::default();
        known.insert(start, 0);
        let mut positions = vec![start];
        let mut neighbors = Vec::new();
        while let Some(&position) = positions.get(neighbors.len()) {
            let mut found = Vec::new();
            for_each_neighbor(board, position, |next| {
                found.push(*known.entry(next).or_insert_with(|| {
                    positions.push(next);
                    positions.len() as u32 - 1
                }));
            });
            neighbors.push(found);
            if positions.len() > MAX_POSITIONS {
                return None;
            }
        }
        let moves = moves_to_solved(&positions, &neighbors)?;
        Some(Self { positions, neighbors, moves })
    }

    fn hardest(&self) -> usize {
        self.moves.iter().copied().max().expect("a cluster has a position")
    }

    /// One of the positions that take `moves` moves, and such moves.
    fn pick(&self, mut board: Board, moves: usize, rng: &mut Rng) -> (Board, Vec<Slide>) {
        let candidates: Vec<usize> = (0..self.positions.len()).filter(|&at| self.moves[at] == moves).collect();
        let mut at = *rng.choose(&candidates);
        for (vehicle, place) in board.offsets.iter_mut().enumerate() {
            *place = offset(self.positions[at], vehicle);
        }
        let mut slides = Vec::with_capacity(moves);
        while self.moves[at] > 0 {
            let nearer = |next: &&u32| self.moves[**next as usize] < self.moves[at];
            let next = *self.neighbors[at].iter().find(nearer).expect("a position that is not solved has a nearer one") as usize;
            slides.push(slide_between(self.positions[at], self.positions[next]));
            at = next;
        }
        (board, slides)
    }
}

fn for_each_neighbor(board: &Board, position: Position, mut found: impl FnMut(Position)) {
    let cells = |(vehicle, track): (usize, &Track)| track.cells(offset(position, vehicle));
    let occupied = board.tracks.iter().enumerate().map(cells).fold(board.walls, |all, cells| all | cells);
    for (vehicle, track) in board.tracks.iter().enumerate() {
        let at = offset(position, vehicle);
        let others = occupied & !track.cells(at);
        let free = |next: &usize| track.cells(*next) & others == 0;
        let moved = |next: usize| position ^ ((at ^ next) as u64) << (3 * vehicle);
        (at + 1..=track.last).take_while(free).for_each(|next| found(moved(next)));
        (0..at).rev().take_while(free).for_each(|next| found(moved(next)));
    }
}

/// How many moves each position is from a solved one, by breadth-first search from all of these; every move can be taken back.
fn moves_to_solved(positions: &[Position], neighbors: &[Vec<u32>]) -> Option<Vec<usize>> {
    let mut moves = vec![usize::MAX; positions.len()];
    let mut queue: Vec<usize> = (0..positions.len()).filter(|&at| offset(positions[at], 0) == SIDE - LENGTHS[0]).collect();
    queue.iter().for_each(|&at| moves[at] = 0);
    let mut next = 0;
    while let Some(&at) = queue.get(next) {
        next += 1;
        for &neighbor in &neighbors[at] {
            let neighbor = neighbor as usize;
            if moves[neighbor] == usize::MAX {
                moves[neighbor] = moves[at] + 1;
                queue.push(neighbor);
            }
        }
    }
    (!queue.is_empty()).then_some(moves)
}

fn slide_between(from: Position, to: Position) -> Slide {
    let vehicle = ((from ^ to).trailing_zeros() / 3) as usize;
    let (from, to) = (offset(from, vehicle), offset(to, vehicle));
    Slide { vehicle, forward: to > from, steps: to.abs_diff(from) }
}

/// Spreads the few bits of a position; nobody chooses these keys.
#[derive(Default)]
struct PositionHasher(u64);

impl Hasher for PositionHasher {
    fn write(&mut self, _bytes: &[u8]) {
        unreachable!("positions are hashed as whole numbers")
    }

    fn write_u64(&mut self, position: u64) {
        let spread = position.wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = spread ^ spread >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn experiment() {
        let mut rng = Rng::new("x", 1, 1, 1);
        let t = std::time::Instant::now();
        let mut hist = vec![0; 60];
        let mut none = 0;
        for _ in 0..4000 {
            let board = random_board(&mut rng);
            match Cluster::explore(&board) {
                None => none += 1,
                Some(c) => hist[c.hardest()] += 1,
            }
        }
        eprintln!("none {none} {hist:?} {:?}", t.elapsed() / 4000);
    }
}
