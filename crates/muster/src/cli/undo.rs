//! `muster undo`: takes an import back.

use clap::Args;
use import::{self, Undone};
use sentences::say;
use store::Account;

use super::ending::{Ending, Failure};
use super::place::{self, Place};
use super::report::{Report, watch};
use super::server::{Server, escaped};
use super::start::{Start, actor};
use crate::api::lists;
use crate::api::wire;
use crate::app::App;

/// Take an import back: every value it changed is as it was before
///
/// An undo is an import of its own, in the history, and can be undone. Values that were changed since keep their later value and are
/// named on stderr.
#[derive(Args)]
#[command(after_help = "Example:\n  muster undo imp_1m82b7vzdz07x --account acme")]
pub(super) struct UndoFlags {
    /// The import, as `muster imports` lists it
    import: String,
    #[command(flatten)]
    place: place::PlaceFlags,
    /// Print the import that undoes it as JSON, with its issues
    #[arg(long)]
    json: bool,
}

pub(super) fn run(typed: &UndoFlags, start: &Start) -> Result<Ending, Failure> {
    let report = match typed.place.read(start)? {
        Place::Here(app, account) => here(&app, &account, &typed.import)?,
        Place::There(server) => there(&server, &typed.import)?,
    };
    report.told(true, true, typed.json)
}

fn here(app: &App, account: &Account, id: &str) -> Result<Report, Failure> {
    let none = || Failure::new(say!("cli-undo-there-is-no-import", id = id.to_string()));
    let found = lists::import(app, account.id, id)?.ok_or_else(none)?;
    match import::undo(app, account.id, found.id, &actor())? {
        Undone::Started(id) => {
            let mut watch = watch();
            let done = import::work_in_turn(app, account.id, id, &super::start::owner(app), &mut watch)?;
            Report::here(app, &done)
        }
        Undone::NothingToUndo => Err(Failure::new(say!("cli-undo-there-is-nothing-to-undo"))),
        Undone::NoSuchImport => Err(none()),
    }
}

fn there(server: &Server, id: &str) -> Result<Report, Failure> {
    let started: wire::Import = server.post(&format!("/imports/{}/undo", escaped(id)))?;
    Report::there(server, started)
}
