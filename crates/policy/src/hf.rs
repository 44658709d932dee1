//! A model as a directory in Hugging Face's layout: config.json, weights in safetensors, tokenizer, chat template, generation_config.json.
//!
//! Weights are plain tensors by their Hugging Face names; what computes with them is elsewhere. Nothing is downloaded here.

mod atomic;
mod config;
mod weights;

pub use weights::encode as encode_tensors;

use candle_core::{Device, Tensor};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::{ChatTemplate, ModelConfig, PolicyError, Tokenizer};

const CONFIG: &str = "config.json";
const GENERATION: &str = "generation_config.json";
const TOKENIZER: &str = "tokenizer.json";
const TOKENIZER_CONFIG: &str = "tokenizer_config.json";
const TEMPLATE: &str = "chat_template.jinja";

/// What `generation_config.json` says of sampling. Every field may be missing; other fields are ignored.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GenerationConfig {
    /// Ids that end a response: one or several in the file.
    #[serde(default, rename = "eos_token_id", with = "one_or_several", skip_serializing_if = "Vec::is_empty")]
    pub eos: Vec<u32>,
    /// The id that fills up shorter rows of a batch.
    #[serde(default, rename = "pad_token_id", skip_serializing_if = "Option::is_none")]
    pub pad: Option<u32>,
    /// Whether responses are drawn rather than the most probable token taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub do_sample: Option<bool>,
    /// What logits are divided by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f32>,
    /// Probability of the smallest set of tokens drawn from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f32>,
    /// How many most probable tokens are drawn from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub top_k: Option<usize>,
    /// The factor for tokens that were seen; sampling here has none, so a reader of 1.05 there may want to know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repetition_penalty: Option<f32>,
    /// The most tokens of a response.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_new_tokens: Option<usize>,
}

mod one_or_several {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Ids {
        One(u32),
        Several(Vec<u32>),
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
        Ok(match Option::<Ids>::deserialize(deserializer)? {
            None => Vec::new(),
            Some(Ids::One(id)) => vec![id],
            Some(Ids::Several(ids)) => ids,
        })
    }

    pub(super) fn serialize<S: Serializer>(ids: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
        match ids {
            [id] => id.serialize(serializer),
            ids => ids.serialize(serializer),
        }
    }
}

/// The files that make text into tokens, as bytes: they travel unchanged from the directory a model was read from to those it is written to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenizerFiles {
    /// By file name.
    files: BTreeMap<&'static str, Vec<u8>>,
}

impl TokenizerFiles {
    /// Those that are copied where they exist. The first is needed, the others are what older readers of such a directory look for.
    const NAMES: [&str; 7] =
        [TOKENIZER, TOKENIZER_CONFIG, TEMPLATE, "special_tokens_map.json", "added_tokens.json", "vocab.json", "merges.txt"];

    pub(crate) fn new(tokenizer: Vec<u8>, tokenizer_config: Vec<u8>) -> Self {
        Self { files: BTreeMap::from([(TOKENIZER, tokenizer), (TOKENIZER_CONFIG, tokenizer_config)]) }
    }
}

/// A model's directory, whose configuration was read and is one that this decoder computes.
#[derive(Clone, Debug)]
pub struct Directory {
    path: PathBuf,
    config: ModelConfig,
    generation: GenerationConfig,
}

impl Directory {
    /// Reads config.json and generation_config.json (which may be missing). Weights and tokenizer are read when asked for.
    ///
    /// # Errors
    /// [`PolicyError::NotADirectory`], [`PolicyError::Missing`], [`PolicyError::Io`], [`PolicyError::Json`]; [`PolicyError::Config`] with every field that
    /// describes another computation than this decoder's.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, PolicyError> {
        let path = path.into();
        if !path.is_dir() {
            return Err(PolicyError::NotADirectory { path });
        }
        let file = path.join(CONFIG);
        let fields: Map<String, Value> =
            read_json(&file, "`save_pretrained` of Hugging Face transformers and `gavel init-model` write it")?;
        let config = config::parse(&file, &fields)?;
        let file = path.join(GENERATION);
        let mut generation: GenerationConfig = if file.exists() { read_json(&file, "")? } else { GenerationConfig::default() };
        if generation.eos.is_empty() {
            // Older directories have it only here; so does transformers' fallback.
            #[derive(Deserialize)]
            struct End {
                #[serde(default, with = "one_or_several")]
                eos_token_id: Vec<u32>,
            }
            let end: End =
                serde_json::from_value(Value::Object(fields)).map_err(|source| PolicyError::Json { path: path.join(CONFIG), source })?;
            generation.eos = end.eos_token_id;
        }
        Ok(Self { path, config, generation })
    }

    /// Writes such a directory, each file whole or not at all; config.json comes last, so that a directory that has it has the rest. The folder is made where
    /// it is missing; other files in it stay. Hugging Face transformers reads the result.
    ///
    /// # Errors
    /// As [`Directory::encode`], before anything is written, and [`PolicyError::Io`] (full disk included).
    pub fn save(
        path: impl Into<PathBuf>,
        config: &ModelConfig,
        weights: &BTreeMap<String, Tensor>,
        tokenizer: &TokenizerFiles,
        generation: &GenerationConfig,
    ) -> Result<Self, PolicyError> {
        let path = path.into();
        let files = Self::encode(config, weights, tokenizer, generation)?;
        fs::create_dir_all(&path).map_err(|source| PolicyError::Io { path: path.clone(), action: "make the folder", source })?;
        for (name, bytes) in files {
            atomic::write(&path.join(name), |out| out.write_all(&bytes))?;
        }
        Ok(Self { path, config: config.clone(), generation: generation.clone() })
    }

    /// The names and contents of the files of such a directory, config.json last.
    ///
    /// # Errors
    /// [`PolicyError::Weights`] where weights do not fit `config`, [`PolicyError::NoModelType`], [`PolicyError::Tensor`].
    pub fn encode(
        config: &ModelConfig,
        weights: &BTreeMap<String, Tensor>,
        tokenizer: &TokenizerFiles,
        generation: &GenerationConfig,
    ) -> Result<Vec<(&'static str, Vec<u8>)>, PolicyError> {
        config::kind(config)?;
        let (name, bytes, dtype) = weights::encode_model(config, weights)?;
        let about = config::fields(config, dtype, generation.eos.first().copied())?;
        let mut files = vec![(name, bytes)];
        files.extend(tokenizer.files.iter().map(|(name, bytes)| (*name, bytes.clone())));
        files.push((GENERATION, json(generation)));
        files.push((CONFIG, json(&about)));
        Ok(files)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The shape of the model.
    pub fn config(&self) -> &ModelConfig {
        &self.config
    }

    /// How the model's makers sample from it; end ids come from config.json where generation_config.json has none.
    pub fn generation(&self) -> &GenerationConfig {
        &self.generation
    }

    /// Every weight in f32 on `device`, by name, shapes as [`ModelConfig::weights`] says.
    ///
    /// # Errors
    /// [`PolicyError::Weights`] naming all that are missing, superfluous or misshapen; [`PolicyError::Damaged`] for a half-written file;
    /// [`PolicyError::Missing`], [`PolicyError::Io`].
    pub fn weights(&self, device: &Device) -> Result<BTreeMap<String, Tensor>, PolicyError> {
        weights::load(&self.path, &self.config, device)
    }

    /// The tokenizer with its end and padding tokens.
    ///
    /// # Errors
    /// Those of reading; [`PolicyError::VocabularyTooLarge`] where it gives ids that the model does not have.
    pub fn tokenizer(&self) -> Result<Tokenizer, PolicyError> {
        let path = self.path.join(TOKENIZER);
        let bytes = read(&path, TOKENIZER_HINT)?;
        let names = self.tokenizer_config()?;
        let tokenizer = Tokenizer::from_bytes(&path, &bytes, names.special(), &self.generation)?;
        tokenizer.check_vocabulary(self.config.vocab_size)?;
        Ok(tokenizer.with_template_end(self.chat_template_source(&names)?.as_deref()))
    }

    /// The chat template: `chat_template.jinja`, else the one in tokenizer_config.json (of several the one named "default"), else nothing.
    ///
    /// # Errors
    /// Those of reading; [`PolicyError::Template`] with the line where it is not valid.
    pub fn chat_template(&self) -> Result<Option<ChatTemplate>, PolicyError> {
        let names = self.tokenizer_config()?;
        let special = names.special();
        self.chat_template_source(&names)?.map(|source| ChatTemplate::new(source, special.into_variables())).transpose()
    }

    /// The tokenizer's files as they are, to be written beside other weights.
    ///
    /// # Errors
    /// [`PolicyError::Missing`] without a tokenizer.json, [`PolicyError::Io`].
    pub fn tokenizer_files(&self) -> Result<TokenizerFiles, PolicyError> {
        let mut files = BTreeMap::new();
        for name in TokenizerFiles::NAMES {
            let path = self.path.join(name);
            if name == TOKENIZER || path.exists() {
                files.insert(name, read(&path, TOKENIZER_HINT)?);
            }
        }
        Ok(TokenizerFiles { files })
    }

    fn tokenizer_config(&self) -> Result<TokenizerConfig, PolicyError> {
        let path = self.path.join(TOKENIZER_CONFIG);
        if path.exists() { read_json(&path, "") } else { Ok(TokenizerConfig::default()) }
    }

    fn chat_template_source(&self, names: &TokenizerConfig) -> Result<Option<String>, PolicyError> {
        let path = self.path.join(TEMPLATE);
        if path.exists() {
            let bytes = read(&path, "")?;
            let text = String::from_utf8(bytes).map_err(|error| PolicyError::Io {
                path,
                action: "read as UTF-8",
                source: std::io::Error::new(ErrorKind::InvalidData, error),
            })?;
            return Ok(Some(text));
        }
        Ok(match &names.chat_template {
            None => None,
            Some(Templates::One(source)) => Some(source.clone()),
            Some(Templates::Named(list)) => {
                list.iter().find(|template| template.name == "default").map(|template| template.template.clone())
            }
        })
    }
}

const TOKENIZER_HINT: &str =
    "a fast tokenizer's `save_pretrained` and `gavel init-model` write it; vocab.json and merges.txt alone are not enough";

/// What of tokenizer_config.json is used here.
#[derive(Default, Deserialize)]
struct TokenizerConfig {
    #[serde(default)]
    chat_template: Option<Templates>,
    #[serde(default)]
    bos_token: Option<Token>,
    #[serde(default)]
    eos_token: Option<Token>,
    #[serde(default)]
    pad_token: Option<Token>,
    #[serde(default)]
    unk_token: Option<Token>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Templates {
    One(String),
    Named(Vec<Named>),
}

#[derive(Deserialize)]
struct Named {
    name: String,
    template: String,
}

/// A token's text, alone or with how it is matched.
#[derive(Deserialize)]
#[serde(untagged)]
enum Token {
    Text(String),
    Full { content: String },
}

/// The special tokens that a directory names.
#[derive(Clone, Debug, Default)]
pub(crate) struct SpecialTokens {
    pub(crate) bos: Option<String>,
    pub(crate) eos: Option<String>,
    pub(crate) pad: Option<String>,
    pub(crate) unk: Option<String>,
}

impl SpecialTokens {
    /// The variables of a chat template.
    pub(crate) fn into_variables(self) -> BTreeMap<String, Value> {
        let named = [("bos_token", self.bos), ("eos_token", self.eos), ("pad_token", self.pad), ("unk_token", self.unk)];
        named.into_iter().filter_map(|(name, token)| Some((name.to_owned(), Value::String(token?)))).collect()
    }
}

impl TokenizerConfig {
    fn special(&self) -> SpecialTokens {
        let text = |token: &Option<Token>| {
            token.as_ref().map(|token| match token {
                Token::Text(text) | Token::Full { content: text } => text.clone(),
            })
        };
        SpecialTokens { bos: text(&self.bos_token), eos: text(&self.eos_token), pad: text(&self.pad_token), unk: text(&self.unk_token) }
    }
}

/// Opens a file; `hint` says where such a file comes from.
fn open(path: &Path, hint: &'static str) -> Result<File, PolicyError> {
    File::open(path).map_err(|source| match source.kind() {
        ErrorKind::NotFound => PolicyError::Missing { path: path.to_owned(), hint },
        _ => PolicyError::Io { path: path.to_owned(), action: "open", source },
    })
}

fn read(path: &Path, hint: &'static str) -> Result<Vec<u8>, PolicyError> {
    let mut bytes = Vec::new();
    open(path, hint)?.read_to_end(&mut bytes).map_err(|source| PolicyError::Io { path: path.to_owned(), action: "read", source })?;
    Ok(bytes)
}

fn read_json<T: DeserializeOwned>(path: &Path, hint: &'static str) -> Result<T, PolicyError> {
    serde_json::from_slice(&read(path, hint)?).map_err(|source| PolicyError::Json { path: path.to_owned(), source })
}

fn json(value: &impl Serialize) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(value).expect("plain data becomes JSON");
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests;
