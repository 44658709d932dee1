//! Prompts with several constraints that go together.
//!
//! A prompt is a request and the sentences of its constraints. Which constraints and arguments is decided by the seed and the index alone. Constraints
//! that claim the same property of a response never meet, so that every prompt can be followed; no response is made.

use crate::constraint::{Claim, Constraint, Suite};
use crate::kwargs::{Kind, Kwargs};
use crate::rng::Rng;
use crate::{CONSTRAINTS, Rules};
use gavel_task::{GenerateError, Item, Limits, TaskName};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// Changes whenever items of a seed may change.
pub(crate) const VERSION: u32 = 1;

/// What prompts look like.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The fewest constraints in a prompt.
    pub min_constraints: usize,
    /// The most.
    pub max_constraints: usize,
    /// Where they come from: `ifeval`, `iftrain`, `ifbench`.
    pub suites: Vec<Suite>,
    /// The requests; empty for the built-in ones.
    pub topics: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_constraints: 1, max_constraints: 3, suites: vec![Suite::IfEval, Suite::IfTrain], topics: Vec::new() }
    }
}

/// More constraints than this do not go together.
const MOST_CONSTRAINTS: usize = 6;
const MOST_TOPICS: usize = 10_000;
/// How many draws an item takes before it is given up.
const TRIES: u32 = 200;

impl Config {
    /// One constraint more in a prompt for every level.
    pub(crate) fn at(level: usize) -> Self {
        let max_constraints = level.saturating_add(1).min(MOST_CONSTRAINTS);
        Self { min_constraints: max_constraints.div_ceil(2), max_constraints, ..Self::default() }
    }

    /// The default with these fields replaced.
    ///
    /// # Errors
    /// The field and what is wrong with it.
    pub(crate) fn read(fields: &Map<String, Value>) -> Result<Self, (String, String)> {
        serde_json::from_value(Value::Object(fields.clone())).map_err(|error| (String::new(), error.to_string()))
    }

    /// # Errors
    /// The field and what is wrong with it.
    pub(crate) fn check(&self) -> Result<(), (String, String)> {
        let wrong = |field: &str, message: String| Err((field.to_owned(), message));
        if self.min_constraints == 0 || self.min_constraints > self.max_constraints {
            return wrong("min_constraints", "expected a number from 1 to `max_constraints`".to_owned());
        }
        if self.max_constraints > MOST_CONSTRAINTS {
            return wrong("max_constraints", format!("expected at most {MOST_CONSTRAINTS}"));
        }
        if self.suites.is_empty() {
            return wrong("suites", "expected at least one of `ifeval`, `iftrain`, `ifbench`".to_owned());
        }
        if self.topics.len() > MOST_TOPICS || self.topics.iter().any(|topic| topic.trim().is_empty() || topic.len() > 64 << 10) {
            return wrong("topics", format!("expected at most {MOST_TOPICS} texts of at most 64 KiB, none blank"));
        }
        Ok(())
    }
}

/// Item `index` of a seed. `required` is in every prompt.
pub(crate) fn item(
    task: &TaskName,
    config: &Config,
    required: Option<&'static Constraint>,
    seed: u64,
    index: u64,
) -> Result<Item, GenerateError> {
    let mut rng = Rng::new(VERSION, seed, index);
    let topic = if config.topics.is_empty() { *rng.choice(TOPICS) } else { rng.choice(&config.topics) };
    let wanted = rng.size(config.min_constraints, config.max_constraints);
    let wanted = if required.is_some_and(is_alone) { 1 } else { wanted };
    let pool: Vec<&Constraint> = CONSTRAINTS.iter().copied().filter(|constraint| config.suites.contains(&constraint.suite)).collect();
    let mut chosen: Vec<&Constraint> = required.into_iter().collect();
    for _ in 0..TRIES {
        if chosen.len() == wanted || pool.is_empty() {
            break;
        }
        let candidate = *rng.choice(&pool);
        // Constraints that decide the whole response, and tasks of their own, stand alone.
        if (wanted == 1 || !is_alone(candidate)) && chosen.iter().all(|other| other.goes_with(candidate)) {
            chosen.push(candidate);
        }
    }
    if chosen.len() < wanted {
        return Err(GenerateError::Infeasible { task: task.clone(), tries: TRIES });
    }
    let mut words = Words { rng: &mut rng, used: Vec::new() };
    let kwargs: Vec<Kwargs> = chosen.iter().map(|constraint| draw(constraint, topic, &mut words)).collect();
    let sentences: Vec<String> = chosen.iter().zip(&kwargs).map(|(constraint, kwargs)| constraint.describe(kwargs)).collect();
    debug_assert!(chosen.iter().zip(&kwargs).all(|(constraint, kwargs)| constraint.read(kwargs, Rules::Parity).is_ok()), "{kwargs:?}");
    let is_task = chosen.iter().any(|constraint| constraint.claims.contains(&Claim::Task));
    let prompt = if is_task { sentences.join("\n") } else { format!("{topic}\n\n{}", sentences.join("\n")) };
    let ids: Vec<&str> = chosen.iter().map(|constraint| constraint.id).collect();
    let reference = json!({ "instruction_id_list": ids, "kwargs": kwargs });
    Ok(Item {
        id: format!("ifeval-{seed}-{index}"),
        task: task.clone(),
        prompt: Some(prompt),
        response: String::new(),
        reference: serde_json::value::to_raw_value(&reference).expect("a JSON value is JSON"),
        options: None,
        limits: Limits::default(),
    })
}

fn is_alone(constraint: &Constraint) -> bool {
    constraint.claims.iter().any(|claim| matches!(claim, Claim::Whole | Claim::Task))
}

/// Draws words, none twice in a prompt.
struct Words<'r> {
    rng: &'r mut Rng,
    used: Vec<&'static str>,
}

impl Words<'_> {
    fn word(&mut self) -> &'static str {
        let mut word = *self.rng.choice(WORDS);
        for _ in 0..TRIES {
            if !self.used.contains(&word) {
                break;
            }
            word = *self.rng.choice(WORDS);
        }
        self.used.push(word);
        word
    }
}

fn draw(constraint: &Constraint, topic: &str, words: &mut Words<'_>) -> Kwargs {
    let mut kwargs = Kwargs::new();
    for field in constraint.fields {
        let value = match field.kind {
            Kind::Count(least, most) | Kind::Percent(least, most) => {
                let (least, most) = (usize::try_from(least).unwrap_or(0), usize::try_from(most).unwrap_or(0));
                json!(words.rng.size(least, most))
            }
            Kind::Relation => json!(words.rng.choice(&["less than", "at least"])),
            Kind::Letter => json!(char::from(b'a' + words.rng.size(0, 25) as u8).to_string()),
            Kind::Language => {
                json!(words.rng.choice(&["de", "fr", "es", "it", "pt", "nl", "ru", "hi", "ar", "ja", "ko", "vi", "tr", "sw"]))
            }
            Kind::Text(choices) => json!(words.rng.choice(choices)),
            Kind::Pattern(crate::kwargs::Form::Lower) => json!(words.rng.choice(&["P.S.", "P.P.S"])),
            Kind::Pattern(crate::kwargs::Form::Section) => json!(words.rng.choice(&["Section", "SECTION"])),
            Kind::Word | Kind::Pattern(_) => json!(words.word()),
            Kind::Patterns(_) => json!([words.word(), words.word()]),
            Kind::Prompt => json!(topic),
            Kind::Unread => continue,
        };
        kwargs.insert(field.name.to_owned(), value);
    }
    kwargs
}

/// Requests that any of the constraints can be laid upon.
const TOPICS: &[&str] = &[
    "Write a short story about a lighthouse keeper who finds a letter in a bottle.",
    "Explain to a ten-year-old how a rainbow comes about.",
    "Write a letter to a city council that asks for a new playground.",
    "Describe a day in the life of a beekeeper.",
    "Compare trains and planes as ways of crossing a continent.",
    "Write a product description of a backpack made for photographers.",
    "Give advice to somebody who plants a garden for the first time.",
    "Summarize what is known about how the pyramids were built.",
    "Write a dialogue between a clock and a calendar.",
    "Explain the difference between weather and climate.",
    "Write a review of an imaginary restaurant by the sea.",
    "Plan a weekend in the mountains for a family with two children.",
    "Describe how bread is made, from the grain to the loaf.",
    "Write an announcement of a book club's next meeting.",
    "Explain why the sea is salty.",
    "Write a speech for the opening of a small museum of toys.",
    "Argue for or against homework in primary schools.",
    "Describe the rules of a board game of your own invention.",
    "Write a message to neighbours about a street festival.",
    "Explain how a bicycle stays upright.",
];

/// Words that fit into any request and are no part of one another.
const WORDS: &[&str] = &[
    "river", "window", "garden", "winter", "bridge", "silver", "music", "doctor", "market", "village", "mountain", "castle", "journey",
    "paper", "orange", "shadow", "island", "kitchen", "teacher", "morning", "forest", "engine", "blanket", "mirror", "pocket", "thunder",
    "harbor", "ladder", "button", "velvet", "compass", "puzzle", "lantern", "meadow", "basket", "copper", "guitar", "helmet", "jacket",
    "kettle", "lemon", "marble", "needle", "oyster", "pepper", "quilt", "ribbon", "saddle", "turtle", "umbrella", "violin", "wagon",
    "yellow", "zipper", "anchor", "butter",
];
