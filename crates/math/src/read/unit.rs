//! Units as text: `m/s^2`, `square feet`, `miles per hour`, `apples`. What a name means and how units convert is not known here.

use crate::answer::Unit;
use std::sync::Arc;

/// The longest unit, in bytes.
const MAX_BYTES: usize = 64;
/// The most words in a row that are one name.
const MAX_WORDS: usize = 3;

/// Units of two or three letters: what would else be a product of letters.
pub(super) fn is_short_unit(word: &str) -> bool {
    matches!(
        word,
        "mm" | "cm"
            | "dm"
            | "km"
            | "nm"
            | "pm"
            | "ft"
            | "in"
            | "yd"
            | "mi"
            | "mg"
            | "kg"
            | "lb"
            | "lbs"
            | "oz"
            | "ml"
            | "mL"
            | "dL"
            | "kL"
            | "cc"
            | "hr"
            | "hrs"
            | "min"
            | "sec"
            | "ms"
            | "mph"
            | "kph"
            | "Hz"
            | "kHz"
            | "MHz"
            | "GHz"
            | "kJ"
            | "kW"
            | "kWh"
            | "MW"
            | "eV"
            | "keV"
            | "MeV"
            | "GeV"
            | "Pa"
            | "kPa"
            | "MPa"
            | "atm"
            | "mol"
            | "rad"
            | "deg"
            | "cal"
            | "sq"
            | "cu"
            | "yr"
            | "yrs"
            | "km/h"
            | "bar"
            | "ohm"
            | "kV"
            | "mV"
            | "mA"
            | "pct"
            | "pts"
            | "fps"
            | "rpm"
            | "psi"
            | "gal"
            | "qt"
            | "ha"
            | "MB"
            | "GB"
    )
}

/// Collects the factors of a unit.
#[derive(Debug, Default)]
pub(super) struct Factors {
    factors: Vec<(Arc<str>, i32)>,
    /// -1 behind a stroke.
    direction: i32,
    /// The power that "square" or "cubic" announced.
    announced: i32,
}

impl Factors {
    pub(super) fn new() -> Self {
        Self { factors: Vec::new(), direction: 1, announced: 1 }
    }

    /// What follows is divided by, up to the end.
    pub(super) fn divide(&mut self) {
        self.direction = -1;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.factors.is_empty()
    }

    /// The last name has this power.
    pub(super) fn raise(&mut self, power: i32) {
        if let Some((_, last)) = self.factors.last_mut() {
            *last = last.saturating_mul(power);
        }
    }

    /// Everything in a text; `None` if it is no unit.
    pub(super) fn add_text(&mut self, text: &str) -> Option<()> {
        let text = text.trim_matches([' ', '~', '.', ',', '\\', '(', ')']);
        if text.is_empty() || text.len() > MAX_BYTES {
            return None;
        }
        let mut rest = text;
        let mut name = String::new();
        let mut words = 0;
        while let Some(first) = rest.chars().next() {
            if first.is_alphabetic() || matches!(first, '°' | '\'' | 'µ' | 'Ω') {
                let length = rest.find(|sign: char| !(sign.is_alphabetic() || matches!(sign, '°' | '\'' | '-'))).unwrap_or(rest.len());
                let (word, behind) = rest.split_at(length);
                rest = behind;
                match word {
                    "per" => {
                        self.name(&mut name)?;
                        words = 0;
                        self.divide();
                    }
                    "square" | "sq" | "Square" => self.announced = 2,
                    "cubic" | "cu" | "Cubic" => self.announced = 3,
                    "squared" => {
                        self.name(&mut name)?;
                        self.raise(2);
                    }
                    "cubed" => {
                        self.name(&mut name)?;
                        self.raise(3);
                    }
                    // What names no unit: an answer, not its measure.
                    "and" | "or" | "is" | "are" | "the" | "if" | "for" | "when" | "where" | "with" | "to" | "by" | "a" | "at" | "from"
                    | "which" | "that" | "not" | "only" => return None,
                    _ => {
                        words += 1;
                        if words > MAX_WORDS {
                            return None;
                        }
                        if !name.is_empty() {
                            name.push(' ');
                        }
                        name.push_str(word);
                    }
                }
                continue;
            }
            let length = first.len_utf8();
            match first {
                ' ' | '\n' | '\t' | '~' | '{' | '}' | '.' => rest = &rest[length..],
                '\\' => {
                    rest = rest
                        .strip_prefix("\\cdot")
                        .or_else(|| rest.strip_prefix("\\,"))
                        .or_else(|| rest.strip_prefix("\\ "))
                        .or_else(|| rest.strip_prefix("\\!"))?
                }
                '/' => {
                    self.name(&mut name)?;
                    words = 0;
                    self.divide();
                    rest = &rest[length..];
                }
                '*' | '·' | '⋅' => {
                    self.name(&mut name)?;
                    words = 0;
                    rest = &rest[length..];
                }
                '²' | '³' => {
                    self.name(&mut name)?;
                    self.raise(if first == '²' { 2 } else { 3 });
                    rest = &rest[length..];
                }
                '^' => {
                    self.name(&mut name)?;
                    words = 0;
                    let digits = rest[length..].trim_start_matches(['{', ' ']);
                    let end = digits.find(|sign: char| !(sign.is_ascii_digit() || sign == '-')).unwrap_or(digits.len());
                    self.raise(digits.get(..end)?.parse().ok()?);
                    rest = digits.get(end..)?;
                }
                _ => return None,
            }
        }
        self.name(&mut name)
    }

    /// Ends a name, if there is one.
    fn name(&mut self, name: &mut String) -> Option<()> {
        if !name.is_empty() {
            self.factors.push((name.as_str().into(), self.direction * self.announced));
            self.announced = 1;
            name.clear();
        }
        (!self.factors.is_empty()).then_some(())
    }

    pub(super) fn finish(self) -> Option<Unit> {
        (!self.factors.is_empty()).then(|| Unit(self.factors.into()))
    }
}
