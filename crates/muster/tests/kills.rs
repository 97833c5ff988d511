//! The program is killed at any moment of an import: nothing is half done, nothing is done twice, and another worker ends what it began.

use std::process::{Command, Stdio};
use std::time::Duration;

use ::ground::Ground;
use ::import;
use ::import::{Clock, Randomness};
use ::store::ImportState;
use directory::{Users, standard};

use ::ground::office::Office;
use ::ground::on_sqlite;

const USERS: u64 = 300;
const ROUNDS: u32 = 25;

/// Runs `muster import FILE --apply` and kills it after so long.
fn import_and_kill(app: &Ground, file: &std::path::Path, after: Duration) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_muster"))
        .args(["import", "--account", "acme", "--apply", "--large", "--database", &app.database])
        .arg(file)
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

/// Another process, later than every lease: it ends what was begun.
fn settle(app: &Ground) {
    let later = Clock::standing_at(Clock::Machine.now().plus(60_000));
    let mut app = ::ground::open(app.database.clone());
    (app.context.clock, app.context.randomness) = (later, Randomness::sequence(7));
    while import::work_once(&app, "after").expect("it works") {}
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
            settle(app);
            let mut users = Users::new(&office.fields);
            app.store.users_of(office.account.id, &office.ids, &mut users).expect("users");
            let have = users.iter().filter(|user| user.value(standard::JOB_TITLE) == Some(&title)).count();
            assert!(have == 0 || have == office.ids.len(), "round {round}: {have} of {}", office.ids.len());
            whole += usize::from(have > 0);
            let imports = app.store.imports(office.account.id, None, 100).expect("imports");
            let unsettled = |state| matches!(state, ImportState::Reading | ImportState::Applying);
            assert!(!imports.iter().any(|import| unsettled(import.state)), "round {round}");
            let done = imports.iter().filter(|import| import.state == ImportState::Done).count();
            assert_eq!(done, whole, "round {round}: an import is done when its edits are there, and once");
        }
        assert!(whole > 0, "some came through");
        office.check_history();
    });
}
