//! Boards for the generator: a random one, all that can be reached from it, and among these one that takes a wanted number of moves.

use super::{Board, EXIT_ROW, LENGTHS, SIDE, Slide, Track};
use crate::rng::Rng;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::ops::RangeInclusive;

/// How many random boards are tried for one item.
const DRAWS: usize = 40;

/// Boards that can reach more positions than this are passed over.
const MAX_POSITIONS: usize = 1000;

/// The most moves that are aimed at. Of random boards one in a few thousand takes as many.
pub(super) const HARDEST: usize = 20;

/// A board whose shortest solution has so many moves, and that solution. The number is drawn first; if no board reaches it, the hardest that was seen is taken.
pub(super) fn draw(moves: RangeInclusive<usize>, rng: &mut Rng) -> Option<(Board, Vec<Slide>)> {
    let (least, most) = (*moves.start(), *moves.end());
    let aim = rng.size(least, most.min(HARDEST));
    let mut hardest: Option<(Board, Cluster)> = None;
    for _ in 0..DRAWS {
        let board = random_board(rng);
        let Some(cluster) = Cluster::explore(&board) else { continue };
        if cluster.hardest >= aim {
            return Some(cluster.pick(board, aim, rng));
        }
        if hardest.as_ref().is_none_or(|(_, known)| known.hardest < cluster.hardest) {
            hardest = Some((board, cluster));
        }
    }
    let (board, cluster) = hardest.filter(|(_, cluster)| cluster.hardest >= least)?;
    let moves = cluster.hardest;
    Some(cluster.pick(board, moves, rng))
}

/// The red car with vehicles and walls wherever there was room: crowded boards have few positions and long solutions.
fn random_board(rng: &mut Rng) -> Board {
    let mut board = Board { tracks: vec![Track::new(EXIT_ROW, 0, LENGTHS[0], false)], offsets: vec![rng.below(4)], walls: 0 };
    for _ in 0..rng.weighted(&[6.0, 3.0, 1.0]) {
        let cell = rng.below(SIDE * SIDE);
        if cell / SIDE != EXIT_ROW {
            board.walls |= 1 << cell;
        }
    }
    let mut occupied = board.occupied();
    for _ in 0..rng.size(80, 240) {
        let (line, vertical) = (rng.below(SIDE), rng.chance(0.5));
        let length = LENGTHS[usize::from(rng.chance(0.4))];
        let track = Track::new(line, line, length, vertical);
        let offset = rng.below(track.last + 1);
        // Another vehicle in the red car's row could never let it pass.
        if (vertical || line != EXIT_ROW) && track.cells(offset) & occupied == 0 {
            occupied |= track.cells(offset);
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

/// All positions that can be reached from one another.
struct Cluster {
    positions: Vec<Position>,
    neighbors: Neighbors,
    /// How many moves each is from a solved one.
    moves: Vec<usize>,
    hardest: usize,
}

impl Cluster {
    /// `None` if there are too many positions, or none is solved.
    fn explore(board: &Board) -> Option<Self> {
        let start = encode(&board.offsets);
        let mut known: HashMap<Position, u32, BuildHasherDefault<PositionHasher>> =
            HashMap::with_capacity_and_hasher(MAX_POSITIONS * 2, BuildHasherDefault::default());
        known.insert(start, 0);
        let mut positions = vec![start];
        let mut neighbors = Neighbors::default();
        while let Some(&position) = positions.get(neighbors.ends.len()) {
            for_each_neighbor(board, position, |next| {
                neighbors.all.push(*known.entry(next).or_insert_with(|| {
                    positions.push(next);
                    positions.len() as u32 - 1
                }));
            });
            neighbors.ends.push(neighbors.all.len());
            if positions.len() > MAX_POSITIONS {
                return None;
            }
        }
        let moves = moves_to_solved(&positions, &neighbors)?;
        let hardest = moves.iter().copied().max()?;
        Some(Self { positions, neighbors, moves, hardest })
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
            let next = *self.neighbors.of(at).iter().find(nearer).expect("a position that is not solved has a nearer one") as usize;
            slides.push(slide_between(self.positions[at], self.positions[next]));
            at = next;
        }
        (board, slides)
    }
}

/// Where one move leads from each position, all in one list.
#[derive(Default)]
struct Neighbors {
    all: Vec<u32>,
    ends: Vec<usize>,
}

impl Neighbors {
    fn of(&self, at: usize) -> &[u32] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.all[start..self.ends[at]]
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
fn moves_to_solved(positions: &[Position], neighbors: &Neighbors) -> Option<Vec<usize>> {
    let mut moves = vec![usize::MAX; positions.len()];
    let mut queue: Vec<usize> = (0..positions.len()).filter(|&at| offset(positions[at], 0) == SIDE - LENGTHS[0]).collect();
    queue.iter().for_each(|&at| moves[at] = 0);
    let mut next = 0;
    while let Some(&at) = queue.get(next) {
        next += 1;
        for &neighbor in neighbors.of(at) {
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
    fn solutions_have_the_moves_that_were_asked_for() {
        let mut seen = [0; HARDEST + 1];
        for index in 0..60 {
            let (board, solution) = draw(3..=12, &mut Rng::new("rush_hour", 1, 0, index)).unwrap();
            board.play(&solution).unwrap();
            seen[solution.len()] += 1;
        }
        assert_eq!(seen[3..=12].iter().sum::<i32>(), 60, "{seen:?}");
        assert!(seen.iter().filter(|count| **count > 0).count() > 5, "{seen:?}");
    }
}
