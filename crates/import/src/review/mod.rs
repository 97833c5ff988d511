//! What a person does to a plan: look at it, put right what is red, decide, add a file, give it up.

pub(crate) mod fix;
pub(crate) mod fixing;
pub(crate) mod lists;
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
