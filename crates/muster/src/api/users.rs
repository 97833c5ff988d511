//! Users: the list, one of them, what they went through; and a new one.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use directory::{FieldNumber, Fields, UserId};
use import;
use sentences::say;
use serde::Deserialize;
use serde_json::Value;
use store::{Answered, KeyedRequest};

use super::caller::{Caller, Editor};
use super::extract::{Body, Id, Nothing, Sent, Wanted};
use super::lists::{self, Page, UsersListed, UsersWanted};
use super::problem::{self, Problem};
use super::reply::{Reply, address_of_user, found};
use super::wire::{HistoryEntry, List, User};
use crate::access::Action;
use crate::app::App;

/// `GET /users`
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Wanted(wanted): Wanted<UsersWanted>,
) -> Reply<List<User>> {
    caller.may(Action::Look)?;
    match app.run(move |app| lists::users(app, caller.account, &wanted)).await? {
        UsersListed::Page(page) => Ok(Json(page)),
        UsersListed::NoOrder(_) => {
            let takes = say!("parameter-takes", name = "sort", takes = say!("parameter-sort"));
            Err(Problem::bad_request(takes))
        }
        UsersListed::NotYet => Err(Problem::ORDER_TO_COME),
    }
}

/// A user as they are sent: a value for each key of a field.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct NewUser(serde_json::Map<String, Value>);

impl Body for NewUser {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![("first_name", say!("field-new-user"))]
    }
}

/// `POST /users`: creates one, judged as a row of a file is.
pub(super) async fn create(
    State(app): State<App>,
    Editor(caller): Editor,
    request: Option<Extension<KeyedRequest>>,
    Sent(NewUser(sent)): Sent<NewUser>,
) -> Result<Response, Problem> {
    let account = caller.account;
    let job = move |app: &App| {
        let fields = app.store.fields(account)?;
        let values = match texts_of(&fields, &sent) {
            Ok(values) => values,
            Err(problem) => return Ok(Err(problem)),
        };
        let created = import::create(app, account, &values, &caller.actor)?;
        let user = match problem::created(created) {
            Ok(user) => lists::user(app, account, user)?,
            Err(problem) => return Ok(Err(problem)),
        };
        if let (Some(Extension(request)), Some(user)) = (request, &user) {
            let body = serde_json::to_string(user).unwrap_or_default();
            let answered = Answered { digest: request.digest, status: 201, body };
            app.store.keep_answered(account, &request.key, &answered, request.at)?;
        }
        Ok(user.ok_or(Problem::NO_USER))
    };
    let user = app.run_aside(account, job).await??;
    let address = address_of_user(user.text("id"));
    Ok((StatusCode::CREATED, [(header::LOCATION, address)], Json(user)).into_response())
}

/// The values that were sent, as somebody would type them.
fn texts_of(
    fields: &Fields,
    sent: &serde_json::Map<String, Value>,
) -> Result<Vec<(FieldNumber, String)>, Problem> {
    let mut values = Vec::new();
    for (key, value) in sent {
        let field = fields.by_key(key).filter(|field| !field.retired && !field.read_only);
        let field = field.ok_or_else(|| Problem::bad_request(say!("api-users-no-such-field", key = key)))?;
        let text = match value {
            Value::Null => String::new(),
            Value::Bool(yes) => field.shown(Some(if *yes { "yes" } else { "no" }), None),
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Array(several) if several.iter().all(Value::is_string) => {
                several.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; ")
            }
            _ => return Err(Problem::bad_request(say!("api-users-no-value", key = key))),
        };
        values.push((field.number, text));
    }
    Ok(values)
}

/// `GET /users/{id}`
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<UserId>,
    _: Wanted<Nothing>,
) -> Reply<User> {
    caller.may(Action::Look)?;
    found(app.run(move |app| lists::user(app, caller.account, id)).await?, Problem::NO_USER)
}

/// `GET /users/{id}/history`
pub(super) async fn history(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<UserId>,
    Wanted(page): Wanted<Page<u64>>,
) -> Reply<List<HistoryEntry>> {
    caller.may(Action::Look)?;
    found(app.run(move |app| lists::history(app, caller.account, id, &page)).await?, Problem::NO_USER)
}
