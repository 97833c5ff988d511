//! `muster undo`: takes an import back.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use clap::Args;
use directory::UserId;
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
#[command(after_help = "\
Examples:
  muster undo imp_1m82b7vzdz07x --account acme
  muster undo imp_1m82b7vzdz07x --account acme --users three.txt")]
pub(super) struct UndoFlags {
    /// The import, as `muster imports` lists it
    import: String,
    /// Change only these users back: a file with a User ID at the beginning of each line, or - for stdin
    #[arg(long, value_name = "FILE")]
    users: Option<PathBuf>,
    #[command(flatten)]
    place: place::PlaceFlags,
    /// Print the import that undoes it as JSON, with its issues
    #[arg(long)]
    json: bool,
}

pub(super) fn run(typed: &UndoFlags, start: &Start) -> Result<Ending, Failure> {
    let users = typed.users.as_deref().map(users_of).transpose()?;
    let report = match typed.place.read(start)? {
        Place::Here(app, account) => here(&app, &account, &typed.import, users.as_deref())?,
        Place::There(server) => there(&server, &typed.import, users.as_deref())?,
    };
    report.told(true, true, typed.json)
}

/// The users whom a file names, each at the beginning of a line; the headings of a table may stand above them.
fn users_of(path: &Path) -> Result<Vec<UserId>, Failure> {
    let told = |error: io::Error| {
        Failure::new(say!(
            "cli-undo-users-unreadable",
            path = path.display().to_string(),
            error = error.to_string()
        ))
    };
    let text = match path.as_os_str() == "-" {
        true => io::read_to_string(io::stdin()),
        false => fs::read_to_string(path),
    };
    let text = text.map_err(told)?;
    let mut users = Vec::new();
    for (line, words) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
        let first = words.split([',', ';', '\t']).next().unwrap_or_default().trim().trim_matches('"');
        match first.parse() {
            Ok(user) => users.push(user),
            Err(_) if first.is_empty() || (users.is_empty() && line <= 2) => {}
            Err(_) => {
                return Err(Failure::new(say!("cli-undo-no-user-id", line = line.to_string(), text = first)));
            }
        }
    }
    Ok(users)
}

fn here(app: &App, account: &Account, id: &str, users: Option<&[UserId]>) -> Result<Report, Failure> {
    let none = || Failure::new(say!("cli-undo-there-is-no-import", id = id.to_string()));
    let found = lists::import(app, account.id, id)?.ok_or_else(none)?;
    let undone = match users {
        Some(users) => import::change_back(app, account.id, found.id, users, &actor())?,
        None => import::undo(app, account.id, found.id, &actor())?,
    };
    match undone {
        Undone::Started(id) => {
            let mut watch = watch();
            let done = import::work_in_turn(app, account.id, id, &super::start::owner(app), &mut watch)?;
            Report::here(app, &done)
        }
        Undone::NothingToUndo => Err(Failure::new(say!("cli-undo-there-is-nothing-to-undo"))),
        Undone::NotAmong(users) => Err(Failure::new(directory::not_changed_by_it(&users))),
        Undone::NoSuchImport => Err(none()),
    }
}

fn there(server: &Server, id: &str, users: Option<&[UserId]>) -> Result<Report, Failure> {
    let path = format!("/imports/{}/undo", escaped(id));
    let started: wire::Import = match users {
        Some(users) => {
            let users: Vec<String> = users.iter().map(UserId::to_string).collect();
            server.post_json(&path, &BTreeMap::from([("users", users)]))?
        }
        None => server.post(&path)?,
    };
    Report::there(server, started)
}
