//! What handlers take out of a request, refused in words of ours: the identity in the address, the query, a JSON body.

use std::collections::HashSet;
use std::str::FromStr;

use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::Uri;
use axum::http::request::Parts;
use directory::{UserId, nearest};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sentences::say;
use serde::Deserialize;
use serde::de::value::Error as NoValue;
use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;
use store::ImportId;

use super::problem::Problem;

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

/// What a parameter takes, the same at each address that knows it.
fn taken_by(parameter: &str) -> &'static str {
    match parameter {
        "limit" => say!("parameter-limit"),
        "cursor" => say!("parameter-cursor"),
        "status" => say!("parameter-status"),
        "sort" => say!("parameter-sort"),
        "format" => say!("parameter-format"),
        "apply" => say!("parameter-apply"),
        "base" => "now",
        "leave_out_errors" | "dry_run" => say!("parameter-true-or-false"),
        "mode" => say!("parameter-mode"),
        _ => say!("parameter-other"),
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Wanted<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        if let Some(unknown) = unknown_in_query(&parts.uri, parameters_of::<T>()) {
            return Err(Problem::bad_request(unknown));
        }
        let wrong = || Problem::bad_request(wrong_in_query::<T>(&parts.uri));
        Query::try_from_uri(&parts.uri).map(|Query(wanted)| Self(wanted)).map_err(|_| wrong())
    }
}

/// At an address that takes no parameters.
#[derive(Debug, Deserialize)]
pub(super) struct Nothing {}

/// The first parameter that the address does not know, in words: a filter that is misspelt must not answer with everybody.
fn unknown_in_query(uri: &Uri, known: &'static [&'static str]) -> Option<String> {
    let Ok(Query(pairs)) = Query::<Vec<(String, String)>>::try_from_uri(uri) else { return None };
    let (name, _) = pairs.iter().find(|(name, _)| !known.contains(&name.as_str()))?;
    Some(match (nearest(name, known.iter().copied()).first(), known.is_empty()) {
        (Some(near), _) => say!("parameter-unknown-perhaps", name = name, near = near),
        (None, true) => say!("parameter-unknown-none", name = name),
        (None, false) => say!("parameter-unknown", name = name, known = known.join(", ")),
    })
}

/// The names of what a query may say, as the type that it is read into tells whoever reads it.
fn parameters_of<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut known: &'static [&'static str] = &[];
    let _ = T::deserialize(Parameters(&mut known));
    known
}

/// Reads nothing, and keeps which names a structure asks for.
struct Parameters<'n>(&'n mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Parameters<'_> {
    type Error = NoValue;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoValue> {
        Err(NoValue::custom(""))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, NoValue> {
        *self.0 = names;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 u8 u16 u32 u64 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

/// Which parameter is wrong, found by trying each alone, and what it takes.
fn wrong_in_query<T: DeserializeOwned>(uri: &Uri) -> String {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri).map(|Query(pairs)| pairs);
    let pairs = pairs.unwrap_or_default();
    let mut before = HashSet::new();
    for (name, value) in &pairs {
        if !before.insert(name) {
            return say!("api-extract-the-parameter-stands-twice-send", name = name.to_string());
        }
        let alone = utf8_percent_encode(value, NON_ALPHANUMERIC);
        let alone = format!("/?{name}={alone}").parse::<Uri>();
        if alone.is_ok_and(|alone| Query::<T>::try_from_uri(&alone).is_err()) {
            return say!("parameter-takes", name = name, takes = taken_by(name));
        }
    }
    say!("parameters-unreadable").to_owned()
}

/// A body of JSON: what it may hold.
pub(super) trait Body: DeserializeOwned {
    /// Its fields, and what each takes.
    fn fields() -> Vec<(&'static str, &'static str)>;
}

/// A body of JSON, whatever its content type says; an empty one is `{}`.
pub(super) struct Sent<T>(pub(super) T);

/// The most bytes of a body that is not a file: about 100,000 fixes.
pub(super) const MOST: usize = 8 << 20;

impl<T: Body, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let bytes = axum::body::to_bytes(request.into_body(), MOST).await.map_err(|_| {
            Problem::too_large(say!("api-extract-a-body-of-json-may", most = (MOST >> 20).to_string()))
        })?;
        let text = if bytes.is_empty() { b"{}" } else { &bytes[..] };
        let wrong = |error| Problem::bad_request(wrong_in_body::<T>(text, &error));
        serde_json::from_slice(text).map(Self).map_err(wrong)
    }
}

/// Where a body is wrong, and what it takes.
fn wrong_in_body<T: Body>(text: &[u8], error: &serde_json::Error) -> String {
    let place = format!("line {}, column {}", error.line(), error.column());
    let Ok(body) = serde_json::from_slice::<Value>(text) else {
        return say!("api-extract-the-body-is-not-json", place = &place);
    };
    let Value::Object(body) = body else {
        return say!("api-extract-the-body-takes-an-object", fields = known::<T>());
    };
    for (name, value) in body {
        let Some((_, takes)) = T::fields().into_iter().find(|(of, _)| *of == name) else {
            return say!(
                "api-extract-the-body-has-which-is",
                name = format!("{:?}", name),
                fields = known::<T>()
            );
        };
        let alone = Value::Object([(name.clone(), value)].into_iter().collect());
        if serde_json::from_value::<T>(alone).is_err() {
            return say!(
                "api-extract-takes-look-at",
                name = name.to_string(),
                takes = takes.to_string(),
                place = &place
            );
        }
    }
    say!("api-extract-something-is-missing-in-the", fields = known::<T>())
}

/// `plan (a whole number), leave_out_errors (true or false)`.
fn known<T: Body>() -> String {
    let fields: Vec<String> =
        T::fields().into_iter().map(|(name, takes)| format!("{name} ({takes})")).collect();
    fields.join(", ")
}
