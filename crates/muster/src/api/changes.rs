//! Changes of many users by a rule, and the selections that they may be about.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use import::{self, Begun};
use sentences::say;
use store::{Complete, RuleUsers, SelectionId};

use super::caller::{Caller, Editor};
use super::extract::{Body, Id, Named, Nothing, Sent, Wanted};
use super::once::Acting;
use super::problem::Problem;
use super::reply::{Reply, accepted, found};
use super::wire::{ChangedUsers, NewChange, NewSelection, Selection};
use crate::app::App;

impl Named for SelectionId {
    const MISSING: Problem = Problem::NO_SELECTION;
}

impl Body for NewChange {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![
            ("users", say!("field-changed-users")),
            ("lines", say!("field-lines")),
            ("apply", say!("parameter-apply")),
            ("leave_out_errors", say!("parameter-true-or-false")),
            ("dry_run", say!("parameter-true-or-false")),
        ]
    }
}

impl Body for NewSelection {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![("names", say!("field-names")), ("search", say!("field-search"))]
    }
}

/// `POST /changes`: an import of its own that a worker plans; answers it.
pub(super) async fn change(
    Acting(app): Acting,
    Editor(caller): Editor,
    Sent(wish): Sent<NewChange>,
) -> Result<Response, Problem> {
    let new = read(wish, &caller)?;
    let account = caller.account;
    let begun = app.run(move |app| {
        Ok(match import::change(app, account, new)? {
            Begun::Started(id) => app.store.import(account, id)?.ok_or(Problem::NO_IMPORT),
            Begun::Refused(refused) => Err(Problem::bad_request(refused.sentence())),
            Begun::NoSelection => Err(Problem::NO_SELECTION),
        })
    });
    Ok(accepted(&begun.await??))
}

/// What a change means that was sent.
fn read(wish: NewChange, caller: &Caller) -> Result<import::NewChange, Problem> {
    let complete = match Complete::of_word(&wish.apply) {
        Some(complete @ (Complete::Never | Complete::WhenClean | Complete::WhenCleanLarge)) => complete,
        _ => {
            return Err(Problem::bad_request(say!(
                "parameter-takes",
                name = "apply",
                takes = say!("parameter-apply")
            )));
        }
    };
    let takes =
        |name, takes: &'static str| Problem::bad_request(say!("parameter-takes", name = name, takes = takes));
    let users = match wish.users.ok_or_else(|| takes("users", say!("field-changed-users")))? {
        ChangedUsers::All => RuleUsers::All,
        ChangedUsers::Search(search) => RuleUsers::Search(search),
        ChangedUsers::Selection(id) => RuleUsers::Selection(id.parse().map_err(|()| Problem::NO_SELECTION)?),
    };
    let lines: Option<Vec<_>> = wish.lines.into_iter().map(super::wire::ChangeLine::read).collect();
    Ok(import::NewChange {
        lines: lines.ok_or_else(|| takes("lines", say!("field-lines")))?,
        users,
        actor: caller.actor.clone(),
        complete,
        leave_out_errors: wish.leave_out_errors,
        keep: !wish.dry_run,
    })
}

/// `POST /selections`: keeps whom names name, or begins to gather whom a search finds.
pub(super) async fn select(
    State(app): State<App>,
    Editor(caller): Editor,
    Sent(wish): Sent<NewSelection>,
) -> Result<Response, Problem> {
    let (account, actor) = (caller.account, caller.actor);
    let job = move |app: &App| {
        let id = match (wish.names, wish.search) {
            (Some(names), None) => import::select_pasted(app, account, &actor, &names.join("\n"))?,
            (None, Some(search)) => import::select_found(app, account, &actor, &search, &[])?,
            _ => return Ok(None),
        };
        import::gather(app, account, &actor, id)
    };
    let both = || Problem::bad_request(say!("api-changes-names-or-search"));
    let selection = app.run(job).await?.ok_or_else(both)?;
    Ok((StatusCode::CREATED, Json(Selection::from(&selection))).into_response())
}

/// `GET /selections/{id}`: goes on gathering, if there is more.
pub(super) async fn selection(
    State(app): State<App>,
    Editor(caller): Editor,
    Id(id): Id<SelectionId>,
    _: Wanted<Nothing>,
) -> Reply<Selection> {
    let job = move |app: &App| import::gather(app, caller.account, &caller.actor, id);
    found(app.run(job).await?.as_ref().map(Selection::from), Problem::NO_SELECTION)
}
