//! The text of an SVG document: escaping, the style all plots share, coordinates.

use std::fmt::Write as _;

/// Colours of Okabe and Ito (jfly.uni-koeln.de/color), told apart also by colour-blind people; on dark pages they stay readable.
pub(super) const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

const STYLE: &str = "text{font:12px sans-serif;fill:#222}.title{font-size:14px;font-weight:bold}.grid{stroke:#ddd}.axis{stroke:#666}\
.back{fill:#fff}.line{fill:none;stroke-width:1.6}.error{stroke:#222}\
@media(prefers-color-scheme:dark){text{fill:#ddd}.grid{stroke:#333}.axis{stroke:#999}.back{fill:#111}.error{stroke:#eee}}";

/// A document of this size in pixels around its content.
pub(super) fn document(width: f64, height: f64, title: &str, content: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{}</title>\n\
         <style>{STYLE}</style>\n<rect class=\"back\" width=\"{width}\" height=\"{height}\"/>\n{content}</svg>\n",
        escape(title)
    )
}

/// Content moved to a place.
pub(super) fn group(x: f64, y: f64, content: &str) -> String {
    format!("<g transform=\"translate({x:.1} {y:.1})\">\n{content}</g>\n")
}

/// Where a text is anchored.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// A text whose base line is at `y`.
pub(super) fn text(x: f64, y: f64, anchor: Anchor, content: &str) -> String {
    let anchor = match anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    format!("<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{}</text>\n", escape(content))
}

/// The title of a plot.
pub(super) fn title(x: f64, content: &str) -> String {
    format!("<text class=\"title\" x=\"{x:.1}\" y=\"18\">{}</text>\n", escape(content))
}

/// A straight line of a class.
pub(super) fn line(class: &str, from: (f64, f64), to: (f64, f64)) -> String {
    format!("<line class=\"{class}\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>\n", from.0, from.1, to.0, to.1)
}

/// A text as it may stand in XML 1.0: characters that must not are replaced.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The `d` of a path through points, broken where there is none.
pub(super) fn path(points: impl Iterator<Item = Option<(f64, f64)>>) -> String {
    let mut d = String::new();
    let mut drawing = false;
    for point in points {
        let Some((x, y)) = point else {
            drawing = false;
            continue;
        };
        let _ = write!(d, "{}{x:.1} {y:.1}", if drawing { 'L' } else { 'M' });
        drawing = true;
    }
    d
}

/// Fails unless every element is closed, in order, and every text and attribute is escaped.
#[cfg(test)]
#[track_caller]
pub(super) fn check_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        let (before, from) = rest.split_at(start);
        assert!(!before.contains('>'), "bare `>` in {before}");
        for reference in before.split('&').skip(1) {
            assert!(["amp;", "lt;", "gt;", "quot;"].iter().any(|known| reference.starts_with(known)), "bare `&` in {before}");
        }
        let (tag, after) = from[1..].split_once('>').expect("the tag ends");
        assert!(!tag.contains('<') && tag.matches('"').count() % 2 == 0, "{tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().expect("a name"));
        }
        rest = after;
    }
    assert!(open.is_empty() && rest.trim().is_empty());
    assert!(!xml.contains("NaN") && !xml.contains("inf"), "every coordinate is a number");
    assert!(xml.chars().all(|c| c >= ' ' || c == '\n'));
}
