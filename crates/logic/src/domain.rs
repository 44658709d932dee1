//! The domain `logic`: from a response to a verdict.

use crate::{Entry, InvalidEntry, Mode, PUZZLES, Puzzle, VERSION, extract, find};
use gavel_task::{
    Attempt, Budget, Detail, Domain, GenerateError, Item, Items, Limits, Order, Score, SubTask, TaskName, Verdict, VerifyError,
};
use serde::Deserialize;
use serde_json::{Map, json};
use std::collections::BTreeMap;

/// Judges answers to puzzles.
#[derive(Clone, Copy, Debug, Default)]
pub struct Logic;

/// How responses are judged.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Our rules or upstream's.
    pub mode: Mode,
}

/// The longest answer that is looked at, unless the solution itself is longer.
const MAX_ANSWER_BYTES: usize = 64 << 10;

impl Domain for Logic {
    const NAME: &'static str = "logic";
    const SUMMARY: &'static str = "Scores the puzzles of Reasoning Gym; the sub-task is the dataset, as in logic/chain_sum.";
    type Reference = Entry;
    type Options = Options;

    fn version(&self) -> String {
        format!("1 (reasoning-gym 0.1.25, generators {VERSION})")
    }

    fn example(&self) -> serde_json::Value {
        json!({
            "task": "logic/chain_sum",
            "response": "<answer>4</answer>",
            "reference": {"question": "State the final answer to the following arithmetic problem: 7 - 3 =", "answer": "4", "metadata": {}},
        })
    }

    fn verify(&self, attempt: Attempt<'_>, entry: &Entry, options: &Options, _budget: &Budget) -> Result<Verdict, VerifyError> {
        let puzzle = puzzle_of(attempt, entry)?;
        let extracted = extract(attempt.response);
        let facts = BTreeMap::from([("extraction".to_owned(), json!(extracted.map(|found| found.by)))]);
        let answer = extracted.map(|found| found.text);
        let longest = MAX_ANSWER_BYTES.max(entry.answer.as_ref().map_or(0, |gold| 2 * gold.len()));
        let detail = Detail { extracted: answer.map(str::to_owned), facts, ..Detail::default() };
        if answer.is_some_and(|answer| answer.len() > longest) {
            let message = format!("an answer of more than {longest} bytes is not read");
            return Ok(Verdict { score: Score::ZERO, reason: gavel_task::Reason::new("answer_too_long"), message, detail });
        }
        let grade = puzzle.score(answer, entry, options.mode).map_err(invalid)?;
        let score = Score::try_from(grade.score)
            .map_err(|error| VerifyError::Internal { message: format!("scorer of `{}`: {error}", puzzle.name()) })?;
        Ok(Verdict { score, reason: grade.reason, message: grade.message.into_owned(), detail })
    }

    fn sub_tasks(&self) -> Vec<SubTask> {
        PUZZLES.iter().map(|puzzle| describe(*puzzle)).collect()
    }

    fn generate(&self, order: &Order) -> Result<Items<'static>, GenerateError> {
        let unknown = || GenerateError::UnknownTask { task: order.task.clone(), known: Vec::new() };
        let generator = order.task.sub().and_then(find).and_then(|puzzle| puzzle.generator()).ok_or_else(unknown)?;
        let entries = generator.generate(&order.difficulty, order.seed, order.start).map_err(|error| failed(&order.task, error))?;
        let order = order.clone();
        Ok(Box::new((order.start..).zip(entries).map(move |(index, entry)| {
            let entry = entry.map_err(|error| failed(&order.task, error))?;
            Ok(item(&order, &entry, index))
        })))
    }
}

/// How a prompt asks for the form that [`extract`] looks for first.
const INSTRUCTION: &str = "Give the final answer between <answer> and </answer>.";

/// A generated entry as an item of the wire, with its solution as the response.
fn item(order: &Order, entry: &Entry, index: u64) -> Item {
    let answer = entry.answer.as_deref().unwrap_or("");
    Item {
        id: format!("{}-{}-{index}", order.task.sub().unwrap_or(""), order.seed),
        task: order.task.clone(),
        prompt: Some(format!("{}\n\n{INSTRUCTION}", entry.question)),
        response: format!("<answer>{answer}</answer>"),
        reference: serde_json::value::to_raw_value(entry).expect("an entry is JSON"),
        options: None,
        limits: Limits::default(),
    }
}

fn failed(task: &TaskName, error: crate::GenerateError) -> GenerateError {
    let task = task.clone();
    match error {
        crate::GenerateError::Config { source, .. } => GenerateError::Config { task, field: source.field, message: source.message },
        crate::GenerateError::Infeasible { tries, .. } => GenerateError::Infeasible { task, tries },
    }
}

fn describe(puzzle: &dyn Puzzle) -> SubTask {
    let mut facts = Map::from_iter([("category".to_owned(), json!(puzzle.category()))]);
    if !puzzle.deltas().is_empty() {
        facts.insert("strict".to_owned(), json!(puzzle.deltas()));
    }
    if let Some(generator) = puzzle.generator() {
        facts.insert("config".to_owned(), generator.default_config());
        facts.insert("curriculum".to_owned(), json!(generator.curriculum()));
    }
    SubTask { name: puzzle.name().to_owned(), summary: puzzle.summary().to_owned(), facts }
}

/// The puzzle that the task names, or the item itself where the task is only `logic`.
fn puzzle_of(attempt: Attempt<'_>, entry: &Entry) -> Result<&'static dyn Puzzle, VerifyError> {
    #[derive(Deserialize)]
    struct Source {
        source_dataset: String,
    }
    let name = match attempt.task.sub() {
        Some(sub) => sub.to_owned(),
        None => entry.metadata::<Source>().map_err(invalid)?.source_dataset,
    };
    find(&name).ok_or_else(|| VerifyError::UnknownTask {
        task: attempt.task.clone(),
        known: PUZZLES.iter().map(|puzzle| format!("logic/{}", puzzle.name())).collect(),
    })
}

fn invalid(error: InvalidEntry) -> VerifyError {
    VerifyError::InvalidReference { field: error.field, message: error.message }
}
