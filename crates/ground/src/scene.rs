//! What the store's tests stand on: an account with users, a plan in a line, an apply in a line, and the tables as they are.

use crate::Ground;
use directory::{
    Counts, Field, FieldNumber, Fields, Kind, Place, PlanCell, State, User, UserId, Users, standard,
};
use store::{
    AccountId, Application, Applied, Complete, ImportId, ImportKind, ImportState, Lease, NewImport, Outcome,
    Settled, Store, Time,
};

use crate::NOW;

/// A custom text field of the account of [`Scene::new`].
pub const NICKNAME: FieldNumber = FieldNumber(101);
/// A custom field of it that no two users may share.
pub const BADGE: FieldNumber = FieldNumber(102);

/// An account with two fields of its own.
pub struct Scene<'a> {
    pub app: &'a Ground,
    pub account: AccountId,
}

impl<'a> Scene<'a> {
    pub fn new(app: &'a Ground) -> Self {
        Self::named(app, "acme")
    }

    pub fn named(app: &'a Ground, slug: &str) -> Self {
        let account =
            app.store.create_account(slug, slug, NOW).expect("it works").expect("the slug is free").id;
        let mut badge = Field::new(FieldNumber(0), "badge", "Badge", Kind::Text);
        badge.unique = true;
        for field in [Field::new(FieldNumber(0), "nickname", "Nickname", Kind::Text), badge] {
            app.store
                .save_field(account, &field, "priya@acme", NOW)
                .expect("it works")
                .expect("the key is free");
        }
        Self { app, account }
    }

    pub fn store(&self) -> &Store {
        &self.app.store
    }

    pub fn fields(&self) -> Fields {
        self.store().fields(self.account).expect("fields")
    }

    pub fn revision(&self) -> u64 {
        self.store().account_now(self.account).expect("the account").revision
    }

    /// Creates a user for each line of values.
    pub fn create(&self, lines: &[&[(FieldNumber, &str)]]) -> Vec<UserId> {
        let fields = self.fields();
        let first = self.store().reserve_users(lines.len() as u64).expect("numbers");
        let mut users = Users::new(&fields);
        for (number, line) in (first..).zip(lines) {
            users.begin(id(number), 0, false);
            for (field, value) in *line {
                users.set(fields.slot(*field).expect("a field"), Some(value));
            }
        }
        self.store().create_users(self.account, &users, "form", "priya@acme", NOW).expect("they are created");
        users.iter().map(|user| user.id()).collect()
    }

    /// Creates users with these emails, last name `Person`, first name as in the email.
    pub fn create_with_emails(&self, emails: &[&str]) -> Vec<UserId> {
        let lines: Vec<[(FieldNumber, &str); 4]> = emails.iter().map(|email| line(email)).collect();
        let lines: Vec<&[(FieldNumber, &str)]> = lines.iter().map(<[_; 4]>::as_slice).collect();
        self.create(&lines)
    }

    /// All users, withdrawn ones too.
    pub fn all(&self) -> Users {
        let mut users = Users::new(&self.fields());
        self.store().users_after(self.account, 0, u64::MAX >> 1, usize::MAX >> 1, &mut users).expect("users");
        users
    }

    /// One value of one user.
    pub fn value(&self, user: UserId, field: FieldNumber) -> Option<String> {
        let mut users = Users::new(&self.fields());
        self.store().users_of(self.account, &[user], &mut users).expect("the user");
        users.get(0).and_then(|user| user.value(field).map(str::to_owned))
    }

    /// A new import in state `reading`.
    pub fn import(&self) -> ImportId {
        let import = ImportId::new(NOW, self.app.randomness.number());
        assert!(self.store().begin_import(self.account, &new_import(import)).expect("it begins"));
        import
    }

    pub fn claim(&self, import: ImportId) -> Lease {
        let only = Some((self.account, import));
        self.store().claim(only, "worker", NOW, NOW.plus(10_000)).expect("it works").expect("a lease")
    }

    /// An import in review whose plan 1 is these cells.
    pub fn review(&self, cells: &[PlanCell]) -> ImportId {
        let import = self.import();
        let lease = self.claim(import);
        assert!(self.store().stage(&lease, cells, &[]).expect("it stages"));
        assert!(
            self.store().settle(&lease, &settled(ImportState::Review, self.revision())).expect("it settles")
        );
        import
    }

    /// Moves an import from review to applying and claims it.
    pub fn enter(&self, import: ImportId) -> Lease {
        let (from, to) = (ImportState::Review, ImportState::Applying);
        assert!(self.store().move_import(self.account, import, from, to, Some(1), false).expect("it moves"));
        let lease = self.claim(import);
        assert!(self.store().enter_applying(self.account, import, 1, lease.fence, NOW).expect("it enters"));
        lease
    }

    /// Applies what was entered, as judged at a revision.
    pub fn apply_at(&self, lease: &Lease, revision: u64) -> Outcome {
        self.store().apply(&self.application(lease, revision), &self.fields(), |_| ()).expect("it runs")
    }

    pub fn application(&self, lease: &Lease, revision: u64) -> Application<'static> {
        Application {
            account: self.account,
            import: lease.import,
            kind: ImportKind::File,
            actor: "priya@acme",
            fence: lease.fence,
            revision,
            undoes: None,
            at: NOW,
        }
    }

    /// Reviews, enters and applies these cells at once; what was written down as being applied is left when it came to nothing.
    pub fn try_apply(&self, cells: &[PlanCell]) -> Outcome {
        let lease = self.enter(self.review(cells));
        let outcome = self.apply_at(&lease, self.revision());
        self.store().leave_applying(self.account, lease.import, lease.fence).expect("it leaves");
        outcome
    }

    /// As [`Scene::try_apply`], and it has to be applied.
    pub fn apply(&self, cells: &[PlanCell]) -> Applied {
        match self.try_apply(cells) {
            Outcome::Applied(applied) => applied,
            other => panic!("not applied: {other:?}"),
        }
    }

    /// The rows of a query over the directory's tables, values as text, joined by bars.
    pub fn rows(&self, sql: &str) -> Vec<String> {
        rows(self.app, sql)
    }
}

/// The first name, last name, email and status of a user with this email.
pub fn line(email: &str) -> [(FieldNumber, &str); 4] {
    let first = email.split('@').next().unwrap_or(email);
    [
        (standard::FIRST_NAME, first),
        (standard::LAST_NAME, "Person"),
        (standard::EMAIL, email),
        (standard::STATUS, "active"),
    ]
}

pub fn id(number: u64) -> UserId {
    UserId::from_number(number).expect("the number of a user")
}

pub fn new_import(id: ImportId) -> NewImport {
    NewImport {
        id,
        state: ImportState::Reading,
        kind: ImportKind::File,
        file_name: Some("users.xlsx".to_owned()),
        actor: "priya@acme".to_owned(),
        complete: Complete::Never,
        keep: true,
        leave_out_errors: false,
        undoes: None,
        decisions: Vec::new(),
        at: NOW,
    }
}

pub fn settled(state: ImportState, revision: u64) -> Settled {
    Settled {
        state,
        plan: 1,
        revision: Some(revision),
        base: None,
        applied: None,
        counts: Counts::default(),
        failure: None,
        finished_at: None::<Time>,
    }
}

/// A cell that changes a field of a user.
pub fn change(user: UserId, field: FieldNumber, now: Option<&str>, mine: Option<&str>) -> PlanCell {
    cell(Place::User(user), field, now, mine)
}

/// A cell of any row that changes a field.
pub fn cell(place: Place, field: FieldNumber, now: Option<&str>, mine: Option<&str>) -> PlanCell {
    PlanCell {
        place,
        field,
        file: 1,
        row: 3,
        column: 2,
        raw: mine.map(str::to_owned),
        base: now.map(str::to_owned),
        now: now.map(str::to_owned),
        mine: mine.map(str::to_owned),
        state: State::Change,
        wrong: None,
        chosen: None,
        hidden: false,
    }
}

/// The values of a user, by field.
pub fn values(fields: &Fields, user: &User<'_>) -> Vec<(FieldNumber, String)> {
    let numbers = fields.all().iter().map(|field| field.number);
    let mut values: Vec<_> =
        numbers.filter_map(|number| Some((number, user.value(number)?.to_owned()))).collect();
    values.sort();
    values
}

/// The rows of a query, values as text, joined by bars; null is a dash. On SQLite over the file of the directory.
pub fn rows(app: &Ground, sql: &str) -> Vec<String> {
    rows_of(&app.database, sql)
}

/// The same over SQLite's file of the work.
pub fn work_rows(app: &Ground, sql: &str) -> Vec<String> {
    work_rows_of(&app.database, sql)
}

/// The same as [`rows`], of the database at an address.
pub fn rows_of(database: &str, sql: &str) -> Vec<String> {
    match database.strip_prefix("sqlite:") {
        Some(path) => sqlite_rows(path, sql),
        None => postgres_rows(database, sql),
    }
}

/// The same as [`work_rows`], of the database at an address.
pub fn work_rows_of(database: &str, sql: &str) -> Vec<String> {
    match database.strip_prefix("sqlite:") {
        Some(path) => sqlite_rows(&path.replace(".db", "-work.db"), sql),
        None => postgres_rows(database, sql),
    }
}

fn sqlite_rows(path: &str, sql: &str) -> Vec<String> {
    let connection = rusqlite::Connection::open(path).expect("the file opens");
    let mut statement = connection.prepare(sql).expect("good SQL");
    let columns = statement.column_count();
    let mut rows = statement.query([]).expect("it runs");
    let mut found = Vec::new();
    while let Some(row) = rows.next().expect("a row") {
        let of_column = |column| match row.get_ref(column).expect("a value") {
            rusqlite::types::ValueRef::Null => "-".to_owned(),
            rusqlite::types::ValueRef::Integer(number) => number.to_string(),
            other => other.as_str().expect("a text").to_owned(),
        };
        found.push((0..columns).map(of_column).collect::<Vec<_>>().join("|"));
    }
    found
}

fn postgres_rows(url: &str, sql: &str) -> Vec<String> {
    let mut client = crate::see_all(url);
    let messages = client.simple_query(sql).expect("it runs");
    let of_row = |message| match message {
        postgres::SimpleQueryMessage::Row(row) => Some(
            (0..row.len())
                .map(|column| row.get(column).unwrap_or("-").to_owned())
                .collect::<Vec<_>>()
                .join("|"),
        ),
        _ => None,
    };
    messages.into_iter().filter_map(of_row).collect()
}
