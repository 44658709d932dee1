//! What is no mathematics: choices, times, dates, and text in normal form.

use crate::answer::{Answer, Date, Time};
use std::sync::Arc;

/// The longest text that is looked at for a choice, a time or a date.
const MAX_BYTES: usize = 64;

/// A choice letter, a time of day or a date, if the text is one.
pub(super) fn special(source: &str) -> Option<Answer> {
    if source.len() > MAX_BYTES {
        return None;
    }
    let text = source.trim_matches([' ', '$', '\n', '\t']);
    if let Some(letter) = choice(text) {
        return Some(Answer::Choice { letter, content: None });
    }
    if let Some((letter, content)) = choice_with_content(text) {
        return Some(Answer::Choice { letter, content: Some(Box::new(content)) });
    }
    if !text.bytes().any(|byte| byte.is_ascii_digit())
        || !text.bytes().any(|byte| matches!(byte, b':' | b'-' | b',' | b'm' | b'M'))
        || text.len() < 4
    {
        return None;
    }
    time(text).map(Answer::Time).or_else(|| date(text).map(Answer::Date))
}

/// `C`, `(C)`, `\text{(C)}`, `\textbf{C.}`, `C)`, `(c)`.
fn choice(text: &str) -> Option<char> {
    if text.len() > 3 && !text.starts_with('\\') {
        return None;
    }
    let mut text = text;
    while let Some(rest) =
        ["\\text{", "\\textbf{", "\\mathrm{", "\\textrm{", "\\mathbf{", "\\mbox{", "\\text {", "\\boxed{", "\\textit{", "\\mathit{"]
            .iter()
            .find_map(|style| text.strip_prefix(style))
    {
        text = rest.strip_suffix('}')?.trim_matches(' ');
    }
    let bare = text.trim_end_matches(['.', ':']);
    let inner = bare.strip_prefix('(').map_or(bare, |inner| inner.strip_suffix(')').unwrap_or("")).trim_matches(' ');
    let bracketed = inner.len() < bare.len() || bare.ends_with(')');
    let inner = inner.trim_end_matches(')');
    let &[letter] = inner.as_bytes() else { return None };
    match letter {
        b'A'..=b'H' | b'J' => Some(char::from(letter)),
        b'I' if bracketed => Some('I'),
        b'a'..=b'e' if bracketed => Some(char::from(letter.to_ascii_uppercase())),
        _ => None,
    }
}

/// `(C) 12`, `\text{(C)}\ 12`, `C. 12`, `C: 12`: a letter with the text of its choice. What goes on with an operator or another letter like it is
/// none.
fn choice_with_content(text: &str) -> Option<(char, Answer)> {
    let styled = ["\\text{", "\\textbf{", "\\mathrm{", "\\textrm{", "\\mathbf{"].iter().find_map(|style| text.strip_prefix(style));
    let inner = styled.unwrap_or(text);
    let (letter, rest) = if let Some(inner) = inner.strip_prefix('(') {
        (inner.chars().next()?, inner.get(1..)?.strip_prefix(')')?)
    } else {
        (inner.chars().next()?, inner.get(1..)?.strip_prefix([')', '.', ':'])?)
    };
    if !('A'..='J').contains(&letter) {
        return None;
    }
    let rest = if styled.is_some() { rest.trim_start().strip_prefix('}')? } else { rest };
    let content = rest.trim_start_matches([' ', '~', '$', '\n']);
    let content = ["\\ ", "\\quad", "\\;", "\\,"].iter().find_map(|space| content.strip_prefix(space)).unwrap_or(content).trim_start();
    if content.len() == rest.len() && styled.is_none() {
        return None;
    }
    let operators =
        ["\\cup", "\\cap", "\\times", "\\cdot", "\\setminus", "\\to", "\\in", "\\le", "\\ge", "\\ne", "\\sub", "\\Right", "\\equiv"];
    let begins = content.starts_with(|sign: char| sign.is_alphanumeric() || matches!(sign, '\\' | '-' | '$' | '(' | '[' | '√' | 'π'));
    if !begins || operators.iter().any(|operator| content.starts_with(operator)) || content.contains("(A)") || content.contains("(B)") {
        return None;
    }
    // "(A) and (C)": several letters.
    if matches!(content.split([' ', ',']).next(), Some("and" | "or")) {
        return None;
    }
    Some((letter, super::read(content.trim_end_matches('$')).ok()?))
}

/// `3:45 PM`, `12:00:30`, `3 p.m.`, `09:05`. `3:45` alone is a ratio.
fn time(text: &str) -> Option<Time> {
    let plain: String = text
        .replace("\\text", "")
        .replace("\\mathrm", "")
        .chars()
        .filter(|sign| !matches!(sign, '{' | '}' | '\\' | '.' | ' ' | ',' | '~' | '$'))
        .collect();
    let lower = plain.to_ascii_lowercase();
    let (digits, afternoon) = if let Some(digits) = lower.strip_suffix("am") {
        (digits, Some(false))
    } else if let Some(digits) = lower.strip_suffix("pm") {
        (digits, Some(true))
    } else {
        (lower.as_str(), None)
    };
    let mut parts = digits.split(':');
    let hour_text = parts.next()?;
    let hour: u8 = hour_text.parse().ok().filter(|_| hour_text.len() <= 2)?;
    let mut next = || match parts.next() {
        None => Some(None),
        Some(part) if part.len() == 2 => part.parse::<u8>().ok().filter(|part| *part < 60).map(Some),
        Some(_) => None,
    };
    let (minute, second) = (next()?, next()?);
    // Only what cannot be a ratio: half of the day, seconds, or a leading zero.
    let says_so = afternoon.is_some()
        || second.is_some()
        || (minute.is_some() && (hour_text.starts_with('0') || minute.is_some_and(|minute| minute < 10)) && hour_text.len() == 2);
    if !says_so
        || parts.next().is_some()
        || hour > 24
        || (afternoon.is_some() && !(1..=12).contains(&hour))
        || (second.is_some() && hour_text.len() != 2)
    {
        return None;
    }
    Some(Time { hour, minute: minute.unwrap_or(0), second: second.unwrap_or(0), afternoon })
}

/// `March 5, 2020`, `5 March`, `2020-03-05`.
fn date(text: &str) -> Option<Date> {
    let number = |part: &str| part.trim_end_matches(|sign: char| sign.is_ascii_alphabetic()).parse::<u16>().ok();
    let iso: Vec<&str> = text.split('-').collect();
    if let &[year, month, day] = iso.as_slice()
        && year.len() == 4
        && month.len() == 2
        && day.len() == 2
    {
        let (year, month, day) = (number(year)?, u8::try_from(number(month)?).ok()?, u8::try_from(number(day)?).ok()?);
        return ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Date { year: Some(year), month, day });
    }
    let plain = text.replace("\\text", "").replace("\\mathrm", "");
    let (mut month, mut day, mut year) = (None, None, None);
    for word in plain.split([' ', ',', '{', '}', '~', '\\', '.']).filter(|word| !word.is_empty()) {
        if word.bytes().next().is_some_and(|byte| byte.is_ascii_digit()) {
            let value = number(word)?;
            if day.is_none() && value <= 31 && value > 0 {
                day = u8::try_from(value).ok();
            } else if year.is_none() && value >= 1000 {
                year = Some(value);
            } else {
                return None;
            }
        } else if word != "of" {
            if month.is_some() {
                return None;
            }
            month = Some(month_named(word)?);
        }
    }
    Some(Date { year, month: month?, day: day? })
}

fn month_named(word: &str) -> Option<u8> {
    let lower = word.to_ascii_lowercase();
    let names = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];
    let at = names
        .iter()
        .position(|name| *name == lower || (lower.len() == 3 && name.starts_with(&lower)) || lower == "sept" && *name == "september")?;
    u8::try_from(at + 1).ok()
}

/// The text without LaTeX, in lower case, words one space apart, no punctuation at its ends.
pub(super) fn normalised(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let mut length = first.len_utf8();
        match first {
            '\\' => {
                let name = rest[1..].bytes().take_while(u8::is_ascii_alphabetic).count();
                length += if name == 0 { rest[1..].chars().next().map_or(0, char::len_utf8) } else { name };
                let command = &rest[1..length];
                match command {
                    "%" | "&" | "#" | "$" => out.push_str(command),
                    "text" | "textbf" | "textit" | "textrm" | "mathrm" | "mathbf" | "mathit" | "mbox" | "operatorname" | "left"
                    | "right" | "boxed" | "displaystyle" | "emph" | "!" => {}
                    _ if name == 0 => out.push(' '),
                    "quad" | "qquad" => out.push(' '),
                    command => {
                        out.push('\\');
                        out.push_str(command);
                    }
                }
            }
            '\t' if rest.starts_with("\text{") => length = 4,
            '$' | '{' | '}' | '*' => {}
            '’' | '‘' => out.push('\''),
            _ if first.is_whitespace() || first == '~' => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.extend(first.to_lowercase()),
        }
        rest = &rest[length..];
    }
    let mut single = String::with_capacity(out.len());
    for word in out.split(' ').filter(|word| !word.is_empty()) {
        if !single.is_empty() {
            single.push(' ');
        }
        single.push_str(word);
    }
    let trimmed = single.trim_matches(|sign: char| matches!(sign, '.' | ',' | ';' | ':' | '!' | '?' | '"' | '\'' | '`' | ' '));
    if trimmed.len() == single.len() { single } else { trimmed.to_owned() }
}

/// The text as an answer.
pub(super) fn text(source: &str) -> Answer {
    Answer::Text(Arc::from(normalised(source)))
}
