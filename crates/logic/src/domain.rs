//! The domain `logic`: from a response to a verdict.

use crate::{Entry, InvalidEntry, Mode, PUZZLES, Puzzle, VERSION, extract, find};
use gavel_task::{Attempt, Budget, Detail, Domain, Score, Verdict, VerifyError};
use serde::Deserialize;
use serde_json::json;
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
