//! How handlers reply: JSON, and 202 with the import and its address.

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use store::Import;

use super::problem::Problem;
use super::wire;

/// How a handler ends.
pub(super) type Reply<T> = Result<Json<T>, Problem>;

/// Something that is there, or the answer for what is not.
pub(super) fn found<T: Serialize>(found: Option<T>, missing: Problem) -> Reply<T> {
    found.map(Json).ok_or(missing)
}

/// 202: the import is being worked on; `Location` is where to look.
pub(super) fn accepted(import: &Import) -> Response {
    let wire = wire::Import::from(import);
    (StatusCode::ACCEPTED, [(header::LOCATION, address(&wire.id))], Json(wire)).into_response()
}

/// The address of a user.
pub(super) fn address_of_user(id: &str) -> String {
    format!("/api/v1/users/{id}")
}

/// The address of an import.
pub(super) fn address(id: &str) -> String {
    format!("/api/v1/imports/{id}")
}
