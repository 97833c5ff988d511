//! The one writer of the directory: users, claims, history and the revision row, in one transaction.

use std::collections::HashMap;

use directory::{
    Change, Claim, ClaimKind, FieldNumber, Fields, Kind, Place, PlanCell, User, UserId, Users, standard,
};

use super::engine::{Connection, Param, Result, params};
use super::fields::next_revision;
use super::history::applied_in;
use super::rows::{STANDARD_COLUMNS, Slots, USER_COLUMNS, push_user, standard_column, values_json};
use super::{AccountId, Error, ImportId, ImportKind, Store, Time, accounts};

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
    /// How many users were changed.
    pub users: i64,
    /// How many cells.
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
    /// Another worker has the import now, or it was cancelled.
    Fenced,
}

/// Why a transaction of apply was given up; told apart from a failed database.
enum Halt {
    Failed(Error),
    Outcome(Outcome),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

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
        let mut halted = None;
        let result = self.write_directory(|transaction| {
            let mut writer = Writer::new(transaction, application, fields);
            match writer.run(self, &mut progress) {
                Ok(applied) => Ok(applied),
                Err(Halt::Failed(error)) => Err(error),
                Err(Halt::Outcome(outcome)) => {
                    halted = Some(outcome);
                    Err(Error::Failed("given up".to_owned()))
                }
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
        self.write_directory(|transaction| {
            let sql = "UPDATE deployment SET next_user = next_user + ?1 RETURNING next_user - ?1";
            let first = transaction.one(sql, params![count as i64], |row| row.integer(0))?;
            first
                .map(|first| first as u64)
                .ok_or_else(|| Error::Failed("the deployment row is missing".to_owned()))
        })
    }

    /// Creates users with the values and ids they have in the batch, as one revision without an import.
    ///
    /// # Errors
    /// [`Error::Taken`] when somebody has an email, a username or a unique value of theirs: nothing is created then.
    pub fn create_users(
        &self,
        account: AccountId,
        users: &Users,
        kind: &str,
        actor: &str,
        at: Time,
    ) -> Result<u64> {
        self.write_directory(|transaction| {
            let revision = next_revision(transaction, account)?;
            for user in users.iter() {
                create_user(transaction, account, &user, users.fields(), revision)?;
            }
            transaction.execute(
                "INSERT INTO revision (account, revision, kind, actor, users, cells, at) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6)",
                params![account.0, revision, kind, actor, users.len() as i64, at.0],
            )?;
            transaction.execute(
                "UPDATE account SET users = users + ?2 WHERE id = ?1",
                params![account.0, users.len() as i64],
            )?;
            Ok(revision as u64)
        })
    }
}

/// One transaction of apply.
struct Writer<'t, 'a> {
    transaction: &'t mut Connection,
    application: &'t Application<'a>,
    fields: &'t Fields,
    slots: Slots,
    current: Users,
    statements: HashMap<Vec<FieldNumber>, String>,
    users: i64,
    cells: i64,
}

impl<'t, 'a> Writer<'t, 'a> {
    fn new(transaction: &'t mut Connection, application: &'t Application<'a>, fields: &'t Fields) -> Self {
        Self {
            transaction,
            application,
            fields,
            slots: Slots::of(fields),
            current: Users::new(fields),
            statements: HashMap::new(),
            users: 0,
            cells: 0,
        }
    }

    fn run(&mut self, store: &Store, progress: &mut impl FnMut(i64)) -> std::result::Result<Applied, Halt> {
        let Application { account, import, .. } = *self.application;
        if let Some(done) = applied_in(self.transaction, account, import)? {
            self.forget_applying()?;
            return Ok(Applied { revision: done.revision, users: done.users, cells: done.cells });
        }
        self.check_fence()?;
        let revision = self.begin_revision()?;
        self.release_claims(store)?;
        let mut halt = None;
        let streamed = store.each_written_row(account, import, |place, cells| {
            self.write_row(place, cells, revision).map_err(|stopped| given_up(stopped, &mut halt))?;
            if self.users % 1_000 == 0 {
                progress(self.users);
            }
            Ok(())
        });
        if let Some(outcome) = halt {
            return Err(Halt::Outcome(outcome));
        }
        streamed?;
        self.finish_revision(revision)?;
        Ok(Applied { revision: revision as u64, users: self.users, cells: self.cells })
    }

    fn check_fence(&mut self) -> std::result::Result<(), Halt> {
        let Application { account, import, fence, .. } = *self.application;
        let sql = "SELECT 1 FROM applying WHERE account = ?1 AND import = ?2 AND fence = ?3";
        let entered = self.transaction.one(sql, params![account.0, import.number(), fence], |_| Ok(()))?;
        entered.ok_or(Halt::Outcome(Outcome::Fenced))
    }

    /// Takes the next revision, if the directory is where the plan was judged.
    fn begin_revision(&mut self) -> std::result::Result<i64, Halt> {
        let revision = next_revision(self.transaction, self.application.account)?;
        if revision as u64 == self.application.revision + 1 {
            return Ok(revision);
        }
        Err(Halt::Outcome(Outcome::Moved))
    }

    /// Deletes the claims of every value that is given up, before any new one is made: so values can be permuted.
    fn release_claims(&mut self, store: &Store) -> std::result::Result<(), Halt> {
        let unique = |field: FieldNumber| {
            let field = self.fields.get(field)?;
            (matches!(field.number, standard::EMAIL | standard::USERNAME) || field.unique).then_some(field)
        };
        let Application { account, import, .. } = *self.application;
        let (transaction, mut failed) = (&mut *self.transaction, None);
        store.each_written_row(account, import, |place, cells| {
            for (cell, change) in written(cells) {
                let old = unique(cell.field).and_then(|field| Claim::of(field, change.before?));
                if let (Some(claim), Place::User(user)) = (old, place) {
                    failed = failed.take().or(release(transaction, account, user, &claim).err());
                }
            }
            Ok(())
        })?;
        failed.map_or(Ok(()), |error| Err(Halt::Failed(error)))
    }

    fn write_row(
        &mut self,
        place: Place,
        cells: &[PlanCell],
        revision: i64,
    ) -> std::result::Result<(), Halt> {
        let Place::User(user) = place else { return Ok(()) };
        let changes: Vec<Change<'_>> = written(cells).map(|(_, change)| change).collect();
        self.load(user, &changes)?;
        self.update_user(user, &changes, revision)?;
        for change in &changes {
            self.write_history(user, change, revision)?;
            let field = self.fields.get(change.field);
            if let Some(claim) = field.and_then(|field| Claim::of(field, change.after?)) {
                take(self.transaction, self.application.account, user, &claim).map_err(
                    |error| match error {
                        Error::Taken => Halt::Outcome(Outcome::Taken(place, change.field)),
                        other => Halt::Failed(other),
                    },
                )?;
            }
        }
        self.users += 1;
        self.cells += changes.len() as i64;
        Ok(())
    }

    /// Reads the user as it is, when more of it is needed than what changes: its sort keys, or its other values in the JSON column.
    fn load(&mut self, user: UserId, changes: &[Change<'_>]) -> Result<()> {
        self.current.clear();
        let kept = Kept::of(changes);
        if kept.name || kept.sign_in || kept.custom {
            let sql = format!("SELECT {USER_COLUMNS} FROM users WHERE account = ?1 AND id = ?2");
            let (current, slots) = (&mut self.current, &self.slots);
            self.transaction.each(
                &sql,
                params![self.application.account.0, user.number() as i64],
                |row| push_user(current, slots, row),
            )?;
        }
        Ok(())
    }

    /// Updates the columns that change, and only while they hold the values that the plan replaces.
    fn update_user(
        &mut self,
        user: UserId,
        changes: &[Change<'_>],
        revision: i64,
    ) -> std::result::Result<(), Halt> {
        let mask: Vec<FieldNumber> = changes.iter().map(|change| change.field).collect();
        let sql = self.statements.entry(mask).or_insert_with(|| update_statement(changes));
        let current = self.current.get(0);
        let value = |field| match changes.iter().find(|change| change.field == field) {
            Some(change) => change.after,
            None => current.and_then(|current| current.value(field)),
        };
        if let Some(current) = current
            && changes.iter().any(|change| current.value(change.field) != change.before)
        {
            return Err(Halt::Outcome(Outcome::Moved));
        }
        let (name, sign_in) = (name_key(value), sign_in_key(value));
        let of_account = self.fields.all().iter().filter(|field| standard_column(field.number).is_none());
        let custom = values_json(of_account.map(|field| (field.number, value(field.number))));
        let kept = Kept::of(changes);
        let mut params: Vec<Param<'_>> =
            params![self.application.account.0, user.number() as i64, revision].to_vec();
        params.extend(kept.name.then_some(Param::Text(&name)));
        params.extend(kept.sign_in.then_some(Param::Text(&sign_in)));
        params.extend(kept.custom.then_some(Param::MaybeText(custom.as_deref())));
        for change in changes.iter().filter(|change| standard_column(change.field).is_some()) {
            params.push(change.after.into());
            params.push(change.before.into());
        }
        let changed = self.transaction.execute(sql, &params)?;
        if changed == 1 { Ok(()) } else { Err(Halt::Outcome(Outcome::Moved)) }
    }

    fn write_history(&mut self, user: UserId, change: &Change<'_>, revision: i64) -> Result<()> {
        self.transaction.execute(
            "INSERT INTO history (account, revision, user_id, field, before, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                self.application.account.0,
                revision,
                user.number() as i64,
                i64::from(change.field.0),
                change.before,
                change.after
            ],
        )?;
        Ok(())
    }

    fn finish_revision(&mut self, revision: i64) -> Result<()> {
        let application = self.application;
        self.transaction.execute(
            "INSERT INTO revision (account, revision, kind, actor, import, undoes, users, cells, at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                application.account.0,
                revision,
                application.kind.word(),
                application.actor,
                application.import.number(),
                application.undoes.map(ImportId::number),
                self.users,
                self.cells,
                application.at.0
            ],
        )?;
        self.forget_applying()
    }

    fn forget_applying(&mut self) -> Result<()> {
        let Application { account, import, .. } = *self.application;
        let sql = "DELETE FROM applying WHERE account = ?1 AND import = ?2";
        self.transaction.execute(sql, params![account.0, import.number()])?;
        Ok(())
    }
}

/// Which columns of a row are made of others and have to follow a change.
struct Kept {
    name: bool,
    sign_in: bool,
    custom: bool,
}

impl Kept {
    fn of(changes: &[Change<'_>]) -> Self {
        let any = |fields: &[FieldNumber]| changes.iter().any(|change| fields.contains(&change.field));
        Self {
            name: any(&[standard::FIRST_NAME, standard::LAST_NAME]),
            sign_in: any(&[standard::EMAIL, standard::USERNAME]),
            custom: changes.iter().any(|change| standard_column(change.field).is_none()),
        }
    }
}

/// The statement for one set of changed fields. Its parameters: account, user, revision, the kept columns, then for each standard
/// field the value after and the value before.
fn update_statement(changes: &[Change<'_>]) -> String {
    let kept = Kept::of(changes);
    let kept = [(kept.name, "name_key"), (kept.sign_in, "sign_in_key"), (kept.custom, "custom")];
    let (mut set, mut only) = ("revision = ?3".to_owned(), String::new());
    let mut next = 4;
    for (_, column) in kept.into_iter().filter(|(follows, _)| *follows) {
        set.push_str(&format!(", {column} = ?{next}"));
        next += 1;
    }
    for column in changes.iter().filter_map(|change| standard_column(change.field)) {
        set.push_str(&format!(", {column} = ?{next}"));
        only.push_str(&format!(" AND {column} IS NOT DISTINCT FROM ?{}", next + 1));
        next += 2;
    }
    format!("UPDATE users SET {set} WHERE account = ?1 AND id = ?2 AND withdrawn = 0{only}")
}

fn written(cells: &[PlanCell]) -> impl Iterator<Item = (&PlanCell, Change<'_>)> {
    cells.iter().filter_map(|cell| Some((cell, cell.written()?)))
}

/// Remembers why it was given up, and stops the stream.
fn given_up(stopped: Halt, halt: &mut Option<Outcome>) -> Error {
    match stopped {
        Halt::Failed(error) => error,
        Halt::Outcome(outcome) => {
            *halt = Some(outcome);
            Error::Failed("given up".to_owned())
        }
    }
}

fn folded(value: Option<&str>) -> String {
    Claim::fold(Kind::Text, value.unwrap_or(""))
}

/// Last and first name, folded, for sorting and searching.
fn name_key<'v>(value: impl Fn(FieldNumber) -> Option<&'v str>) -> String {
    format!("{} {}", folded(value(standard::LAST_NAME)), folded(value(standard::FIRST_NAME)))
}

/// Email, or username where there is none, folded, for sorting and searching.
fn sign_in_key<'v>(value: impl Fn(FieldNumber) -> Option<&'v str>) -> String {
    folded(value(standard::EMAIL).or_else(|| value(standard::USERNAME)))
}

fn release(transaction: &mut Connection, account: AccountId, user: UserId, claim: &Claim) -> Result<()> {
    let user = user.number() as i64;
    match login_kind(claim.kind) {
        Ok(kind) => transaction.execute(
            "DELETE FROM login_key WHERE kind = ?1 AND key = ?2 AND account = ?3 AND user_id = ?4",
            params![kind, &claim.key, account.0, user],
        )?,
        Err(field) => transaction.execute(
            "DELETE FROM unique_key WHERE account = ?1 AND field = ?2 AND key = ?3 AND user_id = ?4",
            params![account.0, field, &claim.key, user],
        )?,
    };
    Ok(())
}

fn take(transaction: &mut Connection, account: AccountId, user: UserId, claim: &Claim) -> Result<()> {
    let user = user.number() as i64;
    match login_kind(claim.kind) {
        Ok(kind) => transaction.execute(
            "INSERT INTO login_key (kind, key, account, user_id) VALUES (?1, ?2, ?3, ?4)",
            params![kind, &claim.key, account.0, user],
        )?,
        Err(field) => transaction.execute(
            "INSERT INTO unique_key (account, field, key, user_id) VALUES (?1, ?2, ?3, ?4)",
            params![account.0, field, &claim.key, user],
        )?,
    };
    Ok(())
}

/// The number of a kind of login key, or of the account's own field.
fn login_kind(kind: ClaimKind) -> std::result::Result<i64, i64> {
    match kind {
        ClaimKind::Email => Ok(1),
        ClaimKind::Username => Ok(2),
        ClaimKind::Field(field) => Err(i64::from(field.0)),
    }
}

fn create_user(
    transaction: &mut Connection,
    account: AccountId,
    user: &User<'_>,
    fields: &Fields,
    revision: i64,
) -> Result<()> {
    let value = |field| user.value(field);
    let values = || fields.all().iter().map(|field| (field.number, value(field.number)));
    let custom = values_json(values().filter(|(number, _)| standard_column(*number).is_none()));
    let (name, sign_in) = (name_key(value), sign_in_key(value));
    let mut params: Vec<Param<'_>> =
        params![account.0, user.id().number() as i64, revision, &custom, &name, &sign_in].to_vec();
    params.extend((1..=standard::COUNT as u32).map(|number| Param::MaybeText(value(FieldNumber(number)))));
    transaction.execute(&insert_statement(), &params)?;
    for claim in fields.all().iter().filter_map(|field| Claim::of(field, value(field.number)?)) {
        take(transaction, account, user.id(), &claim)?;
    }
    let all = values_json(values());
    transaction.execute(
        "INSERT INTO history (account, revision, user_id, field, before, after) VALUES (?1, ?2, ?3, 0, NULL, ?4)",
        params![account.0, revision, user.id().number() as i64, &all],
    )?;
    Ok(())
}

fn insert_statement() -> String {
    let numbers: Vec<String> = (7..7 + STANDARD_COLUMNS.len()).map(|number| format!("?{number}")).collect();
    format!(
        "INSERT INTO users (account, id, revision, withdrawn, custom, name_key, sign_in_key, {})
         VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, {})",
        STANDARD_COLUMNS.join(", "),
        numbers.join(", ")
    )
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
