//! The program is killed at any moment of an import: nothing is half done, nothing is done twice, and the next command, with nobody else
//! at work, ends what is in its way.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use ::ground::Ground;
use ::ground::office::{ANN, BOB, Office, assert_state};
use ::ground::{on_both, on_sqlite};
use ::import::{self, Clock, Completion, Edited, NewUpload, Randomness, Sight, Upload};
use ::store::{Complete, Import, ImportState};
use directory::{Users, standard};

const USERS: u64 = 300;
const ROUNDS: u32 = 25;
/// Longer than any lease, in milliseconds.
const A_LEASE: i64 = 6_001;

/// `muster COMMAND --account acme FILE` on the database of an app.
fn command(app: &Ground, words: &str, file: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
    command.args(words.split(' ')).args(["--account", "acme", "--database", &app.database]).arg(file);
    command
}

/// Runs `muster import FILE --apply` and kills it after so long.
fn import_and_kill(app: &Ground, file: &Path, after: Duration) {
    let mut child = command(app, "import --apply --large", file)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    // Waits for a message that never comes: so long, and no longer.
    let (_keep, never) = std::sync::mpsc::channel::<()>();
    assert!(never.recv_timeout(after).is_err(), "nobody sends");
    child.kill().expect("killed, or at its end");
    child.wait().expect("gone");
}

/// Another process on the same database.
fn opened(app: &Ground, clock: Clock) -> Ground {
    let mut other = ::ground::open(app.database.clone());
    (other.context.clock, other.context.randomness) = (clock, Randomness::Machine);
    other
}

/// What `muster import FILE --apply` does, in a process of its own that begins later than every lease: the import, and those that it
/// said it waits for.
fn next_command(office: &Office<'_>, name: &str) -> (Import, Vec<String>) {
    let later = Clock::standing_at(Clock::Machine.now().plus(60_000));
    let app = opened(office.app, later);
    let office =
        Office { app: &app, account: office.account.clone(), fields: office.fields.clone(), ids: vec![] };
    let sheet = office.csv().with(0, "notes", name);
    import_in_turn(&office, sheet.text().as_bytes(), name)
}

fn import_in_turn(office: &Office<'_>, bytes: &[u8], name: &str) -> (Import, Vec<String>) {
    let new = NewUpload {
        file_name: name.to_owned(),
        actor: ANN.to_owned(),
        complete: Complete::WhenCleanLarge,
        leave_out_errors: false,
        decisions: Vec::new(),
        keep: true,
    };
    let (app, account) = (office.app, office.account.id);
    let mut upload = Upload::begin(app, account, new);
    assert!(upload.write(bytes).expect("kept"), "within the limit");
    let id = upload.finish().expect("an import");
    let mut others = Vec::new();
    let mut watch = |sight: Sight<'_>| match sight {
        Sight::WaitsFor(other) => others.extend(other.file_name.clone()),
        Sight::Working(_) => {}
    };
    let import = import::work_in_turn(app, account, id, name, &mut watch).expect("it rests");
    (import, others)
}

#[test]
fn killed_at_any_moment_an_import_is_whole_or_nothing() {
    on_sqlite(|app| {
        let mut office = Office::new(app);
        office.hire_more(USERS);
        let folder = tempfile::tempdir().expect("a folder");
        let mut whole = 0;
        for round in 0..ROUNDS {
            let mut sheet = office.csv();
            let title = format!("Round {round}");
            for user in 0..office.ids.len() {
                *sheet.cell(user, "job_title") = title.clone();
            }
            let file = folder.path().join(format!("{round}.csv"));
            std::fs::write(&file, sheet.text()).expect("written");
            import_and_kill(app, &file, Duration::from_millis(u64::from(round) * 12));
            let (next, _) = next_command(&office, &format!("next {round}"));
            assert_state(&next, ImportState::Done);
            let mut users = Users::new(&office.fields);
            app.store.users_of(office.account.id, &office.ids, &mut users).expect("users");
            let have = users.iter().filter(|user| user.value(standard::JOB_TITLE) == Some(&title)).count();
            assert!(have == 0 || have == office.ids.len(), "round {round}: {have} of {}", office.ids.len());
            whole += usize::from(have > 0);
            let mut imports = app.store.imports(office.account.id, None, 100).expect("imports");
            imports.retain(|import| import.file_name.as_ref().is_some_and(|name| !name.starts_with("next")));
            assert!(!imports.iter().any(|import| import.state == ImportState::Applying), "round {round}");
            let done = imports.iter().filter(|import| import.state == ImportState::Done).count();
            assert_eq!(done, whole, "round {round}: an import is done when its edits are there, and once");
            // What was killed while it was read is in nobody's way; who killed it gives it up.
            for import in imports.iter().filter(|import| import.state == ImportState::Reading) {
                assert!(import::cancel(app, office.account.id, import.id).expect("the store"));
            }
        }
        assert!(whole > 0, "some came through");
        office.check_history();
    });
}

/// An import of this user's job title that was completed.
fn completed(office: &Office<'_>, user: usize, title: &str) -> Import {
    let import = office.upload(office.csv().with(user, "job_title", title).text().as_bytes());
    let answer = import::complete(office.app, office.account.id, import.id, Some(import.plan), false);
    assert!(matches!(answer, Ok(Completion::Started(_))), "{answer:?}");
    import
}

/// Leaves an import as a process does that is killed while it applies it.
fn die_over(office: &Office<'_>, import: &Import) {
    let (store, now) = (&office.app.store, office.app.clock.now());
    let claimed = store.claim(Some((office.account.id, import.id)), "dead", now, now.plus(A_LEASE - 1));
    let lease = claimed.expect("it works").expect("a lease");
    let entered = store.enter_applying(office.account.id, import.id, import.plan, lease.fence, now);
    assert!(entered.expect("it works"));
}

fn state(office: &Office<'_>, import: &Import) -> ImportState {
    office.app.store.import(office.account.id, import.id).expect("the store").expect("it").state
}

#[test]
fn a_form_ends_what_a_dead_worker_left_in_its_way() {
    on_both(|app| {
        let office = Office::new(app);
        let dead = completed(&office, 0, "Clerk");
        die_over(&office, &dead);
        app.clock.turn(A_LEASE);
        office.edit(1, "job_title", "Cook");
        assert_eq!(state(&office, &dead), ImportState::Done);
        assert_eq!(office.value(0, "job_title").as_deref(), Some("Clerk"));
        assert_eq!(office.value(1, "job_title").as_deref(), Some("Cook"));
        office.check_history();
    });
}

#[test]
fn an_undo_ends_what_a_dead_worker_left_in_its_way() {
    on_both(|app| {
        let office = Office::new(app);
        let first = office.import(&office.csv().with(0, "job_title", "Clerk"));
        let dead = completed(&office, 1, "Cook");
        die_over(&office, &dead);
        app.clock.turn(A_LEASE);
        assert_state(&office.undo(&first), ImportState::Done);
        assert_eq!(state(&office, &dead), ImportState::Done);
        assert_eq!([0, 1].map(|user| office.value(user, "job_title")), [None, Some("Cook".to_owned())]);
    });
}

#[test]
fn a_command_ends_all_that_were_asked_for_before_and_left_and_says_so() {
    on_both(|app| {
        let office = Office::new(app);
        let left = [0, 1, 2].map(|user| completed(&office, user, &format!("Title {user}")));
        die_over(&office, &left[1]);
        app.clock.turn(A_LEASE);
        let sheet = office.csv().with(3, "job_title", "Mine");
        let (mine, waited_for) = import_in_turn(&office, sheet.text().as_bytes(), "mine.csv");
        assert_state(&mine, ImportState::Done);
        assert_eq!(waited_for, ["users.csv"; 3]);
        for (user, import) in left.iter().enumerate() {
            assert_eq!(state(&office, import), ImportState::Done);
            assert_eq!(office.value(user, "job_title"), Some(format!("Title {user}")));
        }
        assert_eq!(app.store.unfinished_imports().expect("a number"), 0);
    });
}

#[test]
fn a_form_does_not_wait_for_what_is_not_in_its_way() {
    on_both(|app| {
        let office = Office::new(app);
        let waits = completed(&office, 0, "Clerk");
        let field = office.fields.by_key("job_title").expect("it").number;
        let values = [(field, "Cook".to_owned())];
        let edited = import::edit(app, office.account.id, office.ids[1], &values, office.account_now(), BOB);
        assert!(matches!(edited, Ok(Edited::Saved(_))), "{edited:?}");
        assert_eq!(state(&office, &waits), ImportState::Applying, "a worker's work");
    });
}

#[test]
fn the_next_command_says_what_it_waits_for_and_does_not_wait_long() {
    on_both(|app| {
        // The program goes by the machine's clock.
        let app = opened(app, Clock::Machine);
        let office = Office::new(&app);
        let dead = completed(&office, 0, "Clerk");
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("next.csv");
        std::fs::write(&file, office.csv().with(1, "job_title", "Cook").text()).expect("written");
        die_over(&office, &dead);
        let since = app.clock.now();
        let done = command(&app, "import --apply", &file).output().expect("it runs");
        let took = app.clock.now().0 - since.0;
        let told = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{told}");
        assert_eq!(
            told.matches(&directory::waits_for_import(&dead.id.to_string(), Some("users.csv"), ANN)).count(),
            1
        );
        assert!(took < 10_000, "{took} ms");
        assert_eq!(state(&office, &dead), ImportState::Done);
        assert_eq!(
            [0, 1].map(|user| office.value(user, "job_title")),
            ["Clerk", "Cook"].map(|of| Some(of.to_owned()))
        );
    });
}
