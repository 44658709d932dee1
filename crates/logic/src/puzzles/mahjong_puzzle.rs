//! A game of letter cards: what does the card drawn last make with the hand, three of a kind, three in a row, or nothing?

use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, python, scoring};
use serde::Deserialize;

pub(crate) struct MahjongPuzzle;

impl Puzzle for MahjongPuzzle {
    fn name(&self) -> &'static str {
        "mahjong_puzzle"
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Follow a hand of letter cards through many rounds and say what the last card makes with it."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "upper and lower case do not matter",
            "an answer that contains the solution beside other text earns nothing",
            "where the stored solution contradicts the rules, because upstream calls a card drawn at random `Pass` unseen, and `Chi` what is also `Peng`, \
             the answer by the rules counts as well",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let (Mode::Strict, Some(answer)) = (mode, answer) else { return Ok(scoring::text(answer, gold, mode)) };
        let rounds: Rounds = entry.metadata()?;
        let by_the_rules = rounds.rounds.last().map(Round::outcome);
        let given = python::strip(answer);
        Ok(Grade::binary(
            given.eq_ignore_ascii_case(gold) || by_the_rules.is_some_and(|outcome| given.eq_ignore_ascii_case(outcome.name())),
        ))
    }
}

#[derive(Deserialize)]
struct Rounds {
    rounds: Vec<Round>,
}

#[derive(Deserialize)]
struct Round {
    add: char,
    remove: char,
    /// The hand after the round.
    cards: String,
}

impl Round {
    fn outcome(&self) -> Outcome {
        let mut hand: Vec<char> = self.cards.chars().collect();
        if let Some(at) = hand.iter().rposition(|card| *card == self.add) {
            hand.remove(at);
        }
        hand.push(self.remove);
        Outcome::of(&hand, self.add)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Peng,
    Chi,
    Pass,
}

impl Outcome {
    /// What a new card makes with a hand.
    fn of(hand: &[char], card: char) -> Self {
        let has = |offset: i32| {
            let letter = u32::try_from(card as i32 + offset).ok().and_then(char::from_u32);
            letter.is_some_and(|letter| hand.contains(&letter))
        };
        if hand.iter().filter(|other| **other == card).count() >= 2 {
            Self::Peng
        } else if has(-2) && has(-1) || has(-1) && has(1) || has(1) && has(2) {
            Self::Chi
        } else {
            Self::Pass
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Peng => "Peng",
            Self::Chi => "Chi",
            Self::Pass => "Pass",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&MahjongPuzzle);
    }

    #[test]
    fn what_the_rules_say_is_right() {
        let rounds = |add: &str, cards: &str| json!({"rounds": [{"add": add, "remove": "X", "cards": cards, "result": "Pass"}]});
        for (answer, add, cards, parity, strict) in [
            ("Pass", "Q", "ABCDEFGHIJKLQ", 1.0, 1.0),
            (" pass ", "Q", "ABCDEFGHIJKLQ", 0.0, 1.0),
            ("Pass, I think", "Q", "ABCDEFGHIJKLQ", 4.0 / 13.0, 0.0),
            ("Chi", "M", "ABCDEFGHIJKLM", 0.0, 1.0),
            ("Peng", "C", "ABCCEFGHIJKLC", 0.0, 1.0),
            ("Chi", "C", "ABCCEFGHIJKLC", 0.0, 0.0),
        ] {
            check::score(&MahjongPuzzle, answer, "Pass", rounds(add, cards), [parity, strict]);
        }
    }
}
