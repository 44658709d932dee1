//! A game of letter cards: what does the card drawn last make with the hand, three of a kind, three in a row, or nothing?

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct MahjongPuzzle;

impl Puzzle for MahjongPuzzle {
    fn name(&self) -> &'static str {
        Self::NAME
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

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The letters there are; a hand starts with at most two of each.
const LETTERS: [char; 26] =
    ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'];

const HAND: usize = 13;

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_num_rounds: usize,
    max_num_rounds: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_num_rounds: 10, max_num_rounds: 50 }
    }
}

impl Generate for MahjongPuzzle {
    const NAME: &'static str = "mahjong_puzzle";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::range("num_rounds", "min_num_rounds", "max_num_rounds", Levels::Ints(&[10, 50, 100, 500]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_num_rounds, max_num_rounds, 1..=5000)
    }

    /// The three outcomes are drawn equally often, and a card that has the one drawn.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let mut hand = rng.sample(&[LETTERS, LETTERS].concat(), HAND);
        let start: String = hand.iter().collect();
        let count = rng.size(config.min_num_rounds, config.max_num_rounds);
        let rounds: Vec<Round> = (0..count).map(|_| Round::play(&mut hand, rng)).collect();
        let result = rounds.last()?.result;
        let lines: Vec<String> =
            (1..).zip(&rounds).map(|(number, round)| format!("{number}. {} comes, {} goes", round.add, round.remove)).collect();
        Some(Problem {
            question: format!(
                "You hold {HAND} letter cards: {start}. In every round a card comes to your hand and is judged together with the cards you held before; then a \
                 card goes.\nThe new card makes:\n- Peng, if you held two or more cards of the same letter;\n- otherwise Chi, if with two cards you held it forms \
                 three letters that follow one another in the alphabet, in any order, such as ABC or MNO;\n- otherwise Pass.\n\nThe rounds:\n{}\n\nWhat does the \
                 new card of the last round make? Answer with Peng, Chi or Pass.",
                lines.join("\n"),
            ),
            answer: result.to_owned(),
            metadata: json!({
                "rounds": rounds,
                "solution": result,
                "difficulty": {"num_rounds": [config.min_num_rounds, config.max_num_rounds]},
            }),
        })
    }
}

#[derive(Deserialize)]
struct Rounds {
    rounds: Vec<Round>,
}

#[derive(Serialize, Deserialize)]
struct Round {
    add: char,
    remove: char,
    /// The hand after the round.
    cards: String,
    #[serde(skip_deserializing)]
    result: &'static str,
}

impl Round {
    /// Draws a card, judges it with the hand, and takes away one that was there before.
    fn play(hand: &mut Vec<char>, rng: &mut Rng) -> Self {
        let wanted = *rng.choose(&[Outcome::Peng, Outcome::Chi, Outcome::Pass]);
        let fitting: Vec<char> = LETTERS.into_iter().filter(|card| Outcome::of(hand, *card) == wanted).collect();
        let add = *rng.choose(if fitting.is_empty() { &LETTERS } else { &fitting });
        let result = Outcome::of(hand, add).name();
        let remove = hand.remove(rng.below(hand.len()));
        hand.push(add);
        Self { add, remove, cards: hand.iter().collect(), result }
    }

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
