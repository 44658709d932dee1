//! What travels over the wire, defined once for HTTP, gRPC, files and the client.
//!
//! [`verify`], [`execute`] and [`generate`] are the JSON types; [`grpc`] is the code generated from `proto/gavel/v1`, and the module `convert` goes between the two. An item is
//! [`gavel_task::Item`] everywhere.

mod convert;
pub mod execute;
pub mod generate;
pub mod verify;

/// Code generated from `proto/gavel/v1/verifier.proto` by `cargo run -p gavel-protocol --example generate`.
#[expect(missing_docs, clippy::allow_attributes_without_reason, reason = "generated")]
pub mod grpc {
    include!("generated/gavel.v1.rs");
}

pub use convert::InvalidMessage;
pub use execute::{ExecuteExit, ExecuteRequest, ExecuteResponse, ExitKind};
pub use generate::{GenerateRequest, InvalidGenerate};
pub use verify::{
    DetailLevel, ErrorBody, ErrorInfo, ItemResult, Outcome, Stats, StreamLine, SubTask, Task, TasksResponse, Times, TimingMs,
    VerifyRequest, VerifyResponse, read_item,
};
