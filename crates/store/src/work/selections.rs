//! Selections: users that an administrator has chosen, kept for a day, up to everybody. What a search finds is gathered in short steps,
//! each of which says in its own transaction where the next one goes on, so that none is lost and none is done twice.

use directory::{FieldNumber, UserId};

use crate::engine::{Connection, Param, Result, Row, params};
use crate::ids::{SelectionId, user_id};
use crate::{AccountId, Store, Time};

/// How long a selection is kept, in milliseconds: a day. While an import that is about it is not at its end, it stays.
const KEPT: i64 = 24 * 60 * 60 * 1_000;

/// Users chosen by an administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Its identity.
    pub id: SelectionId,
    /// Who chose.
    pub actor: String,
    /// When.
    pub made_at: Time,
    /// How many users there are so far.
    pub users: i64,
    /// What was pasted and names nobody, as it was pasted, up to a limit.
    pub missing: Vec<String>,
    /// How many there were of them.
    pub missing_count: i64,
    /// How often somebody was named who was named before.
    pub twice: i64,
    /// The search that it is of.
    pub search: String,
    /// What the users found have, by field and stored form.
    pub filters: Vec<(FieldNumber, String)>,
    /// The number of the user after whom gathering goes on; none when all are there.
    pub next: Option<u64>,
}

impl Store {
    /// Keeps a new selection, without users yet.
    pub fn begin_selection(&self, account: AccountId, new: &Selection) -> Result<()> {
        let missing = new.missing.join("\n");
        let filters: Vec<String> =
            new.filters.iter().map(|(field, value)| format!("{}\t{value}", field.0)).collect();
        self.write_work(|transaction| {
            transaction.execute_exactly(
                1,
                "INSERT INTO selection (account, id, actor, made_at, users, missing, missing_count, twice, search, filters, next_user)
                 VALUES (?1, ?2, ?3, ?4, 0, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    account.0,
                    new.id.number(),
                    &new.actor,
                    new.made_at.0,
                    &missing,
                    new.missing_count,
                    new.twice,
                    &new.search,
                    &filters.join("\n"),
                    new.next.map(|next| next as i64),
                ],
            )
        })
    }

    /// The selection of an identity.
    pub fn selection(&self, account: AccountId, id: SelectionId) -> Result<Option<Selection>> {
        self.read(|connection| {
            let sql =
                "SELECT id, actor, made_at, users, missing, missing_count, twice, search, filters, next_user
                       FROM selection WHERE account = ?1 AND id = ?2";
            connection.one(sql, params![account.0, id.number()], selection_of)
        })
    }

    /// Adds users, and says where gathering goes on, if `at` is still where it was to go on. False when another did this step first.
    pub fn gather(
        &self,
        account: AccountId,
        id: SelectionId,
        (at, next): (Option<u64>, Option<u64>),
        users: &[UserId],
    ) -> Result<bool> {
        let number = |place: Option<u64>| place.map_or(-1, |user| user as i64);
        self.write_work_soon(|transaction| {
            let moved = transaction.execute(
                "UPDATE selection SET next_user = ?4 WHERE account = ?1 AND id = ?2 AND COALESCE(next_user, -1) = ?3",
                params![account.0, id.number(), number(at), next.map(|next| next as i64)],
            )?;
            if moved == 1 {
                add(transaction, account, id, users)?;
            }
            Ok(moved == 1)
        })
    }

    /// The users of a selection after a number, ascending.
    pub fn selected_after(
        &self,
        account: AccountId,
        id: SelectionId,
        after: u64,
        limit: usize,
    ) -> Result<Vec<UserId>> {
        self.read(|connection| {
            let sql =
                "SELECT user_id FROM selection_user WHERE account = ?1 AND selection = ?2 AND user_id > ?3
                       ORDER BY user_id LIMIT ?4";
            connection.all(sql, params![account.0, id.number(), after as i64, limit as i64], |row| {
                user_id(row.integer(0)?)
            })
        })
    }

    /// Forgets selections that are older than a day and that no import waits for.
    pub(crate) fn sweep_selections(&self, now: Time) -> Result<()> {
        let old = self.read(|connection| {
            let sql = "SELECT s.account, s.id FROM selection s WHERE s.made_at < ?1 AND NOT EXISTS
                           (SELECT 1 FROM change_rule r JOIN import i ON i.account = r.account AND i.id = r.import
                            WHERE r.account = s.account AND r.selection = s.id AND i.state IN ('reading', 'review', 'applying'))
                       LIMIT 1000";
            connection.all(sql, params![now.plus(-KEPT).0], |row| Ok((row.integer(0)?, row.integer(1)?)))
        })?;
        for (account, id) in old {
            self.write_work_soon(|transaction| {
                let of = params![account, id];
                transaction
                    .execute("DELETE FROM selection_user WHERE account = ?1 AND selection = ?2", of)?;
                transaction.execute("DELETE FROM selection WHERE account = ?1 AND id = ?2", of)?;
                Ok(())
            })?;
        }
        Ok(())
    }
}

fn selection_of(row: &Row<'_>) -> Result<Selection> {
    let lines = |text: String| text.split('\n').filter(|line| !line.is_empty()).map(str::to_owned).collect();
    let filter = |line: &str| {
        let (field, value) = line.split_once('\t')?;
        Some((FieldNumber(field.parse().ok()?), value.to_owned()))
    };
    Ok(Selection {
        id: SelectionId::of_number(row.integer(0)?),
        actor: row.string(1)?,
        made_at: Time(row.integer(2)?),
        users: row.integer(3)?,
        missing: lines(row.string(4)?),
        missing_count: row.integer(5)?,
        twice: row.integer(6)?,
        search: row.string(7)?,
        filters: row.text(8)?.split('\n').filter_map(filter).collect(),
        next: row.maybe_integer(9)?.map(|next| next as u64),
    })
}

fn add(transaction: &mut Connection, account: AccountId, id: SelectionId, users: &[UserId]) -> Result<()> {
    let mut values: Vec<Param<'_>> = Vec::with_capacity(users.len() * 3);
    for user in users {
        values.extend_from_slice(params![account.0, id.number(), user.number() as i64]);
    }
    let into = "selection_user (account, selection, user_id)";
    // Each step begins after the last user of the one before: nobody is there twice.
    transaction.insert_all(into, 3, "", &values)?;
    transaction.execute_exactly(
        1,
        "UPDATE selection SET users = users + ?3 WHERE account = ?1 AND id = ?2",
        params![account.0, id.number(), users.len() as i64],
    )
}
