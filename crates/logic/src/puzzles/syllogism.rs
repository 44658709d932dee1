//! Whether a conclusion follows from two statements of the form "all, no, some or some not".

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct Syllogism;

impl Puzzle for Syllogism {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Logic
    }

    fn summary(&self) -> &'static str {
        "Say whether a conclusion follows from two premises about all, no or some members of groups."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["the case of Yes and No does not matter", "an answer that contains the word beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::word(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Quantifier {
    All,
    No,
    Some,
    SomeNot,
}

/// A statement about two of three groups, by their numbers.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Statement {
    quantifier: Quantifier,
    subject: usize,
    predicate: usize,
}

impl Statement {
    /// Whether it holds in a world, given as a bit for each of the eight combinations of memberships: set if somebody has just these.
    fn holds(self, world: u32) -> bool {
        let somebody = |is_predicate: bool| {
            (0..8).any(|kind: usize| {
                world >> kind & 1 == 1 && kind >> self.subject & 1 == 1 && (kind >> self.predicate & 1 == 1) == is_predicate
            })
        };
        match self.quantifier {
            Quantifier::All => !somebody(false),
            Quantifier::No => !somebody(true),
            Quantifier::Some => somebody(true),
            Quantifier::SomeNot => somebody(false),
        }
    }

    fn say(self, groups: &[&str]) -> String {
        let (subject, predicate) = (groups[self.subject], groups[self.predicate]);
        match self.quantifier {
            Quantifier::All => format!("All {subject} are {predicate}"),
            Quantifier::No => format!("No {subject} are {predicate}"),
            Quantifier::Some => format!("Some {subject} are {predicate}"),
            Quantifier::SomeNot => format!("Some {subject} are not {predicate}"),
        }
    }
}

/// Whether the conclusion holds in every world in which the premises do. As with Aristotle, every group has members.
fn follows(premises: [Statement; 2], conclusion: Statement) -> bool {
    let peopled = |world: u32| (0..3).all(|group| (0..8).any(|kind: usize| world >> kind & 1 == 1 && kind >> group & 1 == 1));
    (0..1_u32 << 8)
        .filter(|world| peopled(*world) && premises.iter().all(|premise| premise.holds(*world)))
        .all(|world| conclusion.holds(world))
}

#[rustfmt::skip]
const GROUPS: [&str; 40] = [
    "acrobats", "actors", "ants", "bakers", "bees", "bicycles", "boats", "builders", "camels", "cats", "chemists", "clocks", "crows", "dancers", "dolphins", "drummers", "eagles",
    "farmers", "foxes", "gardeners", "geese", "hunters", "judges", "lamps", "lawyers", "lions", "mice", "nurses", "owls", "painters", "pilots", "poets", "robots", "sailors",
    "scholars", "snails", "teachers", "tigers", "tailors", "wizards",
];

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    allow_all: bool,
    allow_no: bool,
    allow_some: bool,
    allow_some_not: bool,
    invalid_ratio: f64,
    inversion_probability: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { allow_all: true, allow_no: true, allow_some: true, allow_some_not: true, invalid_ratio: 0.3, inversion_probability: 0.3 }
    }
}

impl Config {
    fn quantifiers(&self) -> Vec<Quantifier> {
        let all = [
            (self.allow_all, Quantifier::All),
            (self.allow_no, Quantifier::No),
            (self.allow_some, Quantifier::Some),
            (self.allow_some_not, Quantifier::SomeNot),
        ];
        all.into_iter().filter(|(allowed, _)| *allowed).map(|(_, quantifier)| quantifier).collect()
    }
}

impl Generate for Syllogism {
    const NAME: &'static str = "syllogism";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("allow_all", "allow_all", Levels::Json(&["true", "true", "true", "true"])),
        Attribute::scalar("allow_no", "allow_no", Levels::Json(&["false", "true", "true", "true"])),
        Attribute::scalar("allow_some", "allow_some", Levels::Json(&["false", "false", "true", "true"])),
        Attribute::scalar("allow_some_not", "allow_some_not", Levels::Json(&["false", "false", "false", "true"])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, invalid_ratio, 0.0..=1.0)?;
        within!(config, inversion_probability, 0.0..=1.0)?;
        if config.quantifiers().is_empty() {
            return Err(InvalidConfig::new("allow_all", "one kind of statement must be allowed at least"));
        }
        Ok(())
    }

    /// An inversion asks about one premise turned round, with the other as a distraction; else the conclusion joins the outer groups.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let groups = rng.sample(&GROUPS, 3);
        let quantifiers = config.quantifiers();
        let inversion = rng.chance(config.inversion_probability);
        let valid = !rng.chance(config.invalid_ratio);
        // With few kinds of statement one of the two answers may not exist: then the other is taken.
        for attempt in 0..200 {
            let mut any = |subject, predicate| Statement { quantifier: *rng.choose(&quantifiers), subject, predicate };
            let premises = [any(0, 1), any(1, 2)];
            let selected = usize::from(inversion && rng.chance(0.5));
            let (subject, predicate) = if inversion { (premises[selected].predicate, premises[selected].subject) } else { (0, 2) };
            // The inversion of a universal statement is a particular one, whether or not such premises are allowed.
            let kinds = if inversion { [Quantifier::All, Quantifier::No, Quantifier::Some].as_slice() } else { quantifiers.as_slice() };
            let conclusion = Statement { quantifier: *rng.choose(kinds), subject, predicate };
            if follows(premises, conclusion) != valid && attempt < 100 {
                continue;
            }
            return Some(problem(premises, conclusion, inversion.then_some(selected), &groups));
        }
        None
    }
}

fn problem(premises: [Statement; 2], conclusion: Statement, selected: Option<usize>, groups: &[&str]) -> Problem {
    let [first, second] = premises.map(|premise| premise.say(groups));
    let valid = follows(premises, conclusion);
    let conclusion = conclusion.say(groups);
    let mut metadata = json!({
        "premise1": first,
        "premise2": second,
        "conclusion": conclusion,
        "is_valid": valid,
        "type": if selected.is_some() { "inversion" } else { "syllogism" },
    });
    if let Some(selected) = selected {
        metadata["selected_premise"] = (selected + 1).into();
    }
    Problem {
        question: format!(
            "Given that there are {}, {} and {}, and that\n1. {first}.\n2. {second}.\nDoes it follow that {}{}? Answer Yes or No.",
            groups[0],
            groups[1],
            groups[2],
            conclusion[..1].to_lowercase(),
            &conclusion[1..]
        ),
        answer: if valid { "Yes" } else { "No" }.to_owned(),
        metadata,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Syllogism);
    }

    #[test]
    fn the_word_counts() {
        for (answer, parity, strict) in [("Yes", 1.0, 1.0), ("yes", 0.0, 1.0), ("Yes, it does", 0.25, 0.0), ("No", 0.0, 0.0)] {
            check::score(&Syllogism, answer, "Yes", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn conclusions_follow_as_in_the_textbook() {
        use Quantifier::{All, No, Some, SomeNot};
        let statement = |quantifier, subject, predicate| Statement { quantifier, subject, predicate };
        for (first, second, conclusion, expect) in [
            (All, All, All, true),
            (All, No, No, true),
            (Some, All, Some, true),
            (Some, No, SomeNot, true),
            // Groups have members.
            (All, All, Some, true),
            (All, Some, Some, false),
            (No, No, No, false),
        ] {
            assert_eq!(follows([statement(first, 0, 1), statement(second, 1, 2)], statement(conclusion, 0, 2)), expect);
        }
        assert!(follows([statement(All, 0, 1), statement(Some, 1, 2)], statement(Some, 1, 0)));
    }
}
