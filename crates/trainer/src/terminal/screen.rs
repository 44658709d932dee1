//! Draws lines over their predecessors on a terminal, and writes plain lines where there is none.

use super::view::{State, plain_line, render};
use std::io::{self, IsTerminal, Write};

/// Columns of the terminal that stderr is; `None` where it is none.
pub fn stderr_width() -> Option<usize> {
    let stderr = io::stderr();
    if !stderr.is_terminal() {
        return None;
    }
    // Terminals that do not know their size say 0.
    let columns = rustix::termios::tcgetwinsize(&stderr).map_or(0, |size| usize::from(size.ws_col));
    Some(if columns == 0 { 80 } else { columns })
}

/// A few lines of a terminal that are redrawn in place. The cursor is hidden meanwhile and shown again when this is dropped, also while a panic unwinds.
///
/// Nothing else may write to the terminal between two draws without [`Screen::clear`] before it.
#[derive(Debug)]
pub struct Screen<W: Write> {
    out: W,
    /// Widths in columns of the lines on the terminal; the cursor is at the start of the line below.
    drawn: Vec<usize>,
    hidden: bool,
}

impl<W: Write> Screen<W> {
    /// A view that writes to a terminal.
    pub fn new(out: W) -> Self {
        Self { out, drawn: Vec::new(), hidden: false }
    }

    /// Replaces what was drawn. `width` is the width of now: lines that a narrower terminal has wrapped are counted as the rows that they take.
    ///
    /// # Errors
    /// When the terminal cannot be written.
    pub fn draw(&mut self, state: &State, width: usize) -> io::Result<()> {
        // The last column stays free: some terminals wrap when it is filled.
        let width = width.max(1);
        let lines = render(state, width - 1);
        // One write between the marks of a synchronised update, and each line is overwritten before its rest is cleared, so that nothing flickers.
        let mut frame = String::from("\x1b[?2026h\x1b[?25l");
        frame += &self.up(width);
        for line in &lines {
            frame += line;
            frame += "\x1b[K\r\n";
        }
        frame += "\x1b[J\x1b[?2026l";
        self.drawn = lines.iter().map(|line| columns(line)).collect();
        self.hidden = true;
        self.out.write_all(frame.as_bytes())?;
        self.out.flush()
    }

    /// Removes what was drawn, so that something else can be written.
    ///
    /// # Errors
    /// When the terminal cannot be written.
    pub fn clear(&mut self, width: usize) -> io::Result<()> {
        let frame = format!("{}\x1b[J", self.up(width.max(1)));
        self.drawn.clear();
        self.out.write_all(frame.as_bytes())?;
        self.out.flush()
    }

    /// Moves the cursor to the first row of what was drawn.
    fn up(&self, width: usize) -> String {
        let rows: usize = self.drawn.iter().map(|columns| columns.div_ceil(width).max(1)).sum();
        if rows == 0 { String::new() } else { format!("\r\x1b[{rows}A") }
    }
}

impl<W: Write> Drop for Screen<W> {
    fn drop(&mut self) {
        if self.hidden {
            // The terminal may be gone; there is nobody to tell.
            let _ = self.out.write_all(b"\x1b[?25h").and_then(|()| self.out.flush());
        }
    }
}

/// Columns of a line without its colours.
fn columns(line: &str) -> usize {
    let mut inside = false;
    let mut count = 0;
    for c in line.chars() {
        match c {
            '\x1b' => inside = true,
            'm' if inside => inside = false,
            _ if !inside => count += 1,
            _ => {}
        }
    }
    count
}

/// Plain lines at a steady rate, for files and pipes.
#[derive(Debug)]
pub struct PlainLines<W: Write> {
    out: W,
    every_s: f64,
    last: Option<(f64, u64)>,
}

impl<W: Write> PlainLines<W> {
    /// At most one line in `every_s` seconds, but for the first and the last step.
    pub fn new(out: W, every_s: f64) -> Self {
        Self { out, every_s, last: None }
    }

    /// Writes a line if a step was done and it is time for one. `now_s` is any clock that does not go back.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn draw(&mut self, state: &State, now_s: f64) -> io::Result<()> {
        let due =
            self.last.is_none_or(|(then_s, step)| step != state.step && (state.step == state.steps || now_s - then_s >= self.every_s));
        if !due {
            return Ok(());
        }
        self.last = Some((now_s, state.step));
        writeln!(self.out, "{}", plain_line(state))?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Series;
    use super::*;
    use std::panic::{AssertUnwindSafe, catch_unwind};

    fn state(step: u64) -> State {
        let mut series = Series::new("reward");
        series.push(0.5);
        State { step, steps: 4, phase: "update".to_owned(), series: vec![series], ..State::default() }
    }

    #[test]
    fn a_frame_replaces_the_one_before_row_by_row() {
        let mut out = Vec::new();
        let mut screen = Screen::new(&mut out);
        screen.draw(&state(1), 40).unwrap();
        // 39 and 18 columns were drawn on 40; on 10 columns they take 4 and 2 rows.
        screen.draw(&state(2), 10).unwrap();
        screen.clear(10).unwrap();
        drop(screen);
        let text = String::from_utf8(out).unwrap();
        let first = "\x1b[?2026h\x1b[?25lstep 1/4 ━━━━────────────── 25 % update\x1b[K\r\nreward       0.5 ▄\x1b[K\r\n\x1b[J\x1b[?2026l";
        let second = "\x1b[?2026h\x1b[?25l\r\x1b[6Astep 2/4 \x1b[K\r\nreward   \x1b[K\r\n\x1b[J\x1b[?2026l";
        assert_eq!(text, format!("{first}{second}\r\x1b[2A\x1b[J\x1b[?25h"));
    }

    #[test]
    fn the_cursor_comes_back_after_a_panic() {
        let mut out = Vec::new();
        let result = catch_unwind(AssertUnwindSafe(|| {
            let mut screen = Screen::new(&mut out);
            screen.draw(&state(1), 40).unwrap();
            panic!("the run failed");
        }));
        assert!(result.is_err() && out.ends_with(b"\x1b[?25h"));
    }

    #[test]
    fn plain_lines_come_at_a_steady_rate() {
        let mut out = Vec::new();
        let mut lines = PlainLines::new(&mut out, 10.0);
        for (step, now_s) in [(0, 0.0), (0, 20.0), (1, 25.0), (2, 26.0), (3, 36.0), (4, 36.5), (4, 90.0)] {
            lines.draw(&state(step), now_s).unwrap();
        }
        assert_eq!(String::from_utf8(out).unwrap(), "step 0/4 reward 0.5\nstep 1/4 reward 0.5\nstep 3/4 reward 0.5\nstep 4/4 reward 0.5\n");
    }
}
