//! The path from the centre of a star of paths to the end of one of them, after Bachmann and Nagarajan, "The pitfalls of next-token prediction"
//! (arXiv 2403.06963).

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;

pub(crate) struct PathStar;

impl Puzzle for PathStar {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Graphs
    }

    fn summary(&self) -> &'static str {
        "Find the path from the centre of a star of paths to the end of one of them."
    }

    /// The path is unique, so both modes compare with it; only the amount of white space is free.
    fn score(&self, answer: Option<&str>, entry: &Entry, _mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let mut labels = python::split(answer).peekable();
        if labels.peek().is_none() {
            return Ok(Grade::binary(false));
        }
        Ok(Grade::binary(labels.eq(python::split(gold))))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    degree: usize,
    node_range: usize,
    min_path_length: usize,
    max_path_length: usize,
    reversed: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { degree: 3, node_range: 100_000, min_path_length: 3, max_path_length: 5, reversed: false }
    }
}

impl Generate for PathStar {
    const NAME: &'static str = "path_star";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("degree", "degree", Levels::Ints(&[2, 3, 4, 5])),
        Attribute::scalar("node_range", "node_range", Levels::Ints(&[10_000, 50_000, 100_000, 200_000])),
        Attribute::range("path_length", "min_path_length", "max_path_length", Levels::Ints(&[3, 5, 6, 7])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, degree, 2..=1000)?;
        within!(config, node_range, 2..=1_000_000_000)?;
        bounds!(config, min_path_length, max_path_length, 2..=1000)?;
        let nodes = config.degree * config.max_path_length + 1;
        if nodes > 20_000 {
            return Err(InvalidConfig::new("degree", format!("paths of {nodes} nodes in all are more than 20000")));
        }
        if config.node_range <= nodes {
            return Err(InvalidConfig::new("node_range", format!("{} is too few for {nodes} different labels", config.node_range)));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let length = rng.size(config.min_path_length, config.max_path_length);
        let labels = labels(config.degree * length + 1, config.node_range, rng);
        let (center, rest) = labels.split_first().expect("a star has a centre");
        let paths: Vec<&[usize]> = rest.chunks(length).collect();
        let mut edges: Vec<(usize, usize)> = paths.iter().map(|path| (*center, path[0])).collect();
        edges.extend(paths.iter().flat_map(|path| path.windows(2).map(|pair| (pair[0], pair[1]))));
        rng.shuffle(&mut edges);
        let goal_path: Vec<usize> = std::iter::once(center).chain(*rng.choose(&paths)).copied().collect();
        let goal = *goal_path.last().expect("a path has a centre");
        let mut answer: Vec<String> = goal_path.iter().map(usize::to_string).collect();
        let (mut from, mut to) = (*center, goal);
        if config.reversed {
            answer.reverse();
            (from, to) = (to, from);
        }
        let edge_list: Vec<String> = edges.iter().map(|(one, other)| format!("{one} {other}")).collect();
        Some(Problem {
            question: format!(
                "A graph has these edges, each between two nodes that are named by numbers:\n{}\nWhich path leads from node {from} to node {to}? Answer with the numbers of \
                 all its nodes in order, both ends included, separated by single spaces, as in 4 17 2.",
                edge_list.join("\n"),
            ),
            answer: answer.join(" "),
            metadata: json!({
                "center": center,
                "goal": goal,
                "path_length": length,
                "goal_path": goal_path,
                "difficulty": {
                    "degree": config.degree,
                    "node_range": config.node_range,
                    "path_length": [config.min_path_length, config.max_path_length],
                },
            }),
        })
    }
}

/// Different numbers below `range`, which has more than `count`.
fn labels(count: usize, range: usize, rng: &mut Rng) -> Vec<usize> {
    let mut used = BTreeSet::new();
    let mut labels = Vec::with_capacity(count);
    while labels.len() < count {
        let label = rng.below(range);
        if used.insert(label) {
            labels.push(label);
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&PathStar);
    }

    #[test]
    fn white_space_is_free_and_nothing_else() {
        for (answer, score) in [("4 17 2", 1.0), ("  4\n17\t2 ", 1.0), ("4 17", 0.0), ("4, 17, 2", 0.0), ("4 17 2 2", 0.0), (" ", 0.0)] {
            check::score(&PathStar, answer, "4 17 2", json!({}), [score, score]);
        }
    }
}
