//! One HTTP request to one server, without trying again.

use crate::Error;
use bytes::{Bytes, BytesMut};
use gavel_protocol::{ErrorBody, StreamLine};
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use reqwest::{Method, Response};
use std::time::Duration;

const NDJSON: &str = "application/x-ndjson";
const JSON: &str = "application/json";
/// The longest pause that a server may ask for.
const LONGEST_PAUSE: Duration = Duration::from_secs(300);
/// How much of a failed reply is read for its message.
const MESSAGE_BYTES: usize = 4096;

/// A connection pool.
#[derive(Debug)]
pub(crate) struct Transport(reqwest::Client);

impl Transport {
    pub(crate) fn new() -> Result<Self, Error> {
        let client = reqwest::Client::builder()
            .no_proxy()
            .connect_timeout(Duration::from_secs(5))
            // Finds servers that vanished without closing the connection.
            .tcp_keepalive(Duration::from_secs(15))
            .build();
        client.map(Self).map_err(|source| Error::Setup { source })
    }

    /// Posts to `/v1/verify` and reads the results as they come.
    pub(crate) async fn verify(&self, url: &str, body: Bytes) -> Result<Lines, Error> {
        let response = self.send(Method::POST, url, "/v1/verify", Some(body), NDJSON).await?;
        Ok(Lines { url: url.to_owned(), response, buffer: BytesMut::new(), searched: 0 })
    }

    /// The whole body of the reply.
    pub(crate) async fn whole(&self, method: Method, url: &str, path: &str, body: Option<Bytes>) -> Result<Bytes, Error> {
        let response = self.send(method, url, path, body, JSON).await?;
        response.bytes().await.map_err(|source| broke(url, source))
    }

    async fn send(&self, method: Method, url: &str, path: &str, body: Option<Bytes>, accept: &str) -> Result<Response, Error> {
        let mut request = self.0.request(method, format!("{url}{path}")).header(ACCEPT, accept);
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, JSON).body(body);
        }
        let response = request.send().await.map_err(|source| broke(url, source))?;
        let (url, status, retry_after) = (url.to_owned(), response.status().as_u16(), retry_after(response.headers()));
        match status {
            200 => Ok(response),
            429 | 503 => Err(Error::Refused { url, status, message: message(response).await, retry_after }),
            _ => Err(Error::Status { url, status, message: message(response).await }),
        }
    }
}

/// Without the URL that reqwest would add: ours says it.
fn broke(url: &str, source: reqwest::Error) -> Error {
    Error::Transport { url: url.to_owned(), source: source.without_url() }
}

/// The seconds of `Retry-After`; a date, which would need a clock that agrees with the server's, is as if absent.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds).min(LONGEST_PAUSE))
}

/// What a reply that is not 200 says.
async fn message(mut response: Response) -> String {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk[..chunk.len().min(MESSAGE_BYTES - body.len())]);
        if body.len() == MESSAGE_BYTES {
            break;
        }
    }
    match serde_json::from_slice::<ErrorBody>(&body) {
        Ok(body) => body.error.message,
        Err(_) => String::from_utf8_lossy(&body).trim().chars().take(200).collect(),
    }
}

/// A reply in lines of JSON.
#[derive(Debug)]
pub(crate) struct Lines {
    url: String,
    response: Response,
    buffer: BytesMut,
    /// Bytes of the buffer that are known to hold no line end.
    searched: usize,
}

impl Lines {
    pub(crate) async fn next(&mut self) -> Result<Option<StreamLine>, Error> {
        loop {
            if let Some(found) = self.buffer[self.searched..].iter().position(|&byte| byte == b'\n') {
                let line = self.buffer.split_to(self.searched + found + 1);
                self.searched = 0;
                if !line.trim_ascii().is_empty() {
                    return self.read(&line).map(Some);
                }
                continue;
            }
            self.searched = self.buffer.len();
            match self.response.chunk().await.map_err(|source| broke(&self.url, source))? {
                Some(chunk) => self.buffer.extend_from_slice(&chunk),
                None => {
                    self.searched = 0;
                    let line = std::mem::take(&mut self.buffer);
                    return if line.trim_ascii().is_empty() { Ok(None) } else { self.read(&line).map(Some) };
                }
            }
        }
    }

    fn read(&self, line: &[u8]) -> Result<StreamLine, Error> {
        serde_json::from_slice(line).map_err(|source| Error::Malformed { url: self.url.clone(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_counts_in_seconds() {
        for (value, seconds) in
            [("0", Some(0)), (" 7 ", Some(7)), ("99999999999", Some(300)), ("-1", None), ("Wed, 21 Oct 2015 07:28:00 GMT", None)]
        {
            let headers = HeaderMap::from_iter([(RETRY_AFTER, value.parse().unwrap())]);
            assert_eq!(retry_after(&headers), seconds.map(Duration::from_secs), "{value:?}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
