//! Several sheets of one file that are all read: none replaces another, and problems are named by the sheet.

use ::import::{self, Target};
use ::store::{FileMode, FixKind, Import, ImportState, PageStart};
use directory::Decision;
use workbook::Format;

use super::workbooks::Sent;
use ground::office::{ANN, Office, assert_state};
use ground::{on_both, on_sqlite};

/// The part that the second sheet of the first file is.
const COPY: u16 = 1_025;

/// A download with a copy of its sheet and these steps, as openpyxl saves it; all sheets of it are read.
fn read_all(office: &Office<'_>, steps: &str) -> Option<Import> {
    let steps = format!(r#"[{{"copySheet": "Copy"}}, {steps}]"#);
    let sent = Sent::new(&office.download(Format::Xlsx), "xlsx").edited(&steps)?;
    let import = office.upload(&sent.bytes());
    assert_state(&import, ImportState::Review);
    let about = [(Decision::AllSheets, None)];
    import::decide(office.app, office.account.id, import.id, &about, ANN).expect("kept");
    Some(office.rest(import.id))
}

fn set(key: &str, row: u32, value: &str, sheet: &str) -> String {
    format!(r#"{{"key": "{key}", "row": {row}, "value": "{value}", "in": "{sheet}"}}"#)
}

/// Each problem with its sheet: `A4 user_id_duplicate sheet “Copy”`.
fn issues(office: &Office<'_>, import: &Import) -> Vec<String> {
    let issues = import::issues(office.app, import, PageStart::Start, 100).expect("issues").items;
    let told = issues.iter().map(|issue| {
        let place = issue.position.map(|position| position.to_string()).unwrap_or_default();
        format!("{place} {} {}", issue.wrong.code.word(), issue.part.as_deref().unwrap_or("-"))
    });
    told.collect()
}

/// What one sheet says alone counts, and what both say alike once; where they say different things of a user, neither wins by its place.
#[test]
fn a_user_who_is_edited_in_two_sheets_has_rows_that_share_the_id() {
    let red = ["A4 user_id_duplicate -", "A4 user_id_duplicate sheet “Copy”"];
    for (first, second, changes, problems) in [
        (Some(("job_title", "Clerk")), None, 1, &red[..0]),
        (None, Some(("job_title", "Clerk")), 1, &[]),
        (Some(("job_title", "Clerk")), Some(("job_title", "Clerk")), 1, &[]),
        (Some(("job_title", "Clerk")), Some(("job_title", "Cook")), 0, &red),
        (Some(("job_title", "Clerk")), Some(("department", "Sales")), 0, &red),
        (
            Some(("job_title", "Clerk")),
            Some(("start_date", "soon")),
            0,
            &["A4 user_id_duplicate -", "A4 user_id_duplicate sheet “Copy”", "start_date"],
        ),
    ] {
        on_sqlite(|app| {
            let office = Office::new(app);
            let mut steps = vec![set("job_title", 5, "Porter", "Users")];
            steps.extend(first.map(|(key, value)| set(key, 4, value, "Users")));
            steps.extend(second.map(|(key, value)| set(key, 4, value, "Copy")));
            let Some(import) = read_all(&office, &steps.join(", ")) else { return };
            let told = issues(&office, &import);
            assert_eq!(told.len(), problems.len(), "{first:?} {second:?}: {told:?}");
            assert!(
                problems.iter().take(2).all(|problem| told.iter().any(|told| told == problem)),
                "{told:?}"
            );
            // Cleo's edit, which one sheet alone has, counts in any case.
            assert_eq!(import.counts.cells_to_edit, 1 + changes, "{first:?} {second:?}");
        });
    }
}

#[test]
fn of_the_rows_of_two_sheets_any_one_can_be_kept() {
    on_both(|app| {
        for (number, (out, kept)) in
            [(Target::Row(4), "Cook"), (Target::RowOf(COPY, 4), "Clerk")].into_iter().enumerate()
        {
            let office = Office::called(app, &format!("acme{number}"));
            let steps = [set("job_title", 4, "Clerk", "Users"), set("job_title", 4, "Cook", "Copy")];
            let Some(import) = read_all(&office, &steps.join(", ")) else { return };
            let told = import::issues(app, &import, PageStart::Start, 10).expect("issues").items;
            let said: Vec<String> =
                told.iter().map(|issue| format!("{} {:?}", issue.message, issue.explanation)).collect();
            assert!(said[0].contains("4 of sheet “Copy”"), "{said:?}");
            let one = office.fix(&import, out, FixKind::LeaveOut(true));
            assert_eq!((one.counts.errors, one.counts.users_to_edit, one.counts.left_out), (0, 1, 1));
            office.complete(&one);
            assert_eq!(office.value(1, "job_title").as_deref(), Some(kept));
            office.check_history();
        }
    });
}

/// Rows of one sheet that share an ID, and another sheet that edits the same user: all of them are red, in whatever order they are found.
#[test]
fn rows_of_three_places_are_all_red() {
    let copied = |sheet: &str| format!(r#"{{"copyRow": 4, "in": "{sheet}"}}"#);
    for (copied_in, other) in [("Users", "Copy"), ("Copy", "Users")] {
        on_sqlite(|app| {
            let office = Office::new(app);
            let steps = [
                copied(copied_in),
                set("job_title", 9, "Clerk", copied_in),
                set("job_title", 4, "Cook", other),
            ];
            let Some(import) = read_all(&office, &steps.join(", ")) else { return };
            let told = issues(&office, &import);
            assert_eq!(told.len(), 3, "{copied_in}: {told:?}");
            assert_eq!((import.counts.users_to_edit, import.counts.rows_with_errors), (0, 3));
        });
    }
}

/// A file that is added in review replaces rows of all sheets of the one before.
#[test]
fn a_further_file_replaces_what_the_sheets_say() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let steps = [set("job_title", 4, "Clerk", "Users"), set("job_title", 4, "Cook", "Copy")];
        let Some(import) = read_all(&office, &steps.join(", ")) else { return };
        assert_eq!(import.counts.errors, 2);
        let mut more = import::Upload::begin_further(
            app,
            office.account.id,
            import.id,
            (FileMode::Add, "more.csv"),
            ANN,
        )
        .expect("the store")
        .expect("in review");
        assert!(more.write(office.csv().with(1, "job_title", "Baker").text().as_bytes()).expect("kept"));
        let import = office.rest(more.finish().expect("an import"));
        assert_eq!(office.changes(&import), [r#"Bo Rowe: Job title "" -> "Baker""#]);
        assert_eq!(import.counts.errors, 0);
    });
}

/// A problem in another sheet than the first is named by it, and its report too; mended there, it is known again.
#[test]
fn problems_are_named_by_the_sheet_and_known_again_from_the_report() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let steps = [set("start_date", 4, "soon", "Copy"), set("job_title", 5, "Cook", "Users")];
        let Some(import) = read_all(&office, &steps.join(", ")) else { return };
        let told = issues(&office, &import);
        assert!(told.len() == 1 && told[0].ends_with("not_a_date sheet “Copy”"), "{told:?}");
        let new = [
            set("first_name", 9, "Nell", "Copy"),
            set("last_name", 9, "New", "Copy"),
            set("start_date", 9, "soon", "Copy"),
        ];
        let Some(import) = read_all(&office, &new.join(", ")) else { return };
        let mut report = Vec::new();
        import::report(app, &import, Format::Csv, &mut report).expect("the report");
        let text = String::from_utf8(report).expect("UTF-8");
        assert!(text.contains("Copy!9"), "{text}");
        let mended = text.replace("soon", "2026-01-31");
        let mut more = import::Upload::begin_further(
            app,
            office.account.id,
            import.id,
            (FileMode::Add, "report.csv"),
            ANN,
        )
        .expect("the store")
        .expect("in review");
        assert!(more.write(mended.as_bytes()).expect("kept"));
        let import = office.rest(more.finish().expect("an import"));
        assert_eq!(office.issues(&import), ["A3 user_id_missing"]);
    });
}
