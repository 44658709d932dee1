//! Two expressions in one text, parted by a line's end. A panic, a comparison that takes long, one that depends on the order of the two, or an expression
//! that differs from itself plus zero or equals itself plus one is a finding.

#![no_main]

use gavel_math::equal::{Steps, equal};
use gavel_math::expr::{Expr, Syntax, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let Some((one, two)) = text.split_once('\n') else { return };
    let syntax = Syntax { implicit_multiplication: true, ..Syntax::WRITTEN };
    let (Ok(one), Ok(two)) = (parse(one, &syntax), parse(two, &syntax)) else { return };
    let decide = |one: &Expr, two: &Expr| equal(one, two, &mut Steps::default());
    let (forth, back) = (decide(&one, &two), decide(&two, &one));
    assert!(!(forth.is_equal() && back.is_different() || forth.is_different() && back.is_equal()), "{forth:?} and {back:?}");
    let reordered = Expr::Sum([Expr::integer(0), one.clone()].into());
    assert!(!decide(&one, &reordered).is_different());
    // Written alike is equal, value or not: so the sum is another text.
    let next = Expr::Sum([Expr::integer(1), one.clone()].into());
    assert!(!decide(&next, &one).is_equal());
});
