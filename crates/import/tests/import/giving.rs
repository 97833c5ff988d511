//! A manager who is made inactive: who reports to them once the plan is applied, and those given to somebody else.

use ::import::{self, Given, Target};
use ::store::{FixKind, Import, ImportState, Turn};

use ground::office::{ANN, Office, Sheet, assert_state};
use ground::on_both;

/// An office where all but the first two report to the first, Ada, and Ada to Bo.
fn managed(app: &ground::Ground) -> (Office<'_>, Sheet) {
    let office = Office::new(app);
    let ada = office.ids[0].to_string();
    let sheet = (2..6).fold(office.csv(), |sheet, user| sheet.with(user, "manager", &ada));
    office.import(&sheet.with(0, "manager", &office.ids[1].to_string()));
    let sheet = office.csv().with(0, "status", "Inactive");
    (office, sheet)
}

/// The managers who become inactive, with how many reports they will have.
fn managers(office: &Office<'_>, import: &Import) -> Vec<String> {
    let now = office.app.store.import(office.account.id, import.id).expect("the store").expect("it");
    let managers = import::managers_made_inactive(office.app, &now, 10).expect("managers");
    managers.iter().map(|(_, name, reports)| format!("{name} {reports}")).collect()
}

fn give(office: &Office<'_>, import: &Import, to: &str) -> Given {
    import::give_reports(office.app, office.account.id, import.id, (office.ids[0], to), ANN)
        .expect("the store")
}

#[test]
fn the_reports_of_a_manager_are_given_to_somebody_as_one_step() {
    on_both(|app| {
        let (office, sheet) = managed(app);
        let import = office.upload(sheet.text().as_bytes());
        assert_eq!(managers(&office, &import), ["Ada Quill 4"]);
        assert_eq!(give(&office, &import, "Nobody At All"), Given::Nobody);
        assert_eq!(give(&office, &import, ""), Given::Nobody);
        assert_eq!(give(&office, &import, "ada@acme.example"), Given::Inactive, "who becomes inactive");
        // As a fix, by REST, the same is refused.
        let step =
            (Target::ReportsOf(office.ids[0], office.ids[0]), FixKind::Value(office.ids[0].to_string()));
        let refused = import::fix(app, office.account.id, import.id, &[step], ANN).expect("it works");
        assert_eq!(refused, import::Fixed::NotGiven(office.ids[0]));
        let fixed = give(&office, &import, "bo@acme.example");
        assert!(matches!(fixed, Given::Fixed(import::Fixed::Kept(..))), "{fixed:?}");
        assert_eq!(managers(&office, &import), [""; 0]);
        let now = app.store.import(office.account.id, import.id).expect("the store").expect("it");
        assert_eq!((now.counts.users_to_edit, now.counts.cells_to_edit), (5, 5));
        // One step, undone and made again.
        import::turn_fixes(app, office.account.id, import.id, Turn::Undo).expect("undone");
        let undone = office.rest(import.id);
        assert_eq!(
            (managers(&office, &undone), undone.counts.cells_to_edit),
            (vec!["Ada Quill 4".to_owned()], 1)
        );
        import::turn_fixes(app, office.account.id, import.id, Turn::Redo).expect("made again");
        let done = office.complete(&office.rest(import.id));
        assert_state(&done, ImportState::Done);
        for user in 2..6 {
            assert_eq!(office.value(user, "manager"), Some(office.ids[1].to_string()), "{user}");
        }
        office.check_history();
    });
}

#[test]
fn what_the_file_says_of_a_report_stays_and_counts_agree() {
    on_both(|app| {
        let (office, sheet) = managed(app);
        let [ada, bo, cleo] = [0, 1, 2].map(|user| office.ids[user].to_string());
        // Cleo gets another manager by the file, Dai becomes inactive as well, Ede names nobody, Fay is left out, Bo is given to Ada.
        let sheet = sheet.with(2, "manager", &bo).with(3, "status", "Inactive");
        let sheet = sheet.with(4, "manager", "nobody@acme.example").with(1, "manager", &ada);
        let import = office.upload(sheet.with(5, "job_title", "Clerk").text().as_bytes());
        assert_eq!(managers(&office, &import), ["Ada Quill 2"], "Fay and Bo");
        let import = office.fix(&import, Target::Row(8), FixKind::LeaveOut(true));
        assert_eq!(managers(&office, &import), ["Ada Quill 1"]);
        // Given to Cleo by name: Bo is the only one.
        let fixed = give(&office, &import, "Cleo Salt");
        assert!(matches!(fixed, Given::Fixed(import::Fixed::Kept(..))), "{fixed:?}");
        assert_eq!(managers(&office, &import), [""; 0]);
        let now = app.store.import(office.account.id, import.id).expect("the store").expect("it");
        let said = office.changes(&now);
        assert!(said.contains(&format!("Bo Rowe: Manager \"\" -> \"Cleo Salt ({cleo})\"")), "{said:?}");
        assert!(
            said.contains(&format!("Cleo Salt: Manager \"Ada Quill ({ada})\" -> \"Bo Rowe ({bo})\"")),
            "{said:?}"
        );
        assert_eq!(now.counts.errors, 1, "who names nobody is still asked about");
    });
}

#[test]
fn reports_are_not_given_to_one_of_themselves() {
    on_both(|app| {
        let (office, sheet) = managed(app);
        let import = office.upload(sheet.text().as_bytes());
        give(&office, &import, &format!("Cleo ({})", office.ids[2]));
        assert_eq!(managers(&office, &import), ["Ada Quill 1"], "Cleo herself is left");
        // The manager stays active instead.
        let target = Target::Field(office.ids[0], "status".to_owned());
        let now = office.fix(&import, target, FixKind::Keep);
        assert_eq!((managers(&office, &now), now.counts.made_inactive), (Vec::new(), 0));
    });
}
