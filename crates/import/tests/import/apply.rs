//! Apply and undo: what was reviewed is what is applied; later edits are kept.

use ::import::{self, Edited, Target, Undone};
use ::store::{Complete, FixKind, ImportId, ImportKind, ImportState, NewImport, PageStart};
use directory::standard;

use ground::office::{ANN, Office, assert_state};
use ground::on_both;

#[test]
fn a_form_leaves_its_history_and_no_import() {
    on_both(|app| {
        let office = Office::new(app);
        let field = office.fields.by_key("notes").expect("a field").number;
        let forms = || ground::scene::work_rows(app, "SELECT COUNT(*) FROM import WHERE kind = 'form'");
        for text in ["typed", "typed again"] {
            let seen = app.store.account_now(office.account.id).expect("it").revision;
            let edited =
                import::edit(app, office.account.id, office.ids[0], &[(field, text.to_owned())], seen, ANN);
            assert!(matches!(edited, Ok(Edited::Saved(_))));
        }
        assert_eq!(office.value(0, "notes").as_deref(), Some("typed again"));
        assert_eq!(forms(), ["0"]);
        office.check_history();

        // One whose process was killed is swept up, once nobody can be waiting for it.
        let id = ImportId::new(app.clock.now(), 7);
        let new = NewImport {
            id,
            state: ImportState::Reading,
            kind: ImportKind::Form,
            file_name: None,
            actor: ANN.to_owned(),
            complete: Complete::WhenCleanLarge,
            keep: true,
            leave_out_errors: false,
            undoes: None,
            decisions: Vec::new(),
            at: app.clock.now(),
        };
        assert!(app.store.begin_import(office.account.id, &new).expect("it begins"));
        app.store.cancel_import(office.account.id, id, app.clock.now()).expect("it is given up");
        app.store.forget_old_files(app.clock.now()).expect("the store");
        assert_eq!(forms(), ["1"], "somebody may be told of it still");
        app.store.forget_old_files(app.clock.now().plus(2 * 60 * 60 * 1_000)).expect("the store");
        assert_eq!(forms(), ["0"]);
    });
}

#[test]
fn an_import_completes_by_itself_only_when_nothing_is_wrong() {
    on_both(|app| {
        let office = Office::new(app);
        let clean = office.csv().with(0, "job_title", "Clerk");
        let import = office.upload_by(clean.text().as_bytes(), ANN, Complete::WhenClean);
        assert_state(&import, ImportState::Done);
        let wrong = office.csv().with(0, "job_title", "Cook").with(1, "email", "bo@");
        let import = office.upload_by(wrong.text().as_bytes(), ANN, Complete::WhenClean);
        assert_state(&import, ImportState::Review);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Clerk"));
    });
}

#[test]
fn the_plan_that_was_reviewed_is_the_one_that_is_applied() {
    on_both(|app| {
        let office = Office::new(app);
        let import = office.upload(office.csv().with(0, "job_title", "Clerk").text().as_bytes());
        let answer = import::complete(app, office.account.id, import.id, Some(import.plan + 1), false);
        assert_eq!(answer.expect("the store"), import::Completion::OtherPlan(import.plan));
        // Somebody changes the very cell while it is in review: review comes back with a conflict.
        let title = vec![(standard::JOB_TITLE, "Cook".to_owned())];
        let now = app.store.account_now(office.account.id).expect("it").revision;
        let edited = import::edit(app, office.account.id, office.ids[0], &title, now, "bob@acme.example");
        assert!(matches!(edited, Ok(Edited::Saved(_))), "{edited:?}");
        let back = office.complete(&import);
        assert_state(&back, ImportState::Review);
        assert_eq!((back.counts.conflicts, back.plan), (1, import.plan + 1));
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Cook"));
    });
}

#[test]
fn an_import_that_waits_for_its_turn_goes_on_when_the_other_comes_to_rest() {
    on_both(|app| {
        let office = Office::new(app);
        let account = office.account.id;
        let [first, second] = [0, 1].map(|user| {
            let sheet = office.csv().with(user, "job_title", "Clerk");
            let import = office.upload(sheet.text().as_bytes());
            let started = import::complete(app, account, import.id, Some(import.plan), false);
            assert!(matches!(started, Ok(import::Completion::Started(_))), "{started:?}");
            import
        });
        let now = app.clock.now();
        let lease = app.store.claim(Some((account, first.id)), "other", now, now.plus(6_000));
        let lease = lease.expect("it works").expect("it waits");
        let entered = app.store.enter_applying(account, first.id, first.plan, lease.fence, now);
        assert!(entered.expect("it works"));
        assert!(import::work_once(app, "worker").expect("work"), "the second is looked at");
        assert!(!import::work_once(app, "worker").expect("work"), "and waits without being asked again");
        app.store.hand_back(&lease).expect("it works");
        // The clock stands: only the end of the first can wake the second.
        for import in [first, second] {
            assert!(import::work_once(app, "worker").expect("work"));
            let now = app.store.import(account, import.id).expect("it works").expect("an import");
            assert_state(&now, ImportState::Done);
        }
        office.check_history();
    });
}

#[test]
fn changes_beside_the_plan_do_not_bring_review_back() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "job_title", "Clerk").with(1, "job_title", "Smith");
        let import = office.upload(sheet.text().as_bytes());
        let now = app.store.account_now(office.account.id).expect("it").revision;
        let elsewhere =
            vec![(standard::JOB_TITLE, "Smith".to_owned()), (standard::FIRST_NAME, "Beau".to_owned())];
        import::edit(app, office.account.id, office.ids[1], &elsewhere, now, "bob@acme.example")
            .expect("edited");
        let done = office.complete(&import);
        assert_state(&done, ImportState::Done);
        assert_eq!(done.counts.users_to_edit, 1, "what is already so is dropped");
        assert_eq!(office.value(1, "first_name").as_deref(), Some("Beau"));
        office.check_history();
    });
}

#[test]
fn an_email_taken_meanwhile_brings_review_back() {
    on_both(|app| {
        let office = Office::new(app);
        let import = office.upload(office.csv().with(0, "email", "free@acme.example").text().as_bytes());
        let now = app.store.account_now(office.account.id).expect("it").revision;
        let taken = vec![(standard::EMAIL, "free@acme.example".to_owned())];
        import::edit(app, office.account.id, office.ids[1], &taken, now, "bob@acme.example").expect("edited");
        let back = office.complete(&import);
        assert_state(&back, ImportState::Review);
        assert_eq!(back.counts.errors, 1);
        assert_eq!(office.value(0, "email").as_deref(), Some("ada@acme.example"));
    });
}

#[test]
fn an_import_is_undone_and_later_edits_are_kept_and_named() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office
            .csv()
            .with(0, "job_title", "Clerk")
            .with(1, "job_title", "Smith")
            .with(1, "email", "cleo@acme.example")
            .with(2, "email", "bo@acme.example");
        let done = office.import(&sheet);
        let now = app.store.account_now(office.account.id).expect("it").revision;
        let later = vec![(standard::JOB_TITLE, "Cook".to_owned())];
        import::edit(app, office.account.id, office.ids[0], &later, now, "bob@acme.example").expect("edited");
        let Ok(Undone::Started(undo)) = import::undo(app, office.account.id, done.id, ANN) else {
            panic!("undone")
        };
        let again = import::undo(app, office.account.id, done.id, ANN).expect("the store");
        assert_eq!(again, Undone::NothingToUndo, "one undo for an import, also while it is at work");
        let undo = office.rest(undo);
        assert_state(&undo, ImportState::Done);
        assert_eq!((undo.kind, undo.counts.users_to_edit), (ImportKind::Undo, 2));
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Cook"), "the later edit is kept");
        let named = import::conflicts(app, &undo, PageStart::Start, 10).expect("what was kept").items;
        assert_eq!(named.iter().map(|one| one.user.1.as_str()).collect::<Vec<_>>(), ["Ada Quill"]);
        assert_eq!(office.value(1, "email").as_deref(), Some("bo@acme.example"));
        assert_eq!(office.value(1, "job_title"), None);
        let done = app.store.import(office.account.id, done.id).expect("the store").expect("it");
        assert_eq!(done.undone_by, Some(undo.id));
        assert_eq!(
            import::undo(app, office.account.id, done.id, ANN).expect("the store"),
            Undone::NothingToUndo
        );
        let Ok(Undone::Started(redo)) = import::undo(app, office.account.id, undo.id, ANN) else {
            panic!("redone")
        };
        office.rest(redo);
        assert_eq!(office.value(1, "job_title").as_deref(), Some("Smith"), "undo of undo");
        office.check_history();
    });
}

#[test]
fn the_form_of_one_user_is_judged_like_a_file() {
    on_both(|app| {
        let office = Office::new(app);
        let seen = app.store.account_now(office.account.id).expect("it").revision;
        let edit = |user: usize, field, text: &str, seen| {
            let values = vec![(field, text.to_owned())];
            import::edit(app, office.account.id, office.ids[user], &values, seen, ANN).expect("the store")
        };
        assert!(matches!(edit(0, standard::START_DATE, "2026-01-31", seen), Edited::Saved(_)));
        let Edited::Wrong(wrong) = edit(1, standard::EMAIL, "ada@acme.example", seen) else {
            panic!("taken")
        };
        assert_eq!(wrong[0].2, "Email/Username is already in use");
        assert!(matches!(edit(0, standard::START_DATE, "2026-02-01", seen), Edited::ChangedSince(_)));
        assert_eq!(edit(0, standard::START_DATE, "2026-01-31", seen + 1), Edited::Saved(seen + 1));
        office.check_history();
    });
}

#[test]
fn files_are_forgotten_after_their_time_and_what_was_applied_remains() {
    on_both(|app| {
        const DAY: i64 = 24 * 60 * 60 * 1_000;
        let office = Office::new(app);
        let done = office.import(&office.csv().with(0, "job_title", "Clerk"));
        let waiting = office.upload(office.csv().with(1, "job_title", "Cook").text().as_bytes());
        app.clock.turn(29 * DAY);
        assert_eq!(app.store.forget_old_files(app.clock.now()).expect("the store"), 0);
        app.clock.turn(2 * DAY);
        assert_eq!(app.store.forget_old_files(app.clock.now()).expect("the store"), 2);
        assert_eq!(app.store.upload(office.account.id, done.id, 1).expect("it").length(), 0);
        let waiting = app.store.import(office.account.id, waiting.id).expect("the store").expect("it");
        assert_state(&waiting, ImportState::Cancelled);
        let done = app.store.import(office.account.id, done.id).expect("the store").expect("it");
        assert_eq!(office.changes(&done), [r#"Ada Quill: Job title "" -> "Clerk""#]);
        assert!(matches!(import::undo(app, office.account.id, done.id, ANN), Ok(Undone::Started(_))));
    });
}

#[test]
fn when_the_fields_change_the_file_is_read_again_and_fixes_stay() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "department", "Fianance").with(1, "job_title", "Cook").with(
            2,
            "job_title",
            "Poet",
        );
        let import = office.upload(sheet.text().as_bytes());
        let fix = |target, mend| match import::fix(app, office.account.id, import.id, &[(target, mend)], ANN)
        {
            Ok(import::Fixed::Kept(import, _)) => *import,
            other => panic!("{other:?}"),
        };
        fix(
            Target::Cell(sheet.name(0, "department").parse().expect("a cell")),
            FixKind::Value("Finance".to_owned()),
        );
        let import = fix(Target::Row(5), FixKind::LeaveOut(true));
        assert_eq!((import.counts.users_to_edit, import.counts.left_out), (2, 1));
        let mut department = office.fields.by_key("department").expect("it").clone();
        department.choices[1].label = "Money".to_owned();
        department.choices[1].former = vec!["Finance".to_owned()];
        app.store
            .save_field(office.account.id, &department, ANN, app.clock.now())
            .expect("the store")
            .expect("saved");
        assert!(office.changes(&import)[0].contains("Money"), "{:?}", office.changes(&import));
        let done = office.complete(&import);
        assert_state(&done, ImportState::Done);
        assert_eq!((done.counts.users_to_edit, done.counts.left_out, done.plan), (2, 1, import.plan));
        assert_eq!(office.value(0, "department").as_deref(), Some("2"));
        assert_eq!(office.value(2, "job_title"), None);
    });
}
