//! Listening, serving, and going away without losing what was admitted.

use crate::admission::{Admission, Load};
use crate::metrics::Metrics;
use crate::work::{App, Executor};
use crate::{grpc, http};
use axum::Router;
use axum::serve::ListenerExt;
use gavel_verifier::Verifier;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// How a server behaves.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens; port 0 is any free port.
    pub bind: SocketAddr,
    /// Largest request body, after decompression.
    pub max_body_bytes: usize,
    /// Most items admitted and not answered. A request beyond it gets 503, unless it is the only one.
    pub max_pending_items: usize,
    /// Most bytes of request bodies held; likewise.
    pub max_pending_bytes: usize,
    /// How long admitted work may take after the shutdown signal before it is cancelled.
    pub drain: Duration,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            bind: SocketAddr::from(([127, 0, 0, 1], 8300)),
            max_body_bytes: 64 << 20,
            max_pending_items: 65_536,
            max_pending_bytes: 1 << 30,
            drain: Duration::from_secs(30),
        }
    }
}

/// A server that is listening.
pub struct Server {
    app: Arc<App>,
    listener: TcpListener,
    drain: Duration,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("listener", &self.listener).finish_non_exhaustive()
    }
}

impl Server {
    /// Starts to listen.
    ///
    /// # Errors
    /// If the address cannot be had.
    pub async fn bind(config: &Config, verifier: Verifier, executor: Option<Arc<dyn Executor>>) -> io::Result<Self> {
        let listener = TcpListener::bind(config.bind).await?;
        Ok(Self { app: app(config, verifier, executor), listener, drain: config.drain })
    }

    /// The address it listens on.
    ///
    /// # Errors
    /// If the system does not say.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `shutdown` is ready, then takes no more work, answers what it has admitted, and returns. What is not done when the drain time is over is
    /// answered as cancelled.
    ///
    /// # Errors
    /// If the listener fails.
    pub async fn serve(self, shutdown: impl Future<Output = ()> + Send + 'static) -> io::Result<()> {
        let (app, drain) = (Arc::clone(&self.app), self.drain);
        let stopping = async move {
            shutdown.await;
            app.draining.send_replace(true);
            tokio::spawn(async move {
                tokio::time::sleep(drain).await;
                app.giving_up.send_replace(true);
            });
        };
        // A reply is two writes, and must not wait for the first one's acknowledgement.
        let listener = self.listener.tap_io(|stream| {
            let _ = stream.set_nodelay(true);
        });
        axum::serve(listener, routes(self.app)).with_graceful_shutdown(stopping).await
    }
}

fn app(config: &Config, verifier: Verifier, executor: Option<Arc<dyn Executor>>) -> Arc<App> {
    Arc::new(App {
        version: verifier.registry().version(),
        verifier,
        executor,
        admission: Admission::new(Load { items: config.max_pending_items, bytes: config.max_pending_bytes }),
        metrics: Metrics::new(),
        max_body_bytes: config.max_body_bytes,
        draining: watch::channel(false).0,
        giving_up: watch::channel(false).0,
    })
}

/// HTTP and gRPC: what is no call of the gRPC service is for the HTTP routes.
fn routes(app: Arc<App>) -> Router {
    use gavel_protocol::grpc::verifier_service_server::SERVICE_NAME;
    http::routes(Arc::clone(&app)).route_service(&format!("/{SERVICE_NAME}/{{*call}}"), grpc::service(app))
}
