//! Who a request is from: the administrator behind the cookie, and as whom they act in the account that the address names.

use std::ops::Deref;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header;
use axum::http::request::Parts;

use super::errors::Failure;
use crate::access::{self, Action, SignedIn, Visit, may};
use crate::app::App;

/// The cookie's name on https: the prefix makes browsers refuse it from anywhere else (RFC 6265bis, 4.1.3.2).
const SECURE_COOKIE: &str = "__Host-muster";
/// The cookie's name on plain http, for one's own machine.
const PLAIN_COOKIE: &str = "muster";

/// Somebody who signed in.
pub(in crate::web) struct Person(pub(in crate::web) SignedIn);

/// Somebody with a role in the account of the address; they may look.
pub(in crate::web) struct Viewer(pub(in crate::web) access::Actor);

/// Somebody who may edit in the account of the address.
pub(in crate::web) struct Editor(pub(in crate::web) access::Actor);

impl Deref for Viewer {
    type Target = access::Actor;

    fn deref(&self) -> &access::Actor {
        &self.0
    }
}

impl Deref for Editor {
    type Target = access::Actor;

    fn deref(&self) -> &access::Actor {
        &self.0
    }
}

impl FromRequestParts<App> for Person {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let back = || Failure::SignedOut(address_to_return_to(parts));
        let secret = secret_of(parts).ok_or_else(back)?;
        let found = app.run(move |app| access::signed_in(app, &secret)).await?;
        found.map(Self).ok_or_else(back)
    }
}

impl FromRequestParts<App> for Viewer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let back = || Failure::SignedOut(address_to_return_to(parts));
        let secret = secret_of(parts).ok_or_else(back)?;
        let back = back();
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Failure::Unknown)?;
        let slug = params.iter().find(|(name, _)| *name == "slug").map(|(_, slug)| slug.to_owned());
        // One job for both questions: to hand a job to the store's threads costs about as much as a statement.
        let found = app.run(move |app| {
            let Some(person) = access::signed_in(app, &secret)? else { return Ok(None) };
            let Some(slug) = slug else { return Ok(Some(None)) };
            access::actor(app, &person, &slug).map(Some)
        });
        found.await?.ok_or(back)?.map(Self).ok_or(Failure::Unknown)
    }
}

impl FromRequestParts<App> for Editor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Viewer(actor) = Viewer::from_request_parts(parts, app).await?;
        if may(actor.role, Action::Edit) { Ok(Self(actor)) } else { Err(Failure::NotAllowed) }
    }
}

/// The `Set-Cookie` that keeps a session's secret in the browser; without a secret, the one that removes it.
pub(in crate::web) fn cookie(visit: Visit, secret: Option<&str>) -> String {
    let name = name(visit);
    let secure = if visit.https { "; Secure" } else { "" };
    match secret {
        Some(secret) => format!("{name}={secret}; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax{secure}"),
        None => format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{secure}"),
    }
}

fn name(visit: Visit) -> &'static str {
    if visit.https { SECURE_COOKIE } else { PLAIN_COOKIE }
}

fn secret_of(parts: &Parts) -> Option<String> {
    let name = name(*parts.extensions.get::<Visit>()?);
    let lines = parts.headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(of, _)| *of == name).map(|(_, secret)| secret.to_owned())
}

/// Back to this page after signing in; a form that was sent can't be sent again, so back to where forms stand.
fn address_to_return_to(parts: &Parts) -> String {
    let path = parts.uri.path_and_query().map_or("/", |address| address.as_str());
    if parts.method.is_safe() { path.to_owned() } else { "/".to_owned() }
}
