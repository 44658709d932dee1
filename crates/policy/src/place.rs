//! Where a model computes.

use candle_core::Device;
use std::fmt;
use std::str::FromStr;

/// Where passes over a model run. Weights are kept in the host's memory in every case; a device has a copy of them.
#[derive(Clone, Debug, Default)]
pub enum Place {
    /// On this machine's processor, by the passes written for it (`engine`).
    #[default]
    Cpu,
    /// On a device of candle's, by its stock operations (`graph`).
    Candle(Device),
}

/// Why there is no such place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlaceError {
    /// The text is none of the names.
    #[error("`{0}` is not a device: cpu, cuda, cuda:1 and so on, or candle-cpu")]
    Unknown(String),
    /// This program cannot use a GPU.
    #[error("`{0}` needs a build with the feature `cuda`, which this is not; docs/training.md says how to build one")]
    NoCuda(String),
    /// The GPU cannot be used.
    #[error("`{name}` cannot be used: {source}")]
    Device {
        /// As it was asked for.
        name: String,
        /// candle's words.
        source: candle_core::Error,
    },
}

impl FromStr for Place {
    type Err = PlaceError;

    fn from_str(name: &str) -> Result<Self, PlaceError> {
        let number = match name.split_once(':') {
            None if name == "cpu" => return Ok(Self::Cpu),
            None if name == "candle-cpu" => return Ok(Self::Candle(Device::Cpu)),
            None if name == "cuda" => 0,
            Some(("cuda", number)) => number.parse().map_err(|_| PlaceError::Unknown(name.to_owned()))?,
            _ => return Err(PlaceError::Unknown(name.to_owned())),
        };
        if !cfg!(feature = "cuda") {
            return Err(PlaceError::NoCuda(name.to_owned()));
        }
        Device::new_cuda(number).map(Self::Candle).map_err(|source| PlaceError::Device { name: name.to_owned(), source })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cpu => f.write_str("cpu"),
            Self::Candle(device) if device.is_cuda() => f.write_str("cuda"),
            Self::Candle(_) => f.write_str("candle-cpu"),
        }
    }
}
