//! `muster imports`: what was imported, newest first.

use clap::Args;
use sentences::say;

use super::ending::{Ending, Failure};
use super::output::Output;
use super::place::{self, Place};
use super::server::escaped;
use super::start::Start;
use crate::api::lists::{self, ImportPlace, MOST, Page};
use crate::api::wire::{self, List};

/// List the imports, newest first: id, when, state, what it did, file, who
#[derive(Args)]
#[command(after_help = "Example:\n  muster imports --account acme")]
pub(super) struct ImportsFlags {
    #[command(flatten)]
    place: place::PlaceFlags,
    /// Print JSON: {"items":[...],"next":null}
    #[arg(long)]
    json: bool,
}

pub(super) fn run(typed: &ImportsFlags, start: &Start) -> Result<Ending, Failure> {
    let place = typed.place.read(start)?;
    let mut all = List { items: Vec::new(), next: None };
    loop {
        let page = page(&place, all.next.as_deref())?;
        all.items.extend(page.items);
        all.next = page.next;
        if all.next.is_none() {
            break;
        }
    }
    let mut output = Output::open();
    if typed.json {
        output.json(&all)?;
    } else {
        all.items.iter().try_for_each(|import| output.line(line(import)))?;
    }
    output.close()?;
    Ok(Ending::Done)
}

fn page(place: &Place, cursor: Option<&str>) -> Result<List<wire::Import>, Failure> {
    match place {
        Place::Here(app, account) => {
            let cursor = cursor.map(|text| ImportPlace::try_from(text.to_owned())).transpose()?;
            Ok(lists::imports(app, account.id, &Page { cursor, limit: Some(MOST) })?)
        }
        Place::There(server) => {
            let cursor = cursor.map(|text| format!("&cursor={}", escaped(text))).unwrap_or_default();
            server.get(&format!("/imports?limit={MOST}{cursor}"))
        }
    }
}

fn line(import: &wire::Import) -> String {
    let told = match (&import.message, &import.failure) {
        (Some(message), _) => message.clone(),
        (None, Some(failure)) => failure.message.clone(),
        (None, None) => say!("cli-imports-to-edit", users_to_edit = import.counts.users_to_edit),
    };
    let undone = import
        .undone_by
        .as_deref()
        .map(|by| say!("cli-imports-undone-by", by = by.to_string()))
        .unwrap_or_default();
    let file = match (import.undoes.as_ref().or(import.changes_back.as_ref()), &import.file_name) {
        (Some(undone), _) => format!("undoes {undone}"),
        (None, name) => name.clone().or(import.rule.clone()).unwrap_or_default(),
    };
    let wire::Import { id, state, created_by, created_at, .. } = import;
    format!("{id}\t{created_at}\t{state}\t{told}{undone}\t{file}\t{created_by}")
}
