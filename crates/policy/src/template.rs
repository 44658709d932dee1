//! Chat templates: messages to the text that a model was taught to continue, as Hugging Face's `apply_chat_template` renders them.
//!
//! Templates are Jinja2 as `transformers` sets it up: trimmed blocks, Python's string methods, `raise_exception`, `tojson` with Python's separators, `break` and
//! `continue`. `strftime_now` is not defined, since a prompt must not depend on the clock: templates that ask whether it is defined take their fixed date. Tools and
//! documents are always absent.

use minijinja::value::{Kwargs, Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::PolicyError;

/// The most instructions of one rendering: enough for conversations of ten thousand turns, and an end to templates that have none.
const FUEL: u64 = 20_000_000;
/// The deepest value that is written out.
const DEPTH: usize = 64;

/// One turn of a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who speaks: `system`, `user` or `assistant`.
    pub role: String,
    /// What they say.
    pub content: String,
}

impl Message {
    /// A turn of the user.
    pub fn user(content: impl Into<String>) -> Self {
        Self { role: "user".to_owned(), content: content.into() }
    }

    /// The prompt where there is no template: the contents, a blank line between two of them.
    pub fn plain(messages: &[Message]) -> String {
        messages.iter().map(|message| message.content.as_str()).collect::<Vec<_>>().join("\n\n")
    }
}

/// A chat template and the variables it sees beside the messages.
#[derive(Debug)]
pub struct ChatTemplate {
    environment: Environment<'static>,
    source: String,
    variables: BTreeMap<String, serde_json::Value>,
}

impl ChatTemplate {
    /// Reads a template. `variables` are what it sees beside `messages`: the special tokens as `bos_token`, `eos_token`.
    ///
    /// # Errors
    /// [`PolicyError::Template`] with the line where its syntax is wrong.
    pub fn new(source: String, variables: BTreeMap<String, serde_json::Value>) -> Result<Self, PolicyError> {
        let environment = environment();
        environment.template_from_named_str("chat_template", &source).map_err(template_error)?;
        Ok(Self { environment, source, variables })
    }

    /// Sets a variable that this template knows, such as Qwen3's `enable_thinking`.
    #[must_use]
    pub fn with_variable(mut self, name: impl Into<String>, value: serde_json::Value) -> Self {
        self.variables.insert(name.into(), value);
        self
    }

    /// The text of `messages`; `open_turn` (`add_generation_prompt` there) opens the assistant's.
    ///
    /// # Errors
    /// [`PolicyError::Template`] with the template's line: it refused the messages by `raise_exception`, used what is not there, or ran too long.
    pub fn render(&self, messages: &[Message], open_turn: bool) -> Result<String, PolicyError> {
        let mut context: BTreeMap<&str, Value> = BTreeMap::from([
            ("messages", Value::from_serialize(messages)),
            ("add_generation_prompt", Value::from(open_turn)),
            ("tools", Value::from(())),
            ("documents", Value::from(())),
        ]);
        context.extend(self.variables.iter().map(|(name, value)| (name.as_str(), Value::from_serialize(value))));
        let template = self.environment.template_from_named_str("chat_template", &self.source).map_err(template_error)?;
        template.render(context).map_err(template_error)
    }
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_trim_blocks(true);
    environment.set_lstrip_blocks(true);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
    environment.set_formatter(|out, _, value| {
        let mut text = String::new();
        print(value, &mut text)?;
        out.write_str(&text).map_err(Error::from)
    });
    environment.add_function("raise_exception", |message: String| -> Result<Value, Error> {
        Err(Error::new(ErrorKind::InvalidOperation, message))
    });
    environment.add_filter("tojson", to_json);
    environment
}

fn template_error(source: Error) -> PolicyError {
    let mut message = source.detail().map_or_else(|| source.kind().to_string(), str::to_owned);
    if matches!(source.kind(), ErrorKind::UnknownFunction) && message.contains("strftime_now") {
        message.push_str(" (there is no clock here: write the date into the template, or use `strftime_now is defined`)");
    }
    PolicyError::Template { line: source.line().unwrap_or(0), message, source }
}

/// What `{{ value }}` writes in Jinja2: `str(value)` of Python, nothing for an undefined one.
fn print(value: &Value, out: &mut String) -> Result<(), Error> {
    match value.kind() {
        ValueKind::Undefined => Ok(()),
        ValueKind::String => {
            out.push_str(value.as_str().unwrap_or_default());
            Ok(())
        }
        _ => write(value, &Form::REPR, 0, out),
    }
}

/// `json.dumps(value, ensure_ascii=.., indent=.., sort_keys=..)`, whose defaults in `transformers` are false, none, false.
#[expect(clippy::needless_pass_by_value, reason = "filters take their keywords by value")]
fn to_json(value: &Value, options: Kwargs) -> Result<String, Error> {
    let indent = options.get::<Option<usize>>("indent")?;
    let form = Form {
        json: true,
        indent,
        ascii: options.get::<Option<bool>>("ensure_ascii")?.unwrap_or(false),
        sorted: options.get::<Option<bool>>("sort_keys")?.unwrap_or(false),
    };
    options.assert_all_used()?;
    let mut text = String::new();
    write(value, &form, 0, &mut text)?;
    Ok(text)
}

/// How Python writes a value.
struct Form {
    /// As `json.dumps`, else as `repr`.
    json: bool,
    /// Spaces a level, on lines of their own; at most 64.
    indent: Option<usize>,
    /// Whether characters outside ASCII are escaped.
    ascii: bool,
    /// Whether keys are sorted.
    sorted: bool,
}

impl Form {
    const REPR: Self = Self { json: false, indent: None, ascii: false, sorted: false };

    /// What stands before an entry of a container (`first`, else a later one), or before its end (`None`).
    fn gap(&self, first: Option<bool>, level: usize, out: &mut String) {
        match (first, self.indent) {
            (Some(false), None) => out.push_str(", "),
            (Some(false), Some(_)) => out.push(','),
            _ => {}
        }
        if let Some(indent) = self.indent {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', indent.min(64) * level));
        }
    }
}

fn write(value: &Value, form: &Form, level: usize, out: &mut String) -> Result<(), Error> {
    if level > DEPTH {
        return Err(Error::new(ErrorKind::InvalidOperation, "value nested too deep to be written"));
    }
    match value.kind() {
        ValueKind::Undefined if form.json => return Err(Error::new(ErrorKind::BadSerialization, "undefined is not JSON")),
        ValueKind::Undefined => out.push_str("Undefined"),
        ValueKind::None => out.push_str(if form.json { "null" } else { "None" }),
        ValueKind::Bool => out.push_str(match (value.is_true(), form.json) {
            (true, true) => "true",
            (true, false) => "True",
            (false, true) => "false",
            (false, false) => "False",
        }),
        ValueKind::Number if value.is_integer() => out.push_str(&value.to_string()),
        ValueKind::Number => out.push_str(&float(f64::try_from(value.clone())?)),
        ValueKind::String => string(value.as_str().unwrap_or_default(), form, out),
        ValueKind::Seq | ValueKind::Iterable => {
            out.push('[');
            let mut first = true;
            for entry in value.try_iter()? {
                form.gap(Some(first), level + 1, out);
                write(&entry, form, level + 1, out)?;
                first = false;
            }
            if !first {
                form.gap(None, level, out);
            }
            out.push(']');
        }
        ValueKind::Map => map(value, form, level, out)?,
        other => return Err(Error::new(ErrorKind::BadSerialization, format!("{other} cannot be written"))),
    }
    Ok(())
}

fn map(value: &Value, form: &Form, level: usize, out: &mut String) -> Result<(), Error> {
    let mut keys: Vec<Value> = value.try_iter()?.collect();
    if form.sorted {
        keys.sort();
    }
    out.push('{');
    for (number, key) in keys.iter().enumerate() {
        form.gap(Some(number == 0), level + 1, out);
        match key.as_str() {
            None if form.json => {
                out.push('"');
                write(key, form, DEPTH, out)?;
                out.push('"');
            }
            _ => write(key, form, level + 1, out)?,
        }
        out.push_str(": ");
        write(&value.get_item(key)?, form, level + 1, out)?;
    }
    if !keys.is_empty() {
        form.gap(None, level, out);
    }
    out.push('}');
    Ok(())
}

/// A string in quotes: JSON's double ones; Python's single ones, double where it has single and no double ones.
fn string(text: &str, form: &Form, out: &mut String) {
    let quote = if form.json || (text.contains('\'') && !text.contains('"')) { '"' } else { '\'' };
    out.push(quote);
    for character in text.chars() {
        match character {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' if form.json => out.push_str("\\b"),
            '\u{c}' if form.json => out.push_str("\\f"),
            _ if character == quote => out.extend(['\\', quote]),
            '\0'..'\u{20}' | '\u{7f}' if !form.json => write!(out, "\\x{:02x}", u32::from(character)).expect("a string takes all"),
            '\0'..'\u{20}' => write!(out, "\\u{:04x}", u32::from(character)).expect("a string takes all"),
            _ if form.ascii && !character.is_ascii() => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}").expect("a string takes all");
                }
            }
            _ => out.push(character),
        }
    }
    out.push(quote);
}

/// Python's `repr` of a float: the shortest digits that read back the same; an exponent below 1e-4 and from 1e16 on.
fn float(number: f64) -> String {
    if !number.is_finite() {
        return if number.is_nan() { "NaN".to_owned() } else { format!("{}Infinity", if number < 0.0 { "-" } else { "" }) };
    }
    let shortest = format!("{number:e}");
    let (digits, exponent) = shortest.split_once('e').expect("the format has an exponent");
    let exponent: i32 = exponent.parse().expect("the format's exponent is a number");
    if number != 0.0 && !(-4..16).contains(&exponent) {
        return format!("{digits}e{}{:02}", if exponent < 0 { '-' } else { '+' }, exponent.abs());
    }
    let plain = format!("{number}");
    if plain.contains('.') { plain } else { plain + ".0" }
}

#[cfg(test)]
mod tests;
