//! Backups: taken while others write, each is of one moment; put back, it is a past that goes on by itself; damaged, it is refused whole.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicBool, Ordering};

use ::ground::office::{ANN, Office, assert_state};
use ::ground::scene::rows;
use ::ground::{Ground, open, with_postgres, with_sqlite};
use ::import::{self, Randomness};
use ::store::{Complete, ImportState, SessionStart, Store, work_file};
use muster::backup::{self, Failure};

/// Edits of each import that goes on while backups are taken.
const USERS: u64 = 300;

fn in_suite(variable: &str, usual: usize) -> usize {
    std::env::var(variable).ok().and_then(|number| number.parse().ok()).unwrap_or(usual)
}

fn take(app: &Ground, to: &Path) -> backup::Contents {
    let mut snapshot = app.store.snapshot().expect("nobody writes for long").expect("SQLite");
    backup::write(&mut snapshot, app.clock.now(), to).unwrap_or_else(|failure| panic!("{failure:?}"))
}

/// Puts a backup back into a folder; answers the address of the database.
fn put_back(from: &Path, folder: &Path) -> Result<String, Failure> {
    let directory = folder.join("restored.db");
    let contents = backup::unpack(from, &directory, &work_file(&directory))?;
    let url = format!("sqlite:{}", directory.display());
    let later = ::ground::NOW.plus(3_600_000);
    let store = Store::open(&url, &Randomness::sequence(77), later).unwrap_or_else(|error| panic!("{error}"));
    backup::begin_again(&store, &contents, later)?;
    Ok(url)
}

fn seen_in<'a>(app: &'a Ground, office: &Office<'_>) -> Office<'a> {
    let account = app.store.account("acme").expect("it works").expect("it is there");
    Office { app, account, fields: office.fields.clone(), ids: office.ids.clone() }
}

#[test]
fn a_backup_that_is_taken_while_others_write_is_of_one_moment() {
    with_sqlite(|database| {
        let app = open(database.clone());
        let mut office = Office::new(&app);
        office.hire_more(USERS);
        let folder = tempfile::tempdir().expect("a folder");
        let over = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let mut round = 0;
                while !over.load(Ordering::Relaxed) {
                    let mut sheet = office.csv();
                    for user in 0..office.ids.len() {
                        *sheet.cell(user, "job_title") = format!("Round {round}");
                    }
                    let import = office.upload_by(sheet.text().as_bytes(), ANN, Complete::WhenCleanLarge);
                    assert_state(&import, ImportState::Done);
                    round += 1;
                }
            });
            let other = open(database.clone());
            let mut last = 0;
            for number in 0..in_suite("MUSTER_SOAK_BACKUPS", 5) {
                let file = folder.path().join(format!("{number}.tar"));
                let then = take(&other, &file).accounts.remove(0);
                assert!(then.revision >= last, "time goes on");
                last = then.revision;
                let place = tempfile::tempdir().expect("a folder");
                let restored = open(put_back(&file, place.path()).expect("it is whole"));
                let office = seen_in(&restored, &office);
                assert_eq!(
                    (office.account.revision as i64, office.account.users),
                    (then.revision, then.users)
                );
                let titles = rows(
                    &restored,
                    "SELECT COUNT(DISTINCT job_title) FROM users WHERE job_title LIKE 'Round%'",
                );
                assert!(["0", "1"].contains(&titles[0].as_str()), "one round, or none: {titles:?}");
                // What was under way comes to its end.
                restored.clock.turn(600_000);
                while import::work_once(&restored, "test").expect("it works") {}
                assert_eq!(restored.store.unfinished_imports().expect("a number"), 0);
                office.check_history();
                fs::remove_file(&file).expect("it was there");
            }
            over.store(true, Ordering::Relaxed);
        });
        assert_eq!(
            fs::read_dir(folder.path()).expect("a folder").count(),
            0,
            "nothing is left beside a backup"
        );
    });
}

#[test]
fn a_database_that_was_put_back_goes_on_as_a_past_of_its_own() {
    with_sqlite(|database| {
        let app = open(database);
        let mut office = Office::new(&app);
        let before = office.csv();
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("monday.tar");
        let start = SessionStart::default();
        app.store.start_session("a cookie", 1, &start, app.clock.now()).expect("it works");
        let made = take(&app, &file).made;
        assert_eq!(made, app.clock.now().0);
        office.edit(1, "job_title", "Lost with the backup");
        office.create("Zoe", "zoe@acme.example");
        let (after, lost) = (office.csv(), *office.ids.last().expect("Zoe"));
        let restored = open(put_back(&file, folder.path()).expect("it is whole"));
        let mut again = seen_in(&restored, &office);
        again.ids.pop();
        assert_eq!(restored.store.session("a cookie").expect("it works"), None, "everybody signs in again");
        // What is from before the backup is good, what came after is told from it, in each format that a person may have.
        let import =
            again.upload_by(before.with(0, "job_title", "Clerk").text().as_bytes(), ANN, Complete::WhenClean);
        assert_state(&import, ImportState::Done);
        let import = again.upload(after.with(0, "job_title", "Cook").text().as_bytes());
        let sentence = import.failure.expect("it is refused").sentence();
        assert!(
            sentence.contains("was put back to 2026-11-22 09:00 UTC on 2026-11-22 10:00 UTC"),
            "{sentence}"
        );
        again.create("Yan", "yan@acme.example");
        let lineage = |of: &Office<'_>| {
            of.app.store.shown(of.account.id, of.account.revision).expect("it works").lineage
        };
        assert_ne!(lineage(&seen_in(&restored, &office)), lineage(&office), "a past of its own");
        assert!(*again.ids.last().expect("Yan") > lost, "an ID that the original gave out is nobody else's");
        again.check_history();
        assert_eq!(restored.store.verify_chain(again.account.id).expect("it works").altered, None);
    });
}

#[test]
fn a_damaged_backup_is_refused_whole() {
    with_sqlite(|database| {
        let app = open(database);
        Office::new(&app);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.tar");
        take(&app, &file);
        let whole = fs::read(&file).expect("its bytes");
        let damaged = folder.path().join("damaged.tar");
        let refuses = |bytes: &[u8], what: &str| {
            fs::write(&damaged, bytes).expect("written");
            let place = tempfile::tempdir().expect("a folder");
            let done = put_back(&damaged, place.path());
            assert!(matches!(done, Err(Failure::NoBackup | Failure::Altered(_))), "{what}: {done:?}");
        };
        for part in 0..20 {
            let cut = whole.len() * part / 20;
            refuses(&whole[..cut], &format!("cut off at {cut}"));
        }
        for part in 1..24 {
            // Within what stands in the archive: its end is filled up with zeros.
            let at = (whole.len() - 2_048) * part / 24;
            let mut bytes = whole.clone();
            bytes[at] ^= 0x55;
            let place = tempfile::tempdir().expect("a folder");
            fs::write(&damaged, &bytes).expect("written");
            if let Ok(url) = put_back(&damaged, place.path()) {
                panic!("byte {at} was altered, and {url} was made of it");
            }
        }
        refuses(b"not a backup at all", "a text");
    });
}

/// `muster COMMAND`.
fn muster(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_muster"))
        .args(words)
        .current_dir(folder)
        .env_clear()
        .output()
        .expect("it runs")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[test]
fn the_commands_make_a_backup_and_put_it_back_where_nothing_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |words: &[&str]| muster(folder.path(), words);
    assert!(run(&["account", "create", "acme", "--name", "Acme"]).status.success());
    let made = run(&["backup", "monday.tar"]);
    assert_eq!(said(&made), "monday.tar was written: a copy of the database with one organisation.\n");
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(folder.path().join("monday.tar")).expect("it is there").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    let refused = run(&["restore", "monday.tar"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(said(&refused).contains("muster.db is there already"), "{}", said(&refused));
    let other = ["restore", "monday.tar", "--database", "sqlite:other.db"];
    assert!(said(&run(&other)).starts_with("acme: 0 users, revision 0."));
    let listed = run(&["account", "list", "--database", "sqlite:other.db"]);
    assert_eq!(said(&listed), "acme\t0\t0\tAcme\n");
    let mut left: Vec<PathBuf> = fs::read_dir(folder.path())
        .expect("a folder")
        .map(|entry| entry.expect("a file").file_name().into())
        .collect();
    left.sort();
    let expected =
        ["monday.tar", "muster-work.db", "muster.db", "other-work.db", "other.db"].map(PathBuf::from);
    assert_eq!(left, expected);
}

#[test]
fn of_postgres_the_line_for_its_own_program_is_printed_without_the_password() {
    with_postgres(|url| {
        let folder = tempfile::tempdir().expect("a folder");
        let made = muster(folder.path(), &["backup", "it.dump", "--database", &url]);
        let line = String::from_utf8_lossy(&made.stdout).into_owned();
        assert!(
            made.status.success()
                && line.contains(" pg_dump --enable-row-security --format=custom --file='it.dump' 'postgres"),
            "{line}"
        );
    });
}
