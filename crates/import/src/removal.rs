//! Removing organisations, for whoever has time for it: a worker that has no import to work on, or a command.

use events::Event;
use store::Result;

use crate::Context;

/// Marks practice organisations whose time is over.
pub(crate) fn begin_ended(app: &Context) -> Result<()> {
    for slug in app.store.end_practices(app.clock.now())? {
        Event::AccountRemoved.line().by("muster").of_account(slug).with("practice", "over").tell();
    }
    Ok(())
}

/// Removes some rows of an organisation that is marked. True when there may be more to do.
pub(crate) fn go_on(app: &Context) -> Result<bool> {
    app.store.go_on_removing(app.clock.now())
}

/// Does all that is to be removed, those whose time is over among them, and waits for the end of it.
///
/// # Errors
/// When the store fails; the rest is gone on with later.
pub fn remove_all(app: &Context) -> Result<()> {
    begin_ended(app)?;
    while go_on(app)? {}
    Ok(())
}
