//! What handlers take out of a request, refused in words of ours: what stands after the `?`, a form, a form with a file.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use sentences::say;
use serde::de::DeserializeOwned;

use super::errors::Failure;

/// A form has no more fields than this. The largest of ours, a page of the grid, has some hundred; and what reads them holds each one several
/// times over.
const MOST_FIELDS: usize = 20_000;

/// What stands after the `?` of an address.
pub(in crate::web) struct Query<T>(pub(in crate::web) T);

/// A form without a file.
pub(in crate::web) struct Form<T>(pub(in crate::web) T);

/// A form with a file, part by part.
pub(in crate::web) struct FileForm(pub(in crate::web) Multipart);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Failure> {
        let query = axum::extract::Query::try_from_uri(&parts.uri);
        query
            .map(|axum::extract::Query(query)| Self(query))
            .map_err(|_| Failure::Nonsense(say!("sent-what-stands-after-the-in")))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Form<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let (parts, body) = request.into_parts();
        let sent = Bytes::from_request(Request::from_parts(parts.clone(), body), state).await;
        let sent = sent.map_err(|error| refused(error.status()))?;
        if sent.iter().filter(|byte| **byte == b'&').count() >= MOST_FIELDS {
            return Err(Failure::FormTooLarge);
        }
        let form = axum::Form::from_request(Request::from_parts(parts, Body::from(sent)), state).await;
        form.map(|axum::Form(form)| Self(form)).map_err(|error| refused(error.status()))
    }
}

/// What is said of a form that can't be read.
fn refused(status: StatusCode) -> Failure {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::FormTooLarge,
        _ => Failure::Nonsense(say!("sent-what-was-sent-is-not")),
    }
}

impl<S: Send + Sync> FromRequest<S> for FileForm {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Failure> {
        let form = Multipart::from_request(request, state).await;
        form.map(Self).map_err(|_| Failure::Nonsense(say!("sent-what-was-sent-is-not")))
    }
}
