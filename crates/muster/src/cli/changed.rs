//! `muster changed`: what an import changed, as a file for whoever looks through it.

use std::path::PathBuf;

use clap::Args;
use import::Reportable;
use sentences::say;

use super::ending::{Ending, Failure};
use super::goal::{Goal, Kind, copy};
use super::place::{self, Place};
use super::server::escaped;
use super::start::Start;
use crate::api::lists;

/// Write what an import changed as a list: a line for each value, what it was and what it is
///
/// Of an import that waits in review the list tells what will be. It can't be imported.
#[derive(Args)]
#[command(after_help = "Example:\n  muster changed imp_1m82b7vzdz07x --account acme -o changes.xlsx")]
pub(super) struct ChangedFlags {
    /// The import, as `muster imports` lists it
    import: String,
    #[command(flatten)]
    place: place::PlaceFlags,
    /// The file to write, or - for stdout [default: SLUG-changes with the ending of the format; changes with --server]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The kind of file [default: what the file's name says, else xlsx]
    #[arg(long)]
    format: Option<Kind>,
}

pub(super) fn run(typed: &ChangedFlags, start: &Start) -> Result<Ending, Failure> {
    let place = typed.place.read(start)?;
    let output = typed.output.as_deref();
    let kind = Kind::of(typed.format, output);
    let id = &typed.import;
    Goal::of(output, &place, "changes", kind).fill(|sink| match &place {
        Place::Here(app, account) => {
            let none = || Failure::new(say!("cli-undo-there-is-no-import", id = id));
            let found = lists::import(app, account.id, id)?.ok_or_else(none)?;
            match import::changes_listable(app, account.id, found.id)? {
                Reportable::Yes(import) => {
                    import::changes_file(app, &import, kind.format(), sink).map(drop)?;
                }
                _ => return Err(Failure::new(say!("changes-none-yet"))),
            }
            Ok(())
        }
        Place::There(server) => {
            let path = format!("/imports/{}/changes?format={}", escaped(id), kind.word());
            copy(server.stream(&path)?, sink)
        }
    })
}
