//! Restoring words whose letters were exchanged. Where the letters make another word too, as those of `was`, the text decides which one it was.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::words::SENTENCE_WORDS;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, python};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(crate) struct LetterJumble;

impl Puzzle for LetterJumble {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Restore the words of a text whose letters were exchanged; restored words earn their share."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "partial credit is the share of jumbled words that are restored, less the words that were whole and are not any more, so that copying the question earns nothing",
            "a wrong answer of more or fewer words earns nothing",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = python::strip(entry.gold()?).to_lowercase();
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let answer = python::strip(answer).to_lowercase();
        if answer == gold {
            return Ok(Grade::binary(true));
        }
        let (answer, gold) = (words(&answer), words(&gold));
        if mode.is_parity() {
            // Added one by one, as upstream does: the sum of ten tenths is not 1 there.
            let share = 1.0 / gold.len() as f64;
            let right = gold.iter().zip(&answer).filter(|(expect, given)| expect == given);
            return Ok(Grade::of(right.fold(0.0, |sum, _| sum + share)));
        }
        if answer == gold {
            return Ok(Grade::binary(true));
        }
        if answer.len() != gold.len() {
            return Ok(Grade::binary(false).because("the answer has another number of words"));
        }
        let Task { scrambled_words: scrambled } = entry.metadata()?;
        if scrambled.len() != gold.len() {
            return Err(InvalidEntry::new("metadata.scrambled_words", "there are not as many as words in the answer"));
        }
        let scrambled: Vec<String> = scrambled.iter().map(|word| word.to_lowercase()).collect();
        Ok(Grade::of(restored(&answer, &gold, &scrambled)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Task {
    scrambled_words: Vec<String>,
}

/// `text.split()`.
fn words(text: &str) -> Vec<&str> {
    text.split(python::is_space).filter(|word| !word.is_empty()).collect()
}

/// The share of jumbled words that are right again, less the whole ones that are wrong.
fn restored(answer: &[&str], gold: &[&str], scrambled: &[String]) -> f64 {
    let (mut jumbled, mut earned) = (0, 0);
    for ((given, expect), asked) in answer.iter().zip(gold).zip(scrambled) {
        let was_whole = expect == asked;
        jumbled += i32::from(!was_whole);
        earned += match (was_whole, given == expect) {
            (false, true) => 1,
            (true, false) => -1,
            _ => 0,
        };
    }
    f64::from(earned.max(0)) / f64::from(jumbled.max(1))
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_word_len: usize,
    max_word_len: usize,
    min_words: usize,
    max_words: usize,
    min_corruption_level: f64,
    max_corruption_level: f64,
    consecutive_words: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_word_len: 1,
            max_word_len: 64,
            min_words: 3,
            max_words: 20,
            min_corruption_level: 0.1,
            max_corruption_level: 0.9,
            consecutive_words: true,
        }
    }
}

/// The words to choose from, in the order of the text: those of an allowed length and, where no text around them tells, without another word of their letters.
fn candidates(config: &Config) -> Vec<&'static str> {
    let lengths = config.min_word_len..=config.max_word_len;
    let tells = |word: &str| config.consecutive_words || !ANAGRAMS.contains(&letters_of(word));
    SENTENCE_WORDS.iter().flatten().copied().filter(|word| lengths.contains(&word.len()) && tells(word)).collect()
}

/// The letters of which the text has several words.
static ANAGRAMS: LazyLock<BTreeSet<Vec<u8>>> = LazyLock::new(|| {
    let words: BTreeSet<String> = SENTENCE_WORDS.iter().flatten().map(|word| word.to_ascii_lowercase()).collect();
    let mut seen = BTreeSet::new();
    words.iter().map(|word| letters_of(word)).filter(|letters| !seen.insert(letters.clone())).collect()
});

fn letters_of(word: &str) -> Vec<u8> {
    let mut letters = word.to_ascii_lowercase().into_bytes();
    letters.sort_unstable();
    letters
}

/// The word after some exchanges of two letters, at least one, in proportion to its length.
fn jumbled(word: &str, corruption_level: f64, rng: &mut Rng) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() > 1 {
        let swaps = (letters.len() as f64 * corruption_level) as usize;
        for _ in 0..swaps.max(1) {
            let one = rng.below(letters.len());
            let step = rng.size(1, letters.len() - 1);
            let other = (one + step) % letters.len();
            letters.swap(one, other);
        }
    }
    letters.into_iter().collect()
}

impl Generate for LetterJumble {
    const NAME: &'static str = "letter_jumble";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("word_len", "min_word_len", "max_word_len", Levels::Ints(&[5, 10, 15, 30, 50])),
        Attribute::interval("words", "min_words", "max_words", Levels::Ints(&[5, 10, 25, 50, 100])),
        Attribute::interval("corruption_level", "min_corruption_level", "max_corruption_level", Levels::Floats(&[0.1, 0.3, 0.6, 0.9])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_word_len, max_word_len, 1..=100)?;
        bounds!(config, min_words, max_words, 1..=1000)?;
        bounds!(config, min_corruption_level, max_corruption_level, 0.0..=1.0)?;
        let known = candidates(config).len();
        if known < config.max_words {
            return Err(InvalidConfig::new("max_words", format!("there are only {known} such words")));
        }
        Ok(())
    }

    /// Words that follow one another, or any words, of which one at least is not what it was.
    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let count = rng.size(config.min_words, config.max_words);
        let level = config.min_corruption_level + (config.max_corruption_level - config.min_corruption_level) * rng.unit();
        let known = candidates(config);
        let original = if config.consecutive_words {
            let start = rng.size(0, known.len() - count);
            known[start..start + count].to_vec()
        } else {
            rng.sample(&known, count)
        };
        let scrambled: Vec<String> = original.iter().map(|word| jumbled(word, level, rng)).collect();
        if scrambled == original {
            return None;
        }
        Some(Problem {
            question: format!(
                "In the words of this text, letters may have exchanged their places, each within its word. The words are still in order, and capital letters are \
                 those of the original text.\n{}\nAnswer with the original text: all of its words in order, separated by single spaces.",
                scrambled.join(" ")
            ),
            answer: original.join(" "),
            metadata: json!({
                "num_words": count,
                "corruption_level": level,
                "scrambled_words": scrambled,
                "original_words": original,
                "difficulty": {
                    "word_len": [config.min_word_len, config.max_word_len],
                    "words": [config.min_words, config.max_words],
                    "corruption_level": [config.min_corruption_level, config.max_corruption_level],
                },
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
        check::puzzle(&LetterJumble);
    }

    #[test]
    fn restored_words_earn_their_share() {
        let metadata = json!({"scrambled_words": ["I", "wsa", "heer", "tody"]});
        for (answer, parity, strict) in [
            ("I was here tody", 1.0, 1.0),
            ("i WAS here\ntody", 1.0, 1.0),
            ("I was heer tody", 0.75, 0.5),
            ("I wsa heer tody", 0.5, 0.0),
            ("X was here tody", 0.75, 0.5),
            ("X was heer tody", 0.5, 0.0),
            ("I was here tody I", 1.0, 0.0),
            ("I was here", 0.75, 0.0),
        ] {
            check::score(&LetterJumble, answer, "I was here tody", metadata.clone(), [parity, strict]);
        }
    }

    #[test]
    fn words_without_a_text_have_one_reading() {
        let config = |consecutive_words| Config { consecutive_words, ..Config::default() };
        assert!(candidates(&config(true)).contains(&"was"));
        assert!(!candidates(&config(false)).contains(&"was"));
        let mut rng = Rng::new("letter_jumble", 0, 0, 0);
        let Problem { question, answer, .. } = (0..9).find_map(|_| <LetterJumble as Generate>::generate(&config(false), &mut rng)).unwrap();
        assert!(!question.contains(&answer));
    }
}
