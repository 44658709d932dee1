//! Tables: what holds, what nearly does, what is hostile.

use super::*;
use crate::expr::{Constant, Function, Syntax, parse};

fn read(text: &str) -> Expr {
    parse(text, &Syntax { implicit_multiplication: true, ..Syntax::WRITTEN }).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[track_caller]
fn decide(one: &str, two: &str) -> Decision {
    let (one_expr, two_expr) = (read(one), read(two));
    let forth = equal(&one_expr, &two_expr, &mut Steps::default());
    let back = equal(&two_expr, &one_expr, &mut Steps::default());
    assert_eq!((forth.is_equal(), forth.is_different()), (back.is_equal(), back.is_different()), "{one} and {two}: {forth:?}, {back:?}");
    forth
}

/// Which rules decided, by name, with the precision left out.
fn rule(how: How) -> String {
    format!("{how:?}").split([' ', '{']).next().unwrap_or_default().to_owned()
}

#[track_caller]
fn all_equal(pairs: &[(&str, &str)], rules: &[&str]) {
    let mut failures = Vec::new();
    for (one, two) in pairs {
        match decide(one, two) {
            Decision::Equal(how) if rules.is_empty() || rules.contains(&&*rule(how)) => {}
            other => failures.push(format!("{one} = {two}: {other:?}")),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[track_caller]
fn all_different(pairs: &[(&str, &str)]) {
    let failures: Vec<_> =
        pairs.iter().map(|(one, two)| (one, two, decide(one, two))).filter(|(.., decision)| !decision.is_different()).collect();
    assert!(failures.is_empty(), "{failures:#?}");
}

#[test]
fn numbers_are_exact() {
    all_equal(
        &[
            ("1/2", "0.5"),
            ("3245/5", "649"),
            ("2^10", "1024"),
            ("10^(-20)", "1/10^20"),
            ("(1 + I)^2", "2 I"),
            ("1/(1 - I)", "(1 + I)/2"),
            ("sqrt(16/9)", "4/3"),
            ("(-8)^(1/3)", "-2"),
            ("2004!/2002!", "2004*2003"),
            ("floor(7/2) + ceiling(7/2)", "7"),
            ("abs(3 - 4 I)", "5"),
            ("7^77 - 7^77 + 1", "1"),
        ],
        &["Rational", "GaussianRational"],
    );
    all_different(&[
        ("1/2", "0.500001"),
        ("10^(-20)", "10^(-25)"),
        ("1/2^99", "1/2^98"),
        ("1/2004!", "1/2006!"),
        ("I", "-I"),
        ("1 + I", "1"),
        ("0", "10^(-400)"),
        ("2^100000", "2^100000 + 1"),
        ("3^(-50000)", "3^(-50001)"),
    ]);
}

#[test]
fn algebraic_numbers_are_proven() {
    all_equal(
        &[
            ("sqrt(3)/2", "3/(2 sqrt(3))"),
            ("sqrt(8)", "2 sqrt(2)"),
            ("sqrt(2)*sqrt(3)", "sqrt(6)"),
            ("sqrt(5 + 2 sqrt(6))", "sqrt(2) + sqrt(3)"),
            ("sqrt(3 - 2 sqrt(2))", "sqrt(2) - 1"),
            ("1/(sqrt(5) - sqrt(3))", "(sqrt(5) + sqrt(3))/2"),
            ("2^(1/3)*4^(1/3)", "2"),
            ("(2 + sqrt(5))^(1/3) + (2 - sqrt(5))^(1/3)", "1"),
            ("54^(1/3)", "3*2^(1/3)"),
            ("cos(pi/5)", "(1 + sqrt(5))/4"),
            ("sin(pi/3)", "sqrt(3)/2"),
            ("tan(pi/12)", "2 - sqrt(3)"),
            ("cos(pi/7) - cos(2pi/7) + cos(3pi/7)", "1/2"),
            ("sin(18*pi/180)", "(sqrt(5) - 1)/4"),
            ("sin(pi)", "0"),
            ("(1 + I sqrt(3))^3", "-8"),
            ("((1 + sqrt(5))/2)^10", "(123 + 55 sqrt(5))/2"),
            ("sqrt(-2)*sqrt(-3)", "-sqrt(6)"),
            ("1/sqrt(2) + I/sqrt(2)", "sqrt(I)"),
            ("sqrt(2)^2", "2"),
            ("(17 + 12 sqrt(2))^(1/4)", "1 + sqrt(2)"),
        ],
        &["Algebraic", "Rational"],
    );
    all_different(&[
        ("sqrt(2) + sqrt(3)", "sqrt(10)"),
        ("sqrt(2)", "1.41421356237309504880168872420969807856967187537694"),
        ("sqrt(10^60 + 1)", "10^30"),
        ("sqrt(2) + sqrt(5 - 2 sqrt(6))", "sqrt(3) + 10^(-60)"),
        ("(1 + sqrt(97))/8", "(1 + sqrt(97))/10"),
        ("sqrt(I)", "sqrt(-I)"),
        ("cos(pi/5)", "cos(pi/5 + 10^(-30))"),
    ]);
}

#[test]
fn other_numbers_agree_or_separate() {
    all_equal(
        &[
            ("pi/4", "0.25 pi"),
            ("1/pi", "pi/pi^2"),
            ("ln(8)", "3 ln(2)"),
            ("ln(6)", "ln(2) + ln(3)"),
            ("exp(2)", "E*E"),
            ("E^(1/2)", "sqrt(E)"),
            ("ln(8)/ln(2)", "3"),
            ("ln(E^2)", "2"),
            ("E^(I pi)", "-1"),
            ("atan(1)", "pi/4"),
            ("atan(1/2) + atan(1/3)", "pi/4"),
            ("4 atan(1/5) - atan(1/239)", "pi/4"),
            ("asin(1/2)", "pi/6"),
            ("acos(-1)", "pi"),
            ("2^(ln(3)/ln(2))", "3"),
            ("sinh(ln(2))", "3/4"),
            ("acosh(2)", "ln(2 + sqrt(3))"),
            ("2 pi - pi - pi", "0"),
            ("sin(1)^2 + cos(1)^2", "1"),
            ("exp(1000)", "exp(500)^2"),
            ("sqrt(2)^sqrt(2)^2", "sqrt(2)^2"),
            ("abs(1 - sqrt(2))", "sqrt(2) - 1"),
            ("max(sqrt(2), 1)", "sqrt(2)"),
            ("floor(pi)", "3"),
            ("10000!/9998!", "9999*10000"),
        ],
        &[],
    );
    all_different(&[
        ("pi", "355/113"),
        ("pi", "3.14159265358979323846264338327950288"),
        ("1 - 1/E", "1 + 1/E"),
        ("E^(pi sqrt(163))", "262537412640768744"),
        ("exp(10^(-200))", "1"),
        ("ln(2)", "0.693147180559945"),
        ("sin(10^(-100))", "10^(-100)"),
        ("sin(10^(-1000))", "sin(10^(-2000))"),
        ("exp(-10^6)", "exp(-10^6 - 1)"),
        ("2^(10^9)", "2^(10^9 + 1)"),
        ("9^9^9", "9^9^8"),
        ("1/100000!", "1/100001!"),
        ("10^100", "10^(1/100)"),
        ("10^10^10^10", "10^10"),
        ("9^9^9^9", "9^9^9^8"),
        ("9^9^9^9", "-1"),
        ("1/9^9^9^9", "1/8^9^9^9"),
        ("(10^100)!", "10^(10^100)"),
        ("exp(exp(exp(10)))", "exp(exp(exp(11)))"),
        ("sin(10^30)", "sin(10^30 + 1)"),
        ("atan(2)", "pi/3"),
    ]);
}

#[test]
fn identities_hold() {
    all_equal(
        &[
            ("(x + 1)^2", "x^2 + 2x + 1"),
            ("(x^2 - 1)/(x - 1)", "x + 1"),
            ("1/x + 1/y", "(x + y)/(x y)"),
            ("(x + 1)^1000", "(1 + x)^999 (x + 1)"),
            ("x/2", "0.5x"),
            ("(a + b)^3 - 3a b (a + b)", "a^3 + b^3"),
            ("x*I*I", "-x"),
        ],
        &["RationalFunction"],
    );
    all_equal(
        &[
            ("pi r^2", "r*r*pi"),
            ("sin(x)^2 + cos(x)^2", "1"),
            ("sin(2x)", "2 sin(x) cos(x)"),
            ("tan(x)", "sin(x)/cos(x)"),
            ("exp(x + y)", "exp(x) E^y"),
            ("exp(2x)", "(E^x)^2"),
            ("2^(x + 1)", "2*2^x"),
            ("4^x", "2^(2x)"),
            ("sqrt(x^2)", "abs(x)"),
            ("(x^3)^(1/3)", "x"),
            ("ln(x^2)", "2 ln(abs(x))"),
            ("sqrt(4x^2 + 4)", "2 sqrt(x^2 + 1)"),
            ("x sqrt(2)", "2x/sqrt(2)"),
            ("(sqrt(x) + 1)(sqrt(x) - 1)", "x - 1"),
            ("1/(sqrt(x + 1) - sqrt(x))", "sqrt(x + 1) + sqrt(x)"),
            ("atan(x) + atan(1/x)", "pi/2 sign(x)"),
            ("cos(3x)", "4cos(x)^3 - 3cos(x)"),
            ("sinh(x)", "(E^x - E^(-x))/2"),
            ("exp(I x)", "cos(x) + I sin(x)"),
            ("ln(sqrt(x^2 + 1) + x)", "asinh(x)"),
            ("x^2 x^n", "x^(n + 2)"),
            ("3^(n - 1)*2 - n", "2/3*3^n - n"),
            ("abs(x y)", "abs(x) abs(y)"),
            ("max(x, y)", "(x + y + abs(x - y))/2"),
            ("sin(x + y)", "sin(y)cos(x) + cos(y)sin(x)"),
            ("10^(-30) sin(2x)", "2*10^(-30) sin(x)cos(x)"),
            ("(x^2 + 1)^(3/2)", "(x^2 + 1) sqrt(x^2 + 1)"),
            ("1/sqrt(n)", "sqrt(1/n)"),
            ("v (r/(s + r))^0.5/(s + r)", "v/r/(1 + s/r)^(3/2)"),
            ("sqrt(-x^2 - 1)", "I sqrt(x^2 + 1)"),
            ("sqrt(-x^2 - 1) sqrt(-4)", "-2 sqrt(x^2 + 1)"),
            ("ln(a/b)", "-ln(b/a)"),
            ("sqrt(a b c d e f)^3", "a b c d e f sqrt(f e d c b a)"),
            ("n!/n!*x", "x"),
            ("(n + 2)!/n!", "(n + 1)(n + 2)"),
            ("n!/(k!*(n - k)!)*(n - k)", "n!/(k!*(n - k - 1)!)"),
        ],
        &["Identity", "AgreesAtPoints"],
    );
}

#[test]
fn near_identities_do_not() {
    all_different(&[
        ("x", "y"),
        ("x^2", "x^3"),
        ("(x + 1)^2", "x^2 + 1"),
        ("x + 10^(-30)", "x"),
        ("sin(x)", "sin(x) + 10^(-60)"),
        ("sin(x)", "x - x^3/6 + x^5/120"),
        ("sqrt(x^2)", "x"),
        ("abs(x)", "x"),
        ("ln(x^2)", "2 ln(x)"),
        ("sqrt(x y)", "sqrt(x) sqrt(y)"),
        ("2^x", "x^2"),
        ("x + pi", "x + 355/113"),
        ("2305843009213690798 x", "0"),
        ("sqrt(2305843009213690798) x", "0"),
        ("2305843009213690798*2305843009213685338 x + x", "x"),
        ("R^2 (pi + sqrt(3))/2", "R^2/2 (pi - sqrt(3))"),
        ("exp(x)(1 + 10^(-40))", "exp(x)"),
        ("floor(x)", "x - 1/2"),
        ("max(x, 100)", "100"),
        ("abs(x - 1000000)", "1000000 - x"),
        ("abs(x + 12345)", "x + 12345"),
        ("floor(x/1000000)", "floor(x/2000000)"),
        ("2 asin(sqrt(a))", "acos(1 - 3a)"),
        ("x^a", "x^b"),
    ]);
    let positive = |one, two| equal_for(&read(one), &read(two), Symbols::Positive, &mut Steps::default());
    assert!(positive("sqrt(x^2)", "x").is_equal());
    assert!(positive("ln(x^2)", "2 ln(x)").is_equal());
    assert!(positive("sqrt(x y)", "sqrt(x) sqrt(y)").is_equal());
    assert!(positive("sqrt(x^2)", "-x").is_different());
}

#[test]
fn functions_without_values_go_by_their_arguments() {
    let integral = |of: &str| Expr::Call(Function::Integral, [read(of), Expr::symbol("x")].into());
    let decide = |one: &Expr, two: &Expr| equal(one, two, &mut Steps::default());
    assert!(decide(&integral("(x + 1)^2"), &integral("x^2 + 2x + 1")).is_equal());
    assert!(!decide(&integral("x^2"), &integral("x^3")).is_equal());
    assert_eq!(decide(&integral("x"), &read("x^2/2")), Decision::Undecided(Why::NoValue));
}

#[test]
fn what_has_no_value_is_undecided() {
    for (one, two) in [("1/0", "5"), ("1/(x - x)", "x"), ("ln(0)", "1"), ("1/(sqrt(2)^2 - 2)", "7"), ("tan(pi/2)", "3"), ("(1/2)!", "1")] {
        assert!(matches!(decide(one, two), Decision::Undecided(_)), "{one} and {two}: {:?}", decide(one, two));
    }
    assert!(decide("1/0", "1/0").is_equal());
}

#[test]
fn real_numbers_are_ordered() {
    let order = |one, two| compare_real(&read(one), &read(two), &mut Steps::default());
    assert_eq!(order("sqrt(2) + sqrt(3)", "pi"), Ok(Ordering::Greater));
    assert_eq!(order("1/3", "0.333"), Ok(Ordering::Greater));
    assert_eq!(order("sqrt(8)", "2 sqrt(2)"), Ok(Ordering::Equal));
    assert_eq!(order("ln(9)", "2 ln(3)"), Ok(Ordering::Equal));
    assert_eq!(order("E^pi", "pi^E"), Ok(Ordering::Greater));
    assert_eq!(order("-9^9^9", "1"), Ok(Ordering::Less));
    assert_eq!(order("I", "1"), Err(Why::NotReal));
    assert_eq!(order("sqrt(-2)", "1"), Err(Why::NotReal));
    assert_eq!(order("x", "1"), Err(Why::NoValue));
    assert_eq!(sign(&read("3 - pi"), &mut Steps::default()), Ok(Ordering::Less));
    assert_eq!(sign(&read("sqrt(2) - sqrt(2)*1"), &mut Steps::default()), Ok(Ordering::Equal));
}

#[test]
fn decimals_accept_what_rounds_to_them() {
    let rounds = |value, decimal: &str, places| rounds_to(&read(value), &read(decimal).evaluate().unwrap(), places, &mut Steps::default());
    assert!(rounds("pi", "3.14", 2).is_equal());
    assert!(rounds("pi", "3.15", 2).is_different());
    assert!(rounds("640/51", "12.55", 2).is_equal());
    assert!(rounds("sqrt(2) - 1", "0.414", 3).is_equal());
    assert!(rounds("1/8", "0.13", 2).is_equal() && rounds("1/8", "0.12", 2).is_equal());
    assert!(rounds("123456", "123000", -3).is_equal());
    assert!(rounds("299.94", "300", 0).is_equal());
    assert!(rounds("2.5*sqrt(2)^2", "5.1", 1).is_different());
    assert!(rounds("sin(1)^2/2 + cos(1)^2/2", "0", 0).is_equal());
    assert_eq!(rounds("sqrt(-1)*sqrt(2)", "1", 0), Decision::Undecided(Why::NotReal));
    let to = |value, digits| round_to_digits(&read(value), digits, &mut Steps::default()).map(|value| value.to_string());
    assert_eq!(to("pi", 3), Ok("157/50".to_owned()));
    assert_eq!(to("-2/3", 2), Ok("-67/100".to_owned()));
    assert_eq!(to("999.96", 4), Ok("1000".to_owned()));
    assert_eq!(to("10^20*sqrt(2)", 3), Ok("141000000000000000000".to_owned()));
    assert_eq!(to("exp(-30)", 2), Ok("47/500000000000000".to_owned()));
    let ball = enclose(&read("sqrt(2)"), 100, &mut Steps::default()).unwrap();
    assert!(ball.re.0 < ball.re.1 && ball.im.0 == ball.im.1);
    assert!(&ball.re.0 * &ball.re.0 < Rational::from_integer(2.into()) && &ball.re.1 * &ball.re.1 > Rational::from_integer(2.into()));
}

/// Everything ends within its steps, whatever it is.
#[test]
fn hostile_input_ends() {
    let digits = |count: usize, digit: char| -> Expr {
        let text: String = std::iter::repeat_n(digit, count).collect();
        Expr::integer(text.parse::<num_bigint::BigInt>().unwrap())
    };
    let nested = |levels: usize, wrap: &dyn Fn(Expr) -> Expr| (0..levels).fold(Expr::symbol("x"), |inner, _| wrap(inner));
    let constant = |levels: usize, wrap: &dyn Fn(Expr) -> Expr| (0..levels).fold(Expr::integer(2), |inner, _| wrap(inner));
    let one_more = |of: &Expr| Expr::sum([of.clone(), Expr::integer(1)]);
    let many: Vec<Expr> = (0..3000).map(|n| Expr::symbol(&format!("x{n}"))).collect();
    let long = digits(20_000, '7');
    let hostile = [
        read("9^9^9^9"),
        read("9^9^9^9^9^9"),
        read("(9^9^9^9)!"),
        read("1/2004!"),
        read("(1/3)^99999999"),
        read("(10^9)!"),
        read("(x + 1)^1000"),
        read("(x + y + z)^(10^9)"),
        read("((((x + 1)^200 + y)^200 + z)^200)"),
        read("exp(exp(exp(exp(100))))"),
        read("exp(-exp(exp(100)))"),
        read("sin(9^9^9)"),
        read("ln(ln(ln(ln(5))))"),
        read("x^x^x^x^x"),
        read("1/(1/(1/(x - x)))"),
        Expr::product([long.clone(), Expr::power(digits(19_999, '3'), Expr::integer(-1))]),
        Expr::sqrt(long.clone()),
        Expr::power(long.clone(), long.clone()),
        long,
        nested(200, &|inner| Expr::sqrt(Expr::sum([inner, Expr::integer(1)]))),
        nested(40, &|inner| Expr::inverse(Expr::sum([inner, Expr::integer(1)]))),
        nested(5000, &|inner| Expr::call(Function::Sin, inner)),
        constant(100, &|inner| Expr::sqrt(Expr::sum([inner, Expr::integer(1)]))),
        constant(100, &|inner| Expr::call(Function::Exp, Expr::call(Function::Sin, inner))),
        constant(60, &|inner| Expr::power(Expr::sum([inner, Expr::integer(1)]), Expr::integer(2))),
        constant(200, &|inner| Expr::call(Function::Factorial, inner)),
        // Shared parts: 2^60 nodes.
        constant(60, &|inner| Expr::Sum([inner.clone(), inner].into())),
        Expr::sum((2..600).map(|n| Expr::inverse(Expr::integer(n)))),
        Expr::sum((2..600).map(|n| Expr::sqrt(Expr::integer(n)))),
        Expr::product(many.clone()),
        Expr::power(Expr::sum(many), Expr::integer(50)),
        Expr::power(Expr::Constant(Constant::I), Expr::Constant(Constant::I)),
    ];
    for (index, one) in hostile.iter().enumerate() {
        for other in
            [&one_more(one), &hostile[(index + 1) % hostile.len()], &Expr::integer(7), &Expr::product([one.clone(), Expr::integer(3)])]
        {
            let decision = equal(one, other, &mut Steps::default());
            assert!(!decision.is_equal(), "{index}: {decision:?}");
        }
    }
}
