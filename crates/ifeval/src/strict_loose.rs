//! Strict and loose: the response as it is, or any of eight variants of it.
//!
//! A loose check forgives an introduction, a closing line and markdown emphasis: it passes if the response passes as it is, without its first line,
//! without its last, or without both, each also without any `*`. Source: `test_instruction_following_loose` of `lm_eval/tasks/ifeval/utils.py`, PyPI
//! `lm-eval` 0.4.13. Variants that are the same text are checked once, and what one constraint finds out about a variant serves the next.

use crate::constraint::Check;
use crate::reading::{Reading, Shared, strip};
use crate::{Args, Constraint, Evidence, Rules};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::rc::Rc;

/// Which texts may obey.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The response.
    #[default]
    Strict,
    /// The response or one of its variants.
    Loose,
}

/// The different texts that a mode allows, the response first. Blank ones are left out, except the response.
#[derive(Debug)]
pub struct Variants<'a>(Vec<Cow<'a, str>>);

impl<'a> Variants<'a> {
    /// Cuts a response.
    pub fn new(response: &'a str, mode: Mode) -> Self {
        let mut texts = vec![Cow::Borrowed(response)];
        if mode == Mode::Loose {
            let after_first = response.split_once('\n').map_or("", |(_, rest)| rest);
            let before_last = response.rsplit_once('\n').map_or("", |(rest, _)| rest);
            let inner = after_first.rsplit_once('\n').map_or("", |(rest, _)| rest);
            texts.extend([after_first, before_last, inner].map(|text| Cow::Borrowed(strip(text))));
            if response.contains('*') {
                let bare: Vec<_> = texts.iter().map(|text| Cow::Owned(text.replace('*', ""))).collect();
                texts.extend(bare);
            }
        }
        let mut different: Vec<Cow<'a, str>> = Vec::with_capacity(texts.len());
        for (index, text) in texts.into_iter().enumerate() {
            if index == 0 || (!strip(&text).is_empty() && !different.contains(&text)) {
                different.push(text);
            }
        }
        Self(different)
    }

    /// The texts, ready to be read.
    pub fn readings(&self) -> Vec<Reading<'_>> {
        if let [text] = self.0.as_slice() {
            return vec![Reading::new(text)];
        }
        let shared = Rc::new(Shared::default());
        self.0.iter().map(|text| Reading::of_variant(text, &shared)).collect()
    }
}

/// Checks one constraint on the readings of [`Variants`]: the first text that obeys decides, else the response itself.
pub fn check(constraint: &Constraint, args: &Args, rules: Rules, readings: &[Reading<'_>]) -> Evidence {
    let mut strict = None;
    for text in readings.iter().filter(|text| !strip(text.raw).is_empty()) {
        let evidence = (constraint.check)(&Check { args, text, rules });
        if evidence.passes || evidence.fault.is_some() {
            return evidence;
        }
        strict.get_or_insert(evidence);
    }
    strict.unwrap_or_else(|| Evidence::fail().found("a blank response"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn variants(response: &str, expect: &[&str]) {
        assert_eq!(Variants::new(response, Mode::Loose).0, expect);
    }

    #[test]
    fn lines_and_stars_are_dropped() {
        variants("a\n*b*\n\nc", &["a\n*b*\n\nc", "*b*\n\nc", "a\n*b*", "*b*", "a\nb\n\nc", "b\n\nc", "a\nb", "b"]);
    }

    #[test]
    fn equal_and_blank_variants_are_left_out() {
        variants("a", &["a"]);
        variants("a\n", &["a\n", "a"]);
        variants("*", &["*"]);
    }
}
