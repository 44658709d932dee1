//! Products of polynomials, multiplied out.

use crate::arithmetic::DECIMAL;
use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::polynomial::{Monomial, Polynomial, Sign};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle};
use gavel_math::expr::{Domain, Equality, Expr, ParseError, Rational, Syntax, compare, parse};
use num_traits::One;
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct PolynomialMultiplication;

impl Puzzle for PolynomialMultiplication {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algebra
    }

    fn summary(&self) -> &'static str {
        "Multiply polynomials out."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "any polynomial that is equal counts, factors included, but for the product of the question as it stands",
            "`^` is read as a power and a decimal as the fraction that it is",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        let gold = entry.gold()?;
        let solution = parse(gold, &Syntax { max_nodes: usize::MAX, ..Syntax::PYTHON }).ok();
        let expected = solution.as_ref().and_then(Polynomial::expanded);
        let (Some(solution), Some(expected)) = (solution, expected) else {
            return Err(InvalidEntry::new("answer", "not a polynomial that is multiplied out"));
        };
        let Some(answer) = answer else { return Ok(Grade::missing()) };
        // SymPy tells 2.0 from 2.
        if mode.is_parity() && DECIMAL.is_match(answer) {
            return Ok(Grade::binary(false));
        }
        let expr = match read(answer, gold, mode) {
            Ok(expr) => expr,
            Err(error) => return Ok(Grade::unreadable(error.to_string())),
        };
        let multiplied_out = Polynomial::expanded(&expr);
        if mode == Mode::Strict && multiplied_out.is_none() {
            let Asked { polynomial_expr } = entry.metadata()?;
            if without_notation(answer) == without_notation(&polynomial_expr) {
                return Ok(Grade::binary(false).because("the question's own product"));
            }
            return Ok(Grade::binary(compare(&solution, &expr, Domain::Complex) == Equality::Equal));
        }
        Ok(Grade::binary(multiplied_out.is_some_and(|polynomial| polynomial == expected)))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(default)]
    polynomial_expr: String,
}

/// The expression without spaces, and with one sign for powers.
fn without_notation(expression: &str) -> String {
    expression.replace("**", "^").split_whitespace().collect()
}

fn read(answer: &str, gold: &str, mode: Mode) -> Result<Expr, ParseError> {
    let syntax = if mode.is_parity() { Syntax::PYTHON } else { Syntax::WRITTEN };
    // A solution has fewer nodes than characters; a right answer has not many times as many.
    parse(answer, &Syntax { max_nodes: syntax.max_nodes + 4 * gold.len(), ..syntax })
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
    min_polynomials: usize,
    max_polynomials: usize,
    variables: Vec<String>,
    allow_cross_variable_product: bool,
    allow_multivariate_polynomials: bool,
    operators: Vec<Sign>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            min_terms: 2,
            max_terms: 4,
            min_value: 1,
            max_value: 100,
            min_degree: 0,
            max_degree: 3,
            min_polynomials: 2,
            max_polynomials: 3,
            variables: ["x", "y", "z"].map(str::to_owned).to_vec(),
            allow_cross_variable_product: false,
            allow_multivariate_polynomials: false,
            operators: Sign::ALL.to_vec(),
        }
    }
}

impl Config {
    /// A monomial of a degree in the configured range: of the given variable, or of all of them.
    fn monomial(&self, variable: &str, rng: &mut Rng) -> Monomial {
        let degree = rng.int(self.min_degree.into(), self.max_degree.into());
        let mut monomial = Monomial::new();
        for _ in 0..degree {
            let name = if self.allow_multivariate_polynomials { rng.choose(&self.variables) } else { variable };
            *monomial.entry(name.into()).or_insert(0) += 1;
        }
        monomial
    }

    fn polynomial(&self, variable: &str, rng: &mut Rng) -> Polynomial {
        let mut polynomial = Polynomial::default();
        for _ in 0..rng.size(self.min_terms, self.max_terms) {
            let size = rng.int(self.min_value, self.max_value);
            let signed = rng.choose(&self.operators).of(size);
            polynomial.add(self.monomial(variable, rng), Rational::from_integer(signed.into()));
        }
        polynomial
    }
}

impl Generate for PolynomialMultiplication {
    const NAME: &'static str = "polynomial_multiplication";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::scalar("min_terms", "min_terms", Levels::Ints(&[2, 4, 6, 8])),
        Attribute::scalar("max_terms", "max_terms", Levels::Ints(&[4, 8, 12, 16])),
        Attribute::scalar("min_value", "min_value", Levels::Ints(&[1, 10, 100, 1000])),
        Attribute::scalar("max_value", "max_value", Levels::Ints(&[100, 10_000, 1_000_000, 100_000_000])),
        Attribute::scalar("min_degree", "min_degree", Levels::Ints(&[0, 1, 2, 3])),
        Attribute::scalar("max_degree", "max_degree", Levels::Ints(&[2, 4, 8, 10])),
        Attribute::scalar("min_polynomials", "min_polynomials", Levels::Ints(&[2, 3, 4, 5])),
        Attribute::scalar("max_polynomials", "max_polynomials", Levels::Ints(&[4, 6, 8, 10])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_terms, max_terms, 1..=20)?;
        bounds!(config, min_value, max_value, 1..=1_000_000_000_000)?;
        bounds!(config, min_degree, max_degree, 0..=20)?;
        bounds!(config, min_polynomials, max_polynomials, 2..=10)?;
        let name = |name: &String| matches!(name.as_bytes(), [letter] if letter.is_ascii_alphabetic() && !b"CEINOQS".contains(letter));
        if config.variables.is_empty() || !config.variables.iter().all(name) {
            return Err(InvalidConfig::new(
                "variables",
                "one or more letters are needed, none of C, E, I, N, O, Q, S, which have meanings",
            ));
        }
        Sign::check(&config.operators)?;
        if config.allow_multivariate_polynomials && !config.allow_cross_variable_product {
            return Err(InvalidConfig::new("allow_multivariate_polynomials", "needs `allow_cross_variable_product`"));
        }
        if config.allow_cross_variable_product && config.variables.len() > 1 {
            // The number of different monomials grows with a power of the degree.
            crate::config::check_within("max_polynomials", &config.max_polynomials, &(2..=5))?;
            crate::config::check_within("max_terms", &config.max_terms, &(1..=6))?;
        }
        Ok(())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let shared = rng.choose(&config.variables);
        let mut factors = Vec::new();
        let mut product = Polynomial::from(Rational::one());
        for _ in 0..rng.size(config.min_polynomials, config.max_polynomials) {
            let variable = if config.allow_cross_variable_product { rng.choose(&config.variables) } else { shared };
            let factor = config.polynomial(variable, rng);
            product = product.times(&factor);
            factors.push(format!("({factor})"));
        }
        if product.is_zero() {
            return None;
        }
        let expression = factors.join("*");
        Some(Problem {
            question: format!(
                "Multiply out and collect like terms: {expression}\nAnswer with the polynomial alone, `*` between all factors and `**` before exponents, as in \
                 3*x**2 - x + 4."
            ),
            answer: product.to_string(),
            metadata: json!({
                "polynomial_expr": expression,
                "variables": product.variables(),
                "difficulty": {
                    "min_terms": config.min_terms,
                    "max_terms": config.max_terms,
                    "min_value": config.min_value,
                    "max_value": config.max_value,
                    "min_degree": config.min_degree,
                    "max_degree": config.max_degree,
                    "min_polynomials": config.min_polynomials,
                    "max_polynomials": config.max_polynomials,
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
        check::puzzle(&PolynomialMultiplication);
    }

    #[test]
    fn equal_polynomials_count_but_for_the_question() {
        for (answer, parity, strict) in [
            ("4*x**2 - 4", 1.0, 1.0),
            ("-4 + 2*x*2*x", 1.0, 1.0),
            ("4*(x**2 - 1)", 1.0, 1.0),
            ("4*x^2 - 4", 0.0, 1.0),
            ("4.0*x**2 - 4", 0.0, 1.0),
            ("4*(x - 1)*(x + 1)", 0.0, 1.0),
            ("4*(x - 1)*(x + 2)", 0.0, 0.0),
            ("(2*x - 2) * (2*x + 2)", 0.0, 0.0),
            ("4x**2 - 4", 0.0, 0.0),
            ("4*X**2 - 4", 0.0, 0.0),
            ("4*x**2 - 4 = 4*x**2 - 4", 0.0, 0.0),
        ] {
            check::score(
                &PolynomialMultiplication,
                answer,
                "4*x**2 - 4",
                json!({"polynomial_expr": "(2*x - 2)*(2*x + 2)"}),
                [parity, strict],
            );
        }
    }
}
