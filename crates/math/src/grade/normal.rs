//! Normal forms of answers: both signs written out, lists flat, conditions and single brackets taken away. No values are computed.

use super::Normal;
use crate::answer::{Answer, Bracket, DEGREE, Quantity, Relation, Relator, Separator, SetOperation, Written};
use crate::expr::{Constant, Expr, Function, Rational};
use std::borrow::Cow;

/// The most answers that both signs of one answer may stand for.
const MAX_SPREAD: usize = 64;

/// The answer in normal form. Parts are not normalised: who looks at them does.
pub(super) fn normal(answer: &Answer) -> Normal<'_> {
    match answer {
        Answer::Quantity(quantity) if quantity.plus_minus => match spread(answer) {
            Some(items) => Cow::Owned(listed(items)),
            None => Cow::Borrowed(answer),
        },
        Answer::Quantity(Quantity { value, percent: false, unit: None, .. }) => {
            super::linear::evaluated(value).map_or(Cow::Borrowed(answer), Cow::Owned)
        }
        Answer::Given(parts) => normal(&parts.0),
        // `x = 1, y = 2; x = 3, y = 4`: what semicolons part belongs together.
        Answer::List { items, separator: separator @ (Separator::Semicolon | Separator::Or) } if items.iter().all(is_group) => {
            let group = |item: &Answer| match item {
                Answer::List { items, .. } => Answer::Bracketed { open: Bracket::Round, items: items.clone(), close: Bracket::Round },
                other => other.clone(),
            };
            Cow::Owned(Answer::List { items: items.iter().map(group).collect(), separator: *separator })
        }
        Answer::List { items, separator } if items.iter().any(is_spread) => {
            Cow::Owned(Answer::List { items: flat(items).into(), separator: *separator })
        }
        Answer::List { items, .. } if items.len() == 1 => items.first().map_or(Cow::Borrowed(answer), normal),
        Answer::Set(items) if items.iter().any(is_spread) => Cow::Owned(Answer::Set(flat(items).into())),
        Answer::Bracketed { items, .. } if items.iter().any(has_signs) => match spread(answer) {
            Some(items) => Cow::Owned(listed(items)),
            None => Cow::Borrowed(answer),
        },
        Answer::Relation(relation) if relation.terms.iter().any(has_signs) => match spread(answer) {
            Some(items) => Cow::Owned(listed(items)),
            None => Cow::Borrowed(answer),
        },
        Answer::Sets { operation: SetOperation::Union, parts }
            if parts.iter().all(|part| matches!(normal(part).as_ref(), Answer::Set(_))) =>
        {
            let mut all = Vec::new();
            for part in parts {
                if let Answer::Set(items) = normal(part).as_ref() {
                    all.extend(items.iter().cloned());
                }
            }
            Cow::Owned(Answer::Set(all.into()))
        }
        Answer::Matrix { rows, determinant: false } if rows.len() == 1 && rows.first().is_some_and(|row| row.len() == 1) => {
            rows.first().and_then(|row| row.first()).map_or(Cow::Borrowed(answer), normal)
        }
        _ => Cow::Borrowed(answer),
    }
}

fn listed(items: Vec<Answer>) -> Answer {
    Answer::List { items: items.into(), separator: Separator::And }
}

fn has_signs(answer: &Answer) -> bool {
    matches!(answer, Answer::Quantity(Quantity { plus_minus: true, .. }))
}

/// Whether it is more than one item of a list.
fn is_spread(answer: &Answer) -> bool {
    match answer {
        Answer::List { .. } | Answer::Given(_) => true,
        Answer::Relation(relation) => relation.terms.iter().any(has_signs) || labelled_several(relation),
        Answer::Bracketed { items, .. } => items.iter().any(has_signs),
        _ => has_signs(answer),
    }
}

/// Whether it is a list of relations: values of several letters that belong together.
fn is_group(answer: &Answer) -> bool {
    matches!(answer, Answer::List { items, .. } if items.iter().all(|item| matches!(item, Answer::Relation(_)) && !is_spread(item)))
}

/// `x = 1, 2` read as one relation: the values of one label.
fn labelled_several(relation: &Relation) -> bool {
    matches!(relation.terms.last(), Some(Answer::List { .. }))
}

fn flat(items: &[Answer]) -> Vec<Answer> {
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        match normal(item).into_owned() {
            Answer::List { items, .. } => all.extend(items.into_vec()),
            other => all.push(other),
        }
    }
    all
}

/// What an answer with signs stands for. Signs of different entries are chosen on their own, those of one entry together.
fn spread(answer: &Answer) -> Option<Vec<Answer>> {
    let both = |quantity: &Quantity| Some(quantity.both_signs()?.map(Answer::Quantity).to_vec());
    match answer {
        Answer::Quantity(quantity) => both(quantity),
        Answer::Bracketed { open, items, close } => {
            let combined = combine(items)?;
            Some(combined.into_iter().map(|items| Answer::Bracketed { open: *open, items: items.into(), close: *close }).collect())
        }
        Answer::Relation(relation) => {
            let combined = combine(&relation.terms)?;
            let with = |terms: Vec<Answer>| Answer::Relation(Relation { terms: terms.into(), ..relation.clone() });
            Some(combined.into_iter().map(with).collect())
        }
        _ => None,
    }
}

fn combine(items: &[Answer]) -> Option<Vec<Vec<Answer>>> {
    // `∓` in another entry means that the signs belong together.
    let linked = items.iter().any(|item| matches!(item, Answer::Quantity(quantity) if has_lower_sign(&quantity.value)));
    let mut all = vec![Vec::with_capacity(items.len())];
    if linked {
        let choose = |at: usize| {
            items
                .iter()
                .map(|item| match item {
                    Answer::Quantity(quantity) => quantity
                        .both_signs()
                        .map_or_else(|| item.clone(), |[upper, lower]| Answer::Quantity(if at == 0 { upper } else { lower })),
                    other => other.clone(),
                })
                .collect::<Vec<_>>()
        };
        return Some(vec![choose(0), choose(1)]);
    }
    for item in items {
        let choices = match item {
            Answer::Quantity(quantity) if quantity.plus_minus => quantity.both_signs()?.map(Answer::Quantity).to_vec(),
            other => vec![other.clone()],
        };
        if all.len() * choices.len() > MAX_SPREAD {
            return None;
        }
        all = all
            .iter()
            .flat_map(|before| choices.iter().map(|choice| before.iter().cloned().chain([choice.clone()]).collect::<Vec<_>>()))
            .collect();
    }
    Some(all)
}

fn has_lower_sign(of: &Expr) -> bool {
    let mut found = false;
    of.visit(&mut |part| found |= matches!(part, Expr::Symbol(name) if &**name == crate::answer::MINUS_PLUS));
    found
}

/// The value of a ratio of two.
pub(super) fn quotient(parts: &[Answer]) -> Option<Answer> {
    let [Answer::Quantity(over), Answer::Quantity(under)] = parts else { return None };
    let value = Expr::product([over.value.clone(), under.value.clone().inverse()]);
    // A ratio is exact, however its parts were written.
    Some(Answer::Quantity(Quantity::plain(value, Written::Expression)))
}

/// The product of two values.
pub(super) fn product(one: &Answer, two: &Answer) -> Option<Expr> {
    let (Answer::Quantity(one), Answer::Quantity(two)) = (one, two) else { return None };
    Some(Expr::product([one.value.clone(), two.value.clone()]))
}

/// A scalar as the expression that it is, degrees converted; `None` if it has a unit, percent sign or choice of signs.
pub(super) fn scalar(answer: &Answer) -> Option<Expr> {
    match normal(answer).as_ref() {
        Answer::Quantity(Quantity { plus_minus: true, .. }) => None,
        Answer::Quantity(quantity) => Some(without_degrees(&quantity.value).into_owned()),
        Answer::Numeral { value, .. } => Some(Expr::Number(value.clone())),
        _ => None,
    }
}

/// With π/180 for every degree.
pub(super) fn without_degrees(of: &Expr) -> Cow<'_, Expr> {
    let mut found = false;
    of.visit(&mut |part| found |= matches!(part, Expr::Symbol(name) if &**name == DEGREE));
    if !found {
        return Cow::Borrowed(of);
    }
    let degree = Expr::product([Expr::Number(Rational::new(1.into(), 180.into())), Expr::Constant(Constant::Pi)]);
    Cow::Owned(substitute(of, &|name| (name == DEGREE).then(|| degree.clone())))
}

/// With something else for its symbols, where there is something. No deeper than the expression, which its reader bounds. The name of a function that
/// nobody defined stays.
pub(super) fn substitute(of: &Expr, by: &dyn Fn(&str) -> Option<Expr>) -> Expr {
    let all = |parts: &[Expr]| parts.iter().map(|part| substitute(part, by)).collect::<Vec<_>>();
    match of {
        Expr::Symbol(name) => by(name).unwrap_or_else(|| of.clone()),
        Expr::Number(_) | Expr::Constant(_) => of.clone(),
        Expr::Sum(terms) => Expr::sum(all(terms)),
        Expr::Product(factors) => Expr::product(all(factors)),
        Expr::Power(power) => Expr::power(substitute(&power.0, by), substitute(&power.1, by)),
        Expr::Call(Function::Apply, parts) => match parts.split_first() {
            Some((name, rest)) => Expr::Call(Function::Apply, std::iter::once(name.clone()).chain(all(rest)).collect()),
            None => of.clone(),
        },
        Expr::Call(function, parts) => Expr::Call(*function, all(parts).into()),
    }
}

/// Whether a sign only names a value.
pub(super) const fn is_naming(sign: Relator) -> bool {
    matches!(sign, Relator::Equal | Relator::Approximately | Relator::Member | Relator::Equivalent | Relator::To)
}
