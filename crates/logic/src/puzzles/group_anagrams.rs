//! Grouping words that are made of the same letters: <https://leetcode.com/problems/group-anagrams/>.
//!
//! There is no generator: our list of words has few anagrams, and no three of one kind.

use crate::python::{self, Value};
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle};
use serde::Deserialize;

pub(crate) struct GroupAnagrams;

impl Puzzle for GroupAnagrams {
    fn name(&self) -> &'static str {
        "group_anagrams"
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Group words so that those of the same letters are together."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["other lists earn nothing instead of 0.01", "the list may be one of Python or JSON and may stand in a Markdown fence"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Task { solution } = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let unreadable = || Grade::unreadable("not a list of lists of words");
        Ok(match mode {
            Mode::Parity => {
                let groups = python::json(answer).as_ref().and_then(sorted_nested);
                groups.map_or_else(unreadable, |groups| Grade::of(if same(&groups, &solution) { 1.0 } else { 0.01 }))
            }
            Mode::Strict => {
                let read = python::literal(python::strip(python::unfenced(answer)));
                let groups = read.as_ref().and_then(words);
                groups.map_or_else(unreadable, |groups| Grade::binary(sorted(groups) == sorted(solution)))
            }
        })
    }
}

#[derive(Deserialize)]
struct Task {
    solution: Vec<Vec<String>>,
}

fn words(list: &Value) -> Option<Vec<Vec<String>>> {
    let word = |word: &Value| word.as_str().map(str::to_owned);
    list.as_list()?.iter().map(|group| group.as_list()?.iter().map(word).collect()).collect()
}

/// With the words of each group and the groups in order.
fn sorted(mut groups: Vec<Vec<String>>) -> Vec<Vec<String>> {
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    groups
}

/// Whether upstream's order makes these groups those of the solution.
fn same(groups: &[Vec<Value>], solution: &[Vec<String>]) -> bool {
    let mut solution = solution.to_vec();
    solution.iter_mut().for_each(|group| group.sort_unstable());
    solution.sort_by(|one, other| one.first().map_or("", String::as_str).cmp(other.first().map_or("", String::as_str)));
    let equal = |(group, expect): (&Vec<Value>, &Vec<String>)| {
        group.len() == expect.len() && group.iter().zip(expect).all(|(word, expect)| word.as_str() == Some(expect))
    };
    groups.len() == solution.len() && groups.iter().zip(&solution).all(equal)
}

/// `sorted([sorted(group) for group in value], key=first)`, `None` where Python raises. What has no strings in it is left in its order, as it equals no
/// solution in any.
fn sorted_nested(value: &Value) -> Option<Vec<Vec<Value>>> {
    let mut groups = Vec::new();
    for group in elements(value)? {
        let mut group: Vec<(Value, ())> = elements(&group)?.into_iter().map(|word| (word, ())).collect();
        sort_by_key(&mut group)?;
        let group: Vec<Value> = group.into_iter().map(|(word, ())| word).collect();
        groups.push((group.first().cloned().unwrap_or(Value::Str(String::new())), group));
    }
    sort_by_key(&mut groups)?;
    Some(groups.into_iter().map(|(_, group)| group).collect())
}

/// What iterating gives: items, keys or characters.
fn elements(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(items) => Some(items.clone()),
        Value::Dict(pairs) => Some(pairs.iter().map(|(key, _)| key.clone()).collect()),
        Value::Str(text) => Some(text.chars().map(|char| Value::Str(char.into())).collect()),
        _ => None,
    }
}

/// Stable, and `None` if neighbours have no order.
fn sort_by_key<T>(items: &mut [(Value, T)]) -> Option<()> {
    let ordered =
        |one: &Value, other: &Value| !matches!(one, Value::None | Value::Dict(_)) && relation(one, other) != Relation::Incomparable;
    if !items.windows(2).all(|pair| ordered(&pair[0].0, &pair[1].0)) {
        return None;
    }
    items.sort_by(|one, other| one.0.as_str().cmp(&other.0.as_str()));
    Some(())
}

#[derive(PartialEq, Eq)]
enum Relation {
    Equal,
    Ordered,
    Incomparable,
}

/// What Python finds when it compares two values inside of lists, where equal ones are passed over.
fn relation(one: &Value, other: &Value) -> Relation {
    let found = |equal: bool| if equal { Relation::Equal } else { Relation::Ordered };
    match (one, other) {
        (Value::Str(one), Value::Str(other)) => found(one == other),
        (Value::List(one), Value::List(other)) => {
            let differ = one.iter().zip(other).map(|(one, other)| relation(one, other)).find(|relation| *relation != Relation::Equal);
            differ.unwrap_or(found(one.len() == other.len()))
        }
        (Value::None, Value::None) => Relation::Equal,
        (Value::Dict(_), Value::Dict(_)) if one.to_repr() == other.to_repr() => Relation::Equal,
        _ => match (one.as_f64(), other.as_f64()) {
            (Some(one), Some(other)) => found(one == other),
            _ => Relation::Incomparable,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&GroupAnagrams);
    }

    #[test]
    fn groups_and_words_have_no_order() {
        let metadata = json!({"solution": [["eat", "tea"], ["nat", "tan"]]});
        for (answer, parity, strict) in [
            (r#"[["eat", "tea"], ["nat", "tan"]]"#, 1.0, 1.0),
            (r#"[["tan", "nat"], ["tea", "eat"]]"#, 1.0, 1.0),
            ("[['tan', 'nat'], ['tea', 'eat']]", 0.0, 1.0),
            ("```json\n[[\"tan\", \"nat\"], [\"tea\", \"eat\"]]\n```", 0.0, 1.0),
            (r#"[["eat"], ["tea"], ["nat", "tan"]]"#, 0.01, 0.0),
            (r#"[["eat", "tea"], ["nat", "tan"], []]"#, 0.01, 0.0),
            (r#"["eat", "tea"]"#, 0.01, 0.0),
            (r#"{"eat": "tea"}"#, 0.01, 0.0),
            ("[[1, 2], [3, null]]", 0.0, 0.0),
            ("[[null], []]", 0.0, 0.0),
            ("[[null]]", 0.01, 0.0),
            ("[[1, 2.5, true], [0]]", 0.01, 0.0),
            (r#"[["a", 1]]"#, 0.0, 0.0),
            ("[1, 2, 3]", 0.0, 0.0),
            ("7", 0.0, 0.0),
        ] {
            check::score(&GroupAnagrams, answer, None, metadata.clone(), [parity, strict]);
        }
    }
}
