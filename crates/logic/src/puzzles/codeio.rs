//! Predicting what a program returns, or what it was given, as JSON.

use crate::edit_distance::{Costs, Pattern, Shape, tree_distance};
use crate::python::{self, Value};
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, scoring};

pub(crate) struct CodeIo;

impl Puzzle for CodeIo {
    fn name(&self) -> &'static str {
        "codeio"
    }

    fn category(&self) -> Category {
        Category::Code
    }

    fn summary(&self) -> &'static str {
        "Predict a program's output from its input, or its input from its output, as JSON."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "only JSON that equals the solution is right, whatever its spacing and the order of its keys; upstream gives 0.99 to a number that is one off",
            "text around the JSON is wrong, except a Markdown fence",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = python::strip(entry.gold()?);
        let Some(answer) = answer.map(python::strip) else { return Ok(Grade::missing()) };
        Ok(match mode {
            Mode::Parity => Grade::of(parity(answer, gold)),
            Mode::Strict => {
                let answer = python::unfenced(answer);
                let equal = || python::json(answer).is_some_and(|value| python::json(gold) == Some(value));
                Grade::binary(answer == gold || equal())
            }
        })
    }
}

fn parity(answer: &str, gold: &str) -> f64 {
    if answer == gold && !answer.is_empty() {
        return 1.0;
    }
    let (Some(open), Some(close)) = (answer.find('{'), answer.rfind('}')) else { return 0.0 };
    let object = answer.get(open..=close).unwrap_or("");
    let (Some(given), Some(expect)) = (python::json(object), python::json(gold)) else { return scoring::substring(answer, gold) };
    let length = gold.chars().count() as f64;
    let around = answer[..open].chars().count() + answer[close + 1..].chars().count();
    let most = (length / (length + 0.5 * around as f64)).max(0.2);
    if given == expect { most } else { (similarity(&given, &expect) * most).max(0.01) }
}

/// 1 less the distance of the trees as a share of a fifth of the longer text; at least 0.
///
/// Upstream compares trees of any size. Here an answer that is larger than the solution many times over counts as not similar, which it nearly always is.
fn similarity(given: &Value, expect: &Value) -> f64 {
    if nodes(given) > MAX_NODES.max(4 * nodes(expect)) {
        return 0.0;
    }
    let size = dumped_length(given).max(dumped_length(expect));
    let Some(distance) = distance(&Tree::new(given), &Tree::new(expect)) else { return 0.0 };
    (1.0 - distance / (0.2 * size as f64)).max(0.0)
}

/// An answer of so many nodes is compared with any solution.
const MAX_NODES: usize = 1000;

/// A comparison may cost this, or twice what comparing the solution with itself does. A unit is a few nanoseconds.
const MAX_EFFORT: usize = 1_000_000;

fn nodes(value: &Value) -> usize {
    match value {
        Value::Dict(pairs) => 1 + pairs.iter().map(|(_, value)| nodes(value)).sum::<usize>(),
        Value::List(items) => 1 + items.iter().map(nodes).sum::<usize>(),
        _ => 1,
    }
}

fn distance(given: &Tree, expect: &Tree) -> Option<f64> {
    let labels: Vec<Target<'_>> = expect.nodes.iter().map(Target::new).collect();
    let blocks: usize = labels.iter().map(|label| 1 + label.full.blocks()).sum();
    let effort = |tree: &Tree| {
        let length: usize = tree.nodes.iter().map(|node| 1 + node.length).sum();
        tree.shape.effort() * expect.shape.effort() + length * blocks
    };
    if effort(given) > MAX_EFFORT.max(2 * effort(expect)) {
        return None;
    }
    Some(tree_distance(&given.shape, &expect.shape, &Labels { given: &given.nodes, expect: &labels }))
}

/// JSON as upstream turns it into a tree: a container is a node with its key, anything else a leaf `KEY:VALUE`.
#[derive(Default)]
struct Tree {
    shape: Shape,
    nodes: Vec<Node>,
}

struct Node {
    label: String,
    /// Of the label, in characters.
    length: usize,
    /// The bytes before the first colon.
    key: Option<usize>,
    reading: Reading,
}

/// What of a leaf's value is number.
#[derive(Clone, Copy, Default)]
struct Reading {
    /// All of it is digits.
    numeric: bool,
    /// All of it but points is digits.
    decimal: bool,
    number: Option<f64>,
}

impl Tree {
    fn new(value: &Value) -> Self {
        let mut tree = Self::default();
        tree.add(value, "root");
        tree
    }

    /// Adds the nodes of a value and returns the first leaf. The depth is that of the JSON, which its parser bounds.
    fn add(&mut self, value: &Value, key: &str) -> usize {
        let children: Vec<usize> = match value {
            Value::Dict(pairs) => {
                let mut pairs: Vec<(&str, &Value)> = pairs.iter().filter_map(|(key, value)| Some((key.as_str()?, value))).collect();
                pairs.sort_unstable_by_key(|(key, _)| *key);
                pairs.into_iter().map(|(key, value)| self.add(value, key)).collect()
            }
            Value::List(items) => items.iter().enumerate().map(|(at, item)| self.add(item, &format!("item_{at}"))).collect(),
            _ => Vec::new(),
        };
        let is_container = matches!(value, Value::Dict(_) | Value::List(_));
        self.nodes.push(Node::new(if is_container { key.to_owned() } else { format!("{key}:{}", value.to_text()) }));
        self.shape.push(children.first().copied())
    }
}

impl Node {
    fn new(label: String) -> Self {
        let key = label.find(':');
        let reading = key.map_or_else(Reading::default, |colon| Reading::new(&label[colon + 1..]));
        Self { length: label.chars().count(), key, reading, label }
    }

    /// Key and value, where there is a colon.
    fn parts(&self) -> Option<(&str, &str)> {
        self.key.map(|colon| (&self.label[..colon], &self.label[colon + 1..]))
    }
}

impl Reading {
    fn new(value: &str) -> Self {
        let decimal = python::is_numeric(&value.replace('.', ""));
        Self { numeric: python::is_numeric(value), decimal, number: if decimal { python::float(value) } else { None } }
    }
}

/// A node of the solution, ready to be compared with many.
struct Target<'a> {
    node: &'a Node,
    full: Pattern,
    parts: Option<(Pattern, Pattern)>,
}

impl<'a> Target<'a> {
    fn new(node: &'a Node) -> Self {
        let parts = node.parts().map(|(key, value)| (Pattern::new(key), Pattern::new(value)));
        Self { node, full: Pattern::new(&node.label), parts }
    }
}

/// Upstream's costs: the distance of the labels, of numbers their relative difference times their length.
struct Labels<'a> {
    given: &'a [Node],
    expect: &'a [Target<'a>],
}

impl Costs for Labels<'_> {
    fn remove(&self, node: usize) -> f64 {
        self.given[node].length as f64
    }

    fn insert(&self, node: usize) -> f64 {
        self.expect[node].node.length as f64
    }

    fn change(&self, from: usize, to: usize) -> f64 {
        let (given, target) = (&self.given[from], &self.expect[to]);
        let (Some((key, value)), Some((key_pattern, value_pattern))) = (given.parts(), &target.parts) else {
            return target.full.distance(&given.label) as f64;
        };
        let (_, expect) = target.node.parts().expect("it has patterns of its parts");
        let keys = key_pattern.distance(key) as f64;
        if value == expect {
            return keys;
        }
        let (one, other) = (given.reading, target.node.reading);
        if one.decimal && other.decimal {
            if let (Some(one), Some(other)) = (one.number, other.number) {
                let longest = value.chars().count().max(expect.chars().count());
                return keys + longest as f64 * ((one - other) / one.min(other).max(1e-4)).abs();
            }
            return keys + value_pattern.distance(value) as f64;
        }
        // A number in the place of something else.
        let penalty = if one.numeric || other.numeric { given.length.max(target.node.length) } else { 0 };
        keys + value_pattern.distance(value) as f64 + penalty as f64
    }
}

/// `len(json.dumps(value))`.
fn dumped_length(value: &Value) -> usize {
    let separated = |lengths: usize, count: usize| 2 + lengths + 2 * count.saturating_sub(1);
    match value {
        Value::List(items) => separated(items.iter().map(dumped_length).sum(), items.len()),
        Value::Dict(pairs) => separated(pairs.iter().map(|(key, value)| dumped_length(key) + 2 + dumped_length(value)).sum(), pairs.len()),
        Value::Str(text) => 2 + text.chars().map(escaped_length).sum::<usize>(),
        Value::Float(value) if value.is_nan() => "NaN".len(),
        Value::Float(value) if value.is_infinite() => if *value > 0.0 { "Infinity" } else { "-Infinity" }.len(),
        // `null`, `true` and `false` are as long as in Python.
        _ => value.to_text().len(),
    }
}

fn escaped_length(char: char) -> usize {
    match char {
        '"' | '\\' | '\n' | '\r' | '\t' | '\u{8}' | '\u{c}' => 2,
        ' '..='~' => 1,
        _ => 6 * char.len_utf16(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&CodeIo);
    }

    #[test]
    fn equal_json_is_right() {
        for (answer, parity, strict) in [
            (r#"{"a": 1, "b": [2]}"#, 1.0, 1.0),
            ("{\"b\": [2.0],\n\"a\": 1}", 1.0, 1.0),
            ("```json\n{\"a\": 1, \"b\": [2]}\n```", 18.0 / 24.0, 1.0),
            (r#"It is {"a": 1, "b": [2]}"#, 18.0 / 21.0, 0.0),
            // "item_0:2" to "item_0:3": half of it, times one digit, of a fifth of 18.
            (r#"{"a": 1, "b": [3]}"#, 1.0 - 0.5 / (0.2 * 18.0), 0.0),
            (r#"{"a": 1}"#, 0.01, 0.0),
            ("[1]", 0.0, 0.0),
            ("}{", 0.0, 0.0),
        ] {
            check::score(&CodeIo, answer, r#"{"a": 1, "b": [2]}"#, json!({}), [parity, strict]);
        }
    }

    #[test]
    fn lengths_are_those_of_pythons_text() {
        for (text, length) in
            [(r#"{"a":1,"b":[]}"#, 17), ("[1.50,null,true]", 17), (r#""é𝟙\n\u007f""#, 28), ("[NaN,-Infinity]", 16), ("{}", 2)]
        {
            assert_eq!(dumped_length(&python::json(text).unwrap()), length, "{text}");
        }
    }
}
