//! The arguments of constraints: what each may be, and reading them from JSON.
//!
//! Both conventions of published data are read: fields that do not apply may be missing or `null`, and counts may be floats without a fraction. The
//! references draw a random value where an argument is missing, negative or, in IFEval's convention, falsy (`0`, `""`); here a missing or unusable
//! argument is an error of the item, and 0 means 0.

use crate::reading::{Flags, Pattern, fold, is_word, strip};
use crate::{Bound, Rules, python};
use serde_json::{Map, Value};
use std::cell::OnceCell;

/// Arguments as data has them.
pub type Kwargs = Map<String, Value>;

/// One argument of a constraint.
#[derive(Debug)]
pub struct Field {
    /// Its name in `kwargs`.
    pub name: &'static str,
    /// What it may be, and what the generator draws.
    pub kind: Kind,
}

/// What an argument may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A whole number from 0; drawn from this range, ends included.
    Count(u64, u64),
    /// A number of percent; drawn from this range, ends included.
    Percent(u64, u64),
    /// `less than` or `at least`.
    Relation,
    /// One letter.
    Letter,
    /// The code of a language, as in `en`.
    Language,
    /// A text; drawn from these.
    Text(&'static [&'static str]),
    /// A word; drawn from the word list.
    Word,
    /// A word which the references read as a regular expression; drawn from the word list.
    Pattern(Form),
    /// Several such words.
    Patterns(Form),
    /// The request that is to be repeated, or a text given with it.
    Prompt,
    /// Accepted and not read.
    Unread,
}

impl Kind {
    fn expects(self) -> &'static str {
        match self {
            Self::Count(..) => "a whole number from 0 to 1000000000",
            Self::Percent(..) => "a number from 0 to 1000000000",
            Self::Relation => "`less than` or `at least`",
            Self::Letter => "one character",
            Self::Language => "the code of a language, as in `en`",
            Self::Text(_) | Self::Prompt => "a text that is not empty",
            Self::Word | Self::Pattern(_) => "a word",
            Self::Patterns(_) => "a list of words that is not empty",
            Self::Unread => "anything",
        }
    }
}

/// What the references make of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The word, in whatever case.
    Anywhere,
    /// The word between `\b`, in whatever case.
    Bounded,
    /// The word and a number after it.
    Section,
    /// The word in lower case, searched for in a text in lower case.
    Lower,
}

impl Form {
    fn pattern(self, word: &str) -> Result<Pattern, String> {
        let ignoring_case = Flags { ignore_case: true, ..Flags::default() };
        match self {
            Self::Anywhere => Pattern::new(word, ignoring_case),
            Self::Bounded => Pattern::new(&format!(r"\b{word}\b"), ignoring_case),
            Self::Section => Pattern::new(&format!(r"\s?{word}\s?\d+\s?"), Flags::default()),
            Self::Lower => Pattern::new(&format!(r"\s*{}.*$", word.to_lowercase()), Flags { multi_line: true, ..Flags::default() }),
        }
    }
}

/// Arguments that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{field}`: {message}")]
pub struct InvalidKwargs {
    /// The argument.
    pub field: String,
    /// What was wrong and what is expected.
    pub message: String,
}

impl InvalidKwargs {
    /// An argument that does not go with the others.
    pub fn new(field: &str, message: impl Into<String>) -> Self {
        Self { field: field.to_owned(), message: message.into() }
    }
}

/// A word, and the pattern that the references make of it.
#[derive(Clone, Debug)]
pub struct Keyword {
    /// The word.
    pub text: String,
    /// The word with the cases of its letters made one.
    pub folded: String,
    /// Its pattern under [`Rules::Parity`], where it is more than the word itself.
    pub(crate) pattern: Option<Pattern>,
}

#[derive(Clone, Debug)]
enum Arg {
    Count(u64),
    Percent(f64),
    Bound(Bound),
    Text(String),
    Keywords(Vec<Keyword>),
}

/// Arguments that fit their constraint's fields.
#[derive(Clone, Debug, Default)]
pub struct Args {
    values: Vec<(&'static str, Arg)>,
    /// The tokens of a text, which are the same for every variant of the response.
    tokens: OnceCell<Vec<String>>,
}

/// The most words in a list, and the most bytes in a word: patterns are built from them.
const MOST_WORDS: usize = 64;
const LONGEST_WORD: usize = 256;
const LARGEST: f64 = 1e9;

impl Args {
    /// Reads what `fields` ask for.
    ///
    /// # Errors
    /// If an argument is missing, `null`, not known, or not of its kind.
    pub fn read(fields: &'static [Field], kwargs: &Kwargs, rules: Rules) -> Result<Self, InvalidKwargs> {
        if let Some((name, _)) = kwargs.iter().find(|(name, value)| !value.is_null() && !fields.iter().any(|field| field.name == *name)) {
            let known = fields.iter().map(|field| field.name).collect::<Vec<_>>().join("`, `");
            let message = if known.is_empty() {
                "this constraint has no arguments".to_owned()
            } else {
                format!("no such argument; known: `{known}`")
            };
            return Err(InvalidKwargs::new(name, message));
        }
        let mut args = Vec::with_capacity(fields.len());
        for field in fields.iter().filter(|field| field.kind != Kind::Unread) {
            let value = kwargs.get(field.name).filter(|value| !value.is_null());
            let value = value.ok_or_else(|| InvalidKwargs::new(field.name, format!("is missing; expected {}", field.kind.expects())))?;
            let arg = match field.kind {
                Kind::Pattern(form) => text(value).map(|text| keywords(&[text.trim()], form, rules)),
                Kind::Patterns(form) => value.as_array().and_then(|list| {
                    // The references sort the words, so that the one reported is the same whatever their order.
                    let mut words = list.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?;
                    words.sort_unstable();
                    Some(keywords(&words, form, rules))
                }),
                kind => read_arg(kind, value).map(Ok),
            };
            let arg = arg.unwrap_or_else(|| Err(format!("expected {}", field.kind.expects())));
            args.push((field.name, arg.map_err(|message| InvalidKwargs::new(field.name, message))?));
        }
        Ok(Self { values: args, tokens: OnceCell::new() })
    }

    fn get(&self, name: &str) -> &Arg {
        let found = self.values.iter().find(|(field, _)| *field == name);
        &found.expect("a constraint asks only for arguments that its fields declare").1
    }

    /// A whole number.
    ///
    /// # Panics
    /// This and the next five: if the constraint's fields declare no such argument, or one of another kind.
    pub fn count(&self, name: &str) -> u64 {
        let Arg::Count(count) = self.get(name) else { unreachable!("`{name}` is declared as another kind") };
        *count
    }

    /// A whole number, as a position or a length.
    pub fn index(&self, name: &str) -> usize {
        usize::try_from(self.count(name)).expect("counts are at most 1e9")
    }

    /// A number of percent.
    pub fn percent(&self, name: &str) -> f64 {
        let Arg::Percent(percent) = self.get(name) else { unreachable!("`{name}` is declared as another kind") };
        *percent
    }

    /// A relation.
    pub fn bound(&self, name: &str) -> Bound {
        let Arg::Bound(bound) = self.get(name) else { unreachable!("`{name}` is declared as another kind") };
        *bound
    }

    /// A text.
    pub fn text(&self, name: &str) -> &str {
        let Arg::Text(text) = self.get(name) else { unreachable!("`{name}` is declared as another kind") };
        text
    }

    /// The tokens of a text by NLTK's `word_tokenize`. A constraint asks for those of one text.
    pub(crate) fn tokens(&self, name: &str) -> &[String] {
        self.tokens.get_or_init(|| python::tokens(self.text(name)))
    }

    /// Words that the reference reads as patterns.
    pub fn keywords(&self, name: &str) -> &[Keyword] {
        let Arg::Keywords(words) = self.get(name) else { unreachable!("`{name}` is declared as another kind") };
        words
    }
}

/// Some published rows have a list of one word where a word is meant.
fn text(value: &Value) -> Option<&str> {
    match value {
        Value::Array(list) if list.len() == 1 => list.first()?.as_str(),
        value => value.as_str(),
    }
}

fn read_arg(kind: Kind, value: &Value) -> Option<Arg> {
    let number = || value.as_f64().filter(|number| (0.0..=LARGEST).contains(number));
    let text = || text(value);
    match kind {
        Kind::Count(..) => number().filter(|number| number.fract() == 0.0).map(|number| Arg::Count(number as u64)),
        Kind::Percent(..) => number().map(Arg::Percent),
        Kind::Relation => match value.as_str()? {
            "less than" => Some(Arg::Bound(Bound::LessThan)),
            "at least" => Some(Arg::Bound(Bound::AtLeast)),
            _ => None,
        },
        Kind::Letter => text().filter(|text| text.chars().count() == 1).map(|text| Arg::Text(text.to_owned())),
        Kind::Language | Kind::Word => {
            text().filter(|text| text.len() <= LONGEST_WORD && !strip(text).is_empty()).map(|text| Arg::Text(strip(text).to_owned()))
        }
        Kind::Text(_) | Kind::Prompt => text().filter(|text| !text.is_empty()).map(|text| Arg::Text(text.to_owned())),
        Kind::Pattern(_) | Kind::Patterns(_) | Kind::Unread => None,
    }
}

fn keywords(words: &[&str], form: Form, rules: Rules) -> Result<Arg, String> {
    if words.is_empty() || words.len() > MOST_WORDS || words.iter().any(|word| word.is_empty() || word.len() > LONGEST_WORD) {
        return Err(format!("expected 1 to {MOST_WORDS} words of 1 to {LONGEST_WORD} bytes"));
    }
    let word = |text: &&str| {
        // Most keywords are words: a search for them needs no pattern.
        let is_plain = text.chars().all(|c| is_word(c) || matches!(c, ' ' | '\'' | '-' | ',' | '!' | '"' | '/' | ':' | ';'));
        let is_plain = is_plain && (form != Form::Bounded || (text.starts_with(is_word) && text.ends_with(is_word)));
        let pattern = if is_plain || rules == Rules::Strict { None } else { Some(form.pattern(text)?) };
        Ok(Keyword { text: (*text).to_owned(), folded: fold(text), pattern })
    };
    words.iter().map(word).collect::<Result<_, _>>().map(Arg::Keywords)
}
