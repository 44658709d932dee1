//! Whether the letters of one string can be replaced, one for one, to give another: <https://leetcode.com/problems/isomorphic-strings/>.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct IsomorphicStrings;

impl Puzzle for IsomorphicStrings {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Decide whether two strings are equal up to a renaming of their letters."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["True and False may be of either case", "an answer that contains the word beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        Ok(match (mode, answer) {
            (Mode::Strict, Some(answer)) => Grade::binary(python::strip(answer).eq_ignore_ascii_case(gold)),
            _ => scoring::text(answer, gold, mode),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_string_length: usize,
    max_string_length: usize,
    p_solvable: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_string_length: 2, max_string_length: 10, p_solvable: 0.5 }
    }
}

impl Generate for IsomorphicStrings {
    const NAME: &'static str = "isomorphic_strings";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::range("string_length", "min_string_length", "max_string_length", Levels::Ints(&[10, 50, 100, 1000]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_string_length, max_string_length, 2..=10_000)?;
        within!(config, p_solvable, 0.0..=1.0)
    }

    /// Two isomorphic strings, in which one more pair of letters contradicts another one if they are not to be.
    ///
    /// Upstream makes isomorphic strings one letter shorter than the others, so that the length gives the answer away; ours are of equal length.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let length = rng.size(config.min_string_length, config.max_string_length);
        let solvable = rng.chance(config.p_solvable);
        let alphabet = Vec::from_iter('a'..='z');
        let renamed = rng.sample(&alphabet, alphabet.len());
        let consistent = length - usize::from(!solvable);
        let mut pairs: Vec<(char, char)> = (0..consistent)
            .map(|_| {
                let letter = rng.below(alphabet.len());
                (alphabet[letter], renamed[letter])
            })
            .collect();
        if !solvable {
            let (letter, image) = *rng.choose(&pairs);
            let others: Vec<char> = alphabet.into_iter().filter(|other| *other != image).collect();
            let other = *rng.choose(&others);
            pairs.insert(rng.size(0, pairs.len()), (letter, other));
        }
        let (s, t): (String, String) = pairs.into_iter().unzip();
        Some(Problem {
            question: format!(
                "Two strings are isomorphic if replacing every letter of the first gives the second, where equal letters get equal replacements and different letters \
                 different ones. A letter may be its own replacement. Are these two strings isomorphic? Answer with True or False.\n{s}\n{t}"
            ),
            answer: if solvable { "True" } else { "False" }.to_owned(),
            metadata: json!({
                "words": [s, t],
                "solution": solvable,
                "solvable": solvable,
                "string_length": length,
                "difficulty": {"string_length": [config.min_string_length, config.max_string_length]},
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use gavel_task::Difficulty;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&IsomorphicStrings);
    }

    #[test]
    fn the_word_alone_is_right() {
        for (answer, parity, strict) in
            [("True", 1.0, 1.0), ("true", 0.0, 1.0), ("True.", 4.0 / 5.0, 0.0), ("False", 0.0, 0.0), ("TrueFalse", 4.0 / 9.0, 0.0)]
        {
            check::score(&IsomorphicStrings, answer, "True", json!({}), [parity, strict]);
        }
    }

    fn isomorphic(s: &str, t: &str) -> bool {
        let pairs = || s.chars().zip(t.chars());
        s.len() == t.len() && pairs().all(|one| pairs().all(|other| (one.0 == other.0) == (one.1 == other.1)))
    }

    #[test]
    fn answers_hold_for_the_strings() {
        #[derive(Deserialize)]
        struct Words {
            words: (String, String),
        }
        for entry in IsomorphicStrings.generate(&Difficulty::Default, 0, 0).unwrap().take(300) {
            let entry = entry.unwrap();
            let Words { words: (s, t) } = entry.metadata().unwrap();
            assert_eq!(entry.gold(), Ok(if isomorphic(&s, &t) { "True" } else { "False" }), "{s} {t}");
        }
    }
}
