//! The shape of a decoder, as `config.json` of a Hugging Face directory states it.

use serde::{Deserialize, Serialize};

/// A decoder of the Qwen2 family: Qwen2 and Qwen2.5 with biases on queries, keys and values, Qwen3 with norms on queries and keys instead.
///
/// Field names are those of `config.json`. Fields there that this decoder does not have are ignored, but for those that would change what it computes
/// (another activation, scaled rotary embeddings, a sliding window in use), which are refused when the directory is read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelConfig {
    /// Rows of the embedding: token ids are below it.
    pub vocab_size: usize,
    /// Width of the residual stream.
    pub hidden_size: usize,
    /// Width of the gated feed-forward layer.
    pub intermediate_size: usize,
    /// Layers.
    pub num_hidden_layers: usize,
    /// Query heads.
    pub num_attention_heads: usize,
    /// Key and value heads; divides `num_attention_heads`.
    pub num_key_value_heads: usize,
    /// Width of a head; `hidden_size / num_attention_heads` where the file has none.
    pub head_dim: usize,
    /// The longest sequence, in tokens.
    pub max_position_embeddings: usize,
    /// What is added to the mean square before its root.
    pub rms_norm_eps: f64,
    /// The base of the rotary frequencies.
    pub rope_theta: f64,
    /// Whether the output layer is the embedding.
    pub tie_word_embeddings: bool,
    /// Whether queries, keys and values have a bias (Qwen2).
    pub attention_bias: bool,
    /// Whether queries and keys of each head are normalised (Qwen3).
    pub qk_norm: bool,
}

/// One weight of a model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightShape {
    /// Its name in a Hugging Face directory, such as `model.layers.0.self_attn.q_proj.weight`.
    pub name: String,
    /// Its shape; a linear layer's is `[out, in]`.
    pub shape: Vec<usize>,
}

impl ModelConfig {
    /// Every weight of such a model in a fixed order: embedding, layers from the first to the last, last norm, output layer unless tied.
    pub fn weights(&self) -> Vec<WeightShape> {
        let mut weights = Vec::new();
        let mut add = |name: String, shape: &[usize]| weights.push(WeightShape { name, shape: shape.to_vec() });
        let (hidden, inner) = (self.hidden_size, self.intermediate_size);
        let (queries, keys) = (self.num_attention_heads * self.head_dim, self.num_key_value_heads * self.head_dim);
        add("model.embed_tokens.weight".to_owned(), &[self.vocab_size, hidden]);
        for layer in 0..self.num_hidden_layers {
            let mut add = |name: &str, shape: &[usize]| add(format!("model.layers.{layer}.{name}"), shape);
            add("input_layernorm.weight", &[hidden]);
            for (name, rows) in [("q_proj", queries), ("k_proj", keys), ("v_proj", keys)] {
                add(&format!("self_attn.{name}.weight"), &[rows, hidden]);
                if self.attention_bias {
                    add(&format!("self_attn.{name}.bias"), &[rows]);
                }
            }
            if self.qk_norm {
                add("self_attn.q_norm.weight", &[self.head_dim]);
                add("self_attn.k_norm.weight", &[self.head_dim]);
            }
            add("self_attn.o_proj.weight", &[hidden, queries]);
            add("post_attention_layernorm.weight", &[hidden]);
            add("mlp.gate_proj.weight", &[inner, hidden]);
            add("mlp.up_proj.weight", &[inner, hidden]);
            add("mlp.down_proj.weight", &[hidden, inner]);
        }
        add("model.norm.weight".to_owned(), &[hidden]);
        if !self.tie_word_embeddings {
            add("lm_head.weight".to_owned(), &[self.vocab_size, hidden]);
        }
        weights
    }

    /// How many numbers the weights are.
    pub fn parameters(&self) -> usize {
        self.weights().iter().map(|weight| weight.shape.iter().product::<usize>()).sum()
    }
}
