//! The parser above scalars: lists, relations, operations on sets.

use super::ReadError;
use super::build;
use super::names::{Delimiter, Joint, Kind};
use super::token::Token;
use crate::answer::{Answer, DEGREE, INFINITY, Part, Quantity, Relation, Relator, Separator, SetOperation, Sign, Unit, Written};
use crate::expr::{Expr, Rational};

/// Why reading stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It is not mathematics as this parser knows it.
    Syntax,
    /// A limit.
    Limit(ReadError),
}

pub(super) type Parsed<T> = Result<T, Stop>;

/// The deepest nesting.
const MAX_DEPTH: u32 = 100;
/// The most words that are no names in an answer that is no text.
const MAX_WORDS: usize = 5;
/// The most parts of an answer.
const MAX_NODES: u32 = 8_192;

/// A scalar on the way.
#[derive(Clone, Debug)]
pub(super) struct Scalar {
    pub(super) quantity: Quantity,
    /// Whether it stands in brackets of its own, which change what a power or a name before it mean.
    pub(super) bracketed: bool,
}

/// What an operand can be.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Scalar(Scalar),
    Other(Answer),
}

impl Value {
    pub(super) fn plain(expr: Expr) -> Self {
        Self::literal(expr, Written::Expression)
    }

    pub(super) fn literal(expr: Expr, written: Written) -> Self {
        Self::Scalar(Scalar { quantity: Quantity::plain(expr, written), bracketed: false })
    }

    pub(super) fn into_answer(self) -> Answer {
        match self {
            Self::Scalar(scalar) => Answer::Quantity(scalar.quantity),
            Self::Other(answer) => answer,
        }
    }

    /// As an operand: percent signs and units become factors, containers opaque functions of their items.
    pub(super) fn into_expr(self) -> Parsed<Expr> {
        match self {
            Self::Scalar(scalar) => Ok(quantity_expr(scalar.quantity)),
            Self::Other(answer) => opaque(answer),
        }
    }

    /// Whether an integer stands here and nothing else.
    pub(super) fn integer(&self) -> Option<&Rational> {
        match self {
            Self::Scalar(Scalar {
                quantity: Quantity { value: Expr::Number(value), written: Written::Integer, percent: false, currency: None, unit: None, .. },
                ..
            }) => Some(value),
            _ => None,
        }
    }
}

fn quantity_expr(quantity: Quantity) -> Expr {
    let mut value = quantity.value;
    if quantity.percent {
        value = build::product(vec![Expr::Number(Rational::new(1.into(), 100.into())), value]);
    }
    if let Some(Unit(factors)) = quantity.unit {
        let mut parts = vec![value];
        parts.extend(factors.iter().map(|(name, power)| Expr::power(Expr::symbol(name), Expr::integer(*power))));
        value = build::product(parts);
    }
    value
}

/// What is no scalar as an operand.
fn opaque(answer: Answer) -> Parsed<Expr> {
    let all = |items: Box<[Answer]>| items.into_vec().into_iter().map(opaque).collect::<Parsed<Vec<_>>>();
    Ok(match answer {
        Answer::Quantity(quantity) => quantity_expr(quantity),
        Answer::Infinity(Some(Sign::Minus)) => build::negated(Expr::symbol(INFINITY)),
        Answer::Infinity(_) => Expr::symbol(INFINITY),
        Answer::Numeral { value, .. } => Expr::Number(value),
        Answer::Bracketed { items, .. } => build::apply("()", all(items)?),
        Answer::Set(items) => match <[Answer; 1]>::try_from(items.into_vec()) {
            // Braces around one scalar group it.
            Ok([item]) => opaque(item)?,
            Err(items) => build::apply("{}", all(items.into())?),
        },
        Answer::Matrix { rows, determinant } => {
            let mut parts = vec![Expr::integer(rows.len())];
            for row in rows {
                parts.extend(all(row)?);
            }
            build::apply(if determinant { "det" } else { "matrix" }, parts)
        }
        Answer::Choice { letter, content: None } => Expr::symbol(letter.encode_utf8(&mut [0; 4])),
        Answer::Ratio(parts) => {
            let mut parts = all(parts)?.into_iter();
            let first = parts.next().ok_or(Stop::Syntax)?;
            build::product(std::iter::once(first).chain(parts.map(build::inverse)).collect())
        }
        Answer::NamedSet { set, part } => match part {
            Part::All => Expr::symbol(super::structure::letter_of(set)),
            part => build::apply("part", [Expr::symbol(super::structure::letter_of(set)), Expr::integer(part as i64)]),
        },
        _ => return Err(Stop::Syntax),
    })
}

/// A relation as an operand: a function of its signs and terms.
pub(super) fn relation_expr(relation: Relation) -> Parsed<Expr> {
    let signs: Vec<&str> = relation.signs.iter().map(|sign| crate::print::relator(*sign)).collect();
    let mut parts = vec![Expr::symbol(&signs.join(" "))];
    for term in relation.terms {
        parts.push(Value::Other(term).into_expr()?);
    }
    Ok(build::apply("relation", parts))
}

/// The state of reading.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    pub(super) source: &'a str,
    pub(super) tokens: Vec<Token>,
    pub(super) at: usize,
    depth: u32,
    nodes: u32,
    /// Bars of absolute values that are open.
    pub(super) bars: u32,
    /// Whether a bar ends the element of a set.
    pub(super) element: bool,
    /// Brackets that were opened by `]`.
    pub(super) reversed: u32,
    /// Sums whose index is `i`.
    pub(super) indexed: u32,
    /// Integrals whose differential has not come.
    pub(super) integrals: u32,
    /// Whether a sign of either kind came in this item.
    pub(super) plus_minus: bool,
    /// Digits of long numbers.
    pub(super) digits: usize,
    /// How deep texts are read inside texts.
    pub(super) texts: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a str, tokens: Vec<Token>, texts: u32) -> Self {
        Self {
            source,
            tokens,
            at: 0,
            depth: 0,
            nodes: 0,
            bars: 0,
            element: false,
            reversed: 0,
            indexed: 0,
            integrals: 0,
            plus_minus: false,
            digits: 0,
            texts,
        }
    }

    pub(super) fn token(&self) -> Token {
        self.ahead(0)
    }

    pub(super) fn ahead(&self, by: usize) -> Token {
        let end = Token { kind: Kind::End, start: self.source.len() as u32, end: self.source.len() as u32, space: false };
        self.tokens.get(self.at + by).copied().unwrap_or(end)
    }

    pub(super) fn kind(&self) -> Kind {
        self.token().kind
    }

    pub(super) fn text_of(&self, token: Token) -> &'a str {
        self.source.get(token.start as usize..token.end as usize).unwrap_or_default()
    }

    pub(super) fn skip(&mut self) {
        self.at += 1;
    }

    /// Takes this token if it is here.
    pub(super) fn eat(&mut self, kind: Kind) -> bool {
        let here = self.kind() == kind;
        self.at += usize::from(here);
        here
    }

    pub(super) fn expect(&mut self, kind: Kind) -> Parsed<()> {
        if self.eat(kind) { Ok(()) } else { Err(Stop::Syntax) }
    }

    /// One level deeper; every cycle of the grammar passes here.
    pub(super) fn enter(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Stop::Limit(ReadError::TooDeep));
        }
        self.count(1)
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    pub(super) fn count(&mut self, nodes: u32) -> Parsed<()> {
        self.nodes += nodes;
        if self.nodes > MAX_NODES { Err(Stop::Limit(ReadError::TooLarge)) } else { Ok(()) }
    }

    /// The whole text.
    pub(super) fn whole(&mut self) -> Parsed<Answer> {
        // A sentence, whatever parts of it could be.
        if self.tokens.iter().filter(|token| token.kind == Kind::Word).count() > MAX_WORDS {
            return Err(Stop::Syntax);
        }
        // `\bullet x = 1` and `\approx 3`: marks of no meaning where nothing stands before them.
        while matches!(self.kind(), Kind::Times | Kind::Relator(Relator::Approximately | Relator::Equal | Relator::Implies) | Kind::Colon) {
            self.skip();
        }
        let answer = self.list(true)?;
        while matches!(self.kind(), Kind::Dot | Kind::Semicolon | Kind::Comma | Kind::Newline) {
            self.skip();
        }
        if self.kind() == Kind::End { Ok(answer) } else { Err(Stop::Syntax) }
    }

    /// Items up to whatever ends them; one item is itself. `top`: line ends separate, and trailing separators are dropped.
    pub(super) fn list(&mut self, top: bool) -> Parsed<Answer> {
        let mut items = vec![self.item()?];
        let mut separators = Vec::new();
        loop {
            let mut separator = None;
            let mark = self.at;
            loop {
                separator = Some(match self.kind() {
                    Kind::Comma => separator.unwrap_or(Separator::Comma),
                    Kind::Newline if top => separator.unwrap_or(Separator::Comma),
                    Kind::Semicolon => Separator::Semicolon,
                    Kind::Joint(Joint::And) => Separator::And,
                    Kind::Joint(Joint::Or) => Separator::Or,
                    Kind::Text if joint_text(self.text_of(self.token())).is_some() => match joint_text(self.text_of(self.token())) {
                        Some(Joint::Or) => Separator::Or,
                        _ => Separator::And,
                    },
                    _ => break,
                });
                self.skip();
            }
            let Some(separator) = separator else { break };
            if matches!(self.kind(), Kind::End | Kind::Dot) && top {
                self.at = mark;
                break;
            }
            if matches!(self.kind(), Kind::Close(_) | Kind::GroupClose | Kind::Newline | Kind::EndOf | Kind::Ampersand) {
                // A trailing comma before a bracket.
                break;
            }
            separators.push(separator);
            items.push(self.item()?);
        }
        Ok(grouped(items, &separators))
    }

    /// A relation or a term, with the condition behind it.
    fn item(&mut self) -> Parsed<Answer> {
        let outer = std::mem::take(&mut self.plus_minus);
        // "only x = 0", "about 5": words that change nothing.
        while matches!(self.kind(), Kind::Word | Kind::Text) && is_filler(self.text_of(self.token())) {
            self.skip();
        }
        let mut item = self.relation()?;
        self.plus_minus = outer;
        if self.kind() == Kind::Open(Delimiter::Round) && self.condition_in_brackets() {
            self.skip();
            self.enter()?;
            let condition = self.list(false)?;
            self.leave();
            self.expect(Kind::Close(Delimiter::Round))?;
            item = Answer::Given(Box::new((item, condition)));
        }
        while let Some(skip) = self.condition_ahead() {
            self.at += skip;
            let condition = if self.kind() == Kind::Word { self.rest(self.token().start as usize) } else { self.relation()? };
            item = Answer::Given(Box::new((item, condition)));
            self.count(1)?;
        }
        // `\text{ for all positive integers } n`
        if self.kind() == Kind::Text
            && let Some(words) = given_prefix(self.text_of(self.token()))
        {
            let start = self.token().end as usize - words;
            let condition = self.rest(start);
            item = Answer::Given(Box::new((item, condition)));
        }
        // `R = 1 \text{ is both necessary and sufficient for } ..`: what is said of the answer.
        if self.kind() == Kind::Text && says_more(self.text_of(self.token())) {
            let said = self.rest(self.token().start as usize);
            item = Answer::Given(Box::new((item, said)));
        }
        Ok(item)
    }

    /// Prose from here up to the end.
    fn rest(&mut self, start: usize) -> Answer {
        self.at = self.tokens.len().saturating_sub(1);
        super::special::text(self.source.get(start..).unwrap_or_default())
    }

    /// How many tokens of "for", ", where", "if" stand here.
    fn condition_ahead(&self) -> Option<usize> {
        let comma = usize::from(self.kind() == Kind::Comma);
        let token = self.ahead(comma);
        let given = match token.kind {
            Kind::Joint(Joint::Given) => true,
            Kind::Text => given_text(self.text_of(token)),
            _ => false,
        };
        given.then_some(comma + 1)
    }

    /// A chain of terms, or one term.
    pub(super) fn relation(&mut self) -> Parsed<Answer> {
        let first = self.sets()?;
        let Some(_) = self.relator_ahead() else { return Ok(first) };
        let mut terms = vec![first];
        let mut signs = Vec::new();
        while let Some((sign, tokens)) = self.relator_ahead() {
            self.at += tokens;
            signs.push(sign);
            terms.push(self.sets()?);
        }
        let modulus = if self.eat(Kind::ParenthesisModulo) {
            Some(self.argument()?)
        } else if self.kind() == Kind::Open(Delimiter::Round) && self.ahead(1).kind == Kind::Modulo {
            self.at += 2;
            let modulus = self.sum()?.into_expr()?;
            self.expect(Kind::Close(Delimiter::Round))?;
            Some(modulus)
        } else {
            None
        };
        self.count(1)?;
        Ok(Answer::Relation(Relation { terms: terms.into(), signs: signs.into(), modulus }))
    }

    fn relator_ahead(&self) -> Option<(Relator, usize)> {
        let token = self.token();
        match token.kind {
            // `< =` and `> =` written apart.
            Kind::Relator(Relator::Less) if self.ahead(1).kind == Kind::Relator(Relator::Equal) => Some((Relator::LessOrEqual, 2)),
            Kind::Relator(Relator::Greater) if self.ahead(1).kind == Kind::Relator(Relator::Equal) => Some((Relator::GreaterOrEqual, 2)),
            Kind::Relator(relator) => Some((relator, 1)),
            Kind::Not => match self.ahead(1).kind {
                Kind::Relator(Relator::Equal) => Some((Relator::NotEqual, 2)),
                Kind::Relator(Relator::Member) => Some((Relator::NotMember, 2)),
                _ => None,
            },
            Kind::Mid if !self.element => Some((Relator::Divides, 1)),
            _ => None,
        }
    }

    /// Terms joined by set operations.
    fn sets(&mut self) -> Parsed<Answer> {
        let mut left = self.term()?;
        // `A \cup B \setminus C \cup ..` nests without a recursion here.
        let mut nested = 0;
        loop {
            let kind = self.kind();
            let difference = kind == Kind::Minus && is_set(&left);
            if !difference && !matches!(kind, Kind::Union | Kind::Intersection | Kind::SetMinus) {
                break;
            }
            let operation = match kind {
                Kind::Union => SetOperation::Union,
                Kind::Intersection => SetOperation::Intersection,
                _ => SetOperation::Difference,
            };
            let mut parts = vec![left];
            while self.eat(kind) {
                parts.push(self.term()?);
            }
            self.count(1)?;
            left = Answer::Sets { operation, parts: parts.into() };
            nested += 1;
            if nested > 8 {
                return Err(Stop::Syntax);
            }
        }
        Ok(left)
    }

    /// One term: a scalar with its sign of either kind, or a ratio.
    fn term(&mut self) -> Parsed<Answer> {
        let first = self.single()?;
        if self.kind() != Kind::Colon || self.element {
            return Ok(first);
        }
        // `Total: 5` says what is 5.
        let labels = matches!(first.as_expression(), Some(Expr::Symbol(name)) if name.len() > 3 && !name.contains('_'));
        if labels {
            self.skip();
            let terms = [first, self.single()?].into();
            return Ok(Answer::Relation(Relation { terms, signs: [Relator::Equal].into(), modulus: None }));
        }
        let mut parts = vec![first];
        while self.eat(Kind::Colon) {
            parts.push(self.single()?);
        }
        self.count(1)?;
        Ok(Answer::Ratio(parts.into()))
    }

    fn single(&mut self) -> Parsed<Answer> {
        let value = self.sum()?;
        Ok(match value {
            Value::Scalar(scalar) => {
                let mut quantity = scalar.quantity;
                quantity.plus_minus = self.plus_minus;
                degrees(&mut quantity);
                Answer::Quantity(quantity)
            }
            Value::Other(answer) => answer,
        })
    }
}

/// A value that is so many degrees has the unit; degrees elsewhere stay factors.
fn degrees(quantity: &mut Quantity) {
    let is_degree = |expr: &Expr| matches!(expr, Expr::Symbol(name) if &**name == DEGREE);
    match &quantity.value {
        Expr::Product(factors) if factors.iter().filter(|factor| is_degree(factor)).count() == 1 && quantity.unit.is_none() => {
            quantity.value = Expr::product(factors.iter().filter(|factor| !is_degree(factor)).cloned());
        }
        value if is_degree(value) => quantity.value = Expr::integer(1),
        _ => return,
    }
    quantity.unit = Some(Unit([(DEGREE.into(), 1)].into()));
}

/// Whether a minus behind it takes a set away.
fn is_set(answer: &Answer) -> bool {
    matches!(answer, Answer::Set(_) | Answer::SetBuilder(_) | Answer::NamedSet { .. } | Answer::Sets { .. })
}

/// What a text between items joins as.
pub(super) fn joint_text(text: &str) -> Option<Joint> {
    match text.trim_matches([' ', ',', '~', ';']) {
        "and" | "AND" | "And" => Some(Joint::And),
        "or" | "OR" | "Or" => Some(Joint::Or),
        _ => None,
    }
}

/// Words before an answer that change nothing.
fn is_filler(text: &str) -> bool {
    matches!(
        text.trim_matches([' ', ',', '~', ':']),
        "only"
            | "about"
            | "approximately"
            | "either"
            | "both"
            | "exactly"
            | "thus"
            | "so"
            | "Thus"
            | "So"
            | "therefore"
            | "Therefore"
            | "hence"
            | "Hence"
    )
}

/// How many bytes of a text stand behind a word that begins a condition.
fn given_prefix(text: &str) -> Option<usize> {
    let text = text.trim_start_matches([' ', ',', '~']);
    ["for ", "where ", "if ", "when ", "with ", "provided ", "such that "].iter().find_map(|word| text.strip_prefix(word)).map(str::len)
}

/// Whether a text of several words goes on about the answer before it, and does not deny it.
pub(super) fn says_more(text: &str) -> bool {
    let mut words = text.split([' ', ',', '~']).filter(|word| !word.is_empty());
    matches!(words.next(), Some("is" | "are" | "holds" | "hold"))
        && words.clone().count() > 1
        && !words.any(|word| matches!(word, "not" | "no" | "never"))
}

/// Whether a text begins a condition and says nothing else.
pub(super) fn given_text(text: &str) -> bool {
    matches!(
        text.trim_matches([' ', ',', '~', ':']),
        "for"
            | "where"
            | "if"
            | "when"
            | "with"
            | "If"
            | "For"
            | "provided"
            | "provided that"
            | "such that"
            | "for all"
            | "as"
            | "if and only if"
    )
}

/// Items as one list, or as a list of lists where two kinds of separators say so.
fn grouped(mut items: Vec<Answer>, separators: &[Separator]) -> Answer {
    let Some(last) = separators.last() else { return items.swap_remove(0) };
    let strong = separators.iter().find(|separator| !matches!(separator, Separator::Comma)).copied();
    let commas = separators.contains(&Separator::Comma);
    let relations = items.iter().all(|item| matches!(item, Answer::Relation(_)));
    let Some(strong) = strong.filter(|strong| commas && (*strong == Separator::Semicolon || (*strong == Separator::Or && relations)))
    else {
        return Answer::List { items: items.into(), separator: *last };
    };
    let mut groups = Vec::new();
    let mut group = Vec::new();
    let mut behind = separators.iter();
    for item in items {
        group.push(item);
        if behind.next().is_none_or(|separator| *separator != Separator::Comma) {
            groups.push(std::mem::take(&mut group));
        }
    }
    let length = groups.first().map_or(0, Vec::len);
    let even = groups.iter().all(|group| group.len() == length) && length > 1;
    if !even && strong == Separator::Or {
        return Answer::List { items: groups.into_iter().flatten().collect(), separator: *last };
    }
    let items = groups.into_iter().map(|mut group| {
        if group.len() == 1 { group.swap_remove(0) } else { Answer::List { items: group.into(), separator: Separator::Comma } }
    });
    Answer::List { items: items.collect(), separator: strong }
}
