//! Rows of a text as Python's `csv.reader` reads them from its lines: not strict, double quotes doubled, no escape character.
//!
//! After CPython 3.11 `Modules/_csv.c` (its documentation and behaviour; PSF licence). Nothing is converted.

/// What `csv.reader` raises for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub(crate) enum CsvError {
    /// A line break within a line, outside quotes.
    #[error("a line break stands in a field without quotes")]
    LineBreak,
    /// More than 131 072 characters in one field.
    #[error("a field is longer than {MAX_FIELD} characters")]
    Field,
}

const MAX_FIELD: usize = 131_072;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Record,
    Field,
    Inside,
    Quoted,
    QuoteInQuoted,
    LineEnd,
}

/// The rows of a text whose lines end with `\n`, as `io.StringIO(text)` gives them; an empty line is a row without fields.
pub(crate) fn rows(text: &str, delimiter: char) -> Result<Vec<Vec<String>>, CsvError> {
    let mut reader = Reader { delimiter, state: State::Record, field: String::new(), characters: 0, row: Vec::new() };
    let mut rows = Vec::new();
    for line in text.split_inclusive('\n') {
        for c in line.chars() {
            reader.step(Some(c))?;
        }
        reader.step(None)?;
        if reader.state == State::Record {
            rows.push(std::mem::take(&mut reader.row));
        }
    }
    if !reader.field.is_empty() || reader.state == State::Quoted {
        reader.save();
        rows.push(reader.row);
    }
    Ok(rows)
}

struct Reader {
    delimiter: char,
    state: State,
    field: String,
    characters: usize,
    row: Vec<String>,
}

impl Reader {
    /// One character, or the end of a line.
    fn step(&mut self, c: Option<char>) -> Result<(), CsvError> {
        let ends = matches!(c, None | Some('\n' | '\r'));
        let after_end = if c.is_none() { State::Record } else { State::LineEnd };
        self.state = match (self.state, c) {
            (State::Record, _) if ends => after_end,
            (State::Record | State::Field, Some('"')) => State::Quoted,
            (State::Quoted, Some('"')) => State::QuoteInQuoted,
            (State::Quoted, None) => State::Quoted,
            (State::Quoted, Some(c)) => self.add(c, State::Quoted)?,
            (State::QuoteInQuoted, Some('"')) => self.add('"', State::Quoted)?,
            (State::LineEnd, None) => State::Record,
            (State::LineEnd, _) if ends => State::LineEnd,
            (State::LineEnd, _) => return Err(CsvError::LineBreak),
            (_, Some(c)) if c == self.delimiter => {
                self.save();
                State::Field
            }
            (_, Some(c)) if !ends => self.add(c, State::Inside)?,
            _ => {
                self.save();
                after_end
            }
        };
        Ok(())
    }

    fn add(&mut self, c: char, state: State) -> Result<State, CsvError> {
        if self.characters >= MAX_FIELD {
            return Err(CsvError::Field);
        }
        self.characters += 1;
        self.field.push(c);
        Ok(state)
    }

    fn save(&mut self) {
        self.row.push(std::mem::take(&mut self.field));
        self.characters = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: &[&[&str]]) {
        assert_eq!(rows(text, ',').unwrap(), expect);
    }

    #[test]
    fn rows_follow_python() {
        check("a,b\n\n\"c,\"\"d\"\"\",e\n", &[&["a", "b"], &[], &["c,\"d\"", "e"]]);
        check("\"a\"b,c\"d\"", &[&["ab", "c\"d\""]]);
        check("\"a\nb\",c\r\n\"open\n", &[&["a\nb", "c"], &["open\n"]]);
        check("a,\n,", &[&["a", ""], &["", ""]]);
        assert_eq!(rows("a\rb", ','), Err(CsvError::LineBreak));
        assert_eq!(rows(&"x".repeat(MAX_FIELD + 1), ','), Err(CsvError::Field));
    }
}
