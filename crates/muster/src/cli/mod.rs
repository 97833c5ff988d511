//! The command line: one file a command.

use std::process::ExitCode;

/// Runs what was typed, and answers with its exit code: 0 done or clean, 1 file or usage, 2 issues or conflicts wait in review.
pub fn run() -> ExitCode {
    ExitCode::SUCCESS
}
