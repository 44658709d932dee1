//! What clang and its linker say, as a failure of the program: the first error and its line.

use crate::Failure;

/// How much of what a compiler says is read.
const READ_BYTES: usize = 1 << 16;

/// The first error in the standard error of clang, or of its linker.
pub(super) fn first_error(said: &[u8]) -> Failure {
    let text = String::from_utf8_lossy(&said[..said.len().min(READ_BYTES)]);
    for line in text.lines() {
        let Some((before, message)) = line.split_once("error: ") else { continue };
        // `<stdin>:3:5: ` or `<stdin>:3:5: fatal `; in a header `/usr/include/…:70:9: `; of the linker `wasm-ld: `.
        let number = before.strip_prefix("<stdin>:").and_then(|rest| rest.split(':').next()).and_then(|line| line.parse().ok());
        return failure(message.to_owned(), number.unwrap_or(0));
    }
    failure("the compiler says nothing".to_owned(), 0)
}

/// Something that keeps a program from being compiled.
pub(super) fn failure(message: String, line: u32) -> Failure {
    Failure { kind: "error".to_owned(), message: crate::store::clipped(message), line }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(said: &str, message: &str, line: u32) {
        assert_eq!(first_error(said.as_bytes()), failure(message.to_owned(), line));
    }

    #[test]
    fn the_first_error_and_its_line() {
        check("<stdin>:3:5: warning: x\n<stdin>:4:1: error: expected ';'\n<stdin>:9:1: error: y\n", "expected ';'", 4);
        check("<stdin>:1:10: fatal error: 'x.h' file not found\n", "'x.h' file not found", 1);
        check("In file included from <stdin>:2:\n/usr/include/c++/v1/vector:7:1: error: no\n", "no", 0);
        check("wasm-ld: error: /program.o: undefined symbol: f()\n", "/program.o: undefined symbol: f()", 0);
        check("", "the compiler says nothing", 0);
    }
}
