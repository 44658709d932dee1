//! Every constraint there is, sorted by id. One file a constraint; a new one is that file and two lines here.

use crate::constraint::{BASE, Check, Claim, Constraint, Example, Suite};
use crate::kwargs::{Field, Form, InvalidKwargs, Keyword, Kind};
use crate::reading::{
    Flags, Pattern, fold, is_lower, is_space, is_upper, is_word, split, strip, strip_ascii_punctuation, without_ascii_punctuation,
};
use crate::{Bound, Evidence, python};
use regex::Regex;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

mod change_case_capital_word_frequency;
mod change_case_english_capital;
mod change_case_english_lowercase;
mod combination_repeat_prompt;
mod combination_two_responses;
mod copy_copy;
mod copy_copying_multiple;
mod copy_copying_simple;
mod copy_repeat_phrase;
mod count_conjunctions;
mod count_count_increment_word;
mod count_count_unique;
mod count_counting_composition;
mod count_keywords_multiple;
mod count_lowercase_counting;
mod count_numbers;
mod count_person_names;
mod count_pronouns;
mod count_punctuation;
mod count_unique_word_count;
mod count_word_count_range;
mod count_words_japanese;
mod custom_character_reverse;
mod custom_csv_city;
mod custom_csv_quotes;
mod custom_csv_special_character;
mod custom_date_format_list;
mod custom_european_capitals_sort;
mod custom_mcq_count_length;
mod custom_multiples;
mod custom_reverse_newline;
mod custom_sentence_alphabet;
mod custom_word_reverse;
mod detectable_content_number_placeholders;
mod detectable_content_postscript;
mod detectable_format_bigram_wrapping;
mod detectable_format_constrained_response;
mod detectable_format_json_format;
mod detectable_format_multiple_sections;
mod detectable_format_number_bullet_lists;
mod detectable_format_number_highlighted_sections;
mod detectable_format_sentence_hyphens;
mod detectable_format_square_brackets;
mod detectable_format_title;
mod first_word_first_word_answer;
mod first_word_first_word_sent;
mod format_emoji;
mod format_line_indent;
mod format_list;
mod format_newline;
mod format_no_bullets_bullets;
mod format_no_whitespace;
mod format_options;
mod format_output_template;
mod format_parentheses;
mod format_quote_unquote;
mod format_quotes;
mod format_sub_bullets;
mod format_thesis;
mod format_title_case;
mod keywords_exclude_word_harder;
mod keywords_existence;
mod keywords_forbidden_words;
mod keywords_frequency;
mod keywords_keyword_specific_position;
mod keywords_letter_frequency;
mod keywords_no_adjacent_consecutive;
mod keywords_palindrome;
mod keywords_start_end;
mod keywords_word_count_different_numbers;
mod keywords_word_once;
mod language_response_language;
mod last_word_last_word_answer;
mod last_word_last_word_sent;
mod length_constraints_nth_paragraph_first_word;
mod length_constraints_number_paragraphs;
mod length_constraints_number_sentences;
mod length_constraints_number_words;
mod letters_letter_counting;
mod letters_letter_counting2;
mod new_copy_span_idx;
mod paragraphs_paragraphs;
mod paragraphs_paragraphs2;
mod punctuation_no_comma;
mod punctuation_punctuation_dot;
mod punctuation_punctuation_exclamation;
mod ratio_overlap;
mod ratio_sentence_balance;
mod ratio_sentence_type;
mod ratio_sentence_words;
mod ratio_stop_words;
mod repeat_repeat_change;
mod repeat_repeat_simple;
mod repeat_repeat_span;
mod sentence_alliteration_increment;
mod sentence_increment;
mod sentence_keyword;
mod startend_end_checker;
mod startend_quotation;
mod words_alphabet;
mod words_consonants;
mod words_keywords_specific_position;
mod words_last_first;
mod words_no_consecutive;
mod words_odd_even_syllables;
mod words_palindrome;
mod words_paragraph_last_first;
mod words_prime_lengths;
mod words_repeats;
mod words_start_verb;
mod words_vowel;
mod words_words_position;

/// Every constraint, sorted by id.
pub const CONSTRAINTS: &[&Constraint] = &[
    &change_case_capital_word_frequency::CONSTRAINT,
    &change_case_english_capital::CONSTRAINT,
    &change_case_english_lowercase::CONSTRAINT,
    &combination_repeat_prompt::CONSTRAINT,
    &combination_two_responses::CONSTRAINT,
    &copy_copy::CONSTRAINT,
    &copy_copying_multiple::CONSTRAINT,
    &copy_copying_simple::CONSTRAINT,
    &copy_repeat_phrase::CONSTRAINT,
    &count_conjunctions::CONSTRAINT,
    &count_count_increment_word::CONSTRAINT,
    &count_count_unique::CONSTRAINT,
    &count_counting_composition::CONSTRAINT,
    &count_keywords_multiple::CONSTRAINT,
    &count_lowercase_counting::CONSTRAINT,
    &count_numbers::CONSTRAINT,
    &count_person_names::CONSTRAINT,
    &count_pronouns::CONSTRAINT,
    &count_punctuation::CONSTRAINT,
    &count_unique_word_count::CONSTRAINT,
    &count_word_count_range::CONSTRAINT,
    &count_words_japanese::CONSTRAINT,
    &custom_character_reverse::CONSTRAINT,
    &custom_csv_city::CONSTRAINT,
    &custom_csv_quotes::CONSTRAINT,
    &custom_csv_special_character::CONSTRAINT,
    &custom_date_format_list::CONSTRAINT,
    &custom_european_capitals_sort::CONSTRAINT,
    &custom_mcq_count_length::CONSTRAINT,
    &custom_multiples::CONSTRAINT,
    &custom_reverse_newline::CONSTRAINT,
    &custom_sentence_alphabet::CONSTRAINT,
    &custom_word_reverse::CONSTRAINT,
    &detectable_content_number_placeholders::CONSTRAINT,
    &detectable_content_postscript::CONSTRAINT,
    &detectable_format_bigram_wrapping::CONSTRAINT,
    &detectable_format_constrained_response::CONSTRAINT,
    &detectable_format_json_format::CONSTRAINT,
    &detectable_format_multiple_sections::CONSTRAINT,
    &detectable_format_number_bullet_lists::CONSTRAINT,
    &detectable_format_number_highlighted_sections::CONSTRAINT,
    &detectable_format_sentence_hyphens::CONSTRAINT,
    &detectable_format_square_brackets::CONSTRAINT,
    &detectable_format_title::CONSTRAINT,
    &first_word_first_word_answer::CONSTRAINT,
    &first_word_first_word_sent::CONSTRAINT,
    &format_emoji::CONSTRAINT,
    &format_line_indent::CONSTRAINT,
    &format_list::CONSTRAINT,
    &format_newline::CONSTRAINT,
    &format_no_bullets_bullets::CONSTRAINT,
    &format_no_whitespace::CONSTRAINT,
    &format_options::CONSTRAINT,
    &format_output_template::CONSTRAINT,
    &format_parentheses::CONSTRAINT,
    &format_quote_unquote::CONSTRAINT,
    &format_quotes::CONSTRAINT,
    &format_sub_bullets::CONSTRAINT,
    &format_thesis::CONSTRAINT,
    &format_title_case::CONSTRAINT,
    &keywords_exclude_word_harder::CONSTRAINT,
    &keywords_existence::CONSTRAINT,
    &keywords_forbidden_words::CONSTRAINT,
    &keywords_frequency::CONSTRAINT,
    &keywords_keyword_specific_position::CONSTRAINT,
    &keywords_letter_frequency::CONSTRAINT,
    &keywords_no_adjacent_consecutive::CONSTRAINT,
    &keywords_palindrome::CONSTRAINT,
    &keywords_start_end::CONSTRAINT,
    &keywords_word_count_different_numbers::CONSTRAINT,
    &keywords_word_once::CONSTRAINT,
    &language_response_language::CONSTRAINT,
    &last_word_last_word_answer::CONSTRAINT,
    &last_word_last_word_sent::CONSTRAINT,
    &length_constraints_nth_paragraph_first_word::CONSTRAINT,
    &length_constraints_number_paragraphs::CONSTRAINT,
    &length_constraints_number_sentences::CONSTRAINT,
    &length_constraints_number_words::CONSTRAINT,
    &letters_letter_counting::CONSTRAINT,
    &letters_letter_counting2::CONSTRAINT,
    &new_copy_span_idx::CONSTRAINT,
    &paragraphs_paragraphs::CONSTRAINT,
    &paragraphs_paragraphs2::CONSTRAINT,
    &punctuation_no_comma::CONSTRAINT,
    &punctuation_punctuation_dot::CONSTRAINT,
    &punctuation_punctuation_exclamation::CONSTRAINT,
    &ratio_overlap::CONSTRAINT,
    &ratio_sentence_balance::CONSTRAINT,
    &ratio_sentence_type::CONSTRAINT,
    &ratio_sentence_words::CONSTRAINT,
    &ratio_stop_words::CONSTRAINT,
    &repeat_repeat_change::CONSTRAINT,
    &repeat_repeat_simple::CONSTRAINT,
    &repeat_repeat_span::CONSTRAINT,
    &sentence_alliteration_increment::CONSTRAINT,
    &sentence_increment::CONSTRAINT,
    &sentence_keyword::CONSTRAINT,
    &startend_end_checker::CONSTRAINT,
    &startend_quotation::CONSTRAINT,
    &words_alphabet::CONSTRAINT,
    &words_consonants::CONSTRAINT,
    &words_keywords_specific_position::CONSTRAINT,
    &words_last_first::CONSTRAINT,
    &words_no_consecutive::CONSTRAINT,
    &words_odd_even_syllables::CONSTRAINT,
    &words_palindrome::CONSTRAINT,
    &words_paragraph_last_first::CONSTRAINT,
    &words_prime_lengths::CONSTRAINT,
    &words_repeats::CONSTRAINT,
    &words_start_verb::CONSTRAINT,
    &words_vowel::CONSTRAINT,
    &words_words_position::CONSTRAINT,
];

/// The constraint of this id.
pub fn find(id: &str) -> Option<&'static Constraint> {
    let at = CONSTRAINTS.binary_search_by(|constraint| constraint.id.cmp(id)).ok()?;
    CONSTRAINTS.get(at).copied()
}

/// The repair that keywords share.
const LITERAL: &str = "A keyword is the text it is; the reference reads it as a regular expression.";

/// How often a keyword occurs, in whatever case.
///
/// # Errors
/// If a pattern takes too many steps on this text.
fn occurrences(c: &Check<'_, '_>, word: &Keyword) -> Result<u64, String> {
    match &word.pattern {
        Some(pattern) => pattern.count(c.text.raw),
        None => Ok(c.text.folded().matches(&*word.folded).count() as u64),
    }
}

/// A fixed pattern.
fn fixed(source: &str) -> Regex {
    Regex::new(source).expect("fixed patterns compile")
}

/// Parts between the matches of `\s?\*\*\*\s?`.
fn starred_paragraphs(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    while let Some(found) = text.get(start..).and_then(|rest| rest.find("***")) {
        let (before, after) = (text.get(start..start + found).unwrap_or(""), text.get(start + found + 3..).unwrap_or(""));
        parts.push(before.strip_suffix(is_space).unwrap_or(before));
        start = text.len() - after.strip_prefix(is_space).unwrap_or(after).len();
    }
    parts.push(text.get(start..).unwrap_or(""));
    parts
}

/// How many parts are not blank; `None` where one that is neither first nor last is.
fn count_parts(parts: &[&str]) -> Option<usize> {
    let mut count = 0;
    for (index, part) in parts.iter().enumerate() {
        if !strip(part).is_empty() {
            count += 1;
        } else if index != 0 && index + 1 != parts.len() {
            return None;
        }
    }
    Some(count)
}

/// A count of parts held against a number, or a blank part between others.
fn parts_are(parts: &[&str], wanted: u64) -> Evidence {
    match count_parts(parts) {
        Some(count) => Evidence::count(count, Bound::Exactly, wanted),
        None => Evidence::fail().found("a blank part between others").wanted(Cow::Owned(wanted.to_string())),
    }
}

/// The same text but for case and for blanks around it.
fn same_text(left: &str, right: &str) -> bool {
    strip(left).to_lowercase() == strip(right).to_lowercase()
}

/// NFKD without what is not ASCII, as `unicodedata.normalize` and `encode('ASCII', 'ignore')` make it.
fn ascii_only(text: &str) -> String {
    text.nfkd().filter(char::is_ascii).collect()
}

/// How many times a word that is part of a longer one is stepped over by a character only, before by its length.
const STEPS: usize = 1000;

/// What may stand beside a word.
#[derive(Clone, Copy, PartialEq)]
enum Edges {
    /// No letter, digit or underscore beside one of the word's own.
    Free,
    /// `\b` of Python's `re`: beside a mark of the word's own there must be a letter, digit or underscore.
    Python,
}

impl Edges {
    fn admit(self, beside: Option<char>, own: Option<char>) -> bool {
        let (beside, own) = (beside.is_some_and(is_word), own.is_some_and(is_word));
        if self == Self::Free { !(beside && own) } else { beside != own }
    }
}

/// The line where `word` stands between such edges.
fn standing_alone(text: &str, word: &str, edges: Edges) -> Option<usize> {
    let mut start = 0;
    let mut steps = 0;
    while let Some(found) = text.get(start..)?.find(word) {
        let (before, after) = (text.get(..start + found)?, text.get(start + found + word.len()..)?);
        if edges.admit(before.chars().next_back(), word.chars().next()) && edges.admit(after.chars().next(), word.chars().next_back()) {
            return Some(1 + before.bytes().filter(|byte| *byte == b'\n').count());
        }
        let step = if steps < STEPS { word.chars().next().map_or(1, char::len_utf8) } else { word.len() };
        steps += 1;
        start += found + step;
    }
    None
}

/// Whether a token is more than marks.
fn is_wordlike(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}
