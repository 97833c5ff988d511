//! Users that cells name, such as managers: judged on the end state of the file, those that it creates included.

use ::import::{self, DownloadChoice, Fixed, Reread, Target};
use ::store::{FixKind, Import, ImportState, PageStart, Turn};
use directory::{Code, standard};
use workbook::Format;

use ground::office::{ANN, Office, Sheet, assert_state};
use ground::on_both;

/// The template for new users with a row for each of these: first name, email, manager.
fn template(office: &Office<'_>, people: &[[&str; 3]]) -> Sheet {
    let mut bytes = Vec::new();
    let choice = DownloadChoice::new_users(Format::Csv);
    import::download(office.app, office.account.id, &choice, &mut bytes).expect("the template");
    with_people(Sheet::of(&String::from_utf8(bytes).expect("UTF-8")), people)
}

fn with_people(mut sheet: Sheet, people: &[[&str; 3]]) -> Sheet {
    for [first, email, manager] in people {
        let mut row = vec![String::new(); sheet.0[1].len()];
        for (key, text) in
            [("first_name", *first), ("last_name", "Nova"), ("email", *email), ("manager", *manager)]
        {
            row[sheet.column(key)] = text.to_owned();
        }
        sheet.0.push(row);
    }
    sheet
}

/// The first names of users and of their managers, in the order of the download: `Ana of Bo`.
fn managers(office: &Office<'_>) -> Vec<String> {
    let sheet = office.csv();
    let (first, manager) = (sheet.column("first_name"), sheet.column("manager"));
    let named = sheet.0[2..].iter().filter(|row| !row[manager].is_empty());
    named.map(|row| format!("{} of {}", row[first], row[manager].split(' ').next().unwrap_or(""))).collect()
}

fn next_number(office: &Office<'_>) -> u64 {
    office.app.store.reserve_users(0).expect("a number")
}

#[test]
fn new_people_and_their_new_manager_come_in_one_file_in_any_order() {
    on_both(|app| {
        let office = Office::new(app);
        let people = [
            ["Ana", "ana@acme.example", "BO@acme.example"],
            ["Bo", "bo.nova@acme.example", "cy@acme.example"],
            ["Cy", "cy@acme.example", "ada@acme.example"],
            ["Di", "di@acme.example", "ana@acme.example"],
        ];
        let sheet = template(&office, &people).with(0, "manager", "BO.Nova@acme.example");
        let next = next_number(&office);
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.issues(&import), [""; 0]);
        assert_eq!((import.counts.users_to_create, next_number(&office)), (4, next), "no number is used yet");
        let changes = office.changes(&import);
        let of_ana = changes.iter().find(|change| change.starts_with("Ana Nova: Manager")).expect("one");
        assert_eq!(of_ana, "Ana Nova: Manager \"\" -> \"Bo Nova (row 4)\"");
        let done = office.complete(&import);
        assert_eq!(done.counts.users_to_create, 4);
        assert_eq!(
            managers(&office),
            ["Ana of Bo", "Bo of Cy", "Cy of Ada", "Di of Ana"],
            "in the order of the file"
        );
        assert_eq!(next_number(&office), next + 4);
        office.undo(&done);
        assert_eq!(managers(&office), [""; 0]);
    });
}

/// A bulk edit that gives Ede a manager whom row 9 creates.
fn with_new_boss(office: &Office<'_>) -> Sheet {
    let sheet = with_people(office.csv(), &[["Gil", "gil@acme.example", ""]]);
    sheet.with(4, "manager", "gil@acme.example")
}

#[test]
fn who_names_a_user_that_is_not_created_is_red() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = with_new_boss(&office);
        let import = office.upload(sheet.text().as_bytes());
        let asked = ["A9 user_id_missing".to_owned()];
        assert_eq!(office.issues(&import), asked);
        let out = office.fix(&import, Target::Row(9), FixKind::LeaveOut(true));
        let red = [format!("{} not_a_user", sheet.name(4, "manager"))];
        assert_eq!(office.issues(&out), red);
        assert_eq!((out.counts.errors, out.counts.users_to_edit, out.counts.left_out), (1, 0, 1));
        let again = office.fix(&out, Target::Row(9), FixKind::LeaveOut(false));
        assert_eq!(office.issues(&again), asked);
        let created = office.fix(&again, Target::Row(9), FixKind::Create);
        assert_eq!((created.counts.users_to_create, created.counts.users_to_edit), (1, 1));
        office.complete(&created);
        assert_eq!(managers(&office), ["Ede of Gil"]);
        office.check_history();
    });
}

#[test]
fn a_row_that_turns_red_takes_those_that_name_it_along_when_it_is_left_out() {
    on_both(|app| {
        let office = Office::new(app);
        let people = [
            ["Ana", "ana@acme.example", "bo.nova@acme.example"],
            ["Bo", "bo.nova@acme.example", "cy@acme.example"],
            ["", "cy@acme.example", ""],
            ["Di", "di@acme.example", ""],
        ];
        let sheet = template(&office, &people);
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.issues(&import), [format!("{} required", sheet.name(2, "first_name"))]);
        let answer = import::complete(app, office.account.id, import.id, None, true);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        let done = office.rest(import.id);
        assert_state(&done, ImportState::Done);
        assert!(office.csv().text().contains("Di,Nova") && !office.csv().text().contains("Ana,Nova"));
        assert_eq!((managers(&office), done.counts.left_out), (Vec::new(), 3));
    });
}

#[test]
fn a_fix_of_a_new_user_takes_what_the_file_would() {
    on_both(|app| {
        let office = Office::new(app);
        let people = [["Ana", "ana@acme.example", ""], ["Bo", "bo.nova@acme.example", ""]];
        let sheet = template(&office, &people).with(0, "manager", "nobody@acme.example");
        let import = office.upload(sheet.text().as_bytes());
        let cell = sheet.name(0, "manager");
        let red = [format!("{cell} not_a_user")];
        assert_eq!(office.issues(&import), red);
        let fix = |import: &Import, cell: &str, text: &str| {
            let cell = Target::Cell(cell.parse().expect("a cell"));
            office.fix(import, cell, FixKind::Value(text.to_owned()))
        };
        let unknown = directory::UserId::from_number(9_999).expect("in range").to_string();
        let wrong = fix(&import, &cell, &unknown);
        assert_eq!(office.issues(&wrong), red, "nobody has this User ID");
        let issues = import::issues(app, &wrong, PageStart::Start, 1).expect("issues").items;
        assert!(issues[0].message.contains("not a user of this organisation"), "{}", issues[0].message);
        assert_eq!(
            office.issues(&fix(&wrong, &cell, "bo.nova@acme.example")),
            [""; 0],
            "whom the file creates"
        );
        let named = fix(&wrong, &cell, "later@acme.example");
        assert_eq!(office.issues(&named), red);
        let freed = fix(&named, &sheet.name(1, "email"), "Later@acme.example");
        assert_eq!(office.issues(&freed), [""; 0], "the other row was put right");
        office.complete(&freed);
        assert_eq!(managers(&office), ["Ana of Bo"]);
    });
}

#[test]
fn many_new_users_take_their_numbers_in_one_block() {
    on_both(|app| {
        let office = Office::new(app);
        let emails: Vec<String> = (0..200).map(|user| format!("new{user}@acme.example")).collect();
        let people: Vec<[&str; 3]> = emails.iter().map(|email| ["New", email.as_str(), ""]).collect();
        let sheet = template(&office, &people);
        let next = next_number(&office);
        let given_up = office.upload(sheet.text().as_bytes());
        assert!(import::cancel(app, office.account.id, given_up.id).expect("the store"));
        assert_eq!(next_number(&office), next, "what is given up uses no numbers up");
        office.import(&sheet);
        assert_eq!(next_number(&office), next + 200);
        for (number, email) in (next..).zip(&emails) {
            let claim = directory::Claim::of_sign_in(email).expect("a claim");
            let user = app.store.user_with_claim(office.account.id, &claim).expect("the store");
            assert_eq!(
                user.map(directory::UserId::number),
                Some(number),
                "{email}: in the order of the file"
            );
        }
        let fixed =
            import::fix(app, office.account.id, given_up.id, &[(Target::Row(3), FixKind::Create)], ANN);
        assert!(matches!(fixed, Ok(Fixed::NotInReview(_))), "{fixed:?}");
    });
}

#[test]
fn who_would_be_their_own_manager_is_warned_of_and_nothing_is_held_up() {
    on_both(|app| {
        let office = Office::new(app);
        let emails = ["ada", "bo", "cleo", "dai"].map(|name| format!("{name}@acme.example"));
        let warned = |import: &Import| -> Vec<String> {
            let warnings = import::warnings(app, import).expect("warnings").into_iter();
            warnings.filter(|(warning, _)| warning.code == Code::ManagerLoop).map(|(_, text)| text).collect()
        };
        // Ada manages Bo, and Bo Cleo: no circle.
        let chain = office.csv().with(1, "manager", &emails[0]).with(2, "manager", &emails[1]);
        let done = office.upload(chain.text().as_bytes());
        assert_eq!(warned(&done), [""; 0]);
        office.complete(&done);
        let circle = office.csv().with(0, "manager", &emails[2]).with(3, "manager", &emails[3]);
        let import = office.upload(circle.text().as_bytes());
        assert_eq!((office.issues(&import).len(), import.counts.errors), (0, 0));
        assert_eq!(
            warned(&import),
            [
                "2 users would be managed by themselves, directly or in a circle: Ada Quill → Cleo Salt → Bo Rowe → Ada Quill. \
              Look at whether that was meant."
            ]
        );
        office.complete(&import);
        let people = [
            ["Ana", "ana@acme.example", "bo.nova@acme.example"],
            ["Bo", "bo.nova@acme.example", "ana@acme.example"],
        ];
        let new = office.upload(template(&office, &people).text().as_bytes());
        let named = "2 users would be managed by themselves, directly or in a circle: Ana Nova (row 3) → Bo Nova (row 4) → Ana Nova (row 3). \
                     Look at whether that was meant.";
        let warning = warned(&new);
        assert!(
            warning == [named] || warning[0].contains("Bo Nova (row 4) → Ana Nova (row 3) → Bo Nova (row 4)"),
            "{warning:?}"
        );
        office.complete(&new);
    });
}

#[test]
fn the_warning_of_circles_follows_what_is_fixed_and_undone() {
    on_both(|app| {
        let office = Office::new(app);
        let email = |name: &str| format!("{name}@acme.example");
        let warned = |import: &Import| -> (i64, Vec<i64>) {
            let warnings = import::warnings(app, import).expect("warnings").into_iter();
            let of_circles = warnings.filter(|(warning, _)| warning.code == Code::ManagerLoop);
            (import.counts.warnings, of_circles.map(|(warning, _)| warning.cells).collect())
        };
        let look = |import: &Import| app.store.import(import.account, import.id).expect("it").expect("it");
        office.import(&office.csv().with(1, "manager", &email("ada")).with(2, "manager", &email("bo")));
        // Ada's new manager is nobody yet; Ede is to be Ada's.
        let sheet = office.csv().with(0, "manager", "nobody at all").with(4, "manager", &email("ada"));
        let import = office.upload(sheet.text().as_bytes());
        let others = import.counts.warnings;
        assert_eq!(warned(&import), (others, vec![]));
        let cell = |user| Target::Cell(sheet.name(user, "manager").parse().expect("a cell"));
        let mend = |user, name: &str| office.fix(&import, cell(user), FixKind::Value(email(name)));
        assert_eq!(warned(&mend(0, "ede")), (others + 1, vec![2]), "Ada by Ede, and Ede by Ada");
        assert_eq!(warned(&mend(4, "dai")), (others, vec![]), "Ede by Dai: the circle is gone");
        assert_eq!(warned(&mend(0, "cleo")), (others + 1, vec![1]), "Ada by Cleo, by Bo, by Ada");
        let left_out = office.fix(&import, Target::Row(3), FixKind::LeaveOut(true));
        assert_eq!(warned(&left_out), (others, vec![]), "what is left out closes no circle");
        for (which, expected) in
            [(Turn::Undo, vec![1]), (Turn::Undo, vec![]), (Turn::Redo, vec![1]), (Turn::Redo, vec![])]
        {
            let turned = import::turn_fixes(app, office.account.id, import.id, which).expect("turned");
            assert!(matches!(turned, Reread::Kept(_)), "{turned:?}");
            assert_eq!(warned(&look(&import)), (others + expected.len() as i64, expected));
        }
        // Read again, the steps that count lie over the file as before.
        import::turn_fixes(app, office.account.id, import.id, Turn::Undo).expect("turned");
        let about = [(directory::Decision::KeepValues, Some("phone".to_owned()))];
        import::decide(app, office.account.id, import.id, &about, ANN).expect("kept");
        assert_eq!(warned(&office.rest(import.id)), (others + 1, vec![1]));
    });
}

#[test]
fn an_undo_names_those_whose_manager_it_withdraws() {
    on_both(|app| {
        let office = Office::new(app);
        let done = office.import(&template(&office, &[["Gil", "gil@acme.example", "ada@acme.example"]]));
        office.import(&office.csv().with(4, "manager", "gil@acme.example").with(
            3,
            "manager",
            "ada@acme.example",
        ));
        let undone = office.undo(&done);
        assert_state(&undone, ImportState::Done);
        let warnings = import::warnings(app, &undone).expect("warnings");
        let texts: Vec<&str> = warnings.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(
            texts,
            ["1 user has a manager who is no longer a user: Ede Ustinov (Gil Nova). Give them another one."]
        );
    });
}

/// A code, and what is offered.
type Told = (String, Vec<String>);

/// The code of a cell and what is offered for it, of every cell that is red.
fn offered(office: &Office<'_>, import: &Import) -> Vec<Told> {
    let issues = import::issues(office.app, import, PageStart::Start, 100).expect("issues").items;
    issues.into_iter().map(|issue| (issue.wrong.code.word().to_owned(), issue.wrong.suggestions)).collect()
}

/// A text as it stands in csv.
fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

/// An office where Ada leads Cleo and Dai, and Bo leads Ede.
fn led(app: &ground::Ground) -> (Office<'_>, [String; 2]) {
    let office = Office::new(app);
    let [ada, bo] = [office.ids[0], office.ids[1]].map(|id| id.to_string());
    let edits = [(2, &ada), (3, &ada), (4, &bo)];
    let sheet = edits.iter().fold(office.csv(), |sheet, (user, id)| sheet.with(*user, "manager", id));
    office.complete(&office.upload(sheet.text().as_bytes()));
    (office, [ada, bo])
}

#[test]
fn the_name_of_another_user_before_an_id_is_asked_about() {
    on_both(|app| {
        let (office, [ada, bo]) = led(app);
        let (of_ada, of_bo) = (format!("Ada Quill ({ada})"), format!("Bo Rowe ({bo})"));
        let differs = vec![("name_differs".to_owned(), vec![of_bo.clone(), of_ada.clone()])];
        for (user, text, expected) in [
            (2, format!("Bo Rowe ({ada})"), &differs),
            (3, format!("Rowe, Bo ({ada})"), &differs),
            (2, format!("BO  ROWE ({ada})"), &differs),
            (2, format!("{ada} Bo Rowe"), &differs),
            // Somebody who has no manager yet, and one whose ID was typed over too.
            (5, format!("Bo Rowe ({ada})"), &differs),
            (2, of_ada.clone(), &vec![]),
            (2, format!("Quill, Ada ({ada})"), &vec![]),
            (2, format!("Ada Q. ({ada})"), &vec![]),
            (2, ada.clone(), &vec![]),
            (2, of_bo.clone(), &vec![]),
            // The ID was typed over, and the name that stood before it was left.
            (2, format!("Ada Quill ({bo})"), &vec![]),
        ] {
            let import = office.upload(office.csv().with(user, "manager", &quoted(&text)).text().as_bytes());
            assert_eq!(offered(&office, &import), *expected, "{text}");
        }
        let sheet = office.csv().with(2, "manager", &format!("Bo Rowe ({ada})"));
        let import = office.upload(sheet.text().as_bytes());
        let cell = || Target::Cell(sheet.name(2, "manager").parse().expect("a cell"));
        let kept = office.fix(&import, cell(), FixKind::Value(of_ada));
        assert_eq!((office.issues(&kept), office.changes(&kept)), (vec![], vec![]));
        let import = office.upload(sheet.text().as_bytes());
        let fixed = office.fix(&import, cell(), FixKind::Value(of_bo.clone()));
        assert_eq!(office.issues(&fixed), [""; 0]);
        // The same typed in review, over this cell and over one of a row that creates.
        let mut sheet = office.csv().with(2, "manager", "nobody@acme.example");
        sheet.0.push(vec![String::new(); sheet.0[1].len()]);
        let values =
            [("first_name", "Nia"), ("last_name", "New"), ("email", "nia@acme.example"), ("manager", "x")];
        let sheet = values.iter().fold(sheet, |sheet, (key, value)| sheet.with(6, key, value));
        let import = office.upload(sheet.text().as_bytes());
        for user in [2, 6] {
            let cell = || Target::Cell(sheet.name(user, "manager").parse().expect("a cell"));
            let told = |import: &Import| {
                let place = sheet.name(user, "manager");
                let issues = import::issues(app, import, PageStart::Start, 10).expect("issues").items;
                let own =
                    issues.iter().find(|issue| issue.position.is_some_and(|at| at.to_string() == place));
                own.map(|issue| (issue.wrong.code.word().to_owned(), issue.wrong.suggestions.clone()))
            };
            let retyped = office.fix(&import, cell(), FixKind::Value(format!("Bo Rowe ({ada})")));
            assert_eq!(told(&retyped).as_ref(), Some(&differs[0]), "{user}");
            let retyped = office.fix(&retyped, cell(), FixKind::Value(format!("Nobody Known ({ada})")));
            assert_eq!(told(&retyped).map(|(code, _)| code).as_deref(), Some("name_differs"), "{user}");
            // What it was comes last: then it is no cell of the plan any more.
            for text in [of_bo.clone(), format!("Rowe, Bo ({bo})"), format!("Quill, Ada ({ada})")] {
                let retyped = office.fix(&retyped, cell(), FixKind::Value(text.clone()));
                assert_eq!(told(&retyped), None, "{user} {text}");
            }
        }
    });
}

#[test]
fn a_name_that_is_out_of_date_is_fine() {
    on_both(|app| {
        let (office, [ada, _]) = led(app);
        let sheet = office.csv();
        // Since the download, Ada took another name and Fay took hers.
        let renamed = office.csv().with(0, "last_name", "Vance").with(5, "last_name", "Quill").with(
            5,
            "first_name",
            "Ada",
        );
        let renamed = office.upload(renamed.text().as_bytes());
        office.complete(&renamed);
        let import = office.upload(sheet.with(1, "job_title", "Clerk").text().as_bytes());
        assert_eq!(office.issues(&import), [""; 0]);
        let import =
            office.upload(office.csv().with(2, "manager", &format!("Ada Vance ({ada})")).text().as_bytes());
        assert_eq!(office.issues(&import), [""; 0]);
    });
}

/// What is typed in review gets the same offer as what stands in a file: for one cell, for all alike, for a new user's.
#[test]
fn a_name_that_is_typed_in_review_is_offered_too() {
    on_both(|app| {
        let (office, [_, bo]) = led(app);
        let of_bo = format!("Bo Rowe ({bo})");
        let sheet = office.csv().with(4, "manager", "Nobody").with(5, "manager", "Nobody");
        let cell = Target::Cell(sheet.name(5, "manager").parse().expect("a cell"));
        for text in ["Rowe, Bo", "bo rowe", "Bo Rowe (U-2222222223)"] {
            let import = office.upload(sheet.text().as_bytes());
            assert_eq!(offered(&office, &import)[1], ("not_a_user".to_owned(), Vec::new()));
            let fixed = office.fix(&import, cell.clone(), FixKind::Value(text.to_owned()));
            assert_eq!(offered(&office, &fixed)[1], ("not_a_user".to_owned(), vec![of_bo.clone()]), "{text}");
            let all = Target::Group(Code::NotAUser, standard::MANAGER, Some("Nobody".to_owned()));
            let fixed = office.fix(&fixed, all, FixKind::Value(text.to_owned()));
            assert_eq!(offered(&office, &fixed)[0], ("not_a_user".to_owned(), vec![of_bo.clone()]), "{text}");
            let taken = office.fix(&fixed, cell.clone(), FixKind::Value(of_bo.clone()));
            assert_eq!(offered(&office, &taken).len(), 1, "{text}");
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}

#[test]
fn a_name_alone_is_offered_and_never_taken() {
    on_both(|app| {
        let (mut office, [ada, bo]) = led(app);
        office.add(&[
            ("first_name", "Bo"),
            ("last_name", "Two"),
            ("email", "two1@acme.example"),
            ("status", "active"),
        ]);
        office.add(&[
            ("first_name", "Bo"),
            ("last_name", "Two"),
            ("email", "two2@acme.example"),
            ("status", "active"),
        ]);
        let of_bo = format!("Bo Rowe ({bo})");
        for (text, expected) in [
            ("Bo Rowe", Some(&of_bo)),
            ("bo  ROWE", Some(&of_bo)),
            ("Rowe, Bo", Some(&of_bo)),
            ("Rowe Bo", Some(&of_bo)),
            ("Bo Rowe (U-2222222223)", Some(&of_bo)),
            ("Bo Two", None),
            ("Bo Nobody", None),
        ] {
            let import = office.upload(office.csv().with(5, "manager", &quoted(text)).text().as_bytes());
            let red = vec![("not_a_user".to_owned(), expected.into_iter().cloned().collect::<Vec<_>>())];
            assert_eq!(offered(&office, &import), red, "{text}");
        }
        // New people's managers too.
        let import = office
            .upload(template(&office, &[["Gil", "gil@acme.example", "\"Rowe, Bo\""]]).text().as_bytes());
        assert_eq!(offered(&office, &import), [("not_a_user".to_owned(), vec![of_bo])]);
        let of_ada = format!("Bo Rowe ({ada})");
        let import =
            office.upload(template(&office, &[["Gil", "gil@acme.example", &of_ada]]).text().as_bytes());
        assert_eq!(offered(&office, &import)[0].0, "name_differs");
        for text in [
            format!("Bo Rowe ({bo}"),
            format!("Bo Rowe {bo}"),
            format!("{bo} Bo Rowe"),
            format!("{bo} - ROWE, Bo"),
        ] {
            let import = office.upload(office.csv().with(5, "manager", &quoted(&text)).text().as_bytes());
            assert_eq!(office.issues(&import), [""; 0], "{text}");
            assert_eq!(import.counts.users_to_edit, 1, "{text}");
        }
        let import =
            office.upload(office.csv().with(5, "manager", &format!("the boss {bo}")).text().as_bytes());
        assert_eq!(offered(&office, &import), [("name_differs".to_owned(), vec![format!("Bo Rowe ({bo})")])]);
    });
}

#[test]
fn a_name_that_nobody_bears_before_an_id_is_asked_about() {
    on_both(|app| {
        let (office, [ada, bo]) = led(app);
        let (of_ada, of_bo) = (format!("Ada Quill ({ada})"), format!("Bo Rowe ({bo})"));
        for (user, text, code, offers) in [
            (2, format!("Bo Row ({ada})"), "name_differs", vec![&of_ada]),
            (2, format!("Bo ({ada})"), "name_differs", vec![&of_ada]),
            (5, format!("Somebody Else ({ada})"), "name_differs", vec![&of_ada]),
            (2, format!("Bo Crowe ({bo})"), "name_differs", vec![&of_bo]),
            (7, format!("Somebody Else ({ada})"), "name_differs", vec![&of_ada]),
            (2, format!("bo@acme.example ({ada})"), "name_differs", vec![&of_bo, &of_ada]),
            (2, format!("{of_ada}, {of_bo}"), "not_a_user", vec![&of_ada, &of_bo]),
            (2, format!("{of_bo}; {of_ada}"), "not_a_user", vec![&of_bo, &of_ada]),
            (5, format!("{of_bo} / {of_ada}"), "not_a_user", vec![&of_bo, &of_ada]),
        ] {
            let file = office.csv().with(user.min(5), "manager", &quoted(&text));
            // Somebody else's rename does not make the name theirs.
            let file = if user == 7 { file.with(4, "last_name", "Else") } else { file };
            let import = office.upload_by(file.text().as_bytes(), ANN, ::store::Complete::WhenCleanLarge);
            assert_eq!(import.state, ImportState::Review, "{text}");
            let offers: Vec<String> = offers.into_iter().cloned().collect();
            assert_eq!(offered(&office, &import), [(code.to_owned(), offers)], "{text}");
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}

/// Who renames somebody in a file puts the new name into the cells of those whom they manage, too; before their row or behind it.
#[test]
fn a_new_name_that_the_file_gives_is_theirs() {
    on_both(|app| {
        let (office, [ada, bo]) = led(app);
        let file = office.csv().with(0, "last_name", "Vance").with(1, "first_name", "Bob");
        let file = file.with(2, "manager", &format!("Ada Vance ({ada})"));
        let file = file.with(0, "manager", &format!("Bob Rowe ({bo})"));
        let import = office.upload(file.text().as_bytes());
        assert_eq!(office.issues(&import), [""; 0]);
        assert_eq!(import.counts.cells_to_edit, 3, "{:?}", office.changes(&import));
    });
}

/// A program that garbles a file garbles the names before User IDs, too: nobody typed another one.
#[test]
fn a_name_that_a_program_damaged_before_its_own_id_is_theirs() {
    on_both(|app| {
        let (office, [ada, _]) = led(app);
        office.edit(0, "first_name", "Łucja");
        office.edit(0, "last_name", "Świątek");
        for (user, name, issues) in [
            (2, "?ucja ?wi?tek", 0),
            (5, "_ucja _wi_tek", 0),
            (2, "Å\u{81}ucja ÅšwiÄ…tek", 0),
            (5, "&#321;ucja &#346;wi&#261;tek", 0),
            (2, "?ucja ?wi?tka", 1),
            (2, "Lucja Nowak", 1),
        ] {
            let file = office.csv().with(user, "manager", &format!("{name} ({ada})"));
            let import = office.upload(file.text().as_bytes());
            assert_eq!(office.issues(&import).len(), issues, "{name}: {:?}", office.issues(&import));
            import::cancel(app, office.account.id, import.id).expect("the store");
        }
    });
}
