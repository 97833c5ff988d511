//! What handlers take out of a request, refused in words of ours: the identity in the address, the query, a JSON body.

use std::str::FromStr;

use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::Uri;
use axum::http::request::Parts;
use directory::UserId;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::problem::Problem;
use store::ImportId;

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

/// Parameters that can be wrong, and what each takes; a parameter takes the same at each address that knows it.
const PARAMETERS: [(&str, &str); 9] = [
    ("limit", "a whole number, such as 50"),
    ("cursor", "what a list gave as next"),
    ("status", "active or inactive"),
    ("sort", "name, sign_in or created, with a - in front for the other way round"),
    ("format", "xlsx, csv or ods"),
    ("apply", "never, when_clean or when_clean_large"),
    ("leave_out_errors", "true or false"),
    ("dry_run", "true or false"),
    ("mode", "add or replace"),
];

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Wanted<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        let wrong = || Problem::bad_request(wrong_in_query::<T>(&parts.uri));
        Query::try_from_uri(&parts.uri).map(|Query(wanted)| Self(wanted)).map_err(|_| wrong())
    }
}

/// Which parameter is wrong, found by trying each alone, and what it takes.
fn wrong_in_query<T: DeserializeOwned>(uri: &Uri) -> String {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri).map(|Query(pairs)| pairs);
    let pairs = pairs.unwrap_or_default();
    for (place, (name, value)) in pairs.iter().enumerate() {
        if pairs[..place].iter().any(|(before, _)| before == name) {
            return format!("The parameter {name} stands twice. Send it once.");
        }
        let alone = utf8_percent_encode(value, NON_ALPHANUMERIC);
        let alone = format!("/?{name}={alone}").parse::<Uri>();
        if alone.is_ok_and(|alone| Query::<T>::try_from_uri(&alone).is_err()) {
            let takes =
                PARAMETERS.iter().find(|(of, _)| of == name).map_or("something else", |(_, takes)| takes);
            return format!("The parameter {name} takes {takes}.");
        }
    }
    "What stands after the ? is not of the form name=value&name=value.".to_owned()
}

/// A body of JSON: what it may hold.
pub(super) trait Body: DeserializeOwned {
    /// Its fields, and what each takes.
    const FIELDS: &[(&str, &str)];
}

/// A body of JSON, whatever its content type says; an empty one is `{}`.
pub(super) struct Sent<T>(pub(super) T);

/// The most bytes of a body that is not a file: about 100,000 fixes.
pub(super) const MOST: usize = 8 << 20;

impl<T: Body, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = axum::body::to_bytes(request.into_body(), MOST)
            .await
            .map_err(|_| Problem::too_large(format!("A body of JSON may have {} MiB.", MOST >> 20)))?;
        let text = if bytes.is_empty() { b"{}" } else { &bytes[..] };
        let wrong = |error| Problem::bad_request(wrong_in_body::<T>(text, &error));
        serde_json::from_slice(text).map(Self).map_err(wrong)
    }
}

/// Where a body is wrong, and what it takes.
fn wrong_in_body<T: Body>(text: &[u8], error: &serde_json::Error) -> String {
    let place = format!("line {}, column {}", error.line(), error.column());
    let Ok(body) = serde_json::from_slice::<Value>(text) else {
        return format!("The body is not JSON: look at {place}.");
    };
    let Value::Object(body) = body else {
        return format!("The body takes an object with {}.", known::<T>());
    };
    for (name, value) in body {
        let Some((_, takes)) = T::FIELDS.iter().find(|(of, _)| *of == name) else {
            return format!("The body has {name:?}, which is not known here; it takes {}.", known::<T>());
        };
        let alone = Value::Object([(name.clone(), value)].into_iter().collect());
        if serde_json::from_value::<T>(alone).is_err() {
            return format!("{name} takes {takes}; look at {place}.");
        }
    }
    format!("Something is missing in the body; it takes {}.", known::<T>())
}

/// `plan (a whole number), leave_out_errors (true or false)`.
fn known<T: Body>() -> String {
    let fields: Vec<String> = T::FIELDS.iter().map(|(name, takes)| format!("{name} ({takes})")).collect();
    fields.join(", ")
}
