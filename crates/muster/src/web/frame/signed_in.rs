//! Who a request is from: the administrator behind the cookie, and as whom they act in the account that the address names.

use std::ops::Deref;

use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use events::Event;

use super::cookies::Cookie;
use super::errors::{Failure, route_of};
use super::language;
use crate::access::{self, Action, SignedIn, may};
use crate::app::{App, asked_for};

/// Somebody who signed in.
pub(in crate::web) struct Person(pub(in crate::web) SignedIn);

/// Somebody with a role in the account of the address, who may not have what it asks of those who look: a second factor. For the pages
/// about themselves.
pub(in crate::web) struct Member(pub(in crate::web) access::Actor);

/// Somebody with a role in the account of the address; they may look.
pub(in crate::web) struct Viewer(pub(in crate::web) access::Actor);

/// Somebody who owns the account of the address.
pub(in crate::web) struct Owner(pub(in crate::web) access::Actor);

/// Somebody who looks after the whole deployment. To everybody else there is nothing at such an address.
pub(in crate::web) struct Operator(pub(in crate::web) SignedIn);

/// Somebody who may edit in the account of the address.
pub(in crate::web) struct Editor(pub(in crate::web) access::Actor);

impl Deref for Member {
    type Target = access::Actor;

    fn deref(&self) -> &access::Actor {
        &self.0
    }
}

impl Deref for Owner {
    type Target = access::Actor;

    fn deref(&self) -> &access::Actor {
        &self.0
    }
}

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
        let secret = Cookie::Session.of(parts).ok_or_else(back)?;
        let found = app.run(move |app| access::signed_in(app, &secret)).await?;
        let person = found.ok_or_else(back)?;
        language::spoken_by(person.administrator.language);
        Ok(Self(person))
    }
}

impl FromRequestParts<App> for Operator {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Person(person) = Person::from_request_parts(parts, app).await?;
        if person.administrator.operator { Ok(Self(person)) } else { Err(Failure::Unknown) }
    }
}

impl FromRequestParts<App> for Member {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let back = || Failure::SignedOut(address_to_return_to(parts));
        let secret = Cookie::Session.of(parts).ok_or_else(back)?;
        let back = back();
        let params = RawPathParams::from_request_parts(parts, app).await.map_err(|_| Failure::Unknown)?;
        let slug = params.iter().find(|(name, _)| *name == "slug").map(|(_, slug)| slug.to_owned());
        // One job for both questions: to hand a job to the store's threads costs about as much as a statement.
        let found = app.run(move |app| {
            let Some(person) = access::signed_in(app, &secret)? else { return Ok(None) };
            let Some(slug) = slug else { return Ok(Some(None)) };
            access::actor(app, &person, &slug).map(Some)
        });
        let actor = found.await?.ok_or(back)?.ok_or(Failure::Unknown)?;
        if let Some(why) = &actor.account.suspended {
            return Err(Failure::Suspended(why.clone()));
        }
        asked_for(actor.account.id);
        language::spoken_by(actor.language);
        Ok(Self(actor))
    }
}

impl FromRequestParts<App> for Viewer {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Member(actor) = Member::from_request_parts(parts, app).await?;
        if actor.owes_factor {
            return Err(Failure::FactorOwed(actor.account.slug));
        }
        Ok(Self(actor))
    }
}

impl FromRequestParts<App> for Editor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        allowed(parts, app, Action::Edit).await.map(Self)
    }
}

impl FromRequestParts<App> for Owner {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        allowed(parts, app, Action::Own).await.map(Self)
    }
}

/// Goes on only with who may do this in the account of the address.
async fn allowed(parts: &mut Parts, app: &App, action: Action) -> Result<access::Actor, Failure> {
    let Viewer(actor) = Viewer::from_request_parts(parts, app).await?;
    if may(actor.role, action) {
        return Ok(actor);
    }
    let line = Event::Refused.line().by_administrator(actor.administrator).of_account(&actor.account.slug);
    line.about(format_args!("{} {}", parts.method, route_of(&parts.extensions))).tell();
    Err(Failure::NotAllowed)
}

/// Back to this page after signing in; a form that was sent can't be sent again, so back to where forms stand.
fn address_to_return_to(parts: &Parts) -> String {
    let path = parts.uri.path_and_query().map_or("/", |address| address.as_str());
    if parts.method.is_safe() { path.to_owned() } else { "/".to_owned() }
}
