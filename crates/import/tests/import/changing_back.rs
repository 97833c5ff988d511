//! Some users of an import changed back, the rest left; and what an import changed, as a file.

use ::import::{self, Format, Reportable, Undone};
use ::store::{Import, ImportKind, ImportState};
use directory::UserId;

use ground::office::{ANN, Office, assert_state};
use ground::on_both;

fn change_back(office: &Office<'_>, import: &Import, users: &[UserId]) -> Import {
    match import::change_back(office.app, office.account.id, import.id, users, ANN) {
        Ok(Undone::Started(id)) => office.rest(id),
        other => panic!("{other:?}"),
    }
}

fn titles(office: &Office<'_>) -> Vec<String> {
    (0..4).map(|user| office.value(user, "job_title").unwrap_or_default()).collect()
}

fn again(office: &Office<'_>, import: &Import) -> Import {
    office.app.store.import(office.account.id, import.id).expect("the store").expect("it")
}

#[test]
fn some_users_are_changed_back_and_the_rest_can_be_undone_after() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = (0..4).fold(office.csv(), |sheet, user| sheet.with(user, "job_title", "Clerk"));
        let done = office.import(&sheet.with(0, "notes", "new"));
        // One was changed since: the later value stays.
        office.edit(1, "job_title", "Cook");
        let back = change_back(&office, &done, &[office.ids[1], office.ids[0], office.ids[0]]);
        assert_state(&back, ImportState::Done);
        assert_eq!((back.kind, back.undoes, back.changes_back), (ImportKind::Undo, None, Some(done.id)));
        assert_eq!((back.counts.users_to_edit, back.counts.cells_to_edit), (1, 2));
        assert_eq!(titles(&office), ["", "Cook", "Clerk", "Clerk"]);
        let kept = import::conflicts(app, &back, Default::default(), 10).expect("what stays");
        assert_eq!(kept.items.iter().map(|kept| kept.now.as_str()).collect::<Vec<_>>(), ["Cook"]);
        assert_eq!(again(&office, &done).undone_by, None, "the rest stands");
        let backs = app.store.imports_changing_back(office.account.id, done.id).expect("the store");
        assert_eq!(backs.iter().map(|back| back.id).collect::<Vec<_>>(), [back.id]);

        // It is an import like any other, which can be undone, and the first one too.
        office.undo(&back);
        assert_eq!(titles(&office), ["Clerk", "Cook", "Clerk", "Clerk"]);
        assert!(app.store.imports_changing_back(office.account.id, done.id).expect("the store").is_empty());
        change_back(&office, &done, &office.ids[2..3]);
        office.undo(&done);
        assert_eq!(titles(&office), ["", "Cook", "", ""]);
        assert!(again(&office, &done).undone_by.is_some());
        let nothing = import::change_back(app, office.account.id, done.id, &office.ids[3..4], ANN);
        assert_eq!(nothing.expect("the store"), Undone::NothingToUndo);
        office.check_history();
    });
}

#[test]
fn who_was_not_changed_by_an_import_is_not_changed_back() {
    on_both(|app| {
        let office = Office::new(app);
        let other = Office::called(app, "globex");
        let done = office.import(&office.csv().with(0, "job_title", "Clerk").with(1, "job_title", "Cook"));
        let ask = |office: &Office<'_>, users: &[UserId]| {
            import::change_back(app, office.account.id, done.id, users, ANN).expect("the store")
        };
        let (ada, cleo, stranger) = (office.ids[0], office.ids[2], other.ids[0]);
        let mut both = vec![cleo, stranger];
        both.sort_unstable();
        assert_eq!(ask(&office, &[ada, cleo, stranger]), Undone::NotAmong(both), "nothing is done by halves");
        assert_eq!(ask(&office, &[]), Undone::NotAmong(Vec::new()));
        assert_eq!(ask(&other, &[ada]), Undone::NoSuchImport);
        assert_eq!(titles(&office)[..2], ["Clerk".to_owned(), "Cook".to_owned()]);
        let waits = office.upload(office.csv().with(0, "job_title", "Chef").text().as_bytes());
        let waiting = import::change_back(app, office.account.id, waits.id, &[ada], ANN);
        assert_eq!(waiting.expect("the store"), Undone::NothingToUndo);
    });
}

#[test]
fn who_was_created_is_withdrawn_alone() {
    on_both(|app| {
        let mut office = Office::new(app);
        let done = office.create("Gil", "gil@acme.example");
        let gil = *office.ids.last().expect("somebody");
        let back = change_back(&office, &done, &[gil]);
        assert_eq!((back.state, back.counts.users_to_edit), (ImportState::Done, 1));
        let users = app.store.user(office.account.id, &office.fields, gil).expect("the store");
        assert!(users.get(0).is_none_or(|user| user.withdrawn()));
        assert_eq!(file(&office, &back)[2..], [format!("{gil},Gil New,User,,withdrawn")]);
    });
}

/// The lines of the file of an import's changes.
fn file(office: &Office<'_>, import: &Import) -> Vec<String> {
    let mut bytes = Vec::new();
    import::changes_file(office.app, import, Format::Csv, &mut bytes).expect("a file");
    let text = String::from_utf8(bytes).expect("UTF-8");
    text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()
}

#[test]
fn what_changed_is_a_file_that_nobody_can_import() {
    on_both(|app| {
        let mut office = Office::new(app);
        let sheet = office.csv().with(0, "department", "Finance").with(1, "job_title", "'@work");
        let import = office.upload(sheet.with(2, "start_date", "").text().as_bytes());
        let [ada, bo, cleo] = [0, 1, 2].map(|user| office.ids[user]);
        let lines = [
            format!("{ada},Ada Quill,Department,Sales,Finance"),
            format!("{bo},Bo Rowe,Job title,,'@work"),
            format!("{cleo},Cleo Salt,Start date,2024-03-05,"),
        ];
        let before = file(&office, &import);
        assert_eq!(before[0], "User ID,User,Field,Was,Will be");
        assert_eq!(before[2..], lines);
        let done = office.complete(&import);
        let after = file(&office, &done);
        assert_eq!(after[0], "User ID,User,Field,Was,Became");
        assert_eq!(after[2..], lines, "the same once it is done");
        let wrong = office.upload(after.join("\r\n").as_bytes());
        assert_state(&wrong, ImportState::Failed);
        let created = office.create("Gil", "gil@acme.example");
        let gil = *office.ids.last().expect("somebody");
        assert!(file(&office, &created).contains(&format!("{gil},Gil New,User,,created")));

        let listable = |id| import::changes_listable(app, office.account.id, id).expect("the store");
        assert_eq!(listable(wrong.id), Reportable::NotNow(ImportState::Failed));
        let other = Office::called(app, "globex");
        let foreign = import::changes_listable(app, other.account.id, done.id).expect("the store");
        assert_eq!(foreign, Reportable::NoSuchImport);
        let mut bytes = Vec::new();
        import::changes_file(app, &done, Format::Xlsx, &mut bytes).expect("a workbook");
        assert!(bytes.starts_with(b"PK"));
    });
}
