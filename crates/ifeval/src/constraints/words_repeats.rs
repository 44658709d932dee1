//! `words:repeats`: no word more often than so many times.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "words:repeats",
    suite: Suite::IfBench,
    prompt: "The response should not repeat any word more than {small_n} times.",
    fields: &[Field { name: "small_n", kind: Kind::Count(2, 5) }],
    claims: &[Claim::Words, Claim::Keywords, Claim::Length],
    example: Example { kwargs: r#"{"small_n": 1}"#, passes: "It rains.", fails: "Rain, rain." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let lower = c.text.bare().to_lowercase();
    let most = c.args.count("small_n");
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for word in split(&lower) {
        let count = counts.entry(word).or_default();
        *count += 1;
        if *count > most {
            return Evidence::count(*count, Bound::AtMost, most).word(word);
        }
    }
    Evidence::pass()
}
