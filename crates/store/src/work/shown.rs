//! What review showed, and what is new since: when a plan has to be judged again before it is applied, review comes back only for what
//! nobody has seen, and marks it.

use std::collections::{BTreeMap, HashSet};

use directory::{Counts, FieldNumber, Place, PlanCell};

use crate::engine::{Connection, Result, params};
use crate::work::plan::{CELL, LaterClaim, cell_of, claim_kind_number, holds, place_number, replace_cells};
use crate::{AccountId, ImportId, Lease, Store};

/// What following a moved directory makes of some rows of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FollowedCells {
    /// Cells that are already so: they go.
    pub dropped: Vec<(Place, FieldNumber)>,
    /// The claims that these made.
    pub released: Vec<LaterClaim>,
    /// Cells that were judged again, in place of those at the same place and field.
    pub judged: Vec<PlanCell>,
    /// Cells that review did not show, in place of those at the same place and field: they are marked.
    pub new: Vec<PlanCell>,
    /// What the plan adds up to more than before.
    pub change: Counts,
}

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

    /// How many cells of each field review showed, of rows that are not left out, errors apart, of which the plan knows nothing any more.
    pub fn shown_and_gone(&self, account: AccountId, import: ImportId) -> Result<Vec<(FieldNumber, i64)>> {
        let sql = "SELECT s.field, COUNT(*) FROM plan_shown s WHERE s.account = ?1 AND s.import = ?2 AND s.state IN (1, 2, 4, 5)
              AND NOT EXISTS (SELECT 1 FROM left_out l WHERE l.account = s.account AND l.import = s.import AND l.place = s.place)
              AND NOT EXISTS (SELECT 1 FROM plan_cell c WHERE c.account = s.account AND c.import = s.import AND c.place = s.place
                  AND c.field = s.field)
              GROUP BY s.field ORDER BY s.field";
        self.read(|connection| {
            connection.all(sql, params![account.0, import.number()], |row| {
                Ok((FieldNumber(row.integer(0)? as u32), row.integer(1)?))
            })
        })
    }

    /// Marks the changes, conflicts and errors that were not among what review showed, and forgets the latter. Nothing happens when the lease was lost.
    pub fn mark_unshown(&self, lease: &Lease) -> Result<()> {
        self.write_work(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(());
            }
            let of_import = params![lease.account.0, lease.import.number()];
            transaction.execute(UNSHOWN, of_import)?;
            transaction.execute("DELETE FROM plan_shown WHERE account = ?1 AND import = ?2", of_import)?;
            Ok(())
        })
    }

    /// Marked cells that have a choice, which was made before they were seen, after one of them (by place and field): at most `limit`.
    pub fn chosen_unseen(
        &self,
        account: AccountId,
        import: ImportId,
        after: Option<(Place, FieldNumber)>,
        limit: usize,
    ) -> Result<Vec<PlanCell>> {
        let (place, field) =
            after.map_or((i64::MIN, 0), |(place, field)| (place_number(place), i64::from(field.0)));
        let sql = format!(
            "{CELL} WHERE account = ?1 AND import = ?2 AND (place, field) > (?3, ?4) AND chosen IS NOT NULL AND EXISTS
                 (SELECT 1 FROM plan_new n WHERE n.account = ?1 AND n.import = ?2 AND n.place = plan_cell.place
                      AND n.field = plan_cell.field)
             ORDER BY place, field LIMIT ?5"
        );
        self.read(|connection| {
            connection.all(&sql, params![account.0, import.number(), place, field, limit as i64], cell_of)
        })
    }

    /// Keeps what following a moved directory made of some rows, and what the plan adds up to by it: a worker that takes over finds
    /// both. False when the lease was lost.
    pub fn keep_followed(&self, lease: &Lease, cells: &FollowedCells) -> Result<bool> {
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            drop_cells(transaction, lease, cells)?;
            replace_cells(transaction, lease.account, lease.import, &cells.judged)?;
            replace_new(transaction, lease, &cells.new)?;
            add_counts(transaction, lease, &cells.change)?;
            Ok(true)
        })
    }

    /// Puts cells that review did not show in place of those at the same place and field, and marks them. Nothing happens when the
    /// lease was lost.
    pub fn stage_new(&self, lease: &Lease, cells: &[PlanCell]) -> Result<()> {
        self.write_work(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(());
            }
            replace_new(transaction, lease, cells)
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

fn replace_new(transaction: &mut Connection, lease: &Lease, cells: &[PlanCell]) -> Result<()> {
    replace_cells(transaction, lease.account, lease.import, cells)?;
    let mut values = Vec::with_capacity(cells.len() * 4);
    for cell in cells {
        let (place, field) = (place_number(cell.place), i64::from(cell.field.0));
        values.extend_from_slice(params![lease.account.0, lease.import.number(), place, field]);
    }
    let into = "plan_new (account, import, place, field)";
    transaction.insert_all(into, 4, "ON CONFLICT DO NOTHING", &values)
}

fn drop_cells(transaction: &mut Connection, lease: &Lease, cells: &FollowedCells) -> Result<()> {
    let (account, import) = (lease.account.0, lease.import.number());
    let mut by_field: BTreeMap<FieldNumber, Vec<i64>> = BTreeMap::new();
    for (place, field) in &cells.dropped {
        by_field.entry(*field).or_default().push(place_number(*place));
    }
    for (field, places) in by_field {
        let of_field = params![account, import, i64::from(field.0)];
        for table in ["plan_cell", "plan_new"] {
            let sql = format!(
                "DELETE FROM {table} WHERE account = ?1 AND import = ?2 AND field = ?3 AND place IN ({{these}})"
            );
            transaction.each_among(&sql, of_field, &places, |_| Ok(()))?;
        }
    }
    for LaterClaim { claim, place, field } in &cells.released {
        transaction.execute(
            "DELETE FROM plan_claim WHERE account = ?1 AND import = ?2 AND kind = ?3 AND key = ?4 AND place = ?5 AND field = ?6",
            params![
                account,
                import,
                claim_kind_number(claim.kind),
                &claim.key,
                place_number(*place),
                i64::from(field.0)
            ],
        )?;
    }
    Ok(())
}

fn add_counts(transaction: &mut Connection, lease: &Lease, change: &Counts) -> Result<()> {
    transaction.execute(
        "UPDATE import SET users_to_edit = users_to_edit + ?3, cells_to_edit = cells_to_edit + ?4,
                cells_to_clear = cells_to_clear + ?5, rows_with_errors = rows_with_errors + ?6, errors = errors + ?7,
                conflicts = conflicts + ?8, left_out = left_out + ?9, users_to_create = users_to_create + ?10,
                users_in_conflict = users_in_conflict + ?11, made_inactive = made_inactive + ?12, users_cleared = users_cleared + ?13,
                emails_changed = emails_changed + ?14, usernames_changed = usernames_changed + ?15
         WHERE account = ?1 AND id = ?2",
        params![
            lease.account.0,
            lease.import.number(),
            change.users_to_edit,
            change.cells_to_edit,
            change.cells_to_clear,
            change.rows_with_errors,
            change.errors,
            change.conflicts,
            change.left_out,
            change.users_to_create,
            change.users_in_conflict,
            change.made_inactive,
            change.users_cleared,
            change.emails_changed,
            change.usernames_changed
        ],
    )?;
    Ok(())
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
