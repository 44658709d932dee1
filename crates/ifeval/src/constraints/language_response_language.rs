//! `language:response_language`: the language that `langdetect` names, with its seed fixed at 0.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "language:response_language",
    prompt: "Your ENTIRE response should be in {language} language, no other language is allowed.",
    fields: &[Field { name: "language", kind: Kind::Language }],
    deltas: &[
        "The detector's seed is 0, under either rules; the reference has none, so that its labels vary.",
        "A text without letters is in no language; the reference passes it.",
    ],
    claims: &[Claim::Language, Claim::Keywords],
    example: Example {
        kwargs: r#"{"language": "en"}"#,
        passes: "The weather is lovely today, and we shall go for a walk in the park after lunch.",
        fails: "Das Wetter ist heute sehr schön, und wir gehen nach dem Mittagessen im Park spazieren.",
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let wanted = c.args.text("language");
    match c.text.language() {
        Some(language) => Evidence::when(language == wanted).found(Cow::Owned(language.to_owned())).wanted(Cow::Owned(wanted.to_owned())),
        None => Evidence::when(c.parity()).found("no letters"),
    }
}
