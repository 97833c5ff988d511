//! `Idempotency-Key`: an unsafe request that is sent again is done once, and answered as it was.
//!
//! The store keeps key and answer in the transaction of the act ([`KeyedRequest`]), so that neither a killed process nor two requests
//! at one moment do it twice. A request that was refused changed nothing, keeps nothing and may be tried again. Uploads, whose bodies are
//! not held, do the same in [`super::upload`].

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use sentences::say;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::{AccountId, Answered, Import, KeyedRequest};

use super::caller::{Editor, Owner};
use super::extract::MOST;
use super::problem::Problem;
use super::reply::{address, address_of_user};
use super::wire;
use crate::app::App;

/// Does a request with a key once.
pub(super) async fn once(
    State(app): State<App>,
    // Before a kept answer is told: it is for those who may ask.
    Editor(caller): Editor,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(key) = key_of(request.headers())? else { return Ok(next.run(request).await) };
    let (mut parts, body) = request.into_parts();
    let sent = read(body).await?;
    // A fix is there when it is answered; what a worker does is accepted.
    let status = if parts.method == Method::PATCH { StatusCode::OK } else { StatusCode::ACCEPTED };
    let keyed = keyed(&app, key, digest_of(&parts, &sent), status);
    if let Some(answer) = kept(&app, caller.account, &keyed).await? {
        return Ok(answer);
    }
    parts.extensions.insert(keyed.clone());
    let answer = next.run(Request::from_parts(parts, Body::from(sent))).await;
    // The act kept its answer, or found that of the same request, which came at the same moment.
    Ok(kept(&app, caller.account, &keyed).await?.unwrap_or(answer))
}

/// The same of what owners change of an account, which is no import: the answer is kept once the act is done. Whoever dies in between leaves
/// an act that changes nothing when it is done again: a field that is there, is so, has its options.
pub(super) async fn once_by_owner(
    State(app): State<App>,
    Owner(caller): Owner,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(key) = key_of(request.headers())? else { return Ok(next.run(request).await) };
    let (parts, body) = request.into_parts();
    let sent = read(body).await?;
    let keyed = keyed(&app, key, digest_of(&parts, &sent), StatusCode::OK);
    if let Some(answer) = kept(&app, caller.account, &keyed).await? {
        return Ok(answer);
    }
    let answer = next.run(Request::from_parts(parts, Body::from(sent))).await;
    if !answer.status().is_success() {
        return Ok(answer);
    }
    let (parts, body) = answer.into_parts();
    let body = read(body).await?;
    let text = String::from_utf8_lossy(&body).into_owned();
    let answered = Answered { digest: keyed.digest, status: i64::from(parts.status.as_u16()), body: text };
    let kept = app.run(move |app| app.store.keep_answered(caller.account, &keyed.key, &answered, keyed.at));
    kept.await?;
    Ok(Response::from_parts(parts, Body::from(body)))
}

/// The same of what is asked on a ticket: the act keeps the number of the ticket, and a retry is answered with that as it is by then.
pub(super) async fn once_on_tickets(
    State(app): State<App>,
    Editor(caller): Editor,
    request: Request,
    next: Next,
) -> Result<Response, Problem> {
    let Some(key) = key_of(request.headers())? else { return Ok(next.run(request).await) };
    let (mut parts, body) = request.into_parts();
    let sent = read(body).await?;
    let status = if parts.uri.path().ends_with("/tickets") { StatusCode::CREATED } else { StatusCode::OK };
    let keyed = keyed(&app, key, digest_of(&parts, &sent), status);
    if let Some(answer) = kept_ticket(&app, caller.account, &keyed).await? {
        return Ok(answer);
    }
    parts.extensions.insert(keyed.clone());
    let answer = next.run(Request::from_parts(parts, Body::from(sent))).await;
    Ok(kept_ticket(&app, caller.account, &keyed).await?.unwrap_or(answer))
}

async fn kept_ticket(
    app: &App,
    account: AccountId,
    request: &KeyedRequest,
) -> Result<Option<Response>, Problem> {
    let (key, digest) = (request.key.clone(), request.digest.clone());
    let job = move |app: &App| {
        let Some(before) = app.store.answered(account, &key)? else { return Ok(Ok(None)) };
        if before.digest != digest {
            return Ok(Err(Problem::OTHER_REQUEST));
        }
        let number = before.body.parse().unwrap_or_default();
        let Some(ticket) = wire::Ticket::read(app, account, number)? else {
            return Ok(Err(Problem::NO_TICKET));
        };
        let body = serde_json::to_string(&ticket).unwrap_or_default();
        Ok(Ok(Some(again(Answered { body, ..before }))))
    };
    app.run(job).await?
}

/// The program as the act of a request uses it: it keeps the request's key, if it has one.
pub(super) struct Acting(pub(super) App);

impl FromRequestParts<App> for Acting {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let mut app = app.clone();
        if let Some(request) = parts.extensions.get::<KeyedRequest>() {
            app.store = app.store.once(request.clone());
        }
        Ok(Self(app))
    }
}

/// A request as its act keeps it; the answer is the import.
pub(super) fn keyed(app: &App, key: String, digest: String, status: StatusCode) -> KeyedRequest {
    let body = |import: &Import| serde_json::to_string(&wire::Import::from(import)).unwrap_or_default();
    KeyedRequest { key, digest, status: i64::from(status.as_u16()), body, at: app.clock.now() }
}

/// The answer that was kept, if the request was done; a problem when its key came with another request.
pub(super) async fn kept(
    app: &App,
    account: AccountId,
    request: &KeyedRequest,
) -> Result<Option<Response>, Problem> {
    let key = request.key.clone();
    match app.run(move |app| app.store.answered(account, &key)).await? {
        Some(before) if before.digest == request.digest => Ok(Some(again(before))),
        Some(_) => Err(Problem::OTHER_REQUEST),
        None => Ok(None),
    }
}

/// The key of a request, if it has one.
pub(super) fn key_of(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    const MOST: usize = 200;
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    match value.to_str() {
        Ok(key) if !key.trim().is_empty() && key.len() <= MOST => Ok(Some(key.trim().to_owned())),
        _ => Err(Problem::bad_request(say!("api-once-an-idempotency-key-has-1"))),
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
        .map_err(|_| Problem::too_large(say!("api-once-a-body-of-json-may", most = (MOST >> 20).to_string())))
}

/// The part of an answer that says where to look.
#[derive(Deserialize)]
struct Named {
    id: String,
}

/// An answer as it was given before.
fn again(before: Answered) -> Response {
    let Answered { status, body, .. } = before;
    let status = u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok());
    let status = status.unwrap_or(StatusCode::OK);
    let place = match status {
        StatusCode::ACCEPTED => Some(address as fn(&str) -> String),
        StatusCode::CREATED => Some(address_of_user as fn(&str) -> String),
        _ => None,
    };
    let named = serde_json::from_str::<Named>(&body).ok().zip(place);
    let mut answer = (status, [(header::CONTENT_TYPE, "application/json")], body).into_response();
    if let Some(location) = named.and_then(|(named, place)| place(&named.id).parse().ok()) {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    answer
}
