//! What readers say of the help, in a table that stays small whatever strangers send.

use crate::engine::{Connection, Result, params};
use crate::{Randomness, Store, Time};

/// What a reader said of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// When.
    pub at: Time,
    /// Whether it helped.
    pub helpful: bool,
    /// What was missing: words of the program, a space between.
    pub reasons: String,
    /// In the reader's own words; may be empty.
    pub said: String,
}

/// How many are kept of one sender within an hour.
const AN_HOUR_MOST: i64 = 5;
/// How many are kept at all; the oldest go.
const MOST: i64 = 5_000;
/// So many go at once when there are more.
const AT_ONCE: i64 = 500;
const HOUR: i64 = 60 * 60 * 1000;
/// Senders are known for so long.
const SENDER_KNOWN_FOR: i64 = 24 * HOUR;

impl Store {
    /// Keeps what a reader said; `sender` is a digest of where it came from. False when too many came from there within the last hour:
    /// nothing is kept then.
    pub fn keep_feedback(&self, feedback: &Feedback, sender: &str) -> Result<bool> {
        self.write_work(|transaction| {
            let at = feedback.at.0;
            transaction.execute(
                "UPDATE feedback SET sender = '' WHERE sender <> '' AND (at < ?1 OR at > ?2)",
                params![at - SENDER_KNOWN_FOR, at + SENDER_KNOWN_FOR],
            )?;
            let sql = "SELECT COUNT(*) FROM feedback WHERE sender = ?1 AND at > ?2";
            let before = transaction.one(sql, params![sender, at - HOUR], |row| row.integer(0))?;
            if before.unwrap_or_default() >= AN_HOUR_MOST {
                return Ok(false);
            }
            transaction.execute(
                "INSERT INTO feedback (id, at, sender, helpful, reasons, said)
                 SELECT COALESCE(MAX(id), 0) + 1, CAST(?1 AS BIGINT), ?2, CAST(?3 AS BIGINT), ?4, ?5 FROM feedback",
                params![at, sender, i64::from(feedback.helpful), &feedback.reasons, &feedback.said],
            )?;
            make_room(transaction)?;
            Ok(true)
        })
    }

    /// What readers said, the newest first.
    pub fn feedback(&self) -> Result<Vec<Feedback>> {
        self.read(|connection| {
            let sql = "SELECT at, helpful, reasons, said FROM feedback ORDER BY id DESC";
            connection.all(sql, params![], |row| {
                Ok(Feedback {
                    at: Time(row.integer(0)?),
                    helpful: row.integer(1)? == 1,
                    reasons: row.string(2)?,
                    said: row.string(3)?,
                })
            })
        })
    }

    /// Letters that nobody else knows, the same for every process: what makes the time that stands in a form one of ours.
    pub fn feedback_secret(&self, randomness: &Randomness) -> Result<String> {
        let sql = "SELECT letters FROM feedback_secret";
        if let Some(letters) = self.read(|connection| connection.one(sql, params![], |row| row.string(0)))? {
            return Ok(letters);
        }
        let new = randomness.letters(32);
        self.write_work(|transaction| {
            let insert =
                "INSERT INTO feedback_secret (one, letters) VALUES (1, ?1) ON CONFLICT (one) DO NOTHING";
            transaction.execute(insert, params![&new])?;
            Ok(transaction.one(sql, params![], |row| row.string(0))?.unwrap_or_default())
        })
    }
}

fn make_room(transaction: &mut Connection) -> Result<()> {
    let count = transaction.one("SELECT COUNT(*) FROM feedback", params![], |row| row.integer(0))?;
    if count.unwrap_or_default() > MOST {
        let sql =
            format!("DELETE FROM feedback WHERE id IN (SELECT id FROM feedback ORDER BY id LIMIT {AT_ONCE})");
        transaction.execute(&sql, params![])?;
    }
    Ok(())
}
