//! Text of items as a policy's tokens, and back.

use crate::TrainError;
use gavel_policy::{ChatTemplate, Directory, Message, Tokenizer};

/// A tokenizer and the chat template that prompts are put into.
#[derive(Debug)]
pub(crate) struct Text {
    tokenizer: Tokenizer,
    template: Option<ChatTemplate>,
}

impl Text {
    /// Those of a model's directory.
    ///
    /// # Errors
    /// If one cannot be read, or no token ends a response.
    pub(crate) fn open(directory: &Directory) -> Result<Self, TrainError> {
        let (tokenizer, template) = (directory.tokenizer()?, directory.chat_template()?);
        if tokenizer.stop().is_empty() {
            return Err(TrainError::NoEnd);
        }
        Ok(Self { tokenizer, template })
    }

    /// The tokens of an item's prompt, with the turn of the model opened.
    ///
    /// # Errors
    /// If the template refuses it.
    pub(crate) fn prompt(&self, prompt: &str) -> Result<Vec<u32>, TrainError> {
        Ok(self.tokenizer.prompt(self.template.as_ref(), &[Message::user(prompt)])?)
    }

    /// The text of a response, without special tokens.
    ///
    /// # Errors
    /// If the tokenizer fails.
    pub(crate) fn response(&self, tokens: &[u32]) -> Result<String, TrainError> {
        Ok(self.tokenizer.decode(tokens)?)
    }

    /// The tokens of a response that is to be learned, its end token included.
    ///
    /// # Errors
    /// If the tokenizer fails.
    pub(crate) fn solution(&self, response: &str) -> Result<Vec<u32>, TrainError> {
        let mut tokens = self.tokenizer.encode(response)?;
        tokens.extend(self.stop().first());
        Ok(tokens)
    }

    /// Tokens that end a response.
    pub(crate) fn stop(&self) -> &[u32] {
        self.tokenizer.stop()
    }
}
