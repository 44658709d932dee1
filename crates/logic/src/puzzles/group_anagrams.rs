//! Grouping words that have the same letters.

use crate::python::Value;
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle, python};

pub(crate) struct GroupAnagrams;

impl Puzzle for GroupAnagrams {
    fn name(&self) -> &'static str {
        "group_anagrams"
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Put words that are anagrams of each other into groups."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "JSON that is not the solution earns nothing instead of 0.01",
            "the list may be written with Python's quotes, and in a Markdown fence",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Groups { solution } = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let expected = in_order(&solution);
        if mode == Mode::Strict {
            let read = python::literal(python::strip(python::unfenced(answer))).and_then(|list| groups(&list));
            return Ok(read
                .map_or_else(|| Grade::unreadable("not a list of lists of words"), |groups| Grade::binary(in_order(&groups) == expected)));
        }
        let Some(read) = python::json(answer) else { return Ok(Grade::unreadable("not JSON")) };
        Ok(match groups(&read) {
            Some(groups) => Grade::of(if in_order(&groups) == expected { 1.0 } else { 0.01 }),
            None if sortable(&read) => Grade::of(0.01),
            None => Grade::unreadable("not a list of lists of words"),
        })
    }
}

#[derive(serde::Deserialize)]
struct Groups {
    solution: Vec<Vec<String>>,
}

/// The groups of a list of lists of texts.
fn groups(list: &Value) -> Option<Vec<Vec<String>>> {
    let group = |group: &Value| group.as_list()?.iter().map(|word| word.as_str().map(str::to_owned)).collect();
    list.as_list()?.iter().map(group).collect()
}

fn in_order(groups: &[Vec<String>]) -> Vec<Vec<String>> {
    let mut groups = groups.to_vec();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort();
    groups
}

/// Whether upstream's sorting of groups and of what is in them succeeds on JSON that is not lists of texts: it also walks over texts and the keys of objects.
fn sortable(outer: &Value) -> bool {
    let Some(groups) = parts(outer) else { return false };
    let mut firsts = Vec::with_capacity(groups.len());
    for group in &groups {
        let Some(items) = parts(group) else { return false };
        if items.len() > 1 && !comparable(&items) {
            return false;
        }
        // An empty group is sorted as the empty text.
        firsts.push(items.into_iter().next().unwrap_or_else(|| Value::Str(String::new())));
    }
    firsts.len() < 2 || comparable(&firsts)
}

/// What Python's iteration over the value gives.
fn parts(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(items) => Some(items.clone()),
        Value::Str(text) => Some(text.chars().map(|char| Value::Str(char.to_string())).collect()),
        Value::Dict(pairs) => Some(pairs.iter().map(|(key, _)| key.clone()).collect()),
        _ => None,
    }
}

/// Whether `<` is defined between all of them: texts, or numbers, or lists of what can be compared.
fn comparable(items: &[Value]) -> bool {
    let all = |is: fn(&Value) -> bool| items.iter().all(is);
    if all(|item| item.as_str().is_some()) || all(|item| item.as_f64().is_some()) {
        return true;
    }
    let lists: Option<Vec<&[Value]>> = items.iter().map(Value::as_list).collect();
    lists.is_some_and(|lists| {
        let firsts: Vec<Value> = lists.iter().filter_map(|list| list.first().cloned()).collect();
        firsts.len() < 2 || comparable(&firsts)
    })
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
    fn scores_are_these() {
        for (answer, parity, strict) in [
            (r#"[["tea", "eat"], ["bat"]]"#, 1.0, 1.0),
            (r#"[["bat"], ["eat", "tea"]]"#, 1.0, 1.0),
            ("[['bat'], ['eat', 'tea']]", 0.0, 1.0),
            (r#"[["bat", "eat", "tea"]]"#, 0.01, 0.0),
            (r#"["bat"]"#, 0.01, 0.0),
            ("[1, 2]", 0.0, 0.0),
            ("bat; eat, tea", 0.0, 0.0),
        ] {
            check::score(&GroupAnagrams, answer, None, json!({"solution": [["bat"], ["eat", "tea"]]}), [parity, strict]);
        }
    }
}
