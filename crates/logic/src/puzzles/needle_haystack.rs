//! Finding the one statement that answers a question among many others.

mod vocabulary;

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use vocabulary::{NAMES, THINGS, VERBS};

pub(crate) struct NeedleHaystack;

impl Puzzle for NeedleHaystack {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Cognition
    }

    fn summary(&self) -> &'static str {
        "Find who does something in a long list of statements."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["a name of several words can be right: upstream removes the spaces of the answer but not of the solution"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let joined = |text: &str| python::strip(&text.replace(' ', "")).to_lowercase();
        let gold = if mode.is_parity() { python::strip(gold).to_lowercase() } else { joined(gold) };
        Ok(Grade::binary(joined(answer) == gold))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_num_statements: usize,
    max_num_statements: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_num_statements: 10, max_num_statements: 100 }
    }
}

/// Somebody's feeling about something, by indices.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Statement {
    name: usize,
    verb: usize,
    thing: usize,
}

impl Statement {
    fn draw(rng: &mut Rng) -> Self {
        Self { name: rng.below(NAMES.len()), verb: rng.below(VERBS.len()), thing: rng.below(THINGS.len()) }
    }

    /// What is asked for must be true of one person only; upstream leaves that to chance.
    fn answers_the_same(self, other: Self) -> bool {
        (self.verb, self.thing) == (other.verb, other.thing)
    }
}

impl Generate for NeedleHaystack {
    const NAME: &'static str = "needle_haystack";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("num_statements", "min_num_statements", "max_num_statements", Levels::Ints(&[10, 100, 500, 1000]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_num_statements, max_num_statements, 1..=20_000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_num_statements, config.max_num_statements);
        let needle = Statement::draw(rng);
        let mut known = BTreeSet::new();
        let mut statements = vec![needle];
        // There are thirty times as many statements as may be asked for, so that a draw seldom is one that is known.
        while statements.len() < count {
            let statement = Statement::draw(rng);
            if !statement.answers_the_same(needle) && known.insert(statement) {
                statements.push(statement);
            }
        }
        rng.shuffle(&mut statements);
        let text: Vec<String> = statements
            .iter()
            .map(|Statement { name, verb, thing }| format!("{} {} {}.", NAMES[*name], VERBS[*verb], THINGS[*thing]))
            .collect();
        let question = format!("Who {} {}? Answer with the name alone.", VERBS[needle.verb], THINGS[needle.thing]);
        Some(Problem {
            answer: NAMES[needle.name].to_owned(),
            metadata: json!({
                "question": question,
                "num_statements": count,
                "difficulty": {"num_statements": [config.min_num_statements, config.max_num_statements]},
            }),
            question: format!("{}\n\n{question}", text.join(" ")),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&NeedleHaystack);
    }

    #[test]
    fn the_name_alone_is_right() {
        for (answer, parity, strict) in
            [(" ada\n", 1.0, 1.0), ("A da", 1.0, 1.0), ("Ada.", 0.0, 0.0), ("It is Ada", 0.0, 0.0), ("", 0.0, 0.0)]
        {
            check::score(&NeedleHaystack, answer, "Ada", json!({}), [parity, strict]);
        }
        check::score(&NeedleHaystack, "Ada Maria", "Ada Maria", json!({}), [0.0, 1.0]);
    }

    #[test]
    fn no_word_is_listed_twice() {
        for words in [&NAMES[..], &VERBS, &THINGS] {
            assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), words.len());
        }
    }
}
