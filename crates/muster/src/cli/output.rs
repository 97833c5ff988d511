//! What goes to stdout. Everything that a command answers goes through here, so that `| head` ends it quietly.

use std::io::{BufWriter, ErrorKind, Stdout, Write};

use sentences::say;
use serde::Serialize;

use super::ending::Failure;

/// Stdout, buffered; [`Output::close`] writes the rest.
pub(super) struct Output(BufWriter<Stdout>);

impl Output {
    pub(super) fn open() -> Self {
        Self(BufWriter::new(std::io::stdout()))
    }

    /// One line.
    pub(super) fn line(&mut self, line: impl std::fmt::Display) -> Result<(), Failure> {
        writeln!(self.0, "{line}").map_err(|error| stopped(&error))
    }

    /// A text without a line end.
    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.0.write_all(text.as_bytes()).map_err(|error| stopped(&error))
    }

    /// Something as JSON, in one line.
    pub(super) fn json(&mut self, value: &impl Serialize) -> Result<(), Failure> {
        self.line(json_of(value)?)
    }

    /// Where bytes go.
    pub(super) fn sink(&mut self) -> &mut dyn Write {
        &mut self.0
    }

    /// Writes what is left.
    pub(super) fn close(mut self) -> Result<(), Failure> {
        self.0.flush().map_err(|error| stopped(&error))
    }
}

/// Something as JSON.
pub(super) fn json_of(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|error| Failure::new(error.to_string()))
}

/// What a failure to write means.
pub(super) fn stopped(error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::BrokenPipe => Failure::NobodyReads,
        _ => Failure::new(say!("cli-output-stdout-cant-be-written", error = error.to_string())),
    }
}

/// One line alone on stdout.
pub(super) fn answer(line: impl std::fmt::Display) -> Result<(), Failure> {
    let mut output = Output::open();
    output.line(line)?;
    output.close()
}
