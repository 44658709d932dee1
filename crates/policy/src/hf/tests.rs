//! Directories: configurations, weights and tokenizer files as others write them, and as they break.

use super::*;
use crate::init::tests::{numbers, shape};
use crate::{InitConfig, Refused, Vocabulary, Wrong, init_model};
use serde_json::json;

fn directory(folder: &Path) -> Directory {
    init_model(&InitConfig { vocabulary: Vocabulary::Bytes, model: shape() }, std::iter::empty(), numbers, folder).unwrap()
}

/// The fields of Qwen2.5-0.5B's config.json, but for the sizes.
fn fields() -> Value {
    json!({
        "architectures": ["Qwen2ForCausalLM"], "attention_dropout": 0.0, "bos_token_id": 7, "eos_token_id": 8, "hidden_act": "silu", "hidden_size": 896,
        "initializer_range": 0.02, "intermediate_size": 4864, "max_position_embeddings": 32768, "max_window_layers": 24, "model_type": "qwen2",
        "num_attention_heads": 14, "num_hidden_layers": 24, "num_key_value_heads": 2, "rms_norm_eps": 1e-6, "rope_theta": 1_000_000.0,
        "sliding_window": 32768, "tie_word_embeddings": true, "torch_dtype": "bfloat16", "use_cache": true, "use_mrope": false,
        "use_sliding_window": false, "vocab_size": 151_936,
    })
}

fn parse(changes: &Value) -> Result<ModelConfig, PolicyError> {
    let mut all = fields();
    for (name, value) in changes.as_object().unwrap() {
        all[name] = value.clone();
    }
    config::parse(Path::new("config.json"), all.as_object().unwrap())
}

#[track_caller]
fn refused(changes: &Value, expected: &[&str]) {
    let error = parse(changes).unwrap_err();
    let text = error.to_string();
    let PolicyError::Config { fields, .. } = error else { panic!("{text}") };
    assert_eq!(fields.iter().map(|field: &Refused| field.field).collect::<Vec<_>>(), expected, "{text}");
    assert!(expected.iter().all(|name| text.contains(name)), "{text}");
}

#[test]
fn shape_of_qwen2() {
    let config = parse(&json!({})).unwrap();
    assert_eq!((config.head_dim, config.attention_bias, config.qk_norm, config.rope_theta), (64, true, false, 1_000_000.0));
    // The number of parameters on the model's page: 0.49B, of them 0.36B not embedding.
    assert_eq!(config.parameters(), 494_032_768);
}

#[test]
fn shape_of_qwen3() {
    let config = parse(&json!({"model_type": "qwen3", "head_dim": 128, "attention_bias": false, "tie_word_embeddings": null})).unwrap();
    assert_eq!((config.head_dim, config.attention_bias, config.qk_norm, config.tie_word_embeddings), (128, false, true, false));
    assert_eq!(parse(&json!({"model_type": "qwen3"})).unwrap().head_dim, 128);
}

#[test]
fn rope_as_transformers_5_writes_it() {
    let rope =
        json!({"rope_theta": null, "rope_parameters": {"rope_type": "default", "rope_theta": 500.0}, "layer_types": ["full_attention"]});
    assert_eq!(parse(&rope).unwrap().rope_theta, 500.0);
    assert_eq!(parse(&json!({"rope_theta": null})).unwrap().rope_theta, 10_000.0);
}

#[test]
fn other_computations_are_refused_by_name() {
    refused(&json!({"model_type": "llama"}), &["model_type"]);
    refused(&json!({"hidden_act": "gelu"}), &["hidden_act"]);
    refused(&json!({"rope_scaling": {"type": "yarn", "factor": 4.0}}), &["rope_scaling"]);
    refused(&json!({"rope_scaling": 2}), &["rope_scaling"]);
    refused(&json!({"rope_parameters": {"rope_type": "linear", "factor": 2.0}}), &["rope_parameters"]);
    refused(&json!({"use_sliding_window": true, "layer_types": ["sliding_attention"]}), &["use_sliding_window", "layer_types"]);
    refused(&json!({"quantization_config": {"bits": 4}}), &["quantization_config"]);
    refused(&json!({"model_type": "qwen3", "attention_bias": true}), &["attention_bias"]);
    assert!(parse(&json!({"rope_scaling": {"rope_type": "default"}})).is_ok());
}

#[test]
fn impossible_sizes_are_refused_by_name() {
    refused(&json!({"hidden_size": null, "vocab_size": -1}), &["hidden_size", "vocab_size"]);
    refused(&json!({"num_hidden_layers": 1_000_000}), &["num_hidden_layers"]);
    refused(&json!({"intermediate_size": u64::MAX}), &["intermediate_size"]);
    refused(&json!({"num_attention_heads": 1 << 20, "head_dim": 1 << 20}), &["num_attention_heads"]);
    let largest = json!({"hidden_size": 1 << 24, "vocab_size": 1 << 24, "intermediate_size": 1 << 24, "num_hidden_layers": 4096, "head_dim": 1 << 20,
        "num_attention_heads": 16, "num_key_value_heads": 16, "tie_word_embeddings": false});
    assert!(parse(&largest).unwrap().parameters() > 1 << 62);
    refused(&json!({"num_key_value_heads": 3}), &["num_key_value_heads"]);
    refused(&json!({"num_attention_heads": 0}), &["num_attention_heads"]);
    refused(&json!({"head_dim": 63}), &["head_dim"]);
    refused(&json!({"rms_norm_eps": 0.0, "rope_theta": "many"}), &["rms_norm_eps", "rope_theta"]);
    refused(&json!({"tie_word_embeddings": "yes"}), &["tie_word_embeddings"]);
}

#[test]
fn end_tokens_may_be_one_several_or_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    directory(folder.path());
    let file = folder.path().join(GENERATION);
    let eos = || Directory::open(folder.path()).unwrap().generation().eos.clone();
    for (text, expected) in
        [(r#"{"eos_token_id": 5, "x": 1}"#, vec![5]), (r#"{"eos_token_id": [5, 6]}"#, vec![5, 6]), (r#"{"eos_token_id": null}"#, vec![2])]
    {
        fs::write(&file, text).unwrap();
        assert_eq!(eos(), expected, "{text}");
    }
    fs::remove_file(&file).unwrap();
    assert_eq!(eos(), [2]);
    fs::write(&file, r#"{"eos_token_id": "two"}"#).unwrap();
    assert!(matches!(Directory::open(folder.path()), Err(PolicyError::Json { path, .. }) if path == file));
}

#[test]
fn what_is_not_there_is_named_with_its_origin() {
    let folder = tempfile::tempdir().unwrap();
    let none = folder.path().join("none");
    assert!(matches!(Directory::open(&none), Err(PolicyError::NotADirectory { path }) if path == none));
    let error = Directory::open(folder.path()).unwrap_err().to_string();
    assert!(error.contains("config.json: file missing; ") && error.contains("gavel init-model"), "{error}");
    let model = directory(folder.path());
    for name in [SINGLE, TOKENIZER] {
        fs::remove_file(folder.path().join(name)).unwrap();
    }
    let missing = |error: PolicyError| matches!(&error, PolicyError::Missing { .. }).then(|| error.to_string()).unwrap();
    assert!(missing(model.weights(&Device::Cpu).unwrap_err()).contains("model.safetensors: file missing; weights are "));
    assert!(missing(model.tokenizer().unwrap_err()).contains("tokenizer.json: file missing; a fast tokenizer's "));
    assert!(missing(model.tokenizer_files().unwrap_err()).contains(TOKENIZER));
}

const SINGLE: &str = "model.safetensors";

#[test]
fn damaged_weights_are_an_error_wherever_they_end() {
    let folder = tempfile::tempdir().unwrap();
    let model = directory(folder.path());
    let file = folder.path().join(SINGLE);
    let whole = fs::read(&file).unwrap();
    let damaged = |bytes: &[u8]| {
        fs::write(&file, bytes).unwrap();
        let error = model.weights(&Device::Cpu).unwrap_err();
        assert!(matches!(&error, PolicyError::Damaged { path, .. } if *path == file), "{error}");
    };
    for length in [0, 7, 8, 100, whole.len() / 2, whole.len() - 1] {
        damaged(&whole[..length]);
    }
    damaged(&[whole.as_slice(), &[0]].concat());
    damaged(&[&u64::MAX.to_le_bytes(), &whole[8..]].concat());
    damaged(&[&whole[..9], b"\"oops", &whole[14..]].concat());
}

#[test]
fn weights_that_do_not_fit_are_all_named() {
    let folder = tempfile::tempdir().unwrap();
    let model = directory(folder.path());
    let mut weights = numbers(model.config()).unwrap();
    weights.insert("extra".to_owned(), Tensor::zeros(3, candle_core::DType::F32, &Device::Cpu).unwrap());
    weights.remove("model.layers.1.mlp.up_proj.weight");
    let norm = "model.norm.weight";
    weights.insert(norm.to_owned(), Tensor::zeros((16, 1), candle_core::DType::F32, &Device::Cpu).unwrap());
    let expected = [
        Wrong::Superfluous { name: "extra".to_owned() },
        Wrong::Shape { name: norm.to_owned(), found: vec![16, 1], expected: vec![16] },
        Wrong::Missing { name: "model.layers.1.mlp.up_proj.weight".to_owned() },
    ];
    let out = folder.path().join("other");
    let files = model.tokenizer_files().unwrap();
    let error = Directory::save(&out, model.config(), &weights, &files, model.generation()).unwrap_err();
    assert!(matches!(&error, PolicyError::Weights { wrong, .. } if *wrong == expected), "{error}");
    assert!(!out.exists());
    let mut deeper = model;
    deeper.config.num_hidden_layers = 3;
    deeper.config.intermediate_size = 25;
    let error = deeper.weights(&Device::Cpu).unwrap_err();
    let PolicyError::Weights { wrong, .. } = &error else { panic!("{error}") };
    assert_eq!(wrong.len(), 2 * 3 + 12);
    assert!(error.to_string().contains("model.layers.2.self_attn.q_proj.bias missing"), "{error}");
}

#[test]
fn shards_are_read_through_their_index() {
    let folder = tempfile::tempdir().unwrap();
    let model = directory(folder.path());
    let expected = model.weights(&Device::Cpu).unwrap();
    fs::remove_file(folder.path().join(SINGLE)).unwrap();
    // A tied model saved with its output layer all the same, as some tools do.
    let mut all = expected.clone();
    all.insert("lm_head.weight".to_owned(), expected["model.embed_tokens.weight"].clone());
    let mut map = Map::new();
    for (number, shard) in ["model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors"].into_iter().enumerate() {
        let part: std::collections::HashMap<String, Tensor> = all
            .iter()
            .enumerate()
            .filter(|(index, _)| index % 2 == number)
            .map(|(_, (name, tensor))| (name.clone(), tensor.clone()))
            .collect();
        candle_core::safetensors::save(&part, folder.path().join(shard)).unwrap();
        map.extend(all.keys().enumerate().filter(|(index, _)| index % 2 == number).map(|(_, name)| (name.clone(), json!(shard))));
    }
    let index = folder.path().join("model.safetensors.index.json");
    let write =
        |map: &Map<String, Value>| fs::write(&index, json!({"metadata": {"total_size": 1}, "weight_map": map}).to_string()).unwrap();
    write(&map);
    let read = model.weights(&Device::Cpu).unwrap();
    assert_eq!(read.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (name, tensor) in &expected {
        assert_eq!(
            read[name].flatten_all().unwrap().to_vec1::<f32>().unwrap(),
            tensor.flatten_all().unwrap().to_vec1::<f32>().unwrap(),
            "{name}"
        );
    }
    let mut wrong = map.clone();
    wrong["model.norm.weight"] = json!("../elsewhere.safetensors");
    write(&wrong);
    assert!(matches!(model.weights(&Device::Cpu), Err(PolicyError::Damaged { path, .. }) if path == index));
    wrong["model.norm.weight"] = json!("model-00003-of-00002.safetensors");
    write(&wrong);
    assert!(
        matches!(model.weights(&Device::Cpu), Err(PolicyError::Missing { path, .. }) if path.ends_with("model-00003-of-00002.safetensors"))
    );
    wrong.insert("invented".to_owned(), json!("model-00001-of-00002.safetensors"));
    wrong["model.norm.weight"] = map["model.norm.weight"].clone();
    write(&wrong);
    let error = model.weights(&Device::Cpu).unwrap_err().to_string();
    assert!(error.contains("invented is not in it"), "{error}");
}

#[test]
fn integer_weights_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let model = directory(folder.path());
    let mut weights = model.weights(&Device::Cpu).unwrap();
    let name = "model.norm.weight";
    weights.insert(name.to_owned(), Tensor::zeros(16, candle_core::DType::I64, &Device::Cpu).unwrap());
    let expected = vec![Wrong::Type { name: name.to_owned(), found: "I64".to_owned() }];
    let part: std::collections::HashMap<String, Tensor> = weights.into_iter().collect();
    candle_core::safetensors::save(&part, folder.path().join(SINGLE)).unwrap();
    assert!(matches!(model.weights(&Device::Cpu), Err(PolicyError::Weights { wrong, .. }) if wrong == expected));
}

#[test]
fn model_moves_with_its_tokenizer() {
    let folder = tempfile::tempdir().unwrap();
    let model = directory(&folder.path().join("from"));
    fs::write(model.path().join(TEMPLATE), "{{ messages[0].content }}\n!").unwrap();
    let mut config = model.config().clone();
    (config.attention_bias, config.qk_norm, config.tie_word_embeddings, config.head_dim) = (false, true, false, 6);
    let weights = numbers(&config).unwrap();
    let out = folder.path().join("to");
    let files = model.tokenizer_files().unwrap();
    Directory::save(&out, &config, &weights, &files, model.generation()).unwrap();
    let opened = Directory::open(&out).unwrap();
    assert_eq!((opened.config(), opened.tokenizer_files().unwrap()), (&config, files.clone()));
    assert_eq!(opened.weights(&Device::Cpu).unwrap().len(), weights.len());
    assert_eq!(opened.chat_template().unwrap().unwrap().render(&[crate::Message::user("a")], true).unwrap(), "a\n!");
    config.attention_bias = true;
    let error = Directory::save(&out, &config, &weights, &files, model.generation()).unwrap_err();
    assert!(matches!(error, PolicyError::NoModelType { attention_bias: true, qk_norm: true }), "{error}");
}

#[test]
fn template_is_found_where_directories_have_it() {
    let folder = tempfile::tempdir().unwrap();
    let model = directory(folder.path());
    let rendered = || model.chat_template().map(|template| template.map(|template| template.render(&[], false).unwrap()));
    let file = folder.path().join(TOKENIZER_CONFIG);
    let named = json!([{"name": "tool_use", "template": "no"}, {"name": "default", "template": "{{ eos_token }}yes"}]);
    fs::write(&file, json!({"chat_template": named, "eos_token": {"content": "<|im_end|>"}}).to_string()).unwrap();
    assert_eq!(rendered().unwrap().as_deref(), Some("<|im_end|>yes"));
    fs::remove_file(&file).unwrap();
    assert_eq!(rendered().unwrap(), None);
    fs::write(folder.path().join(TEMPLATE), "file").unwrap();
    assert_eq!(rendered().unwrap().as_deref(), Some("file"));
    fs::write(folder.path().join(TEMPLATE), "a\n{% endfor %}").unwrap();
    assert!(matches!(rendered(), Err(PolicyError::Template { line: 2, .. })));
}
