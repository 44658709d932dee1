//! Measuring an amount of water with jugs that can be filled, emptied and poured into one another.

use crate::config::{InvalidConfig, within};
use crate::generator::{Generate, Problem};
use crate::python::{self, Value};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use num_integer::Integer;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashSet;
use std::fmt;

pub(crate) struct Jugs;

impl Puzzle for Jugs {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Measure an amount of water with jugs of other sizes; any moves that end with it count."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "moves that do not end with the amount earn nothing instead of 0.01",
            "the moves must be a JSON list, which may stand in a Markdown fence, and no move may have further words behind it",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Task { puzzle } = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let answer = if mode.is_parity() { answer } else { python::unfenced(answer) };
        let Some(read) = python::json(answer) else { return Ok(Grade::unreadable("not JSON")) };
        if mode == Mode::Strict && read.as_list().is_none() {
            return Ok(Grade::unreadable("not a JSON list"));
        }
        let Some(moves) = moves(&read, puzzle.jug_capacities.len(), mode) else { return Ok(Grade::unreadable("not a list of moves")) };
        let solved = puzzle.amounts_after(&moves).contains(&puzzle.target);
        Ok(if solved { Grade::binary(true) } else { Grade::of(mode.floor(0.01)).because("no jug holds the amount in the end") })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Task {
    puzzle: Measuring,
}

#[derive(Deserialize)]
struct Measuring {
    jug_capacities: Vec<i64>,
    target: i64,
}

impl Measuring {
    fn amounts_after(&self, moves: &[Move]) -> Vec<i64> {
        let mut amounts = vec![0; self.jug_capacities.len()];
        moves.iter().for_each(|step| step.apply(&mut amounts, &self.jug_capacities));
        amounts
    }
}

/// A move; jugs are numbered in the order of their letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Fill(usize),
    Empty(usize),
    Pour(usize, usize),
}

impl Move {
    /// Reads `fill A`, `empty A` or `pour A->B`. Upstream ignores what follows the second word.
    fn parse(text: &str, jugs: usize, mode: Mode) -> Option<Self> {
        let mut words = text.split(python::is_space).filter(|word| !word.is_empty());
        let (verb, object) = (words.next()?, words.next()?);
        if mode == Mode::Strict && words.next().is_some() {
            return None;
        }
        match verb {
            "fill" => jug(object, jugs).map(Self::Fill),
            "empty" => jug(object, jugs).map(Self::Empty),
            "pour" => {
                let (from, into) = object.split_once("->")?;
                Some(Self::Pour(jug(from, jugs)?, jug(into, jugs)?))
            }
            _ => None,
        }
    }

    fn apply<C: Copy + Into<i64>>(self, amounts: &mut [i64], capacities: &[C]) {
        match self {
            Self::Fill(jug) => amounts[jug] = capacities[jug].into(),
            Self::Empty(jug) => amounts[jug] = 0,
            Self::Pour(from, into) => {
                let poured = amounts[from].min(capacities[into].into() - amounts[into]);
                amounts[from] -= poured;
                amounts[into] += poured;
            }
        }
    }
}

impl fmt::Display for Move {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Fill(jug) => write!(f, "fill {}", letter(jug)),
            Self::Empty(jug) => write!(f, "empty {}", letter(jug)),
            Self::Pour(from, into) => write!(f, "pour {}->{}", letter(from), letter(into)),
        }
    }
}

/// The moves that Python would iterate over. `None` if upstream raises an exception for one of them.
fn moves(read: &Value, jugs: usize, mode: Mode) -> Option<Vec<Move>> {
    read.iterate()?.iter().map(|step| Move::parse(step.as_str()?, jugs, mode)).collect()
}

/// The jug with this letter, of so many.
fn jug(name: &str, jugs: usize) -> Option<usize> {
    let mut letters = name.chars();
    let number = (letters.next()? as usize).checked_sub('A' as usize)?;
    (letters.next().is_none() && number < jugs).then_some(number)
}

fn letter(jug: usize) -> char {
    u32::try_from(jug).ok().and_then(|jug| char::from_u32('A' as u32 + jug)).expect("a puzzle has few jugs")
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    num_jugs: usize,
    difficulty: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { num_jugs: 3, difficulty: 10 }
    }
}

const MOST_JUGS: usize = 7;

/// The greatest difficulty. Jugs hold 3 more at most.
const MOST_MOVES: usize = 40;

impl Generate for Jugs {
    const NAME: &'static str = "jugs";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("num_jugs", "num_jugs", Levels::Ints(&[3, 4, 5, 7])),
        Attribute::scalar("difficulty", "difficulty", Levels::Ints(&[5, 10, 15, 20])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        within!(config, num_jugs, 3..=MOST_JUGS)?;
        within!(config, difficulty, 1..=MOST_MOVES)
    }

    /// Draws sizes as upstream does, and a target only from the amounts that take enough moves. Of more than three jugs there are but two sizes: with more of them almost
    /// every amount is a few moves away.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let sizes: [u8; 3] = std::array::from_fn(|_| rng.size(3, 3 + config.difficulty) as u8);
        let capacities: Vec<u8> = match config.num_jugs {
            3 => sizes.to_vec(),
            count => (0..count).map(|_| *rng.choose(&sizes[..2])).collect(),
        };
        let mut ways = Search::new(&capacities).ways();
        ways.retain(|(_, way)| way.len() >= config.difficulty);
        if ways.is_empty() {
            return None;
        }
        let (target, way) = rng.choose(&ways);
        let jugs: Vec<String> = capacities.iter().enumerate().map(|(jug, size)| format!("{}: {size}", letter(jug))).collect();
        let answer = json!(way.iter().map(Move::to_string).collect::<Vec<_>>()).to_string();
        Some(Problem {
            question: format!(
                "You have jugs without marks that hold this many litres: {}. All are empty, and there is as much water as you like. These are the moves:\n- \"fill A\" fills \
                 jug A to its brim\n- \"empty A\" pours all of its water away\n- \"pour A->B\" pours water from jug A into jug B until A is empty or B is full\nFind moves \
                 after which some jug holds exactly {target} litres. Answer with a JSON list of the moves, such as [\"fill B\", \"pour B->A\"].",
                jugs.join(", ")
            ),
            answer,
            metadata: json!({
                "puzzle": {"jug_capacities": capacities, "target": target, "min_moves": way.len()},
                "difficulty": {"num_jugs": config.num_jugs, "difficulty": config.difficulty},
            }),
        })
    }
}

/// A search through the states of some jugs, breadth first, until every amount was met.
struct Search<'a> {
    capacities: &'a [u8],
    nodes: Vec<Node>,
    seen: HashSet<Kinds>,
    /// The first node in which some jug holds this amount.
    first: [Option<usize>; 3 + MOST_MOVES + 1],
}

#[derive(Clone, Copy)]
struct Node {
    amounts: [i64; MOST_JUGS],
    /// The node before and the move from there; none for the start.
    step: Option<(usize, Move)>,
}

/// The capacity and amount of every jug, as one number, in sorted order: a state up to exchanging jugs of one size.
type Kinds = [u16; MOST_JUGS];

impl<'a> Search<'a> {
    /// States after which the search is given up; amounts that were not met by then are left out.
    const MOST_STATES: usize = 20_000;

    fn new(capacities: &'a [u8]) -> Self {
        Self { capacities, nodes: Vec::new(), seen: HashSet::new(), first: [None; 3 + MOST_MOVES + 1] }
    }

    /// A shortest way to each amount but 0 that was met.
    fn ways(mut self) -> Vec<(usize, Vec<Move>)> {
        let largest = self.capacities.iter().copied().max().map_or(0, usize::from);
        let divisor = self.capacities.iter().fold(0, |divisor: u8, capacity| divisor.gcd(capacity)).into();
        let amounts = || (divisor..=largest).step_by(divisor);
        self.reach(Node { amounts: [0; MOST_JUGS], step: None });
        let mut at = 0;
        while at < self.nodes.len() && self.nodes.len() < Self::MOST_STATES && amounts().any(|amount| self.first[amount].is_none()) {
            self.expand(at);
            at += 1;
        }
        amounts().filter_map(|amount| Some((amount, self.way_to(self.first[amount]?)))).collect()
    }

    fn reach(&mut self, node: Node) {
        if !self.seen.insert(self.kinds(&node)) {
            return;
        }
        for amount in &node.amounts[..self.capacities.len()] {
            self.first[*amount as usize].get_or_insert(self.nodes.len());
        }
        self.nodes.push(node);
    }

    fn kinds(&self, node: &Node) -> Kinds {
        let mut kinds = [0; MOST_JUGS];
        for ((kind, capacity), amount) in kinds.iter_mut().zip(self.capacities).zip(node.amounts) {
            *kind = u16::from_be_bytes([*capacity, amount as u8]);
        }
        kinds[..self.capacities.len()].sort_unstable();
        kinds
    }

    /// All moves, but of jugs of one size that hold the same only those of the first.
    fn expand(&mut self, at: usize) {
        let before = self.nodes[at].amounts;
        let capacities = self.capacities;
        let alike = |one: usize, other: usize| capacities[one] == capacities[other] && before[one] == before[other];
        let mut go = |step: Move| {
            let mut amounts = before;
            step.apply(&mut amounts, capacities);
            if amounts != before {
                self.reach(Node { amounts, step: Some((at, step)) });
            }
        };
        for jug in (0..capacities.len()).filter(|&jug| !(0..jug).any(|other| alike(jug, other))) {
            go(Move::Fill(jug));
            go(Move::Empty(jug));
            let others = (0..capacities.len()).filter(|&into| into != jug && !(0..into).any(|other| other != jug && alike(into, other)));
            others.for_each(|into| go(Move::Pour(jug, into)));
        }
    }

    fn way_to(&self, node: usize) -> Vec<Move> {
        let mut way: Vec<Move> =
            std::iter::successors(self.nodes[node].step, |(before, _)| self.nodes[*before].step).map(|(_, step)| step).collect();
        way.reverse();
        way
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        // Upstream's solver finds no solution that needs a fourth jug.
        check::puzzle_with_flaws(&Jugs, |entry| entry.answer.as_deref() == Some(r#"["No solution"]"#));
    }

    #[test]
    fn any_moves_that_end_with_the_amount_are_right() {
        let metadata = json!({"puzzle": {"jug_capacities": [3, 5, 4], "target": 2, "min_moves": 2}});
        for (answer, parity, strict) in [
            (r#"["fill B", "pour B->A"]"#, 1.0, 1.0),
            (r#"["fill A", "empty A", " fill  B", "pour B->B", "pour B->A"]"#, 1.0, 1.0),
            ("```json\n[\"fill B\", \"pour B->A\"]\n```", 0.0, 1.0),
            (r#"{"fill B": 1, "pour B->A": 2}"#, 1.0, 0.0),
            (r#"["fill B to the brim", "pour B->A"]"#, 1.0, 0.0),
            (r#"["fill B", "pour B->A", "empty B"]"#, 0.01, 0.0),
            ("[]", 0.01, 0.0),
            (r#""""#, 0.01, 0.0),
            (r#"["fill B", "pour B->A", "fill D"]"#, 0.0, 0.0),
            (r#"["fill B", "pour B to A"]"#, 0.0, 0.0),
            (r#"["Fill B", "pour B->A"]"#, 0.0, 0.0),
            (r#"["fill"]"#, 0.0, 0.0),
            ("[1]", 0.0, 0.0),
            ("7", 0.0, 0.0),
        ] {
            check::score(&Jugs, answer, "", metadata.clone(), [parity, strict]);
        }
    }

    #[test]
    fn the_search_finds_shortest_ways() {
        let lengths =
            |capacities: &[u8]| Search::new(capacities).ways().iter().map(|(amount, way)| (*amount, way.len())).collect::<Vec<_>>();
        assert_eq!(lengths(&[3, 5]), [(1, 4), (2, 2), (3, 1), (4, 6), (5, 1)]);
        assert_eq!(lengths(&[4, 6, 6]), [(2, 2), (4, 1), (6, 1)]);
    }
}
