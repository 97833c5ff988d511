//! Nothing of a file goes unread without a word: sheets, rows above the keys, ends of rows, what a merge covers.

use ::import;
use ::store::{Complete, Import, ImportState};
use directory::{Decision, Reason};
use workbook::Format;

use super::workbooks::Sent;
use ground::office::{ANN, Office, Sheet, assert_state};
use ground::{on_both, on_sqlite};

/// What review says besides errors: `sheets_differ 36`, sorted.
fn said(office: &Office<'_>, import: &Import) -> Vec<String> {
    let warnings = import::warnings(office.app, import).expect("warnings");
    warnings.iter().map(|(warning, _)| format!("{} {}", warning.code.word(), warning.cells)).collect()
}

/// Uploads a file that is to complete by itself where nothing is wrong.
fn apply(office: &Office<'_>, bytes: &[u8]) -> Import {
    office.upload_by(bytes, ANN, Complete::WhenCleanLarge)
}

fn decide(office: &Office<'_>, import: &Import, decisions: &[(Decision, Option<&str>)]) -> Import {
    let about: Vec<_> =
        decisions.iter().map(|(decision, about)| (*decision, about.map(str::to_owned))).collect();
    let turned = import::decide(office.app, office.account.id, import.id, &about, ANN).expect("kept");
    assert!(matches!(turned, import::Reread::Kept(_)), "{turned:?}");
    office.rest(import.id)
}

/// A download with these steps done to it in openpyxl; none where that is not there.
fn edited(office: &Office<'_>, steps: &str) -> Option<Vec<u8>> {
    Some(Sent::new(&office.download(Format::Xlsx), "xlsx").edited(steps)?.bytes())
}

#[test]
fn a_second_sheet_with_keys_is_named_and_what_differs_is_asked() {
    let set = r#"{"key": "job_title", "row": 4, "value": "Clerk""#;
    let changed = ["Bo Rowe: Job title \"\" -> \"Clerk\""];
    for (steps, state, warnings, changes) in [
        // The same cells: said, and no more.
        (format!(r#"[{set}}}, {{"copySheet": "Copy"}}]"#), ImportState::Done, "sheet_unread", 1),
        (
            format!(r#"[{set}}}, {{"copySheet": "Copy", "front": true}}]"#),
            ImportState::Done,
            "sheet_unread",
            1,
        ),
        // Hidden never counts before what is shown, wherever it stands.
        (
            format!(r#"[{{"copySheet": "Old", "hidden": true, "front": true}}, {set}}}]"#),
            ImportState::Done,
            "sheet_unread",
            1,
        ),
        // Edited in one of them: asked, whichever it is.
        (format!(r#"[{{"copySheet": "Copy"}}, {set}}}]"#), ImportState::Review, "sheets_differ", 1),
        (
            format!(r#"[{{"copySheet": "Copy", "front": true}}, {set}}}]"#),
            ImportState::Review,
            "sheets_differ",
            1,
        ),
        (
            format!(r#"[{{"copySheet": "Copy"}}, {set}, "in": "Copy"}}]"#),
            ImportState::Review,
            "sheets_differ",
            0,
        ),
        (
            format!(r#"[{{"copySheet": "Copy", "front": true}}, {set}, "in": "Copy"}}]"#),
            ImportState::Review,
            "sheets_differ",
            0,
        ),
    ] {
        on_sqlite(|app| {
            let office = Office::new(app);
            let Some(bytes) = edited(&office, &steps) else { return };
            let import = apply(&office, &bytes);
            assert_state(&import, state);
            let said = said(&office, &import);
            assert!(said.len() == 1 && said[0].starts_with(warnings), "{steps}: {said:?}");
            assert_eq!(office.changes(&import), &changed[..changes], "{steps}");
            assert_eq!(import.counts.questions, i64::from(state == ImportState::Review));
        });
    }
}

#[test]
fn of_sheets_that_differ_people_say_which_are_read() {
    let set = r#"{"key": "job_title", "row": 4, "value": "Clerk""#;
    let other = r#"{"key": "job_title", "row": 5, "value": "Cook", "in": "Copy"}"#;
    let steps = format!(r#"[{{"copySheet": "Copy"}}, {set}}}, {other}]"#);
    let (bo, cleo) = ("Bo Rowe: Job title \"\" -> \"Clerk\"", "Cleo Salt: Job title \"\" -> \"Cook\"");
    for (decisions, changes) in [
        (vec![(Decision::AllSheets, None)], vec![bo, cleo]),
        (vec![(Decision::ReadSheet, Some("Users"))], vec![bo]),
        (vec![(Decision::ReadSheet, Some("Copy"))], vec![cleo]),
        (vec![(Decision::ReadSheet, Some("Copy")), (Decision::ReadSheet, Some("Users"))], vec![bo, cleo]),
    ] {
        on_sqlite(|app| {
            let office = Office::new(app);
            let Some(bytes) = edited(&office, &steps) else { return };
            let import = apply(&office, &bytes);
            assert_state(&import, ImportState::Review);
            let decided = decide(&office, &import, &decisions);
            assert_eq!(office.changes(&decided), changes, "{decisions:?}");
            assert_eq!(decided.counts.questions, 0);
            assert_eq!(
                decided.counts.cells_read + decided.counts.unread,
                import.counts.cells_read + import.counts.unread,
                "the same cells"
            );
            let done = office.complete(&decided);
            assert_state(&done, ImportState::Done);
            assert_eq!(done.counts.cells_to_edit, changes.len() as i64);
            office.check_history();
        });
    }
}

#[test]
fn users_split_over_sheets_are_all_read_once_it_is_said() {
    let steps = r#"[{"copySheet": "Second", "moveRow": 6},
        {"key": "job_title", "row": 3, "value": "Clerk"}, {"key": "job_title", "row": 4, "value": "Cook", "in": "Second"}]"#;
    on_sqlite(|app| {
        let office = Office::new(app);
        let Some(xlsx) = edited(&office, steps) else { return };
        let ods = Sent::new(&xlsx, "xlsx").saved_again("ods").map(|sent| sent.bytes());
        for bytes in [Some(xlsx), ods].into_iter().flatten() {
            let import = office.upload(&bytes);
            assert_eq!((import.counts.rows, import.counts.questions), (3, 1));
            let decided = decide(&office, &import, &[(Decision::AllSheets, None)]);
            assert_eq!((decided.counts.rows, decided.counts.questions), (6, 0));
            assert_eq!(decided.counts.cells_to_edit, 2);
        }
    });
}

/// What is known beforehand is said with the upload.
#[test]
fn sheets_may_be_chosen_before_the_file_is_read() {
    let steps = r#"[{"copySheet": "Copy"}, {"key": "job_title", "row": 4, "value": "Clerk", "in": "Copy"}]"#;
    on_both(|app| {
        let office = Office::new(app);
        let Some(bytes) = edited(&office, steps) else { return };
        let decisions_of = |decisions: &[(Decision, Option<String>)]| {
            import::decisions_of(app, office.account.id, decisions).expect("the store")
        };
        for (name, state) in [("Copy", ImportState::Applying), ("Nowhere", ImportState::Failed)] {
            let new = import::NewUpload {
                file_name: "users.xlsx".to_owned(),
                actor: ANN.to_owned(),
                complete: Complete::WhenClean,
                leave_out_errors: false,
                keep: true,
                decisions: decisions_of(&[(Decision::ReadSheet, Some(name.to_owned()))]).expect("a sheet"),
            };
            assert_eq!(decisions_of(&[(Decision::KeepMissing, Some("nowhere".to_owned()))]), None);
            let mut upload = import::Upload::begin(app, office.account.id, new);
            assert!(upload.write(&bytes).expect("kept"));
            let import = office.rest(upload.finish().expect("an import"));
            let failed = state == ImportState::Failed;
            assert_state(&import, if failed { state } else { ImportState::Done });
            assert_eq!(import.counts.cells_to_edit, i64::from(!failed));
            let code = import.failure.map(|failure| failure.code);
            assert_eq!(code.as_deref(), failed.then_some("sheet_unknown"));
        }
    });
}

/// Sorts the rows below the titles, the keys among them, as programs do that take row 1 alone for the headings.
fn sorted(mut sheet: Sheet, key: &str, descending: bool) -> Sheet {
    let column = sheet.column(key);
    sheet.0[1..].sort_by_key(|row| (row[column].is_empty(), row[column].to_lowercase()));
    if descending {
        sheet.0[1..].reverse();
    }
    sheet
}

#[test]
fn a_key_row_that_was_sorted_into_the_data_is_found_and_no_row_is_lost() {
    on_sqlite(|app| {
        let mut office = Office::new(app);
        office.crowd(60, &[("email", &|number| format!("{}{number}@acme.example", ["a", "z"][number % 2]))]);
        for (key, descending) in [
            ("first_name", false),
            ("email", false),
            ("email", true),
            ("last_name", true),
            ("start_date", false),
        ] {
            let mut sheet = office.csv();
            for user in 0..66 {
                sheet = sheet.with(user, "job_title", "Clerk");
            }
            let sheet = sorted(sheet, key, descending);
            let at = sheet.0.iter().position(|row| row[0].starts_with("user_id@")).expect("the keys") + 1;
            let import = office.upload(sheet.text().as_bytes());
            assert_eq!(office.issues(&import), [""; 0], "{key} {at}");
            assert_eq!(
                (import.counts.rows, import.counts.cells_to_edit),
                (66, 66),
                "{key}: keys in row {at}"
            );
            let moved = said(&office, &import).iter().any(|said| said.starts_with("key_row_moved"));
            assert_eq!(moved, at > 2, "{key}: {at}");
        }
    });
}

#[test]
fn a_file_without_its_first_column_or_without_rows_is_told_so() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let mut sheet = office.csv();
        sheet.0.iter_mut().for_each(|row| drop(row.remove(0)));
        let mut empty = office.csv();
        empty.0.truncate(2);
        let mut only_titles = office.csv();
        only_titles.0.remove(1);
        let mut template = Vec::new();
        let choice = import::DownloadChoice::new_users(Format::Csv);
        import::download(app, office.account.id, &choice, &mut template).expect("the template");
        let mut book = Vec::new();
        let choice = import::DownloadChoice::new_users(Format::Xlsx);
        import::download(app, office.account.id, &choice, &mut book).expect("the template");
        for (bytes, code) in [
            (sheet.text().into_bytes(), "id_column_missing"),
            (only_titles.text().into_bytes(), "header_missing"),
            (empty.text().into_bytes(), "no_rows"),
            (template, "no_rows"),
            (book, "no_rows"),
        ] {
            let import = office.upload(&bytes);
            assert_state(&import, ImportState::Failed);
            assert_eq!(import.failure.map(|failure| failure.code).as_deref(), Some(code));
        }
    });
}

/// A csv file with the lines changed.
fn lines(sheet: &Sheet, change: impl FnOnce(&mut Vec<String>)) -> Vec<u8> {
    let mut lines: Vec<String> = sheet.0.iter().map(|row| row.join(",")).collect();
    change(&mut lines);
    (lines.join("\r\n") + "\r\n").into_bytes()
}

/// Every line up to a column, without the separators behind.
fn cut_before(sheet: &Sheet, key: &str, lines: &mut [String], which: &[usize]) {
    let column = sheet.column(key);
    for user in which {
        lines[user + 2] = sheet.0[user + 2][..column].join(",");
    }
}

#[test]
fn what_a_line_lacks_is_asked_about_where_the_user_has_a_value() {
    for users in [&[0][..], &[3], &[5], &[0, 1, 2, 3, 4, 5]] {
        on_sqlite(|app| {
            let office = Office::new(app);
            let sheet = office.csv().with(1, "job_title", "Clerk");
            let bytes = lines(&sheet, |lines| cut_before(&sheet, "department", lines, users));
            let import = apply(&office, &bytes);
            assert_state(&import, ImportState::Review);
            // Cleo has no department, Dai no employee number.
            let with = |nobody: usize| users.iter().filter(|user| **user != nobody).count();
            let (with_department, with_number) = (with(2), with(3));
            let issues = office.issues(&import);
            assert_eq!(issues.len(), with_department + with_number + users.len(), "{issues:?}");
            assert!(issues.iter().all(|issue| issue.ends_with(" row_cut")), "{issues:?}");
            let expected = [with_department, with_number, users.len()].into_iter().filter(|cells| *cells > 0);
            let expected: Vec<String> = expected.map(|cells| format!("cells_missing {cells}")).collect();
            assert_eq!(said(&office, &import), expected);
            let lost =
                ["department", "employee_number", "start_date"].map(|key| (Decision::KeepMissing, Some(key)));
            let kept = decide(&office, &import, &lost);
            assert_eq!(office.issues(&kept), [""; 0]);
            assert_eq!(office.changes(&kept), ["Bo Rowe: Job title \"\" -> \"Clerk\""]);
            let turned =
                import::turn_fixes(app, office.account.id, import.id, ::store::Turn::Undo).expect("undone");
            assert!(matches!(turned, import::Reread::Kept(_)));
            office.rest(import.id);
            let mut cleared = lost;
            cleared[0].0 = Decision::MissingCleared;
            let emptied = decide(&office, &import, &cleared);
            assert_eq!((emptied.counts.errors, emptied.counts.cells_to_clear), (0, with_department as i64));
        });
    }
}

/// A program that leaves out trailing empties clears nothing, and neither does one that ends the file without a line end.
#[test]
fn empties_that_a_program_leaves_out_are_no_problem() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(1, "job_title", "Clerk");
        let mut bytes = lines(&sheet, |lines| {
            for line in lines.iter_mut().skip(2) {
                *line = line.trim_end_matches(',').to_owned();
            }
        });
        bytes.truncate(bytes.len() - 2);
        let import = apply(&office, &bytes);
        assert_state(&import, ImportState::Done);
        assert_eq!((import.counts.cells_to_edit, import.counts.questions), (1, 0));
    });
}

#[test]
fn a_file_that_was_cut_off_in_its_last_line_is_asked_about() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let whole = office.csv().with(1, "job_title", "Clerk").text();
        let column = office.csv().column("department");
        let sheet = office.csv();
        let last = sheet.0[7][..=column].join(",");
        let before = whole.len() - sheet.0[7].join(",").len() - 2;
        for length in [last.len(), last.len() - 1, last.len() - 4] {
            let bytes = &whole.as_bytes()[..before + length];
            let import = apply(&office, bytes);
            assert_state(&import, ImportState::Review);
            assert!(said(&office, &import).contains(&"last_line_cut 1".to_owned()), "{length}");
            assert_eq!(import.counts.questions, 1);
            let whole = decide(&office, &import, &[(Decision::FileIsWhole, None)]);
            assert_eq!(whole.counts.questions, 0);
        }
    });
}

/// A quotation mark that opens in a cell and closes rows later takes the rows between into the cell.
#[test]
fn rows_inside_of_a_cell_are_an_error_and_counted() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let sheet = office.csv();
        let last = sheet.0[1].len() - 1;
        for (from, to, column) in
            [(2, 3, last), (3, 5, last), (2, 7, last), (3, 5, sheet.column("job_title"))]
        {
            let bytes = lines(&sheet, |lines| {
                let mut cells: Vec<String> = lines[from].split(',').map(str::to_owned).collect();
                cells[column] = format!("\"{}", cells[column]);
                lines[from] = cells.join(",");
                lines[to].push('"');
            });
            let import = apply(&office, &bytes);
            assert_state(&import, ImportState::Review);
            let issues = office.issues(&import);
            assert!(issues.iter().any(|issue| issue.ends_with(" cell_unreadable")), "{issues:?}");
            let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count();
            let inside: usize = sheet.0[from + 1..=to].iter().map(filled).sum();
            assert_eq!(import.counts.unread, (inside + 30) as i64, "with titles and keys: {issues:?}");
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}

/// The key of a column is emptied or typed over: the title still tells the field, and edits are asked about.
#[test]
fn a_column_without_its_key_is_asked_about_where_it_was_edited() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let sheet = office.csv();
        let without = |key: &str, text: &str, edit: bool| {
            let column = sheet.column(key);
            let mut changed = sheet.clone();
            for row in changed.0.iter_mut().skip(2).filter(|_| edit) {
                row[column] = "Clerk".to_owned();
            }
            changed.0[1][column] = text.to_owned();
            apply(&office, changed.text().as_bytes())
        };
        for text in ["", "Job title", "job_tittle", "job title"] {
            let import = without("job_title", text, true);
            assert_state(&import, ImportState::Review);
            let said = said(&office, &import);
            assert!(said.contains(&"key_missing 6".to_owned()), "{text}: {said:?}");
            let sentences = import::warnings(app, &import).expect("warnings");
            let sentences: String = sentences.into_iter().map(|(_, sentence)| sentence).collect();
            assert!(sentences.contains("its 6 cells are not read"), "{sentences}");
            assert!(!sentences.contains("is not one of"), "{sentences}");
            let read = decide(&office, &import, &[(Decision::ReadColumn, Some("job_title"))]);
            assert_eq!((read.counts.cells_to_edit, read.counts.questions), (6, 0), "{text}");
            import::cancel(app, office.account.id, import.id).expect("the store");
            let import = without("job_title", text, true);
            let left = decide(&office, &import, &[(Decision::IgnoreColumn, Some("job_title"))]);
            assert_eq!((left.counts.cells_to_edit, left.counts.questions), (0, 0), "{text}");
            import::cancel(app, office.account.id, import.id).expect("the store");
            // Nothing was edited in it: a note.
            let import = without("job_title", text, false);
            assert_state(&import, ImportState::Done);
        }
        // A column of the person's own.
        let mut own = sheet.clone();
        own.0.iter_mut().for_each(|row| row.push("x".to_owned()));
        own.0[0].pop();
        own.0[0].push("Job titles".to_owned());
        let import = apply(&office, own.text().as_bytes());
        assert_state(&import, ImportState::Done);
        assert_eq!(said(&office, &import), ["header_unknown 6"]);
    });
}

#[test]
fn a_comma_without_quotation_marks_makes_a_red_row() {
    for (user, key) in [(0, "job_title"), (2, "first_name"), (5, "notes"), (3, "start_date")] {
        on_sqlite(|app| {
            let office = Office::new(app);
            let sheet = office.csv().with(user, key, "Driver, class C").with(1, "job_title", "Clerk");
            let import = apply(&office, sheet.text().as_bytes());
            assert_state(&import, ImportState::Review);
            assert_eq!(office.issues(&import), [format!("A{} row_wide", user + 3)], "{key}");
            assert_eq!(office.changes(&import), ["Bo Rowe: Job title \"\" -> \"Clerk\""], "{key}");
        });
    }
}

/// Notes beside the keys are a person's own: said, and no more, whoever is edited.
#[test]
fn cells_right_of_the_last_key_are_counted_and_named() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let mut sheet = office.csv().with(1, "job_title", "Clerk");
        let first = workbook::Position { row: 4, column: sheet.0[0].len() as u32 + 1 };
        sheet.0[3].extend(["ask her".to_owned(), "x".to_owned()]);
        sheet.0[5].push("left".to_owned());
        let import = apply(&office, sheet.text().as_bytes());
        assert_state(&import, ImportState::Done);
        let warnings = import::warnings(app, &import).expect("warnings");
        let (warning, sentence) = &warnings[0];
        assert_eq!((warning.code.word(), warning.cells), ("cells_beyond_keys", 3));
        assert_eq!(sentence, &format!("3 cells right of the last key are not read; the first is {first}."));
    });
}

#[test]
fn headings_between_the_rows_are_skipped_and_those_of_another_download_refuse_the_file() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let sheet = office.csv();
        let pasted = |keys: &dyn Fn(&mut Vec<String>)| {
            let mut both = sheet.clone().with(1, "job_title", "Clerk");
            let mut again = both.0.split_off(4);
            let (titles, mut row) = (both.0[0].clone(), both.0[1].clone());
            keys(&mut row);
            both.0.extend([titles, row]);
            both.0.append(&mut again);
            both.text().into_bytes()
        };
        let import = apply(&office, &pasted(&|_| {}));
        assert_state(&import, ImportState::Done);
        assert_eq!((import.counts.rows, import.counts.cells_to_edit), (6, 1));
        assert_eq!(said(&office, &import), [format!("headings_again {}", 2 * sheet.0[0].len())]);
        let swapped = pasted(&|keys| keys.swap(1, 2));
        let other = pasted(&|keys| keys[0] = keys[0].replace('.', ".1"));
        for bytes in [swapped, other] {
            let import = office.upload(&bytes);
            assert_eq!(import.failure.map(|failure| failure.code).as_deref(), Some("other_headings"));
        }
    });
}

/// Files as people leave them, whose cells openpyxl and Python's csv count: of each sheet they are read, or ignored for a reason that says
/// how many. `MUSTER_ACCOUNTED` says how many files are tried.
#[test]
fn every_cell_of_every_file_is_accounted_for() {
    let files = std::env::var("MUSTER_ACCOUNTED").unwrap_or_else(|_| "150".to_owned());
    on_sqlite(|app| {
        let office = Office::new(app);
        let folder = tempfile::tempdir().expect("a folder");
        let download = folder.path().join("download.xlsx");
        std::fs::write(&download, office.download(Format::Xlsx)).expect("written");
        let python = std::env::var("MUSTER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let script = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/accounted.py");
        let mut command = std::process::Command::new(python);
        let output = command.arg(script).arg(&download).arg(folder.path()).args([&files, "1"]).output();
        let made = output.as_ref().map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        let made = made.unwrap_or_default();
        if super::workbooks::ran(output, "openpyxl").is_none() {
            return;
        }
        assert_eq!(made.lines().count().to_string(), files);
        for line in made.lines() {
            let parts: Vec<&str> = line.split('\t').collect();
            let import = office.upload(&std::fs::read(folder.path().join(parts[0])).expect("the file"));
            assert!(import.failure.is_none(), "{line}: {:?}", import.failure);
            check_cells(&import, parts[1], &parts[2..]);
        }
    });
}

/// Whether the cells that were read and those that were not, by reason, are those that a file has: in all, and of each sheet.
fn check_cells(import: &Import, typed: &str, sheets: &[&str]) {
    let (counts, unread) = (import.counts, &import.accounted.unread);
    let sum = |sheet: &str| -> i64 {
        unread.iter().filter(|unread| unread.sheet == sheet).map(|unread| unread.cells).sum()
    };
    let of_reason = |reason| -> i64 {
        unread.iter().filter(|unread| unread.reason == reason).map(|unread| unread.cells).sum()
    };
    assert_eq!(unread.iter().map(|unread| unread.cells).sum::<i64>(), counts.unread, "{sheets:?}");
    assert_eq!(of_reason(Reason::OwnSheetEdited).to_string(), typed, "{sheets:?}: {unread:?}");
    let mut left = counts.cells_read;
    for sheet in sheets.chunks(2) {
        let cells: i64 = sheet[1].parse().expect("a number");
        let is_read =
            unread.iter().any(|unread| unread.sheet == sheet[0] && unread.reason == Reason::Headings);
        let read = if is_read { std::mem::take(&mut left) } else { 0 };
        assert_eq!(read + sum(sheet[0]), cells, "{sheets:?}: {unread:?}");
    }
    assert_eq!(left, 0, "{sheets:?}: {unread:?}");
}

#[test]
fn what_lies_under_a_merged_cell_is_not_cleared_and_gets_its_value_offered() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let names = [0, 1, 2].map(|user| office.csv().name(user, "department"));
        let steps = format!(r#"[{{"merge": "{}:{}"}}]"#, names[0], names[2]);
        let Some(xlsx) = edited(&office, &steps) else { return };
        let ods = Sent::new(&xlsx, "xlsx").saved_again("ods").map(|sent| sent.bytes());
        for bytes in [Some(xlsx), ods].into_iter().flatten() {
            let import = apply(&office, &bytes);
            assert_state(&import, ImportState::Review);
            let expected = [&names[1], &names[2]].map(|name| format!("{name} merged_cells"));
            assert_eq!(office.issues(&import), expected);
            let issues = import::issues(app, &import, ::store::PageStart::Start, 10).expect("issues").items;
            assert!(issues.iter().all(|issue| issue.wrong.suggestions == ["Sales"]), "{issues:?}");
            assert_eq!(import.counts.cells_to_edit, 0);
            let bo = import::Target::Cell(names[1].parse().expect("a cell"));
            let taken = office.fix(&import, bo, ::store::FixKind::Value("Sales".to_owned()));
            assert_eq!(office.changes(&taken), [r#"Bo Rowe: Department "Finance" -> "Sales""#]);
        }
    });
}

/// The same in rows that create users: what lies under a merged cell is red, with what that says offered.
#[test]
fn cells_under_a_merged_one_are_red_in_new_rows_too() {
    let row = |row: u32, name: &str| {
        format!(
            r#"{{"set": "B{row}", "value": "{name}"}}, {{"set": "C{row}", "value": "New"}}, {{"set": "D{row}", "value": "{name}@acme.example"}}"#
        )
    };
    on_sqlite(|app| {
        let office = Office::new(app);
        let column = |key| office.csv().name(0, key).trim_end_matches(char::is_numeric).to_owned();
        let (department, title) = (column("department"), column("job_title"));
        let steps = format!(
            r#"[{}, {}, {}, {{"set": "{department}9", "value": "Sales"}}, {{"merge": "{department}9:{department}11"}}, {{"merge": "{title}10:{title}11"}}]"#,
            row(9, "nell"),
            row(10, "oli"),
            row(11, "pia")
        );
        let Some(xlsx) = edited(&office, &steps) else { return };
        let ods = Sent::new(&xlsx, "xlsx").saved_again("ods").map(|sent| sent.bytes());
        for bytes in [Some(xlsx), ods].into_iter().flatten() {
            let import = apply(&office, &bytes);
            assert_state(&import, ImportState::Review);
            let issues = import::issues(app, &import, ::store::PageStart::Start, 20).expect("issues").items;
            let covered: Vec<_> =
                issues.iter().filter(|issue| issue.wrong.code == directory::Code::MergedCells).collect();
            let places: Vec<String> =
                covered.iter().filter_map(|issue| Some(issue.position?.to_string())).collect();
            assert_eq!(places, [format!("{department}10"), format!("{department}11")]);
            assert!(covered.iter().all(|issue| issue.wrong.suggestions == ["Sales"]));
            let target = import::Target::CellOf(1, places[0].parse().expect("a cell"));
            let taken = office.fix(&import, target, ::store::FixKind::Value("Sales".to_owned()));
            assert_eq!(taken.counts.errors, import.counts.errors - 1);
        }
    });
}

/// A formula whose result was not stored is no empty cell, in a row that creates a user either.
#[test]
fn a_formula_without_a_result_is_red_in_new_rows_too() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let name = office.csv().name(0, "job_title");
        let old = format!(r#"{{"formula": "{name}", "value": "=1+1"}}"#);
        let column = name.trim_end_matches(char::is_numeric);
        let new = format!(
            r#"{{"set": "B9", "value": "Nell"}}, {{"set": "C9", "value": "New"}}, {{"formula": "{column}9", "value": "=1+1"}}"#
        );
        let Some(bytes) = edited(&office, &format!("[{old}, {new}]")) else { return };
        let import = office.upload(&bytes);
        let issues = office.issues(&import);
        for row in [3, 9] {
            let expected = format!("{column}{row} formula_without_value");
            assert!(issues.contains(&expected), "{expected}: {issues:?}");
        }
    });
}
