//! Letters that stand for any integer or number, as `k` in `x = 2k\pi, k \in \mathbb{Z}`: how they are called does not matter, and one side may
//! leave out what they are.

use super::normal::substitute;
use crate::answer::{Answer, NamedSet, Part, Quantity, Relation, Relator};
use crate::expr::Expr;
use std::borrow::Cow;
use std::sync::Arc;

/// Letters that mostly count something.
const COUNTERS: [&str; 5] = ["k", "n", "m", "l", "j"];

type Letter = (Arc<str>, NamedSet, Part);

/// Both answers without what says which letters are bound, those of the given one under the names of the reference; `None` if there is no such
/// letter.
pub(super) fn aligned(reference: &Answer, given: &Answer) -> Option<(Answer, Answer)> {
    let ((one, mine), (two, theirs)) = (stripped(reference), stripped(given));
    if mine.is_empty() && theirs.is_empty() {
        return None;
    }
    let names: Vec<(Arc<str>, Arc<str>)> = if mine.len() == theirs.len() {
        if mine.iter().zip(&theirs).any(|((_, set, part), (_, other, of))| (set, part) != (other, of)) {
            return None;
        }
        theirs.iter().zip(&mine).map(|((from, ..), (to, ..))| (Arc::clone(from), Arc::clone(to))).collect()
    } else if let ([(name, ..)], []) = (mine.as_slice(), theirs.as_slice()) {
        counter(&two, &one).into_iter().map(|from| (from, Arc::clone(name))).collect()
    } else if let ([], [(name, ..)]) = (mine.as_slice(), theirs.as_slice()) {
        counter(&one, &two).into_iter().map(|to| (Arc::clone(name), to)).collect()
    } else {
        return None;
    };
    let given = renamed(&two, &names);
    Some((one.into_owned(), given))
}

/// The answer without its memberships of letters, and these.
fn stripped(answer: &Answer) -> (Cow<'_, Answer>, Vec<Letter>) {
    let nothing = (Cow::Borrowed(answer), Vec::new());
    match answer {
        Answer::Given(parts) => match membership(&parts.1) {
            Some(letter) if mentions(&parts.0, &letter.0) => (Cow::Borrowed(&parts.0), vec![letter]),
            _ => nothing,
        },
        Answer::List { items, separator } => {
            let (mut kept, mut letters) = (Vec::new(), Vec::new());
            for item in items {
                match item {
                    Answer::Given(parts) => match membership(&parts.1) {
                        Some(letter) => {
                            kept.push(parts.0.clone());
                            letters.push(letter);
                        }
                        None => kept.push(item.clone()),
                    },
                    _ => match membership(item) {
                        Some(letter) => letters.push(letter),
                        None => kept.push(item.clone()),
                    },
                }
            }
            letters.sort_by(|one, two| one.0.cmp(&two.0));
            letters.dedup();
            let bound = letters.iter().all(|(name, ..)| kept.iter().any(|item| mentions(item, name)));
            if letters.is_empty() || kept.is_empty() || !bound {
                return nothing;
            }
            let rest = match <[Answer; 1]>::try_from(kept) {
                Ok([item]) => item,
                Err(kept) => Answer::List { items: kept.into(), separator: *separator },
            };
            (Cow::Owned(rest), letters)
        }
        _ => nothing,
    }
}

/// `k \in \mathbb{Z}`.
fn membership(answer: &Answer) -> Option<Letter> {
    let Answer::Relation(Relation { terms, signs, modulus: None }) = answer else { return None };
    match (&**terms, &**signs) {
        ([Answer::Quantity(Quantity { value: Expr::Symbol(name), .. }), Answer::NamedSet { set, part }], [Relator::Member]) => {
            Some((Arc::clone(name), *set, *part))
        }
        _ => None,
    }
}

/// The one letter that counts in an answer and is not in the other.
fn counter(of: &Answer, other: &Answer) -> Option<Arc<str>> {
    let mut found = COUNTERS.iter().filter(|name| mentions(of, name) && !mentions(other, name));
    let name = found.next()?;
    found.next().is_none().then(|| Arc::from(*name))
}

fn mentions(answer: &Answer, name: &str) -> bool {
    match answer {
        Answer::Quantity(quantity) => {
            let mut found = false;
            quantity.value.visit(&mut |part| found |= matches!(part, Expr::Symbol(symbol) if &**symbol == name));
            found
        }
        Answer::Relation(relation) => relation.terms.iter().any(|term| mentions(term, name)),
        Answer::List { items, .. } | Answer::Set(items) | Answer::Bracketed { items, .. } => items.iter().any(|item| mentions(item, name)),
        Answer::Sets { parts, .. } => parts.iter().any(|part| mentions(part, name)),
        _ => false,
    }
}

fn renamed(answer: &Answer, names: &[(Arc<str>, Arc<str>)]) -> Answer {
    let all = |items: &[Answer]| items.iter().map(|item| renamed(item, names)).collect();
    match answer {
        Answer::Quantity(quantity) => {
            let by = |symbol: &str| {
                let (_, to) = names.iter().find(|(from, _)| &**from == symbol)?;
                Some(Expr::Symbol(Arc::clone(to)))
            };
            Answer::Quantity(Quantity { value: substitute(&quantity.value, &by), ..quantity.clone() })
        }
        Answer::Relation(relation) => Answer::Relation(Relation { terms: all(&relation.terms), ..relation.clone() }),
        Answer::List { items, separator } => Answer::List { items: all(items), separator: *separator },
        Answer::Set(items) => Answer::Set(all(items)),
        Answer::Bracketed { open, items, close } => Answer::Bracketed { open: *open, items: all(items), close: *close },
        Answer::Sets { operation, parts } => Answer::Sets { operation: *operation, parts: all(parts) },
        other => other.clone(),
    }
}
