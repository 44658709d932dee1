//! What can go wrong with the files of a model. Errors of its arithmetic are candle's own and are not here.

use std::fmt;
use std::path::PathBuf;

/// Why a model's files could not be read or written, or a text not be turned into tokens.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// The path is a file, or nothing.
    #[error("{path}: not a directory; a model is a directory in Hugging Face's layout (config.json, model.safetensors, tokenizer.json)")]
    NotADirectory {
        /// The path.
        path: PathBuf,
    },
    /// A file of the directory is not there.
    #[error("{path}: file missing; {hint}")]
    Missing {
        /// The file.
        path: PathBuf,
        /// Where such a file comes from.
        hint: &'static str,
    },
    /// The operating system refused: permission, full disk, broken device.
    #[error("{path}: cannot {action}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was tried.
        action: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not the JSON that it should be.
    #[error("{path}: not readable as JSON of the expected form")]
    Json {
        /// The file.
        path: PathBuf,
        /// Line, column and reason.
        source: serde_json::Error,
    },
    /// `config.json` describes a model that this decoder would compute wrongly.
    #[error("{path}: {}", list(.fields))]
    Config {
        /// The file.
        path: PathBuf,
        /// Every field that is refused.
        fields: Vec<Refused>,
    },
    /// A file of weights ends too early, goes on too long, or has a header that contradicts itself.
    #[error("{path}: damaged or half-written weights: {defect}; copy or download the file again")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What contradicts what.
        defect: String,
    },
    /// Weights are missing, superfluous or of another shape than `config.json` says.
    #[error("{path}: weights do not fit config.json: {}", list(.wrong))]
    Weights {
        /// The directory, or the place it was to be written to.
        path: PathBuf,
        /// Every weight that does not fit, by name.
        wrong: Vec<Wrong>,
    },
    /// `tokenizer.json` is not a tokenizer.
    #[error("{path}: not a readable tokenizer.json")]
    TokenizerFile {
        /// The file.
        path: PathBuf,
        /// What the tokenizer library said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The tokenizer gives ids that the model's embedding does not have.
    #[error(
        "the tokenizer's largest id is {largest}, but the model's vocab_size is {vocab_size}: tokenizer and weights are of different models"
    )]
    VocabularyTooLarge {
        /// The largest id.
        largest: u32,
        /// Rows of the embedding.
        vocab_size: usize,
    },
    /// A special token that the configuration names is not in the vocabulary.
    #[error("the {role} {token:?} is not in the tokenizer's vocabulary")]
    UnknownToken {
        /// What the token is for.
        role: &'static str,
        /// The token.
        token: String,
    },
    /// Encoding, decoding or training failed in the tokenizer library.
    #[error("tokenizer cannot {action}")]
    Tokenizer {
        /// What was tried.
        action: &'static str,
        /// What the library said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The chat template is not valid, or refused these messages.
    #[error("chat template, line {line}: {message}")]
    Template {
        /// The line of the template, counted from 1; 0 where there is none.
        line: usize,
        /// What is wrong there.
        message: String,
        /// What the template engine said.
        source: minijinja::Error,
    },
    /// A vocabulary was asked for that is smaller than the bytes and the special tokens.
    #[error("vocabulary of {asked} tokens: the smallest is {smallest} (256 bytes and {} special tokens)", smallest - 256)]
    VocabularyTooSmall {
        /// How many tokens were asked for.
        asked: usize,
        /// The fewest there can be.
        smallest: usize,
    },
    /// The shape is neither Qwen2's (biases, no norms on queries and keys) nor Qwen3's (the reverse), so no `model_type` describes it.
    #[error(
        "a model with attention_bias {attention_bias} and qk_norm {qk_norm} is neither Qwen2 (true, false) nor Qwen3 (false, true): config.json cannot describe it"
    )]
    NoModelType {
        /// The configuration's field.
        attention_bias: bool,
        /// The configuration's field.
        qk_norm: bool,
    },
    /// Candle could not make or copy a tensor.
    #[error("weight {name}: cannot convert")]
    Tensor {
        /// The weight.
        name: String,
        /// What candle said.
        source: candle_core::Error,
    },
}

/// A field of `config.json` that is refused.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The field.
    pub field: &'static str,
    /// Its value; nothing where it is missing.
    pub value: Option<serde_json::Value>,
    /// What this decoder needs.
    pub needs: &'static str,
}

impl fmt::Display for Refused {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.value {
            Some(value) => write!(out, "{} is {}, needs {}", self.field, shortened(&value.to_string()), self.needs),
            None => write!(out, "{} is missing, needs {}", self.field, self.needs),
        }
    }
}

/// A weight that does not fit the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// The configuration has it, the files do not.
    Missing {
        /// The weight.
        name: String,
    },
    /// The files have it, the configuration does not.
    Superfluous {
        /// The weight.
        name: String,
    },
    /// The shapes differ.
    Shape {
        /// The weight.
        name: String,
        /// What the files have.
        found: Vec<usize>,
        /// What the configuration says.
        expected: Vec<usize>,
    },
    /// Its numbers are neither f32 nor bf16 nor f16.
    Type {
        /// The weight.
        name: String,
        /// What they are.
        found: String,
    },
}

impl fmt::Display for Wrong {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { name } => write!(out, "{name} missing"),
            Self::Superfluous { name } => write!(out, "{} superfluous", shortened(name)),
            Self::Shape { name, found, expected } => write!(out, "{name} has shape {found:?}, needs {expected:?}"),
            Self::Type { name, found } => write!(out, "{name} has type {found}, needs F32, BF16 or F16"),
        }
    }
}

/// The most entries that a message lists; the error itself has them all.
const LISTED: usize = 20;

fn list<T: fmt::Display>(entries: &[T]) -> String {
    let mut text = entries.iter().take(LISTED).map(T::to_string).collect::<Vec<_>>().join("; ");
    if entries.len() > LISTED {
        text.push_str(&format!("; and {} more", entries.len() - LISTED));
    }
    text
}

fn shortened(text: &str) -> String {
    const CHARACTERS: usize = 120;
    match text.char_indices().nth(CHARACTERS) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text.to_owned(),
    }
}
