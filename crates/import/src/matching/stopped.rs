//! Why the work on a table ends before it is a file of Muster's own.

use workbook::Refusal;

/// Why a table can't go on.
pub(crate) enum Stopped {
    /// Its bytes can't be read.
    Refused(Refusal),
    /// The machine failed.
    Machine(store::Error),
}

impl From<store::Error> for Stopped {
    fn from(error: store::Error) -> Self {
        Self::Machine(error)
    }
}

impl From<Refusal> for Stopped {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}
