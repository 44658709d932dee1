//! A row of houses, clues about it, and a solver that counts what the clues leave possible.

use crate::rng::Rng;

/// A value of one kind: kind 0 is the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Trait {
    pub(super) kind: usize,
    pub(super) value: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clue {
    At(Trait, usize),
    NotAt(Trait, usize),
    Same(Trait, Trait),
    DirectlyLeft(Trait, Trait),
    Left(Trait, Trait),
    Beside(Trait, Trait),
}

/// The solution: `house[kind][value]` is where it is.
pub(super) struct Street {
    house: Vec<Vec<usize>>,
}

impl Street {
    pub(super) fn random(people: usize, kinds: usize, rng: &mut Rng) -> Self {
        let mut order: Vec<usize> = (0..people).collect();
        let house = (0..kinds)
            .map(|_| {
                rng.shuffle(&mut order);
                order.clone()
            })
            .collect();
        Self { house }
    }

    fn people(&self) -> usize {
        self.house[0].len()
    }

    fn at(&self, of: Trait) -> usize {
        self.house[of.kind][of.value]
    }

    /// What lives in the same house as `of` and is of another kind.
    pub(super) fn neighbour_trait(&self, of: Trait, kind: usize) -> Trait {
        let value = self.house[kind].iter().position(|house| *house == self.at(of)).expect("every house has a value of every kind");
        Trait { kind, value }
    }

    /// Everything that is true of it, in random order, the clues that say most being rarer.
    fn true_clues(&self, rng: &mut Rng) -> Vec<Clue> {
        let traits: Vec<Trait> =
            (0..self.house.len()).flat_map(|kind| (0..self.people()).map(move |value| Trait { kind, value })).collect();
        let mut clues = Vec::new();
        for &one in &traits {
            if rng.chance(0.15) {
                clues.push(Clue::At(one, self.at(one)));
            }
            let elsewhere = rng.below(self.people());
            if elsewhere != self.at(one) && rng.chance(0.3) {
                clues.push(Clue::NotAt(one, elsewhere));
            }
            for &other in &traits {
                let (here, there) = (self.at(one), self.at(other));
                if one.kind < other.kind && here == there {
                    clues.push(Clue::Same(one, other));
                }
                if here + 1 == there {
                    clues.push(Clue::DirectlyLeft(one, other));
                    clues.push(if rng.chance(0.5) { Clue::Beside(one, other) } else { Clue::Beside(other, one) });
                }
                if here < there && rng.chance(0.3) {
                    clues.push(Clue::Left(one, other));
                }
            }
        }
        rng.shuffle(&mut clues);
        clues
    }

    /// Clues that together leave only this street, none of which the others make needless. `None` in the rare case that all the clues drawn do not suffice.
    pub(super) fn clues(&self, rng: &mut Rng) -> Option<Vec<Clue>> {
        let all = self.true_clues(rng);
        // Doubling, then halving the step, finds a beginning of the list that suffices with few solves.
        let suffices = |clues: &[Clue]| Board::new(self.people(), self.house.len()).solutions(clues, 2) == 1;
        let mut count = all.len().min(4);
        while !suffices(&all[..count]) {
            if count == all.len() {
                return None;
            }
            count = (count + count / 2 + 1).min(all.len());
        }
        let mut kept = all[..count].to_vec();
        let mut at = kept.len();
        while at > 0 {
            at -= 1;
            let clue = kept.remove(at);
            if !suffices(&kept) {
                kept.insert(at, clue);
            }
        }
        Some(kept)
    }
}

/// The houses where each value may still be, a bit each.
#[derive(Clone)]
struct Board {
    people: usize,
    /// By kind and value.
    houses: Vec<u8>,
}

/// Given the places of two related values, the places that each leaves the other.
type Meet = fn(u8) -> (u8, u8);

impl Board {
    fn new(people: usize, kinds: usize) -> Self {
        Self { people, houses: vec![(1_u8 << people).wrapping_sub(1); people * kinds] }
    }

    fn index(&self, of: Trait) -> usize {
        of.kind * self.people + of.value
    }

    /// How many streets agree with the clues, counted up to `most`.
    fn solutions(mut self, clues: &[Clue], most: usize) -> usize {
        if !self.propagate(clues) {
            return 0;
        }
        // The value with fewest places left, of those that have more than one.
        let open = (0..self.houses.len()).filter(|at| self.houses[*at].count_ones() > 1).min_by_key(|at| self.houses[*at].count_ones());
        let Some(at) = open else { return 1 };
        let mut found = 0;
        for house in 0..self.people {
            if self.houses[at] >> house & 1 == 1 && found < most {
                let mut tried = self.clone();
                tried.houses[at] = 1 << house;
                found += tried.solutions(clues, most - found);
            }
        }
        found
    }

    /// Removes what clues and the difference of values forbid, until nothing changes. False if a value has no house left.
    fn propagate(&mut self, clues: &[Clue]) -> bool {
        loop {
            let before = self.houses.clone();
            clues.iter().for_each(|clue| self.apply(clue));
            self.separate();
            if self.houses.contains(&0) {
                return false;
            }
            if self.houses == before {
                return true;
            }
        }
    }

    fn apply(&mut self, clue: &Clue) {
        let all = (1_u8 << self.people).wrapping_sub(1);
        let (one, other, meet): (Trait, Trait, Meet) = match *clue {
            Clue::At(one, house) => {
                let at = self.index(one);
                self.houses[at] &= 1 << house;
                return;
            }
            Clue::NotAt(one, house) => {
                let at = self.index(one);
                self.houses[at] &= !(1 << house);
                return;
            }
            Clue::Same(one, other) => (one, other, |places| (places, places)),
            // Each gives, for the places of the first, those of the second, and the other way round.
            Clue::DirectlyLeft(one, other) => (one, other, |places| (places << 1, places >> 1)),
            Clue::Beside(one, other) => (one, other, |places| (places << 1 | places >> 1, places << 1 | places >> 1)),
            Clue::Left(one, other) => (one, other, |places| {
                let right_of_first = if places == 0 { 0 } else { !0_u8 << places.trailing_zeros() << 1 };
                let left_of_last = if places == 0 { 0 } else { (1_u8 << (7 - places.leading_zeros())).wrapping_sub(1) };
                (right_of_first, left_of_last)
            }),
        };
        let (one, other) = (self.index(one), self.index(other));
        self.houses[other] &= meet(self.houses[one]).0 & all;
        self.houses[one] &= meet(self.houses[other]).1 & all;
    }

    /// Values of a kind are in different houses: a house that one value has is nobody else's, and a house that one value alone can have is its.
    fn separate(&mut self) {
        for kind in self.houses.chunks_mut(self.people) {
            for at in 0..kind.len() {
                if kind[at].count_ones() == 1 {
                    let taken = kind[at];
                    kind.iter_mut().enumerate().filter(|(other, _)| *other != at).for_each(|(_, places)| *places &= !taken);
                }
            }
            let (mut once, mut twice) = (0_u8, 0_u8);
            for places in kind.iter() {
                twice |= once & places;
                once |= places;
            }
            let only = once & !twice;
            for places in kind.iter_mut().filter(|places| **places & only != 0) {
                *places &= only;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clues_leave_one_street_and_none_is_needless() {
        for index in 0..20 {
            let mut rng = Rng::new("street", 1, 0, index);
            let street = Street::random(4, 3, &mut rng);
            let clues = street.clues(&mut rng).unwrap();
            let count = |clues: &[Clue]| Board::new(4, 3).solutions(clues, 3);
            assert_eq!(count(&clues), 1);
            for left_out in 0..clues.len() {
                let mut fewer = clues.clone();
                fewer.remove(left_out);
                assert!(count(&fewer) > 1, "{clues:?} without {left_out}");
            }
        }
    }

    #[test]
    fn solutions_are_counted() {
        assert_eq!(Board::new(3, 1).solutions(&[], 100), 6);
        let value = |value| Trait { kind: 0, value };
        assert_eq!(Board::new(3, 1).solutions(&[Clue::Left(value(0), value(1))], 100), 3);
        assert_eq!(Board::new(3, 1).solutions(&[Clue::Beside(value(0), value(1))], 100), 4);
        assert_eq!(Board::new(3, 1).solutions(&[Clue::DirectlyLeft(value(0), value(1))], 100), 2);
        assert_eq!(Board::new(3, 1).solutions(&[Clue::At(value(0), 1), Clue::NotAt(value(1), 0)], 100), 1);
    }
}
