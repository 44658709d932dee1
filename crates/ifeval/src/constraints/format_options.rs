//! `format:options`: the response is one of the options.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "format:options",
    suite: Suite::IfBench,
    prompt: "Answer with one of the following options: {options}. Do not give any explanation.",
    fields: &[Field { name: "options", kind: Kind::Text(&["yes/no/maybe", "I know or I don't know", "a), b), c), d)"]) }],
    claims: &[Claim::Whole],
    example: Example { kwargs: r#"{"options": "yes/no/maybe"}"#, passes: "Maybe.", fails: "Perhaps." },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    static LETTERED: LazyLock<Regex> = LazyLock::new(|| fixed(r"^\W*[aA]\W*[bB]\W*[cC]\W*"));
    let options = c.args.text("options");
    let separator = ["/", "or"].into_iter().find(|separator| options.contains(separator)).unwrap_or(",");
    let mut choices = options.split(separator).map(strip);
    // Options such as `a), b), c)` are compared to the letter.
    if LETTERED.is_match(options) {
        return Evidence::when(choices.any(|choice| choice == c.text.raw));
    }
    let given = strip_ascii_punctuation(c.text.raw).to_lowercase();
    Evidence::when(choices.any(|choice| strip_ascii_punctuation(choice).to_lowercase() == given))
}
