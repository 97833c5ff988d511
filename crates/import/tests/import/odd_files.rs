//! Files as programs and people leave them, and values as they write them: headings below the users, marks around the keys, ends that are
//! cut off, numbers of other regions, dates written out, seconds since 1970, the wrong epoch, letters that were guessed.

use ::import;
use ::store::{Complete, Import, ImportState, PageStart};
use directory::{Decision, Field, FieldNumber, Kind, Reason};
use workbook::{Charset, Format};

use super::workbooks::Sent;
use ground::office::{ANN, Office, Sheet, assert_state};
use ground::{on_both, on_sqlite};

/// What review says besides errors: `key_row_moved 1`.
fn said(office: &Office<'_>, import: &Import) -> Vec<String> {
    let warnings = import::warnings(office.app, import).expect("warnings");
    warnings.iter().map(|(warning, _)| format!("{} {}", warning.code.word(), warning.cells)).collect()
}

/// Uploads a file that is to complete by itself where nothing is wrong.
fn apply(office: &Office<'_>, bytes: &[u8]) -> Import {
    office.upload_by(bytes, ANN, Complete::WhenCleanLarge)
}

/// The errors, each with what is offered: `K3 not_a_phone +1...|+44...`.
fn offers(office: &Office<'_>, import: &Import) -> Vec<String> {
    let issues = import::issues(office.app, import, PageStart::Start, 100).expect("issues").items;
    let told = issues.iter().map(|issue| {
        let place = issue.position.map_or_else(|| "-".to_owned(), |position| position.to_string());
        format!("{place} {} {}", issue.wrong.code.word(), issue.wrong.suggestions.join("|"))
    });
    told.collect()
}

/// The download as a workbook with these steps done to it in openpyxl, and the same as an ods; none where the programs are missing.
fn books(office: &Office<'_>, steps: &str) -> Vec<Vec<u8>> {
    let xlsx = Sent::new(&office.download(Format::Xlsx), "xlsx").edited(steps).map(|sent| sent.bytes());
    let ods = xlsx.as_ref().and_then(|xlsx| Sent::new(xlsx, "xlsx").saved_again("ods"));
    xlsx.into_iter().chain(ods.map(|sent| sent.bytes())).collect()
}

#[test]
fn headings_that_were_sorted_below_the_users_are_found() {
    on_sqlite(|app| {
        let mut office = Office::new(app);
        office.crowd(60, &[("job_title", &|number| format!("Cook {number}"))]);
        let sheet = office.csv().with(0, "job_title", "Clerk").with(65, "job_title", "Vet");
        let (titles, keys) = (sheet.0[0].clone(), sheet.0[1].clone());
        let with_last = |first: &[Vec<String>], at: usize| {
            let mut rows = sheet.0[2..].to_vec();
            rows.splice(at..at, first.iter().cloned());
            Sheet(rows).text().into_bytes()
        };
        let mut files = vec![
            with_last(&[titles.clone(), keys.clone()], 66),
            with_last(&[keys.clone(), titles.clone()], 66),
            with_last(&[keys.clone(), titles.clone()], 40),
            with_last(&[titles.clone(), keys.clone()], 9),
            with_last(&[keys.clone(), titles.clone()], 9),
        ];
        // Far from each other.
        let mut rows = sheet.0[2..].to_vec();
        rows.push(keys);
        rows.insert(30, titles);
        files.push(Sheet(rows).text().into_bytes());
        let edit = |user: usize, value: &str| {
            format!(r#"{{"key": "job_title", "row": {}, "value": "{value}"}}"#, user + 3)
        };
        let steps = format!(r#"[{}, {}, {{"headingsLast": true}}]"#, edit(0, "Clerk"), edit(65, "Vet"));
        files.extend(books(&office, &steps));
        for (place, bytes) in files.iter().enumerate() {
            let import = office.upload(bytes);
            assert_eq!(office.issues(&import), [""; 0], "{place}");
            assert_eq!((import.counts.rows, import.counts.cells_to_edit), (66, 2), "{place}");
            let said = said(&office, &import);
            assert!(said.contains(&"key_row_moved 1".to_owned()), "{place}: {said:?}");
            assert!(!said.iter().any(|said| said.starts_with("title_changed")), "{place}: {said:?}");
            assert!(import.counts.cells_read > 0 && import.counts.unread > 0);
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}

#[test]
fn marks_and_spaces_around_the_keys_are_none_of_theirs() {
    on_sqlite(|app| {
        let office = Office::new(app);
        for (before, after) in
            [("'", ""), (" ' ", " "), ("\u{a0}", "\u{a0}"), ("\u{2018}", "\u{2019}"), ("\"\"\"", "\"\"\"")]
        {
            for all in [false, true] {
                let mut sheet = office.csv().with(1, "job_title", "Clerk");
                let keys = if all { sheet.0[1].len() } else { 1 };
                sheet.0[1][..keys].iter_mut().for_each(|key| *key = format!("{before}{key}{after}"));
                let import = apply(&office, sheet.text().as_bytes());
                assert_state(&import, ImportState::Done);
                assert_eq!((said(&office, &import), import.counts.cells_to_edit), (vec![], 1), "{before:?}");
                assert_state(&office.undo(&import), ImportState::Done);
            }
        }
        let stamp = office.csv().0[1][0].clone();
        let steps = format!(
            r#"[{{"set": "A2", "value": "'{stamp}"}}, {{"key": "job_title", "row": 4, "value": "Clerk"}}]"#
        );
        for bytes in books(&office, &steps) {
            let import = office.upload(&bytes);
            assert_eq!((said(&office, &import), import.counts.cells_to_edit), (vec![], 1));
        }
    });
}

#[test]
fn a_file_that_was_cut_before_or_in_its_last_cell_is_asked_about() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let last = office.csv().0[1].last().expect("a key").clone();
        office.edit(5, &last, if last == "start_date" { "2025-02-03" } else { "Hello" });
        let whole = office.csv().with(1, "job_title", "Clerk").text();
        let value = whole.trim_end().rsplit(',').next().expect("a cell").len();
        for cut in [value, value - 1, 1] {
            let import = apply(&office, &whole.as_bytes()[..whole.len() - 2 - cut]);
            assert_state(&import, ImportState::Review);
            assert!(said(&office, &import).contains(&"last_line_cut 1".to_owned()), "{cut}");
            assert_eq!(import.counts.questions, 1, "{cut}");
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
        // Only the end of the line is missing.
        let import = apply(&office, &whole.as_bytes()[..whole.len() - 2]);
        assert_state(&import, ImportState::Done);
    });
}

/// A quotation mark that opens in a column of the person's own, or right of the last key, takes rows into its cell.
#[test]
fn rows_inside_of_a_cell_without_a_key_are_an_error_and_counted() {
    on_sqlite(|app| {
        let office = Office::new(app);
        for titles in [["", ""], ["Seen", ""], ["Seen", "seen"]] {
            let mut sheet = office.csv();
            let filled = |row: &Vec<String>| row.iter().filter(|cell| !cell.is_empty()).count();
            let inside: usize = sheet.0[4..=5].iter().map(filled).sum();
            let headings = sheet.0[..2].iter().map(filled).sum::<usize>();
            let own = titles.iter().filter(|title| !title.is_empty()).count();
            for (row, title) in titles.iter().enumerate() {
                sheet.0[row].push((*title).to_owned());
            }
            sheet.0[3].push("\"by me".to_owned());
            sheet.0[5].push("too\"".to_owned());
            let import = apply(&office, sheet.text().as_bytes());
            assert_state(&import, ImportState::Review);
            let place = workbook::Position { row: 4, column: sheet.0[3].len() as u32 };
            assert_eq!(office.issues(&import), [format!("{place} cell_unreadable")], "{titles:?}");
            // The cell itself, what it took in, the titles and the keys.
            let of_reason = |reason| -> i64 {
                let unread = import.accounted.unread.iter().filter(|unread| unread.reason == reason);
                unread.map(|unread| unread.cells).sum()
            };
            assert_eq!(of_reason(Reason::InsideCell), inside as i64 + 1, "{titles:?}");
            assert_eq!(import.counts.unread, (1 + inside + 1 + headings + own) as i64, "{titles:?}");
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}

/// The values that a column may be given, in a row of a user and in one that creates a user: what review offers, or else what is read.
fn read_as(office: &Office<'_>, key: &str, cases: &[(&str, Result<&str, &str>)]) {
    for (text, expected) in cases {
        let mut sheet = office.csv();
        sheet.0.push(vec![String::new(); sheet.0[1].len()]);
        let quoted = format!("\"{}\"", text.replace('"', "\"\""));
        let sheet =
            [("first_name", "Nia"), ("last_name", "New"), ("email", "nia@acme.example"), (key, &quoted)]
                .iter()
                .fold(sheet.with(1, key, &quoted), |sheet, (key, value)| sheet.with(6, key, value));
        let import = office.upload(sheet.text().as_bytes());
        let import = office.fix(&import, import::Target::RowsWithoutId, ::store::FixKind::Create);
        let told = offers(office, &import);
        for user in [1, 6] {
            let place = sheet.name(user, key);
            let own = told.iter().find(|told| told.starts_with(&format!("{place} ")));
            let offered = own.map(|told| told.rsplit(' ').next().unwrap_or_default());
            assert_eq!(offered, expected.err(), "{place} {text:?}");
            if let Ok(value) = expected {
                let place = if user == 1 {
                    directory::Place::User(office.ids[1])
                } else {
                    directory::Place::Row { file: 1, row: 9 }
                };
                let cells = office.app.store.plan_row(office.account.id, import.id, place).expect("the plan");
                let field = office.fields.by_key(key).expect("a field").number;
                let mine = cells.iter().find(|cell| cell.field == field).and_then(|cell| cell.mine.clone());
                assert_eq!(mine.as_deref(), Some(*value), "{user} {text:?}");
            }
        }
        import::cancel(office.app, office.account.id, import.id).expect("the store");
    }
}

#[test]
fn a_number_of_another_region_is_no_number_of_this_one() {
    on_sqlite(|app| {
        let office = Office::new(app);
        read_as(
            &office,
            "phone",
            &[
                ("(555) 123-4567", Err("+445551234567|+15551234567")),
                ("(212) 555-2368", Err("+12125552368|+442125552368")),
                ("2079460123", Err("+442079460123")),
                ("07700 900123", Err("+447700900123")),
                ("020 7946 0123", Ok("+442079460123")),
                ("+1 555 123 4567", Ok("+15551234567")),
            ],
        );
    });
}

#[test]
fn dates_that_are_written_out_are_read_and_seconds_offered() {
    on_sqlite(|app| {
        let office = Office::new(app);
        read_as(
            &office,
            "start_date",
            &[
                ("Mon, 3 Feb 2025", Ok("2025-02-03")),
                ("Montag, 3. Februar 2025", Ok("2025-02-03")),
                ("Mon, 03 Feb 2025 09:30:00 +0000", Ok("2025-02-03")),
                ("3/2/2025 9:30 AM", Ok("2025-02-03")),
                ("2025-W06-1", Ok("2025-02-03")),
                ("1738540800", Err("2025-02-03")),
                ("1738540800000", Err("2025-02-03")),
                ("1738537200", Err("2025-02-02|2025-02-03")),
                ("Tue, 3 Feb 2025", Err("")),
            ],
        );
    });
}

/// How a program writes a date.
type Form<'f> = &'f dyn Fn(&str) -> String;

/// A column that a program wrote in another form is what it was, and the one edit in it is read as those around it.
#[test]
fn a_column_of_dates_written_out_is_what_it_was() {
    let days = |date: &str| {
        let date: jiff::civil::Date = date.parse().expect("a date");
        date.to_zoned(jiff::tz::TimeZone::UTC).expect("a moment").timestamp()
    };
    let forms: [(&str, Form<'_>); 4] = [
        ("seconds", &|date| days(date).as_second().to_string()),
        ("thousandths", &|date| days(date).as_millisecond().to_string()),
        ("mail", &|date| days(date).strftime("%a, %d %b %Y 00:00:00 +0000").to_string()),
        ("morning", &|date| days(date).strftime("%-m/%-d/%Y 12:00:00 AM").to_string()),
    ];
    on_both(|app| {
        let mut office = Office::new(app);
        office.crowd(8, &[("start_date", &|number| format!("2019-{:02}-{:02}", 1 + number, 10 + number))]);
        for (name, form) in forms {
            let mut sheet = office.csv().with(9, "start_date", "2021-03-04");
            let column = sheet.column("start_date");
            for row in &mut sheet.0[2..] {
                if !row[column].is_empty() {
                    row[column] = format!("\"{}\"", form(&row[column]));
                }
            }
            let import = office.upload(sheet.text().as_bytes());
            assert_eq!(office.issues(&import), [""; 0], "{name}");
            let changes = office.changes(&import);
            assert!(changes.len() == 1 && changes[0].ends_with(r#"-> "2021-03-04""#), "{name}: {changes:?}");
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}

/// `1.234` beside numbers that prove a mark; and beside numbers that prove either.
#[test]
fn what_a_point_marks_is_proved_by_the_numbers_around_it() {
    on_both(|app| {
        let mut office = Office::new(app);
        let field = Field::new(FieldNumber(0), "hours", "Hours", Kind::Number);
        let saved = app.store.save_field(office.account.id, &field, "test", app.clock.now());
        saved.expect("the store").expect("saved");
        office.fields = app.store.fields(office.account.id).expect("fields");
        for (typed, others, expected) in [
            ("1.234", &["1.234,5"][..], Ok("1234")),
            ("1.234", &["12,5"], Ok("1234")),
            ("1.234", &["1,234.5"], Ok("1.234")),
            ("1.234", &["12"], Ok("1.234")),
            ("1,234", &["1,234.5"], Ok("1234")),
            ("1,234", &["12,5"], Ok("1.234")),
            ("1,234", &["12"], Err("1234|1.234")),
            ("1.234", &["1.234,5", "12.5"], Err("1.234|1234")),
            ("1,234", &["1.234,5", "12.5"], Err("1234|1.234")),
            ("15", &["1.234,5", "12.5"], Ok("15")),
        ] {
            let mut sheet = office.csv().with(0, "hours", &format!("\"{typed}\""));
            for (user, other) in others.iter().enumerate() {
                *sheet.cell(user + 1, "hours") = format!("\"{other}\"");
            }
            let import = office.upload(sheet.text().as_bytes());
            let place = sheet.name(0, "hours");
            let told = offers(&office, &import);
            let own = told.iter().find(|told| told.starts_with(&format!("{place} ")));
            let offered = own.map(|told| told.rsplit(' ').next().unwrap_or_default());
            assert_eq!(offered, expected.err(), "{typed} {others:?}: {told:?}");
            if let Ok(value) = expected {
                let changes = office.changes(&import);
                let ending = format!("-> {value:?}");
                assert!(changes[0].ends_with(&ending), "{typed} {others:?}: {changes:?}");
            }
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}

/// Two values that look alike are one, whatever of those that nobody sees stands in them.
#[test]
fn values_that_differ_by_what_nobody_sees_are_one() {
    on_both(|app| {
        let mut office = Office::new(app);
        let field = Field { unique: true, ..Field::new(FieldNumber(0), "locker", "Locker", Kind::Text) };
        let saved = app.store.save_field(office.account.id, &field, "test", app.clock.now());
        saved.expect("the store").expect("saved");
        office.fields = app.store.fields(office.account.id).expect("fields");
        office.edit(0, "locker", "A1");
        for unseen in
            ['\u{3164}', '\u{115f}', '\u{ffa0}', '\u{206a}', '\u{e0041}', '\u{fe0f}', '\u{180e}', '\u{34f}']
        {
            let sheet = office.csv().with(1, "locker", &format!("A{unseen}1"));
            let import = office.upload(sheet.text().as_bytes());
            assert_eq!(
                office.issues(&import),
                [format!("{} not_unique", sheet.name(1, "locker"))],
                "{unseen:?}"
            );
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
        let import = office.import(&office.csv().with(1, "locker", "B\u{3164}2"));
        assert_eq!((import.state, office.value(1, "locker").as_deref()), (ImportState::Done, Some("B2")));
    });
}

/// A workbook that says that its dates count from 1904, and whose numbers don't: they are what they were, and the one edit is read like them.
#[test]
fn the_epoch_that_a_workbook_names_is_doubted_where_its_dates_prove_another() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.crowd(8, &[("start_date", &|number| format!("2019-{:02}-{:02}", 1 + number, 10 + number))]);
        let date = r#"{"setDate": "2021-03-04", "key": "start_date", "row": 12}"#;
        let Some(column) = office.csv().0[1].iter().position(|key| key == "start_date") else { return };
        let place = workbook::Position { row: 12, column: column as u32 + 1 };
        let date = date.replace(
            "2021-03-04\", \"key\": \"start_date\", \"row\": 12",
            &format!("{place}\", \"value\": \"2021-03-04\""),
        );
        for (steps, edits) in
            [(r#"[{"mark1904": true}]"#.to_owned(), 0), (format!(r#"[{date}, {{"mark1904": true}}]"#), 1)]
        {
            let sent = Sent::new(&office.download(Format::Xlsx), "xlsx");
            let Some(bytes) = sent.edited(&steps).map(|sent| sent.bytes()) else { return };
            let import = office.upload(&bytes);
            let changes = office.changes(&import);
            assert_eq!((import.counts.errors, changes.len()), (0, edits), "{changes:?}");
            assert!(changes.iter().all(|change| change.ends_with(r#"-> "2021-03-04""#)), "{changes:?}");
            if import.state == ImportState::Review {
                import::cancel(app, office.account.id, import.id).expect("the store");
            }
        }
    });
}

/// In a text column a number is what its format shows, where that rounds nothing away; in a column of numbers it is itself.
#[test]
fn a_number_in_a_text_column_is_as_it_is_shown() {
    on_sqlite(|app| {
        let mut office = Office::new(app);
        let field = Field::new(FieldNumber(0), "hours", "Hours", Kind::Number);
        let saved = app.store.save_field(office.account.id, &field, "test", app.clock.now());
        saved.expect("the store").expect("saved");
        office.fields = app.store.fields(office.account.id).expect("fields");
        office.crowd(8, &[]);
        let cases = [
            ("1.1", "0.00", "1.10", "1.1"),
            ("2", "0.0", "2.0", "2"),
            ("0.75", "0%", "75%", "0.75"),
            ("12.5", "\\\"£\\\"0.00", "£12.50", "12.5"),
            ("0.756", "0%", "0.756", "0.756"),
            ("12.345", "0.00", "12.345", "12.345"),
            ("1234", "#,##0", "1234", "1234"),
            ("12.5", "General", "12.5", "12.5"),
        ];
        let step = |(row, (value, format, ..)): (usize, &(&str, &str, &str, &str))| {
            let cell = |key: &str| {
                format!(r#"{{"key": "{key}", "row": {}, "value": {value}, "format": "{format}"}}"#, row + 3)
            };
            [cell("job_title"), cell("hours")].join(", ")
        };
        let steps: Vec<String> = cases.iter().enumerate().map(step).collect();
        for (place, bytes) in books(&office, &format!("[{}]", steps.join(", "))).iter().enumerate() {
            let import = office.upload(bytes);
            let changes = office.changes(&import);
            let expected = cases.iter().flat_map(|(.., text, number)| [text, number]);
            let expected: Vec<String> = expected.map(|value| format!("-> {value:?}")).collect();
            assert_eq!(changes.len(), expected.len(), "{place}: {:?}", office.issues(&import));
            for (change, expected) in changes.iter().zip(&expected) {
                assert!(change.ends_with(expected), "{place}: {change} {expected}");
            }
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}

/// Bytes that may be one letter or another, where no cell of the file proves which: a question, and nothing is written before its answer.
#[test]
fn letters_that_were_guessed_are_asked_about() {
    on_both(|app| {
        let office = Office::new(app);
        for (name, charset, asked) in [
            ("Müller", Charset::Windows1252, true),
            ("Müller", Charset::MacRoman, true),
            ("Müller", Charset::Dos850, true),
            ("Müller", Charset::Utf8, false),
            ("Miller", Charset::Windows1252, false),
        ] {
            let sheet = office.csv().with(1, "last_name", name);
            let import = apply(&office, &charset.encode_lossy(&sheet.text()));
            let said = said(&office, &import);
            assert_eq!(said.iter().any(|said| said == "letters_guessed 1"), asked, "{charset:?}: {said:?}");
            assert_state(&import, if asked { ImportState::Review } else { ImportState::Done });
            if !asked {
                assert_eq!(office.value(1, "last_name").as_deref(), Some(name));
                office.undo(&import);
                continue;
            }
            assert_eq!(office.value(1, "last_name").as_deref(), Some("Rowe"), "{charset:?}");
            let about = [(Decision::LettersAreRight, None)];
            let turned = import::decide(app, office.account.id, import.id, &about, ANN).expect("kept");
            assert!(matches!(turned, import::Reread::Kept(_)), "{turned:?}");
            let decided = office.rest(import.id);
            assert_eq!((decided.counts.questions, decided.counts.cells_to_edit), (0, 1), "{charset:?}");
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}
