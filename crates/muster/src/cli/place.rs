//! Where a command works: on the database of this machine, or on a server that speaks REST.

use clap::Args;
use sentences::say;
use store::Account;

use super::ending::Failure;
use super::server::Server;
use super::start::Start;
use crate::app::App;

/// What was typed.
#[derive(Args)]
#[group(id = "place", required = true, multiple = false)]
pub(super) struct PlaceFlags {
    /// The account, by its slug
    #[arg(long, value_name = "SLUG")]
    account: Option<String>,

    /// Work on this server instead of a database; MUSTER_TOKEN holds a token, which knows its account
    #[arg(long, value_name = "URL")]
    server: Option<String>,
}

/// What it means.
pub(super) enum Place {
    /// A database.
    Here(Box<App>, Account),
    /// A server.
    There(Server),
}

impl PlaceFlags {
    pub(super) fn read(&self, start: &Start) -> Result<Place, Failure> {
        match (&self.account, &self.server) {
            (_, Some(url)) => Server::at(url).map(Place::There),
            (Some(slug), None) => {
                let (app, account) = start.open_account(slug)?;
                Ok(Place::Here(Box::new(app), account))
            }
            (None, None) => Err(Failure::new(say!("cli-place-name-an-account-account-slug"))),
        }
    }
}
