//! Answers made to exhaust a scorer. That scoring them ends is a test; how soon is a benchmark, which includes this file.

/// Answers of up to 64 KiB for a puzzle with this solution.
pub(crate) fn answers(gold: &str) -> Vec<String> {
    const SIZE: usize = 64 << 10;
    let fill = |text: &str| text.repeat(SIZE / text.len());
    let mut answers: Vec<String> = [
        "(",
        "[",
        "{",
        "-",
        "9",
        "9**",
        "1+",
        "1*",
        "x**9*",
        "((1)",
        "[[1],",
        "{\"0\":",
        "\"",
        "\\",
        "a ",
        "a\n",
        "1 ",
        "1,",
        "1\n",
        "0",
        "é",
        "𝟙",
        "(P ∨ ",
        "¬",
        "A+1 ",
        "R2 ",
        "up ",
        "1/3-",
        "sin(",
        "x^",
        "{}",
        "_ ",
        ".",
        "<answer>",
        "1e9 ",
        "[1, 2, 3], ",
        "A=1,",
        "ULDR",
        "Move disk 1 from Peg 1 to Peg 2\n",
    ]
    .into_iter()
    .map(fill)
    .collect();
    let deep = SIZE / 2;
    answers.push("[".repeat(deep) + &"]".repeat(deep));
    answers.push("(".repeat(deep) + &")".repeat(deep));
    answers.push("9".repeat(deep) + "e" + &"9".repeat(deep - 1));
    answers.push("9**9**9**9**9".to_owned());
    answers.push("9^9^9^9".to_owned());
    answers.push("1e999999999".to_owned());
    answers.push("0x".to_owned() + &"f".repeat(SIZE - 2));
    answers.push(
        (0..)
            .map(|n| format!("{n}, "))
            .scan(0, |size, text| {
                *size += text.len();
                (*size < SIZE).then_some(text)
            })
            .collect(),
    );
    if !gold.is_empty() {
        answers.push(fill(gold));
        answers.push(fill(&format!("{gold}\n")));
        answers.push(fill(&format!("{gold} ")));
        answers.push(gold.to_owned() + &" ".repeat(SIZE - gold.len().min(SIZE)));
    }
    answers
}
