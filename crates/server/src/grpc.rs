//! The gRPC service: the same work as the HTTP routes.

use crate::failure::Failure;
use crate::http::task_list;
use crate::work::{App, Running};
use futures::StreamExt;
use gavel_protocol::grpc::verifier_service_server::{VerifierService, VerifierServiceServer};
use gavel_protocol::grpc::{
    self, ExecuteResponse, GenerateResponse, ListTasksRequest, ListTasksResponse, VerifyRequest, VerifyResponse, VerifyStreamResponse,
    verify_stream_response,
};
use gavel_protocol::{ExecuteRequest, GenerateRequest, InvalidMessage};
use gavel_task::VerifyError;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;
use tonic::{Request, Response, Status};

struct Service(Arc<App>);

/// The service as tonic serves it, taking messages as large as HTTP bodies.
pub(crate) fn service(app: Arc<App>) -> VerifierServiceServer<impl VerifierService> {
    let limit = app.max_body_bytes;
    VerifierServiceServer::new(Service(app)).max_decoding_message_size(limit).max_encoding_message_size(usize::MAX)
}

impl Service {
    async fn start(&self, request: VerifyRequest, header_deadline: Option<Duration>) -> Result<Running, Status> {
        let app = &self.0;
        if app.is_draining() {
            return Err(Failure::Draining.into());
        }
        let permit = app.admission.bytes(held_bytes(&request))?;
        let level = request.detail().into();
        let asked = request.deadline_ms.map(Duration::from_millis);
        let deadline = [asked, header_deadline].into_iter().flatten().min();
        let entries = tokio::task::spawn_blocking(|| request.items.into_iter().map(grpc::Item::read).collect());
        let entries = entries.await.map_err(|error| Failure::Malformed(error.to_string()))?;
        Ok(app.start(entries, deadline, level, permit)?)
    }
}

/// About the bytes that the items hold: what can be large in them.
fn held_bytes(request: &VerifyRequest) -> usize {
    let prompt = |item: &grpc::Item| item.prompt.as_ref().map_or(0, String::len);
    let texts = |item: &grpc::Item| item.id.len() + item.response.len() + item.reference_json.len() + item.options_json.len();
    request.items.iter().map(|item| prompt(item) + texts(item) + 64).sum()
}

/// The deadline that gRPC clients send as `grpc-timeout`: digits and a unit.
fn timeout<T>(request: &Request<T>) -> Option<Duration> {
    let text = request.metadata().get("grpc-timeout")?.to_str().ok()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let count: u64 = digits.parse().ok()?;
    Some(match unit {
        "H" => Duration::from_secs(count.checked_mul(3600)?),
        "M" => Duration::from_secs(count.checked_mul(60)?),
        "S" => Duration::from_secs(count),
        "m" => Duration::from_millis(count),
        "u" => Duration::from_micros(count),
        "n" => Duration::from_nanos(count),
        _ => return None,
    })
}

#[tonic::async_trait]
impl VerifierService for Service {
    async fn verify(&self, request: Request<VerifyRequest>) -> Result<Response<VerifyResponse>, Status> {
        let deadline = timeout(&request);
        let (results, stats) = self.start(request.into_inner(), deadline).await?.all().await;
        Ok(Response::new(VerifyResponse { results: results.into_iter().map(Into::into).collect(), stats: Some(stats.into()) }))
    }

    type VerifyStreamStream = Pin<Box<dyn futures::Stream<Item = Result<VerifyStreamResponse, Status>> + Send>>;

    async fn verify_stream(&self, request: Request<VerifyRequest>) -> Result<Response<Self::VerifyStreamStream>, Status> {
        let deadline = timeout(&request);
        let running = self.start(request.into_inner(), deadline).await?;
        let events = futures::stream::unfold(Some(running), |running| async {
            let mut running = running?;
            let (event, rest) = match running.next().await {
                Some(result) => (verify_stream_response::Event::Result(result.into()), Some(running)),
                None => (verify_stream_response::Event::Done(running.stats().into()), None),
            };
            Some((Ok(VerifyStreamResponse { event: Some(event) }), rest))
        });
        Ok(Response::new(Box::pin(events)))
    }

    async fn list_tasks(&self, _request: Request<ListTasksRequest>) -> Result<Response<ListTasksResponse>, Status> {
        let tasks = task_list(&self.0).into_iter().map(Into::into).collect();
        Ok(Response::new(ListTasksResponse { tasks, verifier_version: self.0.version.clone() }))
    }

    type GenerateStream = Pin<Box<dyn futures::Stream<Item = Result<GenerateResponse, Status>> + Send>>;

    async fn generate(&self, request: Request<grpc::GenerateRequest>) -> Result<Response<Self::GenerateStream>, Status> {
        if self.0.is_draining() {
            return Err(Failure::Draining.into());
        }
        let request: GenerateRequest =
            request.into_inner().try_into().map_err(|error: InvalidMessage| Status::invalid_argument(error.0))?;
        let blocks = self.0.generate(&request)?;
        let messages = futures::stream::unfold(blocks, |mut blocks| async {
            let block = blocks.recv().await?;
            let messages = block.into_iter().map(|item| match item {
                Ok(item) => Ok(GenerateResponse { item: Some(item.into()) }),
                Err(error) => Err(Status::failed_precondition(error.to_string())),
            });
            Some((futures::stream::iter(messages.collect::<Vec<_>>()), blocks))
        });
        Ok(Response::new(Box::pin(messages.flatten())))
    }

    async fn execute(&self, request: Request<grpc::ExecuteRequest>) -> Result<Response<ExecuteResponse>, Status> {
        if self.0.is_draining() {
            return Err(Failure::Draining.into());
        }
        let deadline = timeout(&request);
        let request: ExecuteRequest = request.into_inner().try_into().map_err(|error: InvalidMessage| Status::invalid_argument(error.0))?;
        let permit = self.0.admission.bytes(request.source.len() + request.stdin.len())?;
        let executed = self.0.execute(request, permit);
        let response = match deadline {
            Some(after) => tokio::time::timeout(after, executed).await.unwrap_or(Err(Failure::Verify(VerifyError::Deadline))),
            None => executed.await,
        };
        Ok(Response::new(response?.into()))
    }
}
