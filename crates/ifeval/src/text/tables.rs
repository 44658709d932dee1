//! Reads the packed tables beside it, and hashes the words in them.

use flate2::read::ZlibDecoder;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::io::Read;

/// The text of a table that `examples/text_tables.rs` deflated; it lives as long as the program.
pub(in crate::text) fn unpack(table: &[u8]) -> &'static str {
    let mut text = String::new();
    ZlibDecoder::new(table).read_to_string(&mut text).expect("the table is packed UTF-8");
    text.leak()
}

/// FNV-1a, for tables that hold what we put into them: nobody can fill them with words of one hash.
#[derive(Debug)]
pub(in crate::text) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// A table of words with a value each.
pub(in crate::text) type Table<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;
/// A table of words.
pub(in crate::text) type Words<K> = HashSet<K, BuildHasherDefault<Fnv>>;
