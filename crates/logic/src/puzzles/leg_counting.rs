//! Counting the legs of many animals.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub(crate) struct LegCounting;

impl Puzzle for LegCounting {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Arithmetic
    }

    fn summary(&self) -> &'static str {
        "Count the legs of a list of animals."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the same number in another form is right", "an answer that contains the number beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::number(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// One of them, many of them, and the legs that each has.
type Animal = (&'static str, &'static str, i64);

/// Animals whose number of legs nobody disputes.
#[rustfmt::skip]
const ANIMALS: [Animal; 44] = [
    ("snake", "snakes", 0), ("earthworm", "earthworms", 0), ("snail", "snails", 0), ("leech", "leeches", 0), ("jellyfish", "jellyfish", 0), ("eel", "eels", 0),
    ("goldfish", "goldfish", 0),
    ("chicken", "chickens", 2), ("duck", "ducks", 2), ("goose", "geese", 2), ("ostrich", "ostriches", 2), ("penguin", "penguins", 2), ("owl", "owls", 2),
    ("dog", "dogs", 4), ("cat", "cats", 4), ("cow", "cows", 4), ("horse", "horses", 4), ("lion", "lions", 4), ("elephant", "elephants", 4),
    ("giraffe", "giraffes", 4), ("wolf", "wolves", 4), ("sheep", "sheep", 4), ("mouse", "mice", 4), ("frog", "frogs", 4), ("lizard", "lizards", 4),
    ("rabbit", "rabbits", 4),
    ("ant", "ants", 6), ("bee", "bees", 6), ("wasp", "wasps", 6), ("beetle", "beetles", 6), ("butterfly", "butterflies", 6),
    ("grasshopper", "grasshoppers", 6), ("mosquito", "mosquitoes", 6), ("dragonfly", "dragonflies", 6), ("moth", "moths", 6), ("cricket", "crickets", 6),
    ("spider", "spiders", 8), ("scorpion", "scorpions", 8), ("tick", "ticks", 8),
    ("crab", "crabs", 10), ("lobster", "lobsters", 10), ("shrimp", "shrimps", 10), ("prawn", "prawns", 10),
    ("woodlouse", "woodlice", 14),
];

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_animals: usize,
    max_animals: usize,
    min_instances: i64,
    max_instances: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_animals: 3, max_animals: 10, min_instances: 1, max_instances: 15 }
    }
}

#[rustfmt::skip]
const KINDS: [i64; 36] = [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
];

impl Generate for LegCounting {
    const NAME: &'static str = "leg_counting";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("num_animals", "min_animals", "max_animals", Levels::Ints(&KINDS)),
        Attribute::interval("num_instances", "min_instances", "max_instances", Levels::Ints(&[2, 4, 8, 16, 32, 64, 128, 256, 512, 1024])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_animals, max_animals, 1..=ANIMALS.len())?;
        bounds!(config, min_instances, max_instances, 1..=1_000_000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let kinds = rng.size(config.min_animals, config.max_animals);
        let herd: Vec<(Animal, i64)> =
            rng.sample(&ANIMALS, kinds).into_iter().map(|animal| (animal, rng.int(config.min_instances, config.max_instances))).collect();
        let legs: i64 = herd.iter().map(|((_, _, legs), count)| legs * count).sum();
        let list: Vec<String> =
            herd.iter().map(|((one, many, _), count)| format!("{count} {}", if *count == 1 { one } else { many })).collect();
        let animals: Map<String, Value> = herd.iter().map(|((name, ..), count)| ((*name).to_owned(), json!(count))).collect();
        Some(Problem {
            question: format!(
                "Together, how many legs do these animals have: {}? None of them has lost any. Answer with the number alone.",
                list.join(", ")
            ),
            answer: legs.to_string(),
            metadata: json!({
                "animals": animals,
                "num_animals": herd.len(),
                "total_legs": legs,
                "difficulty": {
                    "num_animals": [config.min_animals, config.max_animals],
                    "num_instances": [config.min_instances, config.max_instances],
                },
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&LegCounting);
    }

    #[test]
    fn the_number_alone_is_right() {
        for (answer, parity, strict) in [("140", 1.0, 1.0), ("140.0", 0.6, 1.0), ("140 legs", 0.375, 0.0), ("14", 0.0, 0.0)] {
            check::score(&LegCounting, answer, "140", json!({}), [parity, strict]);
        }
    }
}
