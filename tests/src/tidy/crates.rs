//! Which crate may use which, and that only one place names wasmtime and candle. The table is the one in CONTRIBUTING.md; a test compares them.

use super::report;
use crate::repository;
use std::collections::BTreeMap;

/// What a crate's dependencies may be, by the names that folders under `crates/` have.
struct Allowed {
    name: &'static str,
    uses: &'static [&'static str],
}

const fn allowed(name: &'static str, uses: &'static [&'static str]) -> Allowed {
    Allowed { name, uses }
}

/// Crates of the workspace and what each may use. A crate that does not exist yet may be listed.
const TABLE: &[Allowed] = &[
    allowed("task", &[]),
    allowed("sandbox", &[]),
    allowed("policy", &[]),
    allowed("math", &["task"]),
    allowed("logic", &["task", "math"]),
    allowed("ifeval", &["task"]),
    allowed("code", &["task", "sandbox"]),
    allowed("verifier", &["task", "math", "logic", "ifeval", "code", "sandbox"]),
    allowed("protocol", &["task"]),
    allowed("server", &["verifier", "protocol", "task"]),
    allowed("client", &["protocol", "task"]),
    allowed("trainer", &["client", "policy", "task", "protocol"]),
    allowed("cli", EVERYTHING),
];

/// Every crate but the command line itself.
const EVERYTHING: &[&str] =
    &["task", "sandbox", "policy", "math", "logic", "ifeval", "code", "verifier", "protocol", "server", "client", "trainer"];

/// Dependencies, ours or not, that only some crates may have: a name starts with the first, the crates are the second.
const OWNED: &[(&str, &[&str])] = &[("wasmtime", &["sandbox"]), ("candle", &["policy", "trainer"])];

/// Crates below `server`: everything they do is synchronous.
pub(super) const SYNCHRONOUS: &[&str] = &["task", "sandbox", "math", "logic", "ifeval", "code", "verifier", "protocol"];

/// The crates that may name a dependency which only some may have; `None` for one that all may have.
pub(super) fn owners(dependency: &str) -> Option<&'static [&'static str]> {
    OWNED.iter().find(|(prefix, _)| dependency.starts_with(prefix)).map(|&(_, crates)| crates)
}

/// The names with [`owners`].
pub(super) fn owned() -> impl Iterator<Item = &'static str> {
    OWNED.iter().map(|&(prefix, _)| prefix)
}

/// One dependency as a manifest declares it.
#[derive(Debug, PartialEq)]
struct Dependency {
    package: String,
    for_tests: bool,
    from_workspace: bool,
}

/// All dependencies of a manifest, those of single targets included.
fn dependencies(manifest: &toml::Table) -> Vec<Dependency> {
    let targets = manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
    let scopes = std::iter::once(manifest).chain(targets.filter_map(toml::Value::as_table));
    let mut found = Vec::new();
    for scope in scopes {
        for (section, for_tests) in [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)] {
            for (key, value) in scope.get(section).and_then(toml::Value::as_table).into_iter().flatten() {
                let package = value.get("package").and_then(toml::Value::as_str).unwrap_or(key).to_owned();
                let from_workspace = value.get("workspace").and_then(toml::Value::as_bool) == Some(true);
                found.push(Dependency { package, for_tests, from_workspace });
            }
        }
    }
    found
}

/// What is wrong with the manifest of the crate in the folder `crates/{name}`.
fn violations(name: &str, manifest: &toml::Table) -> Vec<String> {
    let path = format!("crates/{name}/Cargo.toml");
    let Some(row) = TABLE.iter().find(|row| row.name == name) else {
        return vec![format!(
            "{path}: the crate `{name}` is not in the dependency table; decide what it may use, then add it to TABLE in tests/src/tidy/crates.rs \
             and to CONTRIBUTING.md"
        )];
    };
    let mut found = Vec::new();
    let package = manifest.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str);
    if package != Some(&format!("gavel-{name}")) {
        found.push(format!("{path}: the crate in this folder is called `gavel-{name}`"));
    }
    if manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(toml::Value::as_bool) != Some(true) {
        found.push(format!("{path}: add `[lints] workspace = true`, without which no lint of the workspace applies"));
    }
    for dependency in dependencies(manifest) {
        let Dependency { package, for_tests, from_workspace } = &dependency;
        if !from_workspace {
            found.push(format!("{path}: `{package}` takes its version from the root Cargo.toml: write `{package}.workspace = true`"));
        }
        if let Some(ours) = package.strip_prefix("gavel-") {
            let is_allowed = row.uses.contains(&ours) || (*for_tests && ours == "task");
            if !is_allowed {
                let uses = if row.uses.is_empty() { "no other crate of the workspace".to_owned() } else { row.uses.join(", ") };
                found.push(format!("{path}: `{name}` may not use `{ours}`; it may use {uses}"));
            }
        } else if let Some(owners) = owners(package).filter(|owners| !owners.contains(&name)) {
            found.push(format!("{path}: only {} may depend on `{package}`", owners.join(" and ")));
        }
        if SYNCHRONOUS.contains(&name) && package.starts_with("tokio") {
            found.push(format!("{path}: `{name}` is below the server and synchronous, without `{package}`"));
        }
    }
    found
}

/// The manifests under `crates/`, by folder.
fn manifests() -> BTreeMap<String, toml::Table> {
    let manifest = |path: &String| {
        let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
        let table = repository::required_text(path).parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        (!name.contains('/')).then(|| (name.to_owned(), table))
    };
    repository::files().iter().filter_map(manifest).collect()
}

#[test]
fn crates_use_only_what_the_table_allows() {
    let manifests = manifests();
    assert!(manifests.len() > 1, "no crates found under crates/");
    let found: Vec<String> = manifests.iter().flat_map(|(name, manifest)| violations(name, manifest)).collect();
    report("the dependency table between crates is not kept:", &found);
}

#[test]
fn the_documented_table_is_this_one() {
    let text = repository::required_text("CONTRIBUTING.md");
    let missing = |row: &Allowed| {
        let uses = match row.uses {
            [] => "nothing".to_owned(),
            uses if uses.len() == EVERYTHING.len() => "everything".to_owned(),
            uses => uses.join(", "),
        };
        let (start, end) = (format!("| `{}` |", row.name), format!("| {uses} |"));
        let is_there = text.lines().any(|line| line.starts_with(&start) && line.ends_with(&end));
        (!is_there).then(|| format!("{start} .. {end}"))
    };
    report("CONTRIBUTING.md lacks rows of the dependency table:", &TABLE.iter().filter_map(missing).collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, dependencies: &str, expect: &[&str]) {
        let manifest = format!("package.name = 'gavel-{name}'\nlints.workspace = true\n{dependencies}");
        let found = violations(name, &manifest.parse().unwrap());
        assert_eq!(found.len(), expect.len(), "{found:?}");
        for (found, part) in found.iter().zip(expect) {
            assert!(found.contains(part), "{found:?} does not say {part:?}");
        }
    }

    #[test]
    fn forbidden_dependencies_are_found() {
        check("code", "[dependencies]\ngavel-task.workspace = true\ngavel-sandbox.workspace = true", &[]);
        check("code", "[dependencies]\ngavel-verifier.workspace = true", &["`code` may not use `verifier`; it may use task, sandbox"]);
        check("task", "[build-dependencies]\ngavel-math.workspace = true", &["it may use no other crate"]);
        check("math", "[target.'cfg(unix)'.dependencies]\ngavel-code.workspace = true", &["may not use `code`"]);
        check("sandbox", "[dev-dependencies]\ngavel-task.workspace = true", &[]);
        check("sandbox", "[dev-dependencies]\ngavel-code.workspace = true", &["may not use `code`"]);
        check("math", "[dependencies]\nx = { package = 'gavel-logic', workspace = true }", &["may not use `logic`"]);
        check("cli", "[dependencies]\ngavel-trainer.workspace = true\ngavel-server.workspace = true", &[]);
    }

    #[test]
    fn owned_dependencies_are_found() {
        check("sandbox", "[dependencies]\nwasmtime.workspace = true\nwasmtime-wasi.workspace = true", &[]);
        check("server", "[dependencies]\nwasmtime.workspace = true", &["only sandbox may depend on `wasmtime`"]);
        check("cli", "[dependencies]\ncandle-core.workspace = true", &["only policy and trainer"]);
        check("verifier", "[dependencies]\ntokio-stream.workspace = true", &["synchronous"]);
        check("server", "[dependencies]\ntokio.workspace = true", &[]);
    }

    #[test]
    fn every_manifest_takes_versions_and_lints_from_the_workspace() {
        check("task", "[dependencies]\nserde = '1'", &["`serde.workspace = true`"]);
        let found = violations("task", &"[package]\nname = 'gavel-other'".parse().unwrap());
        assert_eq!(found.len(), 2, "{found:?}");
    }

    #[test]
    fn an_unknown_crate_says_what_to_do() {
        let found = violations("novel", &toml::Table::new());
        assert!(found[0].contains("add it to TABLE in tests/src/tidy/crates.rs"), "{found:?}");
    }
}
