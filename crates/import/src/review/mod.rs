//! What a person does to a plan: look at it, put right what is red, decide, add a file, give it up and take that back.

pub(crate) mod answers;
pub(crate) mod changed;
pub(crate) mod fix;
pub(crate) mod fixing;
pub(crate) mod giving;
pub(crate) mod kinds;
pub(crate) mod lists;
pub(crate) mod options;
pub(crate) mod overtaken;
pub(crate) mod pauses;
pub(crate) mod reports;
pub(crate) mod rows;
pub(crate) mod shown;
pub(crate) mod steps;
pub(crate) mod target;

use store::{AccountId, Error, ImportId, ImportState, Result, Stage};

use crate::Context;

/// Gives an import up that is being read or reviewed. False when it is too late for that.
pub fn cancel(app: &Context, account: AccountId, id: ImportId) -> Result<bool> {
    app.store.cancel_import(account, id, app.clock.now())
}

/// Takes back that an import was given up, for a day after that: it is in review again, as it was, or is read again where the directory
/// changed since or it had not been read. It completes by itself no more. False when it is too late for that.
///
/// # Errors
/// [`store::Error::OverQuota`] when as many imports wait as may. Else when the store fails.
pub fn take_back(app: &Context, account: AccountId, id: ImportId) -> Result<bool> {
    let Some(import) = app.store.import(account, id)? else { return Ok(false) };
    let revision = app.store.account_now(account)?.revision;
    let as_it_was = import.progress.stage == Stage::Resting && import.revision == Some(revision);
    let state = if as_it_was { ImportState::Review } else { ImportState::Reading };
    match app.store.take_back_import(account, id, state, app.clock.now()) {
        // What it undoes is being undone by another one.
        Err(Error::Taken) => Ok(false),
        taken => {
            app.wake_workers();
            taken
        }
    }
}

/// Forgets a dry run, and gives the room back that it took.
pub fn forget(app: &Context, account: AccountId, id: ImportId) -> Result<()> {
    app.store.forget_import(account, id)?;
    app.store.give_room_back()
}

/// Keeps what people say of an import for others to read; nothing takes the note away. What is longer than a page shows is cut.
///
/// # Errors
/// When the store fails.
pub fn note(app: &Context, account: AccountId, id: ImportId, text: &str) -> Result<()> {
    let words: String = text.trim().chars().filter(|letter| !letter.is_control()).take(NOTE).collect();
    app.store.note_import(account, id, Some(words.as_str()).filter(|words| !words.is_empty()))
}

/// Letters of a note.
const NOTE: usize = 300;
