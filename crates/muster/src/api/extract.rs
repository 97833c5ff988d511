//! What handlers take out of a request, refused in words of ours: the identity in the address, the query, a JSON body.

use std::str::FromStr;

use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use directory::UserId;
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::store::ImportId;

/// What an address can name.
pub(super) trait Named: FromStr {
    /// The answer when there is none of this name.
    const MISSING: Problem;
}

impl Named for ImportId {
    const MISSING: Problem = Problem::NO_IMPORT;
}

impl Named for UserId {
    const MISSING: Problem = Problem::NO_USER;
}

/// An identity in the address. One that can't be one is answered like one that is not there.
pub(super) struct Id<T>(pub(super) T);

impl<T: Named, S: Send + Sync> FromRequestParts<S> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let Path(text) = Path::<String>::from_request_parts(parts, state).await.map_err(|_| T::MISSING)?;
        text.parse().map(Self).map_err(|_| T::MISSING)
    }
}

/// What stands after the `?`.
pub(super) struct Wanted<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Wanted<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let query = Query::<T>::from_request_parts(parts, state).await;
        query.map(|Query(wanted)| Self(wanted)).map_err(|error| Problem::bad_request(error.body_text()))
    }
}

/// A body of JSON, whatever its content type says; an empty one is `{}`.
pub(super) struct Sent<T>(pub(super) T);

/// The most bytes of a body that is not a file: about 100,000 fixes.
pub(super) const MOST: usize = 8 << 20;

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = axum::body::to_bytes(request.into_body(), MOST)
            .await
            .map_err(|_| Problem::too_large(format!("A body of JSON may have {} MiB.", MOST >> 20)))?;
        let text = if bytes.is_empty() { b"{}" } else { &bytes[..] };
        serde_json::from_slice(text).map(Self).map_err(|error| Problem::bad_request(error.to_string()))
    }
}
