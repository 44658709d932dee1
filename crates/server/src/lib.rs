//! Verification over HTTP and gRPC, on one port.
//!
//! Handlers decode, call and encode. Admission, cancellation and deadlines are in the module `work`, which bridges to the synchronous
//! [`Verifier`](gavel_verifier::Verifier); nothing that takes long runs on the async runtime.

mod admission;
mod body;
mod failure;
mod generate;
mod grpc;
mod http;
mod metrics;
mod openapi;
mod server;
mod work;

pub use server::{Config, Server};
pub use work::Executor;
