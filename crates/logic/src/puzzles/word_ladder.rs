//! Leading from one word to another by changing one letter at a time, over words only.

use crate::config::{InvalidConfig, bounds, within};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::sync::LazyLock;

pub(crate) struct WordLadder;

impl Puzzle for WordLadder {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Turn a word into another by changing one letter at a time; any chain of words counts, also a longer one."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &["a chain with a word that is not in the list earns nothing, where upstream halves its score for each"]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Ends { start_word, end_word } = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let answer = answer.to_uppercase();
        let chain: Vec<&str> = answer.split(',').map(python::strip).collect();
        if chain.len() < 2 || chain[0] != start_word || chain[chain.len() - 1] != end_word {
            return Ok(Grade::binary(false).because("not a chain from the one word to the other"));
        }
        let length = end_word.chars().count();
        if chain.iter().any(|word| word.chars().count() != length) || chain.windows(2).any(|pair| distance(pair[0], pair[1]) != 1) {
            return Ok(Grade::binary(false).because("a step does not change exactly one letter"));
        }
        let unknown = chain.iter().filter(|word| LADDER_WORDS.binary_search(word).is_err()).count();
        Ok(match mode {
            Mode::Parity => Grade::of(0.5_f64.powi(unknown as i32)),
            Mode::Strict if unknown > 0 => Grade::binary(false).because("a step is no known word"),
            Mode::Strict => Grade::binary(true),
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Ends {
    start_word: String,
    end_word: String,
}

/// In how many places two words of one length differ.
fn distance(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).filter(|(a, b)| a != b).count()
}

/// The words that count, of all lengths, sorted.
static LADDER_WORDS: LazyLock<Vec<&str>> = LazyLock::new(|| include_str!("../../data/ladder_words.txt").lines().collect());

/// The lengths of the words in the list.
const LENGTHS: std::ops::RangeInclusive<usize> = 3..=5;

/// Words of one length with their neighbours.
struct Graph {
    words: Vec<&'static str>,
    neighbors: Vec<Vec<usize>>,
}

static GRAPHS: LazyLock<Vec<Graph>> = LazyLock::new(|| LENGTHS.map(Graph::new).collect());

impl Graph {
    fn new(length: usize) -> Self {
        let words: Vec<&str> = LADDER_WORDS.iter().copied().filter(|word| word.len() == length).collect();
        // Words are neighbours if they are the same with one letter left out.
        let mut alike: HashMap<(usize, String), Vec<usize>> = HashMap::new();
        let keys =
            |word: &str| -> Vec<(usize, String)> { (0..length).map(|at| (at, format!("{}{}", &word[..at], &word[at + 1..]))).collect() };
        for (index, word) in words.iter().enumerate() {
            keys(word).into_iter().for_each(|key| alike.entry(key).or_default().push(index));
        }
        let neighbors_of = |(index, word): (usize, &&str)| -> Vec<usize> {
            keys(word).iter().flat_map(|key| &alike[key]).copied().filter(|other| *other != index).collect()
        };
        let neighbors = words.iter().enumerate().map(neighbors_of).collect();
        Self { words, neighbors }
    }

    /// A shortest path, with both ends.
    fn path(&self, start: usize, end: usize) -> Option<Vec<usize>> {
        // Searched from the end, so that following the steps back from the start gives the path in order.
        let mut toward = vec![None; self.words.len()];
        toward[end] = Some(end);
        let mut queue = VecDeque::from([end]);
        while toward[start].is_none() {
            let word = queue.pop_front()?;
            for &next in &self.neighbors[word] {
                if toward[next].is_none() {
                    toward[next] = Some(word);
                    queue.push_back(next);
                }
            }
        }
        let mut path = vec![start];
        while *path.last()? != end {
            path.push(toward[*path.last()?]?);
        }
        Some(path)
    }
}

/// Chain lengths are in words; -1 leaves a bound open.
#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_word_length: usize,
    max_word_length: usize,
    min_chain_length: i64,
    max_chain_length: i64,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_word_length: 4, max_word_length: 4, min_chain_length: -1, max_chain_length: -1 }
    }
}

impl Config {
    /// The shortest path of upstream's puzzles has three words.
    fn chain_lengths(&self) -> Range<usize> {
        let open = |bound: i64, otherwise: usize| usize::try_from(bound).unwrap_or(otherwise);
        open(self.min_chain_length, 3)..open(self.max_chain_length, usize::MAX - 1) + 1
    }
}

impl Generate for WordLadder {
    const NAME: &'static str = "word_ladder";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] =
        &[Attribute::interval("word_length", "min_word_length", "max_word_length", Levels::Ints(&[3, 4, 5]))];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_word_length, max_word_length, LENGTHS)?;
        if config.min_chain_length != -1 {
            // Longer shortest paths are too rare to be found.
            within!(config, min_chain_length, 3..=8)?;
        }
        if config.max_chain_length != -1 {
            within!(config, max_chain_length, config.min_chain_length.max(3)..=1000)?;
        } else if config.min_chain_length != -1 {
            return Err(InvalidConfig::new("max_chain_length", "-1 goes only with a `min_chain_length` of -1"));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let length = rng.size(config.min_word_length, config.max_word_length);
        let graph = &GRAPHS[length - LENGTHS.start()];
        let (start, end) = (rng.below(graph.words.len()), rng.below(graph.words.len()));
        let path = graph.path(start, end).filter(|path| config.chain_lengths().contains(&path.len()))?;
        let chain: Vec<&str> = path.iter().map(|at| graph.words[*at]).collect();
        let (start, end) = (graph.words[start], graph.words[end]);
        Some(Problem {
            question: format!(
                "Turn the word {start} into {end}: each step changes one letter and gives an English word again. Answer with the whole \
                 chain, {start} and {end} included, in upper case, separated by commas without spaces."
            ),
            answer: chain.join(","),
            metadata: json!({
                "start_word": start,
                "end_word": end,
                "word_length": length,
                "chain_length": chain.len(),
                "difficulty": {"word_length": [config.min_word_length, config.max_word_length]},
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&WordLadder);
    }

    #[test]
    fn any_chain_of_words_is_right() {
        for (answer, parity, strict) in [
            ("COLD,CORD,WORD", 1.0, 1.0),
            (" cold, cord ,word\n", 1.0, 1.0),
            ("COLD,CORD,CARD,CORD,WORD", 1.0, 1.0),
            ("COLD,COXD,CORD,WORD", 0.5, 0.0),
            ("COLD,WORD", 0.0, 0.0),
            ("COLD,COLD,CORD,WORD", 0.0, 0.0),
            ("CORD,WORD", 0.0, 0.0),
            ("So: COLD,CORD,WORD", 0.0, 0.0),
        ] {
            check::score(&WordLadder, answer, None, json!({"start_word": "COLD", "end_word": "WORD"}), [parity, strict]);
        }
    }

    #[test]
    fn the_list_is_sorted_and_of_known_lengths() {
        assert!(LADDER_WORDS.is_sorted_by(|a, b| a < b));
        assert!(LADDER_WORDS.iter().all(|word| LENGTHS.contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase())));
    }
}
