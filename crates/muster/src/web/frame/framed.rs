//! An error keeps the frame of an organisation's pages, for whoever has a role in one: its navigation leads on. What is another
//! organisation's still answers as what is nowhere: in the frame of one's own, or without one.

use axum::extract::Request;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};

use super::cookies::Cookie;
use super::errors::Said;
use super::layout::{Frame, Part};
use crate::access::{self, Actor};
use crate::app::App;

/// Who asks, and for the pages of which organisation.
pub(super) struct Asker {
    secret: String,
    /// Its slug; none for an address that is of no organisation.
    slug: Option<String>,
}

impl Asker {
    /// The one of a request; none when nobody is signed in.
    pub(super) fn of(request: Request) -> (Option<Self>, Request) {
        let (parts, body) = request.into_parts();
        (Self::of_parts(&parts), Request::from_parts(parts, body))
    }

    fn of_parts(parts: &Parts) -> Option<Self> {
        let secret = Cookie::Session.of(parts)?;
        let of_organisation = parts.uri.path().strip_prefix("/o/");
        let slug = of_organisation.and_then(|path| path.split('/').next()).map(str::to_owned);
        Some(Self { secret, slug })
    }

    /// As whom they see a page: in the organisation of the address, else in the only one in which they have a role.
    async fn actor(self, app: &App) -> Option<Actor> {
        let Self { secret, slug } = self;
        let job = move |app: &App| {
            let Some(person) = access::signed_in(app, &secret)? else { return Ok(None) };
            let memberships = app.store.memberships(person.administrator.id)?;
            let named = memberships.iter().find(|of| slug.as_deref() == Some(of.account.slug.as_str()));
            let only = if memberships.len() == 1 { memberships.first() } else { None };
            match named.or(only) {
                Some(membership) => access::actor(app, &person, &membership.account.slug),
                None => Ok(None),
            }
        };
        app.run(job).await.ok().flatten().filter(|actor| !actor.owes_factor)
    }
}

/// The answer; where it is an error, in the frame of an organisation of who asks.
pub(super) async fn framed(app: &App, asker: Option<Asker>, answer: Response) -> Response {
    let Some(said) = answer.extensions().get::<Said>().cloned() else { return answer };
    if answer.status().is_server_error() {
        // The store may be what is amiss: it is not asked once more.
        return answer;
    }
    let Some(asker) = asker else { return answer };
    let Some(actor) = asker.actor(app).await else { return answer };
    // No part of the navigation is marked: the page is nowhere in it.
    let page = Frame::new(&actor, Part::Me, said.title).page(&said.markup());
    let mut framed = (answer.status(), page).into_response();
    for (name, value) in answer.headers() {
        framed.headers_mut().entry(name).or_insert(value.clone());
    }
    framed
}
