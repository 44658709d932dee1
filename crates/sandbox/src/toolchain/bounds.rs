//! How large a compiled program may be, looked at before Cranelift sees it: its time and memory grow with the size of a function, and nothing counts them.
//!
//! This is no validation, which is the engine's.

/// Bytes of a whole module, data included.
const MODULE_BYTES: usize = 64 << 20;
/// Bytes of all functions.
const CODE_BYTES: usize = 4 << 20;
/// Bytes of one function: some twenty thousand lines.
const FUNCTION_BYTES: usize = 256 << 10;

const HEADER_BYTES: usize = 8;
const CODE_SECTION: u8 = 10;

/// Says what is too large, or malformed.
pub(super) fn check(module: &[u8]) -> Result<(), &'static str> {
    const MALFORMED: &str = "the compiled program is malformed";
    if module.len() > MODULE_BYTES {
        return Err("the compiled program is too large");
    }
    let mut rest = module.get(HEADER_BYTES..).ok_or(MALFORMED)?;
    while let Some((kind, after)) = rest.split_first() {
        let (length, after) = number(after).ok_or(MALFORMED)?;
        let (content, after) = after.split_at_checked(length).ok_or(MALFORMED)?;
        rest = after;
        if *kind != CODE_SECTION {
            continue;
        }
        if length > CODE_BYTES {
            return Err("the compiled program has too much code");
        }
        let (count, mut bodies) = number(content).ok_or(MALFORMED)?;
        for _ in 0..count {
            let (length, after) = number(bodies).ok_or(MALFORMED)?;
            if length > FUNCTION_BYTES {
                return Err("a function of the compiled program is too large");
            }
            bodies = after.get(length..).ok_or(MALFORMED)?;
        }
    }
    Ok(())
}

/// An unsigned number of up to 32 bits in LEB128, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let mut value: u64 = 0;
    for (index, byte) in bytes.iter().enumerate().take(5) {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((usize::try_from(value).ok()?, &bytes[index + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leb(mut value: usize) -> Vec<u8> {
        let mut out = Vec::new();
        while value >= 0x80 {
            out.push(value as u8 | 0x80);
            value >>= 7;
        }
        out.push(value as u8);
        out
    }

    fn module(functions: &[usize]) -> Vec<u8> {
        let bodies = functions.iter().flat_map(|length| [leb(*length), vec![0; *length]].concat());
        let content = leb(functions.len()).into_iter().chain(bodies).collect::<Vec<_>>();
        [b"\0asm\x01\0\0\0\x00\x01x".to_vec(), vec![CODE_SECTION], leb(content.len()), content].concat()
    }

    #[test]
    fn sizes_are_bounded() {
        assert_eq!(check(&module(&[1, 100, FUNCTION_BYTES])), Ok(()));
        assert_eq!(check(&module(&[FUNCTION_BYTES + 1])), Err("a function of the compiled program is too large"));
        assert_eq!(check(&module(&[FUNCTION_BYTES; 17])), Err("the compiled program has too much code"));
        assert_eq!(check(&vec![0; MODULE_BYTES + 1]), Err("the compiled program is too large"));
    }

    #[test]
    fn whatever_is_malformed_is_an_answer() {
        let whole = module(&[3, 4]);
        for end in [0, 7, 9, whole.len() - 1, whole.len() - 4] {
            assert_eq!(check(&whole[..end]), Err("the compiled program is malformed"), "{end}");
        }
        assert!(check(&[0xff; 100]).is_err());
    }
}
