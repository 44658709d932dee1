// Shared by the example that writes the generated code and the test that compares it. No module of its own: it needs development dependencies.
fn generate(root: &std::path::Path, out: &std::path::Path) -> Result<(), Box<dyn std::error::Error>> {
    let proto = root.join("../../proto");
    let files = protox::compile(["gavel/v1/verifier.proto"], [proto])?;
    tonic_prost_build::configure().out_dir(out).build_transport(true).compile_fds(files)?;
    Ok(())
}
