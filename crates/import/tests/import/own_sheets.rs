//! What lies beside the users in a file: the sheets that Muster wrote itself, comments, columns without a name. It is counted, and told
//! only where people may have meant it to be read.

use ::import;
use ::store::{Import, ImportState};
use directory::Reason;
use sentences::{Language, speaking};
use workbook::{Book, Format, Limits};

use super::workbooks::Sent;
use ground::office::{Office, assert_state};
use ground::on_sqlite;

/// The sentences of review besides errors, with how many cells each is about.
fn told(office: &Office<'_>, import: &Import) -> Vec<(i64, String)> {
    let warnings = import::warnings(office.app, import).expect("warnings");
    warnings.into_iter().map(|(warning, sentence)| (warning.cells, sentence)).collect()
}

/// How many cells are not read for a reason.
fn unread(import: &Import, reason: Reason) -> i64 {
    let of_reason = import.accounted.unread.iter().filter(|unread| unread.reason == reason);
    of_reason.map(|unread| unread.cells).sum()
}

/// A report on a file with one problem.
fn report(office: &Office<'_>, format: Format) -> Vec<u8> {
    let import = office.upload(office.csv().with(0, "start_date", "soon").text().as_bytes());
    let mut report = Vec::new();
    import::report(office.app, &import, format, &mut report).expect("the report");
    report
}

/// A book as it is, and as other programs save it.
fn saved(bytes: &[u8], ending: &str) -> Vec<(&'static str, Vec<u8>)> {
    let sent = || Sent::new(bytes, ending);
    let ways = [
        ("as it is", Some(sent())),
        ("openpyxl", if ending == "xlsx" { sent().edited("[]") } else { None }),
        ("LibreOffice", sent().saved_again(ending)),
        ("Gnumeric", sent().through_gnumeric(if ending == "xlsx" { "ods" } else { "xlsx" })),
    ];
    ways.into_iter().filter_map(|(way, sent)| Some((way, sent?.bytes()))).collect()
}

/// Whatever Muster wrote and other programs saved: its own sheets are counted, and there is nothing to say of them.
#[test]
fn sheets_of_muster_are_counted_and_not_told() {
    on_sqlite(|app| {
        let office = Office::new(app);
        for (format, ending) in [(Format::Xlsx, "xlsx"), (Format::Ods, "ods")] {
            for bytes in [office.download(format), report(&office, format)] {
                for (way, bytes) in saved(&bytes, ending) {
                    let import = office.upload(&bytes);
                    assert_eq!(told(&office, &import), [], "{way} of {ending}");
                    let own = unread(&import, Reason::OwnSheet);
                    assert!(own > 20, "{way} of {ending}: {own}");
                    assert_eq!(
                        own + unread(&import, Reason::Headings),
                        import.counts.unread,
                        "{way} of {ending}"
                    );
                }
            }
        }
    });
}

/// What people type into a sheet of Muster is named with its place and its count, wherever it stands.
#[test]
fn what_people_type_into_a_sheet_of_muster_is_told() {
    let set = |name: &str, sheet: &str| {
        format!(r#"{{"set": "{name}", "value": "Clerk of the week", "in": "{sheet}"}}"#)
    };
    let far: Vec<String> = (60..63)
        .flat_map(|row| [("A", row), ("C", row)])
        .map(|(column, row)| set(&format!("{column}{row}"), "Instructions"))
        .collect();
    let sentence = |cells: i64, sheet: &str, first: &str| {
        let words = if cells == 1 { "cell that is" } else { "cells that are" };
        let rest =
            if cells == 1 { format!("{first}: it is") } else { format!("the first is {first}: they are") };
        (cells, format!("The sheet “{sheet}” has {cells} {words} not of Muster, {rest} not read."))
    };
    for (steps, expected) in [
        (vec![set("D4", "Instructions")], sentence(1, "Instructions", "D4")),
        // In place of a line, below the last one, a table of users far below.
        (vec![set("A3", "Instructions")], sentence(1, "Instructions", "A3")),
        (vec![set("A50", "Instructions")], sentence(1, "Instructions", "A50")),
        (far, sentence(6, "Instructions", "A60")),
        (vec![set("Z1", "Lists")], sentence(1, "Lists", "Z1")),
        (vec![set("A1", "Lists"), set("B40", "Lists")], sentence(2, "Lists", "A1")),
    ] {
        on_sqlite(|app| {
            let office = Office::new(app);
            let steps = format!("[{}]", steps.join(", "));
            let Some(sent) = Sent::new(&office.download(Format::Xlsx), "xlsx").edited(&steps) else { return };
            let xlsx = sent.bytes();
            // Of each sheet once in ods, too.
            let ods = if expected.0 > 1 { sent.saved_again("ods") } else { None };
            for bytes in [Some(xlsx), ods.map(|sent| sent.bytes())].into_iter().flatten() {
                let import = office.upload(&bytes);
                assert_state(&import, ImportState::Done);
                assert_eq!(told(&office, &import), std::slice::from_ref(&expected), "{steps}");
                assert_eq!(unread(&import, Reason::OwnSheetEdited), expected.0);
            }
        });
    }
}

/// A download of somebody who speaks German is called so on every sheet, and read like any other, whoever reads it; a sheet of Muster is
/// known by its stamp, whatever it is called.
#[test]
fn sheets_are_called_as_who_downloads_speaks_and_known_by_their_stamps() {
    on_sqlite(|app| {
        let office = Office::new(app);
        for (format, ending) in [(Format::Xlsx, "xlsx"), (Format::Ods, "ods")] {
            let german = speaking(Language::German, || office.download(format));
            let book = Book::open(Box::new(std::io::Cursor::new(german.clone())), &Limits::default())
                .expect("a book");
            let names: Vec<&str> = book.sheets().iter().map(|sheet| sheet.name.as_str()).collect();
            assert_eq!(names, ["Benutzer", "Anleitung", "Listen"], "{ending}");
            for (way, bytes) in saved(&german, ending) {
                let import = office.upload(&bytes);
                assert_state(&import, ImportState::Done);
                assert_eq!((import.counts.rows, import.counts.cells_to_edit), (6, 0), "{way} of {ending}");
                assert_eq!(told(&office, &import), [], "{way} of {ending}");
                assert!(unread(&import, Reason::OwnSheet) > 20, "{way} of {ending}");
            }
        }
        let typed = r#"{"set": "D4", "value": "x", "in": "Anleitung"}"#;
        let edited = r#"{"key": "first_name", "row": 3, "value": "Adah"}"#;
        let renamed = r#"{"rename": "Was zu tun ist", "in": "Anleitung"}"#;
        for (steps, edits, expected) in [
            (vec![edited], 1, vec![]),
            (vec![edited, typed], 1, vec!["D4"]),
            (vec![typed, renamed], 0, vec!["D4"]),
            (vec![renamed, edited], 1, vec![]),
            (vec![renamed, r#"{"rename": "Leute"}"#, r#"{"rename": "Auswahl", "in": "Listen"}"#], 0, vec![]),
        ] {
            let german = speaking(Language::German, || office.download(Format::Xlsx));
            let steps = format!("[{}]", steps.join(", "));
            let Some(sent) = Sent::new(&german, "xlsx").edited(&steps) else { return };
            let own = sent.bytes();
            for bytes in [Some(own), sent.saved_again("xlsx").map(|sent| sent.bytes())].into_iter().flatten()
            {
                let import = office.upload(&bytes);
                assert_eq!(import.counts.cells_to_edit, edits, "{steps}");
                let said = told(&office, &import);
                assert_eq!(said.len(), expected.len(), "{steps}: {said:?}");
                for (place, (_, sentence)) in expected.iter().zip(&said) {
                    assert!(sentence.contains(place), "{sentence}");
                }
            }
        }
    });
}

/// Downloads from before sheets had stamps: a sheet that looks as Muster wrote it has nothing to say, one that is merely called so has.
#[test]
fn older_downloads_have_sheets_without_stamps() {
    let beside = r#"{"set": "D4", "value": "x", "in": "Instructions"}"#;
    let renamed = r#"{"set": "A1", "value": "x", "in": "Own"}"#;
    for (steps, expected) in [
        (r#"{"dropStamps": true}"#.to_owned(), vec![]),
        (format!(r#"{{"dropStamps": true}}, {beside}"#), vec![1]),
        (
            format!(
                r#"{{"ownSheet": "Instructions for Bo"}}, {}"#,
                renamed.replace("Own", "Instructions for Bo")
            ),
            vec![1],
        ),
        (
            format!(r#"{{"ownSheet": "Lists of staff"}}, {}"#, renamed.replace("Own", "Lists of staff")),
            vec![1],
        ),
    ] {
        on_sqlite(|app| {
            let office = Office::new(app);
            let steps = format!("[{steps}]");
            let Some(sent) = Sent::new(&office.download(Format::Xlsx), "xlsx").edited(&steps) else { return };
            let import = office.upload(&sent.bytes());
            let cells: Vec<i64> = told(&office, &import).iter().map(|(cells, _)| *cells).collect();
            assert_eq!(cells, expected, "{steps}");
        });
    }
}

/// A comment or a picture is no cell: counted, and no word of it.
#[test]
fn comments_and_drawings_are_counted_and_not_told() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let steps = r#"[{"comment": "B3"}, {"comment": "C4"}, {"comment": "A1", "in": "Instructions"}, {"picture": "D4"}]"#;
        let Some(sent) = Sent::new(&office.download(Format::Xlsx), "xlsx").edited(steps) else { return };
        let xlsx = sent.bytes();
        let ods = sent.saved_again("ods").map(|sent| sent.bytes());
        for bytes in [Some(xlsx), ods].into_iter().flatten() {
            let import = office.upload(&bytes);
            assert_state(&import, ImportState::Done);
            assert_eq!((import.accounted.comments, import.accounted.drawings), (3, 1));
            assert_eq!(told(&office, &import), []);
        }
        let plain = office.upload(office.csv().text().as_bytes());
        assert_eq!((plain.accounted.comments, plain.accounted.drawings), (0, 0));
    });
}

/// A column that has neither a title nor a key, and cells beyond all columns that are read, are named too.
#[test]
fn cells_in_columns_without_a_name_are_told() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let mut sheet = office.csv();
        for (number, row) in sheet.0.iter_mut().enumerate() {
            row.insert(2, if number > 5 { "x".to_owned() } else { String::new() });
        }
        let import = office.upload(sheet.text().as_bytes());
        let ignored = "The column C is not one of the organisation’s fields, so its 2 cells are not read.";
        assert_eq!(told(&office, &import), [(2, ignored.to_owned())]);
        assert_eq!(unread(&import, Reason::ColumnWithoutKey), 2);
        let mut sheet = office.csv();
        sheet.0[4].resize(299, String::new());
        sheet.0[4].push("x".to_owned());
        let import = office.upload(sheet.text().as_bytes());
        let far = "1 cell right of the last key, far right, where nothing is read, is not read.";
        assert_eq!(told(&office, &import), [(1, far.to_owned())]);
        assert_eq!(unread(&import, Reason::CellsBeyondKeys), 1);
    });
}
