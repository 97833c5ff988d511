//! Several programs start at once on an empty database: one makes the tables, and all find them whole.

use std::process::{Command, Stdio};

use ::ground::{NOW, with_postgres, with_sqlite};

use super::size;

/// Programs that start at once.
const AT_ONCE: usize = 6;

#[test]
fn six_programs_that_start_at_once_on_an_empty_database_all_find_it_whole() {
    for round in 0..size("MUSTER_SOAK_STARTS", 2) {
        with_sqlite(|database| start_all(&database, round));
        with_postgres(|database| start_all(&database, round));
    }
}

fn start_all(database: &str, round: usize) {
    let start = |_| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_muster"));
        command.args(["migrate", "--database", database]).stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().expect("it starts")
    };
    let started: Vec<_> = (0..AT_ONCE).map(start).collect();
    for child in started {
        let ended = child.wait_with_output().expect("it ends");
        let told = String::from_utf8_lossy(&ended.stderr);
        assert!(
            ended.status.success(),
            "round {round} on {}: {told}",
            &database[..database.find(':').expect("an address")]
        );
    }
    let app = ::ground::open(database.to_owned());
    assert!(app.store.create_account("acme", "Acme Ltd", NOW).expect("it is whole").is_some());
    let lineages = ::ground::scene::rows(&app, "SELECT lineage FROM deployment");
    assert_eq!(lineages.len(), 1, "one deployment");
}
