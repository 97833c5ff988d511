//! Rows that share a User ID: equal ones count once, of those that differ any one can be kept.

use ::import::{self, Fixed, Target};
use ::store::{FileMode, FixKind, Import, ImportState, PageStart, Turn};
use workbook::{Format, Position};

use ground::office::{ANN, Office, Sheet};
use ground::{on_both, on_sqlite};

/// The download with these job titles in Ada's row and in copies of it at the end: rows 3, 9, 10...
fn sharing(office: &Office<'_>, titles: &[&str]) -> Sheet {
    let mut sheet = office.csv();
    let column = sheet.column("job_title");
    for (number, title) in titles.iter().enumerate() {
        if number > 0 {
            sheet.0.push(sheet.0[2].clone());
        }
        let at = if number == 0 { 2 } else { sheet.0.len() - 1 };
        sheet.0[at][column] = (*title).to_owned();
    }
    sheet
}

fn leave_out(office: &Office<'_>, import: &Import, row: u32, out: bool) -> Import {
    office.fix(import, Target::Row(row), FixKind::LeaveOut(out))
}

/// The rows that are red because they share an ID.
fn contested(office: &Office<'_>, import: &Import) -> Vec<String> {
    let issues = office.issues(import);
    issues.iter().filter_map(|issue| issue.strip_suffix(" user_id_duplicate")).map(str::to_owned).collect()
}

#[test]
fn any_one_of_two_rows_can_be_kept() {
    on_both(|app| {
        for (out, kept) in [(3, "Cook"), (9, "Clerk")] {
            let office = Office::called(app, &format!("acme{out}"));
            let import = office.upload(sharing(&office, &["Clerk", "Cook"]).text().as_bytes());
            assert_eq!(office.issues(&import), ["A3 user_id_duplicate", "A9 user_id_duplicate"]);
            assert_eq!((import.counts.rows_with_errors, import.counts.users_to_edit), (2, 0));
            let one = leave_out(&office, &import, out, true);
            assert_eq!(
                (one.counts.errors, one.counts.users_to_edit, one.counts.left_out),
                (0, 1, 1),
                "{out}"
            );
            let both = leave_out(&office, &one, out, false);
            assert_eq!(
                contested(&office, &both),
                ["A3", "A9"],
                "taken in again, they contradict each other again"
            );
            assert_eq!((both.counts.errors, both.counts.users_to_edit, both.counts.left_out), (2, 0, 0));
            // Out and in, and the other one out.
            let other = leave_out(&office, &leave_out(&office, &both, 12 - out, true), out, true);
            assert_eq!((other.counts.errors, other.counts.users_to_edit, other.counts.left_out), (0, 0, 2));
            let again = leave_out(&office, &other, 12 - out, false);
            assert_eq!((again.counts.errors, again.counts.users_to_edit, again.counts.left_out), (0, 1, 1));
            office.complete(&again);
            assert_eq!(office.value(0, "job_title").as_deref(), Some(kept));
            office.check_history();
        }
    });
}

#[test]
fn the_message_counts_all_and_the_eighth_of_fourteen_can_be_kept() {
    on_both(|app| {
        let office = Office::new(app);
        let titles: Vec<String> = (0..14).map(|number| format!("Title {number}")).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        let import = office.upload(sharing(&office, &titles).text().as_bytes());
        let issues = import::issues(app, &import, PageStart::Start, 20).expect("issues").items;
        assert_eq!(issues.len(), 14);
        assert_eq!(
            issues[0].message,
            "Rows 9, 10, 11, 12, 13, 14, 15, 16, 17, 18 and 3 more have the same User ID but differ. Keep one of them."
        );
        let rows = |rows: &[u32]| -> Vec<(Target, FixKind)> {
            rows.iter().map(|row| (Target::Row(*row), FixKind::LeaveOut(true))).collect()
        };
        let fix =
            |fixes: &[(Target, FixKind)]| match import::fix(app, office.account.id, import.id, fixes, ANN) {
                Ok(Fixed::Kept(import, _)) => *import,
                other => panic!("{other:?}"),
            };
        let named = fix(&rows(&[9, 10, 11, 12, 13, 14, 15, 16, 17, 18]));
        assert_eq!(
            contested(&office, &named),
            ["A3", "A19", "A20", "A21"],
            "all that are left contradict each other"
        );
        let back = fix(&[(Target::Row(15), FixKind::LeaveOut(false))]);
        assert_eq!(back.counts.errors, 5);
        let one = fix(&rows(&[3, 19, 20, 21]));
        assert_eq!((one.counts.errors, one.counts.users_to_edit, one.counts.left_out), (0, 1, 13));
        office.complete(&one);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Title 7"));
    });
}

#[test]
fn equal_rows_count_once_also_beside_one_that_differs() {
    on_both(|app| {
        let office = Office::new(app);
        let same = office.upload(sharing(&office, &["Clerk", "Clerk", "Clerk"]).text().as_bytes());
        assert_eq!(
            (office.issues(&same).len(), same.counts.users_to_edit, same.counts.cells_to_edit),
            (0, 1, 1)
        );
        let import = office.upload(sharing(&office, &["Clerk", "Cook", "Clerk"]).text().as_bytes());
        assert_eq!(contested(&office, &import), ["A3", "A9"]);
        // Put right, the other one says the same.
        let sheet = sharing(&office, &[]);
        let column = sheet.column("job_title") as u32 + 1;
        let cell = Target::Cell(Position { row: 9, column });
        let equal = office.fix(&import, cell, FixKind::Value("Clerk".to_owned()));
        assert_eq!((equal.counts.errors, equal.counts.users_to_edit, equal.counts.left_out), (0, 1, 0));
        office.complete(&equal);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Clerk"));
    });
}

#[test]
fn what_a_kept_row_claims_and_gives_up_is_judged_when_it_is_kept() {
    on_both(|app| {
        let office = Office::new(app);
        // Bo takes Ada's email; of Ada's rows only the second gives it up, for one that Cleo has.
        let sheet = sharing(&office, &["Clerk", "Cook"]).with(1, "email", "ada@acme.example");
        let mut sheet = sheet;
        let email = sheet.column("email");
        sheet.0[8][email] = "cleo@acme.example".to_owned();
        let import = office.upload(sheet.text().as_bytes());
        let heir = format!("{} login_in_use", sheet.name(1, "email"));
        assert_eq!(office.issues(&import), ["A3 user_id_duplicate", &heir, "A9 user_id_duplicate"]);
        let first = leave_out(&office, &import, 9, true);
        assert_eq!(office.issues(&first), std::slice::from_ref(&heir), "the first one keeps the email");
        let both = leave_out(&office, &first, 9, false);
        let second = leave_out(&office, &both, 3, true);
        let own = Position { row: 9, column: email as u32 + 1 };
        assert_eq!(
            office.issues(&second),
            [format!("{own} login_in_use")],
            "Cleo has what the second one wants"
        );
        let fixed = office.fix(&second, Target::Cell(own), FixKind::Value("ada.new@acme.example".to_owned()));
        assert_eq!((fixed.counts.errors, fixed.counts.users_to_edit), (0, 2));
        office.complete(&fixed);
        assert_eq!(office.value(1, "email").as_deref(), Some("ada@acme.example"));
        assert_eq!(office.value(0, "email").as_deref(), Some("ada.new@acme.example"));
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Cook"));
    });
}

#[test]
fn a_fix_by_an_id_that_two_rows_have_is_refused_with_both() {
    on_both(|app| {
        let office = Office::new(app);
        let import = office.upload(sharing(&office, &["Clerk", "Cook"]).text().as_bytes());
        let target = || Target::Field(office.ids[0], "job_title".to_owned());
        let value = FixKind::Value("Baker".to_owned());
        let fixes = [(target(), value.clone())];
        let fixed = import::fix(app, office.account.id, import.id, &fixes, ANN).expect("the store");
        assert!(matches!(fixed, Fixed::Ambiguous(rows, _) if rows == [(1, 3), (1, 9)]));
        let one = leave_out(&office, &import, 3, true);
        let baker = office.fix(&one, target(), value);
        assert_eq!((baker.counts.errors, baker.counts.users_to_edit), (0, 1));
        // What was laid over the kept row goes with it, and comes back with it: also when the file is read again.
        let both = leave_out(&office, &baker, 3, false);
        assert_eq!(contested(&office, &both), ["A3", "A9"]);
        let turned = import::turn_fixes(app, office.account.id, import.id, Turn::Undo).expect("the store");
        assert!(matches!(turned, import::Reread::Kept(_)), "{turned:?}");
        let reread = office.rest(import.id);
        assert_eq!((reread.counts.errors, reread.counts.users_to_edit, reread.counts.left_out), (0, 1, 1));
        office.complete(&reread);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Baker"));
    });
}

#[test]
fn a_second_file_replaces_all_rows_of_a_user() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let import = office.upload(sharing(&office, &["Clerk", "Cook"]).text().as_bytes());
        let mut report = Vec::new();
        import::report(app, &import, Format::Csv, &mut report).expect("a report");
        let report = String::from_utf8(report).expect("UTF-8");
        assert_eq!(
            report.matches("Clerk").count() + report.matches("Cook").count(),
            2,
            "both rows are in it"
        );
        let right = office.csv().with(0, "job_title", "Baker");
        let further = (FileMode::Add, "right.csv");
        let mut upload = import::Upload::begin_further(app, office.account.id, import.id, further, ANN)
            .expect("the store")
            .expect("in review");
        assert!(upload.write(right.text().as_bytes()).expect("kept"));
        upload.finish().expect("added");
        let read = office.rest(import.id);
        assert_eq!((read.state, read.counts.errors, read.counts.users_to_edit), (ImportState::Review, 0, 1));
        office.complete(&read);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Baker"));
    });
}
