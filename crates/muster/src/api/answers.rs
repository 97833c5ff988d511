//! Answers that are offered again: what a text of a file becomes in a field.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use import::{NewAnswer, ShownAnswer};
use sentences::say;
use serde::{Deserialize, Serialize};

use super::caller::{Caller, Editor};
use super::extract::{Body, Nothing, Sent, Wanted};
use super::problem::Problem;
use super::reply::Reply;
use super::wire::{List, moment};
use crate::access::Action;
use crate::app::App;

/// An answer as it is told.
#[derive(Debug, Serialize)]
pub(super) struct Answer {
    field: String,
    text: String,
    becomes: String,
    /// Whether it is offered: not when it is an option that was retired.
    offered: bool,
    created_by: String,
    created_at: String,
}

impl From<ShownAnswer> for Answer {
    fn from(shown: ShownAnswer) -> Self {
        Self {
            field: shown.field.key,
            text: shown.text,
            becomes: shown.becomes,
            offered: shown.offered,
            created_by: shown.actor,
            created_at: moment(shown.at),
        }
    }
}

/// `GET /answers`
pub(super) async fn list(State(app): State<App>, caller: Caller, _: Wanted<Nothing>) -> Reply<List<Answer>> {
    caller.may(Action::Look)?;
    let found = app.run(move |app| import::answers(app, caller.account)).await?;
    Ok(Json(List { items: found.into_iter().map(Answer::from).collect(), next: None }))
}

/// An answer as it is sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SentAnswer {
    field: String,
    text: String,
    becomes: String,
}

impl Body for SentAnswer {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![
            ("field", say!("field-answer-field")),
            ("text", say!("field-answer-text")),
            ("becomes", say!("field-becomes")),
        ]
    }
}

/// `POST /answers`: keeps one, in place of what was answered to its text before.
pub(super) async fn keep(
    State(app): State<App>,
    Editor(caller): Editor,
    Sent(sent): Sent<SentAnswer>,
) -> Result<StatusCode, Problem> {
    let job = move |app: &App| {
        let fields = app.store.fields(caller.account)?;
        let Some(field) = fields.by_key(&sent.field) else { return Ok(0) };
        let new = NewAnswer { field: field.number, text: sent.text, becomes: sent.becomes };
        import::keep_answers(app, caller.account, &[new], &caller.actor)
    };
    match app.run(job).await? {
        0 => Err(Problem::no_answer_kept()),
        _ => Ok(StatusCode::NO_CONTENT),
    }
}

/// Which answer is to be forgotten.
#[derive(Debug, Deserialize)]
pub(super) struct Forgotten {
    field: String,
    text: String,
}

/// `DELETE /answers?field=...&text=...`: it is offered no more.
pub(super) async fn forget(
    State(app): State<App>,
    Editor(caller): Editor,
    Wanted(gone): Wanted<Forgotten>,
) -> Result<StatusCode, Problem> {
    let job = move |app: &App| import::forget_answer(app, caller.account, &gone.field, &gone.text);
    match app.run(job).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::NO_ANSWER),
    }
}
