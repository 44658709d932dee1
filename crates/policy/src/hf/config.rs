//! `config.json`: from Hugging Face's fields to the shape of our decoder and back. What would change the computation is refused by name; what only concerns
//! training elsewhere (dropout, initializer range, cache) is ignored.

use serde_json::{Map, Value, json};
use std::path::Path;

use crate::{ModelConfig, PolicyError, Refused};

/// No size of a decoder is larger than this, nor all its heads together, which keeps the number of parameters below 2^64.
const MAX_SIZE: u64 = 1 << 24;
/// Nor has it more layers than this.
const MAX_LAYERS: usize = 4096;

/// Reads the fields of a `config.json` at `path`, which is for messages only. Defaults are those of `transformers`' Qwen2Config and Qwen3Config
/// (transformers 5.23.0, Apache-2.0), but for `num_key_value_heads`, which has to be there.
///
/// # Errors
/// [`PolicyError::Config`] with every field that is missing, not understood, or asks for another computation.
pub(super) fn parse(path: &Path, fields: &Map<String, Value>) -> Result<ModelConfig, PolicyError> {
    let mut reader = Reader { fields, refused: Vec::new() };
    let qwen3 = reader.model_type();
    reader.refuse_other_computations(qwen3);
    let num_attention_heads = reader.size("num_attention_heads", None);
    let hidden_size = reader.size("hidden_size", None);
    // Where a size is refused, 2 stands for what would be divided by it, so that one mistake is not told twice.
    let derived = if reader.refused.is_empty() { hidden_size / num_attention_heads } else { 2 };
    let head_dim = reader.size("head_dim", Some(if qwen3 { 128 } else { derived }));
    let config = ModelConfig {
        vocab_size: reader.size("vocab_size", None),
        hidden_size,
        intermediate_size: reader.size("intermediate_size", None),
        num_hidden_layers: reader.size("num_hidden_layers", None),
        num_attention_heads,
        num_key_value_heads: reader.size("num_key_value_heads", None),
        head_dim,
        max_position_embeddings: reader.size("max_position_embeddings", Some(32_768)),
        rms_norm_eps: reader.positive("rms_norm_eps", fields.get("rms_norm_eps"), 1e-6),
        rope_theta: reader.rope_theta(),
        tie_word_embeddings: reader.flag("tie_word_embeddings", false),
        attention_bias: !qwen3,
        qk_norm: qwen3,
    };
    let sizes_known = reader.refused.is_empty();
    if sizes_known && !num_attention_heads.is_multiple_of(config.num_key_value_heads) {
        reader.refuse("num_key_value_heads", "a divisor of num_attention_heads");
    }
    if sizes_known && !head_dim.is_multiple_of(2) {
        reader.refuse("head_dim", "an even number (of hidden_size / num_attention_heads where it is missing)");
    }
    if num_attention_heads as u64 * head_dim as u64 > MAX_SIZE {
        reader.refuse("num_attention_heads", "together at most 16777216 numbers wide");
    }
    if config.num_hidden_layers > MAX_LAYERS {
        reader.refuse("num_hidden_layers", "at most 4096");
    }
    if reader.refused.is_empty() { Ok(config) } else { Err(PolicyError::Config { path: path.to_owned(), fields: reader.refused }) }
}

/// `model_type` and architecture of such a model in a `config.json`.
///
/// # Errors
/// [`PolicyError::NoModelType`] where it is neither a Qwen2 nor a Qwen3.
pub(super) fn kind(config: &ModelConfig) -> Result<(&'static str, &'static str), PolicyError> {
    match (config.attention_bias, config.qk_norm) {
        (true, false) => Ok(("qwen2", "Qwen2ForCausalLM")),
        (false, true) => Ok(("qwen3", "Qwen3ForCausalLM")),
        (attention_bias, qk_norm) => Err(PolicyError::NoModelType { attention_bias, qk_norm }),
    }
}

/// The fields of a `config.json` for such a model, such that `transformers` (4 and 5) loads it.
///
/// # Errors
/// [`PolicyError::NoModelType`] where it is neither a Qwen2 nor a Qwen3.
pub(super) fn fields(config: &ModelConfig, dtype: &str, eos: Option<u32>) -> Result<Value, PolicyError> {
    let (model_type, architecture) = kind(config)?;
    let mut fields = json!({
        "architectures": [architecture],
        "model_type": model_type,
        "hidden_act": "silu",
        "attention_dropout": 0.0,
        "bos_token_id": null,
        "eos_token_id": eos,
        "vocab_size": config.vocab_size,
        "hidden_size": config.hidden_size,
        "intermediate_size": config.intermediate_size,
        "num_hidden_layers": config.num_hidden_layers,
        "num_attention_heads": config.num_attention_heads,
        "num_key_value_heads": config.num_key_value_heads,
        "head_dim": config.head_dim,
        "max_position_embeddings": config.max_position_embeddings,
        "rms_norm_eps": config.rms_norm_eps,
        "rope_theta": config.rope_theta,
        "rope_scaling": null,
        "use_sliding_window": false,
        "tie_word_embeddings": config.tie_word_embeddings,
        "torch_dtype": dtype,
        "use_cache": true,
        "initializer_range": 0.02,
    });
    if config.qk_norm {
        fields["attention_bias"] = Value::Bool(false);
    }
    Ok(fields)
}

struct Reader<'a> {
    fields: &'a Map<String, Value>,
    refused: Vec<Refused>,
}

impl Reader<'_> {
    fn refuse(&mut self, field: &'static str, needs: &'static str) {
        let value = self.fields.get(field).cloned();
        self.refused.push(Refused { field, value, needs });
    }

    /// A field's value, nothing where it is missing or null.
    fn value(&self, field: &str) -> Option<&Value> {
        self.fields.get(field).filter(|value| !value.is_null())
    }

    /// Whether it is a Qwen3, otherwise a Qwen2.
    fn model_type(&mut self) -> bool {
        match self.value("model_type").and_then(Value::as_str) {
            Some("qwen2") => false,
            Some("qwen3") => true,
            _ => {
                self.refuse("model_type", "\"qwen2\" (Qwen2, Qwen2.5) or \"qwen3\"");
                false
            }
        }
    }

    fn refuse_other_computations(&mut self, qwen3: bool) {
        if !matches!(self.value("hidden_act").map(Value::as_str), None | Some(Some("silu"))) {
            self.refuse("hidden_act", "\"silu\"");
        }
        let kind =
            self.value("rope_scaling").map(|scaling| scaling.get("rope_type").or_else(|| scaling.get("type")).and_then(Value::as_str));
        if !matches!(kind, None | Some(Some("default"))) {
            self.refuse("rope_scaling", "null: scaled rotary embeddings are not implemented");
        }
        let kind = self.value("rope_parameters").map(|rope| rope.get("rope_type").map_or(Some("default"), Value::as_str));
        if !matches!(kind, None | Some(Some("default"))) {
            self.refuse("rope_parameters", "rope_type \"default\": scaled rotary embeddings are not implemented");
        }
        if self.flag("use_sliding_window", false) {
            self.refuse("use_sliding_window", "false: attention over a window is not implemented");
        }
        let full = |layers: &Value| layers.as_array().is_some_and(|layers| layers.iter().all(|layer| layer == "full_attention"));
        if self.value("layer_types").is_some_and(|layers| !full(layers)) {
            self.refuse("layer_types", "\"full_attention\" for each layer");
        }
        if self.value("partial_rotary_factor").is_some_and(|factor| factor.as_f64() != Some(1.0)) {
            self.refuse("partial_rotary_factor", "1");
        }
        if self.value("quantization_config").is_some() {
            self.refuse("quantization_config", "null: weights in f32, bf16 or f16");
        }
        if qwen3 && self.flag("attention_bias", false) {
            self.refuse("attention_bias", "false for a Qwen3");
        }
    }

    /// A whole number from 1 on. Where it is missing and has no default, it is refused and 1 stands in its place.
    fn size(&mut self, field: &'static str, default: Option<usize>) -> usize {
        let found = match self.value(field) {
            None => default.map(|size| size as u64),
            Some(value) => value.as_u64(),
        };
        match found {
            Some(size @ 1..=MAX_SIZE) => size as usize,
            _ => {
                self.refuse(field, "a whole number from 1 to 16777216");
                1
            }
        }
    }

    fn positive(&mut self, field: &'static str, value: Option<&Value>, default: f64) -> f64 {
        match value.filter(|value| !value.is_null()) {
            None => default,
            Some(value) => value.as_f64().filter(|number| *number > 0.0 && number.is_finite()).unwrap_or_else(|| {
                self.refuse(field, "a number above 0");
                default
            }),
        }
    }

    /// `transformers` 5 writes it into `rope_parameters`, earlier versions beside it. Where both are, the former counts there and here.
    fn rope_theta(&mut self) -> f64 {
        let fields = self.fields;
        let nested = fields.get("rope_parameters").and_then(|rope| rope.get("rope_theta"));
        self.positive("rope_theta", nested.or_else(|| fields.get("rope_theta")), 10_000.0)
    }

    fn flag(&mut self, field: &'static str, default: bool) -> bool {
        match self.value(field) {
            None => default,
            Some(Value::Bool(flag)) => *flag,
            Some(_) => {
                self.refuse(field, "true or false");
                default
            }
        }
    }
}
