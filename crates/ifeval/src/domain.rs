//! The domain `ifeval`: from a response to a verdict on each of its prompt's instructions.

use crate::constraint::Constraint;
use crate::generator::Config;
use crate::response::answer;
use crate::strict_loose::{Variants, check};
use crate::{Args, CONSTRAINTS, Kwargs, Mode, Rules, find, generator};
use gavel_task::{Attempt, Budget, Detail, Difficulty, Domain, GenerateError, Items, Order, Reason, Score, SubTask, Verdict, VerifyError};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Judges responses by the instructions they were given.
#[derive(Clone, Copy, Debug, Default)]
pub struct IfEval;

/// The instructions of a prompt.
#[derive(Clone, Debug, PartialEq)]
pub struct Instructions {
    /// Their ids.
    pub instruction_id_list: Vec<String>,
    /// The arguments of each; an empty list stands for no arguments at all.
    pub kwargs: Vec<Option<Kwargs>>,
    /// What the model was asked; not read.
    pub prompt: Option<String>,
}

impl<'de> Deserialize<'de> for Instructions {
    /// Reads the object, or a string that holds it as JSON, as rows for verl do.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Fields {
            instruction_id_list: Vec<String>,
            #[serde(default)]
            kwargs: Vec<Option<Kwargs>>,
            #[serde(default)]
            prompt: Option<String>,
        }
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Form {
            Json(String),
            Fields(Fields),
        }
        let fields = match Form::deserialize(deserializer)? {
            Form::Fields(fields) => fields,
            Form::Json(text) => serde_json::from_str(&text).map_err(serde::de::Error::custom)?,
        };
        Ok(Self { instruction_id_list: fields.instruction_id_list, kwargs: fields.kwargs, prompt: fields.prompt })
    }
}

/// How several verdicts become one score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grading {
    /// The share of instructions that are followed: ProRL's reward.
    #[default]
    Fraction,
    /// 1 if all are followed, else 0: IFEval's prompt-level accuracy.
    Binary,
}

/// How responses are judged.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Which variants of the response may obey.
    pub mode: Mode,
    /// How verdicts become a score.
    pub grading: Grading,
    /// Our rules or the references'.
    pub rules: Rules,
}

/// The most instructions that one prompt may have.
const MOST_INSTRUCTIONS: usize = 64;

impl Domain for IfEval {
    const NAME: &'static str = "ifeval";
    const SUMMARY: &'static str = "Checks whether a response follows the instructions of its prompt: IFEval, IFTrain and IFBench.";
    type Reference = Instructions;
    type Options = Options;

    fn version(&self) -> String {
        format!("1 ({} constraints, generator {})", CONSTRAINTS.len(), generator::VERSION)
    }

    fn example(&self) -> Value {
        json!({
            "task": "ifeval",
            "response": "Birds sing at dawn",
            "reference": {
                "instruction_id_list": ["punctuation:no_comma", "length_constraints:number_words"],
                "kwargs": [{}, {"num_words": 10, "relation": "less than"}],
            },
        })
    }

    fn verify(&self, attempt: Attempt<'_>, reference: &Instructions, options: &Options, _budget: &Budget) -> Result<Verdict, VerifyError> {
        if attempt.task.sub().is_some_and(|sub| named(sub).is_none()) {
            let known = CONSTRAINTS.iter().map(|constraint| format!("ifeval/{}", sub_name(constraint))).collect();
            return Err(VerifyError::UnknownTask { task: attempt.task.clone(), known });
        }
        let instructions = read(reference, options.rules)?;
        let response = answer(attempt.response);
        let variants = Variants::new(response, options.mode);
        let readings = variants.readings();
        let mut followed = 0;
        let mut failed = Vec::new();
        let mut results = Vec::with_capacity(instructions.len());
        for (index, (constraint, args)) in instructions.iter().enumerate() {
            let evidence = check(constraint, args, options.rules, &readings);
            if let Some(message) = evidence.fault {
                return Err(VerifyError::InvalidReference { field: format!("kwargs[{index}]"), message });
            }
            if evidence.passes {
                followed += 1;
            } else {
                failed.push(constraint.id);
            }
            let mut result = serde_json::to_value(&evidence).map_err(|error| VerifyError::Internal { message: error.to_string() })?;
            if let Some(result) = result.as_object_mut() {
                result.insert("id".to_owned(), json!(constraint.id));
            }
            results.push(result);
        }
        let score = match options.grading {
            Grading::Fraction => Score::fraction(followed, instructions.len()),
            Grading::Binary => Score::binary(followed == instructions.len()),
        };
        let (reason, message) = match (failed.is_empty(), response.is_empty()) {
            (true, _) => (Reason::CORRECT, String::new()),
            (false, true) => (Reason::new("empty_response"), "the response is empty".to_owned()),
            (false, false) => (Reason::new("not_followed"), format!("not followed: {}", failed.join(", "))),
        };
        let facts = BTreeMap::from([("instructions".to_owned(), Value::Array(results))]);
        Ok(Verdict { score, reason, message, detail: Detail { facts, ..Detail::default() } })
    }

    fn sub_tasks(&self) -> Vec<SubTask> {
        CONSTRAINTS.iter().map(|constraint| describe(constraint)).collect()
    }

    fn generate(&self, order: &Order) -> Result<Items<'static>, GenerateError> {
        let required = match order.task.sub() {
            Some(sub) => Some(
                named(sub).ok_or_else(|| GenerateError::UnknownTask { task: order.task.clone(), known: vec![Self::NAME.to_owned()] })?,
            ),
            None => None,
        };
        let invalid = |(field, message)| GenerateError::Config { task: order.task.clone(), field, message };
        let config = match &order.difficulty {
            Difficulty::Default => Config::default(),
            Difficulty::Level(level) => Config::at(*level),
            Difficulty::Config(fields) => Config::read(fields).map_err(invalid)?,
        };
        config.check().map_err(invalid)?;
        let order = order.clone();
        Ok(Box::new((order.start..).map(move |index| generator::item(&order.task, &config, required, order.seed, index))))
    }
}

/// The name of a constraint in task names, where `:` cannot stand: prompts of the task have that constraint, and may have others.
fn sub_name(constraint: &Constraint) -> String {
    constraint.id.replacen(':', ".", 1)
}

fn named(sub: &str) -> Option<&'static Constraint> {
    find(&sub.replacen('.', ":", 1))
}

fn describe(constraint: &Constraint) -> SubTask {
    let mut facts = Map::from_iter([
        ("id".to_owned(), json!(constraint.id)),
        ("suite".to_owned(), json!(constraint.suite.name())),
        ("kwargs".to_owned(), json!(constraint.fields.iter().map(|field| field.name).collect::<Vec<_>>())),
    ]);
    if !constraint.deltas.is_empty() {
        facts.insert("strict".to_owned(), json!(constraint.deltas));
    }
    SubTask { name: sub_name(constraint), summary: constraint.prompt.to_owned(), facts }
}

/// Every instruction with its arguments.
fn read(reference: &Instructions, rules: Rules) -> Result<Vec<(&'static Constraint, Args)>, VerifyError> {
    let invalid = |field: String, message: String| VerifyError::InvalidReference { field, message };
    let ids = &reference.instruction_id_list;
    if ids.is_empty() || ids.len() > MOST_INSTRUCTIONS {
        return Err(invalid("instruction_id_list".to_owned(), format!("has {} ids; expected 1 to {MOST_INSTRUCTIONS}", ids.len())));
    }
    if !reference.kwargs.is_empty() && reference.kwargs.len() != ids.len() {
        return Err(invalid("kwargs".to_owned(), format!("has {} entries for {} instructions", reference.kwargs.len(), ids.len())));
    }
    let none = Kwargs::new();
    let one = |(index, id): (usize, &String)| {
        let constraint =
            find(id).ok_or_else(|| invalid(format!("instruction_id_list[{index}]"), format!("no constraint is named `{id}`")))?;
        let kwargs = reference.kwargs.get(index).and_then(Option::as_ref).unwrap_or(&none);
        let args = constraint.read(kwargs, rules).map_err(|error| invalid(format!("kwargs[{index}].{}", error.field), error.message))?;
        Ok((constraint, args))
    };
    ids.iter().enumerate().map(one).collect()
}
