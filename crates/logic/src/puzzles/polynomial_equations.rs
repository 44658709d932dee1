//! Real roots of polynomials, as decimals.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::polynomial::{Polynomial, Sign};
use crate::python::{self, repr_float};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use gavel_math::expr::Rational;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct PolynomialEquations;

impl Puzzle for PolynomialEquations {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algebra
    }

    fn summary(&self) -> &'static str {
        "Find the real roots of a polynomial to four decimals."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "a root counts when it is right to one in the fourth decimal, where upstream gives exp(-10 distance)",
            "the score is the number of roots found over that of roots given or existing, whichever is larger",
            "an answer with a part that is no number earns nothing, where upstream leaves the part out; no answer is not the empty answer",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = upstream_list(entry.gold()?);
        if mode.is_parity() {
            return Ok(Grade::of(upstream(upstream_list(answer.unwrap_or("")), gold)));
        }
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        let Some(roots) = list(answer) else { return Ok(Grade::unreadable("not numbers with commas between them")) };
        Ok(Grade::of(found(&roots, &gold)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// The parts between commas that are numbers, sorted. What is no number even to `float` has no place in an order, and can match nothing.
fn upstream_list(text: &str) -> Vec<f64> {
    let mut values: Vec<f64> = text.split(',').filter_map(python::float).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// Each number takes the nearest root that is left; those that take none and the roots not taken cost a half each.
fn upstream(predicted: Vec<f64>, mut roots: Vec<f64>) -> f64 {
    if predicted.is_empty() && roots.is_empty() {
        return 1.0;
    }
    let (mut reward, mut matched, mut extra) = (0.0, 0_u32, 0_u32);
    for value in predicted {
        let mut nearest = None;
        let mut distance = f64::INFINITY;
        for (index, root) in roots.iter().enumerate() {
            if distance > (value - root).abs() {
                distance = (value - root).abs();
                nearest = Some(index);
            }
        }
        match nearest {
            Some(index) => {
                matched += 1;
                roots.remove(index);
                reward += (distance * -10.0).exp();
            }
            None => extra += 1,
        }
    }
    let penalty = roots.len() as f64 * 0.5 + f64::from(extra) * 0.5;
    let mean = if matched > 0 { reward / f64::from(matched) } else { reward };
    (mean - penalty).max(0.0)
}

/// Numbers with commas between them; nothing, or an empty pair of quotes, for none.
fn list(answer: &str) -> Option<Vec<f64>> {
    let answer = python::strip(answer);
    if answer.is_empty() || answer == "\"\"" {
        return Some(Vec::new());
    }
    answer.split(',').map(|part| python::float(part).filter(|value| value.is_finite())).collect()
}

fn found(roots: &[f64], gold: &[f64]) -> f64 {
    let mut left = gold.to_vec();
    // Rounding either way differs by one in the fourth decimal; half of one more for the difference's own rounding.
    let near = |one: f64, other: f64| (one - other).abs() < 1.005e-4;
    for root in roots {
        if let Some(at) = left.iter().position(|gold| near(*root, *gold)) {
            left.swap_remove(at);
        }
    }
    let count = roots.len().max(gold.len());
    if count == 0 { 1.0 } else { (gold.len() - left.len()) as f64 / count as f64 }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_terms: usize,
    max_terms: usize,
    min_value: i64,
    max_value: i64,
    min_degree: u32,
    max_degree: u32,
    operators: Vec<Sign>,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_terms: 2, max_terms: 4, min_value: 1, max_value: 100, min_degree: 1, max_degree: 3, operators: Sign::ALL.to_vec() }
    }
}

/// Letters that are not taken for the imaginary unit.
const VARIABLES: &[u8] = b"abcdefghklmnopqrstuvwxyz";

impl Generate for PolynomialEquations {
    const NAME: &'static str = "polynomial_equations";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("degree", "min_degree", "max_degree", Levels::Ints(&[1, 2, 3, 4])),
        Attribute::range("terms", "min_terms", "max_terms", Levels::Ints(&[2, 3, 4, 5])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_terms, max_terms, 1..=50)?;
        bounds!(config, min_value, max_value, 1..=1_000_000)?;
        bounds!(config, min_degree, max_degree, 1..=6)?;
        Sign::check(&config.operators)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let variable = char::from(*rng.choose(VARIABLES)).to_string();
        let degree = rng.int(config.min_degree.into(), config.max_degree.into()) as usize;
        let terms = rng.size(config.min_terms, config.max_terms);
        let mut coefficients = vec![0_i64; degree + 1];
        for term in 0..terms {
            let exponent = if term == 0 { degree } else { rng.below(degree + 1) };
            let size = rng.int(config.min_value, config.max_value);
            coefficients[exponent] += rng.choose(&config.operators).of(size);
        }
        let roots = real_roots(&coefficients)?;
        if roots.is_empty() {
            return None;
        }
        let rounded: Vec<f64> = roots.iter().map(|root| (root * 1e4).round() / 1e4 + 0.0).collect();
        let mut polynomial = Polynomial::default();
        for (exponent, coefficient) in coefficients.iter().enumerate() {
            polynomial.add_all(Polynomial::term(Rational::from_integer((*coefficient).into()), &variable, exponent as u32));
        }
        Some(Problem {
            question: format!(
                "Which real values of {variable} solve {polynomial} = 0?\nAnswer with all of them in ascending order, each once, as decimals rounded to 4 places with \
                 commas between them, as in: -0.3773, 0.4005"
            ),
            answer: rounded.iter().map(|root| repr_float(*root)).collect::<Vec<_>>().join(", "),
            metadata: json!({
                "polynomial_expr": polynomial.to_string(),
                "variable": variable,
                "degree": degree,
                "real_solutions": rounded,
                "num_terms": terms,
                "difficulty": {
                    "terms": [config.min_terms, config.max_terms],
                    "degree": [config.min_degree, config.max_degree],
                },
            }),
        })
    }
}

/// The different real roots in ascending order; `None` for the zero polynomial, and where two roots are too near each other to be told from one or none.
fn real_roots(coefficients: &[i64]) -> Option<Vec<f64>> {
    let low = coefficients.iter().position(|coefficient| *coefficient != 0)?;
    let high = coefficients.iter().rposition(|coefficient| *coefficient != 0)?;
    let rest: Vec<f64> = coefficients[low..=high].iter().map(|coefficient| *coefficient as f64).collect();
    let mut roots = simple_roots(&rest)?;
    if low > 0 {
        roots.push(0.0);
        roots.sort_by(f64::total_cmp);
    }
    let apart = roots.windows(2).all(|pair| pair[1] - pair[0] > 1e-3);
    apart.then_some(roots)
}

/// The roots of a polynomial without a root at 0: one where the sign changes between neighbouring extrema, found by bisection. Coefficients from the constant up.
fn simple_roots(coefficients: &[f64]) -> Option<Vec<f64>> {
    let degree = coefficients.len() - 1;
    if degree == 0 {
        return Some(Vec::new());
    }
    let slopes: Vec<f64> = coefficients.iter().enumerate().skip(1).map(|(exponent, coefficient)| coefficient * exponent as f64).collect();
    // Cauchy's bound on the size of roots.
    let bound = 1.0 + coefficients[..degree].iter().fold(0.0_f64, |most, coefficient| most.max((coefficient / coefficients[degree]).abs()));
    let zeros = slopes.iter().take_while(|slope| **slope == 0.0).count();
    let mut turns = simple_roots(&slopes[zeros..])?;
    if zeros > 0 {
        turns.push(0.0);
        turns.sort_by(f64::total_cmp);
    }
    let mut ends = vec![-bound];
    ends.extend(turns);
    ends.push(bound);
    let mut roots = Vec::new();
    for pair in ends.windows(2) {
        let (low, high) = (pair[0], pair[1]);
        let signs = (sign(coefficients, low)?, sign(coefficients, high)?);
        if signs.0 != signs.1 {
            roots.push(bisect(coefficients, low, high, signs.0));
        }
    }
    Some(roots)
}

/// Whether the value is positive; `None` where rounding could decide it.
fn sign(coefficients: &[f64], at: f64) -> Option<bool> {
    let size = evaluate(coefficients.iter().map(|coefficient| coefficient.abs()), at.abs());
    let value = evaluate(coefficients.iter().copied(), at);
    (value.abs() > 1e-9 * size).then_some(value > 0.0)
}

fn evaluate(coefficients: impl DoubleEndedIterator<Item = f64>, at: f64) -> f64 {
    coefficients.rev().fold(0.0, |value, coefficient| value * at + coefficient)
}

fn bisect(coefficients: &[f64], mut low: f64, mut high: f64, positive_at_low: bool) -> f64 {
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if (evaluate(coefficients.iter().copied(), middle) > 0.0) == positive_at_low { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&PolynomialEquations);
    }

    #[test]
    fn roots_count_one_by_one() {
        let e = |distance: f64| (distance * -10.0).exp();
        for (answer, parity, strict) in [
            ("-1.0632, 1.0632", 1.0, 1.0),
            ("1.0632,-1.0632", 1.0, 1.0),
            ("1.0632", 0.5, 0.5),
            ("1.0632, one", 0.5, 0.0),
            ("1.0632, -1.0632, 3", 0.5, 2.0 / 3.0),
            ("", 0.0, 0.0),
            ("nan", 0.0, 0.0),
        ] {
            check::score(&PolynomialEquations, answer, "-1.0632, 1.0632", json!({}), [parity, strict]);
        }
        check::score(&PolynomialEquations, "1.0633", "1.0632", json!({}), [e(1.0633 - 1.0632), 1.0]);
        check::score(&PolynomialEquations, "1.0642", "1.0632", json!({}), [e(1.0642 - 1.0632), 0.0]);
        check::score(&PolynomialEquations, "\"\"", "", json!({}), [1.0, 1.0]);
    }

    #[test]
    fn roots_are_all_and_only_the_real_ones() {
        assert_eq!(real_roots(&[0, -4, 0, 1]).unwrap(), [-2.0, 0.0, 2.0]);
        assert_eq!(real_roots(&[1, 0, 1]).unwrap(), [0.0; 0]);
        assert_eq!(real_roots(&[0, 0, 5]).unwrap(), [0.0]);
        assert_eq!(real_roots(&[1, -2, 1]), None, "a double root");
        assert_eq!(real_roots(&[0, 0]), None);
        let roots = real_roots(&[24, -50, 35, -10, 1]).unwrap();
        assert!(roots.iter().zip([1.0, 2.0, 3.0, 4.0]).all(|(root, expect)| (root - expect).abs() < 1e-9), "{roots:?}");
    }
}
