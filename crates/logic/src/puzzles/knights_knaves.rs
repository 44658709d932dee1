//! Who always tells the truth and who always lies, after problems of Xie et al., "On Memorization of Large Language Models in Logical Reasoning" (arXiv 2410.23123).

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::names::NAMES;
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct KnightsKnaves;

impl Puzzle for KnightsKnaves {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Logic
    }

    fn summary(&self) -> &'static str {
        "Find who tells the truth and who lies from what they say; a right role beside wrong ones earns part of the score."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "the answer must be a list of people and roles and nothing else, so that prose which names them is not right",
            "nobody may be listed twice",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else { return Ok(Grade::missing()) };
        let expected = assignments(gold);
        if mode == Mode::Strict {
            return Ok(strict(answer, &expected));
        }
        let given = assignments(answer);
        if given == expected {
            return Ok(Grade::binary(true));
        }
        let right = expected.intersection(&given).count();
        let score = if given.len() == expected.len() && right > 0 { 0.3 + 0.7 * right as f64 / expected.len() as f64 } else { 0.0 };
        Ok(Grade::of(score))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// A good and a bad role, each as it follows "is".
const ROLES: [[&str; 2]; 7] = [
    ["a knight", "a knave"],
    ["a pioneer", "a laggard"],
    ["a saint", "a sinner"],
    ["a hero", "a villain"],
    ["an angel", "a devil"],
    ["an altruist", "an egoist"],
    ["a sage", "a fool"],
];

/// Whether this is the noun of one of [`ROLES`].
fn is_role(word: &str) -> bool {
    matches!(
        word,
        "knight"
            | "knave"
            | "pioneer"
            | "laggard"
            | "saint"
            | "sinner"
            | "hero"
            | "villain"
            | "angel"
            | "devil"
            | "altruist"
            | "egoist"
            | "sage"
            | "fool"
    )
}

fn noun(role: &str) -> &str {
    role.split_once(' ').map_or(role, |(_, noun)| noun)
}

/// Every name that is followed by a role, in lower case: upstream's reading, which passes over whatever lies between.
fn assignments(answer: &str) -> BTreeSet<(String, String)> {
    let plain = python::strip(&answer.to_lowercase()).replace(['.', ',', '(', ')'], " ").replace(" and ", " ");
    let mut found = BTreeSet::new();
    let mut name: Option<&str> = None;
    for word in plain.split(python::is_space).filter(|word| !word.is_empty()) {
        if matches!(word, "is" | "a" | "an") {
            continue;
        }
        if !is_role(word) {
            name = Some(word);
        } else if let Some(name) = name.take() {
            found.insert((name.to_owned(), word.to_owned()));
        }
    }
    found
}

/// Roles by name, where the whole answer is of the form `A is a knight, and B is a knave.`; `None` where somebody comes twice, or the form is another.
fn roles(answer: &str) -> Option<BTreeMap<String, String>> {
    let plain = answer.to_lowercase().replace([',', '.', ';', ':', '*', '(', ')'], " ");
    let words: Vec<&str> = plain.split_whitespace().filter(|word| !matches!(*word, "and" | "is" | "a" | "an" | "-")).collect();
    let mut found = BTreeMap::new();
    for pair in words.chunks(2) {
        let [name, role] = pair else { return None };
        if is_role(name) || !is_role(role) || found.insert((*name).to_owned(), (*role).to_owned()).is_some() {
            return None;
        }
    }
    Some(found)
}

fn strict(answer: &str, expected: &BTreeSet<(String, String)>) -> Grade {
    let Some(given) = roles(answer) else { return Grade::unreadable("not a list of people and their roles") };
    let right = expected.iter().filter(|(name, role)| given.get(name) == Some(role)).count();
    if given.len() != expected.len() || right == 0 {
        return Grade::binary(false);
    }
    if right == expected.len() {
        return Grade::binary(true);
    }
    Grade::of(0.3 + 0.7 * right as f64 / expected.len() as f64)
}

/// What somebody says. Serialised as upstream does: `["->", ["telling-truth", 0], ["not", ["lying", 1]]]`.
#[derive(Clone, PartialEq)]
enum Statement {
    Truthful(usize),
    Lying(usize),
    Not(Box<Statement>),
    All(Vec<Statement>),
    Any(Vec<Statement>),
    Implies(Box<[Statement; 2]>),
    Same(Box<[Statement; 2]>),
}

impl Statement {
    /// A random statement of `speaker`, nested at most `depth` deep.
    fn sample(speaker: usize, depth: u32, config: &Config, rng: &mut Rng) -> Self {
        let kind = if depth == 1 { 0 } else { rng.below(6) };
        match kind {
            0 => loop {
                let (lying, person) = (rng.chance(0.5), rng.below(config.n_people));
                // "I am lying" can be said by nobody.
                if !(lying && person == speaker) {
                    break if lying { Self::Lying(person) } else { Self::Truthful(person) };
                }
            },
            1 => Self::Not(Box::new(Self::sample(speaker, depth - 1, config, rng))),
            2 | 3 => {
                let count = rng.size(2, config.width_constraint.max(2));
                let parts = Self::different(speaker, depth, count, config, rng);
                if kind == 2 { Self::All(parts) } else { Self::Any(parts) }
            }
            _ => {
                let parts = Self::different(speaker, depth, 2, config, rng);
                let pair: Box<[Self; 2]> = Box::new(parts.try_into().unwrap_or_else(|_| unreachable!("two were asked for")));
                if kind == 4 { Self::Implies(pair) } else { Self::Same(pair) }
            }
        }
    }

    /// Statements that differ, or fewer differing ones and repeated ones when there are not so many.
    fn different(speaker: usize, depth: u32, count: usize, config: &Config, rng: &mut Rng) -> Vec<Self> {
        let mut parts: Vec<Self> = Vec::with_capacity(count);
        let mut tries = 0;
        while parts.len() < count {
            let part = Self::sample(speaker, depth - 1, config, rng);
            tries += 1;
            if tries > 100 || !parts.contains(&part) {
                parts.push(part);
            }
        }
        parts
    }

    /// Whether it holds when the people whose bits are set tell the truth.
    fn holds(&self, truthful: u32) -> bool {
        match self {
            Self::Truthful(person) => truthful >> person & 1 == 1,
            Self::Lying(person) => truthful >> person & 1 == 0,
            Self::Not(inner) => !inner.holds(truthful),
            Self::All(parts) => parts.iter().all(|part| part.holds(truthful)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(truthful)),
            Self::Implies(parts) => !parts[0].holds(truthful) || parts[1].holds(truthful),
            Self::Same(parts) => parts[0].holds(truthful) == parts[1].holds(truthful),
        }
    }

    fn say(&self, names: &[&str], roles: [&str; 2]) -> String {
        // Whatever has parts stands in parentheses inside something else.
        let inner = |part: &Self| {
            let text = part.say(names, roles);
            if matches!(part, Self::Truthful(_) | Self::Lying(_)) { text } else { format!("({text})") }
        };
        let joined = |parts: &[Self], word: &str| parts.iter().map(inner).collect::<Vec<_>>().join(word);
        match self {
            Self::Truthful(person) => format!("{} is {}", names[*person], roles[0]),
            Self::Lying(person) => format!("{} is {}", names[*person], roles[1]),
            Self::Not(part) => format!("it is false that {}", inner(part)),
            Self::All(parts) => joined(parts, " and "),
            Self::Any(parts) => joined(parts, " or "),
            Self::Implies(parts) => format!("if {} then {}", inner(&parts[0]), inner(&parts[1])),
            Self::Same(parts) => format!("{} exactly if {}", inner(&parts[0]), inner(&parts[1])),
        }
    }

    fn to_json(&self) -> Value {
        let list = |name: &str, parts: &[Self]| Value::Array(std::iter::once(json!(name)).chain(parts.iter().map(Self::to_json)).collect());
        match self {
            Self::Truthful(person) => json!(["telling-truth", person]),
            Self::Lying(person) => json!(["lying", person]),
            Self::Not(part) => json!(["not", part.to_json()]),
            Self::All(parts) => list("and", parts),
            Self::Any(parts) => list("or", parts),
            Self::Implies(parts) => list("->", &parts[..]),
            Self::Same(parts) => list("<=>", &parts[..]),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    n_people: usize,
    depth_constraint: u32,
    width_constraint: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { n_people: 2, depth_constraint: 2, width_constraint: 2 }
    }
}

impl Generate for KnightsKnaves {
    const NAME: &'static str = "knights_knaves";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("n_people", "n_people", Levels::Ints(&[2, 3, 4, 5])),
        Attribute::scalar("depth_constraint", "depth_constraint", Levels::Ints(&[2, 3])),
        Attribute::scalar("width_constraint", "width_constraint", Levels::Ints(&[2, 3])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, n_people, 2..=12)?;
        within!(config, depth_constraint, 1..=6)?;
        within!(config, width_constraint, 1..=6)
    }

    /// Statements that exactly one assignment of roles agrees with.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let people = 0..config.n_people;
        let statements: Vec<Statement> = people.clone().map(|who| Statement::sample(who, config.depth_constraint, config, rng)).collect();
        let agrees = |truthful: &u32| people.clone().all(|who| (truthful >> who & 1 == 1) == statements[who].holds(*truthful));
        let mut solutions = (0..1_u32 << config.n_people).filter(agrees);
        let solution = solutions.next()?;
        if solutions.next().is_some() {
            return None;
        }
        let names = rng.sample(&NAMES, config.n_people);
        let roles = *rng.choose(&ROLES);
        let is = |who: usize| roles[usize::from(solution >> who & 1 == 0)];
        let listed = |part: &dyn Fn(usize) -> String| {
            let parts: Vec<String> = people.clone().map(part).collect();
            let (last, rest) = parts.split_last().expect("there are two people at least");
            format!("{}, and {last}", rest.join(", "))
        };
        let said: Vec<String> = people.clone().map(|who| format!("{} says: {}.", names[who], statements[who].say(&names, roles))).collect();
        let [good, bad] = roles;
        let question = format!(
            "On an island everybody is either {good}, who only ever says what is true, or {bad}, who only ever says what is false. You meet {}.\n{}\nWho is what? Answer in the form: {}.",
            names.join(", "),
            said.join("\n"),
            listed(&|who| format!("{} is {good}/{bad}", names[who])),
        );
        let capital = |noun: &str| noun[..1].to_uppercase() + &noun[1..];
        let (knight, knave) = (noun(roles[0]), noun(roles[1]));
        Some(Problem {
            question,
            answer: listed(&|who| format!("{} is {}", names[who], is(who))) + ".",
            metadata: json!({
                "statements": statements.iter().map(Statement::to_json).collect::<Vec<_>>(),
                "solution": people.clone().map(|who| solution >> who & 1 == 1).collect::<Vec<_>>(),
                "names": names,
                "knight_knave_terms": {
                    "knight": knight, "knave": knave, "a_knight": roles[0], "a_knave": roles[1], "Knight": capital(knight), "Knave": capital(knave),
                },
                "difficulty": {
                    "n_people": config.n_people,
                    "depth_constraint": config.depth_constraint,
                    "width_constraint": config.width_constraint,
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
        check::puzzle(&KnightsKnaves);
    }

    #[test]
    fn the_nouns_are_those_of_the_roles() {
        assert!(ROLES.iter().flatten().all(|role| is_role(noun(role))));
    }

    #[test]
    fn roles_count_and_not_their_order() {
        let gold = "Zoey is a knight, and Luke is a knave.";
        for (answer, parity, strict) in [
            ("Luke is a knave, and Zoey is a knight.", 1.0, 1.0),
            ("zoey: knight; luke: knave", 0.0, 1.0),
            ("Zoey is a knight, and Luke is a knight.", 0.65, 0.65),
            ("Zoey is a knave, and Luke is a knight.", 0.0, 0.0),
            ("As I see it Zoey is a knight, and Luke is a knave.", 1.0, 0.0),
            ("Zoey is a knight, and Zoey is a knave.", 0.65, 0.0),
            ("Zoey is a knight.", 0.0, 0.0),
        ] {
            check::score(&KnightsKnaves, answer, gold, json!({}), [parity, strict]);
        }
    }
}
