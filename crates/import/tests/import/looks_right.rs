//! Files that look right and are wrong, made as people make them: in a spreadsheet program, with formulas, filters and pasted blanks.

use ::import;
use ::store::{Complete, ImportState};
use directory::Code;
use ground::Ground;
use workbook::Format;

use super::workbooks::Sent;
use ground::office::{ANN, Office, Sheet, assert_state};
use ground::{on_both, on_sqlite};

/// The warnings of an import that has been reviewed: `many_zeros 6`.
fn warnings(app: &Ground, import: &::store::Import) -> Vec<String> {
    let warnings = import::warnings(app, import).expect("warnings");
    warnings.iter().map(|(warning, _)| format!("{} {}", warning.code.word(), warning.cells)).collect()
}

/// A formula that looks up what is not there: Excel and LibreOffice keep 0 for a reference to an empty cell.
const LOOKED_UP: &str = r#"[
    {"key": "notes", "row": 3, "value": "=INDEX(Z1:Z9,3)"}, {"key": "notes", "row": 4, "value": "=INDEX(Z1:Z9,4)"},
    {"key": "notes", "row": 5, "value": "=INDEX(Z1:Z9,5)"}, {"key": "notes", "row": 6, "value": "=INDEX(Z1:Z9,6)"},
    {"key": "job_title", "row": 7, "value": "=\"Lead \"&B7"}, {"key": "job_title", "row": 8, "value": "=1/0"}
]"#;

#[test]
fn formulas_count_by_their_results_and_zeros_in_place_of_nothing_are_asked_about() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let sent = || Sent::new(&office.download(Format::Xlsx), "xlsx").edited(LOOKED_UP);
        // A program that writes formulas without their results, as scripts do.
        let Some(script) = sent() else { return };
        let import = office.upload(&script.bytes());
        assert_eq!(import.counts.errors, 6, "each formula has no result: {:?}", office.issues(&import));
        let Some(saved) = sent().and_then(|sent| sent.saved_again("xlsx")) else { return };
        let import = office.upload(&saved.bytes());
        assert_eq!(warnings(app, &import), ["many_zeros 4"]);
        let errors = office.issues(&import);
        assert!(errors.len() == 1 && errors[0].ends_with(Code::FormulaError.word()), "{errors:?}");
        assert!(office.changes(&import).contains(&r#"Ede Ustinov: Job title "" -> "Lead Ede""#.to_owned()));
    });
}

#[test]
fn a_formula_left_as_text_is_an_error_and_not_a_value() {
    on_both(|app| {
        let office = Office::new(app);
        for text in ["=VLOOKUP(A3;Staff!A:C;3;0)", " =B3&C3", "=SUMME(1;2)"] {
            let sheet = office.csv().with(0, "notes", text);
            let name = sheet.name(0, "notes");
            let import = office.upload(sheet.text().as_bytes());
            assert_eq!(office.issues(&import), [format!("{name} formula_as_text")], "{text}");
            assert!(import::cancel(app, office.account.id, import.id).expect("the store"));
        }
    });
}

/// An account with forty users more than the office has.
fn crowded(app: &Ground) -> (Office<'_>, Sheet) {
    let mut office = Office::new(app);
    let names: Vec<String> = (1..=40).map(|number| format!("Gil{number}")).collect();
    let emails: Vec<String> = names.iter().map(|name| format!("{name}@acme.example")).collect();
    let people: Vec<_> =
        names.iter().zip(&emails).map(|(name, email)| [name, "Young", email, "", ""]).collect();
    office.hire(&people, "acme");
    let sheet = office.csv();
    (office, sheet)
}

#[test]
fn a_file_that_hits_twenty_users_is_looked_at_first() {
    on_both(|app| {
        let (office, sheet) = crowded(app);
        let users = sheet.0.len() - 2;
        assert_eq!(users, 46);
        let status = sheet.column("status");
        let inactive = |count: usize| {
            let mut sheet = sheet.clone();
            sheet.0[2..2 + count].iter_mut().for_each(|row| row[status] = "Inactive".to_owned());
            sheet.text().into_bytes()
        };
        for (count, complete, state) in [
            (19, Complete::WhenClean, ImportState::Done),
            // Twenty more.
            (39, Complete::WhenClean, ImportState::Review),
            (users, Complete::WhenClean, ImportState::Review),
            (users, Complete::WhenCleanLarge, ImportState::Done),
        ] {
            let import = office.upload_by(&inactive(count), ANN, complete);
            assert_state(&import, state);
            if state == ImportState::Review {
                assert!(import::cancel(app, office.account.id, import.id).expect("the store"));
            }
        }
    });
}
