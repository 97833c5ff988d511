//! Decisions about the columns of a file, kept among the steps of its import: made in review, or sent along with the file.

use directory::{Decision, Decisions, FieldNumber};

use crate::engine::{Connection, Result, params};
use crate::{AccountId, ImportId, Store, Time};

/// Keeps decisions about columns as a step of an import.
pub(super) fn keep_decisions(
    transaction: &mut Connection,
    (account, import, step): (AccountId, ImportId, i64),
    decisions: &[(Decision, FieldNumber)],
    (actor, at): (&str, Time),
) -> Result<()> {
    for (decision, field) in decisions {
        let (field, word) = (i64::from(field.0), decision.word());
        transaction.execute(
            "INSERT INTO fix (account, import, step, place, field, kind, value, actor, at)
             VALUES (?1, ?2, ?3, 0, ?4, ?5, NULL, ?6, ?7) ON CONFLICT DO NOTHING",
            params![account.0, import.number(), step, field, word, actor, at.0],
        )?;
    }
    Ok(())
}

impl Store {
    /// What was decided about columns of the file.
    pub fn decisions(&self, account: AccountId, import: ImportId) -> Result<Decisions> {
        let found = self.read(|connection| {
            let sql =
                "SELECT kind, field FROM fix WHERE account = ?1 AND import = ?2 AND place = 0 AND undone = 0";
            connection.all(sql, params![account.0, import.number()], |row| {
                let field = FieldNumber(row.integer(1)? as u32);
                Ok(Decision::of_word(row.text(0)?).map(|decision| (decision, field)))
            })
        })?;
        Ok(found.into_iter().flatten().collect())
    }
}
