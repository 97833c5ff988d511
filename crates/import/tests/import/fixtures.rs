//! The databases that earlier programs left behind, as text: which there are, and how a test gets a fresh copy of each on both databases.

use std::path::{Path, PathBuf};

use ::import::Clock;
use ::store::Time;
use ground::Ground;
use ground::{with_postgres, with_sqlite};

/// A database of an earlier program, by the number of its newest migration.
pub(crate) struct Fixture {
    folder: PathBuf,
    pub(crate) number: u32,
}

impl Fixture {
    /// Whether downloads had marks, and rows that share a User ID a plan of their own, by then.
    pub(crate) fn has_marks(&self) -> bool {
        self.number >= 4
    }
}

/// Runs a test on a fresh copy of each fixture, on both databases.
pub(crate) fn on_each(test: impl Fn(&Ground, &Fixture)) {
    on_those(|_| true, test);
}

/// The same of some fixtures.
pub(crate) fn on_those(is_meant: impl Fn(&Fixture) -> bool, test: impl Fn(&Ground, &Fixture)) {
    let mut fixtures = fixtures();
    fixtures.retain(is_meant);
    assert!(!fixtures.is_empty(), "there is no fixture");
    for fixture in &fixtures {
        println!("fixture {}", fixture.folder.display());
        with_sqlite(|address| {
            let made = load_sqlite(&fixture.folder, &address);
            test(&open(address, made), fixture);
        });
        with_postgres(|address| {
            let made = load_postgres(&fixture.folder, &address);
            test(&open(address, made), fixture);
        });
    }
}

/// By age, the newest last.
pub(crate) fn fixtures() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let entries = std::fs::read_dir(folder).expect("the folder of fixtures");
    let fixture = |folder: PathBuf| {
        let name = folder.file_name().and_then(|name| name.to_str()).expect("a name");
        Fixture { number: name.parse().expect("the number of a migration"), folder }
    };
    let mut fixtures: Vec<Fixture> = entries.map(|entry| fixture(entry.expect("an entry").path())).collect();
    fixtures.sort_by_key(|fixture| fixture.number);
    fixtures
}

/// When the last import of a fixture began.
const MADE: &str = "SELECT MAX(created_at) FROM import";

fn load_sqlite(folder: &Path, address: &str) -> Time {
    let path = address.strip_prefix("sqlite:").expect("SQLite's address");
    let load = |part: &str, file: &str| {
        let connection = rusqlite::Connection::open(file).expect("a new file");
        let sql = text(&folder.join(format!("{part}.sql")));
        connection.execute_batch(&format!("BEGIN; {sql} COMMIT")).expect("the fixture is good SQL");
        connection
    };
    load("directory", path);
    let work = load("work", &path.replace(".db", "-work.db"));
    Time(work.query_row(MADE, [], |row| row.get(0)).expect("a time"))
}

fn load_postgres(folder: &Path, address: &str) -> Time {
    let mut client = ground::see_all(address);
    client.batch_execute(&text(&folder.join("postgres.sql"))).expect("the fixture is good SQL");
    Time(client.query_one(MADE, &[]).expect("an import").get(0))
}

fn text(file: &Path) -> String {
    std::fs::read_to_string(file).expect("a file of the fixture")
}

/// Opens with today's code, a day after the fixture was made: every lease in it is over.
fn open(database: String, made: Time) -> Ground {
    const DAY: i64 = 24 * 60 * 60 * 1_000;
    let mut ground = ground::open(database);
    ground.context.clock = Clock::standing_at(made.plus(DAY));
    ground
}
