//! What edits of a file come to: the merge with what was downloaded and with what others did since.

use ::import::{self, Fixed, Target};
use ::store::{Complete, FixKind, ImportState, PageStart};
use directory::Chosen;
use workbook::Format;

use ground::office::{ANN, Office, assert_state};
use ground::on_both;

#[test]
fn an_unchanged_file_gives_nothing_in_every_format() {
    on_both(|app| {
        let office = Office::new(app);
        for format in [Format::Csv, Format::Xlsx, Format::Ods] {
            let import = office.upload(&office.download(format));
            assert_state(&import, ImportState::Done);
            assert_eq!((import.counts.rows, import.counts.cells_to_edit), (6, 0), "{format:?}");
        }
        assert_eq!(
            app.store.account_now(office.account.id).expect("it").revision,
            office.account.revision + 3
        );
    });
}

#[test]
fn edited_cells_are_changed_and_nothing_else() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office
            .csv()
            .with(0, "job_title", "Clerk")
            .with(1, "department", "commercial")
            .with(2, "notes", "Éire");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(
            office.changes(&import),
            [
                r#"Ada Quill: Job title "" -> "Clerk""#,
                r#"Bo Rowe: Department "Finance" -> "Commercial""#,
                r#"Cleo Salt: Notes "" -> "Éire""#,
            ]
        );
        let done = office.complete(&import);
        assert_state(&done, ImportState::Done);
        assert_eq!((done.counts.users_to_edit, done.counts.cells_to_edit), (3, 3));
        assert_eq!(office.value(1, "department").as_deref(), Some("3"));
        assert_eq!(office.value(2, "notes").as_deref(), Some("Éire"));
        assert_eq!(office.value(3, "notes"), None);
        office.check_history();
    });
}

#[test]
fn deleted_rows_and_columns_are_untouched_and_cleared_cells_counted() {
    on_both(|app| {
        let office = Office::new(app);
        let mut sheet = office.csv().with(4, "employee_number", "");
        sheet.0.remove(2);
        let email = sheet.column("email");
        sheet.0.iter_mut().for_each(|row| {
            row.remove(email);
        });
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.changes(&import), [r#"Ede Ustinov: Employee number "00127" -> """#]);
        assert_eq!(import.counts.cells_to_clear, 1);
        office.complete(&import);
        assert_eq!(office.value(0, "email").as_deref(), Some("ada@acme.example"));
        assert_eq!(office.value(4, "employee_number"), None);
    });
}

#[test]
fn a_change_of_somebody_else_is_a_conflict_only_where_both_changed() {
    on_both(|app| {
        let office = Office::new(app);
        let mine = office.csv().with(0, "job_title", "Clerk").with(1, "job_title", "Smith").with(
            2,
            "job_title",
            "Baker",
        );
        let theirs = office.csv().with(0, "job_title", "Cook").with(1, "job_title", "Smith").with(
            3,
            "job_title",
            "Poet",
        );
        let import = office.upload_by(theirs.text().as_bytes(), "bob@acme.example", Complete::WhenClean);
        assert_state(&import, ImportState::Done);
        let import = office.upload(mine.text().as_bytes());
        assert_eq!((import.counts.conflicts, import.counts.users_to_edit), (1, 1), "{:?}", import.counts);
        let conflicts = import::conflicts(app, &import, PageStart::Start, 10).expect("conflicts").items;
        let one = &conflicts[0];
        assert_eq!((one.at_download.as_str(), one.now.as_str(), one.file.as_str()), ("", "Cook", "Clerk"));
        assert_eq!(one.changed.as_ref().map(|(who, _)| who.as_str()), Some("bob@acme.example"));
        let blocked = import::complete(app, office.account.id, import.id, None, false).expect("the store");
        assert_eq!(blocked, import::Completion::Blocked(0, 1));
        let cell = Target::Cell(one.position.expect("a cell"));
        let fixed =
            import::fix(app, office.account.id, import.id, &[(cell, FixKind::Choose(Chosen::File))], ANN);
        let Ok(Fixed::Kept(import, wrong)) = fixed else { panic!("{fixed:?}") };
        assert!(wrong.is_empty());
        let done = office.complete(&import);
        assert_eq!(done.counts.users_to_edit, 2);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Clerk"));
        assert_eq!(office.value(3, "job_title").as_deref(), Some("Poet"), "what only they changed stays");
        office.check_history();
    });
}

#[test]
fn what_was_put_back_is_said_and_not_done() {
    on_both(|app| {
        let office = Office::new(app);
        let before = office.csv();
        office.import(&office.csv().with(0, "job_title", "Cook"));
        let import = office.upload(before.text().as_bytes());
        assert_eq!(import.counts.cells_to_edit, 0);
        let warnings = import::warnings(app, &import).expect("warnings");
        assert!(warnings.iter().any(|(warning, _)| warning.code == directory::Code::PutBack), "{warnings:?}");
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Cook"));
    });
}

#[test]
fn wrong_cells_are_red_and_are_put_right_on_screen() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office
            .csv()
            .with(0, "start_date", "31/02/2026")
            .with(1, "department", "Fianance")
            .with(2, "first_name", "")
            .with(3, "job_title", "Clerk");
        let import = office.upload(sheet.text().as_bytes());
        assert_state(&import, ImportState::Review);
        let mut expected = [
            (0, "start_date", "not_a_date"),
            (1, "department", "not_a_choice"),
            (2, "first_name", "required"),
        ]
        .map(|(user, key, code)| format!("{} {code}", sheet.name(user, key)))
        .to_vec();
        assert_eq!(office.issues(&import), expected);
        assert_eq!(
            (import.counts.errors, import.counts.rows_with_errors, import.counts.users_to_edit),
            (3, 3, 1)
        );
        let issues = import::issues(app, &import, PageStart::Start, 2).expect("issues").items.split_off(1);
        assert_eq!(issues[0].wrong.suggestions.first().map(String::as_str), Some("Finance"));
        let fix = |user: usize, key: &str, text: &str| {
            let cell = Target::Cell(sheet.name(user, key).parse().expect("a cell"));
            match import::fix(
                app,
                office.account.id,
                import.id,
                &[(cell, FixKind::Value(text.to_owned()))],
                ANN,
            ) {
                Ok(Fixed::Kept(import, _)) => *import,
                other => panic!("{other:?}"),
            }
        };
        fix(0, "start_date", "2026-02-28");
        expected.remove(0);
        let still = fix(1, "department", "Nonsense");
        assert_eq!(office.issues(&still), expected, "a fix that is wrong stays red");
        fix(1, "department", "Finance");
        let right = fix(2, "first_name", "Clio");
        assert_eq!(office.issues(&right), [""; 0]);
        let done = office.complete(&right);
        assert_eq!(done.counts.users_to_edit, 3, "Finance was Finance before");
        assert_eq!(office.value(0, "start_date").as_deref(), Some("2026-02-28"));
        assert_eq!(office.value(2, "first_name").as_deref(), Some("Clio"));
        office.check_history();
    });
}

#[test]
fn rows_are_left_out_and_the_rest_completed() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "start_date", "never").with(3, "job_title", "Clerk");
        let import = office.upload(sheet.text().as_bytes());
        let fixed =
            import::fix(app, office.account.id, import.id, &[(Target::Row(3), FixKind::LeaveOut(true))], ANN);
        let Ok(Fixed::Kept(import, _)) = fixed else { panic!("{fixed:?}") };
        assert_eq!((import.counts.errors, import.counts.left_out), (0, 1));
        office.complete(&import);
        assert_eq!(office.value(3, "job_title").as_deref(), Some("Clerk"));
        let import = office.upload(
            office.csv().with(0, "start_date", "never").with(4, "job_title", "Poet").text().as_bytes(),
        );
        let answer = import::complete(app, office.account.id, import.id, None, true);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        assert_eq!(office.rest(import.id).counts.users_to_edit, 1);
        assert_eq!(office.value(4, "job_title").as_deref(), Some("Poet"));
        assert_eq!(office.value(0, "start_date").as_deref(), Some("2024-03-05"));
    });
}

#[test]
fn an_active_user_keeps_a_way_to_sign_in() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "email", "");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.issues(&import), [format!("{} no_sign_in", sheet.name(0, "email"))]);
        let both = office.csv().with(0, "email", "").with(0, "username", "ada.quill");
        office.import(&both);
        assert_eq!(
            (office.value(0, "email"), office.value(0, "username").as_deref()),
            (None, Some("ada.quill"))
        );
        office.import(&office.csv().with(1, "email", "").with(1, "status", "inactive"));
        assert_eq!(office.value(1, "status").as_deref(), Some("inactive"));
    });
}

#[test]
fn an_open_conflict_keeps_todays_value_and_the_rest_of_its_row_is_completed() {
    on_both(|app| {
        let office = Office::new(app);
        let mine = office.csv().with(0, "job_title", "Clerk").with(0, "notes", "Mine");
        office.import(&office.csv().with(0, "job_title", "Cook"));
        let import = office.upload_by(mine.text().as_bytes(), "bob@acme.example", Complete::Never);
        assert_eq!((import.counts.conflicts, import.counts.cells_to_edit), (1, 1));
        let answer = import::complete(app, office.account.id, import.id, None, true);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        let done = office.rest(import.id);
        assert_eq!((done.counts.users_to_edit, done.counts.cells_to_edit), (1, 1));
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Cook"));
        assert_eq!(office.value(0, "notes").as_deref(), Some("Mine"));
    });
}

#[test]
fn a_manager_may_be_named_by_an_email_that_this_very_file_gives_them() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office
            .csv()
            .with(0, "email", "ada.new@acme.example")
            .with(1, "manager", "ada.new@acme.example")
            .with(2, "manager", "ede@acme.example")
            .with(3, "manager", "nobody@acme.example");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.issues(&import), [format!("{} not_a_user", sheet.name(3, "manager"))]);
        let answer = import::complete(app, office.account.id, import.id, None, true);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        office.rest(import.id);
        assert_eq!(office.value(1, "manager"), Some(office.ids[0].to_string()));
        assert_eq!(office.value(2, "manager"), Some(office.ids[4].to_string()));
        assert_eq!(office.value(3, "manager"), None);
    });
}

#[test]
fn a_value_of_the_download_that_others_want_too_is_contested_until_one_of_them_is_left_out() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(2, "email", "ede@acme.example").with(4, "email", "cleo@acme.example");
        office.import(&office.csv().with(2, "email", "cleo.salt@acme.example"));
        let import = office.upload(sheet.text().as_bytes());
        let fix = |target: &str, mend: FixKind| {
            let target = Target::Cell(target.parse().expect("a cell"));
            match import::fix(app, office.account.id, import.id, &[(target, mend)], ANN) {
                Ok(Fixed::Kept(import, _)) => *import,
                other => panic!("{other:?}"),
            }
        };
        let (cleo, ede) = (sheet.name(2, "email"), sheet.name(4, "email"));
        let chosen = fix(&cleo, FixKind::Choose(Chosen::Download));
        let both = [format!("{cleo} login_in_use"), format!("{ede} login_in_use")];
        assert_eq!(office.issues(&chosen), both, "Cleo is to have it again, and Ede wants it");
        let left_out = fix(&cleo, FixKind::LeaveOut(true));
        assert_eq!(office.issues(&left_out), [""; 0], "now it is free for Ede");
        assert_state(&office.complete(&left_out), ImportState::Done);
        assert_eq!(office.value(4, "email").as_deref(), Some("cleo@acme.example"));
    });
}
