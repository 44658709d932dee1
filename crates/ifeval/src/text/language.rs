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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::vectors;

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
