//! The scan: every byte is looked at once, but for the few that a mark's line takes.

use super::Preset;
use std::ops::Range;

/// What was seen behind the last `</think>`.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) think_end: bool,
    /// Behind the last `</think>`.
    pub(super) start: usize,
    /// Contents of the last boxes that only separators part.
    pub(super) parts: Vec<Range<usize>>,
    pub(super) alternatives: bool,
    pub(super) boxes: usize,
    /// Where the first box that does not close opens.
    pub(super) unclosed: Option<usize>,
    pub(super) tag: Option<Range<usize>>,
    pub(super) final_answer: Option<Range<usize>>,
    pub(super) colon: Option<Range<usize>>,
    pub(super) hashes: Option<Range<usize>>,
    /// The last formulas that only separators part.
    pub(super) formulas: Vec<Range<usize>>,
    pub(super) formula_alternatives: bool,
    pub(super) number: Option<Range<usize>>,
}

/// A brace that is open.
struct Brace {
    /// Where the content of a box begins and where its command.
    boxed: Option<(usize, usize)>,
}

/// The longest text between two boxes that are one answer, in bytes.
const MAX_BETWEEN: usize = 48;
/// The longest content of a box without braces, in bytes.
const MAX_BARE: usize = 256;
/// The most boxes of one answer.
const MAX_PARTS: usize = 64;

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    seen: Scan,
    braces: Vec<Brace>,
    /// Where the last box ended, with its brace.
    box_end: usize,
    tag_start: Option<usize>,
    formula: Option<(usize, Delimiter)>,
    /// Where the last formula ended, with its delimiter.
    formula_end: usize,
    /// Behind the last "answer is", "Answer:" and `####`.
    marks: [Option<usize>; 3],
    marked: bool,
    lenient: bool,
}

/// What opened a formula.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Delimiter {
    Dollar,
    Dollars,
    Round,
    Square,
}

/// Scans a response for the marks of a preset.
pub(super) fn scan(text: &str, preset: Preset) -> Scan {
    let mut scanner = Scanner {
        text,
        bytes: text.as_bytes(),
        at: 0,
        seen: Scan::default(),
        braces: Vec::new(),
        box_end: 0,
        tag_start: None,
        formula: None,
        formula_end: 0,
        marks: [None; 3],
        marked: preset != Preset::Boxed,
        lenient: preset == Preset::Lenient,
    };
    while scanner.at < scanner.bytes.len() {
        scanner.step();
    }
    // What stands behind a mark is looked for once, behind the last of its kind.
    let [sentence, colon, hashes] = scanner.marks;
    scanner.seen.final_answer = sentence.and_then(|at| scanner.sentence(at));
    scanner.seen.colon = colon.and_then(|at| scanner.sentence(at));
    scanner.seen.hashes = hashes.and_then(|at| scanner.line(at));
    scanner.seen.unclosed = scanner.braces.iter().find_map(|brace| brace.boxed.map(|(_, command)| command));
    scanner.seen
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> u8 {
        self.bytes.get(at).copied().unwrap_or(0)
    }

    fn starts(&self, with: &str) -> bool {
        self.bytes.get(self.at..).is_some_and(|rest| rest.starts_with(with.as_bytes()))
    }

    /// As [`starts`](Self::starts), in any case; `with` is lower case.
    fn starts_any_case(&self, with: &str) -> bool {
        self.bytes.get(self.at..self.at + with.len()).is_some_and(|part| part.eq_ignore_ascii_case(with.as_bytes()))
    }

    fn step(&mut self) {
        match self.byte(self.at) {
            b'\\' => self.backslash(),
            // A backspace is what `\b` becomes where escapes were interpreted.
            0x08 if self.bytes.get(self.at + 1..).is_some_and(|rest| rest.starts_with(b"oxed")) => self.boxed(5),
            b'{' => {
                self.braces.push(Brace { boxed: None });
                self.at += 1;
            }
            b'}' => self.close(),
            b'<' => self.tag(),
            b'#' if self.marked && self.starts("####") => {
                self.at += 4;
                self.mark(2);
            }
            b'a' | b'A' if self.marked && self.starts_any_case("answer") => self.answer(),
            b'$' if self.lenient => self.dollar(),
            b'0'..=b'9' if self.lenient => self.number(),
            _ => self.at += 1,
        }
    }

    fn backslash(&mut self) {
        if self.starts("\\boxed") {
            self.boxed(6);
        } else if self.starts("\\fbox") {
            self.boxed(5);
        } else {
            if self.lenient {
                match self.byte(self.at + 1) {
                    b'(' => self.formula = Some((self.at + 2, Delimiter::Round)),
                    b'[' => self.formula = Some((self.at + 2, Delimiter::Square)),
                    b')' => self.end_formula(Delimiter::Round),
                    b']' => self.end_formula(Delimiter::Square),
                    _ => {}
                }
            }
            // Over an escaped brace; two backslashes are one, as in `\\boxed`.
            self.at += if matches!(self.byte(self.at + 1), b'\\' | 0x80..) { 1 } else { 2 };
        }
    }

    /// A box whose command has this length.
    fn boxed(&mut self, command: usize) {
        let start = self.at;
        self.at += command;
        if self.byte(self.at).is_ascii_alphabetic() {
            return;
        }
        while matches!(self.byte(self.at), b' ' | b'\n') {
            self.at += 1;
        }
        if self.byte(self.at) == b'{' {
            self.at += 1;
            self.braces.push(Brace { boxed: Some((self.at, start)) });
            return;
        }
        // `\boxed 5`: up to the next white space or dollar.
        let content = self.at;
        let length = self
            .bytes
            .get(content..)
            .unwrap_or_default()
            .iter()
            .take(MAX_BARE)
            .take_while(|byte| !matches!(byte, b' ' | b'\n' | b'\t' | b'$' | b'}' | b'{' | b'<'))
            .count();
        let mut end = content + length;
        while end > content && matches!(self.byte(end - 1), b'.' | b',' | b';' | b':' | b')' | b']' | b'\\' | b'!') {
            end -= 1;
        }
        if end > content && self.text.is_char_boundary(content) && self.text.is_char_boundary(end) {
            self.record(start, content..end, end);
            self.at = end;
        }
    }

    fn close(&mut self) {
        if let Some(Brace { boxed: Some((content, command)) }) = self.braces.pop() {
            self.record(command, content..self.at, self.at + 1);
        }
        self.at += 1;
    }

    /// Another box: part of the same answer if only separators stand before it.
    fn record(&mut self, command: usize, content: Range<usize>, end: usize) {
        self.seen.boxes += 1;
        let inside = self.seen.parts.last().is_some_and(|last| content.start <= last.start);
        if inside {
            // The outer of two boxes takes the place of the inner ones.
            self.seen.parts.retain(|part| part.end <= content.start);
        }
        let between = self.text.get(self.box_end..command).filter(|between| between.len() <= MAX_BETWEEN);
        let joined = if self.seen.parts.is_empty() || inside { inside.then_some(false) } else { between.and_then(separators) };
        match joined {
            Some(or) if self.seen.parts.len() < MAX_PARTS => self.seen.alternatives |= or,
            _ => {
                self.seen.parts.clear();
                self.seen.alternatives = false;
            }
        }
        self.seen.parts.push(content);
        self.box_end = end;
    }

    fn tag(&mut self) {
        if self.starts("</think>") {
            self.at += 8;
            self.seen = Scan { think_end: true, start: self.at, ..Scan::default() };
            self.braces.clear();
            self.tag_start = None;
            self.formula = None;
            self.marks = [None; 3];
        } else if self.marked && self.starts("<answer>") {
            self.at += 8;
            self.tag_start = Some(self.at);
        } else if self.marked && self.starts("</answer>") {
            if let Some(start) = self.tag_start.take() {
                self.seen.tag = Some(start..self.at);
            }
            self.at += 9;
        } else {
            self.at += 1;
        }
    }

    /// "answer is", "answer:", "Answer -".
    fn answer(&mut self) {
        self.at += 6;
        let decorated = |byte: u8| matches!(byte, b'*' | b' ' | b'_');
        let mut at = self.at;
        while decorated(self.byte(at)) && at < self.at + 8 {
            at += 1;
        }
        if self.byte(at) == b':' {
            self.at = at + 1;
            self.mark(1);
            return;
        }
        let rest = self.bytes.get(at..).unwrap_or_default();
        for verb in ["is:", "is", "equals", "are"] {
            if rest.len() > verb.len() && rest.starts_with(verb.as_bytes()) && !rest[verb.len()].is_ascii_alphanumeric() {
                self.at = at + verb.len();
                self.mark(0);
                return;
            }
        }
    }

    /// A mark ends here. One with nothing close behind it does not count.
    fn mark(&mut self, which: usize) {
        let close = self.bytes.get(self.at..).unwrap_or_default().iter().take(16);
        if close.copied().any(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'*' | b'_' | b'.' | b':'))
            && let Some(mark) = self.marks.get_mut(which)
        {
            *mark = Some(self.at);
        }
    }

    /// What stands on the rest of this line, or on the next that holds anything.
    fn line(&self, from: usize) -> Option<Range<usize>> {
        let mut start = from;
        loop {
            let length = self.bytes.get(start..)?.iter().position(|byte| *byte == b'\n').unwrap_or(self.bytes.len() - start);
            let part = trimmed(self.text, start..start + length);
            if !part.is_empty() {
                return Some(part);
            }
            start += length + 1;
            // More than two empty lines end it.
            if start >= self.bytes.len() || start > from + 8 {
                return None;
            }
        }
    }

    /// What stands up to the end of the sentence.
    fn sentence(&self, from: usize) -> Option<Range<usize>> {
        let line = self.line(from)?;
        let text = self.text.get(line.clone())?;
        // A full stop inside a formula or number ends nothing.
        let stop =
            text.find(". ").filter(|at| text.get(..*at).is_some_and(|before| before.bytes().filter(|byte| *byte == b'$').count() % 2 == 0));
        // Nor is a token of a chat template part of an answer.
        let end = [stop, text.find("<|")].into_iter().flatten().min();
        Some(trimmed(self.text, line.start..end.map_or(line.end, |end| line.start + end)))
    }

    fn dollar(&mut self) {
        let double = self.byte(self.at + 1) == b'$';
        let (delimiter, length) = if double { (Delimiter::Dollars, 2) } else { (Delimiter::Dollar, 1) };
        match self.formula {
            // A dollar before a digit opens: `$5 and $6`.
            Some((_, open)) if open == delimiter && (double || !self.byte(self.at + 1).is_ascii_digit()) => self.end_formula(delimiter),
            _ => self.formula = Some((self.at + length, delimiter)),
        }
        self.at += length;
    }

    fn end_formula(&mut self, delimiter: Delimiter) {
        if let Some((start, open)) = self.formula.take()
            && open == delimiter
            && self.text.get(start..self.at).is_some_and(|formula| !formula.trim().is_empty())
        {
            let length = if matches!(delimiter, Delimiter::Dollar) { 1 } else { 2 };
            let between = self.text.get(self.formula_end..start - length).filter(|between| between.len() <= MAX_BETWEEN);
            let joined = if self.seen.formulas.is_empty() { None } else { between.and_then(separators) };
            match joined {
                Some(or) if self.seen.formulas.len() < MAX_PARTS => self.seen.formula_alternatives |= or,
                _ => {
                    self.seen.formulas.clear();
                    self.seen.formula_alternatives = false;
                }
            }
            self.seen.formulas.push(start..self.at);
            self.formula_end = self.at + length;
        }
    }

    /// Digits with what belongs to a number: a sign, separators, a fraction, a percent sign.
    fn number(&mut self) {
        let mut start = self.at;
        // `AB2C` is a name, and so is `x2`.
        let named = start > 0 && self.byte(start - 1).is_ascii_alphabetic();
        if start > 0 && matches!(self.byte(start - 1), b'.') {
            start -= 1;
        }
        if start > 0 && matches!(self.byte(start - 1), b'-' | b'+') && !(start > 1 && self.byte(start - 2).is_ascii_alphanumeric()) {
            start -= 1;
        }
        let mut at = self.at;
        let mut group = at;
        loop {
            match self.byte(at) {
                b'0'..=b'9' => at += 1,
                b'.' | b',' | b'/' if self.byte(at + 1).is_ascii_digit() => at += 1,
                // Thousands parted by blanks.
                b' ' if (1..=3).contains(&(at - group)) && self.is_group(at + 1) => {
                    at += 1;
                    group = at;
                }
                b'%' => {
                    at += 1;
                    break;
                }
                _ => break,
            }
        }
        self.at = at;
        if !named {
            self.seen.number = Some(start..at);
        }
    }

    /// Whether three digits stand here, and no fourth.
    fn is_group(&self, at: usize) -> bool {
        (0..3).all(|offset| self.byte(at + offset).is_ascii_digit()) && !self.byte(at + 3).is_ascii_alphanumeric()
    }
}

/// Whether only separators stand here; and if so, whether "or" is one.
fn separators(text: &str) -> Option<bool> {
    let mut or = false;
    // `\boxed{1} \text{ for the first and } \boxed{2}`: words inside of a formula, not the prose of a response.
    if text.contains("\\text{") && !text.contains(['$', '\n']) {
        let joins = |word: &str| text.split(|sign: char| !sign.is_alphabetic()).any(|part| part == word);
        if joins("and") || joins("or") {
            return Some(joins("or"));
        }
    }
    // A rule drawn between them: `++++`.
    let rule = text.trim_matches([' ', '\\']);
    if let Some(sign) = rule.chars().next()
        && matches!(sign, '+' | '-' | '=' | '*')
        && rule.len() >= 3
        && rule.chars().all(|other| other == sign)
    {
        return Some(false);
    }
    let words = text.split(|sign: char| {
        matches!(sign, ' ' | '\n' | '\t' | ',' | ';' | '$' | '.' | '{' | '}' | '\\' | '(' | ')' | '[' | ']' | '~' | '*' | '&')
    });
    for word in words.filter(|word| !word.is_empty()) {
        match word {
            "or" | "Or" => or = true,
            "and" | "text" | "quad" | "qquad" | "mbox" | "textbf" | "cup" | "mathrm" => {}
            _ => return None,
        }
    }
    // A line that ends between two boxes without a separator begins something else.
    let parted = or || text.contains([',', ';', '&']) || text.contains("and") || text.contains("cup");
    parted.then_some(or)
}

/// Without white space, emphasis and a full stop around it.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(part) = text.get(range.clone()) else { return range.start..range.start };
    let front = part.trim_start_matches([' ', '\t', '*', '_', ':', '\r', '`']);
    let start = range.end - front.len();
    let back = front.trim_end_matches([' ', '\t', '*', '\r', '`']).trim_end_matches('.').trim_end_matches([' ', '*']);
    start..start + back.len()
}
