//! One person by hand: added, judged as a row of a file is; and erased, so that nothing of them is left but hashes.

use ::import::{self, Created, Erased};
use ::store::{ImportState, UsersQuery};
use directory::{Code, Field, FieldNumber, Kind, UserId, standard};

use ground::office::{ANN, Office, assert_state};
use ground::scene::{rows, work_rows};
use ground::{Ground, NOW, on_both, on_sqlite};

fn typed(office: &Office<'_>, values: &[(&str, &str)]) -> Vec<(FieldNumber, String)> {
    let number = |key: &str| office.fields.by_key(key).expect("a field").number;
    values.iter().map(|(key, text)| (number(key), (*text).to_owned())).collect()
}

fn created(office: &Office<'_>, values: &[(&str, &str)]) -> Created {
    import::create(office.app, office.account.id, &typed(office, values), ANN).expect("the store")
}

#[test]
fn a_user_is_added_by_hand_as_a_row_would_add_them() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.redefine("notes", |notes| notes.required = true);
        let whole = [
            ("first_name", "Gus"),
            ("last_name", "Young"),
            ("email", "gus@acme.example"),
            ("department", "sales"),
            ("manager", "ada@acme.example"),
            ("start_date", "2026-02-03"),
            ("notes", "n"),
        ];
        let Created::Saved(user) = created(&office, &whole) else { panic!("not saved") };
        office.ids.push(user);
        let value = |key: &str| office.value(6, key);
        assert_eq!(value("status").as_deref(), Some("active"));
        assert_eq!(value("department").as_deref(), Some("1"));
        assert_eq!(value("manager"), Some(office.ids[0].to_string()));
        office.check_history();
        for (change, wrong) in [
            (("last_name", ""), (standard::LAST_NAME, Code::Required)),
            (("email", "ada@acme.example"), (standard::EMAIL, Code::LoginInUse)),
            (("email", ""), (standard::EMAIL, Code::NoSignIn)),
            (("department", "Fianance"), (standard::DEPARTMENT, Code::NotAChoice)),
            (("manager", "nobody@acme.example"), (standard::MANAGER, Code::NotAUser)),
            (("notes", ""), (FieldNumber(101), Code::Required)),
        ] {
            let mut values = whole.map(|(key, text)| if key == change.0 { change } else { (key, text) });
            if change.0 != "email" {
                values[2].1 = "else@acme.example";
            }
            let Created::Wrong(found) = created(&office, &values) else { panic!("{change:?} was saved") };
            let found: Vec<_> = found.iter().map(|(field, wrong, _)| (*field, wrong.code)).collect();
            assert_eq!(found, [wrong], "{change:?}");
        }
        assert_eq!(app.store.account_now(office.account.id).expect("it").users, 7, "nobody else came");
        assert_eq!(app.store.examine(NOW).expect("examined"), []);
    });
}

fn erase(office: &Office<'_>, user: UserId, name: &str) -> Erased {
    import::erase(office.app, office.account.id, user, name, ANN).expect("the store")
}

/// The columns of all tables in which a text stands, once for each row.
fn holding(app: &Ground, text: &str) -> Vec<String> {
    let columns = "SELECT t.name || '|' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
                   WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%'";
    let sql = |column: &String| {
        let (table, column) = column.split_once('|').expect("two");
        format!(
            "SELECT '{table}.{column}' FROM {table} WHERE INSTR(LOWER(CAST({column} AS TEXT)), '{text}') > 0"
        )
    };
    let of_directory =
        rows(app, columns).iter().flat_map(|column| rows(app, &sql(column))).collect::<Vec<_>>();
    let of_work = work_rows(app, columns).iter().flat_map(|column| work_rows(app, &sql(column))).collect();
    [of_directory, of_work].concat()
}

/// Bo Rowe, who was created by hand, imported over, edited, named as a manager, and stands in a review and a selection.
fn lived(app: &Ground) -> (Office<'_>, ::store::Import, ::store::Import) {
    let mut office = Office::new(app);
    let mut mentor = Field::new(FieldNumber(0), "mentor", "Mentor", Kind::User);
    mentor.searched = false;
    app.store.save_field(office.account.id, &mentor, ANN, NOW).expect("the store").expect("saved");
    office.fields = app.store.fields(office.account.id).expect("fields");
    let bo = office.ids[1].to_string();
    let done = office.import(&office.csv().with(1, "notes", "Rowe of old").with(2, "notes", "Salt"));
    office.edit(1, "job_title", "Rower");
    office.edit(0, "manager", &bo);
    office.edit(3, "mentor", &bo);
    let waiting =
        office.upload(office.csv().with(1, "job_title", "Rower two").with(2, "notes", "S").text().as_bytes());
    import::select(app, office.account.id, ANN, office.ids.clone()).expect("the store");
    while !app.store.refresh_search(100).expect("the index") {}
    (office, done, waiting)
}

#[test]
fn an_erased_person_leaves_hashes_and_nothing_else() {
    on_both(|app| {
        let (mut office, done, waiting) = lived(app);
        let (bo, account) = (office.ids[1], office.account.id);
        let chain = app.store.verify_chain(account).expect("the chain");
        assert_eq!(erase(&office, bo, "Bo Row"), Erased::OtherName);
        assert_eq!(erase(&office, bo, " bo  rowe "), Erased::Done { waiting: 1 });
        assert_eq!(erase(&office, bo, "Bo Rowe"), Erased::NoSuchUser);
        assert_eq!(erase(&office, bo, ""), Erased::NoSuchUser);
        let after = app.store.verify_chain(account).expect("the chain");
        assert_eq!((after.altered, after.revision), (None, chain.revision + 1));
        assert_eq!(app.store.examine(NOW).expect("examined"), []);
        // Out of lists, searches and fields; the email is free.
        let query = UsersQuery { search: "rowe".to_owned(), limit: 10, ..UsersQuery::default() };
        assert!(app.store.users_page(account, &office.fields, &query).expect("a page").users.is_empty());
        assert_eq!((office.value(0, "manager"), office.value(3, "mentor")), (None, None));
        assert_eq!(app.store.account_now(account).expect("it").users, 5);
        let again = [("first_name", "Bo"), ("last_name", "Other"), ("email", "bo@acme.example")];
        let Created::Saved(other) = created(&office, &again) else { panic!("the email is not free") };
        assert_ne!(other, bo, "no number is given twice");
        // Who only named them keeps a history that tells so.
        let told = app.store.history_of(account, office.ids[0], u64::MAX, 10).expect("history");
        let last = told.iter().find(|entry| entry.field == standard::MANAGER).expect("an entry");
        assert_eq!((last.before.as_deref(), last.after.as_deref()), (Some(bo.to_string().as_str()), None));
        assert!(
            app.store
                .history_of(account, bo, u64::MAX, 10)
                .expect("history")
                .iter()
                .all(|entry| { entry.before.is_none() && entry.after.is_none() })
        );
        // The import that edited them is undone for the others; the review says that nobody is there.
        office.ids.remove(1);
        let undo = office.undo(&done);
        assert_state(&undo, ImportState::Done);
        assert_eq!(undo.counts.users_to_edit, 1, "{:?}", undo.counts);
        assert_eq!(office.value(1, "notes"), None);
        let review = office.rest(waiting.id);
        assert_state(&review, ImportState::Review);
        assert_eq!(office.issues(&review), ["A4 user_id_unknown"]);
        office.check_history();
        assert_eq!(app.store.examine(NOW).expect("examined"), []);
    });
}

#[test]
fn no_row_of_any_table_holds_what_an_erased_person_was() {
    on_sqlite(|app| {
        let (office, _, waiting) = lived(app);
        assert!(holding(app, "rowe").len() > 5, "{:?}", holding(app, "rowe"));
        assert!(!work_rows(app, "SELECT 1 FROM upload").is_empty());
        import::cancel(app, office.account.id, waiting.id).expect("the store");
        assert_eq!(erase(&office, office.ids[1], "Bo Rowe"), Erased::Done { waiting: 0 });
        assert_eq!(holding(app, "rowe"), [""; 0]);
        assert_eq!(holding(app, "bo@acme"), [""; 0]);
        assert_eq!(work_rows(app, "SELECT 1 FROM upload"), [""; 0], "files may name them");
    });
}

#[test]
fn rules_answers_and_files_that_waited_let_an_erased_person_go() {
    on_both(|app| {
        let mut office = Office::new(app);
        let account = office.account.id;
        let change = import::NewChange {
            lines: vec![("notes".to_owned(), directory::RuleStep::Set("Ruleperson".to_owned()))],
            users: ::store::RuleUsers::All,
            actor: ANN.to_owned(),
            complete: ::store::Complete::WhenCleanLarge,
            leave_out_errors: false,
            keep: true,
        };
        let begun = import::change(app, account, change).expect("it works");
        let import::Begun::Started(rule) = begun else { panic!("{begun:?}") };
        let rule = office.rest(rule);
        assert_state(&rule, ImportState::Done);
        assert!(rule.file_name.as_deref().is_some_and(|words| words.contains("Ruleperson")), "{rule:?}");
        let answer = |text: &str| ::store::KeptAnswer {
            field: standard::DEPARTMENT,
            text: text.to_owned(),
            value: "1".to_owned(),
            actor: ANN.to_owned(),
            at: NOW,
        };
        app.store.keep_answers(account, &[answer("ROWE"), answer("ruleperson"), answer("HR")]).expect("kept");
        let upload = |user: usize| {
            let sheet = office.csv().with(1, "job_title", "Rower").with(user, "job_title", "Cook");
            app.clock.turn(1_000);
            office.upload(sheet.text().as_bytes())
        };
        let (ends, cancelled) = (upload(2), upload(3));
        assert_eq!(erase(&office, office.ids[1], "Bo Rowe"), Erased::Done { waiting: 2 });
        let of = |import: &::store::Import| app.store.import(account, import.id).expect("it").expect("it");
        let is_kept = |import: &::store::Import| app.store.is_upload_kept(account, import.id).expect("it");
        assert_eq!(of(&rule).file_name.as_deref(), Some("A rule whose values were erased"));
        let answers = app.store.answers(account).expect("answers");
        assert_eq!(answers.iter().map(|answer| answer.text.as_str()).collect::<Vec<_>>(), ["HR"]);

        assert!(import::cancel(app, account, cancelled.id).expect("it works"));
        assert!(!import::take_back(app, account, cancelled.id).expect("it works"));
        assert_eq!(of(&cancelled).take_back_until, None);
        let review = office.rest(ends.id);
        assert_eq!((is_kept(&review), is_kept(&cancelled)), (false, false));
        let answer = import::complete(app, account, review.id, None, true);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        let done = office.rest(review.id);
        assert_state(&done, ImportState::Done);
        assert!(!is_kept(&done));
        let report = import::reportable(app, account, done.id).expect("it works");
        assert_eq!(report, import::Reportable::Forgotten);

        // Nothing else has changed: what came by the rule is undone for the others, and a later file is kept.
        office.ids.remove(1);
        assert_eq!(office.value(1, "job_title").as_deref(), Some("Cook"));
        let undo = office.undo(&rule);
        assert_eq!((undo.counts.users_to_edit, office.value(0, "notes")), (5, None));
        app.clock.turn(1_000);
        assert!(is_kept(&office.upload(office.csv().with(0, "job_title", "Poet").text().as_bytes())));
    });
}
