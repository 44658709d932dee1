//! Expressions with symbols: residues modulo two primes, and enclosures at points that are the same on every run.

use super::enclose::{Enclosure, Point};
use super::field::{Field, mixed};
use super::modular::{Modular, Stop};
use super::real::Real;
use super::scan::Scan;
use super::{Decision, How, MAX_BITS, Steps, Symbols, Why};
use crate::expr::Expr;
use std::sync::Arc;

/// At how many points expressions must agree whose residues do, and which are the same function everywhere.
const CONFIRMING: u32 = 1;

/// At how many points others must.
const AGREEING: u32 = 3;

/// The same where an expression is made of pieces.
const AGREEING_IN_PIECES: u32 = 7;

/// At how many points it is tried.
const TRIES: u64 = 40;

/// How far two values must agree beyond the smallest on the way, in bits, at the first two points where no residues confirm it.
const AGREEMENT: i64 = 96;

/// The same for those that residues confirm, and at further points, which look for other pieces.
const CONFIRMATION: i64 = 30;

/// The largest precision at a point.
const MAX_POINT_BITS: u64 = MAX_BITS / 2;

/// What a point says.
enum Seen {
    Same(u64),
    Apart(u64),
    Nothing(Why),
}

/// Compares expressions of which one has symbols or functions without values.
pub(super) fn compare(one: &Expr, two: &Expr, scan: &Scan, symbols: Symbols, steps: &mut Steps) -> Result<Decision, Why> {
    let mut attempts = 0..TRIES;
    // A wrong answer is seen at the first point, mostly.
    let mut agreed = 0;
    let mut most = 0;
    let mut why = Why::NoValue;
    let quick =
        attempts.by_ref().take(2).find_map(|attempt| match at_point(one, two, &point(scan, symbols, attempt), CONFIRMATION, steps) {
            Seen::Nothing(reason) => {
                why = reason;
                None
            }
            seen => Some(seen),
        });
    match quick {
        Some(Seen::Apart(bits)) => return Ok(apart(scan, bits)),
        Some(Seen::Same(bits)) => (agreed, most) = (1, bits),
        _ => {}
    }
    let residues = residues(one, two, steps)?;
    if residues == Residues::Different {
        return Ok(Decision::Different(How::RationalFunction));
    }
    let same = matches!(residues, Residues::Same { .. });
    let needed = match (same, scan.pieces) {
        (true, false) => CONFIRMING,
        (_, true) => AGREEING_IN_PIECES,
        (false, false) => AGREEING,
    };
    let mut precise = if same { 0_i32 } else { 2 };
    if precise > 0 {
        (agreed, most) = (0, 0);
    }
    for attempt in attempts {
        if agreed >= needed {
            break;
        }
        steps.spend(10 + 20 * scan.symbols.len() as u64)?;
        let margin = if precise > 0 { AGREEMENT } else { CONFIRMATION };
        match at_point(one, two, &point(scan, symbols, attempt), margin, steps) {
            Seen::Same(bits) => {
                agreed += 1;
                precise = i32::max(precise - 1, 0);
                most = most.max(bits);
            }
            Seen::Apart(bits) => return Ok(apart(scan, bits)),
            Seen::Nothing(Why::Budget) => return Err(Why::Budget),
            Seen::Nothing(reason) => why = reason,
        }
    }
    match residues {
        Residues::Same { rational: true } => Ok(Decision::Equal(How::RationalFunction)),
        Residues::Same { .. } if agreed >= needed => Ok(Decision::Equal(How::Identity { bits: most })),
        _ if agreed >= needed => Ok(Decision::Equal(How::AgreesAtPoints { points: agreed, bits: most })),
        _ => Err(why),
    }
}

/// An antiderivative is not told from a function that it may equal.
fn apart(scan: &Scan, bits: u64) -> Decision {
    if scan.integral { Decision::Undecided(Why::NoValue) } else { Decision::Different(How::SeparatedAtPoint { bits }) }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Residues {
    Same {
        rational: bool,
    },
    Different,
    /// They are not the same, and that proves nothing.
    Open,
}

fn residues(one: &Expr, two: &Expr, steps: &mut Steps) -> Result<Residues, Why> {
    let mut rational = true;
    for field in Field::BOTH {
        let mut modular = Modular::new(field, steps);
        let values = (modular.value(one), modular.value(two));
        let has_atoms = modular.has_atoms;
        rational &= !has_atoms;
        match values {
            (Ok(first), Ok(second)) if first == second => {}
            (Ok(_), Ok(_)) if !has_atoms => return Ok(Residues::Different),
            (Err(Stop::Limit(Why::Budget)), _) | (_, Err(Stop::Limit(Why::Budget))) => return Err(Why::Budget),
            _ => return Ok(Residues::Open),
        }
    }
    Ok(Residues::Same { rational })
}

/// Compares the values at a point, with as many bits as it takes for the smallest value on the way to count.
fn at_point(one: &Expr, two: &Expr, point: &Point, margin: i64, steps: &mut Steps) -> Seen {
    let mut bits = if margin > 60 { 160 } else { 64 };
    loop {
        let mut enclosure = Enclosure::new(bits, point, steps);
        let values = enclosure.value(one).and_then(|first| Ok((first, enclosure.value(two)?)));
        let smallest = enclosure.smallest;
        let (first, second) = match values {
            Ok(values) => values,
            Err(why) => return Seen::Nothing(why),
        };
        let difference = first.sub(&second, bits);
        if difference.excludes_zero() {
            return Seen::Apart(bits);
        }
        let known = difference.is_known();
        let mut more = bits;
        if known {
            let top = difference.above().top().unwrap_or(i64::MIN);
            if top <= smallest - margin {
                return Seen::Same(bits);
            }
            more = top.saturating_sub(smallest - margin) as u64 + 24;
        }
        // Where nothing is known at twice the precision there is no value, mostly.
        if bits + more > MAX_POINT_BITS || !known && bits >= 256 {
            return Seen::Nothing(if known { Why::Precision } else { Why::NoValue });
        }
        bits += more.max(32);
    }
}

/// A value for each symbol, short, and of a size that changes from attempt to attempt, so that some lie where logarithms, roots and powers are defined and
/// small.
fn point(scan: &Scan, symbols: Symbols, attempt: u64) -> Vec<(Arc<str>, Real)> {
    let mut state = mixed(0x7265_616c, attempt);
    let exponent = [-16, -18, -14, -12][(attempt % 4) as usize];
    let values = scan.symbols.iter().map(|name| {
        state = mixed(state, 1);
        // 16 bits and a sign.
        let size = ((state >> 8) & 0xffff) as i64 | 1;
        let negative = symbols == Symbols::Real && state & 1 == 1;
        (Arc::clone(name), Real::exact(if negative { -size } else { size }.into(), exponent))
    });
    values.collect()
}
