//! The A::B system: tokens that face each other vanish or change places, until none do.

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
        "Rewrite a row of tokens by four rules until none applies."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["white space between and around the tokens does not matter"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        Ok(match (mode, answer) {
            (_, None) => Grade::missing(),
            (Mode::Parity, Some(answer)) => Grade::binary(answer == gold),
            (Mode::Strict, Some(answer)) => Grade::binary(answer.split_whitespace().eq(gold.split_whitespace())),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Token {
    letter: char,
    /// Whether its `#` is on the right, as in `A#`.
    faces_right: bool,
}

impl Token {
    fn text(self) -> String {
        if self.faces_right { format!("{}#", self.letter) } else { format!("#{}", self.letter) }
    }
}

/// Applies the rules until none does. Each step removes two tokens or moves one that faces left to the left, so it ends.
fn reduce(program: &[Token]) -> Vec<Token> {
    let mut done: Vec<Token> = Vec::with_capacity(program.len());
    for &token in program {
        // A token that faces left passes those of the other letter that face right, until it meets one of its own.
        let mut at = done.len();
        if !token.faces_right {
            while at > 0 && done[at - 1].faces_right && done[at - 1].letter != token.letter {
                at -= 1;
            }
            if at > 0 && done[at - 1].faces_right {
                done.remove(at - 1);
                continue;
            }
        }
        done.insert(at, token);
    }
    done
}

fn written(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.text()).collect::<Vec<_>>().join(" ")
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

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let mut token = || Token { letter: *rng.choose(&['A', 'B']), faces_right: rng.chance(0.5) };
        let program: Vec<Token> = (0..config.length).map(|_| token()).collect();
        let answer = written(&reduce(&program));
        if answer.is_empty() {
            return None;
        }
        Some(Problem {
            question: format!(
                "There are four tokens: A#, #A, B# and #B. Two neighbours whose # signs face each other are rewritten:\nA# #A: both vanish\nB# #B: both vanish\nA# #B: become #B A#\nB# #A: \
                 become #A B#\nRewrite this row until no rule applies:\n{}\nAnswer with the tokens that are left, with spaces between them.",
                written(&program)
            ),
            answer,
            metadata: json!({"difficulty": {"length": config.length}}),
        })
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
    fn scores_are_these() {
        for (answer, parity, strict) in [("#B A#", 1.0, 1.0), (" #B  A#\n", 0.0, 1.0), ("A# #B", 0.0, 0.0), ("the end: #B A#", 0.0, 0.0)] {
            check::score(&Ab, answer, "#B A#", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn rules_apply_until_none_does() {
        let read = |text: &str| -> Vec<Token> {
            text.split(' ')
                .map(|token| Token { letter: token.trim_matches('#').chars().next().unwrap(), faces_right: token.ends_with('#') })
                .collect()
        };
        for (program, expect) in [("B# A# #B #A B#", "B#"), ("A# #B", "#B A#"), ("A# #A", ""), ("#A A#", "#A A#"), ("A# B# #A #B", "")] {
            assert_eq!(written(&reduce(&read(program))), expect, "{program}");
        }
    }
}
