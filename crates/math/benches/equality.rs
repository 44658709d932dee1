//! How long equality takes: ordinary pairs by kind, and the slowest of those that are made to be slow.

#![expect(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use gavel_math::equal::{Decision, Steps, equal};
use gavel_math::expr::{Constant, Expr, Syntax, parse};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Pairs of a kind of answer: right ones in another form, and wrong ones.
const KINDS: &[(&str, &[(&str, &str)])] = &[
    ("integers", &[("42", "42"), ("42", "43"), ("1024", "2^10"), ("649", "3245/5"), ("-7", "7")]),
    ("fractions", &[("1/2", "0.5"), ("3/4", "4/3"), ("-17/3", "-(17/3)"), ("7/8", "1 - 1/8"), ("0.125", "1/8")]),
    ("complex", &[("3 + 4*I", "4*I + 3"), ("2*I", "(1 + I)^2"), ("1 - I", "1 + I"), ("1/(1 + I)", "1/2 - I/2")]),
    (
        "radicals",
        &[
            ("sqrt(3)/2", "3/(2*sqrt(3))"),
            ("2*sqrt(2)", "sqrt(8)"),
            ("(1 + sqrt(5))/2", "(sqrt(5) - 1)/2"),
            ("5*sqrt(3)", "5*sqrt(2)"),
            ("sqrt(2) - 1", "sqrt(3 - 2*sqrt(2))"),
            ("3*2^(1/3)", "54^(1/3)"),
        ],
    ),
    (
        "constants",
        &[
            ("pi/4", "0.25*pi"),
            ("1 - 1/E", "1 + 1/E"),
            ("ln(8)", "3*ln(2)"),
            ("pi/6", "pi/3"),
            ("4*pi - 3*sqrt(3)", "4*pi - 3*sqrt(2)"),
            ("cos(pi/5)", "(1 + sqrt(5))/4"),
        ],
    ),
    (
        "polynomials",
        &[
            ("x + 1", "1 + x"),
            ("(x + 1)^2", "x^2 + 2*x + 1"),
            ("x^2 - 1", "x^2 + 1"),
            ("2*x*y", "x*y"),
            ("(x^2 - 1)/(x - 1)", "x + 1"),
            ("a*b/(a + b)", "1/(1/a + 1/b)"),
        ],
    ),
    (
        "functions",
        &[
            ("pi*r^2", "r*r*pi"),
            ("sin(2*x)", "2*sin(x)*cos(x)"),
            ("x*sqrt(2)", "2*x/sqrt(2)"),
            ("exp(x)", "exp(-x)"),
            ("ln(x^2 + 1)/2", "ln(sqrt(x^2 + 1))"),
            ("sqrt(x^2)", "abs(x)"),
        ],
    ),
];

fn read(text: &str) -> Expr {
    parse(text, &Syntax::WRITTEN).unwrap()
}

fn hostile() -> Vec<(&'static str, Expr)> {
    let digits = |count: usize| Expr::integer("7".repeat(count).parse::<num_bigint::BigInt>().unwrap());
    let nested = |levels: usize, start: Expr, wrap: &dyn Fn(Expr) -> Expr| (0..levels).fold(start, |inner, _| wrap(inner));
    let next = |inner: Expr| Expr::sum([inner, Expr::integer(1)]);
    vec![
        ("power tower", read("9^9^9^9")),
        ("tower of factorials", read("((9!)!)!")),
        ("1/2004!", read("1/2004!")),
        ("(10^9)!", read("(10^9)!")),
        ("(x + 1)^1000", read("(x + 1)^1000")),
        ("exponentials of exponentials", read("exp(exp(exp(3)))")),
        ("x^x^x^x^x", read("x^x^x^x^x")),
        ("20 000 digits", digits(20_000)),
        ("20 000 digits over 19 999", Expr::product([digits(20_000), Expr::inverse(digits(19_999))])),
        ("root of 20 000 digits", Expr::sqrt(digits(20_000))),
        ("100 nested roots", nested(100, Expr::integer(2), &|inner| Expr::sqrt(next(inner)))),
        ("100 nested roots of x", nested(100, Expr::symbol("x"), &|inner| Expr::sqrt(next(inner)))),
        (
            "80 nested functions",
            nested(40, Expr::integer(2), &|inner| {
                Expr::power(Expr::Constant(Constant::E), Expr::call(gavel_math::expr::Function::Sin, inner))
            }),
        ),
        ("60 nested squares", nested(60, Expr::integer(2), &|inner| Expr::power(next(inner), Expr::integer(2)))),
        ("harmonic sum", Expr::sum((2..600).map(|n| Expr::inverse(Expr::integer(n))))),
        ("sum of 600 roots", Expr::sum((2..600).map(|n| Expr::sqrt(Expr::integer(n))))),
        ("3 000 symbols", Expr::sum((0..3000).map(|n| Expr::symbol(&format!("x{n}"))))),
    ]
}

/// Each against itself and one more, against three times itself and against its neighbour: the shortest of three times.
fn worst_cases() {
    let all = hostile();
    let mut slowest: Vec<(Duration, &str, Decision)> = Vec::new();
    for (index, (name, one)) in all.iter().enumerate() {
        let others = [
            Expr::sum([one.clone(), Expr::integer(1)]),
            Expr::product([one.clone(), Expr::integer(3)]),
            all[(index + 1) % all.len()].1.clone(),
        ];
        for other in &others {
            let time = || {
                let start = Instant::now();
                let decision = black_box(equal(one, other, &mut Steps::default()));
                (start.elapsed(), decision)
            };
            let (elapsed, decision) = (0..3).map(|_| time()).min_by_key(|(elapsed, _)| *elapsed).unwrap();
            slowest.push((elapsed, name, decision));
        }
    }
    slowest.sort_by_key(|(elapsed, ..)| std::cmp::Reverse(*elapsed));
    for (elapsed, name, decision) in slowest.iter().take(8) {
        println!("slow: {elapsed:>10.1?} {name}: {decision:?}");
    }
}

fn equality(criterion: &mut Criterion) {
    worst_cases();
    let mut group = criterion.benchmark_group("equality");
    group.sample_size(20).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(600));
    for (kind, pairs) in KINDS {
        let pairs: Vec<_> = pairs.iter().map(|(one, two)| (read(one), read(two))).collect();
        group.throughput(Throughput::Elements(pairs.len() as u64));
        group.bench_function(*kind, |bencher| {
            bencher.iter(|| {
                for (one, two) in &pairs {
                    black_box(equal(one, two, &mut Steps::default()));
                }
            });
        });
    }
    group.finish();
}

criterion_group!(benches, equality);
criterion_main!(benches);
