//! `detectable_format:multiple_sections`: the section's word with a number after it.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_format:multiple_sections",
    prompt: "Your response must have {num_sections} sections. Mark the beginning of each section with {section_spliter} X, such as:\n\
             {section_spliter} 1\n[content of section 1]\n{section_spliter} 2\n[content of section 2]",
    fields: &[
        Field { name: "section_spliter", kind: Kind::Pattern(Form::Section) },
        Field { name: "num_sections", kind: Kind::Count(2, 5) },
    ],
    deltas: &[LITERAL],
    claims: &[Claim::Layout],
    example: Example {
        kwargs: r#"{"section_spliter": "Section", "num_sections": 2}"#,
        passes: "Section 1\nOne.\nSection 2\nTwo.",
        fails: "Section one\nOne.",
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let Some(word) = c.args.keywords("section_spliter").first() else { return Evidence::fail() };
    let count = match &word.pattern {
        Some(pattern) => match pattern.count(c.text.raw) {
            Ok(count) => count,
            Err(message) => return Evidence::fault(message),
        },
        None => numbered(c.text.raw, &word.text),
    };
    Evidence::count(count, Bound::AtLeast, c.args.count("num_sections"))
}

fn numbered(text: &str, word: &str) -> u64 {
    let has_number = |rest: &str| rest.strip_prefix(is_space).unwrap_or(rest).starts_with(python::is_decimal);
    text.match_indices(word).filter(|(at, word)| text.get(at + word.len()..).is_some_and(has_number)).count() as u64
}
