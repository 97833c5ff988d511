//! `muster copy-database`: all of the database into another place, be it the other engine.

use clap::Args;
use sentences::say;
use store::Moving;

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::answer;
use super::report::bar;
use super::start::Start;

/// Copy the database into another one, on the other engine or the same
///
/// Every row of every table as it is at one moment, into a database that has nothing yet, and each row is compared afterwards. Stop the server
/// first: what it writes later is not in the copy. The copy is a database of its own: everybody signs in again, workbooks that were downloaded
/// before stay good, those that are downloaded from the old one afterwards are refused. A copy that is broken off says so, and is begun anew by
/// the same command.
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster copy-database --database sqlite:muster.db --to postgres://muster@db.acme.example/muster
  muster copy-database --database postgres://muster@db.acme.example/muster --to sqlite:muster.db")]
pub(super) struct CopyFlags {
    /// Where to: sqlite:PATH (made when it is not there) or postgres://... (an empty database)
    #[arg(long, value_name = "URL", env = "MUSTER_COPY_TO", hide_env_values = true)]
    to: String,
}

pub(super) fn run(typed: &CopyFlags, start: &Start) -> Result<Ending, Failure> {
    let app = start.open()?;
    let (copying, comparing) = (bar(say!("cli-copy-copying")), bar(say!("cli-copy-comparing")));
    let moved = app.store.move_to(&typed.to, app.clock.now(), &mut |moving: Moving| {
        let bar = if moving.compares { &comparing } else { &copying };
        if moving.compares {
            copying.finish_and_clear();
        }
        bar.set_length(moving.of.max(1));
        bar.set_position(moving.rows);
    })?;
    comparing.finish_and_clear();
    if moved.shown > 0 {
        tell(say!("cli-copy-nul", texts = moved.shown));
    }
    answer(say!("cli-copy-done", rows = moved.rows, tables = moved.tables))?;
    Ok(Ending::Done)
}
