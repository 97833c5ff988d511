//! Undo: an import of its own, whose plan is made of the history. base = after, now = now, mine = before, compared exactly: cells edited
//! since keep their later value and are named.

use std::collections::HashSet;

use directory::{
    Claim, Code, Counts, Field, Fields, Place, PlanCell, State, User, UserId, Users, Verdict, merge_values,
    standard,
};

use crate::Context;
use crate::judge::end_state;
use crate::judge::new_user::name_at;
use crate::judge::seen::Seen;
use crate::judge::{Lines, Purpose, RowJudge, Whom, claims_of, planned};
use crate::lease::Working;
use store::{
    AccountId, Complete, Error, Import, ImportId, ImportKind, ImportState, LaterClaim, NewImport, PRESENT,
    PastCell, Result, Settled, Stage, Warning,
};

/// How the wish to undo was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undone {
    /// This new import undoes it; a worker does it at once.
    Started(ImportId),
    /// Nothing was applied, or it was undone already.
    NothingToUndo,
    /// Of those who were to be changed back, these were not changed by the import; nothing was done. None when nobody was named.
    NotAmong(Vec<UserId>),
    /// There is no such import.
    NoSuchImport,
}

/// Undoes an import that was applied: an import of its own that applies at once; what was changed since keeps its later value.
///
/// # Errors
/// When the store fails.
pub fn undo(app: &Context, account: AccountId, id: ImportId, actor: &str) -> Result<Undone> {
    let Some(import) = app.store.import(account, id)? else { return Ok(Undone::NoSuchImport) };
    if import.applied.is_none() || import.undone_by.is_some() {
        return Ok(Undone::NothingToUndo);
    }
    let new = NewImport { undoes: Some(id), ..undoing(app, &import, actor) };
    if !app.store.begin_import(account, &new)? {
        // Somebody else's undo came first: the store keeps one for each import.
        return Ok(Undone::NothingToUndo);
    }
    app.wake_workers();
    Ok(Undone::Started(new.id))
}

/// Changes some users of an import that was applied back, as [`undo`] does all: an import of its own; the rest of the first one stays, and
/// can still be undone.
///
/// # Errors
/// When the store fails.
pub fn change_back(
    app: &Context,
    account: AccountId,
    id: ImportId,
    users: &[UserId],
    actor: &str,
) -> Result<Undone> {
    let Some(import) = app.store.import(account, id)? else { return Ok(Undone::NoSuchImport) };
    let Some(revision) = import.applied.filter(|_| import.undone_by.is_none()) else {
        return Ok(Undone::NothingToUndo);
    };
    let mut users = users.to_vec();
    users.sort_unstable();
    users.dedup();
    let mut others = Vec::new();
    for some in users.chunks(TOGETHER) {
        let changed = app.store.changes_at_of(account, revision, some)?;
        let changed: HashSet<UserId> = changed.into_iter().map(|cell| cell.user).collect();
        others.extend(some.iter().filter(|user| !changed.contains(user)));
        if others.len() >= TOGETHER {
            break;
        }
    }
    if users.is_empty() || !others.is_empty() {
        return Ok(Undone::NotAmong(others));
    }
    let new = undoing(app, &import, actor);
    if !app.store.begin_changing_back(account, &new, id, &users)? {
        return Err(Error::Failed("two imports began with the same identity".to_owned()));
    }
    app.wake_workers();
    Ok(Undone::Started(new.id))
}

/// An import that undoes another, or a part of it.
fn undoing(app: &Context, import: &Import, actor: &str) -> NewImport {
    NewImport {
        id: ImportId::new(app.clock.now(), app.randomness.number()),
        state: ImportState::Reading,
        kind: ImportKind::Undo,
        file_name: import.file_name.clone(),
        actor: actor.to_owned(),
        complete: Complete::WhenCleanLarge,
        keep: true,
        leave_out_errors: true,
        undoes: None,
        decisions: Vec::new(),
        at: app.clock.now(),
    }
}

/// Users who are looked up together.
const TOGETHER: usize = 500;

/// Cells of the history that are looked at together.
const CHUNK: usize = 4_000;

/// Makes the plan of an undo.
pub(crate) fn plan(working: &Working, import: &Import) -> Result<Option<Settled>> {
    let (store, lease) = (&working.app.store, &working.lease);
    store.clear_plan(lease)?;
    let account = store.account_now(lease.account)?;
    let fields = store.fields(account.id)?;
    let undone = match import.undoes.or(import.changes_back) {
        Some(undone) => store.applied_revision(account.id, undone)?,
        None => None,
    };
    let Some(undone) = undone else { return Ok(Some(Settled::moved(import, ImportState::Done))) };
    let (mut counts, mut left) = (Counts::default(), Left::default());
    let (mut after, mut done) = ((0, 0), 0);
    loop {
        let past = past_after(working, import, undone.revision, after)?;
        let Some(last) = past.last() else { break };
        after = (last.user.number(), last.field.0);
        done += past.len() as i64;
        if !stage_undo(working, RowJudge::new(store, &account, &fields), &past, &mut counts, &mut left)? {
            return Ok(None);
        }
        working.progress(Stage::Reading, done, undone.cells.max(done));
    }
    end_state::claims(working, &fields, &mut counts, Purpose::Undo)?;
    let warnings: Vec<Warning> = left.warning(working, &fields)?.into_iter().collect();
    store.keep_warnings(lease, &warnings)?;
    counts.warnings = warnings.len() as i64;
    let nothing = counts.cells_to_edit == 0;
    Ok(Some(Settled {
        state: if nothing { ImportState::Done } else { ImportState::Applying },
        plan: import.plan + 1,
        revision: Some(account.revision),
        base: Some(undone.revision),
        counts,
        finished_at: nothing.then(|| working.app.clock.now()),
        ..Settled::moved(import, ImportState::Done)
    }))
}

/// What the revision changed after a place: of everybody, or of those whom this import changes back.
fn past_after(working: &Working, import: &Import, revision: u64, after: (u64, u32)) -> Result<Vec<PastCell>> {
    let (store, account) = (&working.app.store, import.account);
    if import.changes_back.is_none() {
        return Ok(whole_users(store.changes_at(account, revision, after, CHUNK)?, CHUNK));
    }
    let users = store.users_to_change_back(account, import.id, after.0, TOGETHER)?;
    store.changes_at_of(account, revision, &users)
}

/// Leaves the last user of a full chunk for the next one, so that a user's cells are judged together.
fn whole_users(mut cells: Vec<PastCell>, full: usize) -> Vec<PastCell> {
    let last = cells.last().map(|cell| cell.user);
    if cells.len() == full && cells.first().map(|cell| cell.user) != last {
        cells.retain(|cell| Some(cell.user) != last);
    }
    cells
}

fn stage_undo(
    working: &Working,
    judge: RowJudge<'_>,
    past: &[PastCell],
    counts: &mut Counts,
    left: &mut Left,
) -> Result<bool> {
    let RowJudge { store, fields, .. } = judge;
    let mut ids: Vec<UserId> = past.iter().map(|cell| cell.user).collect();
    ids.dedup();
    let mut users = Users::new(fields);
    store.users_of(working.lease.account, &ids, &mut users)?;
    let (mut staged, mut claims) = (Vec::new(), Vec::new());
    for of_user in past.chunk_by(|one, next| one.user == next.user) {
        let Some(user) = users.find(of_user[0].user) else { continue };
        let presence = of_user.iter().find(|cell| cell.field == standard::USER);
        let mut cells: Vec<PlanCell> = match presence {
            Some(cell) => undo_presence(cell, user.withdrawn()).into_iter().collect(),
            None if user.withdrawn() => continue,
            None => of_user.iter().filter_map(|cell| undo_cell(cell, user.value(cell.field))).collect(),
        };
        judge.row(Whom::User(&user), &mut cells, Lines::NONE)?;
        cells.iter().for_each(|cell| left.note(cell));
        counts.rows += 1;
        *counts = counts.plus(Counts::of_row(&cells, false));
        claims.extend(cells.iter().flat_map(|cell| claims_of(cell, fields)));
        claims.extend(cells.iter().filter(|cell| returns(cell)).flat_map(|_| claims_of_user(&user, fields)));
        staged.extend(cells);
    }
    store.stage(&working.lease, &staged, &claims)
}

/// Whether a cell brings a withdrawn user back.
fn returns(cell: &PlanCell) -> bool {
    cell.field == standard::USER && cell.state == State::Change && cell.mine.is_some()
}

/// What a user who comes back claims, by no cells of their own.
fn claims_of_user(user: &User<'_>, fields: &Fields) -> Vec<LaterClaim> {
    let claim_of = |field: &Field| Claim::of(field, user.value(field.number)?);
    let (place, by) = (Place::User(user.id()), standard::USER);
    let claims = fields.all().iter().filter_map(claim_of);
    claims.map(|claim| LaterClaim { claim, place, field: by }).collect()
}

/// Undoes a creation (the user is withdrawn), a withdrawal (it comes back) or a return.
fn undo_presence(past: &PastCell, withdrawn: bool) -> Option<PlanCell> {
    let present = |there: bool| there.then_some(PRESENT);
    let (base, now) = (present(past.after.is_some()), present(!withdrawn));
    let verdict = merge_values(base, now, present(past.before.is_some()));
    planned(Place::User(past.user), standard::USER, (base, now), verdict, None)
}

fn undo_cell(past: &PastCell, now: Option<&str>) -> Option<PlanCell> {
    let base = past.after.as_deref();
    let verdict = merge_values(base, now, past.before.as_deref());
    let since = matches!(verdict, Verdict::Conflict(_));
    let planned = planned(Place::User(past.user), past.field, (base, now), verdict, None)?;
    Some(if since { PlanCell { state: State::ChangedSince, ..planned } } else { planned })
}

/// Who is withdrawn by an undo, and whose manager it changes: the others whom the former managed are left without.
#[derive(Default)]
struct Left {
    withdrawn: Seen,
    managed: Seen,
    any: bool,
}

impl Left {
    fn note(&mut self, cell: &PlanCell) {
        let (Place::User(user), Some(change)) = (cell.place, cell.written()) else { return };
        match cell.field {
            standard::USER if change.after.is_none() => self.any |= self.withdrawn.insert(user),
            standard::MANAGER => {
                self.managed.insert(user);
            }
            _ => {}
        }
    }

    /// Names users whose manager is withdrawn.
    fn warning(&self, working: &Working, fields: &Fields) -> Result<Option<Warning>> {
        /// So many of them are named.
        const NAMED: usize = 5;
        let (app, account) = (&working.app, working.lease.account);
        let (mut cells, mut first) = (0, Vec::new());
        if self.any {
            app.store.each_managed(account, |user, manager| {
                let is_left = self.withdrawn.has(manager) && !self.withdrawn.has(user);
                if is_left && !self.managed.has(user) {
                    cells += 1;
                    first.extend((cells <= NAMED as i64).then_some((user, manager)));
                }
                Ok(())
            })?;
        }
        let name = |user| name_at(&app.store, fields, (account, working.lease.import), Place::User(user));
        let mut names = Vec::new();
        for (user, manager) in first {
            names.push(format!("{} ({})", name(user)?, name(manager)?));
        }
        let detail = Some(names.join(", "));
        let place = fields.get(standard::MANAGER).map(|field| field.key.clone()).unwrap_or_default();
        Ok((cells > 0).then_some(Warning { code: Code::ManagerWithdrawn, place, cells, detail }))
    }
}
