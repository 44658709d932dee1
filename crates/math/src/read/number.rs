//! Numerals: decimals, powers of ten behind them, mixed numbers, repeating decimals, other bases.

use super::ReadError;
use super::build;
use super::names::Kind;
use super::parser::{Parsed, Reader, Stop, Value};
use crate::answer::{Answer, Written};
use crate::expr::{Expr, Rational};
use num_bigint::BigInt;
use num_integer::Integer;
use num_traits::{One, Pow, ToPrimitive, Zero};
use std::sync::Arc;

/// The longest number, in digits.
const MAX_DIGITS: usize = 10_000;
/// Numbers longer than this count against [`MAX_LONG_DIGITS`]: reading one takes time with the square of its length.
const LONG: usize = 100;
/// The most digits of long numbers together.
const MAX_LONG_DIGITS: usize = 20_000;
/// Powers of ten above this stay powers.
const MAX_EXPONENT: i32 = 400;

/// Digits, places and exponent of a number token.
struct Digits {
    digits: BigInt,
    /// Behind the point.
    places: i32,
    significant: u32,
    point: bool,
    exponent: Option<i32>,
}

impl Reader<'_> {
    /// A number here, with everything that makes it one number.
    pub(super) fn number(&mut self) -> Parsed<Value> {
        if let Some(numeral) = self.numeral()? {
            return Ok(Value::Other(numeral));
        }
        let token = self.token();
        let text = self.text_of(token);
        let mut read = self.digits_of(text)?;
        self.skip();
        if let Some(repeating) = self.repeating(&read, token.end)? {
            return Ok(repeating);
        }
        if self.kind() == Kind::Dots && !self.token().space && read.point {
            self.skip();
        }
        if read.exponent.is_none()
            && let Some((exponent, tokens)) = self.power_of_ten()
        {
            self.at += tokens;
            read.exponent = Some(exponent);
        }
        let value = match (read.places, read.exponent) {
            (0, None) => {
                let value = Expr::Number(Rational::from_integer(read.digits.clone()));
                return self.mixed(&read.digits, value);
            }
            (places, exponent) => scaled(read.digits, exponent.unwrap_or(0).saturating_sub(places)),
        };
        let places = read.places.saturating_sub(read.exponent.unwrap_or(0));
        Ok(Value::literal(value, Written::Decimal { places, significant: read.significant.max(1), scientific: read.exponent.is_some() }))
    }

    fn digits_of(&mut self, text: &str) -> Parsed<Digits> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, Some(exponent.parse::<i32>().map_err(|_| Stop::Limit(ReadError::NumberTooLong))?)),
            None => (text, None),
        };
        // A decimal comma is the only comma of a number without a point that has no three digits behind it, or a zero before it.
        let comma = match mantissa.split_once(',') {
            Some((whole, rest)) => {
                !mantissa.contains('.') && rest.bytes().all(|byte| byte.is_ascii_digit()) && (rest.len() != 3 || whole == "0")
            }
            None => false,
        };
        let mut small = 0_u64;
        let (mut count, mut places, mut significant, mut point) = (0_usize, 0_i32, 0_u32, false);
        for byte in mantissa.bytes() {
            match byte {
                b'0'..=b'9' => {
                    count += 1;
                    if count <= 18 {
                        small = small * 10 + u64::from(byte - b'0');
                    }
                    places += i32::from(point);
                    significant += u32::from(significant > 0 || byte != b'0');
                }
                b'.' => point = true,
                b',' if comma => point = true,
                _ => {}
            }
        }
        if count > MAX_DIGITS {
            return Err(Stop::Limit(ReadError::NumberTooLong));
        }
        if count > LONG {
            self.digits += count;
            if self.digits > MAX_LONG_DIGITS {
                return Err(Stop::Limit(ReadError::NumberTooLong));
            }
        }
        let digits = if count <= 18 {
            BigInt::from(small)
        } else {
            let only: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).collect();
            BigInt::parse_bytes(&only, 10).ok_or(Stop::Syntax)?
        };
        Ok(Digits { digits, places, significant, point, exponent })
    }

    /// `\times 10^{-5}` behind a number: the exponent and how many tokens it takes.
    fn power_of_ten(&self) -> Option<(i32, usize)> {
        let times = match self.kind() {
            Kind::Times => 1,
            // `3.2 x 10^5`
            Kind::Letter if self.text_of(self.token()) == "x" && self.ahead(1).space => 1,
            _ => return None,
        };
        let ten = self.ahead(times);
        if ten.kind != Kind::Number || self.text_of(ten) != "10" {
            return None;
        }
        let mut at = times + 1;
        if let Kind::Superscript(_) = self.ahead(at).kind {
            let mut digits = String::new();
            while let Kind::Superscript(sign) = self.ahead(at).kind {
                digits.push(superscript(sign)?);
                at += 1;
            }
            return Some((digits.parse().ok().filter(|exponent: &i32| exponent.abs() <= MAX_EXPONENT)?, at));
        }
        if self.ahead(at).kind != Kind::Caret {
            return None;
        }
        at += 1;
        let group = matches!(self.ahead(at).kind, Kind::GroupOpen | Kind::Open(super::names::Delimiter::Round));
        at += usize::from(group);
        let negative = self.ahead(at).kind == Kind::Minus;
        at += usize::from(negative || self.ahead(at).kind == Kind::Plus);
        let digits = self.ahead(at);
        if digits.kind != Kind::Number {
            return None;
        }
        let exponent: i32 = self.text_of(digits).parse().ok().filter(|exponent| *exponent <= MAX_EXPONENT)?;
        at += 1;
        if group {
            if !matches!(self.ahead(at).kind, Kind::GroupClose | Kind::Close(super::names::Delimiter::Round)) {
                return None;
            }
            at += 1;
        }
        Some((if negative { -exponent } else { exponent }, at))
    }

    /// `0.1\overline{6}`, `0.\overline{3}`, `0.1\dot{6}`: the number has been taken.
    fn repeating(&mut self, read: &Digits, end: u32) -> Parsed<Option<Value>> {
        let point = usize::from(!read.point && self.kind() == Kind::Dot);
        let over = self.ahead(point);
        if !matches!(over.kind, Kind::Overline | Kind::Accent("dot"))
            || over.space
            || !(read.point || point == 1)
            || self.ahead(0).start != end
        {
            return Ok(None);
        }
        let group = usize::from(self.ahead(point + 1).kind == Kind::GroupOpen);
        let digits = self.ahead(point + 1 + group);
        let text = self.text_of(digits);
        if digits.kind != Kind::Number || text.len() > 18 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Ok(None);
        }
        self.at += point + 2 + group;
        if group == 1 {
            self.expect(Kind::GroupClose)?;
        }
        let repeated: BigInt = text.parse().map_err(|_| Stop::Syntax)?;
        if read.places > MAX_EXPONENT {
            return Err(Stop::Limit(ReadError::NumberTooLong));
        }
        let shift = BigInt::from(10).pow(read.places.unsigned_abs());
        let nines = BigInt::from(10).pow(text.len() as u32) - BigInt::one();
        let value = Rational::new(&read.digits * &nines + repeated, shift * nines);
        Ok(Some(Value::literal(Expr::Number(value), Written::Repeating)))
    }

    /// A mixed number if a fraction of two integers follows.
    fn mixed(&mut self, whole: &BigInt, value: Expr) -> Parsed<Value> {
        let token = self.token();
        let (over, under, tokens) = match token.kind {
            Kind::Frac => match self.literal_fraction() {
                Some(fraction) => fraction,
                None => return Ok(Value::literal(value, Written::Integer)),
            },
            Kind::Vulgar(over, under) => (u64::from(over), u64::from(under), 1),
            // `2 1/3`; `2 1/3 x` too.
            Kind::Number if token.space && self.ahead(1).kind == Kind::Slash && self.ahead(2).kind == Kind::Number => {
                match (self.text_of(token).parse(), self.text_of(self.ahead(2)).parse()) {
                    (Ok(over), Ok(under)) => (over, under, 3),
                    _ => return Ok(Value::literal(value, Written::Integer)),
                }
            }
            _ => return Ok(Value::literal(value, Written::Integer)),
        };
        if under == 0 || over >= under || over == 0 {
            return Ok(Value::literal(value, Written::Integer));
        }
        self.at += tokens;
        let reduced = over.gcd(&under) == 1;
        let value = build::ratio(whole * BigInt::from(under) + BigInt::from(over), under.into());
        Ok(Value::literal(Expr::Number(value), Written::Mixed { reduced }))
    }

    /// `\frac{1}{3}` or `\frac13` of short integers here, and its tokens.
    fn literal_fraction(&self) -> Option<(u64, u64, usize)> {
        let mut at = 1;
        let mut parts = [0_u64; 2];
        if self.ahead(1).kind == Kind::Number {
            // `\frac13`: one token of two digits, or two tokens.
            let text = self.text_of(self.ahead(1));
            if let &[over, under] = text.as_bytes()
                && over.is_ascii_digit()
                && under.is_ascii_digit()
            {
                return Some((u64::from(over - b'0'), u64::from(under - b'0'), 2));
            }
        }
        for part in &mut parts {
            let group = self.ahead(at).kind == Kind::GroupOpen;
            at += usize::from(group);
            let digits = self.ahead(at);
            let text = self.text_of(digits);
            if digits.kind != Kind::Number || !(group || text.len() == 1) {
                return None;
            }
            *part = text.parse().ok()?;
            at += 1;
            if group {
                if self.ahead(at).kind != Kind::GroupClose {
                    return None;
                }
                at += 1;
            }
        }
        Some((parts[0], parts[1], at))
    }

    /// `101_2`, `2A_{16}`, `101_{\text{two}}`: looked for in the bytes, as digits may be letters.
    fn numeral(&mut self) -> Parsed<Option<Answer>> {
        let token = self.token();
        let bytes = self.source.as_bytes().get(token.start as usize..).unwrap_or_default();
        let length = bytes.iter().take(LONG * 4).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let mut behind = length;
        while bytes.get(behind) == Some(&b' ') {
            behind += 1;
        }
        if bytes.get(behind) != Some(&b'_') {
            return Ok(None);
        }
        let Some(digits) = bytes.get(..length) else { return Ok(None) };
        let mut at = 0;
        while (self.ahead(at).start as usize) < token.start as usize + behind && self.ahead(at).kind != Kind::End {
            at += 1;
        }
        if self.ahead(at).kind != Kind::Underscore {
            return Ok(None);
        }
        at += 1;
        let mut depth = 0;
        while self.ahead(at).kind == Kind::GroupOpen {
            depth += 1;
            at += 1;
        }
        let base = self.ahead(at);
        let base = match base.kind {
            Kind::Number => self.text_of(base).parse().ok(),
            Kind::Text | Kind::Roman | Kind::Word => base_named(self.text_of(base).trim()),
            Kind::Open(super::names::Delimiter::Round) => self.text_of(self.ahead(at + 1)).parse().ok(),
            _ => None,
        };
        let Some(base) = base.filter(|base| (2..=36).contains(base)) else { return Ok(None) };
        if self.ahead(at).kind == Kind::Open(super::names::Delimiter::Round) {
            at += 2;
        }
        at += 1;
        for _ in 0..depth {
            if self.ahead(at).kind != Kind::GroupClose {
                return Ok(None);
            }
            at += 1;
        }
        if length == LONG * 4 || !digits.iter().all(|digit| char::from(*digit).is_digit(base)) {
            return Ok(None);
        }
        let Some(value) = BigInt::parse_bytes(digits, base) else { return Ok(None) };
        self.at += at;
        let shown = std::str::from_utf8(digits).map_err(|_| Stop::Syntax)?.trim_start_matches('0').to_ascii_uppercase();
        let shown: Arc<str> = if shown.is_empty() { "0".into() } else { shown.into() };
        Ok(Some(Answer::Numeral { digits: shown, base, negative: false, value: Rational::from_integer(value) }))
    }
}

/// An integer times a power of ten.
fn scaled(digits: BigInt, exponent: i32) -> Expr {
    if digits.is_zero() {
        return Expr::integer(0);
    }
    let power = exponent.unsigned_abs();
    if power > MAX_EXPONENT.unsigned_abs() * 32 || (power > MAX_EXPONENT.unsigned_abs() && digits.bits() < 3 * u64::from(power)) {
        return Expr::product([Expr::Number(Rational::from_integer(digits)), Expr::power(Expr::integer(10), Expr::integer(exponent))]);
    }
    if exponent >= 0 {
        return Expr::Number(Rational::from_integer(digits * BigInt::from(10).pow(power)));
    }
    if power <= 18
        && let Some(short) = digits.to_i64()
    {
        return Expr::Number(build::ratio(short.into(), 10_i64.pow(power).into()));
    }
    // Only twos and fives can be common: long decimals keep clear of the general gcd.
    let mut over = digits;
    let (mut twos, mut fives) = (power, power);
    let zeros = u32::try_from(over.trailing_zeros().unwrap_or(0)).unwrap_or(u32::MAX).min(twos);
    over >>= zeros;
    twos -= zeros;
    for step in [256_u32, 64, 16, 4, 1] {
        let divisor = BigInt::from(5).pow(step);
        while fives >= step {
            let (quotient, remainder) = over.div_rem(&divisor);
            if !remainder.is_zero() {
                break;
            }
            over = quotient;
            fives -= step;
        }
    }
    Expr::Number(Rational::new_raw(over, (BigInt::one() << twos) * BigInt::from(5).pow(fives)))
}

/// The ASCII form of a raised digit or sign.
pub(super) fn superscript(sign: char) -> Option<char> {
    Some(match sign {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴'..='⁹' => char::from_digit(sign as u32 - '⁴' as u32 + 4, 10)?,
        '⁺' => '+',
        '⁻' => '-',
        'ⁿ' => 'n',
        _ => return None,
    })
}

fn base_named(name: &str) -> Option<u32> {
    Some(match name {
        "two" | "bin" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" | "oct" => 8,
        "nine" => 9,
        "ten" | "dec" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "sixteen" | "hex" => 16,
        _ => return name.parse().ok(),
    })
}
