//! `detectable_content:number_placeholders`: pairs of brackets on a line.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_content:number_placeholders",
    prompt: "The response must contain at least {num_placeholders} placeholders represented by square brackets, such as [address].",
    fields: &[Field { name: "num_placeholders", kind: Kind::Count(1, 4) }],
    example: Example { kwargs: r#"{"num_placeholders": 2}"#, passes: "Dear [name], I am [age].", fails: "Dear [name]." },
    check: |c| Evidence::count(placeholders(c.text.raw), Bound::AtLeast, c.args.count("num_placeholders")),
    ..BASE
};

/// How many matches `\[.*?\]` has. A bracket that is not closed on its line is stepped over once, with all others of the line.
fn placeholders(text: &str) -> usize {
    let in_line = |line: &str| {
        let mut rest = line;
        let mut count = 0;
        while let Some((_, inside)) = rest.split_once('[') {
            let Some((_, after)) = inside.split_once(']') else { break };
            count += 1;
            rest = after;
        }
        count
    };
    text.split('\n').map(in_line).sum()
}
