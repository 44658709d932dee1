//! Einstein's riddle: who lives where, from clues about neighbours.

mod street;

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::names::NAMES;
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;
use street::{Clue, Street, Trait};

pub(crate) struct ZebraPuzzles;

impl Puzzle for ZebraPuzzles {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Logic
    }

    fn summary(&self) -> &'static str {
        "Find who lives in which house, and with what, from clues about houses and neighbours."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["white space around the name does not matter"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let plain = |text: &str| text.to_lowercase().replace('\n', "");
        let gold = plain(entry.gold()?);
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        Ok(Grade::binary(match mode {
            Mode::Parity => plain(answer) == gold,
            Mode::Strict => python::strip(&plain(answer)) == gold,
        }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    num_people: usize,
    num_characteristics: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { num_people: 4, num_characteristics: 4 }
    }
}

/// What people have beside their name: how one says so with "the person who", and what there is to have.
#[rustfmt::skip]
const CHARACTERISTICS: [(&str, &str, [&str; 7]); 6] = [
    ("pet", "keeps a", ["cat", "dog", "parrot", "rabbit", "snake", "horse", "tortoise"]),
    ("drink", "drinks", ["tea", "coffee", "milk", "water", "cider", "lemonade", "cocoa"]),
    ("instrument", "plays the", ["violin", "flute", "drum", "harp", "trumpet", "cello", "organ"]),
    ("door", "has a door painted", ["red", "green", "blue", "white", "yellow", "black", "orange"]),
    ("job", "works as a", ["baker", "teacher", "pilot", "doctor", "farmer", "painter", "sailor"]),
    ("sport", "practises", ["tennis", "chess", "judo", "rowing", "fencing", "golf", "archery"]),
];

impl Generate for ZebraPuzzles {
    const NAME: &'static str = "zebra_puzzles";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("num_people", "num_people", Levels::Ints(&[2, 3, 4, 5, 6, 7])),
        Attribute::scalar("num_characteristics", "num_characteristics", Levels::Ints(&[2, 3, 4, 5, 6, 7])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, num_people, 2..=7)?;
        within!(config, num_characteristics, 2..=7)
    }

    /// Clues that leave one solution, none of which can be left out.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let people = config.num_people;
        let kinds = rng.sample(&CHARACTERISTICS, config.num_characteristics - 1);
        let mut values: Vec<Vec<String>> = vec![rng.sample(&NAMES, people).into_iter().map(str::to_owned).collect()];
        values.extend(kinds.iter().map(|(_, _, all)| rng.sample(all, people).into_iter().map(str::to_owned).collect::<Vec<_>>()));
        let street = Street::random(people, config.num_characteristics, rng);
        let clues = street.clues(rng)?;
        let asked = Trait { kind: rng.size(1, config.num_characteristics - 1), value: rng.below(people) };
        let who = street.neighbour_trait(asked, 0);
        let say = |of: Trait| match of.kind {
            0 => values[0][of.value].clone(),
            kind => format!("the person who {} {}", kinds[kind - 1].1, values[kind][of.value]),
        };
        let mut text = format!(
            "{people} people live in a row of {people} houses, numbered from 1 on the left to {people} on the right. Each has another"
        );
        let listed: Vec<String> = (0..config.num_characteristics)
            .map(|kind| {
                let mut shuffled = values[kind].clone();
                shuffled.sort_unstable();
                format!("{} ({})", if kind == 0 { "name" } else { kinds[kind - 1].0 }, shuffled.join(", "))
            })
            .collect();
        text += &format!(" {}.\n", listed.join(", another "));
        for (number, clue) in clues.iter().enumerate() {
            text += &format!("{}. {}.\n", number + 1, capitalized(&describe(clue, &say)));
        }
        text += &format!("What is the name of {}? Answer with the name alone.", say(asked));
        Some(Problem {
            question: text,
            answer: values[0][who.value].clone(),
            metadata: json!({
                "num_clues": clues.len(),
                "difficulty": {"num_people": people, "num_characteristics": config.num_characteristics},
            }),
        })
    }
}

fn describe(clue: &Clue, say: &dyn Fn(Trait) -> String) -> String {
    match *clue {
        Clue::At(one, house) => format!("{} lives in house {}", say(one), house + 1),
        Clue::NotAt(one, house) => format!("{} does not live in house {}", say(one), house + 1),
        Clue::Same(one, other) => format!("{} is {}", say(one), say(other)),
        Clue::DirectlyLeft(one, other) => format!("{} lives directly to the left of {}", say(one), say(other)),
        Clue::Left(one, other) => format!("{} lives somewhere to the left of {}", say(one), say(other)),
        Clue::Beside(one, other) => format!("{} lives next to {}", say(one), say(other)),
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&ZebraPuzzles);
    }

    #[test]
    fn the_name_counts() {
        for (answer, parity, strict) in
            [("Bob", 1.0, 1.0), ("BOB\n", 1.0, 1.0), (" bob", 0.0, 1.0), ("It is Bob", 0.0, 0.0), ("alice", 0.0, 0.0)]
        {
            check::score(&ZebraPuzzles, answer, "bob", json!({}), [parity, strict]);
        }
    }
}
