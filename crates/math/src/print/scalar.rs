//! Quantities as they were written: digits, mixed numbers, percent signs, currencies, units.

use super::{Fractions, Printer};
use crate::answer::{Currency, DEGREE, Quantity, Unit, Written};
use crate::expr::{Expr, Rational};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Pow, Signed, ToPrimitive, Zero};

impl Printer {
    pub(super) fn quantity(&mut self, quantity: &Quantity) {
        let degrees = matches!(&quantity.unit, Some(Unit(factors)) if matches!(&**factors, [(name, 1)] if &**name == DEGREE));
        let suffix = matches!(quantity.currency, Some(Currency::Cent | Currency::Rupee));
        let prefix = quantity.currency.filter(|_| !suffix);
        let marked = degrees || suffix || prefix.is_some() || quantity.percent || quantity.unit.is_some();
        let mut negative = false;
        let mut value = &quantity.value;
        let positive;
        if let Expr::Number(number) = value
            && number.is_negative()
        {
            negative = true;
            positive = Expr::Number(-number);
            value = &positive;
        }
        if negative {
            self.push("-");
        }
        if let Some(currency) = prefix {
            self.push(match currency {
                Currency::Dollar => "\\$",
                Currency::Euro => "€",
                Currency::Pound => "£",
                _ => "¥",
            });
        }
        // `2/7^\circ` would raise the seven only.
        let slashed = degrees && self.style.fractions == Fractions::Slash && matches!(quantity.written, Written::Fraction { .. });
        if slashed {
            self.push("(");
        }
        match value {
            Expr::Number(number) if self.literal(number, quantity.written) => {}
            Expr::Number(_) | Expr::Constant(_) => self.sum(value),
            value if marked => {
                self.open("(");
                self.sum(value);
                self.close(")");
            }
            value => self.sum(value),
        }
        if slashed {
            self.push(")");
        }
        if degrees {
            self.push("^{\\circ}");
        }
        if quantity.percent {
            self.push("\\%");
        }
        match quantity.currency {
            Some(Currency::Cent) => self.push(" \\text{ cents}"),
            Some(Currency::Rupee) => self.push(" \\text{ rupees}"),
            _ => {}
        }
        if let Some(Unit(factors)) = quantity.unit.as_ref().filter(|_| !degrees) {
            for (at, (name, power)) in factors.iter().enumerate() {
                let style = if self.style.text_units || matches!(&**name, "i" | "e" | "T") || !name.is_ascii() { "text" } else { "mathrm" };
                self.push(if at > 0 { " \\cdot " } else { " " });
                self.push(&format!("\\{style}{{{name}}}"));
                if *power != 1 {
                    self.push(&format!("^{{{power}}}"));
                }
            }
        }
    }

    /// A number that is not negative, as it was written; false if that is as any other.
    fn literal(&mut self, number: &Rational, written: Written) -> bool {
        match written {
            Written::Decimal { places, significant, scientific } => self.decimal(number, places, significant, scientific),
            Written::Mixed { reduced } => {
                let (whole, rest) = number.numer().div_rem(number.denom());
                self.push(&whole.to_string());
                if self.style.fractions == Fractions::Slash {
                    self.push(" ");
                }
                self.fraction(&rest, number.denom(), reduced);
                true
            }
            Written::Fraction { reduced } => {
                self.fraction(number.numer(), number.denom(), reduced);
                true
            }
            Written::Repeating => self.repeating(number),
            Written::Integer | Written::Expression => false,
        }
    }

    /// A fraction of two integers; one that was not in lowest terms is doubled.
    fn fraction(&mut self, over: &BigInt, under: &BigInt, reduced: bool) {
        let factor = BigInt::from(if reduced { 1 } else { 2 });
        let (over, under) = (over * &factor, under * factor);
        match self.style.fractions {
            Fractions::Frac => self.push(&format!("\\frac{{{over}}}{{{under}}}")),
            Fractions::Dfrac => self.push(&format!("\\dfrac{{{over}}}{{{under}}}")),
            Fractions::Slash => self.push(&format!("{over}/{under}")),
        }
    }

    fn decimal(&mut self, number: &Rational, places: i32, significant: u32, scientific: bool) -> bool {
        let ten = |power: u32| BigInt::from(10).pow(power);
        if places.unsigned_abs() > 20_000 {
            return false;
        }
        let last = ten(places.unsigned_abs());
        let scaled = if places >= 0 { number * Rational::from_integer(last) } else { number / Rational::from_integer(last) };
        if !scaled.is_integer() {
            return false;
        }
        let digits = scaled.to_integer().to_string();
        let behind = if scientific { significant.saturating_sub(1) } else { places.unsigned_abs() } as usize;
        let padded = format!("{digits:0>width$}", width = behind + 1);
        let (whole, rest) = padded.split_at(padded.len() - behind);
        self.push(whole);
        if !rest.is_empty() {
            self.push(".");
            self.push(rest);
        }
        if scientific {
            let exponent = i32::try_from(behind).unwrap_or(i32::MAX).saturating_sub(places);
            self.operator("\\times");
            self.push(&format!("10^{{{exponent}}}"));
        }
        true
    }

    /// A repeating decimal of a period of at most 18 digits.
    fn repeating(&mut self, number: &Rational) -> bool {
        let mut rest = number.denom().clone();
        let (mut twos, mut fives) = (0_u32, 0_u32);
        for (prime, count) in [(2, &mut twos), (5, &mut fives)] {
            while rest.is_multiple_of(&BigInt::from(prime)) {
                rest /= prime;
                *count += 1;
            }
        }
        let before = twos.max(fives);
        let ten = BigInt::from(10);
        let shifted = number * Rational::from_integer(BigInt::from(10).pow(before));
        let (mut whole, mut remainder) = shifted.numer().div_rem(shifted.denom());
        let mut period = String::new();
        if rest.is_one() {
            whole -= 1;
            period.push('9');
        } else {
            let first = remainder.clone();
            for _ in 0..18 {
                let (digit, next) = (remainder * &ten).div_rem(&rest);
                period.push(char::from_digit(digit.to_u32().unwrap_or(0), 10).unwrap_or('0'));
                remainder = next;
                if remainder == first {
                    break;
                }
            }
            if remainder != first {
                return false;
            }
        }
        if whole.is_negative() || (whole.is_zero() && before > 10_000) {
            return false;
        }
        let digits = format!("{whole:0>width$}", whole = whole.to_string(), width = before as usize + 1);
        let (front, behind) = digits.split_at(digits.len() - before as usize);
        self.push(&format!("{front}.{behind}\\overline{{{period}}}"));
        true
    }
}
