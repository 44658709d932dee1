//! Compiles `entropy.rs` into the small shared library that is preloaded into the guest's build tool.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=entropy.rs");
    #[expect(clippy::disallowed_methods, reason = "this is how cargo talks to build scripts")]
    let env = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("cargo sets {name} for build scripts"));
    let library = Path::new(&env("OUT_DIR")).join("entropy.so");
    if env("CARGO_CFG_TARGET_OS") != "linux" {
        std::fs::write(&library, []).expect("OUT_DIR is writable");
        return;
    }
    let status = Command::new(env("RUSTC"))
        .args(["--edition=2024", "--crate-type=cdylib", "-Copt-level=2", "-Cpanic=abort", "-Cstrip=symbols", "--target", &env("TARGET")])
        .arg("entropy.rs")
        .arg("-o")
        .arg(&library)
        .status()
        .expect("rustc, which compiles this script, runs");
    assert!(status.success(), "entropy.rs does not compile");
}
