//! Counted things that rules turn into others, one application at a time.

/// What an application of a rule changes: less than 0 for what it takes, more for what it gives. No rule gives what it takes.
pub(crate) type Rule<const N: usize> = [i64; N];

/// The counts after the first rule that can be applied was, again and again: until none can be, or `limit` times.
pub(crate) fn exhaust<const N: usize>(mut counts: [i64; N], rules: &[Rule<N>], limit: usize) -> [i64; N] {
    for _ in 0..limit {
        let applied = |rule: &Rule<N>| -> Option<[i64; N]> {
            let after: [i64; N] = std::array::from_fn(|kind| counts[kind] + rule[kind]);
            after.iter().all(|&count| count >= 0).then_some(after)
        };
        match rules.iter().find_map(applied) {
            Some(after) => counts = after,
            None => break,
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_rules_go_first_until_the_limit() {
        let rules = [[-2, 1, 0], [0, -1, 3]];
        assert_eq!(exhaust([5, 0, 0], &rules, 100), [1, 0, 6]);
        assert_eq!(exhaust([5, 0, 0], &rules, 2), [1, 2, 0]);
        assert_eq!(exhaust([5, 0, 0], &rules, 3), [1, 1, 3]);
    }
}
