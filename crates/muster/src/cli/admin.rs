//! `muster admin`: the people who sign in and look after an organisation's users.

use clap::{Args, Subcommand};
use directory::{Claim, Kind};
use sentences::say;
use store::{Administrator, Role};

use super::ending::{Ending, Failure};
use super::log::tell;
use super::output::answer;
use super::start::Start;
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
        #[command(flatten)]
        welcome: Welcome,
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
    let AdminCommand::Create { email, account, role, welcome } = typed;
    let password = welcome.password()?;
    let (app, account) = start.open_account(&account)?;
    let administrator = save(&app, &email, false)?;
    app.store.give_role(account.id, administrator.id, role)?;
    welcome.give(&app, &administrator, password.as_deref(), start)
}

/// The role of a word, for clap.
pub(super) fn role(word: &str) -> Result<Role, String> {
    Role::of_word(word).ok_or_else(|| say!("cli-admin-a-role-is-viewer-editor").to_owned())
}

/// Makes an administrator, or finds the one with this email.
pub(super) fn save(app: &App, email: &str, operator: bool) -> Result<Administrator, Failure> {
    let email = email.trim();
    let (name, domain) = email.split_once('@').unwrap_or_default();
    if name.is_empty() || domain.is_empty() || email.contains(char::is_whitespace) || domain.contains('@') {
        return Err(Failure::new(say!("cli-admin-is-not-an-email", email = email.to_string())));
    }
    let key = Claim::fold(Kind::Email, email);
    Ok(app.store.save_administrator(email, &key, None, operator, app.clock.now())?)
}

impl Welcome {
    /// The password on stdin, if one was announced; looked at before anything is written.
    pub(super) fn password(&self) -> Result<Option<String>, Failure> {
        if !self.password_stdin {
            return Ok(None);
        }
        let mut line = String::new();
        std::io::stdin()
            .read_line(&mut line)
            .map_err(|error| Failure::new(say!("cli-admin-stdin-cant-be-read", error = error.to_string())))?;
        let password = line.trim_end_matches(['\r', '\n']).to_owned();
        access::check_password(&password).map_err(|problem| Failure::new(problem.sentence()))?;
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
            access::set_password(app, administrator.id, password, None)?;
            answer(say!("cli-admin-can-sign-in-with-that", email = administrator.email.to_string()))?;
            return Ok(Ending::Done);
        }
        let url = self.public_url.as_deref().or(start.file.public_url.as_deref());
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
    let secret = access::one_time_link(app, administrator.id)?;
    Ok(format!("{}/link/{secret}", url.trim_end_matches('/')))
}
