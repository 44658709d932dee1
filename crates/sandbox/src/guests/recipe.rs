//! What guests are made from. The files are part of this binary, so that it needs nothing beside it.

use crate::{Job, Language, Request};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::time::Duration;

/// Every guest there is, sorted by name.
pub(super) const ALL: &[&Recipe] = &[&Recipe::CPP, &Recipe::JAVASCRIPT, &Recipe::PYTHON, &Recipe::SYMPY];

/// The world that all guests implement.
const WORLD: &str = include_str!("../../../../sandboxes/guest.wit");

/// The library preloaded into build tools; empty where the system cannot.
pub(super) const ENTROPY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/entropy.so"));

macro_rules! driver {
    ($guest:literal, $($file:literal),+) => {
        &[$(($file, include_str!(concat!("../../../../sandboxes/", $guest, "/driver/", $file)))),+]
    };
}

/// How one guest is made.
#[derive(Debug)]
pub struct Recipe {
    name: &'static str,
    manifest: &'static str,
    driver: &'static [(&'static str, &'static str)],
    languages: &'static [Language],
    kind: Kind,
    /// Whether it takes so long to build, or so much room, that nothing builds it unasked.
    by_hand: bool,
}

/// How a guest is made and loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A component of the world `guest`, by componentize-py.
    Component,
    /// QuickJS, a core module.
    QuickJs,
    /// A compiler, and what it reads.
    Toolchain,
}

/// A parsed `guest.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    #[expect(dead_code, reason = "stands in the file for its reader")]
    name: String,
    pub(super) language: String,
    pub(super) tool: Option<Tool>,
    pub(super) component: Option<Component>,
    pub(super) npm: Option<Npm>,
    #[serde(default)]
    pub(super) library: Vec<Library>,
    /// Modules that are there while the libraries are imported, with their source.
    #[serde(default)]
    pub(super) stubs: BTreeMap<String, String>,
}

/// A package of the Python package index, pinned.
#[derive(Debug, Deserialize)]
pub(super) struct Tool {
    pub(super) package: String,
    pub(super) version: String,
    pub(super) sha256: Vec<String>,
}

impl Tool {
    /// A line of pip's requirements format that accepts these files only.
    pub(super) fn requirement(&self) -> String {
        let hashes: String = self.sha256.iter().map(|digest| format!(" --hash=sha256:{digest}")).collect();
        format!("{}=={}{hashes}\n", self.package, self.version)
    }
}

/// A package of the npm registry, pinned.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Npm {
    pub(super) package: String,
    pub(super) version: String,
    /// The digest of its archive as npm writes it: `sha512-` and base64.
    pub(super) integrity: String,
    /// The file that is wanted of it.
    pub(super) file: String,
}

/// A package that programs may import.
#[derive(Debug, Deserialize)]
pub(super) struct Library {
    #[serde(flatten)]
    pub(super) package: Tool,
    /// The module that the driver imports before the snapshot.
    pub(super) import: String,
    /// If there, all parts of the module are imported as well, but for those below these names. A part that cannot be is left out.
    pub(super) parts_but: Option<Vec<String>>,
}

impl Library {
    /// The statements that import it.
    pub(super) fn statements(&self) -> String {
        let Self { import, parts_but, .. } = self;
        let Some(but) = parts_but else { return format!("import {import}\n") };
        let but: String = but.iter().map(|name| format!("{:?}, ", format!(".{name}."))).collect();
        format!(
            "import importlib\nimport pkgutil\nimport {import}\n\n\
             def parts(package):\n    for part in pkgutil.iter_modules(package.__path__, package.__name__ + '.'):\n        \
             if any(name in part.name + '.' for name in ({but})):\n            continue\n        \
             try:\n            module = importlib.import_module(part.name)\n        except Exception:\n            continue\n        \
             if part.ispkg:\n            parts(module)\n\nparts({import})\n"
        )
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Component {
    pub(super) world: String,
    pub(super) app: String,
}

/// A parsed `guest.toml` of a toolchain.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Toolchain {
    #[expect(dead_code, reason = "stands in the file for its reader")]
    name: String,
    pub(super) language: String,
    pub(super) npm: Npm,
    pub(super) runtime: Wheel,
}

/// A package of the Python package index, as it is for one kind of system.
#[derive(Debug, Deserialize)]
pub(super) struct Wheel {
    #[serde(flatten)]
    pub(super) package: Tool,
    pub(super) platform: String,
}

/// The driver of Python's guests.
const PYTHON_DRIVER: &[(&str, &str)] =
    driver!["python", "crossing.py", "driver.py", "patches.py", "prelude.py", "program.py", "remote.py", "stdlib.py"];

impl Recipe {
    /// CPython, by componentize-py.
    pub const PYTHON: Self = Self {
        name: "python",
        manifest: include_str!("../../../../sandboxes/python/guest.toml"),
        driver: PYTHON_DRIVER,
        languages: &[Language::Python],
        kind: Kind::Component,
        by_hand: false,
    };

    /// CPython with sympy and mpmath, for programs that import them.
    pub const SYMPY: Self = Self { name: "sympy", manifest: include_str!("../../../../sandboxes/sympy/guest.toml"), ..Self::PYTHON };

    /// QuickJS-NG, by quickjs-wasi.
    pub const JAVASCRIPT: Self = Self {
        name: "javascript",
        manifest: include_str!("../../../../sandboxes/javascript/guest.toml"),
        // In the order in which they are loaded.
        driver: driver!["javascript", "wire.js", "inspect.js", "platform.js", "assert.js", "modules.js", "program.js"],
        languages: &[Language::JavaScript],
        kind: Kind::QuickJs,
        by_hand: false,
    };

    /// clang, compiled to WebAssembly, and its libraries.
    pub const CPP: Self = Self {
        name: "cpp",
        manifest: include_str!("../../../../sandboxes/cpp/guest.toml"),
        driver: driver!["cpp", "base.cpp", "stdc++.h", "unpack.py"],
        languages: &[Language::Cpp, Language::C],
        kind: Kind::Toolchain,
        by_hand: true,
    };

    /// The guest's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The recipe called `name`.
    pub fn find(name: &str) -> Option<&'static Self> {
        ALL.iter().copied().find(|recipe| recipe.name == name)
    }

    /// The recipe of the guest that runs programs in this language, if there is one.
    pub fn of(language: Language) -> Option<&'static Self> {
        ALL.iter().copied().find(|recipe| recipe.languages.contains(&language))
    }

    /// The recipe of a guest that has packages which this request's source asks for, beside the one of its language.
    pub(super) fn with_packages(request: &Request) -> Option<&'static Self> {
        let asks = |source: &str| source.lines().any(|line| line.contains("import") && (line.contains("sympy") || line.contains("mpmath")));
        let tests_ask = matches!(&request.job, Job::Check { tests, .. } if asks(tests));
        (request.language == Language::Python && (tests_ask || asks(&request.source))).then_some(&Self::SYMPY)
    }

    /// Every recipe, sorted by name.
    pub fn all() -> &'static [&'static Self] {
        ALL
    }

    pub(crate) fn kind(&self) -> Kind {
        self.kind
    }

    /// The languages whose programs it runs; the first is its own.
    pub fn languages(&self) -> &'static [Language] {
        self.languages
    }

    /// Whether it is built by `gavel guests build` only, and never because a program needs it.
    pub fn is_built_by_hand(&self) -> bool {
        self.by_hand
    }

    pub(super) fn language(&self) -> String {
        if self.is_toolchain() { self.toolchain().language } else { self.manifest().language }
    }

    /// Whether its programs are compiled.
    pub(crate) fn is_toolchain(&self) -> bool {
        self.kind == Kind::Toolchain
    }

    /// By how much the wall clock of a request is exceeded before its worker counts as stuck.
    pub(crate) fn extra_wall(&self) -> Duration {
        if self.is_toolchain() { crate::toolchain::wall_of_compiling() } else { Duration::ZERO }
    }

    /// The manifest of a toolchain.
    pub(super) fn toolchain(&self) -> Toolchain {
        toml::from_str(self.manifest).expect("guest.toml is part of this program and a test parses it")
    }

    pub(super) fn manifest(&self) -> Manifest {
        toml::from_str(self.manifest).expect("guest.toml is part of this program and a test parses it")
    }

    /// What a recipe of the kind `Component` is made with.
    pub(super) fn componentized(&self) -> (Tool, Component) {
        let manifest = self.manifest();
        let complete = "guest.toml is part of this program and a test looks at it";
        (manifest.tool.expect(complete), manifest.component.expect(complete))
    }

    pub(super) fn world(&self) -> &'static str {
        WORLD
    }

    pub(super) fn driver(&self) -> &'static [(&'static str, &'static str)] {
        self.driver
    }

    /// 16 hex digits over everything that decides how the guest behaves: part of the verifier's version.
    pub fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        let world = ("guest.wit", WORLD);
        for (name, text) in [("guest.toml", self.manifest), world].iter().chain(self.driver) {
            hasher.update(&(name.len() as u64).to_le_bytes()).update(name.as_bytes());
            hasher.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
        }
        hasher.update(&[u8::from(!ENTROPY.is_empty())]);
        if self.is_toolchain() {
            hasher.update(crate::toolchain::fingerprint().as_bytes());
        }
        if self.kind == Kind::QuickJs {
            // How its memory is made is part of what it is made from.
            hasher.update(include_bytes!("../quickjs/snapshot.rs"));
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_recipe_is_complete() {
        for recipe in ALL {
            assert!(Recipe::find(recipe.name()).is_some());
            if recipe.is_toolchain() {
                let manifest = recipe.toolchain();
                assert_eq!((manifest.npm.integrity.len(), manifest.runtime.package.sha256.len()), (7 + 88, 1));
                continue;
            }
            let manifest = recipe.manifest();
            assert!(manifest.tool.iter().all(|tool| tool.sha256.iter().all(|digest| digest.len() == 64)));
            assert!(
                manifest
                    .component
                    .iter()
                    .all(|component| recipe.driver().iter().any(|(file, _)| file.strip_suffix(".py") == Some(&component.app)))
            );
            assert!(manifest.npm.iter().all(|npm| npm.integrity.starts_with("sha512-") && npm.integrity.len() == 7 + 88));
            assert_eq!(
                (manifest.tool.is_some(), manifest.npm.is_some()),
                (recipe.kind() == Kind::Component, recipe.kind() == Kind::QuickJs)
            );
        }
    }

    #[test]
    fn packages_are_asked_for_by_imports() {
        let run = |language, source: &str| {
            let job = Job::Run { stdin: b""[..].into(), prelude: true };
            Request { language, source: source.into(), job, limits: crate::Limits::default() }
        };
        let named = |request: &Request| Recipe::with_packages(request).map(Recipe::name);
        for source in ["import sympy", "from sympy import *", "x = 1\nimport math, sympy as sp", "    from mpmath import mp"] {
            assert_eq!(named(&run(Language::Python, source)), Some("sympy"), "{source}");
            assert_eq!(named(&run(Language::JavaScript, source)), None);
        }
        assert_eq!(named(&run(Language::Python, "# sympy would do\nimport math")), None);
        let job = Job::Check { tests: "import sympy\nassert f(1)".into(), entry_point: String::new(), shared: false };
        assert_eq!(named(&Request { job, ..run(Language::Python, "def f(x): return x") }), Some("sympy"));
    }
}
