//! Numbers that look random and depend on nothing but their coordinates: no state to save, and no order to keep.

/// Two rounds of SplitMix64's finaliser (G. L. Steele et al., OOPSLA 2014).
fn mixed(seed: u64, one: u64, two: u64) -> u64 {
    let mix = |mut z: u64| {
        z = z.wrapping_add(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    mix(mix(mix(seed) ^ one) ^ two)
}

/// A number in `[0, 1)`.
pub(crate) fn uniform(seed: u64, one: u64, two: u64) -> f32 {
    (mixed(seed, one, two) >> 40) as f32 / (1_u32 << 24) as f32
}

/// A number of the standard normal distribution (Box and Muller, 1958).
pub(crate) fn normal(seed: u64, one: u64, two: u64) -> f32 {
    let bits = mixed(seed, one, two);
    let radius = (-2.0 * (((bits >> 32) as f64 + 0.5) / 4_294_967_296.0).ln()).sqrt();
    let angle = std::f64::consts::TAU * (bits & 0xffff_ffff) as f64 / 4_294_967_296.0;
    (radius * angle.cos()) as f32
}
