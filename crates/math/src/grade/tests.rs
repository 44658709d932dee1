//! Pairs of answers and what decides them.

use super::{Outcome, Policy, grade};
use crate::equal::Steps;
use crate::read::read;

#[track_caller]
fn check_with(reference: &str, given: &str, policy: &Policy, expect: Outcome) {
    let (one, two) = (read(reference).expect("a reference"), read(given).expect("an answer"));
    let ruling = grade(&one, &two, policy, &mut Steps::default());
    assert_eq!(ruling.outcome, expect, "{reference} | {given}: {ruling}\n{one:?}\n{two:?}");
}

#[track_caller]
fn same(reference: &str, given: &str) {
    check_with(reference, given, &Policy::default(), Outcome::Equal);
}

#[track_caller]
fn differ(reference: &str, given: &str) {
    check_with(reference, given, &Policy::default(), Outcome::Different);
}

#[test]
fn the_false_positives_of_others() {
    differ("1/2^{99}", "1/2^{98}");
    differ("10^{-20}", "10^{-25}");
    differ("1/2004!", "1/2006!");
    differ(r"1-\frac1e", r"1+\frac1e");
}

#[test]
fn percent_signs() {
    same("10%", "0.1");
    same("10\\%", "10");
    same("0.1", "10%");
    differ("10", "10%");
    check_with("10", "10%", &Policy { percent: true, ..Policy::default() }, Outcome::Equal);
    same("28\\%", "28 \\text{ percent}");
}

#[test]
fn decimals_of_the_reference_round() {
    same("3.14", "\\pi");
    same("0.333", "1/3");
    differ("1/3", "0.333");
    differ("300", "299.94");
    differ("299.94", "300");
    check_with("3.14", "\\pi", &Policy { rounding: false, ..Policy::default() }, Outcome::Different);
}

#[test]
fn order_is_by_brackets() {
    same("1, 2, 3", "3, 1, 2");
    same("\\{1, 2\\}", "2, 1");
    differ("(1, 2)", "(2, 1)");
    differ("[1, 2, 3]", "[3, 2, 1]");
    check_with("1, 2", "2, 1", &Policy { ordered: Some(true), ..Policy::default() }, Outcome::Different);
    check_with("(1, 2)", "(2, 1)", &Policy { ordered: Some(false), ..Policy::default() }, Outcome::Equal);
    differ("1, 2", "1");
    differ("1", "1, 2");
    differ("1", "1 \\text{ or } 2");
    differ("1, 1, 2", "1, 2, 2");
    same("\\{1, 1, 2\\}", "\\{1, 2, 2\\}");
}

#[test]
fn labels_and_equations() {
    same("f(x) = 2x", "2x");
    same("2x", "f(x) = 2x");
    same("f(x) = 2x", "f(t) = 2t");
    differ("f(x)", "f(y)");
    same("\\angle ABC = 60^\\circ", "60^\\circ");
    same("1{:}2", "1:2");
    same("x = 5", "5");
    differ("x = 5", "y = 5");
    same("2x + 4y = 6", "x + 2y - 3 = 0");
    differ("2x + 4y = 6", "x + 2y + 3 = 0");
    same("x = 1, y = 2", "y = 2, x = 1");
    same("x = \\pm 2", "2, -2");
    same("\\{(p = 5, q = 2), (p = 7, q = 2)\\}", "p = 5, q = 2; p = 7, q = 2");
}

#[test]
fn letters_for_any_integer_have_any_name() {
    same("x = 2k\\pi, k \\in \\mathbb{Z}", "x = 2n\\pi, n \\in \\mathbb{Z}");
    same("x = 2k\\pi (k \\in \\mathbb{Z})", "2n\\pi");
    same("2k\\pi", "x = 2k\\pi, k \\in \\mathbb{Z}");
    differ("x = 2k\\pi, k \\in \\mathbb{Z}", "x = 3n\\pi, n \\in \\mathbb{Z}");
    differ("x = 2k\\pi, k \\in \\mathbb{Z}", "x = 2n\\pi, n \\in \\mathbb{N}");
    differ("2k", "2n");
}

#[test]
fn intervals_and_inequalities() {
    same("[-2, 7]", "-2 \\le x \\le 7");
    same("x > 3", "(3, \\infty)");
    same("3 < x", "x > 3");
    differ("x \\ge 3", "(3, \\infty)");
    differ("(1, 2)", "[1, 2]");
    same("(-\\infty, 1) \\cup (1, \\infty)", "x \\ne 1");
    same("\\mathbb{R} \\setminus \\{1\\}", "x < 1 \\text{ or } x > 1");
}

#[test]
fn units_convert() {
    same("36 \\text{ km/h}", "10 m/s");
    same("9.8 \\mathrm{~m} / \\mathrm{s}^{2}", "9.8 m/s^2");
    same("5 \\text{ cm}", "5");
    differ("5 \\text{ cm}", "5 \\text{ kg}");
    differ("5 \\text{ cm}", "5 \\text{ cm}^2");
    same("90^\\circ", "\\frac{\\pi}{2}");
    same("\\$5", "500 \\text{ cents}");
    differ("\\$5", "5 \\text{ euros}");
}

#[test]
fn matrices_are_computed_entry_by_entry() {
    same(
        "\\begin{pmatrix} 6 & 8 \\\\ 10 & 12 \\end{pmatrix}",
        "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} + \\begin{bmatrix} 5 & 6 \\\\ 7 & 8 \\end{bmatrix}",
    );
    same("\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "\\frac{1}{2} \\begin{pmatrix} 2 \\\\ 4 \\end{pmatrix}");
    same("(1 + 2t, 3t)", "(1, 0) + t \\cdot (2, 3)");
    same("\\begin{pmatrix} 7 \\end{pmatrix}", "\\begin{pmatrix} 1 & 2 \\end{pmatrix} \\begin{pmatrix} 1 \\\\ 3 \\end{pmatrix}");
    differ("\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "\\begin{pmatrix} 2 \\\\ 1 \\end{pmatrix}");
}

#[test]
fn sums_of_few_terms_have_values() {
    same("5050", "\\sum_{k=1}^{100} k");
    same("24", "\\prod_{k=1}^{4} k");
    differ("5051", "\\sum_{k=1}^{100} k");
    same("\\sum_{n=1}^{\\infty} x^n", "\\sum_{n=1}^{\\infty} x^n");
    differ("27", "3 - 2f(x)");
}

#[test]
fn divisors_of_polynomials_are_known_unless_the_reference_has_its_own() {
    same("x", "\\gcd(2x, xy)");
    same("2xy", "\\operatorname{lcm}(2y, x)");
    same("\\gcd(m, n)", "\\gcd(m, n)");
    check_with("\\gcd(m, n)", "1", &Policy::default(), Outcome::Undecided);
    same("22", "\\gcd(32 - 128, 10) \\cdot 11");
}

#[test]
fn choices_go_by_their_letters() {
    same("B", "(B)");
    same("\\text{(B)}", "\\textbf{B}");
    same("(D) Alina", "D");
    same("D", "\\text{(D)}\\ 12");
    differ("(B) 5", "(C) 5");
    same("(B) 5", "5");
    same("(A)", "\\textbf{(A) } 5");
    same("17:30", "5:30 PM");
    differ("5:30 AM", "5:30 PM");
}

#[test]
fn texts_fold_case_articles_and_order_of_lists() {
    same("line segment, circle", "\\text{circle and line segment}");
    same("The function $f(x)$ is odd.", "odd");
    differ("The function $f(x)$ is not odd.", "odd");
    same("Yes", "\\text{yes}");
    same("②③", "2, 3");
    same("1,22", "1.22");
    differ("1,23", "1.22");
}

#[test]
fn equations_with_divisors() {
    same("xy = 1", "y = \\frac{1}{x}");
    same("\\frac{a}{b} = \\frac{c}{d}", "ad = bc");
    same("\\frac{x^2}{4} + \\frac{y^2}{3} = 1", "3x^2 + 4y^2 = 12");
    differ("xy = 1", "y = \\frac{2}{x}");
    differ("xy = 1", "y = x");
}

#[test]
fn what_schools_write() {
    same("C_{10}^3", "120");
    same("20", "A_5^2");
    differ("20", "C_5^2");
    same("\\frac{3}{5}, -\\frac{4}{5}", "\\sin\\alpha = \\frac{3}{5}, \\cos\\alpha = -\\frac{4}{5}");
    same("A, C, D", "ACD");
    same("ABCD", "A, B, C, D");
    differ("A, C", "ABC");
    same("no", "No, it is not");
    differ("no", "Yes, it is");
    same("\\mathbb{R}", "R");
}
