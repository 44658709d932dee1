//! Sums, differences, products and quotients of complex numbers with whole parts.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::python;
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct ComplexArithmetic;

impl Puzzle for ComplexArithmetic {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algebra
    }

    fn summary(&self) -> &'static str {
        "Add, subtract, multiply or divide two complex numbers."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "only the result itself counts, where upstream gives exp(-distance) to any number and 1 to nan",
            "the imaginary part may come first, and white space of any kind is ignored",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let Expected { result: (re, im) } = entry.metadata()?;
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let read = if mode.is_parity() { upstream(answer) } else { complex(answer) };
        let Some((answer_re, answer_im)) = read else { return Ok(Grade::unreadable("not a complex number")) };
        Ok(match mode {
            Mode::Parity => Grade::of(closeness((answer_re - re).hypot(answer_im - im))),
            Mode::Strict => {
                // Parts from 2^53 on were rounded when the item was made.
                let tolerance = (re.hypot(im) * 1e-15).max(1e-9);
                Grade::binary((answer_re - re).abs() <= tolerance && (answer_im - im).abs() <= tolerance)
            }
        })
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Expected {
    result: (f64, f64),
}

/// Python's `min(1.0, exp(-distance))`, which is 1 for what is no number.
fn closeness(distance: f64) -> f64 {
    if distance.is_nan() { 1.0 } else { (-distance).exp().min(1.0) }
}

/// What upstream reads, with `i` or `j`; a number that is the imaginary part only has no `+` or `-` inside.
fn upstream(answer: &str) -> Option<(f64, f64)> {
    let compact = answer.replace(' ', "").to_lowercase();
    let mut text = compact.as_str();
    while let Some(inner) = text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        text = inner;
    }
    let text = text.replace('i', "j");
    if !text.contains('j') {
        return Some((python::float(&text)?, 0.0));
    }
    match text.as_str() {
        "j" => return Some((0.0, 1.0)),
        "-j" => return Some((0.0, -1.0)),
        _ => {}
    }
    let (last, _) = text.char_indices().next_back().expect("it contains a j");
    let body = &text[..last];
    let signs = ['+', '-'];
    let imaginary = text.ends_with('j') && !body.contains(signs);
    if imaginary || body.strip_prefix('-').is_some_and(|rest| !rest.contains(signs)) {
        return Some((0.0, python::float(body)?));
    }
    if !text.ends_with('j') {
        return None;
    }
    both_parts(&text.replace("+j", "+1j").replace("-j", "-1j"))
}

/// Python's `complex(text)` of a text that ends with `j`.
fn both_parts(text: &str) -> Option<(f64, f64)> {
    let body = python::strip(text).strip_suffix('j')?;
    // The sign of the imaginary part is the last one that belongs to no exponent.
    let split = body.rmatch_indices(['+', '-']).map(|(at, _)| at).find(|&at| !body[..at].ends_with('e'));
    match split {
        None | Some(0) => Some((0.0, python_float(body)?)),
        Some(at) => Some((python_float(&body[..at])?, python_float(&body[at..])?)),
    }
}

/// A float without white space inside a larger text.
fn python_float(text: &str) -> Option<f64> {
    if text.contains(python::is_space) { None } else { python::float(text) }
}

/// A real part, an imaginary part, or both in any order: `2 - 3i`, `(3j)`, `-i + 2.0`.
fn complex(answer: &str) -> Option<(f64, f64)> {
    let compact: String = answer.chars().filter(|char| !python::is_space(*char)).collect();
    let compact = compact.to_lowercase().replace('−', "-").replace("*i", "i").replace('j', "i");
    let text = compact.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(&compact);
    let cut = text.char_indices().skip(1).find(|&(at, char)| matches!(char, '+' | '-') && !text[..at].ends_with(['e', '+', '-']));
    let (first, second) = cut.map_or((text, None), |(at, _)| (&text[..at], Some(&text[at..])));
    match (part(first)?, second.map(part)) {
        (Part::Real(re), None) => Some((re, 0.0)),
        (Part::Imaginary(im), None) => Some((0.0, im)),
        (Part::Real(re), Some(Some(Part::Imaginary(im)))) | (Part::Imaginary(im), Some(Some(Part::Real(re)))) => Some((re, im)),
        _ => None,
    }
}

enum Part {
    Real(f64),
    Imaginary(f64),
}

fn part(text: &str) -> Option<Part> {
    let number = |text: &str| python::float(text).filter(|value| value.is_finite());
    match text.strip_suffix('i') {
        None => number(text).map(Part::Real),
        Some("" | "+") => Some(Part::Imaginary(1.0)),
        Some("-") => Some(Part::Imaginary(-1.0)),
        Some(size) => number(size).map(Part::Imaginary),
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_real: i64,
    max_real: i64,
    min_imag: i64,
    max_imag: i64,
    operations: Vec<Operation>,
    operations_weights: Vec<f64>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
enum Operation {
    #[serde(rename = "+")]
    Add,
    #[serde(rename = "-")]
    Subtract,
    #[serde(rename = "*")]
    Multiply,
    #[serde(rename = "/")]
    Divide,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_real: -10,
            max_real: 10,
            min_imag: -10,
            max_imag: 10,
            operations: vec![Operation::Add, Operation::Subtract, Operation::Multiply, Operation::Divide],
            operations_weights: vec![0.4, 0.4, 0.1, 0.1],
        }
    }
}

type Gaussian = (i64, i64);

fn product(one: Gaussian, other: Gaussian) -> Gaussian {
    (one.0 * other.0 - one.1 * other.1, one.0 * other.1 + one.1 * other.0)
}

fn written((re, im): Gaussian) -> String {
    match (re, im) {
        (_, 0) => re.to_string(),
        (0, _) => format!("{im}i"),
        _ => format!("{re} {} {}i", if im < 0 { '-' } else { '+' }, im.abs()),
    }
}

impl Generate for ComplexArithmetic {
    const NAME: &'static str = "complex_arithmetic";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("min_real", "min_real", Levels::Ints(&[-10, -100, -10000, -100_000_000])),
        Attribute::scalar("max_real", "max_real", Levels::Ints(&[10, 100, 10000, 100_000_000])),
        Attribute::scalar("min_imag", "min_imag", Levels::Ints(&[-10, -100, -10000, -100_000_000])),
        Attribute::scalar("max_imag", "max_imag", Levels::Ints(&[10, 100, 10000, 100_000_000])),
        Attribute::scalar(
            "operations_weights",
            "operations_weights",
            Levels::Json(&["[0.4, 0.4, 0.1, 0.1]", "[0.25, 0.25, 0.25, 0.25]", "[0.2, 0.2, 0.3, 0.3]", "[0.1, 0.1, 0.4, 0.4]"]),
        ),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_real, max_real, -1_000_000_000..=1_000_000_000)?;
        bounds!(config, min_imag, max_imag, -1_000_000_000..=1_000_000_000)?;
        crate::config::check_weights("operations_weights", &config.operations_weights, config.operations.len())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let number = |rng: &mut Rng| (rng.int(config.min_real, config.max_real), rng.int(config.min_imag, config.max_imag));
        let operation = config.operations[rng.weighted(&config.operations_weights)];
        let (one, other) = (number(rng), number(rng));
        let (sign, verb, one, result) = match operation {
            Operation::Add => ("+", "Add", one, (one.0 + other.0, one.1 + other.1)),
            Operation::Subtract => ("-", "Subtract", one, (one.0 - other.0, one.1 - other.1)),
            Operation::Multiply => ("*", "Multiply", one, product(one, other)),
            Operation::Divide if other == (0, 0) => return None,
            // The quotient is drawn, so that it is whole.
            Operation::Divide => ("/", "Divide", product(one, other), one),
        };
        Some(Problem {
            question: format!(
                "{verb} these complex numbers: ({}) {sign} ({}). Answer with the result alone, written as a + bi.",
                written(one),
                written(other)
            ),
            answer: written(result),
            metadata: json!({
                "num1": [one.0 as f64, one.1 as f64],
                "num2": [other.0 as f64, other.1 as f64],
                "operation": sign,
                "result": result,
                "difficulty": {
                    "min_real": config.min_real,
                    "max_real": config.max_real,
                    "min_imag": config.min_imag,
                    "max_imag": config.max_imag,
                    "operations_weights": config.operations_weights,
                },
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&ComplexArithmetic);
    }

    #[test]
    fn only_the_result_is_right() {
        let e = |distance: f64| (-distance).exp();
        for (answer, parity, strict) in [
            ("-7.0 + 1.0i", 1.0, 1.0),
            ("(-7+i)", 1.0, 1.0),
            ("-7+1e0j", 1.0, 1.0),
            ("i - 7", 0.0, 1.0),
            (" -7 + i\n", 0.0, 1.0),
            ("-7 + 2i", e(1.0), 0.0),
            ("-7", e(1.0), 0.0),
            ("nan", 1.0, 0.0),
            ("i", e(7.0), 0.0),
            ("-7i", e(113_f64.sqrt()), 0.0),
            ("(-7+i)*(1+0i)", 0.0, 0.0),
            ("-7 + i + 0", 0.0, 0.0),
            ("-7 - 0", 0.0, 0.0),
        ] {
            check::score(&ComplexArithmetic, answer, "-7.0 + 1.0i", json!({"result": [-7, 1]}), [parity, strict]);
        }
    }
}
