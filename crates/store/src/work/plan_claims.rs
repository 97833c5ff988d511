//! Groups of equal claims of a plan: whether more than one row makes one, who they are, and the cells of all of them at once.

use directory::{Claim, Counts, Place, PlanCell, UserId, Where, Wrong, standard};

use crate::engine::{Param, Result, Row, params};
use crate::narrowed::Why;
use crate::work::plan::{
    CELL, LaterClaim, OF_FIELDS, ROW, cell_of, claim_kind_number, claim_of, file_of, holds, place_number,
    place_of, place_of_claim,
};
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
        let ends =
            format!("SELECT (SELECT place {of_claim} LIMIT 1), (SELECT place {of_claim} DESC LIMIT 1)");
        let values = params![account.0, import.number(), claim_kind_number(claim.kind), &claim.key];
        let ends = self.read(|connection| {
            connection.one(&ends, values, |row| Ok((row.maybe_integer(0)?, row.maybe_integer(1)?)))
        })?;
        Ok(ends.is_some_and(|(first, last)| first != last))
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
            let first = connection.all(
                "SELECT c.place, p.row_number FROM plan_claim c
                 JOIN plan_cell p ON p.account = c.account AND p.import = c.import AND p.place = c.place AND p.field = c.field
                 WHERE c.account = ?1 AND c.import = ?2 AND c.kind = ?3 AND c.key = ?4 ORDER BY c.place LIMIT ?5",
                values,
                line_of,
            )?;
            let count = "SELECT COUNT(*) FROM plan_claim WHERE account = ?1 AND import = ?2 AND kind = ?3 AND key = ?4";
            let rows = connection.one(count, &values[..4], |row| row.integer(0))?.unwrap_or_default();
            Ok(ClaimGroup::of(first, most, rows))
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

impl Store {
    /// The claims of the plan after one (by kind and key) that another user has, in their order: at most `limit`.
    pub fn held_claims_after(
        &self,
        account: AccountId,
        import: ImportId,
        after: Option<&LaterClaim>,
        limit: usize,
    ) -> Result<Vec<LaterClaim>> {
        let (kind, key, place, field) = after.map_or((-1, "", 0, 0), place_of_claim);
        // The plan is walked, and what is claimed is looked up.
        let of_plan =
            "c.account = ?1 AND c.import = ?2 AND (c.kind, c.key, c.place, c.field) > (?3, ?4, ?5, ?6)";
        let logins = if account.is_practice() {
            // What its users sign in with is claimed in it alone (directory/claims.rs).
            let (email, username) = (standard::EMAIL.0, standard::USERNAME.0);
            format!(
                "unique_key k WHERE {of_plan} AND c.kind IN (1, 2) AND k.account = ?1
                 AND k.field = CASE c.kind WHEN 1 THEN {email} ELSE {username} END AND k.key = c.key AND k.user_id <> c.place"
            )
        } else {
            format!(
                "login_key k WHERE {of_plan} AND c.kind IN (1, 2) AND k.kind = c.kind AND k.key = c.key
                 AND (k.account <> ?1 OR k.user_id <> c.place)"
            )
        };
        // By what might fail no row is looked up before the wall was asked (`together`): the number of a field is reckoned apart.
        let apart = if self.is_sqlite() { "" } else { "OFFSET 0" };
        let sql = format!(
            "SELECT c.kind, c.key, c.place, c.field FROM plan_claim c CROSS JOIN {logins}
             UNION ALL
             SELECT c.kind, c.key, c.place, c.field FROM
                 (SELECT c.kind, c.key, c.place, c.field, c.kind - {OF_FIELDS} AS number FROM plan_claim c
                  WHERE {of_plan} AND c.kind >= {OF_FIELDS} {apart}) c CROSS JOIN unique_key k
             WHERE k.account = ?1 AND k.field = c.number AND k.key = c.key AND k.user_id <> c.place
             ORDER BY 1, 2, 3, 4 LIMIT ?7"
        );
        let values = params![account.0, import.number(), kind, key, place, field, limit as i64];
        self.across(Why::SignIns).read(|connection| connection.all(&sql, values, claim_of))
    }

    /// The rows that share a User ID after one of them, by user and what they say: at most `limit`.
    pub fn speaking_after(
        &self,
        account: AccountId,
        import: ImportId,
        after: Option<&LaterClaim>,
        limit: usize,
    ) -> Result<Vec<LaterClaim>> {
        let (key, place) =
            after.map_or(("", i64::MIN), |after| (after.claim.key.as_str(), place_number(after.place)));
        self.read(|connection| {
            connection.all(
                "SELECT kind, key, place, field FROM plan_claim
                 WHERE account = ?1 AND import = ?2 AND kind = ?3 AND (key, place) > (?4, ?5) ORDER BY key, place LIMIT ?6",
                params![account.0, import.number(), ROW, key, place, limit as i64],
                claim_of,
            )
        })
    }

    /// The rows that stand for a user whose ID several rows share: at most `limit`.
    pub fn speaking_for(
        &self,
        account: AccountId,
        import: ImportId,
        user: UserId,
        limit: usize,
    ) -> Result<Vec<LaterClaim>> {
        let [from, to] = keys_of(user);
        self.read(|connection| {
            connection.all(
                "SELECT kind, key, place, field FROM plan_claim
                 WHERE account = ?1 AND import = ?2 AND kind = ?3 AND key >= ?4 AND key < ?5 ORDER BY key, place LIMIT ?6",
                params![account.0, import.number(), ROW, &from, &to, limit as i64],
                claim_of,
            )
        })
    }

    /// The same as a group: at most `most` of them with their rows, and how many they are.
    pub fn shared_group(
        &self,
        account: AccountId,
        import: ImportId,
        user: UserId,
        most: usize,
    ) -> Result<ClaimGroup> {
        let [from, to] = keys_of(user);
        let values = params![account.0, import.number(), ROW, &from, &to, LOOKED_AT];
        let of_user = "c.account = ?1 AND c.import = ?2 AND c.kind = ?3 AND c.key >= ?4 AND c.key < ?5";
        self.read(|connection| {
            let sql = format!(
                "SELECT c.place, p.row_number FROM plan_claim c
                 JOIN plan_cell p ON p.account = c.account AND p.import = c.import AND p.place = c.place AND p.field = c.field
                 WHERE {of_user} ORDER BY c.key, c.place LIMIT ?6"
            );
            let first = connection.all(&sql, values, line_of)?;
            let count = format!("SELECT COUNT(*) FROM plan_claim c WHERE {of_user}");
            let rows = connection.one(&count, &values[..5], |row| row.integer(0))?.unwrap_or_default();
            Ok(ClaimGroup::of(first, most, rows))
        })
    }

    /// Takes rows out of the plan, while the work goes on. Nothing happens when the lease was lost.
    pub fn drop_rows(&self, lease: &Lease, places: &[Place]) -> Result<()> {
        if places.is_empty() {
            return Ok(());
        }
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(());
            }
            for place in places {
                for table in ["plan_cell", "plan_claim"] {
                    let sql =
                        format!("DELETE FROM {table} WHERE account = ?1 AND import = ?2 AND place = ?3");
                    let values = params![lease.account.0, lease.import.number(), place_number(*place)];
                    transaction.execute(&sql, values)?;
                }
            }
            Ok(())
        })
    }

    /// What the rows that share a User ID and differ add to the counts of a plan.
    pub fn contested_counts(&self, account: AccountId, import: ImportId) -> Result<Counts> {
        let sql = "SELECT COALESCE(SUM(CASE WHEN c.field = 0 THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN c.state = 3 THEN 1 ELSE 0 END), 0),
                          COALESCE(SUM(CASE WHEN c.state = 2 AND c.chosen IS NULL THEN 1 ELSE 0 END), 0)
                   FROM plan_cell m JOIN plan_cell c ON c.account = m.account AND c.import = m.import AND c.place = m.place
                   WHERE m.account = ?1 AND m.import = ?2 AND m.place < 0 AND m.field = 0 AND m.state > 1 AND m.state = 3
                     AND m.code = 'user_id_duplicate'";
        let counted = self.read(|connection| {
            connection.one(sql, params![account.0, import.number()], |row| {
                let (rows_with_errors, errors, conflicts) =
                    (row.integer(0)?, row.integer(1)?, row.integer(2)?);
                Ok(Counts { rows_with_errors, errors, conflicts, ..Counts::default() })
            })
        })?;
        Ok(counted.unwrap_or_default())
    }
}

/// The keys of the rows of a user, from one to before another.
fn keys_of(user: UserId) -> [String; 2] {
    ['#', '$'].map(|end| format!("{user}{end}"))
}

fn line_of(row: &Row<'_>) -> Result<(Place, u16, u32)> {
    Ok((place_of(row.integer(0)?)?, file_of(row.integer(1)?), row.integer(1)? as u32))
}

impl ClaimGroup {
    fn of(mut first: Vec<(Place, u16, u32)>, most: usize, rows: i64) -> Self {
        first.sort_unstable_by_key(|(place, file, row)| (*file, *row, *place));
        first.truncate(most);
        Self { first, rows }
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
