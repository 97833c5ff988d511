//! Decisions about whole columns, and fixes undone and made again: the plan is as if a step that is undone had never been made. Where the
//! rows that the step replaced are kept, they are put back; else the file is read again with what lies over it then.

use directory::{About, Counts, Decision, standard};

use crate::Context;
use crate::judge::circles;
use crate::judge::overlay::in_place_of;
use crate::review::pauses::PAUSES;
use store::{AccountId, Import, ImportId, ImportState, KeptStep, ReplacedRow, Result, Turn, TurnedRows};

/// How a decision about a column, or the undo of a step of fixes, ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Reread {
    /// Kept: the import, whose file is to be read again ([`crate::read_now`], or a worker) unless it is in review.
    Kept(Box<Import>),
    /// There is no such step or column.
    NoSuchStep,
    /// Others change the same import at the same time, again and again; nothing was kept.
    OthersAtWork,
    /// The import is not in review.
    NotInReview(ImportState),
}

/// What decisions are about: columns by the fields' keys, sheets by their names or, where a decision is about neither, the whole file. None when one names a
/// field that there is not, or should name one.
///
/// # Errors
/// When the store fails.
pub fn decisions_of(
    app: &Context,
    account: AccountId,
    decisions: &[(Decision, Option<String>)],
) -> Result<Option<Vec<(Decision, About)>>> {
    let fields = app.store.fields(account)?;
    let about = |(decision, named): &(Decision, Option<String>)| {
        let about = match named {
            Some(name) if decision.is_of_sheet() => About::Sheet(name.clone()),
            Some(key) if decision.is_of_column() => About::Field(fields.by_key(key)?.number),
            None if !decision.is_of_sheet() && !decision.is_of_column() => About::Field(standard::USER),
            _ => return None,
        };
        Some((*decision, about))
    };
    Ok(decisions.iter().map(about).collect())
}

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
) -> Result<Reread> {
    let Some(about) = decisions_of(app, account, decisions)? else { return Ok(Reread::NoSuchStep) };
    turn(app, account, id, |import| {
        app.store.decide(account, id, import.plan, &about, actor, app.clock.now()).map(Change::of)
    })
}

/// Undoes the last step of fixes that counts, or makes again the one that was undone last.
///
/// # Errors
/// When the store fails; nothing was changed then.
pub fn turn_fixes(app: &Context, account: AccountId, id: ImportId, which: Turn) -> Result<Reread> {
    turn(app, account, id, |import| {
        let Some(step) = app.store.fix_step(account, id, which)? else { return Ok(Change::Nothing) };
        let turned = match app.store.replaced_rows(account, id, step.step)? {
            Some(replaced) => put_back(app, import, (which, step.step), replaced)?,
            None => app.store.turn_fixes(account, id, import.plan, which)?,
        };
        Ok(Change::of(turned))
    })
}

/// Puts the rows that a step replaced in their places again. All steps after it are undone, so that the rest of the plan is what it was.
fn put_back(
    app: &Context,
    import: &Import,
    (turn, step): (Turn, i64),
    replaced: Vec<ReplacedRow>,
) -> Result<bool> {
    let (account, id, plan) = (import.account, import.id, import.plan);
    let fields = app.store.fields(account)?;
    let (mut rows, mut befores, mut change) = (Vec::new(), Vec::new(), Counts::default());
    for now in replaced {
        let (place, left_out) = (now.place, app.store.is_left_out(account, id, now.place)?);
        let before = ReplacedRow { place, cells: app.store.plan_row(account, id, place)?, left_out };
        let (row, added) = in_place_of(&before, now, &fields);
        change = change.plus(added);
        rows.push(row);
        befores.push(before);
    }
    let both: Vec<circles::Replaced<'_>> = befores.iter().zip(&rows).collect();
    let renewed = circles::renewed(app, import, &fields, &both)?;
    let turned = TurnedRows { turn, step, plan, rows: &rows, change, renewed: renewed.as_ref() };
    app.store.turn_rows(account, id, &turned)
}

/// The steps that would be undone, and made again.
///
/// # Errors
/// When the store fails.
pub fn fix_steps(app: &Context, import: &Import) -> Result<[Option<KeptStep>; 2]> {
    let step = |turn| app.store.fix_step(import.account, import.id, turn);
    Ok([step(Turn::Undo)?, step(Turn::Redo)?])
}

/// What came of trying to change the steps of an import.
enum Change {
    Made,
    /// There is nothing to change.
    Nothing,
    /// Somebody else changed the plan at the same moment.
    TooLate,
}

impl Change {
    fn of(made: bool) -> Self {
        if made { Self::Made } else { Self::TooLate }
    }
}

fn turn(
    app: &Context,
    account: AccountId,
    id: ImportId,
    change: impl Fn(&Import) -> Result<Change>,
) -> Result<Reread> {
    for pause in PAUSES {
        let Some(import) = app.store.import(account, id)? else { return Ok(Reread::NoSuchStep) };
        if import.state != ImportState::Review {
            return Ok(Reread::NotInReview(import.state));
        }
        match change(&import)? {
            Change::Made => {
                app.wake_workers();
                let import = app.store.import(account, id)?;
                return Ok(import.map_or(Reread::NoSuchStep, |import| Reread::Kept(Box::new(import))));
            }
            Change::Nothing => return Ok(Reread::NoSuchStep),
            Change::TooLate => app.wait_for_work(pause),
        }
    }
    Ok(Reread::OthersAtWork)
}
