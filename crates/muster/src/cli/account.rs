//! `muster account`: organisations.

use clap::Subcommand;
use events::Event;
use sentences::say;

use super::ending::{Ending, Failure};
use super::output::{Output, answer};
use super::start::{Start, actor};

/// Organisations: create one, list them
#[derive(Subcommand)]
pub(super) enum AccountCommand {
    /// Make an organisation, with the built-in fields and no users
    #[command(after_help = "Example:\n  muster account create acme --name \"Acme Ltd\"")]
    Create {
        /// Its short name: small letters, digits and hyphens; it never changes and is never used again
        slug: String,
        /// Its name, as people read it
        #[arg(long)]
        name: String,
    },
    /// List the organisations: slug, users, revision, name
    List,
    /// Change what holds for an organisation
    #[command(after_help = "Example:\n  muster account set acme --require-second-factor true")]
    Set {
        /// Its short name
        slug: String,
        /// Whether everybody who looks after its users needs a second factor; whoever has none is asked to set one up
        #[arg(long, value_name = "true|false", required = true)]
        require_second_factor: Option<bool>,
    },
}

pub(super) fn run(typed: AccountCommand, start: &Start) -> Result<Ending, Failure> {
    match typed {
        AccountCommand::Create { slug, name } => create(&slug, name.trim(), start),
        AccountCommand::List => list(start),
        AccountCommand::Set { slug, require_second_factor } => set(&slug, require_second_factor, start),
    }
}

fn create(slug: &str, name: &str, start: &Start) -> Result<Ending, Failure> {
    if !is_slug(slug) {
        return Err(Failure::new(say!("cli-account-cant-be-a-slug-use", slug = slug.to_string())));
    }
    if name.is_empty() {
        return Err(Failure::new(say!("cli-account-the-name-is-empty")));
    }
    let app = start.open_or_make()?;
    let made = app.store.create_account(slug, name, app.clock.now())?;
    let account = made.ok_or_else(|| {
        Failure::new(say!("cli-account-there-is-an-account-already", slug = slug.to_string()))
    })?;
    Event::AccountMade.line().by(actor()).of_account(&account.slug).tell();
    answer(say!("cli-account-was-created", slug = &account.slug))?;
    Ok(Ending::Done)
}

fn set(slug: &str, require_second_factor: Option<bool>, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(slug)?;
    if let Some(asks) = require_second_factor {
        app.store.ask_for_factor(account.id, asks)?;
        let line = Event::SettingChanged.line().by(actor()).of_account(&account.slug);
        line.with("require_second_factor", asks).tell();
        let without =
            app.store.members(account.id)?.iter().filter(|member| !member.has_factor).count() as i64;
        answer(if asks {
            say!("cli-account-asks-for-factor", slug = account.slug, administrators = without)
        } else {
            say!("cli-account-asks-for-no-factor", slug = account.slug)
        })?;
    }
    Ok(Ending::Done)
}

fn is_slug(slug: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=40).contains(&slug.len())
        && slug.bytes().all(letters)
        && !slug.starts_with('-')
        && !slug.ends_with('-')
}

fn list(start: &Start) -> Result<Ending, Failure> {
    let app = start.open()?;
    let mut output = Output::open();
    for account in app.store.accounts()? {
        let (slug, users, revision) = (&account.slug, account.users, account.revision);
        output.line(format_args!("{slug}\t{users}\t{revision}\t{}", account.name))?;
    }
    output.close()?;
    Ok(Ending::Done)
}
