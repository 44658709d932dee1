//! What two expressions hold, before anything is computed.

use super::enclose::is_opaque;
use super::{MAX_DEPTH, Steps, Why};
use crate::expr::{Constant, Expr, Function};
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most nodes that are looked at in both together. Shared parts count as often as they are looked at.
const MAX_NODES: usize = 20_000;

/// The size of numbers, in bits, above which none is looked for where functions of pieces change.
const MAX_LARGEST: u64 = 40;

/// What was met.
#[derive(Clone, Debug, Default)]
pub(super) struct Scan {
    pub(super) symbols: BTreeSet<Arc<str>>,
    /// Whether a function without values was met.
    pub(super) opaque: bool,
    /// Whether the imaginary unit was.
    pub(super) imaginary: bool,
    /// Every number in them is below 2 to this, but for larger ones than [`MAX_LARGEST`] says.
    pub(super) largest: u64,
    /// Whether an antiderivative was: it may equal something that has none in it.
    pub(super) integral: bool,
    /// Whether something was met that is made of pieces: equality at some points says little of others.
    pub(super) pieces: bool,
    nodes: usize,
    depth: usize,
}

impl Scan {
    pub(super) fn of(expressions: &[&Expr], steps: &mut Steps) -> Result<Self, Why> {
        let mut scan = Self::default();
        for expr in expressions {
            scan.see(expr)?;
        }
        steps.spend(2 * scan.nodes as u64)?;
        Ok(scan)
    }

    fn see(&mut self, expr: &Expr) -> Result<(), Why> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(Why::Budget);
        }
        if self.depth >= MAX_DEPTH {
            return Err(Why::TooDeep);
        }
        self.depth += 1;
        match expr {
            Expr::Number(value) => {
                let bits = (value.numer().bits() + 1).saturating_sub(value.denom().bits());
                self.largest = self.largest.max(bits.min(MAX_LARGEST));
            }
            Expr::Constant(constant) => self.imaginary |= *constant == Constant::I,
            Expr::Symbol(name) => {
                if !self.symbols.contains(name) {
                    self.symbols.insert(Arc::clone(name));
                }
            }
            Expr::Sum(parts) | Expr::Product(parts) => {
                for part in parts.iter() {
                    self.see(part)?;
                }
            }
            Expr::Power(power) => {
                self.pieces |= !matches!(&power.1, Expr::Number(exponent) if exponent.is_integer());
                self.see(&power.0)?;
                self.see(&power.1)?;
            }
            Expr::Call(function, parts) => {
                self.opaque |= is_opaque(*function);
                self.integral |= *function == Function::Integral;
                self.pieces |= !matches!(
                    function,
                    Function::Exp
                        | Function::Sin
                        | Function::Cos
                        | Function::Tan
                        | Function::Cot
                        | Function::Sec
                        | Function::Csc
                        | Function::Sinh
                        | Function::Cosh
                        | Function::Tanh
                );
                for part in parts.iter() {
                    self.see(part)?;
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }
}
