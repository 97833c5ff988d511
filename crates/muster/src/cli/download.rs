//! `muster download`: the users as a spreadsheet.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use events::Event;
use import::{self, DownloadChoice};
use sentences::say;

use super::ending::{Ending, Failure};
use super::goal::{Goal, Kind, copy};
use super::place::{self, Place};
use super::server::escaped;
use super::start::{Start, actor};

/// Download an organisation's users as a spreadsheet, to edit and import again
///
/// Rows 1 and 2 and column A have to stay as they are; rows and columns that need no edit may be deleted. The file shows one
/// revision of the directory, however long the download takes.
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster download --account acme -o users.xlsx
  muster download --account acme -o names.csv --fields first_name,last_name --search leeds
  muster download --account acme -o - --format csv | head")]
pub(super) struct DownloadFlags {
    #[command(flatten)]
    place: place::PlaceFlags,
    /// The file to write, or - for stdout [default: SLUG-users with the ending of the format; users with --server]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The kind of file [default: what the file's name says, else xlsx]
    #[arg(long)]
    format: Option<Kind>,
    /// Only these fields, by key, with commas between them
    #[arg(long, value_name = "a,b", value_delimiter = ',')]
    fields: Option<Vec<String>>,
    /// Only the users whose name, email, username or User ID holds all of these words
    #[arg(long, value_name = "TEXT", default_value = "")]
    search: String,
}

pub(super) fn run(typed: &DownloadFlags, start: &Start) -> Result<Ending, Failure> {
    let place = typed.place.read(start)?;
    let output = typed.output.as_deref();
    let kind = Kind::of(typed.format, output);
    Goal::of(output, &place, "users", kind).fill(|sink| typed.pour(&place, kind, sink))
}

impl DownloadFlags {
    fn pour(&self, place: &Place, kind: Kind, sink: &mut dyn Write) -> Result<(), Failure> {
        match place {
            Place::Here(app, account) => {
                let known = app.store.fields(account.id)?;
                let unknown = |key: &&String| known.current().all(|field| field.key != **key);
                if let Some(key) = self.fields.iter().flatten().find(unknown) {
                    return Err(Failure::new(say!(
                        "cli-download-there-is-no-field-muster",
                        key = key.to_string()
                    )));
                }
                let line = Event::Downloaded.line().by(actor()).of_account(&account.slug);
                import::note_download(app, line, account.id, &self.choice(kind))?;
                import::download(app, account.id, &self.choice(kind), sink)?;
            }
            Place::There(server) => {
                let fields = self.fields.as_ref().map(|keys| format!("&fields={}", escaped(&keys.join(","))));
                let search = escaped(&self.search);
                let path = format!(
                    "/user-data?format={}&search={search}{}",
                    kind.word(),
                    fields.unwrap_or_default()
                );
                copy(server.stream(&path)?, sink)?;
            }
        }
        Ok(())
    }

    fn choice(&self, kind: Kind) -> DownloadChoice {
        let everyone = DownloadChoice::everyone(kind.format());
        DownloadChoice { search: self.search.clone(), fields: self.fields.clone(), ..everyone }
    }
}
