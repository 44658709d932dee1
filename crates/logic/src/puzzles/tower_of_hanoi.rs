//! The Tower of Hanoi with three or more pegs.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use num_traits::ToPrimitive;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct TowerOfHanoi;

impl Puzzle for TowerOfHanoi {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Games
    }

    fn summary(&self) -> &'static str {
        "Move a tower of disks between pegs; more moves than needed earn the share that was needed."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "legal moves that do not solve the puzzle, or no moves, earn nothing instead of 0.05",
            "a line is one move, in any case of letters, maybe with a full stop, and nothing else",
            "moving a disk to the peg that it is on is no move",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let tower: Tower = entry.metadata()?;
        let Some(answer) = answer.filter(|answer| !answer.is_empty()) else { return Ok(Grade::missing()) };
        let mut pegs = tower.pegs()?;
        let mut count = 0;
        for line in python::full_lines(answer).map(python::strip).filter(|line| !line.is_empty()) {
            count += 1;
            let step = match mode {
                Mode::Parity => Move::search(line),
                Mode::Strict => Move::parse(line),
            };
            let Some(step) = step else { return Ok(Grade::unreadable(format!("line {count} is not a move"))) };
            if !pegs.apply(&step, mode) {
                return Ok(Grade::binary(false).because(format!("move {count} is not allowed")));
            }
        }
        if !pegs.0[tower.target_peg - 1].iter().copied().eq((1..=tower.num_disks).rev()) {
            return Ok(Grade::of(mode.floor(0.05)).because("the tower is not on the target peg"));
        }
        let needed = tower.solution_length.unwrap_or(count);
        Ok(if count <= needed { Grade::binary(true) } else { Grade::of(needed as f64 / count as f64).because("fewer moves are enough") })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The largest tower that is simulated.
const MAX_DISKS: usize = 10_000;

#[derive(Deserialize)]
struct Tower {
    num_disks: usize,
    num_pegs: usize,
    start_peg: usize,
    target_peg: usize,
    solution_length: Option<usize>,
}

impl Tower {
    /// The pegs before the first move.
    fn pegs(&self) -> Result<Pegs, InvalidEntry> {
        let known = |field, value: usize, most: usize| {
            let message = || InvalidEntry::new(field, format!("{value} is not between 1 and {most}"));
            (1..=most).contains(&value).then_some(()).ok_or_else(message)
        };
        known("metadata.num_disks", self.num_disks, MAX_DISKS)?;
        known("metadata.num_pegs", self.num_pegs, MAX_DISKS)?;
        known("metadata.start_peg", self.start_peg, self.num_pegs)?;
        known("metadata.target_peg", self.target_peg, self.num_pegs)?;
        let mut pegs = Pegs(vec![Vec::new(); self.num_pegs]);
        pegs.0[self.start_peg - 1] = (1..=self.num_disks).rev().collect();
        Ok(pegs)
    }
}

/// The disks on each peg, from below; 1 is the smallest disk. Pegs count from 1.
struct Pegs(Vec<Vec<usize>>);

impl Pegs {
    fn top(&self, peg: usize) -> Option<usize> {
        self.0.get(peg.checked_sub(1)?)?.last().copied()
    }

    fn has(&self, peg: usize) -> bool {
        (1..=self.0.len()).contains(&peg)
    }

    /// Moves a disk if the rules allow it, and says whether they do.
    fn apply(&mut self, step: &Move, mode: Mode) -> bool {
        let allowed = self.top(step.from) == Some(step.disk)
            && self.has(step.to)
            && self.has(step.checked_to)
            && self.top(step.checked_to).is_none_or(|top| top >= step.disk)
            && (mode.is_parity() || step.from != step.to);
        if allowed {
            self.0[step.from - 1].pop();
            self.0[step.to - 1].push(step.disk);
        }
        allowed
    }
}

/// A disk to be moved between pegs.
struct Move {
    disk: usize,
    from: usize,
    to: usize,
    /// The peg whose disks are compared with the moved one. Upstream reads it apart from `to`, as all that stands in the last word.
    checked_to: usize,
}

impl Move {
    /// A line as upstream reads it: the pattern anywhere within, but nine words in all, of which the third, sixth and ninth are whole numbers.
    fn search(line: &str) -> Option<Self> {
        let words: Vec<&str> = line.split(' ').collect();
        let [verb, "disk", disk, "from", "Peg", from, "to", "Peg", to] = words[..] else { return None };
        if !verb.ends_with("Move") || [verb, disk, from, to].into_iter().any(|word| word.contains(python::is_space)) {
            return None;
        }
        let leading = to.find(|char| python::digit(char).is_none()).unwrap_or(to.len());
        let digits = |word: &str| if word.chars().all(|char| python::digit(char).is_some()) { number(word) } else { None };
        Some(Self { disk: digits(disk)?, from: digits(from)?, to: digits(&to[..leading])?, checked_to: number(to)? })
    }

    /// A line that is a move.
    fn parse(line: &str) -> Option<Self> {
        let line = line.strip_suffix('.').unwrap_or(line).to_ascii_lowercase();
        let words: Vec<&str> = python::split(&line).collect();
        let ["move", "disk", disk, "from", "peg", from, "to", "peg", to] = words[..] else { return None };
        let to = number(to)?;
        Some(Self { disk: number(disk)?, from: number(from)?, to, checked_to: to })
    }
}

fn number(word: &str) -> Option<usize> {
    python::int(word)?.to_usize()
}

/// Upstream's `visualize` is left out: it changes no question.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_disks: usize,
    max_disks: usize,
    min_pegs: usize,
    max_pegs: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_disks: 3, max_disks: 7, min_pegs: 3, max_pegs: 4 }
    }
}

impl Generate for TowerOfHanoi {
    const NAME: &'static str = "tower_of_hanoi";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::range("num_disks", "min_disks", "max_disks", Levels::Ints(&[3, 5, 10, 15])),
        Attribute::range("num_pegs", "min_pegs", "max_pegs", Levels::Ints(&[3, 4, 5])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        // Sixteen disks on three pegs take 65 535 moves.
        bounds!(config, min_disks, max_disks, 1..=16)?;
        bounds!(config, min_pegs, max_pegs, 3..=20)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let disks = rng.size(config.min_disks, config.max_disks);
        let count = rng.size(config.min_pegs, config.max_pegs);
        let pegs: Vec<usize> = (1..=count).collect();
        let mut order = pegs.clone();
        rng.shuffle(&mut order);
        let (start, target) = (order[0], order[1]);
        let spare: Vec<usize> = pegs.into_iter().filter(|peg| ![start, target].contains(peg)).collect();
        let mut solution = Solution { plan: Plan::of(disks, count), moves: Vec::new() };
        solution.carry(0, disks, (start, target), &spare);
        Some(Problem {
            question: format!(
                "A tower of {disks} disks stands on peg {start} of {count} pegs numbered from 1; the other pegs are empty. Disk 1 is the smallest and on top, disk {disks} the \
                 largest and at the bottom. Bring the tower to peg {target} with as few moves as you can. A move takes the topmost disk of one peg to another peg, never onto \
                 a smaller disk. Answer with one move per line, each written exactly as in: Move disk 1 from Peg {start} to Peg {target}",
            ),
            metadata: json!({
                "num_disks": disks,
                "num_pegs": count,
                "start_peg": start,
                "target_peg": target,
                "auxiliary_pegs": spare,
                "solution_length": solution.moves.len(),
                "difficulty": {
                    "num_disks": [config.min_disks, config.max_disks],
                    "num_pegs": [config.min_pegs, config.max_pegs],
                },
            }),
            answer: solution.moves.join("\n"),
        })
    }
}

/// How the algorithm of Frame and Stewart (American Mathematical Monthly 48, 1941) splits towers, with which no shorter solution is known. With three pegs it is the
/// classic one, and with three or four it is proved to be shortest (Bousch, "La quatrième tour de Hanoï", 2014).
struct Plan {
    /// Of `[pegs - 3][disks]`: the number of moves, and how many of the disks are put aside first.
    splits: Vec<Vec<(u64, usize)>>,
}

impl Plan {
    fn of(disks: usize, pegs: usize) -> Self {
        let classic = (0..=disks).map(|count| ((1 << count) - 1, count.saturating_sub(1))).collect();
        let mut splits: Vec<Vec<(u64, usize)>> = vec![classic];
        for fewer in 0..pegs - 3 {
            let mut row = vec![(0, 0), (1, 0)];
            for count in 2..=disks {
                let moves = |aside: usize| 2 * row[aside].0 + splits[fewer][count - aside].0;
                row.extend((1..count).map(|aside| (moves(aside), aside)).min());
            }
            splits.push(row);
        }
        Self { splits }
    }

    fn aside(&self, disks: usize, spare: usize) -> usize {
        // Without a spare peg there is but a single disk to move.
        if spare == 0 { 0 } else { self.splits[spare - 1][disks].1 }
    }
}

struct Solution {
    plan: Plan,
    moves: Vec<String>,
}

impl Solution {
    /// Carries the `count` disks that are larger than `above`, using pegs that hold only larger ones: those put aside first, then the rest without their peg, then
    /// those again.
    fn carry(&mut self, above: usize, count: usize, (from, to): (usize, usize), spare: &[usize]) {
        if count == 0 {
            return;
        }
        let aside = self.plan.aside(count, spare.len());
        if aside == 0 {
            self.moves.push(format!("Move disk {} from Peg {from} to Peg {to}", above + 1));
            return;
        }
        let (&resting, rest) = spare.split_first().expect("disks are put aside only where there is a peg");
        let with = |peg: usize| [rest, &[peg]].concat();
        self.carry(above, aside, (from, resting), &with(to));
        self.carry(above + aside, count - aside, (from, to), rest);
        self.carry(above, aside, (resting, to), &with(from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&TowerOfHanoi);
    }

    #[test]
    fn any_solution_is_right_and_longer_ones_earn_less() {
        let metadata = json!({"num_disks": 2, "num_pegs": 3, "start_peg": 1, "target_peg": 3, "solution_length": 3});
        let lines = |moves: &[(u32, u32, u32)]| -> String {
            moves.iter().map(|(disk, from, to)| format!("Move disk {disk} from Peg {from} to Peg {to}\n")).collect()
        };
        let shortest = lines(&[(1, 1, 2), (2, 1, 3), (1, 2, 3)]);
        for (answer, parity, strict) in [
            (shortest.as_str(), 1.0, 1.0),
            (&shortest.to_uppercase(), 0.0, 1.0),
            (&shortest.replace('\n', ".\n\n"), 0.0, 1.0),
            (&shortest.replace(" 3", " 0_3"), 0.0, 1.0),
            (&shortest.replace("Move", "- Move"), 0.0, 0.0),
            (&shortest.replace("Move", "=>Move"), 1.0, 0.0),
            (&lines(&[(1, 1, 3), (1, 3, 2), (2, 1, 3), (1, 2, 3)]), 0.75, 0.75),
            (&lines(&[(1, 1, 1), (1, 1, 2), (2, 1, 3), (1, 2, 3)]), 0.75, 0.0),
            (&lines(&[(1, 1, 2), (2, 1, 3)]), 0.05, 0.0),
            (&lines(&[(1, 1, 3), (2, 1, 3)]), 0.0, 0.0),
            (&lines(&[(1, 1, 4)]), 0.0, 0.0),
            (" ", 0.05, 0.0),
            ("", 0.0, 0.0),
        ] {
            check::score(&TowerOfHanoi, answer, None, metadata.clone(), [parity, strict]);
        }
    }

    #[test]
    fn solutions_are_as_short_as_known() {
        for (disks, pegs, moves) in [(1, 3, 1), (7, 3, 127), (8, 4, 33), (10, 4, 49), (15, 5, 71)] {
            assert_eq!(Plan::of(disks, pegs).splits[pegs - 3][disks].0, moves, "{disks} disks, {pegs} pegs");
        }
    }
}
