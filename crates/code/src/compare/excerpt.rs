//! Shows part of an output to people: bounded, in one line, with nothing invisible in it.

use super::char_start;

/// At most `max_bytes` of `line` around the byte offset `focus`, with `…` for what is cut and escapes for what cannot be seen: control characters,
/// white space other than a space, zero-width and bidirectional marks, bytes that are not UTF-8.
///
/// Reads at most `max_bytes` on either side of the focus.
pub(crate) fn excerpt(line: &[u8], focus: usize, max_bytes: usize) -> String {
    const MARK: &str = "…";
    let focus = focus.min(line.len());
    // A third of the room, and what the text after the focus leaves free, goes to the text before it.
    let room = max_bytes.saturating_sub(2 * MARK.len());
    let before = pieces(&line[char_start(line, focus.saturating_sub(room))..focus]);
    let after = pieces(&line[focus..char_start(line, line.len().min(focus + room)).max(focus)]);
    let after_width: usize = after.iter().map(String::len).sum();
    let kept_before = fitting(before.iter().rev(), room - after_width.min(room - room / 3));
    let before_shown = &before[before.len() - kept_before..];
    let before_width: usize = before_shown.iter().map(String::len).sum();
    let kept_after = fitting(after.iter(), room - before_width);
    let mut shown = String::new();
    if focus > room || kept_before < before.len() {
        shown += MARK;
    }
    shown.extend(before_shown.iter().chain(&after[..kept_after]).map(String::as_str));
    if line.len() - focus > room || kept_after < after.len() {
        shown += MARK;
    }
    shown
}

/// How many of the first pieces fit into `room` bytes.
fn fitting<'a>(pieces: impl Iterator<Item = &'a String>, mut room: usize) -> usize {
    pieces
        .take_while(|piece| {
            let fits = piece.len() <= room;
            room = room.saturating_sub(piece.len());
            fits
        })
        .count()
}

/// One entry a character.
fn pieces(bytes: &[u8]) -> Vec<String> {
    let mut all = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        all.extend(chunk.valid().chars().map(visible));
        all.extend(chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")));
    }
    all
}

fn visible(c: char) -> String {
    let mut shown = String::new();
    match c {
        '\n' | '\r' | '\t' => shown.extend(c.escape_default()),
        ' ' => shown.push(c),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => shown.extend(c.escape_unicode()),
        _ if c.is_control() || c.is_whitespace() => shown.extend(c.escape_unicode()),
        _ => shown.push(c),
    }
    shown
}
