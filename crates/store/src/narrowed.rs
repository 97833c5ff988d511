//! Handles that are narrowed to one account, whose rows alone PostgreSQL lets them see (`wall`), and what is looked at beyond it all the same, each
//! for a reason that is named here.

use crate::AccountId;
use crate::engine::{Connection, Result, Rows, params};
use crate::store::Store;

/// Why a handle that is narrowed to one account looks at the rows of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// An email or a username is one user's in the whole deployment: whether somebody has it, and who.
    SignIns,
    /// What an administrator has in all accounts in which they have a role: the roles, word for them, mail to them.
    Administrators,
    /// The act is noted in the activity of several accounts.
    Activity,
}

impl Store {
    /// The same connections for what is done in one account: of PostgreSQL they see its rows alone, whatever a statement says.
    #[must_use]
    pub fn of(&self, account: AccountId) -> Self {
        let mut narrowed = self.clone();
        narrowed.rows = Rows::Of(account.0);
        narrowed
    }

    /// The same connections for what a narrowed handle has to know of other accounts.
    pub(crate) fn across(&self, _why: Why) -> Self {
        let mut store = self.clone();
        store.rows = Rows::All;
        store
    }

    /// Whether rows of an account are seen over this handle: what it finds nothing of is not to be kept as what there is.
    pub(crate) fn sees(&self, account: AccountId) -> bool {
        [Rows::All, Rows::Of(account.0)].contains(&self.rows)
    }

    /// Whether the database is one of PostgreSQL, and does not hold the role, by which it is asked, to the policies of its tables.
    ///
    /// # Errors
    /// When the database can't be asked.
    pub fn passes_walls(&self) -> Result<bool> {
        if self.directory_file().is_some() {
            return Ok(false);
        }
        let sql = "SELECT CAST(1 AS BIGINT) FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)";
        self.read(|connection| Ok(connection.one(sql, params![], |_| Ok(()))?.is_some()))
    }
}

/// Sees the rows of all accounts for a part of a transaction over a narrowed handle.
pub(crate) fn across<T>(
    transaction: &mut Connection,
    _why: Why,
    part: impl FnOnce(&mut Connection) -> Result<T>,
) -> Result<T> {
    transaction.seeing_all(part)
}
