//! `muster man`: the manual, made of the same definition as the help.

use std::path::PathBuf;

use clap::{Args, Command};
use clap_mangen::{Man, generate_to};
use sentences::say;

use super::ending::{Ending, Failure};
use super::output::Output;

/// Print the page of the manual, or lay a page for each command into a folder
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster man | man -l -
  muster man --into /usr/local/share/man/man1")]
pub(super) struct ManFlags {
    /// A folder for muster.1, muster-import.1 and so on
    #[arg(long, value_name = "FOLDER")]
    into: Option<PathBuf>,
}

/// `program` is the whole command line.
pub(super) fn run(typed: &ManFlags, program: Command) -> Result<Ending, Failure> {
    if let Some(folder) = &typed.into {
        generate_to(program, folder).map_err(|error| {
            let folder = folder.display().to_string();
            Failure::new(say!("cli-man-cant-be-written", folder = folder, error = error.to_string()))
        })?;
        return Ok(Ending::Done);
    }
    let mut page = Vec::new();
    let program = program.disable_help_subcommand(true);
    Man::new(program).render(&mut page).map_err(|error| Failure::new(error.to_string()))?;
    let mut output = Output::open();
    output.text(&String::from_utf8_lossy(&page))?;
    output.close()?;
    Ok(Ending::Done)
}
