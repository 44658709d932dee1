//! `detectable_format:number_highlighted_sections`: texts between single stars and texts between double stars.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_format:number_highlighted_sections",
    prompt: "Highlight at least {num_highlights} sections in your answer with markdown, i.e. *highlighted section*.",
    fields: &[Field { name: "num_highlights", kind: Kind::Count(1, 4) }],
    example: Example { kwargs: r#"{"num_highlights": 2}"#, passes: "The *first* and the **second**.", fails: "The *first*." },
    check: |c| Evidence::count(single(c.text.raw) + double(c.text.raw), Bound::AtLeast, c.args.count("num_highlights")),
    ..BASE
};

/// Matches of `\*[^\n\*]*\*` with something inside.
fn single(text: &str) -> usize {
    let mut count = 0;
    for line in text.split('\n') {
        let mut parts = line.split('*').skip(1);
        // The last part has no star after it; two stars around a part are used up by it.
        while let Some(inside) = parts.next() {
            let Some(_) = parts.next() else { break };
            count += usize::from(!strip(inside).is_empty());
        }
    }
    count
}

/// Matches of `\*\*[^\n\*]*\*\*` with something inside.
fn double(text: &str) -> usize {
    let mut count = 0;
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("**") {
        let inside = after.split(['\n', '*']).next().unwrap_or("");
        let tail = after.get(inside.len()..).unwrap_or("");
        match tail.strip_prefix("**") {
            Some(tail) => {
                count += usize::from(!strip(inside).is_empty());
                rest = tail;
            }
            // The match may begin at the second of these stars.
            None => rest = if after.starts_with('*') { rest.get(rest.len() - after.len() - 1..).unwrap_or("") } else { after },
        }
    }
    count
}
