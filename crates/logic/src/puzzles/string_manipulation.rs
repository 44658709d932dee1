//! Rewriting a string of the letters a, b and c by a list of rules until none applies or a string comes back.

use crate::config::{InvalidConfig, bounds};
use crate::generator::{Generate, Problem};
use crate::rng::Rng;
use crate::{Attribute, Category, Entry, Generator, Grade, InvalidEntry, Levels, Mode, Puzzle, scoring};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::collections::HashSet;

pub(crate) struct StringManipulation;

impl Puzzle for StringManipulation {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn category(&self) -> Category {
        Category::Algorithmic
    }

    fn summary(&self) -> &'static str {
        "Rewrite a string by a list of rules until nothing changes."
    }

    fn deltas(&self) -> &'static [&'static str] {
        &[
            "white space around the string does not matter, and an answer that contains it beside other text earns nothing",
            "the empty string is right where it is the solution; upstream gives it 0",
        ]
    }

    fn score(&self, answer: Option<&str>, entry: &Entry, mode: Mode) -> Result<Grade, InvalidEntry> {
        Ok(scoring::text(answer, entry.gold()?, mode))
    }

    fn generator(&self) -> Option<&dyn Generator> {
        Some(self)
    }
}

/// What a rule makes of a string; `None` where it does not apply.
struct Rule {
    text: &'static str,
    apply: fn(&str) -> Option<String>,
}

const RULES: [Rule; 20] = [
    Rule {
        text: "If the string begins with ab, replace these two letters by ca.",
        apply: |s| Some(format!("ca{}", s.strip_prefix("ab")?)),
    },
    Rule { text: "If the string ends with ac, replace these two letters by cb.", apply: |s| Some(format!("{}cb", s.strip_suffix("ac")?)) },
    Rule {
        text: "If the string begins with bc, remove these two letters and write aa at the end.",
        apply: |s| Some(format!("{}aa", s.strip_prefix("bc")?)),
    },
    Rule { text: "If the string ends with bb, remove these two letters.", apply: |s| s.strip_suffix("bb").map(str::to_owned) },
    Rule {
        text: "If the string begins with cb, replace these two letters by aa; then remove the last letter of the string if it is longer than two letters.",
        apply: |s| {
            let rest = s.strip_prefix("cb")?;
            Some(format!("aa{}", &rest[..rest.len().saturating_sub(1)]))
        },
    },
    Rule {
        text: "If the string begins with ca, replace these two letters by bb and write c at the end.",
        apply: |s| Some(format!("bb{}c", s.strip_prefix("ca")?)),
    },
    Rule {
        text: "If the string ends with cc, replace these two letters by b and write a at the beginning.",
        apply: |s| Some(format!("a{}b", s.strip_suffix("cc")?)),
    },
    Rule { text: "If the string begins with aa, remove the first letter.", apply: |s| s.starts_with("aa").then(|| s[1..].to_owned()) },
    Rule { text: "If abc occurs in the string, replace its first occurrence by cab.", apply: |s| replace_first(s, "abc", "cab") },
    Rule { text: "If bca occurs in the string, remove its first occurrence.", apply: |s| replace_first(s, "bca", "") },
    Rule { text: "If the string ends with ba, replace these two letters by ab.", apply: |s| Some(format!("{}ab", s.strip_suffix("ba")?)) },
    Rule { text: "If the string begins with cc, remove these two letters.", apply: |s| s.strip_prefix("cc").map(str::to_owned) },
    Rule { text: "If acb occurs in the string, replace its first occurrence by bca.", apply: |s| replace_first(s, "acb", "bca") },
    Rule { text: "If the string ends with ca, remove the last letter.", apply: |s| s.ends_with("ca").then(|| s[..s.len() - 1].to_owned()) },
    Rule { text: "If the string begins with bb, remove the second letter.", apply: |s| s.starts_with("bb").then(|| s[1..].to_owned()) },
    Rule { text: "If the string ends with aa, replace these two letters by cc.", apply: |s| Some(format!("{}cc", s.strip_suffix("aa")?)) },
    Rule {
        text: "If ca occurs in the string behind its first letter, remove the first such occurrence.",
        apply: |s| {
            let (first, rest) = s.split_at_checked(1)?;
            Some(format!("{first}{}", replace_first(rest, "ca", "")?))
        },
    },
    Rule {
        text: "If the number of b in the string is even and not 0, write ab at the end.",
        apply: |s| {
            let count = s.matches('b').count();
            (count > 0 && count.is_multiple_of(2)).then(|| format!("{s}ab"))
        },
    },
    Rule {
        text: "If the string has more than 15 letters, remove the middle one; of the two middle ones of an even number of letters, the second.",
        apply: |s| (s.len() > 15).then(|| format!("{}{}", &s[..s.len() / 2], &s[s.len() / 2 + 1..])),
    },
    Rule {
        text: "If the string begins with ac, replace these two letters by zz.",
        apply: |s| Some(format!("zz{}", s.strip_prefix("ac")?)),
    },
];

fn replace_first(text: &str, from: &str, to: &str) -> Option<String> {
    text.contains(from).then(|| text.replacen(from, to, 1))
}

#[derive(Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Config {
    min_string_length: usize,
    max_string_length: usize,
    min_num_rules: usize,
    max_num_rules: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { min_string_length: 5, max_string_length: 20, min_num_rules: 3, max_num_rules: 8 }
    }
}

impl Generate for StringManipulation {
    const NAME: &'static str = "string_manipulation";
    type Config = Config;
    const CURRICULUM: &'static [Attribute] = &[
        Attribute::interval("string_length", "min_string_length", "max_string_length", Levels::Ints(&[10, 50, 100, 500])),
        Attribute::interval("num_rules", "min_num_rules", "max_num_rules", Levels::Ints(&[3, 5, 10, 15, 20])),
    ];

    fn validate(config: &Config) -> Result<(), InvalidConfig> {
        bounds!(config, min_string_length, max_string_length, 5..=2000)?;
        bounds!(config, min_num_rules, max_num_rules, 3..=RULES.len())
    }

    fn generate(config: &Config, rng: &mut Rng) -> Option<Problem> {
        let length = rng.size(config.min_string_length, config.max_string_length);
        let string: String = (0..length).map(|_| char::from(b'a' + rng.below(3) as u8)).collect();
        let count = rng.size(config.min_num_rules, config.max_num_rules);
        let numbers: Vec<usize> = (0..RULES.len()).collect();
        let rules: Vec<&Rule> = rng.sample(&numbers, count).into_iter().map(|number| &RULES[number]).collect();
        // Upstream's scorer knows no empty solution.
        let solution = rewritten(&string, &rules).filter(|solution| !solution.is_empty())?;
        let list: Vec<String> = rules.iter().zip(1..).map(|(rule, number)| format!("{number}. {}", rule.text)).collect();
        Some(Problem {
            question: format!(
                "Rewrite a string by these rules:\n{}\n\nApply the first rule of the list that applies to the string, once; then look at the list from its top again with the \
                 new string. Stop when no rule applies. Stop as well when the new string is one that you had before: it does not count then, and the result is the \
                 string to which you applied the rule.\nAnswer with the resulting string alone.\n\nThe string: {string}",
                list.join("\n")
            ),
            answer: solution.clone(),
            metadata: json!({
                "string": string,
                "solution": solution,
                "selected_rules": rules.iter().map(|rule| rule.text).collect::<Vec<_>>(),
                "string_length": length,
                "num_rules": count,
                "difficulty": {
                    "string_length": [config.min_string_length, config.max_string_length],
                    "num_rules": [config.min_num_rules, config.max_num_rules],
                },
            }),
        })
    }
}

/// The last string that is new; `None` if there are too many before it.
fn rewritten(string: &str, rules: &[&Rule]) -> Option<String> {
    const MOST_STEPS: usize = 2500;
    let mut current = string.to_owned();
    let mut seen = HashSet::new();
    while seen.len() < MOST_STEPS {
        let next = rules.iter().find_map(|rule| (rule.apply)(&current));
        seen.insert(current.clone());
        match next {
            Some(next) if !seen.contains(&next) => current = next,
            _ => return Some(current),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check;

    #[test]
    fn holds_what_every_puzzle_must() {
        check::puzzle(&StringManipulation);
    }

    #[test]
    fn the_string_alone_is_right() {
        for (answer, parity, strict) in [("abc", 1.0, 1.0), (" abc\n", 0.6, 1.0), ("It is abc", 1.0 / 3.0, 0.0), ("ABC", 0.0, 0.0)] {
            check::score(&StringManipulation, answer, "abc", json!({}), [parity, strict]);
        }
        check::score(&StringManipulation, "", "", json!({}), [0.0, 1.0]);
    }

    #[test]
    fn every_rule_does_what_it_says() {
        let cases = [
            ("abc", "cac"),
            ("bac", "bcb"),
            ("bca", "aaa"),
            ("abb", "a"),
            ("cbab", "aaa"),
            ("cab", "bbbc"),
            ("acc", "aab"),
            ("aab", "ab"),
            ("babcabc", "bcababc"),
            ("abcabca", "abca"),
            ("ba", "ab"),
            ("ccc", "c"),
            ("acbacb", "bcaacb"),
            ("bca", "bc"),
            ("bba", "ba"),
            ("aa", "cc"),
            ("cacaca", "caca"),
            ("bb", "bbab"),
            ("aaaaaaaabaaaaaaa", "aaaaaaaaaaaaaaa"),
            ("aca", "zza"),
        ];
        for (rule, (before, after)) in RULES.iter().zip(cases) {
            assert_eq!((rule.apply)(before).as_deref(), Some(after), "{}", rule.text);
            assert_eq!((rule.apply)("z"), None, "{}", rule.text);
        }
        assert_eq!((RULES[4].apply)("cb").as_deref(), Some("aa"));
    }

    #[test]
    fn a_string_that_comes_back_does_not_count() {
        let rules = [&RULES[0], &Rule { text: "", apply: |s| Some(format!("ab{}", s.strip_prefix("ca")?)) }];
        assert_eq!(rewritten("abc", &rules).as_deref(), Some("cac"));
        assert_eq!(rewritten("b", &rules).as_deref(), Some("b"));
    }
}
