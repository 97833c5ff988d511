//! Files that are refused, and rows that are: each with its own sentence, and nothing is lost.

use ::import::{self, Fixed, Target};
use ::store::{FixKind, ImportState, PageStart};
use workbook::Format;

use ground::office::{ANN, Office, assert_state};
use ground::{on_both, on_sqlite};

#[test]
fn files_that_are_no_workbook_are_refused_with_a_sentence_each() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let picture = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0".to_vec();
        let locked = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), vec![0; 600]].concat();
        let headless = office.csv().0[2..].iter().map(|row| row.join(",") + "\r\n").collect::<String>();
        let cut = {
            let whole = office.download(Format::Xlsx);
            whole[..whole.len() / 2].to_vec()
        };
        let files: [(&[u8], &str); 5] = [
            (b"", "file_empty"),
            (&picture, "file_not_a_spreadsheet"),
            (&locked, "file_"),
            (headless.as_bytes(), "header_missing"),
            (&cut, "file_damaged"),
        ];
        let mut sentences = Vec::new();
        for (bytes, code) in files {
            let import = office.upload(bytes);
            assert_state(&import, ImportState::Failed);
            let failure = import.failure.expect("why");
            assert!(failure.code.starts_with(code), "{} is not {code}", failure.code);
            let sentence = failure.sentence();
            assert!(sentence.ends_with('.') && sentence.len() > 20, "{sentence}");
            sentences.push(sentence);
        }
        sentences.dedup();
        assert_eq!(sentences.len(), 5, "each has its own");
    });
}

#[test]
fn a_file_of_another_organisation_or_past_is_refused() {
    on_both(|app| {
        let office = Office::new(app);
        let other = Office::called(app, "globex");
        let import = office.upload(other.csv().text().as_bytes());
        assert_eq!(office.issues(&import), ["wrong_account"]);
        let sheet = office.csv().with(0, "job_title", "Clerk");
        let key = &sheet.0[1][0];
        let parts: Vec<&str> = key.split('.').collect();
        let [account, revision, lineage, mark] = parts[..] else { panic!("{key}") };
        let later = revision.parse::<u64>().expect("a number") + 1;
        for state in [
            format!("{account}.{later}.{lineage}.{mark}"),
            format!("{account}.0.{lineage}.{mark}"),
            format!("{account}.{revision}.zz.{mark}"),
            format!("{account}.{revision}.{lineage}.zzzz"),
            format!("{account}.{revision}.{lineage}"),
            format!("{account}.{}.{lineage}", u64::MAX),
        ] {
            let mut other = sheet.clone();
            other.0[1][0] = state;
            let import = office.upload(other.text().as_bytes());
            assert_eq!(office.issues(&import), ["wrong_past"], "{}", other.0[1][0]);
            assert!(import.failure.expect("why").sentence().contains("Download the user data again"));
        }
        assert_eq!(office.issues(&office.upload(sheet.text().as_bytes())), [""; 0], "its own is taken");
    });
}

#[test]
fn ids_that_are_damaged_unknown_or_missing_are_told_apart() {
    on_both(|app| {
        let office = Office::new(app);
        let other = Office::called(app, "globex");
        let mut sheet = office.csv().with(3, "job_title", "Clerk");
        let other_letter = if &sheet.0[2][0][4..5] == "X" { "Z" } else { "X" };
        sheet.0[2][0].replace_range(4..5, other_letter);
        sheet.0[3][0] = other.ids[0].to_string();
        sheet.0[4][0] = String::new();
        let import = office.upload(sheet.text().as_bytes());
        let email = format!("{} login_in_use", sheet.name(2, "email"));
        let expected = ["A3 user_id_damaged", "A4 user_id_unknown", "A5 user_id_missing", &email];
        assert_eq!(office.issues(&import), expected);
        let issues = import::issues(app, &import, PageStart::Start, 3).expect("issues").items;
        assert_eq!(issues[0].wrong.suggestions, [office.ids[0].to_string()], "its email names a user here");
        assert_eq!(import.counts.users_to_edit, 1);
    });
}

#[test]
fn two_rows_with_one_id_are_red_when_they_differ() {
    on_both(|app| {
        let office = Office::new(app);
        let mut same = office.csv().with(0, "job_title", "Clerk");
        same.0.push(same.0[2].clone());
        let import = office.upload(same.text().as_bytes());
        assert_eq!(
            (office.issues(&import).len(), import.counts.users_to_edit),
            (0, 1),
            "equal rows count once"
        );
        let mut differ = office.csv().with(0, "job_title", "Clerk");
        let mut second = differ.0[2].clone();
        second[differ.column("job_title")] = "Cook".to_owned();
        differ.0.push(second);
        let import = office.upload(differ.text().as_bytes());
        assert_eq!(office.issues(&import), ["A3 user_id_duplicate", "A9 user_id_duplicate"]);
        let fixed =
            import::fix(app, office.account.id, import.id, &[(Target::Row(9), FixKind::LeaveOut(true))], ANN);
        let Ok(Fixed::Kept(import, _)) = fixed else { panic!("{fixed:?}") };
        assert_eq!((import.counts.errors, import.counts.users_to_edit), (0, 1), "{:?}", import.counts);
        office.complete(&import);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Clerk"));
    });
}

#[test]
fn column_a_sorted_away_from_its_rows_refuses_the_file() {
    on_both(|app| {
        let office = Office::new(app);
        let mut sheet = office.csv();
        let ids: Vec<String> = sheet.0[2..].iter().map(|row| row[0].clone()).collect();
        for (row, id) in sheet.0[2..].iter_mut().zip(ids.iter().cycle().skip(1)) {
            row[0].clone_from(id);
        }
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.issues(&import), ["rows_out_of_line"]);
    });
}
