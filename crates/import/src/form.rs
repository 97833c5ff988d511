//! The form of one user, or of a new one: a small import of its own kind, staged, checked and applied at once, so that history, claims and
//! conflicts are those of every other way in.

use directory::{
    Allowance, Counts, Exactness, Field, FieldNumber, Fields, Place, PlanCell, Quota, State, User, UserId,
    Verdict, Wrong,
};
use workbook::{Cell, Position};

use crate::Context;
use crate::judge::claims::{ClaimJudge, Claimants, staying_holder};
use crate::judge::new_user::{answer_yes, question};
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

/// How the creation of one user ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Created {
    /// The user is there.
    Saved(UserId),
    /// Something is wrong: by field, with its sentence. Nothing was kept.
    Wrong(Vec<(FieldNumber, Wrong, String)>),
    /// The account may not have more users: what it has and may have.
    Beyond(Allowance),
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
    let applied = apply_now(app, &account, &fields, &cells, actor)?;
    Ok(match applied {
        None => Edited::TooBusy,
        Some(import) if import.state == ImportState::Done => {
            Edited::Saved(import.applied.unwrap_or(account.revision))
        }
        Some(_) => Edited::ChangedSince(cells.iter().map(|cell| cell.field).collect()),
    })
}

/// Creates one user by hand. `values` are texts as typed; a status that is not given is active.
///
/// # Errors
/// When the store fails.
pub fn create(
    app: &Context,
    account: AccountId,
    values: &[(FieldNumber, String)],
    actor: &str,
) -> Result<Created> {
    /// Somebody may take an email between the judgement and the transaction; then it is judged again.
    const TRIES: usize = 3;
    for _ in 0..TRIES {
        let account = app.store.account_now(account)?;
        let fields = app.store.fields(account.id)?;
        let users = app.store.allowances(account.id)?.into_iter().find(|of| of.quota == Quota::Users);
        if let Some(users) = users.filter(|users| !users.has_room(1)) {
            return Ok(Created::Beyond(users));
        }
        let mut cells = new_cells(app, &account, &fields, values)?;
        check_claims(app, &account, &fields, &mut cells)?;
        let wrong = sentences(&cells, &fields);
        if !wrong.is_empty() {
            return Ok(Created::Wrong(wrong));
        }
        match apply_now(app, &account, &fields, &cells, actor)? {
            None => return Ok(Created::TooBusy),
            Some(Import { state: ImportState::Done, applied: Some(revision), .. }) => {
                let change = app.store.changes_at(account.id, revision, (0, 0), 1)?;
                let user = change.first().map(|change| change.user);
                return user
                    .map(Created::Saved)
                    .ok_or_else(|| Error::Failed("nobody was created".to_owned()));
            }
            Some(_) => {}
        }
    }
    Ok(Created::TooBusy)
}

/// What a row of these values would come to that has been said to be a new user.
fn new_cells(
    app: &Context,
    account: &Account,
    fields: &Fields,
    values: &[(FieldNumber, String)],
) -> Result<Vec<PlanCell>> {
    const PLACE: Place = Place::Row { file: 1, row: 1 };
    let judge = RowJudge::new(&app.store, account, fields);
    let position = Position { row: 1, column: 0 };
    let mut asked = question(PLACE, 0, false);
    answer_yes(&mut asked);
    let mut cells = vec![asked];
    for (number, text) in values.iter().filter(|(_, text)| !text.trim().is_empty()) {
        if let Some(field) = fields.get(*number).filter(|field| !field.retired) {
            let cell = Cell::text(position, text);
            cells.extend(judge.new_cell(PLACE, field, Some(&cell), position, false)?);
        }
    }
    judge.created(PLACE, &mut cells, Lines::NONE)?;
    cells.sort_by_key(|cell| cell.field);
    Ok(cells)
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
    loop {
        check_each(&mut judge, (app, account, fields), &own, cells)?;
        if !judge.goes_again() {
            return Ok(());
        }
    }
}

fn check_each(
    judge: &mut ClaimJudge<'_>,
    (app, account, fields): (&Context, &Account, &Fields),
    own: &[PlanCell],
    cells: &mut [PlanCell],
) -> Result<()> {
    for (cell, claimed) in cells.iter_mut().zip(own) {
        let Some(later) = claims_of(claimed, fields).next() else { continue };
        // A form has no plan of other rows: only the user's own row gives anything up.
        let row_of = |place| Ok(if place == later.place { own.to_vec() } else { Vec::new() });
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

/// Stages the cells as an import of the kind `form` and applies it on this very thread. None when others take too long.
fn apply_now(
    app: &Context,
    account: &Account,
    fields: &Fields,
    cells: &[PlanCell],
    actor: &str,
) -> Result<Option<Import>> {
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
    let begun = app.store.begin_staged(account.id, &new, OWNER, app.shared_now()?.plus(LEASE))?;
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
    let Some(import) = end(app, account.id, id, OWNER)? else { return Ok(None) };
    // What was saved, the history knows; nobody comes back to the import of a form.
    app.store.forget_import(account.id, id)?;
    Ok(Some(import))
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
