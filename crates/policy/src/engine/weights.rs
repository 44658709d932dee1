//! A model's weights as slices by what they are for.

use crate::ModelConfig;

/// Where each weight of a layer is in the order of [`ModelConfig::weights`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct LayerIndex {
    pub(crate) input_norm: usize,
    pub(crate) q: usize,
    pub(crate) q_bias: Option<usize>,
    pub(crate) k: usize,
    pub(crate) k_bias: Option<usize>,
    pub(crate) v: usize,
    pub(crate) v_bias: Option<usize>,
    pub(crate) q_norm: Option<usize>,
    pub(crate) k_norm: Option<usize>,
    pub(crate) o: usize,
    pub(crate) middle_norm: usize,
    pub(crate) gate: usize,
    pub(crate) up: usize,
    pub(crate) down: usize,
}

/// Where each weight of a model is.
#[derive(Clone, Debug)]
pub(crate) struct Index {
    pub(crate) embedding: usize,
    pub(crate) layers: Vec<LayerIndex>,
    pub(crate) norm: usize,
    /// The embedding again, where it is tied.
    pub(crate) output: usize,
}

impl Index {
    pub(crate) fn new(config: &ModelConfig) -> Self {
        let names: std::collections::HashMap<String, usize> =
            config.weights().into_iter().enumerate().map(|(at, weight)| (weight.name, at)).collect();
        let find = |name: &str| names.get(name).copied();
        let layers = (0..config.num_hidden_layers)
            .map(|layer| {
                let optional = |name: &str| find(&format!("model.layers.{layer}.{name}"));
                let known = |name: &str| optional(name).expect("every layer has it");
                LayerIndex {
                    input_norm: known("input_layernorm.weight"),
                    q: known("self_attn.q_proj.weight"),
                    q_bias: optional("self_attn.q_proj.bias"),
                    k: known("self_attn.k_proj.weight"),
                    k_bias: optional("self_attn.k_proj.bias"),
                    v: known("self_attn.v_proj.weight"),
                    v_bias: optional("self_attn.v_proj.bias"),
                    q_norm: optional("self_attn.q_norm.weight"),
                    k_norm: optional("self_attn.k_norm.weight"),
                    o: known("self_attn.o_proj.weight"),
                    middle_norm: known("post_attention_layernorm.weight"),
                    gate: known("mlp.gate_proj.weight"),
                    up: known("mlp.up_proj.weight"),
                    down: known("mlp.down_proj.weight"),
                }
            })
            .collect();
        let embedding = find("model.embed_tokens.weight").expect("every model has it");
        let norm = find("model.norm.weight").expect("every model has it");
        Self { embedding, layers, norm, output: find("lm_head.weight").unwrap_or(embedding) }
    }
}

/// The weights of one layer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Layer<'a> {
    pub(crate) input_norm: &'a [f32],
    pub(crate) q: &'a [f32],
    pub(crate) q_bias: Option<&'a [f32]>,
    pub(crate) k: &'a [f32],
    pub(crate) k_bias: Option<&'a [f32]>,
    pub(crate) v: &'a [f32],
    pub(crate) v_bias: Option<&'a [f32]>,
    pub(crate) q_norm: Option<&'a [f32]>,
    pub(crate) k_norm: Option<&'a [f32]>,
    pub(crate) o: &'a [f32],
    pub(crate) middle_norm: &'a [f32],
    pub(crate) gate: &'a [f32],
    pub(crate) up: &'a [f32],
    pub(crate) down: &'a [f32],
}

impl<'a> Layer<'a> {
    pub(crate) fn new(weights: &'a [Vec<f32>], at: &LayerIndex) -> Self {
        let one = |at: usize| weights[at].as_slice();
        let maybe = |at: Option<usize>| at.map(|at| weights[at].as_slice());
        Self {
            input_norm: one(at.input_norm),
            q: one(at.q),
            q_bias: maybe(at.q_bias),
            k: one(at.k),
            k_bias: maybe(at.k_bias),
            v: one(at.v),
            v_bias: maybe(at.v_bias),
            q_norm: maybe(at.q_norm),
            k_norm: maybe(at.k_norm),
            o: one(at.o),
            middle_norm: one(at.middle_norm),
            gate: one(at.gate),
            up: one(at.up),
            down: one(at.down),
        }
    }
}

/// A weight and its bias, which comes right after it.
pub(crate) fn pair(all: &mut [Vec<f32>], weight: usize, bias: Option<usize>) -> (&mut [f32], Option<&mut [f32]>) {
    match bias {
        None => (&mut all[weight], None),
        Some(bias) => {
            let (first, second) = all.split_at_mut(bias);
            (&mut first[weight], Some(&mut second[0]))
        }
    }
}
