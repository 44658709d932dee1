//! The language of a text, as PyPI `langdetect` 1.0.9 on CPython 3.11 gives it with seed 0.
//!
//! The crate `langdetect` has the profiles and the walk; the reference checkers leave the seed open, and this rule closes it.

use langdetect::{Compat, DetectorFactory, Language, Seed};
use std::sync::LazyLock;

static FACTORY: LazyLock<DetectorFactory> = LazyLock::new(|| {
    let mut factory = DetectorFactory::new(Compat::python(11));
    factory.load_builtin(&DetectorFactory::builtin_files()).expect("the profiles are the crate's own");
    factory.seed = Seed::Int(0);
    factory
});

/// The likely languages with their probabilities, most likely first; none where the text has nothing to tell by, which is an exception in Python.
pub(crate) fn languages(text: &str) -> Option<Vec<Language>> {
    FACTORY.detect_langs(text).ok()
}

/// The code of the likeliest language; `unknown` where none reaches a tenth.
pub(crate) fn detect(text: &str) -> Option<String> {
    FACTORY.detect(text).ok()
}

/// The longest text that is compared by its skeleton, in bytes: the detector reads no more than 10 000 characters.
const LONGEST: usize = 10_000;

/// What the detector sees of a text: letters, and one space for whatever ASCII stands between them. Texts with the same skeleton have the same
/// n-grams in the same order, and so the same language. None where that is not certain: addresses are taken out of a text before, and where fewer
/// letters are Latin than not, the Latin ones are.
pub(crate) fn skeleton(text: &str) -> Option<String> {
    if text.len() > LONGEST || text.contains("://") || text.contains('@') {
        return None;
    }
    let mut skeleton = String::with_capacity(text.len());
    let (mut latin, mut others, mut blank) = (0_usize, 0_usize, true);
    for c in text.chars() {
        let is_letter = c.is_ascii_alphabetic();
        latin += usize::from(is_letter);
        others += usize::from(!c.is_ascii());
        if is_letter || !c.is_ascii() {
            skeleton.push(c);
            blank = false;
        } else if !blank {
            skeleton.push(' ');
            blank = true;
        }
    }
    (2 * latin >= others).then_some(skeleton)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::vectors;

    #[test]
    fn a_skeleton_has_the_language_of_its_text() {
        for case in vectors::languages() {
            if let Some(skeleton) = skeleton(&case.text) {
                let near = |text: &str| -> Vec<(String, u64)> {
                    languages(text).unwrap_or_default().into_iter().map(|found| (found.lang, found.prob.to_bits())).collect()
                };
                assert_eq!(near(&skeleton), near(&case.text), "{}", case.text);
            }
        }
    }

    #[test]
    fn languages_follow_the_vectors() {
        for case in vectors::languages() {
            assert_eq!(detect(&case.text).as_deref().unwrap_or("ERR"), case.seed0, "{}", case.text);
            let ours: Vec<(String, f64)> =
                languages(&case.text).unwrap_or_default().into_iter().map(|found| (found.lang, found.prob)).collect();
            let near = |(ours, theirs): (&(String, f64), &(String, f64))| ours.0 == theirs.0 && (ours.1 - theirs.1).abs() < 1e-6;
            assert!(ours.len() == case.probs.len() && ours.iter().zip(&case.probs).all(near), "{ours:?} {:?}", case.probs);
        }
    }

    #[test]
    fn a_text_without_letters_has_none() {
        assert_eq!(detect("123 ..."), None);
        assert_eq!(detect("Ein, zwei, drei, vier").as_deref(), Some("de"));
    }
}
