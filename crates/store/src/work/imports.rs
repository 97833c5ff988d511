//! Imports as rows: their state, their progress, the lease of the worker that works on them.

use directory::{ChangeRule, Counts, Failure};

use crate::engine::{Connection, Result, Row, params};
use crate::import::{Complete, Import, ImportKind, ImportState, Lease, NewImport, Progress, Settled, Stage};
use crate::migrations::Part;
use crate::quotas::{take_room, take_turn};
use crate::work::accounted::accounted_of;
use crate::work::announced::announce;
use crate::work::decisions::keep_decisions;
use crate::work::fix_rows::forget_replaced;
use crate::work::foreign::forget_raw;
use crate::work::forget::{TAKEN_BACK, forget_in};
use crate::work::groups::group_problems;
use crate::work::tickets::drop_what_was_put_right;
use crate::work::wanted::finish_wanted;
use crate::{AccountId, Error, ImportId, Store, Time};

/// What waits for a worker or is being worked on, in the words of the index `import_unfinished`.
pub(crate) const UNFINISHED: &str = "(state = 'reading' OR state = 'applying')";

// The states that the undo has not are said too, in the words of the index `import_undoes`. `?1` is the account: a cluster sees by it on which
// machine all of this is.
pub(crate) const COLUMNS: &str = "SELECT i.account, i.id, i.state, i.kind, i.file_name, i.actor, i.created_at, i.finished_at, i.complete, i.keep,
        i.leave_out_errors, i.undoes, i.plan, i.revision, i.base, i.applied, i.stage, i.done, i.total, i.fence, i.deaths,
        i.rows_read, i.users_to_edit, i.cells_to_edit, i.cells_to_clear, i.users_to_create, i.rows_with_errors, i.errors,
        i.warnings, i.conflicts, i.left_out, i.failure_code, i.failure_message,
        (SELECT MAX(u.id) FROM import u WHERE u.account = ?1 AND u.undoes = i.id AND u.undoes IS NOT NULL
             AND u.state <> 'failed' AND u.state <> 'cancelled' AND u.state = 'done'),
        (SELECT COUNT(*) FROM plan_new n WHERE n.account = ?1 AND n.import = i.id),
        i.questions, i.cells_read, i.unread, i.comments, i.drawings, i.unread_cells, i.read_sheets,
        i.users_in_conflict, i.made_inactive, i.users_cleared, i.emails_changed, i.usernames_changed, i.note,
        CASE WHEN i.state = 'cancelled' AND i.emptied = 0 AND i.keep = 1 AND i.kind IN ('file', 'undo', 'rule') THEN i.finished_at END,
        i.changes_back, i.date_read,
        (SELECT COUNT(DISTINCT v.place) FROM ticket_value v JOIN ticket t ON t.number = v.number
             WHERE v.account = ?1 AND v.import = i.id AND t.state <> 'withdrawn' AND (i.state <> 'review' OR EXISTS
                 (SELECT 1 FROM left_out l WHERE l.account = ?1 AND l.import = v.import AND l.place = v.place)))
    FROM import i";

/// The name of a file as it is; what a rule says in the words of who reads it.
fn name_of(kind: ImportKind, name: &str) -> String {
    if kind == ImportKind::File { name.to_owned() } else { ChangeRule::told(name) }
}

pub(crate) fn import_of(row: &Row<'_>) -> Result<Import> {
    let maybe = |column| Ok::<_, Error>(row.maybe_integer(column)?.map(|number| number as u64));
    let failure = match row.maybe_string(31)? {
        Some(code) => Some(Failure::read(code, row.string(32)?)),
        None => None,
    };
    let kind = ImportKind::stored(row.text(3)?)?;
    Ok(Import {
        account: AccountId(row.integer(0)?),
        id: ImportId::of_number(row.integer(1)?),
        state: ImportState::stored(row.text(2)?)?,
        kind,
        file_name: row.maybe_text(4)?.map(|name| name_of(kind, name)),
        actor: row.string(5)?,
        created_at: Time(row.integer(6)?),
        finished_at: row.maybe_integer(7)?.map(Time),
        complete: Complete::stored(row.text(8)?)?,
        keep: row.flag(9)?,
        leave_out_errors: row.flag(10)?,
        undoes: row.maybe_integer(11)?.map(ImportId::of_number),
        plan: row.integer(12)?,
        revision: maybe(13)?,
        base: maybe(14)?,
        applied: maybe(15)?,
        progress: Progress {
            stage: Stage::stored(row.text(16)?)?,
            done: row.integer(17)?,
            total: row.integer(18)?,
        },
        fence: row.integer(19)?,
        deaths: row.integer(20)?,
        counts: Counts {
            questions: row.integer(35)?,
            cells_read: row.integer(36)?,
            unread: row.integer(37)?,
            users_in_conflict: row.integer(42)?,
            made_inactive: row.integer(43)?,
            users_cleared: row.integer(44)?,
            emails_changed: row.integer(45)?,
            usernames_changed: row.integer(46)?,
            ..counts_of(row, 21)?
        },
        accounted: accounted_of(row, 38)?,
        failure,
        undone_by: row.maybe_integer(33)?.map(ImportId::of_number),
        new_cells: row.integer(34)?,
        note: row.maybe_string(47)?,
        take_back_until: row.maybe_integer(48)?.map(|at| Time(at).plus(TAKEN_BACK)),
        changes_back: row.maybe_integer(49)?.map(ImportId::of_number),
        date_read: row
            .maybe_text(50)?
            .and_then(|kept| kept.split_once('\t'))
            .map(|(typed, date)| (typed.to_owned(), date.to_owned())),
        with_support: row.integer(51)?,
    })
}

pub(crate) fn import_in(
    connection: &mut Connection,
    account: AccountId,
    id: ImportId,
) -> Result<Option<Import>> {
    let sql = format!("{COLUMNS} WHERE i.account = ?1 AND i.id = ?2");
    connection.one(&sql, params![account.0, id.number()], import_of)
}

fn counts_of(row: &Row<'_>, first: usize) -> Result<Counts> {
    let number = |place: usize| row.integer(first + place);
    Ok(Counts {
        rows: number(0)?,
        users_to_edit: number(1)?,
        cells_to_edit: number(2)?,
        cells_to_clear: number(3)?,
        users_to_create: number(4)?,
        rows_with_errors: number(5)?,
        errors: number(6)?,
        warnings: number(7)?,
        conflicts: number(8)?,
        left_out: number(9)?,
        ..Counts::default()
    })
}

impl Store {
    /// Begins an import. False when its identity is taken (try another), or what it undoes is being undone already.
    ///
    /// # Errors
    /// [`Error::DoneBefore`] over a handle of a request that came before ([`Store::once`]).
    /// [`Error::OverQuota`] when the account has no room for the file that it is of.
    pub fn begin_import(&self, account: AccountId, new: &NewImport) -> Result<bool> {
        let mosts = self.mosts(account)?;
        let begun = self.act(account, new.id, |transaction| {
            if new.kind == ImportKind::File {
                take_room(transaction, &mosts, (account, new.id, 1), true)?;
            }
            begin_in(transaction, account, new)?;
            self.note_where(transaction, account, new.id)?;
            self.note_with(transaction, Part::Work, &[("import", new.id.to_string())])?;
            Ok(Some(()))
        });
        match begun {
            Err(Error::Taken) => Ok(false),
            other => other.map(|_| true),
        }
    }

    /// Begins an import that its maker stages at once, under a lease from the start. None when its identity is taken.
    pub fn begin_staged(
        &self,
        account: AccountId,
        new: &NewImport,
        owner: &str,
        until: Time,
    ) -> Result<Option<Lease>> {
        let begun = self.write_work(|transaction| {
            begin_in(transaction, account, new)?;
            let sql =
                "UPDATE import SET owner = ?3, fence = 1, lease_until = ?4 WHERE account = ?1 AND id = ?2";
            transaction.execute_exactly(1, sql, params![account.0, new.id.number(), owner, until.0])
        });
        match begun {
            Err(Error::Taken) => Ok(None),
            other => other.map(|_| Some(Lease { account, import: new.id, fence: 1 })),
        }
    }

    /// The import of an identity.
    pub fn import(&self, account: AccountId, id: ImportId) -> Result<Option<Import>> {
        self.read(|connection| import_in(connection, account, id))
    }

    /// Imports of the account that are kept, newest first, those of forms and single requests left out, older than an identity.
    pub fn imports(&self, account: AccountId, before: Option<ImportId>, limit: u32) -> Result<Vec<Import>> {
        let before = before.map_or(i64::MAX, ImportId::number);
        self.read(|connection| {
            connection.all(
                &format!(
                    "{COLUMNS} WHERE i.account = ?1 AND i.id < ?2 AND i.keep = 1 AND i.kind IN ('file', 'undo', 'rule', 'ticket')
                     ORDER BY i.id DESC LIMIT ?3"
                ),
                params![account.0, before, i64::from(limit)],
                import_of,
            )
        })
    }

    /// The imports of the account that wait in review and are kept, oldest first, at most `limit`.
    pub fn imports_in_review(&self, account: AccountId, limit: u32) -> Result<Vec<Import>> {
        self.read(|connection| {
            let sql = format!(
                "{COLUMNS} WHERE i.account = ?1 AND i.state = 'review' AND i.keep = 1 ORDER BY i.id LIMIT ?2"
            );
            connection.all(&sql, params![account.0, i64::from(limit)], import_of)
        })
    }

    /// Claims an import that waits for a worker, its lease being over: a given one, or the one that waits longest. A claim of an
    /// import whose last worker never gave it back counts a death. Nothing is written when none waits.
    pub fn claim(
        &self,
        only: Option<(AccountId, ImportId)>,
        owner: &str,
        now: Time,
        until: Time,
    ) -> Result<Option<Lease>> {
        if self.read(|connection| waiting_in(connection, only, now))?.is_none() {
            return Ok(None);
        }
        let mut took_over = false;
        let claimed = self.write_work(|transaction| {
            let Some((account, id, was_held)) = waiting_in(transaction, only, now)? else { return Ok(None) };
            took_over = was_held;
            let fence = transaction.one(
                "UPDATE import SET deaths = CASE WHEN owner IS NULL THEN deaths ELSE deaths + 1 END,
                        owner = ?3, fence = fence + 1, lease_until = ?5
                 WHERE account = ?1 AND id = ?2 AND state IN ('reading', 'applying') AND (lease_until < ?4 OR lease_until > ?6)
                 RETURNING fence",
                params![account, id, owner, now.0, until.0, void_from(now).0],
                |row| row.integer(0),
            )?;
            Ok(fence.map(|fence| Lease { account: AccountId(account), import: ImportId::of_number(id), fence }))
        })?;
        if took_over && claimed.is_some() {
            events::counted::LEASES_TAKEN_OVER.add();
        }
        Ok(claimed)
    }

    /// Says how far the work is, and holds the lease until a later time. False when the lease was lost or the import was
    /// cancelled: the worker stops.
    pub fn keep_lease(&self, lease: &Lease, progress: Progress, until: Time) -> Result<bool> {
        self.write_work_soon(|transaction| {
            let changed = transaction.execute(
                "UPDATE import SET stage = ?4, done = ?5, total = ?6, lease_until = ?7
                 WHERE account = ?1 AND id = ?2 AND fence = ?3 AND state IN ('reading', 'applying')",
                params![
                    lease.account.0,
                    lease.import.number(),
                    lease.fence,
                    progress.stage.word(),
                    progress.done,
                    progress.total,
                    until.0
                ],
            )?;
            Ok(changed == 1)
        })
    }

    /// Gives the lease of a worker back that died over its import and could still say so: the death is counted, and another may try at
    /// once.
    pub fn die(&self, lease: &Lease) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute(
                "UPDATE import SET owner = NULL, lease_until = 0, deaths = deaths + 1
                 WHERE account = ?1 AND id = ?2 AND fence = ?3 AND owner IS NOT NULL AND state IN ('reading', 'applying')",
                params![lease.account.0, lease.import.number(), lease.fence],
            )?;
            Ok(())
        })
    }

    /// The oldest import of the account that came before another, is to be applied, and that nobody works on.
    pub fn left_before(&self, account: AccountId, id: ImportId, now: Time) -> Result<Option<ImportId>> {
        self.read(|connection| {
            let sql =
                "SELECT id FROM import WHERE state = 'applying' AND (lease_until < ?3 OR lease_until > ?4)
                         AND account = ?1 AND id < ?2
                       ORDER BY id LIMIT 1";
            let params = params![account.0, id.number(), now.0, void_from(now).0];
            let number = connection.one(sql, params, |row| row.integer(0))?;
            Ok(number.map(ImportId::of_number))
        })
    }

    /// Gives a lease back, so that another worker may go on at once.
    pub fn hand_back(&self, lease: &Lease) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute(
                "UPDATE import SET owner = NULL, lease_until = 0 WHERE account = ?1 AND id = ?2 AND fence = ?3",
                params![lease.account.0, lease.import.number(), lease.fence],
            )?;
            Ok(())
        })
    }

    /// Gives a lease back for a while: another import has to go first.
    pub fn postpone(&self, lease: &Lease, until: Time) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute(
                "UPDATE import SET owner = NULL, lease_until = ?4 WHERE account = ?1 AND id = ?2 AND fence = ?3",
                params![lease.account.0, lease.import.number(), lease.fence, until.0],
            )?;
            Ok(())
        })
    }

    /// Ends the work of a lease: the import goes to `state` with what the plan adds up to now, and the oldest import of the account that
    /// waits for its turn to be applied need wait no longer. False when the lease was lost.
    pub fn settle(&self, lease: &Lease, settled: &Settled) -> Result<bool> {
        // It was read, or will be anew.
        self.held_uploads().let_go(lease.account, lease.import, None);
        self.write_work(|transaction| settle_in(transaction, lease, settled))
    }

    /// Moves an import from one state to another, if it is still in the one and at this plan. False when it is not.
    pub fn move_import(
        &self,
        account: AccountId,
        id: ImportId,
        from: ImportState,
        to: ImportState,
        plan: Option<i64>,
        leave_out_errors: bool,
    ) -> Result<bool> {
        let done = self.act(account, id, |transaction| {
            let changed = transaction.execute(
                "UPDATE import SET state = ?4, leave_out_errors = ?6, stage = 'waiting', done = 0, total = 0, owner = NULL,
                        lease_until = 0, deaths = 0
                 WHERE account = ?1 AND id = ?2 AND state = ?3 AND plan = COALESCE(?5, plan)",
                params![account.0, id.number(), from.word(), to.word(), plan, i64::from(leave_out_errors)],
            )?;
            if changed != 1 {
                return Ok(None);
            }
            if waits_in(to) {
                announce(transaction, account)?;
            }
            // Who moves it on has seen what was new.
            let sql = "DELETE FROM plan_new WHERE account = ?1 AND import = ?2";
            transaction.execute(sql, params![account.0, id.number()])?;
            self.note_where(transaction, account, id)?;
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }

    /// Takes back that an import was given up: it goes to `state`, and completes by itself no more. False when it is too late for that.
    ///
    /// # Errors
    /// [`Error::OverQuota`] when as many imports wait as may. [`Error::Taken`] when what it undoes is being undone by another.
    pub fn take_back_import(
        &self,
        account: AccountId,
        id: ImportId,
        state: ImportState,
        now: Time,
    ) -> Result<bool> {
        let mosts = self.mosts(account)?;
        let done = self.act(account, id, |transaction| {
            let kind = import_in(transaction, account, id)?.map(|import| import.kind);
            if kind == Some(ImportKind::File) {
                take_turn(transaction, &mosts, account)?;
            }
            let stage = if state == ImportState::Review { Stage::Resting } else { Stage::Waiting };
            let changed = transaction.execute(
                "UPDATE import SET state = ?3, stage = ?4, done = 0, total = 0, finished_at = NULL, owner = NULL, lease_until = 0,
                        deaths = 0, complete = ?5
                 WHERE account = ?1 AND id = ?2 AND state = 'cancelled' AND emptied = 0 AND keep = 1
                     AND kind IN ('file', 'undo', 'rule') AND finished_at >= ?6",
                params![
                    account.0,
                    id.number(),
                    state.word(),
                    stage.word(),
                    Complete::Never.word(),
                    now.plus(-TAKEN_BACK).0
                ],
            )?;
            if changed == 1 && waits_in(state) {
                announce(transaction, account)?;
            }
            Ok((changed == 1).then_some(()))
        })?;
        Ok(done.is_some())
    }

    /// Gives an import up, unless it is being applied or at its end. False when it is too late.
    pub fn cancel_import(&self, account: AccountId, id: ImportId, at: Time) -> Result<bool> {
        let erased = self.erased_at(account)?;
        let done = self.act(account, id, |transaction| {
            // What may name somebody who was erased meanwhile does not come back.
            let changed = transaction.execute(
                "UPDATE import SET stage = CASE WHEN state = 'review' THEN 'resting' ELSE 'waiting' END, state = 'cancelled',
                        finished_at = ?3, owner = NULL, fence = fence + 1,
                        emptied = CASE WHEN kind IN ('file', 'rule') AND created_at <= ?4 THEN 1 ELSE emptied END
                 WHERE account = ?1 AND id = ?2 AND state IN ('reading', 'matching', 'review')",
                params![account.0, id.number(), at.0, erased.map_or(-1, |erased| erased.0)],
            )?;
            Ok((changed == 1).then_some(()))
        })?;
        Ok(done.is_some())
    }

    /// Gives up an import that is to be applied and that nobody works on. False when somebody does, or did.
    pub fn withdraw_import(&self, account: AccountId, id: ImportId) -> Result<bool> {
        self.write_work(|transaction| {
            let changed = transaction.execute(
                "UPDATE import SET state = 'cancelled', stage = 'resting', fence = fence + 1
                 WHERE account = ?1 AND id = ?2 AND state = 'applying' AND owner IS NULL",
                params![account.0, id.number()],
            )?;
            Ok(changed == 1)
        })
    }

    /// Forgets an import with everything that belongs to it (a dry run that was told, a form that was saved). Nobody waits for it
    /// to be durable: what comes back after a loss of power is swept up later.
    pub fn forget_import(&self, account: AccountId, id: ImportId) -> Result<()> {
        self.held_uploads().let_go(account, id, None);
        self.write_work_soon(|transaction| forget_in(transaction, account, id))
    }

    /// How many imports wait for a worker or are being worked on.
    pub fn unfinished_imports(&self) -> Result<i64> {
        self.read(|connection| {
            let sql = format!("SELECT COUNT(*) FROM import WHERE {UNFINISHED}");
            Ok(connection.one(&sql, params![], |row| row.integer(0))?.unwrap_or_default())
        })
    }
}

pub(crate) fn begin_in(transaction: &mut Connection, account: AccountId, new: &NewImport) -> Result<()> {
    // Asked by itself: a cluster takes no question within the values of a row.
    let undone = "SELECT file_name FROM import WHERE account = ?1 AND id = ?2";
    let undone = match new.undoes {
        Some(of) => {
            transaction.one(undone, params![account.0, of.number()], |row| row.maybe_string(0))?.flatten()
        }
        None => None,
    };
    let file_name = undone.as_ref().or(new.file_name.as_ref());
    transaction.execute(
        "INSERT INTO import (account, id, state, kind, file_name, actor, created_at, complete, keep, leave_out_errors, undoes, plan,
                             stage, done, total, fence, lease_until, deaths, rows_read, users_to_edit, cells_to_edit,
                             cells_to_clear, users_to_create, rows_with_errors, errors, warnings, conflicts, left_out)
         VALUES (?1, ?2, ?3, ?4,
                 ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 'waiting', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)",
        params![
            account.0,
            new.id.number(),
            new.state.word(),
            new.kind.word(),
            file_name.map(String::as_str),
            &new.actor,
            new.at.0,
            new.complete.word(),
            new.keep,
            new.leave_out_errors,
            new.undoes.map(ImportId::number),
        ],
    )?;
    if waits_in(new.state) {
        announce(transaction, account)?;
    }
    keep_decisions(transaction, (account, new.id, 1), &new.decisions, (&new.actor, new.at))
}

/// Whether an import in this state waits for a worker.
fn waits_in(state: ImportState) -> bool {
    matches!(state, ImportState::Reading | ImportState::Applying)
}

pub(crate) fn settle_in(transaction: &mut Connection, lease: &Lease, settled: &Settled) -> Result<bool> {
    let counts = settled.counts;
    let changed = transaction.execute(
        "UPDATE import SET state = ?4, plan = ?5, revision = ?6, base = ?7, applied = ?8, failure_code = ?9, failure_message = ?10,
                finished_at = ?11, rows_read = ?12, users_to_edit = ?13, cells_to_edit = ?14, cells_to_clear = ?15,
                users_to_create = ?16, rows_with_errors = ?17, errors = ?18, warnings = ?19, conflicts = ?20, left_out = ?21,
                questions = ?22, cells_read = ?23, unread = ?24, users_in_conflict = ?25, made_inactive = ?26, users_cleared = ?27,
                emails_changed = ?28, usernames_changed = ?29, stage = 'resting', owner = NULL, lease_until = 0, deaths = 0
         WHERE account = ?1 AND id = ?2 AND fence = ?3 AND state IN ('reading', 'applying')",
        params![
            lease.account.0,
            lease.import.number(),
            lease.fence,
            settled.state.word(),
            settled.plan,
            settled.revision.map(|revision| revision as i64),
            settled.base.map(|revision| revision as i64),
            settled.applied.map(|revision| revision as i64),
            settled.failure.as_ref().map(|failure| failure.code.as_str()),
            settled.failure.as_ref().map(Failure::stored).as_deref(),
            settled.finished_at.map(|at| at.0),
            counts.rows,
            counts.users_to_edit,
            counts.cells_to_edit,
            counts.cells_to_clear,
            counts.users_to_create,
            counts.rows_with_errors,
            counts.errors,
            counts.warnings,
            counts.conflicts,
            counts.left_out,
            counts.questions,
            counts.cells_read,
            counts.unread,
            counts.users_in_conflict,
            counts.made_inactive,
            counts.users_cleared,
            counts.emails_changed,
            counts.usernames_changed,
        ],
    )?;
    if changed == 1 && matches!(settled.state, ImportState::Done | ImportState::Failed) {
        forget_raw(transaction, lease.account, lease.import)?;
    }
    if changed == 1 && settled.state == ImportState::Done {
        drop_what_was_put_right(transaction, lease.account, lease.import)?;
    }
    if changed == 1 && settled.state == ImportState::Review {
        group_problems(transaction, lease.account.0, lease.import.number())?;
        forget_replaced(transaction, lease.account.0, lease.import.number(), "")?;
        finish_wanted(transaction, lease.account.0, lease.import.number())?;
    }
    wake_next(transaction, lease.account)?;
    Ok(changed == 1)
}

/// One only: of several, all but one would be postponed again.
fn wake_next(transaction: &mut Connection, account: AccountId) -> Result<()> {
    transaction.execute(
        "UPDATE import SET lease_until = 0
         WHERE account = ?1 AND state = 'applying' AND owner IS NULL AND id =
               (SELECT MIN(id) FROM import WHERE account = ?1 AND state = 'applying' AND owner IS NULL)",
        params![account.0],
    )?;
    Ok(())
}

/// A lease that lasts beyond this was made by a clock that was set back since: it would hold its import until that time comes again. No
/// lease is longer than seconds; clocks of processes that share a database differ by less than the rest.
pub(crate) fn void_from(now: Time) -> Time {
    now.plus(90_000)
}

/// The import that a claim is about: the given one, or the one that waits longest; none when it does not wait.
fn waiting_in(
    connection: &mut Connection,
    only: Option<(AccountId, ImportId)>,
    now: Time,
) -> Result<Option<(i64, i64, bool)>> {
    let of_row = |row: &Row<'_>| Ok((row.integer(0)?, row.integer(1)?, row.maybe_text(2)?.is_some()));
    match only {
        Some((account, id)) => {
            let sql = format!(
                "SELECT account, id, owner FROM import WHERE account = ?1 AND id = ?2 AND {UNFINISHED} AND (lease_until < ?3 OR lease_until > ?4)"
            );
            connection.one(&sql, params![account.0, id.number(), now.0, void_from(now).0], of_row)
        }
        None => {
            let sql = format!(
                "SELECT account, id, owner FROM import WHERE {UNFINISHED} AND (lease_until < ?1 OR lease_until > ?2)
                 ORDER BY lease_until, id LIMIT 1"
            );
            connection.one(&sql, params![now.0, void_from(now).0], of_row)
        }
    }
}
