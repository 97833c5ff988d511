//! Users: the list, one of them, and what they went through.

use axum::Json;
use axum::extract::State;
use directory::UserId;

use super::caller::Caller;
use super::extract::{Id, Wanted};
use super::lists::{self, Page, UsersWanted};
use super::problem::Problem;
use super::reply::{Reply, found};
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
    Ok(Json(app.run(move |app| lists::users(app, caller.account, &wanted)).await?))
}

/// `GET /users/{id}`
pub(super) async fn show(State(app): State<App>, caller: Caller, Id(id): Id<UserId>) -> Reply<User> {
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
