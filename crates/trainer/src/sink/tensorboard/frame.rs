//! The records of an event file: `u64 length, u32 masked CRC of the length, bytes, u32 masked CRC of the bytes`, little-endian.

/// Reflected polynomial of CRC-32C (Castagnoli; RFC 3720, appendix B.4).
const POLYNOMIAL: u32 = 0x82f6_3b78;

const TABLE: [u32; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut crc = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ POLYNOMIAL } else { crc >> 1 };
            bit += 1;
        }
        table[byte] = crc;
        byte += 1;
    }
    table
};

fn crc32c(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, &byte| (crc >> 8) ^ TABLE[usize::from(crc as u8 ^ byte)])
}

/// Rotated and offset, so that the checksum of data that holds checksums stays useful (TensorFlow, `core/lib/hash/crc32c.h`).
fn masked(bytes: &[u8]) -> u32 {
    crc32c(bytes).rotate_right(15).wrapping_add(0xa282_ead8)
}

/// One record around a message.
pub(super) fn frame(message: &[u8]) -> Vec<u8> {
    let length = (message.len() as u64).to_le_bytes();
    let mut bytes = Vec::with_capacity(message.len() + 16);
    bytes.extend(length);
    bytes.extend(masked(&length).to_le_bytes());
    bytes.extend(message);
    bytes.extend(masked(message).to_le_bytes());
    bytes
}

/// The messages of a file; `None` where a record is torn or a checksum wrong.
#[cfg(test)]
pub(super) fn read(mut bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut messages = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_at_checked(8)?;
        let (check, rest) = rest.split_at_checked(4)?;
        let (message, rest) = rest.split_at_checked(u64::from_le_bytes(length.try_into().ok()?) as usize)?;
        let (message_check, rest) = rest.split_at_checked(4)?;
        if check != masked(length).to_le_bytes() || message_check != masked(message).to_le_bytes() {
            return None;
        }
        messages.push(message.to_vec());
        bytes = rest;
    }
    Some(messages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_are_those_of_rfc_3720() {
        let ascending: Vec<u8> = (0..32).collect();
        for (bytes, expect) in
            [(&[0; 32][..], 0x8a91_36aa), (&[0xff; 32], 0x62a8_ab43), (&ascending, 0x46dd_794e), (b"123456789", 0xe306_9283)]
        {
            assert_eq!(crc32c(bytes), expect);
        }
    }

    #[test]
    fn a_changed_byte_is_noticed() {
        let bytes = frame(b"hello");
        assert_eq!(read(&bytes), Some(vec![b"hello".to_vec()]));
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert_eq!(read(&changed), None, "byte {at}");
        }
    }
}
