//! Tables of what is found, by preset.

use super::*;
use crate::answer::Answer;

#[track_caller]
fn check(preset: Preset, response: &str, text: &str, rule: Rule) {
    let found = extract(response, &Rules::new(preset)).unwrap();
    assert_eq!((found.text(), found.rule), (text, rule), "{response}");
    let last = found.parts.last().unwrap();
    assert_eq!(&response[last.clone()], text, "the span of the text");
}

#[track_caller]
fn missing(preset: Preset, response: &str, why: NotFound) {
    assert_eq!(extract(response, &Rules::new(preset)), Err(why), "{response}");
}

#[test]
fn the_last_box_counts() {
    let boxed = |response, text| check(Preset::Boxed, response, text, Rule::Box);
    boxed(r"\boxed{5}", "5");
    boxed(r"\fbox{5}", "5");
    boxed(r"First \boxed{1}. No, it is \boxed{2}.", "2");
    boxed(r"\boxed{\frac{1}{2}}", r"\frac{1}{2}");
    boxed(r"\boxed{\{1, 2\}}", r"\{1, 2\}");
    boxed(r"\boxed{\boxed{5}}", r"\boxed{5}");
    boxed(r"$\boxed 5$ it is", "5");
    boxed(r"so \boxed {7}", "7");
    boxed("a { brace \\boxed{5} } that closes late", "5");
    boxed(r"\boxed{1} then \boxed{2", "1");
    boxed("\u{8}oxed{3}", "3");
    boxed(r"<think>\boxed{1}</think> \boxed{2}", "2");
    boxed(r"<think>\boxed{1}</think> \boxed{2} </think> \boxed{3}", "3");
    boxed(r"\boxed{1 or 2 or 3}", "1 or 2 or 3");
}

#[test]
fn boxes_in_a_row_are_a_list() {
    let parts = |response: &str| extract(response, &Rules::new(Preset::Boxed)).unwrap().parts.len();
    assert_eq!(parts(r"\boxed{1}, \boxed{2} and \boxed{3}"), 3);
    assert_eq!(parts(r"$\boxed{k = 45} \quad \text{and} \quad \boxed{n = 2}$"), 2);
    assert_eq!(parts(r"\boxed{1} no no \boxed{2}"), 1);
    assert_eq!(parts(r"\boxed{1} \boxed{2}"), 1);
    let found = extract(r"\boxed{1} or \boxed{2}", &Rules::new(Preset::Boxed)).unwrap();
    assert!(found.alternatives);
    assert!(matches!(found.read().unwrap(), Answer::List { items, .. } if items.len() == 2));
    let found = extract(r"\boxed{1}, \boxed{1}", &Rules::new(Preset::Boxed)).unwrap();
    assert!(matches!(found.read().unwrap(), Answer::Quantity(_)));
}

#[test]
fn what_is_not_found_says_why() {
    missing(Preset::Boxed, "It is 5.", NotFound::NoMark);
    missing(Preset::Boxed, r"so \boxed{5", NotFound::Unbalanced { at: 3 });
    missing(Preset::Boxed, r"\boxed{ }", NotFound::Empty);
    missing(Preset::Boxed, r"<think>\boxed{1}</think> no box", NotFound::NoMark);
    missing(Preset::Marked, "It is 5.", NotFound::NoMark);
    missing(Preset::Lenient, "", NotFound::NoMark);
    let strict = Rules { preset: Preset::Boxed, require_think_end: true };
    assert_eq!(extract(r"\boxed{5}", &strict), Err(NotFound::NoThinkEnd));
    assert_eq!(extract(r"</think>\boxed{5}", &strict).unwrap().text(), "5");
    let found = extract(r"\boxed{1} \boxed{2", &Rules::new(Preset::Boxed)).unwrap();
    assert!(found.unbalanced);
}

#[test]
fn marks_are_found() {
    let marked = |response, text, rule| check(Preset::Marked, response, text, rule);
    marked("<answer>42</answer>", "42", Rule::AnswerTag);
    marked(r"\boxed{1} <answer>42</answer>", "42", Rule::AnswerTag);
    marked(r"<answer>It is \boxed{42}</answer>", "42", Rule::Box);
    marked("The final answer is 5.", "5", Rule::FinalAnswer);
    marked("The final answer is $0.5$. I hope it is correct.", "$0.5$", Rule::FinalAnswer);
    marked("**Answer:** 5", "5", Rule::AnswerColon);
    marked("Answer: 41 was wrong.\nAnswer: 42", "42", Rule::AnswerColon);
    marked("Answer:\n\n42", "42", Rule::AnswerColon);
    marked("Sum it up.\n#### 1,234", "1,234", Rule::Hashes);
}

#[test]
fn the_last_formula_or_number_is_found() {
    let lenient = |response, text, rule| check(Preset::Lenient, response, text, rule);
    lenient("Thus $x <= 2$ is our answer.", "x <= 2", Rule::LastFormula);
    lenient(r"so \(x = 2\).", "x = 2", Rule::LastFormula);
    lenient("With $x$ it costs 1,000.99€", "1,000.99", Rule::LastNumber);
    lenient("It is -5", "-5", Rule::LastNumber);
    lenient("a chance of **25%**.", "25%", Rule::LastNumber);
    lenient("Final Answer: Jane began 3 hours ago. I hope it is correct.", "3", Rule::LastNumber);
    lenient("D. it can't be A or B", "D", Rule::FirstLetter);
    lenient("Paris", "Paris", Rule::Whole);
}

#[test]
fn hostile_responses_end() {
    for part in [
        "\\boxed{",
        "\\boxed",
        "\\boxed 5",
        "answer is ",
        "answer: ",
        "####",
        "{",
        "}",
        "$",
        "<answer>",
        "</answer>",
        "</think>",
        "\\(",
        "1",
        "\\",
        "\u{2265}",
    ] {
        let response = part.repeat(65_536 / part.len());
        for preset in [Preset::Boxed, Preset::Marked, Preset::Lenient] {
            if let Ok(found) = extract(&response, &Rules::new(preset)) {
                assert!(found.parts.iter().all(|part| response.get(part.clone()).is_some()), "{part}");
            }
        }
    }
}
