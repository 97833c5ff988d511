//! Files of another installation, and of a past that this database does not have: User IDs and revisions are numbers that others count too.
//! What completes by itself is only what is known to be of one's own past.

use ::import::{self, Clock, Context, Randomness};
use ::store::{Complete, ImportState};
use directory::Code;
use workbook::Format;

use ground::office::{ANN, Office, Sheet};
use ground::{Ground, NOW, on_both, on_sqlite, with_copy, with_postgres, with_sqlite};

/// An installation with its own randomness.
fn installation(database: String, start: u64) -> Ground {
    let limits = workbook::Limits::default();
    let context = Context::open(&database, limits, Clock::standing_at(NOW), Randomness::sequence(start));
    Ground { context: context.expect("the database opens"), database }
}

/// The office as it is seen in another database that has it too.
fn seen_in<'a>(app: &'a Ground, office: &Office<'_>) -> Office<'a> {
    let account = app.store.account("acme").expect("it works").expect("it is there");
    let (fields, ids) = (office.fields.clone(), office.ids.clone());
    Office { app, account, fields, ids }
}

/// Why a file is refused as a whole.
fn refused(office: &Office<'_>, bytes: &[u8]) -> Option<String> {
    office.upload_by(bytes, ANN, Complete::WhenCleanLarge).failure.map(|failure| failure.code)
}

fn two_installations(one: String, other: String) {
    let (one, other) = (installation(one, 11), installation(other, 12));
    let (mine, theirs) = (Office::new(&one), Office::new(&other));
    assert!(mine.ids.iter().all(|id| !theirs.ids.contains(id)), "no ID of one is an ID of the other");
    let before: Vec<_> = (0..6).map(|user| mine.value(user, "job_title")).collect();
    for format in [Format::Csv, Format::Xlsx, Format::Ods] {
        assert_eq!(refused(&mine, &theirs.download(format)).as_deref(), Some("wrong_past"), "{format:?}");
    }
    // Without A2 nothing tells where it comes from, but the IDs are unknown.
    for key in ["user_id", "user_id@acme"] {
        let mut sheet = theirs.csv().with(0, "job_title", "Clerk").with(5, "last_name", "Other");
        sheet.0[1][0] = key.to_owned();
        let import = mine.upload_by(sheet.text().as_bytes(), ANN, Complete::WhenCleanLargeNow);
        assert_eq!((import.state, import.counts.users_to_edit), (ImportState::Review, 0), "{key}");
        let unknown = mine.issues(&import).iter().filter(|line| line.ends_with("user_id_unknown")).count();
        assert_eq!(unknown, 6, "{key}: {:?}", mine.issues(&import));
    }
    assert_eq!((0..6).map(|user| mine.value(user, "job_title")).collect::<Vec<_>>(), before);
    mine.check_history();
}

#[test]
fn a_file_of_another_installation_with_the_same_slug_edits_nobody() {
    with_sqlite(|one| with_sqlite(|other| two_installations(one, other)));
    with_postgres(|one| with_postgres(|other| two_installations(one, other)));
}

/// A copy is made; then the original goes on, and later the copy is put in its place and goes on too.
fn put_back(database: &str) {
    let original = ground::open(database.to_owned());
    let office = Office::new(&original);
    let before_copy = office.csv();
    let (account, fields, ids) = (office.account, office.fields, office.ids);
    drop(original);
    with_copy(database, |copy| {
        let original = ground::open(database.to_owned());
        let office = Office { app: &original, account, fields, ids };
        office.edit(1, "job_title", "Lost with the backup");
        let after_copy = office.csv();
        let restored = ground::open(copy);
        let office = seen_in(&restored, &office);
        office.edit(1, "job_title", "By somebody else");
        let own = office.csv();
        let state = |sheet: &Sheet| sheet.0[1][0].rsplit_once('.').map(|(state, _)| state.to_owned());
        assert_eq!(state(&own), state(&after_copy), "the same revision of the same lineage");
        assert_ne!(own.0[1][0], after_copy.0[1][0], "and yet another state");
        let edited = after_copy.with(0, "job_title", "Clerk");
        assert_eq!(refused(&office, edited.text().as_bytes()).as_deref(), Some("wrong_past"));
        assert_eq!(office.value(1, "job_title").as_deref(), Some("By somebody else"));
        // A workbook from before the copy is of both pasts.
        let edited = before_copy.with(0, "job_title", "Clerk");
        let import = office.upload_by(edited.text().as_bytes(), ANN, Complete::WhenClean);
        assert_eq!((import.state, import.counts.cells_to_edit), (ImportState::Done, 1), "{import:?}");
        let conflict = edited.with(1, "job_title", "Cook");
        let import = office.upload_by(conflict.text().as_bytes(), ANN, Complete::WhenClean);
        assert_eq!((import.state, import.counts.conflicts), (ImportState::Review, 1), "{import:?}");
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Clerk"));
        office.check_history();
    });
}

#[test]
fn a_download_that_a_backup_does_not_know_is_refused_and_one_from_before_it_is_good() {
    with_sqlite(|database| put_back(&database));
    with_postgres(|database| put_back(&database));
}

#[test]
fn what_a_file_edits_has_to_be_known_before_it_completes_by_itself() {
    use Complete::{Never, WhenClean, WhenCleanLarge, WhenCleanLargeNow, WhenCleanNow};
    use ImportState::{Done, Review};
    on_both(|app| {
        let office = Office::new(app);
        let own = office.csv().0[1][0].clone();
        let cut = own[..own.len() - 1].to_owned();
        for (key, complete, expected) in [
            (own.as_str(), WhenClean, Done),
            (&own, Never, Review),
            ("user_id", WhenClean, Review),
            ("user_id", WhenCleanLarge, Review),
            ("user_id", WhenCleanNow, Done),
            ("user_id", WhenCleanLargeNow, Done),
            ("user_id", Never.over_now(), Review),
            ("user_id@acme", WhenClean, Review),
            ("user_id@acme", WhenCleanNow, Done),
            (&cut, WhenCleanLarge, Review),
        ] {
            let title = format!("Clerk {key} {complete:?}");
            let mut sheet = office.csv().with(0, "job_title", &title);
            sheet.0[1][0] = key.to_owned();
            let import = office.upload_by(sheet.text().as_bytes(), ANN, complete);
            assert_eq!(import.state, expected, "{title}");
            let warnings = import::warnings(app, &import).expect("warnings");
            let warned = warnings.iter().any(|(warning, _)| warning.code == Code::NoRevision);
            assert_eq!(warned, key != own, "{title}");
            assert_eq!(office.value(0, "job_title") == Some(title), expected == Done);
            import::cancel(app, office.account.id, import.id).expect("it works");
        }
    });
}

#[test]
fn a_template_that_adds_users_completes_by_itself() {
    on_sqlite(|app| {
        let office = Office::new(app);
        let mut sheet = office.csv();
        sheet.0.truncate(3);
        sheet.0[1][0] = "user_id@acme".to_owned();
        sheet.0[2][0].clear();
        let sheet = sheet.with(0, "email", "new@acme.example").with(0, "employee_number", "00900");
        let import = office.upload_by(sheet.text().as_bytes(), ANN, Complete::WhenClean);
        assert_eq!((import.state, import.counts.users_to_create), (ImportState::Done, 1), "{import:?}");
        assert!(import::warnings(app, &import).expect("warnings").is_empty());
    });
}
