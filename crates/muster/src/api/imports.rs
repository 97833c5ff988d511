//! Imports: the list, one of them, its issues, changes and conflicts; fixes, apply, cancel, undo.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use directory::{Decision, UserId};
use import::{self, Agreed, Reread, Undone};
use sentences::say;
use serde::Deserialize;
use store::{Import, ImportId, ImportState, Result as Stored, Turn};

use super::caller::{Caller, Editor};
use super::extract::{Body, Id, Nothing, Sent, Wanted};
use super::files;
use super::fixes::Fixes;
use super::lists::{self, CellPlace, ImportPlace, IssuePlace, Page};
use super::once::Acting;
use super::problem::{self, Problem};
use super::reply::{Reply, accepted, found};
use super::user_data::Kind;
use super::wire::{self, Conflict, Issue, List};
use crate::access::Action;
use crate::app::App;

/// `GET /imports`
pub(super) async fn list(
    State(app): State<App>,
    caller: Caller,
    Wanted(page): Wanted<Page<ImportPlace>>,
) -> Reply<List<wire::Import>> {
    caller.may(Action::Look)?;
    Ok(Json(app.run(move |app| lists::imports(app, caller.account, &page)).await?))
}

/// `GET /imports/{id}`
pub(super) async fn show(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ImportId>,
    _: Wanted<Nothing>,
) -> Reply<wire::Import> {
    of_import(&app, &caller, id, |_, import| Ok(wire::Import::from(import))).await
}

/// `GET /imports/{id}/issues`
pub(super) async fn issues(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ImportId>,
    Wanted(page): Wanted<Page<IssuePlace>>,
) -> Reply<List<Issue>> {
    of_import(&app, &caller, id, move |app, import| lists::issues(app, import, &page)).await
}

/// The changes that are wanted: a page of them, or all as a file of this kind.
#[derive(Debug, Deserialize)]
pub(super) struct WantedChanges {
    format: Option<Kind>,
    cursor: Option<CellPlace>,
    limit: Option<u32>,
}

/// `GET /imports/{id}/changes`
pub(super) async fn changes(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ImportId>,
    Wanted(wanted): Wanted<WantedChanges>,
) -> Result<Response, Problem> {
    let WantedChanges { format, cursor, limit } = wanted;
    if let Some(kind) = format {
        return files::changes(&app, &caller, id, kind).await;
    }
    let page = Page { cursor, limit };
    let found = of_import(&app, &caller, id, move |app, import| lists::changes(app, import, &page));
    found.await.map(IntoResponse::into_response)
}

/// `GET /imports/{id}/conflicts`
pub(super) async fn conflicts(
    State(app): State<App>,
    caller: Caller,
    Id(id): Id<ImportId>,
    Wanted(page): Wanted<Page<CellPlace>>,
) -> Reply<List<Conflict>> {
    of_import(&app, &caller, id, move |app, import| lists::conflicts(app, import, &page)).await
}

/// Something about an import of the caller's account.
async fn of_import<T: serde::Serialize + Send + 'static>(
    app: &App,
    caller: &Caller,
    id: ImportId,
    read: impl FnOnce(&App, &Import) -> Stored<T> + Send + 'static,
) -> Reply<T> {
    caller.may(Action::Look)?;
    let account = caller.account;
    let job = move |app: &App| app.store.import(account, id)?.map(|import| read(app, &import)).transpose();
    found(app.run(job).await?, Problem::NO_IMPORT)
}

/// `PATCH /imports/{id}/fixes`: all of them are one step; answers the import as it stands then, or, where a worker makes the step, as it is
/// until then.
pub(super) async fn fix(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
    Sent(fixes): Sent<Fixes>,
) -> Result<Response, Problem> {
    let (steps, seen) = (fixes.read()?, fixes.seen()?);
    let job = move |app: &App| match app.store.import(caller.account, id)? {
        Some(_) => import::fix_seen(app, caller.account, id, &steps, &seen, &caller.actor).map(Some),
        None => Ok(None),
    };
    let fixed = problem::fixed(app.run(job).await?.ok_or(Problem::NO_IMPORT)?)?;
    match fixed.state {
        ImportState::Reading => Ok(accepted(&fixed)),
        _ => Ok(Json(wire::Import::from(&fixed)).into_response()),
    }
}

/// Decisions about columns, or about the whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Decided {
    decisions: Vec<OneDecision>,
}

impl Body for Decided {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![("decisions", say!("field-decisions"))]
    }
}

/// The word of a decision: about a field; `read_sheet` about a sheet; `put_back`, `all_sheets`, `file_is_whole` and `letters_are_right` about the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OneDecision {
    decide: String,
    field: Option<String>,
    sheet: Option<String>,
}

/// `POST /imports/{id}/decisions`: one step; answers the import, which is read again.
pub(super) async fn decide(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
    Sent(decided): Sent<Decided>,
) -> Result<Response, Problem> {
    let word = |one: &OneDecision| {
        let decision = Decision::of_word(&one.decide)?;
        Some((decision, if decision.is_of_sheet() { one.sheet.clone() } else { one.field.clone() }))
    };
    let decisions: Option<Vec<_>> = decided.decisions.iter().map(word).collect();
    let decisions = decisions.ok_or_else(unknown_decision)?;
    turn(&app, caller, id, move |app, caller| {
        import::decide(app, caller.account, id, &decisions, &caller.actor)
    })
    .await
}

/// Names what can be decided.
pub(super) fn unknown_decision() -> Problem {
    let words: Vec<&str> = Decision::ALL.iter().map(|decision| decision.word()).collect();
    Problem::bad_request(say!("api-imports-decide-is-one-of", words = words.join(", ")))
}

/// `POST /imports/{id}/fixes/undo`: the last step of fixes counts no more; answers the import, which is read again.
pub(super) async fn undo_fixes(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
) -> Result<Response, Problem> {
    turn(&app, caller, id, move |app, caller| import::turn_fixes(app, caller.account, id, Turn::Undo)).await
}

/// `POST /imports/{id}/fixes/redo`: the step that was undone last counts again.
pub(super) async fn redo_fixes(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
) -> Result<Response, Problem> {
    turn(&app, caller, id, move |app, caller| import::turn_fixes(app, caller.account, id, Turn::Redo)).await
}

async fn turn(
    app: &App,
    caller: Caller,
    id: ImportId,
    turn: impl FnOnce(&App, &Caller) -> Stored<Reread> + Send + 'static,
) -> Result<Response, Problem> {
    let job = move |app: &App| match app.store.import(caller.account, id)? {
        Some(_) => turn(app, &caller).map(Some),
        None => Ok(None),
    };
    Ok(accepted(&problem::turned(app.run(job).await?.ok_or(Problem::NO_IMPORT)?)?))
}

/// How an import is to be completed.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Apply {
    /// The number of the plan that was reviewed; whatever plan there is when it is missing.
    plan: Option<i64>,
    /// Rows with errors stay as they are, and so do values with an open conflict.
    #[serde(default)]
    leave_out_errors: bool,
    /// Somebody agrees to what is hard on many users: as `when_clean_large` does for what completes by itself.
    #[serde(default)]
    large: bool,
}

impl Body for Apply {
    fn fields() -> Vec<(&'static str, &'static str)> {
        let flag = say!("parameter-true-or-false");
        vec![("plan", say!("field-plan")), ("leave_out_errors", flag), ("large", flag)]
    }
}

/// `POST /imports/{id}/apply`
pub(super) async fn apply(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
    Sent(wish): Sent<Apply>,
) -> Result<Response, Problem> {
    let Apply { plan, leave_out_errors, large } = wish;
    let agreed = if large { Agreed::All } else { Agreed::To(&[]) };
    let job =
        move |app: &App| import::complete_agreed(app, caller.account, id, (plan, leave_out_errors), agreed);
    Ok(accepted(&problem::started(app.run(job).await?)?))
}

/// `POST /imports/{id}/cancel`
pub(super) async fn cancel(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
) -> Result<Response, Problem> {
    let job = move |app: &App| {
        let cancelled = import::cancel(app, caller.account, id)?;
        Ok(app.store.import(caller.account, id)?.map(|import| (cancelled, import)))
    };
    match app.run(job).await?.ok_or(Problem::NO_IMPORT)? {
        (true, import) => Ok(accepted(&import)),
        (false, _) => Err(Problem::TOO_LATE),
    }
}

/// `POST /imports/{id}/take-back`: one that was cancelled less than a day ago is as it was before, or is read again.
pub(super) async fn take_back(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
) -> Result<Response, Problem> {
    let job = move |app: &App| {
        let taken = import::take_back(app, caller.account, id)?;
        Ok(app.store.import(caller.account, id)?.map(|import| (taken, import)))
    };
    match app.run(job).await?.ok_or(Problem::NO_IMPORT)? {
        (true, import) => Ok(accepted(&import)),
        (false, _) => Err(Problem::NOT_TAKEN_BACK),
    }
}

/// Whom an import is to be undone for: everybody, unless some are named.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Undoing {
    users: Option<Vec<String>>,
}

impl Body for Undoing {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![("users", say!("field-users"))]
    }
}

impl Undoing {
    fn read(self) -> Result<Option<Vec<UserId>>, Problem> {
        let id = |text: &String| text.parse::<UserId>();
        let users = self.users.map(|users| users.iter().map(id).collect::<Result<_, _>>()).transpose();
        users.map_err(|_| {
            Problem::bad_request(say!("parameter-takes", name = "users", takes = say!("field-users")))
        })
    }
}

/// `POST /imports/{id}/undo`: answers the new import that undoes it, or changes the named users back.
pub(super) async fn undo(
    Acting(app): Acting,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
    Sent(wish): Sent<Undoing>,
) -> Result<Response, Problem> {
    let users = wish.read()?;
    let undo = move |app: &App, caller: &Caller| match &users {
        Some(users) => import::change_back(app, caller.account, id, users, &caller.actor),
        None => import::undo(app, caller.account, id, &caller.actor),
    };
    let job = move |app: &App| match undo(app, &caller)? {
        Undone::Started(id) => {
            app.store.import(caller.account, id).map(|undo| undo.ok_or(Problem::NO_IMPORT))
        }
        Undone::NotAmong(users) => Ok(Err(Problem::not_among(&users))),
        Undone::NothingToUndo => Ok(Err(Problem::NOTHING_TO_UNDO)),
        Undone::NoSuchImport => Ok(Err(Problem::NO_IMPORT)),
    };
    Ok(accepted(&app.run(job).await??))
}

/// `DELETE /imports/{id}`: forgets a dry run, and what is kept of an import that was cancelled. Others stay in the history: cancel or undo
/// them.
pub(super) async fn forget(
    State(app): State<App>,
    Editor(caller): Editor,
    Id(id): Id<ImportId>,
) -> Result<StatusCode, Problem> {
    let job = move |app: &App| match app.store.import(caller.account, id)? {
        Some(import) if !import.keep => import::forget(app, caller.account, id).map(|()| Ok(())),
        Some(import) if import.state == ImportState::Cancelled => {
            app.store.empty_import(caller.account, id).map(|_| Ok(()))
        }
        Some(_) => Ok(Err(Problem::TOO_LATE)),
        None => Ok(Err(Problem::NO_IMPORT)),
    };
    app.run(job).await??;
    Ok(StatusCode::NO_CONTENT)
}
