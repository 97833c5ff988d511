//! Administrators, their roles, sessions, one-time links and tokens. Secrets come in as digests; what they are made of, the
//! room `access` knows.

use super::accounts::{self, ACCOUNT_COLUMNS, BESIDE, account_of};
use crate::engine::{Result, Row, params};
use crate::{Account, AccountId, Error, Store, Time};

/// What an administrator or a token may do in an account; each may do what those before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Looks and downloads.
    Viewer,
    /// Edits and imports.
    Editor,
    /// Looks after fields, administrators and tokens, and erases.
    Owner,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Viewer, Self::Editor, Self::Owner];

    /// The word: `viewer`, `editor`, `owner`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Editor => "editor",
            Self::Owner => "owner",
        }
    }

    /// The role of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// A person who signs in to Muster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Administrator {
    /// Its number.
    pub id: i64,
    /// The email, as typed.
    pub email: String,
    /// The PHC string of the password, if there is one.
    pub password: Option<String>,
    /// Looks after the whole deployment.
    pub operator: bool,
}

/// A role of an administrator in an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// The account.
    pub account: Account,
    /// The role there.
    pub role: Role,
}

/// A session, found by the digest of its cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Who signed in.
    pub administrator: Administrator,
    /// When.
    pub created_at: Time,
    /// When it was last used, to the minute.
    pub seen_at: Time,
}

/// What a token stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenHolder {
    /// The account that the token knows.
    pub account: Account,
    /// Its name.
    pub name: String,
    /// What it may do.
    pub role: Role,
    /// When it ends, if it does.
    pub expires_at: Option<Time>,
}

const ADMINISTRATOR: &str = "SELECT id, email, password, operator FROM administrator";

fn administrator_of(row: &Row<'_>) -> Result<Administrator> {
    Ok(Administrator {
        id: row.integer(0)?,
        email: row.string(1)?,
        password: row.maybe_string(2)?,
        operator: row.flag(3)?,
    })
}

/// The column of [`membership_statement`] that says whether there are roles in other accounts.
const OTHERS: usize = 12;

fn membership_statement() -> String {
    format!(
        "SELECT {ACCOUNT_COLUMNS}, r.role,
                CASE WHEN EXISTS (SELECT 1 FROM role o WHERE o.administrator = r.administrator AND o.account <> r.account)
                     THEN CAST(1 AS BIGINT) ELSE CAST(0 AS BIGINT) END
         FROM role r JOIN account a ON a.id = r.account {BESIDE} WHERE r.administrator = ?1"
    )
}

fn membership_of(row: &Row<'_>) -> Result<Membership> {
    Ok(Membership { account: account_of(row)?, role: role_of(row, OTHERS - 1)? })
}

fn role_of(row: &Row<'_>, column: usize) -> Result<Role> {
    let word = row.text(column)?;
    Role::of_word(word).ok_or_else(|| Error::Failed(format!("unknown role: {word}")))
}

impl Store {
    /// Makes an administrator, or answers the one that has this email (`email_key` is its folded form). A password that is given
    /// replaces the one there was.
    pub fn save_administrator(
        &self,
        email: &str,
        email_key: &str,
        password: Option<&str>,
        operator: bool,
        at: Time,
    ) -> Result<Administrator> {
        self.write_directory(|transaction| {
            transaction.execute(
                "INSERT INTO administrator (id, email, email_key, operator, created_at)
                 VALUES ((SELECT next_administrator FROM deployment), ?1, ?2, 0, ?3) ON CONFLICT (email_key) DO NOTHING",
                params![email, email_key, at.0],
            )?;
            let next = "UPDATE deployment SET next_administrator =
                            (SELECT COALESCE(MAX(id), 0) + 1 FROM administrator WHERE id >= next_administrator)
                        WHERE EXISTS (SELECT 1 FROM administrator WHERE id >= next_administrator)";
            transaction.execute(next, params![])?;
            transaction.execute_exactly(
                1,
                "UPDATE administrator SET password = COALESCE(?2, password),
                        operator = CASE WHEN CAST(?3 AS BIGINT) > operator THEN CAST(?3 AS BIGINT) ELSE operator END
                 WHERE email_key = ?1",
                params![email_key, password, i64::from(operator)],
            )?;
            transaction
                .one(&format!("{ADMINISTRATOR} WHERE email_key = ?1"), params![email_key], administrator_of)?
                .ok_or_else(|| Error::Failed("the administrator is gone".to_owned()))
        })
    }

    /// The administrator with this email, in folded form.
    pub fn administrator(&self, email_key: &str) -> Result<Option<Administrator>> {
        self.read(|connection| {
            connection.one(
                &format!("{ADMINISTRATOR} WHERE email_key = ?1"),
                params![email_key],
                administrator_of,
            )
        })
    }

    /// Sets the password of an administrator; every session of theirs but `keep` ends.
    pub fn set_password(&self, administrator: i64, password: &str, keep: Option<&str>) -> Result<()> {
        self.write_directory(|transaction| {
            let sql = "UPDATE administrator SET password = ?2 WHERE id = ?1";
            transaction.execute_exactly(1, sql, params![administrator, password])
        })?;
        self.write_work(|transaction| {
            let sql = "DELETE FROM session WHERE administrator = ?1 AND hash <> ?2";
            transaction.execute(sql, params![administrator, keep.unwrap_or("")])
        })?;
        Ok(())
    }

    /// Gives an administrator a role in an account, in place of the one they had.
    pub fn give_role(&self, account: AccountId, administrator: i64, role: Role) -> Result<()> {
        self.write_directory(|transaction| {
            transaction.execute(
                "INSERT INTO role (account, administrator, role) VALUES (?1, ?2, ?3)
                 ON CONFLICT (account, administrator) DO UPDATE SET role = excluded.role",
                params![account.0, administrator, role.word()],
            )?;
            Ok(())
        })
    }

    /// The accounts in which an administrator has a role, by slug.
    pub fn memberships(&self, administrator: i64) -> Result<Vec<Membership>> {
        self.read(|connection| {
            let sql = format!("{} ORDER BY a.slug", membership_statement());
            connection.all(&sql, params![administrator], membership_of)
        })
    }

    /// The role of an administrator in the account of a slug, and whether they have one in others too. Asked anew for each request: a
    /// role that is taken away counts at once.
    pub fn membership(&self, administrator: i64, slug: &str) -> Result<Option<(Membership, bool)>> {
        let sql = format!("{} AND a.slug = ?2", membership_statement());
        self.read(|connection| {
            connection
                .one(&sql, params![administrator, slug], |row| Ok((membership_of(row)?, row.flag(OTHERS)?)))
        })
    }

    /// Keeps a session under the digest of its cookie.
    pub fn start_session(&self, hash: &str, administrator: i64, at: Time) -> Result<()> {
        self.write_work(|transaction| {
            let sql =
                "INSERT INTO session (hash, administrator, created_at, seen_at) VALUES (?1, ?2, ?3, ?3)";
            transaction.execute(sql, params![hash, administrator, at.0])?;
            Ok(())
        })
    }

    /// The session of a digest, whatever its age.
    pub fn session(&self, hash: &str) -> Result<Option<Session>> {
        self.read(|connection| {
            let sql = "SELECT a.id, a.email, a.password, a.operator, s.created_at, s.seen_at FROM session s
                       JOIN administrator a ON a.id = s.administrator WHERE s.hash = ?1";
            connection.one(sql, params![hash], |row| {
                let (created_at, seen_at) = (Time(row.integer(4)?), Time(row.integer(5)?));
                Ok(Session { administrator: administrator_of(row)?, created_at, seen_at })
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
            transaction.execute("DELETE FROM session WHERE hash = ?1", params![hash])?;
            Ok(())
        })
    }

    /// Forgets sessions that were started or last used before these moments, links and attempts that are over.
    pub fn forget_old_sessions(&self, started_before: Time, used_before: Time, now: Time) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute(
                "DELETE FROM session WHERE created_at < ?1 OR seen_at < ?2",
                params![started_before.0, used_before.0],
            )?;
            transaction.execute("DELETE FROM one_time_link WHERE expires_at < ?1", params![now.0])?;
            transaction.execute("DELETE FROM attempt WHERE last_at < ?1", params![used_before.0])?;
            Ok(())
        })
    }

    /// Keeps a one-time link under the digest of its secret.
    pub fn keep_link(&self, hash: &str, administrator: i64, expires_at: Time) -> Result<()> {
        self.write_work(|transaction| {
            let sql = "INSERT INTO one_time_link (hash, administrator, expires_at) VALUES (?1, ?2, ?3)";
            transaction.execute(sql, params![hash, administrator, expires_at.0])?;
            Ok(())
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

    /// How often signing in failed for a subject (an email or an address) in a row, and when last.
    pub fn failures(&self, subject: &str) -> Result<(i64, Time)> {
        let found = self.read(|connection| {
            let sql = "SELECT failures, last_at FROM attempt WHERE subject = ?1";
            connection.one(sql, params![subject], |row| Ok((row.integer(0)?, Time(row.integer(1)?))))
        })?;
        Ok(found.unwrap_or_default())
    }

    /// Counts one more failure of a subject.
    pub fn note_failure(&self, subject: &str, at: Time) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute(
                "INSERT INTO attempt (subject, failures, last_at) VALUES (?1, 1, ?2)
                 ON CONFLICT (subject) DO UPDATE SET failures = attempt.failures + 1, last_at = excluded.last_at",
                params![subject, at.0],
            )?;
            Ok(())
        })
    }

    /// Forgets the failures of a subject, after a success.
    pub fn clear_failures(&self, subject: &str) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute("DELETE FROM attempt WHERE subject = ?1", params![subject])?;
            Ok(())
        })
    }

    /// Keeps a token under its digest.
    pub fn keep_token(
        &self,
        account: AccountId,
        hash: &str,
        name: &str,
        role: Role,
        expires_at: Option<Time>,
        at: Time,
    ) -> Result<()> {
        self.write_directory(|transaction| {
            transaction.execute(
                "INSERT INTO token (hash, account, name, role, created_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![hash, account.0, name, role.word(), at.0, expires_at.map(|time| time.0)],
            )?;
            Ok(())
        })
    }

    /// What the token of a digest stands for, whether or not it has ended.
    pub fn token(&self, hash: &str) -> Result<Option<TokenHolder>> {
        self.read(|connection| {
            let found = connection.one(
                "SELECT account, name, role, expires_at FROM token WHERE hash = ?1",
                params![hash],
                |row| {
                    let expires_at = row.maybe_integer(3)?.map(Time);
                    Ok((AccountId(row.integer(0)?), row.string(1)?, role_of(row, 2)?, expires_at))
                },
            )?;
            let Some((account, name, role, expires_at)) = found else { return Ok(None) };
            let account = accounts::account_in(connection, account)?;
            Ok(Some(TokenHolder { account, name, role, expires_at }))
        })
    }

    /// The owner who was made first, in the account that was made first.
    pub fn first_owner(&self) -> Result<Option<Administrator>> {
        self.read(|connection| {
            let sql = "SELECT a.id, a.email, a.password, a.operator FROM administrator a
                       JOIN role r ON r.administrator = a.id AND r.role = 'owner' ORDER BY r.account, a.id LIMIT 1";
            connection.one(sql, params![], administrator_of)
        })
    }
}
