//! The decoder in candle's stock operations, which run and have gradients on every device of candle's: the way to a GPU, and the check of the passes written for the CPU.
//!
//! It computes what [`crate::engine`] computes, in single precision, from the same weights. Only operations with a gradient are used: candle's fused norms, softmax and
//! rotary embedding have none and lose it silently (<https://github.com/huggingface/candle/issues/2168>). A batch goes through in pieces; where what
//! the layers keep is large, each is computed again from its input in the backward pass.

mod batch;
mod decoder;
mod generate;
mod pass;

pub(crate) use generate::generate;
pub(crate) use pass::{backward, score};

use crate::ModelConfig;
use crate::engine::Index;
use candle_core::{Device, Result, Tensor, Var};
use std::sync::{Arc, Mutex, PoisonError};

/// A device, and the weights there if they are those of the host.
#[derive(Debug)]
pub(crate) struct Graph {
    device: Device,
    /// What all layers keep for a backward pass is kept if it is no more than this, in bytes; else each layer is computed again from its input.
    pub(crate) kept: usize,
    weights: Mutex<Option<Arc<Weights>>>,
}

impl Graph {
    pub(crate) fn new(device: Device) -> Self {
        Self { device, kept: 4 << 30, weights: Mutex::default() }
    }

    pub(crate) fn device(&self) -> &Device {
        &self.device
    }

    /// The weights on the host have changed.
    pub(crate) fn forget(&mut self) {
        *self.weights.get_mut().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The weights on the device, copied there if they are not.
    fn weights(&self, source: &Source<'_>) -> Result<Arc<Weights>> {
        let mut held = self.weights.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(weights) = &*held {
            return Ok(Arc::clone(weights));
        }
        let weights = Arc::new(Weights::new(source, &self.device)?);
        *held = Some(Arc::clone(&weights));
        Ok(weights)
    }
}

/// A model on the host.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Source<'a> {
    pub(crate) config: &'a ModelConfig,
    pub(crate) weights: &'a [Vec<f32>],
    pub(crate) index: &'a Index,
}

/// Weights on a device, once in memory: as what has a gradient, and as what has none.
#[derive(Debug)]
struct Weights {
    trained: Vec<Tensor>,
    fixed: Vec<Tensor>,
}

impl Weights {
    fn new(source: &Source<'_>, device: &Device) -> Result<Self> {
        let shapes = source.config.weights();
        let put = |(values, shape): (&Vec<f32>, Vec<usize>)| Ok(Var::from_slice(values, shape, device)?.into_inner());
        let shapes = shapes.into_iter().map(|weight| weight.shape);
        let trained = source.weights.iter().zip(shapes).map(put).collect::<Result<Vec<Tensor>>>()?;
        let fixed = trained.iter().map(Tensor::detach).collect();
        Ok(Self { trained, fixed })
    }
}
