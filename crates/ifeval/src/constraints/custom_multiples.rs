//! `custom:multiples`: the numbers are 14, 21, 28, 35, 42, 49.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:multiples",
    suite: Suite::IfBench,
    prompt: "Count from 10 to 50 but only print multiples of 7.",
    claims: &[Claim::Task],
    example: Example { passes: "14, 21, 28, 35, 42, 49", fails: "7, 14, 21", ..BASE.example },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    static DIGITS: LazyLock<Regex> = LazyLock::new(|| fixed(r"\d+"));
    let mut numbers = DIGITS.find_iter(c.text.raw).map(|number| number.as_str());
    for wanted in ["14", "21", "28", "35", "42", "49"] {
        let number = numbers.next();
        if number != Some(wanted) {
            return Evidence::fail().wanted(wanted).word(number.unwrap_or(""));
        }
    }
    Evidence::when(numbers.next().is_none())
}
