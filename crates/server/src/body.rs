//! Reading request bodies: bounded, admitted before they are held, and parsed off the runtime when they are large.

use crate::admission::{Admission, Permit};
use crate::failure::Failure;
use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use http::{HeaderMap, header};
use serde::de::DeserializeOwned;
use std::sync::Arc;

/// Bodies from this size on are parsed on a thread for blocking work.
const LARGE_BYTES: usize = 256 << 10;

/// A whole body and the permit to hold it.
///
/// The announced length is checked, and admitted, before a byte is read; what a compressed body turns out to hold is admitted as it comes.
pub(crate) async fn read(admission: &Arc<Admission>, headers: &HeaderMap, body: Body, limit: usize) -> Result<(Bytes, Permit), Failure> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > limit) {
        return Err(Failure::TooLarge { limit });
    }
    let mut admitted = announced.unwrap_or(0);
    let mut permit = admission.bytes(admitted)?;
    let mut bytes = BytesMut::with_capacity(admitted);
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|error| Failure::Malformed(format!("the body cannot be read: {error}")))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Failure::TooLarge { limit });
        }
        bytes.extend_from_slice(&chunk);
        if bytes.len() > admitted {
            permit.grow(crate::admission::Load { items: 0, bytes: bytes.len() - admitted })?;
            admitted = bytes.len();
        }
    }
    Ok((bytes.freeze(), permit))
}

/// Refuses bodies that say that they are something other than JSON.
pub(crate) fn check_media_type(headers: &HeaderMap) -> Result<(), Failure> {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return Ok(()) };
    let is_json = value.to_str().is_ok_and(|text| {
        let kind = text.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        // What curl sends when nobody tells it otherwise.
        kind == "application/json" || kind.ends_with("+json") || kind == "application/x-www-form-urlencoded"
    });
    if is_json { Ok(()) } else { Err(Failure::MediaType) }
}

/// The JSON value in a body.
pub(crate) async fn parse<T: DeserializeOwned + Send + 'static>(bytes: Bytes) -> Result<T, Failure> {
    if bytes.len() < LARGE_BYTES {
        return parse_now(&bytes);
    }
    tokio::task::spawn_blocking(move || parse_now(&bytes)).await.unwrap_or_else(|error| Err(Failure::Malformed(error.to_string())))
}

fn parse_now<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Failure> {
    let text = std::str::from_utf8(bytes)
        .map_err(|error| Failure::Malformed(format!("the body is not UTF-8 (at byte {}): JSON has to be", error.valid_up_to())))?;
    serde_json::from_str(text).map_err(|error| {
        let message = format!("the body cannot be read: {error}");
        if error.is_data() { Failure::Unprocessable(message) } else { Failure::Malformed(message) }
    })
}
