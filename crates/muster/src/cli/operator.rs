//! `muster operator`: the people who look after the whole deployment.

use clap::Subcommand;
use events::Event;

use super::admin::{Welcome, save};
use super::ending::{Ending, Failure};
use super::start::{Start, actor};

/// Operators of the whole deployment
#[derive(Subcommand)]
pub(super) enum OperatorCommand {
    /// Make somebody an operator; prints a one-time link unless a password is given
    #[command(after_help = "Example:\n  muster operator create sam@operations.example")]
    Create {
        /// The email to sign in with
        email: String,
        #[command(flatten)]
        welcome: Welcome,
    },
}

pub(super) fn run(typed: OperatorCommand, start: &Start) -> Result<Ending, Failure> {
    let OperatorCommand::Create { email, welcome } = typed;
    let password = welcome.password(&email, "")?;
    let app = start.open_or_make()?;
    let administrator = save(&app, &email, true)?;
    let line = Event::OperatorMade.line().by(actor());
    line.with("administrator", administrator.id).tell();
    welcome.give(&app, &administrator, password.as_deref(), start)
}
