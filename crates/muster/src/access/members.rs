//! Who looks after the users of an organisation, as its owners see to it: inviting somebody, another role, the way back in for somebody who
//! lost their password. Whoever also belongs elsewhere is not an owner's to let in: a link that opens here would open there too.

use directory::{Claim, Kind};
use events::Event;
use store::{MailKind, Member, NewMail, Result, Role, RoleChanged};

use super::links::one_time_link_by;
use super::names::is_email;
use super::sessions::{Actor, sign_out_everywhere};
use crate::app::App;

/// How an invitation ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invited {
    /// They have the role; this is the secret of their link.
    Link(String),
    /// They have the role, and a link is mailed to them.
    Mailed,
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
    if app.settings.mailing.is_some() {
        // Before the act, which is in another file on SQLite: a mail whose act does not come is not sent.
        want_invitation(app, actor, somebody.id)?;
    }
    let line = Event::RoleGiven.line().by_administrator(actor.administrator).of_account(&account.slug);
    let line = line.with("administrator", somebody.id).with("role", role.word());
    app.noting(&line, &[account.id]).store.give_role(account.id, somebody.id, role)?;
    line.tell();
    if somebody.operator || !memberships.is_empty() {
        return Ok(Invited::KnownElsewhere);
    }
    if app.settings.mailing.is_some() {
        app.wake_workers();
        return Ok(Invited::Mailed);
    }
    one_time_link_by(app, somebody.id, &actor.known_as()).map(Invited::Link)
}

fn want_invitation(app: &App, actor: &Actor, administrator: i64) -> Result<()> {
    let (kind, at) = (MailKind::Invitation, app.clock.now());
    let account = Some(actor.account.id);
    app.store.want_mail(&NewMail { administrator, account, kind, about: 0, not_before: at, at })
}

/// Gives somebody another role, or none; who has none anywhere any more is signed out.
///
/// # Errors
/// When the store fails.
pub fn set_role(app: &App, actor: &Actor, administrator: i64, role: Option<Role>) -> Result<RoleChanged> {
    let account = &actor.account;
    let event = if role.is_some() { Event::RoleGiven } else { Event::RoleRemoved };
    let line = event.line().by_administrator(actor.administrator).of_account(&account.slug);
    let line = line.with("administrator", administrator);
    let line = role.into_iter().fold(line, |line, role| line.with("role", role.word()));
    let changed = app.noting(&line, &[account.id]).store.change_role(account.id, administrator, role)?;
    if changed != RoleChanged::Done {
        return Ok(changed);
    }
    line.tell();
    if role.is_none() && app.store.memberships(administrator)?.is_empty() {
        sign_out_everywhere(app, administrator, &actor.known_as())?;
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
    one_time_link_by(app, administrator, &actor.known_as()).map(Linked::Link)
}

/// Whether an owner may let a member in.
fn is_ours(actor: &Actor, member: &Member) -> bool {
    member.administrator.id != actor.administrator && !member.is_known_elsewhere
}
