//! Files of weights in safetensors: read one tensor after another, written as one file.
//!
//! Files are read, not mapped into memory: each tensor is copied once anyway, and a file that is cut while it is read is then an error instead of a signal.
//! Format: <https://github.com/huggingface/safetensors#format>.

use candle_core::{DType, Device, Tensor};
use safetensors::Dtype;
use safetensors::tensor::{Metadata, TensorInfo};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use super::read_json;
use crate::{ModelConfig, PolicyError, Wrong};

/// The file of a model that is not sharded.
const SINGLE: &str = "model.safetensors";
/// What says which shard has which weight.
const INDEX: &str = "model.safetensors.index.json";
/// The longest header, as the format's own library bounds it.
const MAX_HEADER_BYTES: u64 = 100_000_000;

/// An open file of weights whose header was read and fits the file's length.
struct Shard {
    path: PathBuf,
    file: File,
    /// Where the header ends and offsets count from.
    start: u64,
    metadata: Metadata,
}

impl Shard {
    fn open(path: PathBuf) -> Result<Self, PolicyError> {
        let hint = "weights are model.safetensors, or shards and model.safetensors.index.json, as `save_pretrained` and `gavel init-model` write them";
        let mut file = super::open(&path, hint)?;
        let damaged = |defect: String| PolicyError::Damaged { path: path.clone(), defect };
        let failed = |source| PolicyError::Io { path: path.clone(), action: "read", source };
        let length = file.metadata().map_err(failed)?.len();
        let mut size = [0; 8];
        if length < 8 {
            return Err(damaged(format!("{length} bytes are no safetensors file")));
        }
        file.read_exact(&mut size).map_err(failed)?;
        let size = u64::from_le_bytes(size);
        if size > MAX_HEADER_BYTES || size > length - 8 {
            return Err(damaged(format!("its header of {size} bytes does not fit a file of {length} bytes")));
        }
        let mut header = vec![0; size as usize];
        file.read_exact(&mut header).map_err(failed)?;
        // Deserialising checks that offsets, shapes and types agree and leave no holes.
        let metadata: Metadata = serde_json::from_slice(&header).map_err(|source| damaged(format!("header: {source}")))?;
        let (start, data) = (8 + size, metadata.data_len() as u64);
        if data != length - start {
            return Err(damaged(format!("its header promises {data} bytes of weights, the file has {}", length - start)));
        }
        Ok(Self { path, file, start, metadata })
    }

    /// The numbers of one tensor as f32.
    fn read(&mut self, info: &TensorInfo) -> Result<Vec<f32>, PolicyError> {
        let (from, to) = info.data_offsets;
        let mut bytes = vec![0; to - from];
        let read = self.file.seek(SeekFrom::Start(self.start + from as u64)).and_then(|_| self.file.read_exact(&mut bytes));
        read.map_err(|source| PolicyError::Io { path: self.path.clone(), action: "read", source })?;
        Ok(match info.dtype {
            Dtype::BF16 => {
                bytes.chunks_exact(2).map(|pair| f32::from_bits(u32::from(u16::from_le_bytes([pair[0], pair[1]])) << 16)).collect()
            }
            Dtype::F16 => bytes.chunks_exact(2).map(|pair| half_to_f32(u16::from_le_bytes([pair[0], pair[1]]))).collect(),
            _ => bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]])).collect(),
        })
    }
}

/// IEEE 754 binary16: 1 bit of sign, 5 of exponent (bias 15), 10 of fraction.
fn half_to_f32(bits: u16) -> f32 {
    let (sign, exponent, fraction) = (u32::from(bits >> 15) << 31, u32::from(bits >> 10) & 31, u32::from(bits) & 1023);
    let magnitude = match exponent {
        // Subnormal: fraction times 2^-24, exact in f32.
        0 => (fraction as f32 * 2f32.powi(-24)).to_bits(),
        31 => 0x7f80_0000 | (fraction << 13),
        _ => ((exponent + 112) << 23) | (fraction << 13),
    };
    f32::from_bits(sign | magnitude)
}

/// Reads the weights of a model in `directory` as f32, `[out, in]` for linear layers, by their names.
///
/// With tied embeddings an `lm_head.weight` in the files is superfluous by the configuration but written by some tools; it is left out.
///
/// # Errors
/// [`PolicyError::Weights`] naming every weight that is missing, superfluous or misshapen, before a number is read; [`PolicyError::Missing`] and
/// [`PolicyError::Damaged`] for files.
pub(super) fn load(directory: &Path, config: &ModelConfig, device: &Device) -> Result<BTreeMap<String, Tensor>, PolicyError> {
    let mut shards = open_all(directory)?;
    let mut found: BTreeMap<String, (usize, TensorInfo)> = BTreeMap::new();
    for (number, shard) in shards.iter().enumerate() {
        let tensors: BTreeMap<String, &TensorInfo> = shard.metadata.tensors().into_iter().collect();
        for (name, info) in tensors {
            if found.insert(name.clone(), (number, info.clone())).is_some() {
                return Err(PolicyError::Damaged { path: shard.path.clone(), defect: format!("{name} is in another shard too") });
            }
        }
    }
    if config.tie_word_embeddings {
        found.remove("lm_head.weight");
    }
    let shapes = found.iter().map(|(name, (_, info))| (name.as_str(), info.shape.as_slice(), info.dtype));
    check(
        directory,
        config,
        shapes.map(|(name, shape, dtype)| (name, shape, !matches!(dtype, Dtype::F32 | Dtype::BF16 | Dtype::F16), dtype)),
    )?;
    let mut weights = BTreeMap::new();
    for (name, (number, info)) in found {
        let shard = shards.get_mut(number).expect("the number was counted over the same vector");
        let tensor = Tensor::from_vec(shard.read(&info)?, info.shape.as_slice(), device);
        weights.insert(name.clone(), tensor.map_err(|source| PolicyError::Tensor { name, source })?);
    }
    Ok(weights)
}

#[derive(Deserialize)]
struct Index {
    weight_map: BTreeMap<String, String>,
}

fn open_all(directory: &Path) -> Result<Vec<Shard>, PolicyError> {
    let index = directory.join(INDEX);
    if directory.join(SINGLE).exists() || !index.exists() {
        return Ok(vec![Shard::open(directory.join(SINGLE))?]);
    }
    let Index { weight_map } = read_json(&index, "")?;
    let mut shards: BTreeMap<&str, Shard> = BTreeMap::new();
    for file in weight_map.values() {
        if shards.contains_key(file.as_str()) {
            continue;
        }
        // An index is data from elsewhere: it names files of this directory, and no others.
        if file.contains(['/', '\\']) || file == ".." {
            return Err(PolicyError::Damaged { path: index, defect: format!("{file:?} is not a file name") });
        }
        shards.insert(file, Shard::open(directory.join(file))?);
    }
    let lost = weight_map.iter().find(|(name, file)| shards.get(file.as_str()).is_none_or(|shard| shard.metadata.info(name).is_none()));
    if let Some((name, file)) = lost {
        return Err(PolicyError::Damaged { path: directory.join(file), defect: format!("{name} is not in it, though {INDEX} says so") });
    }
    Ok(shards.into_values().collect())
}

/// Compares what is there with what the configuration says.
fn check<'a>(
    path: &Path,
    config: &ModelConfig,
    found: impl Iterator<Item = (&'a str, &'a [usize], bool, Dtype)>,
) -> Result<(), PolicyError> {
    let mut expected: BTreeMap<String, Vec<usize>> = config.weights().into_iter().map(|weight| (weight.name, weight.shape)).collect();
    let mut wrong = Vec::new();
    for (name, shape, unreadable, dtype) in found {
        let owned = name.to_owned();
        match expected.remove(name) {
            None => wrong.push(Wrong::Superfluous { name: owned }),
            Some(right) if right != shape => wrong.push(Wrong::Shape { name: owned, found: shape.to_vec(), expected: right }),
            Some(_) if unreadable => wrong.push(Wrong::Type { name: owned, found: format!("{dtype:?}") }),
            Some(_) => {}
        }
    }
    wrong.extend(expected.into_keys().map(|name| Wrong::Missing { name }));
    if wrong.is_empty() { Ok(()) } else { Err(PolicyError::Weights { path: path.to_owned(), wrong }) }
}

/// The name and content of the file of a model's weights, and how `config.json` calls their type.
///
/// # Errors
/// [`PolicyError::Weights`] where they do not fit `config`, [`PolicyError::Tensor`].
pub(super) fn encode_model(
    config: &ModelConfig,
    weights: &BTreeMap<String, Tensor>,
) -> Result<(&'static str, Vec<u8>, &'static str), PolicyError> {
    let found = weights.iter().map(|(name, tensor)| {
        let (dtype, readable) = dtype(tensor);
        (name.as_str(), tensor.dims(), !readable, dtype)
    });
    check(Path::new(SINGLE), config, found)?;
    let widest = weights.values().map(|tensor| dtype(tensor).0).max_by_key(|dtype| dtype.bitsize());
    let name = match widest {
        Some(Dtype::BF16) => "bfloat16",
        Some(Dtype::F16) => "float16",
        _ => "float32",
    };
    Ok((SINGLE, encode(weights)?, name))
}

/// Tensors as the content of a safetensors file, each in its own type. The bytes depend on names, shapes, types and numbers only.
///
/// # Errors
/// [`PolicyError::Tensor`] where one cannot be read from its device or has a type that the format's readers here do not take.
pub fn encode(tensors: &BTreeMap<String, Tensor>) -> Result<Vec<u8>, PolicyError> {
    let mut order: Vec<(&str, &Tensor, Dtype)> = Vec::with_capacity(tensors.len());
    for (name, tensor) in tensors {
        let (dtype, readable) = dtype(tensor);
        if !readable {
            let source = candle_core::Error::UnsupportedDTypeForOp(tensor.dtype(), "write").bt();
            return Err(PolicyError::Tensor { name: name.clone(), source });
        }
        order.push((name, tensor, dtype));
    }
    // Wider types first, so that every tensor is aligned to its own size.
    order.sort_by_key(|(_, _, dtype)| std::cmp::Reverse(dtype.bitsize()));
    let mut infos = Vec::new();
    let mut end = 0;
    for (name, tensor, dtype) in &order {
        let from = end;
        end += tensor.elem_count() * dtype.bitsize() / 8;
        infos.push(((*name).to_owned(), TensorInfo { dtype: *dtype, shape: tensor.dims().to_vec(), data_offsets: (from, end) }));
    }
    let about = HashMap::from([("format".to_owned(), "pt".to_owned())]);
    let metadata = Metadata::new(Some(about), infos).expect("offsets are sums of the sizes");
    let mut header = serde_json::to_vec(&metadata).expect("a header is plain data");
    header.resize(header.len().next_multiple_of(8), b' ');
    let mut bytes = Vec::with_capacity(8 + header.len() + end);
    bytes.extend((header.len() as u64).to_le_bytes());
    bytes.extend(header);
    for (name, tensor, _) in order {
        push_numbers(tensor, &mut bytes).map_err(|source| PolicyError::Tensor { name: name.to_owned(), source })?;
    }
    Ok(bytes)
}

/// The type, and whether it is one that is read back.
fn dtype(tensor: &Tensor) -> (Dtype, bool) {
    match tensor.dtype() {
        DType::F32 => (Dtype::F32, true),
        DType::BF16 => (Dtype::BF16, true),
        DType::F16 => (Dtype::F16, true),
        DType::F64 => (Dtype::F64, false),
        DType::I64 => (Dtype::I64, false),
        DType::U32 => (Dtype::U32, false),
        _ => (Dtype::U8, false),
    }
}

fn push_numbers(tensor: &Tensor, bytes: &mut Vec<u8>) -> candle_core::Result<()> {
    // Narrow types are widened exactly on the way to the host and cut back, so that one path serves all devices.
    let numbers = tensor.flatten_all()?.to_dtype(DType::F32)?.to_vec1::<f32>()?;
    match tensor.dtype() {
        DType::BF16 => numbers.iter().for_each(|number| bytes.extend(((number.to_bits() >> 16) as u16).to_le_bytes())),
        DType::F16 => numbers.iter().for_each(|number| bytes.extend(exact_half(*number).to_le_bytes())),
        _ => numbers.iter().for_each(|number| bytes.extend(number.to_le_bytes())),
    }
    Ok(())
}

/// The reverse of [`half_to_f32`], for numbers that came from a half.
fn exact_half(number: f32) -> u16 {
    let bits = number.to_bits();
    let (sign, exponent) = ((bits >> 16) as u16 & 0x8000, (bits >> 23) & 255);
    let magnitude = match exponent {
        0..=112 => (number.abs() * 2f32.powi(24)) as u16,
        255 => 0x7c00 | ((bits >> 13) as u16 & 1023),
        _ => (((exponent - 112) << 10) as u16) | ((bits >> 13) as u16 & 1023),
    };
    sign | magnitude
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_there_and_back() {
        for bits in 0..=u16::MAX {
            assert_eq!(exact_half(half_to_f32(bits)), bits, "{bits:#06x} is {}", half_to_f32(bits));
        }
        // From the definition: 1, -2, the largest, the smallest.
        for (bits, number) in [(0x3c00, 1.0), (0xc000, -2.0), (0x7bff, 65504.0), (0x0001, 5.960_464_5e-8)] {
            assert_eq!(half_to_f32(bits), number);
        }
    }
}
