//! Expressions, with brackets where reading needs them.

use super::{Fractions, Printer};
use crate::answer::{DEGREE, INFINITY, MINUS_PLUS, PLUS_MINUS};
use crate::expr::{Constant, Expr, Function, Rational};
use num_traits::{One, Signed};

/// Commands that are symbols.
const GREEK: &[&str] = &[
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi", "rho", "sigma",
    "tau", "upsilon", "phi", "chi", "psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi",
    "Omega", "hbar", "ell", "partial", "nabla", "aleph", "varpi", "dagger", "triangle", "angle", "det", "dim", "ker", "arg", "deg", "Re",
    "Im", "Pr", "pi",
];

/// Whether it is one over something.
fn inverted(expr: &Expr) -> Option<&Expr> {
    match expr {
        Expr::Power(power) if power.1.is_number(-1) => Some(&power.0),
        _ => None,
    }
}

/// Whether it is a sum, an integral or the like, which takes the factors behind it.
fn is_operator(expr: &Expr) -> bool {
    let Expr::Call(Function::Apply, parts) = expr else { return false };
    matches!(parts.first(), Some(Expr::Symbol(name)) if matches!(&**name, "sum" | "prod" | "lim" | "sup" | "inf" | "limsup" | "liminf" | "bigcup" | "bigcap" | "int" | "iint" | "iiint" | "oint"))
}

impl Printer {
    /// Terms with their signs.
    pub(super) fn sum(&mut self, expr: &Expr) {
        let Expr::Sum(terms) = expr else { return self.term(expr, true) };
        for (at, term) in terms.iter().enumerate() {
            self.term(term, at == 0);
        }
    }

    /// A term with the sign before it.
    fn term(&mut self, expr: &Expr, first: bool) {
        let (sign, rest) = signed(expr);
        match (sign, first) {
            ("", true) => {}
            ("", false) => self.operator("+"),
            ("-", true) => self.push("-"),
            (sign, true) => {
                self.push(sign);
                self.push(" ");
            }
            (sign, false) => self.operator(sign),
        }
        match rest {
            Some(rest) => self.product(&rest),
            None => self.product(expr),
        }
    }

    /// Factors; a sum or a sign gets brackets.
    fn product(&mut self, expr: &Expr) {
        let Expr::Product(factors) = expr else { return self.factor(expr) };
        // One denominator behind everything else is a fraction's.
        if let Some((last, over)) = factors.split_last()
            && let Some(under) = inverted(last)
            && !over.iter().any(|factor| inverted(factor).is_some())
        {
            return self.quotient(over, under);
        }
        self.factors(factors);
    }

    fn factors(&mut self, factors: &[Expr]) {
        let simple = |expr: &Expr| matches!(expr, Expr::Symbol(name) if name.len() == 1 && !matches!(&**name, "f" | "g" | "h" | "F" | "G" | "H" | "d"));
        let coefficient = |expr: &Expr| matches!(expr, Expr::Number(number) if number.is_integer());
        for (at, factor) in factors.iter().enumerate() {
            if let Some(before) = at.checked_sub(1).and_then(|before| factors.get(before)) {
                if simple(factor) && (simple(before) || (at == 1 && coefficient(before))) {
                    // `a t` is a product and `at` a word.
                    self.push(" ");
                } else {
                    self.push(" \\cdot ");
                }
            }
            // An operator with bounds takes what follows it.
            if is_operator(factor) && at + 1 < factors.len() {
                self.bracketed(factor);
            } else {
                self.factor(factor);
            }
        }
    }

    fn quotient(&mut self, over: &[Expr], under: &Expr) {
        if self.style.fractions == Fractions::Slash {
            match over.last() {
                Some(last) if is_operator(last) => self.bracketed(&rebuilt(over.to_vec())),
                _ => self.factors(over),
            }
            self.push("/");
            self.bracketed(under);
            return;
        }
        self.push(if self.style.fractions == Fractions::Frac { "\\frac{" } else { "\\dfrac{" });
        match over {
            [] => self.push("1"),
            [one] => self.sum(one),
            // A number in front may be negative; the sign is the term's.
            over => {
                let product = Expr::Product(over.into());
                self.term(&product, true);
            }
        }
        self.push("}{");
        self.sum(under);
        self.push("}");
    }

    fn bracketed(&mut self, expr: &Expr) {
        self.open("(");
        self.sum(expr);
        self.close(")");
    }

    /// One factor.
    fn factor(&mut self, expr: &Expr) {
        match expr {
            Expr::Number(number) if number.is_integer() && !number.is_negative() => self.push(&number.to_string()),
            Expr::Number(number) if number.is_negative() => self.bracketed(expr),
            Expr::Number(number) => self.rational(number),
            Expr::Constant(constant) => self.push(match constant {
                Constant::Pi => "\\pi",
                Constant::E => "e",
                Constant::I => "i",
            }),
            Expr::Symbol(name) => self.symbol(name),
            Expr::Sum(_) | Expr::Product(_) => self.bracketed(expr),
            Expr::Power(power) => self.power(&power.0, &power.1),
            Expr::Call(Function::Apply, parts) => self.application(parts),
            Expr::Call(function, parts) => self.call(*function, parts),
        }
    }

    fn rational(&mut self, number: &Rational) {
        match self.style.fractions {
            Fractions::Frac => self.push(&format!("\\frac{{{}}}{{{}}}", number.numer(), number.denom())),
            Fractions::Dfrac => self.push(&format!("\\dfrac{{{}}}{{{}}}", number.numer(), number.denom())),
            Fractions::Slash => self.push(&format!("({}/{})", number.numer(), number.denom())),
        }
    }

    fn power(&mut self, base: &Expr, exponent: &Expr) {
        match exponent {
            exponent if exponent.is_number(-1) => {
                if self.style.fractions == Fractions::Slash {
                    self.push("(1/");
                    self.bracketed(base);
                    self.push(")");
                } else {
                    self.quotient(&[], base);
                }
            }
            Expr::Number(number) if number.numer().is_one() && !number.is_integer() => {
                if *number.denom() == 2.into() {
                    self.push("\\sqrt{");
                } else {
                    self.push(&format!("\\sqrt[{}]{{", number.denom()));
                }
                self.sum(base);
                self.push("}");
            }
            exponent => {
                let plain = match base {
                    Expr::Number(number) => number.is_integer() && !number.is_negative(),
                    Expr::Symbol(name) => &**name != DEGREE && &**name != "…",
                    Expr::Constant(constant) => *constant != Constant::E,
                    _ => false,
                };
                if plain {
                    self.factor(base);
                } else {
                    self.bracketed(base);
                }
                self.push("^{");
                self.sum(exponent);
                self.push("}");
            }
        }
    }

    /// A name with its accents, indices and primes.
    fn symbol(&mut self, name: &str) {
        match name {
            DEGREE => return self.push("1^{\\circ}"),
            INFINITY => return self.push("\\infty "),
            PLUS_MINUS => return self.push("(\\pm 1)"),
            MINUS_PLUS => return self.push("(\\mp 1)"),
            "…" => return self.push("\\ldots "),
            "ℝ" | "ℕ" | "ℤ" | "ℚ" | "ℂ" => return self.push(name),
            _ => {}
        }
        for (accent, command) in [("bar ", "\\overline"), ("hat ", "\\hat"), ("tilde ", "\\tilde"), ("dot ", "\\dot"), ("ddot ", "\\ddot")]
        {
            if let Some(rest) = name.strip_prefix(accent) {
                let base = rest.find(['_', '\'', '*']).unwrap_or(rest.len());
                let (base, behind) = rest.split_at(base);
                self.push(&format!("{command}{{{base}}}"));
                return self.marks(behind);
            }
        }
        let length = name.find(['_', '\'', '*', '†']).unwrap_or(name.len());
        let (base, behind) = name.split_at(length);
        if GREEK.contains(&base) {
            self.push(&format!("\\{base} "));
        } else if base.chars().count() == 1 {
            self.push(base);
        } else if base.contains(' ') {
            self.push(&format!("\\text{{{base}}}"));
        } else {
            self.push(&format!("\\mathrm{{{base}}}"));
        }
        self.marks(behind);
    }

    /// Indices and primes behind a name.
    fn marks(&mut self, marks: &str) {
        let mut rest = marks;
        while let Some(first) = rest.chars().next() {
            rest = &rest[first.len_utf8()..];
            match first {
                '_' => {
                    let length = rest.trim_end_matches(['\'', '*', '†']).len();
                    let (index, behind) = rest.split_at(length);
                    self.push(&format!("_{{{index}}}"));
                    rest = behind;
                }
                '*' => self.push("^{*}"),
                '†' => self.push("^{\\dagger}"),
                '+' => self.push("^{+}"),
                '-' => self.push("^{-}"),
                other => self.out.push(other),
            }
        }
    }

    fn arguments(&mut self, arguments: &[Expr]) {
        self.open("(");
        self.separated(arguments);
        self.close(")");
    }

    fn separated(&mut self, parts: &[Expr]) {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.push(", ");
            }
            self.sum(part);
        }
    }

    fn call(&mut self, function: Function, parts: &[Expr]) {
        let name = match function {
            Function::Exp => {
                self.push("e^{");
                self.separated(parts);
                return self.push("}");
            }
            Function::Abs | Function::Floor | Function::Ceiling => {
                let (open, close) = match function {
                    Function::Abs => ("\\left|", "\\right|"),
                    Function::Floor => ("\\lfloor ", " \\rfloor "),
                    _ => ("\\lceil ", " \\rceil "),
                };
                self.push(open);
                self.separated(parts);
                return self.push(close);
            }
            Function::Factorial => {
                match parts {
                    [of @ Expr::Symbol(_)] => self.factor(of),
                    [of @ Expr::Number(number)] if number.is_integer() && !number.is_negative() => self.factor(of),
                    parts => self.arguments(parts),
                }
                return self.push("!");
            }
            Function::Modulo => {
                if let [of, by] = parts {
                    self.push("(");
                    self.bracketed(of);
                    self.push(" \\bmod ");
                    self.bracketed(by);
                    self.push(")");
                }
                return;
            }
            Function::Log => "\\ln",
            Function::Sin => "\\sin",
            Function::Cos => "\\cos",
            Function::Tan => "\\tan",
            Function::Cot => "\\cot",
            Function::Sec => "\\sec",
            Function::Csc => "\\csc",
            Function::Asin => "\\arcsin",
            Function::Acos => "\\arccos",
            Function::Atan => "\\arctan",
            Function::Sinh => "\\sinh",
            Function::Cosh => "\\cosh",
            Function::Tanh => "\\tanh",
            Function::Asinh => "\\mathrm{arcsinh}",
            Function::Acosh => "\\mathrm{arccosh}",
            Function::Atanh => "\\mathrm{arctanh}",
            Function::Sign => "\\mathrm{sgn}",
            Function::Max => "\\max",
            Function::Min => "\\min",
            // Not read from answers: for people only.
            Function::FloorDivide => "\\mathrm{floordivide}",
            Function::Xor => "\\mathrm{xor}",
            Function::Integral => "\\mathrm{integral}",
            Function::Apply => return self.application(parts),
        };
        self.push(name);
        self.arguments(parts);
    }

    /// A function nobody defined.
    fn application(&mut self, parts: &[Expr]) {
        let Some((Expr::Symbol(name), arguments)) = parts.split_first() else { return self.arguments(parts) };
        match &**name {
            "()" => self.arguments(arguments),
            "{}" => {
                self.push("\\{");
                self.separated(arguments);
                self.push("\\}");
            }
            "<>" => {
                self.push("\\langle ");
                self.separated(arguments);
                self.push(" \\rangle ");
            }
            "norm" => {
                self.push("\\lVert ");
                self.separated(arguments);
                self.push(" \\rVert ");
            }
            "!!" => {
                self.arguments(arguments);
                self.push("!!");
            }
            "^+" | "^-" => {
                self.arguments(arguments);
                self.push(if &**name == "^+" { "^{+}" } else { "^{-}" });
            }
            "matrix" | "det" => self.matrix(name, arguments),
            "sum" | "prod" | "lim" | "sup" | "inf" | "limsup" | "liminf" | "bigcup" | "bigcap" => self.big(name, arguments),
            "int" | "iint" | "iiint" | "oint" => self.integral(name, arguments),
            "gcd" => {
                self.push("\\gcd");
                self.arguments(arguments);
            }
            "lcm" => {
                self.push("\\mathrm{lcm}");
                self.arguments(arguments);
            }
            "relation" => {
                let Some((Expr::Symbol(signs), terms)) = arguments.split_first() else { return };
                let mut signs = signs.split(' ');
                for (at, term) in terms.iter().enumerate() {
                    if at > 0 {
                        self.operator(signs.next().unwrap_or("="));
                    }
                    self.sum(term);
                }
            }
            "part" => self.separated(arguments.get(..1).unwrap_or_default()),
            name if name.starts_with('_') => {
                self.arguments(arguments);
                self.push(&format!("_{{{}}}", &name[1..]));
            }
            name => {
                match name.strip_suffix("^-1") {
                    Some(base) => {
                        self.symbol(base);
                        self.push("^{-1}");
                    }
                    None => self.symbol(name),
                }
                self.arguments(arguments);
            }
        }
    }

    fn matrix(&mut self, name: &str, arguments: &[Expr]) {
        let Some((Expr::Number(rows), entries)) = arguments.split_first() else { return };
        let rows = usize::try_from(rows.to_integer()).unwrap_or(1).max(1);
        let columns = (entries.len() / rows).max(1);
        self.rows(if name == "det" { "vmatrix" } else { "pmatrix" }, entries.chunks(columns).map(|row| row.iter()), |printer, entry| {
            printer.sum(entry)
        });
    }

    /// `\sum` and its kin: body, index, bounds.
    fn big(&mut self, name: &str, arguments: &[Expr]) {
        let Some((body, bounds)) = arguments.split_first() else { return };
        self.push(&format!("\\{name}"));
        if let Some((index, bounds)) = bounds.split_first() {
            self.push("_{");
            self.sum(index);
            // `j \neq i` is index and bound in one.
            let related = matches!(index, Expr::Call(Function::Apply, _));
            if let Some(from) = bounds.first().filter(|_| !related) {
                self.push(if name == "lim" { " \\to " } else { " = " });
                self.sum(from);
            }
            self.push("}");
            if let Some(to) = bounds.get(usize::from(!related)) {
                self.push("^{");
                self.sum(to);
                self.push("}");
            }
        }
        self.push(" ");
        self.bracketed(body);
    }

    fn integral(&mut self, name: &str, arguments: &[Expr]) {
        let Some((body, rest)) = arguments.split_first() else { return };
        let variables = match (name, rest.len()) {
            (_, 0 | 1) => rest.len(),
            ("iint", 2 | 4) => 2,
            ("iiint", 3..) => 3,
            _ => 1,
        };
        let (variables, bounds) = rest.split_at(variables);
        self.push(&format!("\\{name}"));
        for (mark, bound) in ["_{", "^{"].into_iter().zip(bounds) {
            self.push(mark);
            self.sum(bound);
            self.push("}");
        }
        self.push(" ");
        self.bracketed(body);
        for variable in variables {
            self.push(" \\, d");
            self.factor(variable);
        }
    }
}

/// The sign before a term, and the term without it; `None` if it is the term as it is.
fn signed(expr: &Expr) -> (&'static str, Option<Expr>) {
    match expr {
        Expr::Number(number) if number.is_negative() => ("-", Some(Expr::Number(-number))),
        Expr::Symbol(name) if &**name == PLUS_MINUS => ("\\pm", Some(Expr::integer(1))),
        Expr::Symbol(name) if &**name == MINUS_PLUS => ("\\mp", Some(Expr::integer(1))),
        Expr::Product(factors) => {
            let choice = |expr: &Expr| match expr {
                Expr::Symbol(name) if &**name == PLUS_MINUS => Some("\\pm"),
                Expr::Symbol(name) if &**name == MINUS_PLUS => Some("\\mp"),
                _ => None,
            };
            match &**factors {
                [first, rest @ ..] if choice(first).is_some() => (choice(first).unwrap_or_default(), Some(rebuilt(rest.to_vec()))),
                [Expr::Number(number), second, rest @ ..] if choice(second).is_some() && !number.is_negative() => {
                    let mut factors = vec![Expr::Number(number.clone())];
                    factors.extend_from_slice(rest);
                    (choice(second).unwrap_or_default(), Some(rebuilt(factors)))
                }
                [Expr::Number(number), rest @ ..] if number.is_negative() => {
                    let mut factors = rest.to_vec();
                    let magnitude = -number;
                    if !magnitude.is_one() {
                        factors.insert(0, Expr::Number(magnitude));
                    }
                    ("-", Some(rebuilt(factors)))
                }
                _ => ("", None),
            }
        }
        _ => ("", None),
    }
}

fn rebuilt(mut factors: Vec<Expr>) -> Expr {
    if factors.len() == 1 { factors.swap_remove(0) } else { Expr::Product(factors.into()) }
}
