//! The first start: a link that makes the first organisation and its owner, so that nobody needs a terminal for it but to read the link.
//! It lasts as long as nobody owns anything here.

use directory::{Claim, Kind};
use events::Event;
use sentences::say;
use store::Result;

use super::devices::Browser;
use super::links::LINK_HOURS;
use super::names::{account_named, is_email, name_problem};
use super::password_rules::check_password;
use super::passwords::{in_turn, set_password_by};
use super::secrets::{digest, new_secret};
use super::sign_in::{Answer, welcome_by_link};
use crate::app::App;

/// One-time links are kept by the number of an administrator; this one is nobody's.
const NOBODY: i64 = 0;

/// What somebody types who sets Muster up.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FirstOwner {
    /// The name of the organisation.
    pub organisation: String,
    /// The owner's email.
    pub email: String,
    /// The owner's password.
    pub password: String,
}

/// What is wrong with it, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetUpProblems {
    /// Of the name.
    pub organisation: Option<String>,
    /// Of the email.
    pub email: Option<String>,
    /// Of the password.
    pub password: Option<String>,
}

/// How setting up ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetUp {
    /// The organisation and its owner are there, and the owner is in.
    Done(Answer),
    /// Something has to be typed in another way; nothing was made.
    Wrong(SetUpProblems),
    /// The link is over, or there is an owner already.
    Over,
}

/// The secret of a new link, `/setup/SECRET`; none when somebody owns an organisation here.
///
/// # Errors
/// When the store fails.
pub fn setup_link(app: &App) -> Result<Option<String>> {
    if app.store.first_owner()?.is_some() {
        return Ok(None);
    }
    let secret = new_secret(app);
    let until = app.clock.now().plus(LINK_HOURS * 60 * 60 * 1000);
    app.store.keep_link(&kept_as(&secret), NOBODY, until)?;
    Ok(Some(secret))
}

/// Whether a link would still set up.
///
/// # Errors
/// When the store fails.
pub fn setup_is_open(app: &App, secret: &str) -> Result<bool> {
    Ok(app.store.first_owner()?.is_none() && app.store.link_is_open(&kept_as(secret), app.clock.now())?)
}

/// Makes the first organisation and its owner, who is signed in; the link is used up.
///
/// # Errors
/// When the store or hashing fails.
pub async fn set_up(app: &App, secret: String, first: FirstOwner, browser: Browser) -> Result<SetUp> {
    in_turn(app, move |app| try_set_up(app, &secret, &first, &browser)).await
}

fn try_set_up(app: &App, secret: &str, first: &FirstOwner, browser: &Browser) -> Result<SetUp> {
    if !setup_is_open(app, secret)? {
        return Ok(SetUp::Over);
    }
    let problems = problems_of(first);
    if problems != SetUpProblems::default() {
        return Ok(SetUp::Wrong(problems));
    }
    // Whoever comes second, of two who press at once, finds it used: their own link, too, when each process has printed one.
    if !app.store.use_link_alone(&kept_as(secret), app.clock.now())? {
        return Ok(SetUp::Over);
    }
    let account = account_named(app, first.organisation.trim(), "setup")?;
    let (email, now) = (first.email.trim(), app.clock.now());
    let owner = app.store.save_administrator(email, &Claim::fold(Kind::Email, email), None, false, now)?;
    let line = Event::RoleGiven.line().by("setup").of_account(&account.slug);
    let line = line.with("administrator", owner.id).with("role", store::Role::Owner.word());
    app.noting(&line, &[account.id]).store.give_role(account.id, owner.id, store::Role::Owner)?;
    line.tell();
    set_password_by(app, owner.id, &first.password, (None, "setup"))?;
    Ok(SetUp::Done(welcome_by_link(app, owner.id, browser)?))
}

fn problems_of(first: &FirstOwner) -> SetUpProblems {
    let (name, email) = (first.organisation.trim(), first.email.trim());
    SetUpProblems {
        organisation: name_problem(name),
        email: (!is_email(email)).then(|| say!("setup-type-an-email").to_owned()),
        password: check_password(&first.password, email, &[name]).err().map(|problem| problem.sentence()),
    }
}

/// Under what the store keeps the link: not what an administrator's link with these letters would be.
fn kept_as(secret: &str) -> String {
    digest(&format!("setup {secret}"))
}
