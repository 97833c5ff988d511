//! What the security log is told of an import that was applied.

use directory::{Claim, Kind};
use events::Event;
use store::{Account, Applied, Import, ImportKind};

use crate::context::Context;

/// Tells that a file was applied, or that an import was undone. What people change one by one stands in the history alone.
pub(crate) fn tell(app: &Context, import: &Import, account: &Account, applied: &Applied) {
    let event = match import.kind {
        ImportKind::File | ImportKind::Rule | ImportKind::Ticket => Event::ImportCompleted,
        ImportKind::Undo => Event::ImportUndone,
        _ => return,
    };
    let line = event.line().of_account(&account.slug).by(who(app, &import.actor));
    let line = line.with("import", import.id);
    let line = import.undoes.into_iter().fold(line, |line, undone| line.with("undoes", undone));
    line.with("users", applied.users).with("cells", applied.cells).tell();
}

/// Who did it, as the log tells people: by their number. An import that is applied is so whether or not the log knows whose it was.
fn who(app: &Context, actor: &str) -> String {
    if actor.starts_with("token:") || actor.starts_with("cli:") {
        return actor.to_owned();
    }
    let found = app.store.administrator(&Claim::fold(Kind::Email, actor)).ok().flatten();
    found.map_or_else(|| "somebody".to_owned(), |found| format!("administrator:{}", found.id))
}
