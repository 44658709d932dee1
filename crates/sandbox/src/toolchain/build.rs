//! Building the C++ library and the precompiled headers with the compiler itself, in the sandbox, as part of making the guest.

use super::commands::{self, Standard};
use super::{BASE, Compiler, RUNTIME, compiler, diagnostics, pack};
use crate::machine::THREAD_STACK_BYTES;
use crate::preview1::{Files, Tree};
use crate::sandbox::Cancel;
use crate::store::Control;
use crate::{Exit, SandboxError};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Sources of the C++ library that are compiled: folders, whose `.cpp` files are taken, and single files.
const RUNTIME_SOURCES: &[&str] = &[
    "runtime/libcxx/src/",
    "runtime/libcxx/src/filesystem/",
    "runtime/libcxx/src/ryu/",
    "runtime/libcxxabi/src/",
    "runtime/libunwind/src/Unwind-wasm.c",
    "runtime/exception_tag.c",
];

/// Files that do not compile for this system: they ask for calls that it does not have.
const NOT_COMPILED: &[&str] = &["runtime/libcxx/src/filesystem/operations.cpp"];

/// How the C++ library is configured, and where the configuration is that it is built with: streams and strings of wide characters are a
/// third of its code, which every program with streams would pay for when it is compiled.
const SITE: &str = "usr/include/c++/v1/__config_site";
const SITE_OF_RUNTIME: &str = "runtime/config/__config_site";

/// The tag of C++ exceptions, which no library defines.
const EXCEPTION_TAG: &str = r#"__asm__(".globl __cpp_exception\n.tagtype __cpp_exception i32\n__cpp_exception:\n");"#;

/// What one run may use when it is we who feed the compiler.
const FUEL: u64 = 200_000_000_000;

/// What a run wrote, or why it did not, when it has ended.
type Outcome = Option<Result<Vec<u8>, String>>;

/// The sysroot while it is being made.
pub(crate) struct Builder {
    compiler: Compiler,
    workers: usize,
    files: BTreeMap<String, Vec<u8>>,
}

impl Builder {
    /// With the compiled compiler, and the files that there are.
    ///
    /// # Errors
    /// If the compiler cannot be loaded.
    pub(crate) fn new(compiler: &Path, files: BTreeMap<String, Vec<u8>>) -> Result<Self, SandboxError> {
        let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        Ok(Self { compiler: Compiler::load(compiler, workers as u32)?, workers, files })
    }

    /// Compiles the C++ library, and drops its sources.
    pub(crate) fn build_runtime(&mut self) -> Result<(), String> {
        let site = self.files.get(SITE).map(|text| String::from_utf8_lossy(text).replace("_WIDE_CHARACTERS 1", "_WIDE_CHARACTERS 0"));
        self.files.insert(SITE_OF_RUNTIME.to_owned(), site.unwrap_or_default().into_bytes());
        self.files.insert("runtime/exception_tag.c".to_owned(), EXCEPTION_TAG.as_bytes().to_vec());
        let is_wanted = |path: &&String| {
            let folder = &path[..path.rfind('/').map_or(0, |at| at + 1)];
            RUNTIME_SOURCES.contains(&path.as_str()) || (path.ends_with(".cpp") && RUNTIME_SOURCES.contains(&folder))
        };
        let sources: Vec<String> =
            self.files.keys().filter(is_wanted).filter(|path| !NOT_COMPILED.contains(&path.as_str())).cloned().collect();
        let tree = self.tree()?;
        let runs: Vec<_> = sources.iter().map(|path| commands::compile_runtime(&format!("/{path}"), "/output.o")).collect();
        let objects = self.run_all(&tree, &runs, "/output.o")?;
        self.files.retain(|path, _| !path.starts_with("runtime/"));
        self.files.insert(RUNTIME.to_owned(), archive(&objects));
        Ok(())
    }

    /// Compiles what is linked into every program.
    pub(crate) fn build_base(&mut self, source: &str) -> Result<(), String> {
        let (tree, control) = (self.tree()?, Control { cancel: Cancel::by(&Arc::default()), deadline: None });
        let stdin: Arc<[u8]> = source.as_bytes().into();
        let object = std::thread::scope(|scope| {
            let run = || self.run_one(&tree, &commands::compile_base("/output.o"), &stdin, "/output.o", &control);
            let thread = std::thread::Builder::new().stack_size(THREAD_STACK_BYTES).spawn_scoped(scope, run);
            thread.map_err(|error| error.to_string())?.join().map_err(|_| "compiling it panicked".to_owned())?
        })?;
        self.files.insert(BASE.to_owned(), object);
        Ok(())
    }

    /// Precompiles `bits/stdc++.h` for each standard that has it.
    pub(crate) fn precompile_headers(&mut self) -> Result<(), String> {
        let tree = self.tree()?;
        let runs = Standard::WITH_HEADER.map(|standard| commands::precompile(standard, "/output.pch"));
        let headers = self.run_all(&tree, &runs, "/output.pch")?;
        for (standard, header) in Standard::WITH_HEADER.iter().zip(headers) {
            self.files.insert(standard.header().to_owned(), header);
        }
        Ok(())
    }

    /// The pack that workers map.
    pub(crate) fn finish(self) -> Vec<u8> {
        pack::pack(&self.files)
    }

    fn tree(&self) -> Result<Arc<Tree>, String> {
        pack::tree(Box::new(pack::pack(&self.files))).map(Arc::new).map_err(|error| error.to_string())
    }

    /// Performs every run, several at once: what each wrote to `output`, in order.
    fn run_all(&self, tree: &Arc<Tree>, runs: &[Vec<String>], output: &str) -> Result<Vec<Vec<u8>>, String> {
        let control = Control { cancel: Cancel::by(&Arc::default()), deadline: None };
        let next = AtomicUsize::new(0);
        let results: Vec<Mutex<Outcome>> = runs.iter().map(|_| Mutex::default()).collect();
        let work = || {
            while let Some((arguments, result)) = {
                let at = next.fetch_add(1, Ordering::Relaxed);
                runs.get(at).zip(results.get(at))
            } {
                let outcome = self.run_one(tree, arguments, &Arc::default(), output, &control);
                let failed = outcome.is_err();
                *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
                if failed {
                    next.store(runs.len(), Ordering::Relaxed);
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.workers {
                let spawned = std::thread::Builder::new().stack_size(THREAD_STACK_BYTES).spawn_scoped(scope, work);
                spawned.map_err(|error| error.to_string())?;
            }
            Ok::<_, String>(())
        })?;
        let results: Vec<Outcome> = results.into_iter().map(|cell| cell.into_inner().unwrap_or_else(PoisonError::into_inner)).collect();
        if let Some(why) = results.iter().flatten().find_map(|result| result.as_ref().err()) {
            return Err(why.clone());
        }
        results.into_iter().map(|result| result.ok_or_else(|| "a compilation was left out".to_owned()).flatten()).collect()
    }

    fn run_one(
        &self,
        tree: &Arc<Tree>,
        arguments: &[String],
        stdin: &Arc<[u8]>,
        output: &str,
        control: &Control,
    ) -> Result<Vec<u8>, String> {
        let files = Files::new(arguments.to_vec(), Arc::clone(tree), compiler::SCRATCH_BYTES);
        let run = self.compiler.run(files, Arc::clone(stdin), FUEL, control, &mut Vec::new());
        let mut run = run.map_err(|error| error.to_string())?;
        let failed = |run: &compiler::Run| format!("{}\n{:?}\n{:?}", arguments.join(" "), run.exit, diagnostics::first_error(&run.said));
        if !matches!(run.exit, Exit::Finished | Exit::Status(0)) {
            return Err(failed(&run));
        }
        run.files.take(output).ok_or_else(|| failed(&run))
    }
}

/// An archive as `ar` writes it, without an index of symbols, which this linker does not need.
fn archive(members: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"!<arch>\n".to_vec();
    for (index, member) in members.iter().enumerate() {
        out.extend(format!("{:<16}{:<12}{:<6}{:<6}{:<8}{:<10}`\n", format!("{index}.o/"), 0, 0, 0, 644, member.len()).bytes());
        out.extend(member);
        if member.len() % 2 == 1 {
            out.push(b'\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_an_archive_begin_at_even_places() {
        let bytes = archive(&[b"abc".to_vec(), b"de".to_vec()]);
        assert_eq!(bytes.len(), 8 + 60 + 4 + 60 + 2);
        assert_eq!(&bytes[8 + 58..8 + 64], b"`\nabc\n");
    }
}
