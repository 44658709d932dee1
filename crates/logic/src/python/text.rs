//! Python's `str`: white space and digits.

/// `text.strip()`: Unicode white space, and the four separators U+001C to U+001F that Rust leaves out.
pub(crate) fn strip(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// The content of the one Markdown fence that the text consists of, else the text.
pub(crate) fn unfenced(text: &str) -> &str {
    let inside = || {
        let body = strip(text).strip_prefix("```")?.strip_suffix("```")?;
        let (language, content) = body.split_once('\n')?;
        (language.chars().all(char::is_alphanumeric) && !content.contains("```")).then(|| strip(content))
    };
    inside().unwrap_or(text)
}

/// `text.split()`: the parts between white space.
pub(crate) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_space).filter(|part| !part.is_empty())
}

/// `text.splitlines()`, without the empty lines.
pub(crate) fn full_lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_line_end).filter(|line| !line.is_empty())
}

fn is_line_end(char: char) -> bool {
    matches!(char, '\n'..='\r' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// `char.isspace()`.
pub(crate) fn is_space(char: char) -> bool {
    char.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&char)
}

/// The value of a decimal digit of any script, as `int("٣")` reads it.
pub(crate) fn digit(char: char) -> Option<u32> {
    if char.is_ascii() {
        return char.to_digit(10);
    }
    let code = char as u32;
    let zero = ZEROS[..ZEROS.partition_point(|zero| *zero <= code)].last()?;
    Some(code - zero).filter(|value| *value < 10)
}

/// `text.isnumeric()`: every character has the property of being a number, which some ideographs have beside Unicode's numbers.
pub(crate) fn is_numeric(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|char| char.is_numeric() || NUMERIC_IDEOGRAPHS.contains(char))
}

/// The ideographs that have a numeric value in Unicode 14.
const NUMERIC_IDEOGRAPHS: &str = "㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零\u{f96b}\u{f973}\u{f978}\u{f9b2}\u{f9d1}\u{f9d3}\u{f9fd}\u{20001}\u{20064}\u{200e2}\u{20121}\u{2092a}\u{20983}\u{2098c}\u{2099c}\u{20aea}\u{20afd}\u{20b19}\u{22390}\u{22998}\u{23b1b}\u{2626d}\u{2f890}";

/// Code points of category Nd with value 0 in Unicode 14, that of Python 3.11; each script's ten digits follow one another.
#[rustfmt::skip]
const ZEROS: [u32; 66] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946,
    0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x11066, 0x110f0,
    0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce,
    0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_of_every_script() {
        assert_eq!(digit('7'), Some(7));
        assert_eq!(digit('٣'), Some(3));
        assert_eq!(digit('𝟙'), Some(1));
        assert_eq!(digit('½'), None);
        assert_eq!(digit('a'), None);
        assert_eq!(strip("\u{1f} x\u{a0}"), "x");
        assert_eq!(split(" a\u{1c}b\t\nc ").collect::<String>(), "abc");
        assert_eq!(full_lines("a b\r\n\nc\u{2028}\u{1f}").collect::<Vec<_>>(), ["a b", "c", "\u{1f}"]);
    }
}
