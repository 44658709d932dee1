//! The magic cube of any size: its stickers, its turns and their notation.

use crate::python;

/// The sizes that are simulated.
pub(crate) const SIZES: std::ops::RangeInclusive<usize> = 2..=7;

/// One of a cube's six faces: axis 0 runs from left to right, 1 from down to up, 2 from back to front.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    L,
    R,
    D,
    U,
    B,
    F,
}

impl Face {
    pub(crate) const ALL: [Self; 6] = [Self::L, Self::R, Self::D, Self::U, Self::B, Self::F];

    fn axis(self) -> usize {
        self as usize / 2
    }

    fn is_far(self) -> bool {
        self as usize % 2 == 1
    }

    fn letter(self) -> char {
        ['L', 'R', 'D', 'U', 'B', 'F'][self as usize]
    }
}

/// Which layers turn, as counted by the notation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layers {
    /// The layer of this number, counted from a face.
    One(Face, usize),
    /// This face's layer and those behind it, so many in all.
    Wide(Face, usize),
    /// The middle layer across an axis, of cubes of odd size.
    Middle(usize),
    /// The whole cube.
    All(usize),
}

/// A turn of some layers by quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Move {
    layers: Layers,
    /// Against the notation's direction.
    reversed: bool,
    /// How often, 0 to 3.
    quarters: u8,
}

impl Move {
    /// A quarter turn of a face's outermost layer, or of its two outermost ones.
    pub(crate) fn quarter(face: Face, wide: bool, reversed: bool) -> Self {
        let layers = if wide { Layers::Wide(face, 2) } else { Layers::One(face, 1) };
        Self { layers, reversed, quarters: 1 }
    }

    /// Reads `F`, `B'`, `2R`, `3Rw'`, `U2`, `M`, `X`: a number of layers, a letter, `w` for wide, `'` for the other direction, how often, and the last two in either order.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let letter_at = text.find(|char: char| !char.is_ascii_digit())?;
        let (number, rest) = text.split_at(letter_at);
        let number: Option<usize> = if number.is_empty() { None } else { Some(number.parse().ok()?) };
        let letter = rest.chars().next()?;
        let rest = &rest[letter.len_utf8()..];
        let (layers, rest) = if let Some(face) = Face::ALL.into_iter().find(|face| face.letter() == letter) {
            match rest.strip_prefix('w') {
                Some(rest) => (Layers::Wide(face, number.unwrap_or(2)), rest),
                None => (Layers::One(face, number.unwrap_or(1)), rest),
            }
        } else {
            // A number before these letters says nothing.
            let layers = match letter {
                'M' => Layers::Middle(0),
                'E' => Layers::Middle(1),
                'S' => Layers::Middle(2),
                'X' => Layers::All(0),
                'Y' => Layers::All(1),
                'Z' => Layers::All(2),
                _ => return None,
            };
            (layers, rest)
        };
        // Both `R'2` and `R2'` are in use.
        let (reversed, times) = match rest.strip_prefix('\'').or_else(|| rest.strip_suffix('\'')) {
            Some(times) => (true, times),
            None => (false, rest),
        };
        let quarters = match times.as_bytes() {
            [] => 1,
            [digit] if digit.is_ascii_digit() => (digit - b'0') % 4,
            _ => return None,
        };
        Some(Self { layers, reversed, quarters })
    }

    /// The same turn `times` times.
    pub(crate) fn repeated(self, times: u64) -> Self {
        Self { quarters: (u64::from(self.quarters) * (times % 4) % 4) as u8, ..self }
    }

    /// The turn that undoes this one.
    pub(crate) fn inverse(self) -> Self {
        Self { reversed: !self.reversed, ..self }
    }

    fn axis(self) -> usize {
        match self.layers {
            Layers::One(face, _) | Layers::Wide(face, _) => face.axis(),
            Layers::Middle(axis) | Layers::All(axis) => axis,
        }
    }

    /// The coordinates along the axis that turn. `None` if a cube of this size has no such layers.
    fn range(self, size: usize) -> Option<std::ops::Range<usize>> {
        let (face, count, first) = match self.layers {
            Layers::One(face, number) => (face, number, number.checked_sub(1)?),
            Layers::Wide(face, number) => (face, number, 0),
            Layers::Middle(_) => return (size % 2 == 1).then_some(size / 2..size / 2 + 1),
            Layers::All(_) => return Some(0..size),
        };
        if !(1..=size).contains(&count) {
            return None;
        }
        Some(if face.is_far() { size - count..size - first } else { first..count })
    }

    /// Whether the turn goes from the lower to the higher of the other two axes.
    fn is_forward(self) -> bool {
        let forward = match self.layers {
            Layers::One(face, _) | Layers::Wide(face, _) => matches!(face, Face::L | Face::U | Face::B),
            // The middle layers follow L, D and F; the whole cube follows R, U and F.
            Layers::Middle(axis) => axis == 0,
            Layers::All(axis) => axis == 1,
        };
        forward != self.reversed
    }
}

impl std::fmt::Display for Move {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let reversed = if self.reversed { "'" } else { "" };
        let times = if self.quarters == 1 { String::new() } else { self.quarters.to_string() };
        match self.layers {
            Layers::One(face, 1) => write!(f, "{}", face.letter()),
            Layers::One(face, number) => write!(f, "{number}{}", face.letter()),
            Layers::Wide(face, 2) => write!(f, "{}w", face.letter()),
            Layers::Wide(face, number) => write!(f, "{number}{}w", face.letter()),
            Layers::Middle(axis) => write!(f, "{}", ['M', 'E', 'S'][axis]),
            Layers::All(axis) => write!(f, "{}", ['X', 'Y', 'Z'][axis]),
        }?;
        write!(f, "{reversed}{times}")
    }
}

/// Reads moves with white space between.
pub(crate) fn parse_moves(text: &str) -> Option<Vec<Move>> {
    text.split(python::is_space).filter(|word| !word.is_empty()).map(Move::parse).collect()
}

/// Moves as they are written.
pub(crate) fn write_moves(moves: &[Move]) -> String {
    moves.iter().map(Move::to_string).collect::<Vec<_>>().join(" ")
}

/// A sticker's place: the coordinates of its small cube and the axis that it faces along. Which of the two directions follows from the coordinate.
type Place = ([usize; 3], usize);

/// The colours of all stickers; a colour is the face that it has when solved.
#[derive(Clone)]
pub(crate) struct Cube {
    size: usize,
    /// By face, then by the two other coordinates in the order of their axes.
    stickers: Vec<Face>,
    /// The different moves made so far, each with its pairs of places: where a sticker goes and where it comes from.
    turns: Vec<(Move, Vec<(u16, u16)>)>,
}

impl Cube {
    /// A solved cube.
    pub(crate) fn new(size: usize) -> Self {
        assert!(SIZES.contains(&size), "places are counted in 16 bits");
        let stickers = Face::ALL.into_iter().flat_map(|face| std::iter::repeat_n(face, size * size)).collect();
        Self { size, stickers, turns: Vec::new() }
    }

    /// Makes a move. `None` if this cube has no such layer.
    pub(crate) fn turn(&mut self, step: Move) -> Option<()> {
        let known = match self.turns.iter().position(|(turn, _)| *turn == step) {
            Some(known) => known,
            None => {
                self.turns.push((step, self.permutation(step)?));
                self.turns.len() - 1
            }
        };
        let (_, permutation) = &self.turns[known];
        let moved: Vec<Face> = permutation.iter().map(|(_, from)| self.stickers[usize::from(*from)]).collect();
        for ((to, _), sticker) in permutation.iter().zip(moved) {
            self.stickers[usize::from(*to)] = sticker;
        }
        Some(())
    }

    /// Makes moves; `None` if one of them cannot be made.
    pub(crate) fn turn_all(&mut self, moves: &[Move]) -> Option<()> {
        moves.iter().try_for_each(|step| self.turn(*step))
    }

    /// Whether every face has one colour.
    pub(crate) fn is_solved(&self) -> bool {
        self.stickers.chunks(self.size * self.size).all(|face| face.iter().all(|sticker| *sticker == face[0]))
    }

    /// The sticker of a face in a row and column as seen from outside: the side faces upright, up and down as they hang on the front.
    pub(crate) fn sticker(&self, face: Face, row: usize, column: usize) -> Face {
        let last = self.size - 1;
        let place = match face {
            Face::L => [0, last - row, column],
            Face::R => [last, last - row, last - column],
            Face::D => [column, 0, last - row],
            Face::U => [column, last, row],
            Face::B => [last - column, last - row, 0],
            Face::F => [column, last - row, last],
        };
        self.stickers[self.index((place, face.axis()))]
    }

    fn index(&self, (place, axis): Place) -> usize {
        let [one, other] = others(axis);
        let face = 2 * axis + usize::from(place[axis] != 0);
        (face * self.size + place[one]) * self.size + place[other]
    }

    /// The places of all stickers, in the order of `stickers`.
    fn places(&self) -> impl Iterator<Item = Place> {
        let size = self.size;
        Face::ALL.into_iter().flat_map(move |face| {
            (0..size * size).map(move |at| {
                let [one, other] = others(face.axis());
                let mut place = [0; 3];
                place[face.axis()] = if face.is_far() { size - 1 } else { 0 };
                (place[one], place[other]) = (at / size, at % size);
                (place, face.axis())
            })
        })
    }

    fn permutation(&self, step: Move) -> Option<Vec<(u16, u16)>> {
        let range = step.range(self.size)?;
        let axis = step.axis();
        let [one, other] = others(axis);
        let last = self.size - 1;
        // A sticker that faces along one of the axes of the plane faces along the other one after a quarter.
        let quarter = |(from, facing): Place| {
            let mut to = from;
            (to[one], to[other]) = if step.is_forward() { (last - from[other], from[one]) } else { (from[other], last - from[one]) };
            (to, if facing == axis { axis } else { one + other - facing })
        };
        let turning = self.places().filter(|(place, _)| range.contains(&place[axis]));
        let to = |from: Place| (0..step.quarters).fold(from, |place, _| quarter(place));
        Some(turning.map(|from| (self.index(to(from)) as u16, self.index(from) as u16)).collect())
    }
}

/// The two axes beside this one.
fn others(axis: usize) -> [usize; 2] {
    [[1, 2], [0, 2], [0, 1]][axis]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solves(size: usize, moves: &str) -> Option<bool> {
        let mut cube = Cube::new(size);
        cube.turn_all(&parse_moves(moves)?)?;
        Some(cube.is_solved())
    }

    #[test]
    fn four_quarters_are_nothing_and_one_is_something() {
        for size in 2..=6 {
            for step in ["L", "R", "D", "U", "B", "F", "Lw", "Fw'", "2U", "2D'"] {
                assert_eq!(solves(size, &format!("{step} {step} {step} {step}")), Some(true), "{size} {step}");
                let whole = size == 2 && step.contains('w');
                assert_eq!(solves(size, step), Some(whole), "{size} {step}");
            }
            assert_eq!(solves(size, "X Y' Z2"), Some(true));
        }
    }

    #[test]
    fn known_sequences() {
        for (size, moves, solved) in [
            (3, "R U R' U' R U R' U' R U R' U' R U R' U' R U R' U' R U R' U'", true),
            (3, "R U R' U' R U R' U'", false),
            (3, "M L' R X'", false),
            (3, "M' L' R X'", true),
            (3, "E' U D' Y'", true),
            (3, "S' F B'", false),
            (3, "S F B' Z'", true),
            (4, "Rw 2R' R'", true),
            (5, "3Rw 3R' 2R' R'", true),
            (3, "R2 R2", true),
            (3, "R R2' R'3", true),
        ] {
            assert_eq!(solves(size, moves), Some(solved), "{moves}");
        }
        for (size, moves) in [(2, "M"), (3, "4R"), (3, "0R"), (3, "r"), (3, "R''"), (3, "R12"), (3, "Mw")] {
            assert_eq!(solves(size, moves), None, "{moves}");
        }
    }

    #[test]
    fn moves_are_written_as_they_are_read() {
        let moves = "R U' Fw 3Lw' 2D M E' S2 X Y' Z";
        assert_eq!(write_moves(&parse_moves(moves).unwrap()), moves);
    }

    #[test]
    fn a_turn_of_the_front_moves_the_upper_row_to_the_right() {
        let mut cube = Cube::new(3);
        cube.turn(Move::parse("F").unwrap()).unwrap();
        assert_eq!([0, 1, 2].map(|row| cube.sticker(Face::R, row, 0)), [Face::U; 3]);
        assert_eq!([0, 1, 2].map(|column| cube.sticker(Face::U, 2, column)), [Face::L; 3]);
        assert_eq!(cube.sticker(Face::U, 0, 0), Face::U);
    }
}
