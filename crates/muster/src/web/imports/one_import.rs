//! One import at one address, wherever it is on its way; and what can be done to it as a whole.

use axum::extract::State;
use axum::response::Redirect;
use import::{self, Completion, Undone};
use maud::Markup;
use serde::Deserialize;
use store::{ImportState, Result};

use super::done;
use super::ended;
use super::notice::Notice;
use super::progress;
use super::review;
use super::viewed::{Changing, Viewed, address};
use crate::app::App;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};

/// What the button to complete sends.
#[derive(Deserialize)]
pub(in crate::web) struct Completing {
    plan: Option<i64>,
    leave_out: Option<String>,
}

/// The import as it stands.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Markup> {
    let notice = Notice::read(&pairs);
    Ok(app.run(move |app| page(app, viewed, notice)).await?)
}

fn page(app: &App, viewed: Viewed, notice: Option<Notice>) -> Result<Markup> {
    match viewed.import.state {
        ImportState::Reading | ImportState::Applying => Ok(progress::page(&viewed, notice)),
        ImportState::Review => review::page(app, viewed, notice),
        ImportState::Done => done::page(app, viewed, notice),
        ImportState::Failed | ImportState::Cancelled => Ok(ended::page(&viewed, notice)),
    }
}

/// Completes it, as the plan says that was reviewed.
pub(in crate::web) async fn complete(
    State(app): State<App>,
    Changing { actor, id }: Changing,
    Form(wish): Form<Completing>,
) -> Answer<Redirect> {
    let (account, leave_out) = (actor.account.id, wish.leave_out.is_some());
    let answer = app.run(move |app| import::complete(app, account, id, wish.plan, leave_out)).await?;
    let notice = match answer {
        Completion::Started(_) | Completion::NotInReview(_) => None,
        Completion::OtherPlan(_) => Some(Notice::OtherPlan),
        Completion::Blocked(errors, conflicts) => Some(Notice::Blocked(errors, conflicts)),
        // Review itself says what is in the way.
        Completion::Beyond(_, _) => Some(Notice::Beyond),
        Completion::NoSuchImport => return Err(Failure::Unknown),
    };
    Ok(see(&format!("{}{}", address(&actor, id), notice.map(Notice::query).unwrap_or_default())))
}

/// Undoes it; the import that does so has its own address.
pub(in crate::web) async fn undo(
    State(app): State<App>,
    Changing { actor, id }: Changing,
) -> Answer<Redirect> {
    let (account, name) = (actor.account.id, actor.name.clone());
    match app.run(move |app| import::undo(app, account, id, &name)).await? {
        Undone::Started(undoing) => Ok(see(&address(&actor, undoing))),
        Undone::NothingToUndo => {
            Ok(see(&format!("{}{}", address(&actor, id), Notice::NothingToUndo.query())))
        }
        Undone::NoSuchImport => Err(Failure::Unknown),
    }
}

/// Gives it up.
pub(in crate::web) async fn cancel(
    State(app): State<App>,
    Changing { actor, id }: Changing,
) -> Answer<Redirect> {
    let account = actor.account.id;
    let cancelled = app.run(move |app| import::cancel(app, account, id)).await?;
    let notice = if cancelled { String::new() } else { Notice::TooLate.query() };
    Ok(see(&format!("{}{notice}", address(&actor, id))))
}
