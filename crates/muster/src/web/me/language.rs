//! The language of one's own pages: on a page about oneself, and for whoever is not signed in by a button at the foot of a page.

use axum::extract::{Extension, State};
use axum::http::{HeaderMap, header};
use axum::response::{Redirect, Response};
use maud::{Markup, html};
use sentences::{Language, say};
use serde::Deserialize;

use super::sign_in::inside;
use super::tabs::{Tab, tabs};
use crate::access::{self, Actor, Visit};
use crate::app::App;
use crate::web::frame::components::action::{Weight, send as send_button};
use crate::web::frame::cookies::{Cookie, with_cookies};
use crate::web::frame::errors::Answer;
use crate::web::frame::language::{chosen, named};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::{Member, Person};

/// The tag of a language; empty is the organisation's.
#[derive(Deserialize)]
pub(in crate::web) struct Choice {
    language: String,
}

/// What was done before the page is shown.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    done: Option<String>,
}

/// The choice.
pub(in crate::web) async fn show(member: Member, Person(person): Person, Query(done): Query<Done>) -> Markup {
    page(&member, person.administrator.language, done.done.is_some())
}

/// Keeps what was chosen; the page that follows speaks it.
pub(in crate::web) async fn send(
    State(app): State<App>,
    member: Member,
    Form(choice): Form<Choice>,
) -> Answer<Redirect> {
    let (person, language) = (member.administrator, chosen(&app, &choice.language));
    app.run(move |app| access::choose_language(app, person, language)).await?;
    Ok(see(&format!("/o/{}/me/language?done=1", member.account.slug)))
}

/// The choice of somebody whom no page knows yet: kept in the browser, and where they are signed in with them.
pub(in crate::web) async fn switch(
    State(app): State<App>,
    Extension(visit): Extension<Visit>,
    person: Answer<Person>,
    headers: HeaderMap,
    Form(choice): Form<Choice>,
) -> Answer<Response> {
    let language = chosen(&app, &choice.language);
    if let Ok(Person(person)) = person {
        let number = person.administrator.id;
        app.run(move |app| access::choose_language(app, number, language)).await?;
    }
    let tag = language.map(Language::tag);
    Ok(with_cookies(visit, &[(Cookie::Language, tag)], see(&back(&headers))))
}

/// The page on which the button stood. What a form of help answers has no address of its own.
fn back(headers: &HeaderMap) -> String {
    let from = headers.get(header::REFERER).and_then(|from| from.to_str().ok());
    let path =
        from.and_then(|from| from.split_once("://")?.1.split_once('/')).map(|(_, path)| format!("/{path}"));
    match inside(path) {
        path if path.starts_with("/help/") => "/help".to_owned(),
        path => path,
    }
}

fn page(actor: &Actor, own: Option<Language>, done: bool) -> Markup {
    let mut frame = Frame::new(actor, Part::Me, say!("language-title"));
    frame.banner = done.then(|| (Tone::Good, html! { (say!("language-done")) }));
    frame.page(&html! {
        h1 { (say!("language-title")) }
        (tabs(actor, Tab::Language))
        form.stack method="post" {
            (choices(own, &html! { (of_organisation(actor.account.language)) }))
            div.actions { (send_button(Weight::Primary, say!("language-keep"), None)) }
        }
        p.muted { (say!("language-note")) }
    })
}

fn of_organisation(language: Option<Language>) -> Markup {
    html! {
        (say!("language-of-organisation"))
        @if let Some(language) = language { " (" (named(language)) ")" }
    }
}

/// The languages to choose from, each in itself, below `none`: what holds when none is chosen.
pub(super) fn choices(own: Option<Language>, none: &Markup) -> Markup {
    html! {
        fieldset.radios {
            legend { (say!("language-of-pages")) }
            label {
                input type="radio" name="language" value="" checked[own.is_none()];
                span { (none) }
            }
            @for language in Language::SHIPPED {
                label {
                    input type="radio" name="language" value=(language.tag()) checked[own == Some(language)];
                    (named(language))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, header};

    use super::back;

    #[test]
    fn whoever_switches_stays_on_the_page() {
        for (from, expected) in [
            (None, "/"),
            (Some("http://localhost/sign-in?next=%2Fo%2Facme"), "/sign-in?next=%2Fo%2Facme"),
            (Some("https://muster.example/help/feedback"), "/help"),
            (Some("https://muster.example/help"), "/help"),
            (Some("https://muster.example"), "/"),
            (Some("https://elsewhere.example//evil.example"), "/"),
            (Some("nonsense"), "/"),
        ] {
            let mut headers = HeaderMap::new();
            from.map(|from| headers.insert(header::REFERER, HeaderValue::from_static(from)));
            assert_eq!(back(&headers), expected, "{from:?}");
        }
    }
}
