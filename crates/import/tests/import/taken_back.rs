//! An import that was given up can be taken back for a day, with everything that was put right in it.

use ::import::{self, Target};
use ::store::{Complete, Error, FixKind, Import, ImportState};
use directory::Quota;

use ground::office::{ANN, Office, assert_state};
use ground::on_both;

const HOUR: i64 = 60 * 60 * 1_000;

fn of(office: &Office<'_>, import: &Import) -> Import {
    office.app.store.import(office.account.id, import.id).expect("the store").expect("it")
}

fn cancel(office: &Office<'_>, import: &Import) {
    assert!(import::cancel(office.app, office.account.id, import.id).expect("the store"));
    assert_state(&of(office, import), ImportState::Cancelled);
}

fn take_back(office: &Office<'_>, import: &Import) -> bool {
    import::take_back(office.app, office.account.id, import.id).expect("the store")
}

#[test]
fn for_a_day_it_comes_back_as_it_was() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "department", "Sails").with(1, "job_title", "Clerk");
        let import = office.upload_by(sheet.text().as_bytes(), ANN, Complete::WhenClean);
        let target = Target::Cell(sheet.name(0, "department").parse().expect("a cell"));
        let import = office.fix(&import, target, FixKind::Value("Finance".to_owned()));
        let changes = office.changes(&import);
        assert_eq!(changes.len(), 2);
        cancel(&office, &import);
        let until = of(&office, &import).take_back_until.expect("for a while");
        assert_eq!(until, app.clock.now().plus(24 * HOUR));
        app.clock.turn(23 * HOUR);
        app.store.empty_given_up(app.clock.now()).expect("nothing is to be emptied");
        assert!(take_back(&office, &import));
        assert!(!take_back(&office, &import), "once");
        let back = of(&office, &import);
        assert_state(&back, ImportState::Review);
        assert_eq!((back.plan, back.counts, back.finished_at), (import.plan, import.counts, None));
        assert_eq!(back.complete, Complete::Never, "it does not complete by itself any more");
        assert_eq!(office.changes(&back), changes);
        office.complete(&back);
        assert_eq!(office.value(1, "job_title").as_deref(), Some("Clerk"));
    });
}

#[test]
fn where_the_directory_has_changed_the_file_is_read_again() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "department", "Sails").with(1, "job_title", "Clerk");
        let import = office.upload(sheet.text().as_bytes());
        let target = Target::Cell(sheet.name(0, "department").parse().expect("a cell"));
        let import = office.fix(&import, target, FixKind::Value("Finance".to_owned()));
        cancel(&office, &import);
        office.edit(1, "job_title", "Buyer");
        assert!(take_back(&office, &import));
        assert_state(&of(&office, &import), ImportState::Reading);
        let back = office.rest(import.id);
        assert_state(&back, ImportState::Review);
        assert_eq!(back.counts.conflicts, 1);
        assert_eq!(office.changes(&back), [r#"Ada Quill: Department "Sales" -> "Finance""#]);
    });
}

#[test]
fn after_a_day_nothing_is_left_to_be_taken_back() {
    on_both(|app| {
        let office = Office::new(app);
        let kept = |quota: Quota| {
            let all = app.store.allowances(office.account.id).expect("the store");
            all.into_iter().find(|allowance| allowance.quota == quota).map(|allowance| allowance.used)
        };
        let text = office.csv().with(0, "department", "Sails").text();
        let import = office.upload(text.as_bytes());
        cancel(&office, &import);
        app.clock.turn(HOUR);
        assert_eq!(app.store.empty_given_up(app.clock.now()).expect("the store"), 0);
        assert_eq!(
            (kept(Quota::Uploads), kept(Quota::Waiting)),
            (Some(1), Some(0)),
            "it takes up room until then"
        );
        app.clock.turn(23 * HOUR + 20_000);
        assert!(!take_back(&office, &import), "too late");
        assert_eq!(app.store.empty_given_up(app.clock.now()).expect("the store"), 1);
        assert_eq!((kept(Quota::Uploads), of(&office, &import).take_back_until), (Some(0), None));
        // Or at once, by who needs the room.
        let import = office.upload(text.as_bytes());
        assert!(!app.store.empty_import(office.account.id, import.id).expect("the store"), "it waits");
        cancel(&office, &import);
        assert!(app.store.empty_import(office.account.id, import.id).expect("the store"));
        assert_eq!((kept(Quota::Uploads), of(&office, &import).take_back_until), (Some(0), None));
        assert!(!take_back(&office, &import), "gone");
    });
}

#[test]
fn as_many_wait_as_may() {
    on_both(|app| {
        let office = Office::new(app);
        let text = office.csv().with(0, "department", "Sails").text();
        let import = office.upload(text.as_bytes());
        cancel(&office, &import);
        app.store.set_quota(office.account.id, Quota::Waiting, Some(1)).expect("the store");
        let other = office.upload(text.as_bytes());
        let refused = import::take_back(app, office.account.id, import.id);
        assert!(
            matches!(refused, Err(Error::OverQuota(over)) if over.quota == Quota::Waiting),
            "{refused:?}"
        );
        cancel(&office, &other);
        assert!(take_back(&office, &import));
    });
}
