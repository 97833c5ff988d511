//! Rows of a plan, many together: by their places, or one after the other. Whoever follows a moved directory or makes a report reads
//! them here.

use std::collections::HashSet;

use directory::{FieldNumber, Place, PlanCell, UserId};

use crate::engine::{Result, params};
use crate::ids::user_id;
use crate::work::plan::{CELL, cell_of, place_number, place_of};
use crate::{AccountId, ImportId, Store};

impl Store {
    /// The cells of the rows at these places (each named once), row by row, by field within.
    pub fn plan_rows(&self, account: AccountId, import: ImportId, places: &[Place]) -> Result<Vec<PlanCell>> {
        let sql = format!(
            "{CELL} WHERE account = ?1 AND import = ?2 AND place IN ({{these}}) ORDER BY place, field"
        );
        let mut cells = Vec::new();
        self.read(|connection| {
            connection.each_numbered(&sql, params![account.0, import.number()], &numbers_of(places), |row| {
                cells.push(cell_of(row)?);
                Ok(())
            })
        })?;
        Ok(cells)
    }

    /// The users whose rows are in the plan after one of them, ascending: at most `limit`.
    pub fn users_of_plan(
        &self,
        account: AccountId,
        import: ImportId,
        after: Option<UserId>,
        limit: usize,
    ) -> Result<Vec<UserId>> {
        let after = after.map_or(-1, |user| user.number() as i64);
        self.read(|connection| {
            connection.all(
                "SELECT DISTINCT place FROM plan_cell WHERE account = ?1 AND import = ?2 AND place > ?3 ORDER BY place LIMIT ?4",
                params![account.0, import.number(), after, limit as i64],
                |row| user_id(row.integer(0)?),
            )
        })
    }

    /// Cells that name a user in one of these fields and would write that, after one of them (by place and field): at most `limit`.
    pub fn cells_naming_users(
        &self,
        account: AccountId,
        import: ImportId,
        fields: &[FieldNumber],
        after: Option<(Place, FieldNumber)>,
        limit: usize,
    ) -> Result<Vec<PlanCell>> {
        let (place, field) =
            after.map_or((i64::MIN, 0), |(place, field)| (place_number(place), i64::from(field.0)));
        let fields: Vec<String> = fields.iter().map(|field| field.0.to_string()).collect();
        let sql = format!(
            "{CELL} WHERE account = ?1 AND import = ?2 AND (place, field) > (?3, ?4) AND field IN ({})
                 AND mine IS NOT NULL AND state IN (1, 2)
             ORDER BY place, field LIMIT ?5",
            fields.join(", ")
        );
        self.read(|connection| {
            connection.all(&sql, params![account.0, import.number(), place, field, limit as i64], cell_of)
        })
    }

    /// The cells of a field after a row: at most `limit`, by place.
    pub fn cells_of_field(
        &self,
        account: AccountId,
        import: ImportId,
        field: FieldNumber,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Vec<PlanCell>> {
        let (after, field) = (after.map_or(i64::MIN, place_number), i64::from(field.0));
        let sql = format!(
            "{CELL} WHERE account = ?1 AND import = ?2 AND place > ?3 AND field = ?4 ORDER BY place LIMIT ?5"
        );
        let values = params![account.0, import.number(), after, field, limit as i64];
        self.read(|connection| connection.all(&sql, values, cell_of))
    }

    /// Which of these rows are left out.
    pub fn left_out_among(
        &self,
        account: AccountId,
        import: ImportId,
        places: &[Place],
    ) -> Result<HashSet<Place>> {
        self.places_among("left_out WHERE account = ?1 AND import = ?2", account, import, places)
    }

    /// Which of these rows are not to be written: those with an error and those left out.
    pub fn held_among(
        &self,
        account: AccountId,
        import: ImportId,
        places: &[Place],
    ) -> Result<HashSet<Place>> {
        let mut held = self.left_out_among(account, import, places)?;
        let wrong = "plan_cell WHERE account = ?1 AND import = ?2 AND state = 3";
        held.extend(self.places_among(wrong, account, import, places)?);
        Ok(held)
    }

    fn places_among(
        &self,
        from: &str,
        account: AccountId,
        import: ImportId,
        places: &[Place],
    ) -> Result<HashSet<Place>> {
        let sql = format!("SELECT place FROM {from} AND place IN ({{these}})");
        let mut found = HashSet::new();
        self.read(|connection| {
            connection.each_numbered(&sql, params![account.0, import.number()], &numbers_of(places), |row| {
                found.insert(place_of(row.integer(0)?)?);
                Ok(())
            })
        })?;
        Ok(found)
    }

    /// The rows that are left out after one of them, in the order of their numbers: at most `limit`.
    pub fn left_out_after(
        &self,
        account: AccountId,
        import: ImportId,
        after: Option<Place>,
        limit: usize,
    ) -> Result<Vec<Place>> {
        let after = after.map_or(i64::MIN, place_number);
        self.read(|connection| {
            connection.all(
                "SELECT place FROM left_out WHERE account = ?1 AND import = ?2 AND place > ?3 ORDER BY place LIMIT ?4",
                params![account.0, import.number(), after, limit as i64],
                |row| place_of(row.integer(0)?),
            )
        })
    }
}

/// The numbers of places, ascending.
fn numbers_of(places: &[Place]) -> Vec<i64> {
    let mut numbers: Vec<i64> = places.iter().copied().map(place_number).collect();
    numbers.sort_unstable();
    numbers
}
