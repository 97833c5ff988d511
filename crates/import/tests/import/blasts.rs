//! What is hard on many users waits for somebody who agrees to it; changes by field, and keeping them as they are.

use ::import::{self, Agreed, ChangesOf, Completion, LineOf, Reread, Target};
use ::store::{Becomes, Complete, FixKind, Import, ImportState, Turn, WrittenKind};
use directory::BlastKind;

use ground::office::{ANN, Office, Sheet, assert_state};
use ground::on_both;

/// An office of 66 users, all but six of them with a phone.
fn crowded(app: &ground::Ground) -> Office<'_> {
    let mut office = Office::new(app);
    office.crowd(
        60,
        &[
            ("username", &|number| format!("of{number}")),
            ("phone", &|number| format!("+4420794600{number:02}")),
            ("job_title", &|number| ["Clerk", "Cook"][number % 2].to_owned()),
        ],
    );
    office
}

fn with_many(office: &Office<'_>, key: &str, users: usize, value: &dyn Fn(usize) -> String) -> Sheet {
    let mut sheet = office.csv();
    for user in 6..6 + users {
        *sheet.cell(user, key) = value(user);
    }
    sheet
}

fn complete(office: &Office<'_>, import: &Import, agreed: &[BlastKind]) -> Completion {
    let plan = (Some(import.plan), false);
    import::complete_agreed(office.app, office.account.id, import.id, plan, Agreed::To(agreed))
        .expect("the store")
}

#[test]
fn twenty_users_who_are_hit_hard_wait_for_somebody_who_agrees() {
    on_both(|app| {
        let office = crowded(app);
        let inactive = |users| with_many(&office, "status", users, &|_| "Inactive".to_owned());
        let cleared = |users| with_many(&office, "phone", users, &|_| String::new());
        let renamed = |users| with_many(&office, "username", users, &|user| format!("new{user}"));
        for (sheet, kind) in [
            (&inactive as &dyn Fn(usize) -> Sheet, BlastKind::Inactive),
            (&cleared, BlastKind::Cleared),
            (&renamed, BlastKind::Username),
        ] {
            let few = office.upload_by(sheet(19).text().as_bytes(), ANN, Complete::Never);
            assert_eq!(import::blasts(app, &few).expect("the store"), [], "{kind:?}");
            import::cancel(app, office.account.id, few.id).expect("cancelled");

            let many = office.upload_by(sheet(20).text().as_bytes(), ANN, Complete::WhenClean);
            assert_state(&many, ImportState::Review);
            assert_eq!(complete(&office, &many, &[]), Completion::Large(vec![(kind, 20)]));
            let others: Vec<BlastKind> = BlastKind::ALL.into_iter().filter(|of| *of != kind).collect();
            assert_eq!(complete(&office, &many, &others), Completion::Large(vec![(kind, 20)]));
            assert!(matches!(complete(&office, &many, &[kind]), Completion::Started(_)), "{kind:?}");
            assert_state(&office.rest(many.id), ImportState::Done);
            assert_state(&office.undo(&many), ImportState::Done);
        }
        let many = office.upload_by(inactive(20).text().as_bytes(), ANN, Complete::WhenCleanLarge);
        assert_state(&many, ImportState::Done);
    });
}

#[test]
fn job_titles_of_many_are_no_blast() {
    on_both(|app| {
        let office = crowded(app);
        let sheet = with_many(&office, "job_title", 60, &|user| format!("Team lead {user}"));
        let import = office.upload_by(sheet.text().as_bytes(), ANN, Complete::WhenClean);
        assert_state(&import, ImportState::Done);
    });
}

/// The lines of what changes: title, cells, from, becomes.
fn lines(office: &Office<'_>, import: &Import) -> Vec<String> {
    let lines = import::changed_fields(office.app, import).expect("lines");
    let word = |line: &import::ChangedLine| {
        let of = match &line.of {
            LineOf::One(Becomes::Empty) => "empty".to_owned(),
            LineOf::One(_) => line.becomes.clone(),
            LineOf::Others(values) => format!("{values} others"),
            LineOf::Domain(before, after) => format!("@{before} to @{after}"),
        };
        format!("{} {} from {}: {of}", line.field.title, line.cells, line.from)
    };
    lines.iter().map(word).collect()
}

#[test]
fn changes_stand_by_field_first_and_are_kept_as_they_are_in_one_step() {
    on_both(|app| {
        let office = crowded(app);
        let mut sheet = with_many(&office, "job_title", 50, &|_| "Team Lead".to_owned());
        for user in 6..16 {
            *sheet.cell(user, "phone") = String::new();
        }
        for user in 16..36 {
            *sheet.cell(user, "phone") = format!("+44 20 7946 01{user:02}");
        }
        for user in 0..6 {
            let email = sheet.cell(user, "email").replace("acme.example", "new.example");
            *sheet.cell(user, "email") = email;
        }
        let sheet = sheet.with(0, "notes", "Back on Monday");
        let import = office.upload(sheet.text().as_bytes());
        let all = [
            "Email 6 from 1: @acme.example to @new.example",
            "Job title 50 from 2: Team Lead",
            "Phone 10 from 10: empty",
            "Phone 20 from 1: 20 others",
            "Notes 1 from 0: Back on Monday",
        ];
        assert_eq!(lines(&office, &import), all);
        let of = |field: &str, becomes: Option<Becomes>, kind| {
            let wanted = ChangesOf { field: (!field.is_empty()).then(|| (field.to_owned(), becomes)), kind };
            import::changes_of(app, &import, &wanted, Default::default(), 100).expect("a page").items.len()
        };
        assert_eq!(of("", None, None), 87);
        assert_eq!(of("phone", None, None), 30);
        assert_eq!(of("phone", Some(Becomes::Empty), None), 10);
        assert_eq!(of("job_title", Some(Becomes::Value("Team Lead".to_owned())), None), 50);
        assert_eq!(of("", None, Some(WrittenKind::Cleared)), 10);
        assert_eq!(of("", None, Some(WrittenKind::SignIn)), 6);
        assert_eq!(of("", None, Some(WrittenKind::Inactive)), 0);

        let keep = |key: &str, becomes: Becomes| (Target::Written(key.to_owned(), becomes), FixKind::Keep);
        let steps = [keep("phone", Becomes::Empty), keep("email", Becomes::Anything)];
        let kept = import::fix(app, office.account.id, import.id, &steps, ANN).expect("the store");
        let import::Fixed::Kept(kept, _) = kept else { panic!("{kept:?}") };
        assert_eq!(lines(&office, &kept), [all[1], all[3], all[4]]);
        assert_eq!(
            (kept.plan, kept.counts.users_cleared, kept.counts.emails_changed),
            (import.plan + 1, 0, 0)
        );
        let undone = import::turn_fixes(app, office.account.id, import.id, Turn::Undo).expect("the store");
        assert!(matches!(undone, Reread::Kept(_)), "{undone:?}");
        assert_eq!(lines(&office, &office.rest(import.id)), all);
        import::turn_fixes(app, office.account.id, import.id, Turn::Redo).expect("the store");
        let again = office.rest(import.id);
        let done = office.complete(&again);
        assert_eq!(lines(&office, &done), [all[1], all[3], all[4]], "once it is done, too");
        assert_eq!(office.value(6, "phone").as_deref(), Some("+442079460000"));
    });
}

#[test]
fn what_is_kept_stays_kept_when_the_files_are_read_again() {
    on_both(|app| {
        let office = crowded(app);
        let sheet = with_many(&office, "phone", 30, &|_| String::new()).with(0, "job_title", "Clerk");
        let import = office.upload(sheet.text().as_bytes());
        let keep = (Target::Written("phone".to_owned(), Becomes::Empty), FixKind::Keep);
        let kept = import::fix(app, office.account.id, import.id, &[keep], ANN).expect("the store");
        assert!(matches!(kept, import::Fixed::Kept(..)));
        let decided = [(directory::Decision::StepMeant, Some("notes".to_owned()))];
        let again = import::decide(app, office.account.id, import.id, &decided, ANN).expect("the store");
        assert!(matches!(again, Reread::Kept(_)), "{again:?}");
        let again = office.rest(import.id);
        assert_eq!(lines(&office, &again), ["Job title 1 from 0: Clerk"]);
        assert_eq!(again.counts.users_cleared, 0);
    });
}

#[test]
fn a_manager_who_becomes_inactive_is_named_with_their_reports() {
    on_both(|app| {
        let mut office = Office::new(app);
        let boss = office.ids[0].to_string();
        for (name, status) in [("Gil", "active"), ("Hope", "active"), ("Ida", "inactive")] {
            let username = name.to_lowercase();
            office.add(&[
                ("first_name", name),
                ("last_name", "Wray"),
                ("username", &username),
                ("status", status),
                ("manager", &boss),
            ]);
        }
        let sheet = office.csv().with(0, "status", "Inactive").with(1, "status", "Inactive");
        let import = office.upload(sheet.text().as_bytes());
        let managers = import::managers_made_inactive(app, &import, 5).expect("the store");
        assert_eq!(managers, [(office.ids[0], "Ada Quill".to_owned(), 2)]);
    });
}
