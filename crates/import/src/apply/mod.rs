//! Completing an import: what was reviewed is what is applied, in one transaction; when the directory moved meanwhile and that brings
//! anything that review did not show, review comes back instead.

mod dependents;
pub(crate) mod follow;
mod told;
pub(crate) mod undo;

use directory::{Allowance, BlastKind, Counts, Fields};

use crate::Context;
use crate::apply::follow::Followed;
use crate::lease::Working;
use store::{
    AccountId, Application, Applied, Import, ImportId, ImportKind, ImportState, Lease, Outcome, Result,
    Settled, Stage,
};

/// What became of the wish to complete an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Completion {
    /// The import is being applied; a worker does it.
    Started(Box<Import>),
    /// Review shows another plan now: this number.
    OtherPlan(i64),
    /// Errors or open conflicts are in the way: so many of each.
    Blocked(i64, i64),
    /// So many users are hit hard that somebody has to agree to it: the kinds, and how many users each hits.
    Large(Vec<(BlastKind, i64)>),
    /// So many users are to be created, which are more than the account may have.
    Beyond(i64, Allowance),
    /// The import is in another state.
    NotInReview(ImportState),
    /// There is no such import.
    NoSuchImport,
}

/// What somebody agreed to who completes an import.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreed<'a> {
    /// To whatever it does.
    All,
    /// To these kinds of changes that hit many users.
    To(&'a [BlastKind]),
}

/// Completes an import: the plan of this number (or whatever plan there is). With `leave_out_errors` rows with errors and values with an open
/// conflict stay as they are. Nothing that hits many users hard is agreed to.
///
/// # Errors
/// When the store fails.
pub fn complete(
    app: &Context,
    account: AccountId,
    id: ImportId,
    plan: Option<i64>,
    leave_out_errors: bool,
) -> Result<Completion> {
    complete_agreed(app, account, id, (plan, leave_out_errors), Agreed::To(&[]))
}

/// The kinds of changes of an import that hit so many users hard that somebody has to agree to them, with how many.
///
/// # Errors
/// When the store fails.
pub fn blasts(app: &Context, import: &Import) -> Result<Vec<(BlastKind, i64)>> {
    // Who undoes an import, or edits one user, has said what they want.
    let is_said = matches!(import.kind, ImportKind::Undo | ImportKind::Form);
    if is_said || import.counts.users_to_edit == 0 {
        return Ok(Vec::new());
    }
    let users = app.store.account_now(import.account)?.users;
    Ok(app.blast.reached(&import.counts, users))
}

/// The same by somebody who agreed to what is hard on many users.
///
/// # Errors
/// When the store fails.
pub fn complete_agreed(
    app: &Context,
    account: AccountId,
    id: ImportId,
    (plan, leave_out_errors): (Option<i64>, bool),
    agreed: Agreed<'_>,
) -> Result<Completion> {
    let Some(import) = app.store.import(account, id)? else { return Ok(Completion::NoSuchImport) };
    if import.state != ImportState::Review {
        return Ok(Completion::NotInReview(import.state));
    }
    if plan.is_some_and(|plan| plan != import.plan) {
        return Ok(Completion::OtherPlan(import.plan));
    }
    let Counts { errors, conflicts, .. } = import.counts;
    if !leave_out_errors && errors + conflicts > 0 {
        return Ok(Completion::Blocked(errors, conflicts));
    }
    if let Agreed::To(kinds) = agreed {
        let mut open = blasts(app, &import)?;
        open.retain(|(kind, _)| !kinds.contains(kind));
        if !open.is_empty() {
            return Ok(Completion::Large(open));
        }
    }
    let creates = import.counts.users_to_create;
    if let Some(users) = app.store.users_beyond(account, creates)? {
        return Ok(Completion::Beyond(creates, users));
    }
    let (from, to) = (ImportState::Review, ImportState::Applying);
    let moved = app.store.move_import(account, id, from, to, Some(import.plan), leave_out_errors)?;
    let Some(import) = app.store.import(account, id)? else { return Ok(Completion::NoSuchImport) };
    if moved {
        app.wake_workers();
        return Ok(Completion::Started(Box::new(import)));
    }
    Ok(if import.state == from {
        Completion::OtherPlan(import.plan)
    } else {
        Completion::NotInReview(import.state)
    })
}

/// How often the directory may move on between the last look and the transaction, before the import waits for its next turn.
const TRIES: usize = 5;
/// How long an import waits at the most when another one of the account is being applied, in milliseconds: as a rule the other one wakes
/// it when it comes to rest, but that one's worker may die.
const WAIT: i64 = 1_000;

/// Applies the plan of an import; none when it has to wait or the lease was lost.
pub(crate) fn apply(working: &Working, import: &Import) -> Result<Option<Settled>> {
    let (app, lease) = (&working.app, &working.lease);
    let applied = applied_before(app, import)?;
    if applied.is_none() && !enter(working, import)? {
        wait_for_turn(app, lease)?;
        return Ok(None);
    }
    let settled = if applied.is_some() { applied } else { apply_entered(working, import)? };
    if settled.is_some() {
        app.store.leave_applying(import.account, import.id, lease.fence)?;
    }
    Ok(settled)
}

/// What an import is that was applied already, by a worker that died over it or lost it.
pub(super) fn applied_before(app: &Context, import: &Import) -> Result<Option<Settled>> {
    let done = app.store.applied_revision(import.account, import.id)?;
    Ok(done.map(|done| {
        let applied = Applied { revision: done.revision, users: done.users, cells: done.cells };
        done_with(import, &applied, app)
    }))
}

/// Gives the lease back until the import that is being applied wakes this one. If that one came to rest meanwhile, nobody would: then at
/// once.
fn wait_for_turn(app: &Context, lease: &Lease) -> Result<()> {
    app.store.postpone(lease, app.shared_now()?.plus(WAIT))?;
    match app.store.being_applied(lease.account)? {
        Some(_) => Ok(()),
        None => app.store.hand_back(lease),
    }
}

/// Enters the row of what is being applied; what a dead import left there is cleared away.
fn enter(working: &Working, import: &Import) -> Result<bool> {
    let (store, fence) = (&working.app.store, working.lease.fence);
    let now = working.app.clock.now();
    if store.enter_applying(import.account, import.id, import.plan, fence, now)? {
        return Ok(true);
    }
    let Some(other) = store.being_applied(import.account)? else { return Ok(false) };
    let alive =
        store.import(import.account, other)?.is_some_and(|other| other.state == ImportState::Applying);
    if other != import.id && !alive {
        store.leave_applying(import.account, other, i64::MAX)?;
        return store.enter_applying(import.account, import.id, import.plan, fence, now);
    }
    Ok(false)
}

fn apply_entered(working: &Working, import: &Import) -> Result<Option<Settled>> {
    let app = &working.app;
    let mut import = import.clone();
    let revision = app.store.account_now(import.account)?.revision;
    for _ in 0..TRIES {
        // The worker before may have written until the moment when this one entered: its own revision is nothing to follow.
        if let Some(settled) = applied_before(app, &import)? {
            return Ok(Some(settled));
        }
        let account = app.store.account_now(import.account)?;
        let fields = app.store.fields(account.id)?;
        match follow::follow(working, import, &account, &fields)? {
            Followed::Plan(followed) => import = *followed,
            Followed::Settled(settled) => return Ok(Some(*settled)),
            Followed::Lost => return Ok(None),
        }
        if app.store.new_cells(import.account, import.id)? > 0 {
            return Ok(Some(follow::back_to_review(&import)));
        }
        if import.leave_out_errors {
            let Some(held) = dependents::hold(working, &import, &fields)? else { return Ok(None) };
            import.counts.left_out += held;
        }
        let line = told::line_of(app, &import, &account);
        match write(working, &told::noting(app, &import, line.as_ref())?, &import, &fields)? {
            Outcome::Applied(applied) => {
                told::tell(line, &applied);
                return Ok(Some(done_with(&import, &applied, app)));
            }
            Outcome::Moved => {}
            Outcome::Taken(_, _) => follow::judge_claims(working, &mut import, &fields)?,
            // Others created some meanwhile, or it may have fewer now: review says so.
            Outcome::Beyond(_) => return Ok(Some(follow::back_to_review(&import))),
            Outcome::Fenced => return Ok(None),
        }
    }
    leave(working, &import, revision)?;
    Ok(None)
}

/// Leaves an import to its next turn, whose rows could not be written though they were judged again and again. When nobody else wrote meanwhile,
/// another turn will do no better, as where a trigger of the database's own takes edits back: that is counted as a death, of which some end it.
fn leave(working: &Working, import: &Import, revision: u64) -> Result<()> {
    let app = &working.app;
    if app.store.account_now(import.account)?.revision != revision {
        return app.store.hand_back(&working.lease);
    }
    tracing::error!(import = %import.id, "the database did not change users as it was told to, and nobody else changed any");
    app.store.die(&working.lease)
}

fn write(working: &Working, app: &Context, import: &Import, fields: &Fields) -> Result<Outcome> {
    let application = Application {
        account: import.account,
        import: import.id,
        kind: import.kind,
        actor: &import.actor,
        fence: working.lease.fence,
        revision: import.revision.unwrap_or_default(),
        undoes: import.undoes,
        at: working.app.clock.now(),
    };
    let progress = |done| working.progress(Stage::Applying, done, import.counts.users_to_edit);
    app.store.apply(&application, fields, progress)
}

fn done_with(import: &Import, applied: &Applied, app: &Context) -> Settled {
    let mut settled = Settled::moved(import, ImportState::Done);
    settled.applied = Some(applied.revision);
    settled.counts.users_to_edit = applied.users - settled.counts.users_to_create;
    settled.counts.cells_to_edit = applied.cells;
    settled.finished_at = Some(app.clock.now());
    if import.leave_out_errors {
        settled.counts.left_out += settled.counts.rows_with_errors;
    }
    settled
}
