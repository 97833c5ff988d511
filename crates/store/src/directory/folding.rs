//! Claims whose keys an earlier program folded otherwise: letters that nobody sees (a soft hyphen, a space without width, a filler) were
//! part of them once, so two values that look alike were two. Such keys are put right when a database is opened, once, a piece at a time. Where somebody
//! else has the value already, the claim stays as it is: nobody loses a value, and comparing the claims tells of it.

use directory::{Claim, Field, FieldNumber, UserId, Users, standard};

use crate::engine::{Error, Result, params};
use crate::ids::user_id;
use crate::{AccountId, Store};

/// How keys are folded today; a database says by which of these its own are. 1 knew of fewer letters that nobody sees.
const FOLDED: i64 = 2;
/// Keys that are read and written together.
const TOGETHER: usize = 1_000;

/// The fields whose claims are of the whole deployment, with the number of their kind.
const SIGN_INS: [(i64, FieldNumber); 2] = [(1, standard::EMAIL), (2, standard::USERNAME)];

/// A claim as it is kept.
struct Kept {
    account: AccountId,
    user: UserId,
    key: String,
}

/// A claim whose key is to be another one.
struct Refolded {
    kept: Kept,
    key: String,
}

impl Store {
    /// Folds the keys of claims anew, in a database that was made before they were folded as today.
    pub(crate) fn fold_keys_again(&self) -> Result<()> {
        let sql = "SELECT 1 FROM deployment WHERE one = 1 AND folded >= ?1";
        if self.read(|connection| connection.one(sql, params![FOLDED], |_| Ok(())))?.is_some() {
            return Ok(());
        }
        for (kind, number) in SIGN_INS {
            let read = "SELECT key, account, user_id FROM login_key WHERE kind = ?1 AND key > ?2 ORDER BY key LIMIT ?3";
            let write = "UPDATE login_key SET key = ?1 WHERE kind = ?2 AND key = ?3 AND user_id = ?4
                         AND NOT EXISTS (SELECT 1 FROM login_key o WHERE o.kind = ?2 AND o.key = ?1)";
            let page = |store: &Self, after: &str| {
                store.read(|connection| {
                    connection.all(read, params![kind, after, TOGETHER as i64], |row| {
                        let (account, user) = (AccountId(row.integer(1)?), user_id(row.integer(2)?)?);
                        Ok(Kept { account, user, key: row.string(0)? })
                    })
                })
            };
            self.fold_all(number, page, |store, some| {
                store.write_directory(|transaction| {
                    let mut written = 0;
                    for Refolded { kept, key } in some {
                        let user = kept.user.number() as i64;
                        written += transaction.execute(write, params![key, kind, &kept.key, user])?;
                    }
                    Ok(written)
                })
            })?;
        }
        for account in self.accounts()? {
            let fields = match self.fields(account.id) {
                Err(Error::Unread(why)) => {
                    tracing::error!(
                        why,
                        account = account.slug,
                        "its fields can't be read; muster doctor names them"
                    );
                    continue;
                }
                fields => fields?,
            };
            for field in fields.all().iter().filter(|field| field.unique) {
                self.fold_keys_of(account.id, field)?;
            }
        }
        self.write_directory(|transaction| {
            transaction.execute("UPDATE deployment SET folded = ?1 WHERE folded < ?1", params![FOLDED])
        })?;
        Ok(())
    }

    /// Folds the keys of an account's own field.
    fn fold_keys_of(&self, account: AccountId, field: &Field) -> Result<()> {
        let number = i64::from(field.number.0);
        let read = "SELECT key, user_id FROM unique_key WHERE account = ?1 AND field = ?2 AND key > ?3
                    ORDER BY key LIMIT ?4";
        let write = "UPDATE unique_key SET key = ?1 WHERE account = ?2 AND field = ?3 AND key = ?4 AND user_id = ?5
                     AND NOT EXISTS (SELECT 1 FROM unique_key o WHERE o.account = ?2 AND o.field = ?3 AND o.key = ?1)";
        let page = |store: &Self, after: &str| {
            store.read(|connection| {
                connection.all(read, params![account.0, number, after, TOGETHER as i64], |row| {
                    Ok(Kept { account, user: user_id(row.integer(1)?)?, key: row.string(0)? })
                })
            })
        };
        self.fold_all(field.number, page, |store, some| {
            store.write_directory(|transaction| {
                let mut written = 0;
                for Refolded { kept, key } in some {
                    let user = kept.user.number() as i64;
                    written +=
                        transaction.execute(write, params![key, account.0, number, &kept.key, user])?;
                }
                Ok(written)
            })
        })
    }

    /// Goes through the claims of a field, page by page, and writes those that are folded otherwise now.
    fn fold_all(
        &self,
        field: FieldNumber,
        page: impl Fn(&Self, &str) -> Result<Vec<Kept>>,
        write: impl Fn(&Self, &[Refolded]) -> Result<u64>,
    ) -> Result<()> {
        let mut after = String::new();
        loop {
            let kept = page(self, &after)?;
            let Some(last) = kept.last() else { return Ok(()) };
            after.clone_from(&last.key);
            let mut changed = Vec::new();
            for kept in kept.into_iter().filter(|kept| !kept.key.is_ascii()) {
                changed.extend(self.refolded(field, kept)?);
            }
            if changed.is_empty() {
                continue;
            }
            let written = match write(self, &changed) {
                // Somebody took one of the values at this moment: each for itself, then.
                Err(Error::Taken) => changed.iter().try_fold(0, |written, one| {
                    match write(self, std::slice::from_ref(one)) {
                        Err(Error::Taken) => Ok(written),
                        result => result.map(|one| written + one),
                    }
                })?,
                result => result?,
            };
            tell(field, changed.len() as u64, written);
        }
    }

    /// The claim with the key that its user's value has today; none when it has that already.
    fn refolded(&self, field: FieldNumber, kept: Kept) -> Result<Option<Refolded>> {
        let fields = self.fields(kept.account)?;
        let Some(field) = fields.get(field).filter(|field| Claim::fold(field.kind, &kept.key) != kept.key)
        else {
            return Ok(None);
        };
        let mut users = Users::new(&fields);
        self.users_of(kept.account, &[kept.user], &mut users)?;
        let value = users.get(0).and_then(|user| Some(user.value(field.number)?.to_owned()));
        let key = value.and_then(|value| Claim::of(field, &value)).map(|claim| claim.key);
        Ok(key.filter(|key| *key != kept.key).map(|key| Refolded { kept, key }))
    }
}

fn tell(field: FieldNumber, changed: u64, written: u64) {
    let field = field.0;
    tracing::info!(field, written, "keys were folded anew: letters that nobody sees are no part of them");
    if written < changed {
        let left = changed - written;
        tracing::warn!(
            field,
            left,
            "values look alike and belong to several users; they were left as they are"
        );
    }
}
