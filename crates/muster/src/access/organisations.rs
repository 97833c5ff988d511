//! Organisations as operators look after them: making one with its owner, suspending it for a while, removing it for good.

use directory::{Claim, Kind};
use events::Event;
use sentences::say;
use store::{Account, Result, Role};

use super::links::one_time_link;
use super::names::{account_named, is_email, name_problem};
use crate::app::App;

/// Letters of the words that say why it is suspended.
pub const WHY_MOST: usize = 500;

/// How making an organisation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Made {
    /// It is there; the secret of its owner's link, unless they sign in as they do elsewhere.
    Done(Box<Account>, Option<String>),
    /// What is wrong with the name, and with the email of the owner; nothing was made.
    Wrong(Option<String>, Option<String>),
}

/// Makes an organisation and gives it an owner; `by` is who does it, as the log tells them.
///
/// # Errors
/// When the store fails.
pub fn make_organisation(app: &App, name: &str, owner: &str, by: &str) -> Result<Made> {
    let (name, email) = (name.trim(), owner.trim());
    let no_email = (!is_email(email)).then(|| say!("setup-type-an-email").to_owned());
    let no_name = name_problem(name);
    if no_name.is_some() || no_email.is_some() {
        return Ok(Made::Wrong(no_name, no_email));
    }
    let account = account_named(app, name, by)?;
    let key = Claim::fold(Kind::Email, email);
    let owner = app.store.save_administrator(email, &key, None, false, app.clock.now())?;
    let is_known = owner.operator || !app.store.memberships(owner.id)?.is_empty();
    // Links that others hold would open here from now on.
    app.store.forget_links(owner.id)?;
    let line = Event::RoleGiven.line().by(by).of_account(&account.slug);
    let line = line.with("administrator", owner.id).with("role", Role::Owner.word());
    app.noting(&line, &[account.id]).store.give_role(account.id, owner.id, Role::Owner)?;
    line.tell();
    let link = if is_known { None } else { Some(one_time_link(app, owner.id)?) };
    Ok(Made::Done(account.into(), link))
}

/// Keeps everybody out of an organisation for now, and says why; none lets them in again. The sentence says what is wrong with the words, if
/// something is; nothing was changed then.
///
/// # Errors
/// When the store fails.
pub fn suspend_organisation(
    app: &App,
    account: &Account,
    why: Option<&str>,
    by: &str,
) -> Result<std::result::Result<(), String>> {
    let why = why.map(str::trim);
    if why.is_some_and(|why| why.is_empty() || why.chars().count() > WHY_MOST) {
        return Ok(Err(say!("operator-write-why", most = WHY_MOST as i64)));
    }
    let line = Event::SettingChanged.line().by(by).of_account(&account.slug);
    let line = line.with("setting", "suspended").with("after", why.is_some());
    app.noting(&line, &[account.id]).store.suspend(account.id, why)?;
    line.tell();
    Ok(Ok(()))
}

/// Begins to remove an organisation with all of its rows: nobody acts in it from now on, and a worker lets its rows go. Nothing takes it back.
/// False when it was begun already.
///
/// # Errors
/// When the store fails.
pub fn remove_organisation(app: &App, account: &Account, by: &str) -> Result<bool> {
    let begun = app.store.begin_removing(account.id, app.clock.now())?;
    if begun {
        Event::AccountRemoved.line().by(by).of_account(&account.slug).tell();
        app.wake_workers();
    }
    Ok(begun)
}
