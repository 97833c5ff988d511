//! Reports: the rows of a file that have problems, put right in a spreadsheet and uploaded again.

use std::collections::BTreeMap;
use std::io::Cursor;

use ::import::{self, Fixed, Reportable, Target};
use ::store::{Complete, FixKind, Import, ImportState, PageStart};
use workbook::{Batch, Book, Format, Limits};

use super::workbooks::Sent;
use ground::office::{ANN, Office, Sheet, assert_state};
use ground::{on_both, on_sqlite};

const FORMATS: [(Format, &str); 3] = [(Format::Xlsx, "xlsx"), (Format::Ods, "ods"), (Format::Csv, "csv")];

fn report_of(office: &Office<'_>, import: &Import, format: Format) -> Vec<u8> {
    let mut bytes = Vec::new();
    import::report(office.app, import, format, &mut bytes).expect("a report");
    bytes
}

/// The rows of a report below its keys, each value by its key without what follows the `@`; the keys as they are come first.
fn read(bytes: Vec<u8>) -> (Vec<String>, Vec<BTreeMap<String, String>>) {
    let mut book = Book::open(Box::new(Cursor::new(bytes)), &Limits::default()).expect("a book");
    let mut batch = Batch::new();
    book.rows(0).expect("a sheet").fill(&mut batch, 1_000).expect("rows");
    let mut rows = batch.iter().filter(|row| row.number > 1);
    let keys = rows.next().expect("the keys");
    let keys: Vec<(u32, String)> =
        keys.cells().map(|cell| (cell.position.column, cell.shown().into_owned())).collect();
    let key = |column: u32| {
        let (_, key) = keys.iter().find(|(of, _)| *of == column).expect("a key");
        key.split('@').next().unwrap_or_default().to_owned()
    };
    let rows = rows
        .map(|row| row.cells().map(|cell| (key(cell.position.column), cell.shown().into_owned())).collect())
        .collect();
    (keys.into_iter().map(|(_, key)| key).collect(), rows)
}

/// A row of a report in one line: its number, some of its values, what is to be done.
fn line(row: &BTreeMap<String, String>) -> String {
    let of = |key: &str| row.get(key).map_or("", String::as_str).to_owned();
    ["row", "first_name", "email", "start_date", "job_title", "problems"].map(of).join(" | ")
}

/// The sheet of six users with a problem of each kind: wrong values, a conflict, a row left out, a damaged ID, a row without one.
fn with_problems(office: &Office<'_>) -> (Sheet, Import) {
    let sheet = office.csv();
    office.app.clock.turn(1_000);
    let theirs = sheet.clone().with(4, "job_title", "Baker");
    let other = office.upload_by(theirs.text().as_bytes(), "sam@acme.example", Complete::WhenClean);
    assert_state(&other, ImportState::Done);
    let damaged = office.ids[5].to_string().replace("U-", "U-2");
    let mut sheet = sheet
        .with(0, "email", "ada at acme")
        .with(0, "job_title", "Clerk")
        .with(1, "start_date", "never")
        .with(2, "job_title", "Nurse")
        .with(3, "job_title", "Cook")
        .with(4, "job_title", "Smith")
        .with(5, "user_id", &damaged)
        .with(5, "job_title", "Pilot");
    let mut gil = vec![String::new(); sheet.0[1].len()];
    gil[sheet.column("first_name")] = "Gil".to_owned();
    gil[sheet.column("last_name")] = "Wray".to_owned();
    gil[sheet.column("email")] = "gil@acme.example".to_owned();
    sheet.0.push(gil);
    let import = office.upload(sheet.text().as_bytes());
    let import = fix(office, &import, Target::Row(6), FixKind::LeaveOut(true));
    (sheet, import)
}

fn fix(office: &Office<'_>, import: &Import, target: Target, mend: FixKind) -> Import {
    match import::fix(office.app, office.account.id, import.id, &[(target, mend)], ANN) {
        Ok(Fixed::Kept(import, _)) => *import,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_report_holds_the_rows_with_problems_and_what_to_do() {
    on_both(|app| {
        let office = Office::new(app);
        let (mut sheet, import) = with_problems(&office);
        let (keys, rows) = read(report_of(&office, &import, Format::Csv));
        let mut expected = sheet.0[1].clone();
        expected.extend([format!("row@{}", import.id), format!("problems@{}", import.id)]);
        assert_eq!(keys, expected, "A2 and the columns are the file's");
        let when = "22 November 2026 at 09:00 UTC";
        let conflict = format!(
            "Job title: This was changed by sam@acme.example on {when}: it was empty at the download, is “Baker” now, and is “Smith” in \
             the file. Type the value that is to be."
        );
        let expected = [
            "3 | Ada | ada at acme | 2024-03-05 | Clerk | Email: this is not an email address. Type one such as name@example.com.",
            "4 | Bo | bo@acme.example | never |  | Start date: this is not a date. Type one such as 2026-11-22.",
            "6 | Dai | dai@acme.example | 2024-03-05 | Cook | This row was left out. Upload it again to make its changes.",
            &format!("7 | Ede | ede@acme.example | 2024-03-05 | Smith | {conflict}"),
            &format!(
                "8 | Fay | fay@acme.example | 2024-03-05 | Pilot | User ID: This User ID was damaged: a character is missing, added or \
                 changed. Copy it from the downloaded file, take {} if this row is about that user, or leave the row out.",
                office.ids[5]
            ),
            "9 | Gil | gil@acme.example |  |  | User ID: This row has no User ID. Create a user from it, or leave it out.",
        ];
        assert_eq!(rows.iter().map(line).collect::<Vec<_>>(), expected);
        assert_eq!(rows[4]["user_id"], *sheet.cell(5, "user_id"), "as the file has it");
        assert_eq!(rows[0]["employee_number"], "00123");
    });
}

/// What is wrong with an import and what it would change, whatever the rows are numbered.
fn gist(office: &Office<'_>, import: &Import) -> Vec<String> {
    let issues = import::issues(office.app, import, PageStart::Start, 100)
        .expect("issues")
        .items
        .into_iter()
        .map(|issue| {
            format!("{:?} {} {:?}", issue.field.map(|field| field.key), issue.wrong.code.word(), issue.value)
        });
    let conflicts =
        import::conflicts(office.app, import, PageStart::Start, 100).expect("conflicts").items.into_iter();
    let conflicts =
        conflicts.map(|conflict| format!("{}: {} or {}", conflict.user.1, conflict.now, conflict.file));
    let warnings = import::warnings(office.app, import).expect("warnings").into_iter();
    let warnings = warnings.map(|(warning, _)| format!("{} {}", warning.code.word(), warning.place));
    let mut gist: Vec<String> = issues.chain(conflicts).chain(warnings).collect();
    gist.sort();
    gist
}

#[test]
fn an_unedited_report_has_the_same_problems_and_no_other_change() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let (_, import) = with_problems(&office);
        let expected = gist(&office, &import);
        for (format, ending) in FORMATS {
            let again = office.upload(&report_of(&office, &import, format));
            assert_eq!(gist(&office, &again), expected, "{ending}");
            assert_eq!(office.changes(&again), [r#"Dai Thorne: Job title "" -> "Cook""#], "{ending}");
            assert_eq!(again.base, import.base, "{ending}");
        }
    });
}

#[test]
fn a_mended_report_ends_with_the_problems_gone() {
    on_both(|app| {
        let office = Office::new(app);
        let (mut sheet, import) = with_problems(&office);
        let report = String::from_utf8(report_of(&office, &import, Format::Csv)).expect("UTF-8");
        let mended = report
            .replace("ada at acme", "ada@new.example")
            .replace("never", "2025-01-31")
            .replace("Smith,", "Baker,")
            .replace(sheet.cell(5, "user_id").as_str(), &office.ids[5].to_string());
        let mended = office.upload(mended.as_bytes());
        assert_eq!(office.issues(&mended), ["A8 user_id_missing"]);
        let mended = fix(&office, &mended, Target::RowsWithoutId, FixKind::Create);
        let done = office.complete(&mended);
        assert_state(&done, ImportState::Done);
        let values = [
            (0, "email"),
            (0, "job_title"),
            (1, "start_date"),
            (3, "job_title"),
            (4, "job_title"),
            (5, "job_title"),
        ];
        let values = values.map(|(user, key)| office.value(user, key).unwrap_or_default());
        assert_eq!(values, ["ada@new.example", "Clerk", "2025-01-31", "Cook", "Baker", "Pilot"]);
        office.check_history();
    });
}

#[test]
fn what_was_left_out_can_be_had_once_it_is_done() {
    on_both(|app| {
        let office = Office::new(app);
        let (_, import) = with_problems(&office);
        let answer = import::complete(app, office.account.id, import.id, Some(import.plan), true);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        let done = office.rest(import.id);
        assert_state(&done, ImportState::Done);
        assert_eq!(office.value(2, "job_title").as_deref(), Some("Nurse"), "the rest is completed");
        assert_eq!(done.counts.left_out, 5, "two wrong, one by hand, one damaged, one without an ID");
        let reportable = || import::reportable(app, office.account.id, done.id).expect("the store");
        assert_eq!(reportable(), Reportable::Yes(Box::new(done.clone())));
        let (_, rows) = read(report_of(&office, &done, Format::Xlsx));
        let numbers: Vec<&str> = rows.iter().map(|row| row["row"].as_str()).collect();
        assert_eq!(numbers, ["3", "4", "6", "7", "8", "9"], "those, and the conflict that stayed as it was");
        let mended = report_of(&office, &done, Format::Csv);
        let mended = String::from_utf8(mended).expect("UTF-8").replace("ada at acme", "ada@new.example");
        let mended = office.upload(mended.as_bytes());
        assert!(office.changes(&mended).contains(&r#"Ada Quill: Job title "" -> "Clerk""#.to_owned()));

        let mut file = Vec::new();
        import::uploaded(app, office.account.id, done.id, &mut file).expect("the file");
        assert!(file.starts_with(b"\xEF\xBB\xBFUser ID,") || file.starts_with(b"User ID,"));
        app.store.forget_old_files(app.clock.now().plus(40 * 24 * 60 * 60 * 1_000)).expect("forgotten");
        assert_eq!(reportable(), Reportable::Forgotten);
    });
}

#[test]
fn rows_that_share_a_user_id_come_as_the_file_has_them() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let mut sheet = office.csv().with(0, "job_title", "Clerk");
        let mut twin = sheet.0[2].clone();
        twin[sheet.column("job_title")] = "Baker".to_owned();
        // What a spreadsheet does to a number is kept as it was, and is no edit in the report either.
        twin[sheet.column("employee_number")] = "123".to_owned();
        sheet.0.push(twin);
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.issues(&import), ["A3 user_id_duplicate", "A9 user_id_duplicate"]);
        for (format, ending) in FORMATS {
            let report = report_of(&office, &import, format);
            let (_, rows) = read(report.clone());
            let lines: Vec<String> = rows.iter().map(line).collect();
            let twin = |row, title, other| {
                format!(
                    "{row} | Ada | ada@acme.example | 2024-03-05 | {title} | User ID: Row {other} has the same User ID but differs. Keep \
                     one of them."
                )
            };
            assert_eq!(lines, [twin(3, "Clerk", 9), twin(9, "Baker", 3)], "{ending}");
            let again = office.upload(&report);
            assert_eq!(office.issues(&again), ["A3 user_id_duplicate", "A4 user_id_duplicate"], "{ending}");
            let left = fix(&office, &again, Target::Row(3), FixKind::LeaveOut(true));
            assert_eq!(left.counts.left_out, 1, "{ending}");
        }
    });
}

#[test]
fn fixes_lie_over_the_file_and_what_it_lacks_gets_a_column() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let mut sheet = office.csv().with(0, "start_date", "never").with(1, "start_date", "soon");
        let email = sheet.column("email");
        for row in &mut sheet.0 {
            row.remove(email);
        }
        let import = office.upload(sheet.text().as_bytes());
        let cell = Target::Cell(sheet.name(0, "start_date").parse().expect("a cell"));
        let import = fix(&office, &import, cell, FixKind::Value("nearly".to_owned()));
        let field = Target::Field(office.ids[0], "email".to_owned());
        let import = fix(&office, &import, field, FixKind::Value("ada@new.example".to_owned()));
        // Of this user only a fix says something; they stand in the file all the same.
        let field = Target::Field(office.ids[5], "email".to_owned());
        let import = fix(&office, &import, field, FixKind::Value("nobody".to_owned()));
        let (keys, rows) = read(report_of(&office, &import, Format::Xlsx));
        assert_eq!(keys[keys.len() - 3], "email");
        let lines: Vec<String> = rows.iter().map(line).collect();
        let not_a_date = "Start date: this is not a date. Type one such as 2026-11-22.";
        let expected = [
            format!("3 | Ada | ada@new.example | nearly |  | {not_a_date}"),
            format!("4 | Bo | bo@acme.example | soon |  | {not_a_date}"),
            "8 | Fay | nobody | 2024-03-05 |  | Email: this is not an email address. Type one such as name@example.com.".to_owned(),
        ];
        assert_eq!(lines, expected);
        let again = office.upload(&report_of(&office, &import, Format::Xlsx));
        assert_eq!((again.counts.errors, again.counts.rows), (3, 3));
    });
}

/// Edits by openpyxl that leave problems of all kinds that only a workbook can have.
const SPOIL: &str = r#"[
    {"key": "email", "row": 3, "value": "ada at acme"},
    {"key": "employee_number", "row": 3, "value": 123},
    {"key": "start_date", "row": 4, "value": "never"},
    {"key": "employee_number", "row": 4, "value": 124},
    {"key": "job_title", "row": 5, "value": "=A1"},
    {"key": "notes", "row": 6, "value": "=1/0"},
    {"key": "department", "row": 7, "value": "Salse"}
]"#;

/// And what puts them right, in the report.
const MEND: &str = r#"[
    {"key": "email", "row": 3, "value": "ada@new.example"},
    {"key": "start_date", "row": 4, "value": "2025-01-31"},
    {"key": "job_title", "row": 5, "value": "Nurse"},
    {"key": "notes", "row": 6, "value": "none"},
    {"key": "department", "row": 7, "value": "Sales"}
]"#;

#[test]
fn a_report_is_mended_in_a_spreadsheet() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let Some(spoiled) = Sent::new(&office.download(Format::Xlsx), "xlsx").edited(SPOIL) else { return };
        let import = office.upload(&spoiled.bytes());
        assert_eq!(import.counts.errors, 5, "{:?}", office.issues(&import));
        for (format, ending) in FORMATS {
            let again = office.upload(&report_of(&office, &import, format));
            let rows = |import: &Import| {
                let issues =
                    import::issues(app, import, PageStart::Start, 100).expect("issues").items.into_iter();
                issues.map(|issue| (issue.row, issue.field.map(|field| field.key))).collect::<Vec<_>>()
            };
            assert_eq!(rows(&again), rows(&import), "{ending}: nothing that was wrong passes");
            assert_eq!(again.counts.cells_to_edit, 0, "{ending}");
        }
        let report = report_of(&office, &import, Format::Xlsx);
        let Some(mended) = Sent::new(&report, "xlsx").edited(MEND) else { return };
        for saved in [Some(mended.bytes()), mended.saved_again("xlsx").map(|saved| saved.bytes())] {
            let Some(bytes) = saved else { continue };
            let again = office.upload(&bytes);
            assert_eq!(office.issues(&again), [""; 0]);
            let expected = [
                r#"Ada Quill: Email "ada@acme.example" -> "ada@new.example""#,
                r#"Bo Rowe: Start date "2024-03-05" -> "2025-01-31""#,
                r#"Cleo Salt: Job title "" -> "Nurse""#,
                r#"Dai Thorne: Notes "" -> "none""#,
                r#"Ede Ustinov: Department "Finance" -> "Sales""#,
            ];
            assert_eq!(office.changes(&again), expected);
        }
    });
}
