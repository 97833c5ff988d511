//! Groups of equal claims of a plan: whether more than one row makes one, who they are, and the cells of all of them at once.

use directory::{Claim, Place, PlanCell, Where, Wrong};

use crate::engine::{Param, Result, params};
use crate::work::plan::{CELL, cell_of, claim_kind_number, file_of, holds, place_number, place_of};
use crate::{AccountId, ImportId, Lease, Store};

/// Equal claims of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimGroup {
    /// Some of the rows that make them, each with its file and its number there, in the order of the files.
    pub first: Vec<(Place, u16, u32)>,
    /// How many rows they are.
    pub rows: i64,
}

/// Rows of a group that are looked at to find the first of them in the file: of larger groups any of them are named.
const LOOKED_AT: i64 = 200;

/// Which claims of a group: its rows from one place to another.
const OF_GROUP: &str = "SELECT place, field FROM plan_claim
    WHERE account = ?1 AND import = ?2 AND kind = ?3 AND key = ?4 AND place >= ?5 AND place <= ?6";

impl Store {
    /// Whether more than one row of the plan makes a claim.
    pub fn is_claimed_twice(&self, account: AccountId, import: ImportId, claim: &Claim) -> Result<bool> {
        let of_claim =
            "FROM plan_claim WHERE account = ?1 AND import = ?2 AND kind = ?3 AND key = ?4 ORDER BY place";
        let values = params![account.0, import.number(), claim_kind_number(claim.kind), &claim.key];
        self.read(|connection| {
            let mut end = |sql: String| connection.one(&sql, values, |row| row.integer(0));
            let first = end(format!("SELECT place {of_claim} LIMIT 1"))?;
            let last = end(format!("SELECT place {of_claim} DESC LIMIT 1"))?;
            Ok(first != last)
        })
    }

    /// A group of claims: at most `most` of its rows, and how many they are.
    pub fn claim_group(
        &self,
        account: AccountId,
        import: ImportId,
        claim: &Claim,
        most: usize,
    ) -> Result<ClaimGroup> {
        let values =
            params![account.0, import.number(), claim_kind_number(claim.kind), &claim.key, LOOKED_AT];
        self.read(|connection| {
            let mut first = connection.all(
                "SELECT c.place, p.row_number FROM plan_claim c
                 JOIN plan_cell p ON p.account = c.account AND p.import = c.import AND p.place = c.place AND p.field = c.field
                 WHERE c.account = ?1 AND c.import = ?2 AND c.kind = ?3 AND c.key = ?4 ORDER BY c.place LIMIT ?5",
                values,
                |row| Ok((place_of(row.integer(0)?)?, file_of(row.integer(1)?), row.integer(1)? as u32)),
            )?;
            first.sort_unstable_by_key(|(place, file, row)| (*file, *row, *place));
            first.truncate(most);
            let count = "SELECT COUNT(*) FROM plan_claim WHERE account = ?1 AND import = ?2 AND kind = ?3 AND key = ?4";
            let rows = connection.one(count, &values[..4], |row| row.integer(0))?;
            Ok(ClaimGroup { first, rows: rows.unwrap_or_default() })
        })
    }

    /// All cells of the rows of a group of claims, from one row to another, by place and field.
    pub fn rows_claiming(
        &self,
        account: AccountId,
        import: ImportId,
        claim: &Claim,
        range: (Place, Place),
    ) -> Result<Vec<PlanCell>> {
        self.read(|connection| {
            connection.all(
                &format!(
                    "{CELL} WHERE account = ?1 AND import = ?2 AND place IN (SELECT place FROM ({OF_GROUP}) c)
                     ORDER BY place, field"
                ),
                &of_group(account, import, claim, range),
                cell_of,
            )
        })
    }

    /// Makes errors of the cells that make a group of claims, from one row to another, while the work goes on. False when the lease
    /// was lost.
    pub fn refuse_claim(
        &self,
        lease: &Lease,
        claim: &Claim,
        range: (Place, Place),
        wrong: &Wrong,
    ) -> Result<bool> {
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            let mut values = of_group(lease.account, lease.import, claim, range).to_vec();
            values.extend_from_slice(params![
                wrong.code.word(),
                &wrong.detail,
                wrong.holder.map(Where::word)
            ]);
            transaction.execute(
                &format!(
                    "UPDATE plan_cell SET state = 3, code = ?7, detail = ?8, holder = ?9, suggestions = NULL
                     WHERE account = ?1 AND import = ?2 AND (place, field) IN ({OF_GROUP})"
                ),
                &values,
            )?;
            Ok(true)
        })
    }
}

fn of_group<'c>(
    account: AccountId,
    import: ImportId,
    claim: &'c Claim,
    (from, to): (Place, Place),
) -> [Param<'c>; 6] {
    [
        Param::from(account.0),
        Param::from(import.number()),
        Param::from(claim_kind_number(claim.kind)),
        Param::from(&claim.key),
        Param::from(place_number(from)),
        Param::from(place_number(to)),
    ]
}
