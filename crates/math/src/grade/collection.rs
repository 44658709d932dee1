//! Tuples, matrices, lists and sets: entries in order or matched.

use super::{Grader, Outcome, Rule, Ruling, normal};
use crate::answer::{Answer, Bracket, Quantity, Separator, Written};
use crate::expr::{Expr, Rational};
use num_bigint::BigInt;
use num_traits::Signed;
use std::cmp::Ordering;

/// The most values that are matched with each other; more are compared in order, numbers by size.
const MAX_MATCHED: usize = 40;

impl Grader<'_> {
    /// Entry by entry.
    pub(super) fn in_order(&mut self, reference: &[Answer], given: &[Answer], rule: Rule) -> Ruling {
        if reference.len() != given.len() {
            return Ruling::different(Rule::Count);
        }
        let mut last = Ruling::of(true, rule);
        for (one, two) in reference.iter().zip(given) {
            let ruling = self.compare(one, two).under(rule);
            match ruling.outcome {
                Outcome::Different => return ruling,
                Outcome::Undecided => last = ruling,
                Outcome::Equal if last.is_equal() => last = ruling,
                Outcome::Equal => {}
            }
        }
        last
    }

    /// If one of them is a tuple, an interval or a vector.
    pub(super) fn tuples(&mut self, reference: &Answer, given: &Answer) -> Option<Ruling> {
        let (one, two) = (entries(reference), entries(given));
        let tuple = matches!(reference, Answer::Bracketed { .. } | Answer::Matrix { .. })
            && matches!(given, Answer::Bracketed { .. } | Answer::Matrix { .. });
        match (one, two) {
            (Some(one), Some(two)) if tuple => {
                let ordered = self.policy.ordered != Some(false) || one.len() < 2;
                let ruling = if ordered { self.in_order(&one, &two, Rule::Tuple) } else { self.matched(&one, &two, false) };
                if ruling.is_equal() && one.len() == 2 && brackets(reference).zip(brackets(given)).is_some_and(|(one, two)| one != two) {
                    // The same ends in other brackets are other intervals, if they are intervals at all.
                    let angle = [brackets(reference), brackets(given)].iter().flatten().any(|(open, _)| *open == Bracket::Angle);
                    return Some(if !angle && self.may_be_interval(&one) { Ruling::different(Rule::Interval) } else { ruling });
                }
                Some(ruling)
            }
            // A list against a tuple is one that lost its brackets, unless it lists tuples.
            (Some(one), Some(two)) => {
                let list_of_tuples = |answer: &Answer, entries: &[Answer]| {
                    matches!(answer, Answer::List { .. })
                        && entries.iter().any(|entry| matches!(entry, Answer::Bracketed { .. } | Answer::Matrix { .. }))
                };
                let both_lists = matches!(reference, Answer::List { .. }) && matches!(given, Answer::List { .. });
                if both_lists || list_of_tuples(reference, &one) || list_of_tuples(given, &two) {
                    let nested = one.iter().zip(&two).all(|(one, two)| {
                        matches!(one, Answer::Bracketed { .. } | Answer::Matrix { .. })
                            && matches!(two, Answer::Bracketed { .. } | Answer::Matrix { .. })
                    });
                    return (!both_lists && nested).then(|| self.matched(&one, &two, false));
                }
                let (one, two): (Vec<_>, Vec<_>) = (one.iter().map(bare).collect(), two.iter().map(bare).collect());
                Some(if self.policy.ordered == Some(false) {
                    self.matched(&one, &two, false)
                } else {
                    self.in_order(&one, &two, Rule::Tuple)
                })
            }
            _ => None,
        }
    }

    /// Whether two entries can be the ends of an interval.
    fn may_be_interval(&mut self, entries: &[Answer]) -> bool {
        let [low, high] = entries else { return false };
        match (normal::scalar(low), normal::scalar(high)) {
            (Some(low), Some(high)) => {
                !matches!(crate::equal::compare_real(&low, &high, self.steps), Ok(Ordering::Greater | Ordering::Equal))
            }
            _ => true,
        }
    }

    /// Matrices, entry by entry.
    pub(super) fn matrices(&mut self, reference: &[Box<[Answer]>], given: &[Box<[Answer]>]) -> Ruling {
        if reference.len() != given.len() {
            return Ruling::different(Rule::Count);
        }
        let mut last = Ruling::of(true, Rule::Matrix);
        for (one, two) in reference.iter().zip(given) {
            let ruling = self.in_order(one, two, Rule::Matrix);
            if ruling.is_different() {
                return ruling;
            }
            if last.is_equal() {
                last = ruling;
            }
        }
        last
    }

    /// Pieces of a function, in any order: values and conditions must agree; a piece without a condition or with a text is "otherwise".
    pub(super) fn pieces(&mut self, reference: &[(Answer, Option<Answer>)], given: &[(Answer, Option<Answer>)]) -> Ruling {
        let paired = |pieces: &[(Answer, Option<Answer>)]| -> Vec<Answer> {
            let otherwise = || Answer::Text("otherwise".into());
            let condition = |condition: &Option<Answer>| match condition {
                Some(Answer::Text(_)) | None => otherwise(),
                Some(condition) => condition.clone(),
            };
            let pair = |(value, given): &(Answer, Option<Answer>)| Answer::Bracketed {
                open: Bracket::Angle,
                items: [value.clone(), condition(given)].into(),
                close: Bracket::Angle,
            };
            pieces.iter().map(pair).collect()
        };
        self.matched(&paired(reference), &paired(given), false).under(Rule::Piecewise)
    }

    /// Whatever is left: lists, sets and single values.
    pub(super) fn collections(&mut self, reference: &Answer, given: &Answer) -> Ruling {
        let (one, two) = (items(reference), items(given));
        match (one, two) {
            (Some(one), Some(two)) => {
                let set = matches!(reference, Answer::Set(_)) || matches!(given, Answer::Set(_));
                self.elements(one, two, set)
            }
            (Some(one), None) if is_decimal_comma(one, given) => Ruling::of(true, Rule::DecimalComma),
            (None, Some(two)) if is_decimal_comma(two, reference) => Ruling::of(true, Rule::DecimalComma),
            (Some(one), None) => self.single(one, reference, |grader, item| grader.compare(item, given)),
            (None, Some(two)) => self.single(two, given, |grader, item| grader.compare(reference, item)),
            (None, None) => match (reference, given) {
                (Answer::Sets { operation: one, parts }, Answer::Sets { operation: two, parts: others }) if one == two => {
                    self.matched(parts, others, true).under(Rule::RealSet)
                }
                (Answer::SetBuilder(one), Answer::SetBuilder(two)) => {
                    self.in_order(&[one.0.clone(), one.1.clone()], &[two.0.clone(), two.1.clone()], Rule::RealSet)
                }
                _ => Ruling::different(Rule::Kind),
            },
        }
    }

    /// One value against several: equal if they are all this one. A list of guesses is not.
    fn single(&mut self, items: &[Answer], several: &Answer, mut compare: impl FnMut(&mut Self, &Answer) -> Ruling) -> Ruling {
        let same_value = matches!(several, Answer::List { separator: Separator::Or, .. }) && items.len() <= 4;
        if items.len() != 1 && !same_value {
            return Ruling::different(Rule::Count);
        }
        let mut last = Ruling::different(Rule::Count);
        for item in items {
            last = compare(self, item).under(Rule::Elements);
            if !last.is_equal() {
                return last;
            }
        }
        last
    }

    /// Two lists or sets.
    fn elements(&mut self, reference: &[Answer], given: &[Answer], set: bool) -> Ruling {
        let labels = |items: &[Answer]| items.iter().map(super::relation::label).collect::<Vec<_>>();
        let (mine, theirs) = (labels(reference), labels(given));
        let all = |labels: &[Option<(Answer, Answer)>]| labels.iter().all(Option::is_some);
        let none = |labels: &[Option<(Answer, Answer)>]| labels.iter().all(Option::is_none);
        if none(&mine) && none(&theirs) {
            return if self.policy.ordered == Some(true) && !set {
                self.in_order(reference, given, Rule::Tuple)
            } else {
                self.matched(reference, given, set)
            };
        }
        if all(&mine) && all(&theirs) && self.names_meet(&mine, &theirs) {
            return self.matched(reference, given, set).under(Rule::Label);
        }
        // Labels at one side only, or other ones: the values decide.
        let (one, two): (Vec<_>, Vec<_>) = (reference.iter().map(bare).collect(), given.iter().map(bare).collect());
        let ruling =
            if self.policy.ordered == Some(true) && !set { self.in_order(&one, &two, Rule::Tuple) } else { self.matched(&one, &two, set) };
        ruling.under(Rule::Label)
    }

    /// Whether a label of one list is one of the other's.
    fn names_meet(&mut self, one: &[Option<(Answer, Answer)>], two: &[Option<(Answer, Answer)>]) -> bool {
        one.iter().flatten().any(|(name, _)| two.iter().flatten().any(|(other, _)| super::relation::same_label(name, other)))
    }

    /// Values in any order. In a set a value counts once, however often it is written.
    pub(super) fn matched(&mut self, reference: &[Answer], given: &[Answer], set: bool) -> Ruling {
        if reference.len() == given.len() {
            let ruling = self.in_order(reference, given, Rule::Elements);
            if ruling.is_equal() {
                return ruling;
            }
        }
        if let (Some(mut one), Some(mut two)) = (numbers(reference), numbers(given))
            && (one.len() > MAX_MATCHED || two.len() > MAX_MATCHED)
        {
            one.sort();
            two.sort();
            if set {
                one.dedup();
                two.dedup();
            }
            return Ruling::of(one == two, Rule::Elements);
        }
        let (mut one, mut two) = (reference.to_vec(), given.to_vec());
        if one.len() > MAX_MATCHED || two.len() > MAX_MATCHED {
            if one.len() != two.len() && !set {
                return Ruling::different(Rule::Count);
            }
            return Ruling::new(Outcome::Undecided, Rule::TooMuch);
        }
        if set {
            one = self.distinct(one);
            two = self.distinct(two);
        }
        if one.len() != two.len() {
            return Ruling::different(Rule::Count);
        }
        let mut table = Vec::with_capacity(one.len());
        for mine in &one {
            let mut row = Vec::with_capacity(two.len());
            for theirs in &two {
                row.push(self.compare(mine, theirs));
            }
            if let Some(none) = row.iter().find(|_| row.iter().all(|ruling| ruling.is_different())) {
                return none.under(Rule::Elements);
            }
            table.push(row);
        }
        if is_matched(&table, |ruling| ruling.is_equal()) {
            let values = table.iter().flatten().find(|ruling| ruling.is_equal()).and_then(|ruling| ruling.values);
            return Ruling { values, ..Ruling::of(true, Rule::Elements) };
        }
        let undecided = table.iter().flatten().find(|ruling| ruling.outcome == Outcome::Undecided);
        match undecided {
            Some(ruling) if is_matched(&table, |ruling| !ruling.is_different()) => ruling.under(Rule::Elements),
            _ => Ruling::different(Rule::Elements),
        }
    }

    fn distinct(&mut self, items: Vec<Answer>) -> Vec<Answer> {
        let mut kept: Vec<Answer> = Vec::with_capacity(items.len());
        for item in items {
            if !kept.iter().any(|other| self.compare(other, &item).is_equal()) {
                kept.push(item);
            }
        }
        kept
    }
}

/// Whether every row has a column of its own among those that may be taken.
fn is_matched(table: &[Vec<Ruling>], may: impl Fn(&Ruling) -> bool + Copy) -> bool {
    fn place(
        row: usize,
        table: &[Vec<Ruling>],
        may: impl Fn(&Ruling) -> bool + Copy,
        seen: &mut [bool],
        taken: &mut [Option<usize>],
    ) -> bool {
        let Some(cells) = table.get(row) else { return false };
        for (column, cell) in cells.iter().enumerate() {
            if !may(cell) || std::mem::replace(&mut seen[column], true) {
                continue;
            }
            if taken[column].is_none_or(|other| place(other, table, may, seen, taken)) {
                taken[column] = Some(row);
                return true;
            }
        }
        false
    }
    let columns = table.first().map_or(0, Vec::len);
    let mut taken = vec![None; columns];
    (0..table.len()).all(|row| place(row, table, may, &mut vec![false; columns], &mut taken))
}

/// Entries of what can be a tuple.
fn entries(answer: &Answer) -> Option<Vec<Answer>> {
    match answer {
        Answer::Bracketed { items, .. } | Answer::List { items, .. } => Some(items.to_vec()),
        Answer::Matrix { rows, determinant: false } if rows.iter().all(|row| row.len() == 1) => {
            Some(rows.iter().filter_map(|row| row.first()).cloned().collect())
        }
        Answer::Matrix { rows, determinant: false } if rows.len() == 1 => rows.first().map(|row| row.to_vec()),
        _ => None,
    }
}

fn brackets(answer: &Answer) -> Option<(Bracket, Bracket)> {
    match answer {
        Answer::Bracketed { open, close, .. } => Some((*open, *close)),
        _ => None,
    }
}

/// Whether two whole numbers with a comma between them are this decimal: `1,22` and `1.22`. Zeros behind the comma are lost in reading, so that
/// `1,05` is not.
fn is_decimal_comma(items: &[Answer], other: &Answer) -> bool {
    let [Answer::Quantity(whole), Answer::Quantity(part)] = items else { return false };
    let Answer::Quantity(Quantity { value: Expr::Number(decimal), written: Written::Decimal { places, scientific: false, .. }, .. }) =
        other
    else {
        return false;
    };
    let integer = |quantity: &Quantity| match &quantity.value {
        Expr::Number(value) if quantity.written == Written::Integer => Some(value.to_integer()),
        _ => None,
    };
    let (Some(whole), Some(part), Ok(places)) = (integer(whole), integer(part), usize::try_from(*places)) else { return false };
    // More digits than a double has are no measured number.
    if places > 18 || part.is_negative() || whole.bits() > 128 || part.bits() > 64 || part.to_string().len() != places {
        return false;
    }
    let scale = BigInt::from(10).pow(u32::try_from(places).unwrap_or(0));
    let size = Rational::new(whole.abs() * &scale + part, scale);
    *decimal == if whole.is_negative() { -size } else { size }
}

fn items(answer: &Answer) -> Option<&[Answer]> {
    match answer {
        Answer::List { items, .. } | Answer::Set(items) => Some(items),
        _ => None,
    }
}

/// The value without its label.
fn bare(item: &Answer) -> Answer {
    super::relation::label(item).map_or_else(|| item.clone(), |(_, value)| value)
}

/// The numbers, if all are.
fn numbers(items: &[Answer]) -> Option<Vec<Rational>> {
    let number = |item: &Answer| match item.as_expression() {
        Some(Expr::Number(number)) => Some(number.clone()),
        _ => None,
    };
    items.iter().map(number).collect()
}
