//! An HTTP/1.1 client for tests: one request a connection, blocking, the whole response in memory. No redirects, no TLS, no compression.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long a test waits for the next bytes of a response before it fails.
const PATIENCE: Duration = Duration::from_secs(300);

/// What a server answered.
#[derive(Debug, PartialEq)]
pub(crate) struct Response {
    pub(crate) status: u16,
    /// Names in lower case.
    pub(crate) headers: Vec<(String, String)>,
    /// Without chunk framing.
    pub(crate) body: Vec<u8>,
}

impl Response {
    /// The value of a header, its name in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    #[track_caller]
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("the body is UTF-8")
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&self.body)))
    }
}

/// Sends `GET path`.
#[track_caller]
pub(crate) fn get(address: SocketAddr, path: &str) -> Response {
    request(address, "GET", path, &[], b"").unwrap_or_else(|error| panic!("GET {path}: {error}"))
}

/// Sends `POST path` with a JSON body.
#[track_caller]
pub(crate) fn post(address: SocketAddr, path: &str, body: &serde_json::Value) -> Response {
    let headers = [("content-type", "application/json")];
    request(address, "POST", path, &headers, body.to_string().as_bytes()).unwrap_or_else(|error| panic!("POST {path}: {error}"))
}

/// Sends a request, with its length unless `headers` say another, and reads the response.
///
/// # Errors
/// When the connection fails, or ends before a whole response came. A server may answer before it has read the whole request.
pub(crate) fn request(address: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<Response> {
    let mut head = format!("{method} {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
    if !headers.iter().any(|(name, _)| matches!(*name, "content-length" | "transfer-encoding")) {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let sent = stream.write_all(format!("{head}\r\n").as_bytes()).and_then(|()| stream.write_all(body));
    let mut received = Vec::new();
    let read = stream.read_to_end(&mut received);
    match parse(&received) {
        Ok(response) => Ok(response),
        Err(problem) => sent.and(read.map(|_| ())).and(Err(io::Error::new(io::ErrorKind::InvalidData, problem))),
    }
}

/// Reads a whole response.
fn parse(bytes: &[u8]) -> Result<Response, String> {
    let (head, body) = split(bytes, b"\r\n\r\n").ok_or("the response has no end of headers")?;
    let head = std::str::from_utf8(head).map_err(|error| format!("the headers are not text: {error}"))?;
    let mut lines = head.split("\r\n");
    let first = lines.next().unwrap_or_default();
    let status = first.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).and_then(|status| status.parse().ok());
    let status = status.ok_or_else(|| format!("`{first}` is no status line"))?;
    if status == 100 {
        return parse(body);
    }
    let headers = lines.filter_map(|line| line.split_once(':')).map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()));
    let mut response = Response { status, headers: headers.collect(), body: Vec::new() };
    response.body = if response.header("transfer-encoding") == Some("chunked") {
        unchunk(body)?
    } else if let Some(length) = response.header("content-length") {
        let length: usize = length.parse().map_err(|error| format!("content-length `{length}`: {error}"))?;
        body.get(..length).ok_or_else(|| format!("{} bytes of {length} came", body.len()))?.to_owned()
    } else {
        body.to_owned()
    };
    Ok(response)
}

/// Joins the chunks of a body; trailers are dropped.
fn unchunk(mut rest: &[u8]) -> Result<Vec<u8>, String> {
    let mut body = Vec::new();
    loop {
        let (size, after) = split(rest, b"\r\n").ok_or("the body ends within a chunk")?;
        let size = String::from_utf8_lossy(size);
        let digits = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(digits, 16).map_err(|error| format!("chunk size `{digits}`: {error}"))?;
        if size == 0 {
            return Ok(body);
        }
        body.extend_from_slice(after.get(..size).ok_or("the body ends within a chunk")?);
        rest = after.get(size + 2..).ok_or("the body ends within a chunk")?;
    }
}

fn split<'a>(bytes: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = bytes.windows(separator.len()).position(|window| window == separator)?;
    Some((&bytes[..at], &bytes[at + separator.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader};
    use std::net::TcpListener;
    use std::thread;

    #[track_caller]
    fn check(response: &str, expect: Result<(u16, &str), &str>) {
        let found = parse(response.as_bytes());
        let found = found.as_ref().map(|response| (response.status, response.text())).map_err(String::as_str);
        assert_eq!(found, expect);
    }

    #[test]
    fn responses() {
        check("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nabc", Ok((200, "ab")));
        check("HTTP/1.1 204 No Content\r\n\r\n", Ok((204, "")));
        check("HTTP/1.1 200 OK\r\n\r\nto the end", Ok((200, "to the end")));
        check(
            "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\na;x=1\r\n0123456789\r\n0\r\n\r\n",
            Ok((200, "ab0123456789")),
        );
        check("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 413 Too Large\r\n\r\nx", Ok((413, "x")));
    }

    #[test]
    fn cut_responses() {
        check("", Err("the response has no end of headers"));
        check("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab", Err("2 bytes of 9 came"));
        check("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\nab", Err("the body ends within a chunk"));
        check("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nab\r\n", Err("the body ends within a chunk"));
        check("SSH-2.0\r\n\r\n", Err("`SSH-2.0` is no status line"));
    }

    /// Answers one connection with `answer` once the whole request came, and returns the request.
    fn serve_once(answer: &'static str, body_bytes: usize) -> (SocketAddr, thread::JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let serve = move || {
            let mut reader = BufReader::new(listener.accept().unwrap().0);
            let mut request = String::new();
            while !request.ends_with("\r\n\r\n") {
                reader.read_line(&mut request).unwrap();
            }
            let mut body = vec![0; body_bytes];
            reader.read_exact(&mut body).unwrap();
            reader.get_mut().write_all(answer.as_bytes()).unwrap();
            request + std::str::from_utf8(&body).unwrap()
        };
        (address, thread::spawn(serve))
    }

    #[test]
    fn a_request_and_its_response() {
        let (address, server) = serve_once("HTTP/1.1 429 Too Many\r\nRetry-After: 3\r\n\r\n{\"a\":1}", 7);
        let response = post(address, "/v1/x", &serde_json::json!({"b": 2}));
        assert_eq!((response.status, response.header("retry-after"), response.json()["a"].as_u64()), (429, Some("3"), Some(1)));
        let request = server.join().unwrap();
        assert!(request.starts_with("POST /v1/x HTTP/1.1\r\n") && request.contains("\r\ncontent-length: 7\r\n"), "{request}");
        assert!(request.ends_with("content-type: application/json\r\n\r\n{\"b\":2}"), "{request}");

        let (address, server) = serve_once("HTTP/1.1 200 OK\r\n\r\nok", 0);
        assert_eq!(get(address, "/livez").text(), "ok");
        assert!(server.join().unwrap().starts_with("GET /livez HTTP/1.1\r\n"));
    }

    #[test]
    fn a_lost_connection_is_an_error() {
        let (address, server) = serve_once("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nok", 0);
        let error = request(address, "GET", "/", &[], b"").unwrap_err();
        assert_eq!(error.to_string(), "2 bytes of 5 came");
        server.join().unwrap();
    }
}
