//! *Forgot your password?* A link is mailed; what is said afterwards is the same whether the email is somebody's or not. Where no mail is
//! sent, it says whom to ask.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;

use crate::access;
use crate::app::App;
use crate::web::frame::components::field::Field;
use crate::web::frame::cookies::Seen;
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::bare_page;
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::support::contact;

/// What was done before the page is shown.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    sent: Option<String>,
}

/// What was typed.
#[derive(Deserialize)]
pub(in crate::web) struct Typed {
    #[serde(default)]
    email: String,
}

/// The form, or what is said after it was sent.
pub(in crate::web) async fn show(State(app): State<App>, Query(done): Query<Done>) -> Markup {
    let part = match (&app.settings.mailing, done.sent) {
        (None, _) => html! { p { (say!("forgot-ask")) } (contact(&app)) },
        (Some(_), Some(_)) => html! {
            div.banner role="status" { span.icon aria-hidden="true" { "✓" } div { p { (say!("forgot-sent")) } } }
            p.muted { (say!("forgot-not-come")) }
        },
        (Some(_), None) => form(),
    };
    let main = html! {
        div.card {
            h1 { (say!("forgot-title")) }
            (part)
            p { a href="/sign-in" { (say!("forgot-back")) } }
        }
    };
    bare_page(say!("forgot-title"), &main)
}

/// Has the link mailed, if there is anybody to mail it to.
pub(in crate::web) async fn send(
    State(app): State<App>,
    seen: Seen,
    Form(typed): Form<Typed>,
) -> Answer<Response> {
    if app.settings.mailing.is_some() {
        let address = seen.visit.address;
        app.run(move |app| access::ask_for_password(app, &typed.email, address)).await?;
    }
    Ok(see("/forgot?sent=1").into_response())
}

fn form() -> Markup {
    let field =
        Field { id: "email", label: say!("sign-in-email"), hint: Some(say!("forgot-hint")), problem: None };
    html! {
        form.stack method="post" action="/forgot" {
            (field.around(&html! {
                input #email type="email" name="email" autocomplete="username" required maxlength="320" autofocus
                    aria-describedby=[field.described_by()];
            }))
            button.primary type="submit" { (say!("forgot-send")) }
        }
    }
}
