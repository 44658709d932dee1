//! What the step is measured on: a folder with a model and a file of items, which the script for TRL reads too.

use anyhow::{Context, Result, ensure};
use gavel_policy::{InitConfig, Model, ModelConfig, Vocabulary, init_model};
use gavel_protocol::GenerateRequest;
use gavel_trainer::{RewardSource, Servers};
use serde_json::{Value, json};
use std::path::Path;

/// The shape of the decoder in all benchmarks.
pub(crate) const SHAPE: ModelConfig = ModelConfig {
    vocab_size: 512,
    hidden_size: 256,
    intermediate_size: 1024,
    num_hidden_layers: 4,
    num_attention_heads: 4,
    num_key_value_heads: 2,
    head_dim: 64,
    max_position_embeddings: 512,
    rms_norm_eps: 1e-6,
    rope_theta: 10_000.0,
    tie_word_embeddings: true,
    attention_bias: true,
    qk_norm: false,
};

/// Tokens that end a response, as `init_model` numbers them.
const ENDS: [usize; 2] = [0, 2];

/// Items in the file: enough that no step sees one twice.
const ITEMS: u64 = 256;

/// Makes the folder, with items from this server.
pub(crate) fn make(folder: &Path, servers: &Servers) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let request = GenerateRequest { task: "logic/gcd".parse()?, level: None, config: None, seed: 1, start: 0, count: ITEMS };
    let items = servers.generate(&request)?;
    let lines: Vec<String> = items.into_iter().map(|item| Ok(line(&serde_json::to_value(item)?)?.to_string())).collect::<Result<_>>()?;
    std::fs::write(folder.join("items.jsonl"), lines.join("\n") + "\n")?;
    let config = InitConfig { vocabulary: Vocabulary::Merges { vocab_size: SHAPE.vocab_size }, model: SHAPE };
    let weights = |shape: &ModelConfig| {
        let tensors = never_ending(shape).tensors();
        tensors.map_err(candle_core::Error::wrap)
    };
    let made = init_model(&config, texts(), weights, &folder.join("model"))?;
    ensure!(made.config() == &SHAPE, "the tokenizer has {} tokens", made.config().vocab_size);
    Ok(())
}

/// A short prompt to the same numbers, since a long one that a group shares would favour the trainer that computes it once. The score is of the kind that gives a response
/// a little for containing the answer, so that responses of random tokens differ in reward.
fn line(item: &Value) -> Result<Value> {
    let numbers = item["reference"]["metadata"]["numbers"].as_array().context("the numbers of a greatest common divisor")?;
    let numbers: Vec<String> = numbers.iter().map(Value::to_string).collect();
    Ok(json!({
        "task": item["task"],
        "prompt": format!("gcd {}", numbers.join(" ")),
        "reference": item["reference"],
        "options": {"mode": "parity"},
    }))
}

/// A random model that does not end a response of its own accord: every embedding has the same first number, which no layer changes, and those of the tokens that end a response have
/// its opposite many times over. Since embeddings are also the output layer, these tokens get logits far below all others, and no other token's probability changes against another's.
fn never_ending(shape: &ModelConfig) -> Model {
    let random = Model::random(shape, 1);
    let mut tensors = random.tensors().expect("there is memory");
    let hidden = shape.hidden_size;
    for (name, tensor) in &mut tensors {
        let dims = tensor.dims().to_vec();
        let mut values: Vec<f32> = tensor.flatten_all().and_then(|flat| flat.to_vec1()).expect("single precision");
        if name.ends_with("embed_tokens.weight") {
            for (token, row) in values.chunks_exact_mut(hidden).enumerate() {
                row[0] = if ENDS.contains(&token) { -40.0 } else { 1.0 };
            }
        } else if name.ends_with("o_proj.weight") || name.ends_with("down_proj.weight") {
            let columns = dims[1];
            values[..columns].fill(0.0);
        }
        *tensor = candle_core::Tensor::from_vec(values, dims, &candle_core::Device::Cpu).expect("the shape is the same");
    }
    Model::from_tensors(shape, &tensors).expect("the shape is the same")
}

/// Texts of made-up words, whose syllables become tokens.
fn texts() -> impl Iterator<Item = String> + Send {
    let syllable = |number: u64| {
        let letter = |letters: &[u8], at: u64| char::from(letters[(at % letters.len() as u64) as usize]);
        [letter(b"bdfgklmnprstvz", number), letter(b"aeiou", number / 14), letter(b"lmnrst", number / 70)].iter().collect::<String>()
    };
    (0..400_u64).map(move |text| {
        let words = (0..12_u64).map(|word| {
            let number = (text * 12 + word).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
            format!("{}{}", syllable(number), syllable(number / 420))
        });
        format!("user\n{}\nassistant\n", words.collect::<Vec<_>>().join(" "))
    })
}
