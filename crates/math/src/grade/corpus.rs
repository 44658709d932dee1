//! The corpora that graders are judged by: labelled pairs, reference answers against themselves and each other.

use super::{Outcome, Policy, Ruling, grade};
use crate::answer::Answer;
use crate::equal::Steps;
use crate::extract::{Preset, Rules, extract};
use crate::read::read;
use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read as _;

fn lines(packed: &[u8]) -> Vec<Value> {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).expect("the vectors are packed");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The answer in a text of one of the kinds.
fn answer(text: &str, kind: &str) -> Option<Answer> {
    if kind == "answer" && !text.contains("\\boxed") {
        return read(text).ok();
    }
    match extract(text, &Rules::new(Preset::Lenient)) {
        Ok(found) => found.read().ok(),
        Err(_) => None,
    }
}

fn ruling(gold: &str, pred: &str, kind: &str) -> Option<Ruling> {
    let reference = if kind == "response" { answer(gold, "answer") } else { answer(gold, kind) }?;
    Some(grade(&reference, &answer(pred, kind)?, &Policy::default(), &mut Steps::default()))
}

#[test]
fn labelled_pairs() {
    let mut sources: BTreeMap<String, [u32; 6]> = BTreeMap::new();
    let mut misses = String::new();
    for line in lines(include_bytes!("../../vectors/labelled_pairs.jsonl.gz")) {
        let text = |name: &str| line[name].as_str().unwrap_or_default();
        let (source, gold, pred, kind) = (text("source"), text("gold"), text("pred"), text("kind"));
        let expected = line["expected"] == 1;
        let ruling = ruling(gold, pred, kind);
        let equal = ruling.is_some_and(Ruling::is_equal);
        let counts = sources.entry(source.to_owned()).or_default();
        counts[0] += 1;
        counts[1] += u32::from(equal == expected);
        counts[2] += u32::from(!expected);
        counts[3] += u32::from(equal && !expected);
        counts[4] += u32::from(ruling.is_some_and(|ruling| ruling.outcome == Outcome::Undecided));
        if equal != expected {
            let why = ruling.map_or_else(|| "no answer".to_owned(), |ruling| ruling.to_string());
            misses += &format!("{source} {} | {gold:?} | {pred:?} | {why}\n", line["expected"]);
        }
    }
    println!("{misses}");
    for (source, [all, right, negative, wrong, undecided, _]) in &sources {
        println!(
            "{source:32} {right:4} of {all:4} = {:6.2} %, {wrong} of {negative} falsely equal, {undecided} undecided",
            100.0 * f64::from(*right) / f64::from(*all)
        );
    }
}
