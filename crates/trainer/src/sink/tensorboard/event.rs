//! The protobuf messages of an event file, as far as a run needs them.

use crate::record::Record;

/// What an event says.
pub(super) enum Event<'a> {
    /// The first event of each file.
    Version,
    /// A process began to write; events of the same and later steps in earlier files do not count.
    SessionStart,
    /// The metrics and notes of a record.
    Summary(&'a Record),
}

impl Event<'_> {
    /// `Event { wall_time = 1, step = 2, file_version = 3, summary = 5, session_log = 7 }`
    pub(super) fn encode(&self, wall_time_s: f64, step: u64) -> Vec<u8> {
        let mut message = Message::default();
        message.fixed64(1, wall_time_s.to_bits());
        message.varint(2, step);
        match self {
            Event::Version => message.bytes(3, b"brain.Event:2"),
            Event::SessionStart => {
                // SessionLog { status = 1: START = 1 }
                let mut log = Message::default();
                log.varint(1, 1);
                message.bytes(7, &log.0);
            }
            Event::Summary(record) => message.bytes(5, &summary(record)),
        }
        message.0
    }
}

/// `Summary { value = 1 }`
fn summary(record: &Record) -> Vec<u8> {
    let mut message = Message::default();
    let mut scalars: Vec<(&str, f32)> = record.metrics().map(|(name, value)| (name, value as f32)).collect();
    scalars.extend(record.non_finite().map(|name| (name, f32::NAN)));
    scalars.sort_unstable_by_key(|(name, _)| *name);
    for (name, value) in scalars {
        // Value { tag = 1, simple_value = 2 }
        let mut scalar = Message::default();
        scalar.bytes(1, name.as_bytes());
        scalar.fixed32(2, value.to_bits());
        message.bytes(1, &scalar.0);
    }
    for (name, text) in record.notes() {
        message.bytes(1, &text_value(name, text));
    }
    message.0
}

/// `Value { tag = 1, tensor = 8, metadata = 9 }` as TensorBoard's text plugin wants it: a tensor of one string.
fn text_value(name: &str, text: &str) -> Vec<u8> {
    let (mut value, mut tensor, mut shape, mut dim) = (Message::default(), Message::default(), Message::default(), Message::default());
    dim.varint(1, 1);
    shape.bytes(2, &dim.0);
    // TensorProto { dtype = 1: DT_STRING = 7, tensor_shape = 2, string_val = 8 }
    tensor.varint(1, 7);
    tensor.bytes(2, &shape.0);
    tensor.bytes(8, text.as_bytes());
    // SummaryMetadata { plugin_data = 1 { plugin_name = 1 } }
    let (mut metadata, mut plugin) = (Message::default(), Message::default());
    plugin.bytes(1, b"text");
    metadata.bytes(1, &plugin.0);
    value.bytes(1, name.as_bytes());
    value.bytes(8, &tensor.0);
    value.bytes(9, &metadata.0);
    value.0
}

/// A protobuf message being written (protobuf.dev/programming-guides/encoding).
#[derive(Default)]
struct Message(Vec<u8>);

impl Message {
    fn key(&mut self, field: u8, wire_type: u8) {
        self.0.push(field << 3 | wire_type);
    }

    fn raw_varint(&mut self, mut value: u64) {
        while value > 0x7f {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn varint(&mut self, field: u8, value: u64) {
        self.key(field, 0);
        self.raw_varint(value);
    }

    fn fixed64(&mut self, field: u8, bits: u64) {
        self.key(field, 1);
        self.0.extend(bits.to_le_bytes());
    }

    fn fixed32(&mut self, field: u8, bits: u32) {
        self.key(field, 5);
        self.0.extend(bits.to_le_bytes());
    }

    fn bytes(&mut self, field: u8, bytes: &[u8]) {
        self.key(field, 2);
        self.raw_varint(bytes.len() as u64);
        self.0.extend(bytes);
    }
}

#[cfg(test)]
pub(super) use reader::read;

#[cfg(test)]
mod reader {
    use std::fmt;

    /// An event read back, shown as `wall step content`.
    pub(in super::super) struct Read(String);

    impl fmt::Debug for Read {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(&self.0)
        }
    }

    enum Field {
        Number(u64),
        Bytes(Vec<u8>),
    }

    fn varint(bytes: &mut &[u8]) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let (byte, rest) = bytes.split_first().unwrap();
            *bytes = rest;
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return value;
            }
        }
    }

    fn fields(mut bytes: &[u8]) -> Vec<(u64, Field)> {
        let mut found = Vec::new();
        while !bytes.is_empty() {
            let key = varint(&mut bytes);
            let mut take = |count: usize| {
                let (head, rest) = bytes.split_at(count);
                bytes = rest;
                head.to_vec()
            };
            let field = match key & 7 {
                1 => Field::Number(u64::from_le_bytes(take(8).try_into().unwrap())),
                5 => Field::Number(u32::from_le_bytes(take(4).try_into().unwrap()).into()),
                0 => Field::Number(varint(&mut bytes)),
                _ => {
                    let length = varint(&mut bytes) as usize;
                    let (head, rest) = bytes.split_at(length);
                    bytes = rest;
                    Field::Bytes(head.to_vec())
                }
            };
            found.push((key >> 3, field));
        }
        found
    }

    fn text(bytes: &[u8]) -> String {
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    fn value(bytes: &[u8]) -> String {
        let mut shown = Vec::new();
        for (number, field) in fields(bytes) {
            match (number, field) {
                (1, Field::Bytes(tag)) => shown.push(text(&tag)),
                (2, Field::Number(bits)) => shown.push(f32::from_bits(bits as u32).to_string()),
                (8, Field::Bytes(tensor)) => {
                    for (number, field) in fields(&tensor) {
                        if let (8, Field::Bytes(string)) = (number, field) {
                            shown.push(format!("`{}`", text(&string)));
                        }
                    }
                }
                _ => {}
            }
        }
        shown.join(" ")
    }

    pub(in super::super) fn read(bytes: &[u8]) -> Read {
        let mut shown = Vec::new();
        for (number, field) in fields(bytes) {
            shown.push(match (number, field) {
                (1, Field::Number(bits)) => f64::from_bits(bits).to_string(),
                (2, Field::Number(step)) => step.to_string(),
                (3, Field::Bytes(version)) => format!("version {}", text(&version)),
                (5, Field::Bytes(summary)) => {
                    let values = fields(&summary).into_iter().map(|(_, field)| match field {
                        Field::Bytes(bytes) => value(&bytes),
                        Field::Number(number) => format!("unexpected {number}"),
                    });
                    values.collect::<Vec<_>>().join(", ")
                }
                (7, Field::Bytes(log)) if log == [8, 1] => "start".to_owned(),
                (number, _) => format!("unexpected field {number}"),
            });
        }
        Read(shown.join(" "))
    }
}
