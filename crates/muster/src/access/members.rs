//! Who looks after the users of an organisation, as its owners see to it: inviting somebody, another role, the way back in for somebody who
//! lost their password. Whoever also belongs elsewhere is not an owner's to let in: a link that opens here would open there too.

use directory::{Claim, Kind};
use events::Event;
use store::{Member, Result, Role, RoleChanged};

use super::links::one_time_link;
use super::names::is_email;
use super::sessions::{Actor, sign_out_everywhere};
use crate::app::App;

/// How an invitation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    /// They have the role; this is the secret of their link.
    Link(String),
    /// They have the role, and sign in as they do elsewhere.
    KnownElsewhere,
    /// They have a role here already.
    IsMember,
    /// It is no email.
    NotAnEmail,
}

/// How the wish for a link for somebody ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linked {
    /// The secret of it.
    Link(String),
    /// They belong elsewhere too, or it is oneself.
    NotOurs,
    /// They have no role here.
    NoSuchMember,
}

/// Gives somebody a role, and makes the link by which they come in, once, within a day.
///
/// # Errors
/// When the store fails.
pub fn invite(app: &App, actor: &Actor, email: &str, role: Role) -> Result<Invited> {
    let (email, account) = (email.trim(), &actor.account);
    if !is_email(email) {
        return Ok(Invited::NotAnEmail);
    }
    let key = Claim::fold(Kind::Email, email);
    let somebody = app.store.save_administrator(email, &key, None, false, app.clock.now())?;
    let memberships = app.store.memberships(somebody.id)?;
    if memberships.iter().any(|of| of.account.id == account.id) {
        return Ok(Invited::IsMember);
    }
    // Links that others hold would open here from now on.
    app.store.forget_links(somebody.id)?;
    app.store.give_role(account.id, somebody.id, role)?;
    let line = Event::RoleGiven.line().by_administrator(actor.administrator).of_account(&account.slug);
    line.with("administrator", somebody.id).with("role", role.word()).tell();
    if somebody.operator || !memberships.is_empty() {
        return Ok(Invited::KnownElsewhere);
    }
    one_time_link(app, somebody.id).map(Invited::Link)
}

/// Gives somebody another role, or none; who has none anywhere any more is signed out.
///
/// # Errors
/// When the store fails.
pub fn set_role(app: &App, actor: &Actor, administrator: i64, role: Option<Role>) -> Result<RoleChanged> {
    let account = &actor.account;
    let changed = app.store.change_role(account.id, administrator, role)?;
    if changed != RoleChanged::Done {
        return Ok(changed);
    }
    let event = if role.is_some() { Event::RoleGiven } else { Event::RoleRemoved };
    let line = event.line().by_administrator(actor.administrator).of_account(&account.slug);
    let line = line.with("administrator", administrator);
    match role {
        Some(role) => line.with("role", role.word()).tell(),
        None => line.tell(),
    }
    if role.is_none() && app.store.memberships(administrator)?.is_empty() {
        sign_out_everywhere(app, administrator, &actor.name)?;
    }
    Ok(changed)
}

/// Makes a link by which a member who lost their password comes in and chooses another one.
///
/// # Errors
/// When the store fails.
pub fn link_for(app: &App, actor: &Actor, administrator: i64) -> Result<Linked> {
    let members = app.store.members(actor.account.id)?;
    let Some(member) = members.iter().find(|member| member.administrator.id == administrator) else {
        return Ok(Linked::NoSuchMember);
    };
    if !is_ours(actor, member) {
        return Ok(Linked::NotOurs);
    }
    app.store.forget_links(administrator)?;
    one_time_link(app, administrator).map(Linked::Link)
}

/// Whether an owner may let a member in.
fn is_ours(actor: &Actor, member: &Member) -> bool {
    member.administrator.id != actor.administrator && !member.is_known_elsewhere
}
