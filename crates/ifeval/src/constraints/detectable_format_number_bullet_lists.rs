//! `detectable_format:number_bullet_lists`: lines that begin with `*` or `-`.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_format:number_bullet_lists",
    prompt: "Your answer must contain exactly {num_bullets} bullet points. Use the markdown bullet points such as:\n* This is point 1. \n* This \
             is point 2",
    fields: &[Field { name: "num_bullets", kind: Kind::Count(1, 5) }],
    deltas: &["A bullet is `*` or `-` with a blank after it; the reference also counts rules (`---`), emphasis and negative numbers."],
    claims: &[Claim::Layout],
    example: Example { kwargs: r#"{"num_bullets": 2}"#, passes: "List:\n* One\n- Two", fails: "* One" },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    let wanted = c.args.count("num_bullets");
    if !c.parity() {
        let is_bullet =
            |line: &&str| line.trim_start_matches(is_space).strip_prefix(['*', '-']).is_some_and(|rest| rest.starts_with(is_space));
        return Evidence::count(c.text.raw.split('\n').filter(is_bullet).count(), Bound::Exactly, wanted);
    }
    Evidence::count(stars(c.text.raw) + dashes(c.text.raw), Bound::Exactly, wanted)
}

/// Matches of `^\s*-.*$` line by line. Blank lines before a dash belong to its match and change no count.
fn dashes(text: &str) -> usize {
    text.split('\n').filter(|line| line.trim_start_matches(is_space).starts_with('-')).count()
}

/// Matches of `^\s*\*[^\*].*$`. The character after the star may be the end of the line, and then the next line belongs to the match.
fn stars(text: &str) -> usize {
    let mut lines = text.split('\n').peekable();
    let mut count = 0;
    while let Some(line) = lines.next() {
        match line.trim_start_matches(is_space).strip_prefix('*') {
            Some("") if lines.peek().is_some() => {
                lines.next();
                count += 1;
            }
            Some(rest) if !rest.is_empty() && !rest.starts_with('*') => count += 1,
            _ => {}
        }
    }
    count
}
