//! What a person does to a plan: look at it, put right what is red, decide, add a file, give it up.

pub(crate) mod changed;
pub(crate) mod fix;
pub(crate) mod fixing;
pub(crate) mod kinds;
pub(crate) mod lists;
pub(crate) mod options;
mod pauses;
pub(crate) mod shown;
pub(crate) mod steps;

use store::{AccountId, ImportId, Result};

use crate::Context;

/// Gives an import up that is being read or reviewed. False when it is too late for that.
pub fn cancel(app: &Context, account: AccountId, id: ImportId) -> Result<bool> {
    app.store.cancel_import(account, id, app.clock.now())
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
