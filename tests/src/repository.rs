//! The files of this repository, as git sees them: tracked ones and new ones that are not ignored. Where git cannot say (an unpacked archive), every file
//! outside hidden and build folders.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

/// The repository's root folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ lies in the repository")
}

/// Every file, sorted, relative to [`root`] and with `/` between the parts.
pub(crate) fn files() -> &'static [String] {
    static FILES: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut files = listed_by_git().unwrap_or_else(|| {
            let mut found = Vec::new();
            walk(root(), &mut found);
            found
        });
        files.retain(|path| root().join(path).is_file());
        files.sort();
        files
    });
    &FILES
}

/// The text of a file, `None` for one that is not UTF-8 text.
///
/// # Panics
/// If it cannot be read.
pub(crate) fn text(path: &str) -> Option<String> {
    let bytes = fs::read(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
}

/// The text of a file that has to be there.
#[track_caller]
pub(crate) fn required_text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn listed_by_git() -> Option<Vec<String>> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listing = Command::new("git").args(arguments).current_dir(root()).output().ok().filter(|output| output.status.success())?;
    let names = String::from_utf8(listing.stdout).expect("file names of this repository are UTF-8");
    let files: Vec<String> = names.split_terminator('\0').map(str::to_owned).collect();
    (!files.is_empty()).then_some(files)
}

fn walk(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display())) {
        let entry = entry.expect("a folder that opened can be listed");
        let (path, name) = (entry.path(), entry.file_name());
        let kind = entry.file_type().expect("a listed entry has a type");
        if kind.is_dir() && !is_skipped(&name) {
            walk(&path, found);
        } else if kind.is_file() {
            let relative = path.strip_prefix(root()).expect("walked from the root");
            found.push(relative.to_str().expect("file names of this repository are UTF-8").to_owned());
        }
    }
}

fn is_skipped(folder: &OsStr) -> bool {
    let name = folder.to_string_lossy();
    (name.starts_with('.') && name != ".ci") || matches!(&*name, "target" | "__pycache__" | "node_modules")
}

#[test]
fn both_listings_find_the_sources() {
    let mut walked = Vec::new();
    walk(root(), &mut walked);
    for path in ["Cargo.toml", ".ci/run", "tests/src/repository.rs"] {
        assert!(files().iter().any(|file| file == path), "{path} is not listed");
        assert!(walked.iter().any(|file| file == path), "{path} is not found by walking");
    }
    assert!(!files().iter().any(|file| file.starts_with(".git/") || file.starts_with("target/")));
}
