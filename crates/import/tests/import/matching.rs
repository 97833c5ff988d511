//! Tables that Muster did not write: what is suggested of one, what comes of what people say, who is not in it, and that nothing stays of the
//! columns that are left alone.

use ::import::{self, Matched, Reread};
use ::store::{Import, ImportState, Turn};
use directory::{Code, Decision, MatchBy, MatchedColumn, Matching, TableReading, Target, UsernamesFrom};
use std::io::Read;

use ground::office::{ANN, Office, assert_state};
use ground::{on_both, on_sqlite};

/// A payroll in German, as Windows writes it: three lines above the titles, semicolons, and what is nobody's business.
const PAYROLL: &str = "Musterlohn GmbH;;;;;;;;\r\nStammdaten;November 2026;;;;;;;\r\nAusdruck vom;20.11.2026;;;;;;;\r\n\
Pers.-Nr.;Nachname;Vorname;E-Mail;Eintritt;Austritt;IBAN;Steuerklasse;Bemerkung\r\n\
00123;Quill;Ada;ada@acme.example;01.03.2019;;DE89370400440532013000;1;a\r\n\
00124;Röwe;Bo;bo@acme.example;15.06.2020;31.12.2020;;4;\r\n\
00125;Salt;Cleo;;;31.12.2099;DE02120300000000202051;1;\r\n\
00999;Müller;Zoë;zoe@acme.example;20.11.2026;;;1;new\r\n";

fn windows(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).expect("a letter of Western Europe")).collect()
}

fn of(columns: &[(&str, &str)], by: MatchBy) -> Matching {
    let column = |(title, word): &(&str, &str)| MatchedColumn {
        title: (*title).to_owned(),
        target: Target::of_word(word),
        clears: false,
    };
    Matching { columns: columns.iter().map(column).collect(), by, creates: true, ..Matching::default() }
}

const SAID: &[(&str, &str)] = &[
    ("Pers.-Nr.", "employee_number"),
    ("Nachname", "last_name"),
    ("Vorname", "first_name"),
    ("E-Mail", "email"),
    ("Eintritt", "start_date"),
    ("Austritt", "leaving"),
    ("Bemerkung", "alone"),
    ("IBAN", "notes"),
];

fn said() -> Matching {
    of(SAID, MatchBy::EmployeeNumber)
}

fn matched(office: &Office<'_>, import: &Import, matching: &Matching, name: Option<&str>) -> Import {
    let answer = import::match_columns(office.app, office.account.id, import.id, (matching, name), ANN);
    assert_eq!(answer.expect("the store"), Matched::Reads);
    office.rest(import.id)
}

fn value(office: &Office<'_>, user: usize, key: &str) -> String {
    let users = office.app.store.user(office.account.id, &office.fields, office.ids[user]).expect("users");
    let user = users.get(0).expect("the user");
    user.value(office.fields.by_key(key).expect("a field").number).unwrap_or("").to_owned()
}

fn kept(office: &Office<'_>, import: &Import, file: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut upload = office.app.store.upload(office.account.id, import.id, file).expect("the store");
    upload.read_to_end(&mut bytes).expect("read");
    bytes
}

fn warnings(office: &Office<'_>, import: &Import) -> Vec<(Code, i64)> {
    let warnings = import::warnings(office.app, import).expect("the store");
    warnings.into_iter().map(|(warning, _)| (warning.code, warning.cells)).collect()
}

#[test]
fn a_payroll_that_nobody_shaped_is_matched_reviewed_and_leaves_nothing_behind() {
    on_both(|app| {
        let office = Office::new(app);
        let import = office.upload(&windows(PAYROLL));
        assert_state(&import, ImportState::Matching);
        assert!(
            !app.store.is_upload_kept(office.account.id, import.id).expect("the store"),
            "it is sent to nobody"
        );
        let table = app.store.table(office.account.id, import.id).expect("the store").expect("a table");
        assert_eq!((table.heading, table.separator), (4, Some(';')));
        let suggested: Vec<String> = table
            .columns
            .iter()
            .map(|column| column.suggestion.as_ref().map_or("-", |found| found.target.word()).to_owned())
            .collect();
        assert_eq!(
            suggested.join(" "),
            "employee_number last_name first_name email start_date leaving alone alone -"
        );
        assert_eq!(table.columns[1].examples, ["Quill", "Röwe", "Salt"]);
        assert!(table.columns[6].examples.is_empty() && table.columns[7].examples.is_empty());
        let import = matched(&office, &import, &said(), None);
        assert_state(&import, ImportState::Review);
        assert_eq!(office.issues(&import), [""; 0]);
        let counts = import.counts;
        assert_eq!((counts.users_to_create, counts.users_to_edit, counts.made_inactive), (1, 2, 1));
        let written = String::from_utf8_lossy(&kept(&office, &import, 1)).into_owned();
        assert!(
            !written.contains("DE89") && !written.contains("Steuer") && written.contains("Müller"),
            "{written}"
        );
        assert!(app.store.is_upload_kept(office.account.id, import.id).expect("the store"));
        assert!(app.store.is_raw_kept(office.account.id, import.id).expect("the store"));
        let import = office.complete(&import);
        assert_state(&import, ImportState::Done);
        assert_eq!(value(&office, 0, "start_date"), "2019-03-01");
        assert_eq!(
            (value(&office, 1, "last_name"), value(&office, 1, "status")),
            ("Röwe".to_owned(), "inactive".to_owned())
        );
        // No day stands there, and an empty cell changes nothing; the day on which somebody leaves is still to come.
        assert_eq!(
            (value(&office, 2, "start_date"), value(&office, 2, "email")),
            ("2024-03-05".to_owned(), "cleo@acme.example".to_owned())
        );
        assert_eq!(value(&office, 2, "status"), "active");
        assert!(!app.store.is_raw_kept(office.account.id, import.id).expect("the store"));
        let table = app.store.table(office.account.id, import.id).expect("the store").expect("a table");
        assert!(table.columns.is_empty());
    });
}

#[test]
fn what_does_not_fit_is_said_and_the_import_waits_on() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let import = office.upload(&windows(PAYROLL));
        let answer = |matching: &Matching, name| {
            import::match_columns(app, office.account.id, import.id, (matching, name), ANN)
                .expect("the store")
        };
        let open = of(&SAID[..5], MatchBy::EmployeeNumber);
        assert!(matches!(answer(&open, None), Matched::Problem(_)));
        assert!(matches!(answer(&of(SAID, MatchBy::Username), None), Matched::Problem(_)));
        assert_eq!(answer(&said(), Some(" ")), Matched::NotKept);
        assert_state(&office.rest(import.id), ImportState::Matching);
        assert!(import::cancel(app, office.account.id, import.id).expect("the store"));
        assert_eq!(answer(&said(), None), Matched::TooLate);
    });
}

#[test]
fn rows_about_one_person_are_red_and_so_are_those_that_name_several() {
    on_sqlite(|app| {
        let mut office = Office::new(app);
        office.add(&[
            ("first_name", "X"),
            ("last_name", "Y"),
            ("username", "xy"),
            ("status", "active"),
            ("employee_number", "00128"),
        ]);
        let table = "Employee number,First name,Last name,Email,Job title\n\
            00123,Ada,Quill,ada@acme.example,A\n00123,Ada,Quill,ada@acme.example,B\n\
            7,New,One,one@acme.example,C\n 7 ,New,One,two@acme.example,D\n\
            00128,Fay,Vance,fay@acme.example,E\n8,New,Two,three@acme.example,F\n";
        let import = office.upload(table.as_bytes());
        let columns = [
            ("Employee number", "employee_number"),
            ("First name", "first_name"),
            ("Last name", "last_name"),
            ("Email", "email"),
            ("Job title", "job_title"),
        ];
        let import = matched(&office, &import, &of(&columns, MatchBy::EmployeeNumber), None);
        let issues = office.issues(&import).join("\n");
        for (row, code) in [
            (2, "user_id_duplicate"),
            (3, "user_id_duplicate"),
            (4, "person_twice"),
            (5, "person_twice"),
            (6, "several_users"),
        ] {
            assert!(
                issues.contains(&format!("{row} {code}")) || issues.contains(code),
                "{row} {code} in {issues}"
            );
        }
        assert_eq!((import.counts.users_to_create, import.counts.rows_with_errors), (1, 5), "{issues}");
    });
}

#[test]
fn empty_cells_clear_only_where_that_was_ticked() {
    for (clears, expected) in [(false, "2024-03-05"), (true, "")] {
        on_sqlite(|app| {
            let office = Office::new(app);
            let import = office.upload(
                b"Email,Hire date,Position\nada@acme.example,,Keeper\nbo@acme.example,2021-01-31,Keeper\n",
            );
            let mut matching = of(
                &[("Email", "email"), ("Hire date", "start_date"), ("Position", "job_title")],
                MatchBy::Email,
            );
            matching.creates = false;
            matching.columns[1].clears = clears;
            let import = office.complete(&matched(&office, &import, &matching, None));
            assert_state(&import, ImportState::Done);
            assert_eq!(
                (value(&office, 0, "start_date").as_str(), value(&office, 0, "job_title").as_str()),
                (expected, "Keeper")
            );
            assert_eq!(value(&office, 1, "start_date"), "2021-01-31");
        });
    }
}

#[test]
fn who_is_not_in_the_file_is_told_and_changes_only_when_people_say_so() {
    on_both(|app| {
        let office = Office::new(app);
        let import = office.upload(b"Email,Position\nada@acme.example,Keeper\nBO@acme.example,\n");
        let matching = Matching {
            creates: false,
            ..of(&[("Email", "email"), ("Position", "job_title")], MatchBy::Email)
        };
        let import = matched(&office, &import, &matching, None);
        assert!(
            warnings(&office, &import).contains(&(Code::NotInFile, 4)),
            "{:?}",
            warnings(&office, &import)
        );
        assert_eq!((import.counts.users_to_edit, import.counts.made_inactive), (1, 0));
        let absent = app.store.not_in_file(office.account.id, import.id, 0).expect("the store");
        assert_eq!(absent, office.ids[2..]);
        assert!(app.store.not_in_file(office.account.id, import.id, 1).expect("the store").is_empty());
        let decision = [(Decision::MakeAbsentInactive, None)];
        let decided = import::decide(app, office.account.id, import.id, &decision, ANN).expect("the store");
        assert!(matches!(decided, Reread::Kept(_)), "{decided:?}");
        let import = office.rest(import.id);
        assert_eq!((import.counts.users_to_edit, import.counts.made_inactive), (5, 4));
        assert!(!warnings(&office, &import).iter().any(|(code, _)| *code == Code::NotInFile));
        import::turn_fixes(app, office.account.id, import.id, Turn::Undo).expect("the store");
        let import = office.rest(import.id);
        assert_eq!((import.counts.users_to_edit, import.counts.made_inactive), (1, 0));
        import::turn_fixes(app, office.account.id, import.id, Turn::Redo).expect("the store");
        let import = office.complete(&office.rest(import.id));
        assert_state(&import, ImportState::Done);
        assert_eq!(
            (value(&office, 1, "status"), value(&office, 2, "status")),
            ("active".to_owned(), "inactive".to_owned())
        );
    });
}

#[test]
fn usernames_are_made_for_new_people_without_an_email_and_none_twice() {
    for (from, expected) in
        [(UsernamesFrom::Name, "anna.mueller anna.mueller2 -"), (UsernamesFrom::EmployeeNumber, "77 78 -")]
    {
        on_sqlite(|app| {
            let office = Office::new(app);
            let table = "Personalnummer,Vorname,Nachname,E-Mail\n77,Anna,Müller,\n78,Anna,Müller,\n79,Cy,Zed,cy@acme.example\n00123,Ada,Quill,\n";
            let import = office.upload(table.as_bytes());
            let columns = [
                ("Personalnummer", "employee_number"),
                ("Vorname", "first_name"),
                ("Nachname", "last_name"),
                ("E-Mail", "email"),
            ];
            let matching = Matching { usernames: Some(from), ..of(&columns, MatchBy::EmployeeNumber) };
            let import = matched(&office, &import, &matching, None);
            assert_eq!(office.issues(&import), [""; 0]);
            assert_eq!((import.counts.users_to_create, import.counts.users_to_edit), (3, 0));
            let written = String::from_utf8(kept(&office, &import, 1)).expect("UTF-8");
            let last = |line: &str| {
                line.rsplit(',').next().filter(|text| !text.is_empty()).unwrap_or("-").to_owned()
            };
            let usernames: Vec<String> = written.lines().skip(1).take(3).map(last).collect();
            assert_eq!(usernames.join(" "), expected);
            assert_state(&office.complete(&import), ImportState::Done);
        });
    }
}

#[test]
fn the_next_month_goes_by_itself_and_what_is_new_is_asked() {
    on_both(|app| {
        let office = Office::new(app);
        let import = office.upload(&windows(PAYROLL));
        office.complete(&matched(&office, &import, &said(), Some("payroll")));
        let import = office.upload(&windows(&PAYROLL.replace("Quill", "Quell")));
        assert_state(&import, ImportState::Review);
        assert_eq!((import.counts.users_to_create, import.counts.users_to_edit), (0, 1));
        let name = app
            .store
            .said_matching(office.account.id, import.id)
            .expect("the store")
            .and_then(|said| said.name);
        assert_eq!(name.as_deref(), Some("payroll"));
        for (text, by, open) in [
            ("renamed", PAYROLL.replace("Nachname", "Familienname"), "last_name"),
            ("new", PAYROLL.replace("Bemerkung", "Kostenstelle"), "-"),
        ]
        .map(|(what, text, open)| (text, what, open))
        {
            let import = office.upload(&windows(&text));
            assert_state(&import, ImportState::Matching);
            let table = app.store.table(office.account.id, import.id).expect("the store").expect("a table");
            assert_eq!(table.fitting.as_deref(), Some("payroll"), "{by}");
            let is_new = |column: &&::store::ForeignColumn| {
                let because = column.suggestion.as_ref().map(|found| found.because);
                because.is_none_or(|because| because == directory::Because::Title)
            };
            let new: Vec<_> = table.columns.iter().filter(is_new).collect();
            assert_eq!(new.len(), 1, "{by}");
            assert_eq!(new[0].suggestion.as_ref().map_or("-", |found| found.target.word()), open, "{by}");
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}

#[test]
fn a_file_is_read_otherwise_when_people_say_how() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let import = office.upload(
            "Vorname|Nachname;E-Mail\nAda|Quill;ada@acme.example\nBo|Rowe;bo@acme.example\n".as_bytes(),
        );
        assert_state(&import, ImportState::Matching);
        let columns = |import: &Import| {
            let table = app.store.table(office.account.id, import.id).expect("the store").expect("a table");
            table.columns.iter().map(|column| column.title.clone()).collect::<Vec<_>>().join(" / ")
        };
        for (separator, expected) in [(';', "Vorname|Nachname / E-Mail"), ('|', "Vorname / Nachname;E-Mail")]
        {
            let reading =
                TableReading { separator: Some(separator), heading: Some(1), ..TableReading::default() };
            assert!(import::read_otherwise(app, office.account.id, import.id, reading).expect("the store"));
            let import = office.rest(import.id);
            assert_state(&import, ImportState::Matching);
            assert_eq!(columns(&import), expected);
        }
    });
}

#[test]
fn what_is_no_table_of_people_and_what_lacks_only_its_keys_fail_as_before() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let mut own = office.csv();
        own.0.remove(1);
        for (bytes, code) in [
            (b"no,keys\nat,all\n".to_vec(), "header_missing"),
            (own.text().into_bytes(), "header_missing"),
            (b"one column\nalone\n".to_vec(), "header_missing"),
        ] {
            let import = office.upload(&bytes);
            assert_state(&import, ImportState::Failed);
            assert_eq!(import.failure.map(|failure| failure.code).as_deref(), Some(code));
        }
    });
}
