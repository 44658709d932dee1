//! Fractions as models write them: plain or in LaTeX. They are read, not reduced; whether `2/4` is right is the puzzle's to say.

use crate::python::{int, strip};
use num_bigint::BigInt;
use num_traits::Signed;

/// A fraction as written, its denominator positive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fraction {
    pub(crate) numerator: BigInt,
    pub(crate) denominator: BigInt,
}

impl Fraction {
    /// Reads `3/4`, `\frac{3}{4}` with its variants, or `3`, each also between `$` or `\( \)`. Nothing may stand beside it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = strip(without_math_delimiters(strip(text)));
        let (numerator, denominator) = latex_parts(text).or_else(|| text.split_once('/')).unwrap_or((text, "1"));
        let (numerator, denominator) = (int(numerator)?, int(denominator)?);
        denominator.is_positive().then_some(Self { numerator, denominator })
    }
}

fn without_math_delimiters(text: &str) -> &str {
    let between = |open, close| text.strip_prefix(open)?.strip_suffix(close);
    between("$$", "$$").or_else(|| between("$", "$")).or_else(|| between("\\(", "\\)")).or_else(|| between("\\[", "\\]")).unwrap_or(text)
}

/// The two arguments of a LaTeX fraction that is the whole text.
fn latex_parts(text: &str) -> Option<(&str, &str)> {
    let arguments = ["\\frac", "\\dfrac", "\\tfrac"].iter().find_map(|command| text.strip_prefix(command))?;
    let (numerator, rest) = strip(arguments).strip_prefix('{')?.split_once('}')?;
    let denominator = strip(rest).strip_prefix('{')?.strip_suffix('}')?;
    Some((numerator, denominator))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_have_many_forms() {
        let expect = Fraction { numerator: 3.into(), denominator: 4.into() };
        for text in ["3/4", " 3 / 4\n", "$3/4$", "\\frac{3}{4}", "$\\dfrac{3}{4}$", "\\( \\tfrac { 3 } {4} \\)", "$$3/4$$"] {
            assert_eq!(Fraction::parse(text).as_ref(), Some(&expect), "{text}");
        }
        assert_eq!(Fraction::parse("7"), Some(Fraction { numerator: 7.into(), denominator: 1.into() }));
        for bad in ["", "/", "3/", "3/0", "3/-4", "3/4/5", "= 3/4", "\\frac{3}{4}!", "\\frac{3}4", "0.75", "$3/4"] {
            assert_eq!(Fraction::parse(bad), None, "{bad}");
        }
    }
}
