//! `ratio:stop_words`: the share of words that are in NLTK's English list of stop words.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "ratio:stop_words",
    suite: Suite::IfBench,
    prompt: "Ensure that stop words constitute no more than {percentage}% of the total words in your response.",
    fields: &[Field { name: "percentage", kind: Kind::Percent(30, 60) }],
    claims: &[Claim::Words],
    example: Example { kwargs: r#"{"percentage": 40}"#, passes: "Birds sing in spring.", fails: "It is what it is." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let total = c.text.words();
    if total == 0 {
        return Evidence::fail().found("no words");
    }
    let stop_words = python::engine_words(c.text.lower()).filter(|word| python::is_stop_word(word)).count();
    let share = stop_words as f64 / total as f64 * 100.0;
    let wanted = c.args.percent("percentage");
    Evidence { bound: Some(Bound::AtMost), ..Evidence::when(share <= wanted).found(share).wanted(wanted) }
}
