//! Sessions, one-time links and the browsers that signed in before. They lie with the work, beside the administrators that they are of.

use super::access::administrator_of;
use crate::Administrator;
use crate::engine::{Connection, Result, params};
use crate::migrations::Part;
use crate::{Store, Time};

/// A session, found by the digest of its cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who signed in.
    pub administrator: Administrator,
    /// When.
    pub created_at: Time,
    /// When it was last used, to the minute.
    pub seen_at: Time,
    /// Whether by a one-time link.
    pub by_link: bool,
}

/// How a session begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SessionStart {
    /// The kind of browser, if it says.
    pub agent: Option<String>,
    /// The address, shortened.
    pub address: Option<String>,
    /// Whether by a one-time link.
    pub by_link: bool,
    /// The digest of the session that the browser had before.
    pub before: Option<String>,
}

/// A session, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedSession {
    /// The digest of its cookie.
    pub hash: String,
    /// How it began.
    pub start: SessionStart,
    /// When.
    pub created_at: Time,
    /// When it was last used, to the minute.
    pub seen_at: Time,
}

/// How many browsers of an administrator are known.
const DEVICES_MOST: i64 = 20;

impl Store {
    /// Sets the password of an administrator; every session of theirs but `keep` ends, and links that were made before open no more.
    pub fn set_password(&self, administrator: i64, password: &str, keep: Option<&str>) -> Result<()> {
        self.write_directory(|transaction| {
            let sql = "UPDATE administrator SET password = ?2 WHERE id = ?1";
            transaction.execute_exactly(1, sql, params![administrator, password])?;
            self.note(transaction, Part::Directory)
        })?;
        self.write_work(|transaction| end_sessions_in(transaction, administrator, keep))?;
        self.write_work(|transaction| {
            let sql = "UPDATE session SET by_link = 0 WHERE administrator = ?1";
            transaction.execute(sql, params![administrator])
        })?;
        Ok(())
    }

    /// Ends the sessions of an administrator but `keep`, those that wait for their second factor, and the links that would begin one;
    /// answers how many sessions there were.
    pub fn end_sessions(&self, administrator: i64, keep: Option<&str>) -> Result<u64> {
        self.write_work(|transaction| {
            let ended = end_sessions_in(transaction, administrator, keep)?;
            self.note_with(transaction, Part::Work, &[("sessions", ended.to_string())])?;
            Ok(ended)
        })
    }

    /// Keeps a session under the digest of its cookie, in place of the one that the browser had before.
    pub fn start_session(
        &self,
        hash: &str,
        administrator: i64,
        start: &SessionStart,
        at: Time,
    ) -> Result<()> {
        self.write_work(|transaction| {
            if let Some(before) = &start.before {
                transaction.execute("DELETE FROM session WHERE hash = ?1", params![before])?;
            }
            let sql =
                "INSERT INTO session (hash, administrator, created_at, seen_at, agent, address, by_link)
                       VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6)";
            let params = params![hash, administrator, at.0, &start.agent, &start.address, start.by_link];
            transaction.execute(sql, params)?;
            self.note(transaction, Part::Work)
        })
    }

    /// The session of a digest, whatever its age.
    pub fn session(&self, hash: &str) -> Result<Option<Session>> {
        self.read(|connection| {
            let sql = "SELECT a.id, a.email, a.password, a.operator, a.language, s.created_at, s.seen_at, s.by_link FROM session s
                       JOIN administrator a ON a.id = s.administrator WHERE s.hash = ?1";
            connection.one(sql, params![hash], |row| {
                Ok(Session {
                    administrator: administrator_of(row)?,
                    created_at: Time(row.integer(5)?),
                    seen_at: Time(row.integer(6)?),
                    by_link: row.flag(7)?,
                })
            })
        })
    }

    /// The sessions of an administrator, whatever their age, the last used first.
    pub fn sessions(&self, administrator: i64) -> Result<Vec<ListedSession>> {
        self.read(|connection| {
            let sql = "SELECT hash, agent, address, by_link, created_at, seen_at FROM session WHERE administrator = ?1
                       ORDER BY seen_at DESC, hash";
            connection.all(sql, params![administrator], |row| {
                let start = SessionStart {
                    agent: row.maybe_string(1)?,
                    address: row.maybe_string(2)?,
                    by_link: row.flag(3)?,
                    before: None,
                };
                let (created_at, seen_at) = (Time(row.integer(4)?), Time(row.integer(5)?));
                Ok(ListedSession { hash: row.string(0)?, start, created_at, seen_at })
            })
        })
    }

    /// Notes that a session was used.
    pub fn touch_session(&self, hash: &str, at: Time) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute("UPDATE session SET seen_at = ?2 WHERE hash = ?1", params![hash, at.0])?;
            Ok(())
        })
    }

    /// Ends a session.
    pub fn end_session(&self, hash: &str) -> Result<()> {
        self.write_work(|transaction| {
            if transaction.execute("DELETE FROM session WHERE hash = ?1", params![hash])? == 1 {
                self.note(transaction, Part::Work)?;
            }
            Ok(())
        })
    }

    /// Ends a session of an administrator. False when they have none of this digest.
    pub fn end_session_of(&self, administrator: i64, hash: &str) -> Result<bool> {
        self.write_work(|transaction| {
            let sql = "DELETE FROM session WHERE administrator = ?1 AND hash = ?2";
            let ended = transaction.execute(sql, params![administrator, hash])? == 1;
            if ended {
                self.note(transaction, Part::Work)?;
            }
            Ok(ended)
        })
    }

    /// Forgets sessions that were started or last used before these moments, and links that are over.
    pub fn forget_old_sessions(&self, started_before: Time, used_before: Time, now: Time) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute(
                "DELETE FROM session WHERE created_at < ?1 OR seen_at < ?2",
                params![started_before.0, used_before.0],
            )?;
            transaction.execute("DELETE FROM one_time_link WHERE expires_at < ?1", params![now.0])?;
            Ok(())
        })
    }

    /// Keeps a one-time link under the digest of its secret.
    pub fn keep_link(&self, hash: &str, administrator: i64, expires_at: Time) -> Result<()> {
        self.write_work(|transaction| {
            let sql = "INSERT INTO one_time_link (hash, administrator, expires_at) VALUES (?1, ?2, ?3)";
            transaction.execute(sql, params![hash, administrator, expires_at.0])?;
            self.note(transaction, Part::Work)
        })
    }

    /// Takes back the one-time links of an administrator that nobody has used.
    pub fn forget_links(&self, administrator: i64) -> Result<()> {
        self.write_work(|transaction| {
            let sql = "DELETE FROM one_time_link WHERE administrator = ?1";
            transaction.execute(sql, params![administrator]).map(drop)
        })
    }

    /// Whether a one-time link would still open.
    pub fn link_is_open(&self, hash: &str, now: Time) -> Result<bool> {
        self.read(|connection| {
            let sql = "SELECT 1 FROM one_time_link WHERE hash = ?1 AND expires_at >= ?2";
            Ok(connection.one(sql, params![hash, now.0], |_| Ok(()))?.is_some())
        })
    }

    /// Uses up a one-time link: the administrator it stands for, once, while it lasts.
    pub fn use_link(&self, hash: &str, now: Time) -> Result<Option<i64>> {
        self.write_work(|transaction| {
            let sql =
                "DELETE FROM one_time_link WHERE hash = ?1 AND expires_at >= ?2 RETURNING administrator";
            transaction.one(sql, params![hash, now.0], |row| row.integer(0))
        })
    }

    /// Uses up a one-time link, while it lasts, and takes back all others of the same administrator: of several links one opens, whoever
    /// presses at the same moment. False when it does not.
    pub fn use_link_alone(&self, hash: &str, now: Time) -> Result<bool> {
        self.write_work(|transaction| {
            let sql =
                "DELETE FROM one_time_link WHERE hash = ?1 AND expires_at >= ?2 RETURNING administrator";
            let used = transaction.one(sql, params![hash, now.0], |row| row.integer(0))?;
            let Some(administrator) = used else { return Ok(false) };
            let sql = "DELETE FROM one_time_link WHERE administrator = ?1";
            transaction.execute(sql, params![administrator])?;
            Ok(true)
        })
    }

    /// Whether an administrator signed in before in the browser of a cookie, since a moment.
    pub fn knows_device(&self, hash: &str, administrator: i64, since: Time) -> Result<bool> {
        self.read(|connection| {
            let sql = "SELECT 1 FROM device WHERE hash = ?1 AND administrator = ?2 AND seen_at >= ?3";
            Ok(connection.one(sql, params![hash, administrator, since.0], |_| Ok(()))?.is_some())
        })
    }

    /// Whether anybody signed in before in the browser of a cookie.
    pub fn is_device(&self, hash: &str) -> Result<bool> {
        self.read(|connection| {
            let sql = "SELECT 1 FROM device WHERE hash = ?1 LIMIT 1";
            Ok(connection.one(sql, params![hash], |_| Ok(()))?.is_some())
        })
    }

    /// Notes that an administrator signed in in the browser of a cookie. Those not used since `since` are forgotten, and of each
    /// administrator those beyond the last twenty.
    pub fn note_device(&self, hash: &str, administrator: i64, at: Time, since: Time) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute(
                "INSERT INTO device (hash, administrator, seen_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (hash, administrator) DO UPDATE SET seen_at = excluded.seen_at",
                params![hash, administrator, at.0],
            )?;
            transaction.execute("DELETE FROM device WHERE seen_at < ?1", params![since.0])?;
            forget_surplus_devices(transaction, administrator)
        })
    }

    /// Forgets the browsers in which an administrator signed in.
    pub fn forget_devices(&self, administrator: i64) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute("DELETE FROM device WHERE administrator = ?1", params![administrator])?;
            Ok(())
        })
    }
}

fn end_sessions_in(transaction: &mut Connection, administrator: i64, keep: Option<&str>) -> Result<u64> {
    transaction.execute("DELETE FROM one_time_link WHERE administrator = ?1", params![administrator])?;
    transaction.execute("DELETE FROM half_sign_in WHERE administrator = ?1", params![administrator])?;
    let sql = "DELETE FROM session WHERE administrator = ?1 AND hash <> ?2";
    transaction.execute(sql, params![administrator, keep.unwrap_or("")])
}

fn forget_surplus_devices(transaction: &mut Connection, administrator: i64) -> Result<()> {
    let sql = "DELETE FROM device WHERE administrator = ?1 AND hash NOT IN
                   (SELECT hash FROM device WHERE administrator = ?1 ORDER BY seen_at DESC, hash LIMIT ?2)";
    transaction.execute(sql, params![administrator, DEVICES_MOST])?;
    Ok(())
}
