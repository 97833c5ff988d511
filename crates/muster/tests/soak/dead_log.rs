//! A log that can't be written, or that nobody reads: requests are answered and imports worked on as ever.

use std::fs::{File, OpenOptions};
use std::process::Stdio;

use ::ground::office::Office;
use ::ground::with_sqlite;
use ::import::{Clock, Randomness};
use ::store::{ImportState, Role};
use muster::access::create_token;

use super::server::{Asked, Server, pause};

/// Requests after the import: more lines than the buffers of a pipe and of the log take.
const REQUESTS: usize = 1_500;

/// What the log goes to, and what is kept so that it stays so.
fn places() -> Vec<(&'static str, Stdio, Option<std::io::PipeReader>)> {
    let full = OpenOptions::new().write(true).open("/dev/full").expect("a disk without room");
    let (unread, pipe) = std::io::pipe().expect("a pipe");
    let (gone, broken) = std::io::pipe().expect("a pipe");
    drop(gone);
    let read_only = File::open("/dev/null").expect("it opens");
    vec![
        ("full", full.into(), None),
        ("nobody reads", pipe.into(), Some(unread)),
        ("the reader is gone", broken.into(), None),
        ("not for writing", read_only.into(), None),
    ]
}

#[test]
fn whatever_becomes_of_the_log_the_work_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = folder.path().join("muster.toml");
    // Every statement is a line.
    std::fs::write(&config, "slow_statement_ms = 0").expect("written");
    let arguments = ["--config", config.to_str().expect("a path")];
    for (what, log, kept) in places() {
        with_sqlite(|database| {
            let mut app = ::ground::open(database);
            (app.context.clock, app.context.randomness) = (Clock::Machine, Randomness::Machine);
            let office = Office::new(&app);
            let token = create_token(&app, office.account.id, "robot", Role::Editor, None).expect("a token");
            let server = Server::start_with(&app.database, &arguments, log);
            let file = office.csv().with(0, "job_title", "Clerk");
            let path = "/imports?file_name=users.csv&apply=when_clean_large".to_owned();
            let upload = Asked { method: "POST", path, key: None, body: file.text().into_bytes() };
            let answer = server.ask(&token, &upload).unwrap_or_else(|| panic!("{what}: it broke off"));
            assert_eq!(answer.status, 202, "{what}: {answer:?}");
            let id = answer.json()["id"].as_str().expect("an id").parse().expect("an id");
            let state = || {
                let import = app.store.import(office.account.id, id).expect("it works").expect("it is there");
                import.state
            };
            let rests = |state| !matches!(state, ImportState::Reading | ImportState::Applying);
            let rested = (0..3_000).any(|_| {
                pause(20);
                rests(state())
            });
            assert!(rested && state() == ImportState::Done, "{what}: the import is {:?}", state());
            let look =
                Asked { method: "GET", path: "/users?limit=1".to_owned(), key: None, body: Vec::new() };
            for number in 0..REQUESTS {
                let answer = server.ask(&token, &look).map(|answer| answer.status);
                assert_eq!(answer, Some(200), "{what}: request {number}");
            }
        });
        drop(kept);
    }
}
