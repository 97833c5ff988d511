//! A small import beside large ones of other organisations: it comes to review as if it were alone, or nearly so.

use std::time::Duration;

use ::import::{Clock, Randomness};
use ::import::{NewUpload, Upload, Workers};
use ::store::{AccountId, Complete, ImportId, ImportState, Stage};
use muster::app::App;

use super::server::pause;
use super::{now, size};
use crate::ground::{NOW, on_sqlite};

/// Organisations with large files, and how many files each sends.
const LARGE: usize = 3;
const FILES: usize = 2;
/// Rows of the small file.
const ROWS: usize = 200;

#[test]
fn a_small_import_does_not_wait_for_large_ones() {
    on_sqlite(|of_ground| {
        let mut app = of_ground.clone();
        (app.clock, app.randomness) = (Clock::Machine, Randomness::Machine);
        let rows = size("MUSTER_SOAK_LARGE", 12_000);
        let account =
            |slug: String| app.store.create_account(&slug, &slug, NOW).expect("works").expect("new").id;
        let small = account("small".to_owned());
        let workers = Workers::start(&app, 2);
        let alone = (0..3).map(|_| to_review(&app, small)).min().unwrap_or_default();
        let mut large = Vec::new();
        for number in 0..LARGE {
            let account = account(format!("large{number}"));
            large.extend((0..FILES).map(|_| (account, send(&app, account, rows))));
        }
        let read = |(account, id): &(AccountId, ImportId)| state(&app, *account, *id) != ImportState::Reading;
        let is_begun = |(account, id): &&(AccountId, ImportId)| {
            let import = app.store.import(*account, *id).expect("works").expect("an import");
            import.progress.stage != Stage::Waiting
        };
        while large.iter().filter(is_begun).count() < 2 {
            pause(5);
        }
        let beside: Vec<Duration> = (0..3).map(|_| to_review(&app, small)).collect();
        let busy = large.iter().filter(|import| !read(import)).count();
        assert!(busy > 2, "the large ones are still being read");
        let best = beside.iter().min().copied().unwrap_or_default();
        // A debug build on a busy machine is what it is: what would be wrong is to wait for a large file.
        assert!(
            best <= (3 * alone).max(Duration::from_secs(2)),
            "alone {alone:?}, beside large ones {beside:?}"
        );
        println!("{ROWS} rows alone in {alone:?}, beside {LARGE} times {rows} in {beside:?}");
        workers.stop(Duration::from_secs(20));
    });
}

/// How long a small file takes until it is in review.
fn to_review(app: &App, account: AccountId) -> Duration {
    let began = now();
    let id = send(app, account, ROWS);
    while state(app, account, id) == ImportState::Reading {
        pause(2);
    }
    assert_eq!(state(app, account, id), ImportState::Review);
    began.elapsed()
}

/// An import of so many new users in review; its name.
pub(super) fn reviewed(app: &App, account: AccountId, rows: usize) -> String {
    let id = send(app, account, rows);
    while ::import::work_once(app, "test").expect("work") {}
    id.to_string()
}

fn state(app: &App, account: AccountId, id: ImportId) -> ImportState {
    app.store.import(account, id).expect("works").expect("an import").state
}

/// Sends a file of so many new users.
fn send(app: &App, account: AccountId, rows: usize) -> ImportId {
    let new = NewUpload {
        file_name: "a.csv".to_owned(),
        actor: "test".to_owned(),
        complete: Complete::Never,
        leave_out_errors: false,
        decisions: Vec::new(),
        keep: true,
    };
    let mut upload = Upload::begin(app, account, new);
    upload.write(b"user_id,first_name,last_name,email\n").expect("kept");
    for row in 0..rows {
        upload.write(format!(",Ada,Lovelace,ada{row}@example.com\n").as_bytes()).expect("kept");
    }
    upload.finish().expect("an import")
}
