//! Creating users: from the template, and from rows without an ID that were asked about; undone, they are withdrawn.

use ::import::{self, DownloadChoice, Fixed, Target, Undone};
use ::store::{Complete, FixKind, Import, ImportState, PageStart};
use directory::Quota;
use workbook::Format;

use ground::office::{ANN, Office, Sheet, assert_state};
use ground::on_both;

/// The sheet with two more rows, of people without a User ID.
fn with_two_more(office: &Office<'_>) -> Sheet {
    let mut sheet = office.csv();
    for [first, last, email] in [["Gil", "Wray", "gil@acme.example"], ["Hope", "Xu", ""]] {
        let mut row = vec![String::new(); sheet.0[1].len()];
        row[sheet.column("first_name")] = first.to_owned();
        row[sheet.column("last_name")] = last.to_owned();
        row[sheet.column("email")] = email.to_owned();
        sheet.0.push(row);
    }
    sheet
}

fn kept(fixed: ::store::Result<Fixed>) -> Import {
    match fixed {
        Ok(Fixed::Kept(import, _)) => *import,
        other => panic!("{other:?}"),
    }
}

#[test]
fn rows_without_an_id_are_asked_about_and_then_created() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = with_two_more(&office).with(0, "job_title", "Clerk");
        let import = office.upload(sheet.text().as_bytes());
        assert_state(&import, ImportState::Review);
        let email = sheet.name(7, "email");
        assert_eq!(office.issues(&import), ["A9 user_id_missing", "A10 user_id_missing"]);
        assert_eq!((import.counts.users_to_create, import.counts.users_to_edit), (0, 1));
        let fix = |target, mend| kept(import::fix(app, office.account.id, import.id, &[(target, mend)], ANN));
        let asked = fix(Target::RowsWithoutId, FixKind::Create);
        assert_eq!((asked.counts.users_to_create, asked.counts.errors), (1, 1), "{:?}", asked.counts);
        assert_eq!(
            office.issues(&asked),
            [format!("{email} no_sign_in")],
            "what is missing turns red when asked for"
        );
        let taken =
            fix(Target::Cell(email.parse().expect("a cell")), FixKind::Value("gil@acme.example".to_owned()));
        assert_eq!(taken.counts.errors, 2, "both new users want one email");
        let right =
            fix(Target::Cell(email.parse().expect("a cell")), FixKind::Value("hope@acme.example".to_owned()));
        assert_eq!((right.counts.users_to_create, right.counts.errors), (2, 0), "{:?}", right.counts);
        let names: Vec<String> = import::changes(app, &right, PageStart::Start, 50)
            .expect("changes")
            .items
            .into_iter()
            .map(|change| change.name)
            .collect();
        assert!(names.iter().any(|name| name == "Hope Xu"), "{names:?}");
        let done = office.complete(&right);
        assert_eq!((done.counts.users_to_edit, done.counts.users_to_create), (1, 2));
        assert_eq!(office.csv().0.len(), 2 + 8);
        assert_eq!(app.store.users_counted(office.account.id).expect("counted"), (8, 8));
        undo_and_redo(&office, &done);
    });
}

/// The undo of a creation withdraws the users; the undo of the undo brings them back.
fn undo_and_redo(office: &Office<'_>, done: &Import) {
    let app = office.app;
    let Ok(Undone::Started(undo)) = import::undo(app, office.account.id, done.id, ANN) else {
        panic!("undone")
    };
    assert_state(&office.rest(undo), ImportState::Done);
    assert_eq!(office.csv().0.len(), 2 + 6);
    assert_eq!(app.store.users_counted(office.account.id).expect("counted"), (6, 6));
    let Ok(Undone::Started(redo)) = import::undo(app, office.account.id, undo, ANN) else { panic!("redone") };
    assert_state(&office.rest(redo), ImportState::Done);
    assert_eq!(office.csv().0.len(), 2 + 8);
    assert_eq!(office.value(0, "job_title").as_deref(), Some("Clerk"));
}

#[test]
fn a_new_user_may_have_what_another_gives_up() {
    on_both(|app| {
        let office = Office::new(app);
        let mut sheet = with_two_more(&office).with(0, "email", "ada.new@acme.example");
        sheet.0.pop();
        let sheet = sheet.with(6, "email", "ada@acme.example");
        let import = office.upload(sheet.text().as_bytes());
        let asked =
            kept(import::fix(app, office.account.id, import.id, &[(Target::Row(9), FixKind::Create)], ANN));
        assert_eq!(asked.counts.errors, 0);
        let done = office.complete(&asked);
        assert_state(&done, ImportState::Done);
        let undo = undone(&office, &done);
        assert_eq!(
            office.value(0, "email").as_deref(),
            Some("ada@acme.example"),
            "the new user gave it back"
        );
        undone(&office, &undo);
        assert_eq!(office.value(0, "email").as_deref(), Some("ada.new@acme.example"));
    });
}

/// Undoes an import; the undo is done at once.
fn undone(office: &Office<'_>, import: &Import) -> Import {
    let Ok(Undone::Started(undo)) = import::undo(office.app, office.account.id, import.id, ANN) else {
        panic!("undone")
    };
    let undo = office.rest(undo);
    assert_state(&undo, ImportState::Done);
    undo
}

#[test]
fn whose_email_was_taken_meanwhile_stays_away_and_the_others_come_back() {
    on_both(|app| {
        let office = Office::new(app);
        let mut sheet = with_two_more(&office);
        *sheet.cell(7, "email") = "hope@acme.example".to_owned();
        let import = office.upload(sheet.text().as_bytes());
        let all = [(Target::RowsWithoutId, FixKind::Create)];
        let asked = kept(import::fix(app, office.account.id, import.id, &all, ANN));
        let undo = undone(&office, &office.complete(&asked));
        office.import(&office.csv().with(0, "email", "gil@acme.example"));
        let redo = undone(&office, &undo);
        assert_eq!((redo.counts.users_to_edit, redo.counts.left_out), (1, 1), "{:?}", redo.counts);
        assert!(!office.csv().text().contains("Gil,Wray"), "Ada has that email now");
        assert!(office.csv().text().contains("Hope,Xu"));
    });
}

#[test]
fn the_template_creates_without_asking_and_needs_what_is_required() {
    on_both(|app| {
        let office = Office::new(app);
        let choice = DownloadChoice::new_users(Format::Csv);
        let mut bytes = Vec::new();
        import::download(app, office.account.id, &choice, &mut bytes).expect("the template");
        let mut sheet = Sheet::of(&String::from_utf8(bytes).expect("UTF-8"));
        assert_eq!(sheet.0.len(), 2, "no rows");
        for [first, last] in [["Ivo", "Young"], ["", "Zola"]] {
            let mut row = vec![String::new(); sheet.0[1].len()];
            row[sheet.column("first_name")] = first.to_owned();
            row[sheet.column("last_name")] = last.to_owned();
            row[sheet.column("username")] = last.to_lowercase();
            sheet.0.push(row);
        }
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.issues(&import), [format!("{} required", sheet.name(1, "first_name"))]);
        let cell = Target::Cell(sheet.name(1, "first_name").parse().expect("a cell"));
        let mend = FixKind::Value("Jo".to_owned());
        let right = kept(import::fix(app, office.account.id, import.id, &[(cell, mend)], ANN));
        assert_eq!(right.counts.users_to_create, 2, "{:?} {:?}", right.counts, office.issues(&right));
        assert_eq!(office.complete(&right).counts.users_to_create, 2);
        let created = office.csv();
        assert!(created.text().contains("Jo,Zola,,zola,Active"), "{}", created.text());
    });
}

/// The template with two people to be created, when there is room for one more user.
#[test]
fn more_users_than_there_may_be_wait_in_review_and_are_not_created() {
    on_both(|app| {
        let office = Office::new(app);
        let account = office.account.id;
        let users = app.store.account_now(account).expect("the account").users;
        let most = |most| app.store.set_quota(account, Quota::Users, Some(most)).expect("it is set");
        most(users + 1);
        let import = office.upload(with_two_more(&office).text().as_bytes());
        let fix = |target, mend| kept(import::fix(app, account, import.id, &[(target, mend)], ANN));
        fix(Target::RowsWithoutId, FixKind::Create);
        let email = with_two_more(&office).name(7, "email").parse().expect("a cell");
        let ready = fix(Target::Cell(email), FixKind::Value("hope@acme.example".to_owned()));
        assert_eq!((ready.counts.users_to_create, ready.counts.errors), (2, 0));
        let complete = || import::complete(app, account, ready.id, None, false).expect("the store");
        let import::Completion::Beyond(2, of) = complete() else { panic!("two are beyond") };
        assert_eq!((of.used, of.most), (users, users + 1));
        let look = || app.store.import(account, ready.id).expect("the store").expect("it is there");
        assert_eq!(look().state, ImportState::Review, "nothing was begun");

        // There was room when it was completed, and is none when it is applied: back to review.
        most(users + 2);
        assert!(matches!(complete(), import::Completion::Started(_)));
        most(users + 1);
        assert_state(&office.rest(ready.id), ImportState::Review);
        assert_eq!(app.store.users_counted(account).expect("counted"), (users, users));
        most(users + 2);
        let done = office.complete(&look());
        assert_eq!(done.counts.users_to_create, 2);
        assert_eq!(app.store.users_counted(account).expect("counted"), (users + 2, users + 2));
    });
}

#[test]
fn what_would_complete_by_itself_waits_when_it_creates_more_than_there_may_be() {
    on_both(|app| {
        let office = Office::new(app);
        let account = office.account.id;
        let users = app.store.account_now(account).expect("the account").users;
        let choice = DownloadChoice::new_users(Format::Csv);
        for (most, state) in [(users, ImportState::Review), (users + 1, ImportState::Done)] {
            app.store.set_quota(account, Quota::Users, Some(most)).expect("it is set");
            let mut bytes = Vec::new();
            import::download(app, account, &choice, &mut bytes).expect("the template");
            let mut sheet = Sheet::of(&String::from_utf8(bytes).expect("text"));
            sheet.0.truncate(2);
            let mut row = vec![String::new(); sheet.0[1].len()];
            for (key, text) in [("first_name", "Gil"), ("last_name", "Wray"), ("email", "gil@acme.example")] {
                row[sheet.column(key)] = text.to_owned();
            }
            sheet.0.push(row);
            let import = office.upload_by(sheet.text().as_bytes(), ANN, Complete::WhenCleanLarge);
            assert_state(&import, state);
            assert_eq!(import.counts.users_to_create, 1);
        }
    });
}
