//! `muster activity`: who did what in an organisation, from where and when.

use clap::Args;
use events::Event;
use sentences::say;

use super::ending::{Ending, Failure};
use super::output::Output;
use super::start::{Start, actor};
use crate::access::{self, ActivityFilter, told_time};

/// List who did what in an organisation, from where and when: the newest first
#[derive(Args)]
#[command(after_help = "\
Examples:
  muster activity --account acme
  muster activity --account acme --event downloaded --from 2026-11-01 --to 2026-11-30
  muster activity --account acme --who pat@acme.example --csv > activity.csv")]
pub(super) struct ActivityFlags {
    /// The account, by its slug
    #[arg(long, value_name = "SLUG")]
    account: String,
    /// Only acts of this kind, by the word of docs/security.md
    #[arg(long, default_value = "")]
    event: String,
    /// Only acts of this person or token: an email, administrator:NUMBER, token:NAME, cli:LOGIN
    #[arg(long, default_value = "")]
    who: String,
    /// Only from this day (UTC) on
    #[arg(long, value_name = "YYYY-MM-DD", default_value = "")]
    from: String,
    /// Only up to this day (UTC)
    #[arg(long, value_name = "YYYY-MM-DD", default_value = "")]
    to: String,
    /// So many lines at the most
    #[arg(long, default_value = "100", conflicts_with = "csv", value_parser = clap::value_parser!(u32).range(1..=10_000))]
    limit: u32,
    /// All of them, as csv
    #[arg(long)]
    csv: bool,
}

pub(super) fn run(typed: &ActivityFlags, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(&typed.account)?;
    let filter = ActivityFilter::read(&app, [&typed.event, &typed.who, &typed.from, &typed.to])?;
    let filter = filter.ok_or_else(|| Failure::new(say!("activity-kinds-and-days")))?;
    let mut output = Output::open();
    if typed.csv {
        app.note_alone(&Event::ActivitySent.line().by(actor()).of_account(&account.slug), account.id)?;
        access::activity_file(&app, account.id, &filter, output.sink())?;
        output.close()?;
        return Ok(Ending::Done);
    }
    let page = access::activity_page(&app, account.id, &filter, None, typed.limit)?;
    for line in &page.lines {
        let who = page.name_of(&line.who).unwrap_or(&line.who);
        let about: Vec<String> = line.about.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let (at, from) = (told_time(line.at), line.address.as_deref().unwrap_or("-"));
        output.line(format_args!("{at}\t{}\t{who}\t{from}\t{}", line.event, about.join(" ")))?;
    }
    output.close()?;
    Ok(Ending::Done)
}
