//! How a command ends: its exit code, and the sentence of a failure.

use std::process::ExitCode;

use super::log::tell;

/// How a command ended that did what it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// Done, or nothing is wrong: 0.
    Done,
    /// Issues or conflicts wait in review: 2.
    Waits,
    /// Told already, and it is the file's fault: 1.
    Refused,
}

/// Why a command could not do what it was asked: exit code 1.
#[derive(Debug)]
pub(super) enum Failure {
    /// A sentence for who typed it.
    Told(String),
    /// Whoever read stdout has had enough (`| head`): no failure.
    NobodyReads,
}

impl Failure {
    /// A failure with this sentence.
    pub(super) fn new(sentence: impl Into<String>) -> Self {
        Self::Told(sentence.into())
    }

    /// Says it on stderr.
    pub(super) fn told(self) -> ExitCode {
        match self {
            Self::Told(sentence) => {
                tell(format_args!("muster: {sentence}"));
                ExitCode::from(1)
            }
            Self::NobodyReads => ExitCode::SUCCESS,
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Done => Self::SUCCESS,
            Ending::Refused => Self::from(1),
            Ending::Waits => Self::from(2),
        }
    }
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        Self::Told(error.to_string())
    }
}

impl From<String> for Failure {
    fn from(sentence: String) -> Self {
        Self::Told(sentence)
    }
}
