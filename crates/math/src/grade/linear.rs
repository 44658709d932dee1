//! Sums, multiples and products of matrices and tuples that an answer left undone: `(1, 0) + t \cdot (2, 3)` is `(1 + 2t, 3t)`.

use crate::answer::{Answer, Bracket};
use crate::expr::{Expr, Function};

/// The most entries.
const MAX_ENTRIES: usize = 256;

/// Entries row by row.
#[derive(Clone, Debug)]
struct Array {
    columns: usize,
    entries: Vec<Expr>,
    /// Whether it was a tuple.
    tuple: bool,
}

/// The matrix or tuple that an expression of such is.
pub(super) fn evaluated(of: &Expr) -> Option<Answer> {
    let parts = match of {
        Expr::Sum(parts) | Expr::Product(parts) => parts,
        _ => return None,
    };
    // Mostly there is none: that is seen at once.
    if !parts.iter().any(holds_array) {
        return None;
    }
    let array = array(of)?;
    let answer = |expr: &Expr| Answer::expression(expr.clone());
    Some(if let ([entry], false) = (array.entries.as_slice(), array.tuple) {
        answer(entry)
    } else if array.tuple {
        Answer::Bracketed { open: Bracket::Round, items: array.entries.iter().map(answer).collect(), close: Bracket::Round }
    } else {
        let rows = array.entries.chunks(array.columns).map(|row| row.iter().map(answer).collect()).collect();
        Answer::Matrix { rows, determinant: false }
    })
}

fn holds_array(of: &Expr) -> bool {
    match of {
        Expr::Sum(parts) | Expr::Product(parts) => parts.iter().any(holds_array),
        Expr::Call(Function::Apply, parts) => matches!(parts.first(), Some(Expr::Symbol(name)) if matches!(&**name, "matrix" | "()")),
        _ => false,
    }
}

fn array(of: &Expr) -> Option<Array> {
    match of {
        Expr::Sum(terms) => {
            let mut terms = terms.iter();
            let mut sum = array(terms.next()?)?;
            for term in terms {
                let other = array(term)?;
                if other.columns != sum.columns || other.entries.len() != sum.entries.len() || other.tuple != sum.tuple {
                    return None;
                }
                for (mine, theirs) in sum.entries.iter_mut().zip(other.entries) {
                    *mine = Expr::sum([mine.clone(), theirs]);
                }
            }
            Some(sum)
        }
        Expr::Product(factors) => {
            let mut scalars = Vec::new();
            let mut product: Option<Array> = None;
            for factor in factors.iter() {
                if !holds_array(factor) {
                    scalars.push(factor.clone());
                    continue;
                }
                let factor = array(factor)?;
                product = Some(match product {
                    Some(before) => before.times(&factor)?,
                    None => factor,
                });
            }
            let mut product = product?;
            if !scalars.is_empty() {
                for entry in &mut product.entries {
                    *entry = Expr::product(scalars.iter().cloned().chain([entry.clone()]));
                }
            }
            Some(product)
        }
        Expr::Call(Function::Apply, parts) => {
            let (Expr::Symbol(name), entries) = parts.split_first()? else { return None };
            match &**name {
                "()" => Some(Array { columns: 1, entries: entries.to_vec(), tuple: true }),
                "matrix" => {
                    let (Expr::Number(rows), entries) = entries.split_first()? else { return None };
                    let rows = usize::try_from(rows.to_integer()).ok().filter(|rows| *rows > 0)?;
                    let whole = !entries.is_empty() && entries.len() % rows == 0;
                    whole.then(|| Array { columns: entries.len() / rows, entries: entries.to_vec(), tuple: false })
                }
                _ => None,
            }
        }
        _ => None,
    }
    .filter(|array| array.entries.len() <= MAX_ENTRIES)
}

impl Array {
    /// The product of matrices.
    fn times(&self, other: &Self) -> Option<Self> {
        let rows = self.entries.len() / self.columns;
        let inner = other.entries.len() / other.columns;
        if self.tuple || other.tuple || inner != self.columns || rows * other.columns * inner > 8 * MAX_ENTRIES {
            return None;
        }
        let mut entries = Vec::with_capacity(rows * other.columns);
        for row in self.entries.chunks(self.columns) {
            for column in 0..other.columns {
                let below = other.entries.iter().skip(column).step_by(other.columns);
                entries.push(Expr::sum(row.iter().zip(below).map(|(one, two)| Expr::product([one.clone(), two.clone()]))));
            }
        }
        Some(Self { columns: other.columns, entries, tuple: false })
    }
}
