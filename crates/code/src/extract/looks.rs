//! Whether a line of text reads like a language. This only tells "no program" from "a program that does not compile".

use gavel_sandbox::Language;

pub(super) fn like(language: Language, line: &str) -> bool {
    match language {
        Language::Python => like_python(line),
        Language::JavaScript => like_javascript(line),
        _ => like_c(line),
    }
}

fn like_javascript(line: &str) -> bool {
    let line = line.trim();
    let (word, rest) = line.split_at(line.find(|c: char| !is_name_char(c)).unwrap_or(line.len()));
    let declares = match word {
        "const" | "let" | "var" => rest.contains('=') || rest.ends_with(';'),
        "function" => rest.contains('('),
        "class" => rest.trim_end().ends_with('{') || rest.contains('}'),
        "import" => rest.contains(" from ") && rest.contains(['\'', '"']),
        _ => false,
    };
    declares || ["require(", "console.", "process.", "=>"].iter().any(|part| line.contains(part))
}

fn like_c(line: &str) -> bool {
    let line = line.trim();
    line.starts_with("#include") || line.starts_with("using namespace ") || line.contains(" main(")
}

fn like_python(line: &str) -> bool {
    let is_indented = line.starts_with([' ', '\t']);
    let line = line.trim();
    let word_end = line.find(|c: char| !is_name_char(c)).unwrap_or(line.len());
    let (word, rest) = line.split_at(word_end);
    let keyword_line = match word {
        "import" => rest.starts_with(' ') && rest.split(',').all(is_imported_name),
        "from" => rest.split_whitespace().nth(1) == Some("import"),
        "def" | "class" => rest.starts_with(' ') && rest.contains(['(', ':']),
        "async" => rest.trim_start().starts_with("def "),
        "for" => rest.contains(" in ") && rest.contains(':'),
        "while" | "if" | "with" | "try" => rest.contains(':'),
        "print" => rest.starts_with('('),
        "return" => is_indented,
        "" => line.strip_prefix('@').is_some_and(|name| name.starts_with(is_name_char)),
        _ => false,
    };
    keyword_line || is_assignment(line) || line.contains("input()")
}

/// `name` or `name as other`.
fn is_imported_name(part: &str) -> bool {
    let mut words = part.split_whitespace();
    let is_path = |word: Option<&str>| word.is_some_and(|word| word.chars().all(|c| is_name_char(c) || c == '.'));
    is_path(words.next()) && (words.next().is_none_or(|word| word == "as" && is_path(words.next()))) && words.next().is_none()
}

/// `name = …`, `a, b = …`, `a[i] += …`, `name: int = …`.
fn is_assignment(line: &str) -> bool {
    let Some((targets, value)) = line.split_once('=') else { return false };
    let targets = targets.trim_end_matches(['+', '-', '*', '/', '%', '&', '|', '^']);
    let targets = targets.split_once(':').map_or(targets, |(name, _annotation)| name);
    let is_target = |target: &str| {
        let target = target.trim();
        target.starts_with(|c: char| is_name_char(c) && !c.is_ascii_digit())
            && target.chars().all(|c| is_name_char(c) || matches!(c, '.' | '[' | ']' | '-'))
    };
    !value.is_empty() && !value.starts_with('=') && targets.split(',').all(is_target)
}

fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}
