//! Erasing a person: what a user was is taken out of the directory, and of their history nothing stays but the salted hashes that keep the
//! chain of revisions whole (`directory/revisions.rs`). Of the user an empty row stays, withdrawn, so that nobody gets the number again and a
//! file or a plan that names it is told that nobody is there. Whoever named them as a manager, or so, names nobody, with an entry in the
//! history like any other.

use directory::{Change, Field, FieldNumber, Kind, UserId, Users, standard};

use crate::apply::row_writes::{Update, UpdateStatements, name_key};
use crate::directory::accounts;
use crate::directory::claims::{self, claims_of};
use crate::directory::fields::{fields_in, next_revision};
use crate::directory::history::NewHistory;
use crate::directory::revisions::{self, Revision, hash_kept};
use crate::directory::rows::{
    STANDARD_COLUMNS, Slots, USER_COLUMNS, push_user, standard_column, user_statement,
};
use crate::engine::{Connection, Param, Result, params};
use crate::migrations::Part;
use crate::{AccountId, Store, Time};

impl Store {
    /// When somebody was last erased in an account.
    pub(crate) fn erased_at(&self, account: AccountId) -> Result<Option<Time>> {
        let sql = "SELECT erased_at FROM account WHERE id = ?1 AND erased_at > 0";
        self.read(|connection| connection.one(sql, params![account.0], |row| Ok(Time(row.integer(0)?))))
    }

    /// Erases a user, withdrawn ones too, in one transaction of the directory, and answers its revision; none when there is nobody to erase.
    /// Those who are named nowhere but in the work are [`Store::forget_person`]'s.
    ///
    /// # Errors
    /// When the database fails.
    pub fn erase_user(&self, account: AccountId, user: UserId, actor: &str, at: Time) -> Result<Option<u64>> {
        self.write_directory(|transaction| {
            let fields = fields_in(transaction, account, u64::MAX)?;
            let (slots, mut users) = (Slots::of(&fields), Users::new(&fields));
            let of_user = params![account.0, user.number() as i64];
            transaction.each(&user_statement(), of_user, |row| push_user(&mut users, &slots, row))?;
            let is_somebody = |user: &directory::User<'_>| {
                fields.all().iter().any(|field| user.value(field.number).is_some())
            };
            let Some(erased) = users.get(0).filter(is_somebody) else { return Ok(None) };
            let revision = next_revision(transaction, account)?;
            keep_hashes(self, transaction, account, user)?;
            let claims: Vec<_> =
                claims_of(&fields, &erased).into_iter().map(|(_, claim)| (user, claim)).collect();
            claims::release_all(transaction, account, &claims)?;
            empty_row(transaction, account, user, revision)?;
            let mut history = NewHistory::new(self.randomness());
            let named = forget_name(transaction, account, (user, revision), &users, &mut history)?;
            // Neither a creation nor a withdrawal: that somebody was erased.
            let entry = Change { field: standard::USER, before: None, after: None };
            history.push(transaction, (account, user, revision), &entry)?;
            history.write(transaction, account, revision)?;
            let written = Revision {
                users: 1 + named.0,
                cells: named.1,
                ..Revision::plain(revision, "erase", actor, at)
            };
            revisions::write(transaction, account, &written, self.randomness())?;
            let sql = "UPDATE account SET erased_at = ?2 WHERE id = ?1";
            transaction.execute(sql, params![account.0, at.0])?;
            accounts::count_users_more(transaction, account, if erased.withdrawn() { 0 } else { -1 })?;
            self.note(transaction, Part::Directory)?;
            Ok(Some(revision as u64))
        })
    }
}

/// Leaves of what the user went through the hashes alone. What was written before there were salts is under no digest: its hash is random.
fn keep_hashes(store: &Store, transaction: &mut Connection, account: AccountId, user: UserId) -> Result<()> {
    let number = user.number() as i64;
    let sql = "SELECT user_id, field, before, after, salt, hash, revision FROM history
               WHERE +account = ?1 AND user_id = ?2 AND hash IS NULL";
    let kept = transaction.all(sql, params![account.0, number], |row| {
        let hash = if row.bytes(4)?.is_empty() { store.randomness().bytes() } else { hash_kept(row)? };
        Ok((row.integer(6)?, row.integer(1)?, hash))
    })?;
    let sql = "UPDATE history SET before = NULL, after = NULL, salt = NULL, hash = ?5
               WHERE account = ?1 AND revision = ?2 AND user_id = ?3 AND field = ?4";
    for (revision, field, hash) in kept {
        transaction.execute_exactly(1, sql, params![account.0, revision, number, field, &hash[..]])?;
    }
    Ok(())
}

fn empty_row(transaction: &mut Connection, account: AccountId, user: UserId, revision: i64) -> Result<()> {
    let columns: Vec<String> = STANDARD_COLUMNS.iter().map(|column| format!("{column} = NULL")).collect();
    let sql = format!(
        "UPDATE users SET {}, custom = NULL, external_id = NULL, name_key = ?3, sign_in_key = '', revision = ?4, withdrawn = 1
         WHERE account = ?1 AND id = ?2",
        columns.join(", ")
    );
    transaction.execute_exactly(
        1,
        &sql,
        params![account.0, user.number() as i64, &name_key(|_| None), revision],
    )
}

/// Takes a user out of the fields of those who name them. Answers how many users these are, and how many cells.
fn forget_name(
    transaction: &mut Connection,
    account: AccountId,
    (user, revision): (UserId, i64),
    batch: &Users,
    history: &mut NewHistory,
) -> Result<(i64, i64)> {
    let fields = batch.fields();
    let naming: Vec<FieldNumber> = fields
        .all()
        .iter()
        .filter(|field| field.kind == Kind::User)
        .map(|field: &Field| field.number)
        .collect();
    let id = user.to_string();
    let mut either = Vec::new();
    let mut patterns = vec![id.clone()];
    for number in &naming {
        match standard_column(*number) {
            Some(column) => either.push(format!("{column} = ?2")),
            None => {
                patterns.push(format!("%\"{}\":\"{id}\"%", number.0));
                either.push(format!("custom LIKE ?{}", patterns.len() + 1));
            }
        }
    }
    let sql = format!(
        "SELECT {USER_COLUMNS} FROM users WHERE account = ?1 AND withdrawn = 0 AND ({}) ORDER BY id",
        either.join(" OR ")
    );
    let of: Vec<Param<'_>> = [Param::Integer(account.0)]
        .into_iter()
        .chain(patterns.iter().map(|pattern| Param::Text(pattern)))
        .collect();
    let (slots, mut users) = (Slots::of(fields), Users::new(fields));
    transaction.each(&sql, &of, |row| push_user(&mut users, &slots, row))?;
    let (mut statements, mut counted) = (UpdateStatements::default(), (0, 0));
    for one in users.iter() {
        let changes: Vec<Change<'_>> = naming
            .iter()
            .filter(|field| one.value(**field) == Some(id.as_str()))
            .map(|field| Change { field: *field, before: Some(&id), after: None })
            .collect();
        if changes.is_empty() {
            continue;
        }
        let place = (account, one.id(), revision);
        let update = Update { user: one.id(), changes: &changes, current: Some(one) };
        statements.update_all(transaction, (account, revision), fields, &[update])?;
        for change in &changes {
            history.push(transaction, place, change)?;
        }
        counted = (counted.0 + 1, counted.1 + changes.len() as i64);
    }
    Ok(counted)
}
