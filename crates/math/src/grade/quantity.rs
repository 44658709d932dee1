//! Quantities: values, percent signs, decimals, units.

use super::normal::without_degrees;
use super::{Grader, Rule, Ruling, Units, divisor, selection};
use crate::answer::{DEGREE, Quantity, Unit, Written};
use crate::equal::{Decision, How, Symbols, Why, equal, equal_for, rounds_to};
use crate::expr::{Constant, Expr, Function, Rational};
use crate::units::{Measure, measure};
use num_traits::Signed;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::sync::Arc;

/// Decimals of more digits are not rounded: nobody measured them.
const MAX_ROUNDED_DIGITS: u32 = 500;

impl Grader<'_> {
    /// Two expressions, by value.
    pub(super) fn values(&mut self, one: &Expr, two: &Expr) -> Decision {
        // A series or a limit against an expression without any: nothing here tells.
        let decision = if has_series(one) == has_series(two) { equal(one, two, self.steps) } else { Decision::Undecided(Why::NoValue) };
        if matches!(decision, Decision::Different(How::Rational | How::GaussianRational | How::Separated { .. })) || decision.is_equal() {
            return decision;
        }
        if let Decision::Undecided(Why::NoValue) = decision
            && let Some(other) = self.opaque(one, two)
        {
            return other;
        }
        // Roots and logarithms of letters: what the letters stand for is mostly positive, and no answer says so.
        let roots = |of: &Expr| {
            let mut found = false;
            of.visit(&mut |part| match part {
                Expr::Power(power) => found |= !matches!(&power.1, Expr::Number(exponent) if exponent.is_integer()),
                Expr::Call(Function::Log, _) => found = true,
                _ => {}
            });
            found
        };
        if (roots(one) || roots(two)) && !one.uses(Function::Abs) && !two.uses(Function::Abs) && !one.symbols().is_empty() {
            let positive = equal_for(one, two, Symbols::Positive, self.steps);
            if positive.is_equal() || decision.is_different() {
                return positive;
            }
        }
        decision
    }

    /// Two quantities.
    pub(super) fn quantities(&mut self, reference: &Quantity, given: &Quantity) -> Ruling {
        if self.policy.require_reduced && matches!(given.written, Written::Fraction { reduced: false } | Written::Mixed { reduced: false })
        {
            return Ruling::different(Rule::NotReduced);
        }
        let (one, two) = (without_degrees_if(reference, given), without_degrees_if(given, reference));
        if let (Expr::Number(one), Expr::Number(two)) = (&*one, &*two)
            && reference.percent == given.percent
            && one == two
            && reference.unit == given.unit
            && reference.currency == given.currency
        {
            return Ruling::decided(Decision::Equal(How::Rational), Rule::Value);
        }
        match (reference.percent, given.percent) {
            (false, false) => self.measured(reference, given, &one, &two),
            (true, true) => self.close(reference, &one, &two, 0),
            // A reference with a percent sign says that the answer is a percentage: the sign may be left out.
            (true, false) => {
                let ruling = self.close(reference, &one, &two, 0);
                if ruling.is_equal() {
                    ruling.under(Rule::Percent)
                } else {
                    self.close(reference, &hundredth(&one), &two, 2).under(Rule::Percent)
                }
            }
            (false, true) => {
                if self.policy.percent {
                    let ruling = self.close(reference, &one, &two, 0);
                    if ruling.is_equal() {
                        return ruling.under(Rule::Percent);
                    }
                }
                self.close(reference, &one, &hundredth(&two), 0).under(Rule::Percent)
            }
        }
    }

    fn measured(&mut self, reference: &Quantity, given: &Quantity, one: &Expr, two: &Expr) -> Ruling {
        let plain = reference.unit.is_none() && given.unit.is_none() && reference.currency == given.currency;
        if plain || self.policy.units == Units::Ignored || (reference.unit == given.unit && reference.currency == given.currency) {
            return self.close(reference, one, two, 0);
        }
        let (mine, theirs) = (measure_of(reference), measure_of(given));
        // `10 m/s` in plain text is a product of letters, until a unit at the other side says what they are.
        if let (Some(_), None, Some(other)) = (&mine, &given.unit, letters_as_unit(given)) {
            return self.measured(reference, &other, one, &other.value);
        }
        if let (None, Some(_), Some(other)) = (&reference.unit, &theirs, letters_as_unit(reference)) {
            return self.measured(&other, given, &other.value, two);
        }
        if self.policy.units == Units::Required && mine.is_some() && theirs.is_none() {
            return Ruling::different(Rule::UnitMissing);
        }
        match (mine, theirs) {
            (Some(mine), Some(theirs)) => {
                if mine.dimension != theirs.dimension {
                    return Ruling::different(Rule::Dimension);
                }
                let converted = mine.from_base(theirs.to_base(two.clone()));
                self.close(reference, one, &converted, 0).under(Rule::Units)
            }
            // A unit was left out, or is one that nobody knows: the values decide. Angles with π are in radians.
            (Some(mine), None) => {
                if mine.pi != 0 && mentions_pi(two) {
                    return self.close(reference, one, &mine.from_base(two.clone()), 0).under(Rule::Units);
                }
                let ruling = self.close(reference, one, two, 0);
                if ruling.is_different() && mine.dimension.is_number() && mine.pi == 0 {
                    return self.close(reference, one, &mine.from_base(two.clone()), 0).under(Rule::Units);
                }
                ruling
            }
            (None, Some(theirs)) => {
                if theirs.pi != 0 && mentions_pi(one) {
                    return self.close(reference, one, &theirs.to_base(two.clone()), 0).under(Rule::Units);
                }
                let ruling = self.close(reference, one, two, 0);
                if ruling.is_different() && theirs.dimension.is_number() && theirs.pi == 0 {
                    return self.close(reference, one, &theirs.to_base(two.clone()), 0).under(Rule::Units);
                }
                ruling
            }
            (None, None) => self.close(reference, one, two, 0),
        }
    }

    /// Values, with the rounding of the reference's digits and the tolerance. `places` more digits stand behind the point than were written.
    fn close(&mut self, reference: &Quantity, one: &Expr, two: &Expr, places: i32) -> Ruling {
        let mut exact = self.values(one, two);
        if let Decision::Undecided(_) = exact
            && divisor::mentions(two)
            && !divisor::mentions(one)
            && let Some(resolved) = divisor::resolved(two)
        {
            exact = self.values(one, &resolved);
        }
        if exact.is_different()
            && let Some((one, two)) = counted(one, two)
        {
            exact = self.values(&one, &two);
        }
        if !exact.is_different() {
            return Ruling::decided(exact, Rule::Value);
        }
        if self.policy.rounding
            && let Written::Decimal { places: written, significant, .. } = reference.written
            && significant <= MAX_ROUNDED_DIGITS
            && let Expr::Number(decimal) = one
        {
            let rounded = rounds_to(two, decimal, written.saturating_add(places), self.steps);
            if rounded.is_equal() {
                return Ruling::decided(rounded, Rule::Rounding);
            }
        }
        if let Some(tolerance) = self.policy.tolerance.clone() {
            let difference = Expr::call(Function::Abs, Expr::sum([two.clone(), one.clone().negated()]));
            let relative = Expr::product([Expr::Number(tolerance.relative), Expr::call(Function::Abs, one.clone())]);
            for limit in [Expr::Number(tolerance.absolute), relative] {
                if matches!(&limit, Expr::Number(number) if !number.is_positive()) {
                    continue;
                }
                if let Ok(Ordering::Less | Ordering::Equal) = crate::equal::compare_real(&difference, &limit, self.steps) {
                    return Ruling::of(true, Rule::Tolerance);
                }
            }
        }
        Ruling::decided(exact, Rule::Value)
    }
}

/// Whether there are sums, products, limits or matrices in it, whose values are not known.
fn has_series(of: &Expr) -> bool {
    let mut found = false;
    of.visit(&mut |part| {
        if let Expr::Call(Function::Apply, parts) = part
            && let Some(Expr::Symbol(name)) = parts.first()
        {
            found |= matches!(&**name, "sum" | "prod" | "lim" | "matrix" | "bigcup" | "bigcap");
        }
    });
    found
}

/// The value, with degrees converted where the two are not written in the same way.
fn without_degrees_if<'a>(quantity: &'a Quantity, other: &Quantity) -> Cow<'a, Expr> {
    let degrees = |of: &Expr| {
        let mut found = false;
        of.visit(&mut |part| found |= matches!(part, Expr::Symbol(name) if &**name == DEGREE));
        found
    };
    let mine = matches!(quantity.value, Expr::Sum(_) | Expr::Product(_)) && degrees(&quantity.value);
    if mine && !degrees(&other.value) && other.unit.is_none() && !mentions_pi(&other.value) {
        // Degrees against a bare number: the sign was left out.
        let one = super::normal::substitute(&quantity.value, &|name| (name == DEGREE).then(|| Expr::integer(1)));
        return Cow::Owned(one);
    }
    if mine { without_degrees(&quantity.value) } else { Cow::Borrowed(&quantity.value) }
}

/// Numbers of ways worked out at one side, if the other is a number.
fn counted(one: &Expr, two: &Expr) -> Option<(Expr, Expr)> {
    match (one, two) {
        (Expr::Number(_), Expr::Number(_)) => None,
        (Expr::Number(_), _) if matches!(two, Expr::Power(_) | Expr::Product(_) | Expr::Sum(_)) => {
            Some((one.clone(), selection::counted(two)?)).filter(|(_, new)| new != two)
        }
        (_, Expr::Number(_)) if matches!(one, Expr::Power(_) | Expr::Product(_) | Expr::Sum(_)) => {
            Some((selection::counted(one)?, two.clone())).filter(|(new, _)| new != one)
        }
        _ => None,
    }
}

/// A number times letters that are all names of units, with these as its unit.
fn letters_as_unit(quantity: &Quantity) -> Option<Quantity> {
    if quantity.currency.is_some() || !matches!(quantity.value, Expr::Product(_)) {
        return None;
    }
    let (mut numbers, mut units) = (Vec::new(), Vec::new());
    part(&quantity.value, 1, &mut numbers, &mut units)?;
    if numbers.is_empty() || units.is_empty() || numbers.iter().any(|number| !number.symbols().is_empty()) {
        return None;
    }
    let unit = Unit(units.into());
    measure(&unit)?;
    Some(Quantity { value: Expr::product(numbers), unit: Some(unit), ..quantity.clone() })
}

/// The names of units in a product, and what is left.
fn part(of: &Expr, power: i32, numbers: &mut Vec<Expr>, units: &mut Vec<(Arc<str>, i32)>) -> Option<()> {
    const MAX_PARTS: usize = 8;
    if numbers.len() + units.len() > MAX_PARTS {
        return None;
    }
    match of {
        Expr::Product(factors) => factors.iter().try_for_each(|factor| part(factor, power, numbers, units))?,
        Expr::Symbol(name) => units.push((Arc::clone(name), power)),
        Expr::Power(raised) => match &raised.1 {
            Expr::Number(exponent) if exponent.is_integer() && !matches!(raised.0, Expr::Number(_)) => {
                let exponent = i32::try_from(exponent.to_integer()).ok()?;
                part(&raised.0, power.checked_mul(exponent)?, numbers, units)?;
            }
            _ => numbers.push(Expr::power(of.clone(), Expr::integer(power))),
        },
        _ => numbers.push(Expr::power(of.clone(), Expr::integer(power))),
    }
    Some(())
}

fn measure_of(quantity: &Quantity) -> Option<Measure> {
    match (&quantity.unit, quantity.currency) {
        (Some(unit), _) => measure(unit),
        (None, Some(currency)) => Some(Measure::of_currency(currency)),
        (None, None) => None,
    }
}

fn hundredth(of: &Expr) -> Expr {
    match of {
        Expr::Number(value) => Expr::Number(value / Rational::from_integer(100.into())),
        other => Expr::product([other.clone(), Expr::Number(Rational::new(1.into(), 100.into()))]),
    }
}

fn mentions_pi(of: &Expr) -> bool {
    let mut found = false;
    of.visit(&mut |part| found |= matches!(part, Expr::Constant(Constant::Pi)));
    found
}
