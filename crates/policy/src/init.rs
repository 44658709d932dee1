//! Makes a model from nothing: a byte-level tokenizer trained on given texts, a chat template in Qwen's style, weights that the caller draws. No network, no
//! clock, no randomness of its own: the same arguments give the same bytes.

use candle_core::Tensor;
use fancy_regex::Regex;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use tokenizers::models::TrainerWrapper;
use tokenizers::models::bpe::{BPE, BpeTrainer};
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::{AddedToken, SplitDelimiterBehavior};

use crate::{Directory, GenerationConfig, ModelConfig, PolicyError, TokenizerFiles};

/// Special tokens, whose ids are 0, 1 and 2.
const SPECIAL: [&str; 3] = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];
const PAD: (u32, &str) = (0, SPECIAL[0]);
const TURN_END: (u32, &str) = (2, SPECIAL[2]);

/// Where words end before pairs are merged: contractions, letters, each digit by itself, punctuation, line ends, spaces. Qwen2's pattern (transformers
/// 5.23.0, `tokenization_qwen2.py`, Apache-2.0).
const WORDS: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// Turns between `<|im_start|>` and `<|im_end|>`.
const TEMPLATE: &str = "\
{%- for message in messages %}
    {{- '<|im_start|>' + message.role + '\\n' + message.content + '<|im_end|>\\n' }}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\\n' }}
{%- endif %}
";

/// What a new model looks like.
#[derive(Clone, Debug, PartialEq)]
pub struct InitConfig {
    /// How text becomes tokens.
    pub vocabulary: Vocabulary,
    /// The shape; its `vocab_size` is replaced by that of the tokenizer.
    pub model: ModelConfig,
}

/// How text becomes tokens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Vocabulary {
    /// Each byte is a token; with the special ones they are 259.
    Bytes,
    /// Bytes, and pairs merged where they are frequent in the texts.
    Merges {
        /// The most tokens there are, special ones included; fewer where the texts have fewer pairs.
        vocab_size: usize,
    },
    /// Bytes, and pairs merged within words that many texts have. Words that vary from text to text, such as the numbers of a puzzle, are spelled in bytes.
    Common {
        /// The most tokens there are, special ones included.
        vocab_size: usize,
        /// The share of texts that a word must be in.
        share: f64,
    },
}

/// Trains the tokenizer on `texts` (not read for [`Vocabulary::Bytes`]), asks `weights` for the tensors of the finished shape, and writes all of it to `out` in
/// Hugging Face's layout. Special tokens belong in no text: they are put there by the chat template.
///
/// # Errors
/// [`PolicyError::VocabularyTooSmall`], [`PolicyError::Tensor`] with what `weights` said, and those of [`Directory::save`].
pub fn init_model(
    config: &InitConfig,
    texts: impl Iterator<Item = String> + Send,
    weights: impl FnOnce(&ModelConfig) -> candle_core::Result<BTreeMap<String, Tensor>>,
    out: &Path,
) -> Result<Directory, PolicyError> {
    let tokenizer = match config.vocabulary {
        Vocabulary::Bytes => train(256 + SPECIAL.len(), std::iter::empty())?,
        Vocabulary::Merges { vocab_size } => train(vocab_size, texts)?,
        Vocabulary::Common { vocab_size, share } => train(vocab_size, common_words(texts, share).into_iter())?,
    };
    let model = ModelConfig { vocab_size: tokenizer.get_vocab_size(true), ..config.model.clone() };
    let weights = weights(&model).map_err(|source| PolicyError::Tensor { name: "all".to_owned(), source })?;
    let json = tokenizer.to_string(true).map_err(|source| PolicyError::Tokenizer { action: "become JSON", source })?;
    let mut about = serde_json::to_vec_pretty(&json!({
        // The class that takes tokenizer.json as it is; Qwen's own would put its pattern and normaliser in place of ours.
        "tokenizer_class": "PreTrainedTokenizerFast",
        "bos_token": null,
        "eos_token": TURN_END.1,
        "pad_token": PAD.1,
        "unk_token": null,
        "model_max_length": model.max_position_embeddings,
        "clean_up_tokenization_spaces": false,
        "chat_template": TEMPLATE,
    }))
    .expect("plain data becomes JSON");
    about.push(b'\n');
    let generation = GenerationConfig {
        eos: vec![TURN_END.0, PAD.0],
        pad: Some(PAD.0),
        do_sample: Some(true),
        temperature: Some(1.0),
        top_p: Some(1.0),
        top_k: Some(0),
        ..GenerationConfig::default()
    };
    Directory::save(out, &model, &weights, &TokenizerFiles::new(json.into_bytes(), about), &generation)
}

/// Every word that is in this share of the texts, as often as it is there.
fn common_words(texts: impl Iterator<Item = String>, share: f64) -> Vec<String> {
    let words = Regex::new(WORDS).expect("the pattern is a constant");
    let (mut occurrences, mut count) = (BTreeMap::<String, (usize, usize)>::new(), 0_usize);
    for text in texts {
        count += 1;
        for word in words.find_iter(&text).filter_map(Result::ok) {
            let (times, last) = occurrences.entry(word.as_str().to_owned()).or_default();
            // Counts texts: the second number is the last text that has it.
            if *last != count {
                (*times, *last) = (*times + 1, count);
            }
        }
    }
    let common = occurrences.into_iter().filter(|(_, (times, _))| *times as f64 >= share * count as f64);
    common.flat_map(|(word, (times, _))| std::iter::repeat_n(word, times)).collect()
}

fn train(vocab_size: usize, texts: impl Iterator<Item = String> + Send) -> Result<tokenizers::Tokenizer, PolicyError> {
    let smallest = 256 + SPECIAL.len();
    if vocab_size < smallest {
        return Err(PolicyError::VocabularyTooSmall { asked: vocab_size, smallest });
    }
    let mut tokenizer = tokenizers::Tokenizer::new(BPE::default());
    let words =
        Split::new(SplitPattern::Regex(WORDS.to_owned()), SplitDelimiterBehavior::Isolated, false).expect("the pattern is a constant");
    let bytes = ByteLevel::new(false, false, false);
    let pieces: Vec<PreTokenizerWrapper> = vec![words.into(), bytes.into()];
    tokenizer.with_pre_tokenizer(Some(Sequence::new(pieces)));
    tokenizer.with_decoder(Some(bytes));
    let trainer = BpeTrainer::builder()
        .vocab_size(vocab_size)
        .min_frequency(2)
        .show_progress(false)
        .special_tokens(SPECIAL.iter().map(|token| AddedToken::from(*token, true)).collect())
        .initial_alphabet(ByteLevel::alphabet().into_iter().collect())
        .build();
    tokenizer.train(&mut TrainerWrapper::from(trainer), texts).map_err(|source| PolicyError::Tokenizer { action: "be trained", source })?;
    Ok(tokenizer)
}

#[cfg(test)]
pub(crate) mod tests;
