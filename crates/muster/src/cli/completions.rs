//! `muster completions`: what a shell needs to complete commands and flags.

use clap::{Args, Command};
use clap_complete::{Shell, generate};

use super::ending::{Ending, Failure};
use super::output::Output;

/// Print what a shell needs to complete the commands and flags of Muster
///
/// The package for Debian lays it where bash, zsh and fish find it.
#[derive(Args)]
#[command(after_help = "\
Examples:
  source <(muster completions bash)
  muster completions zsh > ~/.zfunc/_muster
  muster completions fish > ~/.config/fish/completions/muster.fish")]
pub(super) struct CompletionsFlags {
    /// For which shell
    shell: Shell,
}

/// `program` is the whole command line.
pub(super) fn run(typed: &CompletionsFlags, mut program: Command) -> Result<Ending, Failure> {
    let mut script = Vec::new();
    generate(typed.shell, &mut program, "muster", &mut script);
    let mut output = Output::open();
    output.text(&String::from_utf8_lossy(&script))?;
    output.close()?;
    Ok(Ending::Done)
}
