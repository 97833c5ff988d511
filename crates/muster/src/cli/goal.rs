//! Where a workbook goes, and of which kind it is: what `muster download` and `muster template` share.

use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use sentences::say;
use workbook::Format;

use super::ending::{Ending, Failure};
use super::output::{answer, stopped};
use super::place::Place;

/// The kinds of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Kind {
    Xlsx,
    Csv,
    Ods,
}

impl Kind {
    /// What was typed, else what the file's name says, else xlsx.
    pub(super) fn of(typed: Option<Self>, output: Option<&Path>) -> Self {
        typed.or_else(|| output.and_then(Self::of_name)).unwrap_or(Self::Xlsx)
    }

    /// The ending of a file's name.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
            Self::Ods => "ods",
        }
    }

    /// What writes it.
    pub(super) fn format(self) -> Format {
        match self {
            Self::Xlsx => Format::Xlsx,
            Self::Csv => Format::Csv,
            Self::Ods => Format::Ods,
        }
    }

    fn of_name(path: &Path) -> Option<Self> {
        Self::from_str(path.extension()?.to_str()?, true).ok()
    }
}

/// Where the file goes.
pub(super) enum Goal {
    Stdout,
    File(PathBuf),
}

impl Goal {
    /// What was typed, else a file of this name, with the account's before it where that is known.
    pub(super) fn of(output: Option<&Path>, place: &Place, name: &str, kind: Kind) -> Self {
        let ending = kind.word();
        match (output, place) {
            (Some(path), _) if path.as_os_str() == "-" => Self::Stdout,
            (Some(path), _) => Self::File(path.to_owned()),
            (None, Place::Here(_, account)) => {
                Self::File(PathBuf::from(format!("{}-{name}.{ending}", account.slug)))
            }
            (None, Place::There(_)) => Self::File(PathBuf::from(format!("{name}.{ending}"))),
        }
    }

    /// Writes the file there, and says so when it is not stdout.
    pub(super) fn fill(
        self,
        pour: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
    ) -> Result<Ending, Failure> {
        match self {
            Self::Stdout => {
                let mut stdout = BufWriter::new(io::stdout().lock());
                pour(&mut stdout)?;
                stdout.flush().map_err(|error| stopped(&error))?;
            }
            Self::File(path) => {
                into_file(&path, pour)?;
                answer(say!("cli-goal-was-written", path = path.display().to_string()))?;
            }
        }
        Ok(Ending::Done)
    }
}

/// Writes beside the file and puts it in its place at the end: a download that breaks off leaves nothing half there.
pub(super) fn into_file(
    path: &Path,
    pour: impl FnOnce(&mut dyn Write) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let told = |error: io::Error| {
        Failure::new(say!(
            "cli-goal-cant-be-written",
            path = path.display().to_string(),
            error = error.to_string()
        ))
    };
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

/// What a server sends, as it comes.
pub(super) fn copy(mut from: impl Read, sink: &mut dyn Write) -> Result<(), Failure> {
    io::copy(&mut from, sink)
        .map(drop)
        .map_err(|error| Failure::new(say!("cli-goal-the-download-broke-off", error = error.to_string())))
}
