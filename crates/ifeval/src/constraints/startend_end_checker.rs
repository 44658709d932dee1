//! `startend:end_checker`: the response ends with a phrase, in whatever case; quotation marks around the response are left out.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "startend:end_checker",
    prompt: "Finish your response with this exact phrase {end_phrase}. No other words should follow this phrase.",
    fields: &[Field { name: "end_phrase", kind: Kind::Text(&["Any other questions?", "Is there anything else I can help with?"]) }],
    claims: &[Claim::End, Claim::Language],
    example: Example { kwargs: r#"{"end_phrase": "Any other questions?"}"#, passes: "Done. Any other questions?", fails: "Done." },
    check: |c| Evidence::when(strip(c.text.lower()).trim_matches('"').ends_with(strip(&c.args.text("end_phrase").to_lowercase()))),
    ..BASE
};
