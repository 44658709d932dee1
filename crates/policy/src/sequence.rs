//! What goes into a model and what it says of it: prompts, responses and their log-probabilities.

use serde::{Deserialize, Serialize};

/// A prompt and a response to it, as token ids. The end token, where there is one, belongs to the response.
#[derive(Clone, Copy, Debug)]
pub struct Sequence<'a> {
    /// What the model was given; at least one token.
    pub prompt: &'a [u32],
    /// What it wrote; at least one token.
    pub response: &'a [u32],
}

/// What a model says of the responses of a batch. All vectors have one entry a sequence, and in it one entry a response token; prompts and padding have none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores {
    /// Natural logarithms of the probabilities of the response's tokens, at the temperature asked for.
    pub logprobs: Vec<Vec<f32>>,
    /// Entropies of the distributions that the tokens were drawn from, in nats, at the same temperature.
    pub entropies: Vec<Vec<f32>>,
}

/// Why a response ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Finish {
    /// The model wrote a stop token, which is the last of the response.
    Stop,
    /// It reached the limit, and has no stop token.
    Length,
}

/// One response as it was drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sample {
    /// Its tokens, the stop token included.
    pub tokens: Vec<u32>,
    /// Their log-probabilities under the distribution at the sampling temperature, before top-p or top-k cut it.
    pub logprobs: Vec<f32>,
    /// Why it ended.
    pub finish: Finish,
}

/// How responses are drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sampling {
    /// What logits are divided by; 0 takes the most probable token.
    pub temperature: f32,
    /// The smallest set of most probable tokens that have this much probability is drawn from; 1 leaves the distribution whole.
    pub top_p: f32,
    /// So many most probable tokens are drawn from; 0 leaves the distribution whole.
    pub top_k: usize,
    /// The most tokens of a response.
    pub max_tokens: usize,
    /// Tokens that end a response.
    pub stop: Vec<u32>,
}

/// A prompt to respond to.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    /// Its tokens.
    pub prompt: Vec<u32>,
    /// How many responses are drawn.
    pub count: usize,
    /// Together with the number of the response it decides every draw: the same seed gives the same response to the same prompt, whatever else is in the batch, but for
    /// the last bits of the arithmetic.
    pub seed: u64,
}
