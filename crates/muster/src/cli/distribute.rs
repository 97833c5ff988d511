//! `muster distribute`: the tables onto the machines of a cluster of Citus.

use clap::Args;
use sentences::say;
use store::Placement;

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::Output;
use super::start::Start;

/// Place the tables on the machines of a cluster (PostgreSQL with Citus)
///
/// The rows of an organisation are together on one machine, what only one user may have is spread by its key, small tables are on every
/// machine. Their policies are taken away: a cluster has no row-level security. Stop the servers first: tables are locked while they are placed. What is placed already is left as it is, so that the command can
/// be run again after it was broken off, and after each upgrade.
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster distribute --check    prints of each table where it is and where it is to be, and whether policies guard it; on any PostgreSQL
  muster distribute

Exit codes:
  0  every table is where it is to be
  1  the database has no extension citus, or refused something; stderr says why
  2  with --check: some tables would be placed otherwise")]
pub(super) struct DistributeFlags {
    /// Change nothing, only say what would be
    #[arg(long)]
    check: bool,
}

pub(super) fn run(typed: &DistributeFlags, start: &Start) -> Result<Ending, Failure> {
    let app = start.open()?;
    let Some(placements) = app.store.placements()? else {
        return Err(Failure::new(say!("cli-distribute-not-postgresql")));
    };
    if !typed.check && !app.store.can_distribute()? {
        return Err(Failure::new(say!("cli-distribute-no-extension")));
    }
    let mut output = Output::open();
    for placement in &placements {
        if !typed.check {
            app.store.place(placement)?;
        }
        output.line(line_of(placement))?;
    }
    output.close()?;
    let waiting = placements.iter().filter(|placement| placement.found != placement.wanted).count();
    if typed.check && waiting > 0 {
        tell(say!("cli-distribute-waits", tables = waiting));
        return Ok(Ending::Waits);
    }
    tell(say!("cli-distribute-done"));
    Ok(Ending::Done)
}

/// The table, where it is, where it is to be, and whether policies guard it.
fn line_of(placement: &Placement) -> String {
    let Placement { table, found, wanted, guarded } = placement;
    let guarded = if *guarded { "guarded" } else { "open" };
    format!("{table}\t{}\t{}\t{guarded}", found.word(), wanted.word())
}
