//! Tickets: rows wait for support, support releases a value, and the rows come back.

use ::import::{self, Brought, Decided, Raised, Released, TakenBack, Target, Wanted, Written};
use ::store::{FixKind, Import, ImportKind, ImportState, Ticket, TicketState, TicketSums};
use directory::standard;

use ground::office::{ANN, Office, Sheet, assert_state};
use ground::{Ground, on_both, on_sqlite};

const FAY: &str = "fay@globex.example";

fn cell(sheet: &Sheet, user: usize, key: &str) -> Target {
    Target::Cell(sheet.name(user, key).parse().expect("a cell"))
}

fn raise(office: &Office<'_>, import: &Import, wanted: &Wanted) -> Raised {
    import::raise(office.app, office.account.id, import.id, wanted, " Please.\u{7} ", ANN).expect("it works")
}

fn number(raised: &Raised) -> i64 {
    let Raised::Kept(number, _) = raised else { panic!("{raised:?}") };
    *number
}

fn ticket(app: &Ground, number: i64) -> Ticket {
    app.store.ticket_of_anybody(number).expect("the store").expect("a ticket")
}

fn now(office: &Office<'_>, import: &Import) -> Import {
    office.app.store.import(office.account.id, import.id).expect("the store").expect("an import")
}

/// What is released, as the claim of the ticket's only value.
fn release(app: &Ground, number: i64, replacement: &str) -> Released {
    let ticket = ticket(app, number);
    let value = app.store.ticket_values(&ticket).expect("values").remove(0);
    import::release(app, &ticket, &value.claim, replacement, "sam@support.example").expect("it works")
}

/// Ada is to have Fay's email of another organisation and a new job; Bo gets a new job.
fn asking(office: &Office<'_>) -> (Sheet, Import) {
    let sheet =
        office.csv().with(0, "email", FAY).with(0, "job_title", "Pilot").with(1, "job_title", "Clerk");
    let import = office.upload(sheet.text().as_bytes());
    assert_eq!(office.issues(&import), [format!("{} login_in_use", sheet.name(0, "email"))]);
    (sheet, import)
}

#[test]
fn a_row_waits_for_support_and_comes_back_when_its_email_is_free() {
    on_both(|app| {
        let office = Office::new(app);
        let globex = Office::called(app, "globex");
        let (sheet, import) = asking(&office);
        let number = number(&raise(&office, &import, &Wanted::Cells(vec![cell(&sheet, 0, "email")])));
        let parked = now(&office, &import);
        assert_eq!((parked.with_support, parked.counts.errors, parked.counts.users_to_edit), (1, 0, 1));
        assert_eq!(office.issues(&parked), [""; 0], "it is no problem any more");
        let done = office.complete(&parked);
        assert_eq!((done.with_support, done.counts.users_to_edit), (1, 1));
        let sums = || app.store.ticket_sums(office.account.id).expect("sums");
        assert_eq!(sums(), TicketSums { waiting: 1, decided: 0 });

        // Fay signs in by nothing else.
        assert_eq!(release(app, number, ""), Released::NeedsReplacement);
        assert!(matches!(release(app, number, "ada@acme.example"), Released::Wrong(_)));
        assert_eq!(release(app, number, "fay.vance"), Released::Free);
        assert_eq!(
            (globex.value(5, "email"), globex.value(5, "username").as_deref()),
            (None, Some("fay.vance"))
        );
        assert_eq!(release(app, number, ""), Released::Free, "asked twice");
        assert_eq!(sums(), TicketSums { waiting: 0, decided: 1 });
        let told = app.store.unread_releases(globex.account.id).expect("releases");
        assert!(told.iter().all(|one| one.user == globex.ids[5]) && told.len() == 2, "{told:?}");
        let history =
            app.store.history_of(globex.account.id, globex.ids[5], u64::MAX >> 1, 10).expect("a history");
        assert_eq!(history[0].actor, "operator:sam@support.example");
        app.store.dismiss_releases(globex.account.id, told[1].revision).expect("it works");
        assert_eq!(app.store.unread_releases(globex.account.id).expect("releases"), []);
        assert_eq!(app.store.unread_releases(office.account.id).expect("releases"), []);

        // What Ada's row said counts over its base, whatever happened since.
        office.edit(0, "last_name", "Quilting");
        app.clock.turn(1_000);
        let Brought::Into(id) = import::bring_back(app, office.account.id, number, ANN).expect("it works")
        else {
            panic!("it is to be brought back")
        };
        let brought = office.rest(id);
        assert_state(&brought, ImportState::Review);
        assert_eq!(brought.kind, ImportKind::Ticket);
        assert_eq!(office.issues(&brought), [""; 0]);
        assert_eq!(brought.counts.cells_to_edit, 2);
        assert_eq!(sums(), TicketSums::default());
        office.complete(&brought);
        assert_eq!(office.value(0, "email").as_deref(), Some(FAY));
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Pilot"));
        assert_eq!(office.value(0, "last_name").as_deref(), Some("Quilting"));
        assert!(ticket(app, number).closed);
        let again = import::bring_back(app, office.account.id, number, ANN).expect("it works");
        assert_eq!(again, Brought::Closed);
        // The copies go, the ticket later.
        app.store.forget_old_files(app.clock.now()).expect("it works");
        assert_eq!(app.store.ticket_cells(&ticket(app, number)).expect("cells"), []);
        office.check_history();
        globex.check_history();
    });
}

#[test]
fn a_ticket_whose_users_were_erased_has_no_rows_to_bring_back() {
    on_both(|app| {
        let office = Office::new(app);
        Office::called(app, "globex");
        let (sheet, import) = asking(&office);
        let number = number(&raise(&office, &import, &Wanted::Cells(vec![cell(&sheet, 0, "email")])));
        office.complete(&now(&office, &import));
        let erased =
            import::erase(app, office.account.id, office.ids[0], "Ada Quill", ANN).expect("it works");
        assert!(matches!(erased, import::Erased::Done { .. }), "{erased:?}");
        let brought = import::bring_back(app, office.account.id, number, ANN).expect("it works");
        assert_eq!(brought, Brought::Gone);
        let taken = import::take_ticket_back(app, office.account.id, number, ANN).expect("it works");
        assert!(matches!(taken, TakenBack::Done(_)), "{taken:?}");
    });
}

#[test]
fn what_was_released_is_no_question_any_more_and_a_field_that_is_gone_is_told() {
    on_both(|app| {
        let office = Office::new(app);
        Office::called(app, "globex");
        let (sheet, import) = asking(&office);
        let number = number(&raise(&office, &import, &Wanted::Cells(vec![cell(&sheet, 0, "email")])));
        office.complete(&now(&office, &import));
        assert_eq!(release(app, number, "fay.vance"), Released::Free);
        for other in 0..50 {
            let claim = directory::Claim::of_sign_in(&format!("told{other}@else.example")).expect("a claim");
            let day = app.clock.now().0 / (24 * 60 * 60 * 1_000);
            app.store.tell_elsewhere(office.account.id, day, &claim, 50).expect("it works");
        }
        office.redefine("job_title", |field| field.retired = true);
        app.clock.turn(1_000);
        let Brought::Into(id) = import::bring_back(app, office.account.id, number, ANN).expect("it works")
        else {
            panic!("it is to be brought back")
        };
        let brought = office.rest(id);
        assert_state(&brought, ImportState::Review);
        assert_eq!((office.issues(&brought), brought.counts.cells_to_edit), (Vec::new(), 1));
        let warnings = app.store.warnings(office.account.id, brought.id).expect("warnings");
        let told: Vec<_> = warnings.iter().map(|warning| (warning.code, warning.cells)).collect();
        assert_eq!(told, [(directory::Code::ColumnRetired, 1)]);
        office.complete(&brought);
        assert_eq!(office.value(0, "email").as_deref(), Some(FAY));
    });
}

#[test]
fn a_row_that_was_changed_meanwhile_comes_back_as_a_conflict_and_a_cancelled_import_gives_it_back() {
    on_both(|app| {
        let office = Office::new(app);
        Office::called(app, "globex");
        let (sheet, import) = asking(&office);
        let number = number(&raise(&office, &import, &Wanted::Cells(vec![cell(&sheet, 0, "email")])));
        office.complete(&now(&office, &import));
        office.edit(0, "job_title", "Captain");
        app.clock.turn(1_000);
        let bring = || match import::bring_back(app, office.account.id, number, ANN).expect("it works") {
            Brought::Into(id) => office.rest(id),
            other => panic!("{other:?}"),
        };
        let brought = bring();
        assert_eq!((brought.counts.conflicts, brought.counts.errors), (1, 1), "and nobody released it");
        let twice = import::bring_back(app, office.account.id, number, ANN).expect("it works");
        assert_eq!(twice, Brought::Closed);
        assert!(import::cancel(app, office.account.id, brought.id).expect("it works"));
        app.clock.turn(1_000);
        let brought = bring();
        // A fix lies over it like over a file.
        let email = Target::Field(office.ids[0], "email".to_owned());
        let fixed = office.fix(&brought, email, FixKind::Value("ada.new@acme.example".to_owned()));
        let fixed = office.fix(&fixed, Target::AllConflicts, FixKind::Choose(directory::Chosen::File));
        // The fields change before it is completed.
        office.redefine("notes", |field| field.title = "Remarks".to_owned());
        office.complete(&fixed);
        assert_eq!(office.value(0, "email").as_deref(), Some("ada.new@acme.example"));
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Pilot"));
        office.check_history();
    });
}

#[test]
fn a_new_user_comes_back_too() {
    on_both(|app| {
        let office = Office::new(app);
        Office::called(app, "globex");
        let mut sheet = office.csv();
        let text = sheet.text();
        let last = text.trim_end().lines().last().expect("a row").to_owned();
        let new = last.replacen(&office.ids[5].to_string(), "", 1).replace("fay@acme.example", FAY);
        sheet = Sheet::of(&format!("{}\r\n{new}\r\n", text.trim_end().replace("00128", "00129")));
        let import = office.upload(sheet.text().as_bytes());
        let import = office.fix(&import, Target::RowsWithoutId, FixKind::Create);
        let raised = raise(&office, &import, &Wanted::Kind(standard::EMAIL));
        let number = number(&raised);
        office.complete(&now(&office, &import));
        assert_eq!(release(app, number, "fay.other@globex.example"), Released::Free);
        app.clock.turn(1_000);
        let Brought::Into(id) = import::bring_back(app, office.account.id, number, ANN).expect("it works")
        else {
            panic!("it is to be brought back")
        };
        let brought = office.rest(id);
        assert_eq!(brought.counts.users_to_create, 1, "{:?}", office.issues(&brought));
        office.complete(&brought);
        let claim = directory::Claim::of_sign_in(FAY).expect("a claim");
        let holder = app.store.holder(office.account.id, &claim).expect("the store").expect("somebody");
        assert_eq!(holder.0, office.account.id);
        office.check_history();
    });
}

#[test]
fn while_the_import_is_in_review_the_row_goes_back_into_it() {
    on_both(|app| {
        let office = Office::new(app);
        Office::called(app, "globex");
        let (sheet, import) = asking(&office);
        let wanted = Wanted::Cells(vec![cell(&sheet, 0, "email")]);
        let first = number(&raise(&office, &import, &wanted));
        assert_eq!(raise(&office, &import, &wanted), Raised::NothingToAsk, "it is asked already");
        let back = import::take_ticket_back(app, office.account.id, first, ANN).expect("it works");
        assert!(matches!(back, TakenBack::Done(_)), "{back:?}");
        let red = now(&office, &import);
        assert_eq!((red.with_support, red.counts.errors, red.counts.left_out), (0, 1, 0));
        let closed = import::take_ticket_back(app, office.account.id, first, ANN).expect("it works");
        assert_eq!(closed, TakenBack::Closed);

        let second = number(&raise(&office, &red, &wanted));
        assert_eq!(release(app, second, "fay.vance"), Released::Free);
        let back = import::bring_back(app, office.account.id, second, ANN).expect("it works");
        assert_eq!(back, Brought::Into(import.id));
        let whole = now(&office, &import);
        assert_eq!((whole.counts.errors, whole.counts.users_to_edit, whole.with_support), (0, 2, 0));
        office.complete(&whole);
        assert_eq!(office.value(0, "email").as_deref(), Some(FAY));
    });
}

#[test]
fn what_was_put_right_after_all_waits_no_more() {
    on_both(|app| {
        let office = Office::new(app);
        Office::called(app, "globex");
        let (sheet, import) = asking(&office);
        let number = number(&raise(&office, &import, &Wanted::Cells(vec![cell(&sheet, 0, "email")])));
        let undone = import::turn_fixes(app, office.account.id, import.id, ::store::Turn::Undo);
        assert!(matches!(undone, Ok(import::Reread::Kept(_))), "{undone:?}");
        let red = now(&office, &import);
        assert_eq!((red.with_support, red.counts.errors), (0, 1), "its row is in the plan again");
        let email = FixKind::Value("ada.new@acme.example".to_owned());
        office.complete(&office.fix(&red, cell(&sheet, 0, "email"), email));
        assert_eq!(app.store.ticket_sums(office.account.id).expect("sums"), TicketSums::default());
        assert_eq!(ticket(app, number).state, TicketState::Withdrawn);
    });
}

#[test]
fn one_ticket_asks_for_all_cells_of_a_kind_and_for_no_others() {
    on_both(|app| {
        let office = Office::new(app);
        Office::called(app, "globex");
        let sheet = office
            .csv()
            .with(0, "email", FAY)
            .with(1, "email", "ede@globex.example")
            .with(2, "email", "dai@acme.example")
            .with(3, "start_date", "never");
        let import = office.upload(sheet.text().as_bytes());
        let raised = raise(&office, &import, &Wanted::Kind(standard::EMAIL));
        assert!(matches!(raised, Raised::Kept(_, 2)), "{raised:?}");
        let parked = now(&office, &import);
        assert_eq!((parked.with_support, parked.counts.errors), (2, 2));
        for user in [2, 3] {
            let key = if user == 2 { "email" } else { "start_date" };
            let wanted = Wanted::Cells(vec![cell(&sheet, user, key)]);
            assert_eq!(raise(&office, &parked, &wanted), Raised::NothingToAsk, "{key}");
        }
    });
}

/// Whoever has the value, what the one who asks can see is the same to the letter.
#[test]
fn nothing_tells_who_has_it() {
    on_both(|app| {
        let office = Office::new(app);
        let mut globex = Office::called(app, "globex");
        globex.add(&[
            ("first_name", "Zelda"),
            ("last_name", "Secret"),
            ("email", "held@mail.example"),
            ("username", "zelda"),
            ("status", "inactive"),
            ("job_title", "Spy"),
        ]);
        let mut seen = Vec::new();
        for email in [FAY, "held@mail.example"] {
            let sheet = office.csv().with(0, "email", email);
            let import = office.upload(sheet.text().as_bytes());
            let number = number(&raise(&office, &import, &Wanted::Cells(vec![cell(&sheet, 0, "email")])));
            let of = ticket(app, number);
            let mut told = format!(
                "{:?} {:?} {:?}",
                app.store.ticket_values(&of).expect("values"),
                app.store.ticket_words(&of).expect("words"),
                app.store.ticket_cells(&of).expect("cells"),
            );
            assert_eq!(release(app, number, if email == FAY { "fay.vance" } else { "" }), Released::Free);
            told += &format!("{:?}", app.store.ticket(office.account.id, number).expect("it"));
            told = told.replace(email, "EMAIL").replace(&number.to_string(), "NUMBER");
            let (id, at) = (import.id.number().to_string(), app.store.ticket(office.account.id, number));
            let at = at.expect("the store").expect("it").raised_at.0.to_string();
            seen.push(told.replace(&id, "IMPORT").replace(&at, "NOW"));
            for theirs in ["Zelda", "Secret", "Spy", "An office", "Vance", "operator"] {
                assert!(!seen.last().expect("told").contains(theirs), "{theirs}");
            }
            import::cancel(app, office.account.id, import.id).expect("it works");
        }
        assert_eq!(seen[0], seen[1]);
    });
}

#[test]
fn support_answers_and_never_names_the_holder() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let globex = Office::called(app, "globex");
        let (sheet, import) = asking(&office);
        let number = number(&raise(&office, &import, &Wanted::Cells(vec![cell(&sheet, 0, "email")])));
        let decide = |state, words: &str| {
            import::decide_ticket(app, &ticket(app, number), state, words, "sam").expect("it works")
        };
        let id = globex.ids[5].to_string();
        for words in ["It is GLOBEX's.", "Ask \"An Office\".", &format!("see {id}")] {
            assert_eq!(decide(TicketState::Answered, words), Decided::NamesHolder, "{words}");
        }
        assert_eq!(decide(TicketState::Answered, " "), Decided::NotWords);
        assert_eq!(decide(TicketState::Answered, &"a".repeat(2_001)), Decided::NotWords);
        assert_eq!(decide(TicketState::Answered, "Is it a shared one? globexes"), Decided::Kept);
        // Who asked writes back: it is open again.
        let write =
            |words: &str| import::write_on_ticket(app, office.account.id, number, words, ANN).expect("it");
        assert_eq!(
            [write(""), write("No."), write(&"a".repeat(2_001))],
            [Written::Empty, Written::Kept, Written::TooLong]
        );
        assert_eq!(ticket(app, number).state, TicketState::Open);
        assert_eq!(decide(TicketState::Declined, ""), Decided::Kept);
        assert_eq!(decide(TicketState::Answered, "More."), Decided::Closed);
        assert_eq!(release(app, number, "fay.vance"), Released::Declined);
        assert_eq!(globex.value(5, "email").as_deref(), Some(FAY));
        let of = ticket(app, number);
        let words: Vec<_> =
            app.store.ticket_words(&of).expect("words").into_iter().map(|word| word.words).collect();
        assert_eq!(words, ["Please.", "Is it a shared one? globexes", "No."]);
        for account in [&globex.account, &office.account] {
            let found = app.store.ticket(account.id, number).expect("the store");
            assert_eq!(found.is_some(), account.id == office.account.id);
        }
        let theirs = globex.account.id;
        assert_eq!(
            import::write_on_ticket(app, theirs, number, "Hm", ANN).expect("it"),
            Written::NoSuchTicket
        );
        assert_eq!(import::take_ticket_back(app, theirs, number, ANN).expect("it"), TakenBack::NoSuchTicket);
        assert_eq!(import::bring_back(app, theirs, number, ANN).expect("it"), Brought::NoSuchTicket);
    });
}
