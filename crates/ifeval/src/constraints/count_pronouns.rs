//! `count:pronouns`: pronouns of a list, in whatever case.

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
    "i me we us you he him she her it they them my mine our ours your yours his hers its their theirs myself ourselves yourself yourselves himself \
     herself itself themselves this that these those who whom whose which what whoever whomever whatever whichever anybody anyone anything \
     everybody everyone everything nobody nothing somebody someone something each either neither both all some any none"
        .split(' ')
        .collect()
});

fn check(c: &Check<'_, '_>) -> Evidence {
    let tokens = python::tokens(&c.text.lower().replace('/', " "));
    let count = tokens.iter().filter(|token| PRONOUNS.contains(token.as_str())).count();
    Evidence::count(count, Bound::AtLeast, c.args.count("N"))
}
