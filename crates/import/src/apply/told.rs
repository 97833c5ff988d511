//! What the security log is told of an import that is applied, and the activity of its account.

use events::{Event, Line};
use store::{Account, Applied, Import, ImportKind, Result};

use crate::context::Context;

/// The line of a file that is applied, of an import that is undone, or of what support takes from a user. What people change one by one
/// stands in the history alone.
pub(super) fn line_of(app: &Context, import: &Import, account: &Account) -> Option<Line> {
    let event = match import.kind {
        ImportKind::File | ImportKind::Rule | ImportKind::Ticket => Event::ImportCompleted,
        ImportKind::Undo => Event::ImportUndone,
        // Whose support it is, owners need not know.
        ImportKind::Form if import.actor.starts_with("operator:") => {
            return Some(Event::ValueReleased.line().by("support").of_account(&account.slug));
        }
        _ => return None,
    };
    let line = event.line().of_account(&account.slug).by(app.known_as(&import.actor));
    let line = line.with("import", import.id);
    Some(import.undoes.into_iter().fold(line, |line, undone| line.with("undoes", undone)))
}

/// The program as the apply of an import uses it: the line of the act is kept in the activity of the account, as asked from where somebody
/// asked for it.
pub(super) fn noting(app: &Context, import: &Import, line: Option<&Line>) -> Result<Context> {
    let Some(line) = line else { return Ok(app.clone()) };
    let asked_from = app.store.import_asked_from(import.account, import.id)?;
    let mut noting = app.noting(line, &[import.account]);
    noting.store = noting.store.asked_from(asked_from.as_deref());
    Ok(noting)
}

/// Tells the log that it was done. A release is told by whoever releases, with its ticket.
pub(super) fn tell(line: Option<Line>, applied: &Applied) {
    if let Some(line) = line.filter(|line| line.event() != Event::ValueReleased) {
        line.with("users", applied.users).with("cells", applied.cells).tell();
    }
}
