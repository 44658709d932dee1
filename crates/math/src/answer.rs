//! Typed answers: what an answer is, before anything is said about what it equals.
//!
//! Scalars are [`Expr`]; everything else is a small tree over them. How a number was written is kept where a rule may ask for it (digits of a
//! decimal,
//! a fraction not reduced). Nothing here evaluates, converts units or compares by value; `==` is equality of what was read.
//!
//! Conventions inside an [`Expr`] that was read: [`PLUS_MINUS`] and [`MINUS_PLUS`] are symbols that stand for a sign, [`DEGREE`] is a symbol that
//! stands for
//! π/180, [`INFINITY`] for infinity where an expression needs it (bounds of sums). [`Function::Apply`](crate::expr::Function::Apply) is a function
//! nobody defined: `f(x)`; and by these
//! names what stands in an expression without being one: `sum`, `prod`, `lim` (body, index, bounds), `int` (body, variable, bounds), `matrix` and
//! `det` (rows, then entries), `()` and `{}`
//! (items), `<>`, `norm`, `gcd`, `lcm`, `!!`, `relation` (signs, then terms).

use crate::expr::{Expr, Rational};
use std::sync::Arc;

/// The symbol for "plus or minus": factor of what follows it.
pub const PLUS_MINUS: &str = "±";
/// The symbol for "minus or plus": the opposite of [`PLUS_MINUS`] in the same expression.
pub const MINUS_PLUS: &str = "∓";
/// The symbol for a degree of angle, as a factor. In arguments of trigonometric functions it is replaced by π/180 when read.
pub const DEGREE: &str = "°";
/// The symbol for infinity inside expressions.
pub const INFINITY: &str = "∞";

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A number or an expression, with or without a unit.
    Quantity(Quantity),
    /// Equations, inequalities, chains, memberships: `x = 1`, `0 < x \le 3`, `x \in S`.
    Relation(Relation),
    /// `(1, 2)`, `[1, 2)`, `⟨1, 2, 3⟩`: an ordered tuple or an interval, as the one who compares decides. At least two items: brackets around one
    /// group it.
    Bracketed {
        /// How it opens.
        open: Bracket,
        /// What is in it.
        items: Box<[Answer]>,
        /// How it closes.
        close: Bracket,
    },
    /// `\{1, 2\}`; the empty set has no items.
    Set(Box<[Answer]>),
    /// `\{x \mid x > 2\}`.
    SetBuilder(Box<(Answer, Answer)>),
    /// `1, 2 and 3`. At least two items.
    List {
        /// What was listed.
        items: Box<[Answer]>,
        /// What stood before the last item.
        separator: Separator,
    },
    /// Unions, intersections and differences of sets, from left to right. At least two parts.
    Sets {
        /// What is done.
        operation: SetOperation,
        /// With what.
        parts: Box<[Answer]>,
    },
    /// A set with a name of its own.
    NamedSet {
        /// Which.
        set: NamedSet,
        /// Which part of it.
        part: Part,
    },
    /// A matrix or a column; rows may differ in length as they were written.
    Matrix {
        /// The rows from above, entries from the left.
        rows: Box<[Box<[Answer]>]>,
        /// Whether it stood between bars: then it is the determinant.
        determinant: bool,
    },
    /// `\begin{cases}`: values with their conditions; a text as condition is "otherwise" or prose.
    Piecewise(Box<[(Answer, Option<Answer>)]>),
    /// An answer with a condition after "for", "where", "if" and the like.
    Given(Box<(Answer, Answer)>),
    /// `3:4:5`. What could be a time of day and does not say so is a ratio. At least two parts.
    Ratio(Box<[Answer]>),
    /// A letter of a multiple choice, upper case, with the text of the choice if it was repeated.
    Choice {
        /// `A` to `J`.
        letter: char,
        /// What stood behind it: `(C) 12`.
        content: Option<Box<Answer>>,
    },
    /// A time of day.
    Time(Time),
    /// A day.
    Date(Date),
    /// Infinity with its sign; `None` for `\pm\infty`.
    Infinity(Option<Sign>),
    /// A numeral with its base written out: `101_2`.
    Numeral {
        /// Its digits, most significant first, each below `base`; no leading zeros.
        digits: Arc<str>,
        /// 2 to 36.
        base: u32,
        /// Whether it is negative.
        negative: bool,
        /// Its value.
        value: Rational,
    },
    /// Whatever is none of these: lower case, without LaTeX, one space between words, no punctuation at its ends. May be empty.
    Text(Arc<str>),
}

/// A number or an expression as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// Its value before percent sign, currency and unit: `10\%` has 10.
    pub value: Expr,
    /// How the value was written.
    pub written: Written,
    /// Whether a percent sign followed.
    pub percent: bool,
    /// Whether [`PLUS_MINUS`] or [`MINUS_PLUS`] occurs in the value.
    pub plus_minus: bool,
    /// The currency it is in.
    pub currency: Option<Currency>,
    /// The unit; degrees of angle are the unit `°`.
    pub unit: Option<Unit>,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As an integer.
    Integer,
    /// With a decimal point or a power of ten. Its last digit counts `10^-places`.
    Decimal {
        /// Digits behind the point, less the power of ten; negative if the last digit counts tens or more.
        places: i32,
        /// Digits from the first that is not zero to the last; 1 at least.
        significant: u32,
        /// Whether a power of ten was written.
        scientific: bool,
    },
    /// A decimal with a repeating part.
    Repeating,
    /// `2\frac{1}{3}`.
    Mixed {
        /// Whether the fraction is in lowest terms and below one.
        reduced: bool,
    },
    /// One integer over another.
    Fraction {
        /// Whether in lowest terms with a denominator above one.
        reduced: bool,
    },
    /// As anything else.
    Expression,
}

/// A currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say all there is")]
pub enum Currency {
    Dollar,
    Cent,
    Euro,
    Pound,
    Yen,
    Rupee,
}

/// A unit: names as they were written, case kept, with their powers: `m/s^2` is `[("m", 1), ("s", -2)]`, `square feet` is `[("feet", 2)]`. A name is
/// whatever
/// stood there: `apples` is one too, and may hold spaces. At least one factor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit(pub Box<[(Arc<str>, i32)]>);

/// A chain of terms and the signs between them: one sign less than terms, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// What stands between the signs.
    pub terms: Box<[Answer]>,
    /// The signs from the left.
    pub signs: Box<[Relator]>,
    /// `n` of a trailing `\pmod{n}`.
    pub modulus: Option<Expr>,
}

/// What stands between two terms of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say all there is")]
pub enum Relator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Approximately,
    /// `\equiv`.
    Equivalent,
    /// `\in`.
    Member,
    /// `\notin`.
    NotMember,
    /// `\subset`.
    Subset,
    /// `\subseteq`.
    SubsetOrEqual,
    /// `\supset`.
    Superset,
    /// `\supseteq`.
    SupersetOrEqual,
    /// `\to` and other single arrows, `\mapsto`.
    To,
    /// `\Rightarrow`, `\implies`.
    Implies,
    /// `\iff`.
    Iff,
    /// `\propto`.
    Proportional,
    /// `\sim`.
    Similar,
    /// `\cong`.
    Congruent,
    /// `\parallel`.
    Parallel,
    /// `\perp`.
    Perpendicular,
    /// `\mid` between numbers.
    Divides,
}

/// A bracket around items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bracket {
    /// `(` or `)`: open end of an interval.
    Round,
    /// `[` or `]` turned towards the items: closed end of an interval. `]1, 2[` is read as [`Round`](Self::Round).
    Square,
    /// `⟨` or `⟩`.
    Angle,
}

/// What separated the last two items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Separator {
    /// A comma, or a line's end.
    Comma,
    /// A semicolon.
    Semicolon,
    /// "and".
    And,
    /// "or": also of what may be guesses.
    Or,
}

/// What is done with sets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say all there is")]
pub enum SetOperation {
    Union,
    Intersection,
    Difference,
}

/// A set that has a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say all there is")]
pub enum NamedSet {
    Naturals,
    Integers,
    Rationals,
    Reals,
    Complex,
    Primes,
}

/// Which part of a [`NamedSet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// All of it.
    All,
    /// What is above zero: `\mathbb{R}^+`.
    Positive,
    /// What is below zero.
    Negative,
    /// Zero and what is above it: `\mathbb{N}_0`.
    NonNegative,
    /// All but zero: `\mathbb{R}^*`.
    NonZero,
}

/// A sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names say all there is")]
pub enum Sign {
    Plus,
    Minus,
}

/// A time of day as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Time {
    /// 0 to 24; with a half of the day 1 to 12.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59.
    pub second: u8,
    /// Half of the day, if it says so: `Some(true)` is p.m.
    pub afternoon: Option<bool>,
}

/// A day of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// The year, if it says so.
    pub year: Option<u16>,
    /// 1 to 12.
    pub month: u8,
    /// 1 to 31; not checked against the month.
    pub day: u8,
}

impl Answer {
    /// The answer that is only this expression.
    pub fn expression(value: Expr) -> Self {
        Self::Quantity(Quantity::plain(value, Written::Expression))
    }

    /// The expression, if it is nothing but one: no percent sign, currency, unit or choice of signs.
    pub fn as_expression(&self) -> Option<&Expr> {
        match self {
            Self::Quantity(Quantity { value, percent: false, plus_minus: false, currency: None, unit: None, .. }) => Some(value),
            _ => None,
        }
    }
}

impl Quantity {
    /// A value without percent sign, currency and unit.
    pub fn plain(value: Expr, written: Written) -> Self {
        Self { value, written, percent: false, plus_minus: false, currency: None, unit: None }
    }

    /// The two values that a choice of signs stands for, the upper signs first; `None` if there is no such choice.
    pub fn both_signs(&self) -> Option<[Self; 2]> {
        let with = |sign: i64| Self { value: choose(&self.value, sign), plus_minus: false, ..self.clone() };
        self.plus_minus.then(|| [with(1), with(-1)])
    }
}

/// With 1 for the upper signs, -1 for the lower ones. No deeper than the expression, which its reader bounds.
fn choose(of: &Expr, sign: i64) -> Expr {
    let all = |parts: &[Expr]| parts.iter().map(|part| choose(part, sign)).collect::<Vec<_>>();
    match of {
        Expr::Symbol(name) if &**name == PLUS_MINUS => Expr::integer(sign),
        Expr::Symbol(name) if &**name == MINUS_PLUS => Expr::integer(-sign),
        Expr::Number(_) | Expr::Constant(_) | Expr::Symbol(_) => of.clone(),
        Expr::Sum(terms) => Expr::sum(all(terms)),
        Expr::Product(factors) => Expr::product(all(factors)),
        Expr::Power(power) => Expr::power(choose(&power.0, sign), choose(&power.1, sign)),
        Expr::Call(function, parts) => Expr::Call(*function, all(parts).into()),
    }
}
