//! What tests stand on: a fresh database each, on both engines, with a clock that stands and randomness that repeats; an office whose
//! files are edited, and a scene for the store alone.

#![expect(clippy::expect_used, clippy::panic, reason = "what tests stand on fails like a test")]
#![expect(missing_docs, reason = "fields of scenes are read by tests alone, and called like what they hold")]

pub mod office;
mod replay;
pub mod scene;

use std::ops::Deref;

use import::{Clock, Context, Randomness};
use store::Time;

/// 2026-11-22 09:00 UTC.
pub const NOW: Time = Time(1_795_338_000_000);

/// A database with what imports need, and its address.
pub struct Ground {
    pub context: Context,
    pub database: String,
}

impl Deref for Ground {
    type Target = Context;

    fn deref(&self) -> &Context {
        &self.context
    }
}

/// Runs a test on a fresh SQLite database, and on a fresh PostgreSQL one ([`on_postgres`]); on a cluster of Citus, too, where there is one.
pub fn on_both(test: impl Fn(&Ground)) {
    on_one_machine(&test);
    on_citus(&test);
}

/// The same without a cluster: for a test whose own statements a cluster refuses (it damages keys by which rows are placed, or counts on all machines).
pub fn on_one_machine(test: impl Fn(&Ground)) {
    on_sqlite(&test);
    on_postgres(&test);
}

/// Runs a test on a fresh SQLite database only.
pub fn on_sqlite(test: impl Fn(&Ground)) {
    with_sqlite(|database| test(&open(database)));
}

/// Runs a test on a fresh PostgreSQL database when `MUSTER_TEST_POSTGRES` names a server where databases may be made. With
/// `MUSTER_TESTS=all` that is a must.
pub fn on_postgres(test: impl Fn(&Ground)) {
    with_postgres(|database| test(&open(database)));
}

/// Runs a test on a fresh database of a cluster of Citus, when `MUSTER_TEST_CITUS` names one; its tables are placed.
pub fn on_citus(test: impl Fn(&Ground)) {
    with_citus(|database| {
        let app = open(database);
        for placement in app.store.placements().expect("it answers").expect("PostgreSQL") {
            app.store.place(&placement).expect("it is placed");
        }
        test(&app);
    });
}

/// Hands over the address of a fresh database on the coordinator of the cluster, known to its workers, if there is one.
pub fn with_citus(test: impl FnOnce(String)) {
    let Ok(cluster) = std::env::var("MUSTER_TEST_CITUS") else { return };
    let name = format!("muster_{}_{}", std::process::id(), Randomness::Machine.number());
    let connect =
        |url: &str| postgres::Client::connect(url, postgres::NoTls).expect("a server of the cluster");
    let sql = "SELECT nodename, nodeport FROM pg_dist_node ORDER BY groupid";
    let nodes: Vec<(String, i32)> = connect(&cluster)
        .query(sql, &[])
        .expect("its nodes")
        .iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect();
    let servers: Vec<String> =
        nodes.iter().map(|(host, port)| with_place(&cluster, &format!("{host}:{port}"))).collect();
    for server in &servers {
        connect(server).batch_execute(&format!("CREATE DATABASE {name}")).expect("a database");
        connect(&with_database(server, &name))
            .batch_execute("CREATE EXTENSION citus")
            .expect("the extension");
    }
    let mut coordinator = connect(&with_database(&servers[0], &name));
    for (place, (host, port)) in nodes.iter().enumerate() {
        let call = if place == 0 { "citus_set_coordinator_host" } else { "citus_add_node" };
        coordinator.batch_execute(&format!("SELECT {call}('{host}', {port})")).expect("a node");
    }
    drop(coordinator);
    test(with_database(&servers[0], &name));
    for server in &servers {
        connect(server)
            .batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)"))
            .expect("the database goes");
    }
}

/// The address with another host and port.
fn with_place(server: &str, place: &str) -> String {
    let start = server.rfind('@').map_or(0, |at| at + 1);
    let end = server[start..].find('/').map_or(server.len(), |at| start + at);
    format!("{}{place}{}", &server[..start], &server[end..])
}

/// Hands over the address of a fresh SQLite database, which lives as long as the test.
pub fn with_sqlite(test: impl FnOnce(String)) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    test(format!("sqlite:{}", folder.path().join("muster.db").display()));
}

/// Hands over the address of a fresh PostgreSQL database, if there is a server.
pub fn with_postgres(test: impl FnOnce(String)) {
    let Ok(server) = std::env::var("MUSTER_TEST_POSTGRES") else {
        let must = std::env::var("MUSTER_TESTS").is_ok_and(|which| which == "all");
        assert!(!must, "MUSTER_TESTS=all, but MUSTER_TEST_POSTGRES names no server");
        println!("skipped on PostgreSQL: MUSTER_TEST_POSTGRES is not set");
        return;
    };
    let name = format!("muster_{}_{}", std::process::id(), Randomness::Machine.number());
    let mut client = postgres::Client::connect(&server, postgres::NoTls).expect("the PostgreSQL server");
    client.batch_execute(&format!("CREATE DATABASE {name}")).expect("a database");
    test(with_database(&server, &name));
    // The server may have been restarted by the test.
    let mut client = postgres::Client::connect(&server, postgres::NoTls).expect("the PostgreSQL server");
    client.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).expect("the database goes");
}

/// A connection of a test's own to a database of PostgreSQL, which sees the rows of all accounts.
pub fn see_all(database: &str) -> postgres::Client {
    let mut client = postgres::Client::connect(database, postgres::NoTls).expect("the PostgreSQL server");
    client.batch_execute("SET muster.account = 'all'").expect("it is set");
    client
}

/// The address of a database of PostgreSQL for whoever keeps the server, as a superuser.
pub fn kept_by_superuser(database: &str) -> String {
    let address = database.split('?').next().unwrap_or(database);
    let name = address.rsplit('/').next().unwrap_or_default();
    std::env::var("MUSTER_TEST_POSTGRES_SUPERUSER")
        .map_or_else(|_| database.to_owned(), |server| with_database(&server, name))
}

/// Hands over the address of a copy of a database to which nobody is connected; it lives as long as the test.
pub fn with_copy(database: &str, test: impl FnOnce(String)) {
    let Some(path) = database.strip_prefix("sqlite:") else { return with_postgres_copy(database, test) };
    with_sqlite(|copy| {
        let to = copy.replace("sqlite:", "");
        for part in [".db", "-work.db"] {
            std::fs::copy(path.replace(".db", part), to.replace(".db", part)).expect("copied");
        }
        test(copy);
    });
}

fn with_postgres_copy(database: &str, test: impl FnOnce(String)) {
    let server = std::env::var("MUSTER_TEST_POSTGRES").expect("the server of the database");
    let address = database.split('?').next().unwrap_or(database);
    let of = address.rsplit('/').next().expect("the name of a database");
    let name = format!("{of}_copy_{}", Randomness::Machine.number());
    let mut client = postgres::Client::connect(&server, postgres::NoTls).expect("the PostgreSQL server");
    // The server waits itself for connections that were just closed.
    client.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {of}")).expect("a copy");
    test(with_database(&server, &name));
    client.batch_execute(&format!("DROP DATABASE {name} WITH (FORCE)")).expect("the copy goes");
}

/// The address with another database in its path: `postgres://user@host:port/NAME?...`.
pub fn with_database(server: &str, name: &str) -> String {
    let (address, options) =
        server.split_once('?').map_or((server, ""), |(address, options)| (address, options));
    let start = address.find("://").map_or(0, |at| at + 3);
    let host_end = address[start..].find('/').map_or(address.len(), |at| start + at);
    let options = if options.is_empty() { String::new() } else { format!("?{options}") };
    format!("{}/{name}{options}", &address[..host_end])
}

/// Opens a database for a test.
pub fn open(database: String) -> Ground {
    let limits = workbook::Limits::default();
    let context = Context::open(&database, limits, Clock::standing_at(NOW), Randomness::sequence(1));
    Ground { context: context.expect("the database opens"), database }
}
