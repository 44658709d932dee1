//! `custom:mcq_count_length`: four questions, five options each, each question longer than the one before it.

use super::*;

pub(super) const CONSTRAINT: Constraint = Constraint {
    id: "custom:mcq_count_length",
    suite: Suite::IfBench,
    prompt: "Generate 4 multiple choice questions with 5 options each about '20th century art history'. Each question should start with the label \"Question\". The questions should get progressively longer. Do not provide an explanation.",
    claims: &[Claim::Task],
    example: Example {
        passes: "Question 1: Who?\nA) a\nB) b\nC) c\nD) d\nE) e\nQuestion 2: Who is?\nA) a\nB) b\nC) c\nD) d\nE) e\nQuestion 3: Who is it?\nA) a\nB) b\nC) c\nD) d\nE) e\nQuestion 4: Who is it now?\nA) a\nB) b\nC) c\nD) d\nE) e",
        fails: "Question 1: Who?",
        ..BASE.example
    },
    check,
    ..BASE
};

fn check(c: &Check<'_, '_>) -> Evidence {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| fixed(r"\n*(?:Question \d+[.|):;]?[\s\x1c-\x1f]*)"));
    if !c.text.raw.starts_with("Question") {
        return Evidence::fail().wanted("Question");
    }
    let questions: Vec<&str> = LABEL.split(c.text.raw).map(strip).filter(|question| !question.is_empty()).collect();
    if questions.len() != 4 {
        return Evidence::count(questions.len(), Bound::Exactly, 4);
    }
    let mut longest = None;
    for question in questions {
        let mut text = String::new();
        let mut options = 0;
        for line in question.split('\n').map(strip) {
            if is_option(line) {
                options += 1;
            } else if options == 0 {
                text.push(' ');
                text.push_str(line);
            }
        }
        if options != 5 {
            return Evidence::count(options, Bound::Exactly, 5).word(question);
        }
        let length = strip(&text).chars().count();
        if longest.is_some_and(|longest| length <= longest) {
            return Evidence::fail().found(length).word(question);
        }
        longest = Some(length);
    }
    Evidence::pass()
}

/// A letter from a to e, a full stop, bar or bracket, and a word.
fn is_option(line: &str) -> bool {
    let text = line.strip_prefix(|c: char| matches!(c, 'A'..='E' | 'a'..='e')).and_then(|rest| rest.strip_prefix(['.', '|', ')']));
    text.is_some_and(|text| text.trim_start_matches(is_space).starts_with(is_word))
}
