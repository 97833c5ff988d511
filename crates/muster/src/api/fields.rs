//! The fields of the account: the list, a new one, and changes of one. Each change takes a revision, unless nothing differs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{FieldProblem, Kind};
use events::{Event, Line};
use import::FieldRefusal;
use sentences::say;

use super::caller::{Caller, Owner};
use super::extract::{Body, Nothing, Sent, Wanted};
use super::problem::Problem;
use super::reply::Reply;
use super::wire::{FieldDefinition, FieldToAdd, FieldToChange, List};
use crate::access::Action;
use crate::app::App;

impl Body for FieldToAdd {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![
            ("key", say!("field-key")),
            ("title", say!("field-text")),
            ("type", say!("field-type")),
            ("required", say!("parameter-true-or-false")),
            ("unique", say!("parameter-true-or-false")),
            ("pattern", say!("field-pattern")),
            ("choices", say!("field-labels")),
        ]
    }
}

impl Body for FieldToChange {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![
            ("key", say!("field-key")),
            ("title", say!("field-text")),
            ("required", say!("parameter-true-or-false")),
            ("unique", say!("parameter-true-or-false")),
            ("pattern", say!("field-pattern")),
            ("retired", say!("parameter-true-or-false")),
            ("place", say!("field-place")),
            ("add_choices", say!("field-labels")),
            ("rename_choices", say!("field-renamed")),
            ("remove_choices", say!("field-labels")),
        ]
    }
}

/// `GET /fields`: all of them, retired ones too.
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    _: Wanted<Nothing>,
) -> Reply<List<FieldDefinition>> {
    caller.may(Action::Look)?;
    let fields = app.run(move |app| app.store.fields(caller.account)).await?;
    Ok(Json(List { items: fields.all().iter().map(FieldDefinition::from).collect(), next: None }))
}

/// `POST /fields`
pub(super) async fn create(
    State(app): State<App>,
    Owner(caller): Owner,
    Sent(wish): Sent<FieldToAdd>,
) -> Result<Response, Problem> {
    let kinds = Kind::CUSTOM.map(|(word, _)| word).join(", ");
    let unknown = || Problem::bad_request(say!("parameter-takes", name = "type", takes = kinds));
    let new = wish.read().ok_or_else(unknown)?;
    let of = caller.clone();
    let line = line_of(&caller, &new.key);
    let noted = line.clone();
    let adding =
        move |app: &App| import::add_field(&app.noting(&noted, &[of.account]), of.account, &of.actor, &new);
    let field = app.run(adding).await?.map_err(|problem| refused(&problem))?;
    line.tell();
    Ok((StatusCode::CREATED, Json(FieldDefinition::from(&field))).into_response())
}

/// `PATCH /fields`
pub(super) async fn change(
    State(app): State<App>,
    Owner(caller): Owner,
    Sent(wish): Sent<FieldToChange>,
) -> Reply<FieldDefinition> {
    let (of, line) = (caller.clone(), line_of(&caller, &wish.key));
    let noted = line.clone();
    // A field that becomes unique is looked at in all users.
    let changed = app.run_aside(caller.account, move |app| {
        let edits = match wish.read(&app.store.fields(of.account)?) {
            Ok(edits) => edits,
            Err(problem) => return Ok(Err(FieldRefusal::Problem(problem))),
        };
        import::edit_field(&app.noting(&noted, &[of.account]), of.account, &of.actor, &wish.key, &edits)
    });
    let field = changed.await?.map_err(|problem| refused(&problem))?;
    line.tell();
    Ok(Json(FieldDefinition::from(&field)))
}

fn refused(refused: &FieldRefusal) -> Problem {
    match refused {
        FieldRefusal::Problem(FieldProblem::NoField(_)) => Problem::NO_FIELD,
        FieldRefusal::Problem(FieldProblem::KeyTaken(_) | FieldProblem::TitleTaken(..))
        | FieldRefusal::Shared(..) => Problem::field_refused(refused.sentence()),
        FieldRefusal::Problem(problem) => Problem::bad_request(problem.sentence()),
    }
}

fn line_of(caller: &Caller, key: &str) -> Line {
    Event::SettingChanged.line().by(&caller.actor).of_account(&caller.slug).with("field", key)
}
