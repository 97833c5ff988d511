//! Failures of signing in, counted under digests, in a table that stays small whatever strangers send.

use crate::engine::{Connection, Result, params};
use crate::migrations::Part;
use crate::{Store, Time};

/// What failures are counted of; what may be let go when there are too many, depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AttemptKind {
    /// Somebody who is an administrator. There are as many as the operator made, so none is let go: nobody washes the counter of whom
    /// they attack out with those of others.
    Administrator,
    /// An email of nobody.
    Nobody,
    /// An address.
    Address,
    /// A browser in which an administrator signed in before.
    Device,
}

/// How many counters of a kind are kept that strangers can make.
const MOST: i64 = 20_000;
/// So many go at once when there are more.
const AT_ONCE: i64 = 1_000;
/// Failures of so long ago count no more: 12 hours.
const COUNTS_FOR: i64 = 12 * 60 * 60 * 1000;

impl AttemptKind {
    fn number(self) -> i64 {
        match self {
            Self::Administrator => 1,
            Self::Nobody => 2,
            Self::Address => 3,
            Self::Device => 4,
        }
    }

    /// What is let go first. Of emails of nobody those that failed least often, so that one that was tried often goes on as one of an
    /// administrator would; of addresses those that were quiet longest.
    fn first_to_go(self) -> Option<&'static str> {
        match self {
            Self::Administrator | Self::Device => None,
            Self::Nobody => Some("failures, last_at"),
            Self::Address => Some("last_at"),
        }
    }
}

impl Store {
    /// How often signing in failed for a subject (a digest) in a row, and when last.
    pub fn failures(&self, subject: &str) -> Result<(i64, Time)> {
        let found = self.read(|connection| {
            let sql = "SELECT failures, last_at FROM attempt WHERE subject = ?1";
            connection.one(sql, params![subject], |row| Ok((row.integer(0)?, Time(row.integer(1)?))))
        })?;
        Ok(found.unwrap_or_default())
    }

    /// Counts one more failure of a subject. What counts no more is forgotten on the way, and what is too many.
    pub fn note_failure(&self, subject: &str, kind: AttemptKind, at: Time) -> Result<()> {
        self.write_work(|transaction| {
            // Not further ahead either: the clock was set back meanwhile.
            transaction.execute(
                "DELETE FROM attempt WHERE last_at < ?1 OR last_at > ?2",
                params![at.0 - COUNTS_FOR, at.0 + COUNTS_FOR],
            )?;
            transaction.execute(
                "INSERT INTO attempt (subject, kind, failures, last_at) VALUES (?1, ?2, 1, ?3)
                 ON CONFLICT (subject) DO UPDATE SET failures = attempt.failures + 1, last_at = excluded.last_at",
                params![subject, kind.number(), at.0],
            )?;
            kind.first_to_go().map_or(Ok(()), |order| make_room(transaction, subject, kind, order))?;
            self.note(transaction, Part::Work)
        })
    }

    /// Forgets the failures of a subject, after a success.
    pub fn clear_failures(&self, subject: &str) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute("DELETE FROM attempt WHERE subject = ?1", params![subject])?;
            Ok(())
        })
    }
}

fn make_room(transaction: &mut Connection, subject: &str, kind: AttemptKind, order: &str) -> Result<()> {
    let sql = "SELECT COUNT(*) FROM attempt WHERE kind = ?1";
    let count = transaction.one(sql, params![kind.number()], |row| row.integer(0))?.unwrap_or_default();
    if count > MOST {
        let sql = format!(
            "DELETE FROM attempt WHERE subject IN
                 (SELECT subject FROM attempt WHERE kind = ?1 AND subject <> ?2 ORDER BY {order} LIMIT {AT_ONCE})"
        );
        transaction.execute(&sql, params![kind.number(), subject])?;
    }
    Ok(())
}
