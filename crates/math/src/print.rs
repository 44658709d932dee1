//! Writes an answer in LaTeX, in several spellings: for explaining verdicts, and for the law that reading what was printed gives the same answer.
//!
//! The law holds for answers that were read, with three exceptions: a text that holds a formula in prose may come back as the formula, a fraction
//! that is not in lowest terms comes back as another such fraction of the same value,
//! and a value that was computed while reading (`25 \cdot 25`) comes back as a number. Nothing is simplified or rearranged.
//!
//! ```
//! use gavel_math::print::{Fractions, Style, print};
//! use gavel_math::read::read;
//!
//! let answer = read("x = 1/2")?;
//! assert_eq!(print(&answer, &Style::default()), r"x = \frac{1}{2}");
//! assert_eq!(read(&print(&answer, &Style { fractions: Fractions::Slash, dollars: true, ..Style::default() }))?, answer);
//! # Ok::<(), gavel_math::read::ReadError>(())
//! ```

mod expression;
mod scalar;

use crate::answer::{Answer, Bracket, NamedSet, Part, Relator, Separator, SetOperation, Sign};

/// How fractions are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Fractions {
    /// `\frac{1}{2}`
    #[default]
    Frac,
    /// `\dfrac{1}{2}`
    Dfrac,
    /// `1/2`
    Slash,
}

/// A way of writing answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// How fractions are written.
    pub fractions: Fractions,
    /// Whether blanks stand around operators and behind commas.
    pub spaces: bool,
    /// Whether brackets grow: `\left( .. \right)`.
    pub growing: bool,
    /// Whether the whole stands between dollars.
    pub dollars: bool,
    /// Whether units are `\text{..}`, not `\mathrm{..}`.
    pub text_units: bool,
}

impl Default for Style {
    fn default() -> Self {
        Self { fractions: Fractions::Frac, spaces: true, growing: false, dollars: false, text_units: true }
    }
}

/// The answer in a style.
pub fn print(answer: &Answer, style: &Style) -> String {
    let mut printer = Printer { style: *style, out: String::new() };
    printer.answer(answer);
    if style.dollars { format!("${}$", printer.out) } else { printer.out }
}

struct Printer {
    style: Style,
    out: String,
}

impl Printer {
    fn push(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// An operator, with blanks around it where the style or a command's name needs them.
    fn operator(&mut self, sign: &str) {
        if self.style.spaces {
            self.push(" ");
            self.push(sign);
            self.push(" ");
        } else {
            self.push(sign);
            if sign.starts_with('\\') {
                self.push(" ");
            }
        }
    }

    fn open(&mut self, bracket: &str) {
        if self.style.growing {
            self.push("\\left");
        }
        self.push(bracket);
        if bracket.starts_with('\\') && bracket.len() > 2 {
            self.push(" ");
        }
    }

    fn close(&mut self, bracket: &str) {
        if self.style.growing {
            self.push("\\right");
        }
        self.push(bracket);
    }

    fn listed(&mut self, items: &[Answer], separator: &str) {
        for (at, item) in items.iter().enumerate() {
            // The blank stays in every style: `1,625` is a number.
            if at > 0 {
                self.push(separator);
                self.push(" ");
            }
            self.answer(item);
        }
    }

    /// Items of a bracket: lists among them need the stronger separator.
    fn items(&mut self, items: &[Answer]) {
        let nested = items.iter().any(|item| matches!(item, Answer::List { .. }));
        self.listed(items, if nested { ";" } else { "," });
    }

    fn answer(&mut self, answer: &Answer) {
        match answer {
            Answer::Quantity(quantity) => self.quantity(quantity),
            Answer::Relation(relation) => {
                for (at, term) in relation.terms.iter().enumerate() {
                    if let Some(sign) = at.checked_sub(1).and_then(|before| relation.signs.get(before)) {
                        self.operator(relator(*sign));
                    }
                    self.answer(term);
                }
                if let Some(modulus) = &relation.modulus {
                    self.push(" \\pmod{");
                    self.sum(modulus);
                    self.push("}");
                }
            }
            Answer::Bracketed { open, items, close } => {
                self.open(match open {
                    Bracket::Round => "(",
                    Bracket::Square => "[",
                    Bracket::Angle => "\\langle",
                });
                self.items(items);
                self.close(match close {
                    Bracket::Round => ")",
                    Bracket::Square => "]",
                    Bracket::Angle => "\\rangle",
                });
            }
            Answer::Set(items) if items.is_empty() => self.push("\\emptyset"),
            Answer::Set(items) => {
                self.open("\\{");
                self.items(items);
                self.close("\\}");
            }
            Answer::SetBuilder(parts) => {
                self.open("\\{");
                self.answer(&parts.0);
                self.operator("\\mid");
                self.answer(&parts.1);
                self.close("\\}");
            }
            Answer::List { items, separator } => match separator {
                Separator::Comma => self.listed(items, ","),
                Separator::Semicolon => self.listed(items, ";"),
                Separator::And => self.listed(items, " \\text{ and }"),
                Separator::Or => self.listed(items, " \\text{ or }"),
            },
            Answer::Sets { operation, parts } => self.sets(*operation, parts),
            Answer::NamedSet { set, part } => self.named_set(*set, *part),
            Answer::Matrix { rows, determinant } => {
                let name = if *determinant { "vmatrix" } else { "pmatrix" };
                self.rows(name, rows.iter().map(|row| row.iter()), |printer, entry| printer.answer(entry));
            }
            Answer::Piecewise(lines) => {
                self.push("\\begin{cases}");
                for (at, (value, condition)) in lines.iter().enumerate() {
                    self.push(if at > 0 { " \\\\ " } else { " " });
                    self.answer(value);
                    if let Some(condition) = condition {
                        self.push(" & ");
                        self.answer(condition);
                    }
                }
                self.push(" \\end{cases}");
            }
            Answer::Given(parts) => {
                self.answer(&parts.0);
                match &parts.1 {
                    Answer::Text(text) if text.starts_with("is ") || text.starts_with("are ") || text.starts_with("hold") => {
                        self.push(" \\text{ ");
                        self.push(text);
                        self.push("}");
                    }
                    Answer::Text(text) => {
                        self.push(" for ");
                        self.push(text);
                    }
                    condition @ Answer::List { .. } => {
                        self.push(" (");
                        self.answer(condition);
                        self.push(")");
                    }
                    condition => {
                        self.push(" \\text{ for } ");
                        self.answer(condition);
                    }
                }
            }
            Answer::Ratio(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    if at > 0 {
                        self.operator(":");
                    }
                    self.answer(part);
                }
            }
            Answer::Choice { letter, content } => {
                self.push(&format!("\\text{{({letter})}}"));
                if let Some(content) = content {
                    self.push(" ");
                    self.answer(content);
                }
            }
            Answer::Time(time) => {
                self.push(&format!("{:02}:{:02}:{:02}", time.hour, time.minute, time.second));
                if let Some(afternoon) = time.afternoon {
                    self.push(if afternoon { " \\text{ p.m.}" } else { " \\text{ a.m.}" });
                }
            }
            Answer::Date(date) => {
                const MONTHS: [&str; 12] = [
                    "January",
                    "February",
                    "March",
                    "April",
                    "May",
                    "June",
                    "July",
                    "August",
                    "September",
                    "October",
                    "November",
                    "December",
                ];
                let month = MONTHS.get(usize::from(date.month).saturating_sub(1)).copied().unwrap_or_default();
                self.push(&format!("\\text{{{month} {}}}", date.day));
                if let Some(year) = date.year {
                    self.push(&format!(", {year}"));
                }
            }
            Answer::Infinity(sign) => self.push(match sign {
                Some(Sign::Plus) => "\\infty",
                Some(Sign::Minus) => "-\\infty",
                None => "\\pm \\infty",
            }),
            Answer::Numeral { digits, base, negative, .. } => {
                self.push(&format!("{}{digits}_{{{base}}}", if *negative { "-" } else { "" }))
            }
            Answer::Text(text) if text.contains('\\') => self.push(&text.replace('$', "\\$")),
            Answer::Text(text) => self.push(&format!("\\text{{{}}}", text.replace('$', "\\$").replace('%', "\\%"))),
        }
    }

    fn sets(&mut self, operation: SetOperation, parts: &[Answer]) {
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.operator(match operation {
                    SetOperation::Union => "\\cup",
                    SetOperation::Intersection => "\\cap",
                    SetOperation::Difference => "\\setminus",
                });
            }
            // From left to right, another operation needs no brackets at the left.
            match part {
                Answer::Sets { operation: inner, .. } if at > 0 || *inner == operation => {
                    self.open("(");
                    self.answer(part);
                    self.close(")");
                }
                part => self.answer(part),
            }
        }
    }

    fn named_set(&mut self, set: NamedSet, part: Part) {
        self.push(match set {
            NamedSet::Naturals => "\\mathbb{N}",
            NamedSet::Integers => "\\mathbb{Z}",
            NamedSet::Rationals => "\\mathbb{Q}",
            NamedSet::Reals => "\\mathbb{R}",
            NamedSet::Complex => "\\mathbb{C}",
            NamedSet::Primes => "\\mathbb{P}",
        });
        self.push(match part {
            Part::All => "",
            Part::Positive => "^{+}",
            Part::Negative => "^{-}",
            Part::NonNegative => "_{\\geq 0}",
            Part::NonZero => "^{*}",
        });
    }

    /// An environment of rows.
    fn rows<'a, T: 'a>(&mut self, name: &str, rows: impl Iterator<Item = impl Iterator<Item = &'a T>>, entry: impl Fn(&mut Self, &T)) {
        self.push(&format!("\\begin{{{name}}} "));
        for (at, row) in rows.enumerate() {
            if at > 0 {
                self.push(" \\\\ ");
            }
            for (column, value) in row.enumerate() {
                if column > 0 {
                    self.push(" & ");
                }
                entry(self, value);
            }
        }
        self.push(&format!(" \\end{{{name}}}"));
    }
}

/// A relation's sign.
pub(crate) fn relator(sign: Relator) -> &'static str {
    match sign {
        Relator::Equal => "=",
        Relator::NotEqual => "\\neq",
        Relator::Less => "<",
        Relator::LessOrEqual => "\\le",
        Relator::Greater => ">",
        Relator::GreaterOrEqual => "\\ge",
        Relator::Approximately => "\\approx",
        Relator::Equivalent => "\\equiv",
        Relator::Member => "\\in",
        Relator::NotMember => "\\notin",
        Relator::Subset => "\\subset",
        Relator::SubsetOrEqual => "\\subseteq",
        Relator::Superset => "\\supset",
        Relator::SupersetOrEqual => "\\supseteq",
        Relator::To => "\\to",
        Relator::Implies => "\\implies",
        Relator::Iff => "\\iff",
        Relator::Proportional => "\\propto",
        Relator::Similar => "\\sim",
        Relator::Congruent => "\\cong",
        Relator::Parallel => "\\parallel",
        Relator::Perpendicular => "\\perp",
        Relator::Divides => "\\mid",
    }
}
