//! `Idempotency-Key`: an unsafe request that is sent again is done once, and answered as it was.
//!
//! What is kept is the answer of a success; a request that was refused changed nothing and may be tried again. Uploads keep their key
//! in the transaction that makes the import (see [`super::upload`]).

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::caller::Caller;
use super::extract::MOST;
use super::problem::Problem;
use super::reply::address;
use crate::access::Action;
use crate::app::App;

/// Does a request with a key once.
pub(super) async fn once(
    State(app): State<App>,
    caller: Caller,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(key) = key_of(request.headers())? else { return Ok(next.run(request).await) };
    // Before a kept answer is told: it is for those who may ask.
    caller.may(Action::Edit)?;
    let (parts, body) = request.into_parts();
    let sent = read(body).await?;
    let digest = digest_of(&parts, &sent);
    let (account, asked) = (caller.account, key.clone());
    if let Some((before, status, body)) = app.run(move |app| app.store.answered(account, &asked)).await? {
        return if before == digest { Ok(again(status, body)) } else { Err(Problem::OTHER_REQUEST) };
    }
    let (head, body) = next.run(Request::from_parts(parts, Body::from(sent))).await.into_parts();
    let answer = read(body).await?;
    if head.status.is_success() {
        let (status, text) = (i64::from(head.status.as_u16()), String::from_utf8_lossy(&answer).into_owned());
        let at = app.clock.now();
        app.run(move |app| app.store.keep_answer(account, &key, &digest, status, &text, at)).await?;
    }
    Ok(Response::from_parts(head, Body::from(answer)))
}

/// The key of a request, if it has one.
pub(super) fn key_of(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    const MOST: usize = 200;
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    match value.to_str() {
        Ok(key) if !key.trim().is_empty() && key.len() <= MOST => Ok(Some(key.trim().to_owned())),
        _ => Err(Problem::bad_request("an Idempotency-Key has 1 to 200 visible ASCII characters")),
    }
}

/// What a request asks, before its body: method, path and query.
pub(super) fn digest_of_head(parts: &Parts) -> Sha256 {
    let mut hash = Sha256::new();
    hash.update(format!("{} {}\n", parts.method, parts.uri));
    hash
}

/// A finished digest as text.
pub(super) fn text_of(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn digest_of(parts: &Parts, body: &[u8]) -> String {
    let mut hash = digest_of_head(parts);
    hash.update(body);
    text_of(hash)
}

async fn read(body: Body) -> Result<Bytes, Problem> {
    to_bytes(body, MOST)
        .await
        .map_err(|_| Problem::too_large(format!("A body of JSON may have {} MiB.", MOST >> 20)))
}

/// The part of an answer that says where to look.
#[derive(Deserialize)]
struct Named {
    id: String,
}

/// An answer as it was given before.
fn again(status: i64, body: String) -> Response {
    let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::OK);
    let named = serde_json::from_str::<Named>(&body).ok().filter(|_| status == StatusCode::ACCEPTED);
    let mut answer = (status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
    if let Some(location) = named.and_then(|named| address(&named.id).parse().ok()) {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    answer
}
