//! Finding something that follows from premises in propositional logic.

mod formula;

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use formula::{Formula, Operator};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct PropositionalLogic;

impl Puzzle for PropositionalLogic {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Logic
    }

    fn summary(&self) -> &'static str {
        "State a formula that follows from the premises and is no tautology."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a formula that does not follow, or always holds, earns nothing instead of 0.05 and 0.25",
            "a single variable that follows is right and not trivial",
            "a premise repeated as it stands earns nothing, unless it is a variable or its negation, or the item's own example of an answer",
            "the usual ways to write operators in ASCII and LaTeX are read",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let given: Given = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let premises: Option<Vec<Formula>> = given.premises.iter().map(|text| Formula::parse(text)).collect();
        let premises = premises.ok_or_else(|| InvalidEntry::new("metadata.premises", "not formulas"))?;
        if mode == Mode::Strict {
            return Ok(strict(answer, &given, &premises));
        }
        let known = |letter: char| given.variables.iter().any(|variable| variable.chars().eq([letter]));
        if answer.chars().any(|char| char.is_ascii_uppercase() && !known(char)) {
            return Ok(Grade::unreadable("a variable that the premises do not have"));
        }
        let Some(conclusion) = Formula::parse(answer) else { return Ok(Grade::unreadable("not a formula")) };
        let Some(follows) = formula::entails(&premises, &conclusion) else { return Ok(Grade::unreadable("too many variables")) };
        Ok(Grade::of(match (follows, conclusion.is_variable() || formula::entails(&[], &conclusion) == Some(true)) {
            (true, false) => 1.0,
            (true, true) => 0.25,
            (false, _) => 0.05,
        }))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Given {
    premises: Vec<String>,
    variables: Vec<String>,
    #[serde(default)]
    example_answer: Option<String>,
}

fn strict(answer: &str, given: &Given, premises: &[Formula]) -> Grade {
    let answer = python::strip(answer);
    let Some(conclusion) = Formula::parse(&formula::symbols(answer)) else { return Grade::unreadable("not a formula") };
    if conclusion.variables().iter().any(|variable| !given.variables.iter().any(|known| known == variable)) {
        return Grade::unreadable("a variable that the premises do not have");
    }
    if formula::entails(premises, &conclusion) != Some(true) {
        return Grade::binary(false).because("it does not follow");
    }
    if formula::entails(&[], &conclusion) == Some(true) {
        return Grade::binary(false).because("it always holds");
    }
    let repeated = premises.contains(&conclusion);
    let is_example = || given.example_answer.as_deref().and_then(Formula::parse).as_ref() == Some(&conclusion);
    if repeated && !conclusion.is_literal() && !is_example() {
        return Grade::binary(false).because("it repeats a premise");
    }
    Grade::binary(true)
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_vars: usize,
    max_vars: usize,
    min_statements: usize,
    max_statements: usize,
    min_complexity: u32,
    max_complexity: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_vars: 2, max_vars: 4, min_statements: 2, max_statements: 4, min_complexity: 1, max_complexity: 3 }
    }
}

impl Generate for PropositionalLogic {
    const NAME: &'static str = "propositional_logic";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("vars", "min_vars", "max_vars", Levels::Ints(&[2, 4, 6, 8, 10])),
        Attribute::range("statements", "min_statements", "max_statements", Levels::Ints(&[2, 4, 6, 8, 10])),
        Attribute::range("complexity", "min_complexity", "max_complexity", Levels::Ints(&[1, 2, 3, 4, 5])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_vars, max_vars, 1..=10)?;
        bounds!(config, min_statements, max_statements, 1..=20)?;
        bounds!(config, min_complexity, max_complexity, 1..=6)
    }

    /// Premises that can hold together, and a formula of at most two variables that follows from them and from none of them alone as it stands.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_vars, config.max_vars);
        let variables: Vec<String> = ('P'..).take(count).map(String::from).collect();
        let statements = rng.size(config.min_statements, config.max_statements);
        let premises: Vec<Formula> = (0..statements)
            .map(|_| {
                let depth = rng.int(config.min_complexity.into(), config.max_complexity.into()) as u32;
                random(&variables, depth, rng)
            })
            .collect();
        let falsehood = Formula::Binary(
            Operator::And,
            Box::new([Formula::Variable("P".into()), Formula::Not(Box::new(Formula::Variable("P".into())))]),
        );
        if formula::entails(&premises, &falsehood)? {
            return None;
        }
        let metadata = |conclusion: &Formula| {
            json!({
                "premises": premises.iter().map(Formula::to_string).collect::<Vec<_>>(),
                "variables": variables,
                "complexity": conclusion.size(),
                "example_answer": conclusion.to_string(),
                "difficulty": {
                    "vars": [config.min_vars, config.max_vars],
                    "statements": [config.min_statements, config.max_statements],
                    "complexity": [config.min_complexity, config.max_complexity],
                },
            })
        };
        let given = Given { premises: Vec::new(), variables: variables.clone(), example_answer: None };
        let conclusion = (0..100)
            .map(|_| random(&variables, 2, rng))
            .find(|candidate| !candidate.is_variable() && strict(&candidate.to_string(), &given, &premises).score == 1.0)?;
        let listed: Vec<String> = premises.iter().enumerate().map(|(number, premise)| format!("{}. {premise}", number + 1)).collect();
        Some(Problem {
            question: format!(
                "These formulas of propositional logic hold:\n{}\nState a formula that follows from them, is not a tautology and does not just repeat one of them. Write ∧ for and, ∨ for or, → for \
                 implies, ↔ for if and only if, ¬ for not. Answer with the formula alone.",
                listed.join("\n")
            ),
            answer: conclusion.to_string(),
            metadata: metadata(&conclusion),
        })
    }
}

fn random(variables: &[String], depth: u32, rng: &mut Rng) -> Formula {
    if depth <= 1 {
        return Formula::Variable(rng.choose(variables).clone());
    }
    let kind = rng.below(Operator::ALL.len() + 1);
    match Operator::ALL.get(kind) {
        None => Formula::Not(Box::new(random(variables, depth - 1, rng))),
        Some(&operator) => Formula::Binary(operator, Box::new([random(variables, depth - 1, rng), random(variables, depth - 1, rng)])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&PropositionalLogic);
    }

    #[test]
    fn what_follows_and_says_something_is_right() {
        let metadata = json!({"premises": ["(P → Q)", "P"], "variables": ["P", "Q"]});
        for (answer, parity, strict) in [
            ("Q", 0.25, 1.0),
            ("(P ∧ Q)", 1.0, 1.0),
            ("P & Q", 0.05, 1.0),
            (r"P \land Q", 0.05, 1.0),
            ("P ∨ ¬P", 0.25, 0.0),
            ("¬Q", 0.05, 0.0),
            ("(P → Q)", 1.0, 0.0),
            ("R", 0.0, 0.0),
            ("it follows", 0.05, 0.0),
            ("", 0.0, 0.0),
        ] {
            check::score(&PropositionalLogic, answer, None, metadata.clone(), [parity, strict]);
        }
    }
}
