//! Formulas of propositional logic: reading, writing and entailment by truth table.

use crate::python;
use std::collections::BTreeSet;
use std::fmt;

/// How deep a formula may nest; CPython's recursion ends upstream's parser near it.
const MAX_DEPTH: u32 = 300;
/// A table of two to this many rows is the largest that is made.
const MAX_VARIABLES: usize = 12;
/// Longer formulas are not read: reading looks at every character once for each level of nesting.
const MAX_BYTES: usize = 4096;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    Implies,
    Iff,
}

impl Operator {
    pub(super) const ALL: [Self; 4] = [Self::And, Self::Or, Self::Implies, Self::Iff];
    /// From the one that binds least.
    const LOOSEST_FIRST: [Self; 4] = [Self::Iff, Self::Implies, Self::Or, Self::And];

    fn symbol(self) -> char {
        match self {
            Self::And => '∧',
            Self::Or => '∨',
            Self::Implies => '→',
            Self::Iff => '↔',
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Formula {
    /// Whatever is no operator and has none inside; upstream takes any text for a variable.
    Variable(String),
    Not(Box<Formula>),
    Binary(Operator, Box<[Formula; 2]>),
}

impl Formula {
    /// Reads a formula as upstream does: operators of equal strength group to the left, and a text without operators is a variable. `None` where a part is empty.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if text.len() > MAX_BYTES {
            return None;
        }
        let chars: Vec<char> = text.chars().collect();
        parse(&chars, 0)
    }

    pub(super) fn is_variable(&self) -> bool {
        matches!(self, Self::Variable(_))
    }

    /// A variable or its negation: nothing simpler follows from it.
    pub(super) fn is_literal(&self) -> bool {
        match self {
            Self::Not(inner) => inner.is_variable(),
            other => other.is_variable(),
        }
    }

    pub(super) fn variables(&self) -> BTreeSet<&str> {
        let mut found = BTreeSet::new();
        self.collect(&mut found);
        found
    }

    fn collect<'a>(&'a self, found: &mut BTreeSet<&'a str>) {
        match self {
            Self::Variable(name) => {
                found.insert(name);
            }
            Self::Not(inner) => inner.collect(found),
            Self::Binary(_, parts) => parts.iter().for_each(|part| part.collect(found)),
        }
    }

    /// How many variables and operators it is made of.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Variable(_) => 1,
            Self::Not(inner) => 1 + inner.size(),
            Self::Binary(_, parts) => 1 + parts[0].size() + parts[1].size(),
        }
    }

    fn holds(&self, names: &[&str], row: usize) -> bool {
        match self {
            Self::Variable(name) => names.binary_search(&name.as_str()).is_ok_and(|at| row >> at & 1 == 1),
            Self::Not(inner) => !inner.holds(names, row),
            Self::Binary(operator, parts) => {
                let (left, right) = (parts[0].holds(names, row), parts[1].holds(names, row));
                match operator {
                    Operator::And => left && right,
                    Operator::Or => left || right,
                    Operator::Implies => !left || right,
                    Operator::Iff => left == right,
                }
            }
        }
    }
}

impl fmt::Display for Formula {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Variable(name) => f.write_str(name),
            Self::Not(inner) => write!(f, "¬{inner}"),
            Self::Binary(operator, parts) => write!(f, "({} {} {})", parts[0], operator.symbol(), parts[1]),
        }
    }
}

fn parse(chars: &[char], depth: u32) -> Option<Formula> {
    let start = chars.iter().position(|char| !python::is_space(*char))?;
    let end = chars.iter().rposition(|char| !python::is_space(*char))? + 1;
    let chars = &chars[start..end];
    if depth > MAX_DEPTH {
        return None;
    }
    if let ['(', inner @ .., ')'] = chars
        && encloses(inner)
    {
        return parse(inner, depth + 1);
    }
    for operator in Operator::LOOSEST_FIRST {
        let mut level = 0_i64;
        for at in (0..chars.len()).rev() {
            match chars[at] {
                ')' => level += 1,
                '(' => level -= 1,
                char if level == 0 && char == operator.symbol() => {
                    let parts = [parse(&chars[..at], depth + 1)?, parse(&chars[at + 1..], depth + 1)?];
                    return Some(Formula::Binary(operator, Box::new(parts)));
                }
                _ => {}
            }
        }
    }
    if chars[0] == '¬' {
        return Some(Formula::Not(Box::new(parse(&chars[1..], depth + 1)?)));
    }
    Some(Formula::Variable(chars.iter().collect()))
}

/// Whether parentheses around this text belong together.
fn encloses(inner: &[char]) -> bool {
    let mut level = 0_i64;
    for char in inner {
        match char {
            '(' => level += 1,
            ')' => level -= 1,
            _ => {}
        }
        if level < 0 {
            return false;
        }
    }
    level == 0
}

/// Whether the conclusion holds wherever all premises do. `None` if there are too many variables to tell.
pub(super) fn entails(premises: &[Formula], conclusion: &Formula) -> Option<bool> {
    let names: BTreeSet<&str> = premises.iter().chain([conclusion]).flat_map(Formula::variables).collect();
    let names: Vec<&str> = names.into_iter().collect();
    if names.len() > MAX_VARIABLES {
        return None;
    }
    Some((0..1 << names.len()).all(|row| conclusion.holds(&names, row) || !premises.iter().all(|premise| premise.holds(&names, row))))
}

/// The formula with the usual spellings of operators replaced by their symbols.
pub(super) fn symbols(text: &str) -> String {
    const SPELLINGS: [(&str, &str); 24] = [
        (r"\leftrightarrow", "↔"),
        (r"\iff", "↔"),
        ("<->", "↔"),
        ("<=>", "↔"),
        ("⇔", "↔"),
        ("≡", "↔"),
        (r"\rightarrow", "→"),
        (r"\implies", "→"),
        (r"\to", "→"),
        ("->", "→"),
        ("=>", "→"),
        ("⇒", "→"),
        ("⊃", "→"),
        (r"\land", "∧"),
        (r"\wedge", "∧"),
        ("&&", "∧"),
        ("&", "∧"),
        (r"\lor", "∨"),
        (r"\vee", "∨"),
        ("||", "∨"),
        ("|", "∨"),
        (r"\neg", "¬"),
        (r"\lnot", "¬"),
        ("~", "¬"),
    ];
    let plain =
        text.trim_matches('$').replace("\\(", "").replace("\\)", "").replace('!', "¬").replace(['[', '{'], "(").replace([']', '}'], ")");
    SPELLINGS.iter().fold(plain, |text, (from, to)| text.replace(from, to))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, shown: &str) {
        assert_eq!(Formula::parse(text).map(|formula| formula.to_string()).as_deref(), Some(shown), "{text}");
    }

    #[test]
    fn operators_bind_as_upstream_has_them() {
        check("P ∧ Q ∨ R", "((P ∧ Q) ∨ R)");
        check("P → Q → R", "((P → Q) → R)");
        check("¬P ∧ Q", "(¬P ∧ Q)");
        check("¬(P ∧ Q)", "¬(P ∧ Q)");
        check("(P) ∨ (Q)", "(P ∨ Q)");
        check("((P))", "P");
        for bad in ["", "P ∧", "()", "¬"] {
            assert_eq!(Formula::parse(bad), None, "{bad}");
        }
        assert_eq!(Formula::parse(&"¬".repeat(MAX_BYTES)), None);
    }

    #[test]
    fn entailment_is_that_of_the_truth_table() {
        let formula = |text: &str| Formula::parse(text).unwrap();
        assert_eq!(entails(&[formula("P → Q"), formula("P")], &formula("Q")), Some(true));
        assert_eq!(entails(&[formula("P → Q"), formula("Q")], &formula("P")), Some(false));
        assert_eq!(entails(&[], &formula("P ∨ ¬P")), Some(true));
    }

    #[test]
    fn spellings_are_read() {
        assert_eq!(symbols(r"$P \to \neg Q$"), "P → ¬ Q");
        assert_eq!(symbols("P <-> !Q"), "P ↔ ¬Q");
    }
}
