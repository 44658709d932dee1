//! The lines to show, as a pure function of what is known.

use std::collections::VecDeque;
use std::fmt::Write as _;

/// Values that a sparkline can show at most; older ones are forgotten.
const HISTORY: usize = 512;
const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The recent values of one metric.
#[derive(Debug, Clone, Default)]
pub struct Series {
    /// What it is called, such as `reward` or `tokens/s`.
    pub label: String,
    values: VecDeque<f64>,
}

impl Series {
    /// An empty series.
    pub fn new(label: impl Into<String>) -> Self {
        Self { label: label.into(), values: VecDeque::new() }
    }

    /// Adds the newest value; one that is not finite shows as a gap.
    pub fn push(&mut self, value: f64) {
        if self.values.len() == HISTORY {
            self.values.pop_front();
        }
        self.values.push_back(value);
    }

    /// The newest value.
    pub fn last(&self) -> Option<f64> {
        self.values.back().copied()
    }

    /// The newest values, one character each, from the lowest to the highest block of those shown.
    fn sparkline(&self, width: usize) -> String {
        let shown = self.values.iter().skip(self.values.len().saturating_sub(width));
        let finite = || shown.clone().copied().filter(|value| value.is_finite());
        let (low, high) = (finite().fold(f64::INFINITY, f64::min), finite().fold(f64::NEG_INFINITY, f64::max));
        let block = |value: &f64| match value {
            value if !value.is_finite() => ' ',
            _ if high <= low => BLOCKS[3],
            // Halved, so that the range of huge values stays finite.
            value => BLOCKS[((value / 2.0 - low / 2.0) / (high / 2.0 - low / 2.0) * 7.0).round().clamp(0.0, 7.0) as usize],
        };
        shown.clone().map(block).collect()
    }
}

/// What the view shows.
#[derive(Debug, Clone, Default)]
pub struct State {
    /// Steps that are done.
    pub step: u64,
    /// Steps of the whole run.
    pub steps: u64,
    /// What is going on, such as `generate`, `verify`, `update`, `validate`.
    pub phase: String,
    /// Time left in seconds, where it can be told.
    pub left_s: Option<f64>,
    /// One line each: reward, pass@1, entropy, KL, tokens/s.
    pub series: Vec<Series>,
    /// Whether to colour.
    pub colour: bool,
}

/// The lines of a terminal `width` columns wide; none of them is wider. The first one is the progress bar.
pub fn render(state: &State, width: usize) -> Vec<String> {
    let mut lines = vec![progress(state, width)];
    let labels = state.series.iter().map(|series| series.label.chars().count()).max().unwrap_or(0).min(16);
    for series in &state.series {
        let value = series.last().map_or_else(|| "-".to_owned(), number);
        let head = format!("{:labels$} {value:>9} ", cut(&series.label, labels));
        let room = width.saturating_sub(head.chars().count());
        let line = cut(&head, width);
        lines.push(format!("{line}{}", paint(&series.sparkline(room), "36", state.colour)));
    }
    lines
}

/// `step 12/100 ━━━━━───── 12 % generate, 3 min left`; the bar gives way first.
fn progress(state: &State, width: usize) -> String {
    let share = if state.steps == 0 { 0.0 } else { (state.step as f64 / state.steps as f64).min(1.0) };
    let head = format!("step {}/{} ", state.step, state.steps);
    let mut tail = format!(" {:.0} % {}", (share * 100.0).floor(), plain(&state.phase));
    if let Some(left_s) = state.left_s {
        let _ = write!(tail, ", {} left", duration(left_s));
    }
    let room = width.saturating_sub(head.chars().count() + tail.chars().count()).min(40);
    if room < 4 {
        return cut(&format!("{}{}", head.trim_end(), tail), width);
    }
    let full = (share * room as f64).floor() as usize;
    format!("{head}{}{}{tail}", paint(&"━".repeat(full), "32", state.colour), "─".repeat(room - full))
}

/// One plain line: `step 12/100 reward 0.41 entropy 1.2`.
pub(super) fn plain_line(state: &State) -> String {
    let mut line = format!("step {}/{}", state.step, state.steps);
    for series in &state.series {
        if let Some(value) = series.last() {
            let _ = write!(line, " {} {}", plain(&series.label), number(value));
        }
    }
    if let Some(left_s) = state.left_s {
        let _ = write!(line, ", {} left", duration(left_s));
    }
    line
}

/// Four significant digits, and never wider than nine characters.
fn number(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return if value.is_nan() { "NaN" } else { "infinite" }.to_owned();
    }
    if size != 0.0 && !(1e-3..1e6).contains(&size) {
        return format!("{value:.1e}");
    }
    let decimals = if size >= 100.0 { 0 } else { 3 - size.max(1.0).log10().floor() as usize };
    let text = format!("{value:.decimals$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// Two units at most: `45 s`, `3 min 5 s`, `2 h 10 min`.
fn duration(seconds: f64) -> String {
    // The cast saturates, and NaN is 0.
    let seconds = seconds.ceil() as u64;
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, min, s) => format!("{min} min {s} s"),
        (h, min, _) => format!("{h} h {min} min"),
    }
}

/// Without control characters, which could move the cursor.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// The first characters. Labels and phases are the project's own and one column a character.
fn cut(text: &str, width: usize) -> String {
    plain(text).chars().take(width).collect()
}

fn paint(text: &str, code: &str, colour: bool) -> String {
    if colour && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state() -> State {
        let series = |label: &str, values: &[f64]| {
            let mut series = Series::new(label);
            values.iter().for_each(|value| series.push(*value));
            series
        };
        State {
            step: 12,
            steps: 100,
            phase: "generate".to_owned(),
            left_s: Some(184.2),
            series: vec![
                series("reward", &[0.0, 0.1, 0.2, f64::NAN, 0.41]),
                series("tokens/s", &[1234.5]),
                series("pass@1", &[]),
                series("kl", &[1e-5, 2e-5]),
            ],
            colour: false,
        }
    }

    #[track_caller]
    fn check(width: usize, expect: &[&str]) {
        assert_eq!(render(&state(), width), expect);
    }

    #[test]
    fn lines_at_several_widths() {
        check(
            80,
            &[
                "step 12/100 ━━━━────────────────────────────────── 12 % generate, 3 min 5 s left",
                "reward        0.41 ▁▃▄ █",
                "tokens/s      1234 ▄",
                "pass@1           - ",
                "kl          2.0e-5 ▁█",
            ],
        );
        check(
            40,
            &[
                "step 12/100 12 % generate, 3 min 5 s lef",
                "reward        0.41 ▁▃▄ █",
                "tokens/s      1234 ▄",
                "pass@1           - ",
                "kl          2.0e-5 ▁█",
            ],
        );
        check(
            21,
            &["step 12/100 12 % gene", "reward        0.41  ▄", "tokens/s      1234 ▄", "pass@1           - ", "kl          2.0e-5 ▁█"],
        );
        check(0, &["", "", "", "", ""]);
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let mut state = state();
        state.series.iter_mut().for_each(|series| (0..2000).for_each(|n| series.push(f64::from(n).sin() * 1e300)));
        for width in 0..300 {
            for line in render(&state, width) {
                assert!(line.chars().count() <= width, "{width}: {line}");
            }
        }
    }

    #[test]
    fn colour_only_when_asked_and_no_control_characters_from_outside() {
        let mut state = state();
        state.phase = "ev\x1b[2Jil\n".to_owned();
        assert!(!render(&state, 80).concat().contains('\x1b'));
        state.colour = true;
        assert!(render(&state, 80)[1].ends_with("\x1b[36m▁▃▄ █\x1b[0m"));
    }

    #[test]
    fn plain_lines_say_the_newest_values() {
        assert_eq!(plain_line(&state()), "step 12/100 reward 0.41 tokens/s 1234 kl 2.0e-5, 3 min 5 s left");
    }

    #[test]
    fn durations_and_numbers_are_short() {
        for (seconds, expect) in [(0.0, "0 s"), (59.5, "1 min 0 s"), (7800.0, "2 h 10 min"), (f64::NAN, "0 s")] {
            assert_eq!(duration(seconds), expect);
        }
        for (value, expect) in
            [(0.0, "0"), (-0.5, "-0.5"), (123_456.0, "123456"), (12.345_6, "12.35"), (-1e300, "-1.0e300"), (f64::INFINITY, "infinite")]
        {
            assert_eq!(number(value), expect);
        }
    }
}
