//! How long each request took until its answer began, counted by the template of its address.

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;

use crate::metrics::pages;

/// The middleware of all answers.
pub(super) async fn measured(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let (method, route) = (request.method().clone(), request.extensions().get::<MatchedPath>().cloned());
    let answer = next.run(request).await;
    let route = route.as_ref().map(MatchedPath::as_str);
    pages::answered(method.as_str(), route, answer.status().as_u16(), began.elapsed());
    answer
}
