//! Compares a given answer with a reference: values by [`equal`](crate::equal), and everything around them by rules of its own.
//!
//! What the two are decides which rule applies: quantities with percent signs, decimals and units; labels and equations; inequalities and intervals
//! as sets of real numbers; tuples in order, lists and sets without; matrices, ratios, choices, texts. The rules are described in
//! docs/grading-math.md. Nothing here finds or reads answers, and no clock decides: work is counted in [`Steps`].
//!
//! ```
//! use gavel_math::equal::Steps;
//! use gavel_math::grade::{Policy, grade};
//! use gavel_math::read::read;
//!
//! let ruling = grade(&read("36 km/h")?, &read("10 m/s")?, &Policy::default(), &mut Steps::default());
//! assert!(ruling.is_equal());
//! # Ok::<(), gavel_math::read::ReadError>(())
//! ```

mod bound;
mod collection;
#[cfg(test)]
mod corpus;
mod divisor;
mod linear;
mod normal;
mod opaque;
mod quantity;
mod region;
mod relation;
mod selection;
#[cfg(test)]
mod tests;
mod text;

use crate::answer::{Answer, Part};
use crate::equal::{Decision, How, Steps, Why};
use crate::expr::{Expr, Rational};
use std::borrow::Cow;
use std::fmt;

/// How strictly answers are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Whether order matters: `None` leaves it to the brackets, so that lists and sets have none and tuples have one.
    pub ordered: Option<bool>,
    /// Whether a decimal reference accepts what rounds to it at its last digit.
    pub rounding: bool,
    /// Whether a fraction must be in lowest terms.
    pub require_reduced: bool,
    /// What of units.
    pub units: Units,
    /// Whether the problem asks for percent: then `10` and `10%` are the same.
    pub percent: bool,
    /// How far from the reference a number may be.
    pub tolerance: Option<Tolerance>,
}

impl Default for Policy {
    fn default() -> Self {
        Self { ordered: None, rounding: true, require_reduced: false, units: Units::Optional, percent: false, tolerance: None }
    }
}

/// What is asked of units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Units {
    /// A unit may be left out; one that is written must have the right dimension.
    #[default]
    Optional,
    /// The reference's unit must not be left out.
    Required,
    /// Units are not looked at.
    Ignored,
}

/// A distance from the reference; whichever of the two is larger counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tolerance {
    /// In the reference's unit.
    pub absolute: Rational,
    /// As a part of the reference's size.
    pub relative: Rational,
}

/// What a comparison came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// They are equal.
    Equal,
    /// They differ.
    Different,
    /// It could not be told.
    Undecided,
}

/// The rule that decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[expect(missing_docs, reason = "their texts for people say what they are")]
pub enum Rule {
    WrittenAlike,
    Value,
    Rounding,
    Tolerance,
    Percent,
    Units,
    UnitMissing,
    Dimension,
    NotReduced,
    Label,
    Equation,
    Relation,
    RealSet,
    Interval,
    Tuple,
    Count,
    Elements,
    Matrix,
    Piecewise,
    Choice,
    Text,
    Infinity,
    NamedSet,
    Time,
    Ratio,
    Base,
    DecimalComma,
    Kind,
    TooMuch,
}

impl Rule {
    /// What was compared, for people.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WrittenAlike => "written alike",
            Self::Value => "values",
            Self::Rounding => "rounded to the digits of the reference",
            Self::Tolerance => "within the tolerance",
            Self::Percent => "percent",
            Self::Units => "converted to the reference's unit",
            Self::UnitMissing => "a unit is required",
            Self::Dimension => "dimension of the unit",
            Self::NotReduced => "a fraction in lowest terms is required",
            Self::Label => "labels of the values",
            Self::Equation => "equations up to a factor",
            Self::Relation => "relations term by term",
            Self::RealSet => "sets of real numbers",
            Self::Interval => "intervals by their ends",
            Self::Tuple => "entries in order",
            Self::Count => "number of values",
            Self::Elements => "values in any order",
            Self::Matrix => "entries of matrices",
            Self::Piecewise => "pieces and their conditions",
            Self::Choice => "choice letter",
            Self::Text => "text",
            Self::Infinity => "infinity",
            Self::NamedSet => "named sets",
            Self::Time => "time or date",
            Self::Ratio => "ratios",
            Self::Base => "numerals of a base",
            Self::DecimalComma => "a comma as decimal point",
            Self::Kind => "kinds of answer",
            Self::TooMuch => "more than is compared",
        }
    }
}

/// What was found, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Whether they are equal.
    pub outcome: Outcome,
    /// The rule that decided.
    pub rule: Rule,
    /// What decided about the last value that was compared.
    pub values: Option<Decision>,
}

impl Ruling {
    pub(crate) const fn new(outcome: Outcome, rule: Rule) -> Self {
        Self { outcome, rule, values: None }
    }

    const fn of(equal: bool, rule: Rule) -> Self {
        Self::new(if equal { Outcome::Equal } else { Outcome::Different }, rule)
    }

    const fn different(rule: Rule) -> Self {
        Self::new(Outcome::Different, rule)
    }

    const fn decided(decision: Decision, rule: Rule) -> Self {
        let outcome = match decision {
            Decision::Equal(_) => Outcome::Equal,
            Decision::Different(_) => Outcome::Different,
            Decision::Undecided(_) => Outcome::Undecided,
        };
        Self { outcome, rule, values: Some(decision) }
    }

    /// The same with the rule of what encloses it.
    const fn under(self, rule: Rule) -> Self {
        Self { rule, ..self }
    }

    /// Whether they are equal.
    pub const fn is_equal(self) -> bool {
        matches!(self.outcome, Outcome::Equal)
    }

    /// Whether they differ.
    pub const fn is_different(self) -> bool {
        matches!(self.outcome, Outcome::Different)
    }
}

impl fmt::Display for Ruling {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rule.name())?;
        match self.values {
            Some(Decision::Equal(How::Identical)) | None => Ok(()),
            Some(Decision::Equal(how) | Decision::Different(how)) => write!(f, " ({how})"),
            Some(Decision::Undecided(why)) => write!(f, " ({why})"),
        }
    }
}

/// Compares an answer with a reference.
pub fn grade(reference: &Answer, given: &Answer, policy: &Policy, steps: &mut Steps) -> Ruling {
    let mut grader = Grader { policy, steps, depth: 0, comparisons: MAX_COMPARISONS };
    grader.compare(reference, given)
}

/// How deep comparisons nest.
const MAX_DEPTH: u32 = 64;
/// How many pairs of answers are compared for one verdict.
const MAX_COMPARISONS: u32 = 20_000;

/// A comparison at work. The reference always comes first: only its decimals round.
struct Grader<'a> {
    policy: &'a Policy,
    steps: &'a mut Steps,
    depth: u32,
    comparisons: u32,
}

impl Grader<'_> {
    /// Compares two answers, or parts of them.
    fn compare(&mut self, reference: &Answer, given: &Answer) -> Ruling {
        let Some(left) = self.comparisons.checked_sub(1).filter(|_| self.depth < MAX_DEPTH) else {
            let why = Decision::Undecided(if self.depth < MAX_DEPTH { Why::Budget } else { Why::TooDeep });
            return Ruling::decided(why, Rule::TooMuch);
        };
        self.comparisons = left;
        self.depth += 1;
        let ruling = match (reference, given) {
            (Answer::Quantity(reference), Answer::Quantity(given)) if !reference.plus_minus && !given.plus_minus => {
                self.quantities(reference, given)
            }
            _ => self.compare_any(reference, given),
        };
        self.depth -= 1;
        ruling
    }

    fn compare_any(&mut self, reference: &Answer, given: &Answer) -> Ruling {
        if reference == given && !self.policy.require_reduced {
            return Ruling::of(true, Rule::WrittenAlike);
        }
        if let Some((reference, given)) = bound::aligned(reference, given) {
            return self.compare(&reference, &given);
        }
        let (reference, given) = (normal::normal(reference), normal::normal(given));
        if let (Answer::Quantity(reference), Answer::Quantity(given)) = (&*reference, &*given) {
            return self.quantities(reference, given);
        }
        self.kinds(&reference, &given)
    }

    /// Compares what is no pair of quantities, in normal form. The order of these rules matters: each speaks only of what those before it left.
    fn kinds(&mut self, reference: &Answer, given: &Answer) -> Ruling {
        use Answer as A;
        if let Some(ruling) = Self::several_choices(reference, given) {
            return ruling;
        }
        if matches!(reference, A::Choice { .. }) || matches!(given, A::Choice { .. }) {
            return self.choices(reference, given);
        }
        if let Some(ruling) = self.relations(reference, given) {
            return ruling;
        }
        match (reference, given) {
            (A::Text(_), _) | (_, A::Text(_)) => return self.texts(reference, given),
            (A::Infinity(one), A::Infinity(two)) => return Ruling::of(one == two, Rule::Infinity),
            (A::NamedSet { set, part }, A::NamedSet { set: other, part: of }) => {
                return Ruling::of(set == other && part == of, Rule::NamedSet);
            }
            // A set's letter without its style.
            (A::NamedSet { set, part: Part::All }, A::Quantity(quantity))
            | (A::Quantity(quantity), A::NamedSet { set, part: Part::All })
                if matches!(&quantity.value, Expr::Symbol(name) if crate::read::named_set(name) == Some(*set)) =>
            {
                return Ruling::of(true, Rule::NamedSet);
            }
            (A::Time(one), A::Time(two)) => {
                let same = (one.hour, one.minute, one.second) == (two.hour, two.minute, two.second);
                let unsaid = one.afternoon.is_none() || two.afternoon.is_none();
                return Ruling::of((same && unsaid) || text::on_the_day(one) == text::on_the_day(two), Rule::Time);
            }
            (A::Time(time), A::Ratio(parts)) | (A::Ratio(parts), A::Time(time)) => {
                return Ruling::of(text::is_time(parts, time), Rule::Time);
            }
            (A::Date(one), A::Date(two)) => {
                let years = one.year == two.year || one.year.is_none() || two.year.is_none();
                return Ruling::of(years && (one.month, one.day) == (two.month, two.day), Rule::Time);
            }
            (A::Numeral { .. }, A::Numeral { .. } | A::Quantity(_)) | (A::Quantity(_), A::Numeral { .. }) => {
                return self.numerals(reference, given);
            }
            (A::Ratio(one), A::Ratio(two)) => return self.ratios(one, two),
            (A::Ratio(parts), A::Quantity(_)) | (A::Quantity(_), A::Ratio(parts)) => {
                return match normal::quotient(parts) {
                    Some(quotient) if matches!(reference, A::Ratio(_)) => self.compare(&quotient, given).under(Rule::Ratio),
                    Some(quotient) => self.compare(reference, &quotient).under(Rule::Ratio),
                    None => Ruling::different(Rule::Kind),
                };
            }
            (A::Matrix { rows: one, determinant: false }, A::Matrix { rows: two, determinant: false }) => return self.matrices(one, two),
            (A::Piecewise(one), A::Piecewise(two)) => return self.pieces(one, two),
            _ => {}
        }
        if let Some(ruling) = self.tuples(reference, given) {
            return ruling;
        }
        if let Some(ruling) = self.regions(reference, given) {
            return ruling;
        }
        self.collections(reference, given)
    }

    fn numerals(&mut self, reference: &Answer, given: &Answer) -> Ruling {
        // Without its base a numeral has its digits; with it, its value.
        if let (Some(one), Some(two)) = (text::digits(reference), text::digits(given))
            && one == two
            && (matches!(reference, Answer::Quantity(_)) || matches!(given, Answer::Quantity(_)))
        {
            return Ruling::of(true, Rule::Base);
        }
        let value = |answer: &Answer| match answer {
            Answer::Numeral { value, .. } => Some(Answer::expression(Expr::Number(value.clone()))),
            Answer::Quantity(_) => Some(answer.clone()),
            _ => None,
        };
        match (value(reference), value(given)) {
            (Some(reference), Some(given)) => self.compare(&reference, &given).under(Rule::Base),
            _ => Ruling::different(Rule::Kind),
        }
    }

    fn ratios(&mut self, one: &[Answer], two: &[Answer]) -> Ruling {
        if one.len() != two.len() {
            return Ruling::different(Rule::Count);
        }
        let alike = self.in_order(one, two, Rule::Ratio);
        if !alike.is_different() {
            return alike;
        }
        let mut last = alike;
        let (Some(first), Some(other)) = (one.first(), two.first()) else { return alike };
        for (mine, theirs) in one.iter().zip(two).skip(1) {
            let (Some(left), Some(right)) = (normal::product(first, theirs), normal::product(other, mine)) else { return alike };
            // With a zero it is no ratio but a time or a score.
            let parts = [first, other, mine, theirs];
            if parts.iter().any(|part| part.as_expression().is_some_and(|value| value.is_number(0))) {
                return alike;
            }
            last = Ruling::decided(self.values(&left, &right), Rule::Ratio);
            if !last.is_equal() {
                return last;
            }
        }
        last
    }
}

/// An answer in normal form, borrowed where it already was.
type Normal<'a> = Cow<'a, Answer>;
