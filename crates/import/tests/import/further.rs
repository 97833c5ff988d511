//! A second file into an import in review: its rows replace those of the same identity, or it takes the place of all.

use ::import::{self, Fixed, Target, Upload};
use ::store::{Error, FileMode, FixKind, Import, ImportState, Turn};

use ground::office::{ANN, Office, Sheet, assert_state};
use ground::on_both;

fn add(office: &Office<'_>, import: &Import, mode: FileMode, bytes: &[u8]) -> Import {
    let further = (mode, "mended.csv");
    let upload = Upload::begin_further(office.app, office.account.id, import.id, further, ANN);
    let mut upload = upload.expect("the store").expect("in review");
    assert!(upload.write(bytes).expect("kept"), "within the limit");
    office.rest(upload.finish().expect("added"))
}

fn fix(office: &Office<'_>, import: &Import, target: Target, mend: FixKind) -> Import {
    match import::fix(office.app, office.account.id, import.id, &[(target, mend)], ANN).expect("kept") {
        Fixed::Kept(import, _) => *import,
        other => panic!("{other:?}"),
    }
}

fn turn(office: &Office<'_>, import: &Import, which: Turn) -> Import {
    import::turn_fixes(office.app, office.account.id, import.id, which).expect("turned");
    office.rest(import.id)
}

/// The sheet with only the rows of these users.
fn only(sheet: &Sheet, users: &[usize]) -> Sheet {
    let heads = sheet.0[..2].iter();
    Sheet(heads.chain(users.iter().map(|user| &sheet.0[user + 2])).cloned().collect())
}

#[test]
fn mended_rows_take_the_place_of_the_same_rows() {
    on_both(|app| {
        let office = Office::new(app);
        let first = office
            .csv()
            .with(0, "department", "Fiance")
            .with(1, "start_date", "soon")
            .with(2, "job_title", "Clerk")
            .with(3, "job_title", "Cook");
        let import = office.upload(first.text().as_bytes());
        assert_eq!(import.counts.errors, 2);
        let cook = Target::Field(office.ids[3], "job_title".to_owned());
        let import = fix(&office, &import, cook, FixKind::Value("Baker".to_owned()));
        let mended = first.with(0, "department", "Finance").with(1, "start_date", "2025-01-07");
        let both = add(&office, &import, FileMode::Add, only(&mended, &[0, 1]).text().as_bytes());
        assert_state(&both, ImportState::Review);
        assert_eq!(office.issues(&both), [""; 0]);
        assert_eq!(
            office.changes(&both),
            [
                r#"Ada Quill: Department "Sales" -> "Finance""#,
                r#"Bo Rowe: Start date "2024-03-05" -> "2025-01-07""#,
                r#"Cleo Salt: Job title "" -> "Clerk""#,
                r#"Dai Thorne: Job title "" -> "Baker""#,
            ]
        );
        let without = turn(&office, &both, Turn::Undo);
        assert_eq!(without.counts.errors, 2, "the file is undone like a fix");
        let both = turn(&office, &without, Turn::Redo);
        assert_state(&office.complete(&both), ImportState::Done);
        assert_eq!(office.value(0, "department").as_deref(), Some("2"));
        office.check_history();
    });
}

#[test]
fn the_later_word_counts_between_fixes_and_files() {
    on_both(|app| {
        let office = Office::new(app);
        let first = office.csv().with(0, "job_title", "Clerk").with(1, "job_title", "Cook");
        let title = |user: usize| Target::Field(office.ids[user], "job_title".to_owned());
        let import = office.upload(first.text().as_bytes());
        let import = fix(&office, &import, title(0), FixKind::Value("Fixed".to_owned()));
        let second = only(&first.with(0, "job_title", "From the file"), &[0]);
        let import = add(&office, &import, FileMode::Add, second.text().as_bytes());
        let import = fix(&office, &import, title(1), FixKind::Value("Fixed later".to_owned()));
        office.complete(&import);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("From the file"));
        assert_eq!(office.value(1, "job_title").as_deref(), Some("Fixed later"));
    });
}

#[test]
fn another_file_takes_the_place_of_all() {
    on_both(|app| {
        let office = Office::new(app);
        let first = office.csv().with(0, "department", "Fiance").with(1, "job_title", "Cook");
        let import = office.upload(first.text().as_bytes());
        let title = Target::Field(office.ids[1], "job_title".to_owned());
        let import = fix(&office, &import, title, FixKind::Value("Baker".to_owned()));
        let other = only(&office.csv().with(5, "job_title", "Smith"), &[4, 5]);
        let import = add(&office, &import, FileMode::Replace, other.text().as_bytes());
        assert_eq!(office.changes(&import), [r#"Fay Vance: Job title "" -> "Smith""#]);
        assert_eq!((import.counts.errors, import.counts.rows), (0, 2));
        let back = turn(&office, &import, Turn::Undo);
        assert_eq!((back.counts.errors, office.changes(&back).len()), (1, 1));
    });
}

#[test]
fn a_file_that_cannot_be_read_costs_nothing_but_itself() {
    on_both(|app| {
        let office = Office::new(app);
        let other = Office::called(app, "other");
        let import = office.upload(office.csv().with(0, "job_title", "Clerk").text().as_bytes());
        let (plan, changes) = (import.plan, office.changes(&import));
        office.import(&office.csv().with(5, "job_title", "Smith"));
        let later = office.csv().with(1, "job_title", "Cook");
        for (bytes, code) in [
            (b"PK\x03\x04 no workbook".to_vec(), "file_damaged"),
            (b"Name,Email\r\nAda,a@b.example\r\n".to_vec(), "header_missing"),
            (other.csv().text().into_bytes(), "wrong_account"),
            (later.text().into_bytes(), "other_download"),
        ] {
            let after = add(&office, &import, FileMode::Add, &bytes);
            assert_state(&after, ImportState::Review);
            let failure = after.failure.clone().expect("why");
            assert_eq!(failure.code, code, "{}", failure.sentence());
            assert!(
                failure.sentence().starts_with("The file “mended.csv” was not added. "),
                "{}",
                failure.sentence()
            );
            assert_eq!(office.changes(&after), changes);
            assert!(after.plan > plan);
        }
        let import = app.store.import(office.account.id, import.id).expect("the store").expect("it");
        assert_state(&office.complete(&import), ImportState::Done);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Clerk"));
    });
}

#[test]
fn rows_of_a_second_file_are_put_right_too() {
    on_both(|app| {
        let office = Office::new(app);
        let first = office.csv().with(0, "job_title", "Clerk");
        let import = office.upload(first.text().as_bytes());
        let mut second = only(&office.csv().with(1, "department", "Fiance"), &[1, 2]);
        let department = second.column("department");
        second.0[3] = vec![String::new(); second.0[3].len()];
        for (key, text) in [("first_name", "Gus"), ("last_name", "West"), ("email", "gus@acme.example")] {
            let column = second.column(key);
            second.0[3][column] = text.to_owned();
        }
        let import = add(&office, &import, FileMode::Add, second.text().as_bytes());
        let issues = import::issues(app, &import, ::store::PageStart::Start, 10).expect("issues").items;
        let places: Vec<_> =
            issues.iter().map(|issue| (issue.file, issue.row, issue.wrong.code.word())).collect();
        assert_eq!(places, [(2, 3, "not_a_choice"), (2, 4, "user_id_missing")]);
        let name = workbook::Position { row: 3, column: department as u32 + 1 };
        let import = fix(&office, &import, Target::CellOf(2, name), FixKind::Value("Finance".to_owned()));
        let import = fix(&office, &import, Target::RowOf(2, 4), FixKind::Create);
        assert_eq!(office.issues(&import), [""; 0]);
        let done = office.complete(&import);
        assert_eq!((done.counts.users_to_edit, done.counts.users_to_create), (1, 1), "{:?}", done.counts);
    });
}

#[test]
fn a_report_says_which_rows_it_replaces() {
    on_both(|app| {
        let office = Office::new(app);
        let mut first = office.csv().with(1, "department", "Fiance");
        // A row without an ID whose email is wrong, and a row whose ID was damaged.
        let mut new = vec![String::new(); first.0[0].len()];
        for (key, text) in [("first_name", "Gus"), ("last_name", "West"), ("email", "gus")] {
            new[first.column(key)] = text.to_owned();
        }
        first.0.push(new);
        first.0[4][0].pop();
        let import = office.upload(first.text().as_bytes());
        assert_eq!(import.counts.rows_with_errors, 3);
        // The report as a spreadsheet program saves it: the three rows, and the numbers that they have in the first file.
        let mut report = only(&first, &[1, 2, 6]);
        let row = report.0[0].len();
        for (line, text) in report.0.iter_mut().zip(["Row", &format!("row@{}", import.id), "4", "5", "9"]) {
            line.push(text.to_owned());
        }
        let (department, email) = (report.column("department"), report.column("email"));
        report.0[2][department] = "Sales".to_owned();
        report.0[3][0] = office.ids[2].to_string();
        report.0[4][email] = "gus@acme.example".to_owned();
        assert_eq!(report.0[4][row], "9");
        let import = add(&office, &import, FileMode::Add, report.text().as_bytes());
        assert_eq!(office.issues(&import), ["A5 user_id_missing"], "asked, as for any row without an ID");
        assert_eq!(import.counts.rows, 7);
        let import = fix(&office, &import, Target::RowsWithoutId, FixKind::Create);
        let done = office.complete(&import);
        assert_eq!((done.counts.users_to_edit, done.counts.users_to_create), (1, 1));
        assert_eq!(office.value(1, "department").as_deref(), Some("1"));
    });
}

#[test]
fn only_an_import_in_review_takes_another_file() {
    on_both(|app| {
        let office = Office::new(app);
        let import = office.upload(office.csv().with(0, "job_title", "Clerk").text().as_bytes());
        let further = (FileMode::Add, "mended.csv");
        let begin =
            || Upload::begin_further(app, office.account.id, import.id, further, ANN).expect("the store");
        let mut late = begin().expect("in review");
        office.complete(&import);
        assert!(begin().is_none());
        assert!(late.write(office.csv().text().as_bytes()).expect("kept"));
        assert!(matches!(late.finish(), Err(Error::TooLate)));
    });
}
