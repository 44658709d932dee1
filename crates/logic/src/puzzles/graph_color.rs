//! Colouring the vertices of a graph so that no edge joins two of one colour.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::python::{self, Value};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{BTreeMap, HashMap};

pub(crate) struct GraphColor;

impl Puzzle for GraphColor {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Colour a graph with few colours so that neighbours differ; any valid colouring counts."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["JSON that is no valid colouring earns nothing instead of 0.01", "the JSON may stand in a Markdown fence"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Graph { puzzle } = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let answer = if mode.is_parity() { answer } else { python::unfenced(answer) };
        let Some(read) = python::json(answer) else { return Ok(Grade::unreadable("not JSON")) };
        let Some(pairs) = read.as_dict() else {
            // Upstream looks a vertex up in whatever the JSON is: a list or a string has no such member, a number cannot be searched.
            let searchable = matches!(read, Value::List(_));
            return Ok(Grade::unreadable("not a JSON object").scoring(if searchable { mode.floor(0.01) } else { 0.0 }));
        };
        let coloring: HashMap<&str, &Value> = pairs.iter().filter_map(|(key, color)| Some((key.as_str()?, color))).collect();
        Ok(match puzzle.fault(&coloring) {
            None => Grade::binary(true),
            Some(fault) => Grade::of(mode.floor(0.01)).because(fault),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Graph {
    puzzle: Coloring,
}

/// The graph and the colours there are.
#[derive(Serialize, Deserialize)]
struct Coloring {
    vertices: Vec<usize>,
    edges: Vec<(usize, usize)>,
    num_colors: usize,
    color_options: Vec<i64>,
}

impl Coloring {
    /// What keeps this assignment from being a colouring.
    fn fault(&self, coloring: &HashMap<&str, &Value>) -> Option<String> {
        let mut colors = HashMap::new();
        for &vertex in &self.vertices {
            let Some(&color) = coloring.get(vertex.to_string().as_str()) else { return Some(format!("vertex {vertex} has no colour")) };
            let allowed = self.color_options.iter().find(|&&option| *color == Value::Int(option.into()));
            let Some(color) = allowed else { return Some(format!("vertex {vertex} has a colour that there is not")) };
            colors.insert(vertex, color);
        }
        let clash = self.edges.iter().find(|(one, other)| colors.get(one) == colors.get(other))?;
        Some(format!("vertices {} and {} share an edge and a colour", clash.0, clash.1))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    num_colors: usize,
    min_num_vertices: usize,
    max_num_vertices: usize,
    edge_probability: f64,
}

impl Default for Config {
    fn default() -> Self {
        Self { num_colors: 3, min_num_vertices: 10, max_num_vertices: 10, edge_probability: 0.1 }
    }
}

impl Generate for GraphColor {
    const NAME: &'static str = "graph_color";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("num_vertices", "min_num_vertices", "max_num_vertices", Levels::Ints(&[6, 10, 20, 25])),
        Attribute::scalar("num_colors", "num_colors", Levels::Ints(&[5, 4, 3])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, num_colors, 1..=100)?;
        bounds!(config, min_num_vertices, max_num_vertices, 1..=200)?;
        within!(config, edge_probability, 0.0..=0.99)
    }

    /// A random graph that colouring greedily, vertex by vertex, succeeds on.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_num_vertices, config.max_num_vertices);
        let pairs = (0..count).flat_map(|one| (one + 1..count).map(move |other| (one, other)));
        let edges: Vec<(usize, usize)> = pairs.filter(|_| rng.chance(config.edge_probability)).collect();
        let mut colors: Vec<usize> = Vec::with_capacity(count);
        for vertex in 0..count {
            let taken = |color: usize| edges.iter().any(|&(one, other)| other == vertex && colors[one] == color);
            let free = (1..=config.num_colors).find(|&color| !taken(color))?;
            colors.push(free);
        }
        let answer = json!(colors.iter().enumerate().map(|(vertex, color)| (vertex.to_string(), *color)).collect::<BTreeMap<_, _>>());
        let vertices: Vec<usize> = (0..count).collect();
        let color_options: Vec<i64> = (1..=config.num_colors as i64).collect();
        let edge_list: Vec<String> = edges.iter().map(|(one, other)| format!("{one}-{other}")).collect();
        let question = format!(
            "A graph has the vertices 0 to {} and these edges: {}.\nGive every vertex one of the colours {color_options:?} so that no edge joins two vertices of the \
             same colour. Answer with a JSON object from vertex to colour, such as {{\"0\": 1, \"1\": 2}}.",
            count - 1,
            if edge_list.is_empty() { "none".to_owned() } else { edge_list.join(", ") },
        );
        let puzzle = Coloring { vertices, edges, num_colors: config.num_colors, color_options };
        Some(Problem {
            question,
            metadata: json!({
                "possible_answer": answer,
                "puzzle": puzzle,
                "num_vertices": count,
                "difficulty": {
                    "num_vertices": [config.min_num_vertices, config.max_num_vertices],
                    "num_colors": config.num_colors,
                },
            }),
            answer: answer.to_string(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&GraphColor);
    }

    #[test]
    fn any_valid_colouring_is_right() {
        let metadata = json!({"puzzle": {"vertices": [0, 1], "edges": [[0, 1]], "num_colors": 2, "color_options": [1, 2]}});
        for (answer, parity, strict) in [
            (r#"{"0": 1, "1": 2}"#, 1.0, 1.0),
            (r#"{"1": 1, "0": 2.0, "7": 9}"#, 1.0, 1.0),
            ("```json\n{\"0\": 1, \"1\": 2}\n```", 0.0, 1.0),
            (r#"{"0": 1, "1": 1}"#, 0.01, 0.0),
            (r#"{"0": 1}"#, 0.01, 0.0),
            (r#"{"0": 1, "1": 3}"#, 0.01, 0.0),
            ("[1, 2]", 0.01, 0.0),
            ("0: 1, 1: 2", 0.0, 0.0),
        ] {
            check::score(&GraphColor, answer, None, metadata.clone(), [parity, strict]);
        }
    }
}
