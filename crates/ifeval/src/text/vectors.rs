//! The vectors that the tools are tested against: texts with what the Python libraries make of them.

use flate2::read::GzDecoder;
use serde::Deserialize;
use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// What NLTK 3.9 makes of one text.
#[derive(Deserialize)]
pub(crate) struct Tokens {
    rid: String,
    #[serde(skip)]
    pub(crate) text: String,
    pub(crate) sent: Vec<String>,
    pub(crate) word: Vec<String>,
    pub(crate) split: Vec<String>,
    pub(crate) nw: usize,
}

/// A file of the shared data, where the repository has that folder beside it.
fn shared(name: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    path.exists().then_some(path)
}

/// The text of a compressed file of the shared data.
pub(crate) fn shared_gz(name: &str) -> Option<String> {
    shared(name).map(|path| unpack(&fs::read(path).unwrap()))
}

fn unpack(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

/// The response texts by their id.
pub(crate) fn responses() -> HashMap<String, String> {
    #[derive(Deserialize)]
    struct Response {
        #[serde(alias = "id")]
        rid: String,
        #[serde(alias = "response")]
        text: String,
    }
    let Some(path) = shared("ifeval/responses.jsonl") else { return HashMap::new() };
    let lines = fs::read_to_string(path).unwrap();
    lines.lines().map(|line| serde_json::from_str::<Response>(line).unwrap()).map(|found| (found.rid, found.text)).collect()
}

/// The shared texts with their tokens, none where the shared folder is missing.
pub(crate) fn tokens() -> Vec<Tokens> {
    let texts = responses();
    let Some(lines) = shared_gz("text/tokenizer_vectors.jsonl.gz") else { return Vec::new() };
    let parsed = lines.lines().map(|line| serde_json::from_str::<Tokens>(line).unwrap());
    parsed.filter_map(|tokens| texts.get(&tokens.rid).map(|text| Tokens { text: text.clone(), ..tokens })).collect()
}

/// Holds a tool to the texts whose outcome is given: all but one in a thousand must be the same.
#[track_caller]
pub(crate) fn agree<T: PartialEq + std::fmt::Debug>(cases: &[Tokens], ours: impl Fn(&Tokens) -> T, theirs: impl Fn(&Tokens) -> T) {
    let differ: Vec<&Tokens> = cases.iter().filter(|case| ours(case) != theirs(case)).collect();
    if let Some(first) = differ.first() {
        let (ours, theirs) = (ours(first), theirs(first));
        assert!(differ.len() * 1000 <= cases.len(), "{} of {} differ: {:?}\n{ours:?}\n{theirs:?}", differ.len(), cases.len(), first.text);
    }
}

/// What langdetect 1.0.9 makes of one text at seed 0.
#[derive(Deserialize)]
pub(crate) struct Languages {
    rid: String,
    #[serde(skip)]
    pub(crate) text: String,
    pub(crate) seed0: String,
    pub(crate) probs: Vec<(String, f64)>,
}

/// The shared texts with their languages, none where the shared folder is missing.
pub(crate) fn languages() -> Vec<Languages> {
    let texts = responses();
    let Some(path) = shared("text/langdetect_vectors.jsonl") else { return Vec::new() };
    let lines = fs::read_to_string(path).unwrap();
    let parsed = lines.lines().map(|line| serde_json::from_str::<Languages>(line).unwrap());
    parsed.filter_map(|case| texts.get(&case.rid).map(|text| Languages { text: text.clone(), ..case })).collect()
}
