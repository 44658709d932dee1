//! What is linked: licences of all dependencies against `deny.toml`, and where they come from. Does the part of `cargo deny` that needs no network, so that it
//! runs wherever the tests do. Advisories and duplicate versions are left to `cargo deny`.

use super::report;
use crate::repository;
use std::process::Command;

/// The licence rules of `deny.toml`.
struct Policy {
    allowed: Vec<String>,
    /// Package and what it may have besides.
    exceptions: Vec<(String, Vec<String>)>,
}

impl Policy {
    #[track_caller]
    fn read(text: &str) -> Self {
        let table: toml::Table = text.parse().expect("deny.toml is TOML");
        let licences = table.get("licenses").expect("deny.toml has [licenses]");
        let list = |value: Option<&toml::Value>| -> Vec<String> {
            let array = value.and_then(toml::Value::as_array).expect("`allow` is a list in deny.toml");
            array.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect()
        };
        let exceptions = licences.get("exceptions").and_then(toml::Value::as_array).into_iter().flatten();
        let exceptions = exceptions.map(|exception| {
            let package = exception.get("crate").and_then(toml::Value::as_str).expect("an exception in deny.toml names its `crate`");
            (package.to_owned(), list(exception.get("allow")))
        });
        Self { allowed: list(licences.get("allow")), exceptions: exceptions.collect() }
    }

    /// Whether `package` may be linked under `expression`.
    fn permits(&self, package: &str, expression: &str) -> Result<bool, String> {
        let exceptions = self.exceptions.iter().filter(|(name, _)| name == package).flat_map(|(_, licences)| licences);
        let allowed: Vec<&str> = self.allowed.iter().chain(exceptions).map(String::as_str).collect();
        satisfies(expression, &allowed)
    }
}

/// Whether a choice of licences that `expression` offers lies within `allowed`. The expression is SPDX, or the older form with `/` for `OR`.
fn satisfies(expression: &str, allowed: &[&str]) -> Result<bool, String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    let value = any_of(&mut rest, allowed)?;
    if rest.is_empty() { Ok(value) } else { Err(format!("unexpected `{}`", rest.join(" "))) }
}

fn any_of(rest: &mut &[&str], allowed: &[&str]) -> Result<bool, String> {
    let mut value = all_of(rest, allowed)?;
    while let ["OR", tail @ ..] = *rest {
        *rest = tail;
        value |= all_of(rest, allowed)?;
    }
    Ok(value)
}

fn all_of(rest: &mut &[&str], allowed: &[&str]) -> Result<bool, String> {
    let mut value = licence(rest, allowed)?;
    while let ["AND", tail @ ..] = *rest {
        *rest = tail;
        value &= licence(rest, allowed)?;
    }
    Ok(value)
}

fn licence(rest: &mut &[&str], allowed: &[&str]) -> Result<bool, String> {
    match *rest {
        ["(", tail @ ..] => {
            *rest = tail;
            let value = any_of(rest, allowed)?;
            let [")", tail @ ..] = *rest else { return Err("`)` is missing".to_owned()) };
            *rest = tail;
            Ok(value)
        }
        [name, "WITH", exception, tail @ ..] => {
            *rest = tail;
            Ok(allowed.contains(&format!("{name} WITH {exception}").as_str()))
        }
        [name, tail @ ..] if !matches!(*name, ")" | "OR" | "AND" | "WITH") => {
            *rest = tail;
            Ok(allowed.contains(name))
        }
        _ => Err("a licence is missing".to_owned()),
    }
}

/// What a cargo command prints.
#[track_caller]
fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO")).args(arguments).current_dir(repository::root()).output().expect("cargo runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "`cargo {}` failed: {errors}", arguments.join(" "));
    String::from_utf8(output.stdout).expect("cargo prints UTF-8")
}

/// Only this machine's packages are sure to have been downloaded by the build that made this test.
#[test]
fn licences_are_on_the_allow_list() {
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("cargo names its host");
    let metadata = cargo(&["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().expect("cargo metadata lists packages");
    let policy = Policy::read(&repository::required_text("deny.toml"));
    let violation = |package: &serde_json::Value| {
        let (name, expression) = (package["name"].as_str()?, package["license"].as_str());
        let what = match expression.map(|expression| policy.permits(name, expression)) {
            None => "says no licence".to_owned(),
            Some(Ok(true)) => return None,
            Some(Ok(false)) => format!("is under {}, which deny.toml does not allow", expression.unwrap_or_default()),
            Some(Err(error)) => format!("has a licence that cannot be read, {}: {error}", expression.unwrap_or_default()),
        };
        Some(format!("{name} {} {what}", package["version"].as_str().unwrap_or_default()))
    };
    assert!(packages.len() > 10, "cargo metadata lists {} packages", packages.len());
    report("dependencies that may not be linked:", &packages.iter().filter_map(violation).collect::<Vec<_>>());
}

#[test]
fn dependencies_come_from_the_registry() {
    let lock: toml::Table = repository::required_text("Cargo.lock").parse().expect("Cargo.lock is TOML");
    let packages = lock.get("package").and_then(toml::Value::as_array).expect("Cargo.lock lists packages");
    let from_git = |package: &toml::Value| {
        let source = package.get("source").and_then(toml::Value::as_str).filter(|source| !source.starts_with("registry+"))?;
        Some(format!("{}: {source}", package.get("name").and_then(toml::Value::as_str).unwrap_or_default()))
    };
    report("dependencies that are not from the registry:", &packages.iter().filter_map(from_git).collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(expression: &str, expect: Result<bool, &str>) {
        let allowed = ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"];
        assert_eq!(satisfies(expression, &allowed), expect.map_err(str::to_owned), "{expression}");
    }

    #[test]
    fn expressions() {
        check("MIT", Ok(true));
        check("GPL-3.0", Ok(false));
        check("GPL-3.0 OR MIT", Ok(true));
        check("GPL-3.0/MIT", Ok(true));
        check("Apache-2.0 / GPL-3.0", Ok(false));
        check("MIT AND GPL-3.0", Ok(false));
        check("MIT AND Zlib", Ok(true));
        check("GPL-3.0 OR MIT AND Zlib", Ok(true));
        check("(GPL-3.0 OR MIT) AND BSD-3-Clause", Ok(false));
        check("(GPL-3.0 OR MIT) AND Zlib", Ok(true));
        check("Apache-2.0 WITH LLVM-exception", Ok(true));
        check("Apache-2.0", Ok(false));
        check("Apache-2.0 WITH Other-exception OR Zlib", Ok(true));
    }

    #[test]
    fn malformed_expressions() {
        check("", Err("a licence is missing"));
        check("MIT OR", Err("a licence is missing"));
        check("(MIT", Err("`)` is missing"));
        check("MIT Zlib", Err("unexpected `Zlib`"));
    }

    #[test]
    fn exceptions_hold_for_their_package_alone() {
        let policy = Policy::read("[licenses]\nallow = ['MIT']\nexceptions = [{ crate = 'a', allow = ['MPL-2.0'] }]");
        assert_eq!(policy.permits("a", "MPL-2.0"), Ok(true));
        assert_eq!(policy.permits("b", "MPL-2.0"), Ok(false));
    }
}
