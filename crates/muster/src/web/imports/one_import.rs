//! One import at one address, wherever it is on its way; and what can be done to it as a whole.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use directory::UserId;
use events::Event;
use import::{self, Undone};
use serde::Deserialize;
use store::{ImportState, Result};

use super::done;
use super::ended;
use super::notice::Notice;
use super::place::Tally;
use super::progress;
use super::viewed::{Changing, Viewed, address};
use crate::app::App;
use crate::web::frame::attachment::attached;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};

/// The import as it stands; in review, its address leads to the first part that needs somebody.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    Ok(app.run(move |app| page(app, viewed, &pairs)).await?)
}

fn page(app: &App, viewed: Viewed, pairs: &[(String, String)]) -> Result<Response> {
    let notice = Notice::read(pairs);
    Ok(match viewed.import.state {
        ImportState::Reading | ImportState::Applying => progress::page(&viewed, notice).into_response(),
        ImportState::Review => {
            let first = format!(
                "{}/{}",
                address(&viewed.actor, viewed.import.id),
                Tally::of(app, &viewed.import)?.first().word()
            );
            see(&notice.map_or(first.clone(), |notice| notice.onto(&first))).into_response()
        }
        ImportState::Matching => {
            let matching = format!("{}/match", address(&viewed.actor, viewed.import.id));
            see(&notice.map_or(matching.clone(), |notice| notice.onto(&matching))).into_response()
        }
        ImportState::Done => done::page(app, viewed, notice)?.into_response(),
        ImportState::Failed | ImportState::Cancelled | ImportState::Unreadable => {
            ended::page(&viewed, app.clock.now(), notice).into_response()
        }
    })
}

/// What is said of an import for others to read.
#[derive(Deserialize)]
pub(in crate::web) struct Noting {
    note: String,
}

/// Keeps a note.
pub(in crate::web) async fn note(
    State(app): State<App>,
    Changing { actor, id }: Changing,
    Form(noting): Form<Noting>,
) -> Answer<Redirect> {
    let account = actor.account.id;
    app.run(move |app| import::note(app, account, id, &noting.note)).await?;
    Ok(see(&Notice::Noted.onto(&address(&actor, id))))
}

/// The file as it came.
pub(in crate::web) async fn file(State(app): State<App>, viewed: Viewed) -> Answer<Response> {
    let Viewed { actor, import } = viewed;
    let (account, id) = (import.account, import.id);
    if !app.run(move |app| app.store.is_upload_kept(account, id)).await? {
        return Err(Failure::Nonsense(directory::file_forgotten()));
    }
    let line = Event::FileSent.line().by_administrator(actor.administrator).of_account(&actor.account.slug);
    let poured = app.pour(account, move |app, sink| import::uploaded(app, account, id, sink)).await?;
    app.run(move |app| app.note_alone(&line.with("import", id), account)).await?;
    let name = import.file_name.unwrap_or_default();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(5).collect();
    let name = format!("{}-{id}.{}", actor.account.slug, if ending.is_empty() { "bin" } else { &ending });
    Ok((attached("application/octet-stream", &name), Body::from_stream(poured)).into_response())
}

/// Undoes it, or changes those back who are ticked; the import that does so has its own address.
pub(in crate::web) async fn undo(
    State(app): State<App>,
    Changing { actor, id }: Changing,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Redirect> {
    let (account, name) = (actor.account.id, actor.name.clone());
    let is_of_ticked = pairs.iter().any(|(name, word)| name == "which" && word == "ticked");
    let ticked = pairs.iter().filter(|(name, _)| name == "user");
    let users: Vec<UserId> = ticked.filter_map(|(_, user)| user.parse().ok()).collect();
    let job = move |app: &App| match is_of_ticked {
        true => import::change_back(app, account, id, &users, &name),
        false => import::undo(app, account, id, &name),
    };
    match app.run(job).await? {
        Undone::NotAmong(_) => {
            Ok(see(&Notice::NobodyTicked.onto(&format!("{}/changes", address(&actor, id)))))
        }
        Undone::Started(undoing) => Ok(see(&address(&actor, undoing))),
        Undone::NothingToUndo => Ok(see(&Notice::NothingToUndo.onto(&address(&actor, id)))),
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
    let here = address(&actor, id);
    Ok(see(&if cancelled { here } else { Notice::TooLate.onto(&here) }))
}

/// Takes back that it was given up.
pub(in crate::web) async fn take_back(
    State(app): State<App>,
    Changing { actor, id }: Changing,
) -> Answer<Redirect> {
    let account = actor.account.id;
    let job = move |app: &App| {
        let taken = import::take_back(app, account, id)?;
        if taken {
            import::read_now(app, account, id)?;
        }
        Ok(taken)
    };
    let taken = app.run_aside(account, job).await?;
    let notice = if taken { Notice::TakenBack } else { Notice::NotTakenBack };
    Ok(see(&notice.onto(&address(&actor, id))))
}

/// Lets go at once of what is kept of one that was given up.
pub(in crate::web) async fn empty(
    State(app): State<App>,
    Changing { actor, id }: Changing,
) -> Answer<Redirect> {
    let account = actor.account.id;
    let emptied = app.run_aside(account, move |app| app.store.empty_import(account, id)).await?;
    let notice = if emptied { Notice::Emptied } else { Notice::NotTakenBack };
    Ok(see(&notice.onto(&address(&actor, id))))
}
