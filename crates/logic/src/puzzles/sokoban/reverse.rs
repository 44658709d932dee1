//! Levels for the generator, by playing in reverse: the player pulls boxes off their goals and digs the room on the way, so what he did, read backwards, solves the
//! level.

use super::{Direction, Level};
use crate::rng::Rng;
use std::collections::VecDeque;

/// A push, and how boxes and player stand before it.
struct Push {
    direction: Direction,
    boxes: Vec<bool>,
    player: usize,
}

/// A level that is played backwards from where all boxes are on goals, in solid rock.
struct Reverse {
    level: Level,
    /// What solves the level as it stands, the last one first.
    pushes: Vec<Push>,
}

/// A level and moves that solve it.
pub(super) fn draw(width: usize, height: usize, boxes: usize, rng: &mut Rng) -> (Level, Vec<Direction>) {
    let mut reverse = Reverse::start(width, height, boxes, rng);
    // Upstream walks 1.8 to 3.6 steps for each cell.
    for _ in 0..width * height * rng.size(18, 36) / 10 {
        reverse.step(rng);
    }
    let Reverse { mut level, pushes } = reverse;
    level.walls.iter_mut().zip(&level.boxes).for_each(|(wall, is_box)| *wall = *wall && !is_box);
    let solution = solution(&level, &pushes);
    (level, solution)
}

impl Reverse {
    fn start(width: usize, height: usize, boxes: usize, rng: &mut Rng) -> Self {
        let size = width * height;
        let inside: Vec<usize> = (0..size).filter(|cell| is_inside(*cell, width, height)).collect();
        let cells = rng.sample(&inside, boxes + 1);
        let nowhere = vec![false; size];
        let mut level = Level { width, walls: vec![true; size], goals: nowhere.clone(), boxes: nowhere, player: cells[0], misplaced: 0 };
        level.walls[level.player] = false;
        for &cell in &cells[1..] {
            level.goals[cell] = true;
            level.boxes[cell] = true;
        }
        Self { level, pushes: Vec::new() }
    }

    /// Moves the player in a random direction, through rock but not through boxes or to the border. A box behind him is pulled along.
    fn step(&mut self, rng: &mut Rng) {
        let level = &mut self.level;
        let direction = *rng.choose(&Direction::ALL);
        let from = level.player;
        let height = level.walls.len() / level.width;
        let Some(to) = level.beside(from, direction).filter(|&to| is_inside(to, level.width, height) && !level.boxes[to]) else { return };
        level.player = to;
        level.walls[to] = false;
        if let Some(behind) = level.beside(from, direction.opposite()).filter(|&behind| level.boxes[behind]) {
            level.walls[behind] = false;
            level.move_box(behind, from);
            // Where it stood so before, what was done since is of no use.
            let before = self.pushes.iter().position(|push| push.player == to && push.boxes == level.boxes);
            match before {
                Some(at) => self.pushes.truncate(at + 1),
                None => self.pushes.push(Push { direction: direction.opposite(), boxes: level.boxes.clone(), player: to }),
            }
        }
    }
}

fn is_inside(cell: usize, width: usize, height: usize) -> bool {
    (1..width - 1).contains(&(cell % width)) && (1..height - 1).contains(&(cell / width))
}

/// The moves that make these pushes, the last one first, up to where the level is solved.
fn solution(level: &Level, pushes: &[Push]) -> Vec<Direction> {
    let mut level = level.clone();
    let mut moves = Vec::new();
    for push in pushes.iter().rev() {
        if level.is_solved() {
            break;
        }
        let walk = level.walk(push.player).expect("the player went this way in reverse");
        for direction in walk.into_iter().chain([push.direction]) {
            level.step(direction);
            moves.push(direction);
        }
    }
    moves
}

impl Level {
    /// A shortest way for the player to a cell without pushing anything.
    fn walk(&self, to: usize) -> Option<Vec<Direction>> {
        // From the cell back to the player, so that the directions come in order.
        let mut next: Vec<Option<Direction>> = vec![None; self.walls.len()];
        let mut queue = VecDeque::from([to]);
        while let Some(cell) = queue.pop_front() {
            if cell == self.player {
                return Some(self.follow(&next, to));
            }
            for direction in Direction::ALL {
                if let Some(before) = self.beside(cell, direction.opposite()).filter(|&before| self.is_free(before))
                    && before != to
                    && next[before].is_none()
                {
                    next[before] = Some(direction);
                    queue.push_back(before);
                }
            }
        }
        None
    }

    fn follow(&self, next: &[Option<Direction>], to: usize) -> Vec<Direction> {
        let mut at = self.player;
        let mut way = Vec::new();
        while let Some(direction) = next[at].filter(|_| at != to) {
            way.push(direction);
            at = self.beside(at, direction).expect("a way stays inside");
        }
        way
    }
}
