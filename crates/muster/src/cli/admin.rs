//! `muster admin`: the people who sign in and look after an organisation's users.

use clap::{Args, Subcommand};
use directory::{Claim, Kind};
use events::Event;
use sentences::say;
use store::{Account, Administrator, Role};

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::{Output, answer};
use super::start::{Start, actor};
use crate::access;
use crate::app::App;

/// Administrators of an organisation
#[derive(Subcommand)]
pub(super) enum AdminCommand {
    /// Give somebody a role in an organisation; prints a one-time link unless a password is given
    #[command(after_help = "\
Examples:
  muster admin create pat@acme.example --account acme --role owner
  printf %s \"$PASSWORD\" | muster admin create pat@acme.example --account acme --role owner --password-stdin

The link is printed alone on stdout. It opens once, within 24 hours. Somebody who is there already gets the
role in place of the one they had.")]
    Create {
        /// The email to sign in with
        email: String,
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
        /// viewer: look and download; editor: edit and import too; owner: everything
        #[arg(long, value_parser = role)]
        role: Role,
        /// Also when somebody gets a lesser role who is the last owner
        #[arg(long)]
        last_owner: bool,
        #[command(flatten)]
        welcome: Welcome,
    },
    /// List who has a role in an organisation: email, role, number (as the log tells them), whether with a second factor
    List {
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
    },
    /// Take somebody's role in an organisation away; it counts at once
    Remove {
        /// The email to sign in with
        email: String,
        /// The account, by its slug
        #[arg(long, value_name = "SLUG")]
        account: String,
        /// Also when nobody else is an owner: nobody could then look after those who look after its users
        #[arg(long)]
        last_owner: bool,
    },
    /// End every session of somebody; links that were made for them open no more
    SignOut {
        /// The email to sign in with
        email: String,
    },
    /// Remove the second factor of somebody who lost it, and end their sessions
    ResetFactor {
        /// The email to sign in with
        email: String,
    },
}

/// How a new administrator gets in.
#[derive(Args)]
pub(super) struct Welcome {
    /// Read a password from stdin (its first line) instead of printing a link
    #[arg(long)]
    password_stdin: bool,

    /// Where people reach the server, for the link [default: http://127.0.0.1:8080]
    #[arg(long, value_name = "URL", env = "MUSTER_PUBLIC_URL")]
    public_url: Option<String>,
}

pub(super) fn run(typed: AdminCommand, start: &Start) -> Result<Ending, Failure> {
    match typed {
        AdminCommand::Create { email, account, role, last_owner, welcome } => {
            create(&email, &account, (role, last_owner), &welcome, start)
        }
        AdminCommand::List { account } => list(&account, start),
        AdminCommand::Remove { email, account, last_owner } => remove(&email, &account, last_owner, start),
        AdminCommand::SignOut { email } => {
            let (app, administrator) = found(&email, start)?;
            let sessions = access::sign_out_everywhere(&app, administrator.id, &actor())?;
            answer(say!(
                "cli-admin-was-signed-out",
                email = administrator.email,
                sessions = sessions as i64
            ))?;
            Ok(Ending::Done)
        }
        AdminCommand::ResetFactor { email } => reset_factor(&email, start),
    }
}

fn create(
    email: &str,
    account: &str,
    (role, also_last): (Role, bool),
    welcome: &Welcome,
    start: &Start,
) -> Result<Ending, Failure> {
    let password = welcome.password(email, account)?;
    let (app, account) = start.open_account(account)?;
    if let Some(password) = &password {
        check(password, email, &[&account.slug, &account.name])?;
    }
    let administrator = save(&app, email, false)?;
    if role != Role::Owner && !also_last {
        keep_an_owner(&app, &account, &administrator)?;
    }
    let line = Event::RoleGiven.line().by(actor()).of_account(&account.slug);
    let line = line.with("administrator", administrator.id).with("role", role.word());
    app.noting(&line, &[account.id]).store.give_role(account.id, administrator.id, role)?;
    line.tell();
    welcome.give(&app, &administrator, password.as_deref(), start)
}

fn list(account: &str, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    let mut output = Output::open();
    for member in app.store.members(account.id)? {
        let (of, role) = (&member.administrator, member.role.word());
        let factor = if member.has_factor { "factor" } else { "-" };
        output.line(format_args!("{}\t{role}\t{}\t{factor}", of.email, of.id))?;
    }
    output.close()?;
    Ok(Ending::Done)
}

/// An organisation without an owner is nobody's: that has to be said on purpose.
fn keep_an_owner(app: &App, account: &Account, administrator: &Administrator) -> Result<(), Failure> {
    if !app.store.is_last_owner(account.id, administrator.id)? {
        return Ok(());
    }
    let (email, slug) = (&administrator.email, &account.slug);
    Err(Failure::new(say!("cli-admin-is-the-last-owner", email = email, slug = slug)))
}

fn remove(email: &str, account: &str, also_last: bool, start: &Start) -> Result<Ending, Failure> {
    let (app, account) = start.open_account(account)?;
    let administrator = known(&app, email)?;
    if !also_last {
        keep_an_owner(&app, &account, &administrator)?;
    }
    let line = Event::RoleRemoved.line().by(actor()).of_account(&account.slug);
    let line = line.with("administrator", administrator.id);
    if !app.noting(&line, &[account.id]).store.take_role(account.id, administrator.id)? {
        return Err(Failure::new(say!(
            "cli-admin-has-no-role-there",
            email = administrator.email,
            slug = account.slug
        )));
    }
    line.tell();
    if !administrator.operator && app.store.memberships(administrator.id)?.is_empty() {
        access::sign_out_everywhere(&app, administrator.id, &actor())?;
    }
    answer(say!("cli-admin-was-removed", email = administrator.email, slug = account.slug))?;
    Ok(Ending::Done)
}

fn reset_factor(email: &str, start: &Start) -> Result<Ending, Failure> {
    let (app, administrator) = found(email, start)?;
    if !access::reset_factor(&app, administrator.id, &actor())? {
        return Err(Failure::new(say!("cli-admin-has-no-factor", email = administrator.email)));
    }
    answer(say!("cli-admin-factor-was-removed", email = administrator.email))?;
    Ok(Ending::Done)
}

fn found(email: &str, start: &Start) -> Result<(App, Administrator), Failure> {
    let app = start.open()?;
    let administrator = known(&app, email)?;
    Ok((app, administrator))
}

fn known(app: &App, email: &str) -> Result<Administrator, Failure> {
    let found = app.store.administrator(&Claim::fold(Kind::Email, email.trim()))?;
    found.ok_or_else(|| Failure::new(say!("cli-admin-nobody-has-this-email", email = email.trim())))
}

/// Whether a password may be set.
fn check(password: &str, email: &str, names: &[&str]) -> Result<(), Failure> {
    access::check_password(password, email, names).map_err(|problem| Failure::new(problem.sentence()))
}

/// The role of a word, for clap.
pub(super) fn role(word: &str) -> Result<Role, String> {
    Role::of_word(word).ok_or_else(|| say!("cli-admin-a-role-is-viewer-editor").to_owned())
}

/// Makes an administrator, or finds the one with this email.
pub(super) fn save(app: &App, email: &str, operator: bool) -> Result<Administrator, Failure> {
    let email = email.trim();
    if !access::is_email(email) {
        return Err(Failure::new(say!("cli-admin-is-not-an-email", email = email.to_string())));
    }
    let key = Claim::fold(Kind::Email, email);
    Ok(app.store.save_administrator(email, &key, None, operator, app.clock.now())?)
}

impl Welcome {
    /// The password on stdin, if one was announced; looked at before anything is written.
    pub(super) fn password(&self, email: &str, account: &str) -> Result<Option<String>, Failure> {
        if !self.password_stdin {
            return Ok(None);
        }
        let mut line = String::new();
        std::io::stdin()
            .read_line(&mut line)
            .map_err(|error| Failure::new(say!("cli-admin-stdin-cant-be-read", error = error.to_string())))?;
        let password = line.trim_end_matches(['\r', '\n']).to_owned();
        check(&password, email, &[account])?;
        Ok(Some(password))
    }

    /// Sets the password, or prints a link.
    pub(super) fn give(
        &self,
        app: &App,
        administrator: &Administrator,
        password: Option<&str>,
        start: &Start,
    ) -> Result<Ending, Failure> {
        if let Some(password) = password {
            access::set_password_by(app, administrator.id, password, (None, &actor()))?;
            answer(say!("cli-admin-can-sign-in-with-that", email = administrator.email.to_string()))?;
            return Ok(Ending::Done);
        }
        let url = start.public_url(self.public_url.as_deref())?;
        answer(link(app, administrator, url.unwrap_or("http://127.0.0.1:8080"))?)?;
        tell(say!(
            "cli-admin-opens-once-within-hours-whoever",
            link_hours = access::LINK_HOURS.to_string(),
            email = administrator.email.to_string()
        ));
        Ok(Ending::Done)
    }
}

/// A new one-time link of an administrator.
pub(super) fn link(app: &App, administrator: &Administrator, url: &str) -> Result<String, Failure> {
    let secret = access::one_time_link_by(app, administrator.id, &actor())?;
    Ok(format!("{}/link/{secret}", url.trim_end_matches('/')))
}
