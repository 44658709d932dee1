//! `count:conjunctions`: different coordinating conjunctions.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:conjunctions",
    suite: Suite::IfBench,
    prompt: "Use at least {small_n} different coordinating conjunctions in the response.",
    fields: &[Field { name: "small_n", kind: Kind::Count(2, 5) }],
    deltas: &["The same conjunction in another case or with punctuation is the same; the reference counts it again."],
    example: Example { kwargs: r#"{"small_n": 2}"#, passes: "Sun and rain, but no snow.", fails: "Sun." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    const CONJUNCTIONS: [&str; 7] = ["and", "but", "for", "nor", "or", "so", "yet"];
    let mut found = HashSet::new();
    for word in split(c.text.raw) {
        let bare = strip_ascii_punctuation(word);
        if let Some(known) = CONJUNCTIONS.iter().find(|known| bare.eq_ignore_ascii_case(known)) {
            found.insert(if c.parity() { word } else { known });
        }
    }
    Evidence::count(found.len(), Bound::AtLeast, c.args.count("small_n"))
}
