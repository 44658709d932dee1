//! Text to token ids and back, and the ids that end a response. A thin layer over the `tokenizers` crate that decides which text may contain special tokens;
//! prompts are put together in `template.rs`.

use std::path::Path;

use crate::hf::SpecialTokens;
use crate::{ChatTemplate, GenerationConfig, Message, PolicyError};

/// What ends a turn in templates of Qwen's style.
const TURN_END: &str = "<|im_end|>";

/// A tokenizer with the ids of its special tokens.
///
/// It holds the vocabulary twice: once reading special tokens in text, once not.
#[derive(Clone, Debug)]
pub struct Tokenizer {
    /// Reads `<|im_end|>` as the characters it is.
    plain: tokenizers::Tokenizer,
    /// Reads `<|im_end|>` as one token.
    parsing: tokenizers::Tokenizer,
    stop: Vec<u32>,
    pad: Option<u32>,
    largest: u32,
}

impl Tokenizer {
    /// Reads a tokenizer.json; `path` is for messages. Truncation and padding in it are switched off: neither a prompt nor a response is ever cut silently.
    pub(crate) fn from_bytes(
        path: &Path,
        bytes: &[u8],
        special: SpecialTokens,
        generation: &GenerationConfig,
    ) -> Result<Self, PolicyError> {
        let failed = |source| PolicyError::TokenizerFile { path: path.to_owned(), source };
        let mut parsing = tokenizers::Tokenizer::from_bytes(bytes).map_err(failed)?;
        parsing.with_padding(None).with_truncation(None).map_err(failed)?;
        parsing.set_encode_special_tokens(false);
        let mut plain = parsing.clone();
        plain.set_encode_special_tokens(true);
        let largest = parsing.get_vocab(true).into_values().max().unwrap_or(0);
        let mut tokenizer = Self { plain, parsing, stop: Vec::new(), pad: generation.pad, largest };
        for id in &generation.eos {
            tokenizer.add_stop(*id);
        }
        if let Some(token) = special.eos {
            tokenizer.add_stop(tokenizer.named("eos_token", token)?);
        }
        if let Some(token) = special.pad {
            tokenizer.pad = Some(tokenizer.named("pad_token", token)?);
        }
        Ok(tokenizer)
    }

    /// Adds the end of a turn to the stop tokens where the template writes it: base models name only `<|endoftext|>`, but asked through a template they learn
    /// to end as it does.
    pub(crate) fn with_template_end(mut self, template: Option<&str>) -> Self {
        if template.is_some_and(|source| source.contains(TURN_END))
            && let Some(id) = self.id(TURN_END)
        {
            self.add_stop(id);
        }
        self
    }

    fn add_stop(&mut self, id: u32) {
        if !self.stop.contains(&id) {
            self.stop.push(id);
        }
    }

    fn named(&self, role: &'static str, token: String) -> Result<u32, PolicyError> {
        self.id(&token).ok_or(PolicyError::UnknownToken { role, token })
    }

    /// The ids of text from elsewhere: `<|im_end|>` in it is ten characters, not the end of a turn. No token is added before or after.
    ///
    /// # Errors
    /// [`PolicyError::Tokenizer`] where the tokenizer's pattern gives up on the text.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, PolicyError> {
        encode(&self.plain, text)
    }

    /// The ids of text that was put together here, such as a rendered chat template: special tokens in it are read as such.
    ///
    /// # Errors
    /// As [`Tokenizer::encode`].
    pub fn encode_with_special(&self, text: &str) -> Result<Vec<u32>, PolicyError> {
        encode(&self.parsing, text)
    }

    /// The ids of a prompt: the template's text with the assistant's turn opened; without a template the contents, a blank line between two of them.
    ///
    /// With a template special tokens are read in the messages too, as Hugging Face's `apply_chat_template` does.
    ///
    /// # Errors
    /// [`PolicyError::Template`] and those of [`Tokenizer::encode`].
    pub fn prompt(&self, template: Option<&ChatTemplate>, messages: &[Message]) -> Result<Vec<u32>, PolicyError> {
        match template {
            Some(template) => self.encode_with_special(&template.render(messages, true)?),
            None => self.encode(&Message::plain(messages)),
        }
    }

    /// The text of `ids` without special tokens. Ids that the tokenizer does not have (embeddings are often padded to a round size) are left out; bytes that
    /// are no UTF-8 become U+FFFD.
    ///
    /// # Errors
    /// [`PolicyError::Tokenizer`] where the library's decoder fails.
    pub fn decode(&self, ids: &[u32]) -> Result<String, PolicyError> {
        self.parsing.decode(ids, true).map_err(|source| PolicyError::Tokenizer { action: "decode", source })
    }

    /// The text of `ids`, special tokens written out.
    ///
    /// # Errors
    /// As [`Tokenizer::decode`].
    pub fn decode_with_special(&self, ids: &[u32]) -> Result<String, PolicyError> {
        self.parsing.decode(ids, false).map_err(|source| PolicyError::Tokenizer { action: "decode", source })
    }

    /// The id of a token as the vocabulary writes it, special ones included.
    pub fn id(&self, token: &str) -> Option<u32> {
        self.parsing.token_to_id(token)
    }

    /// The token of an id as the vocabulary writes it.
    pub fn token(&self, id: u32) -> Option<String> {
        self.parsing.id_to_token(id)
    }

    /// Ids of all special tokens, ascending.
    pub fn special(&self) -> Vec<u32> {
        let mut ids: Vec<u32> =
            self.parsing.get_added_tokens_decoder().into_iter().filter(|(_, token)| token.special).map(|(id, _)| id).collect();
        ids.sort_unstable();
        ids
    }

    /// Ids that end a response: those of generation_config.json (else config.json), the tokenizer's `eos_token`, and `<|im_end|>` where the chat template
    /// writes it.
    pub fn stop(&self) -> &[u32] {
        &self.stop
    }

    /// The id that fills up shorter rows, where the directory names one.
    pub fn pad(&self) -> Option<u32> {
        self.pad
    }

    /// One more than the largest id.
    pub fn vocab_size(&self) -> usize {
        self.largest as usize + 1
    }

    /// Whether every id, stop and padding included, has a row in an embedding of `vocab_size` rows.
    pub(crate) fn check_vocabulary(&self, vocab_size: usize) -> Result<(), PolicyError> {
        let largest = self.stop.iter().copied().chain(self.pad).fold(self.largest, u32::max);
        if largest as usize >= vocab_size { Err(PolicyError::VocabularyTooLarge { largest, vocab_size }) } else { Ok(()) }
    }
}

fn encode(tokenizer: &tokenizers::Tokenizer, text: &str) -> Result<Vec<u32>, PolicyError> {
    let encoding = tokenizer.encode_fast(text, false).map_err(|source| PolicyError::Tokenizer { action: "encode", source })?;
    Ok(encoding.get_ids().to_vec())
}

#[cfg(test)]
mod tests;
