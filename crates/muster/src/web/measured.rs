//! `/metrics`: what is told to who watches the server from outside. Nobody else: see [`may_watch`].

use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, Version, header};
use axum::response::{IntoResponse, Response};

use super::frame::errors::{Answer, Failure};
use crate::access::may_watch;
use crate::app::App;
use crate::metrics;

/// How long the database may take for its numbers: the others are said without them.
const PATIENCE: Duration = Duration::from_secs(3);
/// The text format of Prometheus.
const FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";
/// What a proxy says of who asked it.
const FORWARDED: [&str; 6] =
    ["forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip"];

/// On the address of the pages: for who asks from this machine, where no proxy can stand between.
pub(super) async fn show(State(app): State<App>, request: Request) -> Answer<Response> {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let is_forwarded = |headers: &HeaderMap| FORWARDED.iter().any(|name| headers.contains_key(*name));
    // Prometheus and people's tools speak HTTP/1.1; a proxy that was told nothing of headers speaks 1.0 to what stands behind it.
    let is_old = request.version() < Version::HTTP_11;
    if !may_watch(&app.settings, peer, is_old || is_forwarded(request.headers())) {
        return Err(Failure::Unknown);
    }
    Ok(told(app).await)
}

/// On an address of their own: for whoever reaches it.
pub(super) async fn show_all(State(app): State<App>) -> Response {
    told(app).await
}

async fn told(app: App) -> Response {
    let asked = app.run(|app| Ok(app.figures()));
    let figures = tokio::time::timeout(PATIENCE, asked).await;
    let figures = figures.ok().and_then(Result::ok).flatten();
    ([(header::CONTENT_TYPE, FORMAT)], metrics::told(&app, figures.as_ref())).into_response()
}
