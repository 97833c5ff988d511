//! What review showed, and what is new since: when a plan has to be judged again before it is applied, review comes back only for what
//! nobody has seen, and marks it.

use std::collections::HashSet;

use directory::{FieldNumber, Place, PlanCell};

use crate::engine::{Connection, Result, params};
use crate::work::plan::{CELL, cell_of, holds, insert_cells, place_number};
use crate::{AccountId, ImportId, Lease, Store};

/// Marks what a plan says, left-out rows apart, that is not among what was shown.
const UNSHOWN: &str = "INSERT INTO plan_new (account, import, place, field)
    SELECT c.account, c.import, c.place, c.field FROM plan_cell c
    WHERE c.account = ?1 AND c.import = ?2 AND (c.state IN (1, 2, 3) OR c.chosen IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM left_out l WHERE l.account = c.account AND l.import = c.import AND l.place = c.place)
      AND NOT EXISTS (SELECT 1 FROM plan_shown s WHERE s.account = c.account AND s.import = c.import AND s.place = c.place
          AND s.field = c.field AND s.state = c.state AND s.code IS NOT DISTINCT FROM c.code
          AND s.now IS NOT DISTINCT FROM c.now AND s.mine IS NOT DISTINCT FROM c.mine)
    ON CONFLICT DO NOTHING";

impl Store {
    /// Keeps what the plan says now as what review showed, before the file is read again. What was kept by a worker that died over it
    /// stays. Nothing happens when the lease was lost.
    pub fn keep_shown(&self, lease: &Lease) -> Result<()> {
        self.write_work(|transaction| {
            if !holds(transaction, lease)? || is_shown(transaction, lease.account, lease.import)? {
                return Ok(());
            }
            transaction.execute(
                "INSERT INTO plan_shown (account, import, place, field, state, code, now, mine)
                 SELECT account, import, place, field, state, code, now, mine FROM plan_cell WHERE account = ?1 AND import = ?2",
                params![lease.account.0, lease.import.number()],
            )?;
            Ok(())
        })
    }

    /// Whether a file is being read again: the plan may be half of it.
    pub fn is_shown(&self, account: AccountId, import: ImportId) -> Result<bool> {
        self.read(|connection| is_shown(connection, account, import))
    }

    /// Marks the changes, conflicts and errors that were not among what review showed, and forgets the latter. Answers
    /// those of them that have a choice, which was made before they were seen. Nothing happens when the lease was lost.
    pub fn mark_unshown(&self, lease: &Lease) -> Result<Vec<PlanCell>> {
        self.write_work(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(Vec::new());
            }
            let of_import = params![lease.account.0, lease.import.number()];
            transaction.execute(UNSHOWN, of_import)?;
            transaction.execute("DELETE FROM plan_shown WHERE account = ?1 AND import = ?2", of_import)?;
            let sql = format!(
                "{CELL} WHERE account = ?1 AND import = ?2 AND chosen IS NOT NULL AND EXISTS
                     (SELECT 1 FROM plan_new n WHERE n.account = ?1 AND n.import = ?2 AND n.place = plan_cell.place
                          AND n.field = plan_cell.field)"
            );
            transaction.all(&sql, of_import, cell_of)
        })
    }

    /// Puts cells that review did not show in place of those at the same place and field, and marks them. Nothing happens when the
    /// lease was lost.
    pub fn stage_new(&self, lease: &Lease, cells: &[PlanCell]) -> Result<()> {
        self.write_work(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(());
            }
            for cell in cells {
                let of_cell = params![
                    lease.account.0,
                    lease.import.number(),
                    place_number(cell.place),
                    i64::from(cell.field.0)
                ];
                transaction.execute(
                    "DELETE FROM plan_cell WHERE account = ?1 AND import = ?2 AND place = ?3 AND field = ?4",
                    of_cell,
                )?;
                insert_cells(transaction, lease.account, lease.import, std::slice::from_ref(cell))?;
                transaction.execute(
                    "INSERT INTO plan_new (account, import, place, field) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
                    of_cell,
                )?;
            }
            Ok(())
        })
    }

    /// How many cells of a plan are marked as new since review was looked at.
    pub fn new_cells(&self, account: AccountId, import: ImportId) -> Result<i64> {
        self.read(|connection| {
            let sql = "SELECT COUNT(*) FROM plan_new WHERE account = ?1 AND import = ?2";
            let counted = connection.one(sql, params![account.0, import.number()], |row| row.integer(0))?;
            Ok(counted.unwrap_or_default())
        })
    }

    /// Which of these cells are marked.
    pub fn new_among(
        &self,
        account: AccountId,
        import: ImportId,
        cells: &[PlanCell],
    ) -> Result<HashSet<(Place, FieldNumber)>> {
        let sql = "SELECT 1 FROM plan_new WHERE account = ?1 AND import = ?2 AND place = ?3 AND field = ?4";
        if cells.is_empty() || self.new_cells(account, import)? == 0 {
            return Ok(HashSet::new());
        }
        self.read(|connection| {
            let mut found = HashSet::new();
            for cell in cells {
                let of_cell =
                    params![account.0, import.number(), place_number(cell.place), i64::from(cell.field.0)];
                if connection.one(sql, of_cell, |_| Ok(()))?.is_some() {
                    found.insert((cell.place, cell.field));
                }
            }
            Ok(found)
        })
    }
}

fn is_shown(connection: &mut Connection, account: AccountId, import: ImportId) -> Result<bool> {
    let sql = "SELECT 1 FROM plan_shown WHERE account = ?1 AND import = ?2 LIMIT 1";
    Ok(connection.one(sql, params![account.0, import.number()], |_| Ok(()))?.is_some())
}

/// Takes the mark of a cell away, as somebody has decided about it; of the whole row when no field is given.
pub(crate) fn seen(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    place: Place,
    field: Option<FieldNumber>,
) -> Result<()> {
    let sql = "DELETE FROM plan_new WHERE account = ?1 AND import = ?2 AND place = ?3 AND field = COALESCE(?4, field)";
    let field = field.map(|field| i64::from(field.0));
    transaction.execute(sql, params![account.0, import.number(), place_number(place), field])?;
    Ok(())
}
