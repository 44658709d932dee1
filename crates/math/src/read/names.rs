//! What commands, words and signs are: tables only.

use crate::answer::{Currency, Relator};
use crate::expr::Function;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The end of the text.
    End,
    /// Digits with separators, point and exponent.
    Number,
    /// One ASCII letter.
    Letter,
    /// A run of letters that is no name: prose, a unit, or a product.
    Word,
    /// A word that joins or qualifies answers.
    Joint(Joint),
    /// A symbol with a name of its own, mostly Greek.
    Symbol(&'static str),
    Pi,
    Infinity,
    EmptySet,
    /// A function of one argument.
    Function(Function),
    /// `\log`, whose base may follow.
    Log,
    /// Decimal logarithm.
    Lg,
    /// A function of several arguments that is evaluated for numbers.
    Several(Several),
    Frac,
    Over,
    Choose,
    /// `\exponentialE`.
    EulerNumber,
    /// `\imaginaryI`.
    ImaginaryUnit,
    Binom,
    Sqrt,
    /// `\text` and its kin; the token's bytes are the content.
    Text,
    /// `\mathrm` and its kin.
    Roman,
    /// `\mathbf`, `\mathcal`, ...
    Bold,
    /// `\mathbb`.
    Blackboard,
    /// `\overline`; a repeating part or a bar.
    Overline,
    /// `\hat` and other accents that make another symbol.
    Accent(&'static str),
    /// `\vec` and other accents that are dropped.
    Vector,
    /// `\sum` and its kin: bounds, then a body.
    Big(&'static str),
    Plus,
    Minus,
    PlusMinus,
    MinusPlus,
    Times,
    Slash,
    Modulo,
    /// `\pmod`.
    ParenthesisModulo,
    Caret,
    Underscore,
    Prime(u8),
    Bang,
    Percent,
    Degree,
    /// `\circ`.
    Circle,
    /// A digit or sign written above the line.
    Superscript(char),
    /// A digit written below the line.
    Subscript(char),
    /// A number in a circle.
    Circled,
    /// A fraction that is one sign.
    Vulgar(u8, u8),
    Currency(Currency),
    Open(Delimiter),
    Close(Delimiter),
    Bar,
    DoubleBar,
    /// `\right.`.
    NoDelimiter,
    GroupOpen,
    GroupClose,
    Comma,
    Semicolon,
    Colon,
    Dot,
    Dots,
    Ampersand,
    Newline,
    Relator(Relator),
    /// `\not`.
    Not,
    /// `\mid`.
    Mid,
    Union,
    Intersection,
    SetMinus,
    Begin,
    EndOf,
    /// `\boxed` and others whose argument is all that counts.
    Wrapper,
    /// Tokens that do not leave the lexer.
    Space,
    Nothing,
    Left,
    Right,
    Colour,
    /// Whatever else.
    Unknown,
}

/// Words between answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    And,
    Or,
    /// for, where, if, when, with.
    Given,
    /// otherwise, else.
    Otherwise,
}

/// Functions of several arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Several {
    Gcd,
    Lcm,
    Max,
    Min,
}

/// What brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Delimiter {
    Round,
    Square,
    Brace,
    Angle,
    Floor,
    Ceiling,
    Bar,
    DoubleBar,
}

use Kind as K;
use Relator as R;

/// ASCII signs: what it is and how many bytes it takes.
pub(super) fn punctuation(byte: u8, next: u8, after: u8) -> Option<(Kind, usize)> {
    Some(match (byte, next) {
        (b'+', b'-') | (b'+', b'/') if next == b'-' || after == b'-' => (K::PlusMinus, if next == b'-' { 2 } else { 3 }),
        (b'+', _) => (K::Plus, 1),
        (b'-', b'>') => (K::Relator(R::To), 2),
        (b'-', _) => (K::Minus, 1),
        (b'*', b'*') => (K::Caret, 2),
        (b'*', _) => (K::Times, 1),
        (b'/', _) => (K::Slash, 1),
        (b'^', _) => (K::Caret, 1),
        (b'_', _) => (K::Underscore, 1),
        (b'\'', _) => (K::Prime(1), 1),
        (b'!', b'=') => (K::Relator(R::NotEqual), 2),
        (b'!', _) => (K::Bang, 1),
        (b'%', _) => (K::Percent, 1),
        (b'(', _) => (K::Open(Delimiter::Round), 1),
        (b')', _) => (K::Close(Delimiter::Round), 1),
        (b'[', _) => (K::Open(Delimiter::Square), 1),
        (b']', _) => (K::Close(Delimiter::Square), 1),
        (b'{', _) => (K::GroupOpen, 1),
        (b'}', _) => (K::GroupClose, 1),
        (b'|', _) => (K::Bar, 1),
        (b',', _) => (K::Comma, 1),
        (b';', _) => (K::Semicolon, 1),
        (b':', b'=') => (K::Relator(R::Equal), 2),
        (b':', _) => (K::Colon, 1),
        (b'.', b'.') if after == b'.' => (K::Dots, 3),
        (b'.', _) => (K::Dot, 1),
        (b'&', _) => (K::Ampersand, 1),
        (b'=', b'>') => (K::Relator(R::Implies), 2),
        (b'=', b'=') => (K::Relator(R::Equal), 2),
        (b'=', _) => (K::Relator(R::Equal), 1),
        (b'<', b'=') => (K::Relator(R::LessOrEqual), 2),
        (b'<', b'>') => (K::Relator(R::NotEqual), 2),
        (b'<', _) => (K::Relator(R::Less), 1),
        (b'>', b'=') => (K::Relator(R::GreaterOrEqual), 2),
        (b'>', _) => (K::Relator(R::Greater), 1),
        _ => return None,
    })
}

/// Signs beyond ASCII.
pub(super) fn sign(sign: char) -> Kind {
    match sign {
        'π' => K::Pi,
        '∞' => K::Infinity,
        '∅' | 'Ø' => K::EmptySet,
        '√' => K::Sqrt,
        '×' | '·' | '⋅' | '∙' | '•' | '∗' => K::Times,
        '÷' | '∕' | '⁄' => K::Slash,
        '−' | '–' | '‐' | '‑' | '—' | '－' => K::Minus,
        '＋' => K::Plus,
        '±' => K::PlusMinus,
        '∓' => K::MinusPlus,
        '≤' | '⩽' | '≦' => K::Relator(R::LessOrEqual),
        '≥' | '⩾' | '≧' => K::Relator(R::GreaterOrEqual),
        '＜' => K::Relator(R::Less),
        '＞' => K::Relator(R::Greater),
        '＝' => K::Relator(R::Equal),
        '≠' => K::Relator(R::NotEqual),
        '≈' | '≃' => K::Relator(R::Approximately),
        '≡' => K::Relator(R::Equivalent),
        '∈' => K::Relator(R::Member),
        '∉' => K::Relator(R::NotMember),
        '⊂' => K::Relator(R::Subset),
        '⊆' => K::Relator(R::SubsetOrEqual),
        '⊃' => K::Relator(R::Superset),
        '⊇' => K::Relator(R::SupersetOrEqual),
        '→' | '↦' => K::Relator(R::To),
        '⇒' => K::Relator(R::Implies),
        '⇔' => K::Relator(R::Iff),
        '∝' => K::Relator(R::Proportional),
        '∼' => K::Relator(R::Similar),
        '≅' => K::Relator(R::Congruent),
        '∥' => K::Relator(R::Parallel),
        '⊥' => K::Relator(R::Perpendicular),
        '∪' => K::Union,
        '∩' => K::Intersection,
        '∖' => K::SetMinus,
        '°' | '˚' | 'º' => K::Degree,
        '′' | '’' | '‘' => K::Prime(1),
        '″' => K::Prime(2),
        '⁰' | '¹' | '²' | '³' | '⁴' | '⁵' | '⁶' | '⁷' | '⁸' | '⁹' | '⁺' | '⁻' | 'ⁿ' => K::Superscript(sign),
        '₀'..='₉' => K::Subscript(sign),
        '½' => K::Vulgar(1, 2),
        '⅓' => K::Vulgar(1, 3),
        '⅔' => K::Vulgar(2, 3),
        '¼' => K::Vulgar(1, 4),
        '¾' => K::Vulgar(3, 4),
        '⅕' => K::Vulgar(1, 5),
        '⅖' => K::Vulgar(2, 5),
        '⅗' => K::Vulgar(3, 5),
        '⅘' => K::Vulgar(4, 5),
        '⅙' => K::Vulgar(1, 6),
        '⅚' => K::Vulgar(5, 6),
        '⅛' => K::Vulgar(1, 8),
        '⅜' => K::Vulgar(3, 8),
        '⅝' => K::Vulgar(5, 8),
        '⅞' => K::Vulgar(7, 8),
        '€' => K::Currency(Currency::Euro),
        '£' => K::Currency(Currency::Pound),
        '¥' => K::Currency(Currency::Yen),
        '₹' => K::Currency(Currency::Rupee),
        '¢' => K::Currency(Currency::Cent),
        '＄' => K::Currency(Currency::Dollar),
        '⟨' | '〈' => K::Open(Delimiter::Angle),
        '⟩' | '〉' => K::Close(Delimiter::Angle),
        '⌊' => K::Open(Delimiter::Floor),
        '⌋' => K::Close(Delimiter::Floor),
        '⌈' => K::Open(Delimiter::Ceiling),
        '⌉' => K::Close(Delimiter::Ceiling),
        '（' => K::Open(Delimiter::Round),
        '）' => K::Close(Delimiter::Round),
        '【' | '［' => K::Open(Delimiter::Square),
        '】' | '］' => K::Close(Delimiter::Square),
        '，' | '、' => K::Comma,
        '；' => K::Semicolon,
        '：' => K::Colon,
        '。' => K::Dot,
        '％' => K::Percent,
        '…' | '⋯' => K::Dots,
        '∣' | '｜' => K::Bar,
        '∑' => K::Big("sum"),
        '∏' => K::Big("prod"),
        '∫' => K::Big("int"),
        'ℝ' => K::Symbol("ℝ"),
        'ℕ' => K::Symbol("ℕ"),
        'ℤ' => K::Symbol("ℤ"),
        'ℚ' => K::Symbol("ℚ"),
        'ℂ' => K::Symbol("ℂ"),
        'α' => K::Symbol("alpha"),
        'β' => K::Symbol("beta"),
        'γ' => K::Symbol("gamma"),
        'δ' => K::Symbol("delta"),
        'ε' | 'ϵ' => K::Symbol("epsilon"),
        'ζ' => K::Symbol("zeta"),
        'η' => K::Symbol("eta"),
        'θ' | 'ϑ' => K::Symbol("theta"),
        'κ' => K::Symbol("kappa"),
        'λ' => K::Symbol("lambda"),
        'μ' | 'µ' => K::Symbol("mu"),
        'ν' => K::Symbol("nu"),
        'ξ' => K::Symbol("xi"),
        'ρ' => K::Symbol("rho"),
        'σ' => K::Symbol("sigma"),
        'τ' => K::Symbol("tau"),
        'φ' | 'ϕ' => K::Symbol("phi"),
        'χ' => K::Symbol("chi"),
        'ψ' => K::Symbol("psi"),
        'ω' => K::Symbol("omega"),
        'Γ' => K::Symbol("Gamma"),
        'Δ' | '△' => K::Symbol("Delta"),
        'Θ' => K::Symbol("Theta"),
        'Λ' => K::Symbol("Lambda"),
        'Σ' => K::Symbol("Sigma"),
        'Φ' => K::Symbol("Phi"),
        'Ψ' => K::Symbol("Psi"),
        'Ω' => K::Symbol("Omega"),
        'ℏ' => K::Symbol("hbar"),
        'ℓ' => K::Symbol("ell"),
        '∂' => K::Symbol("partial"),
        '∇' => K::Symbol("nabla"),
        _ if sign.is_alphabetic() => K::Word,
        _ => K::Unknown,
    }
}

/// Names that are written with and without a backslash.
fn shared(name: &str) -> Option<Kind> {
    Some(match name {
        "sin" => K::Function(Function::Sin),
        "cos" => K::Function(Function::Cos),
        "tan" | "tg" => K::Function(Function::Tan),
        "cot" | "ctg" | "cotg" => K::Function(Function::Cot),
        "sec" => K::Function(Function::Sec),
        "csc" | "cosec" => K::Function(Function::Csc),
        "arcsin" | "asin" => K::Function(Function::Asin),
        "arccos" | "acos" => K::Function(Function::Acos),
        "arctan" | "atan" | "arctg" => K::Function(Function::Atan),
        "sinh" => K::Function(Function::Sinh),
        "cosh" => K::Function(Function::Cosh),
        "tanh" => K::Function(Function::Tanh),
        "arcsinh" | "asinh" | "arsinh" => K::Function(Function::Asinh),
        "arccosh" | "acosh" | "arcosh" => K::Function(Function::Acosh),
        "arctanh" | "atanh" | "artanh" => K::Function(Function::Atanh),
        "exp" => K::Function(Function::Exp),
        "ln" => K::Function(Function::Log),
        "log" => K::Log,
        "lg" => K::Lg,
        "sqrt" => K::Sqrt,
        "abs" | "Abs" => K::Function(Function::Abs),
        "floor" => K::Function(Function::Floor),
        "ceil" | "ceiling" => K::Function(Function::Ceiling),
        "sgn" | "sign" => K::Function(Function::Sign),
        "gcd" => K::Several(Several::Gcd),
        "lcm" => K::Several(Several::Lcm),
        "max" => K::Several(Several::Max),
        "min" => K::Several(Several::Min),
        "pi" => K::Pi,
        "infty" | "infinity" | "infin" | "oo" => K::Infinity,
        "alpha" => K::Symbol("alpha"),
        "beta" => K::Symbol("beta"),
        "gamma" => K::Symbol("gamma"),
        "delta" => K::Symbol("delta"),
        "epsilon" | "varepsilon" => K::Symbol("epsilon"),
        "zeta" => K::Symbol("zeta"),
        "theta" | "vartheta" => K::Symbol("theta"),
        "kappa" => K::Symbol("kappa"),
        "lambda" => K::Symbol("lambda"),
        "sigma" => K::Symbol("sigma"),
        "omega" => K::Symbol("omega"),
        "phi" | "varphi" => K::Symbol("phi"),
        "psi" => K::Symbol("psi"),
        "rho" | "varrho" => K::Symbol("rho"),
        "tau" => K::Symbol("tau"),
        "Gamma" => K::Symbol("Gamma"),
        "Delta" => K::Symbol("Delta"),
        "Omega" => K::Symbol("Omega"),
        "Sigma" => K::Symbol("Sigma"),
        "Theta" => K::Symbol("Theta"),
        "Lambda" => K::Symbol("Lambda"),
        "Phi" => K::Symbol("Phi"),
        "Psi" => K::Symbol("Psi"),
        _ => return None,
    })
}

/// A run of at least two letters; `None` if it is not known.
pub(super) fn word(word: &str) -> Option<Kind> {
    if let Some(joint) = joint(word) {
        return Some(K::Joint(joint));
    }
    if let Some(kind) = shared(word) {
        return Some(kind);
    }
    Some(match word {
        "Infinity" | "inf" => K::Infinity,
        "union" => K::Union,
        "mod" => K::Modulo,
        "Sqrt" => K::Sqrt,
        "sum" => K::Big("sum"),
        // Short words that are no products.
        "is" | "no" | "No" | "NO" | "yes" | "Yes" | "YES" | "not" | "odd" | "all" | "All" | "the" | "The" | "are" | "one" | "two"
        | "six" | "ten" | "So" | "so" | "we" | "We" | "of" | "to" | "by" | "in" | "at" | "as" | "it" | "It" | "an" | "An" | "on"
        | "has" | "get" | "day" | "red" | "tie" | "low" | "new" | "up" | "be" | "can" | "was" | "its" | "but" | "any" | "per" | "may"
        | "she" | "he" | "He" | "only" => K::Word,
        _ if super::unit::is_short_unit(word) => K::Word,
        _ => return None,
    })
}

/// A word that joins answers, in any case.
pub(super) fn joint(word: &str) -> Option<Joint> {
    Some(match word {
        "and" | "AND" => Joint::And,
        "or" | "OR" => Joint::Or,
        "for" | "where" | "if" | "when" | "with" | "If" | "For" | "provided" => Joint::Given,
        "otherwise" | "else" | "Otherwise" => Joint::Otherwise,
        _ => return None,
    })
}

/// A function's name that letters follow without a space, as in `sinx`; and the length of the name.
pub(super) fn prefixed(word: &str) -> Option<(Kind, usize)> {
    let head = match word.len() {
        2 => return None,
        3 if word.starts_with("ln") || word.starts_with("pi") => 2,
        4 if word.starts_with("sin")
            || word.starts_with("cos")
            || word.starts_with("tan")
            || word.starts_with("log")
            || word.starts_with("cot")
            || word.starts_with("sec") =>
        {
            3
        }
        5 if word.starts_with("sqrt") => 4,
        _ => return None,
    };
    let kind = shared(word.get(..head)?)?;
    // "tank", "cost", "cosy", "sing", "tang", "pin" and "pie" are words.
    let variable =
        matches!(word.as_bytes().last(), Some(b'x' | b'y' | b'z' | b'a' | b'b' | b'n' | b't' | b'u' | b'A' | b'B' | b'C' | b'i'));
    (variable && !matches!(word, "cost" | "cosy" | "tans" | "pit" | "pix")).then_some((kind, head))
}

/// How long the name of a delimiter is that letters follow without a space: `\lvertx`.
pub(super) fn delimiter_prefix(name: &str) -> Option<usize> {
    ["lvert", "rvert", "vert", "lfloor", "rfloor", "lceil", "rceil"]
        .iter()
        .find(|delimiter| name.starts_with(**delimiter))
        .map(|delimiter| delimiter.len())
}

/// The command whose first letter an escape sequence took: a form feed for `\f`, a backspace for `\b`, a tab for `\t`; and the bytes behind it.
pub(super) fn unescaped(control: u8, rest: &str) -> Option<(&'static str, usize)> {
    let known: &[&str] = match control {
        0x0c => &["frac", "fbox"],
        0x08 => &["boxed", "begin", "beta", "binom", "bar", "bmod", "big", "bf"],
        b'\t' => &["text", "times", "theta", "tfrac", "textbf", "textrm", "textcirc", "tan", "to", "tau", "triangle"],
        b'\r' => &["right", "rangle", "rfloor", "rceil", "rho"],
        _ => return None,
    };
    let length = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let tail = rest.get(..length)?;
    known.iter().find(|name| name.get(1..) == Some(tail)).map(|name| (*name, length))
}

/// Whether there is such a command.
pub(super) fn is_command(name: &str) -> bool {
    !matches!(command(name), Kind::Unknown)
}

/// A command without its backslash.
pub(super) fn command(name: &str) -> Kind {
    if let Some(kind) = shared(name) {
        return kind;
    }
    match name {
        "frac" | "dfrac" | "tfrac" | "cfrac" | "sfrac" | "nicefrac" | "rac" => K::Frac,
        "over" => K::Over,
        "choose" => K::Choose,
        "exponentialE" => K::EulerNumber,
        "imaginaryI" | "imaginaryJ" => K::ImaginaryUnit,
        "binom" | "dbinom" | "tbinom" => K::Binom,
        "left" | "mleft" | "bigl" | "Bigl" | "biggl" | "Biggl" => K::Left,
        "right" | "mright" | "bigr" | "Bigr" | "biggr" | "Biggr" => K::Right,
        "big" | "Big" | "bigg" | "Bigg" | "middle" | "displaystyle" | "textstyle" | "scriptstyle" | "limits" | "nolimits" | "rm" | "bf"
        | "it" | "mathop" | "ensuremath" | "strut" | "phantom" | "cal" | "normalsize" | "large" | "Large" | "small" | "centering"
        | "hline" | "mathord" | "mathbin" | "mathrel" | "bold" => K::Nothing,
        "quad" | "qquad" | "thinspace" | "enspace" | "space" | "nobreak" | "hfill" | "medspace" | "thickspace" | "negthinspace" => K::Space,
        "text" | "textrm" | "textbf" | "textit" | "texttt" | "textsf" | "textnormal" | "mbox" | "hbox" | "emph" | "textup" | "unit"
        | "textsc" => K::Text,
        "mathrm" | "operatorname" | "mathit" | "mathsf" | "mathtt" | "mathnormal" | "variable" | "operatornamewithlimits" => K::Roman,
        "mathbf" | "boldsymbol" | "bm" | "mathcal" | "mathscr" | "mathfrak" | "pmb" => K::Bold,
        "mathbb" | "Bbb" => K::Blackboard,
        "color" | "textcolor" | "hspace" | "vspace" | "label" | "tag" | "href" | "mspace" | "hskip" => K::Colour,
        "boxed" | "fbox" | "underline" | "underset" | "stackrel" | "mathstrut" => K::Wrapper,
        "overline" | "bar" => K::Overline,
        "hat" | "widehat" => K::Accent("hat"),
        "tilde" | "widetilde" => K::Accent("tilde"),
        "dot" => K::Accent("dot"),
        "ddot" => K::Accent("ddot"),
        "vec" | "overrightarrow" | "overset" => K::Vector,
        "sum" => K::Big("sum"),
        "prod" => K::Big("prod"),
        "int" => K::Big("int"),
        "iint" => K::Big("iint"),
        "iiint" => K::Big("iiint"),
        "oint" => K::Big("oint"),
        "lim" => K::Big("lim"),
        "sup" => K::Big("sup"),
        "inf" => K::Big("inf"),
        "bigcup" => K::Big("bigcup"),
        "bigcap" => K::Big("bigcap"),
        "limsup" => K::Big("limsup"),
        "liminf" => K::Big("liminf"),
        "pm" => K::PlusMinus,
        "mp" => K::MinusPlus,
        "times" | "cdot" | "ast" | "bullet" | "star" | "centerdot" | "cdotp" => K::Times,
        "div" => K::Slash,
        "mod" | "bmod" => K::Modulo,
        "pmod" => K::ParenthesisModulo,
        "prime" => K::Prime(1),
        "degree" | "degrees" | "textdegree" => K::Degree,
        // `\textcirc` is what scans make of it.
        "circ" | "textcirc" => K::Circle,
        "percent" => K::Percent,
        "euro" => K::Currency(Currency::Euro),
        "pounds" => K::Currency(Currency::Pound),
        "textdollar" => K::Currency(Currency::Dollar),
        "lbrace" => K::Open(Delimiter::Brace),
        "rbrace" => K::Close(Delimiter::Brace),
        "lgroup" => K::Open(Delimiter::Round),
        "rgroup" => K::Close(Delimiter::Round),
        "lparen" => K::Open(Delimiter::Round),
        "rparen" => K::Close(Delimiter::Round),
        "lbrack" => K::Open(Delimiter::Square),
        "rbrack" => K::Close(Delimiter::Square),
        "langle" => K::Open(Delimiter::Angle),
        "rangle" => K::Close(Delimiter::Angle),
        "lfloor" | "llcorner" => K::Open(Delimiter::Floor),
        "rfloor" | "lrcorner" => K::Close(Delimiter::Floor),
        "lceil" | "ulcorner" => K::Open(Delimiter::Ceiling),
        "rceil" | "urcorner" => K::Close(Delimiter::Ceiling),
        "lvert" => K::Open(Delimiter::Bar),
        "rvert" => K::Close(Delimiter::Bar),
        "vert" => K::Bar,
        "lVert" => K::Open(Delimiter::DoubleBar),
        "rVert" => K::Close(Delimiter::DoubleBar),
        "Vert" => K::DoubleBar,
        "mid" => K::Mid,
        "colon" => K::Colon,
        "ldots" | "dots" | "cdots" | "dotsc" | "dotsb" | "vdots" | "ddots" => K::Dots,
        "cr" | "newline" => K::Newline,
        "le" | "leq" | "leqslant" | "leqq" => K::Relator(R::LessOrEqual),
        "ge" | "geq" | "geqslant" | "geqq" => K::Relator(R::GreaterOrEqual),
        "lt" => K::Relator(R::Less),
        "gt" => K::Relator(R::Greater),
        "eq" => K::Relator(R::Equal),
        "ne" | "neq" => K::Relator(R::NotEqual),
        "not" => K::Not,
        "approx" | "simeq" | "approxeq" | "doteq" => K::Relator(R::Approximately),
        "equiv" => K::Relator(R::Equivalent),
        "in" => K::Relator(R::Member),
        "notin" => K::Relator(R::NotMember),
        "subset" | "subsetneq" => K::Relator(R::Subset),
        "subseteq" => K::Relator(R::SubsetOrEqual),
        "supset" | "supsetneq" => K::Relator(R::Superset),
        "supseteq" => K::Relator(R::SupersetOrEqual),
        "to" | "rightarrow" | "longrightarrow" | "mapsto" | "longmapsto" | "xrightarrow" => K::Relator(R::To),
        "Rightarrow" | "implies" | "Longrightarrow" => K::Relator(R::Implies),
        "iff" | "Leftrightarrow" | "Longleftrightarrow" => K::Relator(R::Iff),
        "propto" => K::Relator(R::Proportional),
        "sim" => K::Relator(R::Similar),
        "cong" => K::Relator(R::Congruent),
        "parallel" => K::Relator(R::Parallel),
        "perp" => K::Relator(R::Perpendicular),
        "cup" | "cupdot" | "sqcup" | "uplus" => K::Union,
        "cap" => K::Intersection,
        "setminus" | "backslash" | "smallsetminus" => K::SetMinus,
        "land" | "wedge" => K::Joint(Joint::And),
        "lor" | "vee" => K::Joint(Joint::Or),
        "emptyset" | "varnothing" => K::EmptySet,
        "begin" => K::Begin,
        "end" => K::EndOf,
        "eta" => K::Symbol("eta"),
        "iota" => K::Symbol("iota"),
        "mu" => K::Symbol("mu"),
        "nu" => K::Symbol("nu"),
        "xi" => K::Symbol("xi"),
        "chi" => K::Symbol("chi"),
        "upsilon" => K::Symbol("upsilon"),
        "varpi" => K::Symbol("varpi"),
        "varsigma" => K::Symbol("sigma"),
        "Pi" => K::Symbol("Pi"),
        "Xi" => K::Symbol("Xi"),
        "Upsilon" => K::Symbol("Upsilon"),
        "hbar" => K::Symbol("hbar"),
        "ell" => K::Symbol("ell"),
        "partial" => K::Symbol("partial"),
        "nabla" => K::Symbol("nabla"),
        "aleph" => K::Symbol("aleph"),
        "top" | "intercal" => K::Symbol("T"),
        "dagger" => K::Symbol("dagger"),
        "triangle" => K::Symbol("triangle"),
        "angle" => K::Symbol("angle"),
        "det" => K::Symbol("det"),
        "dim" => K::Symbol("dim"),
        "ker" => K::Symbol("ker"),
        "arg" => K::Symbol("arg"),
        "deg" => K::Symbol("deg"),
        "Re" => K::Symbol("Re"),
        "Im" => K::Symbol("Im"),
        "Pr" => K::Symbol("Pr"),
        "R" => K::Symbol("ℝ"),
        "N" => K::Symbol("ℕ"),
        "Z" => K::Symbol("ℤ"),
        "Q" => K::Symbol("ℚ"),
        _ => K::Unknown,
    }
}
