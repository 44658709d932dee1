//! Whether a text is one emoji, as `emoji.is_emoji` of PyPI `emoji` 2.16.0 (BSD-3-Clause) has it. It does not search a text for emoji.

use std::collections::HashSet;
use std::sync::LazyLock;

static PACKED: &[u8] = include_bytes!("tables/emoji.z");
static EMOJI: LazyLock<HashSet<&'static str>> = LazyLock::new(|| super::tables::unpack(PACKED).lines().collect());

/// Whether the whole text is one emoji; sequences with joiners and modifiers count as one.
pub(crate) fn is_emoji(text: &str) -> bool {
    !text.is_ascii() && EMOJI.contains(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_emoji_is_one_entry_of_the_table() {
        for (text, expect) in [("😀", true), ("👩‍🚀", true), ("🅰\u{fe0f}", true), ("🅰", true), ("😀😀", false), ("1", false), ("", false)]
        {
            assert_eq!(is_emoji(text), expect, "{text}");
        }
    }
}
