//! `muster verify`: whether the past of an organisation is as it was written.

use clap::Args;
use sentences::say;
use store::Account;

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::Output;
use super::start::Start;
use crate::app::App;

/// Verify that nobody altered the history of an organisation
///
/// Every revision keeps a digest over its changes and over the revision before it. The last one is printed on stdout: written down
/// somewhere else, it proves later that nothing before it was altered, dropped or added.
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster verify --account acme                           prints the digest of today, such as 482.9f3c5a...
  muster verify --account acme --against 482.9f3c5a...   is what was written down still the past?

Exit codes:
  0  nothing was altered
  1  something was, or it is not the past that was written down; stderr says from which revision on")]
pub(super) struct VerifyFlags {
    /// The account, by its slug
    #[arg(long, value_name = "SLUG")]
    account: String,
    /// What an earlier verify printed: REVISION.DIGEST
    #[arg(long, value_name = "DIGEST")]
    against: Option<String>,
}

pub(super) fn run(typed: &VerifyFlags, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(&typed.account)?;
    let chain = app.store.verify_chain(account.id)?;
    if let Some(revision) = chain.altered {
        return Err(Failure::new(say!("cli-verify-altered", revision = revision.to_string())));
    }
    if let Some(written_down) = &typed.against {
        compare(&app, &account, written_down.trim())?;
    }
    tell(say!("cli-verify-whole", slug = &account.slug, revision = chain.from.to_string()));
    let mut output = Output::open();
    output.line(format_args!("{}.{}", chain.revision, chain.digest))?;
    output.close()?;
    Ok(Ending::Done)
}

fn compare(app: &App, account: &Account, written_down: &str) -> Result<(), Failure> {
    let unreadable = || Failure::new(say!("cli-verify-against-is-no-digest"));
    let (revision, digest) = written_down.split_once('.').ok_or_else(unreadable)?;
    let number = revision.parse().map_err(|_| unreadable())?;
    let kept = app.store.digest_of_revision(account.id, number)?;
    if kept.is_some_and(|kept| kept.eq_ignore_ascii_case(digest)) {
        return Ok(());
    }
    Err(Failure::new(say!("cli-verify-another-past", revision = revision)))
}
