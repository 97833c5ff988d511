//! The deployment and its accounts.

use directory::{ColumnReading, DateOrder, Fields, Language, Reading};

use super::{fields, revisions};
use crate::engine::{Connection, Result, Row, params};
use crate::migrations::Part;
use crate::{AccountId, Error, Store, Time};

/// An organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its identity, scope of every statement.
    pub id: AccountId,
    /// Its short name: in addresses and in A2 of its workbooks; never changes, never used again.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// The last applied revision.
    pub revision: u64,
    /// How many users it has, withdrawn ones not counted.
    pub users: i64,
    /// How values are read.
    pub reading: Reading,
    /// How many days uploads are kept.
    pub keep_days: i64,
    /// How many days the lines of its activity are kept.
    pub activity_days: i64,
    /// The language of pages and mails for those who chose none themselves; none is what their browser asks for.
    pub language: Option<Language>,
    /// Why nobody may use it for now, in an operator's words; none while they may.
    pub suspended: Option<String>,
    /// When it is removed, of a practice organisation.
    pub ends_at: Option<Time>,
}

/// What its owners say of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountSettings {
    /// Its name.
    pub name: String,
    /// The language of pages and mails for those who chose none themselves.
    pub language: Option<Language>,
    /// The order of dates in text.
    pub date_order: DateOrder,
    /// The region of phone numbers without a country code: `GB`.
    pub region: String,
    /// How many days uploads are kept.
    pub keep_days: i64,
    /// How many days the lines of its activity are kept.
    pub activity_days: i64,
}

impl Account {
    /// What its owners say of it today.
    pub fn settings(&self) -> AccountSettings {
        AccountSettings {
            name: self.name.clone(),
            language: self.language,
            date_order: self.reading.date_order,
            region: self.reading.region.clone(),
            keep_days: self.keep_days,
            activity_days: self.activity_days,
        }
    }
}

/// What [`account_of`] reads, of the accounts `a`. Nothing of other tables: a cluster has this one on every machine, and revisions on that of their
/// account, so that who asks for the accounts of somebody would ask all machines.
pub(crate) const ACCOUNT_COLUMNS: &str =
    "a.id, a.slug, a.name, a.revision, a.users, a.date_order, a.region, a.language, a.keep_days, a.speaks,
     a.activity_days, a.suspended, a.ends_at";
/// How many they are: what else a statement selects comes after them.
pub(crate) const ACCOUNT_WIDTH: usize = 13;

fn select(which: &str) -> String {
    format!("SELECT {ACCOUNT_COLUMNS} FROM account a {which}")
}

impl Store {
    /// The deployment's own row, made once. User IDs begin at a random number, so that those of one deployment are not those of
    /// another; where a database began at 1, the next ones jump, once, and the revisions that its accounts have get marks.
    pub(crate) fn begin_deployment(&self, at: Time) -> Result<()> {
        let sql = "SELECT 1 FROM deployment WHERE one = 1 AND jumped = 1";
        if self.read(|connection| connection.one(sql, params![], |_| Ok(())))?.is_some() {
            return Ok(());
        }
        let randomness = self.randomness();
        let (lineage, first) = (randomness.letters(2), i64::from(randomness.number()));
        self.write_directory(|transaction| {
            transaction.execute(
                "INSERT INTO deployment (one, lineage, next_user, next_account, created_at) VALUES (1, ?1, 1, 1, ?2)
                 ON CONFLICT (one) DO NOTHING",
                params![&lineage, at.0],
            )?;
            let jump = "UPDATE deployment SET next_user = next_user + ?1, jumped = 1 WHERE jumped = 0";
            if transaction.execute(jump, params![first])? == 0 {
                return Ok(());
            }
            let accounts = transaction.all("SELECT id FROM account", params![], |row| row.integer(0))?;
            accounts.into_iter().try_for_each(|id| revisions::begin(transaction, AccountId(id), randomness))
        })
    }

    /// Makes an account with the built-in fields, at revision 0. None when the slug is taken, or was an account's that is removed.
    pub fn create_account(&self, slug: &str, name: &str, at: Time) -> Result<Option<Account>> {
        self.make_account((slug, name), None, at)
    }

    /// Makes the practice organisation of an administrator, which is removed when its time is over. None when the slug is taken, or they
    /// have one already.
    pub fn create_practice(
        &self,
        (slug, name): (&str, &str),
        administrator: i64,
        (at, ends_at): (Time, Time),
    ) -> Result<Option<Account>> {
        self.make_account((slug, name), Some((administrator, ends_at)), at)
    }

    /// The practice organisation of an administrator, if they have one.
    pub fn practice_of(&self, administrator: i64) -> Result<Option<Account>> {
        let which = select("WHERE a.practises = ?1 AND a.removing = 0");
        self.read(|connection| connection.one(&which, params![administrator], account_of))
    }

    /// How many practice organisations there are, those that are being removed too.
    pub fn practices(&self) -> Result<i64> {
        let sql = "SELECT COUNT(*) FROM account WHERE id < 0";
        Ok(self.read(|connection| connection.one(sql, params![], |row| row.integer(0)))?.unwrap_or_default())
    }

    fn make_account(
        &self,
        names: (&str, &str),
        practice: Option<(i64, Time)>,
        at: Time,
    ) -> Result<Option<Account>> {
        let made = self.write_directory(|transaction| {
            let account = insert_account(transaction, names, practice, at)?;
            for (position, field) in (0..).zip(Fields::built_in().all()) {
                fields::insert(transaction, account, field, position, 0)?;
            }
            self.note_of(transaction, Part::Directory, account, &[])?;
            revisions::begin(transaction, account, self.randomness())
        });
        match made {
            Err(Error::Taken) => Ok(None),
            Err(error) => Err(error),
            Ok(()) => self.account(names.0),
        }
    }

    /// Changes what its owners say of an account.
    ///
    /// # Errors
    /// When the store fails.
    pub fn change_settings(&self, account: AccountId, settings: &AccountSettings) -> Result<()> {
        let AccountSettings { name, language, date_order, region, keep_days, activity_days } = settings;
        self.write_directory(|transaction| {
            transaction.execute_exactly(
                1,
                "UPDATE account SET name = ?2, speaks = ?3, date_order = ?4, region = ?5, keep_days = ?6, activity_days = ?7
                 WHERE id = ?1",
                params![
                    account.0,
                    name,
                    language.map(Language::tag),
                    date_order.word(),
                    region,
                    *keep_days,
                    *activity_days
                ],
            )?;
            self.note(transaction, Part::Directory)
        })
    }

    /// The account of a slug, unless it is being removed.
    pub fn account(&self, slug: &str) -> Result<Option<Account>> {
        let which = select("WHERE a.slug = ?1 AND a.removing = 0");
        self.read(|connection| connection.one(&which, params![slug], account_of))
    }

    /// The account as it stands now: its revision and counts move.
    pub fn account_now(&self, account: AccountId) -> Result<Account> {
        self.read(|connection| account_in(connection, account))
    }

    /// All accounts but those that are being removed, by slug.
    pub fn accounts(&self) -> Result<Vec<Account>> {
        let which = select("WHERE a.removing = 0 ORDER BY a.slug");
        self.read(|connection| connection.all(&which, params![], account_of))
    }

    /// Says why nobody may use an account for now; none lets them in again.
    ///
    /// # Errors
    /// When the store fails.
    pub fn suspend(&self, account: AccountId, why: Option<&str>) -> Result<()> {
        self.write_directory(|transaction| {
            let sql = "UPDATE account SET suspended = ?2 WHERE id = ?1";
            transaction.execute_exactly(1, sql, params![account.0, why])?;
            self.note(transaction, Part::Directory)
        })
    }
}

/// The row of a new account; [`Error::Taken`] when its slug is, or was. Practice has numbers below 0.
fn insert_account(
    transaction: &mut Connection,
    (slug, name): (&str, &str),
    practice: Option<(i64, Time)>,
    at: Time,
) -> Result<AccountId> {
    let removed = "SELECT 1 FROM removed WHERE slug = ?1";
    if transaction.one(removed, params![slug], |_| Ok(()))?.is_some() {
        return Err(Error::Taken);
    }
    let next = "UPDATE deployment SET next_account = next_account + 1 RETURNING next_account - 1";
    let number = transaction
        .one(next, params![], |row| row.integer(0))?
        .ok_or_else(|| Error::Failed("the deployment row is missing".to_owned()))?;
    let id = if practice.is_some() { -number } else { number };
    let reading = Reading::default();
    transaction.execute(
        "INSERT INTO account (id, slug, name, revision, users, next_field, date_order, region, language, keep_days, created_at,
                              practises, ends_at)
         VALUES (?1, ?2, ?3, 0, 0, ?4, ?5, ?6, ?7, 30, ?8, ?9, ?10)",
        params![
            id,
            slug,
            name,
            i64::from(directory::standard::FIRST_CUSTOM.0),
            reading.date_order.word(),
            &reading.region,
            &reading.language,
            at.0,
            practice.map(|(administrator, _)| administrator),
            practice.map(|(_, ends_at)| ends_at.0)
        ],
    )?;
    Ok(AccountId(id))
}

pub(crate) fn account_in(connection: &mut Connection, account: AccountId) -> Result<Account> {
    connection
        .one(&select("WHERE a.id = ?1"), params![account.0], account_of)?
        .ok_or_else(|| Error::Failed("the account is gone".to_owned()))
}

/// Counts users that came, or, below nothing, went.
pub(crate) fn count_users_more(transaction: &mut Connection, account: AccountId, more: i64) -> Result<()> {
    if more != 0 {
        let sql = "UPDATE account SET users = users + ?2 WHERE id = ?1";
        transaction.execute_exactly(1, sql, params![account.0, more])?;
    }
    Ok(())
}

pub(crate) fn account_of(row: &Row<'_>) -> Result<Account> {
    Ok(Account {
        id: AccountId(row.integer(0)?),
        slug: row.string(1)?,
        name: row.string(2)?,
        revision: row.integer(3)? as u64,
        users: row.integer(4)?,
        reading: Reading {
            date_order: DateOrder::of_word(row.text(5)?).unwrap_or_default(),
            region: row.string(6)?,
            language: row.string(7)?,
            column: ColumnReading::default(),
        },
        keep_days: row.integer(8)?,
        language: row.maybe_string(9)?.as_deref().and_then(Language::of_tag),
        activity_days: row.integer(10)?,
        suspended: row.maybe_string(11)?,
        ends_at: row.maybe_integer(12)?.map(Time),
    })
}
