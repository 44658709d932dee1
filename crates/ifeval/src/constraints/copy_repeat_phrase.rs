//! `copy:repeat_phrase`: the phrase some number of times, each time with one word changed.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "copy:repeat_phrase",
    suite: Suite::IfTrain,
    prompt: "Repeat the phrase {phrase} exactly {small_n} times, transforming it slightly each time by replacing only one word in the center of \
             the phrase.",
    fields: &[Field { name: "phrase", kind: Kind::Text(PHRASES) }, Field { name: "small_n", kind: Kind::Count(2, 3) }],
    deltas: &[
        "Every repetition has one word changed; the reference looks for a change only in the last.",
        "The phrase's first and last word are the texts they are; the reference reads them as regular expressions.",
    ],
    claims: &[Claim::Keywords, Claim::Language],
    example: Example {
        kwargs: r#"{"phrase": "The pen is mightier than sword", "small_n": 2}"#,
        passes: "The pen was mightier than sword. The pen is stronger than sword.",
        fails: "The pen is mightier than sword.",
    },
    check,
    ..BASE
};

/// More repetitions than this are counted no further.
const MOST_MATCHES: usize = 100;

pub(super) const PHRASES: &[&str] = &[
    "Dance like nobody is watching you",
    "The early bird catches the worm",
    "Time flies when having fun",
    "Every cloud has a silver lining",
    "Actions speak louder than words",
    "Live each day to the fullest",
    "All that glitters is not gold",
    "Laughter is the best medicine",
    "The pen is mightier than sword",
];

fn check(c: &Check<'_, '_>) -> Evidence {
    let phrase: Vec<&str> = split(c.args.text("phrase")).collect();
    let (Some(first), Some(last)) = (phrase.first(), phrase.last()) else { return Evidence::fail() };
    let is_pattern = |word: &str| word.contains(['\\', '.', '+', '*', '?', '(', ')', '[', ']', '{', '}', '|', '^', '$']);
    let found = if c.parity() && (is_pattern(first) || is_pattern(last)) {
        match matches(c.text.raw, &format!("{first} .*? {last}"), c.args.index("small_n") + 1) {
            Ok(found) => found,
            Err(message) => return Evidence::fault(message),
        }
    } else {
        between(c.text.raw, &format!("{first} "), &format!(" {last}"))
    };
    let counted = Evidence::count(found.len(), Bound::Exactly, c.args.count("small_n"));
    let mut changes = 0;
    let mut unchanged = None;
    for repetition in found.iter().filter(|_| counted.passes) {
        let words: Vec<&str> = split(repetition).collect();
        changes = words.iter().zip(&phrase).filter(|(word, original)| word != original).count();
        if words.len() > phrase.len() || changes > 1 || (!c.parity() && words.len() != phrase.len()) {
            return Evidence { passes: false, ..counted.word(repetition) };
        }
        if changes == 0 {
            unchanged = Some(*repetition);
        }
    }
    let passes = counted.passes && if c.parity() { changes == 1 } else { unchanged.is_none() && !found.is_empty() };
    Evidence { passes, ..counted }
}

/// The first matches of a pattern, `most` at most.
fn matches<'t>(text: &'t str, pattern: &str, most: usize) -> Result<Vec<&'t str>, String> {
    let pattern = Pattern::new(pattern, Flags::default())?;
    let (mut found, mut rest) = (Vec::new(), text);
    while found.len() < most.min(MOST_MATCHES) {
        let Some(range) = pattern.find(rest)? else { break };
        let (end, start) = (range.end, range.start);
        found.extend(rest.get(start..end));
        rest = rest.get(end..).unwrap_or("");
    }
    Ok(found)
}

/// Matches of `{start}.*?{end}`, each on one line.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    let mut found = Vec::new();
    for line in text.split('\n') {
        let mut rest = line;
        while let Some(at) = rest.find(start) {
            let after = at + start.len();
            let Some(length) = rest.get(after..).and_then(|tail| tail.find(end)) else { break };
            let stop = after + length + end.len();
            found.extend(rest.get(at..stop));
            rest = rest.get(stop..).unwrap_or("");
        }
    }
    found
}
