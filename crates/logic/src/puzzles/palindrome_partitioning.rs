//! All ways to cut a string into palindromes.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::python::{self, Value};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

pub(crate) struct PalindromePartitioning;

impl Puzzle for PalindromePartitioning {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Find all ways to cut a string into palindromes."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "each partition must be a list, where upstream also takes a string for the list of its letters",
            "the JSON may stand in a Markdown fence",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Partitions { solution } = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let answer = if mode.is_parity() { answer } else { python::unfenced(answer) };
        let Some(read) = python::json(answer) else { return Ok(Grade::unreadable("not JSON")) };
        if mode == Mode::Strict
            && !read.as_list().is_some_and(|partitions| partitions.iter().all(|partition| partition.as_list().is_some()))
        {
            return Ok(Grade::unreadable("not a list of lists"));
        }
        let solution: BTreeSet<Vec<String>> = solution.into_iter().collect();
        Ok(Grade::binary(partitions(&read) == Some(solution)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Partitions {
    solution: Vec<Vec<String>>,
}

/// The set of what the answer iterates over, each as a tuple. `None` where it is none or holds anything but strings, and so can be no solution.
fn partitions(read: &Value) -> Option<BTreeSet<Vec<String>>> {
    let parts = |partition: &Value| partition.iterate()?.iter().map(|part| part.as_str().map(str::to_owned)).collect();
    read.iterate()?.iter().map(parts).collect()
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_string_len: usize,
    max_string_len: usize,
    min_substring_palindrome_len: usize,
    max_substring_palindrome_len: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_string_len: 5, max_string_len: 15, min_substring_palindrome_len: 1, max_substring_palindrome_len: 5 }
    }
}

/// Strings with more partitions are not asked about.
const MOST_PARTITIONS: usize = 1024;

impl Generate for PalindromePartitioning {
    const NAME: &'static str = "palindrome_partitioning";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("string_len", "min_string_len", "max_string_len", Levels::Ints(&[1, 5, 10, 15])),
        Attribute::interval(
            "substring_palindrome_len",
            "min_substring_palindrome_len",
            "max_substring_palindrome_len",
            Levels::Ints(&[1, 3, 5, 7]),
        ),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_string_len, max_string_len, 1..=100)?;
        bounds!(config, min_substring_palindrome_len, max_substring_palindrome_len, 1..=config.max_string_len)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let length = rng.size(config.min_string_len, config.max_string_len);
        let mut string = String::with_capacity(length);
        while string.len() < length {
            let part = rng.size(config.min_substring_palindrome_len, config.max_substring_palindrome_len);
            string += &palindrome(part.min(length - string.len()), rng);
        }
        let solution = all_partitions(&string)?;
        Some(Problem {
            question: format!(
                "Find all ways to cut the string \"{string}\" into consecutive parts each of which is a palindrome, that is, reads the same backward. Single letters are \
                 palindromes.\nAnswer with a JSON list that has each way once, in any order, as the list of its parts from left to right. For \"aab\" this is \
                 [[\"a\", \"a\", \"b\"], [\"aa\", \"b\"]]."
            ),
            answer: json!(solution).to_string(),
            metadata: json!({
                "string": string,
                "solution": solution,
                "string_len": length,
                "difficulty": {
                    "string_len": [config.min_string_len, config.max_string_len],
                    "substring_palindrome_len": [config.min_substring_palindrome_len, config.max_substring_palindrome_len],
                },
            }),
        })
    }
}

/// Random letters, mirrored.
fn palindrome(length: usize, rng: &mut Rng) -> String {
    let half: String = (0..length.div_ceil(2)).map(|_| char::from(b'a' + rng.below(26) as u8)).collect();
    let mirrored: String = half.chars().rev().skip(length % 2).collect();
    half + &mirrored
}

/// Every partition of a string of ASCII letters; `None` if there are too many.
fn all_partitions(string: &str) -> Option<Vec<Vec<&str>>> {
    // The partitions of each tail, from the shortest tail on.
    let mut tails: Vec<Vec<Vec<&str>>> = vec![vec![Vec::new()]];
    for start in (0..string.len()).rev() {
        let ends = (start + 1..=string.len()).filter(|&end| is_palindrome(&string[start..end]));
        let here: Vec<Vec<&str>> = ends
            .flat_map(|end| tails[string.len() - end].iter().map(move |tail| [&[&string[start..end]], tail.as_slice()].concat()))
            .take(MOST_PARTITIONS + 1)
            .collect();
        // A string has at least as many partitions as any of its tails.
        if here.len() > MOST_PARTITIONS {
            return None;
        }
        tails.push(here);
    }
    tails.pop()
}

fn is_palindrome(text: &str) -> bool {
    text.bytes().eq(text.bytes().rev())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&PalindromePartitioning);
    }

    #[test]
    fn the_set_of_all_partitions_is_right() {
        let metadata = json!({"solution": [["a", "a", "b"], ["aa", "b"]]});
        for (answer, parity, strict) in [
            (r#"[["aa", "b"], ["a", "a", "b"]]"#, 1.0, 1.0),
            (r#"[["aa", "b"], ["a", "a", "b"], ["aa", "b"]]"#, 1.0, 1.0),
            ("```json\n[[\"aa\", \"b\"], [\"a\", \"a\", \"b\"]]\n```", 0.0, 1.0),
            (r#"["aab", ["aa", "b"]]"#, 1.0, 0.0),
            (r#"[["aa", "b"]]"#, 0.0, 0.0),
            (r#"[["aa", "b"], ["a", "a", "b"], [1]]"#, 0.0, 0.0),
            ("[['aa', 'b'], ['a', 'a', 'b']]", 0.0, 0.0),
        ] {
            check::score(&PalindromePartitioning, answer, "", metadata.clone(), [parity, strict]);
        }
    }

    #[test]
    fn partitions_are_complete_and_bounded() {
        assert_eq!(all_partitions("aab").unwrap(), [vec!["a", "a", "b"], vec!["aa", "b"]]);
        assert_eq!(all_partitions(&"a".repeat(11)).map(|all| all.len()), Some(1024));
        assert_eq!(all_partitions(&"a".repeat(12)), None);
    }
}
