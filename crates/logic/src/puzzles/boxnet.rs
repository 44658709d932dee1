//! Directing agents on a grid, one in each square, to move boxes to targets of their colour.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::python::{self, Value, is_space, repr_float};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeMap;

pub(crate) struct Boxnet;

impl Puzzle for Boxnet {
    fn name(&self) -> &'static str {
        Self::NAME
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

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
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
        let from = name(row, column);
        let Some(here) = self.0.get(&from) else { return impossible("there is no such agent") };
        let has = |item: &str| here.iter().any(|other| other == item);
        if !has(action.item) {
            return impossible("the agent has no such box");
        }
        let color = action.item.strip_prefix("box_");
        match &action.to {
            Place::Item(target) => {
                if color.is_none() || target.strip_prefix("target_") != color || !has(target) {
                    return impossible("the agent has no such target");
                }
                self.take(&from, action.item);
                self.take(&from, target);
            }
            Place::Square(to) => {
                if color.is_none() && !mode.is_parity() {
                    return Err("only boxes are moved");
                }
                if !is_adjacent([row, column], to)? {
                    return impossible("the square is not a neighbour");
                }
                let to = name(to[0], to[1]);
                if !self.0.contains_key(&to) {
                    return Err("there is no such square");
                }
                self.take(&from, action.item);
                self.0.entry(to).or_default().push(action.item.to_owned());
            }
        }
        Ok(())
    }

    /// Removes one such item from a square.
    fn take(&mut self, square: &str, item: &str) {
        if let Some(here) = self.0.get_mut(square)
            && let Some(at) = here.iter().position(|other| other == item)
        {
            here.remove(at);
        }
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
        let agent: Vec<f64> = numbers(key.as_str().ok_or("an agent is no text")?).collect();
        let Some(action) = read_action(value.as_str().ok_or("an action is no text")?) else {
            if mode.is_parity() { continue } else { return Err("an action is none") }
        };
        if !mode.is_parity() && agent.len() != 2 {
            return Err("an agent is named by two numbers");
        }
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
    let to = if place.contains("square") { Place::Square(numbers(place).take(2).collect()) } else { Place::Item(place) };
    Some(Action { item: &inside[..end], to })
}

/// The numbers in a text, as Python's `\d+\.?\d*` finds them.
fn numbers(text: &str) -> impl Iterator<Item = f64> {
    let is_digit = |char: char| python::digit(char).is_some();
    let digits = move |text: &str| text.find(|char| !is_digit(char)).unwrap_or(text.len());
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[rest.find(is_digit)?..];
        let mut end = digits(rest);
        if rest[end..].starts_with('.') {
            end += 1 + digits(&rest[end + 1..]);
        }
        let number;
        (number, rest) = rest.split_at(end);
        // Most digits are ASCII, which Rust reads without a copy.
        number.parse().ok().or_else(|| python::float(number))
    })
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_row_num: usize,
    max_row_num: usize,
    min_column_num: usize,
    max_column_num: usize,
    min_box_num: usize,
    max_box_num: usize,
    colour_list: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_row_num: 1,
            max_row_num: 4,
            min_column_num: 2,
            max_column_num: 4,
            min_box_num: 1,
            max_box_num: 1,
            colour_list: ["red", "blue", "green"].map(str::to_owned).to_vec(),
        }
    }
}

const SIZES: Levels = Levels::Ints(&[1, 2, 3, 4, 5, 6, 7, 8, 9]);

impl Generate for Boxnet {
    const NAME: &'static str = "boxnet";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("row_num", "min_row_num", "max_row_num", SIZES),
        Attribute::interval("column_num", "min_column_num", "max_column_num", SIZES),
        Attribute::interval("box_num", "min_box_num", "max_box_num", SIZES),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_row_num, max_row_num, 1..=30)?;
        bounds!(config, min_column_num, max_column_num, 1..=30)?;
        bounds!(config, min_box_num, max_box_num, 1..=50)?;
        let colors = &config.colour_list;
        if !(1..=20).contains(&colors.len()) {
            return Err(InvalidConfig::new("colour_list", "not 1 to 20 colours"));
        }
        if let Some(color) = colors.iter().find(|color| color.is_empty() || !color.bytes().all(|byte| byte.is_ascii_alphabetic())) {
            return Err(InvalidConfig::new("colour_list", format!("`{color}` is no word of ASCII letters")));
        }
        Ok(())
    }

    /// Boxes and targets anywhere, also together. Upstream stores no answer; ours brings all boxes home by shortest ways, as many at once as agents can.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let rows = rng.size(config.min_row_num, config.max_row_num);
        let columns = rng.size(config.min_column_num, config.max_column_num);
        let squares: Vec<Square> = (0..rows).flat_map(|row| (0..columns).map(move |column| Square { row, column })).collect();
        let mut errands = Vec::new();
        for color in &config.colour_list {
            for _ in 0..rng.size(config.min_box_num, config.max_box_num) {
                errands.push(Errand { color, at: *rng.choose(&squares), target: *rng.choose(&squares) });
            }
        }
        let items = |square: Square| -> Vec<String> {
            let in_square = |errand: &Errand<'_>| {
                let item = |kind: &str, place: Square| (place == square).then(|| format!("{kind}_{}", errand.color));
                [item("box", errand.at), item("target", errand.target)]
            };
            errands.iter().flat_map(in_square).flatten().collect()
        };
        let lines: Vec<String> = squares
            .iter()
            .map(|square| (square, items(*square)))
            .filter(|(_, items)| !items.is_empty())
            .map(|(square, items)| format!("square[{}]: {}", square.center(", "), items.join(", ")))
            .collect();
        let initial_state: Squares = squares.iter().map(|square| (square.center("_"), items(*square))).collect();
        Some(Problem {
            question: format!(
                "On a grid of {rows} by {columns} squares (rows by columns) stands one agent in each square. Squares are named by the row and the column of their \
                 centre: square[0.5, 0.5] is the first of the first row, square[0.5, 1.5] the second. An agent can do one of two things with a box that lies in \
                 its own square:\n- move it to the next square above, below, left or right: \"move(box_red, square[0.5, 1.5])\"\n- put it on a target of the same \
                 colour in its own square, which takes both away: \"move(box_red, target_red)\"\n\nThis is where boxes and targets are; all other squares are \
                 empty.\n{}\n\nPlan steps in which the agents put every box on a target; in each step an agent does one thing at most. The plan ends at the first thing that cannot be done. Answer with a JSON list of \
                 the steps, each an object from agents to what they do, such as\n[{{\"Agent[0.5, 0.5]\": \"move(box_red, square[0.5, 1.5])\"}}, \
                 {{\"Agent[0.5, 1.5]\": \"move(box_red, target_red)\"}}]",
                lines.join("\n"),
            ),
            answer: json!(plan(errands)).to_string(),
            metadata: json!({
                "row_num": rows,
                "column_num": columns,
                "initial_state": initial_state,
                "difficulty": {
                    "row_num": [config.min_row_num, config.max_row_num],
                    "column_num": [config.min_column_num, config.max_column_num],
                    "box_num": [config.min_box_num, config.max_box_num],
                },
            }),
        })
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Square {
    row: usize,
    column: usize,
}

impl Square {
    fn center(self, between: &str) -> String {
        format!("{}.5{between}{}.5", self.row, self.column)
    }

    /// The next square on a shortest way, first along the column.
    fn toward(self, target: Self) -> Self {
        let step = |from: usize, to: usize| if from < to { from + 1 } else { from - 1 };
        if self.row == target.row {
            Self { column: step(self.column, target.column), ..self }
        } else {
            Self { row: step(self.row, target.row), ..self }
        }
    }
}

/// A box and the target it is brought to.
struct Errand<'a> {
    color: &'a str,
    at: Square,
    target: Square,
}

/// Steps that do all errands. In each, the boxes go on in turn for which the agent of their square is free.
fn plan(mut errands: Vec<Errand<'_>>) -> Vec<BTreeMap<String, String>> {
    let mut steps = Vec::new();
    while !errands.is_empty() {
        let mut step = BTreeMap::new();
        errands.retain_mut(|Errand { color, at, target }| {
            let agent = format!("Agent[{}]", at.center(", "));
            if step.contains_key(&agent) {
                return true;
            }
            let home = at == target;
            let place = if home {
                format!("target_{color}")
            } else {
                *at = at.toward(*target);
                format!("square[{}]", at.center(", "))
            };
            step.insert(agent, format!("move(box_{color}, {place})"));
            !home
        });
        steps.push(step);
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

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
            ("move(a,\u{a0}square[٣, 2., 1])", Some("a|[3.0, 2.0]")),
            ("move(box_red,target_red)", None),
            (" move(a, b)", None),
        ] {
            assert_eq!(read(text).as_deref(), expect, "{text:?}");
        }
    }
}
