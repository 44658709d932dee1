//! Laws of equality, on expressions drawn at random.

use super::*;
use crate::expr::{Constant, Function};
use proptest::prelude::*;

fn ratio(over: i64, under: i64) -> Expr {
    Expr::Number(Rational::new(over.into(), under.into()))
}

/// Numbers: rational, algebraic and others.
fn number() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        4 => (-20_i64..20, 1_i64..12).prop_map(|(over, under)| ratio(over, under)),
        1 => Just(Expr::Constant(Constant::Pi)),
        1 => Just(Expr::Constant(Constant::E)),
        1 => (2_i64..30).prop_map(|of| Expr::sqrt(Expr::integer(of))),
    ];
    leaf.prop_recursive(3, 12, 3, grow)
}

/// Expressions of two symbols.
fn expression() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        2 => (-9_i64..9, 1_i64..5).prop_map(|(over, under)| ratio(over, under)),
        2 => Just(Expr::symbol("x")),
        1 => Just(Expr::symbol("y")),
        1 => (2_i64..12).prop_map(|of| Expr::sqrt(Expr::integer(of))),
    ];
    leaf.prop_recursive(3, 12, 3, grow)
}

fn grow(inner: impl Strategy<Value = Expr> + Clone + 'static) -> impl Strategy<Value = Expr> {
    prop_oneof![
        3 => prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::sum),
        3 => prop::collection::vec(inner.clone(), 2..4).prop_map(Expr::product),
        1 => (inner.clone(), 2_i64..4).prop_map(|(base, times)| Expr::power(base, Expr::integer(times))),
        1 => inner.clone().prop_map(|of| Expr::sqrt(Expr::sum([Expr::power(of, Expr::integer(2)), Expr::integer(1)]))),
        1 => (inner, prop::sample::select(&[Function::Sin, Function::Cos, Function::Atan, Function::Abs, Function::Exp][..]))
            .prop_map(|(of, function)| Expr::call(function, of)),
    ]
}

fn decide(one: &Expr, two: &Expr) -> Decision {
    equal(one, two, &mut Steps::default())
}

/// The same value in another form.
fn rearranged(of: &Expr) -> Expr {
    match of {
        Expr::Sum(terms) => Expr::sum(terms.iter().rev().map(rearranged)),
        Expr::Product(factors) => match &**factors {
            // A factor goes into the terms of a sum.
            [factor, Expr::Sum(terms)] => Expr::sum(terms.iter().map(|term| Expr::product([rearranged(term), factor.clone()]))),
            _ => Expr::product(factors.iter().rev().map(rearranged)),
        },
        Expr::Power(power) if power.1.is_number(2) => Expr::product([rearranged(&power.0), power.0.clone()]),
        Expr::Power(power) => Expr::power(rearranged(&power.0), power.1.clone()),
        Expr::Call(function, parts) => Expr::Call(*function, parts.iter().map(rearranged).collect()),
        other => other.clone(),
    }
}

fn minus(one: &Expr, two: &Expr) -> Expr {
    Expr::sum([one.clone(), two.clone().negated()])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_expression_equals_itself_rearranged(one in expression(), two in number()) {
        for expr in [one, two] {
            let other = rearranged(&expr);
            let decision = decide(&expr, &other);
            prop_assert!(!decision.is_different(), "{expr:?} and {other:?}: {decision:?}");
            // Nothing is known of some: their value is beyond the range, say.
            let known = decide(&expr, &Expr::sum([expr.clone(), Expr::integer(1)])).is_different();
            prop_assert!(decision.is_equal() || !known, "{expr:?} and {other:?}: {decision:?}");
        }
    }

    #[test]
    fn decisions_are_symmetric(one in expression(), two in expression()) {
        let (forth, back) = (decide(&one, &two), decide(&two, &one));
        prop_assert_eq!((forth.is_equal(), forth.is_different()), (back.is_equal(), back.is_different()));
    }

    #[test]
    fn what_is_added_separates(one in expression(), over in 1_i64..1000, digits in 0_u32..30) {
        let small = Expr::product([Expr::integer(over), Expr::power(Expr::integer(10), Expr::integer(-i64::from(digits)))]);
        let decision = decide(&one, &Expr::sum([one.clone(), small]));
        prop_assert!(!decision.is_equal(), "{decision:?}");
    }

    #[test]
    fn equality_carries_over_to_what_is_done_to_both(one in number(), two in number()) {
        let decision = decide(&one, &two);
        let shifted = decide(&minus(&one, &two), &Expr::integer(0));
        prop_assert!(!(decision.is_equal() && shifted.is_different() || decision.is_different() && shifted.is_equal()), "{decision:?} {shifted:?}");
        let seven = |of: &Expr| Expr::product([of.clone(), ratio(7, 3)]);
        let scaled = decide(&seven(&one), &seven(&two));
        prop_assert!(!(decision.is_equal() && scaled.is_different() || decision.is_different() && scaled.is_equal()), "{decision:?} {scaled:?}");
    }

    #[test]
    fn fractions_extend(over in expression(), under in expression(), factor in expression()) {
        // Nothing is extended by zero.
        prop_assume!(decide(&factor, &Expr::integer(0)).is_different());
        let fraction = Expr::product([over.clone(), Expr::inverse(under.clone())]);
        let extended = Expr::product([over, factor.clone(), Expr::inverse(Expr::product([under, factor]))]);
        prop_assert!(!decide(&fraction, &extended).is_different());
    }

    #[test]
    fn denominators_rationalise(a in 1_i64..50, b in 1_i64..50, c in 2_i64..60) {
        prop_assume!(a * a != b * b * c);
        let root = || Expr::product([Expr::integer(b), Expr::sqrt(Expr::integer(c))]);
        let below = Expr::inverse(Expr::sum([Expr::integer(a), root()]));
        let above = Expr::product([Expr::sum([Expr::integer(a), root().negated()]), ratio(1, a * a - b * b * c)]);
        prop_assert!(decide(&below, &above).is_equal());
        prop_assert!(decide(&below, &above.negated()).is_different());
    }

    #[test]
    fn roots_denest(a in 1_i64..40, b in 1_i64..40) {
        // sqrt(a + b + 2 sqrt(ab)) = sqrt(a) + sqrt(b)
        let root = |of: i64| Expr::sqrt(Expr::integer(of));
        let nested = Expr::sqrt(Expr::sum([Expr::integer(a + b), Expr::product([Expr::integer(2), root(a * b)])]));
        prop_assert!(decide(&nested, &Expr::sum([root(a), root(b)])).is_equal());
        prop_assert!(decide(&nested, &Expr::sum([root(a), root(b + 1)])).is_different());
    }

    #[test]
    fn logarithms_add(a in 1_i64..1000, b in 1_i64..1000) {
        let log = |of: i64| Expr::call(Function::Log, Expr::integer(of));
        prop_assert!(decide(&log(a * b), &Expr::sum([log(a), log(b)])).is_equal());
        prop_assert!(decide(&log(a * b + 1), &Expr::sum([log(a), log(b)])).is_different());
    }

    #[test]
    fn angles_add(one in -12_i64..12, two in -12_i64..12, under in 1_i64..12) {
        let angle = |over: i64| Expr::product([Expr::Constant(Constant::Pi), ratio(over, under)]);
        let sine = |over| Expr::call(Function::Sin, angle(over));
        let cosine = |over| Expr::call(Function::Cos, angle(over));
        let parts = Expr::sum([Expr::product([sine(one), cosine(two)]), Expr::product([cosine(one), sine(two)])]);
        let decision = decide(&sine(one + two), &parts);
        prop_assert!(decision.is_equal(), "{decision:?}");
    }

    #[test]
    fn order_is_that_of_doubles_where_they_know(one in number(), two in number()) {
        if let (Some(first), Some(second)) = (one.approximate(), two.approximate())
            && first.im == 0.0 && second.im == 0.0 && (first.re - second.re).abs() > 1e-6 * (1.0 + first.re.abs() + second.re.abs())
        {
            let order = compare_real(&one, &two, &mut Steps::default());
            prop_assert_eq!(order.ok(), first.re.partial_cmp(&second.re));
        }
    }
}
