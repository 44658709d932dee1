//! New models: what is written opens, and is the same for the same arguments.

use super::*;
use candle_core::{DType, Device};
use std::fs;

use crate::Message;

pub(crate) fn shape() -> ModelConfig {
    ModelConfig {
        vocab_size: 0,
        hidden_size: 16,
        intermediate_size: 24,
        num_hidden_layers: 2,
        num_attention_heads: 4,
        num_key_value_heads: 2,
        head_dim: 4,
        max_position_embeddings: 128,
        rms_norm_eps: 1e-6,
        rope_theta: 10_000.0,
        tie_word_embeddings: true,
        attention_bias: true,
        qk_norm: false,
    }
}

/// Weights that differ from each other and from zero.
pub(crate) fn numbers(model: &ModelConfig) -> candle_core::Result<BTreeMap<String, Tensor>> {
    let tensor = |(number, weight): (usize, crate::WeightShape)| {
        let count = weight.shape.iter().product::<usize>();
        let values: Vec<f32> = (0..count).map(|index| ((index * 31 + number * 7) % 101) as f32 / 64.0 - 0.75).collect();
        Ok((weight.name, Tensor::from_vec(values, weight.shape, &Device::Cpu)?))
    };
    model.weights().into_iter().enumerate().map(tensor).collect()
}

fn texts() -> impl Iterator<Item = String> + Send {
    (0..200).map(|number| {
        format!(
            "Sort these numbers in ascending order and say how many bits are set: {} {} 17. The answer is {}\n",
            number,
            number * 37 % 100,
            number * 3
        )
    })
}

fn make(vocabulary: Vocabulary, out: &Path) -> Directory {
    init_model(&InitConfig { vocabulary, model: shape() }, texts(), numbers, out).unwrap()
}

#[test]
fn what_is_written_opens() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("deep").join("model");
    let written = make(Vocabulary::Merges { vocab_size: 300 }, &out);
    let opened = Directory::open(&out).unwrap();
    assert_eq!((opened.config(), opened.generation()), (written.config(), written.generation()));
    assert_eq!(opened.config().vocab_size, 300);
    let weights = opened.weights(&Device::Cpu).unwrap();
    for (name, expected) in numbers(opened.config()).unwrap() {
        let flat = |tensor: &Tensor| tensor.flatten_all().unwrap().to_vec1::<f32>().unwrap();
        assert_eq!(flat(&weights[&name]), flat(&expected), "{name}");
    }
    let tokenizer = opened.tokenizer().unwrap();
    assert_eq!((tokenizer.stop(), tokenizer.pad()), ([2, 0].as_slice(), Some(0)));
    assert_eq!((tokenizer.vocab_size(), tokenizer.special()), (300, vec![0, 1, 2]));
    let ids = tokenizer.prompt(opened.chat_template().unwrap().as_ref(), &[Message::user("Sort: 3 1")]).unwrap();
    let text = "<|im_start|>user\nSort: 3 1<|im_end|>\n<|im_start|>assistant\n";
    assert_eq!(tokenizer.decode_with_special(&ids).unwrap(), text);
    assert_eq!((ids[0], ids.iter().filter(|id| **id == 2).count()), (1, 1));
}

#[test]
fn merges_shorten_text_and_leave_digits_alone() {
    let tokenizer = train(400, texts()).unwrap();
    let tokens = tokenizer.encode("Sort these numbers: 1234", false).unwrap().get_tokens().to_vec();
    assert_eq!(tokens[tokens.len() - 4..], ["1", "2", "3", "4"]);
    assert!(tokens.len() < 14, "{tokens:?}");
}

#[test]
fn bytes_are_a_token_each() {
    let folder = tempfile::tempdir().unwrap();
    let model = make(Vocabulary::Bytes, folder.path());
    assert_eq!(model.config().vocab_size, 259);
    let tokenizer = model.tokenizer().unwrap();
    let every: String = (0..0x300).filter_map(char::from_u32).chain("日本 😀\r\n\t  \u{7f}".chars()).collect();
    let ids = tokenizer.encode(&every).unwrap();
    assert_eq!(ids.len(), every.len());
    assert_eq!(tokenizer.decode(&ids).unwrap(), every);
}

#[test]
fn same_arguments_give_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = ["first", "second"].map(|name| {
        let out = folder.path().join(name);
        make(Vocabulary::Merges { vocab_size: 350 }, &out);
        let mut files: Vec<_> = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files.iter().map(|file| (file.file_name().unwrap().to_owned(), fs::read(file).unwrap())).collect::<Vec<_>>()
    });
    assert_eq!(first, second);
    let names: Vec<_> = first.iter().map(|(name, _)| name.to_str().unwrap()).collect();
    assert_eq!(names, ["config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"]);
}

#[test]
fn narrow_weights_are_written_as_they_are_and_read_wide() {
    let folder = tempfile::tempdir().unwrap();
    for (dtype, name) in [(DType::BF16, "bfloat16"), (DType::F16, "float16")] {
        let narrow = |model: &ModelConfig| numbers(model)?.into_iter().map(|(name, tensor)| Ok((name, tensor.to_dtype(dtype)?))).collect();
        let config = InitConfig { vocabulary: Vocabulary::Bytes, model: shape() };
        let model = init_model(&config, std::iter::empty(), narrow, folder.path()).unwrap();
        let bytes = fs::metadata(folder.path().join("model.safetensors")).unwrap().len() as usize;
        assert!((2 * model.config().parameters()..3 * model.config().parameters()).contains(&bytes));
        assert!(fs::read_to_string(folder.path().join("config.json")).unwrap().contains(name));
        let read = model.weights(&Device::Cpu).unwrap();
        for (name, tensor) in narrow(model.config()).unwrap() {
            let numbers = |tensor: &Tensor| tensor.to_dtype(DType::F32).unwrap().flatten_all().unwrap().to_vec1::<f32>().unwrap();
            assert_eq!(numbers(&read[&name]), numbers(&tensor), "{name}");
        }
    }
}

#[test]
fn too_small_a_vocabulary_is_refused() {
    let config = InitConfig { vocabulary: Vocabulary::Merges { vocab_size: 258 }, model: shape() };
    let error = init_model(&config, texts(), numbers, Path::new("never made")).unwrap_err();
    assert!(matches!(error, PolicyError::VocabularyTooSmall { asked: 258, smallest: 259 }), "{error}");
    assert!(!Path::new("never made").exists());
}
