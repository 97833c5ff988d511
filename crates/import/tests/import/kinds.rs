//! Problems by kind: field and what is wrong, all of them, with their texts; answers taken together; an option added to a field.

use ::import::{self, Fixed, OptionAdded, Reread, Target};
use ::store::{FixKind, Import, ImportState, Turn};
use directory::{Code, FieldNumber};

use ground::office::{ANN, Office, assert_state};
use ground::on_both;

/// The kinds as `code:field cells/texts/offered`.
fn kinds(office: &Office<'_>, import: &Import) -> Vec<String> {
    let kinds = import::kinds(office.app, import).expect("kinds");
    let word = |kind: &import::ReviewKind| {
        let field = kind.field.as_ref().map_or("", |field| field.key.as_str());
        format!("{}:{field} {}/{}/{}", kind.code.word(), kind.cells, kind.texts, kind.offered)
    };
    kinds.iter().map(word).collect()
}

fn field(office: &Office<'_>, key: &str) -> FieldNumber {
    office.fields.by_key(key).expect("a field").number
}

/// The texts of a kind on a page of two.
fn texts(office: &Office<'_>, import: &Import, code: Code, key: &str, skip: u32) -> Vec<String> {
    let kind = (code, field(office, key));
    let groups = import::groups_of_kind(office.app, import, kind, (skip, 2)).expect("texts");
    let word = |group: &import::ReviewGroup| {
        let best = group.suggestions.first().map_or("", String::as_str);
        format!("{} {} {best}", group.value.as_deref().unwrap_or("-"), group.cells)
    };
    groups.iter().map(word).collect()
}

fn fix(office: &Office<'_>, import: &Import, fixes: &[(Target, FixKind)]) -> Import {
    match import::fix(office.app, office.account.id, import.id, fixes, ANN).expect("the store") {
        Fixed::Kept(import, _) => *import,
        other => panic!("{other:?}"),
    }
}

fn turn(office: &Office<'_>, import: &Import, which: Turn) -> Import {
    let turned = import::turn_fixes(office.app, office.account.id, import.id, which).expect("turned");
    assert!(matches!(turned, Reread::Kept(_)), "{turned:?}");
    office.rest(import.id)
}

#[test]
fn every_kind_is_listed_most_cells_first_however_many_texts_it_has() {
    on_both(|app| {
        let mut office = Office::new(app);
        office.crowd(60, &[("username", &|number| format!("of{number}"))]);
        let mut sheet = office.csv();
        for user in 6..46 {
            *sheet.cell(user, "phone") = format!("07700 9{user:05}");
        }
        for user in 46..66 {
            *sheet.cell(user, "start_date") = format!("day {user}");
        }
        let misspelt = ["Fianance", "Fianance", "Slaes", "HR", "Fianance"];
        for (user, text) in misspelt.into_iter().enumerate() {
            *sheet.cell(user, "department") = text.to_owned();
        }
        let import = office.upload(sheet.text().as_bytes());
        let all =
            ["not_a_phone:phone 40/40/40", "not_a_date:start_date 20/20/0", "not_a_choice:department 5/3/4"];
        assert_eq!(kinds(&office, &import), all);
        let department = |skip| texts(&office, &import, Code::NotAChoice, "department", skip);
        assert_eq!(department(0), ["Fianance 3 Finance", "HR 1 "]);
        assert_eq!(department(2), ["Slaes 1 Sales"]);
        let kind = (Code::NotAChoice, field(&office, "department"));
        let page = import::issues_of_kind(app, &import, kind, Default::default(), 2).expect("a page");
        assert_eq!(page.items.iter().map(|issue| issue.row).collect::<Vec<_>>(), [3, 4]);
        assert!(page.next.is_some());

        // All phones take their answers as one step; several texts of a field become something as one step, too.
        let phones = fix(
            &office,
            &import,
            &[(Target::Offered(Code::NotAPhone, "phone".to_owned()), FixKind::Offered(0))],
        );
        assert_eq!(kinds(&office, &phones), &all[1..]);
        assert_eq!(phones.plan, import.plan + 1);
        let group = |text: &str| Target::Group(Code::NotAChoice, kind.1, Some(text.to_owned()));
        let put_right = [
            (group("Fianance"), FixKind::Value("Finance".to_owned())),
            (group("Slaes"), FixKind::Value("Sales".to_owned())),
            (group("HR"), FixKind::LeaveOut(true)),
        ];
        let fixed = fix(&office, &phones, &put_right);
        assert_eq!((kinds(&office, &fixed), fixed.counts.left_out), (vec![all[1].to_owned()], 1));
        let undone = turn(&office, &fixed, Turn::Undo);
        assert_eq!(kinds(&office, &undone), &all[1..], "all of them, by one undo");
        assert_eq!(kinds(&office, &turn(&office, &undone, Turn::Undo)), all);
    });
}

#[test]
fn a_date_is_read_with_the_day_first_or_the_month_in_all_cells() {
    on_both(|app| {
        for (which, stored) in [(0, "2021-02-01"), (1, "2021-01-02")] {
            let office = Office::called(app, if which == 0 { "acme" } else { "globex" });
            // Evidence for both orders makes the rest ambiguous.
            let sheet = office.csv();
            let dates = ["13/02/2020", "02/13/2020", "01/02/2021", "14/02/2020", "02/14/2020", "01/02/21"];
            let sheet = dates
                .into_iter()
                .enumerate()
                .fold(sheet, |sheet, (user, date)| sheet.with(user, "start_date", date));
            let import = office.upload(sheet.text().as_bytes());
            let ambiguous = kinds(&office, &import);
            if !ambiguous.iter().any(|kind| kind.starts_with("ambiguous_date")) {
                panic!("{ambiguous:?}");
            }
            let target = Target::Offered(Code::AmbiguousDate, "start_date".to_owned());
            let fixed = fix(&office, &import, &[(target, FixKind::Offered(which))]);
            assert!(!kinds(&office, &fixed).iter().any(|kind| kind.starts_with("ambiguous_date")));
            let row = app
                .store
                .plan_row(office.account.id, import.id, directory::Place::User(office.ids[2]))
                .expect("the store");
            let date = row.iter().find(|cell| cell.field == field(&office, "start_date")).expect("a date");
            assert_eq!(date.mine.as_deref(), Some(stored));
        }
    });
}

#[test]
fn an_option_is_added_to_its_field_and_stays_when_steps_are_undone() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "department", "HR").with(1, "department", "hr ");
        let sheet = sheet.with(2, "department", "HR desk").with(3, "job_title", "Clerk");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(kinds(&office, &import), ["not_a_choice:department 3/3/0"]);
        let clerk = Target::Field(office.ids[3], "job_title".to_owned());
        let import = fix(&office, &import, &[(clerk, FixKind::Value("Cook".to_owned()))]);
        let add = |key: &str, label: &str| {
            import::add_option(app, office.account.id, import.id, (key, label), ANN).expect("the store")
        };
        for (key, label) in
            [("job_title", "HR"), ("department", " "), ("department", "A;B"), ("nothing", "HR")]
        {
            assert_eq!(add(key, label), OptionAdded::NoSuchField, "{key} {label:?}");
        }
        let before = office.account_now();
        assert_eq!(add("department", "HR"), OptionAdded::Added(2));
        assert_eq!(office.account_now(), before + 1, "a revision of its own");
        let now = app.store.import(office.account.id, import.id).expect("the store").expect("it");
        assert_eq!((now.plan, now.counts.errors), (import.plan + 2, 1));
        assert_eq!(kinds(&office, &now), ["not_a_choice:department 1/1/0"]);
        assert_eq!(add("department", "hr"), OptionAdded::Added(0), "it is there");
        assert_eq!(office.account_now(), before + 1);

        let undone = turn(&office, &now, Turn::Undo);
        assert_eq!(kinds(&office, &undone), ["not_a_choice:department 1/1/0"], "the option is no step");
        let left = Target::Field(office.ids[2], "department".to_owned());
        let fixed = fix(&office, &undone, &[(left, FixKind::Value("HR".to_owned()))]);
        let done = office.complete(&fixed);
        let done = if done.state == ImportState::Review { office.complete(&done) } else { done };
        assert_state(&done, ImportState::Done);
        let department = app.store.fields(office.account.id).expect("fields");
        let department = department.by_key("department").expect("it").choices.last().expect("one").clone();
        assert_eq!((department.label.as_str(), department.retired), ("HR", false));
        assert_eq!(office.value(0, "department"), Some(department.id.to_string()));
        assert_eq!(add("department", "Legal"), OptionAdded::NotInReview(ImportState::Done));
    });
}

#[test]
fn a_text_of_several_lines_has_one_answer_and_is_named_with_whichever_breaks() {
    on_both(|app| {
        for (user, (breaks, sent)) in
            [("\n", "\r\n"), ("\r\n", "\n"), ("\n", "\n"), ("\r\n", "\r\n")].into_iter().enumerate()
        {
            let office = Office::called(app, &format!("acme-{user}"));
            let text = |breaks: &str| format!("line one{breaks}line \u{202e}two");
            let cell = format!("\"{}\"", text(breaks));
            let sheet = office.csv().with(0, "job_title", &cell).with(1, "job_title", &cell);
            let sheet =
                sheet.with(2, "email", &format!("\"ann@acme.example{breaks}\u{202e}bo@acme.example\""));
            let import = office.upload(sheet.text().as_bytes());
            let kind = (Code::BidiControl, field(&office, "job_title"));
            let groups = import::groups_of_kind(app, &import, kind, (0, 9)).expect("texts");
            assert_eq!(groups[0].suggestions, ["line one\nline two"]);
            let issue = import::issues_of_kind(app, &import, kind, Default::default(), 1).expect("a cell");
            assert_eq!(issue.items[0].wrong.suggestions, ["line one\nline two"]);
            // What holds one line is offered lines.
            let email = (Code::BidiControl, field(&office, "email"));
            let groups = import::groups_of_kind(app, &import, email, (0, 9)).expect("texts");
            assert_eq!(groups[0].suggestions, ["ann@acme.example", "bo@acme.example"]);

            let group = Target::Group(Code::BidiControl, kind.1, Some(text(sent)));
            let fixed = fix(&office, &import, &[(group, FixKind::Value("line one\r\nline two".to_owned()))]);
            assert_eq!(kinds(&office, &fixed), ["bidi_control:email 1/1/1"]);
            assert_eq!(fixed.counts.cells_to_edit, 2, "both cells");
        }
    });
}
