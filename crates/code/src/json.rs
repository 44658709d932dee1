//! JSON as Python data, with integers of any size.

use gavel_sandbox::Value;
use num_bigint::BigInt;
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;

/// How deep a reference's values may nest.
const MAX_DEPTH: u32 = 200;

/// The Python value that Python's own `json.loads` would make of this text.
///
/// # Errors
/// What is wrong, for people.
pub(crate) fn value(raw: &RawValue) -> Result<Value, String> {
    read(raw, 0)
}

/// As [`value`], for text that may not be JSON.
pub(crate) fn parse(text: &str) -> Result<Value, String> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| error.to_string())?;
    value(raw)
}

fn read(raw: &RawValue, depth: u32) -> Result<Value, String> {
    if depth > MAX_DEPTH {
        return Err(format!("nested deeper than {MAX_DEPTH}"));
    }
    let text = raw.get().trim();
    let again = |error: serde_json::Error| error.to_string();
    Ok(match text.as_bytes().first() {
        Some(b'n') => Value::None,
        Some(b't') => Value::Bool(true),
        Some(b'f') => Value::Bool(false),
        Some(b'"') => Value::Str(serde_json::from_str(text).map_err(again)?),
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(again)?;
            Value::List(items.into_iter().map(|item| read(item, depth + 1)).collect::<Result<_, _>>()?)
        }
        Some(b'{') => {
            let Pairs(pairs) = serde_json::from_str(text).map_err(again)?;
            Value::Dict(pairs.into_iter().map(|(key, item)| Ok((Value::Str(key), read(item, depth + 1)?))).collect::<Result<_, String>>()?)
        }
        _ => number(text)?,
    })
}

fn number(text: &str) -> Result<Value, String> {
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        if let Ok(small) = text.parse() {
            return Ok(Value::Int(small));
        }
        return text.parse::<BigInt>().map(Value::BigInt).map_err(|error| error.to_string());
    }
    text.parse().map(Value::Float).map_err(|error: std::num::ParseFloatError| error.to_string())
}

/// An object's members in their order.
struct Pairs<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Pairs<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;
        impl<'de> Visitor<'de> for Members {
            type Value = Pairs<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs<'de>, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_keep_their_digits() {
        let big = "123456789012345678901234567890";
        assert_eq!(parse(big), Ok(Value::BigInt(big.parse().unwrap())));
        assert_eq!(parse("-3"), Ok(Value::Int(-3)));
        assert_eq!(parse("3.0"), Ok(Value::Float(3.0)));
        assert_eq!(parse("1e3"), Ok(Value::Float(1000.0)));
    }

    #[test]
    fn nesting_is_bounded_and_rubbish_refused() {
        let nested = |depth: u32| "[".repeat(depth as usize) + &"]".repeat(depth as usize);
        assert!(parse(&nested(MAX_DEPTH)).is_ok());
        assert!(parse(&nested(MAX_DEPTH + 2)).is_err());
        assert!(parse(&nested(1_000_000)).is_err());
        for bad in ["", "[1,", "{\"a\"}", "NaN", "1 2"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
