//! Writes `src/generated/` from `proto/`, without needing protoc: `cargo run -p gavel-protocol --example generate`.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    generate(root, &root.join("src/generated"))
}

include!("../src/generated/generate.rs");
