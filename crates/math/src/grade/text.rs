//! Texts, choice letters, times and numerals as they are written.

use super::{Grader, Rule, Ruling};
use crate::answer::{Answer, NamedSet, Part, Sign, Time};
use crate::expr::{Constant, Expr};
use std::fmt::Write as _;

/// The longest text whose meaning is looked up, in bytes.
const MAX_MEANING_BYTES: usize = 40;

/// The longest text that is looked at as a sentence or a list of words, in bytes.
const MAX_SENTENCE_BYTES: usize = 400;

impl Grader<'_> {
    /// Several choices: `A, C` and `AC`, if one of them can be nothing else.
    pub(super) fn several_choices(reference: &Answer, given: &Answer) -> Option<Ruling> {
        let listed = |answer: &Answer| match answer {
            Answer::List { items, .. } | Answer::Set(items) => items.len() > 1 && items.iter().all(|item| letter(item).is_some()),
            _ => false,
        };
        if !listed(reference) && !listed(given) {
            return None;
        }
        let (one, two) = (letters_of_choices(reference)?, letters_of_choices(given)?);
        Some(Ruling::of(one == two, Rule::Choice))
    }

    /// Choices: the letter decides, whatever stands behind it.
    pub(super) fn choices(&mut self, reference: &Answer, given: &Answer) -> Ruling {
        match (letter(reference), letter(given)) {
            (Some(one), Some(two)) => return Ruling::of(one == two, Rule::Choice),
            // The letter with the choice's text, against that text.
            (Some(_), None) => {
                if let Answer::Choice { content: Some(content), .. } = reference {
                    return self.compare(content, given).under(Rule::Choice);
                }
            }
            (None, Some(_)) => {
                if let Answer::Choice { content: Some(content), .. } = given {
                    return self.compare(reference, content).under(Rule::Choice);
                }
            }
            (None, None) => {}
        }
        Ruling::different(Rule::Choice)
    }

    /// Texts, and what has one meaning against what is written otherwise.
    pub(super) fn texts(&mut self, reference: &Answer, given: &Answer) -> Ruling {
        match (reference, given) {
            (Answer::Text(one), Answer::Text(two)) => {
                if folded(one) == folded(two) {
                    return Ruling::of(true, Rule::Text);
                }
                if let (Some(one), Some(two)) = (meaning(one), meaning(two)) {
                    return self.compare(&one, &two).under(Rule::Text);
                }
                // "No" and "No, it is not".
                let word = |text: &str| {
                    let word = text.split(|sign: char| !sign.is_alphabetic()).next().unwrap_or_default().to_owned();
                    matches!(word.as_str(), "yes" | "no").then_some(word)
                };
                if let (Some(first), Some(second)) = (word(one), word(two))
                    && [(one, &first), (two, &second)].iter().any(|(text, word)| ***text == ***word)
                    && [one, two].iter().all(|text| text.len() < 4 || text.contains(',') || text.contains('.') || text.contains(';'))
                {
                    return Ruling::of(first == second, Rule::Text);
                }
                // "The function is odd" and "odd".
                let said = |text: &str| said(text).map(folded);
                if said(one).is_some_and(|one| one == folded(two)) || said(two).is_some_and(|two| two == folded(one)) {
                    return Ruling::of(true, Rule::Text);
                }
                match (listed(one), listed(two)) {
                    (Some(mut one), Some(mut two)) if self.policy.ordered != Some(true) => {
                        one.sort();
                        two.sort();
                        Ruling::of(one == two, Rule::Text)
                    }
                    (Some(one), Some(two)) => Ruling::of(one == two, Rule::Text),
                    _ => Ruling::different(Rule::Text),
                }
            }
            (Answer::Text(text), other) => {
                if letters(other).is_some_and(|letters| letters == folded(text)) {
                    return Ruling::of(true, Rule::Text);
                }
                meaning(text).map_or(Ruling::different(Rule::Kind), |answer| self.compare(&answer, other).under(Rule::Text))
            }
            (other, Answer::Text(text)) => {
                if letters(other).is_some_and(|letters| letters == folded(text)) {
                    return Ruling::of(true, Rule::Text);
                }
                meaning(text).map_or(Ruling::different(Rule::Kind), |answer| self.compare(other, &answer).under(Rule::Text))
            }
            _ => Ruling::different(Rule::Kind),
        }
    }
}

/// The letter of a choice: `(B)`, `B`, `(b) text`.
fn letter(answer: &Answer) -> Option<char> {
    match answer {
        Answer::Choice { letter, .. } => Some(*letter),
        Answer::Quantity(quantity) if quantity.unit.is_none() => match &quantity.value {
            Expr::Symbol(name) if name.len() == 1 => name.chars().next().filter(char::is_ascii_uppercase),
            Expr::Constant(Constant::E) => Some('E'),
            Expr::Constant(Constant::I) => Some('I'),
            _ => None,
        },
        Answer::Text(text) => {
            let inner = text.strip_prefix('(').unwrap_or(text);
            let letter = inner.chars().next().filter(char::is_ascii_lowercase)?;
            let rest = inner.get(1..)?;
            let bracketed = inner.len() < text.len();
            let marked = if bracketed { rest.starts_with(')') } else { rest.starts_with([')', '.', ':']) };
            // A letter before a sentence counts a part of the problem.
            (rest.is_empty() || (marked && rest.len() <= MAX_MEANING_BYTES)).then(|| letter.to_ascii_uppercase())
        }
        _ => None,
    }
}

/// The letters of several choices, in order.
fn letters_of_choices(answer: &Answer) -> Option<Vec<char>> {
    const MAX_CHOICES: usize = 10;
    let mut letters = match answer {
        Answer::List { items, .. } | Answer::Set(items) if items.len() <= MAX_CHOICES => {
            items.iter().map(letter).collect::<Option<Vec<_>>>()?
        }
        Answer::Quantity(quantity) => match &quantity.value {
            Expr::Product(parts) if quantity.unit.is_none() && parts.len() <= MAX_CHOICES => {
                let letter = |part: &Expr| match part {
                    Expr::Symbol(name) if name.len() == 1 => name.chars().next().filter(|letter| ('A'..='J').contains(letter)),
                    _ => None,
                };
                parts.iter().map(letter).collect::<Option<Vec<_>>>()?
            }
            _ => return None,
        },
        Answer::Text(text) if (2..=MAX_CHOICES).contains(&text.len()) && text.bytes().all(|byte| (b'a'..=b'j').contains(&byte)) => {
            text.to_ascii_uppercase().chars().collect()
        }
        _ => return None,
    };
    letters.sort_unstable();
    letters.windows(2).all(|pair| pair[0] != pair[1]).then_some(letters)
}

/// A text without what does not count: case, blanks, hyphens, quotes, articles, a full stop.
fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split([' ', '-', '~', '\n']) {
        if matches!(word, "the" | "a" | "an" | "The") {
            continue;
        }
        out.extend(
            word.chars()
                .filter(|sign| !matches!(sign, ',' | '.' | ';' | '"' | '\'' | '{' | '}' | '$' | '`' | '’' | '“' | '”'))
                .flat_map(char::to_lowercase),
        );
    }
    out
}

/// What a sentence says of its subject: the words behind its only "is" or "are", unless it denies or doubts them.
fn said(text: &str) -> Option<&str> {
    if text.len() > MAX_SENTENCE_BYTES {
        return None;
    }
    const DENIALS: [&str; 8] = ["not", "no", "never", "if", "neither", "nor", "whether", "unless"];
    let mut parts = text.split(" is ").flat_map(|part| part.split(" are "));
    let (before, behind) = (parts.next()?, parts.next()?);
    let denied = before.split(' ').chain(behind.split(' ')).any(|word| DENIALS.contains(&word));
    (parts.next().is_none() && !denied && !before.is_empty() && !behind.is_empty()).then_some(behind)
}

/// The parts of a text that commas, "and" and "or" separate; `None` for one part, and for sentences.
fn listed(text: &str) -> Option<Vec<String>> {
    if text.len() > MAX_SENTENCE_BYTES || text.contains(". ") {
        return None;
    }
    let parts: Vec<String> =
        text.split([',', ';']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" or ")).map(folded_item).collect();
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then_some(parts)
}

/// An item of such a list: `, and` leaves its "and" at the front.
fn folded_item(part: &str) -> String {
    let part = part.trim();
    folded(part.strip_prefix("and ").or_else(|| part.strip_prefix("or ")).unwrap_or(part))
}

/// A product of letters as the word that they spell.
fn letters(answer: &Answer) -> Option<String> {
    let Answer::Quantity(quantity) = answer else { return None };
    let mut out = String::new();
    let mut add = |part: &Expr, times: usize| match part {
        Expr::Symbol(name) if name.len() <= 16 => (0..times).try_for_each(|_| out.write_str(name).ok()),
        Expr::Constant(Constant::E) => (0..times).try_for_each(|_| out.write_char('e').ok()),
        Expr::Constant(Constant::I) => (0..times).try_for_each(|_| out.write_char('i').ok()),
        Expr::Constant(Constant::Pi) => None,
        _ => None,
    };
    let factors = match &quantity.value {
        Expr::Product(factors) if factors.len() <= 24 => factors.to_vec(),
        other => vec![other.clone()],
    };
    for factor in &factors {
        match factor {
            Expr::Power(power) => match &power.1 {
                Expr::Number(count) if count.is_integer() => add(&power.0, u8::try_from(count.to_integer()).ok()?.into())?,
                _ => return None,
            },
            other => add(other, 1)?,
        }
    }
    Some(out.to_lowercase())
}

/// What some texts say in words.
fn meaning(text: &str) -> Option<Answer> {
    if text.len() > MAX_MEANING_BYTES {
        return None;
    }
    const NUMBERS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(value) = NUMBERS.iter().position(|word| *word == text) {
        return Some(Answer::expression(Expr::integer(i64::try_from(value).ok()?)));
    }
    Some(match text {
        "all real numbers" | "all reals" | "real numbers" | "the real numbers" | "all real x" | "any real number" => {
            Answer::NamedSet { set: NamedSet::Reals, part: Part::All }
        }
        "all integers" | "integers" | "the integers" | "any integer" => Answer::NamedSet { set: NamedSet::Integers, part: Part::All },
        "none"
        | "no solution"
        | "no solutions"
        | "empty set"
        | "the empty set"
        | "no real solution"
        | "no real solutions"
        | "no real roots"
        | "there is no solution"
        | "there are no solutions"
        | "no such numbers"
        | "no such number" => Answer::Set([].into()),
        "infinity" | "positive infinity" | "infinitely many" | "infinite" | "infinitely many solutions" => {
            Answer::Infinity(Some(Sign::Plus))
        }
        "negative infinity" | "minus infinity" => Answer::Infinity(Some(Sign::Minus)),
        "undefined" | "does not exist" | "dne" | "not defined" | "the limit does not exist" if text != "undefined" => {
            Answer::Text("undefined".into())
        }
        _ => return None,
    })
}

/// The digits that stand there.
pub(super) fn digits(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Numeral { digits, negative, .. } => Some(format!("{}{digits}", if *negative { "-" } else { "" })),
        Answer::Quantity(quantity) => match &quantity.value {
            Expr::Number(value) if value.is_integer() && value.numer().bits() <= 256 => Some(value.numer().to_string()),
            _ => None,
        },
        _ => None,
    }
}

/// Whether `3:45` is this time.
pub(super) fn is_time(parts: &[Answer], time: &Time) -> bool {
    let number = |part: &Answer, value: u8| part.as_expression().is_some_and(|part| part.is_number(value.into()));
    let parts_are = |hour: u8| {
        let written = [hour, time.minute, time.second];
        parts.iter().zip(written).all(|(part, value)| number(part, value))
    };
    parts.len() >= 2
        && parts.len() <= 3
        && (parts_are(time.hour) || parts_are(on_the_day(time).0))
        && (parts.len() == 3 || time.second == 0)
}

/// Hour, minute and second from midnight, as far as the half of the day is said.
pub(super) fn on_the_day(time: &Time) -> (u8, u8, u8) {
    let hour = match time.afternoon {
        Some(true) if time.hour < 12 => time.hour + 12,
        Some(false) if time.hour == 12 => 0,
        _ => time.hour,
    };
    (hour, time.minute, time.second)
}
