//! Which rows of an import have problems or are left out, and whether its file is still there: what a report is made of.

use directory::{FieldNumber, Place, standard};

use crate::engine::{Result, params};
use crate::work::plan::{file_of, place_of};
use crate::{AccountId, ImportId, Store};

impl Store {
    /// The rows of the plan that have errors or open conflicts or are left out, those that wait for support apart, in the order of a file, each with its number there (0
    /// when it stands in another one, or in none).
    pub fn rows_with_problems(
        &self,
        account: AccountId,
        import: ImportId,
        file: u16,
    ) -> Result<Vec<(u32, Place)>> {
        let mut rows = self.read(|connection| {
            connection.all(
                "SELECT c.place, MAX(c.row_number) FROM plan_cell c WHERE c.account = ?1 AND c.import = ?2 AND c.place IN
                     (SELECT p.place FROM plan_cell p WHERE p.account = ?1 AND p.import = ?2 AND p.state > 1
                          AND (p.state = 3 OR (p.state = 2 AND p.chosen IS NULL))
                      UNION SELECT l.place FROM left_out l WHERE l.account = ?1 AND l.import = ?2)
                     AND NOT EXISTS (SELECT 1 FROM left_out l JOIN ticket_value v ON v.account = l.account AND v.import = l.import
                         AND v.place = l.place JOIN ticket t ON t.number = v.number
                         WHERE l.account = ?1 AND l.import = ?2 AND l.place = c.place AND t.state <> 'withdrawn')
                 GROUP BY c.place",
                params![account.0, import.number()],
                |row| {
                    let place = place_of(row.integer(0)?)?;
                    let (of, number) = match place {
                        Place::Row { file, row } => (file, row),
                        Place::User(_) => (file_of(row.integer(1)?), row.integer(1)? as u32),
                    };
                    Ok((if of == file { number } else { 0 }, place))
                },
            )
        })?;
        // Those that no file holds come last.
        rows.sort_unstable_by_key(|(row, place)| (row.wrapping_sub(1), *place));
        Ok(rows)
    }

    /// The fields that the plan has something to say about, but the file has no column for.
    pub fn fields_beyond_the_file(&self, account: AccountId, import: ImportId) -> Result<Vec<FieldNumber>> {
        self.read(|connection| {
            connection.all(
                "SELECT DISTINCT field FROM plan_cell WHERE account = ?1 AND import = ?2 AND column_number = 0 AND field <> ?3
                 ORDER BY field",
                params![account.0, import.number(), i64::from(standard::USER.0)],
                |row| Ok(FieldNumber(row.integer(0)? as u32)),
            )
        })
    }

    /// Whether the uploaded file of an import is still kept for people to have. One that came before somebody was erased may name them: until
    /// its import is at its end it is kept for the work alone.
    pub fn is_upload_kept(&self, account: AccountId, import: ImportId) -> Result<bool> {
        self.read(|connection| {
            // What a table came in holds what is nobody's business: it is sent to nobody.
            let sql = "SELECT 1 FROM upload u WHERE u.account = ?1 AND u.import = ?2 AND u.part = 0 AND u.file > 0 AND NOT EXISTS
                           (SELECT 1 FROM foreign_table f WHERE f.account = u.account AND f.import = u.import AND f.rewritten = 0)
                       AND NOT EXISTS (SELECT 1 FROM import i JOIN account a ON a.id = i.account
                           WHERE i.account = u.account AND i.id = u.import AND a.erased_at >= i.created_at AND a.erased_at > 0)";
            Ok(connection.one(sql, params![account.0, import.number()], |_| Ok(()))?.is_some())
        })
    }
}
