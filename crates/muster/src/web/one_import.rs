//! One import at one address, wherever it is on its way; and what can be done to it as a whole.

use axum::extract::State;
use axum::response::Redirect;
use maud::Markup;
use serde::Deserialize;

use super::errors::{Answer, Failure};
use super::on_import::{Changing, Seen, address};
use super::reply::see;
use super::said::Said;
use super::sent::{Form, Query};
use super::{done, ended, progress, review};
use crate::app::App;
use import::{self, Completion, Undone};
use store::{ImportState, Result};

/// What the button to complete sends.
#[derive(Deserialize)]
pub(super) struct Wish {
    plan: Option<i64>,
    leave_out: Option<String>,
}

/// The import as it stands.
pub(super) async fn show(
    State(app): State<App>,
    seen: Seen,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Markup> {
    let said = Said::read(&pairs);
    Ok(app.run(move |app| page(app, seen, said)).await?)
}

fn page(app: &App, seen: Seen, said: Option<Said>) -> Result<Markup> {
    match seen.import.state {
        ImportState::Reading | ImportState::Applying => Ok(progress::page(&seen, said)),
        ImportState::Review => review::page(app, seen, said),
        ImportState::Done => done::page(app, seen, said),
        ImportState::Failed | ImportState::Cancelled => Ok(ended::page(&seen, said)),
    }
}

/// Completes it, as the plan says that was reviewed.
pub(super) async fn complete(
    State(app): State<App>,
    Changing { actor, id }: Changing,
    Form(wish): Form<Wish>,
) -> Answer<Redirect> {
    let (account, leave_out) = (actor.account.id, wish.leave_out.is_some());
    let answer = app.run(move |app| import::complete(app, account, id, wish.plan, leave_out)).await?;
    let said = match answer {
        Completion::Started(_) | Completion::NotInReview(_) => None,
        Completion::OtherPlan(_) => Some(Said::OtherPlan),
        Completion::Blocked(errors, conflicts) => Some(Said::Blocked(errors, conflicts)),
        Completion::NoSuchImport => return Err(Failure::Unknown),
    };
    Ok(see(&format!("{}{}", address(&actor, id), said.map(Said::query).unwrap_or_default())))
}

/// Undoes it; the import that does so has its own address.
pub(super) async fn undo(State(app): State<App>, Changing { actor, id }: Changing) -> Answer<Redirect> {
    let (account, name) = (actor.account.id, actor.name.clone());
    match app.run(move |app| import::undo(app, account, id, &name)).await? {
        Undone::Started(undoing) => Ok(see(&address(&actor, undoing))),
        Undone::NothingToUndo => Ok(see(&format!("{}{}", address(&actor, id), Said::NothingToUndo.query()))),
        Undone::NoSuchImport => Err(Failure::Unknown),
    }
}

/// Gives it up.
pub(super) async fn cancel(State(app): State<App>, Changing { actor, id }: Changing) -> Answer<Redirect> {
    let account = actor.account.id;
    let cancelled = app.run(move |app| import::cancel(app, account, id)).await?;
    let said = if cancelled { String::new() } else { Said::TooLate.query() };
    Ok(see(&format!("{}{said}", address(&actor, id))))
}
