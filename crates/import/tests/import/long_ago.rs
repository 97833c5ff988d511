//! Files that were downloaded long ago, and imports that are undone long after: everything that happened since is there, and the
//! history tells what was there before.

use std::collections::BTreeMap;

use ::import::{self, Target};
use ::store::{Complete, FixKind, Import, ImportState, PageStart};
use directory::{Choice, Code, Field, FieldNumber, Kind};

use ground::office::{ANN, BOB, Office, assert_state};
use ground::{on_both, on_sqlite};

fn warnings(office: &Office<'_>, import: &Import) -> Vec<(Code, String)> {
    let warnings = import::warnings(office.app, import).expect("warnings");
    warnings.into_iter().map(|(warning, sentence)| (warning.code, sentence)).collect()
}

#[test]
fn a_file_is_read_by_the_fields_of_its_day_and_those_of_today() {
    on_both(|app| {
        let mut office = Office::new(app);
        let old = office.csv();
        office.redefine("department", |field| {
            (field.choices[1].label, field.choices[1].former) =
                ("Money".to_owned(), vec!["Finance".to_owned()]);
            field.choices[2].retired = true;
            let label = "Legal".to_owned();
            field.choices.push(Choice { id: 4, label, former: Vec::new(), retired: false });
        });
        office.redefine("notes", |field| (field.title, field.max_length) = ("Remarks".to_owned(), Some(3)));
        office.redefine("phone", |field| field.retired = true);
        let later = Field { required: true, ..Field::new(FieldNumber(0), "later", "Later", Kind::Text) };
        app.store.save_field(office.account.id, &later, BOB, app.clock.now()).expect("it").expect("saved");
        office.fields = app.store.fields(office.account.id).expect("fields");
        let untouched = office.upload(old.text().as_bytes());
        assert_state(&untouched, ImportState::Done);
        assert_eq!(untouched.counts.errors, 0, "what is not edited is not judged by later rules");
        let sheet = old
            .with(0, "department", "Finance")
            .with(2, "department", "money")
            .with(3, "department", "Legal")
            .with(4, "department", "Commercial")
            .with(0, "phone", "+441632960123")
            .with(1, "notes", "Yes")
            .with(2, "notes", "Four");
        let import = office.upload(sheet.text().as_bytes());
        let red = [(2, "notes", "too_long"), (4, "department", "not_a_choice")];
        let red = red.map(|(user, key, code)| format!("{} {code}", sheet.name(user, key)));
        assert_eq!(office.issues(&import), red);
        let codes: Vec<Code> = warnings(&office, &import).into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, [Code::ColumnRetired, Code::TitleChanged]);
        let answer = import::complete(app, office.account.id, import.id, Some(import.plan), true);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        office.rest(import.id);
        let departments = [0, 2, 3, 4].map(|user| office.value(user, "department"));
        assert_eq!(
            departments.map(|choice| choice.unwrap_or_default()),
            ["2", "", "4", "2"],
            "rows with errors stay"
        );
        assert_eq!((office.value(0, "phone"), office.value(1, "notes").as_deref()), (None, Some("Yes")));
        office.check_history();
    });
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// What the administrators of an office do in weeks: forms, imports, undos, new titles of fields.
fn weeks_of_work(office: &Office<'_>, dice: &mut Dice, days: usize) {
    const TITLES: [&str; 5] = ["", "Cook", "Clerk", "Poet", "Smith"];
    let mut done = Vec::new();
    for day in 0..days {
        office.app.clock.turn(3 * 60 * 60 * 1_000);
        match dice.below(8) {
            0 => {
                let sheet = office.csv().with(dice.below(6), "job_title", TITLES[dice.below(5)]).with(
                    dice.below(6),
                    "notes",
                    TITLES[dice.below(5)],
                );
                let by = [ANN, BOB][dice.below(2)];
                let import = office.upload_by(sheet.text().as_bytes(), by, Complete::WhenCleanLarge);
                done.extend(import.applied.is_some().then_some(import));
            }
            1 if !done.is_empty() => {
                let import = done.swap_remove(dice.below(done.len()));
                assert_state(&office.undo(&import), ImportState::Done);
            }
            2 => office.redefine("job_title", |field| field.title = format!("Title {day}")),
            _ => office.edit(dice.below(6), ["job_title", "notes"][dice.below(2)], TITLES[dice.below(5)]),
        }
    }
}

#[test]
fn a_file_of_weeks_and_hundreds_of_revisions_ago_is_rewound_exactly() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let mut dice = Dice(7);
        weeks_of_work(&office, &mut dice, 60);
        let sheet = office.csv();
        let values = |key: &str| (0..6).map(|user| office.value(user, key)).collect::<Vec<_>>();
        let then = BTreeMap::from(["job_title", "notes"].map(|key| (key, values(key))));
        weeks_of_work(&office, &mut dice, 260);
        let now = BTreeMap::from(["job_title", "notes"].map(|key| (key, values(key))));
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!((import.counts.cells_to_edit, import.counts.conflicts, import.counts.errors), (0, 0, 0));
        let revisions = office.account_now() - import.base.expect("a base");
        assert!(revisions > 200, "{revisions} revisions since");
        let mut mine = sheet;
        for user in 0..6 {
            mine = mine.with(user, "job_title", "Mine").with(user, "notes", "Mine");
        }
        let import = office.upload(mine.text().as_bytes());
        let conflicts = import::conflicts(app, &import, PageStart::Start, 100).expect("conflicts").items;
        let mut expected = Vec::new();
        for user in 0..6 {
            for key in ["job_title", "notes"] {
                let (then, now) = (then[key][user].clone(), now[key][user].clone());
                if then != now {
                    expected.push((office.ids[user], key, then.unwrap_or_default(), now.unwrap_or_default()));
                }
            }
        }
        let mut told: Vec<_> = conflicts
            .iter()
            .map(|one| (one.user.0, one.field.key.as_str(), one.at_download.clone(), one.now.clone()))
            .collect();
        told.sort();
        expected.sort();
        assert!(expected.len() > 3, "{expected:?}");
        assert_eq!(told, expected);
        assert!(
            conflicts.iter().all(|one| one.changed.as_ref().is_some_and(|(who, _)| who == ANN || who == BOB))
        );
        // All alike, then one by one.
        let kept = office.fix(&import, Target::AllConflicts, FixKind::Choose(directory::Chosen::Now));
        let cell = Target::Cell(conflicts[0].position.expect("a cell"));
        let chosen = office.fix(&kept, cell, FixKind::Choose(directory::Chosen::Download));
        let done = office.complete(&chosen);
        assert_eq!(done.counts.cells_to_edit, 12 - expected.len() as i64 + 1);
        office.check_history();
    });
}

#[test]
fn an_undo_of_what_others_have_now_says_so_and_undoes_the_rest() {
    on_both(|app| {
        let office = Office::new(app);
        let other = Office::called(app, "globex");
        let sheet = office
            .csv()
            .with(0, "email", "ada.new@acme.example")
            .with(1, "email", "bo.new@acme.example")
            .with(2, "email", "cleo.new@acme.example")
            .with(3, "job_title", "Cook");
        let done = office.import(&sheet);
        office.edit(4, "email", "ada@acme.example");
        other.edit(0, "email", "bo@acme.example");
        let undo = office.undo(&done);
        assert_state(&undo, ImportState::Done);
        assert_eq!((undo.counts.users_to_edit, undo.counts.errors, undo.counts.left_out), (2, 2, 2));
        let issues = import::issues(app, &undo, PageStart::Start, 10).expect("issues").items;
        let told: Vec<_> =
            issues.iter().map(|issue| (issue.wrong.holder, issue.wrong.detail.clone())).collect();
        assert_eq!(
            told,
            [
                (Some(directory::Where::ThisAccount), Some(office.ids[4].to_string())),
                (Some(directory::Where::Elsewhere), None)
            ]
        );
        assert_eq!(issues[0].message, "Email/Username is already in use");
        let emails = [0, 1, 2].map(|user| office.value(user, "email").unwrap_or_default());
        assert_eq!(emails, ["ada.new@acme.example", "bo.new@acme.example", "cleo@acme.example"]);
        let redo = office.undo(&undo);
        assert_eq!(redo.counts.users_to_edit, 2);
        assert_eq!(office.value(2, "email").as_deref(), Some("cleo.new@acme.example"));
        office.check_history();
    });
}

#[test]
fn fields_that_were_retired_and_users_that_were_withdrawn_since_do_not_stop_an_undo() {
    on_both(|app| {
        let mut office = Office::new(app);
        let created = office.create("Gil", "gil@acme.example");
        let sheet = office
            .csv()
            .with(0, "job_title", "Cook")
            .with(0, "manager", "gil@acme.example")
            .with(1, "notes", "Hello")
            .with(6, "job_title", "Poet");
        let done = office.import(&sheet);
        office.redefine("job_title", |field| field.retired = true);
        assert_state(&office.undo(&created), ImportState::Done);
        let undo = office.undo(&done);
        assert_state(&undo, ImportState::Done);
        assert_eq!(
            (undo.counts.users_to_edit, undo.counts.errors),
            (2, 0),
            "not of who is not there any more"
        );
        assert_eq!(
            (office.value(0, "job_title"), office.value(0, "manager"), office.value(1, "notes")),
            (None, None, None)
        );
        // Put back once more, the manager is nobody's any more: the row stays, and says why.
        let redo = office.undo(&undo);
        assert_state(&redo, ImportState::Done);
        assert_eq!(office.issues(&redo), ["- not_a_user"]);
        assert_eq!(office.value(1, "notes").as_deref(), Some("Hello"));
        office.check_history();
    });
}

#[test]
fn a_user_whose_email_is_taken_meanwhile_does_not_come_back_and_it_is_said() {
    on_both(|app| {
        let mut office = Office::new(app);
        let created = office.create("Gil", "gil@acme.example");
        let undo = office.undo(&created);
        assert_eq!(app.store.users_counted(office.account.id).expect("counted"), (6, 6));
        office.edit(0, "email", "gil@acme.example");
        let redo = office.undo(&undo);
        assert_state(&redo, ImportState::Done);
        assert_eq!(app.store.users_counted(office.account.id).expect("counted"), (6, 6));
        let issues = import::issues(app, &redo, PageStart::Start, 10).expect("issues").items;
        let told: Vec<_> =
            issues.iter().map(|issue| (issue.wrong.code, issue.wrong.detail.clone())).collect();
        assert_eq!(told, [(Code::LoginInUse, Some(office.ids[0].to_string()))]);
        assert_eq!(office.value(0, "email").as_deref(), Some("gil@acme.example"));
    });
}
