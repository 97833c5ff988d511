//! An office to try things in: an account with a few users, files downloaded and uploaded, and what came of them.

use crate::Ground;
use directory::{Choice, Field, Fields, Kind, UserId, Users, standard};
use import::{self, DownloadChoice, Fixed, NewUpload, Target, Undone, Upload};
use store::{Account, Complete, FixKind, Import, ImportId, ImportState, PageStart};
use workbook::Format;

pub const ANN: &str = "ann@acme.example";
pub const BOB: &str = "bob@acme.example";

/// An account with its users, as an administrator works with it.
pub struct Office<'a> {
    pub app: &'a Ground,
    pub account: Account,
    pub fields: Fields,
    pub ids: Vec<UserId>,
}

/// The users that an office begins with: first name, last name, email, employee number, department.
const PEOPLE: [[&str; 5]; 6] = [
    ["Ada", "Quill", "ada@acme.example", "00123", "1"],
    ["Bo", "Rowe", "bo@acme.example", "00124", "2"],
    ["Cleo", "Salt", "cleo@acme.example", "00125", ""],
    ["Dai", "Thorne", "dai@acme.example", "", "1"],
    ["Ede", "Ustinov", "ede@acme.example", "00127", "2"],
    ["Fay", "Vance", "fay@acme.example", "00128", "3"],
];

impl<'a> Office<'a> {
    /// The account `acme` with six users.
    pub fn new(app: &'a Ground) -> Self {
        Self::called(app, "acme")
    }

    /// An account with six users whose emails are of its own domain.
    pub fn called(app: &'a Ground, slug: &str) -> Self {
        let now = app.clock.now();
        let account =
            app.store.create_account(slug, "An office", now).expect("the store").expect("a free slug");
        let mut department =
            app.store.fields(account.id).expect("fields").by_key("department").expect("it").clone();
        department.choices = ["Sales", "Finance", "Commercial"]
            .iter()
            .zip(1..)
            .map(|(label, id)| Choice { id, label: (*label).to_owned(), former: Vec::new(), retired: false })
            .collect();
        app.store.save_field(account.id, &department, "test", now).expect("the store").expect("saved");
        let mut notes = Field::new(directory::FieldNumber(0), "notes", "Notes", Kind::Text);
        notes.max_length = Some(40);
        app.store.save_field(account.id, &notes, "test", now).expect("the store").expect("saved");
        let fields = app.store.fields(account.id).expect("fields");
        let mut office = Self { app, account, fields, ids: Vec::new() };
        office.hire(&PEOPLE, slug);
        office
    }

    /// Creates a user with these values in stored form, by the keys of their fields.
    pub fn add(&mut self, values: &[(&str, &str)]) {
        self.fields = self.app.store.fields(self.account.id).expect("fields");
        let id = UserId::from_number(self.app.store.reserve_users(1).expect("a number")).expect("in range");
        let mut users = Users::new(&self.fields);
        users.begin(id, 0, false);
        for (key, value) in values {
            let field = self.fields.by_key(key).unwrap_or_else(|| panic!("no field {key}")).number;
            users.set(self.fields.slot(field).expect("a slot"), Some(value));
        }
        let now = self.app.clock.now();
        self.app.store.create_users(self.account.id, &users, "generated", "test", now).expect("created");
        self.ids.push(id);
    }

    /// Creates so many users in one go; what each has in a field, by its number from 0.
    pub fn crowd(&mut self, count: usize, values: &[(&str, &dyn Fn(usize) -> String)]) {
        let first = self.app.store.reserve_users(count as u64).expect("numbers");
        let mut users = Users::new(&self.fields);
        for (place, number) in (first..).take(count).enumerate() {
            let id = UserId::from_number(number).expect("in range");
            self.ids.push(id);
            users.begin(id, 0, false);
            let given = values.iter().map(|(key, value)| (*key, value(place)));
            let names = [("first_name", "Ann"), ("last_name", "Crowd"), ("status", "active")];
            for (key, value) in names.map(|(key, value)| (key, value.to_owned())).into_iter().chain(given) {
                let field = self.fields.by_key(key).expect("a field").number;
                users.set(self.fields.slot(field).expect("a slot"), Some(&value));
            }
        }
        let now = self.app.clock.now();
        self.app.store.create_users(self.account.id, &users, "generated", "test", now).expect("created");
    }

    /// More users, who have all fields that these tests need.
    pub fn hire(&mut self, people: &[[&str; 5]], slug: &str) {
        let first = self.app.store.reserve_users(people.len() as u64).expect("numbers");
        let mut users = Users::new(&self.fields);
        for (number, person) in (first..).zip(people) {
            let id = UserId::from_number(number).expect("in range");
            self.ids.push(id);
            users.begin(id, 0, false);
            let email = person[2].replace("acme", slug);
            let values = [
                (standard::FIRST_NAME, person[0]),
                (standard::LAST_NAME, person[1]),
                (standard::EMAIL, &email),
                (standard::STATUS, "active"),
                (standard::EMPLOYEE_NUMBER, person[3]),
                (standard::DEPARTMENT, person[4]),
                (standard::START_DATE, "2024-03-05"),
            ];
            for (field, value) in values {
                users.set(self.fields.slot(field).expect("a slot"), Some(value));
            }
        }
        let now = self.app.clock.now();
        self.app.store.create_users(self.account.id, &users, "generated", "test", now).expect("created");
    }

    /// So many more users, who sign in by a username; an import of them all takes a while.
    pub fn hire_more(&mut self, count: u64) {
        let first = self.app.store.reserve_users(count).expect("numbers");
        let mut users = Users::new(&self.fields);
        for number in first..first + count {
            let id = UserId::from_number(number).expect("in range");
            self.ids.push(id);
            users.begin(id, 0, false);
            let username = format!("user{number}");
            let values = [
                (standard::FIRST_NAME, "Many"),
                (standard::LAST_NAME, "More"),
                (standard::USERNAME, username.as_str()),
                (standard::STATUS, "active"),
            ];
            for (field, value) in values {
                users.set(self.fields.slot(field).expect("a slot"), Some(value));
            }
        }
        let now = self.app.clock.now();
        self.app.store.create_users(self.account.id, &users, "generated", "test", now).expect("created");
    }

    /// The download of everyone.
    pub fn download(&self, format: Format) -> Vec<u8> {
        let choice = DownloadChoice::everyone(format);
        let mut bytes = Vec::new();
        import::download(self.app, self.account.id, &choice, &mut bytes).expect("downloaded");
        bytes
    }

    /// The download of everyone as csv, to be edited as text.
    pub fn csv(&self) -> Sheet {
        Sheet::of(&String::from_utf8(self.download(Format::Csv)).expect("UTF-8"))
    }

    /// An upload of one edited cell that nobody has read, of the time that the clock says.
    pub fn arrived(&self) -> ImportId {
        let sheet = self.csv().with(0, "job_title", "Clerk");
        self.received(sheet.text().as_bytes(), ANN, Complete::Never)
    }

    /// Uploads a file and brings it to rest.
    pub fn upload(&self, bytes: &[u8]) -> Import {
        self.upload_by(bytes, ANN, Complete::Never)
    }

    pub fn upload_by(&self, bytes: &[u8], actor: &str, complete: Complete) -> Import {
        self.app.clock.turn(1_000);
        self.rest(self.received(bytes, actor, complete))
    }

    fn received(&self, bytes: &[u8], actor: &str, complete: Complete) -> ImportId {
        let new = NewUpload {
            file_name: "users.csv".to_owned(),
            actor: actor.to_owned(),
            complete,
            leave_out_errors: false,
            decisions: Vec::new(),
            keep: true,
        };
        let mut upload = Upload::begin(self.app, self.account.id, new);
        assert!(upload.write(bytes).expect("kept"), "within the limit");
        upload.finish().expect("an import")
    }

    /// Works on an import until it rests.
    pub fn rest(&self, id: ImportId) -> Import {
        import::work_on(self.app, self.account.id, id, "test", &mut |_| {}).expect("it rests")
    }

    /// Completes an import that is in review, as somebody who agrees to whatever it does.
    pub fn complete(&self, import: &Import) -> Import {
        let plan = (Some(import.plan), false);
        let answer = import::complete_agreed(self.app, self.account.id, import.id, plan, import::Agreed::All);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        self.rest(import.id)
    }

    /// Uploads, and completes what must be clean.
    pub fn import(&self, sheet: &Sheet) -> Import {
        let import = self.upload(sheet.text().as_bytes());
        assert_eq!(self.issues(&import), [""; 0], "clean");
        self.complete(&import)
    }

    /// Edits one field of a user by the form, as somebody else who sees today's values.
    pub fn edit(&self, user: usize, key: &str, text: &str) {
        let field = self.fields.by_key(key).expect("a field").number;
        let seen = self.app.store.account_now(self.account.id).expect("it").revision;
        let (id, values) = (self.ids[user], vec![(field, text.to_owned())]);
        let edited = import::edit(self.app, self.account.id, id, &values, seen, BOB).expect("the store");
        assert!(matches!(edited, import::Edited::Saved(_)), "{edited:?}");
    }

    /// The account's revision of now.
    pub fn account_now(&self) -> u64 {
        self.app.store.account_now(self.account.id).expect("it").revision
    }

    /// Fixes one thing in an import in review.
    pub fn fix(&self, import: &Import, target: Target, mend: FixKind) -> Import {
        match import::fix(self.app, self.account.id, import.id, &[(target, mend)], ANN) {
            Ok(Fixed::Kept(import, _)) => *import,
            other => panic!("{other:?}"),
        }
    }

    /// Undoes an import and brings the undo to rest.
    pub fn undo(&self, import: &Import) -> Import {
        match import::undo(self.app, self.account.id, import.id, ANN) {
            Ok(Undone::Started(undo)) => self.rest(undo),
            other => panic!("{other:?}"),
        }
    }

    /// Changes the definition of a field.
    pub fn redefine(&self, key: &str, change: impl FnOnce(&mut Field)) {
        let mut field =
            self.app.store.fields(self.account.id).expect("fields").by_key(key).expect("it").clone();
        change(&mut field);
        let now = self.app.clock.now();
        self.app.store.save_field(self.account.id, &field, BOB, now).expect("the store").expect("saved");
    }

    /// Creates a user by a file and answers its import; the user stands in `ids` then.
    pub fn create(&mut self, first_name: &str, email: &str) -> Import {
        let choice = DownloadChoice::new_users(Format::Csv);
        let mut bytes = Vec::new();
        import::download(self.app, self.account.id, &choice, &mut bytes).expect("the template");
        let mut sheet = Sheet::of(&String::from_utf8(bytes).expect("UTF-8"));
        sheet.0.push(vec![String::new(); sheet.0[1].len()]);
        let sheet =
            sheet.with(0, "first_name", first_name).with(0, "last_name", "New").with(0, "email", email);
        let done = self.import(&sheet);
        let field = self.fields.by_key("email").expect("it");
        let claim = directory::Claim::of(field, email).expect("a claim");
        let user = self.app.store.user_with_claim(self.account.id, &claim).expect("the store");
        self.ids.push(user.expect("the user"));
        done
    }

    /// The value of a user in stored form.
    pub fn value(&self, user: usize, key: &str) -> Option<String> {
        let users = self.app.store.user(self.account.id, &self.fields, self.ids[user]).expect("the store");
        let field = self.fields.by_key(key).expect("a field").number;
        users.get(0).and_then(|user| user.value(field).map(str::to_owned))
    }

    /// The issues of an import: `C7 login_in_use`.
    pub fn issues(&self, import: &Import) -> Vec<String> {
        if let Some(failure) = &import.failure {
            return vec![failure.code.clone()];
        }
        let issues = import::issues(self.app, import, PageStart::Start, 100).expect("issues").items;
        issues
            .iter()
            .map(|issue| {
                let place = issue.position.map_or_else(|| "-".to_owned(), |position| position.to_string());
                format!("{place} {}", issue.wrong.code.word())
            })
            .collect()
    }

    /// The changes of an import, as people read them: `Ada Quill: Job title "" -> "Clerk"`.
    pub fn changes(&self, import: &Import) -> Vec<String> {
        let changes = import::changes(self.app, import, PageStart::Start, 100).expect("changes").items;
        changes
            .iter()
            .map(|change| {
                format!(
                    "{}: {} {:?} -> {:?}",
                    change.name, change.field.title, change.before.1, change.after.1
                )
            })
            .collect()
    }

    /// The history, replayed from nothing, equals the directory: nothing was written past it.
    pub fn check_history(&self) {
        let compared = self.app.store.compare_claims(self.account.id).expect("claims");
        assert!(compared.are_equal(), "{compared:?}");
        let mut users = Users::new(&self.fields);
        self.app.store.users_of(self.account.id, &self.ids, &mut users).expect("users");
        for user in users.iter() {
            let history =
                self.app.store.history_of(self.account.id, user.id(), u64::MAX, 10_000).expect("history");
            for field in self.fields.all() {
                let last = history.iter().find(|entry| entry.field == field.number);
                if let Some(last) = last {
                    assert_eq!(
                        last.after.as_deref(),
                        user.value(field.number),
                        "{} {}",
                        user.id(),
                        field.key
                    );
                }
                let of_field: Vec<_> = history.iter().filter(|entry| entry.field == field.number).collect();
                for pair in of_field.windows(2) {
                    assert_eq!(
                        pair[0].before, pair[1].after,
                        "each change replaces what the one before it wrote"
                    );
                }
            }
        }
    }
}

/// A csv file as rows of texts.
#[derive(Debug, Clone)]
pub struct Sheet(pub Vec<Vec<String>>);

impl Sheet {
    pub fn of(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        assert!(!text.contains('"'), "the office has no values that need quotes");
        Self(text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect())
    }

    /// The file again.
    pub fn text(&self) -> String {
        self.0.iter().map(|row| row.join(",") + "\r\n").collect()
    }

    /// The place of a key in row 2.
    pub fn column(&self, key: &str) -> usize {
        self.0[1].iter().position(|of| of.split('@').next() == Some(key)).expect("a key of row 2")
    }

    /// The cell of a user (from 0) in the column of a key.
    pub fn cell(&mut self, user: usize, key: &str) -> &mut String {
        let column = self.column(key);
        &mut self.0[user + 2][column]
    }

    /// Puts a text into a cell.
    pub fn with(mut self, user: usize, key: &str, text: &str) -> Self {
        *self.cell(user, key) = text.to_owned();
        self
    }

    /// The name of a cell: `C7`.
    pub fn name(&self, user: usize, key: &str) -> String {
        workbook::Position { row: user as u32 + 3, column: self.column(key) as u32 + 1 }.to_string()
    }
}

/// What state an import must be in; says what else it says when it is not.
pub fn assert_state(import: &Import, state: ImportState) {
    assert_eq!(import.state, state, "{:?} {:?}", import.failure, import.counts);
}
