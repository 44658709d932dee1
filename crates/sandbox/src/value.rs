//! Plain Python data on the host's side, and the bytes it crosses in.
//!
//! The bytes are version 2 of CPython's marshal format (<https://github.com/python/cpython/blob/v3.14.0/Python/marshal.c>), restricted to data: no code
//! objects, no references. [`decode`] accepts only what is well-formed, so that bytes made by an untrusted instance can be given to another one once they
//! have passed through here: CPython's own loader trusts its input.

use num_bigint::{BigInt, BigUint, Sign};
use serde::{Deserialize, Serialize};

/// Plain Python data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// `None`.
    None,
    /// `True` or `False`.
    Bool(bool),
    /// An integer of at most 64 bits.
    Int(i64),
    /// A longer integer.
    BigInt(BigInt),
    /// A float, NaN and infinities included.
    Float(f64),
    /// A complex number: real and imaginary part.
    Complex(f64, f64),
    /// A string.
    Str(String),
    /// Bytes.
    Bytes(#[serde(with = "serde_bytes")] Vec<u8>),
    /// A list.
    List(Vec<Value>),
    /// A tuple.
    Tuple(Vec<Value>),
    /// A set, in the order of the instance that made it.
    Set(Vec<Value>),
    /// A frozen set.
    FrozenSet(Vec<Value>),
    /// A dictionary, in insertion order.
    Dict(Vec<(Value, Value)>),
    /// An object that is not data.
    Opaque,
}

/// How deep values nest at most: CPython's loader on WebAssembly refuses more.
const MAX_DEPTH: u32 = 1000;

/// Bytes that are not well-formed data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the guest sent malformed data (offset {offset})")]
pub(crate) struct Malformed {
    /// Where the first malformed byte is.
    pub(crate) offset: usize,
}

/// The marshal bytes of `value`. Opaque values become None.
pub(crate) fn encode(value: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::None | Value::Opaque => out.push(b'N'),
        Value::Bool(true) => out.push(b'T'),
        Value::Bool(false) => out.push(b'F'),
        Value::Int(number) => match i32::try_from(*number) {
            Ok(small) => {
                out.push(b'i');
                out.extend(small.to_le_bytes());
            }
            Err(_) => write_long(&BigInt::from(*number), out),
        },
        Value::BigInt(number) => write_long(number, out),
        Value::Float(number) => {
            out.push(b'g');
            out.extend(number.to_le_bytes());
        }
        Value::Complex(real, imaginary) => {
            out.push(b'y');
            out.extend(real.to_le_bytes());
            out.extend(imaginary.to_le_bytes());
        }
        Value::Str(text) => write_bytes(b'u', text.as_bytes(), out),
        Value::Bytes(bytes) => write_bytes(b's', bytes, out),
        Value::List(items) => write_items(b'[', items, out),
        Value::Tuple(items) => write_items(b'(', items, out),
        Value::Set(items) => write_items(b'<', items, out),
        Value::FrozenSet(items) => write_items(b'>', items, out),
        Value::Dict(pairs) => {
            out.push(b'{');
            for (key, value) in pairs {
                write(key, out);
                write(value, out);
            }
            out.push(b'0');
        }
    }
}

fn write_bytes(tag: u8, bytes: &[u8], out: &mut Vec<u8>) {
    out.push(tag);
    out.extend((bytes.len() as u32).to_le_bytes());
    out.extend(bytes);
}

fn write_items(tag: u8, items: &[Value], out: &mut Vec<u8>) {
    out.push(tag);
    out.extend((items.len() as u32).to_le_bytes());
    for item in items {
        write(item, out);
    }
}

/// Digits of 15 bits, least significant first, their count negated for negative numbers.
fn write_long(number: &BigInt, out: &mut Vec<u8>) {
    let digits = to_digits(number.magnitude());
    let count = digits.len() as i32;
    out.push(b'l');
    out.extend(if number.sign() == Sign::Minus { -count } else { count }.to_le_bytes());
    for digit in digits {
        out.extend(digit.to_le_bytes());
    }
}

fn to_digits(magnitude: &BigUint) -> Vec<u16> {
    let (mut digits, mut window, mut bits) = (Vec::new(), 0u64, 0);
    for byte in magnitude.to_bytes_le() {
        window |= u64::from(byte) << bits;
        bits += 8;
        while bits >= 15 {
            digits.push((window & 0x7fff) as u16);
            window >>= 15;
            bits -= 15;
        }
    }
    if bits > 0 {
        digits.push(window as u16);
    }
    while digits.last() == Some(&0) {
        digits.pop();
    }
    digits
}

fn from_digits(digits: &[u8], negative: bool) -> BigInt {
    let (mut bytes, mut window, mut bits) = (Vec::with_capacity(digits.len()), 0u64, 0);
    for pair in digits.chunks_exact(2) {
        window |= u64::from(u16::from_le_bytes([pair[0], pair[1]])) << bits;
        bits += 15;
        while bits >= 8 {
            bytes.push(window as u8);
            window >>= 8;
            bits -= 8;
        }
    }
    bytes.push(window as u8);
    BigInt::from_bytes_le(if negative { Sign::Minus } else { Sign::Plus }, &bytes)
}

/// The value in marshal bytes.
///
/// # Errors
/// If they are anything but one complete value of plain data.
pub(crate) fn decode(bytes: &[u8]) -> Result<Value, Malformed> {
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(0)?;
    if reader.at == bytes.len() { Ok(value) } else { Err(Malformed { offset: reader.at }) }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn malformed(&self) -> Malformed {
        Malformed { offset: self.at }
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(count).ok_or(self.malformed())?;
        let taken = self.bytes.get(self.at..end).ok_or(self.malformed())?;
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        Ok(self.take(N)?.try_into().expect("take returns as many bytes as asked for"))
    }

    fn length(&mut self) -> Result<usize, Malformed> {
        usize::try_from(i32::from_le_bytes(self.array()?)).map_err(|_| self.malformed())
    }

    fn value(&mut self, depth: u32) -> Result<Value, Malformed> {
        if depth > MAX_DEPTH {
            return Err(self.malformed());
        }
        Ok(match self.array::<1>()?[0] {
            b'N' => Value::None,
            b'T' => Value::Bool(true),
            b'F' => Value::Bool(false),
            b'i' => Value::Int(i32::from_le_bytes(self.array()?).into()),
            b'l' => self.long()?,
            b'g' => Value::Float(f64::from_le_bytes(self.array()?)),
            b'y' => Value::Complex(f64::from_le_bytes(self.array()?), f64::from_le_bytes(self.array()?)),
            b'u' | b't' => Value::Str(self.text()?),
            b's' => {
                let length = self.length()?;
                Value::Bytes(self.take(length)?.to_vec())
            }
            b'[' => Value::List(self.items(depth)?),
            b'(' => Value::Tuple(self.items(depth)?),
            b'<' => Value::Set(self.items(depth)?),
            b'>' => Value::FrozenSet(self.items(depth)?),
            b'{' => Value::Dict(self.pairs(depth)?),
            _ => return Err(Malformed { offset: self.at - 1 }),
        })
    }

    fn text(&mut self) -> Result<String, Malformed> {
        let length = self.length()?;
        // Lone surrogates, which Python writes as three bytes each, are no text on this side.
        String::from_utf8(self.take(length)?.to_vec()).map_err(|_| self.malformed())
    }

    fn items(&mut self, depth: u32) -> Result<Vec<Value>, Malformed> {
        let count = self.length()?;
        // Not what is announced: nested announcements of more than there is must not add up.
        let mut items = Vec::with_capacity(count.min(64));
        for _ in 0..count {
            items.push(self.value(depth + 1)?);
        }
        Ok(items)
    }

    fn pairs(&mut self, depth: u32) -> Result<Vec<(Value, Value)>, Malformed> {
        let mut pairs = Vec::new();
        while self.bytes.get(self.at) != Some(&b'0') {
            pairs.push((self.value(depth + 1)?, self.value(depth + 1)?));
        }
        self.at += 1;
        Ok(pairs)
    }

    fn long(&mut self) -> Result<Value, Malformed> {
        let count = i32::from_le_bytes(self.array()?);
        let digits = self.take(count.unsigned_abs() as usize * 2)?;
        if digits.chunks_exact(2).any(|pair| pair[1] & 0x80 != 0) || digits.ends_with(&[0, 0]) {
            return Err(self.malformed());
        }
        let number = from_digits(digits, count < 0);
        Ok(i64::try_from(&number).map_or(Value::BigInt(number), Value::Int))
    }
}

/// The value in bytes as the guest's `crossing` module makes them: `M` and marshal bytes, or `T` and a tree of tags.
///
/// # Errors
/// If they are anything else.
pub(crate) fn decode_crossing(bytes: &[u8]) -> Result<Value, Malformed> {
    match bytes.split_first() {
        Some((b'M', data)) => decode(data),
        Some((b'T', data)) => grow(decode(data)?),
        _ => Err(Malformed { offset: 0 }),
    }
}

/// A value from its tree of `(tag, payload)`. Value types that JSON has no word for are opaque to the host.
fn grow(node: Value) -> Result<Value, Malformed> {
    let Value::Tuple(node) = node else { return Err(Malformed { offset: 0 }) };
    let Ok([Value::Int(tag), payload]) = <[Value; 2]>::try_from(node) else { return Err(Malformed { offset: 0 }) };
    let children = |payload: Value| match payload {
        Value::List(items) => items.into_iter().map(grow).collect::<Result<Vec<_>, _>>(),
        _ => Err(Malformed { offset: 0 }),
    };
    Ok(match tag {
        0 => payload,
        1 => Value::List(children(payload)?),
        2 => Value::Tuple(children(payload)?),
        3 => Value::Set(children(payload)?),
        4 => Value::FrozenSet(children(payload)?),
        5 => Value::Dict(grow_pairs(payload)?),
        _ => Value::Opaque,
    })
}

fn grow_pairs(payload: Value) -> Result<Vec<(Value, Value)>, Malformed> {
    let Value::List(pairs) = payload else { return Err(Malformed { offset: 0 }) };
    pairs
        .into_iter()
        .map(|pair| match pair {
            Value::Tuple(pair) => match <[Value; 2]>::try_from(pair) {
                Ok([key, value]) => Ok((grow(key)?, grow(value)?)),
                Err(_) => Err(Malformed { offset: 0 }),
            },
            _ => Err(Malformed { offset: 0 }),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::None),
            any::<bool>().prop_map(Value::Bool),
            any::<i64>().prop_map(Value::Int),
            (any::<i128>(), 1u32..6).prop_map(|(x, power)| {
                let number = BigInt::from(x).pow(power);
                i64::try_from(&number).map_or(Value::BigInt(number), Value::Int)
            }),
            (-1e300..1e300).prop_map(Value::Float),
            ".*".prop_map(Value::Str),
            any::<Vec<u8>>().prop_map(Value::Bytes),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::Tuple),
                prop::collection::vec((inner.clone(), inner), 0..4).prop_map(Value::Dict),
            ]
        })
    }

    proptest! {
        #[test]
        fn every_value_survives_the_crossing(value in any_value()) {
            prop_assert_eq!(decode(&encode(&value)), Ok(value));
        }

        #[test]
        fn no_bytes_panic(bytes in any::<Vec<u8>>()) {
            let _ = decode(&bytes);
            let _ = decode_crossing(&bytes);
        }
    }

    #[track_caller]
    fn malformed(bytes: &[u8]) {
        assert!(decode(bytes).is_err(), "{bytes:?}");
    }

    #[test]
    fn what_cpython_would_trust_is_refused() {
        malformed(b"");
        malformed(b"NN");
        malformed(b"c\0\0\0\0"); // a code object
        malformed(b"r\0\0\0\0"); // a reference to an earlier object
        malformed(b"[\xff\xff\xff\x7fN"); // fewer items than announced
        malformed(b"l\x01\0\0\0\0\x80"); // a digit of 16 bits
        malformed(b"l\x01\0\0\0\0\0"); // a leading zero digit
        malformed(&[b'('; 5000]); // too deep, and cut off
    }
}
