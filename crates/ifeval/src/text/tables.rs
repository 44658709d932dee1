//! Reads the packed tables beside it.

use flate2::read::ZlibDecoder;
use std::io::Read;

/// The text of a table that `examples/text_tables.rs` deflated; it lives as long as the program.
pub(in crate::text) fn unpack(table: &[u8]) -> &'static str {
    let mut text = String::new();
    ZlibDecoder::new(table).read_to_string(&mut text).expect("the table is packed UTF-8");
    text.leak()
}
