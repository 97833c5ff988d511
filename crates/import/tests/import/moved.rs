//! The directory and its fields move while an import is in review: what is already so is dropped, what is new comes back to review
//! and is marked, and nothing else holds the import up.

use ::import::{self, Target};
use ::store::{Fault, FaultKind, FixKind, FollowedCells, Import, ImportState, PageStart};
use directory::{Choice, Chosen, Counts, Field, FieldNumber, Kind, Place, PlanCell, State};

use ground::office::{Office, Sheet, assert_state};
use ground::on_both;

/// What is marked as new: `Ada Quill: Job title`, or `E3 no_sign_in`.
fn new(office: &Office<'_>, import: &Import) -> Vec<String> {
    let changes = import::changes(office.app, import, PageStart::Start, 100).expect("changes").items;
    let changes = changes.iter().filter(|change| change.is_new);
    let changes = changes.map(|change| format!("{}: {}", change.name, change.field.title));
    let conflicts = import::conflicts(office.app, import, PageStart::Start, 100).expect("conflicts").items;
    let conflicts = conflicts.iter().filter(|conflict| conflict.is_new);
    let conflicts = conflicts.map(|conflict| format!("{} ? {}", conflict.user.1, conflict.field.title));
    let issues = import::issues(office.app, import, PageStart::Start, 100).expect("issues").items;
    let issues = issues.iter().filter(|issue| issue.is_new).map(|issue| {
        let place = issue.position.map_or_else(|| "-".to_owned(), |position| position.to_string());
        format!("{place} {}", issue.wrong.code.word())
    });
    changes.chain(conflicts).chain(issues).collect()
}

/// Completes with errors left out and open conflicts kept as they are.
fn complete_the_rest(office: &Office<'_>, import: &Import) -> Import {
    let answer = import::complete(office.app, office.account.id, import.id, Some(import.plan), true);
    assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
    office.rest(import.id)
}

fn upload(office: &Office<'_>, sheet: &Sheet) -> Import {
    office.upload(sheet.text().as_bytes())
}

/// Review came back, with just this marked as new.
fn assert_back(office: &Office<'_>, import: &Import, plan: i64, expected: &[String]) {
    assert_state(import, ImportState::Review);
    assert_eq!(new(office, import), expected);
    assert_eq!((import.plan, import.new_cells), (plan + 1, expected.len() as i64));
}

#[test]
fn a_change_of_fields_that_changes_nothing_here_does_not_hold_an_import_up() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "department", "Finance").with(1, "job_title", "Cook");
        let import = upload(&office, &sheet);
        office.redefine("department", |field| {
            field.choices[1].former = vec!["Finance".to_owned()];
            field.choices[1].label = "Money".to_owned();
        });
        office.redefine("phone", |field| field.retired = true);
        office.redefine("notes", |field| field.title = "Remarks".to_owned());
        let later = Field::new(FieldNumber(0), "later", "Later", Kind::Text);
        app.store.save_field(office.account.id, &later, "bob", app.clock.now()).expect("it").expect("saved");
        let done = office.complete(&import);
        assert_state(&done, ImportState::Done);
        assert_eq!((done.plan, done.counts.users_to_edit), (import.plan, 2));
        assert_eq!(office.value(0, "department").as_deref(), Some("2"));
        office.check_history();
    });
}

#[test]
fn what_a_change_of_fields_brings_up_is_marked_and_the_rest_is_not() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office
            .csv()
            .with(0, "department", "Legal")
            .with(1, "notes", "A long remark")
            .with(2, "notes", "Short")
            .with(3, "job_title", "Cook");
        let import = upload(&office, &sheet);
        assert_eq!(office.issues(&import), [format!("{} not_a_choice", sheet.name(0, "department"))]);
        office.redefine("department", |field| {
            let label = "Legal".to_owned();
            field.choices.push(Choice { id: 4, label, former: Vec::new(), retired: false });
        });
        office.redefine("notes", |field| field.max_length = Some(5));
        office.redefine("job_title", |field| field.retired = true);
        let back = complete_the_rest(&office, &import);
        let too_long = format!("{} too_long", sheet.name(1, "notes"));
        assert_back(&office, &back, import.plan, &["Ada Quill: Department".to_owned(), too_long]);
        assert_eq!(back.counts.users_to_edit, 2, "the retired field is dropped: {:?}", office.changes(&back));
        let right = office.fix(
            &back,
            Target::Cell(sheet.name(1, "notes").parse().expect("a cell")),
            FixKind::Value("Long".to_owned()),
        );
        assert_eq!(new(&office, &right), ["Ada Quill: Department"], "what was decided about is not new");
        let done = office.complete(&right);
        assert_state(&done, ImportState::Done);
        assert_eq!((done.counts.users_to_edit, done.new_cells), (3, 0));
        assert_eq!(office.value(0, "department").as_deref(), Some("4"));
    });
}

#[test]
fn what_was_to_be_done_to_a_field_that_is_retired_brings_review_back() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "notes", "IMPORTANT").with(1, "job_title", "Cook");
        let file = upload(&office, &sheet);
        let lines = [("notes", "IMPORTANT"), ("last_name", "Smith")];
        let set = |(key, text): (&str, &str)| (key.to_owned(), directory::RuleStep::Set(text.to_owned()));
        let change = import::NewChange {
            lines: lines.map(set).to_vec(),
            users: ::store::RuleUsers::All,
            actor: ground::office::ANN.to_owned(),
            complete: ::store::Complete::Never,
            leave_out_errors: false,
            keep: true,
        };
        app.clock.turn(1_000);
        let begun = import::change(app, office.account.id, change).expect("it works");
        let import::Begun::Started(rule) = begun else { panic!("{begun:?}") };
        let rule = office.rest(rule);
        // A value that somebody typed over a cell goes the same way.
        let typed = office.fix(
            &rule,
            Target::Field(office.ids[2], "notes".to_owned()),
            FixKind::Value("Typed".to_owned()),
        );
        office.redefine("notes", |field| field.retired = true);
        for import in [file, typed] {
            let back = office.complete(&import);
            assert_back(&office, &back, import.plan, &[]);
            let warnings = import::warnings(app, &back).expect("warnings");
            let codes: Vec<_> = warnings.iter().map(|(warning, _)| warning.code).collect();
            assert!(codes.contains(&directory::Code::ColumnRetired), "{codes:?}");
            assert_state(&office.complete(&back), ImportState::Done);
        }
        let notes = [0, 1, 2].map(|user| office.value(user, "notes"));
        assert!(notes.iter().all(|note| note.as_deref() != Some("IMPORTANT")), "{notes:?}");
        assert_eq!(office.value(0, "last_name").as_deref(), Some("Smith"));
        office.check_history();
    });
}

#[test]
fn a_choice_counts_for_the_value_that_was_seen_when_it_was_made() {
    on_both(|app| {
        for fields_move_too in [false, true] {
            let office = Office::called(app, if fields_move_too { "beta" } else { "alpha" });
            let titles = [["Baker", "Cook"], ["Baker", "Cook"], ["Baker", "Cook"]];
            let mut sheet = office.csv();
            for (user, [mine, theirs]) in titles.iter().enumerate() {
                sheet = sheet.with(user, "job_title", mine);
                office.edit(user, "job_title", theirs);
            }
            let import = upload(&office, &sheet);
            assert_eq!(import.counts.conflicts, 3);
            let cell = |user| Target::Cell(sheet.name(user, "job_title").parse().expect("a cell"));
            office.fix(&import, cell(0), FixKind::Choose(Chosen::File));
            office.fix(&import, cell(1), FixKind::Choose(Chosen::Now));
            let chosen = office.fix(&import, cell(2), FixKind::Choose(Chosen::File));
            // Somebody changes the first again, takes the second back, and changes another field of the third.
            office.edit(0, "job_title", "Poet");
            office.edit(1, "job_title", "");
            office.edit(2, "notes", "Hello");
            if fields_move_too {
                office.redefine("phone", |field| field.title = "Telephone".to_owned());
            }
            let mut back = office.complete(&chosen);
            assert_state(&back, ImportState::Review);
            // Where the file was read again, what is no conflict any more is a change, which nobody has seen.
            let appeared = ["Bo Rowe: Job title", "Ada Quill ? Job title"];
            assert_eq!(new(&office, &back), if fields_move_too { &appeared[..] } else { &appeared[1..] });
            assert_eq!((back.counts.conflicts, office.value(1, "job_title")), (1, None));
            assert_eq!(office.value(0, "job_title").as_deref(), Some("Poet"));
            if fields_move_too {
                back = office.fix(&back, Target::Row(4), FixKind::LeaveOut(true));
            }
            let again = office.fix(&back, cell(0), FixKind::Choose(Chosen::File));
            assert_state(&office.complete(&again), ImportState::Done);
            let titles = [0, 1, 2].map(|user| office.value(user, "job_title"));
            assert_eq!(titles, [Some("Baker".to_owned()), None, Some("Baker".to_owned())]);
        }
    });
}

#[test]
fn an_open_conflict_that_somebody_took_back_is_not_written_unseen() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "job_title", "Baker").with(1, "job_title", "Smith");
        office.edit(0, "job_title", "Cook");
        let import = upload(&office, &sheet);
        office.edit(0, "job_title", "");
        let done = complete_the_rest(&office, &import);
        assert_state(&done, ImportState::Done);
        assert_eq!(office.value(0, "job_title"), None, "review said that it stays as it is");
        assert_eq!(office.value(1, "job_title").as_deref(), Some("Smith"));
    });
}

#[test]
fn what_was_put_back_by_choice_and_changed_again_is_asked_again() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv();
        office.import(&sheet.clone().with(0, "job_title", "Cook"));
        let import = upload(&office, &sheet);
        let cell = Target::Cell(sheet.name(0, "job_title").parse().expect("a cell"));
        let chosen = office.fix(&import, cell, FixKind::Choose(Chosen::File));
        assert_eq!(office.changes(&chosen), [r#"Ada Quill: Job title "Cook" -> """#]);
        office.edit(0, "job_title", "Poet");
        let back = office.complete(&chosen);
        assert_state(&back, ImportState::Review);
        assert_eq!(back.new_cells, 1);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Poet"));
    });
}

#[test]
fn a_user_who_was_withdrawn_meanwhile_is_red_and_the_rest_completes() {
    on_both(|app| {
        let mut office = Office::new(app);
        let created = office.create("Gil", "gil@acme.example");
        let sheet = office.csv().with(0, "manager", "gil@acme.example").with(1, "job_title", "Cook").with(
            6,
            "job_title",
            "Poet",
        );
        let import = upload(&office, &sheet);
        assert_eq!((import.counts.errors, import.counts.users_to_edit), (0, 3));
        assert_state(&office.undo(&created), ImportState::Done);
        let back = office.complete(&import);
        let manager = format!("{} not_a_user", sheet.name(0, "manager"));
        assert_back(&office, &back, import.plan, &[manager, "A9 user_id_unknown".to_owned()]);
        let done = complete_the_rest(&office, &back);
        assert_state(&done, ImportState::Done);
        assert_eq!((done.counts.users_to_edit, done.counts.left_out), (1, 2));
        assert_eq!(office.value(1, "job_title").as_deref(), Some("Cook"));
        office.check_history();
    });
}

#[test]
fn nobody_loses_their_last_way_to_sign_in_between_review_and_apply() {
    on_both(|app| {
        let office = Office::new(app);
        office.edit(0, "username", "ada");
        office.edit(1, "username", "bo");
        let sheet = office.csv().with(0, "email", "").with(1, "email", "");
        let import = upload(&office, &sheet);
        assert_eq!(import.counts.errors, 0);
        office.edit(0, "username", "");
        office.edit(1, "username", "bo.rowe");
        let back = office.complete(&import);
        assert_back(&office, &back, import.plan, &[format!("{} no_sign_in", sheet.name(0, "email"))]);
        let done = complete_the_rest(&office, &back);
        assert_eq!(done.counts.users_to_edit, 1);
        assert_eq!(office.value(0, "email").as_deref(), Some("ada@acme.example"));
        assert_eq!(office.value(1, "email"), None);
    });
}

#[test]
fn all_that_others_took_meanwhile_turns_red_together() {
    on_both(|app| {
        let office = Office::new(app);
        let other = Office::called(app, "globex");
        let sheet = office
            .csv()
            .with(0, "email", "one@free.example")
            .with(1, "email", "two@free.example")
            .with(2, "email", "three@free.example");
        let import = upload(&office, &sheet);
        assert_eq!(import.counts.errors, 0);
        other.edit(0, "email", "one@free.example");
        other.edit(1, "email", "two@free.example");
        let back = office.complete(&import);
        let red = [0, 1].map(|user| format!("{} login_in_use", sheet.name(user, "email")));
        assert_back(&office, &back, import.plan, &red);
        let done = complete_the_rest(&office, &back);
        assert_eq!(done.counts.users_to_edit, 1);
        assert_eq!(office.value(2, "email").as_deref(), Some("three@free.example"));
    });
}

#[test]
fn what_is_still_free_is_not_judged_again_one_by_one() {
    on_both(|app| {
        let mut office = Office::new(app);
        let other = Office::called(app, "globex");
        office.hire_more(300);
        let mut sheet = office.csv();
        for user in 0..300 {
            *sheet.cell(user, "email") = format!("free{user}@free.example");
        }
        let import = upload(&office, &sheet);
        assert_eq!((import.counts.errors, import.counts.users_to_edit), (0, 300));
        other.edit(0, "email", "free0@free.example");
        let fault = Fault { at: u64::MAX, kind: FaultKind::Failed };
        app.store.faults().plan(fault);
        let back = office.complete(&import);
        let statements = app.store.faults().statements();
        assert_back(&office, &back, import.plan, &[format!("{} login_in_use", sheet.name(0, "email"))]);
        // Apply gives up the 300 that they had; of those that they are to have, it comes to the first.
        assert!(statements < 450, "{statements} statements");
    });
}

#[test]
fn marks_are_of_the_last_review_only() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "job_title", "Baker").with(1, "job_title", "Smith");
        let import = upload(&office, &sheet);
        office.edit(0, "job_title", "Cook");
        let back = office.complete(&import);
        assert_back(&office, &back, import.plan, &["Ada Quill ? Job title".to_owned()]);
        office.edit(1, "job_title", "Poet");
        let again = complete_the_rest(&office, &back);
        assert_back(&office, &again, back.plan, &["Bo Rowe ? Job title".to_owned()]);
    });
}

#[test]
fn a_plan_of_many_rows_is_followed_though_everybody_changed_since() {
    on_both(|app| {
        let mut office = Office::new(app);
        let gil = office.create("Gil", "gil@acme.example");
        office.hire_more(2_100);
        let (first, last) = (7, office.ids.len() - 1);
        let (mut sheet, mut other) = (office.csv(), office.csv());
        for user in (0..6).chain(first..=last) {
            *sheet.cell(user, "job_title") = "Baker".to_owned();
            *other.cell(user, "notes") = "Hello".to_owned();
        }
        let import = upload(&office, &sheet.clone().with(last, "manager", "gil@acme.example"));
        let edited = import.counts.users_to_edit;
        assert_eq!((import.counts.errors, edited), (0, 2_106));
        office.import(&other.with(0, "job_title", "Cook").with(1_500, "job_title", "Baker").with(
            last - 1,
            "job_title",
            "Poet",
        ));
        assert_state(&office.undo(&gil), ImportState::Done);
        let back = office.complete(&import);
        let appeared = ["Ada Quill ? Job title", "Many More ? Job title"].map(str::to_owned);
        let manager = format!("{} not_a_user", sheet.name(last, "manager"));
        let [one, two] = appeared;
        assert_back(&office, &back, import.plan, &[one, two, manager]);
        // Two conflicts and an error write nothing, and one is so already.
        assert_eq!((back.counts.users_to_edit, back.counts.conflicts), (edited - 4, 2));
        let done = complete_the_rest(&office, &back);
        assert_state(&done, ImportState::Done);
        assert_eq!((done.counts.users_to_edit, done.counts.left_out), (edited - 4, 1));
        let titles = [0, 1, 1_500, last - 1, last].map(|user| office.value(user, "job_title"));
        let titles: Vec<&str> = titles.iter().map(|title| title.as_deref().unwrap_or_default()).collect();
        assert_eq!(titles, ["Cook", "Baker", "Baker", "Poet", ""]);
    });
}

#[test]
fn a_worker_that_takes_over_half_way_counts_what_the_one_before_marked() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "job_title", "Baker").with(1, "job_title", "Smith");
        let import = upload(&office, &sheet);
        office.edit(0, "job_title", "Cook");
        office.edit(1, "job_title", "Poet");
        let (account, id) = (office.account.id, import.id);
        let answer = import::complete(app, account, id, Some(import.plan), false);
        assert!(matches!(answer, Ok(import::Completion::Started(_))), "{answer:?}");
        // A worker follows the first row and dies.
        let now = app.clock.now();
        let lease = app.store.claim(Some((account, id)), "dead", now, now.plus(6_000)).expect("it works");
        let place = Place::User(office.ids[0]);
        let row = app.store.plan_row(account, id, place).expect("it works");
        let conflict = PlanCell { now: Some("Cook".to_owned()), state: State::Conflict, ..row[0].clone() };
        let change =
            Counts::of_row(std::slice::from_ref(&conflict), false).minus(Counts::of_row(&row, false));
        let followed = FollowedCells { new: vec![conflict], change, ..FollowedCells::default() };
        assert!(app.store.keep_followed(&lease.expect("it waits"), &followed).expect("it works"));
        app.clock.turn(60_000);
        let back = office.rest(id);
        let expected = ["Ada Quill ? Job title", "Bo Rowe ? Job title"].map(str::to_owned);
        assert_back(&office, &back, import.plan, &expected);
        assert_eq!((back.counts.conflicts, back.counts.users_to_edit), (2, 0));
    });
}
