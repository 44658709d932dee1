//! The tokenizer: special tokens, ends of responses, files that do not fit, long texts.

use super::*;
use crate::init::tests::{numbers, shape};
use crate::{Directory, InitConfig, Vocabulary, init_model};
use std::fs;

fn directory(folder: &Path) -> Directory {
    init_model(&InitConfig { vocabulary: Vocabulary::Bytes, model: shape() }, std::iter::empty(), numbers, folder).unwrap()
}

/// Replaces a part of one of the directory's files.
fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(folder.join(file)).unwrap();
    assert!(text.contains(from), "{file} has no {from:?}");
    fs::write(folder.join(file), text.replace(from, to)).unwrap();
}

#[test]
fn special_tokens_are_read_only_where_asked() {
    let folder = tempfile::tempdir().unwrap();
    let tokenizer = directory(folder.path()).tokenizer().unwrap();
    let text = "a<|im_end|>b";
    assert_eq!(tokenizer.encode(text).unwrap().len(), text.len());
    let ids = tokenizer.encode_with_special(text).unwrap();
    assert_eq!((ids.len(), ids[1]), (3, 2));
    assert_eq!(tokenizer.decode(&ids).unwrap(), "ab");
    assert_eq!(tokenizer.decode_with_special(&ids).unwrap(), text);
    assert_eq!(tokenizer.decode(&tokenizer.encode(text).unwrap()).unwrap(), text);
    assert_eq!((tokenizer.id("<|im_start|>"), tokenizer.token(1).as_deref(), tokenizer.id("none")), (Some(1), Some("<|im_start|>"), None));
}

#[test]
fn ids_that_it_does_not_have_are_left_out() {
    let folder = tempfile::tempdir().unwrap();
    let tokenizer = directory(folder.path()).tokenizer().unwrap();
    let mut ids = tokenizer.encode("ok").unwrap();
    ids.extend([260, u32::MAX]);
    assert_eq!(tokenizer.decode(&ids).unwrap(), "ok");
    assert_eq!(tokenizer.decode(&[]).unwrap(), "");
}

#[test]
fn a_base_model_asked_by_a_template_stops_at_the_end_of_its_turn() {
    let folder = tempfile::tempdir().unwrap();
    let model = directory(folder.path());
    fs::write(folder.path().join("generation_config.json"), r#"{"eos_token_id": 0}"#).unwrap();
    edit(
        folder.path(),
        "tokenizer_config.json",
        r#""eos_token": "<|im_end|>""#,
        r#""eos_token": {"content": "<|endoftext|>", "lstrip": false}"#,
    );
    let stop = || Directory::open(model.path()).unwrap().tokenizer().unwrap().stop().to_vec();
    assert_eq!(stop(), [0, 2]);
    fs::write(folder.path().join("chat_template.jinja"), "{{ messages[0].content }}").unwrap();
    assert_eq!(stop(), [0]);
}

#[test]
fn tokens_that_are_not_there_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let model = directory(folder.path());
    edit(folder.path(), "tokenizer_config.json", r#""pad_token": "<|endoftext|>""#, r#""pad_token": "<pad>""#);
    let error = model.tokenizer().unwrap_err();
    assert_eq!(error.to_string(), r#"the pad_token "<pad>" is not in the tokenizer's vocabulary"#);
}

#[test]
fn tokenizer_of_another_model_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    directory(folder.path());
    edit(folder.path(), "config.json", r#""vocab_size": 259"#, r#""vocab_size": 258"#);
    let error = Directory::open(folder.path()).unwrap().tokenizer().unwrap_err();
    assert!(matches!(error, PolicyError::VocabularyTooLarge { largest: 258, vocab_size: 258 }), "{error}");
}

#[test]
fn truncation_in_the_file_is_not_applied() {
    let folder = tempfile::tempdir().unwrap();
    let model = directory(folder.path());
    let cut = r#""truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0}"#;
    edit(folder.path(), "tokenizer.json", r#""truncation": null"#, cut);
    assert_eq!(model.tokenizer().unwrap().encode("longer than two").unwrap().len(), 15);
}

#[test]
fn long_texts_end() {
    let folder = tempfile::tempdir().unwrap();
    let tokenizer = directory(folder.path()).tokenizer().unwrap();
    for piece in [" ", "a", "1", "!", "\n", "<|im_end|>", "\u{301}", " \n"] {
        let text = piece.repeat(300_000 / piece.len());
        // Either every byte is there, or the pattern's own limit is an error.
        match tokenizer.encode(&text) {
            Ok(ids) => assert_eq!(ids.len(), text.len(), "{piece:?}"),
            Err(error) => assert!(matches!(error, PolicyError::Tokenizer { action: "encode", .. }), "{error}"),
        }
    }
}

#[test]
fn prompt_without_a_template_is_plain_text() {
    let folder = tempfile::tempdir().unwrap();
    let tokenizer = directory(folder.path()).tokenizer().unwrap();
    let ids = tokenizer.prompt(None, &[Message::user("a<|im_end|>"), Message::user("b")]).unwrap();
    assert_eq!(tokenizer.decode(&ids).unwrap(), "a<|im_end|>\n\nb");
}
