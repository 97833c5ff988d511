//! Workbooks as people send them: edited by openpyxl, saved again by LibreOffice, neither of which shares a line of code with Muster.
//! Where a program is missing the test says so and passes, unless `MUSTER_TESTS=all` asks for every test.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::Command;

use ::import::{self, DownloadChoice};
use ::store::{Complete, ImportState};
use workbook::{Batch, Book, Format, Limits};

use ground::office::{ANN, Office, assert_state};
use ground::on_sqlite;

/// A file in a folder of its own, on its way through other programs.
pub(super) struct Sent {
    folder: tempfile::TempDir,
    path: PathBuf,
}

impl Sent {
    pub(super) fn new(bytes: &[u8], ending: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join(format!("users.{ending}"));
        std::fs::write(&path, bytes).expect("written");
        Self { folder, path }
    }

    /// Edits the sheet Users by the steps that e2e/workbooks.py describes, and saves as openpyxl does.
    pub(super) fn edited(self, steps: &str) -> Option<Self> {
        let python = std::env::var("MUSTER_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../e2e/workbooks.py");
        let command = Command::new(python).arg(script).arg("edit").arg(&self.path).arg(steps).output();
        ran(command, "openpyxl")?;
        Some(self)
    }

    /// Opens and saves the file with LibreOffice.
    pub(super) fn saved_again(self, ending: &str) -> Option<Self> {
        let office = std::env::var("MUSTER_SOFFICE").unwrap_or_else(|_| "soffice".to_owned());
        let profile =
            format!("-env:UserInstallation=file://{}", self.folder.path().join("profile").display());
        let out = self.folder.path().join("out");
        let filter = if ending == "csv" {
            "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true".to_owned()
        } else {
            ending.to_owned()
        };
        let mut command = Command::new(office);
        command
            .arg(profile)
            .args(["--headless", "--convert-to", &filter, "--outdir"])
            .arg(&out)
            .arg(&self.path);
        ran(command.output(), "LibreOffice")?;
        let path = out.join(format!("users.{ending}"));
        Some(Self { folder: self.folder, path })
    }

    /// Opens and saves the file with Gnumeric.
    pub(super) fn through_gnumeric(self, ending: &str) -> Option<Self> {
        let program = std::env::var("MUSTER_SSCONVERT").unwrap_or_else(|_| "ssconvert".to_owned());
        let path = self.folder.path().join(format!("gnumeric.{ending}"));
        ran(Command::new(program).arg(&self.path).arg(&path).output(), "Gnumeric")?;
        Some(Self { folder: self.folder, path })
    }

    pub(super) fn bytes(&self) -> Vec<u8> {
        std::fs::read(&self.path).expect("the file")
    }
}

/// None, with a line that says so, when the program is not there and need not be.
pub(crate) fn ran(output: std::io::Result<std::process::Output>, program: &str) -> Option<()> {
    let output = output.map_err(|error| error.to_string()).and_then(|output| {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(()) } else { Err(said) }
    });
    match output {
        Ok(()) => Some(()),
        Err(why) if std::env::var("MUSTER_TESTS").is_ok_and(|which| which == "all") => {
            panic!("{program}: {why}")
        }
        Err(why) => {
            println!("skipped: {program} does not run here: {}", why.lines().last().unwrap_or_default());
            None
        }
    }
}

#[test]
fn unchanged_workbooks_give_nothing_through_other_programs() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let sent = |format, ending| Sent::new(&office.download(format), ending);
        let ways: [(&str, Option<Sent>); 5] = [
            ("openpyxl", sent(Format::Xlsx, "xlsx").edited("[]")),
            ("LibreOffice", sent(Format::Xlsx, "xlsx").saved_again("xlsx")),
            ("LibreOffice to ods", sent(Format::Xlsx, "xlsx").saved_again("ods")),
            ("LibreOffice to csv", sent(Format::Xlsx, "xlsx").saved_again("csv")),
            ("ods through LibreOffice", sent(Format::Ods, "ods").saved_again("ods")),
        ];
        for (way, file) in ways {
            let Some(file) = file else { continue };
            let import = office.upload(&file.bytes());
            assert_state(&import, ImportState::Done);
            assert_eq!((import.counts.rows, import.counts.cells_to_edit), (6, 0), "{way}");
        }
    });
}

/// What a person does to a workbook in an afternoon. The columns: A User ID, B first name, C last name, D email, ...
const AFTERNOON: &str = r#"[
    {"key": "first_name", "row": 3, "value": "Adah"},
    {"key": "department", "row": 4, "value": "Sales"},
    {"key": "start_date", "row": 5, "value": "2026-01-31"},
    {"key": "notes", "row": 6, "value": "0012"},
    {"deleteRow": 8},
    {"moveColumn": "D", "before": "B"},
    {"deleteColumn": "F"},
    {"insertColumn": "C", "title": "Our own", "value": "seen"},
    {"sortRowsBy": "last_name", "descending": true},
    {"filter": "department", "value": "Sales"},
    {"sheetInFront": "Notes"}
]"#;

#[test]
fn an_afternoon_of_edits_comes_to_just_these_changes() {
    on_sqlite(|app| {
        let office = Office::new(app);
        for through_libreoffice in [false, true] {
            let sent = Sent::new(&office.download(Format::Xlsx), "xlsx").edited(AFTERNOON);
            let sent =
                if through_libreoffice { sent.and_then(|sent| sent.saved_again("xlsx")) } else { sent };
            let Some(sent) = sent else { continue };
            let import = office.upload(&sent.bytes());
            assert_state(&import, ImportState::Review);
            assert_eq!(office.issues(&import), [""; 0]);
            let expected = [
                r#"Ada Quill: First name "Ada" -> "Adah""#,
                r#"Bo Rowe: Department "Finance" -> "Sales""#,
                r#"Cleo Salt: Start date "2024-03-05" -> "2026-01-31""#,
                r#"Dai Thorne: Notes "" -> "0012""#,
            ];
            assert_eq!(office.changes(&import), expected, "through LibreOffice: {through_libreoffice}");
            let codes: Vec<&str> = import::warnings(app, &import)
                .expect("warnings")
                .iter()
                .map(|(warning, _)| warning.code.word())
                .collect();
            assert_eq!(
                codes,
                ["header_unknown", "hidden_rows", "sheet_unread"],
                "their own column and sheet, and what the filter hides"
            );
        }
    });
}

#[test]
fn a_workbook_whose_column_a_was_sorted_alone_is_refused() {
    on_sqlite(|app| {
        let office = Office::new(app);
        // What sorting column A without its rows comes to: every row has the ID of the next one.
        let set =
            |row: usize| format!(r#"{{"set": "A{}", "value": "{}"}}"#, row + 3, office.ids[(row + 1) % 6]);
        let steps = format!("[{}]", (0..6).map(set).collect::<Vec<_>>().join(", "));
        let Some(sent) = Sent::new(&office.download(Format::Xlsx), "xlsx").edited(&steps) else { return };
        let import = office.upload_by(&sent.bytes(), ANN, Complete::WhenClean);
        assert_eq!(office.issues(&import), ["rows_out_of_line"]);
    });
}

/// The first cell of the sheet behind that of the users.
fn first_instruction(bytes: Vec<u8>) -> String {
    let mut book = Book::open(Box::new(Cursor::new(bytes)), &Limits::default()).expect("a book");
    let mut batch = Batch::new();
    book.rows(1).expect("a second sheet").fill(&mut batch, 1).expect("a row");
    let row = batch.iter().next().expect("a row");
    row.cells().next().expect("a cell").shown().into_owned()
}

#[test]
fn a_template_tells_how_to_create_and_a_download_how_to_edit() {
    on_sqlite(|app| {
        let office = Office::new(app);
        for format in [Format::Xlsx, Format::Ods] {
            let mut template = Vec::new();
            import::download(app, office.account.id, &DownloadChoice::new_users(format), &mut template)
                .expect("downloaded");
            assert_eq!(first_instruction(template), "How to create users with this workbook");
            assert_eq!(first_instruction(office.download(format)), "How to edit users with this workbook");
        }
    });
}
