//! The command lines of clang and of its linker. clang's driver cannot start processes here, so that both are run directly.
//!
//! What the flags of the compiler decide (macros, exceptions, vector instructions, standard) is also fixed in the precompiled headers: they are made with the
//! same ones.

/// What the compiler and the linker write.
pub(super) const OBJECT: &str = "/program.o";
pub(super) const PROGRAM: &str = "/program.wasm";

/// Bytes of a program's stack in linear memory: what lies there are arrays and whatever has an address. The rest of a call is on the engine's stack.
const STACK_BYTES: u32 = 32 << 20;

/// A version of a language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Standard {
    C17,
    Cpp17,
    Cpp20,
}

impl Standard {
    /// Those that have a precompiled `bits/stdc++.h`.
    pub(crate) const WITH_HEADER: [Self; 2] = [Self::Cpp17, Self::Cpp20];

    fn flag(self) -> &'static str {
        match self {
            Self::C17 => "-std=gnu17",
            Self::Cpp17 => "-std=gnu++17",
            Self::Cpp20 => "-std=gnu++20",
        }
    }

    fn is_cpp(self) -> bool {
        self != Self::C17
    }

    /// Where the precompiled header is in the tree.
    pub(crate) fn header(self) -> &'static str {
        match self {
            Self::C17 => "usr/precompiled/c17.pch",
            Self::Cpp17 => "usr/precompiled/cpp17.pch",
            Self::Cpp20 => "usr/precompiled/cpp20.pch",
        }
    }
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// What every compilation has in common.
fn front_end(standard: Standard) -> Vec<String> {
    let mut words = owned(&[
        "clang",
        "-cc1",
        "-triple",
        "wasm32-unknown-wasip1",
        "-target-cpu",
        "generic",
        "-target-feature",
        "+exception-handling",
        "-target-feature",
        "+multivalue",
        "-target-feature",
        "+reference-types",
        "-exception-model=wasm",
        "-mllvm",
        "-wasm-enable-eh",
        "-mllvm",
        "-wasm-use-legacy-eh=false",
        "-fexceptions",
        // The optimisation that runs fastest for what it costs to compile; see docs/benchmarks.md.
        "-O1",
        "-mrelocation-model",
        "static",
        "-mframe-pointer=none",
        "-ffp-contract=on",
        "-fno-rounding-math",
        "-mconstructor-aliases",
        "-fvisibility=hidden",
        "-fgnuc-version=4.2.1",
        // No program needs instructions that the compiler would not choose.
        "-fno-gnu-inline-asm",
        "-disable-free",
        "-w",
        "-ferror-limit",
        "5",
        "-fno-caret-diagnostics",
        "-resource-dir",
        "/usr",
        "-isysroot",
        "/usr",
    ]);
    // Clocks of processes, signals that never come, and memory by `mmap`: the C library has them when it is asked to.
    words.extend(["PROCESS_CLOCKS", "SIGNAL", "MMAN", "GETPID"].map(|part| format!("-D_WASI_EMULATED_{part}")));
    if standard.is_cpp() {
        words.extend(owned(&["-fcxx-exceptions", "-fdeprecated-macro", "-internal-isystem", "/usr/include/c++/v1"]));
    }
    if !standard.is_cpp() {
        // What C has not had since 1999 and compilers of C17 still took for a long time.
        words.extend(
            ["implicit-int", "implicit-function-declaration", "int-conversion", "incompatible-pointer-types"]
                .map(|what| format!("-Wno-error={what}")),
        );
    }
    words.extend(owned(&["-internal-isystem", "/usr/include", "-internal-isystem", "/usr/include/wasm32-wasip1"]));
    words.push(standard.flag().to_owned());
    words
}

/// Compiles what is on standard input to [`OBJECT`].
pub(super) fn compile(standard: Standard, with_header: bool) -> Vec<String> {
    let mut words = front_end(standard);
    if with_header {
        words.extend(["-include-pch".to_owned(), format!("/{}", standard.header())]);
    }
    let language = if standard.is_cpp() { "c++" } else { "c" };
    words.extend(owned(&["-emit-obj", "-main-file-name", "program", "-o", OBJECT, "-x", language, "-"]));
    words
}

/// Precompiles `bits/stdc++.h` to `output`.
pub(super) fn precompile(standard: Standard, output: &str) -> Vec<String> {
    let mut words = front_end(standard);
    words.extend(owned(&["-emit-pch", "-fpch-instantiate-templates", "-o", output, "-x", "c++-header", "/usr/include/bits/stdc++.h"]));
    words
}

/// Compiles one file of the C++ runtime to `output`.
pub(super) fn compile_runtime(path: &str, output: &str) -> Vec<String> {
    let mut words = front_end(Standard::Cpp20);
    words.iter_mut().filter(|word| *word == "-O1").for_each(|word| "-O2".clone_into(word));
    words.retain(|word| word != "-fno-gnu-inline-asm");
    let is_c = path.ends_with(".c");
    if is_c {
        words.retain(|word| word != "-fcxx-exceptions" && word != "-fdeprecated-macro" && word != Standard::Cpp20.flag());
        words.push(Standard::C17.flag().to_owned());
    } else {
        words.retain(|word| word != Standard::Cpp20.flag());
        words.push("-std=gnu++23".to_owned());
    }
    for folder in ["config", "libcxx/src", "libcxx/src/include", "libcxx/libc", "libcxxabi/include", "libunwind/include"] {
        words.extend(["-I".to_owned(), format!("/runtime/{folder}")]);
    }
    for name in [
        "_LIBCPP_BUILDING_LIBRARY",
        "_LIBCXXABI_BUILDING_LIBRARY",
        "LIBCXX_BUILDING_LIBCXXABI",
        "_LIBCXXABI_HAS_NO_THREADS",
        "_LIBUNWIND_HAS_NO_THREADS",
        "_LIBUNWIND_HIDE_SYMBOLS",
        "LIBCXXABI_NON_DEMANGLING_TERMINATE",
        "NDEBUG",
    ] {
        words.push(format!("-D{name}"));
    }
    words.extend(owned(&["-emit-obj", "-o", output, "-x", if is_c { "c" } else { "c++" }, path]));
    words
}

/// Compiles standard input to `output`, which is to be linked into every C++ program.
pub(super) fn compile_base(output: &str) -> Vec<String> {
    let mut words = front_end(Standard::Cpp17);
    words.extend(owned(&["-emit-obj", "-main-file-name", "base", "-o", output, "-x", "c++", "-"]));
    words
}

/// Links [`OBJECT`] to [`PROGRAM`].
pub(super) fn link(standard: Standard) -> Vec<String> {
    let mut words = owned(&["wasm-ld", "-m", "wasm32", "-L/usr/lib/wasm32-wasip1", "--stack-first", "--strip-all", "-O0", "-z"]);
    words.push(format!("stack-size={STACK_BYTES}"));
    words.push("/usr/lib/wasm32-wasip1/crt1-command.o".to_owned());
    // Formatting long doubles is a library of its own, which has to come first.
    let libraries = [
        "-lc-printscan-long-double",
        "-lwasi-emulated-process-clocks",
        "-lwasi-emulated-signal",
        "-lwasi-emulated-mman",
        "-lwasi-emulated-getpid",
        "-lc",
        "/usr/lib/wasm32-unknown-wasip1/libclang_rt.builtins.a",
    ];
    if standard.is_cpp() {
        words.extend([super::BASE, super::RUNTIME].map(|path| format!("/{path}")));
    }
    words.extend(owned(&libraries));
    // Behind the libraries, which then stand at the same places whatever the program is.
    words.extend(owned(&[OBJECT, "-o", PROGRAM]));
    words
}
