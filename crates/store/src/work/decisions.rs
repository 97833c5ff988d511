//! Decisions about the columns and sheets of a file, kept among the steps of its import: made in review, or sent along with the file.

use directory::{About, Decision, Decisions, FieldNumber};

use crate::engine::{Connection, Result, params};
use crate::{AccountId, ImportId, Store, Time};

/// Keeps decisions as a step of an import. Those about sheets are told apart by a number in the place of the field.
pub(super) fn keep_decisions(
    transaction: &mut Connection,
    (account, import, step): (AccountId, ImportId, i64),
    decisions: &[(Decision, About)],
    (actor, at): (&str, Time),
) -> Result<()> {
    for (number, (decision, about)) in (1_i64..).zip(decisions) {
        let (field, sheet) = match about {
            About::Field(field) => (i64::from(field.0), None),
            About::Sheet(name) => (-number, Some(name.as_str())),
        };
        let word = decision.word();
        transaction.execute(
            "INSERT INTO fix (account, import, step, place, field, kind, value, actor, at)
             VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING",
            params![account.0, import.number(), step, field, word, sheet, actor, at.0],
        )?;
    }
    Ok(())
}

impl Store {
    /// What was decided about the file, its columns and its sheets.
    pub fn decisions(&self, account: AccountId, import: ImportId) -> Result<Decisions> {
        let found = self.read(|connection| {
            let sql = "SELECT kind, field, value FROM fix WHERE account = ?1 AND import = ?2 AND place = 0 AND undone = 0
                 ORDER BY step, field DESC";
            connection.all(sql, params![account.0, import.number()], |row| {
                let field = FieldNumber(u32::try_from(row.integer(1)?).unwrap_or_default());
                let Some(decision) = Decision::of_word(row.text(0)?) else { return Ok(None) };
                let sheet = row.maybe_string(2)?.filter(|_| decision.is_of_sheet());
                Ok(Some((decision, sheet.map_or(About::Field(field), About::Sheet))))
            })
        })?;
        Ok(found.into_iter().flatten().collect())
    }
}
