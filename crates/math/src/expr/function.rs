//! The constants and functions that expressions may name.

/// A number with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Constant {
    /// The circle's half turn.
    Pi,
    /// The base of natural logarithms.
    E,
    /// The imaginary unit.
    I,
}

/// A function. Each takes one argument unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the usual names say all there is")]
pub enum Function {
    Exp,
    /// The natural logarithm.
    Log,
    Sin,
    Cos,
    Tan,
    Cot,
    Sec,
    Csc,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Asinh,
    Acosh,
    Atanh,
    Abs,
    /// -1, 0 or 1; of real numbers only.
    Sign,
    Floor,
    Ceiling,
    Factorial,
    /// Any number of arguments.
    Max,
    /// Any number of arguments.
    Min,
    /// Python's `//`, of two arguments.
    FloorDivide,
    /// Python's `%`, of two arguments.
    Modulo,
    /// Exclusive or of the bits of two whole numbers.
    Xor,
    /// An antiderivative that is left as it stands: of the first argument by the second, which is a symbol. It has a derivative and no value.
    Integral,
    /// A function that nobody defined, left as it stands: the first argument is a symbol that names it, the others are its arguments. It has no value
    /// and no derivative; two are
    /// the same if name and arguments are. No text for [`parse`](super::parse) names it.
    Apply,
}

/// The functions that have a name of their own, by it; the parser knows further names for powers and logarithms.
pub(super) const NAMES: &[(&str, Function)] = &[
    ("Abs", Function::Abs),
    ("Integral", Function::Integral),
    ("Max", Function::Max),
    ("Min", Function::Min),
    ("abs", Function::Abs),
    ("acos", Function::Acos),
    ("acosh", Function::Acosh),
    ("asin", Function::Asin),
    ("asinh", Function::Asinh),
    ("atan", Function::Atan),
    ("atanh", Function::Atanh),
    ("ceiling", Function::Ceiling),
    ("cos", Function::Cos),
    ("cosh", Function::Cosh),
    ("cot", Function::Cot),
    ("csc", Function::Csc),
    ("exp", Function::Exp),
    ("factorial", Function::Factorial),
    ("floor", Function::Floor),
    ("integrate", Function::Integral),
    ("ln", Function::Log),
    ("log", Function::Log),
    ("max", Function::Max),
    ("min", Function::Min),
    ("sec", Function::Sec),
    ("sign", Function::Sign),
    ("sin", Function::Sin),
    ("sinh", Function::Sinh),
    ("tan", Function::Tan),
    ("tanh", Function::Tanh),
];

/// Names that people write and Python's libraries do not.
pub(super) const WRITTEN_NAMES: &[(&str, Function)] = &[
    ("arccos", Function::Acos),
    ("arccosh", Function::Acosh),
    ("arcsin", Function::Asin),
    ("arcsinh", Function::Asinh),
    ("arctan", Function::Atan),
    ("arctanh", Function::Atanh),
    ("ceil", Function::Ceiling),
];

impl Function {
    /// How many arguments it takes; `None` for any number but zero.
    pub(super) fn arity(self) -> Option<usize> {
        match self {
            Self::Max | Self::Min | Self::Apply => None,
            Self::FloorDivide | Self::Modulo | Self::Xor | Self::Integral => Some(2),
            _ => Some(1),
        }
    }
}
