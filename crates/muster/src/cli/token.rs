//! `muster token`: tokens for programs, and for `--server`.

use clap::Subcommand;
use sentences::say;
use store::{Role, Time};

use super::admin::role;
use super::ending::{Ending, Failure};
use super::output::{Output, answer};
use super::start::{Start, actor};
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
    /// List the tokens of an organisation: id, name, role, when it was made, when it ends
    List {
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
    },
    /// Take a token away; it counts at once
    Revoke {
        /// Its name, which may be that of several, or its id
        token: String,
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
    },
}

const DAY: i64 = 24 * 60 * 60 * 1000;

pub(super) fn run(typed: TokenCommand, start: &Start) -> Result<Ending, Failure> {
    match typed {
        TokenCommand::Create { account, role, name, days } => {
            create(&account, role, name.trim(), days, start)
        }
        TokenCommand::List { account } => list(&account, start),
        TokenCommand::Revoke { token, account } => revoke(&token, &account, start),
    }
}

fn create(
    account: &str,
    role: Role,
    name: &str,
    days: Option<u16>,
    start: &Start,
) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    let expires_at = days.map(|days| app.clock.now().plus(i64::from(days) * DAY));
    answer(access::create_token_by(&app, &account, (name, role), expires_at, &actor())?)?;
    Ok(Ending::Done)
}

fn list(account: &str, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    let mut output = Output::open();
    for token in app.store.tokens(account.id)? {
        let ends = token.expires_at.map_or_else(|| "-".to_owned(), shown);
        let (id, name, role) = (&token.id, &token.name, token.role.word());
        output.line(format_args!("{id}\t{name}\t{role}\t{}\t{ends}", shown(token.created_at)))?;
    }
    output.close()?;
    Ok(Ending::Done)
}

fn revoke(token: &str, account: &str, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    let revoked = access::revoke_tokens(&app, &account, token.trim(), &actor())?;
    if revoked == 0 {
        return Err(Failure::new(say!("cli-token-no-such-token", token = token, slug = account.slug)));
    }
    answer(say!("cli-token-revoked", tokens = revoked as i64))?;
    Ok(Ending::Done)
}

/// A moment, as RFC 3339 has it.
fn shown(time: Time) -> String {
    jiff::Timestamp::from_millisecond(time.0).map_or_else(|_| "-".to_owned(), |stamp| stamp.to_string())
}
