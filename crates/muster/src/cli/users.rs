//! `muster users`: look at an organisation's users, or make some up.

use clap::{Args, Subcommand};
use sentences::say;

use super::ending::{Ending, Failure};
use super::made_up;
use super::output::{Output, answer, json_of};
use super::place::{self, Place};
use super::server::escaped;
use super::start::Start;
use crate::api::lists::{self, MOST, UserPlace, UsersWanted};
use crate::api::wire;

/// Users of an organisation: list them, or make some up
#[derive(Subcommand)]
pub(super) enum UsersCommand {
    /// Make users up: realistic ones, for trials and measurements
    #[command(after_help = "\
Nobody in them is real. There are names in many scripts, users without an email, employee numbers with leading
zeros, phones of many countries, empty cells and long values. The same seed gives the same people.

Example:
  muster users generate --account acme --count 10000")]
    Generate {
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
        /// How many
        #[arg(long, value_parser = clap::value_parser!(u64).range(1..=10_000_000))]
        count: u64,
        /// Which people
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// List the users: User ID, name, email or username, status
    List(List),
}

#[derive(Args)]
#[command(after_help = "\
Examples:
  muster users list --account acme --search \"van der\"
  muster users list --account acme --json | jq '.items[].email'")]
pub(super) struct List {
    #[command(flatten)]
    place: place::PlaceFlags,
    /// Only those whose name, email, username or User ID holds all of these words
    #[arg(long, value_name = "TEXT", default_value = "")]
    search: String,
    /// Print JSON, as GET /api/v1/users does
    #[arg(long)]
    json: bool,
}

pub(super) fn run(typed: UsersCommand, start: &Start) -> Result<Ending, Failure> {
    match typed {
        UsersCommand::Generate { account, count, seed } => generate(&account, count, seed, start),
        UsersCommand::List(list) => list.run(start),
    }
}

fn generate(account: &str, count: u64, seed: u64, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    let bar = super::report::bar(say!("cli-users-making-users-up"));
    made_up::generate_users(&app, &account, count, seed, |done| {
        bar.set_length(count);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    answer(say!("cli-users-made-up", users = count))?;
    Ok(Ending::Done)
}

impl List {
    fn run(&self, start: &Start) -> Result<Ending, Failure> {
        let place = self.place.read(start)?;
        let mut output = Output::open();
        let mut cursor = None;
        let mut first = true;
        loop {
            let page = self.page(&place, cursor.as_deref())?;
            self.tell(&mut output, &page.items, first)?;
            first = false;
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        if self.json {
            output.line("],\"next\":null}")?;
        }
        output.close()?;
        Ok(Ending::Done)
    }

    fn page(&self, place: &Place, cursor: Option<&str>) -> Result<wire::List<wire::User>, Failure> {
        match place {
            Place::Here(app, account) => {
                let cursor = cursor.map(|text| UserPlace::try_from(text.to_owned())).transpose()?;
                let search = self.search.clone();
                let wanted = UsersWanted { search, cursor, limit: Some(MOST), ..UsersWanted::default() };
                Ok(lists::users(app, account.id, &wanted)?)
            }
            Place::There(server) => {
                let cursor = cursor.map(|text| format!("&cursor={}", escaped(text))).unwrap_or_default();
                let search = escaped(&self.search);
                server.get(&format!("/users?limit={MOST}&search={search}{cursor}"))
            }
        }
    }

    /// One page of many, written as it comes: an organisation may have a million users.
    fn tell(&self, output: &mut Output, users: &[wire::User], first: bool) -> Result<(), Failure> {
        if self.json && first {
            output.text("{\"items\":[")?;
        }
        for (place, user) in users.iter().enumerate() {
            if self.json {
                let between = if first && place == 0 { "" } else { "," };
                output.text(&format!("{between}{}", json_of(user)?))?;
                continue;
            }
            let sign_in =
                [user.text("email"), user.text("username")].into_iter().find(|text| !text.is_empty());
            output.line(format_args!(
                "{}\t{} {}\t{}\t{}",
                user.text("id"),
                user.text("first_name"),
                user.text("last_name"),
                sign_in.unwrap_or(""),
                user.text("status")
            ))?;
        }
        Ok(())
    }
}
