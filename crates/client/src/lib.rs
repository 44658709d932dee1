//! An async client of a Gavel server, or of several that answer alike.
//!
//! [`Client::verify`] never fails as a whole and never loses an item: it sends batches to whichever server has less to do, sends again what can succeed
//! the second time, and returns exactly one result for each item, by the deadline. What could not be judged says so in its
//! [`Outcome`](gavel_protocol::Outcome); it has no score.
//!
//! ```
//! use gavel_client::{Client, Retry};
//! use gavel_task::Item;
//! use std::time::Duration;
//! # async fn server() -> std::io::Result<String> {
//! #     let reply = concat!(
//! #         r#"{"index":0,"id":"a","outcome":"graded","score":1.0,"reason":"correct","message":"","#,
//! #         r#""timing":{"queue_ms":0,"run_ms":1},"verifier_version":"1","retryable":false}"#,
//! #         "\n", r#"{"done":{"graded":1,"not_graded":0,"elapsed_ms":1}}"#, "\n",
//! #     );
//! #     let app = axum::Router::new().route("/v1/verify", axum::routing::post(move || async move { reply }));
//! #     let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
//! #     let url = format!("http://{}", listener.local_addr()?);
//! #     tokio::spawn(axum::serve(listener, app).into_future());
//! #     Ok(url)
//! # }
//! # tokio::runtime::Runtime::new()?.block_on(async {
//! # let url = server().await?;
//! let client = Client::builder()
//!     .urls([url]) // "http://127.0.0.1:8080"
//!     .batch_size(32)
//!     .retry(Retry { attempts: 3, ..Retry::default() })
//!     .deadline(Duration::from_secs(60))
//!     .build()?;
//! let item: Item = serde_json::from_str(
//!     r#"{"id": "a", "task": "code", "response": "print(1)", "reference": {"inputs": [""], "outputs": ["1"]}}"#,
//! )?;
//! let results = client.verify(vec![item]).await;
//! assert_eq!(results[0].score, Some(1.0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! Servers are reached by HTTP without TLS and without a proxy, whatever the environment says.

mod call;
mod client;
mod error;
mod random;
mod replica;
mod retry;
#[cfg(test)]
mod tests;
mod transport;

pub use client::{Builder, Client};
pub use error::Error;
pub use retry::Retry;
