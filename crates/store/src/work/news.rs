//! Word for people who look after users, written in the transaction of what it tells: an import of theirs came to rest, a ticket was
//! answered. It names what it is about, and nothing of a user.

use directory::{Claim, Kind};

use crate::engine::{Connection, Result, Row, params};
use crate::import::words;
use crate::narrowed::{Why, across};
use crate::work::mails::{MailKind, NewMail, insert_mail};
use crate::{AccountId, ImportId, Randomness, Store, Time};

words! {
    /// What word is of.
    NewsKind {
        /// An import was applied.
        ImportDone = "import-done",
        /// An import waits in review.
        ImportReview = "import-review",
        /// An import failed.
        ImportFailed = "import-failed",
        /// Support answered a ticket.
        TicketAnswered = "ticket-answered",
        /// Support declined a ticket.
        TicketDeclined = "ticket-declined",
        /// What a ticket asks for is free now.
        TicketFree = "ticket-free",
    }
}

/// Word for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// When.
    pub at: Time,
    /// Tells it from other word of the moment.
    pub number: i64,
    /// In which account, by its slug and its name.
    pub account: (String, String),
    /// Of what.
    pub kind: NewsKind,
    /// The import or the ticket, by its number.
    pub about: i64,
    /// Whether they have seen it.
    pub seen: bool,
}

const DAY: i64 = 24 * 60 * 60 * 1_000;
/// So long word is kept.
const KEPT: i64 = 60 * DAY;
/// So many of a person are kept at the most; the oldest go.
const MOST: i64 = 200;
/// Word waits so long before it is mailed: who looks at the page meanwhile has seen it.
const MAILED_AFTER: i64 = 60_000;

impl NewsKind {
    fn is_of_import(self) -> bool {
        matches!(self, Self::ImportDone | Self::ImportReview | Self::ImportFailed)
    }

    /// The import that it is about, if it is about one.
    pub fn import(self, about: i64) -> Option<ImportId> {
        self.is_of_import().then(|| ImportId::of_number(about))
    }
}

impl Store {
    /// The word for an administrator, the newest first: of the accounts in which they have a role.
    pub fn news(&self, administrator: i64) -> Result<Vec<News>> {
        let sql = "SELECT n.at, n.number, a.slug, a.name, n.kind, n.about, n.seen_at FROM news n
                   JOIN account a ON a.id = n.account
                   JOIN role r ON r.account = n.account AND r.administrator = n.administrator
                   WHERE n.administrator = ?1 ORDER BY n.at DESC, n.number DESC";
        let store = self.across(Why::Administrators);
        store.read(|connection| connection.all_readable(sql, params![administrator], news_of))
    }

    /// Notes that an administrator has seen all word until a moment.
    pub fn see_news(&self, administrator: i64, until: Time, at: Time) -> Result<()> {
        self.across(Why::Administrators).write_work(|transaction| {
            let sql =
                "UPDATE news SET seen_at = ?3 WHERE administrator = ?1 AND at <= ?2 AND seen_at IS NULL";
            transaction.execute(sql, params![administrator, until.0, at.0]).map(drop)
        })
    }

    /// Notes that an administrator has seen what an import or a ticket of an account became. Nothing is written when there is no word of it.
    pub fn see_news_about(
        &self,
        administrator: i64,
        (account, about): (AccountId, i64),
        at: Time,
    ) -> Result<()> {
        let of = params![account.0, about, administrator];
        let unseen =
            "SELECT 1 FROM news WHERE account = ?1 AND about = ?2 AND administrator = ?3 AND seen_at IS NULL";
        if self.read(|connection| connection.one(unseen, of, |_| Ok(())))?.is_none() {
            return Ok(());
        }
        self.write_work(|transaction| {
            let sql = "UPDATE news SET seen_at = ?4 WHERE account = ?1 AND about = ?2 AND administrator = ?3 AND seen_at IS NULL";
            transaction.execute(sql, params![account.0, about, administrator, at.0]).map(drop)
        })
    }

    /// Whether word of this kind waits to be seen: what was seen, or is forgotten, needs no mail.
    pub fn is_unseen(&self, administrator: i64, account: AccountId, about: i64) -> Result<bool> {
        let sql =
            "SELECT 1 FROM news WHERE account = ?1 AND about = ?2 AND administrator = ?3 AND seen_at IS NULL";
        let of = params![account.0, about, administrator];
        Ok(self.read(|connection| connection.one(sql, of, |_| Ok(())))?.is_some())
    }

    /// Whether word goes to an administrator by mail, too.
    pub fn is_mailed(&self, administrator: i64) -> Result<bool> {
        let sql = "SELECT mailed FROM administrator WHERE id = ?1";
        let mailed =
            self.read(|connection| connection.one(sql, params![administrator], |row| row.flag(0)))?;
        Ok(mailed.unwrap_or_default())
    }

    /// Says whether word goes to an administrator by mail, too.
    pub fn set_mailed(&self, administrator: i64, mailed: bool) -> Result<()> {
        self.write_directory(|transaction| {
            let sql = "UPDATE administrator SET mailed = ?2 WHERE id = ?1";
            transaction.execute_exactly(1, sql, params![administrator, mailed])
        })
    }

    /// Forgets word that is as old as it is kept. Answers how much.
    pub fn forget_old_news(&self, now: Time) -> Result<u64> {
        let before = params![now.0 - KEPT];
        let old = "SELECT 1 FROM news WHERE at < ?1 LIMIT 1";
        if self.read(|connection| connection.one(old, before, |_| Ok(())))?.is_none() {
            return Ok(0);
        }
        self.write_work(|transaction| transaction.execute("DELETE FROM news WHERE at < ?1", before))
    }

    /// Whom word of an act goes to who stands in the history by this name: none where that was a program.
    pub(crate) fn told_of(&self, actor: &str) -> Result<Option<i64>> {
        if actor.contains(':') {
            return Ok(None);
        }
        let key = Claim::fold(Kind::Email, actor);
        self.read(|connection| {
            let sql = "SELECT id FROM administrator WHERE email_key = ?1";
            connection.one(sql, params![&key], |row| row.integer(0))
        })
    }
}

/// Keeps word for somebody, and a mail of it for who is away.
pub(crate) fn tell_news(
    transaction: &mut Connection,
    randomness: &Randomness,
    (administrator, account): (i64, AccountId),
    (kind, about): (NewsKind, i64),
    at: Time,
) -> Result<()> {
    let number = i64::from(randomness.number());
    // What it was before is no news any more.
    let sql = "DELETE FROM news WHERE account = ?1 AND about = ?2 AND administrator = ?3";
    transaction.execute(sql, params![account.0, about, administrator])?;
    transaction.execute(
        "INSERT INTO news (administrator, at, number, account, kind, about) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![administrator, at.0, number, account.0, kind.word(), about],
    )?;
    let surplus = "DELETE FROM news WHERE administrator = ?1 AND (at, number) IN
                       (SELECT at, number FROM news WHERE administrator = ?1 ORDER BY at DESC, number DESC LIMIT 1000 OFFSET ?2)";
    across(transaction, Why::Administrators, |seeing| {
        seeing.execute(surplus, params![administrator, MOST]).map(drop)
    })?;
    let mail = NewMail {
        administrator,
        account: Some(account),
        kind: MailKind::News,
        about,
        not_before: at.plus(MAILED_AFTER),
        at,
    };
    insert_mail(transaction, randomness, &mail, None)
}

fn news_of(row: &Row<'_>) -> Result<News> {
    Ok(News {
        at: Time(row.integer(0)?),
        number: row.integer(1)?,
        account: (row.string(2)?, row.string(3)?),
        kind: NewsKind::stored(row.text(4)?)?,
        about: row.integer(5)?,
        seen: row.maybe_integer(6)?.is_some(),
    })
}
