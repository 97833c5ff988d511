//! The one writer of the directory: users, claims, history and the revision row, in one transaction.
//!
//! What the cells of a plan mean here, beside the change of a value:
//! - a row that names no user ([`Place::Row`]) creates one when it has a cell of [`standard::USER`] from nothing to [`PRESENT`]; its
//!   other cells are the values. The user gets a number in this transaction (`creating.rs`), which takes the place of the row where
//!   other cells name it. The history gets one entry: field 0, from nothing to all values. Without that cell such a row writes nothing.
//! - a cell of [`standard::USER`] of a known user from [`PRESENT`] to nothing withdraws the user: out of lists and downloads, its
//!   claims released, its values and history kept.
//! - the same from nothing to [`PRESENT`] brings it back, if nobody has its claims now.

pub(crate) mod chunk;
pub(crate) mod creating;
mod erasing;
mod releasing;
pub(crate) mod row_writes;
pub(crate) mod written;

use directory::{Allowance, Change, Claim, FieldNumber, Fields, Place, User, UserId, Users, standard};

use crate::apply::chunk::{Chunk, ChunkRow};
use crate::apply::creating::Creating;
use crate::apply::row_writes::{Kept, Update, UpdateStatements, insert_users, set_withdrawn};
use crate::apply::written::{Held, WrittenRow};
use crate::directory::accounts;
use crate::directory::claims::{self, claimed_fields, claims_of};
use crate::directory::fields::next_revision;
use crate::directory::history::{NewHistory, applied_in};
use crate::directory::revisions::{self, Revision};
use crate::directory::rows::{Slots, each_user, push_user};
use crate::engine::{Connection, Result, params};
use crate::migrations::Part;
use crate::quotas::beyond_users_in;
use crate::work::plan::place_number;
use crate::{AccountId, Error, ImportId, ImportKind, Store, Time};

/// The value of [`standard::USER`] in plans and in the history while a user is there.
pub const PRESENT: &str = "present";

/// What is to be applied: the plan of an import, as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application<'a> {
    /// The account.
    pub account: AccountId,
    /// The import whose plan it is.
    pub import: ImportId,
    /// What the import came from.
    pub kind: ImportKind,
    /// Who does it.
    pub actor: &'a str,
    /// The number of the claim of the worker; the row of what is being applied must carry it.
    pub fence: i64,
    /// The revision that the plan was last judged at; the directory must still be there.
    pub revision: u64,
    /// The import that it undoes.
    pub undoes: Option<ImportId>,
    /// When.
    pub at: Time,
}

/// What was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applied {
    /// The revision that it became; the account's own when nothing was to be done.
    pub revision: u64,
    /// How many users were changed, created, withdrawn or brought back.
    pub users: i64,
    /// How many cells of users that were there.
    pub cells: i64,
}

/// How an apply ended. Nothing was written unless it says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Written, now or by an earlier try.
    Applied(Applied),
    /// The directory moved on since the plan was judged: judge again.
    Moved,
    /// Somebody has what this cell claims: judge again.
    Taken(Place, FieldNumber),
    /// The account may not have as many users as there would be: what it has and may have.
    Beyond(Allowance),
    /// Another worker has the import now, or it was cancelled.
    Fenced,
}

/// Why a transaction of apply was given up; told apart from a failed database.
enum Halt {
    Failed(Error),
    Outcome(Outcome),
    /// Not given up: from this row on the plan touches claims, and those that it gives up are to be released first.
    Claims(i64),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

type Step<T> = std::result::Result<T, Halt>;

impl Store {
    /// Writes down that an import is being applied, under the fence of its worker. False when another import of the account is
    /// being applied: one at a time.
    pub fn enter_applying(
        &self,
        account: AccountId,
        import: ImportId,
        plan: i64,
        fence: i64,
        at: Time,
    ) -> Result<bool> {
        self.write_directory(|transaction| {
            // Asked by itself: of rows that it selects elsewhere, a cluster counts those that conflict, too. Of an account that is removed just now
            // no revision can be taken.
            let there = "SELECT 1 FROM account WHERE id = ?1 AND removing = 0";
            if transaction.one(there, params![account.0], |_| Ok(()))?.is_none() {
                return Ok(false);
            }
            let changed = transaction.execute(
                "INSERT INTO applying (account, import, plan, fence, at) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (account) DO UPDATE SET plan = excluded.plan, fence = excluded.fence, at = excluded.at
                 WHERE applying.import = excluded.import AND applying.fence <= excluded.fence",
                params![account.0, import.number(), plan, fence, at.0],
            )?;
            Ok(changed == 1)
        })
    }

    /// Writes down that an import is no longer being applied (it went back to review, or failed).
    pub fn leave_applying(&self, account: AccountId, import: ImportId, fence: i64) -> Result<()> {
        self.write_directory(|transaction| {
            transaction.execute(
                "DELETE FROM applying WHERE account = ?1 AND import = ?2 AND fence <= ?3",
                params![account.0, import.number(), fence],
            )?;
            Ok(())
        })
    }

    /// The import that is written down as being applied in an account.
    pub fn being_applied(&self, account: AccountId) -> Result<Option<ImportId>> {
        self.read(|connection| {
            let sql = "SELECT import FROM applying WHERE account = ?1";
            connection.one(sql, params![account.0], |row| Ok(ImportId::of_number(row.integer(0)?)))
        })
    }

    /// Applies a plan: all of it, or nothing. `fields` are today's. `progress` is told how many users are written.
    pub fn apply(
        &self,
        application: &Application<'_>,
        fields: &Fields,
        mut progress: impl FnMut(i64),
    ) -> Result<Outcome> {
        let held = self.held_places(application.account, application.import)?;
        let mut halted = None;
        let result = self.write_directory(|transaction| {
            transaction.expect_many()?;
            let creating = self.creating(application.account, application.import, &held, fields)?;
            let history = NewHistory::new(self.randomness());
            let mut writer = Writer::new(transaction, application, fields, (&held, creating), history);
            match writer.run(self, &mut progress) {
                Ok(applied) => Ok(applied),
                Err(Halt::Failed(error)) => Err(error),
                Err(Halt::Outcome(outcome)) => {
                    halted = Some(outcome);
                    Err(Error::Failed("given up".to_owned()))
                }
                Err(Halt::Claims(_)) => Err(Error::Failed("claims were not released".to_owned())),
            }
        });
        match (result, halted) {
            (Ok(applied), _) => Ok(Outcome::Applied(applied)),
            (Err(_), Some(outcome)) => Ok(outcome),
            (Err(error), None) => Err(error),
        }
    }

    /// Takes the next `count` numbers for users that are going to be created; those that are not used stay unused.
    pub fn reserve_users(&self, count: u64) -> Result<u64> {
        self.write_directory(|transaction| creating::reserve(transaction, count))
    }

    /// Creates users with the values and ids they have in the batch, as one revision without an import.
    ///
    /// # Errors
    /// [`Error::Taken`] when somebody has an email, a username or a unique value of theirs, [`Error::OverQuota`] when the account may not
    /// have so many: nothing is created then.
    pub fn create_users(
        &self,
        account: AccountId,
        users: &Users,
        kind: &str,
        actor: &str,
        at: Time,
    ) -> Result<u64> {
        self.write_directory(|transaction| {
            transaction.expect_many()?;
            let revision = next_revision(transaction, account)?;
            if let Some(beyond) = beyond_users_in(transaction, account, users.len() as i64)? {
                return Err(Error::OverQuota(beyond));
            }
            let mut history = NewHistory::new(self.randomness());
            insert_users(transaction, account, users, (&mut history, revision))?;
            let mut claimed = Vec::new();
            for user in users.iter() {
                let claims = claims_of(users.fields(), &user);
                claimed.extend(claims.into_iter().map(|(_, claim)| (user.id(), claim)));
            }
            if claims::take_all(transaction, account, &claimed)?.is_some() {
                return Err(Error::Taken);
            }
            history.write(transaction, account, revision)?;
            let of_users = Revision {
                users: users.len() as i64,
                hashes: history.take_hashes(),
                ..Revision::plain(revision, kind, actor, at)
            };
            revisions::write(transaction, account, &of_users, self.randomness())?;
            accounts::count_users_more(transaction, account, users.len() as i64)?;
            Ok(revision as u64)
        })
    }
}

/// One transaction of apply.
struct Writer<'t, 'a> {
    transaction: &'t mut Connection,
    application: &'t Application<'a>,
    fields: &'t Fields,
    held: &'t Held,
    creating: Creating,
    /// Fields whose values are claimed, and that of the user as such.
    touching: Vec<FieldNumber>,
    /// Whether the claims that the plan gives up are released.
    has_released: bool,
    slots: Slots,
    /// Rows that are written together when they are many enough.
    chunk: Chunk,
    /// Users of the rows at hand as they are: those of whom something is needed.
    current: Users,
    statements: UpdateStatements,
    history: NewHistory,
    users: i64,
    cells: i64,
    /// How many users there are more.
    more: i64,
}

impl<'t, 'a> Writer<'t, 'a> {
    fn new(
        transaction: &'t mut Connection,
        application: &'t Application<'a>,
        fields: &'t Fields,
        (held, creating): (&'t Held, Creating),
        history: NewHistory,
    ) -> Self {
        Self {
            transaction,
            application,
            fields,
            held,
            creating,
            touching: claimed_fields(fields).map(|field| field.number).chain([standard::USER]).collect(),
            has_released: false,
            slots: Slots::of(fields),
            chunk: Chunk::default(),
            current: Users::new(fields),
            statements: UpdateStatements::default(),
            history,
            users: 0,
            cells: 0,
            more: 0,
        }
    }

    fn run(&mut self, store: &Store, progress: &mut impl FnMut(i64)) -> Step<Applied> {
        let Application { account, import, .. } = *self.application;
        if let Some(done) = applied_in(self.transaction, account, import)? {
            self.forget_applying()?;
            return Ok(Applied { revision: done.revision, users: done.users, cells: done.cells });
        }
        self.check_fence()?;
        let revision = self.begin_revision()?;
        self.check_users()?;
        self.creating.reserve(self.transaction)?;
        tracing::info!(revision, "rows are written");
        self.write_rows(store, revision, progress)?;
        self.finish_revision(revision)?;
        let told = [("users", self.users.to_string()), ("cells", self.cells.to_string())];
        store.note_with(self.transaction, Part::Directory, &told)?;
        Ok(Applied { revision: revision as u64, users: self.users, cells: self.cells })
    }

    /// Goes through the plan from a row on with this writer; why it stopped is carried past the stream, which knows failures only.
    fn each_row(
        &mut self,
        store: &Store,
        (from, only): (i64, Option<&[FieldNumber]>),
        mut step: impl FnMut(&mut Self, &WrittenRow) -> Step<()>,
    ) -> Step<()> {
        let Application { account, import, .. } = *self.application;
        let mut halted = None;
        let held = self.held;
        let of = (account, import, from);
        let streamed = store.each_written_row(of, held, only, |row| match step(self, row) {
            Ok(()) => Ok(()),
            Err(Halt::Failed(error)) => Err(error),
            Err(halt) => {
                halted = Some(halt);
                Err(Error::Failed("given up".to_owned()))
            }
        });
        match halted {
            Some(halt) => Err(halt),
            None => Ok(streamed?),
        }
    }

    fn check_fence(&mut self) -> Step<()> {
        let Application { account, import, fence, .. } = *self.application;
        let sql = "SELECT 1 FROM applying WHERE account = ?1 AND import = ?2 AND fence = ?3";
        let entered = self.transaction.one(sql, params![account.0, import.number(), fence], |_| Ok(()))?;
        entered.ok_or(Halt::Outcome(Outcome::Fenced))
    }

    /// Takes the next revision, if the directory is where the plan was judged.
    fn begin_revision(&mut self) -> Step<i64> {
        let revision = next_revision(self.transaction, self.application.account)?;
        if revision as u64 == self.application.revision + 1 {
            return Ok(revision);
        }
        Err(Halt::Outcome(Outcome::Moved))
    }

    /// Nobody is created beyond what the account may have. To bring users back that were here is not refused.
    fn check_users(&mut self) -> Step<()> {
        let more = self.creating.count() as i64;
        let account = self.application.account;
        let beyond = if more > 0 { beyond_users_in(self.transaction, account, more)? } else { None };
        beyond.map_or(Ok(()), |users| Err(Halt::Outcome(Outcome::Beyond(users))))
    }

    fn claim_of(&self, field: FieldNumber, value: Option<&str>) -> Option<Claim> {
        Claim::of(self.fields.get(field)?, value?)
    }

    /// Keeps a row until there are many, which are written then. False when it writes nothing.
    fn gather(&mut self, row: &WrittenRow, revision: i64) -> Step<bool> {
        let place = row.place()?;
        if !self.has_released && row.changes().any(|change| self.touching.contains(&change.field)) {
            return Err(Halt::Claims(place_number(place)));
        }
        let creates = row.changes().any(|change| change.field == standard::USER);
        if matches!(place, Place::Row { .. }) && !creates {
            return Ok(false);
        }
        self.chunk.push(place, row, &self.creating)?;
        self.users += 1;
        if self.chunk.is_full(self.transaction.at_once()) {
            self.write_chunk(revision)?;
        }
        Ok(true)
    }

    /// Writes the rows that were gathered.
    fn write_chunk(&mut self, revision: i64) -> Step<()> {
        let mut chunk = std::mem::take(&mut self.chunk);
        let changes = chunk.changes();
        let rows = chunk.rows(&changes);
        let mut claimed = Claimed::default();
        self.create(&rows, revision, &mut claimed)?;
        self.withdraw_or_return(&rows, revision, &mut claimed)?;
        self.update(&rows, revision, &mut claimed)?;
        if let Some(taken) = claims::take_all(self.transaction, self.application.account, &claimed.claims)? {
            let (place, field) = claimed.cells[taken];
            return Err(Halt::Outcome(Outcome::Taken(place, field)));
        }
        chunk.clear();
        self.chunk = chunk;
        Ok(())
    }

    /// Creates the users of the rows that name none.
    fn create(&mut self, rows: &[ChunkRow<'_>], revision: i64, claimed: &mut Claimed) -> Step<()> {
        self.current.clear();
        let rows: Vec<_> = rows.iter().filter(|row| row.user().is_none()).collect();
        for row in &rows {
            self.current.begin(self.creating.user_of(row.place)?, 0, false);
            for change in row.changes {
                if let Some(slot) = self.fields.slot(change.field) {
                    self.current.set(slot, change.after);
                }
            }
        }
        let history = (&mut self.history, revision);
        insert_users(self.transaction, self.application.account, &self.current, history)?;
        for (created, row) in self.current.iter().zip(&rows) {
            for (field, claim) in claims_of(self.fields, &created) {
                claimed.push((row.place, field), created.id(), claim);
            }
        }
        self.more += rows.len() as i64;
        Ok(())
    }

    /// Takes users out, and brings others back with what is claimed for the values that they keep.
    fn withdraw_or_return(
        &mut self,
        rows: &[ChunkRow<'_>],
        revision: i64,
        claimed: &mut Claimed,
    ) -> Step<()> {
        let account = self.application.account;
        for present in [false, true] {
            let rows: Vec<_> = rows.iter().filter(|row| row.present == Some(present)).collect();
            let users: Vec<UserId> = rows.iter().filter_map(|row| row.user()).collect();
            if !set_withdrawn(self.transaction, account, &users, !present, revision)? {
                return Err(Halt::Outcome(Outcome::Moved));
            }
            let (before, after) = if present { (None, Some(PRESENT)) } else { (Some(PRESENT), None) };
            let change = Change { field: standard::USER, before, after };
            for user in &users {
                self.history.push(self.transaction, (account, *user, revision), &change)?;
            }
            self.more += if present { users.len() as i64 } else { -(users.len() as i64) };
            if !present {
                continue;
            }
            self.load(&users)?;
            for (user, row) in rows.iter().filter_map(|row| Some((self.current.find(row.user()?)?, row))) {
                for (field, claim) in claims_of(self.fields, &user) {
                    if !row.changes.iter().any(|change| change.field == field) {
                        claimed.push((row.place, field), user.id(), claim);
                    }
                }
            }
        }
        Ok(())
    }

    /// Changes values of users that are there.
    fn update(&mut self, rows: &[ChunkRow<'_>], revision: i64, claimed: &mut Claimed) -> Step<()> {
        let account = self.application.account;
        let of_users = || rows.iter().filter_map(|row| Some((row.user()?, row.changes)));
        let changed = || of_users().filter(|(_, changes)| !changes.is_empty());
        let needed = changed().filter(|(_, changes)| Kept::of(changes).any());
        let needed: Vec<UserId> = needed.map(|(user, _)| user).collect();
        self.load(&needed)?;
        let updates: Vec<Update<'_>> = changed()
            .map(|(user, changes)| Update { user, changes, current: self.current.find(user) })
            .collect();
        let has_moved = updates
            .iter()
            .any(|update| update.current.is_some_and(|current| differs(&current, update.changes)));
        let of = (account, revision);
        if has_moved || !self.statements.update_all(self.transaction, of, self.fields, &updates)? {
            return Err(Halt::Outcome(Outcome::Moved));
        }
        for Update { user, changes, .. } in &updates {
            for change in *changes {
                self.history.push(self.transaction, (account, *user, revision), change)?;
                if let Some(claim) = self.claim_of(change.field, change.after) {
                    claimed.push((Place::User(*user), change.field), *user, claim);
                }
            }
            self.cells += changes.len() as i64;
        }
        Ok(())
    }

    /// Reads users (ascending) as they are.
    fn load(&mut self, users: &[UserId]) -> Result<()> {
        self.current.clear();
        let (current, slots) = (&mut self.current, &self.slots);
        each_user(self.transaction, self.application.account, users, |row| push_user(current, slots, row))
    }

    /// Writes the revision. Whoever took the import over meanwhile, on PostgreSQL while this one writes, has raised the fence: then nothing of it
    /// stays.
    fn finish_revision(&mut self, revision: i64) -> Step<()> {
        let application = self.application;
        self.history.write(self.transaction, application.account, revision)?;
        let written = Revision {
            import: Some(application.import),
            undoes: application.undoes,
            users: self.users,
            cells: self.cells,
            hashes: self.history.take_hashes(),
            ..Revision::plain(revision, application.kind.word(), application.actor, application.at)
        };
        revisions::write(self.transaction, application.account, &written, self.history.randomness())?;
        accounts::count_users_more(self.transaction, application.account, self.more)?;
        let Application { account, import, fence, .. } = *application;
        let sql = "DELETE FROM applying WHERE account = ?1 AND import = ?2 AND fence = ?3";
        match self.transaction.execute(sql, params![account.0, import.number(), fence])? {
            1 => Ok(()),
            _ => Err(Halt::Outcome(Outcome::Fenced)),
        }
    }

    fn forget_applying(&mut self) -> Result<()> {
        let Application { account, import, .. } = *self.application;
        let sql = "DELETE FROM applying WHERE account = ?1 AND import = ?2";
        self.transaction.execute(sql, params![account.0, import.number()])?;
        Ok(())
    }
}

/// Whether a user no longer has the values that changes replace.
fn differs(current: &User<'_>, changes: &[Change<'_>]) -> bool {
    changes.iter().any(|change| current.value(change.field) != change.before)
}

/// Claims that are made, and the cells that make them.
#[derive(Default)]
struct Claimed {
    claims: Vec<(UserId, Claim)>,
    cells: Vec<(Place, FieldNumber)>,
}

impl Claimed {
    fn push(&mut self, cell: (Place, FieldNumber), user: UserId, claim: Claim) {
        self.cells.push(cell);
        self.claims.push((user, claim));
    }
}

impl Store {
    /// Whether the account's users fit their count; `doctor` and tests ask.
    pub fn users_counted(&self, account: AccountId) -> Result<(i64, i64)> {
        self.read(|connection| {
            let sql = "SELECT COUNT(*) FROM users WHERE account = ?1 AND withdrawn = 0";
            let counted = connection.one(sql, params![account.0], |row| row.integer(0))?.unwrap_or_default();
            Ok((accounts::account_in(connection, account)?.users, counted))
        })
    }
}
