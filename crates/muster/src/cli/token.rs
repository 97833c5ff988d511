//! `muster token`: tokens for programs, and for `--server`.

use clap::Subcommand;
use store::Role;

use super::admin::role;
use super::ending::{Ending, Failure};
use super::output::answer;
use super::start::Start;
use crate::access;

/// Tokens for programs, and for --server
#[derive(Subcommand)]
pub(super) enum TokenCommand {
    /// Make a token of an organisation; it is printed alone on stdout, once
    #[command(after_help = "\
Example:
  MUSTER_TOKEN=$(muster token create --account acme --role editor --name payroll --days 365)")]
    Create {
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
        /// viewer: look and download; editor: edit and import too; owner: everything
        #[arg(long, value_parser = role)]
        role: Role,
        /// What it is for: stands in history as who did it
        #[arg(long, default_value = "token")]
        name: String,
        /// It ends after so many days; without this, never
        #[arg(long, value_parser = clap::value_parser!(u16).range(1..))]
        days: Option<u16>,
    },
}

const DAY: i64 = 24 * 60 * 60 * 1000;

pub(super) fn run(typed: TokenCommand, start: &Start) -> Result<Ending, Failure> {
    let TokenCommand::Create { account, role, name, days } = typed;
    let (app, account) = start.open_account(&account)?;
    let expires_at = days.map(|days| app.clock.now().plus(i64::from(days) * DAY));
    answer(access::create_token(&app, account.id, name.trim(), role, expires_at)?)?;
    Ok(Ending::Done)
}
