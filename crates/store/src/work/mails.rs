//! Mails to be sent. A row is written in the transaction of what it tells of, and goes once its mail was handed on or given up: so a process
//! that dies in between loses none, and may send one again. Rows say to whom and what for; addresses, texts and links are made when a mail
//! is sent.

use crate::engine::{Connection, Result, Row, params};
use crate::import::words;
use crate::narrowed::{Why, across};
use crate::{AccountId, Randomness, Store, Time};

words! {
    /// What a mail is for.
    MailKind {
        /// Somebody was given a role, and comes in by a link.
        Invitation = "invitation",
        /// Somebody forgot their password.
        Password = "password",
        /// Word for somebody ([`crate::News`]).
        News = "news",
        /// Support took a value from a user of an organisation; its owners are told.
        Release = "release",
    }
}

/// A mail that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewMail {
    /// For whom; 0 for nobody, so that asking with an email that nobody has costs as much.
    pub administrator: i64,
    /// In which account.
    pub account: Option<AccountId>,
    /// What for.
    pub kind: MailKind,
    /// What it is about: an import, a ticket, a revision; 0 for nothing.
    pub about: i64,
    /// It is sent no sooner.
    pub not_before: Time,
    /// When it was wanted.
    pub at: Time,
}

/// A mail that a sender has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldMail {
    /// Its number, the same however often it is sent.
    pub number: i64,
    /// For whom.
    pub administrator: i64,
    /// In which account.
    pub account: Option<AccountId>,
    /// What for.
    pub kind: MailKind,
    /// What it is about.
    pub about: i64,
    /// From which address it was asked for.
    pub asked_from: Option<String>,
    /// When it was wanted.
    pub at: Time,
    /// How often it was tried, this time counted.
    pub tries: i64,
}

/// Mails that wait for one person at the most; what would be more is not kept.
const MOST_FOR_ONE: i64 = 50;
/// Mails that wait in all at the most.
const MOST: i64 = 20_000;

impl Store {
    /// Keeps a mail to be sent.
    ///
    /// # Errors
    /// When the store fails.
    pub fn want_mail(&self, mail: &NewMail) -> Result<()> {
        let address = self.noted().1;
        self.write_work(|transaction| insert_mail(transaction, self.randomness(), mail, address))
    }

    /// Takes a mail whose time has come, until a moment: another sender takes it only after that.
    ///
    /// # Errors
    /// When the store fails.
    pub fn take_mail(&self, now: Time, until: Time) -> Result<Option<HeldMail>> {
        // Looked at first: where nothing waits, nothing is written.
        let next = "SELECT number FROM mail WHERE next_at <= ?1 AND lease_until <= ?1 ORDER BY next_at, number LIMIT 1";
        let found = self.read(|connection| connection.one(next, params![now.0], |row| row.integer(0)))?;
        let Some(number) = found else { return Ok(None) };
        self.write_work(|transaction| {
            let sql =
                "UPDATE mail SET lease_until = ?3, tries = tries + 1 WHERE number = ?1 AND lease_until <= ?2
                       RETURNING number, administrator, account, kind, about, asked_from, at, tries";
            // One that can't be read keeps those behind it from nobody: it is leased, and left.
            Ok(transaction.all_readable(sql, params![number, now.0, until.0], held_of)?.pop())
        })
    }

    /// Tries a mail again, not before a moment.
    pub fn postpone_mail(&self, number: i64, next_at: Time) -> Result<()> {
        self.write_work(|transaction| {
            let sql = "UPDATE mail SET lease_until = 0, next_at = ?2 WHERE number = ?1";
            transaction.execute(sql, params![number, next_at.0]).map(drop)
        })
    }

    /// Lets go of a mail that was sent or is given up.
    pub fn drop_mail(&self, number: i64) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute("DELETE FROM mail WHERE number = ?1", params![number]).map(drop)
        })
    }

    /// Lets go of mails that were wanted before a moment: where none are sent, nobody else does. Answers how many.
    pub fn drop_mails_before(&self, before: Time) -> Result<u64> {
        let of = params![before.0];
        let old = "SELECT 1 FROM mail WHERE at < ?1 LIMIT 1";
        if self.read(|connection| connection.one(old, of, |_| Ok(())))?.is_none() {
            return Ok(0);
        }
        self.write_work(|transaction| transaction.execute("DELETE FROM mail WHERE at < ?1", of))
    }

    /// How many mails wait.
    pub fn waiting_mails(&self) -> Result<i64> {
        let sql = "SELECT COUNT(*) FROM mail";
        Ok(self.read(|connection| connection.one(sql, params![], |row| row.integer(0)))?.unwrap_or_default())
    }
}

/// Keeps a mail, unless too many wait.
pub(crate) fn insert_mail(
    transaction: &mut Connection,
    randomness: &Randomness,
    mail: &NewMail,
    asked_from: Option<&str>,
) -> Result<()> {
    let count = |transaction: &mut Connection, of: &str, most: i64| {
        let sql = format!("SELECT COUNT(*) FROM (SELECT 1 AS one FROM mail WHERE {of} LIMIT {most}) t");
        transaction.one(&sql, params![mail.administrator], |row| row.integer(0))
    };
    let (waits, in_all) = across(transaction, Why::Administrators, |seeing| {
        let waits = count(seeing, "administrator = ?1", MOST_FOR_ONE)?;
        // The parameter is one of both statements.
        Ok((waits, count(seeing, "administrator >= 0 OR administrator = ?1", MOST)?))
    })?;
    if waits.unwrap_or_default() >= MOST_FOR_ONE || in_all.unwrap_or_default() >= MOST {
        return Ok(());
    }
    let number = i64::from_le_bytes(randomness.bytes()) & i64::MAX;
    transaction.execute(
        "INSERT INTO mail (number, administrator, account, kind, about, asked_from, at, next_at, tries, lease_until)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0, 0)",
        params![
            number,
            mail.administrator,
            mail.account.map(|account| account.0),
            mail.kind.word(),
            mail.about,
            asked_from,
            mail.at.0,
            mail.not_before.0
        ],
    )?;
    Ok(())
}

fn held_of(row: &Row<'_>) -> Result<HeldMail> {
    Ok(HeldMail {
        number: row.integer(0)?,
        administrator: row.integer(1)?,
        account: row.maybe_integer(2)?.map(AccountId),
        kind: MailKind::stored(row.text(3)?)?,
        about: row.integer(4)?,
        asked_from: row.maybe_string(5)?,
        at: Time(row.integer(6)?),
        tries: row.integer(7)?,
    })
}
