//! The answers that are offered again: what a text of a file becomes in a field, who said so, and the button that forgets it.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Redirect;
use directory::FieldNumber;
use import::{self, NewAnswer, ShownAnswer};
use maud::{Markup, html};
use sentences::say;

use super::notice::Notice;
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::components::mark::{Of, mark};
use crate::web::frame::components::table::{Column, Width, table};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment::moment;
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::signed_in::{Editor, Viewer};

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Markup> {
    let account = actor.account.id;
    let answers = app.run(move |app| import::answers(app, account)).await?;
    let mut frame = Frame::new(&actor, Part::Imports, say!("answers-title"));
    frame.banner = Notice::read(&pairs).map(Notice::banner);
    Ok(frame.page(&html! {
        h1 { (say!("answers-title")) }
        p { (say!("answers-what")) }
        @if answers.is_empty() { div.empty { p { (say!("answers-none")) } } } @else { (listed(&actor, &answers)) }
    }))
}

fn listed(actor: &Actor, answers: &[ShownAnswer]) -> Markup {
    let columns = [
        Column::new(say!("changes-field"), Width::Middle).wide_only(),
        Column::new(say!("answers-text"), Width::Value),
        Column::new(say!("answers-becomes"), Width::Rest),
        Column::new(say!("answers-who"), Width::Note).wide_only(),
        Column::new(say!("answers-forget"), Width::Number),
    ];
    html! { (table(say!("answers-table"), &columns, &html! { @for answer in answers { (one(actor, answer)) } })) }
}

fn one(actor: &Actor, answer: &ShownAnswer) -> Markup {
    html! {
        tr {
            td.not-small { (answer.field.title()) }
            th scope="row" { bdi { (answer.text) } small.only-small { (answer.field.title()) } }
            td { bdi { (answer.field.said(&answer.becomes)) } @if !answer.offered { " " (mark(Of::Wait, say!("answers-retired"))) } }
            td.not-small { (answer.actor) ", " (moment(answer.at)) }
            td {
                @if may(actor.role, Action::Edit) {
                    form method="post" {
                        input type="hidden" name="field" value=(answer.field.key);
                        input type="hidden" name="text" value=(answer.text);
                        button.quiet type="submit" aria-label=(say!("answers-forget-of", text = &answer.text)) { (say!("answers-forget")) }
                    }
                }
            }
        }
    }
}

/// Forgets one.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Editor(actor): Editor,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Redirect> {
    let text = |name: &str| pairs.iter().find(|(of, _)| of == name).map(|(_, value)| value.clone());
    let (field, answered) =
        text("field").zip(text("text")).ok_or(Failure::Nonsense(say!("sent-what-was-sent-is-not")))?;
    let account = actor.account.id;
    app.run(move |app| import::forget_answer(app, account, &field, &answered)).await?;
    Ok(see(&Notice::Forgotten.onto(&format!("/o/{}/answers", actor.account.slug))))
}

/// What stands under each name of a form; what comes first counts.
pub(super) fn said(pairs: &[(String, String)]) -> HashMap<&str, &str> {
    let mut said = HashMap::with_capacity(pairs.len());
    for (name, text) in pairs {
        said.entry(name.as_str()).or_insert(text.as_str());
    }
    said
}

/// Answers of one form that are kept; a page has a dozen.
const KEPT: usize = 100;

/// The answers that are to be offered again: of the texts that are ticked, what they become.
pub(super) fn ticked(pairs: &[(String, String)]) -> Vec<NewAnswer> {
    let said = said(pairs);
    let Some(field) = said.get("field").and_then(|field| field.parse().ok()).map(FieldNumber) else {
        return Vec::new();
    };
    let places = pairs.iter().filter_map(|(name, _)| name.strip_prefix("always."));
    let answer = |place: &str| {
        let picked = said.get(format!("pick.{place}").as_str()).and_then(|word| word.strip_prefix('='));
        let becomes = picked.or_else(|| said.get(format!("value.{place}").as_str()).copied());
        let becomes = becomes.filter(|becomes| !becomes.trim().is_empty())?.to_owned();
        let text = (*said.get(format!("text.{place}").as_str())?).to_owned();
        Some(NewAnswer { field, text, becomes })
    };
    places.filter_map(answer).take(KEPT).collect()
}
