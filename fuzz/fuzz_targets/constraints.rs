//! Any constraint with any words as arguments, on any text. A panic, a verdict that differs the second time, and a response that passes strictly but
//! not loosely are findings.

#![no_main]

use gavel_ifeval::{CONSTRAINTS, Kind, Kwargs, Mode, Rules, Variants, check};
use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};

/// An argument of the kind, made of a number and a word.
fn value(kind: Kind, number: u8, word: &str) -> Value {
    match kind {
        Kind::Count(..) | Kind::Percent(..) => json!(number % 16),
        Kind::Relation => json!(if number % 2 == 0 { "less than" } else { "at least" }),
        Kind::Letter => json!(word.chars().take(1).collect::<String>()),
        Kind::Patterns(_) => json!(word.split(' ').collect::<Vec<_>>()),
        _ => json!(word),
    }
}

fuzz_target!(|data: (u8, [u8; 6], &str, &str)| {
    let (which, numbers, word, text) = data;
    let Some(constraint) = CONSTRAINTS.get(usize::from(which) % CONSTRAINTS.len()) else { return };
    let fields = constraint.fields.iter().zip(numbers.iter().cycle());
    let kwargs: Kwargs = fields.map(|(field, number)| (field.name.to_owned(), value(field.kind, *number, word))).collect();
    for rules in [Rules::Strict, Rules::Parity] {
        let Ok(args) = constraint.read(&kwargs, rules) else { continue };
        let verdict = |mode| check(constraint, &args, rules, &Variants::new(text, mode).readings());
        let (strict, loose) = (verdict(Mode::Strict), verdict(Mode::Loose));
        assert!(!strict.passes || loose.passes, "{} {kwargs:?}", constraint.id);
        assert_eq!(loose, verdict(Mode::Loose), "{} {kwargs:?}", constraint.id);
    }
});
