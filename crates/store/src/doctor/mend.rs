//! Mending what follows from the rest: counts, claims, keys, numbers, leases, and rows of the work that nothing belongs to.

use directory::Users;

use super::finding::{Ailment, Finding};
use super::laws;
use crate::apply::row_writes::{name_key, sign_in_key};
use crate::directory::claims::{self, claims_of};
use crate::directory::rows::{Slots, USER_COLUMNS, push_user};
use crate::engine::{Connection, Result, Row, params};
use crate::store::Store;
use crate::work::forget::TABLES;
use crate::{AccountId, Time};

pub(super) fn mend(store: &Store, finding: &Finding, now: Time) -> Result<()> {
    match finding.ailment {
        Ailment::Counted => store.write_directory(|transaction| say_counted(transaction, COUNTED)),
        Ailment::Numbers => store.write_directory(|transaction| {
            NUMBERS.iter().try_for_each(|sql| run(transaction, sql))?;
            say_counted(transaction, NEXT_FIELD)
        }),
        Ailment::NoAdministrator => {
            store.write_directory(|transaction| run(transaction, &no_administrator("role")))?;
            for table in ["session", "one_time_link"] {
                // The work knows no administrators: those that there are, are read first.
                let gone = store.read(|connection| nobodys(connection, table))?;
                store.write_work(|transaction| {
                    let sql = format!("DELETE FROM {table} WHERE administrator = ?1");
                    gone.iter().try_for_each(|id| transaction.execute(&sql, params![*id]).map(drop))
                })?;
            }
            Ok(())
        }
        Ailment::Lease => store.write_work(|transaction| {
            let sql = "UPDATE import SET lease_until = 0, owner = NULL WHERE lease_until > ?1";
            transaction.execute(sql, params![now.plus(laws::LONGEST_LEASE).0]).map(drop)
        }),
        Ailment::Applying => mend_applying(store),
        Ailment::Orphans => store.write_work(|transaction| {
            TABLES.iter().try_for_each(|table| {
                let sql = format!("DELETE {}", laws::orphans(table));
                transaction.execute(&sql, params![laws::old_upload(now)]).map(drop)
            })
        }),
        Ailment::Search => mend_search(store),
        Ailment::ClaimOfNobody => store
            .write_directory(|transaction| {
                give_up_sign_ins(transaction)?;
                run(transaction, UNIQUE_OF_NOBODY)
            })
            // Some may be of users who are there, and do not have them.
            .and_then(|()| mend_account(store, finding)),
        Ailment::Unclaimed | Ailment::Keys => mend_account(store, finding),
        _ => Ok(()),
    }
}

fn run(transaction: &mut Connection, sql: &str) -> Result<()> {
    transaction.execute(sql, params![]).map(drop)
}

/// What accounts say is counted and what is counted, and how the one becomes the other if it is the same still: a cluster counts for no row of a
/// table that it has everywhere.
type SaidAndCounted = (&'static str, &'static str);

const COUNTED: SaidAndCounted = (
    "SELECT a.id, a.users, COALESCE(c.counted, 0) FROM account a
     LEFT JOIN (SELECT account, COUNT(*) AS counted FROM users WHERE withdrawn = 0 GROUP BY account) c ON c.account = a.id
     WHERE a.users <> COALESCE(c.counted, 0)",
    "UPDATE account SET users = ?3 WHERE id = ?1 AND users = ?2",
);

/// The number of the next field, where one that was given is as high.
const NEXT_FIELD: SaidAndCounted = (
    "SELECT a.id, a.next_field, f.highest + 1 FROM account a
     JOIN (SELECT account, MAX(number) AS highest FROM field GROUP BY account) f ON f.account = a.id
     WHERE a.next_field <= f.highest",
    "UPDATE account SET next_field = ?3 WHERE id = ?1 AND next_field = ?2",
);

fn say_counted(transaction: &mut Connection, (differing, say): SaidAndCounted) -> Result<()> {
    let read = |row: &Row<'_>| Ok([row.integer(0)?, row.integer(1)?, row.integer(2)?]);
    for [account, said, counted] in transaction.all(differing, params![], read)? {
        transaction.execute(say, params![account, said, counted])?;
    }
    Ok(())
}

/// The next numbers, where one of those that were given is as high.
const NUMBERS: [&str; 3] = [
    "UPDATE deployment SET next_user = (SELECT MAX(id) + 1 FROM users)
     WHERE next_user <= (SELECT COALESCE(MAX(id), 0) FROM users)",
    "UPDATE deployment SET next_account = (SELECT MAX(ABS(id)) + 1 FROM account)
     WHERE next_account <= (SELECT COALESCE(MAX(ABS(id)), 0) FROM account)",
    "UPDATE deployment SET next_administrator = (SELECT MAX(id) + 1 FROM administrator)
     WHERE next_administrator <= (SELECT COALESCE(MAX(id), 0) FROM administrator)",
];

fn no_administrator(table: &str) -> String {
    format!(
        "DELETE FROM {table} WHERE NOT EXISTS (SELECT 1 FROM administrator a WHERE a.id = {table}.administrator)"
    )
}

fn nobodys(connection: &mut Connection, table: &str) -> Result<Vec<i64>> {
    let sql = format!(
        "SELECT DISTINCT administrator FROM {table} t WHERE NOT EXISTS (SELECT 1 FROM administrator a WHERE a.id = t.administrator)
             AND (administrator <> 0 OR '{table}' <> 'one_time_link')"
    );
    connection.all(&sql, params![], |row| row.integer(0))
}

const UNIQUE_OF_NOBODY: &str = "DELETE FROM unique_key WHERE NOT EXISTS
    (SELECT 1 FROM users u WHERE u.account = unique_key.account AND u.id = unique_key.user_id AND u.withdrawn = 0)";

/// Emails and usernames of nobody. A cluster does not look for their users, who are placed by something else, while it deletes: they are read first.
fn give_up_sign_ins(transaction: &mut Connection) -> Result<()> {
    let sql = "SELECT k.kind, k.key, k.account, k.user_id FROM login_key k
               LEFT JOIN (SELECT account, id FROM users WHERE withdrawn = 0) u ON u.account = k.account AND u.id = k.user_id
               WHERE u.id IS NULL";
    let read = |row: &Row<'_>| Ok((row.integer(0)?, row.string(1)?, row.integer(2)?, row.integer(3)?));
    for (kind, key, account, user) in transaction.all(sql, params![], read)? {
        let sql = "DELETE FROM login_key WHERE kind = ?1 AND key = ?2 AND account = ?3 AND user_id = ?4";
        transaction.execute(sql, params![kind, &key, account, user])?;
    }
    Ok(())
}

/// The directory knows no imports: those that there are, are read first.
fn mend_applying(store: &Store) -> Result<()> {
    let gone = store.read(|connection| {
        let sql = "SELECT p.account, p.import FROM applying p
                   WHERE NOT EXISTS (SELECT 1 FROM import i WHERE i.account = p.account AND i.id = p.import)";
        connection.all(sql, params![], |row| Ok((row.integer(0)?, row.integer(1)?)))
    })?;
    store.write_directory(|transaction| {
        let sql = "DELETE FROM applying WHERE account = ?1 AND import = ?2";
        gone.iter()
            .try_for_each(|(account, import)| transaction.execute(sql, params![*account, *import]).map(drop))
    })
}

/// An index that is ahead is begun anew.
fn mend_search(store: &Store) -> Result<()> {
    let ahead = store.read(|connection| {
        let sql = "SELECT p.account FROM users_text_2_place p LEFT JOIN account a ON a.id = p.account
                   WHERE a.id IS NULL OR p.revision > a.revision";
        connection.all(sql, params![], |row| row.integer(0))
    })?;
    store.write_work(|transaction| {
        for account in &ahead {
            for table in ["place", "entry", "part", "letters", "stretch"] {
                let sql = format!("DELETE FROM users_text_2_{table} WHERE account = ?1");
                transaction.execute(&sql, params![*account])?;
            }
        }
        Ok(())
    })
}

/// Users that are read together.
const TOGETHER: i64 = 1_000;

/// Makes the claims and the keys of an account's users anew, from their values. A value that several of them have is claimed for the first;
/// the others are found again.
fn mend_account(store: &Store, finding: &Finding) -> Result<()> {
    let Some(account) = store.read(|connection| number_of(connection, &finding.account))?.map(AccountId)
    else {
        return Ok(());
    };
    let fields = store.fields(account)?;
    let slots = Slots::of(&fields);
    let sql = format!(
        "SELECT {USER_COLUMNS} FROM users WHERE account = ?1 AND id > ?2 ORDER BY id LIMIT {TOGETHER}"
    );
    store.write_directory(|transaction| {
        for table in ["login_key", "unique_key"] {
            transaction.execute(&format!("DELETE FROM {table} WHERE account = ?1"), params![account.0])?;
        }
        let (mut users, mut after) = (Users::new(&fields), 0);
        loop {
            users.clear();
            transaction.each(&sql, params![account.0, after], |row| push_user(&mut users, &slots, row))?;
            let Some(last) = users.len().checked_sub(1).and_then(|last| users.get(last)) else {
                return Ok(());
            };
            after = last.id().number() as i64;
            for user in users.iter() {
                let value = |field| user.value(field);
                let keys = "UPDATE users SET name_key = ?3, sign_in_key = ?4 WHERE account = ?1 AND id = ?2
                            AND (name_key <> ?3 OR sign_in_key <> ?4)";
                let id = user.id().number() as i64;
                transaction.execute(keys, params![account.0, id, &name_key(value), &sign_in_key(value)])?;
                for (_, claim) in claims_of(&fields, &user).into_iter().filter(|_| !user.withdrawn()) {
                    claims::take_if_free(transaction, account, user.id(), &claim)?;
                }
            }
        }
    })
}

/// The number of the account of a slug.
fn number_of(connection: &mut Connection, slug: &str) -> Result<Option<i64>> {
    connection.one("SELECT id FROM account WHERE slug = ?1", params![slug], |row| row.integer(0))
}
