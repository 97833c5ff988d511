//! `muster users`: look at an organisation's users, make some up, or erase one.

use clap::{Args, Subcommand};
use events::Event;
use import::{self, Erased};
use sentences::say;

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::{Output, answer, json_of};
use super::place::{self, Place};
use super::server::escaped;
use super::start::{Start, actor};
use crate::api::lists::{self, MOST, UserPlace, UsersListed, UsersWanted};
use crate::api::wire;
use crate::practice;

/// Users of an organisation: list them, make some up, or erase one
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
    /// Erase a person for good: everything that is stored of them, and all values of their history
    #[command(after_help = "\
Whoever has them as their manager has none afterwards; uploaded files of imports that are at their end are forgotten. This can't be undone.

Example:
  muster users erase U-7K3QX9M2PD --account acme --name \"Ada Lovelace\"")]
    Erase {
        /// The User ID
        user: String,
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
        /// Their name, so that nobody is erased by a slip
        #[arg(long)]
        name: String,
    },
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
    /// The order: name, sign_in, created or the key of a field; with a - in front from the end
    #[arg(long, value_name = "ORDER", default_value = "name", allow_hyphen_values = true)]
    sort: String,
    /// Print JSON, as GET /api/v1/users does
    #[arg(long)]
    json: bool,
}

pub(super) fn run(typed: UsersCommand, start: &Start) -> Result<Ending, Failure> {
    match typed {
        UsersCommand::Generate { account, count, seed } => generate(&account, count, seed, start),
        UsersCommand::List(list) => list.run(start),
        UsersCommand::Erase { user, account, name } => erase(&user, &account, &name, start),
    }
}

fn generate(account: &str, count: u64, seed: u64, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    let bar = super::report::bar(say!("cli-users-making-users-up"));
    practice::generate_users(&app, &account, (count, seed), &actor(), |done| {
        bar.set_length(count);
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    answer(say!("cli-users-made-up", users = count))?;
    Ok(Ending::Done)
}

fn erase(user: &str, account: &str, name: &str, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    let nobody = || Failure::new(say!("cli-users-nobody", user = user.to_owned()));
    let id = user.parse().map_err(|_| nobody())?;
    let line = Event::UserErased.line().by(actor()).of_account(&account.slug).with("user", id);
    match import::erase(&app.noting(&line, &[account.id]), account.id, id, name, &actor())? {
        Erased::Done { waiting } => {
            line.tell();
            answer(say!("cli-users-erased", user = user.to_owned()))?;
            if waiting > 0 {
                tell(say!("erase-waiting", imports = waiting));
            }
            Ok(Ending::Done)
        }
        Erased::OtherName => Err(Failure::new(say!("cli-users-other-name", user = user.to_owned()))),
        Erased::NoSuchUser => Err(nobody()),
    }
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
                let sort = self.sort.clone();
                let wanted =
                    UsersWanted { search, sort, cursor, limit: Some(MOST), ..UsersWanted::default() };
                loop {
                    match lists::users(app, account.id, &wanted)? {
                        UsersListed::Page(page) => return Ok(page),
                        UsersListed::NoOrder(takes) => return Err(Failure::new(takes)),
                        // Nobody else is there to make it.
                        UsersListed::NotYet => {
                            app.store.make_order(app.clock.now())?;
                        }
                    }
                }
            }
            Place::There(server) => {
                let cursor = cursor.map(|text| format!("&cursor={}", escaped(text))).unwrap_or_default();
                let (search, sort) = (escaped(&self.search), escaped(&self.sort));
                server.get(&format!("/users?limit={MOST}&search={search}&sort={sort}{cursor}"))
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
