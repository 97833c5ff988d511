//! Answers that are offered again, and options that other imports wait for.

use ::import::{self, NewAnswer, OptionAdded, Target};
use ::store::{FixKind, Import, ImportState};
use directory::Code;

use ground::office::{ANN, Office, assert_state};
use ground::on_both;

/// The answers that are kept: `department: HR -> Finance`, with a mark where one is not offered.
fn answers(office: &Office<'_>) -> Vec<String> {
    let answers = import::answers(office.app, office.account.id).expect("the store");
    let word = |answer: &import::ShownAnswer| {
        let mark = if answer.offered { "" } else { " (not offered)" };
        format!("{}: {} -> {}{mark}", answer.field.key, answer.text, answer.becomes)
    };
    answers.iter().map(word).collect()
}

/// What is offered for the texts of a field that are wrong: `HR: Finance, as before`.
fn offered(office: &Office<'_>, import: &Import, code: Code, key: &str) -> Vec<String> {
    let field = office.fields.by_key(key).expect("a field").number;
    let groups = import::groups_of_kind(office.app, import, (code, field), (0, 20)).expect("texts");
    let word = |group: &import::ReviewGroup| {
        let source = if group.is_as_before { ", as before" } else { "" };
        format!("{}: {}{source}", group.value.as_deref().unwrap_or("-"), group.suggestions.join("|"))
    };
    let mut words: Vec<String> = groups.iter().map(word).collect();
    words.sort();
    words
}

fn keep(office: &Office<'_>, answers: &[(&str, &str, &str)]) -> i64 {
    let new = |(key, text, becomes): &(&str, &str, &str)| NewAnswer {
        field: office.fields.by_key(key).expect("a field").number,
        text: (*text).to_owned(),
        becomes: (*becomes).to_owned(),
    };
    let new: Vec<NewAnswer> = answers.iter().map(new).collect();
    import::keep_answers(office.app, office.account.id, &new, ANN).expect("the store")
}

#[test]
fn an_answer_is_offered_next_time_and_never_applied_unseen() {
    on_both(|app| {
        let office = Office::new(app);
        let other = Office::called(app, "globex");
        for (key, text, becomes, kept) in [
            ("department", " HR desk ", "Finance", 1),
            ("phone", "front door", "+44 1632 960123", 1),
            ("start_date", "at once", "2026-12-01", 1),
            ("department", "HR", "Nothing like that", 0),
            ("department", "HR", "", 0),
            ("department", "  ", "Finance", 0),
            ("email", "none", "a@b.example", 0),
            ("manager", "the boss", "U-2222222222", 0),
        ] {
            assert_eq!(keep(&office, &[(key, text, becomes)]), kept, "{key} {text:?} {becomes:?}");
        }
        let all = [
            "department: HR desk -> Finance",
            "phone: front door -> +441632960123",
            "start_date: at once -> 2026-12-01",
        ];
        assert_eq!(answers(&office), all);
        assert_eq!(answers(&other), [""; 0], "of one account");

        // In any case and spacing, in an edit and for a new user; the rest has what is nearest.
        let sheet = office.csv().with(0, "department", "hr  DESK").with(1, "department", "Fianance");
        let sheet = sheet.with(2, "phone", "Front door").with(3, "start_date", "at once");
        let import = office.upload(sheet.text().as_bytes());
        assert_state(&import, ImportState::Review);
        assert_eq!(import.counts.errors, 4, "nothing is applied unseen");
        assert_eq!(
            offered(&office, &import, Code::NotAChoice, "department"),
            ["Fianance: Finance", "hr  DESK: Finance, as before"]
        );
        assert_eq!(
            offered(&office, &import, Code::NotADate, "start_date"),
            ["at once: 2026-12-01, as before"]
        );
        let kinds = import::kinds(app, &import).expect("kinds");
        assert!(kinds.iter().all(|kind| kind.offered == kind.cells), "{kinds:?}");
        // All of a kind take what is offered, these too.
        let target = Target::Offered(Code::NotAPhone, "phone".to_owned());
        let fixed = office.fix(&import, target, FixKind::Offered(0));
        assert_eq!(fixed.counts.errors, 3);

        let stranger = other.upload(other.csv().with(0, "department", "HR desk").text().as_bytes());
        assert_eq!(offered(&other, &stranger, Code::NotAChoice, "department"), ["HR desk: "]);
    });
}

#[test]
fn an_answer_follows_its_option_is_replaced_and_is_forgotten() {
    on_both(|app| {
        let office = Office::new(app);
        keep(&office, &[("department", "HR desk", "Finance")]);
        keep(&office, &[("department", "hr desk", "Sales"), ("department", "Money", "Finance")]);
        assert_eq!(answers(&office), ["department: hr desk -> Sales", "department: Money -> Finance"]);
        office.redefine("department", |field| field.choices[0].label = "Field sales".to_owned());
        office.redefine("department", |field| field.choices[1].retired = true);
        assert_eq!(
            answers(&office),
            ["department: hr desk -> Field sales", "department: Money -> Finance (not offered)"]
        );
        let sheet = office.csv().with(2, "department", "HR desk").with(5, "department", "Money");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(
            offered(&office, &import, Code::NotAChoice, "department"),
            ["HR desk: Field sales, as before", "Money: "]
        );
        // One that is kept while an import waits is offered there as well.
        keep(&office, &[("department", "Money", "Commercial")]);
        assert_eq!(
            offered(&office, &import, Code::NotAChoice, "department")[1],
            "Money: Commercial, as before"
        );
        let forget = |key: &str, text: &str| {
            import::forget_answer(app, office.account.id, key, text).expect("the store")
        };
        assert!(forget("department", " MONEY "));
        assert!(!forget("department", "Money"), "once");
        assert!(!forget("nothing", "hr desk"));
        assert_eq!(answers(&office), ["department: hr desk -> Field sales"]);
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(offered(&office, &import, Code::NotAChoice, "department")[1], "Money: ");
    });
}

#[test]
fn an_option_is_taken_in_the_other_imports_that_wait_too_and_only_there() {
    on_both(|app| {
        let office = Office::new(app);
        let other = Office::called(app, "globex");
        let texts = |office: &Office<'_>| {
            let sheet = office.csv().with(0, "department", "HR").with(1, "department", "HR desk");
            office.upload(sheet.with(2, "start_date", "HR").text().as_bytes())
        };
        let (first, second, third, stranger) =
            (texts(&office), texts(&office), texts(&office), texts(&other));
        import::cancel(app, office.account.id, third.id).expect("cancelled");
        let added = import::add_option(app, office.account.id, first.id, ("department", "HR"), ANN);
        assert_eq!(added.expect("the store"), OptionAdded::Added(1), "of the import at hand");
        for (office, import, errors) in [(&office, &first, 2), (&office, &second, 2), (&other, &stranger, 3)]
        {
            let now = app.store.import(office.account.id, import.id).expect("the store").expect("it");
            assert_eq!(now.counts.errors, errors, "{}", import.id);
            assert_eq!(now.counts.users_to_edit, 3 - errors);
        }
        // What was judged again is no step: there is nothing to undo.
        assert_eq!(import::fix_steps(app, &second).expect("steps"), [None, None]);
    });
}
