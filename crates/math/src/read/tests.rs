//! Tables of what is read, laws on the corpora of `vectors/`, and input that is made to be slow.

use super::*;
use crate::answer::{Quantity, Unit, Written};
use crate::print::{Fractions, Style, print};
use flate2::read::GzDecoder;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// The name of an answer's variant.
fn kind(answer: &Answer) -> String {
    let shown = format!("{answer:?}");
    shown.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default().to_owned()
}

#[track_caller]
fn check(source: &str, expected: &str, printed: &str) {
    let answer = read(source).unwrap();
    assert_eq!((kind(&answer).as_str(), print(&answer, &Style::default()).as_str()), (expected, printed), "{source}: {answer:?}");
}

#[track_caller]
fn quantity(source: &str) -> Quantity {
    match read(source).unwrap() {
        Answer::Quantity(quantity) => quantity,
        other => panic!("{source}: {other:?}"),
    }
}

#[test]
fn what_is_read() {
    for (source, expected, printed) in TABLE {
        check(source, expected, printed);
    }
}

const TABLE: &[(&str, &str, &str)] = &[
    (r"1,000", "Quantity", r"1000"),
    (r"1{,}000", "Quantity", r"1000"),
    (r"12\,345", "Quantity", r"12345"),
    (r"1 000 000", "Quantity", r"1000000"),
    (r"17,\!280", "Quantity", r"17280"),
    (r"25,100,55", "List", r"25, 100, 55"),
    (r"0,111", "Quantity", r"0.111"),
    (r"1000,99", "Quantity", r"1000.99"),
    (r"7,3", "List", r"7, 3"),
    (r"3.2 \times 10^{-5}", "Quantity", r"3.2 \times 10^{-5}"),
    (r"3.2e-5", "Quantity", r"3.2 \times 10^{-5}"),
    (r"4.5e33", "Quantity", r"4.5 \times 10^{33}"),
    (r"3.2 × 10⁻⁵", "Quantity", r"3.2 \times 10^{-5}"),
    (r"10\%", "Quantity", r"10\%"),
    (r"10 percent", "Quantity", r"10\%"),
    (r"\$5,000", "Quantity", r"\$5000"),
    (r"5.4 \text{ cents}", "Quantity", r"5.4 \text{ cents}"),
    (r"1,000.99€", "Quantity", r"€1000.99"),
    (r"2\frac13", "Quantity", r"2\frac{1}{3}"),
    (r"2 1/3", "Quantity", r"2\frac{1}{3}"),
    (r"2\frac{3}{2}", "Quantity", r"3"),
    (r"1½", "Quantity", r"1\frac{1}{2}"),
    (r"0.\overline{3}", "Quantity", r"0.\overline{3}"),
    (r"0.1\overline{6}", "Quantity", r"0.1\overline{6}"),
    (r"101_2", "Numeral", r"101_{2}"),
    (r"152A_{11}", "Numeral", r"152A_{11}"),
    (r"101_{\text{two}}", "Numeral", r"101_{2}"),
    (r"-12_7", "Numeral", r"-12_{7}"),
    (r"\frac12", "Quantity", r"\frac{1}{2}"),
    (r"\dfrac{1}{2}", "Quantity", r"\frac{1}{2}"),
    (r"\cfrac12", "Quantity", r"\frac{1}{2}"),
    (r"{a \over b}", "Quantity", r"\frac{a}{b}"),
    (r"a/b", "Quantity", r"\frac{a}{b}"),
    (r"\frac\pi2", "Quantity", r"\frac{1}{2} \cdot \pi"),
    (r"\frac{360}7", "Quantity", r"\frac{360}{7}"),
    (r"\sqrt3", "Quantity", r"\sqrt{3}"),
    (r"\sqrt[3]{x}", "Quantity", r"\sqrt[3]{x}"),
    (r"√3", "Quantity", r"\sqrt{3}"),
    (r"x²", "Quantity", r"x^{2}"),
    (r"n!", "Quantity", r"n!"),
    (r"n!!", "Quantity", r"(n)!!"),
    (r"7!!", "Quantity", r"105"),
    (r"\binom{5}{2}", "Quantity", r"10"),
    (r"{n \choose k}", "Quantity", r"n! \cdot \frac{1}{k!} \cdot \frac{1}{(n - k)!}"),
    (r"|x-1|", "Quantity", r"\left|x - 1\right|"),
    (r"\left|x\right|", "Quantity", r"\left|x\right|"),
    (r"\lvertx\rvert", "Quantity", r"\left|x\right|"),
    (r"\lfloor 3.5 \rfloor", "Quantity", r"\lfloor \frac{7}{2} \rfloor "),
    (r"\left\lceil x \right\rceil", "Quantity", r"\lceil x \rceil "),
    (r"\sin 2x", "Quantity", r"\sin(2 x)"),
    (r"\sin^2 x", "Quantity", r"(\sin(x))^{2}"),
    (r"\sin^{-1}(x)", "Quantity", r"\arcsin(x)"),
    (r"\sin 30^\circ", "Quantity", r"\sin(\frac{1}{6} \cdot \pi)"),
    (r"\sin x \cos x", "Quantity", r"\sin(x) \cdot \cos(x)"),
    (r"sinx", "Quantity", r"\sin(x)"),
    (r"\log_2 8", "Quantity", r"\frac{\ln(8)}{\ln(2)}"),
    (r"\lg x", "Quantity", r"\frac{\ln(x)}{\ln(10)}"),
    (r"\ln 2x", "Quantity", r"\ln(2 x)"),
    (r"\log x", "Quantity", r"\ln(x)"),
    (r"e^{i\pi}", "Quantity", r"e^{i \cdot \pi}"),
    (r"30^\circ", "Quantity", r"30^{\circ}"),
    (r"\frac{\pi}{6} + 30^\circ", "Quantity", r"\frac{1}{6} \cdot \pi + 30 \cdot 1^{\circ}"),
    (r"90^\circ - x", "Quantity", r"90 \cdot 1^{\circ} - x"),
    (r"10^\circ 30'", "Quantity", r"\frac{21}{2}^{\circ}"),
    (r"\infty", "Infinity", r"\infty"),
    (r"-\infty", "Infinity", r"-\infty"),
    (r"\pm\infty", "Infinity", r"\pm \infty"),
    (r"3 \pm 2\sqrt{2}", "Quantity", r"3 \pm 2 \cdot \sqrt{2}"),
    (r"\pm 5", "Quantity", r"\pm 5"),
    (r"x = \pm 1", "Relation", r"x = \pm 1"),
    (r"\sum_{k=1}^{n} k^2", "Quantity", r"\sum_{k = 1}^{n} (k^{2})"),
    (r"\int_0^1 x^2\,dx", "Quantity", r"\int_{0}^{1} (x^{2}) \, dx"),
    (r"\lim_{x \to 0} \frac{\sin x}{x}", "Quantity", r"\lim_{x \to 0} (\frac{\sin(x)}{x})"),
    (r"\prod_{i=1}^n i", "Quantity", r"\prod_{i = 1}^{n} (i)"),
    (r"x = 2, 3", "List", r"x = 2, 3"),
    (r"x=-1 or x=1", "List", r"x = -1 \text{ or } x = 1"),
    (r"0 < x \le 3", "Relation", r"0 < x \le 3"),
    (r"x \in [-2, 7)", "Relation", r"x \in [-2, 7)"),
    (r"x \notin \{1\}", "Relation", r"x \notin \{1\}"),
    (r"x \ne 2", "Relation", r"x \neq 2"),
    (r"a \equiv 3 \pmod{7}", "Relation", r"a \equiv 3 \pmod{7}"),
    (r"23 \mod 5", "Quantity", r"((23) \bmod (5))"),
    (r"(1,2)", "Bracketed", r"(1, 2)"),
    (r"[1,2)", "Bracketed", r"[1, 2)"),
    (r"]1,2[", "Bracketed", r"(1, 2)"),
    (r"(-\infty, 1] \cup [2, \infty)", "Sets", r"(-\infty, 1] \cup [2, \infty)"),
    (r"\mathbb{R} \setminus \{0\}", "Sets", r"\mathbb{R} \setminus \{0\}"),
    (r"\mathbb{R}^+", "NamedSet", r"\mathbb{R}^{+}"),
    (r"\mathbb{Z}_{\geq 0}", "NamedSet", r"\mathbb{Z}_{\geq 0}"),
    (r"\{1,2,3\}", "Set", r"\{1, 2, 3\}"),
    (r"{1,2,3}", "Set", r"\{1, 2, 3\}"),
    (r"\emptyset", "Set", r"\emptyset"),
    (r"\{x \mid x > 2\}", "SetBuilder", r"\{x \mid x > 2\}"),
    (r"\{ x \in \mathbb{R} : x^2 < 4 \}", "SetBuilder", r"\{x \in \mathbb{R} \mid x^{2} < 4\}"),
    (r"1, 2, and 3", "List", r"1 \text{ and } 2 \text{ and } 3"),
    (r"(1;2),(3;4)", "List", r"(1, 2), (3, 4)"),
    (r"1,2;3,4", "List", r"1, 2; 3, 4"),
    (r"\langle 1, 2 \rangle", "Bracketed", r"\langle 1, 2\rangle"),
    (r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}", "Matrix", r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"),
    (r"\left[\begin{array}{cc}1&0\\0&1\end{array}\right]", "Matrix", r"\begin{pmatrix} 1 & 0 \\ 0 & 1 \end{pmatrix}"),
    (r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}", "Matrix", r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}"),
    (
        r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}",
        "Piecewise",
        r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}",
    ),
    (r"(B)", "Choice", r"\text{(B)}"),
    (r"\text{B}", "Choice", r"\text{(B)}"),
    (r"\textbf{(C)}", "Choice", r"\text{(C)}"),
    (r"D.", "Choice", r"\text{(D)}"),
    (r"3:45", "Ratio", r"3 : 45"),
    (r"3:45 \text{ PM}", "Time", r"03:45:00 \text{ p.m.}"),
    (r"March 5, 2020", "Date", r"\text{March 5}, 2020"),
    (r"2020-03-05", "Date", r"\text{March 5}, 2020"),
    (r"5:8", "Ratio", r"5 : 8"),
    (r"5 \text{ cm}", "Quantity", r"5 \text{cm}"),
    (r"5\,\mathrm{m/s^2}", "Quantity", r"5 \text{m} \cdot \text{s}^{-2}"),
    (r"5 cm^2", "Quantity", r"5 \text{cm}^{2}"),
    (r"12 miles", "Quantity", r"12 \text{miles}"),
    (r"45 \text{ square feet}", "Quantity", r"45 \text{feet}^{2}"),
    (r"9.8 \text{ kg} \cdot \text{m}/\text{s}^2", "Quantity", r"9.8 \text{kg} \cdot \text{m} \cdot \text{s}^{-2}"),
    (r"20^\circ C", "Quantity", r"20 \text{°C}"),
    (r"60 miles per hour", "Quantity", r"60 \text{miles} \cdot \text{hour}^{-1}"),
    (r"f(x)=2x", "Relation", r"f(x) = 2 x"),
    (r"f(2) < f(1)", "Relation", r"f(2) < f(1)"),
    (r"W(4)", "Quantity", r"W(4)"),
    (r"f^{-1}(x)", "Quantity", r"f^{-1}(x)"),
    (r"y'' + y = 0", "Relation", r"y'' + y = 0"),
    (r"x_1 + x_{12}", "Quantity", r"x_{1} + x_{12}"),
    (r"T_{\text{max}}", "Quantity", r"T_{max}"),
    (r"\hat{y}", "Quantity", r"\hat{y}"),
    (r"\vec{v}", "Quantity", r"v"),
    (r"2x2", "Quantity", r"4 x"),
    (r"1/2x", "Quantity", r"\frac{1}{2} \cdot x"),
    (r"a/bc", "Quantity", r"\frac{a}{b c}"),
    (r"2^{3^2}", "Quantity", r"2^{3^{2}}"),
    (r"2^-1", "Quantity", r"\frac{1}{2}"),
    (r"-2^2", "Quantity", r"-2^{2}"),
    (r"(-2)^2", "Quantity", r"(-2)^{2}"),
    (r"The answer is 5.", "Quantity", r"5"),
    (r"$x=5$", "Relation", r"x = 5"),
    (r"\text{Navin}", "Text", r"\text{navin}"),
    (r"Yes", "Text", r"\text{yes}"),
    (r"No solution", "Text", r"\text{no solution}"),
    (r"\text{The midpoints form a regular hexagon}", "Text", r"\text{the midpoints form a regular hexagon}"),
    (r"\frac{1}{5}\begin{pmatrix} 1 \\ 2 \end{pmatrix}", "Quantity", r"\frac{1}{5} \cdot \begin{pmatrix} 1 \\ 2 \end{pmatrix}"),
    (r"y = 2x + C", "Relation", r"y = 2 x + C"),
    (r"x^2 + y^2 = 1 \text{ for } y > 0", "Given", r"x^{2} + y^{2} = 1 \text{ for } y > 0"),
    (r"P(X > 1) = 0.5", "Relation", r"P(X > 1) = 0.5"),
    (r"\boxed{5}", "Quantity", r"5"),
    (r"\left( 1,\, 2 \right)", "Bracketed", r"(1, 2)"),
    (r"\text{only }x=0", "Relation", r"x = 0"),
    (r"-\frac32", "Quantity", r"-\frac{3}{2}"),
    (r"\frac{-3}{2}", "Quantity", r"-\frac{3}{2}"),
    (r"0.5\%", "Quantity", r"0.5\%"),
    (r"1./3", "Quantity", r"\frac{1}{3}"),
    (r"Maximum = 2, Minimum = 0", "List", r"\mathrm{maximum} = 2, \mathrm{minimum} = 0"),
    (r"\max(3, 4)", "Quantity", r"\max(3, 4)"),
    (r"\gcd(12, 18)", "Quantity", r"6"),
    (r"x \times y", "Quantity", r"x y"),
    (r"5!", "Quantity", r"5!"),
    (r"90^{\circ}", "Quantity", r"90^{\circ}"),
    (r"\overline{AB}", "Quantity", r"\overline{AB}"),
    (r"3\text{rd}", "Quantity", r"3 \text{rd}"),
    (r"5^{\text{th}}", "Quantity", r"5"),
    (r"$\frac{3\sqrt{10}}{10}$;$\frac{4}{5}$", "List", r"\frac{3}{10} \cdot \sqrt{10}; \frac{4}{5}"),
    (r"x > 2 \text{ or } x < -2", "List", r"x > 2 \text{ or } x < -2"),
    (r"\angle ABC = 30^\circ", "Relation", r"\angle  \cdot A B C = 30^{\circ}"),
    (r"a_{n+1} = 2a_n", "Relation", r"a_{n+1} = 2 \cdot a_{n}"),
];

#[test]
fn spellings_of_one_answer() {
    let same = [
        [r"\frac{1}{2}", r"$\tfrac12$"],
        [r"\frac{1}{2}", r"\( \displaystyle \frac{1}{2} \)"],
        [r"\left( 1,\, 2 \right)", "(1, 2)"],
        [r"\sqrt{3}", "sqrt(3)"],
        [r"x^{2}+1", "x^2 + 1"],
        [r"x \leq 3", "x <= 3"],
        [r"2 \cdot x", "2x"],
        [r"\begin{bmatrix}1\\2\end{bmatrix}", r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}"],
        [r"5 \text{ m/s}", r"5\,\mathrm{m}/\mathrm{s}"],
        [r"\arcsin x", "arcsin(x)"],
        [r"(-\infty, 0) \cup (1, +\infty)", "(-∞, 0) ∪ (1, ∞)"],
        ["\u{c}rac{1}{2}", r"\frac{1}{2}"],
        [r"\\frac{1}{2}", r"\frac{1}{2}"],
        [r"\color{red}{5}", "5"],
        [r"1 - \frac{1}{e}", "1-1/e"],
        [r"y^{\prime}", "y'"],
    ];
    for [one, other] in same {
        assert_eq!(read(one).unwrap(), read(other).unwrap(), "{one} {other}");
    }
}

#[test]
fn how_a_number_was_written() {
    let written = |source| quantity(source).written;
    assert_eq!(written("649"), Written::Integer);
    assert_eq!(written("2.50"), Written::Decimal { places: 2, significant: 3, scientific: false });
    assert_eq!(written("-0.0050"), Written::Decimal { places: 4, significant: 2, scientific: false });
    assert_eq!(written(r"3.20 \times 10^{5}"), Written::Decimal { places: -3, significant: 3, scientific: true });
    assert_eq!(written("3245/5"), Written::Fraction { reduced: false });
    assert_eq!(written(r"\frac{2}{3}"), Written::Fraction { reduced: true });
    assert_eq!(written(r"2\frac{2}{4}"), Written::Mixed { reduced: false });
    assert_eq!(written(r"25 \cdot 25"), Written::Expression);
}

#[test]
fn units_and_marks() {
    let unit = |source| {
        quantity(source)
            .unit
            .map(|Unit(factors)| factors.iter().map(|(name, power)| format!("{name}{power}")).collect::<Vec<_>>().join(" "))
    };
    assert_eq!(unit(r"5 \text{ kg m/s}^2").as_deref(), Some("kg m1 s-2"));
    assert_eq!(unit(r"15\mbox{ cm}^2").as_deref(), Some("cm2"));
    assert_eq!(unit(r"45 \text{ cubic feet}").as_deref(), Some("feet3"));
    assert_eq!(unit("12 square miles").as_deref(), Some("miles2"));
    assert_eq!(unit(r"2\pi \text{ cm}").as_deref(), Some("cm1"));
    assert_eq!(unit("25000/49 meters").as_deref(), Some("meters1"));
    assert_eq!(unit(r"\sin 30^\circ"), None);
    assert!(quantity(r"3 \pm \sqrt{2}").plus_minus);
    let [upper, lower] = quantity(r"3 \pm \sqrt{2}").both_signs().unwrap();
    assert_eq!((upper.value, lower.value), (quantity(r"3 + \sqrt{2}").value, quantity(r"3 - \sqrt{2}").value));
}

/// The strings under these names of a file of `vectors/`.
fn corpus(name: &str, fields: &[&str]) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors").join(name);
    let lines = BufReader::new(GzDecoder::new(File::open(path).unwrap())).lines();
    let records = lines.map(|line| serde_json::from_str::<serde_json::Value>(&line.unwrap()).unwrap());
    records.flat_map(|record| fields.iter().filter_map(|field| record[*field].as_str().map(str::to_owned)).collect::<Vec<_>>()).collect()
}

/// An answer's form in which a computed number is as any other, which printing does not keep.
fn form(answer: &Answer) -> String {
    format!("{answer:?}")
        .replace("written: Integer", "written: Expression")
        .replace("written: Fraction { reduced: true }", "written: Expression")
}

const STYLES: [Style; 3] = [
    Style { fractions: Fractions::Frac, spaces: true, growing: false, dollars: false, text_units: true },
    Style { fractions: Fractions::Dfrac, spaces: false, growing: true, dollars: true, text_units: false },
    Style { fractions: Fractions::Slash, spaces: true, growing: true, dollars: false, text_units: true },
];

#[test]
fn what_is_printed_is_read_as_the_same() {
    let mut answers = corpus("reference_answers.jsonl.gz", &["answer"]);
    answers.extend(corpus("labelled_pairs.jsonl.gz", &["gold", "pred"]));
    for source in &answers {
        let Ok(answer) = read(source) else { continue };
        // Prose with formulas may come back as the formula.
        if matches!(answer, Answer::Text(_)) {
            continue;
        }
        for style in &STYLES {
            let printed = print(&answer, style);
            let again = read(&printed).map(|again| form(&again));
            assert_eq!(again.as_ref(), Ok(&form(&answer)), "{source:?} printed as {printed:?}");
        }
    }
}

#[test]
fn few_reference_answers_with_digits_are_texts() {
    let answers = corpus("reference_answers.jsonl.gz", &["answer"]);
    let texts = answers.iter().filter(|source| matches!(read(source).unwrap(), Answer::Text(_)));
    // A text with four words of two letters or more outside of LaTeX is prose, whatever numbers it holds.
    let word = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let prose = |source: &str| source.replace("\\text", " ").split([' ', '\n', '{', '}', '.', ',']).filter(word).count() >= 4;
    let unread =
        texts.filter(|source| source.bytes().any(|byte| matches!(byte, b'0'..=b'9' | b'=' | b'+' | b'^')) && !prose(source)).count();
    assert!(unread * 150 < answers.len(), "{unread} of {}", answers.len());
}

#[test]
fn hostile_input_ends() {
    let repeated = |part: &str, times: usize| part.repeat(times);
    let nested = |open: &str, middle: &str, close: &str, times: usize| format!("{}{middle}{}", open.repeat(times), close.repeat(times));
    let cases = [
        repeated("{", 60_000),
        repeated("(", 60_000),
        repeated("\\frac{", 8_000),
        repeated("x^", 30_000),
        repeated("9^", 30_000),
        repeated("-", 60_000),
        repeated("!", 60_000),
        repeated("x!", 30_000),
        repeated("|", 60_000),
        repeated("\\text{", 10_000),
        repeated("\\left(", 10_000),
        repeated("1,", 30_000),
        repeated("1a", 30_000),
        repeated("1_", 30_000),
        repeated("a_", 30_000),
        repeated("x'", 30_000),
        repeated("f(", 30_000),
        repeated("= ", 30_000),
        repeated("\\cup", 12_000),
        repeated("A\\cup B\\cap ", 4_000),
        repeated("\\begin{cases}", 4_000),
        repeated("\\sum_", 10_000),
        repeated("\\int ", 10_000),
        repeated("is ", 20_000),
        repeated("$x$ ", 15_000),
        repeated("3 cm ", 12_000),
        repeated("\u{2265}", 20_000),
        repeated("9", 60_000),
        format!("0.{}", repeated("1", 9_000)),
        format!("1e{}", repeated("9", 9)),
        format!("\\frac{{{}}}{{{}}}", repeated("7", 9_000), repeated("3", 9_000)),
        nested("\\frac{1}{", "2", "}", 40),
        nested("(", "1", ")", 60),
        nested("\\text{", "x", "}", 5_000),
        nested("((x)", "y", ")", 50),
        nested("{", "1", "}", 2_000),
        nested("\\sqrt{", "2", "}", 2_000),
        nested("2^{", "2", "}", 2_000),
    ];
    for case in &cases {
        // Whatever comes of it, it comes, and what was read can be printed.
        if let Ok(answer) = read(case) {
            assert!(!print(&answer, &Style::default()).is_empty(), "{}", &case[..20]);
        }
    }
    assert_eq!(read(&"x".repeat(MAX_BYTES + 1)), Err(ReadError::TooLong));
    assert_eq!(read(&nested("\\sqrt{", "2", "}", 2_000)), Err(ReadError::TooDeep));
    assert_eq!(read(&"9".repeat(20_000)), Err(ReadError::NumberTooLong));
    assert_eq!(kind(&read(&nested("\\frac{1}{", "2", "}", 40)).unwrap()), "Quantity");
}
