//! Victor Taelin's rewriting system A::B: tokens that face each other cancel when they are of one letter and pass each other when they are not.

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Ab;

impl Puzzle for Ab {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Rewrite a row of the tokens A#, #A, B# and #B until no rule applies."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["white space around and between the tokens does not matter"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(Grade::binary(match mode {
            Mode::Parity => answer == gold,
            Mode::Strict => answer.split_whitespace().eq(gold.split_whitespace()),
        }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

const TOKENS: [&str; 4] = ["A#", "B#", "#A", "#B"];

/// The program that no rule applies to any more.
///
/// Letters do not influence each other: a token that looks left cancels the nearest one of its letter on its left that looks right, and passes all others.
/// Upstream rewrites step by step and drops programs of more than 100 steps; every program ends, so none is dropped here.
fn computed<'a>(program: &[&'a str]) -> Vec<&'a str> {
    let (mut to_left, mut to_right) = (Vec::new(), Vec::<&str>::new());
    for &token in program {
        let Some(letter) = token.strip_prefix('#') else {
            to_right.push(token);
            continue;
        };
        match to_right.iter().rposition(|other| other.starts_with(letter)) {
            Some(facing) => {
                to_right.remove(facing);
            }
            None => to_left.push(token),
        }
    }
    to_left.extend(to_right);
    to_left
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    length: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { length: 10 }
    }
}

impl Generate for Ab {
    const NAME: &'static str = "ab";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::scalar("length", "length", Levels::Ints(&[10, 25, 50, 100]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, length, 1..=1000)
    }

    /// A program of which something remains, so that no answer is not an answer.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let program: Vec<&str> = (0..config.length).map(|_| *rng.choose(&TOKENS)).collect();
        let rest = computed(&program);
        if rest.is_empty() {
            return None;
        }
        let question = format!(
            "A program is a row of the tokens A#, #A, B# and #B. Wherever the # of two neighbours face each other, the pair is rewritten:\n\
             A# #A and B# #B vanish,\nA# #B becomes #B A#,\nB# #A becomes #A B#.\n\
             Rewriting goes on until no rule applies; the order of the steps does not matter. For example, B# A# #B ends as A#.\n\n\
             What does this program end as?\n{}\n\nAnswer with the remaining tokens in order, separated by single spaces.",
            program.join(" ")
        );
        Some(Problem { question, answer: rest.join(" "), metadata: json!({"program": program, "difficulty": {"length": config.length}}) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Ab);
    }

    #[test]
    fn tokens_count_in_their_order() {
        for (answer, parity, strict) in [("#B A#", 1.0, 1.0), (" #B  A#\n", 0.0, 1.0), ("A# #B", 0.0, 0.0), ("#b a#", 0.0, 0.0)] {
            check::score(&Ab, answer, "#B A#", json!({}), [parity, strict]);
        }
    }

    /// The rules one step at a time, from the left, as the question has them.
    fn stepwise(program: &[&'static str]) -> Vec<&'static str> {
        let mut program = program.to_vec();
        while let Some(at) = program.windows(2).position(|pair| pair[0].ends_with('#') && pair[1].starts_with('#')) {
            if program[at][..1] == program[at + 1][1..] {
                program.drain(at..at + 2);
            } else {
                program.swap(at, at + 1);
            }
        }
        program
    }

    #[test]
    fn one_pass_ends_as_rewriting_does() {
        let mut rng = Rng::new("ab", 0, 0, 0);
        for length in 0..60 {
            let program: Vec<&str> = (0..length).map(|_| *rng.choose(&TOKENS)).collect();
            assert_eq!(computed(&program), stepwise(&program), "{program:?}");
        }
    }
}
