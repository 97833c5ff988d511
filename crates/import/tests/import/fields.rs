//! Fields change, and everything else goes on: workbooks of before, users, undo.

use ::import::{self, FieldRefusal, Instead};
use ::store::{Import, ImportState};
use directory::{FieldEdit, FieldProblem, Kind, NewField};

use ground::office::{ANN, Office, assert_state};
use ground::on_both;

fn edit(office: &Office<'_>, key: &str, edits: &[FieldEdit]) {
    office.app.clock.turn(1_000);
    let edited = import::edit_field(office.app, office.account.id, ANN, key, edits).expect("the store");
    edited.expect("an edit that may be");
}

fn new(key: &str, kind: Kind) -> NewField {
    let title = key.to_owned();
    NewField {
        key: key.to_owned(),
        title,
        kind,
        required: false,
        unique: false,
        searched: false,
        pattern: None,
        choices: Vec::new(),
    }
}

/// Removes an option of the department; the import that gives its users something else, at rest.
fn remove(office: &Office<'_>, option: u32, instead: Instead) -> Option<Import> {
    office.app.clock.turn(1_000);
    let of = ("department", option);
    let removed = import::remove_choice(office.app, office.account.id, ANN, of, instead).expect("the store");
    removed.expect("may be").map(|id| office.rest(id))
}

/// A kind of change of the department, and what becomes of a workbook that was downloaded before it in which somebody moved to Sales and
/// somebody to Commercial.
type Case = (&'static str, Vec<FieldEdit>, &'static str, Vec<&'static str>);

#[test]
fn a_workbook_of_before_keeps_working_after_each_kind_of_change() {
    use FieldEdit as E;
    let both =
        vec!["Bo Rowe: Department \"Finance\" -> \"Sales\"", "Cleo Salt: Department \"\" -> \"Commercial\""];
    let renamed = vec!["Bo Rowe: Department \"Finance\" -> \"Sales and more\"", both[1]];
    let titled = vec!["Bo Rowe: Unit \"Finance\" -> \"Sales\"", "Cleo Salt: Unit \"\" -> \"Commercial\""];
    let cases: [Case; 9] = [
        ("renamed", vec![E::Title("Unit".to_owned())], "", titled),
        ("moved", vec![E::Place(0)], "", both.clone()),
        ("required", vec![E::Required(true)], "", both.clone()),
        ("retired", vec![E::Retired(true)], "", Vec::new()),
        ("retired and back", vec![E::Retired(true), E::Retired(false)], "", both.clone()),
        ("more options", vec![E::AddChoices(vec!["Labour".to_owned()])], "", both.clone()),
        ("an option renamed", vec![E::RenameChoice(1, "Sales and more".to_owned())], "", renamed),
        ("options in another order", vec![E::PlaceChoice(1, 2)], "", both.clone()),
        ("an option removed", vec![E::RetireChoice(3, true)], "not_a_choice", both[..1].to_vec()),
    ];
    for (what, edits, issue, changes) in cases {
        on_both(|app| {
            let office = Office::new(app);
            let file = office.csv().with(1, "department", "Sales").with(2, "department", "Commercial");
            edit(&office, "department", &edits);
            let import = office.upload(file.text().as_bytes());
            let issues = office.issues(&import);
            assert!(
                if issue.is_empty() { issues.is_empty() } else { issues.iter().any(|of| of.contains(issue)) },
                "{what}: {issues:?}"
            );
            assert_eq!(office.changes(&import), changes, "{what}");
        });
    }
}

#[test]
fn a_field_that_came_later_is_simply_missing_in_a_workbook_of_before() {
    on_both(|app| {
        let office = Office::new(app);
        let file = office.csv().with(1, "notes", "New");
        let added =
            import::add_field(app, office.account.id, ANN, &new("floor", Kind::Text)).expect("the store");
        assert_eq!(added.expect("added").number.0, 102);
        let import = office.import(&file);
        assert_state(&import, ImportState::Done);
        assert_eq!(import.counts.cells_to_edit, 1);
        office.check_history();
    });
}

#[test]
fn a_renamed_option_stays_with_its_users_and_touches_none() {
    on_both(|app| {
        let office = Office::new(app);
        let before = office.account_now();
        edit(&office, "department", &[FieldEdit::RenameChoice(1, "Sales and more".to_owned())]);
        assert_eq!(office.account_now(), before + 1);
        let changes = app.store.changes_at(office.account.id, before + 1, (0, 0), 10).expect("changes");
        assert_eq!((changes.len(), office.value(0, "department").as_deref()), (0, Some("1")));
        let mut file = office.csv();
        assert_eq!(*file.cell(0, "department"), "Sales and more");
        // Nothing differs, so nothing is written.
        edit(&office, "department", &[FieldEdit::RenameChoice(1, "Sales and more".to_owned())]);
        assert_eq!(office.account_now(), before + 1);
        let chain = app.store.verify_chain(office.account.id).expect("a chain");
        assert_eq!((chain.altered, chain.revision), (None, before + 1));
    });
}

#[test]
fn users_of_a_removed_option_get_another_by_an_import_that_can_be_undone() {
    on_both(|app| {
        let office = Office::new(app);
        let import = remove(&office, 1, Instead::Option(2)).expect("an import");
        assert_state(&import, ImportState::Done);
        assert_eq!(import.counts.users_to_edit, 2);
        let departments = || [0, 3].map(|user| office.value(user, "department"));
        assert_eq!(departments(), [Some("2".to_owned()), Some("2".to_owned())]);
        office.check_history();
        // Who has it cannot get it again by a file, and the label is no option any more.
        let wrong = office.upload(office.csv().with(2, "department", "Sales").text().as_bytes());
        assert!(office.issues(&wrong)[0].contains("not_a_choice"), "{:?}", office.issues(&wrong));
        let undone = office.undo(&import);
        let undone = if undone.state == ImportState::Review { office.complete(&undone) } else { undone };
        assert_state(&undone, ImportState::Done);
        assert_eq!(departments(), [Some("1".to_owned()), Some("1".to_owned())], "they have what they had");
        office.check_history();
        // Its users can be given something else again, and it can come back.
        let import = remove(&office, 1, Instead::Nothing).expect("an import");
        assert_state(&import, ImportState::Done);
        assert_eq!(departments(), [None, None]);
        assert_eq!(remove(&office, 1, Instead::Nothing), None, "nobody has it");
        edit(&office, "department", &[FieldEdit::AddChoices(vec!["sales".to_owned()])]);
        let field =
            app.store.fields(office.account.id).expect("fields").by_key("department").expect("it").clone();
        assert_eq!(
            field.choice("1").map(|choice| (choice.label.as_str(), choice.retired)),
            Some(("sales", false))
        );
    });
}

#[test]
fn of_several_options_one_is_taken_for_another_and_the_rest_stay() {
    on_both(|app| {
        let mut office = Office::new(app);
        let labels = ["North", "South", "East"].map(str::to_owned).to_vec();
        edit(&office, "segments", &[FieldEdit::AddChoices(labels)]);
        let people: [(&str, &str); 3] = [("Gil", "1;2"), ("Hal", "1"), ("Ivo", "2;3")];
        for (name, segments) in people {
            let email = format!("{name}@acme.example");
            office.add(&[
                ("first_name", name),
                ("last_name", "X"),
                ("status", "active"),
                ("email", &email),
                ("segments", segments),
            ]);
        }
        // An option that was removed before stays beside what changes.
        edit(&office, "segments", &[FieldEdit::RetireChoice(2, true)]);
        let of = ("segments", 1);
        let removed =
            import::remove_choice(app, office.account.id, ANN, of, Instead::Option(3)).expect("the store");
        let import = office.rest(removed.expect("may be").expect("an import"));
        assert_state(&import, ImportState::Done);
        let segments = [6, 7, 8].map(|user| office.value(user, "segments").unwrap_or_default());
        assert_eq!(segments, ["2;3", "3", "2;3"]);
        office.check_history();
    });
}

#[test]
fn what_may_not_become_of_an_option_says_why() {
    on_both(|app| {
        let office = Office::new(app);
        let try_to = |option: u32, instead: Instead| {
            let of = ("department", option);
            import::remove_choice(app, office.account.id, ANN, of, instead).expect("the store")
        };
        for (option, instead) in [(9, Instead::Keep), (1, Instead::Option(9)), (1, Instead::Option(1))] {
            let refused = try_to(option, instead).expect_err("refused");
            assert!(matches!(refused, FieldRefusal::Problem(FieldProblem::NoChoice(_))), "{refused:?}");
        }
        edit(&office, "department", &[FieldEdit::Required(true)]);
        let refused = try_to(1, Instead::Nothing).expect_err("refused");
        assert_eq!(refused, FieldRefusal::Problem(FieldProblem::ChoiceNeeded("Department".to_owned())));
        let before = office.account_now();
        assert_eq!(try_to(1, Instead::Keep), Ok(None));
        assert_eq!((office.account_now(), office.value(0, "department").as_deref()), (before + 1, Some("1")));
    });
}

#[test]
fn doubled_values_are_named_and_users_are_counted() {
    on_both(|app| {
        let office = Office::new(app);
        let unique = [FieldEdit::Unique(true)];
        let made =
            import::edit_field(app, office.account.id, ANN, "employee_number", &unique).expect("the store");
        assert!(made.is_ok_and(|field| field.unique), "one has none, the others differ");
        office.edit(1, "notes", "the same");
        office.edit(2, "notes", "the same");
        let before = office.account_now();
        let refused = import::edit_field(app, office.account.id, ANN, "notes", &unique).expect("the store");
        let sentence = refused.expect_err("they share it").sentence();
        assert!(sentence.contains("the same") && sentence.contains(&office.ids[1].to_string()), "{sentence}");
        assert_eq!(office.account_now(), before);
        let fields = app.store.fields(office.account.id).expect("fields");
        for (key, with, options) in [
            ("department", 5, vec![(1, 2), (2, 2), (3, 1)]),
            ("notes", 2, Vec::new()),
            ("employee_number", 5, Vec::new()),
            ("segments", 0, Vec::new()),
        ] {
            let field = fields.by_key(key).expect("it");
            let mut used = app.store.field_use(office.account.id, field).expect("counted");
            used.options.sort_unstable();
            assert_eq!((used.with, used.without, used.options), (with, 6 - with, options), "{key}");
        }
        let department = fields.by_key("department").expect("it");
        let found = app.store.users_with_option(office.account.id, department, 1).expect("found");
        assert_eq!(found, [office.ids[0], office.ids[3]]);
    });
}

#[test]
fn a_custom_field_of_several_choices_is_counted_and_found() {
    on_both(|app| {
        let mut office = Office::new(app);
        let choices = (1..=12).map(|number| format!("Room {number}")).collect();
        let rooms = NewField { choices, ..new("rooms", Kind::Choices) };
        import::add_field(app, office.account.id, ANN, &rooms).expect("the store").expect("added");
        for rooms in ["1;12", "2;11", "12"] {
            let email = format!("{}@acme.example", rooms.replace(';', "-"));
            office.add(&[
                ("first_name", "Rae"),
                ("last_name", "X"),
                ("status", "active"),
                ("email", &email),
                ("rooms", rooms),
            ]);
        }
        let fields = app.store.fields(office.account.id).expect("fields");
        let field = fields.by_key("rooms").expect("it");
        let used = app.store.field_use(office.account.id, field).expect("counted");
        assert_eq!((used.with, used.of_option(12), used.of_option(1), used.of_option(3)), (3, 2, 1, 0));
        let found = app.store.users_with_option(office.account.id, field, 1).expect("found");
        assert_eq!(found, [office.ids[6]], "1 is neither 11 nor 12");
    });
}
