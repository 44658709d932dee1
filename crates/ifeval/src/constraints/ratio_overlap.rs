//! `ratio:overlap`: the share of trigrams that a reference text has, too.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "ratio:overlap",
    suite: Suite::IfBench,
    prompt: "Maintain a trigram overlap of {percentage}% (±2%) with the provided reference text.",
    fields: &[Field { name: "reference_text", kind: Kind::Prompt }, Field { name: "percentage", kind: Kind::Percent(5, 60) }],
    deltas: &["Trigrams are of words and marks; the reference takes three characters."],
    claims: &[Claim::Whole],
    example: Example {
        kwargs: r#"{"reference_text": "We stay at home today.", "percentage": 100}"#,
        passes: "We stay at home today.",
        fails: "They go.",
    },
    check,
    ..BASE
};

/// Two points of percent either way are allowed.
const TOLERANCE: f64 = 2.0;

/// Three numbers of at most 21 bits side by side: a character has no more, nor has the number of a token in a text of at most 2 MiB.
fn trigrams(numbers: impl Iterator<Item = u32>) -> HashSet<u64> {
    let mut window = 0_u64;
    let each = numbers.enumerate().filter_map(|(index, number)| {
        window = (window << 21 | u64::from(number)) & (u64::MAX >> 1);
        (index >= 2).then_some(window)
    });
    each.collect()
}

fn check(c: &Check<'_, '_>) -> Evidence {
    let text = c.args.text("reference_text");
    let (found, reference) = if c.parity() {
        (trigrams(c.text.raw.chars().map(u32::from)), trigrams(text.chars().map(u32::from)))
    } else {
        // Words and marks are numbered as they come.
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let reference = c.args.tokens("reference_text");
        let reference = trigrams(reference.iter().map(|token| number(&mut numbers, token)));
        (trigrams(c.text.tokens().map(|token| number(&mut numbers, token))), reference)
    };
    if found.is_empty() {
        return Evidence::fail().found("no trigrams");
    }
    let share = found.intersection(&reference).count() as f64 / found.len() as f64 * 100.0;
    let wanted = c.args.percent("percentage");
    Evidence::when(wanted - TOLERANCE <= share && share <= wanted + TOLERANCE).found(share).wanted(wanted)
}

fn number<'t>(numbers: &mut HashMap<&'t str, u32>, token: &'t str) -> u32 {
    let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX) & 0x1f_ffff;
    *numbers.entry(token).or_insert(next)
}
