//! What people lay over a file in review: decisions about columns, fixes, and their undo and redo. The plan is always what the file
//! and the steps that count come to.

use ::import::{self, Fixed, Reread, Target};
use ::store::{Complete, Fault, FaultKind, FixKind, Import, ImportState, Turn};
use directory::{Chosen, Code, Decision, Place};

use ground::office::{ANN, Office, assert_state};
use ground::on_both;

fn decide(office: &Office<'_>, import: &Import, decision: Decision, key: Option<&str>) -> Import {
    let about = [(decision, key.map(str::to_owned))];
    let turned = import::decide(office.app, office.account.id, import.id, &about, ANN).expect("kept");
    assert!(matches!(turned, Reread::Kept(_)), "{turned:?}");
    office.rest(import.id)
}

fn turn(office: &Office<'_>, import: &Import, which: Turn) -> Import {
    let turned = import::turn_fixes(office.app, office.account.id, import.id, which).expect("turned");
    assert!(matches!(turned, Reread::Kept(_)), "{turned:?}");
    import::read_now(office.app, office.account.id, import.id).expect("read");
    let import = office.app.store.import(office.account.id, import.id).expect("the store").expect("it");
    assert_state(&import, ImportState::Review);
    import
}

fn fix(office: &Office<'_>, import: &Import, fixes: &[(Target, FixKind)]) -> Import {
    match import::fix(office.app, office.account.id, import.id, fixes, ANN).expect("kept") {
        Fixed::Kept(import, _) => *import,
        other => panic!("{other:?}"),
    }
}

fn cell(name: &str) -> Target {
    Target::Cell(name.parse().expect("a cell"))
}

fn sentences(office: &Office<'_>, import: &Import) -> Vec<String> {
    let warnings = import::warnings(office.app, import).expect("warnings");
    warnings.into_iter().map(|(_, sentence)| sentence).collect()
}

/// What would be undone, and made again: `3 value`.
fn steps(office: &Office<'_>, import: &Import) -> [Option<String>; 2] {
    let steps = import::fix_steps(office.app, import).expect("steps");
    steps.map(|step| step.map(|step| format!("{} {}", step.fixes, step.kind)))
}

#[test]
fn damage_of_a_column_was_meant() {
    on_both(|app| {
        let office = Office::new(app);
        let mut sheet = office.csv();
        for user in [0, 1, 2] {
            let short = sheet.cell(user, "employee_number").trim_start_matches('0').to_owned();
            *sheet.cell(user, "employee_number") = short;
        }
        let sheet = sheet.with(3, "job_title", "Clerk");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.changes(&import).len(), 1);
        assert_eq!(
            sentences(&office, &import),
            ["3 values of Employee number lost their zeros: kept as they were."]
        );
        let import = decide(&office, &import, Decision::DamageMeant, Some("employee_number"));
        assert_eq!(sentences(&office, &import), [""; 0]);
        assert_eq!(
            office.changes(&import),
            [
                r#"Ada Quill: Employee number "00123" -> "123""#,
                r#"Bo Rowe: Employee number "00124" -> "124""#,
                r#"Cleo Salt: Employee number "00125" -> "125""#,
                r#"Dai Thorne: Job title "" -> "Clerk""#,
            ]
        );
        office.complete(&import);
        assert_eq!(office.value(0, "employee_number").as_deref(), Some("123"));
        office.check_history();
    });
}

#[test]
fn few_damaged_cells_are_shown_one_by_one() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "employee_number", "123").with(1, "employee_number", "124");
        let name = sheet.name(1, "employee_number");
        let import = office.upload(sheet.with(2, "job_title", "Clerk").text().as_bytes());
        let damaged = import::damaged(app, &import, 100).expect("damaged");
        let shown: Vec<_> =
            damaged.iter().map(|cell| (cell.at_download.as_str(), cell.file.as_str())).collect();
        assert_eq!(shown, [("00123", "123"), ("00124", "124")]);
        let import = fix(&office, &import, &[(cell(&name), FixKind::Choose(Chosen::File))]);
        assert_eq!(import.counts.cells_to_edit, 2);
        assert_eq!(
            sentences(&office, &import),
            ["1 value of Employee number lost its zeros: kept as it was."]
        );
        office.complete(&import);
        assert_eq!(office.value(0, "employee_number").as_deref(), Some("00123"));
        assert_eq!(office.value(1, "employee_number").as_deref(), Some("124"));
    });
}

#[test]
fn cleared_cells_of_a_column_are_kept_and_zeros_left_empty() {
    on_both(|app| {
        let office = Office::new(app);
        let mut sheet = office.csv().with(5, "job_title", "Clerk");
        for user in 0..6 {
            *sheet.cell(user, "last_name") = String::new();
            *sheet.cell(user, "notes") = "0".to_owned();
            *sheet.cell(user, "start_date") = String::new();
        }
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(import.counts.errors, 6, "names are required: {:?}", import.counts);
        let import = decide(&office, &import, Decision::KeepValues, Some("last_name"));
        assert_eq!((import.counts.errors, import.counts.cells_to_clear), (0, 6));
        let import = decide(&office, &import, Decision::KeepValues, Some("start_date"));
        assert_eq!(import.counts.cells_to_clear, 0);
        assert_eq!(import.counts.cells_to_edit, 7);
        let warnings = import::warnings(app, &import).expect("warnings");
        assert!(warnings.iter().any(|(warning, _)| warning.code == Code::ManyZeros), "{warnings:?}");
        let import = decide(&office, &import, Decision::KeepEmpty, Some("notes"));
        assert_eq!(office.changes(&import), [r#"Fay Vance: Job title "" -> "Clerk""#]);
        assert_eq!(steps(&office, &import), [Some("1 keep_empty".to_owned()), None]);
        let import = turn(&office, &import, Turn::Undo);
        assert_eq!(import.counts.cells_to_edit, 7);
        assert_eq!(
            steps(&office, &import),
            ["1 keep_values", "1 keep_empty"].map(|step| Some(step.to_owned()))
        );
    });
}

#[test]
fn what_was_put_back_is_done_when_asked_for() {
    on_both(|app| {
        let office = Office::new(app);
        let first = office.csv();
        office.import(&first.clone().with(0, "job_title", "Clerk").with(1, "job_title", "Cook"));
        let import = office.upload(first.text().as_bytes());
        assert_eq!(office.changes(&import), [""; 0]);
        let asked = "2 cells are as you downloaded them, but were changed since (your import of 22 November 2026 at 09:00 UTC). Use the file’s values?";
        assert_eq!(sentences(&office, &import), [asked]);
        let import = decide(&office, &import, Decision::PutBack, None);
        assert_eq!(office.changes(&import).len(), 2);
        // Meanwhile somebody else gives one of them another value yet: that is asked.
        let other = office.csv().with(1, "job_title", "Baker");
        let done = office.upload_by(other.text().as_bytes(), "bob@acme.example", Complete::WhenClean);
        assert_state(&done, ImportState::Done);
        let back = office.complete(&import);
        assert_state(&back, ImportState::Review);
        assert_eq!(back.counts.conflicts, 1);
        assert_eq!(back.new_cells, 1, "marked as new");
        let back = fix(&office, &back, &[(Target::AllConflicts, FixKind::Choose(Chosen::File))]);
        assert_state(&office.complete(&back), ImportState::Done);
        assert_eq!((office.value(0, "job_title"), office.value(1, "job_title")), (None, None));
        office.check_history();
    });
}

#[test]
fn fixes_are_undone_and_made_again_step_by_step() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office
            .csv()
            .with(0, "department", "Fiance")
            .with(1, "department", "Fiance")
            .with(2, "email", "ada@acme.example")
            .with(3, "job_title", "Clerk");
        let (email, row) = (sheet.name(2, "email"), 6);
        let import = office.upload(sheet.text().as_bytes());
        let read = office.issues(&import);
        assert_eq!(read.len(), 3, "{read:?}");
        let department = office.fields.by_key("department").expect("it").number;
        let alike = Target::Group(Code::NotAChoice, department, Some("Fiance".to_owned()));
        let alike = fix(&office, &import, &[(alike, FixKind::Value("Finance".to_owned()))]);
        let mended = fix(&office, &alike, &[(cell(&email), FixKind::Value("cleo2@acme.example".to_owned()))]);
        let out = fix(&office, &mended, &[(Target::Row(row), FixKind::LeaveOut(true))]);
        assert_eq!((out.counts.errors, out.counts.left_out, out.counts.users_to_edit), (0, 1, 2));

        let undone = turn(&office, &out, Turn::Undo);
        assert_eq!((undone.counts.left_out, undone.counts.users_to_edit), (0, 3));
        let undone = turn(&office, &undone, Turn::Undo);
        assert_eq!(office.issues(&undone), [format!("{email} login_in_use")]);
        let undone = turn(&office, &undone, Turn::Undo);
        assert_eq!(office.issues(&undone), read, "as it was read");
        assert_eq!(undone.counts, import.counts);
        assert_eq!(steps(&office, &undone), [None, Some("2 value".to_owned())]);
        let nothing = import::turn_fixes(app, office.account.id, import.id, Turn::Undo).expect("asked");
        assert_eq!(nothing, Reread::NoSuchStep);

        let again = turn(&office, &undone, Turn::Redo);
        assert_eq!(office.issues(&again), [format!("{email} login_in_use")]);
        let again = turn(&office, &again, Turn::Redo);
        assert_eq!(again.counts, mended.counts);
        assert_eq!(office.changes(&again), office.changes(&mended));
        // Another fix takes the place of what was undone.
        let other = fix(&office, &again, &[(cell(&email), FixKind::Value("cleo3@acme.example".to_owned()))]);
        assert_eq!(steps(&office, &other), [Some("1 value".to_owned()), None]);
        office.complete(&other);
        assert_eq!(office.value(2, "email").as_deref(), Some("cleo3@acme.example"));
        assert_eq!(office.value(0, "department").as_deref(), Some("2"));
        assert_eq!(office.value(3, "job_title").as_deref(), Some("Clerk"));
        office.check_history();
    });
}

#[test]
fn a_review_with_nothing_left_waits_to_be_finished() {
    on_both(|app| {
        let office = Office::new(app);
        let import = office.upload(office.csv().with(0, "start_date", "").text().as_bytes());
        let import = decide(&office, &import, Decision::KeepValues, Some("start_date"));
        assert_state(&import, ImportState::Review);
        let done = office.complete(&import);
        assert_state(&done, ImportState::Done);
        assert_eq!(done.counts.users_to_edit, 0);
    });
}

#[test]
fn decisions_are_about_what_there_is() {
    on_both(|app| {
        let office = Office::new(app);
        let import = office.upload(office.csv().with(0, "start_date", "").text().as_bytes());
        for (decision, key) in [
            (Decision::KeepValues, Some("nowhere")),
            (Decision::KeepValues, None),
            (Decision::PutBack, Some("start_date")),
        ] {
            let about = [(decision, key.map(str::to_owned))];
            let turned = import::decide(app, office.account.id, import.id, &about, ANN).expect("asked");
            assert_eq!(turned, Reread::NoSuchStep, "{decision:?} {key:?}");
        }
        office.complete(&import);
        let about = [(Decision::KeepValues, Some("start_date".to_owned()))];
        let turned = import::decide(app, office.account.id, import.id, &about, ANN).expect("asked");
        assert_eq!(turned, Reread::NotInReview(ImportState::Done));
    });
}

#[test]
fn a_step_that_reads_the_file_again_has_seen_what_was_new() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "job_title", "Clerk").with(1, "start_date", "");
        let import = office.upload(sheet.text().as_bytes());
        office.import(&office.csv().with(0, "job_title", "Cook"));
        let back = office.complete(&import);
        assert_state(&back, ImportState::Review);
        assert_eq!((back.counts.conflicts, back.new_cells), (1, 1));
        let decided = decide(&office, &back, Decision::KeepValues, Some("start_date"));
        assert_eq!((decided.counts.conflicts, decided.new_cells), (1, 0));
    });
}

#[test]
fn a_row_is_found_in_whatever_order_its_file_is() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.hire_more(60);
        let users = office.ids.len();
        // As downloaded; from the end; both halves in turn; thirds, of which the last comes first; one row elsewhere.
        let orders: [Vec<usize>; 5] = [
            (0..users).collect(),
            (0..users).rev().collect(),
            (0..users).map(|row| row / 2 + (row % 2) * (users / 2)).collect(),
            (users * 2 / 3..users).chain(0..users * 2 / 3).collect(),
            (1..40).chain([0]).chain(40..users).collect(),
        ];
        for order in orders {
            let mut sheet = office.csv();
            for user in 0..users {
                *sheet.cell(user, "job_title") = format!("Title {user}");
            }
            let rows: Vec<Vec<String>> = order.iter().map(|user| sheet.0[user + 2].clone()).collect();
            sheet.0.truncate(2);
            sheet.0.extend(rows);
            let import = office.upload(sheet.text().as_bytes());
            assert_eq!(import.counts.users_to_edit, users as i64);
            let found = |row: usize| {
                let cells = app.store.plan_cells_in_row(office.account.id, import.id, 1, row as u32 + 3);
                cells.expect("the store").first().map(|cell| cell.place)
            };
            for (row, user) in order.iter().enumerate() {
                assert_eq!(found(row), Some(Place::User(office.ids[*user])), "row {row} of {order:?}");
            }
            assert_eq!(found(users), None);
            let last = Target::Row(users as u32 + 2);
            let left_out = fix(&office, &import, &[(last, FixKind::LeaveOut(true))]);
            let rows = import::left_out(app, &left_out, 10).expect("rows");
            assert_eq!(
                rows.iter().map(|row| row.user).collect::<Vec<_>>(),
                [Some(office.ids[order[users - 1]])]
            );
            import::cancel(app, office.account.id, import.id).expect("cancelled");
        }
    });
}

#[test]
fn of_another_order_a_row_is_looked_up() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.hire_more(300);
        let mut sheet = office.csv();
        for user in 0..office.ids.len() {
            *sheet.cell(user, "job_title") = format!("Title {user}");
        }
        sheet.0[2..].reverse();
        let import = office.upload(sheet.text().as_bytes());
        for row in [3, 100, 300] {
            app.store.faults().plan(Fault { at: u64::MAX, kind: FaultKind::Failed });
            let cells = app.store.plan_cells_in_row(office.account.id, import.id, 1, row).expect("it works");
            assert_eq!(
                (cells.len(), app.store.faults().statements()),
                (1, 2),
                "where it stands, and its cells"
            );
        }
    });
}

#[test]
fn a_choice_where_there_is_none_is_refused_and_keeping_what_is_takes_a_change_out() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office
            .csv()
            .with(0, "job_title", "Cook")
            .with(1, "job_title", "Clerk")
            .with(2, "start_date", "never")
            .with(3, "job_title", "Pilot");
        let import = office.upload(sheet.text().as_bytes());
        let cell = |user, key| Target::Cell(sheet.name(user, key).parse().expect("a cell"));
        let kept = office.fix(&import, cell(0, "job_title"), FixKind::Choose(Chosen::Now));
        assert_eq!(kept.counts.cells_to_edit, 2);
        let kept = office.fix(&kept, cell(1, "job_title"), FixKind::Choose(Chosen::Download));
        assert_eq!(kept.counts.cells_to_edit, 1);
        let kept = office.fix(&kept, cell(3, "job_title"), FixKind::Choose(Chosen::File));
        assert_eq!(kept.counts.cells_to_edit, 1);
        for (user, key) in [(2, "start_date"), (0, "job_title")] {
            let fix = [(cell(user, key), FixKind::Choose(Chosen::Now))];
            let refused = import::fix(app, office.account.id, import.id, &fix, ANN).expect("it works");
            assert_eq!(refused, Fixed::NothingToChoose(cell(user, key)));
        }
        // The file is read again before it is applied, and the steps are laid over it.
        office.redefine("phone", |field| field.title = "Telephone".to_owned());
        let right = office.fix(&kept, cell(2, "start_date"), FixKind::Value("2026-01-02".to_owned()));
        assert_state(&office.complete(&right), ImportState::Done);
        let titles = [0, 1, 3].map(|user| office.value(user, "job_title"));
        assert_eq!(titles, [None, None, Some("Pilot".to_owned())]);
    });
}
