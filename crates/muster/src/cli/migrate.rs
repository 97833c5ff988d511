//! `muster migrate`: brings a database up to date, by whoever owns its tables.

use clap::Args;
use sentences::say;

use super::ending::{Ending, Failure};
use super::log::tell;
use super::start::Start;

/// Bring the database up to date
///
/// Every command does so when it may. Where the server's role in PostgreSQL may only read and write rows, the owner of the tables runs this
/// after each upgrade, before the server is started. It waits a minute at the most for whoever writes: then nothing was changed, and it may
/// be run again.
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster migrate --database postgres://owner@db.acme.example/muster")]
pub(super) struct MigrateFlags {}

pub(super) fn run(_: &MigrateFlags, start: &Start) -> Result<Ending, Failure> {
    start.open_or_make()?;
    tell(say!("cli-migrate-done"));
    Ok(Ending::Done)
}
