//! Writes `src/generated/` from `proto/`, without needing protoc: `cargo run -p gavel-protocol --example generate`. Its test compares what is committed.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    generate(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/generated"))
}

fn generate(out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let proto = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../proto");
    let files = protox::compile(["gavel/v1/verifier.proto"], [proto])?;
    tonic_prost_build::configure().out_dir(out).compile_fds(files)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_generated_code_is_that_of_the_proto_files() {
        let out = tempfile::tempdir().unwrap();
        super::generate(out.path()).unwrap();
        let fresh = std::fs::read_to_string(out.path().join("gavel.v1.rs")).unwrap();
        assert!(fresh == include_str!("../src/generated/gavel.v1.rs"), "run `cargo run -p gavel-protocol --example generate`");
    }
}
