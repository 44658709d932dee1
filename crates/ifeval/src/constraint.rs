//! What a constraint is: data that describes it, and a function that checks it.

use crate::reading::Reading;
use crate::{Args, Evidence, Field, InvalidKwargs, Kwargs, Rules};
use serde::{Deserialize, Serialize};

/// Where a constraint was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Suite {
    /// IFEval: google-research `instruction_following_eval`, Apache-2.0; read as PyPI `lm-eval` 0.4.13 carries it.
    IfEval,
    /// IFTrain: allenai/open-instruct `open_instruct/IFEvalG`, Apache-2.0, commit 14146d7.
    IfTrain,
    /// IFBench: allenai/IFBench `ifbench/instructions.py`, Apache-2.0, commit db69a6f.
    IfBench,
}

impl Suite {
    /// Its name in tables and configurations.
    pub fn name(self) -> &'static str {
        match self {
            Self::IfEval => "ifeval",
            Self::IfTrain => "iftrain",
            Self::IfBench => "ifbench",
        }
    }
}

/// A property of the response that a constraint decides alone: constraints that claim the same one are never asked for together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// The whole response, so that no other constraint goes with it.
    Whole,
    /// The whole prompt: the constraint's words are a task of their own, without a topic.
    Task,
    /// How the response begins.
    Start,
    /// How it ends.
    End,
    /// Which letters are capital.
    Case,
    /// The language.
    Language,
    /// How many words, letters or sentences there are.
    Length,
    /// How sentences are built.
    Sentences,
    /// How it is cut into paragraphs or sections, and which marks do so.
    Layout,
    /// Which words may occur, or how often.
    Words,
    /// Which punctuation occurs.
    Punctuation,
    /// Which words must not occur or must, by name.
    Keywords,
}

/// A response that obeys and one that does not.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The arguments, as JSON.
    pub kwargs: &'static str,
    /// A response that obeys under either rules.
    pub passes: &'static str,
    /// One that does not, under either rules.
    pub fails: &'static str,
}

/// What a check sees.
#[derive(Clone, Copy, Debug)]
pub struct Check<'a, 't> {
    /// The constraint's arguments.
    pub args: &'a Args,
    /// The response.
    pub text: &'a Reading<'t>,
    /// Whose rules.
    pub rules: Rules,
}

impl Check<'_, '_> {
    /// Whether the reference's verdict is wanted.
    pub fn parity(&self) -> bool {
        self.rules == Rules::Parity
    }
}

/// One verifiable instruction. All but [`check`](Self::check) is data, so that the prompts, the generator and the documentation come from it.
#[derive(Debug)]
pub struct Constraint {
    /// Its id in data, as in `keywords:existence`.
    pub id: &'static str,
    /// Where it was published.
    pub suite: Suite,
    /// The sentence that asks for it; `{name}` stands for an argument. It is also its documentation.
    pub prompt: &'static str,
    /// Its arguments.
    pub fields: &'static [Field],
    /// What [`Rules::Strict`] repairs, or the fixed rule that stands for chance in the reference. One sentence each.
    pub deltas: &'static [&'static str],
    /// What it decides alone.
    pub claims: &'static [Claim],
    /// An example that passes and one that fails.
    pub example: Example,
    /// Whether the arguments go together.
    pub consistent: fn(&Args) -> Result<(), InvalidKwargs>,
    /// Checks a response that is not blank.
    pub check: fn(&Check<'_, '_>) -> Evidence,
}

/// What most constraints leave as it is.
pub(crate) const BASE: Constraint = Constraint {
    id: "",
    suite: Suite::IfEval,
    prompt: "",
    fields: &[],
    deltas: &[],
    claims: &[],
    example: Example { kwargs: "{}", passes: "", fails: "" },
    consistent: |_| Ok(()),
    check: |_| Evidence::fail(),
};

impl Constraint {
    /// Reads and checks arguments.
    ///
    /// # Errors
    /// If one is missing, unknown, of the wrong kind, or at odds with another.
    pub fn read(&self, kwargs: &Kwargs, rules: Rules) -> Result<Args, InvalidKwargs> {
        let args = Args::read(self.fields, kwargs, rules)?;
        (self.consistent)(&args)?;
        Ok(args)
    }

    /// The sentence of a prompt that asks for this constraint with these arguments.
    pub fn describe(&self, kwargs: &Kwargs) -> String {
        self.fields.iter().fold(self.prompt.to_owned(), |text, field| {
            let value = match kwargs.get(field.name) {
                Some(serde_json::Value::String(value)) => value.clone(),
                Some(serde_json::Value::Array(list)) => {
                    list.iter().map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned)).collect::<Vec<_>>().join(", ")
                }
                Some(value) => value.to_string(),
                None => return text,
            };
            text.replace(&format!("{{{}}}", field.name), &value)
        })
    }

    /// Whether the two can be asked for in one prompt.
    pub fn goes_with(&self, other: &Self) -> bool {
        let alone = |constraint: &Self| constraint.claims.iter().any(|claim| matches!(claim, Claim::Whole | Claim::Task));
        self.id != other.id && !alone(self) && !alone(other) && !self.claims.iter().any(|claim| other.claims.contains(claim))
    }
}
