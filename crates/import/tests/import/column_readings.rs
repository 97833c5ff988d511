//! What a text means is decided by the download: the order of dates, the mark of numbers, the time zone through which dates went.

use ::import::Target;
use ::store::{FixKind, ImportState};
use directory::{Field, FieldNumber, Kind, Place, standard};
use ground::Ground;
use ground::office::{Office, Sheet, assert_state};
use ground::on_both;
use workbook::Charset;

const HOURS: FieldNumber = standard::FIRST_CUSTOM;

/// An account with twelve users more, who began on many days.
fn staffed(app: &Ground) -> (Office<'_>, Sheet) {
    let mut office = Office::new(app);
    let start = |number: usize| format!("2019-{:02}-{:02}", 1 + number % 12, 1 + (number * 7) % 28);
    office.crowd(12, &[("start_date", &start)]);
    let sheet = office.csv();
    (office, sheet)
}

/// The sheet with its dates written in another way, and one of them, the last user's, edited.
fn written(sheet: &Sheet, edited: &str, write: impl Fn(&str, &str, &str) -> String) -> Sheet {
    let mut sheet = sheet.clone();
    let column = sheet.column("start_date");
    for row in &mut sheet.0[2..] {
        let parts: Vec<&str> = row[column].split('-').collect();
        if let [year, month, day] = parts[..] {
            row[column] = write(year, month, day);
        }
    }
    let last = sheet.0.len() - 3;
    *sheet.cell(last, "start_date") = edited.to_owned();
    sheet
}

fn plain(number: &str) -> &str {
    number.trim_start_matches('0')
}

fn us(year: &str, month: &str, day: &str) -> String {
    format!("{}/{}/{year}", plain(month), plain(day))
}

#[test]
fn an_edited_date_is_read_as_those_around_it() {
    on_both(|app| {
        let (office, sheet) = staffed(app);
        let user = sheet.0.len() - 3;
        for (write, edited, expected) in [
            (us as fn(&str, &str, &str) -> String, "3/4/2021", "2021-03-04"),
            (|year, month, day| format!("{day}.{month}.{year}"), "03.04.2021", "2021-04-03"),
            (
                |year, month, day| format!("{year}-{month}-{day}T21:00:00"),
                "2021-03-03T21:00:00",
                "2021-03-04",
            ),
            (
                |year, month, day| format!("{year}-{month}-{day}T02:00:00Z"),
                "2021-03-04T02:00:00Z",
                "2021-03-04",
            ),
        ] {
            let shifts_back = edited.contains("T21");
            let text = written(&sheet, edited, |year, month, day| {
                // The evening before, as a zone three hours west of here has it.
                let day = if shifts_back {
                    format!("{:02}", day.parse::<u32>().expect("a day") - 1)
                } else {
                    day.to_owned()
                };
                if day == "00" { format!("{year}-{month}-01") } else { write(year, month, &day) }
            });
            let import = office.upload(text.text().as_bytes());
            let changes = office.changes(&import);
            let expected = format!("-> {expected:?}");
            assert!(changes.len() == 1 && changes[0].ends_with(&expected), "{edited}: {changes:?}");
            assert!(::import::cancel(app, office.account.id, import.id).expect("the store"), "{user}");
        }
    });
}

#[test]
fn an_unproved_date_is_ambiguous_where_cells_prove_both_orders() {
    on_both(|app| {
        let (office, sheet) = staffed(app);
        let mut text = written(&sheet, "3/4/2021", us);
        let last = text.0.len() - 3;
        *text.cell(last - 1, "start_date") = "25/12/2020".to_owned();
        let import = office.upload(text.text().as_bytes());
        assert_state(&import, ImportState::Review);
        assert_eq!(office.issues(&import), [format!("{} ambiguous_date", text.name(last, "start_date"))]);
    });
}

#[test]
fn a_new_users_date_is_read_as_those_of_the_others() {
    on_both(|app| {
        let (office, sheet) = staffed(app);
        let mut text = written(&sheet, "", us);
        let last = text.0.len() - 3;
        let column = text.column("user_id");
        text.0[last + 2][column] = String::new();
        for (key, value) in [
            ("first_name", "Nia"),
            ("last_name", "New"),
            ("email", "nia@acme.example"),
            ("username", ""),
            ("start_date", "3/4/2021"),
        ] {
            *text.cell(last, key) = value.to_owned();
        }
        let import = office.upload(text.text().as_bytes());
        let created = office.fix(&import, Target::RowsWithoutId, FixKind::Create);
        assert_eq!(created.counts.users_to_create, 1, "{:?}", office.issues(&created));
        let cells =
            app.store.plan_row(office.account.id, import.id, Place::Row { file: 1, row: last as u32 + 3 });
        let cells = cells.expect("the plan");
        let date = cells.iter().find(|cell| cell.field == standard::START_DATE).expect("a date");
        assert_eq!(date.mine.as_deref(), Some("2021-03-04"));
    });
}

#[test]
fn an_edited_number_is_read_by_the_mark_of_those_around_it() {
    on_both(|app| {
        let mut office = Office::new(app);
        let field = Field::new(HOURS, "hours_worked", "Hours worked", Kind::Number);
        let saved = app.store.save_field(office.account.id, &field, "test", app.clock.now());
        saved.expect("the store").expect("saved");
        office.fields = office.app.store.fields(office.account.id).expect("fields");
        let hours = |number: usize| format!("{}.5", 1200 + number);
        office.crowd(8, &[("hours_worked", &hours)]);
        let mut sheet = office.csv();
        let column = sheet.column("hours_worked");
        for row in &mut sheet.0[2..] {
            row[column] = match row[column].split_once('.') {
                Some((whole, fraction)) => format!("{}.{},{fraction}", &whole[..1], &whole[1..]),
                None => String::new(),
            };
        }
        let last = sheet.0.len() - 3;
        *sheet.cell(last, "hours_worked") = "1.500".to_owned();
        let text: Vec<String> = sheet.0.iter().map(|row| row.join(";")).collect();
        let changes = office.changes(&office.upload(text.join("\r\n").as_bytes()));
        assert!(changes.len() == 1 && changes[0].ends_with(r#"-> "1500""#), "{changes:?}");
    });
}

/// Names that tell character sets apart, and the edit of one of them in the same file.
#[test]
fn a_file_is_in_the_character_set_in_which_its_names_are_what_they_were() {
    on_both(|app| {
        let mut office = Office::new(app);
        let names = ["Zoë", "José", "Françoise", "Åse", "Müller", "Peña"];
        office.crowd(names.len(), &[("job_title", &|number| names[number].to_owned())]);
        for charset in
            [Charset::MacRoman, Charset::Dos850, Charset::Windows1252, Charset::Dos437, Charset::Utf8]
        {
            for users in [1, 2, names.len()] {
                let mut sheet = office.csv();
                let last = sheet.0.len() - 3;
                sheet.0.drain(2..=last + 2 - users);
                *sheet.cell(users - 1, "first_name") = "Renée".to_owned();
                let import = office.upload(&charset.encode_lossy(&sheet.text()));
                let changes = office.changes(&import);
                assert!(
                    changes.len() == 1 && changes[0].ends_with(r#"-> "Renée""#),
                    "{charset:?} {users}: {changes:?} {:?}",
                    office.issues(&import)
                );
            }
        }
    });
}

/// Values full of other separators, and marks as other programs escape them: the row of keys and the marks themselves tell.
#[test]
fn what_parts_the_fields_is_told_by_the_row_of_keys() {
    on_both(|app| {
        let mut office = Office::new(app);
        let nasty = |number: usize| format!("a; b\t{number};\tc|d");
        office.crowd(40, &[("job_title", &nasty)]);
        let rows = csv_of(&office);
        for (separator, unquoted) in [(",", 0), (";", 0), ("\t", 0), ("|", 0), (",", 12), (",", 30)] {
            let text: String = rows
                .iter()
                .enumerate()
                .map(|(at, row)| {
                    // Lines with a comma too many, which a program left without marks.
                    let extra = if at >= 2 && at < 2 + unquoted {
                        format!("{separator}x{at}")
                    } else {
                        String::new()
                    };
                    row.iter().map(|cell| quoted(cell, separator)).collect::<Vec<_>>().join(separator)
                        + &extra
                        + "\r\n"
                })
                .collect();
            let import = office.upload(text.as_bytes());
            assert!(import.failure.is_none(), "{separator:?}: {:?}", import.failure);
            assert_eq!((import.counts.rows, office.changes(&import).len()), (46, 0), "{separator:?}");
            assert_eq!(office.issues(&import), [""; 0], "{separator:?}");
            let said = ::import::warnings(app, &import).expect("warnings");
            let guessed = said.iter().any(|(warning, _)| warning.code.word() == "text_guessed");
            assert_eq!(guessed, separator != "," || unquoted > 0, "{separator:?} {unquoted}");
        }
    });
}

#[test]
fn marks_behind_backslashes_are_read_as_what_they_were() {
    on_both(|app| {
        let mut office = Office::new(app);
        let quoting = |number: usize| format!("the \"{number}\" of, all");
        office.crowd(12, &[("job_title", &quoting)]);
        let mut rows = csv_of(&office);
        let column = rows[1].iter().position(|key| key.starts_with("job_title")).expect("the column");
        let last = rows.len() - 1;
        rows[last][column] = "Head of \"Ops\"".to_owned();
        for escape in ["\"\"", "\\\""] {
            let line = |row: &Vec<String>| {
                let cells = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', escape)));
                cells.collect::<Vec<_>>().join(",") + "\n"
            };
            let import = office.upload(rows.iter().map(line).collect::<String>().as_bytes());
            let changes = office.changes(&import);
            let expected = format!("-> {:?}", "Head of \"Ops\"");
            assert!(changes.len() == 1 && changes[0].ends_with(&expected), "{escape}: {changes:?}");
            assert_eq!(import.counts.errors, 0, "{escape}");
            assert!(::import::cancel(app, office.account.id, import.id).expect("the store"));
        }
    });
}

/// The download as csv, field by field.
fn csv_of(office: &Office<'_>) -> Vec<Vec<String>> {
    let bytes = office.download(workbook::Format::Csv);
    let mut book = workbook::Book::open(Box::new(std::io::Cursor::new(bytes)), &workbook::Limits::default())
        .expect("a csv file");
    let (mut rows, mut batch, mut all) = (book.rows(0).expect("a sheet"), workbook::Batch::new(), Vec::new());
    while rows.fill(&mut batch, 1_000).expect("rows") {
        for row in batch.iter() {
            let mut cells = vec![String::new(); row.width().unwrap_or_default() as usize];
            row.cells().for_each(|cell| cells[cell.position.column as usize - 1] = cell.raw.to_owned());
            all.push(cells);
        }
    }
    all
}

fn quoted(cell: &str, separator: &str) -> String {
    match cell.contains(separator) || cell.contains('"') {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    }
}
