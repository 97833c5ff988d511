//! `muster template`: the workbook to fill in new users.

use std::path::PathBuf;

use clap::Args;
use import::{self, DownloadChoice};

use super::ending::{Ending, Failure};
use super::goal::{Goal, Kind, copy};
use super::place::{self, Place};
use super::start::Start;

/// Download a spreadsheet without users, to fill in new ones and import
///
/// Rows 1 and 2 have to stay as they are. Each row below them creates a user, once the import is completed.
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster template --account acme -o new-users.xlsx
  muster template --account acme -o - --format csv
  muster import new-users.xlsx --account acme")]
pub(super) struct TemplateFlags {
    #[command(flatten)]
    place: place::PlaceFlags,
    /// The file to write, or - for stdout [default: SLUG-new-users with the ending of the format; new-users with --server]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The kind of file [default: what the file's name says, else xlsx]
    #[arg(long)]
    format: Option<Kind>,
}

pub(super) fn run(typed: &TemplateFlags, start: &Start) -> Result<Ending, Failure> {
    let place = typed.place.read(start)?;
    let output = typed.output.as_deref();
    let kind = Kind::of(typed.format, output);
    Goal::of(output, &place, "new-users", kind).fill(|sink| match &place {
        Place::Here(app, account) => {
            import::download(app, account.id, &DownloadChoice::new_users(kind.format()), sink)?;
            Ok(())
        }
        Place::There(server) => {
            copy(server.stream(&format!("/new-user-template?format={}", kind.word()))?, sink)
        }
    })
}
