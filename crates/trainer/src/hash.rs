//! Numbers that look random and depend on nothing but what they are asked for: a resumed run draws what an uninterrupted one draws, without a state to restore.

/// A number for a purpose and its coordinates.
pub(crate) fn number(seed: u64, purpose: &str, at: &[u64]) -> u64 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&seed.to_le_bytes());
    hasher.update(purpose.as_bytes());
    at.iter().for_each(|part| {
        hasher.update(&part.to_le_bytes());
    });
    let mut bytes = [0; 8];
    bytes.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
    u64::from_le_bytes(bytes)
}

/// A number in `[0, 1)`.
pub(crate) fn unit(seed: u64, purpose: &str, at: &[u64]) -> f64 {
    (number(seed, purpose, at) >> 11) as f64 / (1_u64 << 53) as f64
}
