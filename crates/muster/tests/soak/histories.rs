//! Random histories of an office, beside a model of it that is a few maps: forms, files of any earlier download, fixes, completions and
//! undos. After every step the directory, its history and the counts of the import have to be those of the model ([`super::model`]).

use ::ground::Ground;
use ::import::{self, Completion, Edited, Fixed, Target, Undone};
use ::store::{Complete, FixKind, Import, ImportState};
use directory::{Chosen, FieldNumber, Kind, UserId, Users};

use super::model::{Cell, EMAIL, FIELDS, Model, Plan, Row, Text, Who, counts_of};
use super::{Chance, seed, size};
use ::ground::office::{ANN, Office, Sheet};
use ::ground::on_sqlite;

/// Steps of one history.
const STEPS: usize = 14;
/// Histories that share a database; each has an account of its own.
const TOGETHER: usize = 50;

/// A download, and whose rows it has.
struct Kept {
    sheet: Sheet,
    of: Vec<usize>,
    /// The place of its revision in the model.
    at: usize,
}

/// An office and its model.
struct History<'a> {
    office: Office<'a>,
    chance: Chance,
    model: Model,
    kept: Vec<Kept>,
    numbers: [FieldNumber; FIELDS.len()],
    domain: String,
    /// Grows with every administrator and every new user.
    next: usize,
    /// What happened, for a history that fails.
    told: Vec<String>,
}

impl<'a> History<'a> {
    fn new(app: &'a Ground, slug: &str, seed: u64) -> Self {
        let mut office = Office::called(app, slug);
        let mut badge = directory::Field::new(FieldNumber(0), "badge", "Badge", Kind::Text);
        badge.unique = true;
        let saved = app.store.save_field(office.account.id, &badge, "test", app.clock.now());
        saved.expect("the store").expect("saved");
        office.fields = app.store.fields(office.account.id).expect("fields");
        let numbers = FIELDS.map(|key| office.fields.by_key(key).expect("a field").number);
        let mut history = Self {
            office,
            chance: Chance::new(seed),
            model: Model::default(),
            kept: Vec::new(),
            numbers,
            domain: format!("{slug}.example"),
            next: 0,
            told: Vec::new(),
        };
        let (revision, found) = history.directory();
        history.model.begin(revision, found);
        history.keep_download();
        history
    }

    /// The directory as it is: its revision, and of every user whether they are there and what they have.
    fn directory(&self) -> (u64, Vec<(bool, [Text; FIELDS.len()])>) {
        let (store, account) = (&self.office.app.store, self.office.account.id);
        let mut users = Users::new(&self.office.fields);
        store.users_of(account, &self.office.ids, &mut users).expect("users");
        let values =
            |user: directory::User<'_>| self.numbers.map(|number| user.value(number).map(str::to_owned));
        let found = users.iter().map(|user| (!user.withdrawn(), values(user))).collect();
        (store.account_now(account).expect("the account").revision, found)
    }

    fn keep_download(&mut self) {
        let sheet = self.office.csv();
        let place = |row: &Vec<String>| {
            let id: UserId = row[0].parse().expect("a User ID");
            self.office.ids.iter().position(|of| *of == id).expect("one of ours")
        };
        let of = sheet.0[2..].iter().map(place).collect();
        self.kept.push(Kept { sheet, of, at: self.model.now() });
    }

    fn step(&mut self) {
        match self.chance.below(10) {
            0 | 1 => self.form(),
            2 => self.keep_download(),
            3 | 4 => self.undo(),
            _ => self.file(),
        }
    }

    /// Another text for a field; few, so that users often want the same.
    fn text(&mut self, field: usize) -> String {
        let number = self.chance.below(10);
        match FIELDS[field] {
            "email" if number == 9 => "nobody at all".to_owned(),
            "email" => format!("e{number}@{}", self.domain),
            "notes" if number == 9 => "long ".repeat(20).trim().to_owned(),
            _ if number == 8 => String::new(),
            key => format!("{key} {}", ["red", "green", "blue", "white"][number % 4]),
        }
    }

    fn administrator(&mut self) -> String {
        self.next += 1;
        format!("admin{}@office.example", self.next)
    }

    /// The form of a user, opened some time ago.
    fn form(&mut self) {
        let user = self.chance.below(self.office.ids.len());
        let at =
            if self.chance.percent(70) { self.model.now() } else { self.chance.below(self.model.now() + 1) };
        // No form shows a user who is not there yet.
        let at = at.max(self.model.first_with(user));
        let mut typed: Vec<(usize, String)> = Vec::new();
        for field in 0..FIELDS.len() {
            if self.chance.percent(40) {
                typed.push((field, self.text(field)));
            }
        }
        self.told.push(format!("form of {user} as of {at}: {typed:?}"));
        let values: Vec<_> = typed.iter().map(|(field, text)| (self.numbers[*field], text.clone())).collect();
        let (app, account, id) = (self.office.app, self.office.account.id, self.office.ids[user]);
        let answer = import::edit(app, account, id, &values, self.model.revision(at), ANN).expect("it works");
        let plan = self.model.plan(at, typed.iter().map(|(field, text)| (user, *field, text.clone())));
        let there = self.model.is_there(user);
        let cells = || plan.rows.iter().flat_map(|row| row.cells.iter().flatten());
        let expected = match answer {
            Edited::NoSuchUser => !there,
            Edited::ChangedSince(_) => cells().any(Cell::is_conflict),
            Edited::Wrong(_) => !cells().any(Cell::is_conflict) && self.model.reds(&plan) > 0,
            Edited::TooBusy => panic!("nothing else is applied"),
            Edited::Saved(_) => there && !cells().any(Cell::is_conflict) && self.model.reds(&plan) == 0,
        };
        assert!(expected, "{answer:?} for {plan:?}");
        if let Edited::Saved(revision) = answer {
            self.model.apply(&plan, revision);
        }
        self.check();
    }

    /// A file: an earlier download with edits, taken all the way.
    fn file(&mut self) {
        let kept = self.chance.below(self.kept.len());
        let (mut sheet, of, at) = {
            let Kept { sheet, of, at } = &self.kept[kept];
            (sheet.clone(), of.clone(), *at)
        };
        let edits = self.edits(&mut sheet, &of);
        let created = self.new_rows(&mut sheet);
        let mut plan = self.model.plan(at, edits.iter().cloned());
        self.told.push(format!("file of {at} with {edits:?} and {created:?}"));
        for (row, user) in of.iter().enumerate() {
            plan.stands_in(Who::User(*user), row as u32 + 3, self.model.is_there(*user));
        }
        for (number, email) in created.iter().enumerate() {
            plan.rows.push(Row::new_user((of.len() + number) as u32 + 3, email));
        }
        let actor = self.administrator();
        let mut import = self.office.upload_by(sheet.text().as_bytes(), &actor, Complete::Never);
        if !created.is_empty() {
            import = self.fix(&import, Target::RowsWithoutId, FixKind::Create);
        }
        self.compare(&import, &plan);
        if import.state == ImportState::Done {
            return self.check();
        }
        for _ in 0..self.chance.below(5) {
            if plan.rows.iter().any(Row::is_staged) {
                import = self.mend(&import, &mut plan, &sheet);
            }
            self.compare(&import, &plan);
        }
        self.complete(&import, &plan);
        self.check();
    }

    fn edits(&mut self, sheet: &mut Sheet, of: &[usize]) -> Vec<(usize, usize, String)> {
        let mut edits: Vec<(usize, usize, String)> = Vec::new();
        for _ in 0..self.chance.below(7) {
            let (row, field) = (self.chance.below(of.len()), self.chance.below(FIELDS.len()));
            let other = self.chance.below(of.len());
            if self.chance.percent(30) {
                let (one, another) =
                    (sheet.cell(row, FIELDS[field]).clone(), sheet.cell(other, FIELDS[field]).clone());
                edits.push((row, field, another));
                edits.push((other, field, one));
            } else {
                let text = self.text(field);
                edits.push((row, field, text));
            }
            for (row, field, text) in &edits {
                *sheet.cell(*row, FIELDS[*field]) = text.clone();
            }
        }
        // What a cell ends with is what counts.
        let cells: std::collections::BTreeSet<(usize, usize)> =
            edits.iter().map(|(row, field, _)| (*row, *field)).collect();
        cells
            .into_iter()
            .map(|(row, field)| (of[row], field, sheet.cell(row, FIELDS[field]).clone()))
            .collect()
    }

    /// Sometimes a row or two without a User ID; answers their emails.
    fn new_rows(&mut self, sheet: &mut Sheet) -> Vec<String> {
        let count = if self.chance.percent(25) { 1 + self.chance.below(2) } else { 0 };
        let mut emails = Vec::new();
        for _ in 0..count {
            self.next += 1;
            let email = if self.chance.percent(50) {
                format!("e{}@{}", self.chance.below(9), self.domain)
            } else {
                format!("new{}@{}", self.next, self.domain)
            };
            let mut row = vec![String::new(); sheet.0[1].len()];
            let last = format!("N{}", self.next);
            for (key, value) in [("first_name", "New"), ("last_name", &last), ("email", &email)] {
                row[sheet.column(key)] = value.to_owned();
            }
            sheet.0.push(row);
            emails.push(email);
        }
        emails
    }

    fn fix(&mut self, import: &Import, target: Target, mend: FixKind) -> Import {
        let said = format!("{target:?} {mend:?}");
        let fixed = import::fix(self.office.app, self.office.account.id, import.id, &[(target, mend)], ANN);
        self.told.push(said);
        match fixed.expect("it works") {
            Fixed::Kept(import, _) => *import,
            other => panic!("{other:?}"),
        }
    }

    /// One fix of something in the plan, at random.
    fn mend(&mut self, import: &Import, plan: &mut Plan, sheet: &Sheet) -> Import {
        let staged: Vec<usize> = (0..plan.rows.len()).filter(|row| plan.rows[*row].is_staged()).collect();
        let at = *self.chance.one(&staged);
        let row = &mut plan.rows[at];
        if self.chance.percent(25) || row.is_unknown() {
            row.left_out = !row.left_out;
            let (target, mend) = (Target::Row(row.number), FixKind::LeaveOut(row.left_out));
            return self.fix(import, target, mend);
        }
        let fields: Vec<usize> = (0..FIELDS.len()).filter(|field| row.cells[*field].is_some()).collect();
        let field = *self.chance.one(&fields);
        let (who, number) = (row.who, row.number);
        let conflict = row.cells[field].as_ref().is_some_and(Cell::is_conflict);
        let column = sheet.column(FIELDS[field]) as u32 + 1;
        let cell = Target::Cell(workbook::Position { row: number, column });
        if conflict && self.chance.percent(70) {
            let chosen = *self.chance.one(&[Chosen::File, Chosen::Now, Chosen::Download]);
            self.model.choose(&mut plan.rows[at], field, chosen);
            return self.fix(import, cell, FixKind::Choose(chosen));
        }
        let mut text = self.text(field);
        if field == EMAIL && text.is_empty() {
            text = format!("e1@{}", self.domain);
        }
        let target = match who {
            Who::User(user) if self.chance.percent(50) => {
                Target::Field(self.office.ids[user], FIELDS[field].to_owned())
            }
            _ => cell,
        };
        self.model.type_over(plan, at, field, &text);
        self.fix(import, target, FixKind::Value(text))
    }

    /// The counts of the import, and whether it rests where it should.
    fn compare(&self, import: &Import, plan: &Plan) {
        let counts = import.counts;
        let found = [
            counts.users_to_edit,
            counts.cells_to_edit,
            counts.cells_to_clear,
            counts.users_to_create,
            counts.rows_with_errors,
            counts.errors,
            counts.conflicts,
            counts.left_out,
        ];
        let expected = counts_of(&self.model, plan);
        let issues = self.office.issues(import);
        assert_eq!(
            found, expected,
            "users, cells, clears, creations, red rows, errors, conflicts, left out\n{issues:?}\n{plan:?}"
        );
        if import.plan == 1 {
            let nothing = expected[1..].iter().all(|count| *count == 0);
            assert_eq!(import.state == ImportState::Done, nothing, "{import:?}");
        }
    }

    /// Completes what is in review; what is blocked is given up.
    fn complete(&mut self, import: &Import, plan: &Plan) {
        let (app, account) = (self.office.app, self.office.account.id);
        let leave_out = self.chance.percent(60);
        let open = import.counts.errors + import.counts.conflicts > 0;
        self.told.push(format!("complete, leave out: {leave_out}"));
        let answer =
            import::complete(app, account, import.id, Some(import.plan), leave_out).expect("it works");
        if open && !leave_out {
            let blocked = Completion::Blocked(import.counts.errors, import.counts.conflicts);
            assert_eq!(answer, blocked);
            assert!(import::cancel(app, account, import.id).expect("it works"));
            return;
        }
        assert!(matches!(answer, Completion::Started(_)), "{answer:?}");
        let done = self.office.rest(import.id);
        assert_eq!(done.state, ImportState::Done, "{done:?}");
        self.applied(&done, plan);
    }

    /// Takes what was applied over into the model.
    fn applied(&mut self, done: &Import, plan: &Plan) {
        let Some(revision) = done.applied else {
            return assert!(!self.model.would_change(plan), "nothing was applied of {plan:?}");
        };
        let written = self.model.apply(plan, revision);
        self.model.imports.push((done.id, revision));
        self.find_new_users();
        let found = (done.counts.users_to_edit + done.counts.users_to_create, done.counts.cells_to_edit);
        assert_eq!(found, written, "users and cells\n{plan:?}");
    }

    /// Who was created has a User ID that the model can't know.
    fn find_new_users(&mut self) {
        let mut users = Users::new(&self.office.fields);
        let (store, account) = (&self.office.app.store, self.office.account.id);
        store.users_after(account, 0, u64::MAX >> 1, usize::MAX >> 1, &mut users).expect("users");
        for email in self.model.newcomers(self.office.ids.len()) {
            let value = |user: &directory::User<'_>| user.value(self.numbers[EMAIL]).map(str::to_owned);
            let new = users.iter().find(|user| !self.office.ids.contains(&user.id()) && value(user) == email);
            self.office.ids.push(new.expect("the user was created").id());
        }
    }

    /// Undoes some import, whichever it is.
    fn undo(&mut self) {
        if self.model.imports.is_empty() {
            return;
        }
        let at = self.chance.below(self.model.imports.len());
        let (id, revision) = self.model.imports.remove(at);
        let (app, account) = (self.office.app, self.office.account.id);
        let plan = self.model.undo(revision);
        self.told.push(format!("undo of revision {revision}"));
        let undone = import::undo(app, account, id, ANN).expect("it works");
        let Undone::Started(undoing) = undone else { panic!("{undone:?}") };
        let done = self.office.rest(undoing);
        assert_eq!(done.state, ImportState::Done, "an undo applies at once: {done:?}\n{plan:?}");
        self.applied(&done, &plan);
        let again = import::undo(app, account, id, ANN).expect("it works");
        assert!(matches!(again, Undone::NothingToUndo), "it was undone already");
        self.check();
    }

    /// The directory is the model's, and the last revision's history is what the model changed.
    fn check(&self) {
        let (revision, found) = self.directory();
        assert_eq!((revision, &found), (self.model.revision(self.model.now()), self.model.users()));
        let (store, account) = (&self.office.app.store, self.office.account.id);
        let cells = store.changes_at(account, revision, (0, 0), 10_000).expect("history");
        let place = |id: UserId| self.office.ids.iter().position(|of| *of == id).expect("one of ours");
        let field = |number| self.numbers.iter().position(|of| *of == number);
        let mut found: Vec<_> = cells
            .iter()
            .map(|cell| match field(cell.field) {
                Some(field) => (place(cell.user), Some(field), cell.before.clone(), cell.after.clone()),
                None => (place(cell.user), None, None, cell.after.as_ref().map(|_| "there".to_owned())),
            })
            .collect();
        found.sort();
        assert_eq!(found, self.model.last_changes());
        let there = found_there(self.model.users());
        assert_eq!(store.users_counted(account).expect("counted"), (there, there));
    }
}

fn found_there(users: &[(bool, [Text; FIELDS.len()])]) -> i64 {
    users.iter().filter(|(there, _)| *there).count() as i64
}

/// Goes through one history; what happened in it is said when it fails.
fn live(app: &Ground, number: u64) {
    let mut history = History::new(app, &format!("h{number}"), number);
    for _ in 0..STEPS {
        let lived = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| history.step()));
        if let Err(failure) = lived {
            eprintln!("history {number} (MUSTER_SOAK_SEED={number}): {:#?}", history.told);
            std::panic::resume_unwind(failure);
        }
    }
    history.office.check_history();
}

#[test]
fn random_histories_end_as_a_model_says() {
    let histories = size("MUSTER_SOAK_HISTORIES", 150) as u64;
    let first = seed();
    for together in (first..first + histories).step_by(TOGETHER) {
        on_sqlite(|app| {
            for number in together..(together + TOGETHER as u64).min(first + histories) {
                live(app, number);
            }
        });
    }
}
