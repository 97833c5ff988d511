//! Completing an import: what was reviewed is what is applied, in one transaction; when the directory moved meanwhile and that brings
//! anything that review did not show, review comes back instead.

use std::collections::{BTreeSet, VecDeque};

use directory::{
    Chosen, Claim, ClaimKind, Counts, Fields, Place, PlanCell, State, Verdict, merge_values, standard,
};

use super::Answer;
use super::check::{standing_row, staying_holder};
use super::judge::{Rival, claims_of, gives_up, is_claimed, rival_of, taken};
use super::work::Working;
use crate::app::App;
use crate::store::{
    AccountId, Application, Applied, Failure, Import, ImportId, ImportState, LaterClaim, Outcome, Result,
    Settled, Stage,
};

/// Completes an import: the plan of this number (or whatever plan there is). With `leave_out_errors` rows with errors and values with an open
/// conflict stay as they are.
///
/// # Errors
/// When the store fails.
pub fn complete(
    app: &App,
    account: AccountId,
    id: ImportId,
    plan: Option<i64>,
    leave_out_errors: bool,
) -> Result<Answer> {
    let Some(import) = app.store.import(account, id)? else { return Ok(Answer::NoSuchImport) };
    if import.state != ImportState::Review {
        return Ok(Answer::NotInReview(import.state));
    }
    if plan.is_some_and(|plan| plan != import.plan) {
        return Ok(Answer::OtherPlan(import.plan));
    }
    let Counts { errors, conflicts, .. } = import.counts;
    if !leave_out_errors && errors + conflicts > 0 {
        return Ok(Answer::Blocked(errors, conflicts));
    }
    let (from, to) = (ImportState::Review, ImportState::Applying);
    let moved = app.store.move_import(account, id, from, to, Some(import.plan), leave_out_errors)?;
    let Some(import) = app.store.import(account, id)? else { return Ok(Answer::NoSuchImport) };
    if moved {
        app.wake_workers();
        return Ok(Answer::Started(Box::new(import)));
    }
    Ok(if import.state == from { Answer::OtherPlan(import.plan) } else { Answer::NotInReview(import.state) })
}

/// How often the directory may move on between the last look and the transaction, before the import waits for its next turn.
const TRIES: usize = 5;
/// How long an import waits when another one of the account is being applied, in milliseconds.
const WAIT: i64 = 200;

/// Applies the plan of an import; none when it has to wait or the lease was lost.
pub(super) fn apply(working: &Working, import: &Import) -> Result<Option<Settled>> {
    let (app, lease) = (&working.app, &working.lease);
    if let Some(done) = app.store.applied_revision(import.account, import.id)? {
        app.store.leave_applying(import.account, import.id, lease.fence)?;
        let applied = Applied { revision: done.revision, users: done.users, cells: done.cells };
        return Ok(Some(done_with(import, &applied, app)));
    }
    if !enter(working, import)? {
        let until = app.clock.now().plus(WAIT);
        app.store.postpone(lease, until)?;
        return Ok(None);
    }
    let settled = apply_entered(working, import)?;
    if settled.is_some() {
        app.store.leave_applying(import.account, import.id, lease.fence)?;
    }
    Ok(settled)
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
    let mut judged_at = import.revision.unwrap_or_default();
    for _ in 0..TRIES {
        let account = app.store.account_now(import.account)?;
        let fields = app.store.fields(account.id)?;
        if account.revision != judged_at {
            if let Some(back) = judge_again(working, import, &fields, judged_at, account.revision)? {
                return Ok(Some(back));
            }
            judged_at = account.revision;
        }
        if import.leave_out_errors {
            hold_dependents(working, import, &fields)?;
        }
        let outcome = app.store.apply(
            &Application {
                account: import.account,
                import: import.id,
                kind: import.kind,
                actor: &import.actor,
                fence: working.lease.fence,
                revision: judged_at,
                undoes: import.undoes,
                at: app.clock.now(),
            },
            &fields,
            |done| working.progress(Stage::Applying, done, import.counts.users_to_edit),
        )?;
        match outcome {
            Outcome::Applied(applied) => return Ok(Some(done_with(import, &applied, app))),
            Outcome::Moved => {}
            Outcome::Taken(place, _) => {
                return mark_taken(working, import, &fields, place, judged_at).map(Some);
            }
            Outcome::Fenced => return Ok(None),
        }
    }
    app.store.hand_back(&working.lease)?;
    Ok(None)
}

fn done_with(import: &Import, applied: &Applied, app: &App) -> Settled {
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

/// Back to review, with a new plan number.
fn back_to_review(import: &Import, counts: Counts, revision: u64) -> Settled {
    Settled {
        plan: import.plan + 1,
        revision: Some(revision),
        counts,
        ..Settled::moved(import, ImportState::Review)
    }
}

/// Looks at what changed since the plan was judged. What is already so is dropped; when a conflict or a change of fields appears,
/// review comes back.
fn judge_again(
    working: &Working,
    import: &Import,
    fields: &Fields,
    judged_at: u64,
    now: u64,
) -> Result<Option<Settled>> {
    let store = &working.app.store;
    let revisions = store.revisions_after(import.account, judged_at)?;
    if revisions.iter().any(|(_, kind, _)| kind == "fields")
        && *fields != store.fields_at(import.account, judged_at)?
    {
        let failure = Failure { code: "fields_changed".to_owned(), message: directory::fields_changed() };
        // The file is read again by the definitions of today, and shown again.
        return Ok(Some(Settled { failure: Some(failure), ..Settled::moved(import, ImportState::Reading) }));
    }
    let mut latest = std::collections::BTreeMap::new();
    store.each_change_after(import.account, judged_at, now, |cell| {
        latest.insert((cell.user, cell.field), cell.after);
        Ok(())
    })?;
    let (mut counts, mut new) = (import.counts, false);
    for ((user, field), after) in latest {
        let place = Place::User(user);
        let mut cells = store.plan_row(import.account, import.id, place)?;
        let before = Counts::of_row(&cells, false);
        let Some(at) = cells.iter().position(|cell| cell.field == field) else { continue };
        cells[at].now = after;
        let stays = rejudge(&mut cells[at], import);
        new |= stays.is_some_and(|stays| stays);
        if stays.is_some() {
            store.restage(&working.lease, &cells[at..=at])?;
        } else {
            store.unstage(&working.lease, place, field)?;
            cells.remove(at);
        }
        counts = counts.minus(before).plus(Counts::of_row(&cells, false));
    }
    Ok(new.then(|| back_to_review(import, counts, now)))
}

/// Judges a cell on today's value: none when it is already so, else whether it is something that review did not show.
fn rejudge(cell: &mut PlanCell, import: &Import) -> Option<bool> {
    let asked_for = matches!(cell.state, State::PutBack | State::Damage) && cell.chosen == Some(Chosen::File);
    if !matches!(cell.state, State::Change | State::Conflict) && !asked_for {
        return Some(false);
    }
    match merge_values(cell.base.as_deref(), cell.now.as_deref(), cell.mine.as_deref()) {
        // The value of the download was asked for, and meanwhile there is yet another one.
        Verdict::Unedited if cell.state == State::PutBack && cell.now != cell.mine => {
            (cell.state, cell.chosen) = (State::Conflict, None);
            Some(true)
        }
        Verdict::AlreadySo | Verdict::Unedited => None,
        Verdict::Conflict(_) if import.kind == crate::store::ImportKind::Undo => {
            cell.state = State::ChangedSince;
            Some(false)
        }
        Verdict::Conflict(_) => {
            cell.state = State::Conflict;
            cell.chosen = None;
            Some(true)
        }
        _ => {
            cell.state = State::Change;
            Some(false)
        }
    }
}

/// Marks the cells of a row whose values somebody took meanwhile, and goes back to review.
fn mark_taken(
    working: &Working,
    import: &Import,
    fields: &Fields,
    place: Place,
    revision: u64,
) -> Result<Settled> {
    let store = &working.app.store;
    let (account, id) = (import.account, import.id);
    let mut cells = store.plan_row(account, id, place)?;
    let before = Counts::of_row(&cells, false);
    for cell in &mut cells {
        let Some(LaterClaim { claim, .. }) = claims_of(cell, fields) else { continue };
        let holder =
            staying_holder(store, account, fields, &claim, |place| standing_row(store, account, id, place))?;
        if let Some(rival) = rival_of(place, &[], holder, account) {
            cell.state = State::Error;
            cell.wrong = Some(taken(&working.app, account, claim.kind, rival)?);
        }
    }
    // A user who comes back claims what they had, by no cell of their own.
    let presence = cells.iter_mut().find(|cell| cell.field == standard::USER && cell.written().is_some());
    if let Some(cell) = presence.filter(|_| matches!(place, Place::User(_))) {
        cell.state = State::Error;
        cell.wrong = Some(taken(&working.app, account, ClaimKind::Email, Rival::Elsewhere)?);
    }
    store.restage(&working.lease, &cells)?;
    let counts = import.counts.minus(before).plus(Counts::of_row(&cells, false));
    Ok(back_to_review(import, counts, revision))
}

/// Rows that stay as they are keep what they have: rows that would take it from them stay as they are too, and so on.
fn hold_dependents(working: &Working, import: &Import, fields: &Fields) -> Result<()> {
    let store = &working.app.store;
    let (account, id) = (import.account, import.id);
    let mut held: BTreeSet<Place> = store.held_rows(account, id)?.into_iter().collect();
    let mut waiting: VecDeque<Place> = held.iter().copied().collect();
    let mut also = Vec::new();
    while let Some(place) = waiting.pop_front() {
        for claim in kept_claims(&store.plan_row(account, id, place)?, fields) {
            for LaterClaim { place: other, .. } in store.claimants(account, id, &claim)? {
                if held.insert(other) {
                    waiting.push_back(other);
                    also.push(other);
                }
            }
        }
    }
    store.leave_out(&working.lease, &also)
}

/// What the user of a row keeps when the row is not written, though the row would give it up.
fn kept_claims(cells: &[PlanCell], fields: &Fields) -> Vec<Claim> {
    let claimed = cells.iter().filter_map(|cell| {
        let field = fields.get(cell.field).filter(|field| is_claimed(field))?;
        Claim::of(field, cell.now.as_deref()?)
    });
    claimed.filter(|claim| gives_up(cells, claim, fields)).collect()
}
