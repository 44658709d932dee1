//! Inserting letters into a string after runs of the cycle A B C D E.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct StringInsertion;

impl Puzzle for StringInsertion {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Insert letters into a string wherever a pattern occurs."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the right string in quotes or as a list of its letters is right instead of 0.1", "white space around the answer does not matter"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let read = || joined(answer).as_deref() == Some(gold);
        Ok(match mode {
            Mode::Strict => Grade::binary(scoring::same_text(answer, gold) || read()),
            Mode::Parity if answer == gold => Grade::binary(true),
            Mode::Parity => Grade::of(if read() { 0.1 } else { 0.0 }),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// Python's `"".join(...)` of a literal.
fn joined(answer: &str) -> Option<String> {
    python::literal(answer)?.iterate()?.iter().map(|part| part.as_str()).collect()
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_string_length: usize,
    max_string_length: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_string_length: 5, max_string_length: 20 }
    }
}

impl Generate for StringInsertion {
    const NAME: &'static str = "string_insertion";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("string_length", "min_string_length", "max_string_length", Levels::Ints(&[10, 50, 100, 500]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_string_length, max_string_length, 5..=10_000)
    }

    /// Letters often follow one another, unlike upstream's, where 20 letters have a pattern in only one string of eight and the answer is mostly the question.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        const P_NEXT: f64 = 0.6;
        let length = rng.size(config.min_string_length, config.max_string_length);
        let mut letters = vec![rng.below(5) as u8];
        while let Some(&last) = letters.last().filter(|_| letters.len() < length) {
            letters.push(if rng.chance(P_NEXT) { (last + 1) % 5 } else { rng.below(5) as u8 });
        }
        let spell = |letters: &[u8]| -> String { letters.iter().map(|letter| char::from(b'A' + letter)).collect() };
        let (string, solution) = (spell(&letters), spell(&inserted(&letters)));
        Some(Problem {
            question: format!(
                "Go through the string below from left to right. Wherever one of these patterns begins, write a letter after it and go on behind the pattern:\n- ABCD: write \
                 A\n- BCDE: write B\n- CDEA: write C\n- DEAB: write D\n- EABC: write E\nThe letters of a pattern cannot be part of another one, and neither can the \
                 letters you write.\nAnswer with the resulting string alone.\n\n{string}"
            ),
            answer: solution.clone(),
            metadata: json!({
                "string": string,
                "solution": solution,
                "string_length": length,
                "difficulty": {"string_length": [config.min_string_length, config.max_string_length]},
            }),
        })
    }
}

/// After each run of four letters that follow one another in the cycle, its first letter again.
fn inserted(letters: &[u8]) -> Vec<u8> {
    let mut output = Vec::with_capacity(letters.len() * 5 / 4);
    let mut rest = letters;
    while let Some((&first, tail)) = rest.split_first() {
        let run = rest.first_chunk::<4>().filter(|run| run.windows(2).all(|pair| pair[1] == (pair[0] + 1) % 5));
        if let Some(run) = run {
            output.extend(run);
            output.push(first);
            rest = &rest[4..];
        } else {
            output.push(first);
            rest = tail;
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&StringInsertion);
    }

    #[test]
    fn the_string_in_any_form_is_right() {
        for (answer, parity, strict) in [
            ("ABCDA", 1.0, 1.0),
            (" ABCDA\n", 0.0, 1.0),
            ("\"ABCDA\"", 0.1, 1.0),
            ("['A', 'B', 'C', 'D', 'A']", 0.1, 1.0),
            ("['ABCDA', 1]", 0.0, 0.0),
            ("The answer is ABCDA", 0.0, 0.0),
            ("abcda", 0.0, 0.0),
        ] {
            check::score(&StringInsertion, answer, "ABCDA", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn patterns_do_not_overlap() {
        let check = |string: &str, expect: &str| {
            let letters: Vec<u8> = string.bytes().map(|letter| letter - b'A').collect();
            let output: String = inserted(&letters).iter().map(|letter| char::from(b'A' + letter)).collect();
            assert_eq!(output, expect);
        };
        check("ABCDE", "ABCDAE");
        check("ABCDEABC", "ABCDAEABCE");
        check("EEABCDEA", "EEABCEDEA");
        check("ABC", "ABC");
    }
}
