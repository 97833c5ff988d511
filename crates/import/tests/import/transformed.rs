//! Columns in which a program changed every value in one and the same way: told, never completed by themselves, kept or meant by one click.

use ::import;
use ::store::{Complete, ImportState};
use directory::Decision;
use ground::Ground;
use ground::office::{ANN, Office, Sheet, assert_state};
use ground::on_both;

/// An account with twelve users more, with titles and start dates of their own.
fn staffed(app: &Ground) -> (Office<'_>, Sheet) {
    let mut office = Office::new(app);
    let title = |number: usize| format!("Clerk {}", char::from(b'a' + number as u8));
    let start = |number: usize| format!("20{:02}-0{}-1{}", number, 1 + number % 9, number % 9);
    office.crowd(12, &[("job_title", &title), ("start_date", &start)]);
    let sheet = office.csv();
    (office, sheet)
}

/// The users whose cell in a column is not empty.
fn filled(sheet: &Sheet, key: &str) -> Vec<usize> {
    let column = sheet.column(key);
    (0..sheet.0.len() - 2).filter(|user| !sheet.0[user + 2][column].is_empty()).collect()
}

fn with_all(sheet: &Sheet, key: &str, change: impl Fn(&str) -> String) -> Sheet {
    let mut changed = sheet.clone();
    for user in filled(sheet, key) {
        let cell = changed.cell(user, key);
        *cell = change(cell);
    }
    changed
}

fn a_year_later(date: &str) -> String {
    let year: i32 = date[..4].parse().expect("a year");
    format!("{:04}{}", year + 1, &date[4..])
}

fn warnings(app: &Ground, import: &::store::Import) -> Vec<String> {
    import::warnings(app, import).expect("warnings").into_iter().map(|(_, sentence)| sentence).collect()
}

#[test]
fn one_step_in_a_whole_column_waits_for_a_person() {
    on_both(|app| {
        let (office, sheet) = staffed(app);
        for (key, change) in [
            ("job_title", (|text: &str| text.to_uppercase()) as fn(&str) -> String),
            ("job_title", |text| format!("EMP {text}")),
            ("start_date", a_year_later),
        ] {
            let file = with_all(&sheet, key, change).text().into_bytes();
            let import = office.upload_by(&file, ANN, Complete::WhenClean);
            assert_state(&import, ImportState::Review);
            let said = warnings(app, &import);
            assert!(said.iter().any(|said| said.contains("in one and the same way")), "{key}: {said:?}");
            assert!(import::cancel(app, office.account.id, import.id).expect("the store"));
        }
        let file = with_all(&sheet, "job_title", str::to_uppercase).text().into_bytes();
        let import = office.upload_by(&file, ANN, Complete::WhenCleanLarge);
        assert_state(&import, ImportState::Done);
    });
}

/// The cells of a column, those of other rows.
fn moved(sheet: &Sheet, key: &str, order: impl Fn(Vec<String>) -> Vec<String>) -> Sheet {
    let (mut changed, users) = (sheet.clone(), filled(sheet, key));
    let cells = order(users.iter().map(|user| sheet.0[user + 2][sheet.column(key)].clone()).collect());
    for (user, cell) in users.into_iter().zip(cells) {
        *changed.cell(user, key) = cell;
    }
    changed
}

#[test]
fn values_in_other_rows_wait_for_a_person() {
    let by_one = |mut cells: Vec<String>| {
        cells.rotate_left(1);
        cells
    };
    let down = |mut cells: Vec<String>| {
        cells.rotate_right(1);
        cells[0].clear();
        cells
    };
    let reversed = |cells: Vec<String>| cells.into_iter().rev().collect::<Vec<_>>();
    on_both(|app| {
        let (office, sheet) = staffed(app);
        for (key, order) in [
            ("job_title", by_one as fn(Vec<String>) -> Vec<String>),
            ("start_date", down),
            ("start_date", reversed),
            ("email", by_one),
        ] {
            let file = moved(&sheet, key, order).text().into_bytes();
            let import = office.upload_by(&file, ANN, Complete::WhenClean);
            assert_state(&import, ImportState::Review);
            let said = warnings(app, &import);
            assert!(said.iter().any(|said| said.contains("other rows")), "{key}: {said:?}");
            let about = [(Decision::KeepBefore, Some(key.to_owned()))];
            import::decide(app, office.account.id, import.id, &about, ANN).expect("the store");
            let kept = office.rest(import.id);
            assert_eq!(kept.counts.cells_to_edit, 0, "{key}: {:?}", office.changes(&kept));
            assert!(import::cancel(app, office.account.id, import.id).expect("the store"));
        }
        let mut file = moved(&sheet, "job_title", by_one);
        let edited = filled(&sheet, "job_title")[3];
        *file.cell(edited, "job_title") = "Dean".to_owned();
        let import = office.upload(file.text().as_bytes());
        let about = [(Decision::KeepBefore, Some("job_title".to_owned()))];
        import::decide(app, office.account.id, import.id, &about, ANN).expect("the store");
        let kept = office.rest(import.id);
        assert_eq!(kept.counts.cells_to_edit, 1, "an edit is none: {:?}", office.changes(&kept));
        assert!(import::cancel(app, office.account.id, import.id).expect("the store"));
        let file = moved(&sheet, "job_title", by_one).text().into_bytes();
        assert_state(&office.upload_by(&file, ANN, Complete::WhenCleanLarge), ImportState::Done);
    });
}

#[test]
fn one_new_value_for_many_completes() {
    on_both(|app| {
        let (office, sheet) = staffed(app);
        let file = with_all(&sheet, "job_title", |_| "Registrar".to_owned()).text().into_bytes();
        assert_state(&office.upload_by(&file, ANN, Complete::WhenClean), ImportState::Done);
    });
}

#[test]
fn old_values_are_kept_and_other_edits_are_made() {
    on_both(|app| {
        let (office, sheet) = staffed(app);
        let users = filled(&sheet, "start_date");
        let edited = users[1];
        let mut file = with_all(&sheet, "start_date", a_year_later);
        *file.cell(edited, "start_date") = "1999-09-09".to_owned();
        *file.cell(edited, "job_title") = "Dean".to_owned();
        let import = office.upload(file.text().as_bytes());
        assert_eq!(import.counts.cells_to_edit, users.len() as i64 + 1);
        let decide = |decision| {
            let about = [(decision, Some("start_date".to_owned()))];
            import::decide(app, office.account.id, import.id, &about, ANN).expect("the store");
            office.rest(import.id)
        };
        let kept = decide(Decision::KeepBefore);
        assert_state(&kept, ImportState::Review);
        assert_eq!(kept.counts.cells_to_edit, 2, "{:?}", office.changes(&kept));
        assert!(warnings(app, &kept).is_empty(), "{:?}", warnings(app, &kept));
        import::turn_fixes(app, office.account.id, import.id, ::store::Turn::Undo).expect("the store");
        let undone = office.rest(import.id);
        assert_eq!(undone.counts.cells_to_edit, users.len() as i64 + 1);
        let meant = decide(Decision::StepMeant);
        assert!(warnings(app, &meant).is_empty(), "{:?}", warnings(app, &meant));
        assert_eq!(meant.counts.cells_to_edit, users.len() as i64 + 1);
        assert_state(&office.complete(&meant), ImportState::Done);
    });
}
