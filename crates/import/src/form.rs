//! The form of one user: a small import of its own kind, staged, checked and applied at once, so that history, claims and conflicts
//! are those of every other way in.

use directory::{
    Counts, Exactness, Field, FieldNumber, Fields, Place, PlanCell, State, User, UserId, Verdict, Wrong,
};
use workbook::{Cell, Position};

use crate::Context;
use crate::judge::claims::{ClaimJudge, Claimants, staying_holder};
use crate::judge::past::Past;
use crate::judge::{Lines, Purpose, RowJudge, Whom, claims_of, planned};
use crate::lease::LEASE;
use crate::work::work_within;
use store::{
    Account, AccountId, Complete, Error, Import, ImportId, ImportKind, ImportState, NewImport, Result,
    Settled,
};

/// How the edit of one user ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Edited {
    /// Kept, at this revision; or nothing was to be changed.
    Saved(u64),
    /// Something is wrong: by field, with its sentence. Nothing was kept.
    Wrong(Vec<(FieldNumber, Wrong, String)>),
    /// Somebody changed these fields since the form was opened; nothing was kept.
    ChangedSince(Vec<FieldNumber>),
    /// There is no such user.
    NoSuchUser,
    /// An import is being applied and takes longer than a form waits; nothing was kept.
    TooBusy,
}

/// How long a form waits for imports that are being applied, in milliseconds.
const WAITS: i64 = 10_000;

/// Edits one user by hand. `values` are texts as typed, `seen` the revision of the account that the form showed.
///
/// # Errors
/// When the store fails.
pub fn edit(
    app: &Context,
    account: AccountId,
    user: UserId,
    values: &[(FieldNumber, String)],
    seen: u64,
    actor: &str,
) -> Result<Edited> {
    let account = app.store.account_now(account)?;
    let fields = app.store.fields(account.id)?;
    let users = app.store.user(account.id, &fields, user)?;
    let Some(user) = users.get(0) else { return Ok(Edited::NoSuchUser) };
    let past = Past::of(&app.store, account.id, &users, seen)?;
    let mut cells = Vec::new();
    for (field, text) in values {
        let today = fields.get(*field).filter(|field| !field.retired);
        if let Some(today) = today {
            cells.extend(merge_typed(app, &account, &fields, today, &user, &past, text)?);
        }
    }
    RowJudge::new(&app.store, &account, &fields).row(Whom::User(&user), &mut cells, Lines::NONE)?;
    check_claims(app, &account, &fields, &mut cells)?;
    let since: Vec<FieldNumber> =
        cells.iter().filter(|cell| cell.state == State::Conflict).map(|cell| cell.field).collect();
    if !since.is_empty() {
        return Ok(Edited::ChangedSince(since));
    }
    let wrong = sentences(&cells, &fields);
    if !wrong.is_empty() {
        return Ok(Edited::Wrong(wrong));
    }
    if cells.is_empty() {
        return Ok(Edited::Saved(account.revision));
    }
    apply_now(app, &account, &fields, &cells, actor)
}

fn merge_typed(
    app: &Context,
    account: &Account,
    fields: &Fields,
    today: &Field,
    user: &User<'_>,
    past: &Past,
    text: &str,
) -> Result<Option<PlanCell>> {
    let slot = fields.slot(today.number).unwrap_or_default();
    let (base, now) = (past.value(user, today.number, slot), user.slot(slot));
    let cell = (!text.trim().is_empty()).then(|| Cell::text(Position { row: 1, column: 1 }, text));
    let judge = RowJudge::new(&app.store, account, fields);
    let verdict = judge.cell((today, today), Exactness::Exact, (base, now), cell.as_ref())?;
    // A form has nothing to put back.
    let edited = (verdict != Verdict::Unedited).then_some(verdict);
    Ok(edited.and_then(|verdict| {
        planned(Place::User(user.id()), today.number, (base, now), verdict, Some(text.to_owned()))
    }))
}

fn check_claims(app: &Context, account: &Account, fields: &Fields, cells: &mut [PlanCell]) -> Result<()> {
    let own = cells.to_vec();
    let mut judge = ClaimJudge::new(app, account.id, Purpose::Form);
    for cell in cells {
        let Some(later) = claims_of(cell, fields).next() else { continue };
        // A form has no plan of other rows: only the user's own row gives anything up.
        let row_of = |place| Ok(if place == later.place { own.clone() } else { Vec::new() });
        let holder = || staying_holder(&app.store, account.id, fields, &later.claim, row_of);
        let wrong = judge.verdict(&later.claim, Claimants::One(later.place), holder)?;
        if wrong.is_some() {
            (cell.state, cell.wrong) = (State::Error, wrong);
        }
    }
    Ok(())
}

fn sentences(cells: &[PlanCell], fields: &Fields) -> Vec<(FieldNumber, Wrong, String)> {
    let wrong = cells.iter().filter_map(|cell| Some((cell.field, cell.wrong.clone()?)));
    wrong
        .map(|(field, wrong)| {
            let title = fields.get(field).map_or("", |field| field.title());
            let sentence = directory::sentence(&wrong, title);
            (field, wrong, sentence)
        })
        .collect()
}

/// Stages the cells as an import of the kind `form` and applies it on this very thread.
fn apply_now(
    app: &Context,
    account: &Account,
    fields: &Fields,
    cells: &[PlanCell],
    actor: &str,
) -> Result<Edited> {
    const OWNER: &str = "form";
    let now = app.clock.now();
    let id = ImportId::new(now, app.randomness.number());
    let new = NewImport {
        id,
        state: ImportState::Reading,
        kind: ImportKind::Form,
        file_name: None,
        actor: actor.to_owned(),
        complete: Complete::WhenCleanLarge,
        keep: true,
        leave_out_errors: false,
        undoes: None,
        decisions: Vec::new(),
        at: now,
    };
    let begun = app.store.begin_staged(account.id, &new, OWNER, now.plus(LEASE))?;
    let Some(lease) = begun else {
        return Err(Error::Failed("two imports began with the same identity".to_owned()));
    };
    let claims: Vec<_> = cells.iter().flat_map(|cell| claims_of(cell, fields)).collect();
    app.store.stage(&lease, cells, &claims)?;
    let import =
        app.store.import(account.id, id)?.ok_or_else(|| Error::Failed("the import is gone".to_owned()))?;
    app.store.settle(
        &lease,
        &Settled {
            plan: 1,
            revision: Some(account.revision),
            base: Some(account.revision),
            counts: Counts::of_row(cells, false),
            ..Settled::moved(&import, ImportState::Applying)
        },
    )?;
    let Some(import) = end(app, account.id, id, OWNER)? else { return Ok(Edited::TooBusy) };
    // What was saved, the history knows; nobody comes back to the import of a form.
    app.store.forget_import(account.id, id)?;
    Ok(match import.state {
        ImportState::Done => Edited::Saved(import.applied.unwrap_or(account.revision)),
        _ => Edited::ChangedSince(cells.iter().map(|cell| cell.field).collect()),
    })
}

/// Works until the import of a form rests. None when others take too long: then it is given up.
fn end(app: &Context, account: AccountId, id: ImportId, owner: &str) -> Result<Option<Import>> {
    loop {
        match work_within(app, account, id, owner, WAITS) {
            Err(Error::Busy) => {}
            rests => return rests.map(Some),
        }
        // Somebody who works on it just now brings it to its end.
        if app.store.withdraw_import(account, id)? {
            app.store.forget_import(account, id)?;
            return Ok(None);
        }
    }
}
