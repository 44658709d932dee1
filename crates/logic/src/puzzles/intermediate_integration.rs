//! Indefinite integrals by substitution or by parts.

use crate::config::{InvalidConfig, bounds, check_weights};
use crate::generator::{Generate, Problem};
use crate::polynomial::{Polynomial, Sign};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, antiderivative};
use gavel_math::expr::Rational;
use num_traits::{One, Signed};
use serde::{Deserialize, Serialize};
use serde_json::json;

pub(crate) struct IntermediateIntegration;

impl Puzzle for IntermediateIntegration {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algebra
    }

    fn summary(&self) -> &'static str {
        "Find the antiderivative of a product or composition of elementary functions."
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
    problem_types: Vec<ProblemType>,
    problem_type_weights: Vec<f64>,
    linear_lower_bound: i64,
    linear_upper_bound: i64,
    min_linear_degree: i64,
    max_linear_degree: i64,
    outer_constant_min: i64,
    outer_constant_max: i64,
    min_poly_degree: u32,
    max_poly_degree: u32,
    symbols: Vec<Variable>,
    operators: Vec<Sign>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ProblemType {
    Linear,
    Radical,
    LogInverseTrig,
    Trigonometric,
    PolynomialExpTrig,
    Exponential,
    Cyclic,
    RepeatedParts,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
enum Variable {
    #[serde(rename = "x")]
    Small,
    #[serde(rename = "X")]
    Large,
}

impl Default for Config {
    fn default() -> Self {
        use ProblemType::{Cyclic, Exponential, Linear, LogInverseTrig, PolynomialExpTrig, Radical, RepeatedParts, Trigonometric};
        Self {
            problem_types: vec![Linear, Radical, LogInverseTrig, Trigonometric, PolynomialExpTrig, Exponential, Cyclic, RepeatedParts],
            problem_type_weights: vec![0.125; 8],
            linear_lower_bound: 1,
            linear_upper_bound: 10,
            min_linear_degree: 2,
            max_linear_degree: 4,
            outer_constant_min: 1,
            outer_constant_max: 3,
            min_poly_degree: 1,
            max_poly_degree: 3,
            symbols: vec![Variable::Small],
            operators: Sign::ALL.to_vec(),
        }
    }
}

/// A sum of texts with coefficients.
#[derive(Default)]
struct Terms(Vec<(Rational, String)>);

impl Terms {
    fn one(coefficient: Rational, body: impl Into<String>) -> Self {
        Self::default().and(coefficient, body)
    }

    fn and(mut self, coefficient: Rational, body: impl Into<String>) -> Self {
        self.0.push((coefficient, body.into()));
        self
    }

    /// Written as Python would, every coefficient multiplied by `constant`.
    fn times(&self, constant: i64) -> String {
        let mut text = String::new();
        for (coefficient, body) in &self.0 {
            let coefficient = coefficient * whole(constant);
            text += match (text.is_empty(), coefficient.is_negative()) {
                (true, false) => "",
                (true, true) => "-",
                (false, false) => " + ",
                (false, true) => " - ",
            };
            if !coefficient.numer().abs().is_one() {
                text += &format!("{}*", coefficient.numer().abs());
            }
            text += body;
            if !coefficient.denom().is_one() {
                text += &format!("/{}", coefficient.denom());
            }
        }
        text
    }
}

fn whole(value: i64) -> Rational {
    Rational::from_integer(value.into())
}

fn ratio(over: i64, under: i64) -> Rational {
    Rational::new(over.into(), under.into())
}

/// An integrand with its antiderivative, both still to be multiplied by a constant.
struct Integral {
    integrand: Terms,
    solution: Terms,
}

/// A function whose integrals are found by the dozen.
#[derive(Clone, Copy)]
enum Outer {
    Exp,
    Sin,
    Cos,
}

impl Outer {
    fn name(self) -> &'static str {
        match self {
            Self::Exp => "exp",
            Self::Sin => "sin",
            Self::Cos => "cos",
        }
    }

    /// Its antiderivative, up to a sign.
    fn integrated(self) -> (i64, Self) {
        match self {
            Self::Exp => (1, Self::Exp),
            Self::Sin => (-1, Self::Cos),
            Self::Cos => (1, Self::Sin),
        }
    }
}

/// Draws the parts of one integral.
struct Draw<'a> {
    config: &'a Config,
    rng: &'a mut Rng,
    x: &'static str,
}

impl Draw<'_> {
    fn sign(&mut self) -> i64 {
        self.rng.choose(&self.config.operators).of(1)
    }

    fn coefficient(&mut self) -> i64 {
        self.sign() * self.rng.int(self.config.linear_lower_bound, self.config.linear_upper_bound)
    }

    fn constant(&mut self) -> i64 {
        self.sign() * self.rng.int(self.config.outer_constant_min, self.config.outer_constant_max)
    }

    /// A polynomial of these coefficients, from the constant up.
    fn polynomial(&self, coefficients: &[i64]) -> Polynomial {
        let mut polynomial = Polynomial::default();
        for (exponent, coefficient) in coefficients.iter().enumerate() {
            polynomial.add_all(Polynomial::term(whole(*coefficient), self.x, exponent as u32));
        }
        polynomial
    }

    fn integral(&mut self, of: ProblemType) -> Integral {
        match of {
            ProblemType::Linear => {
                let slope = self.rng.int(self.config.linear_lower_bound, self.config.linear_upper_bound);
                let constant = self.coefficient();
                let degree = self.rng.int(self.config.min_linear_degree, self.config.max_linear_degree);
                let inner = self.polynomial(&[constant, slope]);
                let solution = Terms::one(ratio(1, slope * (degree + 1)), format!("({inner})**{}", degree + 1));
                let integrand = if degree == 1 { format!("({inner})") } else { format!("({inner})**{degree}") };
                Integral { integrand: Terms::one(whole(1), integrand), solution }
            }
            ProblemType::Radical => {
                let (slope, constant) = (self.coefficient(), self.coefficient());
                let inner = self.polynomial(&[constant, slope]);
                Integral {
                    integrand: Terms::one(whole(slope), format!("sqrt({inner})")),
                    solution: Terms::one(ratio(2, 3), format!("({inner})**(3/2)")),
                }
            }
            ProblemType::Trigonometric => self.trigonometric(),
            ProblemType::Exponential => self.exponential(),
            ProblemType::LogInverseTrig => self.log_inverse_trig(),
            ProblemType::PolynomialExpTrig => {
                let degree = self.rng.int(self.config.min_poly_degree.into(), self.config.max_poly_degree.into()) as u32;
                match *self.rng.choose(&[Outer::Exp, Outer::Sin, Outer::Cos]) {
                    Outer::Exp => by_parts(degree, Outer::Exp, 1, self.x),
                    outer => by_parts(degree, outer, self.rng.int(1, 3), self.x),
                }
            }
            ProblemType::RepeatedParts => {
                let degree = self.rng.int(3, self.config.max_poly_degree.max(3).into()) as u32;
                by_parts(degree, *self.rng.choose(&[Outer::Exp, Outer::Sin, Outer::Cos]), 1, self.x)
            }
            ProblemType::Cyclic => self.cyclic(),
        }
    }

    fn trigonometric(&mut self) -> Integral {
        let (slope, constant) = (self.coefficient(), self.coefficient());
        let inner = self.polynomial(&[constant, slope]);
        let power = self.rng.int(1, 4);
        // The power's base with the sign of its derivative, which is the other function.
        let (base, other, sign) = *self.rng.choose(&[("sin", "cos", 1), ("cos", "sin", -1)]);
        let raised = if power == 1 { format!("{base}({inner})") } else { format!("{base}({inner})**{power}") };
        Integral {
            integrand: Terms::one(whole(sign * slope), format!("{raised}*{other}({inner})")),
            solution: Terms::one(ratio(1, power + 1), format!("{base}({inner})**{}", power + 1)),
        }
    }

    fn exponential(&mut self) -> Integral {
        let count = *self.rng.choose(&[2, 3]);
        let coefficients: Vec<i64> = (0..count).map(|_| self.coefficient()).collect();
        let inner = self.polynomial(&coefficients);
        let integrand = if count == 2 {
            Terms::one(whole(coefficients[1]), format!("exp({inner})"))
        } else {
            Terms::one(whole(1), format!("({})*exp({inner})", inner.derivative(self.x)))
        };
        Integral { integrand, solution: Terms::one(whole(1), format!("exp({inner})")) }
    }

    fn log_inverse_trig(&mut self) -> Integral {
        let x = self.x;
        let scale = self.rng.int(1, 3);
        let inner = self.polynomial(&[0, scale]);
        let squared = self.polynomial(&[0, 0, scale * scale]);
        match self.rng.below(3) {
            0 => {
                let power = if self.rng.chance(0.8) { 1 } else { self.rng.int(2, 3) };
                let log = if power == 1 { format!("log({x})") } else { format!("log({x}**{power})") };
                let solution = Terms::one(whole(1), format!("{x}*{log}")).and(whole(-power), x);
                Integral { integrand: Terms::one(whole(1), log), solution }
            }
            1 => Integral {
                integrand: Terms::one(whole(1), format!("asin({inner})")),
                solution: Terms::one(whole(1), format!("{x}*asin({inner})")).and(ratio(1, scale), format!("sqrt(1 - {squared})")),
            },
            _ => Integral {
                integrand: Terms::one(whole(1), format!("atan({inner})")),
                solution: Terms::one(whole(1), format!("{x}*atan({inner})")).and(ratio(-1, 2 * scale), format!("log({squared} + 1)")),
            },
        }
    }

    fn cyclic(&mut self) -> Integral {
        let x = self.x;
        let (sin, cos) = (format!("exp({x})*sin({x})"), format!("exp({x})*cos({x})"));
        match self.rng.below(3) {
            0 => Integral { solution: Terms::one(ratio(1, 2), &*sin).and(ratio(-1, 2), cos), integrand: Terms::one(whole(1), sin) },
            1 => Integral { solution: Terms::one(ratio(1, 2), sin).and(ratio(1, 2), &*cos), integrand: Terms::one(whole(1), cos) },
            _ => Integral {
                integrand: Terms::one(whole(1), format!("sin({x})*cos({x})")),
                solution: Terms::one(ratio(1, 2), format!("sin({x})**2")),
            },
        }
    }
}

/// `x**degree * outer(scale*x)`: derivatives of the power times repeated integrals of the function, with alternating signs.
fn by_parts(degree: u32, outer: Outer, scale: i64, x: &str) -> Integral {
    let power = |exponent: u32| match exponent {
        0 => String::new(),
        1 => format!("{x}*"),
        _ => format!("{x}**{exponent}*"),
    };
    let inner = Polynomial::term(whole(scale), x, 1);
    let integrand = Terms::one(whole(1), format!("{}{}({inner})", power(degree), outer.name()));
    let mut solution = Terms::default();
    let (mut coefficient, mut function) = (whole(1), outer);
    for exponent in (0..=degree).rev() {
        let (sign, integrated) = function.integrated();
        function = integrated;
        coefficient *= ratio(sign, scale);
        solution = solution.and(coefficient.clone(), format!("{}{}({inner})", power(exponent), function.name()));
        coefficient *= whole(-i64::from(exponent));
    }
    Integral { integrand, solution }
}

impl Generate for IntermediateIntegration {
    const NAME: &'static str = "intermediate_integration";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[Attribute::scalar(
        "problem_type_weights",
        "problem_type_weights",
        Levels::Json(&[
            "[1, 0, 0, 0, 0, 0, 0, 0]",
            "[0, 1, 0, 0, 0, 0, 0, 0]",
            "[0, 0, 1, 0, 0, 0, 0, 0]",
            "[0, 0, 0, 1, 0, 0, 0, 0]",
            "[0, 0, 0, 0, 1, 0, 0, 0]",
            "[0, 0, 0, 0, 0, 1, 0, 0]",
            "[0, 0, 0, 0, 0, 0, 1, 0]",
            "[0, 0, 0, 0, 0, 0, 0, 1]",
        ]),
    )];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        check_weights("problem_type_weights", &config.problem_type_weights, config.problem_types.len())?;
        bounds!(config, linear_lower_bound, linear_upper_bound, 1..=1000)?;
        bounds!(config, min_linear_degree, max_linear_degree, 1..=20)?;
        bounds!(config, outer_constant_min, outer_constant_max, 1..=1000)?;
        bounds!(config, min_poly_degree, max_poly_degree, 1..=10)?;
        if config.symbols.is_empty() {
            return Err(InvalidConfig::new("symbols", "empty; give \"x\", \"X\" or both"));
        }
        Sign::check(&config.operators)
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let problem_type = config.problem_types[rng.weighted(&config.problem_type_weights)];
        let x = match rng.choose(&config.symbols) {
            Variable::Small => "x",
            Variable::Large => "X",
        };
        let mut draw = Draw { config, rng, x };
        let Integral { integrand, solution } = draw.integral(problem_type);
        let constant = draw.constant();
        let integrand = integrand.times(constant);
        Some(Problem {
            question: format!(
                "Find the indefinite integral ∫ ({integrand}) d{x}\nAnswer with an antiderivative alone, `*` between all factors, `**` before exponents and the functions \
                 exp, log, sin, cos, asin, atan and sqrt, as in 2*{x}*exp(3*{x}**2) + C."
            ),
            answer: format!("{} + C", solution.times(constant)),
            metadata: json!({
                "integrand": integrand,
                "problem_type": problem_type,
                "variable": x,
                "difficulty": {"problem_type_weights": config.problem_type_weights},
            }),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;
    use gavel_task::Difficulty;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle_with_flaws(&IntermediateIntegration, |entry| entry.gold().is_ok_and(|gold| gold.contains("Integral")));
    }

    #[test]
    fn every_type_of_problem_is_solved_right() {
        for level in 0..8 {
            for entry in IntermediateIntegration.generate(&Difficulty::Level(level), 3, 0).unwrap().take(60) {
                let entry = entry.unwrap();
                let grade = IntermediateIntegration.score(entry.answer.as_deref(), &entry, Mode::Strict).unwrap();
                assert_eq!(grade.score, 1.0, "{}\n{:?}: {grade:?}", entry.question, entry.answer);
            }
        }
    }
}
