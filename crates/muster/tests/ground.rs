//! What the program's tests stand on: `ground`, with the whole program opened over each database.

pub use ::ground::NOW;
use ::ground::{with_postgres, with_sqlite};
use muster::app::{App, Clock, Randomness, Settings};

/// Runs a test on a fresh SQLite database, and on a fresh PostgreSQL one ([`on_postgres`]).
pub fn on_both(test: impl Fn(&App)) {
    on_sqlite(&test);
    on_postgres(&test);
}

/// Runs a test on a fresh SQLite database only.
pub fn on_sqlite(test: impl Fn(&App)) {
    with_sqlite(|database| test(&open(database)));
}

/// Runs a test on a fresh PostgreSQL database, if there is a server.
pub fn on_postgres(test: impl Fn(&App)) {
    with_postgres(|database| test(&open(database)));
}

/// Opens a database for a test.
pub fn open(database: String) -> App {
    let settings = Settings { database, ..Settings::default() };
    App::open(settings, Clock::standing_at(NOW), Randomness::sequence(1)).expect("the database opens")
}

/// Whether a program is installed that a test needs. Where all tests must run (`scripts/test`), one that is missing fails it.
pub fn tool(name: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = std::env::split_paths(&path).any(|folder| folder.join(name).exists());
    let must_be = std::env::var("MUSTER_TESTS").is_ok_and(|which| which == "all");
    assert!(is_there || !must_be, "{name} is not installed");
    if !is_there {
        eprintln!("skipped: there is no {name}");
    }
    is_there
}
