//! How the deployment sends mail, if it does.

use std::fmt;

/// The server that takes mails, and from whom they are. Its address holds a password: it is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Mailing {
    /// `smtp://USER:PASSWORD@HOST:587?tls=required`, or `smtps://...`.
    pub url: String,
    /// From whom mails are: `Muster <muster@example.org>`.
    pub from: String,
}

impl fmt::Debug for Mailing {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Mailing").field("from", &self.from).finish_non_exhaustive()
    }
}
