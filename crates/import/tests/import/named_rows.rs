//! Whose a row is, people can say: a User ID that a spreadsheet damaged is put right in review, and the row read for its user.

use ::import::{self, Fixed, Target};
use ::store::{FixKind, Import, ImportState, Turn};
use directory::UserId;

use ground::office::{ANN, Office, assert_state};
use ground::on_both;

fn name(office: &Office<'_>, import: &Import, target: Target, user: UserId) -> Import {
    let fixes = [(target, FixKind::Names(user))];
    let fixed = import::fix(office.app, office.account.id, import.id, &fixes, ANN).expect("the store");
    assert!(matches!(&fixed, Fixed::Kept(import, _) if import.state == ImportState::Reading), "{fixed:?}");
    import::read_now(office.app, office.account.id, import.id).expect("read");
    let import = office.app.store.import(office.account.id, import.id).expect("the store").expect("it");
    assert_state(&import, ImportState::Review);
    import
}

#[test]
fn a_row_is_read_for_the_user_whom_people_name() {
    on_both(|app| {
        let office = Office::new(app);
        let sheet = office.csv().with(0, "user_id", "U-XXXXXXXXXX").with(0, "job_title", "Clerk");
        let sheet = sheet.with(2, "job_title", "Buyer");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.issues(&import).len(), 1, "{:?}", office.issues(&import));
        let import = office.fix(
            &import,
            Target::Cell(sheet.name(2, "job_title").parse().expect("a cell")),
            FixKind::Value("Cook".to_owned()),
        );
        let named = name(&office, &import, Target::Row(3), office.ids[0]);
        assert_eq!(office.issues(&named), [""; 0]);
        let both = [r#"Ada Quill: Job title "" -> "Clerk""#, r#"Cleo Salt: Job title "" -> "Cook""#];
        assert_eq!(office.changes(&named), both, "the fix before is laid over again");
        // One step, taken back and made again.
        for (turn, problems) in [(Turn::Undo, 1), (Turn::Redo, 0)] {
            import::turn_fixes(app, office.account.id, import.id, turn).expect("turned");
            import::read_now(app, office.account.id, import.id).expect("read");
            let import = app.store.import(office.account.id, import.id).expect("the store").expect("it");
            assert_eq!(office.issues(&import).len(), problems, "{turn:?}");
        }
        let import = app.store.import(office.account.id, import.id).expect("the store").expect("it");
        office.complete(&import);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Clerk"));
        office.check_history();
    });
}

#[test]
fn of_two_rows_that_say_the_same_user_one_can_be_another_s() {
    on_both(|app| {
        let office = Office::new(app);
        let ada = office.ids[0].to_string();
        let sheet =
            office.csv().with(0, "job_title", "Clerk").with(1, "user_id", &ada).with(1, "job_title", "Buyer");
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(office.issues(&import).len(), 2);
        let import = name(&office, &import, Target::Cell("A4".parse().expect("a cell")), office.ids[1]);
        assert_eq!(office.issues(&import), [""; 0]);
        assert_eq!(
            office.changes(&import),
            [r#"Ada Quill: Job title "" -> "Clerk""#, r#"Bo Rowe: Job title "" -> "Buyer""#]
        );
    });
}

#[test]
fn nobody_and_nothing_are_refused() {
    on_both(|app| {
        let office = Office::new(app);
        let other = Office::called(app, "globex");
        let sheet = office.csv().with(0, "user_id", "U-XXXXXXXXXX");
        let import = office.upload(sheet.text().as_bytes());
        let fix = |target: Target, user: UserId| {
            import::fix(app, office.account.id, import.id, &[(target, FixKind::Names(user))], ANN)
                .expect("the store")
        };
        assert_eq!(
            fix(Target::Row(3), other.ids[0]),
            Fixed::NoSuchUser(other.ids[0]),
            "of another organisation"
        );
        assert_eq!(fix(Target::Row(90), office.ids[0]), Fixed::NoSuchCell);
        assert_eq!(fix(Target::AllConflicts, office.ids[0]), Fixed::NoSuchCell);
        let now = app.store.import(office.account.id, import.id).expect("the store").expect("it");
        assert_eq!((now.plan, now.state), (import.plan, ImportState::Review), "nothing was kept");
    });
}
