//! Acts that are done once: the Idempotency-Key of a request is kept in the transaction of its act, together with the answer. So
//! whenever a process dies, a retry finds either both or neither.

use crate::engine::{Connection, Error, Result, params};
use crate::request::KeyedRequest;
use crate::work::imports::import_in;
use crate::{AccountId, ImportId, Store, Time};

/// What a request with a key was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The digest of what was asked.
    pub digest: String,
    /// The status.
    pub status: i64,
    /// The body.
    pub body: String,
}

/// What an act is on.
#[derive(Debug, Clone, Copy)]
enum About {
    Import(ImportId),
    Ticket(i64),
}

impl Store {
    /// The same store for one request: whichever act on an import is done over it keeps the request's key and answer. When the
    /// key is known already, the act is not done: [`Error::DoneBefore`].
    #[must_use]
    pub fn once(&self, request: KeyedRequest) -> Self {
        self.for_request(request)
    }

    /// What was answered to a request with this key, if it came before.
    pub fn answered(&self, account: AccountId, key: &str) -> Result<Option<Answered>> {
        self.read(|connection| answered_in(connection, account, key))
    }

    /// Keeps what was answered to a request with a key whose act is not of an import. What was kept before stays.
    pub fn keep_answered(&self, account: AccountId, key: &str, answered: &Answered, at: Time) -> Result<()> {
        self.write_work(|transaction| {
            let Answered { digest, status, body } = answered;
            let sql = "INSERT INTO idempotency (account, key, request, status, body, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                       ON CONFLICT (account, key) DO NOTHING";
            transaction.execute(sql, params![account.0, key, digest, *status, body, at.0]).map(drop)
        })
    }

    /// Does an act that people ask for on an import, in one transaction of the work. None when the import does not allow it; nothing
    /// was done then, and a key stays free.
    pub(crate) fn act<T>(
        &self,
        account: AccountId,
        import: ImportId,
        act: impl FnMut(&mut Connection) -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        self.act_on(account, About::Import(import), act)
    }

    /// The same on a ticket, by its number.
    pub(crate) fn act_on_ticket<T>(
        &self,
        account: AccountId,
        number: i64,
        act: impl FnMut(&mut Connection) -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        self.act_on(account, About::Ticket(number), act)
    }

    fn act_on<T>(
        &self,
        account: AccountId,
        about: About,
        mut act: impl FnMut(&mut Connection) -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        let Some(request) = self.request() else { return self.write_work(act) };
        let done = self.write_work(|transaction| {
            if answered_in(transaction, account, &request.key)?.is_some() {
                return Err(Error::DoneBefore);
            }
            let done = act(transaction)?;
            if done.is_some() {
                keep_answer(transaction, account, about, request)?;
            }
            Ok(done)
        });
        // What refused the act may be that it was just done, by the same request at the same moment.
        match done {
            Ok(None) | Err(Error::Taken) if self.answered(account, &request.key)?.is_some() => {
                Err(Error::DoneBefore)
            }
            other => other,
        }
    }
}

fn answered_in(connection: &mut Connection, account: AccountId, key: &str) -> Result<Option<Answered>> {
    connection.one(
        "SELECT request, status, body FROM idempotency WHERE account = ?1 AND key = ?2",
        params![account.0, key],
        |row| Ok(Answered { digest: row.string(0)?, status: row.integer(1)?, body: row.string(2)? }),
    )
}

fn keep_answer(
    transaction: &mut Connection,
    account: AccountId,
    about: About,
    request: &KeyedRequest,
) -> Result<()> {
    let body = match about {
        About::Import(id) => {
            import_in(transaction, account, id)?.as_ref().map(request.body).unwrap_or_default()
        }
        About::Ticket(number) => number.to_string(),
    };
    let kept = transaction.execute(
        "INSERT INTO idempotency (account, key, request, status, body, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (account, key) DO NOTHING",
        params![account.0, &request.key, &request.digest, request.status, &body, request.at.0],
    )?;
    // Another request with this key came in between: all of this is undone, and the next try finds its answer.
    if kept == 1 { Ok(()) } else { Err(Error::Again) }
}
