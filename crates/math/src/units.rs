//! Units: what their names stand for, by dimension and scale.
//!
//! [`measure`] turns the unit of a quantity into a scale to SI's base units and a dimension. Scales are exact: rational numbers times a power of π for
//! angles. Names that are no units (`apples`, `square units`) have no measure; what that means for an answer is the caller's to say. Nothing here
//! rounds or evaluates expressions.
//!
//! Sources of the factors: the SI brochure (BIPM, 9th edition, 2019), NIST SP 811 (2008), appendix B, for units outside of the SI; both are in the
//! public domain or free to use. Customary volumes are those of the United States. Months and years are a dimension of their own: how many days they
//! have, nobody said.

mod table;

use crate::answer::{Currency, Unit};
use crate::expr::{Constant, Expr, Rational};
use num_bigint::BigInt;
use num_traits::{One, Pow, Signed, Zero};
use table::{Entry, Prefixes, TABLE};

/// Powers of the base units: metre, kilogram, second, ampere, kelvin, mole, candela, bit, month, then the currencies in [`Currency`]'s order without
/// cents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dimension([i16; Dimension::BASES]);

impl Dimension {
    const BASES: usize = 14;
    /// The place of the first currency.
    const MONEY: usize = 9;

    const fn of(powers: &[(usize, i16)]) -> Self {
        let mut all = [0; Self::BASES];
        let mut at = 0;
        while at < powers.len() {
            all[powers[at].0] = powers[at].1;
            at += 1;
        }
        Self(all)
    }

    /// Whether it is that of a number.
    pub fn is_number(&self) -> bool {
        self.0.iter().all(|power| *power == 0)
    }

    fn times(mut self, other: Self, power: i16) -> Self {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            *mine = mine.saturating_add(theirs.saturating_mul(power));
        }
        self
    }
}

/// What a unit measures, and its size in base units: a value `v` of it is `v · scale · π^pi + offset` of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// What is measured.
    pub dimension: Dimension,
    /// The rational factor; above zero.
    pub scale: Rational,
    /// The power of π in the factor.
    pub pi: i32,
    /// What is added: of degrees Celsius and Fahrenheit.
    pub offset: Rational,
}

/// Powers of units beyond this are not looked at.
const MAX_POWER: i32 = 12;
/// The most factors of a unit.
const MAX_FACTORS: usize = 8;

impl Measure {
    fn one() -> Self {
        Self { dimension: Dimension::default(), scale: Rational::one(), pi: 0, offset: Rational::zero() }
    }

    /// That of a currency: dollars and cents are the same money.
    pub fn of_currency(currency: Currency) -> Self {
        let (place, cents) = match currency {
            Currency::Dollar => (0, 1),
            Currency::Cent => (0, 100),
            Currency::Euro => (1, 1),
            Currency::Pound => (2, 1),
            Currency::Yen => (3, 1),
            Currency::Rupee => (4, 1),
        };
        let dimension = Dimension::of(&[(Dimension::MONEY + place, 1)]);
        Self { dimension, scale: Rational::new(BigInt::one(), cents.into()), ..Self::one() }
    }

    /// Whether a value in this unit is the same number in base units.
    pub fn is_base(&self) -> bool {
        self.scale.is_one() && self.pi == 0 && self.offset.is_zero()
    }

    /// A value in this unit, in base units.
    pub fn to_base(&self, value: Expr) -> Expr {
        if self.is_base() {
            return value;
        }
        let scaled = Expr::product([value, Expr::Number(self.scale.clone()), self.power_of_pi(self.pi)]);
        Expr::sum([scaled, Expr::Number(self.offset.clone())])
    }

    /// A value in base units, in this one.
    pub fn from_base(&self, value: Expr) -> Expr {
        if self.is_base() {
            return value;
        }
        let shifted = Expr::sum([value, Expr::Number(-self.offset.clone())]);
        Expr::product([shifted, Expr::Number(self.scale.recip()), self.power_of_pi(-self.pi)])
    }

    fn power_of_pi(&self, power: i32) -> Expr {
        Expr::power(Expr::Constant(Constant::Pi), Expr::integer(power))
    }

    fn times(&mut self, other: &Self, power: i32) -> Option<()> {
        let exponent = i16::try_from(power).ok()?;
        self.dimension = self.dimension.times(other.dimension, exponent);
        self.pi = self.pi.checked_add(other.pi.checked_mul(power)?)?;
        let factor = Pow::pow(&other.scale, power.unsigned_abs());
        if power < 0 {
            self.scale /= factor;
        } else {
            self.scale *= factor;
        }
        Some(())
    }
}

/// The measure of a unit; `None` if a name in it is none that is known.
pub fn measure(unit: &Unit) -> Option<Measure> {
    if let [(name, 1)] = &*unit.0
        && let Some(affine) = affine(name)
    {
        return Some(affine);
    }
    if unit.0.len() > MAX_FACTORS {
        return None;
    }
    let mut all = Measure::one();
    for (name, power) in &unit.0 {
        if power.abs() > MAX_POWER {
            return None;
        }
        if let Some(found) = named(name) {
            all.times(&found, *power)?;
            continue;
        }
        // Several words without an operator are factors, and the power is the last one's: `kg m^2`. All of them must be known.
        if name.split([' ', '-']).count() > MAX_FACTORS {
            return None;
        }
        let mut words = name.split([' ', '-']).filter(|word| !word.is_empty()).peekable();
        words.peek()?;
        while let Some(word) = words.next() {
            let power = if words.peek().is_none() { *power } else { power.signum() };
            all.times(&named(word)?, power)?;
        }
    }
    Some(all)
}

/// Scales whose zero is not that of the base unit.
fn affine(name: &str) -> Option<Measure> {
    let kelvin = Dimension::of(&[(4, 1)]);
    // 0 °C = 273.15 K; 0 °F = 459.67 · 5/9 K.
    let (scale, offset) = match name {
        "°C" | "degrees Celsius" | "degree Celsius" | "Celsius" | "celsius" | "degrees celsius" | "degrees C" => ((1, 1), (27_315, 100)),
        "°F" | "degrees Fahrenheit" | "degree Fahrenheit" | "Fahrenheit" | "fahrenheit" | "degrees fahrenheit" | "degrees F" => {
            ((5, 9), (45_967 * 5, 900))
        }
        _ => return None,
    };
    let ratio = |(over, under): (i64, i64)| Rational::new(over.into(), under.into());
    Some(Measure { dimension: kelvin, scale: ratio(scale), pi: 0, offset: ratio(offset) })
}

fn entry(name: &str) -> Option<&'static Entry> {
    TABLE.binary_search_by(|entry| entry.name.cmp(name)).ok().and_then(|at| TABLE.get(at))
}

/// The measure of one name: itself, with a prefix, in the plural, or with a capital.
fn named(name: &str) -> Option<Measure> {
    if name.len() > 40 {
        return None;
    }
    if let Some(found) = spelled(name) {
        return Some(found);
    }
    // Names of several letters, not symbols, may be written with capitals.
    let lower = name.to_lowercase();
    if name.chars().count() > 3 && lower != name { spelled(&lower) } else { None }
}

fn spelled(name: &str) -> Option<Measure> {
    let name = name.trim_end_matches('.');
    if let Some(found) = prefixed(name) {
        return Some(found);
    }
    let word = |stem: &str| if stem.chars().count() > 2 { prefixed(stem) } else { None };
    if let Some(stem) = name.strip_suffix("ies") {
        return word(&format!("{stem}y"));
    }
    let short = name.strip_suffix('s').and_then(word);
    short.or_else(|| name.strip_suffix("es").and_then(word))
}

/// Prefixes by symbol and by name, with their powers of ten.
const PREFIXES: [(&str, &str, i32); 17] = [
    ("da", "deca", 1),
    ("E", "exa", 18),
    ("G", "giga", 9),
    ("M", "mega", 6),
    ("P", "peta", 15),
    ("T", "tera", 12),
    ("c", "centi", -2),
    ("d", "deci", -1),
    ("f", "femto", -15),
    ("h", "hecto", 2),
    ("k", "kilo", 3),
    ("m", "milli", -3),
    ("n", "nano", -9),
    ("p", "pico", -12),
    ("µ", "micro", -6),
    ("μ", "micro", -6),
    ("a", "atto", -18),
];

fn prefixed(name: &str) -> Option<Measure> {
    if let Some(entry) = entry(name) {
        return Some(entry.measure(0));
    }
    PREFIXES.iter().find_map(|(symbol, word, power)| {
        let with = |prefix: &str, kind: Prefixes| {
            let entry = entry(name.strip_prefix(prefix)?)?;
            (entry.prefixes == kind).then(|| entry.measure(*power))
        };
        with(symbol, Prefixes::Symbol).or_else(|| with(word, Prefixes::Word))
    })
}

impl Entry {
    fn measure(&self, prefix: i32) -> Measure {
        let ten = i32::from(self.ten) + prefix;
        let power = BigInt::from(10).pow(ten.unsigned_abs());
        let (mut over, mut under) = (BigInt::from(self.over), BigInt::from(self.under));
        if ten < 0 {
            under *= power;
        } else {
            over *= power;
        }
        debug_assert!(over.is_positive());
        Measure { dimension: self.dimension, scale: Rational::new(over, under), pi: i32::from(self.pi), offset: Rational::zero() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(factors: &[(&str, i32)]) -> Unit {
        Unit(factors.iter().map(|(name, power)| ((*name).into(), *power)).collect())
    }

    #[track_caller]
    fn check(one: (i64, &[(&str, i32)]), two: (i64, &[(&str, i32)])) {
        let value = |(count, factors): (i64, &[(&str, i32)])| {
            let measure = measure(&unit(factors)).expect("known units");
            (measure.dimension, measure.pi, measure.scale * Rational::from_integer(count.into()) + measure.offset)
        };
        assert_eq!(value(one), value(two));
    }

    #[test]
    fn the_table_is_sorted_and_has_no_name_twice() {
        for pair in TABLE.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} {}", pair[0].name, pair[1].name);
        }
    }

    #[test]
    fn units_convert_exactly() {
        check((1, &[("km", 1)]), (1000, &[("metres", 1)]));
        check((36, &[("km", 1), ("h", -1)]), (10, &[("m", 1), ("s", -1)]));
        check((36, &[("kilometers", 1), ("hour", -1)]), (10, &[("meter", 1), ("second", -1)]));
        check((1, &[("N", 1)]), (1, &[("kg m", 1), ("s", -2)]));
        check((1, &[("J", 1)]), (1, &[("kg m", 2), ("s", -2)]));
        check((1, &[("mile", 1)]), (5280, &[("feet", 1)]));
        check((60, &[("mph", 1)]), (88, &[("ft", 1), ("s", -1)]));
        check((1, &[("gallon", 1)]), (4, &[("quarts", 1)]));
        check((1, &[("L", 1)]), (1000, &[("cm", 3)]));
        check((1, &[("hectare", 1)]), (10_000, &[("m", 2)]));
        check((1, &[("lb", 1)]), (16, &[("ounces", 1)]));
        check((2, &[("years", 1)]), (24, &[("months", 1)]));
        check((1, &[("week", 1)]), (7, &[("days", 1)]));
        check((180, &[("°", 1)]), (1, &[("half turn", 1)]));
        check((0, &[("°C", 1)]), (32, &[("°F", 1)]));
        check((-40, &[("°C", 1)]), (-40, &[("°F", 1)]));
        check((3, &[("million", 1)]), (3_000_000, &[("percent", 0)]));
        check((1, &[("µs", 1)]), (1000, &[("ns", 1)]));
        check((1, &[("kWh", 1)]), (3_600, &[("kJ", 1)]));
        check((1, &[("Miles", 1)]), (1, &[("mi", 1)]));
    }

    #[test]
    fn dimensions_and_strangers_are_told() {
        let dimension = |factors: &[(&str, i32)]| measure(&unit(factors)).map(|found| found.dimension);
        assert_ne!(dimension(&[("m", 1)]), dimension(&[("m", 2)]));
        assert_ne!(dimension(&[("kg", 1)]), dimension(&[("N", 1)]));
        assert_ne!(Some(Measure::of_currency(Currency::Dollar).dimension), dimension(&[("m", 1)]));
        for stranger in ["apples", "square units", "second graders", "chocolate bars", "points", "kmile", "mmin"] {
            assert_eq!(dimension(&[(stranger, 1)]), None, "{stranger}");
        }
        assert_eq!(dimension(&[("m", 1000)]), None);
    }
}
