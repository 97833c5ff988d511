//! `muster download`: the users as a spreadsheet.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use workbook::Format;

use super::common::Start;
use super::ending::{Ending, Failure};
use super::output::{say, stopped};
use super::place::{self, Place};
use super::server::escaped;
use crate::import::{self, DownloadChoice};

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
pub(super) struct Typed {
    #[command(flatten)]
    place: place::Typed,
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Xlsx,
    Csv,
    Ods,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Ods => "ods",
        }
    }

    fn of_name(path: &Path) -> Option<Self> {
        Self::from_str(path.extension()?.to_str()?, true).ok()
    }
}

/// Where the file goes.
enum Goal {
    Stdout,
    File(PathBuf),
}

pub(super) fn run(typed: &Typed, start: &Start) -> Result<Ending, Failure> {
    let place = typed.place.read(start)?;
    let named = typed.output.as_deref().and_then(Kind::of_name);
    let kind = typed.format.or(named).unwrap_or(Kind::Xlsx);
    let goal = match (&typed.output, &place) {
        (Some(path), _) if path.as_os_str() == "-" => Goal::Stdout,
        (Some(path), _) => Goal::File(path.clone()),
        (None, Place::Here(_, account)) => {
            Goal::File(PathBuf::from(format!("{}-users.{}", account.slug, kind.word())))
        }
        (None, Place::There(_)) => Goal::File(PathBuf::from(format!("users.{}", kind.word()))),
    };
    match goal {
        Goal::Stdout => {
            let mut stdout = BufWriter::new(io::stdout().lock());
            typed.pour(&place, kind, &mut stdout)?;
            stdout.flush().map_err(|error| stopped(&error))?;
        }
        Goal::File(path) => {
            into_file(&path, |file| typed.pour(&place, kind, file))?;
            say(format_args!("{} was written", path.display()))?;
        }
    }
    Ok(Ending::Done)
}

/// Writes beside the file and puts it in its place at the end: a download that breaks off leaves nothing half there.
fn into_file(path: &Path, pour: impl FnOnce(&mut dyn Write) -> Result<(), Failure>) -> Result<(), Failure> {
    let told = |error: io::Error| Failure::new(format!("{} can't be written: {error}", path.display()));
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    let part = path.with_file_name(name);
    let mut file = BufWriter::new(File::create(&part).map_err(told)?);
    let poured = pour(&mut file).and_then(|()| file.flush().map_err(told));
    drop(file);
    match poured {
        Ok(()) => std::fs::rename(&part, path).map_err(told),
        Err(failure) => {
            // The failure of the download is what matters; a part that stays behind is named like one.
            let _ = std::fs::remove_file(&part);
            Err(failure)
        }
    }
}

impl Typed {
    fn pour(&self, place: &Place, kind: Kind, sink: &mut dyn Write) -> Result<(), Failure> {
        match place {
            Place::Here(app, account) => {
                let known = app.store.fields(account.id)?;
                let unknown = |key: &&String| known.current().all(|field| field.key != **key);
                if let Some(key) = self.fields.iter().flatten().find(unknown) {
                    return Err(Failure::new(format!(
                        "there is no field {key}. `muster field list` tells which there are"
                    )));
                }
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
        DownloadChoice {
            format: match kind {
                Kind::Xlsx => Format::Xlsx,
                Kind::Csv => Format::Csv,
                Kind::Ods => Format::Ods,
            },
            search: self.search.clone(),
            fields: self.fields.clone(),
            template: false,
        }
    }
}

fn copy(mut from: impl Read, sink: &mut dyn Write) -> Result<(), Failure> {
    io::copy(&mut from, sink)
        .map(drop)
        .map_err(|error| Failure::new(format!("the download broke off: {error}")))
}
