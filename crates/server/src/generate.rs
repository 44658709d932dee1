//! Items as they are made: on a thread of their own, a few blocks ahead of the client that reads them.

use crate::failure::Failure;
use crate::work::App;
use gavel_protocol::{ErrorInfo, GenerateRequest, InvalidGenerate};
use gavel_task::{GenerateError, Item};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Items that travel together, to wake the client's side once for many.
const BLOCK: usize = 64;
/// Blocks that wait for the client before no more is made.
const BLOCKS_AHEAD: usize = 4;

/// Items in blocks. The last block may end with an error: then no more items of this configuration could be made.
pub(crate) type Blocks = mpsc::Receiver<Vec<Result<Item, GenerateError>>>;

impl App {
    /// Starts to make items. Dropping what this returns stops it.
    pub(crate) fn generate(self: &Arc<Self>, request: &GenerateRequest) -> Result<Blocks, Failure> {
        let order = request.order().map_err(Failure::from)?;
        let items = self.verifier.registry().generate(&order).map_err(|error| Failure::from(InvalidGenerate::from(error)))?;
        let mut items = items.take(usize::try_from(request.count).unwrap_or(usize::MAX));
        let (sender, receiver) = mpsc::channel(BLOCKS_AHEAD);
        tokio::task::spawn_blocking(move || {
            loop {
                let mut block = Vec::new();
                while block.len() < BLOCK
                    && !block.last().is_some_and(Result::is_err)
                    && let Some(item) = items.next()
                {
                    block.push(item);
                }
                let last = block.len() < BLOCK || block.last().is_some_and(Result::is_err);
                if block.is_empty() || sender.blocking_send(block).is_err() || last {
                    return;
                }
            }
        });
        Ok(receiver)
    }
}

/// How an error in the middle of a stream is written: as the last line, in the form of an error body.
pub(crate) fn error_line(error: &GenerateError) -> gavel_protocol::ErrorBody {
    gavel_protocol::ErrorBody { error: ErrorInfo { code: code(error).to_owned(), message: error.to_string() } }
}

fn code(error: &GenerateError) -> &'static str {
    match error {
        GenerateError::UnknownTask { .. } => "unknown_task",
        GenerateError::Infeasible { .. } => "infeasible",
        _ => "invalid_config",
    }
}

impl From<InvalidGenerate> for Failure {
    fn from(error: InvalidGenerate) -> Self {
        match error {
            InvalidGenerate::Generate(GenerateError::UnknownTask { .. }) => Self::UnknownTask(error.to_string()),
            _ => Self::Unprocessable(error.to_string()),
        }
    }
}
