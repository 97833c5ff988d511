//! Decisions about whole columns, and fixes undone and made again. All of them change what lies over the file, so the file is read again
//! with what lies over it then: the plan is as if a step that is undone had never been made.

use directory::{Decision, standard};

use crate::Context;
use crate::work;
use store::{AccountId, Import, ImportId, ImportState, KeptStep, Result, Turn};

/// How a decision about a column, or the undo of a step of fixes, ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Turned {
    /// Kept: the import, whose file is to be read again ([`read_now`], or a worker).
    Turned(Box<Import>),
    /// There is no such step or column; or somebody else was faster.
    NothingToTurn,
    /// The import is not in review.
    NotInReview(ImportState),
}

/// A file of so many bytes at the most is read again while the one who asked waits, whatever the workers are busy with.
const SMALL: u64 = 4 << 20;

/// Decides about columns (by the fields' keys) or, where a decision is not about a column, about the whole file: one step.
///
/// # Errors
/// When the store fails; nothing was kept then.
pub fn decide(
    app: &Context,
    account: AccountId,
    id: ImportId,
    decisions: &[(Decision, Option<String>)],
    actor: &str,
) -> Result<Turned> {
    let fields = app.store.fields(account)?;
    let mut about = Vec::new();
    for (decision, key) in decisions {
        let field = match key {
            Some(key) => fields.by_key(key).map(|field| field.number),
            None => Some(standard::USER),
        };
        match field.filter(|field| decision.is_of_column() != (*field == standard::USER)) {
            Some(field) => about.push((*decision, field)),
            None => return Ok(Turned::NothingToTurn),
        }
    }
    turn(app, account, id, |plan| app.store.decide(account, id, plan, &about, actor, app.clock.now()))
}

/// Undoes the last step of fixes that counts, or makes again the one that was undone last.
///
/// # Errors
/// When the store fails; nothing was changed then.
pub fn turn_fixes(app: &Context, account: AccountId, id: ImportId, which: Turn) -> Result<Turned> {
    turn(app, account, id, |plan| {
        Ok(app.store.fix_step(account, id, which)?.is_some()
            && app.store.turn_fixes(account, id, plan, which)?)
    })
}

/// The steps that would be undone, and made again.
///
/// # Errors
/// When the store fails.
pub fn fix_steps(app: &Context, import: &Import) -> Result<[Option<KeptStep>; 2]> {
    let step = |turn| app.store.fix_step(import.account, import.id, turn);
    Ok([step(Turn::Undo)?, step(Turn::Redo)?])
}

fn turn(
    app: &Context,
    account: AccountId,
    id: ImportId,
    change: impl Fn(i64) -> Result<bool>,
) -> Result<Turned> {
    let mut tried = None;
    loop {
        let Some(import) = app.store.import(account, id)? else { return Ok(Turned::NothingToTurn) };
        if import.state != ImportState::Review {
            return Ok(Turned::NotInReview(import.state));
        }
        if tried == Some(import.plan) {
            return Ok(Turned::NothingToTurn);
        }
        if change(import.plan)? {
            break;
        }
        // Somebody else fixed something at the same moment, or there is nothing to do: the next look tells.
        tried = Some(import.plan);
    }
    app.wake_workers();
    let import = app.store.import(account, id)?;
    Ok(import.map_or(Turned::NothingToTurn, |import| Turned::Turned(Box::new(import))))
}

/// Reads an import again that was just sent back for that, if its file is small; larger ones take their turn.
///
/// # Errors
/// When the store fails.
pub fn read_now(app: &Context, account: AccountId, id: ImportId) -> Result<()> {
    let mut bytes = 0;
    for file in app.store.files(account, id)? {
        bytes += app.store.upload(account, id, file.number)?.length();
    }
    if bytes <= SMALL {
        work::work_on(app, account, id, "fixes", &mut |_| {})?;
    }
    Ok(())
}
