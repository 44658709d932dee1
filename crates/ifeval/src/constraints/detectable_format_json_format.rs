//! `detectable_format:json_format`: the response, without a code fence, is JSON.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "detectable_format:json_format",
    prompt: "Entire output should be wrapped in JSON format. You can use markdown ticks such as ```.",
    deltas: &[
        "NaN and Infinity are no JSON, and whole numbers have any length; the reference's parser takes the former, and at most 4300 digits.",
    ],
    claims: &[Claim::Whole],
    example: Example { passes: "```json\n{\"a\": [1, 2]}\n```", fails: "{'a': 1}", ..BASE.example },
    check: |c| {
        let mut text = strip(c.text.raw);
        for fence in ["```json", "```Json", "```JSON", "```"] {
            text = text.strip_prefix(fence).unwrap_or(text);
        }
        let text = strip(text.strip_suffix("```").unwrap_or(text));
        Evidence::when(is_json(text.as_bytes(), c.parity()))
    },
    ..BASE
};

/// The most digits of which CPython makes a whole number (`sys.get_int_max_str_digits`).
const LONGEST_INTEGER: usize = 4300;

/// Whether CPython's `json.loads` reads it; without `extended`, whether it is JSON. Nesting is held on the heap.
fn is_json(text: &[u8], extended: bool) -> bool {
    let mut rest = skip_blanks(text);
    let mut open = Vec::new();
    loop {
        // A value begins here.
        rest = match rest {
            [b'[', tail @ ..] => match skip_blanks(tail) {
                [b']', tail @ ..] => tail,
                tail => {
                    open.push(b']');
                    rest = tail;
                    continue;
                }
            },
            [b'{', tail @ ..] => match skip_blanks(tail) {
                [b'}', tail @ ..] => tail,
                tail => {
                    open.push(b'}');
                    let Some(tail) = key(tail) else { return false };
                    rest = tail;
                    continue;
                }
            },
            _ => match scalar(rest, extended) {
                Some(tail) => tail,
                None => return false,
            },
        };
        // A value has ended: close what can be closed.
        loop {
            rest = skip_blanks(rest);
            match (open.last(), rest) {
                (None, _) => return rest.is_empty(),
                (Some(close), [byte, tail @ ..]) if byte == close => {
                    open.pop();
                    rest = tail;
                }
                (Some(b'}'), [b',', tail @ ..]) => {
                    let Some(tail) = key(skip_blanks(tail)) else { return false };
                    rest = tail;
                    break;
                }
                (Some(_), [b',', tail @ ..]) => {
                    rest = skip_blanks(tail);
                    break;
                }
                _ => return false,
            }
        }
    }
}

fn skip_blanks(text: &[u8]) -> &[u8] {
    let blanks = text.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).count();
    text.get(blanks..).unwrap_or(&[])
}

/// After a key and its colon.
fn key(text: &[u8]) -> Option<&[u8]> {
    Some(skip_blanks(skip_blanks(string(text)?).strip_prefix(b":")?))
}

fn string(text: &[u8]) -> Option<&[u8]> {
    let mut rest = text.strip_prefix(b"\"")?;
    loop {
        match rest {
            [b'"', tail @ ..] => return Some(tail),
            [b'\\', b'u', tail @ ..] => {
                rest = tail.get(4..).filter(|_| tail.iter().take(4).all(u8::is_ascii_hexdigit))?;
            }
            [b'\\', b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't', tail @ ..] => rest = tail,
            [b'\\' | 0..=0x1f, ..] | [] => return None,
            [_, tail @ ..] => rest = tail,
        }
    }
}

fn scalar(text: &[u8], extended: bool) -> Option<&[u8]> {
    if text.first() == Some(&b'"') {
        return string(text);
    }
    let more: &[&[u8]] = if extended { &[b"NaN", b"Infinity", b"-Infinity"] } else { &[] };
    let names = [b"true".as_slice(), b"false", b"null"];
    if let Some(tail) = names.iter().chain(more).find_map(|name| text.strip_prefix(*name)) {
        return Some(tail);
    }
    let text = text.strip_prefix(b"-").unwrap_or(text);
    let mut rest = match text {
        [b'0', tail @ ..] => tail,
        [b'1'..=b'9', ..] => digits(text)?,
        _ => return None,
    };
    let mut is_integer = true;
    let integer = text.len() - rest.len();
    if let Some(tail) = rest.strip_prefix(b".").and_then(digits) {
        (rest, is_integer) = (tail, false);
    }
    if let [b'e' | b'E', tail @ ..] = rest {
        let tail = tail.strip_prefix(b"+").or_else(|| tail.strip_prefix(b"-")).unwrap_or(tail);
        if let Some(tail) = digits(tail) {
            (rest, is_integer) = (tail, false);
        }
    }
    if extended && is_integer && integer > LONGEST_INTEGER {
        return None;
    }
    Some(rest)
}

fn digits(text: &[u8]) -> Option<&[u8]> {
    let count = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    text.get(count..).filter(|_| count > 0)
}
