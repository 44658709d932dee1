//! `keywords:word_count_different_numbers`: as `keywords:frequency`, but the prompt does not say the relation.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "keywords:word_count_different_numbers",
    suite: Suite::IfTrain,
    prompt: "In your response, the word {keyword} should appear {frequency} times.",
    check: keywords_frequency::check,
    ..keywords_frequency::CONSTRAINT
};
