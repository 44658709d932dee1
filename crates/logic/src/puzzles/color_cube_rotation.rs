//! Following the coloured sides of a cube that is turned over again and again.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub(crate) struct ColorCubeRotation;

impl Puzzle for ColorCubeRotation {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Cognition
    }

    fn summary(&self) -> &'static str {
        "Say which colour a side of a cube has after it was turned several times."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["a wrong answer earns nothing instead of 0.01"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let plain = |text| python::strip(text).to_lowercase();
        Ok(if plain(answer) == plain(gold) { Grade::binary(true) } else { Grade::of(mode.floor(0.01)) })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_rotations: usize,
    max_rotations: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_rotations: 1, max_rotations: 3 }
    }
}

const COLORS: [&str; 16] = [
    "red", "green", "blue", "yellow", "white", "orange", "purple", "pink", "brown", "gray", "cyan", "magenta", "gold", "silver", "indigo",
    "violet",
];

#[derive(Clone, Copy)]
enum Side {
    Top,
    Right,
    Front,
    Left,
    Back,
    Bottom,
}

impl Side {
    const ALL: [Self; 6] = [Self::Top, Self::Right, Self::Front, Self::Left, Self::Back, Self::Bottom];

    fn name(self) -> &'static str {
        match self {
            Self::Top => "top",
            Self::Right => "right",
            Self::Front => "front",
            Self::Left => "left",
            Self::Back => "back",
            Self::Bottom => "bottom",
        }
    }
}

/// The colour of each side, in the order of [`Side::ALL`].
#[derive(Clone)]
struct Cube([&'static str; 6]);

impl Cube {
    fn color(&self, side: Side) -> &'static str {
        self.0[side as usize]
    }

    /// Turns the cube so that this side comes to the top. From the bottom it takes two turns of the front upward.
    fn bring_to_top(&mut self, side: Side) {
        // Each side of the ring takes the colour of the next one.
        let ring = match side {
            Side::Top => return,
            Side::Front | Side::Bottom => [Side::Top, Side::Front, Side::Bottom, Side::Back],
            Side::Back => [Side::Top, Side::Back, Side::Bottom, Side::Front],
            Side::Right => [Side::Top, Side::Right, Side::Bottom, Side::Left],
            Side::Left => [Side::Top, Side::Left, Side::Bottom, Side::Right],
        };
        let turns = if matches!(side, Side::Bottom) { 2 } else { 1 };
        let before = self.clone();
        for (at, to) in ring.into_iter().enumerate() {
            self.0[to as usize] = before.color(ring[(at + turns) % 4]);
        }
    }

    fn to_json(&self) -> Value {
        Side::ALL.map(|side| (side.name().to_owned(), self.color(side).into())).into_iter().collect::<Map<_, _>>().into()
    }
}

impl Generate for ColorCubeRotation {
    const NAME: &'static str = "color_cube_rotation";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("rotations", "min_rotations", "max_rotations", Levels::Ints(&[1, 5, 10, 50, 100]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_rotations, max_rotations, 1..=1000)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let colors = rng.sample(&COLORS, 6);
        let mut cube = Cube(colors.try_into().expect("six were drawn"));
        let initial = cube.clone();
        let count = rng.size(config.min_rotations, config.max_rotations);
        let rotations: Vec<Side> = (0..count).map(|_| *rng.choose(&Side::ALL[1..])).collect();
        rotations.iter().for_each(|side| cube.bring_to_top(*side));
        let target = *rng.choose(&Side::ALL);
        let names: Vec<&str> = rotations.iter().map(|side| side.name()).collect();
        Some(Problem {
            question: question(&initial, &names, target),
            answer: cube.color(target).to_owned(),
            metadata: json!({
                "initial_state": initial.to_json(),
                "rotations": names,
                "target_side": target.name(),
                "num_rotations": count,
                "difficulty": {"rotations": [config.min_rotations, config.max_rotations]},
            }),
        })
    }
}

fn question(initial: &Cube, rotations: &[&str], target: Side) -> String {
    let sides: Vec<String> = Side::ALL.iter().map(|side| format!("{} {}", side.name(), initial.color(*side))).collect();
    let steps: Vec<String> =
        rotations.iter().enumerate().map(|(at, side)| format!("{}. Bring the {side} side to the top.\n", at + 1)).collect();
    format!(
        "The sides of a cube have these colours: {}.\nIt is turned over step by step. Each step names the side that comes to the top, by \
         its place before the step:\n\n{}\nTo bring the front, back or bottom side up, the cube turns about the axis through its left \
         and right sides, which stay; to bring the left or right side up, about the axis through front and back.\nWhich colour does the \
         {} side have in the end? Answer with the colour alone.",
        sides.join(", "),
        steps.concat(),
        target.name()
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&ColorCubeRotation);
    }

    #[test]
    fn the_colour_alone_is_right() {
        for (answer, parity, strict) in [(" Orange\n", 1.0, 1.0), ("red", 0.01, 0.0), ("It is orange.", 0.01, 0.0), ("", 0.01, 0.0)] {
            check::score(&ColorCubeRotation, answer, "orange", json!({}), [parity, strict]);
        }
    }

    #[test]
    fn four_turns_to_one_side_and_two_over_restore_the_cube() {
        let start = Cube(["t", "r", "f", "l", "b", "d"]);
        for side in Side::ALL {
            let mut cube = start.clone();
            cube.bring_to_top(side);
            assert_eq!(cube.color(Side::Top), start.color(side));
            for _ in 0..if matches!(side, Side::Bottom) { 1 } else { 3 } {
                cube.bring_to_top(side);
            }
            assert_eq!(cube.0, start.0, "{}", side.name());
        }
    }
}
