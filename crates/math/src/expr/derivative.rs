//! Derivatives.

use super::{Expr, Function, Rational};

/// How many nodes a derivative may be made of.
const MAX_NODES: usize = 50_000;

/// Why there is no derivative here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NoDerivative {
    /// A function of the variable that has none, or none that is known here.
    #[error("{0:?} has no derivative")]
    Function(Function),
    /// The derivative is larger than the limits.
    #[error("the derivative is too large")]
    TooLarge,
}

impl Expr {
    /// The derivative by a variable. Other symbols are constants. It is simplified only where a part is 0 or 1; that of `Abs` is the one of real
    /// numbers, and holds a `Sign`.
    ///
    /// # Errors
    /// If a function of the variable has none, or the result would be too large.
    pub fn derivative(&self, variable: &str) -> Result<Self, NoDerivative> {
        Differentiation { variable, nodes: MAX_NODES }.of(self)
    }
}

struct Differentiation<'a> {
    variable: &'a str,
    /// How many nodes may still be made.
    nodes: usize,
}

impl Differentiation<'_> {
    fn of(&mut self, expr: &Expr) -> Result<Expr, NoDerivative> {
        self.nodes = self.nodes.checked_sub(1).ok_or(NoDerivative::TooLarge)?;
        match expr {
            Expr::Number(_) | Expr::Constant(_) => Ok(Expr::integer(0)),
            Expr::Symbol(name) => Ok(Expr::integer(i32::from(**name == *self.variable))),
            Expr::Sum(terms) => Ok(Expr::sum(terms.iter().map(|term| self.of(term)).collect::<Result<Vec<_>, _>>()?)),
            Expr::Product(factors) => self.of_product(factors),
            Expr::Power(power) => self.of_power(&power.0, &power.1, expr),
            Expr::Call(Function::Integral, arguments) => self.of_integral(arguments),
            Expr::Call(function, arguments) => {
                let inner = arguments.iter().map(|argument| self.of(argument)).collect::<Result<Vec<_>, _>>()?;
                match (inner.as_slice(), &**arguments) {
                    (inner, _) if inner.iter().all(|inner| inner.is_number(0)) => Ok(Expr::integer(0)),
                    ([inner], [argument]) => {
                        let outer = of_function(*function, argument, expr).ok_or(NoDerivative::Function(*function))?;
                        Ok(Expr::product([inner.clone(), outer]))
                    }
                    _ => Err(NoDerivative::Function(*function)),
                }
            }
        }
    }

    /// Halves are differentiated against each other, so that a product of n factors gives n log n nodes and not n squared.
    fn of_product(&mut self, factors: &[Expr]) -> Result<Expr, NoDerivative> {
        if let [factor] = factors {
            return self.of(factor);
        }
        self.nodes = self.nodes.checked_sub(factors.len()).ok_or(NoDerivative::TooLarge)?;
        let (left, right) = factors.split_at(factors.len() / 2);
        let (left_changes, right_changes) = (self.of_product(left)?, self.of_product(right)?);
        let product = |factors: &[Expr]| Expr::product(factors.iter().cloned());
        Ok(Expr::sum([Expr::product([left_changes, product(right)]), Expr::product([product(left), right_changes])]))
    }

    fn of_power(&mut self, base: &Expr, exponent: &Expr, whole: &Expr) -> Result<Expr, NoDerivative> {
        let (base_changes, exponent_changes) = (self.of(base)?, self.of(exponent)?);
        let less_one = match exponent {
            Expr::Number(value) => Expr::Number(value - Rational::from_integer(1.into())),
            _ => Expr::sum([exponent.clone(), Expr::integer(-1)]),
        };
        let by_base = Expr::product([exponent.clone(), Expr::power(base.clone(), less_one), base_changes]);
        let log = Expr::call(Function::Log, base.clone());
        let by_exponent = Expr::product([whole.clone(), log, exponent_changes]);
        Ok(Expr::sum([by_base, by_exponent]))
    }

    /// By the variable of integration it is the integrand; by another, that one's derivative under the integral.
    fn of_integral(&mut self, arguments: &[Expr]) -> Result<Expr, NoDerivative> {
        let [integrand, variable] = arguments else { return Err(NoDerivative::Function(Function::Integral)) };
        if matches!(variable, Expr::Symbol(name) if **name == *self.variable) {
            return Ok(integrand.clone());
        }
        match self.of(integrand)? {
            inner if inner.is_number(0) => Ok(inner),
            inner => Ok(Expr::Call(Function::Integral, [inner, variable.clone()].into())),
        }
    }
}

/// What a function of one argument changes with it; `whole` is the function of the argument.
fn of_function(function: Function, argument: &Expr, whole: &Expr) -> Option<Expr> {
    let call = |function| Expr::call(function, argument.clone());
    let squared = |expr: Expr| Expr::power(expr, Expr::integer(2));
    let plus = |number: i64, expr: Expr| Expr::sum([Expr::integer(number), expr]);
    let minus_square = || plus(1, squared(argument.clone()).negated());
    Some(match function {
        Function::Exp => whole.clone(),
        Function::Log => argument.clone().inverse(),
        Function::Sin => call(Function::Cos),
        Function::Cos => call(Function::Sin).negated(),
        Function::Tan => plus(1, squared(whole.clone())),
        Function::Cot => plus(1, squared(whole.clone())).negated(),
        Function::Sec => Expr::product([whole.clone(), call(Function::Tan)]),
        Function::Csc => Expr::product([whole.clone(), call(Function::Cot)]).negated(),
        Function::Asin => Expr::sqrt(minus_square()).inverse(),
        Function::Acos => Expr::sqrt(minus_square()).inverse().negated(),
        Function::Atan => plus(1, squared(argument.clone())).inverse(),
        Function::Sinh => call(Function::Cosh),
        Function::Cosh => call(Function::Sinh),
        Function::Tanh => plus(1, squared(whole.clone()).negated()),
        Function::Asinh => Expr::sqrt(plus(1, squared(argument.clone()))).inverse(),
        // Two roots and not one of the product, which has another branch.
        Function::Acosh => {
            Expr::product([Expr::sqrt(plus(-1, argument.clone())).inverse(), Expr::sqrt(plus(1, argument.clone())).inverse()])
        }
        Function::Atanh => minus_square().inverse(),
        Function::Abs => call(Function::Sign),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Domain, Equality, Syntax, compare, parse};
    use super::*;

    fn read(text: &str) -> Expr {
        parse(text, &Syntax::PYTHON).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let derivative = read(text).derivative("x").unwrap();
        assert_eq!(compare(&read(expect), &derivative, Domain::Complex), Equality::Equal, "{text}: {derivative:?}");
    }

    #[test]
    fn rules_of_differentiation() {
        for (text, expect) in [
            ("7 + C", "0"),
            ("x", "1"),
            ("3*x**5 - x/2 + 1/x", "15*x**4 - 1/2 - x**-2"),
            ("x*sin(x)*exp(2*x)", "exp(2*x)*(sin(x) + x*cos(x) + 2*x*sin(x))"),
            ("x**x", "x**x*(log(x) + 1)"),
            ("2**x", "2**x*log(2)"),
            ("E**(x**2)", "2*x*exp(x**2)"),
            ("sqrt(1 - x**2)", "-x/sqrt(1 - x**2)"),
            ("log(log(x))", "1/(x*log(x))"),
            ("tan(x)", "1/cos(x)**2"),
            ("cot(x)", "-1/sin(x)**2"),
            ("sec(x)", "sin(x)/cos(x)**2"),
            ("csc(x)", "-cos(x)/sin(x)**2"),
            ("asin(x) + acos(x)", "0"),
            ("atan(3*x)", "3/(9*x**2 + 1)"),
            ("sinh(x)*cosh(x)", "cosh(2*x)"),
            ("tanh(x)", "1/cosh(x)**2"),
            ("log(x + sqrt(x**2 + 1))", "1/sqrt(x**2 + 1)"),
            ("Integral(sin(x)**9, x)", "sin(x)**9"),
            ("y**3*x", "y**3"),
        ] {
            check(text, expect);
        }
    }

    #[test]
    fn inverse_hyperbolic_functions_follow_their_logarithms() {
        check("asinh(x) - log(x + sqrt(x**2 + 1))", "0");
        check("acosh(x) - log(x + sqrt(x - 1)*sqrt(x + 1))", "0");
        check("atanh(x) - log(1 + x)/2 + log(1 - x)/2", "0");
    }

    #[test]
    fn some_functions_have_none() {
        assert_eq!(read("floor(x)").derivative("x"), Err(NoDerivative::Function(Function::Floor)));
        assert_eq!(read("max(x, 1)").derivative("x"), Err(NoDerivative::Function(Function::Max)));
        assert_eq!(read("floor(y)").derivative("x"), Ok(Expr::integer(0)));
    }

    #[test]
    fn long_products_stay_small() {
        let product = vec!["sin(x)"; 1200].join("*");
        let mut nodes = 0;
        read(&product).derivative("x").unwrap().visit(&mut |_| nodes += 1);
        assert!(nodes < 60_000, "{nodes}");
    }
}
