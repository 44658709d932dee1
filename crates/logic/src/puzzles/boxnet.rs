//! Directing agents on a grid, one in each square, to move boxes to targets of their colour.

use crate::python::{self, Value, is_space, repr_float};
use crate::{Category, Entry, Grade, InvalidEntry, Mode, Puzzle};
use serde::Deserialize;
use std::collections::BTreeMap;

pub(crate) struct Boxnet;

impl Puzzle for Boxnet {
    fn name(&self) -> &'static str {
        "boxnet"
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Plan the moves of agents that bring boxes to targets; the share of boxes brought home is the score."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a plan that brings no box home earns nothing instead of 0.05",
            "a plan ends at the first action that cannot be done, so that listing all actions there are does not pay; upstream passes over some of them and \
             gives up on others",
            "targets cannot be moved",
            "the JSON may stand in a Markdown fence",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Start { initial_state } = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let answer = if mode.is_parity() { answer } else { python::unfenced(answer) };
        let Some(plan) = python::json(answer) else { return Ok(Grade::unreadable("not JSON")) };
        let boxes = count_boxes(&initial_state);
        if boxes == 0 {
            return Ok(Grade::binary(false).because("there is no box"));
        }
        let mut field = Field(initial_state);
        let fault = match field.carry_out(&plan, mode) {
            Err(fault) if mode.is_parity() => return Ok(Grade::unreadable(fault)),
            result => result.err().unwrap_or_default(),
        };
        let share = (boxes - count_boxes(&field.0)) as f64 / boxes as f64;
        Ok(Grade::of(share.max(mode.floor(0.05))).because(fault))
    }
}

/// What lies in each square: `box_red`, `target_red`. Squares are named by their centre, `0.5_1.5`.
type Squares = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
struct Start {
    initial_state: Squares,
}

fn count_boxes(squares: &Squares) -> usize {
    squares.values().flatten().filter(|item| item.starts_with("box_")).count()
}

struct Field(Squares);

/// What an agent is told to do with one thing in its square.
struct Action<'a> {
    item: &'a str,
    to: Place<'a>,
}

enum Place<'a> {
    Item(&'a str),
    Square(Vec<f64>),
}

/// Why a plan is not carried out: in parity because upstream raises an exception, in strict because an action is impossible.
type Fault = &'static str;

impl Field {
    fn carry_out(&mut self, plan: &Value, mode: Mode) -> Result<(), Fault> {
        let steps = match plan {
            Value::List(steps) => steps.as_slice(),
            Value::Dict(pairs) if pairs.is_empty() => &[],
            Value::Str(text) if text.is_empty() => &[],
            _ => return Err("not a list of steps"),
        };
        for step in steps {
            let step = step.as_dict().ok_or("a step is not a JSON object")?;
            for (agent, action) in read_step(step, mode)? {
                self.act(&agent, &action, mode)?;
            }
        }
        Ok(())
    }

    fn act(&mut self, agent: &[f64], action: &Action<'_>, mode: Mode) -> Result<(), Fault> {
        let [row, column, ..] = *agent else { return Err("an agent is named by two numbers") };
        // Upstream passes over what cannot be done, except where it raises an exception.
        let impossible = |fault| if mode.is_parity() { Ok(()) } else { Err(fault) };
        let Some(here) = self.0.get_mut(&name(row, column)) else { return impossible("there is no such agent") };
        let Some(at) = here.iter().position(|item| item == action.item) else { return impossible("the agent has no such box") };
        let color = action.item.strip_prefix("box_");
        match &action.to {
            Place::Item(target) => {
                let matches = color.is_some() && target.strip_prefix("target_") == color;
                let Some(_) = here.iter().position(|item| matches && item == target) else {
                    return impossible("the agent has no such target");
                };
                here.remove(at);
                let target_at =
                    here.iter().position(|item| item == target).expect("a box is no target, so the target found is still there");
                here.remove(target_at);
            }
            Place::Square(to) => {
                if color.is_none() && !mode.is_parity() {
                    return Err("only boxes are moved");
                }
                if !is_adjacent([row, column], to)? {
                    return impossible("the square is not a neighbour");
                }
                let item = here.remove(at);
                let Some(there) = self.0.get_mut(&name(to[0], to[1])) else {
                    self.0.entry(name(row, column)).or_default().push(item);
                    return Err("there is no such square");
                };
                there.push(item);
            }
        }
        Ok(())
    }
}

fn name(row: f64, column: f64) -> String {
    format!("{}_{}", repr_float(row), repr_float(column))
}

/// Whether the second place is one step from the first. Fails where upstream reads a number that is not there.
fn is_adjacent(from: [f64; 2], to: &[f64]) -> Result<bool, Fault> {
    let row = (from[0] - to.first().ok_or("a square is named by two numbers")?).abs();
    if row != 0.0 && row != 1.0 {
        return Ok(false);
    }
    let column = (from[1] - to.get(1).ok_or("a square is named by two numbers")?).abs();
    Ok((row, column) == (0.0, 1.0) || (row, column) == (1.0, 0.0))
}

/// The actions of one step by agent. Of two for one agent the last counts upstream, in the first one's place.
fn read_step(step: &[(Value, Value)], mode: Mode) -> Result<Vec<(Vec<f64>, Action<'_>)>, Fault> {
    let mut actions: Vec<(Vec<f64>, Action<'_>)> = Vec::new();
    let mut known: BTreeMap<Vec<u64>, usize> = BTreeMap::new();
    for (key, value) in step {
        let agent = numbers(key.as_str().ok_or("an agent is no text")?);
        let Some(action) = read_action(value.as_str().ok_or("an action is no text")?) else {
            if mode.is_parity() { continue } else { return Err("an action is none") }
        };
        let bits = agent.iter().map(|number| number.to_bits()).collect();
        if let Some(at) = known.get(&bits) {
            if !mode.is_parity() {
                return Err("an agent has two actions");
            }
            actions[*at].1 = action;
        } else {
            known.insert(bits, actions.len());
            actions.push((agent, action));
        }
    }
    Ok(actions)
}

/// Reads `move(ITEM, PLACE)` at the start of a text, as Python's `move\((.*?),\s(.*?)\)` does.
fn read_action(text: &str) -> Option<Action<'_>> {
    let inside = text.strip_prefix("move(")?;
    let line = inside.find('\n').unwrap_or(inside.len());
    // A dot matches no line feed, but the white space after the comma may be one.
    let mut separators = inside[..line].match_indices(',').filter_map(|(at, _)| {
        let space = inside[at + 1..].chars().next().filter(|next| is_space(*next))?;
        Some((at, at + 1 + space.len_utf8()))
    });
    let last_close = inside[..line].rfind(')');
    let (end, start) = separators.find(|(_, start)| *start > line || last_close.is_some_and(|close| *start <= close))?;
    let rest = &inside[start..];
    let place = &rest[..rest.find([')', '\n']).filter(|at| rest[*at..].starts_with(')'))?];
    let to = if place.contains("square") { Place::Square(numbers(place)) } else { Place::Item(place) };
    Some(Action { item: &inside[..end], to })
}

/// The numbers in a text, as Python's `\d+\.?\d*` finds them.
fn numbers(text: &str) -> Vec<f64> {
    let is_digit = |char: char| python::digit(char).is_some();
    let digits = |text: &str| text.find(|char| !is_digit(char)).unwrap_or(text.len());
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_digit) {
        rest = &rest[start..];
        let mut end = digits(rest);
        if rest[end..].starts_with('.') {
            end += 1 + digits(&rest[end + 1..]);
        }
        found.extend(python::float(&rest[..end]));
        rest = &rest[end..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use serde_json::json;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&Boxnet);
    }

    #[test]
    fn boxes_brought_home_earn_their_share() {
        let state = json!({"initial_state": {"0.5_0.5": ["box_red", "box_blue", "target_blue"], "0.5_1.5": ["target_red"], "0.5_2.5": []}});
        for (answer, parity, strict) in [
            (r#"[{"Agent[0.5, 0.5]": "move(box_blue, target_blue)"}]"#, 0.5, 0.5),
            (
                r#"```
[{"Agent[0.5, 0.5]": "move(box_blue, target_blue)"}]
```"#,
                0.0,
                0.5,
            ),
            (r#"[{"Agent[0.5, 0.5]": "move(box_red, square[0.5, 1.5])", "Agent[0.5, 1.5]": "move(box_red, target_red)"}]"#, 0.5, 0.5),
            (r#"[{"Agent[0.5, 1.5]": "move(target_red, square[0.5, 0.5])"}, {"Agent[0.5, 0.5]": "move(box_red, target_red)"}]"#, 0.5, 0.0),
            (r#"[{"Agent[0.5, 1.5]": "move(box_red, target_red)"}, {"Agent[0.5, 0.5]": "move(box_blue, target_blue)"}]"#, 0.5, 0.0),
            (r#"[{"Agent[0.5, 0.5]": "move(box_blue, target_blue)"}, {"Agent[0.5, 0.5]": "move(box_red, square[1.5, 0.5])"}]"#, 0.0, 0.5),
            (r#"[{"Agent[0.5, 0.5]": "move(box_blue, target_blue)"}, {"Agent": "move(box_red, square[1.5, 0.5])"}]"#, 0.0, 0.5),
            (r#"[{"Agent[0.5, 0.5]": "go home"}]"#, 0.05, 0.0),
            ("[]", 0.05, 0.0),
            ("[1]", 0.0, 0.0),
            ("1", 0.0, 0.0),
        ] {
            check::score(&Boxnet, answer, None, state.clone(), [parity, strict]);
        }
    }

    #[test]
    fn actions_are_read_as_the_regular_expression_reads_them() {
        let read = |text: &str| {
            read_action(text).map(|action| match action.to {
                Place::Item(place) => format!("{}|{place}", action.item),
                Place::Square(numbers) => format!("{}|{numbers:?}", action.item),
            })
        };
        for (text, expect) in [
            ("move(box_red, target_red) now", Some("box_red|target_red")),
            ("move(a, b, c)", Some("a|b, c")),
            ("move(a,b, c)", Some("a,b|c")),
            ("move(a), b)", Some("a)|b")),
            ("move(é,é, ∧)", Some("é,é|∧")),
            ("move(a,\nb)", Some("a|b")),
            ("move(a, b,\nc)", Some("a, b|c")),
            ("move(a, b\nc)", None),
            ("move(a,\nb\n)", None),
            ("move(a,\u{a0}square[1.5, 2., ٣])", Some("a|[1.5, 2.0, 3.0]")),
            ("move(box_red,target_red)", None),
            (" move(a, b)", None),
        ] {
            assert_eq!(read(text).as_deref(), expect, "{text:?}");
        }
    }
}
