//! Uniqueness is judged on the end state of the file.

use ::import::{self, Fixed, Target};
use ::store::{FixKind, ImportState, PageStart};

use ground::office::{ANN, Office, Sheet, assert_state};
use ground::{on_both, on_sqlite};

#[test]
fn two_users_swap_and_three_go_round() {
    on_both(|app| {
        let office = Office::new(app);
        let swapped = office.csv().with(0, "email", "bo@acme.example").with(1, "email", "ada@acme.example");
        office.import(&swapped);
        assert_eq!(office.value(0, "email").as_deref(), Some("bo@acme.example"));
        let round = office
            .csv()
            .with(0, "email", "ada@acme.example")
            .with(1, "email", "cleo@acme.example")
            .with(2, "email", "bo@acme.example");
        office.import(&round);
        assert_eq!(office.value(1, "email").as_deref(), Some("cleo@acme.example"));
        office.check_history();
    });
}

#[test]
fn two_rows_that_fight_are_both_red_and_fixing_one_frees_the_other() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "email", "new@acme.example").with(1, "email", "NEW@acme.example");
        let import = office.upload(sheet.text().as_bytes());
        let red = [0, 1].map(|user| format!("{} login_in_use", sheet.name(user, "email")));
        assert_eq!(office.issues(&import), red);
        let issues = import::issues(app, &import, PageStart::Start, 10).expect("issues").items;
        assert_eq!(issues[0].message, "Email/Username is already in use");
        assert_eq!(issues[0].wrong.holder, Some(directory::Where::ThisFile));
        let cell = Target::Cell(sheet.name(0, "email").parse().expect("a cell"));
        let mend = FixKind::Value("newer@acme.example".to_owned());
        let fixed = import::fix(app, office.account.id, import.id, &[(cell, mend)], ANN);
        let Ok(Fixed::Kept(import, _)) = fixed else { panic!("{fixed:?}") };
        assert_eq!(office.issues(&import), [""; 0]);
        assert_eq!((import.counts.errors, import.counts.users_to_edit), (0, 2));
        office.complete(&import);
        assert_eq!(office.value(1, "email").as_deref(), Some("NEW@acme.example"));
    });
}

#[test]
fn an_email_of_this_account_is_told_and_one_elsewhere_is_not() {
    on_both(|app| {
        let office = Office::new(app);
        let other = Office::called(app, "globex");
        let sheet = office.csv().with(0, "email", "fay@acme.example").with(1, "email", "FAY@globex.example");
        let import = office.upload(sheet.text().as_bytes());
        let issues = import::issues(app, &import, PageStart::Start, 10).expect("issues").items;
        let told: Vec<_> =
            issues.iter().map(|issue| (issue.wrong.holder, issue.wrong.detail.clone())).collect();
        assert_eq!(
            told,
            [
                (Some(directory::Where::ThisAccount), Some(office.ids[5].to_string())),
                (Some(directory::Where::Elsewhere), None)
            ]
        );
        assert!(!format!("{issues:?}").contains(&other.ids[5].to_string()));
    });
}

#[test]
fn what_a_left_out_row_keeps_nobody_gets() {
    on_both(|app| {
        let office = Office::new(app);
        // Bo takes Ada's email; Ada's row, which gives it up, is wrong in another cell.
        let sheet = office
            .csv()
            .with(0, "email", "ada.new@acme.example")
            .with(0, "start_date", "never")
            .with(1, "email", "ada@acme.example")
            .with(2, "job_title", "Clerk");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(import.counts.errors, 1);
        let answer = import::complete(app, office.account.id, import.id, None, true);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        let done = office.rest(import.id);
        assert_state(&done, ImportState::Done);
        assert_eq!(done.counts.users_to_edit, 1);
        assert_eq!(office.value(1, "email").as_deref(), Some("bo@acme.example"));
        assert_eq!(office.value(2, "job_title").as_deref(), Some("Clerk"));
    });
}

#[test]
fn a_row_that_is_left_out_in_review_makes_its_heir_red() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet =
            office.csv().with(0, "email", "ada.new@acme.example").with(1, "email", "ada@acme.example");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(import.counts.errors, 0);
        let mend = |out| match import::fix(
            app,
            office.account.id,
            import.id,
            &[(Target::Row(3), FixKind::LeaveOut(out))],
            ANN,
        ) {
            Ok(Fixed::Kept(import, _)) => *import,
            other => panic!("{other:?}"),
        };
        assert_eq!(office.issues(&mend(true)), [format!("{} login_in_use", sheet.name(1, "email"))]);
        let again = mend(false);
        assert_eq!(office.issues(&again), [""; 0]);
        assert_eq!(office.complete(&again).counts.users_to_edit, 2);
    });
}

#[test]
fn who_asks_about_too_many_addresses_elsewhere_is_told_nothing_more() {
    on_sqlite(|app| {
        let mut other = Office::called(app, "globex");
        other.crowd(60, &[("email", &|user| format!("taken{user}@globex.example"))]);
        let mut office = Office::new(app);
        office.crowd(60, &[("email", &|user| format!("crowd{user}@acme.example"))]);
        let mut sheet = office.csv();
        for user in 0..50 {
            *sheet.cell(user + 6, "email") = format!("taken{user}@globex.example");
        }
        let told = |sheet: &Sheet| -> Vec<(String, Option<directory::Where>)> {
            let import = office.upload(sheet.text().as_bytes());
            let issues = import::issues(app, &import, PageStart::Start, 100).expect("issues").items;
            issues.into_iter().map(|issue| (issue.message, issue.wrong.holder)).collect()
        };
        let in_use = ("Email/Username is already in use".to_owned(), Some(directory::Where::Elsewhere));
        assert_eq!(told(&sheet), vec![in_use.clone(); 50]);
        assert_eq!(told(&sheet), vec![in_use.clone(); 50], "what was told may be asked again");
        // From now on what is taken elsewhere and what is free are answered alike, in a file, a fix and a form.
        let sheet =
            office.csv().with(0, "email", "taken55@globex.example").with(1, "email", "free@acme.example");
        let answers = told(&sheet);
        assert_eq!(answers[0], answers[1]);
        assert!(answers[0].0.contains("could not be checked today"), "{answers:?}");
        let import = office.upload(sheet.text().as_bytes());
        for text in ["free2@acme.example", "taken56@globex.example"] {
            let cell = Target::Cell(sheet.name(0, "email").parse().expect("a cell"));
            let fixed = office.fix(&import, cell, FixKind::Value(text.to_owned()));
            let issues = import::issues(app, &fixed, PageStart::Start, 1).expect("issues").items;
            assert_eq!((issues[0].message.clone(), issues[0].wrong.holder), answers[0], "{text}");
            let (seen, email) = (office.account_now(), vec![(directory::standard::EMAIL, text.to_owned())]);
            let edited = import::edit(app, office.account.id, office.ids[4], &email, seen, ANN).expect("it");
            let import::Edited::Wrong(wrong) = edited else { panic!("{text}: {edited:?}") };
            assert_eq!((wrong[0].2.clone(), wrong[0].1.holder), answers[0], "{text}");
        }
        // What the organisation has itself may go on moving, forwards and back.
        let swapped = office.csv().with(0, "email", "bo@acme.example").with(1, "email", "Ada@acme.example");
        let done = office.import(&swapped);
        assert_eq!(office.undo(&done).counts.users_to_edit, 2);
        app.clock.turn(24 * 60 * 60 * 1_000);
        assert_eq!(told(&sheet), [in_use]);
    });
}

#[test]
fn a_cycle_over_thousands_of_rows_passes_whole() {
    // On PostgreSQL the cycles of tests/store/applies.rs run too.
    on_sqlite(|app| {
        const USERS: usize = 3_000;
        let mut office = Office::new(app);
        let email = |user: usize| format!("round{user}@acme.example");
        office.crowd(USERS, &[("email", &email), ("username", &|user| format!("round.{user}"))]);
        let mut sheet = office.csv();
        for user in 0..USERS {
            *sheet.cell(user + 6, "email") = email((user + 1) % USERS).to_uppercase();
            *sheet.cell(user + 6, "username") = format!("round.{}", (user + USERS / 2) % USERS);
        }
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!((import.counts.errors, import.counts.cells_to_edit), (0, 2 * USERS as i64));
        let done = office.complete(&import);
        assert_eq!(done.counts.users_to_edit, USERS as i64);
        assert_eq!(office.value(6, "email"), Some(email(1).to_uppercase()));
        assert_eq!(office.value(6 + USERS - 1, "email"), Some(email(0).to_uppercase()));
        assert_eq!(office.value(6, "username").as_deref(), Some("round.1500"));
        let undone = office.undo(&done);
        assert_eq!((undone.counts.users_to_edit, undone.counts.errors), (USERS as i64, 0));
        assert_eq!(office.value(6, "email"), Some(email(0)));
    });
}

#[test]
fn forms_of_one_address_are_one_and_a_new_form_of_ones_own_is_no_theft() {
    on_both(|app| {
        let office = Office::new(app);
        let own = office
            .csv()
            .with(0, "email", "ADA@Acme.Example")
            .with(1, "email", "bo@acme.example")
            .with(2, "email", "zoe\u{308}@xn--exmple-cua.de")
            .with(2, "username", "ÑANDU\u{301}")
            .with(3, "username", "ＡＤＡ");
        office.import(&own);
        assert_eq!(
            office.value(0, "email").as_deref(),
            Some("ADA@Acme.Example"),
            "a change of case alone is one"
        );
        for (key, form) in [
            ("email", "ada@ACME.example"),
            ("email", "Zoë@exämple.de"),
            ("email", "zoë@EXÄMPLE.de"),
            ("username", "ñandú"),
            ("username", "ada"),
        ] {
            let sheet = office.csv().with(4, key, form);
            let import = office.upload(sheet.text().as_bytes());
            assert_eq!(office.issues(&import), [format!("{} login_in_use", sheet.name(4, key))], "{form}");
            let sheet =
                office.csv().with(4, key, &format!("new.{form}")).with(5, key, &format!("NEW.{form}"));
            let import = office.upload(sheet.text().as_bytes());
            assert_eq!(import.counts.errors, 2, "{form}: both are red");
        }
        office.check_history();
    });
}

#[test]
fn leaving_one_of_two_fighting_rows_out_frees_the_other() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "email", "new@acme.example").with(1, "email", "new@acme.example");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(import.counts.errors, 2);
        let import = office.fix(&import, Target::Row(3), FixKind::LeaveOut(true));
        assert_eq!((import.counts.errors, import.counts.users_to_edit, import.counts.left_out), (0, 1, 1));
        let again = office.fix(&import, Target::Row(3), FixKind::LeaveOut(false));
        assert_eq!(again.counts.errors, 2, "taken in again, they fight again");
        let import = office.fix(&again, Target::Row(4), FixKind::LeaveOut(true));
        office.complete(&import);
        assert_eq!(office.value(0, "email").as_deref(), Some("new@acme.example"));
        assert_eq!(office.value(1, "email").as_deref(), Some("bo@acme.example"));
    });
}

#[test]
fn a_unique_field_of_the_accounts_own_is_judged_the_same_way() {
    on_both(|app| {
        let office = Office::new(app);
        office.redefine("employee_number", |field| field.unique = true);
        let other = Office::called(app, "globex");
        let swapped = office.csv().with(0, "employee_number", "00124").with(1, "employee_number", "00123");
        office.import(&swapped);
        let sheet = office.csv().with(2, "employee_number", "00123").with(3, "employee_number", "00128");
        let import = office.upload(sheet.text().as_bytes());
        let red = [2, 3].map(|user| format!("{} not_unique", sheet.name(user, "employee_number")));
        assert_eq!(office.issues(&import), red);
        let issues = import::issues(app, &import, PageStart::Start, 2).expect("issues").items;
        assert_eq!(issues[0].wrong.holder, Some(directory::Where::ThisAccount));
        assert_eq!(
            other.value(0, "employee_number").as_deref(),
            Some("00123"),
            "another account's are its own"
        );
    });
}

#[test]
fn of_many_rows_that_want_one_email_ten_are_named_and_the_rest_counted() {
    on_both(|app| {
        const ROWS: usize = 60;
        let mut office = Office::new(app);
        office.crowd(ROWS, &[("email", &|user| format!("crowd{user}@acme.example"))]);
        let mut sheet = office.csv();
        for user in 0..ROWS {
            *sheet.cell(user + 6, "email") = "All@acme.example".to_owned();
        }
        let import = office.upload(sheet.text().as_bytes());
        let errors = ROWS as i64;
        let counts = (import.counts.errors, import.counts.rows_with_errors, import.counts.users_to_edit);
        assert_eq!(counts, (errors, errors, 0), "{:?}", import.counts);
        let named = |import: &::store::Import| -> Option<String> {
            let issues = import::issues(app, import, PageStart::Start, 2).expect("issues").items;
            issues.first().and_then(|issue| issue.explanation.clone())
        };
        let of_all = "Rows 10, 11, 12, 13, 14, 15, 16, 17, 18, 19 and 49 more have it too.";
        assert_eq!(named(&import).as_deref(), Some(of_all));
        let fix = |import: &::store::Import, user: usize, text: &str| {
            let cell = Target::Cell(sheet.name(user + 6, "email").parse().expect("a cell"));
            office.fix(import, cell, FixKind::Value(text.to_owned()))
        };
        let fixed = fix(&import, 1, "one@acme.example");
        assert_eq!((fixed.counts.errors, fixed.counts.users_to_edit), (errors - 1, 1), "{:?}", fixed.counts);
        let without_it = "Rows 11, 12, 13, 14, 15, 16, 17, 18, 19, 20 and 48 more have it too.";
        assert_eq!(named(&fixed).as_deref(), Some(without_it));
        let again = fix(&fixed, 1, "ALL@acme.example");
        assert_eq!(again.counts.errors, errors, "it wants it again");
        let rows: Vec<_> =
            (11..9 + ROWS as u32).map(|row| (Target::Row(row), FixKind::LeaveOut(true))).collect();
        let fixed = import::fix(app, office.account.id, import.id, &rows, ANN).expect("the store");
        let Fixed::Kept(two, _) = fixed else { panic!("{fixed:?}") };
        assert_eq!(two.counts.errors, 2);
        assert_eq!(named(&two).as_deref(), Some("Row 10 has it too."));
        let one = office.fix(&two, Target::Row(10), FixKind::LeaveOut(true));
        assert_eq!((one.counts.errors, one.counts.users_to_edit), (0, 1), "one is left, and may have it");
        office.complete(&one);
        assert_eq!(office.value(6, "email").as_deref(), Some("All@acme.example"));
    });
}

/// What is said of each cell, in the order of the file.
fn said(office: &Office<'_>, import: &::store::Import) -> Vec<String> {
    let issues = import::issues(office.app, import, PageStart::Start, 200).expect("issues").items;
    issues.into_iter().map(|issue| issue.message).collect()
}

/// Fifty cells are told that somebody has their value; all others, free or not, are told the same.
fn assert_nothing_told(said: &[String], cells: usize) {
    let in_use = said.iter().filter(|said| *said == "Email/Username is already in use").count();
    let rest: std::collections::BTreeSet<&String> =
        said.iter().filter(|said| *said != "Email/Username is already in use").collect();
    assert_eq!((said.len(), in_use, rest.len()), (cells, 50, 1), "{rest:?}");
}

#[test]
fn who_crosses_the_limit_with_one_file_learns_nothing_of_the_rest_of_it() {
    const DAY: i64 = 24 * 60 * 60 * 1_000;
    on_sqlite(|app| {
        let mut other = Office::called(app, "globex");
        other.crowd(70, &[("email", &|user| format!("m{user}@globex.example"))]);
        let mut office = Office::new(app);
        office.crowd(70, &[("email", &|user| format!("crowd{user}@acme.example"))]);
        // Which of seventy cells are held, and how their values sort among those that are free.
        let free_first =
            |user: usize| if user < 10 { format!("a{user}@globex.example") } else { taken(user) };
        let free_last = |user: usize| if user < 60 { taken(user) } else { format!("z{user}@globex.example") };
        let mixed =
            |user: usize| if user % 7 == 3 { format!("m{user}x@globex.example") } else { taken(user) };
        let values: [&dyn Fn(usize) -> String; 3] = [&free_first, &free_last, &mixed];
        for value in values {
            let mut sheet = office.csv();
            for user in 0..70 {
                *sheet.cell(user + 6, "email") = value(user);
            }
            assert_nothing_told(&said(&office, &office.upload(sheet.text().as_bytes())), 70);
            app.clock.turn(DAY);
            // The same values as one step of fixes.
            let import = office.upload(office.csv().with(0, "job_title", "Cook").text().as_bytes());
            let fixes: Vec<(Target, FixKind)> = (0..70)
                .map(|user| {
                    (Target::Field(office.ids[user + 6], "email".to_owned()), FixKind::Value(value(user)))
                })
                .collect();
            let fixed = match import::fix(app, office.account.id, import.id, &fixes, ANN) {
                Ok(Fixed::Kept(import, _)) => *import,
                other => panic!("{other:?}"),
            };
            assert_nothing_told(&said(&office, &fixed), 70);
            app.clock.turn(DAY);
        }
    });
}

fn taken(user: usize) -> String {
    format!("m{user}@globex.example")
}

#[test]
fn what_was_taken_meanwhile_is_not_told_apart_from_what_is_free_once_the_limit_is_reached() {
    on_both(|app| {
        let other = Office::called(app, "globex");
        let office = Office::new(app);
        let sheet = office.csv().with(0, "email", "one@acme.example").with(1, "email", "two@acme.example");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(import.counts.errors, 0);
        for number in 0..50 {
            let claim = directory::Claim::of_sign_in(&format!("told{number}@else.example")).expect("a claim");
            let day = app.clock.now().0 / (24 * 60 * 60 * 1_000);
            assert!(app.store.tell_elsewhere(office.account.id, day, &claim, 50).expect("it works"));
        }
        other.edit(0, "email", "two@acme.example");
        let back = office.complete(&import);
        assert_state(&back, ImportState::Review);
        let said = said(&office, &back);
        assert!(
            said.len() == 2 && said[0] == said[1] && said[0].contains("could not be checked"),
            "{said:?}"
        );
    });
}
