//! Expressions with symbols: residues modulo two primes, and enclosures at points that are the same on every run.

use super::enclose::Enclosure;
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
    let mut points = Points { pair: (one, two), scan, symbols, complex: scan.imaginary, attempt: 0 };
    // A wrong answer is seen at the first point, mostly.
    let quick = match points.look(CONFIRMATION, steps) {
        Seen::Nothing(_) => points.look(CONFIRMATION, steps),
        seen => seen,
    };
    if let Seen::Apart(bits) = quick {
        return Ok(apart(scan, bits));
    }
    let residues = residues(one, two, steps)?;
    if residues == Residues::Different {
        return Ok(Decision::Different(How::RationalFunction));
    }
    let same = matches!(residues, Residues::Same { .. });
    let mut tally = Tally { agreed: 0, bits: 0, precise: if same { 0 } else { 2 }, why: Why::NoValue };
    if let (true, Seen::Same(bits)) = (same, quick) {
        (tally.agreed, tally.bits) = (1, bits);
    }
    let needed = match (same, scan.pieces) {
        (true, false) => CONFIRMING,
        (_, true) => AGREEING_IN_PIECES,
        (false, false) => AGREEING,
    };
    let mut seen = tally.collect(&mut points, needed, steps)?;
    if seen.is_none() && tally.agreed == 0 && !points.complex {
        // Nowhere real: then what they are in complex numbers counts.
        points.complex = true;
        points.attempt = 0;
        seen = tally.collect(&mut points, needed, steps)?;
    }
    if let Some(bits) = seen {
        return Ok(apart(scan, bits));
    }
    match residues {
        Residues::Same { rational: true } => Ok(Decision::Equal(How::RationalFunction)),
        Residues::Same { .. } if tally.agreed >= needed => Ok(Decision::Equal(How::Identity { bits: tally.bits })),
        _ if tally.agreed >= needed => Ok(Decision::Equal(How::AgreesAtPoints { points: tally.agreed, bits: tally.bits })),
        _ => Err(tally.why),
    }
}

/// What was seen so far.
struct Tally {
    agreed: u32,
    /// The largest precision that was used.
    bits: u64,
    /// How many points are still to agree to many bits.
    precise: u32,
    /// Why the last point that said nothing did not.
    why: Why,
}

impl Tally {
    /// Looks at points until enough agree; the precision if one does not.
    fn collect(&mut self, points: &mut Points<'_>, needed: u32, steps: &mut Steps) -> Result<Option<u64>, Why> {
        while self.agreed < needed && points.attempt < TRIES {
            match points.look(if self.precise > 0 { AGREEMENT } else { CONFIRMATION }, steps) {
                Seen::Same(bits) => {
                    self.agreed += 1;
                    self.precise = self.precise.saturating_sub(1);
                    self.bits = self.bits.max(bits);
                }
                Seen::Apart(bits) => return Ok(Some(bits)),
                Seen::Nothing(Why::Budget) => return Err(Why::Budget),
                Seen::Nothing(why) => self.why = why,
            }
        }
        Ok(None)
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

/// Two expressions, and points to look at.
struct Points<'a> {
    pair: (&'a Expr, &'a Expr),
    scan: &'a Scan,
    symbols: Symbols,
    /// Whether points count at which both are complex on the way: roots of negative numbers, say. Real functions are not defined there.
    complex: bool,
    /// How many points were looked at.
    attempt: u64,
}

impl Points<'_> {
    /// Compares the values at the next point, with as many bits as it takes for the smallest value on the way to count.
    fn look(&mut self, margin: i64, steps: &mut Steps) -> Seen {
        if let Err(why) = steps.spend(10 + 20 * self.scan.symbols.len() as u64) {
            return Seen::Nothing(why);
        }
        let point = self.next();
        let mut bits = if margin > CONFIRMATION { 160 } else { 64 };
        loop {
            let mut enclosure = Enclosure::new(bits, &point, steps);
            let mut value = |expr| {
                enclosure.left_reals = false;
                Ok((enclosure.value(expr)?, enclosure.left_reals))
            };
            let values = value(self.pair.0).and_then(|first| Ok((first, value(self.pair.1)?)));
            let smallest = enclosure.smallest;
            let ((first, one_left), (second, other_left)) = match values {
                Ok(values) => values,
                Err(why) => return Seen::Nothing(why),
            };
            if one_left && other_left && !self.complex {
                return Seen::Nothing(Why::NoValue);
            }
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

    /// Values for the symbols, short, and of a size that changes from attempt to attempt, so that some lie where logarithms, roots and powers are
    /// defined and small. Every other time all are positive.
    fn next(&mut self) -> Vec<(Arc<str>, Real)> {
        let attempt = self.attempt;
        self.attempt += 1;
        let mut state = mixed(0x7265_616c, attempt);
        // What is made of pieces may change at numbers that are written in it: some points lie beyond them.
        let wide = self.scan.pieces && attempt / 2 % 4 == 1;
        let exponent = if wide { self.scan.largest as i64 - 14 } else { [-16, -12, -18, -14][(attempt / 2 % 4) as usize] };
        let any_sign = self.symbols == Symbols::Real && attempt.is_multiple_of(2);
        let values = self.scan.symbols.iter().map(|name| {
            state = mixed(state, 1);
            // 16 bits and a sign.
            let size = ((state >> 8) & 0xffff) as i64 | if wide { 0x8001 } else { 1 };
            let negative = any_sign && state & 1 == 1;
            (Arc::clone(name), Real::exact(if negative { -size } else { size }.into(), exponent))
        });
        values.collect()
    }
}
