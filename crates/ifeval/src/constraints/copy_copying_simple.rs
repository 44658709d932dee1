//! `copy:copying_simple`: the response is the request, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "copy:copying_simple",
    suite: Suite::IfTrain,
    prompt: "Repeat the request without change (do not say anything before repeating the request; the request you need to repeat does not include this sentence) and do not answer the actual request!",
    fields: &[Field { name: "prompt_to_repeat", kind: Kind::Prompt }],
    claims: &[Claim::Whole],
    example: Example { kwargs: r#"{"prompt_to_repeat": "Say hello."}"#, passes: "Say hello.", fails: "Hello." },
    check: |c| Evidence::when(same_text(c.text.raw, c.args.text("prompt_to_repeat"))),
    ..BASE
};
