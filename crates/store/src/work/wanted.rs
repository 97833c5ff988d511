//! Steps of fixes about so many cells that a worker makes them: what is wanted is kept first, then done chunk by chunk, and a worker that
//! takes over goes on after the last chunk.

use directory::{Code, Counts, FieldNumber, Place, PlanCell};

use crate::engine::{Connection, Error, Result, Row, params};
use crate::work::announced::announce;
use crate::work::fix_rows::{JudgedRow, forget_replaced, replace_row};
use crate::work::fix_steps::forget_undone;
use crate::work::fixes::{Fix, FixKind, FixStep, OFFERED, SUGGESTED, insert_fix};
use crate::work::plan::{holds, place_number, place_of};
use crate::work::plan_lists::place_in_list;
use crate::work::written_cells::{Becomes, Written};
use crate::{AccountId, CellFilter, ImportId, Lease, ListPlace, PageStart, ProblemGroup, Store, Time};

/// Cells that a step is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WantedCells {
    /// One cell.
    One(Place, FieldNumber),
    /// Every conflict.
    Conflicts,
    /// Every cell with this problem, in this field, with this text.
    Group(Code, FieldNumber, Option<String>),
    /// Every cell with this problem, in this field, for which one value is offered.
    Suggested(Code, FieldNumber),
    /// Every cell with this problem, in this field, for which one value at least is offered.
    Offered(Code, FieldNumber),
    /// Every cell of this field that the plan writes, with what it becomes.
    Written(FieldNumber, Becomes),
}

/// A part of a step that a worker makes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WantedFix {
    /// Its place within the step, from 0.
    pub number: i64,
    /// The step.
    pub step: i64,
    /// The cells that it is about.
    pub cells: WantedCells,
    /// What is done to them.
    pub kind: FixKind,
    /// Who wants it.
    pub actor: String,
    /// Since when.
    pub at: Time,
    /// How many cells there were.
    pub total: i64,
    /// How many are done.
    pub done: i64,
    /// The last of them.
    pub after: Option<ListPlace>,
    /// What these add to the counts of the plan.
    pub change: Counts,
}

impl Store {
    /// Keeps what is wanted as a step that a worker makes: the import goes to `reading`, stage `fixing`. Each part with how many cells it
    /// is about. False when the import is no longer in review with this plan; nothing is kept then.
    pub fn want_fixes(
        &self,
        account: AccountId,
        import: ImportId,
        plan: i64,
        wanted: &[(WantedCells, FixKind, i64)],
        (actor, at): (&str, Time),
    ) -> Result<bool> {
        let total: i64 = wanted.iter().map(|(.., cells)| cells).sum();
        let kept = self.act(account, import, |transaction| {
            let sent = transaction.execute(
                "UPDATE import SET state = 'reading', stage = 'fixing', done = 0, total = ?4, owner = NULL, lease_until = 0, deaths = 0
                 WHERE account = ?1 AND id = ?2 AND state = 'review' AND plan = ?3",
                params![account.0, import.number(), plan, total],
            )?;
            if sent != 1 {
                return Ok(None);
            }
            announce(transaction, account)?;
            forget_undone(transaction, account, import)?;
            forget_replaced(transaction, account.0, import.number(), "")?;
            for (number, (cells, kind, total)) in (0..).zip(wanted) {
                insert_wanted(transaction, (account, import), (plan + 1, number), (cells, kind, *total), (actor, at))?;
            }
            Ok(Some(()))
        })?;
        Ok(kept.is_some())
    }

    /// What is wanted of an import and not done yet, in order.
    pub fn wanted_fixes(&self, account: AccountId, import: ImportId) -> Result<Vec<WantedFix>> {
        self.read(|connection| {
            connection.all(
                "SELECT number, step, code, place, field, raw, kind, value, actor, at, total, done, after, change FROM fix_wanted
                 WHERE account = ?1 AND import = ?2 AND finished = 0 ORDER BY step, number",
                params![account.0, import.number()],
                wanted_of,
            )
        })
    }

    /// How many cells are meant.
    pub fn count_wanted(&self, account: AccountId, import: ImportId, cells: &WantedCells) -> Result<i64> {
        let counted = match cells {
            WantedCells::One(..) => Some(1),
            WantedCells::Conflicts => self.read(|connection| {
                let sql = "SELECT COUNT(*) FROM plan_cell WHERE account = ?1 AND import = ?2 AND state > 1 AND state = 2 AND NOT EXISTS
                    (SELECT 1 FROM left_out l WHERE l.account = ?1 AND l.import = ?2 AND l.place = plan_cell.place)";
                connection.one(sql, params![account.0, import.number()], |row| row.integer(0))
            })?,
            WantedCells::Group(code, field, raw) => self.read(|connection| {
                connection.one(
                    "SELECT CAST(SUM(cells) AS BIGINT) FROM plan_group
                     WHERE account = ?1 AND import = ?2 AND code = ?3 AND field = ?4 AND raw IS NOT DISTINCT FROM ?5",
                    params![account.0, import.number(), code.word(), i64::from(field.0), raw],
                    |row| row.integer(0),
                )
            })?,
            WantedCells::Suggested(code, field) => {
                let kinds = self.suggested_kinds(account, import, Some((*code, *field)))?;
                Some(kinds.iter().map(|kind| kind.cells).sum())
            }
            WantedCells::Offered(code, field) => {
                let kind = self.problem_kind(account, import, (*code, *field))?;
                Some(kind.map_or(0, |kind| kind.offered))
            }
            WantedCells::Written(field, becomes) => {
                Some(self.count_written(account, import, (*field, becomes))?)
            }
        };
        Ok(counted.unwrap_or_default())
    }

    /// The next cells that are meant, at most `limit`: after those that are done.
    pub fn cells_wanted(
        &self,
        account: AccountId,
        import: ImportId,
        (cells, after): (&WantedCells, Option<ListPlace>),
        limit: usize,
    ) -> Result<Vec<PlanCell>> {
        let limit = limit as u32;
        match cells {
            WantedCells::One(place, field) => {
                let mut row = self.plan_row(account, import, *place)?;
                row.retain(|cell| cell.field == *field);
                Ok(row)
            }
            WantedCells::Conflicts => {
                let from = after.map_or(PageStart::Start, PageStart::After);
                Ok(self.plan_page(account, import, CellFilter::Conflicts, from, limit)?.items)
            }
            WantedCells::Group(code, field, raw) => {
                let (cells, suggestions) = (0, Vec::new());
                let group = ProblemGroup { code: *code, field: *field, raw: raw.clone(), cells, suggestions };
                self.cells_of_group_after(account, import, &group, after, limit)
            }
            WantedCells::Suggested(code, field) => {
                self.cells_suggested_after(account, import, (*code, *field), after, limit)
            }
            WantedCells::Offered(code, field) => {
                self.cells_offered_after(account, import, (*code, *field), after, limit)
            }
            WantedCells::Written(field, becomes) => {
                let from = after.map_or(PageStart::Start, PageStart::After);
                let wanted = Written { field: Some(*field), becomes, kind: None };
                Ok(self.written_page(account, import, wanted, from, limit)?.items)
            }
        }
    }

    /// Keeps what was done of a part: its fixes, the rows that were judged again because of them, and how far it is, which it answers.
    /// None when the lease was lost.
    pub fn keep_wanted(
        &self,
        lease: &Lease,
        wanted: WantedFix,
        done: &DoneChunk<'_>,
    ) -> Result<Option<WantedFix>> {
        let (account, import) = (lease.account, lease.import);
        let next = WantedFix {
            after: done.last.map(place_in_list).or(wanted.after),
            done: wanted.done + done.fixes.len() as i64,
            change: wanted.change.plus(done.change),
            ..wanted
        };
        let step = FixStep {
            plan: next.step - 1,
            fixes: done.fixes,
            rows: done.rows,
            change: done.change,
            renewed: None,
            actor: &next.actor,
            at: next.at,
        };
        let (after, change) = (next.after.map(|after| after.to_string()), words_of(next.change));
        let kept = self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            for fix in done.fixes {
                insert_fix(transaction, account, import, &step, fix)?;
            }
            for row in done.rows {
                replace_row(transaction, account, import, row)?;
            }
            transaction.execute(
                "UPDATE fix_wanted SET done = ?5, after = ?6, change = ?7
                 WHERE account = ?1 AND import = ?2 AND step = ?3 AND number = ?4",
                params![account.0, import.number(), next.step, next.number, next.done, &after, &change],
            )?;
            Ok(true)
        })?;
        Ok(kept.then_some(next))
    }
}

/// A chunk of a part of a step that was done.
#[derive(Debug, Clone, Copy)]
pub struct DoneChunk<'a> {
    /// The fixes.
    pub fixes: &'a [Fix],
    /// The rows that were judged again because of them.
    pub rows: &'a [JudgedRow],
    /// What the plan adds up to more than before.
    pub change: Counts,
    /// The last cell, as it was listed.
    pub last: Option<&'a PlanCell>,
}

fn insert_wanted(
    transaction: &mut Connection,
    (account, import): (AccountId, ImportId),
    (step, number): (i64, i64),
    (cells, kind, total): (&WantedCells, &FixKind, i64),
    (actor, at): (&str, Time),
) -> Result<()> {
    let (code, place, field, raw) = match cells {
        WantedCells::One(place, field) => (ONE, place_number(*place), field.0, None),
        WantedCells::Conflicts => (CONFLICTS, 0, 0, None),
        WantedCells::Group(code, field, raw) => (code.word(), 0, field.0, raw.clone()),
        WantedCells::Suggested(code, field) | WantedCells::Offered(code, field) => {
            (code.word(), 0, field.0, None)
        }
        WantedCells::Written(field, becomes) => (WRITTEN, 0, field.0, Some(becomes.words())),
    };
    let (kind, value) = kind.words();
    transaction.execute(
        "INSERT INTO fix_wanted (account, import, step, number, code, place, field, raw, kind, value, actor, at, total, done, after,
             change, finished)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, 0, NULL, '', 0)",
        params![
            account.0,
            import.number(),
            step,
            number,
            code,
            place,
            i64::from(field),
            &raw,
            kind,
            value,
            actor,
            at.0,
            total
        ],
    )?;
    Ok(())
}

/// The step was made: its plan is in review.
pub(crate) fn finish_wanted(transaction: &mut Connection, account: i64, import: i64) -> Result<()> {
    let sql = "UPDATE fix_wanted SET finished = 1 WHERE account = ?1 AND import = ?2 AND finished = 0";
    transaction.execute(sql, params![account, import])?;
    Ok(())
}

const ONE: &str = "cell";
const CONFLICTS: &str = "conflict";
const WRITTEN: &str = "written";

fn wanted_of(row: &Row<'_>) -> Result<WantedFix> {
    let field = FieldNumber(row.integer(4)? as u32);
    let cells = match row.text(2)? {
        ONE => WantedCells::One(place_of(row.integer(3)?)?, field),
        CONFLICTS => WantedCells::Conflicts,
        WRITTEN => WantedCells::Written(field, Becomes::of_words(row.maybe_text(5)?.unwrap_or_default())),
        word => {
            let code = Code::of_word(word);
            let code = code.ok_or_else(|| Error::Unread(format!("unknown code of a problem: {word}")))?;
            match row.text(6)? {
                SUGGESTED => WantedCells::Suggested(code, field),
                OFFERED => WantedCells::Offered(code, field),
                _ => WantedCells::Group(code, field, row.maybe_string(5)?),
            }
        }
    };
    Ok(WantedFix {
        number: row.integer(0)?,
        step: row.integer(1)?,
        cells,
        kind: FixKind::of_words(row.text(6)?, row.maybe_string(7)?),
        actor: row.string(8)?,
        at: Time(row.integer(9)?),
        total: row.integer(10)?,
        done: row.integer(11)?,
        after: row.maybe_text(12)?.and_then(|place| place.parse().ok()),
        change: change_of(row.text(13)?),
    })
}

/// Counts as words: of the rows, nothing is told that fixes can't change.
fn words_of(change: Counts) -> String {
    let numbers = [
        change.users_to_edit,
        change.cells_to_edit,
        change.cells_to_clear,
        change.users_to_create,
        change.rows_with_errors,
        change.errors,
        change.conflicts,
        change.left_out,
        change.users_in_conflict,
        change.made_inactive,
        change.users_cleared,
        change.emails_changed,
        change.usernames_changed,
    ];
    numbers.map(|number| number.to_string()).join(" ")
}

fn change_of(words: &str) -> Counts {
    let mut numbers = words.split(' ').map(|word| word.parse().unwrap_or_default());
    let mut next = || numbers.next().unwrap_or_default();
    Counts {
        users_to_edit: next(),
        cells_to_edit: next(),
        cells_to_clear: next(),
        users_to_create: next(),
        rows_with_errors: next(),
        errors: next(),
        conflicts: next(),
        left_out: next(),
        users_in_conflict: next(),
        made_inactive: next(),
        users_cleared: next(),
        emails_changed: next(),
        usernames_changed: next(),
        ..Counts::default()
    }
}
