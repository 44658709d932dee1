//! Whether all courses can be taken when some must come before others: whether a directed graph has no cycle.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

pub(crate) struct CourseSchedule;

impl Puzzle for CourseSchedule {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Graphs
    }

    fn summary(&self) -> &'static str {
        "Say whether all courses can be finished, given which must come before which."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["True and False may be written in any case", "an answer that contains the word beside other text earns nothing"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        Ok(match (mode, answer) {
            (Mode::Strict, Some(answer)) => Grade::binary(python::strip(answer).eq_ignore_ascii_case(gold)),
            _ => scoring::text(answer, gold, mode),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// A course and one that must be finished before it.
type Prerequisite = (usize, usize);

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_num_courses: usize,
    max_num_courses: usize,
    min_num_prerequisites: usize,
    max_num_prerequisites: usize,
    min_cycle_length: usize,
    max_cycle_length: usize,
    p_solvable: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_num_courses: 5,
            max_num_courses: 10,
            min_num_prerequisites: 1,
            max_num_prerequisites: 2,
            min_cycle_length: 3,
            max_cycle_length: 5,
            p_solvable: 0.5,
        }
    }
}

impl Generate for CourseSchedule {
    const NAME: &'static str = "course_schedule";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("num_courses", "min_num_courses", "max_num_courses", Levels::Ints(&[5, 10, 25, 50, 100])),
        Attribute::interval("num_prerequisites", "min_num_prerequisites", "max_num_prerequisites", Levels::Ints(&[2, 3, 4, 5])),
        Attribute::interval("cycle_length", "min_cycle_length", "max_cycle_length", Levels::Ints(&[3, 4, 5, 6])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_num_courses, max_num_courses, 3..=1000)?;
        bounds!(config, min_num_prerequisites, max_num_prerequisites, 1..=100)?;
        bounds!(config, min_cycle_length, max_cycle_length, 3..=1000)?;
        within!(config, p_solvable, 0.0..=1.0)
    }

    /// Courses in a random order with prerequisites among those before them, and a cycle through some of them if all are not to be finished.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_num_courses, config.max_num_courses);
        let mut courses: Vec<usize> = (0..count).collect();
        rng.shuffle(&mut courses);
        let solvable = rng.chance(config.p_solvable);
        let mut prerequisites = BTreeSet::new();
        for (at, &course) in courses.iter().enumerate().skip(1) {
            let needed = rng.size(config.min_num_prerequisites, config.max_num_prerequisites).min(at);
            prerequisites.extend(rng.sample(&courses[..at], needed).into_iter().map(|before| (course, before)));
        }
        if !solvable {
            let length = rng.size(config.min_cycle_length, config.max_cycle_length).min(count);
            let cycle = rng.sample(&courses, length);
            prerequisites.extend((0..length).map(|at| (cycle[at], cycle[(at + 1) % length])));
        }
        let mut prerequisites: Vec<Prerequisite> = prerequisites.into_iter().collect();
        rng.shuffle(&mut prerequisites);
        let answer = can_finish(count, &prerequisites);
        let rules: Vec<String> = prerequisites.iter().map(|(course, before)| format!("({course}, {before})")).collect();
        Some(Problem {
            question: format!(
                "There are {count} courses, numbered 0 to {}. In each of these pairs (a, b), course b must be finished before course a can be started:\n{}\n\
                 Can all courses be finished? Answer True or False.",
                count - 1,
                rules.join(", "),
            ),
            answer: if answer { "True" } else { "False" }.to_owned(),
            metadata: json!({
                "courses": courses,
                "prerequisites": prerequisites,
                "solution": answer,
                "solvable": solvable,
                "difficulty": {
                    "num_courses": [config.min_num_courses, config.max_num_courses],
                    "num_prerequisites": [config.min_num_prerequisites, config.max_num_prerequisites],
                    "cycle_length": [config.min_cycle_length, config.max_cycle_length],
                },
            }),
        })
    }
}

/// Takes every course whose prerequisites are finished, until none is left to take.
fn can_finish(count: usize, prerequisites: &[Prerequisite]) -> bool {
    let mut missing = vec![0_usize; count];
    let mut opens = vec![Vec::new(); count];
    for &(course, before) in prerequisites {
        missing[course] += 1;
        opens[before].push(course);
    }
    let mut ready: Vec<usize> = (0..count).filter(|&course| missing[course] == 0).collect();
    let mut finished = 0;
    while let Some(course) = ready.pop() {
        finished += 1;
        for &next in &opens[course] {
            missing[next] -= 1;
            if missing[next] == 0 {
                ready.push(next);
            }
        }
    }
    finished == count
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&CourseSchedule);
    }

    #[test]
    fn the_word_alone_is_right() {
        for (answer, parity, strict) in [("True", 1.0, 1.0), (" true\n", 0.0, 1.0), ("True.", 0.8, 0.0), ("False", 0.0, 0.0)] {
            check::score(&CourseSchedule, answer, "True", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn a_cycle_cannot_be_finished() {
        assert!(can_finish(3, &[(0, 1), (0, 2), (1, 2)]));
        assert!(!can_finish(4, &[(0, 1), (1, 2), (2, 1)]));
    }
}
