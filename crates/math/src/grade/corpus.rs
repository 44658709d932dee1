//! The corpora that graders are judged by: labelled pairs, reference answers against themselves and each other, responses.
//!
//! docs/grading-math.md lists every pair that is graded otherwise than its label, with the reason.

use super::{Outcome, Policy, Ruling, grade};
use crate::answer::Answer;
use crate::domain::Math;
use crate::equal::Steps;
use crate::extract::{Preset, Rules, extract};
use crate::print::{Fractions, Style, print};
use crate::read::read;
use flate2::read::GzDecoder;
use gavel_task::{Attempt, Budget, Domain, TaskName};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Read as _;

fn lines(packed: &[u8]) -> Vec<Value> {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).expect("the vectors are packed");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

fn pairs() -> Vec<Value> {
    lines(include_bytes!("../../vectors/labelled_pairs.jsonl.gz"))
}

fn references() -> Vec<(String, String)> {
    let lines = lines(include_bytes!("../../vectors/reference_answers.jsonl.gz"));
    let text = |line: &Value, name: &str| line[name].as_str().expect("a text").to_owned();
    lines.iter().map(|line| (text(line, "dataset"), text(line, "answer"))).collect()
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

/// Labels that contradict a decision of this project (docs/grading-math.md), with whether they are equal by it.
const OVERRULED: &[(&str, &str, bool, &str)] = &[
    ("$1 - \\frac{1}{\\mathrm{e}}$", "$1 + \\frac{1}{\\mathrm{e}}$", false, "different numbers are different"),
    ("$f(x)$", "$f(y)$", false, "functions of different letters are different"),
    ("$\\frac{1}{12}$", "$0.0833333333333333$", false, "an exact reference has no tolerance"),
    ("$(\\frac{3}{5},\\frac{8}{3}]$", "$(0.6,2.6667]$", false, "an exact reference has no tolerance"),
    ("\\cos ^{10}(\\frac{\\pi}{10})", "0.6054", false, "an exact reference has no tolerance"),
    ("$x \\in [-2,7]$", "$-2 \\\\le x \\\\le 7$", true, "an inequality is its interval, at either side"),
    ("$\text{13}$", "$13$", true, "a command whose backslash became a tab is that command"),
    ("4, .1, 2", "0.1, 4, 2", true, "lists have no order"),
    ("10", "10\\%", false, "a percentage is its value"),
    ("10", "10%", false, "a percentage is its value"),
    ("7 \\times 10^{35}", "7.1 \\cdot 10^{35}", true, "a reference of one digit accepts what rounds to it"),
    ("0.003, 5.233", "0.002, 5.234", false, "a tolerance is an option"),
    ("299.94", "300", false, "a value must round to the digits of the reference"),
    ("785.12", "784", false, "a value must round to the digits of the reference"),
    ("6.018", "6\\frac{1}{64}", false, "a value must round to the digits of the reference"),
    ("125.663", "40\\pi", false, "a value must round to the digits of the reference"),
    ("1.27\\%", "1.3\\%", false, "a value must round to the digits of the reference"),
    ("117.95\\%", "118\\%", false, "a value must round to the digits of the reference"),
];

/// Right ones per 10 000 of a source, and how many may be falsely equal. Sources not named here are one set.
const BARS: &[(&str, u32, u32)] = &[
    ("math-verify-tests", 9_925, 0),
    ("lighteval-tests", 9_850, 0),
    ("hardverify-math", 9_300, 1),
    ("latex2sympy2_extended-tests", 9_700, 0),
    ("others", 9_400, 0),
];

#[test]
fn labelled_pairs() {
    #[derive(Default)]
    struct Counts {
        all: u32,
        right: u32,
        negative: u32,
        falsely_equal: u32,
        undecided: u32,
        overruled: u32,
    }
    let mut sources: BTreeMap<&str, Counts> = BTreeMap::new();
    let lines = pairs();
    for line in &lines {
        let text = |name: &str| line[name].as_str().unwrap_or_default();
        let (source, gold, pred, kind) = (text("source"), text("gold"), text("pred"), text("kind"));
        let decided = OVERRULED.iter().find(|(one, two, ..)| *one == gold && *two == pred).map(|(.., equal, _)| *equal);
        let expected = decided.unwrap_or(line["expected"] == 1);
        let overruled = expected != (line["expected"] == 1);
        let ruling = ruling(gold, pred, kind);
        let equal = ruling.is_some_and(Ruling::is_equal);
        if equal != expected {
            let why = ruling.map_or_else(|| "no answer".to_owned(), |ruling| ruling.to_string());
            println!("{source} {} | {gold:?} | {pred:?} | {why}", line["expected"]);
        }
        let named = BARS.iter().any(|(name, ..)| *name == source);
        for source in [Some(source), (!named).then_some("others")].into_iter().flatten() {
            let counts = sources.entry(source).or_default();
            counts.all += 1;
            counts.right += u32::from(equal == expected);
            counts.negative += u32::from(!expected);
            counts.falsely_equal += u32::from(equal && !expected);
            counts.undecided += u32::from(ruling.is_some_and(|ruling| ruling.outcome == Outcome::Undecided));
            counts.overruled += u32::from(overruled);
        }
    }
    for (source, counts) in &sources {
        println!(
            "{source:32} {:4} of {:4} = {:6.2} %, {} of {} falsely equal, {} undecided, {} overruled",
            counts.right,
            counts.all,
            100.0 * f64::from(counts.right) / f64::from(counts.all),
            counts.falsely_equal,
            counts.negative,
            counts.undecided,
            counts.overruled
        );
    }
    for (source, share, falsely_equal) in BARS {
        let counts = &sources[source];
        assert!(counts.right * 10_000 >= share * counts.all, "{source}: {} of {}", counts.right, counts.all);
        assert!(counts.falsely_equal <= *falsely_equal, "{source}: {} falsely equal", counts.falsely_equal);
    }
}

#[test]
fn decided_pairs_are_symmetric() {
    // Decimals of the reference round, percent signs of the reference may be left out: without those, sides do not matter.
    let policy = Policy { rounding: false, percent: true, ..Policy::default() };
    for line in pairs() {
        let text = |name: &str| line[name].as_str().unwrap_or_default();
        let (Some(one), Some(two)) = (answer(text("gold"), text("kind")), answer(text("pred"), text("kind"))) else { continue };
        let forth = grade(&one, &two, &policy, &mut Steps::default());
        let back = grade(&two, &one, &policy, &mut Steps::default());
        let contradiction = forth.is_equal() && back.is_different() || forth.is_different() && back.is_equal();
        assert!(!contradiction, "{} | {}: {forth}, {back}", text("gold"), text("pred"));
    }
}

const STYLES: [Style; 3] = [
    Style { fractions: Fractions::Frac, spaces: true, growing: false, dollars: false, text_units: true },
    Style { fractions: Fractions::Dfrac, spaces: false, growing: true, dollars: true, text_units: false },
    Style { fractions: Fractions::Slash, spaces: true, growing: true, dollars: false, text_units: true },
];

#[test]
fn every_reference_answer_equals_itself_however_written() {
    let mut failures = 0;
    for (dataset, source) in references() {
        let reference = read(&source).expect("no reference exceeds a limit");
        let mut others = vec![("as it is", read(&source).expect("read before"))];
        if !matches!(reference, Answer::Text(_)) {
            let spaced = source.replace('\\', " \\").replace("\\frac", "\\dfrac");
            if !source.contains('$') {
                others.push(("in dollars", read(&format!("$ {source} $")).expect("short")));
            }
            if !source.contains("\\text") && !source.contains("\\\\") && !source.contains("\\mathrm") && !source.contains("\\left\\") {
                others.push(("with blanks", read(&spaced).expect("short")));
            }
            for style in &STYLES {
                others.push(("printed", read(&print(&reference, style)).expect("short")));
            }
        }
        for (how, other) in others {
            let ruling = grade(&reference, &other, &Policy::default(), &mut Steps::default());
            if !ruling.is_equal() {
                failures += 1;
                println!("{dataset}: {source:?} {how}: {ruling} {:?}", print(&other, &Style::default()));
            }
        }
    }
    assert_eq!(failures, 0);
}

/// Steps of a linear congruence: which pairs are drawn is the same in every run.
fn draw(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).expect("31 bits") % below
}

#[test]
fn random_reference_answers_differ() {
    let mut sets: BTreeMap<String, Vec<(String, Answer)>> = BTreeMap::new();
    for (dataset, source) in references() {
        let answer = read(&source).expect("no reference exceeds a limit");
        sets.entry(dataset).or_default().push((source, answer));
    }
    let (mut state, mut drawn, mut undecided) = (1, 0, 0);
    for (dataset, answers) in &sets {
        for _ in 0..2_000 {
            let ((one, reference), (two, given)) = (&answers[draw(&mut state, answers.len())], &answers[draw(&mut state, answers.len())]);
            if reference == given {
                continue;
            }
            drawn += 1;
            let ruling = grade(reference, given, &Policy::default(), &mut Steps::default());
            undecided += u32::from(ruling.outcome == Outcome::Undecided);
            if ruling.is_equal() {
                let reviewed = COINCIDENCES.iter().any(|(first, second)| {
                    (first, second) == (&one.as_str(), &two.as_str()) || (second, first) == (&one.as_str(), &two.as_str())
                });
                assert!(reviewed, "{dataset}: {one:?} | {two:?}: {ruling}");
            }
        }
    }
    println!("{drawn} pairs that are written differently, {undecided} undecided");
    assert!(undecided * 200 < drawn, "{undecided} of {drawn}");
}

/// Answers to different problems that are the same answer, by review.
const COINCIDENCES: &[(&str, &str)] = &[
    ("y = 2", "2"),
    ("x = 2", "2"),
    ("x = 1", "1"),
    ("y = 1", "1"),
    ("a = - 1", "- 1"),
    ("c_2 = 0", "0"),
    ("x = 3", "3"),
    ("$k=3$", "3"),
    ("E^{(1)} = 0", "0"),
    ("E_\\nu \\approx 1 \\, \\text{MeV}", "1 \\, \\text{MeV}"),
    (
        "T_e = T_0 + \\frac{W}{2\\alpha} + \\sqrt{T_0 \\frac{W}{\\alpha} + \\left( \\frac{W}{2\\alpha} \\right)^2 }",
        "T_e = T_0 + \\frac{W}{2\\alpha} \\left[ 1 + \\left( 1 + \\frac{4\\alpha T_0}{W} \\right)^{\\frac{1}{2}} \\right]",
    ),
];

fn responses() -> Vec<Value> {
    lines(include_bytes!("../../vectors/responses.jsonl.gz"))
}

fn verdict(line: &Value) -> (bool, String) {
    let task: TaskName = "math".parse().expect("a name");
    let reference = serde_json::from_value(line["gold"].clone()).expect("a reference");
    let response = line["response"].as_str().expect("a response");
    let verdict = Math
        .verify(Attempt { task: &task, prompt: None, response }, &reference, &crate::domain::Options::default(), &Budget::default())
        .expect("a verdict");
    (verdict.score.get() == 1.0, json!([verdict.reason, verdict.message, verdict.detail]).to_string())
}

#[test]
fn responses_are_judged_as_labelled() {
    let lines = responses();
    let mut wrong = 0;
    for line in &lines {
        let (correct, why) = verdict(line);
        if correct != (line["expected"] == 1) {
            wrong += 1;
            println!("{} {:?} {why}", line["expected"], line["gold"]);
        }
    }
    println!("{} of {} as labelled", lines.len() - wrong, lines.len());
    // Two answers carry a percent sign that their references lack.
    assert!(wrong <= 2, "{wrong}");
}

#[test]
fn verdicts_depend_on_no_order_and_no_thread() {
    let mut items = responses();
    items.extend(pairs().into_iter().map(|pair| {
        let pred = pair["pred"].as_str().unwrap_or_default();
        json!({"gold": pair["gold"], "response": format!("\\boxed{{{pred}}}")})
    }));
    let verify = |line: &Value| {
        let reference = serde_json::from_value(line["gold"].clone()).expect("a reference");
        let response = line["response"].as_str().expect("a response");
        let task: TaskName = "math".parse().expect("a name");
        let attempt = Attempt { task: &task, prompt: None, response };
        format!("{:?}", Math.verify(attempt, &reference, &crate::domain::Options::default(), &Budget::default()))
    };
    let one: Vec<String> = items.iter().map(verify).collect();
    let mut order: Vec<usize> = (0..items.len()).collect();
    let mut state = 7;
    for at in (1..order.len()).rev() {
        order.swap(at, draw(&mut state, at + 1));
    }
    std::thread::scope(|scope| {
        let threads: Vec<_> = order
            .chunks(order.len().div_ceil(8))
            .map(|part| {
                let (items, verify) = (&items, &verify);
                scope.spawn(move || part.iter().map(|at| (*at, verify(&items[*at]))).collect::<Vec<_>>())
            })
            .collect();
        for thread in threads {
            for (at, verdict) in thread.join().expect("a thread") {
                assert_eq!(verdict, one[at]);
            }
        }
    });
}

#[test]
fn spliced_answers_are_graded_alike_from_both_sides() {
    let answers: Vec<String> =
        references().into_iter().map(|(_, answer)| answer).chain(pairs().iter().map(|pair| text_of(pair, "pred"))).collect();
    let policy = Policy { rounding: false, percent: true, ..Policy::default() };
    let mut state = 3;
    let piece = |state: &mut u64| {
        let text = &answers[draw(state, answers.len())];
        let ends = [draw(state, text.len() + 1), draw(state, text.len() + 1)];
        let end = |at: usize| (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (from, to) = (end(ends[0].min(ends[1])), end(ends[0].max(ends[1])));
        text[from..to].to_owned()
    };
    for _ in 0..6_000 {
        let whole = &answers[draw(&mut state, answers.len())];
        let (one, two, join) = (piece(&mut state), piece(&mut state), [", ", "+", " ", "=", "\\cup "][draw(&mut state, 5)]);
        let spliced = [format!("{one}{two}"), format!("{whole}{join}{one}"), whole.replacen(&one, &two, 1)];
        let Ok(reference) = read(whole) else { continue };
        for text in spliced {
            let Ok(given) = read(&text) else { continue };
            let own = grade(&given, &given, &policy, &mut Steps::default());
            assert!(!own.is_different(), "{text:?}: {own}");
            let forth = grade(&reference, &given, &policy, &mut Steps::default());
            let back = grade(&given, &reference, &policy, &mut Steps::default());
            let contradiction = forth.is_equal() && back.is_different() || forth.is_different() && back.is_equal();
            assert!(!contradiction, "{whole:?} | {text:?}: {forth}, {back}");
        }
    }
}

fn text_of(line: &Value, field: &str) -> String {
    line[field].as_str().unwrap_or_default().to_owned()
}
