//! A server stops in the middle of an apply, in whatever way: another one takes the import over within ten seconds, and the first writes
//! nothing when it goes on.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use ::ground::office::Office;
use ::ground::scene::rows;
use ::ground::{Ground, on_citus, on_postgres};
use ::store::Role;
use muster::access::create_token;

use super::asking::Client;
use super::now;
use super::server::{Server, pause, wait_until};

/// Within this the other server is done.
const TAKEN: Duration = Duration::from_secs(10);
const USERS: u64 = 50;

/// How a server goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Gone {
    Killed,
    Stopped,
    /// Nothing passes between it and the database any more, and nobody says so.
    CutOff,
}

/// The way from a server to its database, which can be cut.
struct Way {
    port: u16,
    is_cut: Arc<AtomicBool>,
}

impl Way {
    /// Opens one to a port.
    fn to(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let way = Self { port: listener.local_addr().expect("its address").port(), is_cut: Arc::default() };
        let is_cut = Arc::clone(&way.is_cut);
        thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                let Ok(far) = TcpStream::connect(("127.0.0.1", port)) else { return };
                for (from, to) in [(&near, &far), (&far, &near)] {
                    let (from, to) = (from.try_clone().expect("a stream"), to.try_clone().expect("a stream"));
                    let is_cut = Arc::clone(&is_cut);
                    thread::spawn(move || pass(from, to, &is_cut));
                }
            }
        });
        way
    }
}

/// Passes on what comes, until the way is cut: then it is kept for ever.
fn pass(mut from: TcpStream, mut to: TcpStream, is_cut: &AtomicBool) {
    let mut some = [0; 16 << 10];
    while let Ok(count @ 1..) = from.read(&mut some) {
        while is_cut.load(Ordering::Relaxed) {
            pause(50);
        }
        if to.write_all(&some[..count]).is_err() {
            break;
        }
    }
    // The other side may be gone already.
    let _ = to.shutdown(Shutdown::Write);
}

/// The port of an address, and the address with another one.
fn port_of(database: &str) -> (u16, &str, &str) {
    let (before, after) = database.split_once("@127.0.0.1:").expect("an address");
    let (port, rest) = after.split_once('/').expect("a database");
    (port.parse().expect("a port"), before, rest)
}

fn is_taken_over(app: &Ground, gone: Gone) {
    let mut office = Office::new(app);
    office.hire_more(USERS);
    let token = create_token(app, office.account.id, "robot", Role::Editor, None).expect("a token");
    let folder = tempfile::tempdir().expect("a folder");
    let (first_log, second_log) = (folder.path().join("first.log"), folder.path().join("second.log"));
    let (port, before, rest) = port_of(&app.database);
    let way = Way::to(port);
    let first = Server::start(&format!("{before}@127.0.0.1:{}/{rest}", way.port), &first_log);
    let client = Client::new(first.address(), &token);

    // Its apply comes to the history, and no further.
    let mut locking = ::ground::see_all(&app.database);
    locking.batch_execute("BEGIN; LOCK TABLE history IN SHARE MODE").expect("locked");
    let import = client.entitle(office.ids.len(), "Clerk");
    let waits = "SELECT CAST(COUNT(*) AS BIGINT) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    wait_until("it applies", 20, || rows(app, waits)[0] != "0");
    let second = Server::start(&app.database, &second_log);
    match gone {
        Gone::Killed => first.fatality()(),
        Gone::Stopped => first.signal("STOP"),
        Gone::CutOff => way.is_cut.store(true, Ordering::Relaxed),
    }
    let since = now();
    locking.batch_execute("ROLLBACK").expect("let go");
    let client = Client::new(second.address(), &token);
    let seen = client.rested(&import);
    let took = since.elapsed();
    assert_eq!(seen["state"], "done", "{gone:?}: {seen}");
    assert!(took < TAKEN, "{gone:?}: {took:?}");
    println!("{gone:?}: taken over within {took:?}");

    assert_eq!(client.titles(office.ids.len()), ["Clerk"]);
    let written =
        || rows(app, "SELECT CAST(COUNT(*) AS BIGINT) FROM history")[0].parse::<usize>().expect("a number");
    let mut before = written();
    drop(second);
    if gone == Gone::Stopped {
        // It goes on, finds that it has lost, and works as if nothing had been.
        first.signal("CONT");
        let client = Client::new(first.address(), &token);
        assert_eq!(client.rested(&import)["state"], "done");
        let next = client.rested(&client.entitle(office.ids.len(), "Cook"));
        assert_eq!(next["state"], "done", "{next}");
        before += office.ids.len();
        first.signal("TERM");
        wait_until("it ends", 15, || first.is_gone());
    }
    drop(first);
    assert_eq!(written(), before, "{gone:?}: nothing more was written");
    office.check_history();
}

#[test]
fn a_server_that_is_killed_stopped_or_cut_off_while_it_applies_is_taken_over() {
    thread::scope(|scope| {
        for gone in [Gone::Killed, Gone::Stopped, Gone::CutOff] {
            scope.spawn(move || on_postgres(|app| is_taken_over(app, gone)));
        }
    });
}

#[test]
fn and_on_a_cluster() {
    // One after the other: three servers of the cluster share a machine with the two that are tried.
    for gone in [Gone::Killed, Gone::Stopped, Gone::CutOff] {
        on_citus(|app| is_taken_over(app, gone));
    }
}
