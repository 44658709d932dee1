//! What expressions without known values may still be told by: short sums and products are written out, and functions that nobody defined are
//! unknowns.

use super::Grader;
use super::normal::substitute;
use crate::equal::{Decision, equal};
use crate::expr::{Expr, Function, Rational};
use num_traits::{One, ToPrimitive};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most terms of a sum that is written out.
const MAX_TERMS: i64 = 256;
/// The most nodes of all that is written out.
const MAX_NODES: usize = 4_096;

/// Names of what stands in an expression without being a function that somebody may define.
const RESERVED: [&str; 24] = [
    "!!", "()", "<>", "^+", "^-", "bigcap", "bigcup", "det", "gcd", "iiint", "iint", "inf", "int", "lcm", "lim", "liminf", "limsup",
    "matrix", "norm", "oint", "prod", "relation", "sum", "sup",
];

impl Grader<'_> {
    /// A second look at expressions whose values are not known.
    pub(super) fn opaque(&mut self, one: &Expr, two: &Expr) -> Option<Decision> {
        let (mut mine, mut theirs) = (written_out(one), written_out(two));
        if mine.is_some() || theirs.is_some() {
            let (one, two) = (mine.take().unwrap_or_else(|| one.clone()), theirs.take().unwrap_or_else(|| two.clone()));
            let decision = equal(&one, &two, self.steps);
            if !matches!(decision, Decision::Undecided(_)) {
                return Some(decision);
            }
        }
        let (ours, others) = (functions(one)?, functions(two)?);
        if ours == others && one.symbols() == two.symbols() {
            return None;
        }
        // One has a function or a letter that the other lacks: as that may be anything, they are the same only if it has no influence.
        let mut unknowns = Vec::new();
        let decision = equal(&unknown(one, &mut unknowns)?, &unknown(two, &mut unknowns)?, self.steps);
        decision.is_different().then_some(decision)
    }
}

/// With sums and products of few terms written out; `None` if there is none.
fn written_out(of: &Expr) -> Option<Expr> {
    let mut found = false;
    of.visit(&mut |part| found |= terms_of(part).is_some());
    if !found {
        return None;
    }
    let mut nodes = 0;
    write_out(of, &mut nodes)
}

fn write_out(of: &Expr, nodes: &mut usize) -> Option<Expr> {
    *nodes += 1;
    if *nodes > MAX_NODES {
        return None;
    }
    let mut all = |parts: &[Expr]| parts.iter().map(|part| write_out(part, nodes)).collect::<Option<Vec<_>>>();
    Some(match of {
        Expr::Number(_) | Expr::Constant(_) | Expr::Symbol(_) => of.clone(),
        Expr::Sum(parts) => Expr::sum(all(parts)?),
        Expr::Product(parts) => Expr::product(all(parts)?),
        Expr::Power(power) => Expr::power(write_out(&power.0, nodes)?, write_out(&power.1, nodes)?),
        Expr::Call(function, parts) => match terms_of(of) {
            Some((sum, body, index, low, high)) => {
                let mut terms = Vec::new();
                for value in low..=high {
                    let term = substitute(body, &|name| (name == index).then(|| Expr::integer(value)));
                    terms.push(write_out(&term, nodes)?);
                }
                if sum { Expr::sum(terms) } else { Expr::product(terms) }
            }
            None => Expr::Call(*function, all(parts)?.into()),
        },
    })
}

/// Whether it is a sum, its body, index and bounds, if it is one of few terms.
fn terms_of(of: &Expr) -> Option<(bool, &Expr, &str, i64, i64)> {
    let Expr::Call(Function::Apply, parts) = of else { return None };
    let [Expr::Symbol(name), body, Expr::Symbol(index), low, high] = &**parts else { return None };
    let sum = match &**name {
        "sum" => true,
        "prod" => false,
        _ => return None,
    };
    let integer = |of: &Expr| match of {
        Expr::Number(value) => whole(value),
        Expr::Sum(_) => of.evaluate().ok().as_ref().and_then(whole),
        _ => None,
    };
    let (low, high) = (integer(low)?, integer(high)?);
    (high.checked_sub(low)? < MAX_TERMS).then_some((sum, body, &**index, low, high))
}

fn whole(value: &Rational) -> Option<i64> {
    if value.denom().is_one() { value.numer().to_i64() } else { None }
}

/// The functions that nobody defined; `None` if something else is opaque, of which nothing is known.
fn functions(of: &Expr) -> Option<BTreeSet<Arc<str>>> {
    let (mut names, mut known) = (BTreeSet::new(), true);
    of.visit(&mut |part| {
        if let Expr::Call(Function::Apply, parts) = part {
            match parts.first() {
                Some(Expr::Symbol(name)) if !RESERVED.contains(&&**name) && !name.contains(['^', '{']) => {
                    names.insert(Arc::clone(name));
                }
                _ => known = false,
            }
        }
    });
    known.then_some(names)
}

/// With a symbol for each value of a function that nobody defined.
fn unknown(of: &Expr, values: &mut Vec<Expr>) -> Option<Expr> {
    let mut all = |parts: &[Expr]| parts.iter().map(|part| unknown(part, values)).collect::<Option<Vec<_>>>();
    Some(match of {
        Expr::Number(_) | Expr::Constant(_) | Expr::Symbol(_) => of.clone(),
        Expr::Sum(parts) => Expr::sum(all(parts)?),
        Expr::Product(parts) => Expr::product(all(parts)?),
        Expr::Power(power) => Expr::power(unknown(&power.0, values)?, unknown(&power.1, values)?),
        Expr::Call(Function::Apply, _) => {
            let at = values.iter().position(|value| value == of).unwrap_or_else(|| {
                values.push(of.clone());
                values.len() - 1
            });
            if at >= 64 {
                return None;
            }
            Expr::symbol(&format!("value {at}"))
        }
        Expr::Call(function, parts) => Expr::Call(*function, all(parts)?.into()),
    })
}
