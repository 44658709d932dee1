//! Relations: labels of values, equations up to a factor, inequalities, chains.

use super::normal::{is_naming, normal, scalar, substitute};
use super::{Grader, Rule, Ruling};
use crate::answer::{Answer, Quantity, Relation, Relator};
use crate::equal::sign;
use crate::expr::{Expr, Function, Rational};
use std::cmp::Ordering;
use std::sync::Arc;

impl Grader<'_> {
    /// If one of them is a relation.
    pub(super) fn relations(&mut self, reference: &Answer, given: &Answer) -> Option<Ruling> {
        match (reference, given) {
            (Answer::Relation(one), Answer::Relation(two)) => Some(self.both(reference, given, one, two)),
            (Answer::Relation(relation), other) => Some(self.one_sided(relation, reference, other, true)),
            (other, Answer::Relation(relation)) => Some(self.one_sided(relation, given, other, false)),
            _ => None,
        }
    }

    fn both(&mut self, reference: &Answer, given: &Answer, one: &Relation, two: &Relation) -> Ruling {
        if let (Some(first), Some(second)) = (&one.modulus, &two.modulus) {
            return self.residues(one, two, first, second);
        }
        let (mine, theirs) = (self.named(one), self.named(two));
        if let (Some((name, values)), Some((other, others))) = (&mine, &theirs) {
            let unnamed = name.is_none() || other.is_none();
            let same = name.as_ref().zip(other.as_ref()).is_some_and(|(name, other)| same_label(name, other));
            if unnamed || same {
                let others: Vec<Answer> = match (name, other) {
                    (Some(name), Some(other)) => others.iter().map(|value| renamed(name, other, value)).collect(),
                    _ => others.clone(),
                };
                return self.any_of(values, &others).under(Rule::Label);
            }
        }
        if let (Some(first), Some(second)) = (difference(one), difference(two))
            && one.signs == two.signs
            && *one.signs == [Relator::Equal]
        {
            let ruling = self.proportional(&first, &second).0;
            if ruling.is_different()
                && (has_divisors(&first) || has_divisors(&second))
                && let (Some(first), Some(second)) = (cleared(&first), cleared(&second))
            {
                return self.proportional(&first, &second).0.under(Rule::Equation);
            }
            return ruling.under(Rule::Equation);
        }
        if let Some(ruling) = self.regions(reference, given) {
            return ruling;
        }
        if mine.is_some() && theirs.is_some() {
            return Ruling::different(Rule::Label);
        }
        self.term_by_term(one, two)
    }

    /// A relation against something else.
    fn one_sided(&mut self, relation: &Relation, whole: &Answer, other: &Answer, first: bool) -> Ruling {
        if let Some((_, values)) = self.named(relation) {
            let other = [other.clone()];
            let ruling = if first { self.any_of(&values, &other) } else { self.any_of(&other, &values) };
            return ruling.under(if ruling.rule == Rule::Value { Rule::Label } else { ruling.rule });
        }
        let ruling = if first { self.regions(whole, other) } else { self.regions(other, whole) };
        if let Some(ruling) = ruling {
            return ruling;
        }
        if let Some(interval) = interval(relation) {
            return if first { self.compare(&interval, other) } else { self.compare(other, &interval) };
        }
        if let (Answer::Quantity(quantity), Some(difference)) = (other, difference(relation))
            && *relation.signs == [Relator::Equal]
        {
            return self.solves(&difference, &quantity.value);
        }
        if let Answer::List { items, .. } | Answer::Set(items) = other
            && let [item] = &**items
        {
            return if first { self.compare(whole, item) } else { self.compare(item, whole) };
        }
        Ruling::different(Rule::Kind)
    }

    /// Whether an equation is `y = expression` but for a factor that has no `y`: `xy = 6` and `6/x`. `y` is the one letter that the expression lacks.
    fn solves(&mut self, difference: &Expr, value: &Expr) -> Ruling {
        let (mine, theirs) = (difference.symbols(), value.symbols());
        let mut missing = mine.iter().filter(|name| !theirs.contains(*name));
        let (Some(name), None) = (missing.next(), missing.next()) else { return Ruling::different(Rule::Kind) };
        if &**name != "y" || theirs.is_empty() || !theirs.iter().all(|name| mine.contains(name)) {
            return Ruling::different(Rule::Kind);
        }
        let at = |of: &Expr, value: &Expr| substitute(of, &|symbol| (symbol == &**name).then(|| value.clone()));
        // Linear in y: its values at 0, 1 and 2 lie on a line; and y = value makes it zero.
        let [zero, one, two] = [0, 1, 2].map(|point| at(difference, &Expr::integer(point)));
        let bend = Expr::sum([zero, Expr::product([Expr::integer(-2), one]), two]);
        let nothing = Expr::integer(0);
        if !self.values(&bend, &nothing).is_equal() {
            return Ruling::different(Rule::Kind);
        }
        Ruling::decided(self.values(&at(difference, value), &nothing), Rule::Equation)
    }

    /// The values that a relation gives a name, with that name: `x = 1/3 \approx 0.33`. Without a name, those of a true chain of numbers.
    fn named(&mut self, relation: &Relation) -> Option<(Option<Answer>, Vec<Answer>)> {
        let (name, values) = naming(relation)?;
        if name.is_none() && !values.iter().all(is_constant) {
            return None;
        }
        // All the values must be the same, but for rounding behind `\approx`.
        let from = relation.terms.len() - values.len();
        for (at, pair) in values.windows(2).enumerate() {
            let [one, two] = pair else { continue };
            let approximate = relation.signs.get(from + at) == Some(&Relator::Approximately);
            if !approximate && self.compare(one, two).is_different() && self.compare(two, one).is_different() {
                return None;
            }
        }
        Some((name, values))
    }

    /// The first values, or the last ones: those are rounded or simplified.
    fn any_of(&mut self, reference: &[Answer], given: &[Answer]) -> Ruling {
        let mut best: Option<Ruling> = None;
        let ends = |values: &[Answer]| {
            let last = if values.len() > 1 { values.last() } else { None };
            values.first().into_iter().chain(last).cloned().collect::<Vec<_>>()
        };
        for one in ends(reference) {
            for two in ends(given) {
                let ruling = self.compare(&one, &two);
                if ruling.is_equal() {
                    return ruling;
                }
                best = Some(match best {
                    Some(before) if before.outcome == super::Outcome::Undecided => before,
                    _ => ruling,
                });
            }
        }
        best.unwrap_or(Ruling::different(Rule::Kind))
    }

    /// Whether two expressions are the same but for a number, and the sign of that number.
    pub(super) fn proportional(&mut self, one: &Expr, two: &Expr) -> (Ruling, Option<Ordering>) {
        if one.symbols() != two.symbols() {
            return (Ruling::different(Rule::Equation), None);
        }
        let plain = self.values(one, two);
        if plain.is_equal() {
            return (Ruling::decided(plain, Rule::Equation), Some(Ordering::Greater));
        }
        // one(x) · two(p) = two(x) · one(p) for a fixed point p of generic numbers.
        let names = one.symbols();
        let point = |name: &str| {
            let at = names.iter().position(|other| &**other == name)?;
            let at = i64::try_from(at).ok()?;
            Some(Expr::Number(Rational::new((17 + 12 * at).into(), (13 + 2 * at).into())))
        };
        let (at_one, at_two) = (substitute(one, &point), substitute(two, &point));
        let left = Expr::product([one.clone(), at_two.clone()]);
        let right = Expr::product([two.clone(), at_one.clone()]);
        if self.values(&at_one, &Expr::integer(0)).is_equal() || self.values(&at_two, &Expr::integer(0)).is_equal() {
            return (Ruling::different(Rule::Equation), None);
        }
        let decision = self.values(&left, &right);
        let ratio = if decision.is_equal() { sign(&Expr::product([at_one, at_two]), self.steps).ok() } else { None };
        (Ruling::decided(decision, Rule::Equation), ratio)
    }

    /// `x \equiv 3 \pmod 7`.
    fn residues(&mut self, one: &Relation, two: &Relation, first: &Expr, second: &Expr) -> Ruling {
        let modulus = self.values(first, second);
        if !modulus.is_equal() {
            return Ruling::decided(modulus, Rule::Relation);
        }
        if one.terms.len() != two.terms.len() {
            return Ruling::different(Rule::Count);
        }
        let mut last = Ruling::of(true, Rule::Relation);
        for (mine, theirs) in one.terms.iter().zip(&two.terms) {
            last = self.compare(mine, theirs).under(Rule::Relation);
            if last.is_equal() {
                continue;
            }
            let (Some(Expr::Number(mine)), Some(Expr::Number(theirs)), Expr::Number(modulus)) = (scalar(mine), scalar(theirs), first)
            else {
                return last;
            };
            if !((mine - theirs) / modulus).is_integer() {
                return last;
            }
            last = Ruling::of(true, Rule::Relation);
        }
        last
    }

    /// Inequalities of several letters up to a positive factor; all else with the same terms and signs, or both turned round.
    fn term_by_term(&mut self, one: &Relation, two: &Relation) -> Ruling {
        if one.terms.len() != two.terms.len() {
            return Ruling::different(Rule::Relation);
        }
        let turned = Relation {
            terms: two.terms.iter().rev().cloned().collect(),
            signs: two.signs.iter().rev().map(|sign| mirrored(*sign)).collect(),
            modulus: two.modulus.clone(),
        };
        let mut last = Ruling::different(Rule::Relation);
        for other in [two, &turned] {
            if one.signs == other.signs {
                last = self.in_order(&one.terms, &other.terms, Rule::Relation);
                if !last.is_different() {
                    return last;
                }
                if let (Some(first), Some(second)) = (difference(one), difference(other))
                    && is_inequality(one)
                {
                    let (ruling, sign) = self.proportional(&first, &second);
                    if ruling.is_equal() && sign == Some(Ordering::Greater) {
                        return ruling.under(Rule::Relation);
                    }
                }
            }
        }
        // Equalities of chains hold in any order.
        if one.signs.iter().all(|sign| *sign == Relator::Equal) && one.signs == two.signs {
            return self.matched(&one.terms, &two.terms, false).under(Rule::Relation);
        }
        last
    }
}

/// Whether a term is divided by letters.
fn has_divisors(of: &Expr) -> bool {
    divisors(of).is_none_or(|divisors| !divisors.is_empty())
}

/// What the terms are divided by, with the largest power of each; `None` if that is more than is looked at.
fn divisors(of: &Expr) -> Option<Vec<(Expr, i64)>> {
    const MAX_DIVISORS: usize = 16;
    fn see(of: &Expr, found: &mut Vec<(Expr, i64)>) -> Option<()> {
        match of {
            Expr::Sum(parts) | Expr::Product(parts) => parts.iter().try_for_each(|part| see(part, found)),
            Expr::Power(power) => {
                let Expr::Number(exponent) = &power.1 else { return Some(()) };
                if !exponent.is_integer() || !num_traits::Signed::is_negative(exponent) || power.0.symbols().is_empty() {
                    return Some(());
                }
                let times = i64::try_from(-exponent.to_integer()).ok().filter(|times| *times <= 64)?;
                if let Some((_, largest)) = found.iter_mut().find(|(base, _)| *base == power.0) {
                    *largest = (*largest).max(times);
                } else {
                    found.push((power.0.clone(), times));
                }
                (found.len() <= MAX_DIVISORS).then_some(())
            }
            _ => Some(()),
        }
    }
    let mut found = Vec::new();
    see(of, &mut found)?;
    Some(found)
}

/// The expression times all that its terms are divided by: an equation of it says the same wherever it has a meaning.
fn cleared(of: &Expr) -> Option<Expr> {
    let divisors = divisors(of)?.into_iter().map(|(base, times)| Expr::power(base, Expr::integer(times)));
    Some(Expr::product(std::iter::once(of.clone()).chain(divisors)))
}

/// Left side less right side of a relation between two expressions.
pub(super) fn difference(relation: &Relation) -> Option<Expr> {
    let [left, right] = &*relation.terms else { return None };
    Some(Expr::sum([scalar(left)?, scalar(right)?.negated()]))
}

pub(super) fn is_inequality(relation: &Relation) -> bool {
    relation.signs.iter().all(|sign| matches!(sign, Relator::Less | Relator::LessOrEqual | Relator::Greater | Relator::GreaterOrEqual))
}

/// The sign read from the right.
pub(super) const fn mirrored(sign: Relator) -> Relator {
    match sign {
        Relator::Less => Relator::Greater,
        Relator::LessOrEqual => Relator::GreaterOrEqual,
        Relator::Greater => Relator::Less,
        Relator::GreaterOrEqual => Relator::LessOrEqual,
        Relator::Subset => Relator::Superset,
        Relator::SubsetOrEqual => Relator::SupersetOrEqual,
        Relator::Superset => Relator::Subset,
        Relator::SupersetOrEqual => Relator::SubsetOrEqual,
        other => other,
    }
}

/// `a < x \le b` as an interval, also where `a` and `b` have letters.
fn interval(relation: &Relation) -> Option<Answer> {
    use crate::answer::{Bracket, Sign};
    let bracket = |sign: Relator| if matches!(sign, Relator::Less | Relator::Greater) { Bracket::Round } else { Bracket::Square };
    if !is_inequality(relation) {
        return None;
    }
    let upward = |sign: &Relator| matches!(sign, Relator::Less | Relator::LessOrEqual);
    let (terms, signs): (Vec<Answer>, Vec<Relator>) = if relation.signs.iter().all(upward) {
        (relation.terms.to_vec(), relation.signs.to_vec())
    } else if !relation.signs.iter().any(upward) {
        (relation.terms.iter().rev().cloned().collect(), relation.signs.iter().rev().map(|sign| mirrored(*sign)).collect())
    } else {
        return None;
    };
    let infinite = |sign: Sign| Answer::Infinity(Some(sign));
    let (low, open, high, close) = match (terms.as_slice(), signs.as_slice()) {
        ([low, middle, high], [first, second]) if is_name(middle) => (low.clone(), bracket(*first), high.clone(), bracket(*second)),
        ([name, high], [sign]) if is_name(name) => (infinite(Sign::Minus), Bracket::Round, high.clone(), bracket(*sign)),
        ([low, name], [sign]) if is_name(name) => (low.clone(), bracket(*sign), infinite(Sign::Plus), Bracket::Round),
        _ => return None,
    };
    Some(Answer::Bracketed { open, items: [low, high].into(), close })
}

/// What a relation that only names values consists of.
fn naming(relation: &Relation) -> Option<(Option<Answer>, Vec<Answer>)> {
    if !relation.signs.iter().all(|sign| is_naming(*sign)) {
        return None;
    }
    let (last, before) = relation.terms.split_last()?;
    let names = before.iter().take_while(|term| is_name(term) && !occurs(term, last)).count();
    if names == 0 {
        // `7 = x`, or a chain of numbers.
        let turned = before.len() == 1 && is_name(last) && before.first().is_some_and(|term| !occurs(last, term));
        if turned && relation.signs.first() != Some(&Relator::Member) {
            return Some((Some(last.clone()), before.to_vec()));
        }
        return Some((None, relation.terms.to_vec()));
    }
    // Several names (`x = y = 3`) are taken as the first.
    let name = before.first().cloned();
    Some((name, relation.terms.get(names..)?.to_vec()))
}

/// The label and the value of an item of a list.
pub(super) fn label(item: &Answer) -> Option<(Answer, Answer)> {
    let answer = normal(item);
    let Answer::Relation(relation) = answer.as_ref() else { return None };
    let (name, values) = naming(relation)?;
    Some((name?, values.into_iter().next()?))
}

/// Whether it can be what a value is called: a letter, a function of letters or numbers, a tuple of letters, words.
fn is_name(term: &Answer) -> bool {
    match term {
        Answer::Quantity(Quantity { value, percent: false, plus_minus: false, .. }) => match value {
            Expr::Symbol(_) => true,
            Expr::Call(Function::Apply, parts) => parts.iter().all(|part| matches!(part, Expr::Symbol(_) | Expr::Number(_))),
            // What is asked of an angle: `\sin \alpha = 3/5`.
            Expr::Call(Function::Sin | Function::Cos | Function::Tan, parts) => matches!(&**parts, [Expr::Symbol(_)]),
            // Names of several letters: `AB = 4`, and segments or angles.
            Expr::Product(parts) if matches!(&**parts, [Expr::Symbol(change), Expr::Symbol(_)] if &**change == "Delta") => true,
            Expr::Product(parts) => {
                let figure = matches!(parts.first(), Some(Expr::Symbol(sign)) if matches!(&**sign, "angle" | "triangle"));
                parts.len() <= 4 + usize::from(figure)
                    && parts
                        .iter()
                        .skip(usize::from(figure))
                        .all(|part| matches!(part, Expr::Symbol(name) if name.starts_with(|letter: char| letter.is_ascii_uppercase())))
            }
            _ => false,
        },
        Answer::Bracketed { items, .. } => items.iter().all(is_name),
        Answer::Text(_) | Answer::Choice { content: None, .. } => true,
        _ => false,
    }
}

/// Whether a letter of the name is in the value: then it is no name but an unknown. The arguments of functions are no such letters.
fn occurs(name: &Answer, value: &Answer) -> bool {
    let mut names = Vec::new();
    collect_names(name, &mut names);
    if names.is_empty() {
        return false;
    }
    let within = |of: &Expr| {
        let mut found = false;
        of.visit(&mut |part| found |= matches!(part, Expr::Symbol(symbol) if names.contains(symbol)));
        found
    };
    match value {
        Answer::Quantity(quantity) => within(&quantity.value),
        Answer::Bracketed { items, .. } | Answer::List { items, .. } | Answer::Set(items) => items.iter().any(|item| occurs(name, item)),
        _ => false,
    }
}

fn collect_names(name: &Answer, names: &mut Vec<Arc<str>>) {
    match name {
        Answer::Quantity(quantity) => match &quantity.value {
            Expr::Symbol(symbol) => names.push(Arc::clone(symbol)),
            Expr::Call(Function::Apply, parts) => {
                if let Some(Expr::Symbol(symbol)) = parts.first() {
                    names.push(Arc::clone(symbol));
                }
            }
            _ => {}
        },
        Answer::Bracketed { items, .. } => items.iter().for_each(|item| collect_names(item, names)),
        _ => {}
    }
}

fn is_constant(answer: &Answer) -> bool {
    match answer {
        Answer::Quantity(quantity) => quantity.value.symbols().iter().all(|name| &**name == crate::answer::DEGREE),
        Answer::Text(_) | Answer::Choice { .. } => false,
        _ => true,
    }
}

/// Whether two labels name the same: alike, the same function of other letters, a function's value (`y` and `f(x)`), or a name with a subscript left
/// out.
pub(super) fn same_label(one: &Answer, two: &Answer) -> bool {
    if one == two {
        return true;
    }
    let value = |answer: &Answer| match answer {
        Answer::Quantity(quantity) => Some(quantity.value.clone()),
        _ => None,
    };
    match (value(one), value(two)) {
        (Some(Expr::Symbol(one)), Some(Expr::Symbol(two))) => {
            let stem = |name: &str| name.split(['_', '\'']).next().unwrap_or_default().to_owned();
            let whole = |name: &str| stem(name).len() == name.len();
            stem(&one) == stem(&two) && (whole(&one) || whole(&two))
        }
        (Some(Expr::Call(Function::Apply, one)), Some(Expr::Call(Function::Apply, two))) => {
            one.first() == two.first()
                && one.len() == two.len()
                && one
                    .iter()
                    .zip(two.iter())
                    .skip(1)
                    .all(|(one, two)| one == two || matches!((one, two), (Expr::Symbol(_), Expr::Symbol(_))))
        }
        (Some(Expr::Symbol(name)), Some(Expr::Call(Function::Apply, parts)))
        | (Some(Expr::Call(Function::Apply, parts)), Some(Expr::Symbol(name))) => {
            &*name == "y" && parts.len() == 2 || parts.first() == Some(&Expr::Symbol(name))
        }
        (None, None) => matches!((one, two), (Answer::Text(one), Answer::Text(two)) if one.eq_ignore_ascii_case(two)),
        _ => false,
    }
}

/// The value with the letters of the reference's function: `f(m) = 2m` under `f(n)` is `2n`.
fn renamed(name: &Answer, other: &Answer, value: &Answer) -> Answer {
    let letters = |answer: &Answer| match answer {
        Answer::Quantity(Quantity { value: Expr::Call(Function::Apply, parts), .. }) => parts.iter().skip(1).cloned().collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    let (mine, theirs) = (letters(name), letters(other));
    if mine == theirs || mine.len() != theirs.len() {
        return value.clone();
    }
    let by = |symbol: &str| {
        let at = theirs.iter().position(|other| matches!(other, Expr::Symbol(other) if &**other == symbol))?;
        mine.get(at).cloned()
    };
    match value {
        Answer::Quantity(quantity) => Answer::Quantity(Quantity { value: substitute(&quantity.value, &by), ..quantity.clone() }),
        other => other.clone(),
    }
}
