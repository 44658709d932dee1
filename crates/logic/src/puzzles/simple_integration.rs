//! Indefinite integrals of polynomials.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::polynomial::{Polynomial, Sign};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, antiderivative};
use gavel_math::expr::Rational;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct SimpleIntegration;

impl Puzzle for SimpleIntegration {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algebra
    }

    fn summary(&self) -> &'static str {
        "Find the antiderivative of a polynomial."
    }

    fn deltas(&self) -> &'static [&'static str] {
        antiderivative::DELTAS
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        antiderivative::score(answer, entry, mode)
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_terms: usize,
    max_terms: usize,
    min_degree: u32,
    max_degree: u32,
    min_bounds: i64,
    max_bounds: i64,
    operators: Vec<Sign>,
    symbols: Vec<String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_terms: 2,
            max_terms: 5,
            min_degree: 1,
            max_degree: 10,
            min_bounds: 1,
            max_bounds: 10,
            operators: Sign::ALL.to_vec(),
            symbols: ["x", "X"].map(str::to_owned).to_vec(),
        }
    }
}

impl Generate for SimpleIntegration {
    const NAME: &'static str = "simple_integration";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::range("terms", "min_terms", "max_terms", Levels::Ints(&[2, 3, 4, 5]))];

    /// Degrees are those of the antiderivative; unlike upstream's they cannot be negative.
    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_terms, max_terms, 1..=50)?;
        bounds!(config, min_degree, max_degree, 0..=100)?;
        bounds!(config, min_bounds, max_bounds, 1..=1_000_000_000)?;
        Sign::check(&config.operators)?;
        let letter = |name: &String| matches!(name.as_bytes(), [letter] if letter.is_ascii_alphabetic() && !b"CcKkEINOQS".contains(letter));
        if config.symbols.is_empty() || !config.symbols.iter().all(letter) {
            return Err(InvalidConfig::new(
                "symbols",
                "one or more letters are needed, none of C, c, E, I, K, k, N, O, Q, S, which have meanings",
            ));
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let variable = rng.choose(&config.symbols).as_str();
        let terms = rng.size(config.min_terms, config.max_terms);
        let mut solution = Polynomial::default();
        for _ in 0..terms {
            let size = rng.int(config.min_bounds, config.max_bounds);
            let under = if rng.chance(0.5) { 1 } else { rng.int(2, 10) };
            let degree = rng.int(config.min_degree.into(), config.max_degree.into()) as u32;
            let signed = rng.choose(&config.operators).of(size);
            solution.add_all(Polynomial::term(Rational::new(signed.into(), under.into()), variable, degree));
        }
        let integrand = solution.derivative(variable);
        if integrand.is_zero() {
            return None;
        }
        Some(Problem {
            question: format!(
                "Find the indefinite integral ∫ ({integrand}) d{variable}\nAnswer with an antiderivative alone, `*` between all factors and `**` before exponents, as in \
                 7*{variable}**2 - {variable}/3 + C."
            ),
            answer: format!("{solution} + C"),
            metadata: json!({
                "integrand": integrand.to_string(),
                "variable": variable,
                "num_terms": terms,
                "difficulty": {"terms": [config.min_terms, config.max_terms]},
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
        check::puzzle(&SimpleIntegration);
    }

    #[test]
    fn any_form_of_an_antiderivative_is_right() {
        for (answer, parity, strict) in [
            ("2*X**3 - X**2/4 + C", 1.0, 1.0),
            ("X**2*(2*X - 1/4)", 1.0, 1.0),
            ("2*X**3 - 0.25*X**2 + 7", 1.0, 1.0),
            ("2*X^3 - X^2/4 + C", 0.0, 1.0),
            ("2*X**3 - X**2/4 + C + x", 1.0, 0.0),
            ("2*X**3 - X**2/2 + C", 0.0, 0.0),
            ("6*X**2 - X/2", 0.0, 0.0),
        ] {
            check::score(
                &SimpleIntegration,
                answer,
                "2*X**3 - X**2/4 + C",
                json!({"integrand": "6*X**2 - X/2", "variable": "X"}),
                [parity, strict],
            );
        }
    }
}
