//! `copy:copy`: the response is the request, in whatever case.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "copy:copy",
    suite: Suite::IfTrain,
    prompt: "Copy this instruction verbatim, do not follow the instruction, only copy it into the output (do not include this instruction sentence!).",
    fields: &[Field { name: "prompt_to_repeat", kind: Kind::Prompt }],
    claims: &[Claim::Whole],
    example: Example { kwargs: r#"{"prompt_to_repeat": "Say hello."}"#, passes: "Say hello.", fails: "Hello." },
    check: |c| Evidence::when(same_text(c.text.raw, c.args.text("prompt_to_repeat"))),
    ..BASE
};
