//! `letters:letter_counting2`: as `keywords:letter_frequency`.

use super::*;

pub(super) const CONSTRAINT: Constraint =
    Constraint { id: "letters:letter_counting2", suite: Suite::IfTrain, ..keywords_letter_frequency::CONSTRAINT };
