//! A number, a light and three buttons: press the fewest buttons that bring the number to its target.

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::VecDeque;

pub(crate) struct QuantumLock;

impl Puzzle for QuantumLock {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Graphs
    }

    fn summary(&self) -> &'static str {
        "Press buttons that change a number, as a light allows, to reach a target; a longer sequence earns half."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "the answer is buttons between arrows, commas or white space; upstream reads every a, b and c of any text as a button",
            "a button that the light does not allow makes the answer wrong instead of being passed over",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let shortest = mentioned(entry.gold()?);
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let strict = !mode.is_parity();
        let presses = if strict {
            match listed(answer) {
                Some(presses) => presses,
                None => return Ok(Grade::unreadable("not a sequence of buttons")),
            }
        } else {
            mentioned(answer)
        };
        if presses == shortest {
            return Ok(Grade::binary(true));
        }
        let lock: Lock = entry.metadata()?;
        Ok(match lock.press(&presses, strict) {
            Err(fault) => Grade::binary(false).because(fault),
            Ok(number) if number != lock.target_value => Grade::binary(false).because("the number does not end at the target"),
            Ok(_) if presses.len() == shortest.len() => Grade::binary(true),
            Ok(_) => Grade::of(0.5).because("there is a shorter sequence"),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// Every letter of the text that could be a button's name.
fn mentioned(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_uppercase).filter(|char| ('A'..='C').contains(char)).collect()
}

/// The buttons of a text that holds nothing else but what separates them.
fn listed(text: &str) -> Option<Vec<char>> {
    let names = text.replace("->", " ").replace(['→', ','], " ").to_ascii_uppercase();
    let names = names.chars().filter(|char| !python::is_space(*char));
    names.map(|char| ('A'..='C').contains(&char).then_some(char)).collect()
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Light {
    Red,
    Green,
}

impl Light {
    fn toggled(self) -> Self {
        match self {
            Self::Red => Self::Green,
            Self::Green => Self::Red,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Green => "green",
        }
    }
}

/// When a button can be pressed.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Active {
    Any,
    Red,
    Green,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Operation {
    Add,
    Subtract,
    Multiply,
}

#[derive(Serialize, Deserialize)]
struct Button {
    name: char,
    #[serde(rename = "type")]
    operation: Operation,
    value: i64,
    active_state: Active,
}

impl Button {
    fn works(&self, light: Light) -> bool {
        match self.active_state {
            Active::Any => true,
            Active::Red => light == Light::Red,
            Active::Green => light == Light::Green,
        }
    }

    /// The number after pressing; `None` beyond what an `i64` holds.
    fn apply(&self, number: i64) -> Option<i64> {
        match self.operation {
            Operation::Add => number.checked_add(self.value),
            Operation::Subtract => number.checked_sub(self.value),
            Operation::Multiply => number.checked_mul(self.value),
        }
    }

    fn describe(&self) -> String {
        let operation = match self.operation {
            Operation::Add => format!("adds {} to the number", self.value),
            Operation::Subtract => format!("subtracts {} from the number", self.value),
            Operation::Multiply => format!("multiplies the number by {}", self.value),
        };
        let when = match self.active_state {
            Active::Any => "works in any light",
            Active::Red => "works only while the light is red",
            Active::Green => "works only while the light is green",
        };
        format!("{}: {operation}, {when}", self.name)
    }
}

#[derive(Serialize, Deserialize)]
struct Lock {
    initial_value: i64,
    initial_state: Light,
    target_value: i64,
    buttons: Vec<Button>,
}

impl Lock {
    /// The number after these buttons. One that does not work in the light of its turn is a fault when `all_work` is asked for, else nothing happens.
    ///
    /// A number beyond an `i64` is a fault too: no answer of bounded length brings it back to a target that is small.
    fn press(&self, presses: &[char], all_work: bool) -> Result<i64, String> {
        let (mut number, mut light) = (self.initial_value, self.initial_state);
        for (index, press) in presses.iter().enumerate() {
            let usable = self.buttons.iter().find(|button| button.name == *press).filter(|button| button.works(light));
            let Some(button) = usable else {
                if all_work {
                    return Err(format!("press {}: button {press} does not work while the light is {}", index + 1, light.name()));
                }
                continue;
            };
            number = button.apply(number).ok_or("the number grows beyond bounds")?;
            light = light.toggled();
        }
        Ok(number)
    }

    /// The first shortest sequence that reaches the target, by breadth-first search over number and light.
    ///
    /// As no button divides, a number further from 0 and from the target than subtracting or adding can go back within `max_presses` is never on the way.
    fn shortest(&self, max_presses: usize) -> Option<Vec<char>> {
        let step = self.buttons.iter().map(|button| button.value).max()?;
        let reach = step * max_presses as i64;
        let (low, high) = (self.initial_value.min(self.target_value) - reach, self.initial_value.max(self.target_value) + reach);
        let place = |number: i64, light: Light| (number - low) as usize * 2 + usize::from(light == Light::Green);
        let mut from: Vec<Option<(i64, &Button)>> = vec![None; place(high, Light::Green) + 1];
        let mut queue = VecDeque::from([(self.initial_value, self.initial_state, 0)]);
        while let Some((number, light, presses)) = queue.pop_front() {
            if number == self.target_value {
                return Some(trace(number, light, presses, |number, light| from[place(number, light)]));
            }
            if presses == max_presses {
                return None;
            }
            for button in self.buttons.iter().filter(|button| button.works(light)) {
                let Some(next) = button.apply(number).filter(|next| (low..=high).contains(next)) else { continue };
                let known = &mut from[place(next, light.toggled())];
                if known.is_none() && (next, light.toggled()) != (self.initial_value, self.initial_state) {
                    *known = Some((number, button));
                    queue.push_back((next, light.toggled(), presses + 1));
                }
            }
        }
        None
    }
}

/// The buttons that led to a number and a light, `from` telling what came before each.
fn trace<'a>(mut number: i64, mut light: Light, presses: usize, from: impl Fn(i64, Light) -> Option<(i64, &'a Button)>) -> Vec<char> {
    let mut names = Vec::with_capacity(presses);
    for _ in 0..presses {
        let (before, button) = from(number, light).expect("a state that was reached by pressing");
        names.push(button.name);
        (number, light) = (before, light.toggled());
    }
    names.reverse();
    names
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    difficulty: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { difficulty: 10 }
    }
}

/// How often a lock is drawn anew before another difficulty is: about half have a solution.
const DRAWS: usize = 100;

impl Generate for QuantumLock {
    const NAME: &'static str = "quantum_lock";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::scalar("difficulty", "difficulty", Levels::Ints(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, difficulty, 1..=100)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let difficulty = rng.size(1, config.difficulty);
        let max_presses = (6 + difficulty * 3 / 2).min(15);
        let (lock, solution) = (0..DRAWS).find_map(|_| {
            let lock = draw(difficulty, rng);
            lock.shortest(max_presses).map(|solution| (lock, solution))
        })?;
        let buttons: Vec<String> = lock.buttons.iter().map(Button::describe).collect();
        let solution: Vec<String> = solution.iter().map(char::to_string).collect();
        Some(Problem {
            question: format!(
                "A lock shows the number {} and a light that is {}. It has three buttons:\n{}\nEach press changes the number and switches the light between red and green; a \
                 button that does not work in the present light cannot be pressed. Which shortest sequence of presses brings the number to {}? Answer with the buttons in \
                 order, as in A → B → C.",
                lock.initial_value,
                lock.initial_state.name(),
                buttons.join("\n"),
                lock.target_value,
            ),
            answer: solution.join(" → "),
            metadata: json!({
                "solution_path": solution,
                "target_value": lock.target_value,
                "buttons": lock.buttons,
                "initial_state": lock.initial_state,
                "initial_value": lock.initial_value,
                "difficulty": {"difficulty": difficulty},
            }),
        })
    }
}

/// Three different buttons and a target that grows with the difficulty; not always one that can be reached.
fn draw(difficulty: usize, rng: &mut Rng) -> Lock {
    let small: &[i64] = if difficulty >= 5 { &[2, 3] } else { &[1, 2] };
    let factors: &[i64] = if difficulty >= 7 { &[2, 3] } else { &[2] };
    let mut buttons: Vec<Button> = Vec::new();
    while let Some(&name) = ['A', 'B', 'C'].get(buttons.len()) {
        let operation = *rng.choose(&[Operation::Add, Operation::Subtract, Operation::Multiply]);
        let value = *rng.choose(if operation == Operation::Multiply { factors } else { small });
        let active_state = [Active::Any, Active::Green, Active::Red][rng.weighted(&[4.0, 2.0, 1.0])];
        let same = |known: &Button| known.operation == operation && known.value == value && known.active_state == active_state;
        if !buttons.iter().any(same) {
            buttons.push(Button { name, operation, value, active_state });
        }
    }
    let base = 5.0 + (difficulty as f64) * (difficulty as f64).sqrt();
    let variance = rng.int(-((base * 0.2) as i64), (base * 0.3) as i64);
    let target_value = ((base + variance as f64) as i64).max(8);
    Lock { initial_value: 0, initial_state: Light::Red, target_value, buttons }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&QuantumLock);
    }

    #[test]
    fn shortest_sequences_are_right_and_longer_ones_earn_half() {
        let metadata = json!({
            "initial_value": 0,
            "initial_state": "red",
            "target_value": 4,
            "buttons": [
                {"name": "A", "type": "add", "value": 2, "active_state": "any"},
                {"name": "B", "type": "multiply", "value": 2, "active_state": "green"},
                {"name": "C", "type": "subtract", "value": 2, "active_state": "any"},
            ],
        });
        for (answer, parity, strict) in [
            ("A → B", 1.0, 1.0),
            ("a, a", 1.0, 1.0),
            ("A -> A", 1.0, 1.0),
            ("AB", 1.0, 1.0),
            ("A → A → A → C", 0.5, 0.5),
            ("B → A → A", 0.5, 0.0),
            ("A then B", 1.0, 0.0),
            ("The answer is A → B", 0.5, 0.0),
            ("A → B → A", 0.0, 0.0),
            ("", 0.0, 0.0),
        ] {
            check::score(&QuantumLock, answer, "A → A", metadata.clone(), [parity, strict]);
        }
    }
}
