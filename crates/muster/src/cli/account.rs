//! `muster account`: organisations.

use clap::{Args, Subcommand};
use directory::{Allowance, DateOrder, Language, Quota, check_plain};
use events::Event;
use sentences::say;
use store::{Account, AccountSettings};

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::{Output, answer};
use super::start::{Start, actor};
use crate::access;

/// Organisations: create one, list them, change, suspend or remove one
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
    /// Keep everybody out of an organisation for now: its pages and REST say why, its data stay
    #[command(
        after_help = "Example:\n  muster account suspend acme --why \"Your contract ended on 30 June. Call us.\""
    )]
    Suspend {
        /// Its short name
        slug: String,
        /// What people who come are told
        #[arg(long, value_name = "WORDS")]
        why: String,
    },
    /// Let everybody into an organisation again
    Resume {
        /// Its short name
        slug: String,
    },
    /// Remove an organisation with all that it has, for good: users, history, files, tokens, tickets, roles
    #[command(after_help = "\
Examples:
  muster account remove acme             asks for the short name again
  muster account remove acme --yes acme")]
    Remove {
        /// Its short name
        slug: String,
        /// The short name once more, instead of being asked for it
        #[arg(long, value_name = "SLUG")]
        yes: Option<String>,
    },
    /// Change what holds for an organisation
    #[command(after_help = "\
Examples:
  muster account set acme --require-second-factor true
  muster account set acme --language de --date-order dmy --phone-region DE")]
    Set {
        /// Its short name
        slug: String,
        #[command(flatten)]
        wanted: Wanted,
    },
    /// Show, or set, what an organisation may have at most: what is counted, how much there is, how much there may be
    #[command(after_help = "\
Examples:
  muster account quota acme                         show it
  muster account quota acme --waiting 20 --users 5000
  muster account quota acme --mebibytes usual       take back what was said")]
    Quota {
        /// Its short name
        slug: String,
        #[command(flatten)]
        mosts: Mosts,
    },
}

/// What is to hold from now on; what is not typed stays as it is.
#[derive(Args)]
#[group(required = true, multiple = true)]
pub(super) struct Wanted {
    /// Whether everybody who looks after its users needs a second factor; whoever has none is asked to set one up
    #[arg(long, value_name = "true|false")]
    require_second_factor: Option<bool>,
    /// Its name, as people read it
    #[arg(long)]
    name: Option<String>,
    /// The language of pages and mails for those who chose none themselves; browser for the one that their browser asks for
    #[arg(long, value_name = "en-GB|de|browser", value_parser = language)]
    language: Option<Spoken>,
    /// The order of day, month and year in files
    #[arg(long, value_name = "dmy|mdy|ymd", value_parser = date_order)]
    date_order: Option<DateOrder>,
    /// The country of phone numbers without a country code, in two letters
    #[arg(long, value_name = "GB")]
    phone_region: Option<String>,
    /// For how many days after its end the file of an import is kept
    #[arg(long, value_name = "DAYS")]
    keep_days: Option<i64>,
    /// For how many days the activity of the organisation is kept: who did what
    #[arg(long, value_name = "DAYS")]
    activity_days: Option<i64>,
}

/// The language of an organisation; none is that of each browser.
#[derive(Debug, Clone, Copy)]
struct Spoken(Option<Language>);

fn language(text: &str) -> Result<Spoken, String> {
    let shipped = Language::of_tag(text).filter(|language| Language::SHIPPED.contains(language));
    match (text, shipped) {
        ("browser", _) => Ok(Spoken(None)),
        (_, Some(language)) => Ok(Spoken(Some(language))),
        _ => Err(say!("cli-account-a-language-is").to_owned()),
    }
}

fn date_order(text: &str) -> Result<DateOrder, String> {
    DateOrder::of_word(text).ok_or_else(|| say!("cli-account-a-date-order-is").to_owned())
}

impl Wanted {
    /// The settings of an account as they are to be; none when nothing is said of them.
    fn settings(&self, account: &Account) -> Option<AccountSettings> {
        let before = account.settings();
        let settings = AccountSettings {
            name: self.name.clone().unwrap_or_else(|| before.name.clone()),
            language: self.language.map_or(before.language, |Spoken(language)| language),
            date_order: self.date_order.unwrap_or(before.date_order),
            region: self.phone_region.clone().unwrap_or_else(|| before.region.clone()),
            keep_days: self.keep_days.unwrap_or(before.keep_days),
            activity_days: self.activity_days.unwrap_or(before.activity_days),
        };
        (settings != before).then_some(settings)
    }
}

/// What is to be allowed from now on: numbers, or `usual`.
#[derive(Args)]
pub(super) struct Mosts {
    /// Files of imports that are kept
    #[arg(long, value_name = "NUMBER|usual", value_parser = most)]
    uploads: Option<Most>,
    /// How large they may be, all together
    #[arg(long, value_name = "NUMBER|usual", value_parser = most)]
    mebibytes: Option<Most>,
    /// Imports that came to no end yet
    #[arg(long, value_name = "NUMBER|usual", value_parser = most)]
    waiting: Option<Most>,
    /// Users
    #[arg(long, value_name = "NUMBER|usual", value_parser = most)]
    users: Option<Most>,
    /// Fields of its own that are in use
    #[arg(long, value_name = "NUMBER|usual", value_parser = most)]
    fields: Option<Most>,
}

/// How much of something; none is what is usual.
#[derive(Debug, Clone, Copy)]
struct Most(Option<i64>);

/// More is beyond every machine, and can still be counted in bytes.
const MOST: i64 = 1 << 40;

fn most(text: &str) -> Result<Most, String> {
    let number = text.parse().ok().filter(|number| (0..=MOST).contains(number));
    match (text, number) {
        ("usual", _) => Ok(Most(None)),
        (_, Some(number)) => Ok(Most(Some(number))),
        _ => Err(say!("cli-account-a-most-is").to_owned()),
    }
}

impl Mosts {
    /// What was typed, in the measure in which it is kept.
    fn said(&self) -> impl Iterator<Item = (Quota, Option<i64>)> {
        let bytes = self.mebibytes.map(|Most(most)| Most(most.map(|mebibytes| mebibytes << 20)));
        let typed = [
            (Quota::Uploads, self.uploads),
            (Quota::Bytes, bytes),
            (Quota::Waiting, self.waiting),
            (Quota::Users, self.users),
            (Quota::Fields, self.fields),
        ];
        typed.into_iter().filter_map(|(quota, most)| Some((quota, most?.0)))
    }
}

pub(super) fn run(typed: AccountCommand, start: &Start) -> Result<Ending, Failure> {
    match typed {
        AccountCommand::Create { slug, name } => create(&slug, name.trim(), start),
        AccountCommand::List => list(start),
        AccountCommand::Suspend { slug, why } => suspend(&slug, Some(&why), start),
        AccountCommand::Resume { slug } => suspend(&slug, None, start),
        AccountCommand::Remove { slug, yes } => remove(&slug, yes, start),
        AccountCommand::Set { slug, wanted } => set(&slug, &wanted, start),
        AccountCommand::Quota { slug, mosts } => quota(&slug, &mosts, start),
    }
}

fn create(slug: &str, name: &str, start: &Start) -> Result<Ending, Failure> {
    if !is_slug(slug) {
        return Err(Failure::new(say!("cli-account-cant-be-a-slug-use", slug = slug.to_string())));
    }
    if name.is_empty() {
        return Err(Failure::new(say!("cli-account-the-name-is-empty")));
    }
    check_plain(name).map_err(|not| Failure::new(not.sentence()))?;
    let app = start.open_or_make()?;
    let line = Event::AccountMade.line().by(actor()).of_account(slug);
    let made = app.noting(&line, &[]).store.create_account(slug, name, app.clock.now())?;
    let account = made.ok_or_else(|| {
        Failure::new(say!("cli-account-there-is-an-account-already", slug = slug.to_string()))
    })?;
    line.tell();
    answer(say!("cli-account-was-created", slug = &account.slug))?;
    Ok(Ending::Done)
}

fn suspend(slug: &str, why: Option<&str>, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(slug)?;
    access::suspend_organisation(&app, &account, why, &actor())?.map_err(Failure::new)?;
    answer(match why {
        Some(_) => say!("cli-account-was-suspended", slug = account.slug),
        None => say!("cli-account-was-resumed", slug = account.slug),
    })?;
    Ok(Ending::Done)
}

/// Removes an organisation, and waits until the last of it is gone; one that was begun to be removed is gone on with.
fn remove(slug: &str, yes: Option<String>, start: &Start) -> Result<Ending, Failure> {
    let app = start.open()?;
    if let Some(account) = app.store.account(slug)? {
        let users = account.users;
        let typed = match yes {
            Some(typed) => typed,
            None => asked(&say!("cli-account-remove-asks", slug = slug.to_owned(), users = users))?,
        };
        if typed.trim() != account.slug {
            return Err(Failure::new(say!("cli-account-remove-not-typed", slug = account.slug)));
        }
        access::remove_organisation(&app, &account, &actor())?;
    } else if !app.store.is_removing(slug)? {
        return Err(Failure::new(say!("cli-start-there-is-no-account-muster", slug = slug.to_owned())));
    }
    import::remove_all(&app)?;
    answer(say!("cli-account-was-removed", slug = slug.to_owned()))?;
    Ok(Ending::Done)
}

/// What is typed after a question.
fn asked(question: &str) -> Result<String, Failure> {
    tell(question);
    let mut line = String::new();
    let read = std::io::stdin().read_line(&mut line);
    read.map_err(|error| Failure::new(say!("cli-admin-stdin-cant-be-read", error = error.to_string())))?;
    Ok(line)
}

fn set(slug: &str, wanted: &Wanted, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(slug)?;
    if let Some(settings) = wanted.settings(&account) {
        if let Err(problems) = access::change_settings(&app, &account, &actor(), &settings)? {
            return Err(Failure::new(problems.sentences().collect::<Vec<_>>().join(" ")));
        }
        answer(say!("cli-account-was-changed", slug = &account.slug))?;
    }
    if let Some(asks) = wanted.require_second_factor {
        let line = Event::SettingChanged.line().by(actor()).of_account(&account.slug);
        let line = line.with("require_second_factor", asks);
        app.noting(&line, &[account.id]).store.ask_for_factor(account.id, asks)?;
        line.tell();
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

/// Sets what was typed, and prints what holds then.
fn quota(slug: &str, mosts: &Mosts, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(slug)?;
    for (quota, most) in mosts.said() {
        let line = Event::SettingChanged.line().by(actor()).of_account(&account.slug);
        let line = line.with("quota", quota.word()).with("most", most.unwrap_or(quota.usual()));
        app.noting(&line, &[account.id]).store.set_quota(account.id, quota, most)?;
        line.tell();
    }
    let mut output = Output::open();
    for Allowance { quota, used, most } in app.store.allowances(account.id)? {
        output.line(format_args!("{}\t{used}\t{most}", quota.word()))?;
    }
    output.close()?;
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
