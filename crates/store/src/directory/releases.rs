//! What support changed of an account's users, for its owners to read: the history says it, beside it stands only how far they have read.

use directory::{FieldNumber, UserId};

use crate::engine::{Result, params};
use crate::ids::user_id;
use crate::{AccountId, Store, Time};

/// A field of a user that support changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The revision.
    pub revision: u64,
    /// When.
    pub at: Time,
    /// Whose.
    pub user: UserId,
    /// Which field.
    pub field: FieldNumber,
}

/// So many are told at once; the history has all of them.
const TOLD: i64 = 50;

/// Whether support changed something that was not dismissed.
const UNREAD: &str = "SELECT 1 FROM revision WHERE account = ?1 AND SUBSTR(actor, 1, 9) = 'operator:'
    AND revision > COALESCE((SELECT s.revision FROM releases_read s WHERE s.account = ?1), 0) LIMIT 1";

impl Store {
    /// What support changed that the owners of an account have not dismissed yet, oldest first.
    pub fn unread_releases(&self, account: AccountId) -> Result<Vec<Release>> {
        self.read(|connection| {
            // Nearly always there are none, which is known without a look at the history.
            if connection.one(UNREAD, params![account.0], |_| Ok(()))?.is_none() {
                return Ok(Vec::new());
            }
            connection.all(
                "SELECT r.revision, r.at, h.user_id, h.field FROM revision r
                 JOIN history h ON h.account = r.account AND h.revision = r.revision
                 WHERE r.account = ?1 AND SUBSTR(r.actor, 1, 9) = 'operator:'
                   AND r.revision > COALESCE((SELECT s.revision FROM releases_read s WHERE s.account = ?1), 0)
                 ORDER BY r.revision, h.user_id, h.field LIMIT ?2",
                params![account.0, TOLD],
                |row| {
                    Ok(Release {
                        revision: row.integer(0)? as u64,
                        at: Time(row.integer(1)?),
                        user: user_id(row.integer(2)?)?,
                        field: FieldNumber(row.integer(3)? as u32),
                    })
                },
            )
        })
    }

    /// Whether support changed something of an account after a revision.
    pub fn was_released_after(&self, account: AccountId, revision: i64) -> Result<bool> {
        self.read(|connection| {
            let sql = "SELECT 1 FROM revision WHERE account = ?1 AND revision > ?2 AND SUBSTR(actor, 1, 9) = 'operator:' LIMIT 1";
            Ok(connection.one(sql, params![account.0, revision], |_| Ok(()))?.is_some())
        })
    }

    /// When a user was changed last.
    pub fn last_change(&self, account: AccountId, user: UserId) -> Result<Option<Time>> {
        self.read(|connection| {
            let sql = "SELECT MAX(r.at) FROM history h JOIN revision r ON r.account = h.account AND r.revision = h.revision
                       WHERE h.account = ?1 AND h.user_id = ?2";
            let at = connection.one(sql, params![account.0, user.number() as i64], |row| row.maybe_integer(0))?;
            Ok(at.flatten().map(Time))
        })
    }

    /// The owners have read what support changed up to a revision.
    pub fn dismiss_releases(&self, account: AccountId, revision: u64) -> Result<()> {
        self.write_directory(|transaction| {
            transaction.execute(
                "INSERT INTO releases_read (account, revision) VALUES (?1, ?2)
                 ON CONFLICT (account) DO UPDATE SET revision = excluded.revision
                 WHERE releases_read.revision < excluded.revision",
                params![account.0, revision as i64],
            )?;
            Ok(())
        })
    }
}
