//! `combination:repeat_prompt`: the response begins with the request, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "combination:repeat_prompt",
    prompt: "First repeat the request word for word without change, then give your answer (1. do not say any words or characters before \
             repeating the request; 2. the request you need to repeat does not include this sentence)",
    fields: &[Field { name: "prompt_to_repeat", kind: Kind::Prompt }],
    claims: &[Claim::Start, Claim::Case, Claim::Language, Claim::Punctuation, Claim::Sentences],
    example: Example { kwargs: r#"{"prompt_to_repeat": "Say hello."}"#, passes: "Say hello. Hello!", fails: "Hello!" },
    check: |c| Evidence::when(strip(c.text.lower()).starts_with(strip(&c.args.text("prompt_to_repeat").to_lowercase()))),
    ..BASE
};
