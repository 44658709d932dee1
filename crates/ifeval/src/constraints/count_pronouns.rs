//! `count:pronouns`: personal and possessive pronouns.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "count:pronouns",
    suite: Suite::IfBench,
    prompt: "The response should include at least {N} pronouns.",
    fields: &[Field { name: "N", kind: Kind::Count(3, 15) }],
    claims: &[Claim::Language],
    example: Example { kwargs: r#"{"N": 2}"#, passes: "I like you.", fails: "Birds sing." },
    check,
    ..BASE
};

static PRONOUNS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its itself they \
     them their theirs themselves"
        .split(' ')
        .collect()
});

fn check(c: &Check<'_, '_>) -> Evidence {
    let lower = without_ascii_punctuation(&c.text.lower().replace('/', " "));
    Evidence::count(split(&lower).filter(|word| PRONOUNS.contains(word)).count(), Bound::AtLeast, c.args.count("N"))
}
