//! A guest's linear memory as the functions of preview 1 see it: numbers, bytes and text at addresses that the guest chose. No address makes it panic.

use wasmtime::Result;

/// A number of preview 1's `errno`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Errno(pub(super) i32);

impl Errno {
    pub(super) const BADF: Self = Self(8);
    pub(super) const EXIST: Self = Self(20);
    pub(super) const FAULT: Self = Self(21);
    pub(super) const ILSEQ: Self = Self(25);
    pub(super) const INVAL: Self = Self(28);
    pub(super) const ISDIR: Self = Self(31);
    pub(super) const MFILE: Self = Self(33);
    pub(super) const NAMETOOLONG: Self = Self(37);
    pub(super) const NOENT: Self = Self(44);
    pub(super) const NOSPC: Self = Self(51);
    pub(super) const NOSYS: Self = Self(52);
    pub(super) const NOTDIR: Self = Self(54);
    pub(super) const ROFS: Self = Self(69);
    pub(super) const SPIPE: Self = Self(70);
}

/// Why a function did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failed {
    /// The guest is told.
    Says(Errno),
    /// The guest is stopped.
    Stops(wasmtime::Error),
}

impl From<Errno> for Failed {
    fn from(errno: Errno) -> Self {
        Self::Says(errno)
    }
}

/// What the guest's call returns.
pub(super) fn answer(done: std::result::Result<(), Failed>) -> Result<i32> {
    match done {
        Ok(()) => Ok(0),
        Err(Failed::Says(errno)) => Ok(errno.0),
        Err(Failed::Stops(error)) => Err(error),
    }
}

/// How many buffers one call may name.
const MAX_VECTORS: u32 = 1024;
/// How long a path may be.
const MAX_PATH_BYTES: u32 = 4096;

/// Linear memory.
#[derive(Debug)]
pub(super) struct Memory<'a>(pub(super) &'a mut [u8]);

type Answer<T> = std::result::Result<T, Failed>;

impl Memory<'_> {
    pub(super) fn bytes(&self, at: u32, length: u32) -> Answer<&[u8]> {
        let start = at as usize;
        self.0.get(start..start + length as usize).ok_or(Errno::FAULT.into())
    }

    fn array<const N: usize>(&self, at: u32) -> Answer<[u8; N]> {
        Ok(self.bytes(at, N as u32)?.try_into().expect("bytes gives as many as it was asked for"))
    }

    pub(super) fn u8(&self, at: u32) -> Answer<u8> {
        self.array(at).map(u8::from_le_bytes)
    }

    pub(super) fn u16(&self, at: u32) -> Answer<u16> {
        self.array(at).map(u16::from_le_bytes)
    }

    pub(super) fn u32(&self, at: u32) -> Answer<u32> {
        self.array(at).map(u32::from_le_bytes)
    }

    pub(super) fn u64(&self, at: u32) -> Answer<u64> {
        self.array(at).map(u64::from_le_bytes)
    }

    pub(super) fn text(&self, at: u32, length: u32) -> Answer<&str> {
        if length > MAX_PATH_BYTES {
            return Err(Errno::NAMETOOLONG.into());
        }
        str::from_utf8(self.bytes(at, length)?).map_err(|_| Errno::ILSEQ.into())
    }

    /// The buffers that `count` entries of an `iovec` array name: address and length of each.
    pub(super) fn vectors(&self, at: u32, count: u32) -> Answer<Vec<(u32, u32)>> {
        if count > MAX_VECTORS {
            return Err(Errno::INVAL.into());
        }
        (0..count).map(|index| at.wrapping_add(index * 8)).map(|at| Ok((self.u32(at)?, self.u32(at.wrapping_add(4))?))).collect()
    }

    pub(super) fn write(&mut self, at: u32, bytes: &[u8]) -> Answer<()> {
        let start = at as usize;
        self.0.get_mut(start..start + bytes.len()).ok_or(Errno::FAULT)?.copy_from_slice(bytes);
        Ok(())
    }

    pub(super) fn set_u32(&mut self, at: u32, number: u32) -> Answer<()> {
        self.write(at, &number.to_le_bytes())
    }

    pub(super) fn set_u64(&mut self, at: u32, number: u64) -> Answer<()> {
        self.write(at, &number.to_le_bytes())
    }

    /// A `filestat` at `at`: no time but the epoch, one link, device 1.
    pub(super) fn set_status(&mut self, at: u32, inode: u64, kind: u8, size: u64) -> Answer<()> {
        self.write(at, &[0; 64])?;
        self.set_u64(at, 1)?;
        self.set_u64(at.wrapping_add(8), inode)?;
        self.write(at.wrapping_add(16), &[kind])?;
        self.set_u64(at.wrapping_add(24), 1)?;
        self.set_u64(at.wrapping_add(32), size)
    }
}
