//! `detectable_format:title`: a text between double angular brackets on one line.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_format:title",
    prompt: "Your answer must contain a title, wrapped in double angular brackets, such as <<poem of joy>>.",
    claims: &[Claim::Start],
    example: Example { passes: "<<Rain>>\nIt falls.", fails: "<Rain>\nIt falls.", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let titled = |line: &str| {
        let Some(start) = line.find("<<") else { return false };
        let Some(end) = line.rfind(">>").filter(|end| *end > start + 2) else { return false };
        let title = line.get(start..end + 2).unwrap_or("");
        !strip(title.trim_start_matches('<').trim_end_matches('>')).is_empty()
    };
    match c.text.raw.split('\n').position(titled) {
        Some(index) => Evidence::pass().line(index + 1),
        None => Evidence::fail(),
    }
}
