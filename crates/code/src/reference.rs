//! What programs are judged by, in the shapes in which public datasets write it.

use crate::json;
use gavel_sandbox::{Language, Value};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::sync::Arc;

/// The tests of one problem.
///
/// In JSON, one of these objects, or a string that holds one (as Eurus-2 and verl write it), or an array of `{"input", "output"}`, or any of these
/// below `tests`:
/// - `{"inputs": [..], "outputs": [..]}`: standard input and output (Eurus-2, APPS, TACO). `input` and `output` mean the same (CodeContests).
/// - the same with `"fn_name": "f"`: calls of a function. An input is the array of arguments, or text with one JSON argument a line.
/// - `{"tests": [{"input": .., "output": ..}, ..], "fn_name"?}` (Codeforces, LiveCodeBench, whose `testtype` is accepted).
/// - `{"tests": ["assert f(1) == 2", ..], "setup"?}`, also as `test_list` with `test_setup_code` or `test_imports` (MBPP).
/// - `{"test": "def check(candidate): ..", "entry_point"?: "f"}` (HumanEval, LeetCode).
///
/// Each of the objects may name the `language` of the programs, or `lang`.
///
/// ```
/// use gavel_code::{Reference, Tests};
/// let reference: Reference = serde_json::from_str(r#"{"inputs": ["1 2"], "outputs": ["3"]}"#)?;
/// assert!(matches!(reference.tests, Tests::Scripts(tests) if tests.len() == 1));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// Its tests: at least one.
    pub tests: Tests,
    /// The language of the programs, where the dataset says it. It goes before the option of the same name.
    pub language: Option<Language>,
}

/// Tests of one kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Tests {
    /// The program is a script that reads and prints.
    Scripts(Vec<ScriptTest>),
    /// The program defines a function.
    Calls {
        /// Its name.
        function: String,
        /// What it is called with.
        tests: Vec<CallTest>,
    },
    /// The tests are programs.
    Code {
        /// Their sources, `setup` included.
        tests: Vec<Arc<str>>,
        /// The function that their `check` is called with, if it has to be called.
        entry_point: String,
    },
}

/// Standard input and the output expected for it.
#[derive(Clone, Debug, PartialEq)]
pub struct ScriptTest {
    /// Standard input.
    pub stdin: Arc<[u8]>,
    /// Expected standard output.
    pub expected: String,
}

/// A call's arguments and the value expected of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CallTest {
    /// The arguments as the dataset gives them.
    pub input: CallInput,
    /// The expected value.
    pub expected: Value,
}

/// A call's arguments.
#[derive(Clone, Debug, PartialEq)]
pub enum CallInput {
    /// A list of them.
    List(Vec<Value>),
    /// The values on the lines of a text; see [`Arguments`](crate::Arguments).
    Lines(Vec<Value>),
}

impl Tests {
    /// How many there are.
    pub fn len(&self) -> usize {
        match self {
            Self::Scripts(tests) => tests.len(),
            Self::Calls { tests, .. } => tests.len(),
            Self::Code { tests, .. } => tests.len(),
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The object as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(alias = "input")]
    inputs: Option<Vec<Box<RawValue>>>,
    #[serde(alias = "output")]
    outputs: Option<Vec<Box<RawValue>>>,
    #[serde(alias = "func_name")]
    fn_name: Option<String>,
    #[serde(alias = "test", alias = "test_list")]
    tests: Option<Box<RawValue>>,
    entry_point: Option<String>,
    #[serde(alias = "lang")]
    language: Option<Language>,
    #[serde(default, alias = "test_setup_code", alias = "test_imports")]
    setup: Option<Setup>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Setup {
    Text(String),
    Lines(Vec<String>),
}

/// One test of a list.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    input: Box<RawValue>,
    output: Box<RawValue>,
    #[serde(rename = "testtype")]
    _testtype: Option<String>,
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        Self::read(&raw, None, 0).map_err(serde::de::Error::custom)
    }
}

impl Reference {
    fn read(raw: &RawValue, function: Option<String>, depth: u32) -> Result<Self, String> {
        let text = raw.get().trim_start();
        let says = |error: serde_json::Error| error.to_string();
        match text.as_bytes().first() {
            Some(b'"') if depth < 2 => {
                let inner: String = serde_json::from_str(text).map_err(says)?;
                let inner: Box<RawValue> =
                    serde_json::from_str(&inner).map_err(|error| format!("the text in this string is not JSON: {error}"))?;
                Self::read(&inner, function, depth + 1)
            }
            Some(b'[') => Self::from_pairs(text, function),
            Some(b'{') => Self::from_object(serde_json::from_str(text).map_err(says)?, function, depth),
            _ => Err("expected an object with `inputs` and `outputs`, or with `tests`".to_owned()),
        }
    }

    fn from_object(written: Written, function: Option<String>, depth: u32) -> Result<Self, String> {
        let function = written.fn_name.or(function);
        let language = written.language;
        let tests = match (written.inputs, written.outputs, written.tests) {
            (Some(inputs), Some(outputs), None) => from_columns(&inputs, &outputs, function)?,
            (Some(_), None, _) => return Err("`outputs` is missing beside `inputs`".to_owned()),
            (None, Some(_), _) => return Err("`inputs` is missing beside `outputs`".to_owned()),
            (Some(_), Some(_), Some(_)) => return Err("there are both `inputs` and `tests`: give one of them".to_owned()),
            (None, None, None) => return Err("there are neither `inputs` and `outputs` nor `tests`".to_owned()),
            (None, None, Some(tests)) => {
                let text = tests.get().trim_start();
                let holds_objects = text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with('{'));
                if (text.starts_with('{') || holds_objects) && depth < 2 {
                    let inner = Self::read(&tests, function, depth + 1)?;
                    return Ok(Self { language: language.or(inner.language), ..inner });
                }
                from_code(&tests, written.setup, written.entry_point)?
            }
        };
        if tests.is_empty() { Err("there are no tests".to_owned()) } else { Ok(Self { tests, language }) }
    }

    fn from_pairs(text: &str, function: Option<String>) -> Result<Self, String> {
        let pairs: Vec<Pair> = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let (inputs, outputs): (Vec<_>, Vec<_>) = pairs.into_iter().map(|pair| (pair.input, pair.output)).unzip();
        let tests = from_columns(&inputs, &outputs, function)?;
        if tests.is_empty() { Err("there are no tests".to_owned()) } else { Ok(Self { tests, language: None }) }
    }
}

fn from_columns(inputs: &[Box<RawValue>], outputs: &[Box<RawValue>], function: Option<String>) -> Result<Tests, String> {
    if inputs.len() != outputs.len() {
        return Err(format!("`inputs` has {} entries and `outputs` has {}: they must be as many", inputs.len(), outputs.len()));
    }
    let pairs = inputs.iter().zip(outputs).enumerate();
    Ok(match function {
        Some(function) => {
            Tests::Calls { function, tests: pairs.map(|(at, (input, output))| call_test(at, input, output)).collect::<Result<_, _>>()? }
        }
        None => Tests::Scripts(
            pairs
                .map(|(at, (input, output))| {
                    let stdin = text(input).map_err(|error| format!("`inputs[{at}]`: {error}"))?;
                    let expected = text(output).map_err(|error| format!("`outputs[{at}]`: {error}"))?;
                    Ok(ScriptTest { stdin: stdin.into_bytes().into(), expected })
                })
                .collect::<Result<_, String>>()?,
        ),
    })
}

/// Text, or lines of it.
fn text(raw: &RawValue) -> Result<String, String> {
    match json::value(raw)? {
        Value::Str(text) => Ok(text),
        Value::List(lines) => {
            let lines: Option<Vec<String>> =
                lines.into_iter().map(|line| if let Value::Str(line) = line { Some(line) } else { None }).collect();
            lines.map(|lines| lines.join("\n")).ok_or_else(|| "expected text, or an array of lines of text".to_owned())
        }
        _ => Err("expected text, or an array of lines of text (for a function's arguments, name the function in `fn_name`)".to_owned()),
    }
}

fn call_test(at: usize, input: &RawValue, output: &RawValue) -> Result<CallTest, String> {
    let named = |error: String| format!("`inputs[{at}]`: {error}");
    let expected = json::value(output).map_err(|error| format!("`outputs[{at}]`: {error}"))?;
    match json::value(input).map_err(named)? {
        Value::List(arguments) => Ok(CallTest { input: CallInput::List(arguments), expected }),
        Value::Str(text) => {
            let lines = text.lines().filter(|line| !line.trim().is_empty()).map(json::parse).collect::<Result<_, _>>().map_err(named)?;
            // Where arguments are JSON in text, so is what is expected; text that is not JSON stands for itself.
            let expected = match expected {
                Value::Str(text) => json::parse(&text).unwrap_or(Value::Str(text)),
                other => other,
            };
            Ok(CallTest { input: CallInput::Lines(lines), expected })
        }
        _ => Err(named("expected an array of arguments, or text with one JSON argument a line".to_owned())),
    }
}

fn from_code(tests: &RawValue, setup: Option<Setup>, entry_point: Option<String>) -> Result<Tests, String> {
    let setup = match setup {
        None => String::new(),
        Some(Setup::Text(text)) => text,
        Some(Setup::Lines(lines)) => lines.join("\n"),
    };
    let sources = match json::value(tests)? {
        Value::Str(source) => vec![Value::Str(source)],
        Value::List(sources) => sources,
        _ => return Err("`tests`: expected source text, an array of it, or `{\"inputs\", \"outputs\"}`".to_owned()),
    };
    let tests = sources
        .into_iter()
        .enumerate()
        .map(|(at, source)| match source {
            Value::Str(source) if setup.is_empty() => Ok(source.into()),
            Value::Str(source) => Ok(format!("{setup}\n{source}").into()),
            _ => Err(format!("`tests[{at}]`: expected source text")),
        })
        .collect::<Result<_, _>>()?;
    Ok(Tests::Code { tests, entry_point: entry_point.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Tests, String> {
        serde_json::from_str::<Reference>(json).map(|reference| reference.tests).map_err(|error| error.to_string())
    }

    #[track_caller]
    fn script(json: &str, stdin: &str, expected: &str) {
        let Ok(Tests::Scripts(tests)) = read(json) else { panic!("{:?}", read(json)) };
        assert_eq!((&*tests[0].stdin, tests[0].expected.as_str()), (stdin.as_bytes(), expected));
    }

    #[test]
    fn the_shapes_of_public_datasets_are_read() {
        script(r#"{"inputs": ["1"], "outputs": ["2"]}"#, "1", "2");
        script(r#""{\"inputs\": [\"1\"], \"outputs\": [\"2\"]}""#, "1", "2");
        script(r#"{"input": ["1"], "output": ["2"]}"#, "1", "2");
        script(r#"{"tests": {"inputs": ["1"], "outputs": ["2"]}}"#, "1", "2");
        script(r#"[{"input": "1", "output": "2", "testtype": "stdin"}]"#, "1", "2");
        script(r#"{"tests": [{"input": "1", "output": "2"}]}"#, "1", "2");
        script(r#"{"inputs": [["1", "2"]], "outputs": [["3"]]}"#, "1\n2", "3");
    }

    #[test]
    fn arguments_are_lists_or_lines() {
        let Ok(Tests::Calls { function, tests }) = read(r#"{"fn_name": "f", "inputs": [[1, [2]], "3\n\"x\""], "outputs": [5, "[1]"]}"#)
        else {
            panic!()
        };
        assert_eq!(function, "f");
        assert_eq!(tests[0].input, CallInput::List(vec![Value::Int(1), Value::List(vec![Value::Int(2)])]));
        assert_eq!(tests[1].input, CallInput::Lines(vec![Value::Int(3), Value::Str("x".into())]));
        assert_eq!(tests[1].expected, Value::List(vec![Value::Int(1)]));
    }

    #[test]
    fn tests_that_are_code_take_their_setup() {
        let Ok(Tests::Code { tests, .. }) = read(r#"{"test_list": ["assert f(1)"], "test_imports": ["import math"]}"#) else { panic!() };
        assert_eq!(&*tests[0], "import math\nassert f(1)");
        let Ok(Tests::Code { entry_point, .. }) = read(r#"{"test": "def check(c): pass", "entry_point": "f"}"#) else { panic!() };
        assert_eq!(entry_point, "f");
    }

    #[test]
    fn the_language_may_be_said_at_any_level() {
        let language = |json: &str| serde_json::from_str::<Reference>(json).map(|reference| reference.language).unwrap();
        assert_eq!(language(r#"{"inputs": ["1"], "outputs": ["2"]}"#), None);
        assert_eq!(language(r#"{"inputs": ["1"], "outputs": ["2"], "language": "C++17"}"#), Some(Language::Cpp));
        assert_eq!(language(r#"{"tests": {"inputs": ["1"], "outputs": ["2"]}, "lang": "js"}"#), Some(Language::JavaScript));
        assert_eq!(language(r#"{"tests": {"inputs": ["1"], "outputs": ["2"], "language": "node"}}"#), Some(Language::JavaScript));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (json, says) in [
            ("{}", "neither `inputs` and `outputs` nor `tests`"),
            (r#"{"inputs": ["1"]}"#, "`outputs` is missing"),
            (r#"{"inputs": ["1"], "outputs": []}"#, "must be as many"),
            (r#"{"inputs": [], "outputs": []}"#, "no tests"),
            (r#"{"inputs": [1], "outputs": ["1"]}"#, "`inputs[0]`"),
            (r#"{"inputs": ["1"], "outputs": ["1"], "oops": 1}"#, "unknown field `oops`"),
            (r#"{"fn_name": "f", "inputs": ["[1"], "outputs": [1]}"#, "`inputs[0]`"),
            (r#""not json""#, "not JSON"),
            (r#"{"inputs": ["1"], "outputs": ["1"], "language": "cobol"}"#, "no language `cobol`"),
            ("3", "expected an object"),
            (r#"{"tests": [1]}"#, "`tests[0]`"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(says), "{json}: {error}");
        }
    }
}
