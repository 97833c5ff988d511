//! What support does with a ticket: look who has a value, answer, decline, release it. A release is an edit of the holder's user like any
//! other, by the actor `operator:`; who asked learns that the value is free, and nothing else.

use directory::{Claim, ClaimKind, Code, FieldNumber, UserId, standard};
use store::{Account, AccountId, MailKind, NewMail, Result, Role, Ticket, TicketState, TicketWord, Time};

use super::tidy;
use crate::Context;
use crate::form::{Edited, edit};

/// Who has a value that a ticket asks for: for support alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Their organisation.
    pub account: Account,
    /// Who.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// Whether they can sign in.
    pub active: bool,
    /// When they were changed last.
    pub changed_at: Option<Time>,
    /// Whether they are active and the value is all that they sign in with: a replacement is needed.
    pub only_sign_in: bool,
}

/// How a release ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Released {
    /// It is free now, or was when somebody looked.
    Free,
    /// An active user signs in with nothing else: what they are to sign in with is needed.
    NeedsReplacement,
    /// What they are to sign in with can't be that, for this reason.
    Wrong(String),
    /// A user of the organisation that asks has it by now.
    Theirs,
    /// The user was changed meanwhile, or an import of theirs is at work: try again.
    Busy,
    /// Support declined the ticket: it is open again when who raised it writes on it.
    Declined,
    /// The ticket does not ask for it, or is taken back.
    NoSuchValue,
}

/// Who has what a claim says; none when nobody does.
///
/// # Errors
/// When the store fails.
pub fn holder(app: &Context, asking: AccountId, claim: &Claim) -> Result<Option<Holder>> {
    let Some((of, _)) = app.store.holder(asking, claim)? else { return Ok(None) };
    // Asked again once the revision is known: what a release takes was theirs at that revision.
    let account = app.store.account_now(of)?;
    let Some((_, user)) = app.store.holder(asking, claim)?.filter(|(again, _)| *again == of) else {
        return Ok(None);
    };
    let fields = app.store.fields(of)?;
    let users = app.store.user(of, &fields, user)?;
    let Some(found) = users.get(0) else { return Ok(None) };
    let active = found.value(standard::STATUS) == Some("active");
    let other = if claim.kind == ClaimKind::Email { standard::USERNAME } else { standard::EMAIL };
    Ok(Some(Holder {
        user,
        name: found.name(),
        active,
        changed_at: app.store.last_change(of, user)?,
        only_sign_in: active && found.value(other).is_none(),
        account,
    }))
}

/// Takes a value that a ticket asks for from the user who has it; `replacement` is the email or username that they sign in with from now
/// on, where they need one.
///
/// # Errors
/// When the store fails; the value may have been released then, which a second try tells.
pub fn release(
    app: &Context,
    ticket: &Ticket,
    claim: &Claim,
    replacement: &str,
    operator: &str,
) -> Result<Released> {
    let asked = app.store.ticket_values(ticket)?.into_iter().any(|value| value.claim == *claim);
    if !asked || ticket.state == TicketState::Withdrawn {
        return Ok(Released::NoSuchValue);
    }
    if ticket.state == TicketState::Declined {
        return Ok(Released::Declined);
    }
    let Some(found) = holder(app, ticket.account, claim)? else {
        app.store.value_is_free(ticket, claim, app.clock.now())?;
        return Ok(Released::Free);
    };
    if found.account.id == ticket.account {
        return Ok(Released::Theirs);
    }
    let values = values(claim, replacement.trim());
    want_mails(app, &found.account)?;
    // Who was changed since is not changed again unseen.
    let (of, seen) = (found.account.id, found.account.revision);
    match edit(app, of, found.user, &values, seen, &format!("operator:{operator}"))? {
        Edited::Saved(_) => {
            app.store.value_is_free(ticket, claim, app.clock.now())?;
            Ok(Released::Free)
        }
        Edited::Wrong(wrong) if wrong.iter().any(|(_, wrong, _)| wrong.code == Code::NoSignIn) => {
            Ok(Released::NeedsReplacement)
        }
        Edited::Wrong(wrong) => {
            let sentences: Vec<String> = wrong.into_iter().map(|(.., sentence)| sentence).collect();
            Ok(Released::Wrong(sentences.join(" ")))
        }
        Edited::ChangedSince(_) | Edited::NoSuchUser | Edited::TooBusy => Ok(Released::Busy),
    }
}

/// Has mails to the owners of an account wanted who are told of a release: before it, for they are in another file on SQLite, and those whose
/// release does not come are not sent.
fn want_mails(app: &Context, account: &Account) -> Result<()> {
    let (kind, at) = (MailKind::Release, app.clock.now());
    let (id, about) = (Some(account.id), account.revision as i64);
    let members = app.store.members(account.id)?;
    for owner in members.iter().filter(|member| member.role == Role::Owner) {
        let administrator = owner.administrator.id;
        app.store.want_mail(&NewMail { administrator, account: id, kind, about, not_before: at, at })?;
    }
    Ok(())
}

/// What the holder's cells become.
fn values(claim: &Claim, replacement: &str) -> Vec<(FieldNumber, String)> {
    let held = if claim.kind == ClaimKind::Email { standard::EMAIL } else { standard::USERNAME };
    if replacement.is_empty() {
        return vec![(held, String::new())];
    }
    let becomes = if replacement.contains('@') { standard::EMAIL } else { standard::USERNAME };
    let mut values = vec![(becomes, replacement.to_owned())];
    if becomes != held {
        values.push((held, String::new()));
    }
    values
}

/// How an answer of support ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// Whoever asked reads it.
    Kept,
    /// It says nothing, or too much of it.
    NotWords,
    /// It names the organisation or the User ID of who has a value: that must not be told.
    NamesHolder,
    /// The ticket is open no more.
    Closed,
}

/// Answers or declines a ticket. What would tell who has a value is not sent.
///
/// # Errors
/// When the store fails.
pub fn decide(
    app: &Context,
    ticket: &Ticket,
    state: TicketState,
    words: &str,
    operator: &str,
) -> Result<Decided> {
    let needs_words = state == TicketState::Answered;
    let Some(words) = tidy(words).filter(|words| !needs_words || !words.is_empty()) else {
        return Ok(Decided::NotWords);
    };
    if names_holder(app, ticket, &words)? {
        return Ok(Decided::NamesHolder);
    }
    let word = TicketWord { at: app.clock.now(), support: true, by: operator.to_owned(), words };
    Ok(if app.store.decide_ticket(ticket, state, &word)? { Decided::Kept } else { Decided::Closed })
}

/// Whether words name the organisation or the User ID of somebody who has a value of a ticket.
fn names_holder(app: &Context, ticket: &Ticket, words: &str) -> Result<bool> {
    let words = words.to_lowercase();
    let says = |name: &str| {
        let name = name.to_lowercase();
        let is_edge = |letter: Option<char>| letter.is_none_or(|letter| !letter.is_alphanumeric());
        words.match_indices(&name).any(|(at, _)| {
            let (before, after) = (words[..at].chars().next_back(), words[at + name.len()..].chars().next());
            is_edge(before) && is_edge(after)
        })
    };
    for value in app.store.ticket_values(ticket)? {
        let Some(found) = holder(app, ticket.account, &value.claim)? else { continue };
        let names = [found.account.name.as_str(), found.account.slug.as_str(), &found.user.to_string()];
        if found.account.id != ticket.account && names.into_iter().any(says) {
            return Ok(true);
        }
    }
    Ok(false)
}
