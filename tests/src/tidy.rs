//! Rules that the whole repository keeps, checked from its text: which crate uses which, what sources may not contain, what documents must be, which
//! licences may be linked. Each failure says what to do. Nothing here builds or runs the product.

mod crates;
mod documents;
mod licences;
mod sources;

/// Fails with one line a violation.
#[track_caller]
fn report(rule: &str, violations: &[String]) {
    assert!(violations.is_empty(), "{rule}\n  {}", violations.join("\n  "));
}
