//! The warnings of an import: what is worth knowing about the whole of it. They are made with the plan; one that a fix may bring up or
//! settle is renewed with the step.

use directory::Code;

use crate::engine::{Connection, Result, params};
use crate::work::plan::holds;
use crate::{AccountId, ImportId, Lease, Store};

/// Something worth knowing about the whole file, or how often something happened in a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    /// What kind of thing.
    pub code: Code,
    /// The cell (`D2`) or the key of the field it is about; empty for the whole file.
    pub place: String,
    /// How many cells.
    pub cells: i64,
    /// What the sentence needs besides.
    pub detail: Option<String>,
}

/// A kind of warning after a step of fixes, in place of those of its code: one, or none any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenewedWarning {
    /// What kind of thing.
    pub code: Code,
    /// What is to be said of it now.
    pub warning: Option<Warning>,
}

fn insert(transaction: &mut Connection, (account, import): (i64, i64), warning: &Warning) -> Result<()> {
    transaction.execute(
        "INSERT INTO warning (account, import, code, place, cells, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![account, import, warning.code.word(), &warning.place, warning.cells, &warning.detail],
    )?;
    Ok(())
}

/// Puts a warning in place of those of its code, and counts anew how many there are.
pub(crate) fn renew(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
    renewed: &RenewedWarning,
) -> Result<()> {
    let of = (account.0, import.number());
    let sql = "DELETE FROM warning WHERE account = ?1 AND import = ?2 AND code = ?3";
    transaction.execute(sql, params![of.0, of.1, renewed.code.word()])?;
    renewed.warning.iter().try_for_each(|warning| insert(transaction, of, warning))?;
    let sql =
        "UPDATE import SET warnings = (SELECT COUNT(*) FROM warning w WHERE w.account = ?1 AND w.import = ?2)
               WHERE account = ?1 AND id = ?2";
    transaction.execute(sql, params![of.0, of.1])?;
    Ok(())
}

impl Store {
    /// Renews a warning while the work goes on. False when the lease was lost.
    pub fn renew_warning(&self, lease: &Lease, renewed: &RenewedWarning) -> Result<bool> {
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(false);
            }
            renew(transaction, lease.account, lease.import, renewed)?;
            Ok(true)
        })
    }

    /// Keeps the warnings of an import, in place of those it had. Nothing happens when the lease was lost.
    pub fn keep_warnings(&self, lease: &Lease, warnings: &[Warning]) -> Result<()> {
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(());
            }
            let (account, import) = (lease.account.0, lease.import.number());
            transaction.execute(
                "DELETE FROM warning WHERE account = ?1 AND import = ?2",
                params![account, import],
            )?;
            warnings.iter().try_for_each(|warning| insert(transaction, (account, import), warning))
        })
    }

    /// The warnings of an import.
    pub fn warnings(&self, account: AccountId, import: ImportId) -> Result<Vec<Warning>> {
        let found = self.read(|connection| {
            connection.all(
                "SELECT code, place, cells, detail FROM warning WHERE account = ?1 AND import = ?2 ORDER BY code, place",
                params![account.0, import.number()],
                |row| {
                    let code = Code::of_word(row.text(0)?);
                    let (place, cells, detail) = (row.string(1)?, row.integer(2)?, row.maybe_string(3)?);
                    Ok(code.map(|code| Warning { code, place, cells, detail }))
                },
            )
        })?;
        Ok(found.into_iter().flatten().collect())
    }
}
