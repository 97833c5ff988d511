//! Who looks after the users of an organisation, for its owners: inviting, roles, the way back in, and taking a lost second factor away.
//! Where no mail is sent, a link is shown once, to be copied.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{Member, Role, RoleChanged};

use super::tabs::{Tab, tabs};
use crate::access::{self, Actor, Invited, LINK_HOURS, Linked, Reset};
use crate::app::App;
use crate::web::frame::components::action::{Weight, answer};
use crate::web::frame::components::field;
use crate::web::frame::components::question::{Question, is_sure};
use crate::web::frame::cookies::Seen;
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::reply::see;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::shown_once::{base_of, shown_once};
use crate::web::frame::signed_in::Owner;

/// What was done before the list is shown.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    done: Option<String>,
}

/// What came of a form.
enum Outcome {
    /// Say this on the list.
    Said(&'static str),
    /// Show this link, for whom.
    Link(String, String),
    /// Say to whom an invitation was mailed.
    Mailed(String),
    /// Ask before somebody is removed.
    Ask(i64),
    /// Why an invitation is none.
    Problem(&'static str),
}

/// The list.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Owner(actor): Owner,
    Query(done): Query<Done>,
) -> Answer<Markup> {
    let banner = done.done.as_deref().and_then(said);
    let page = Page::load(&app, actor).await?;
    Ok(page.markup(banner.map(|(tone, words)| (tone, html! { (words) })), ""))
}

/// Invites somebody, or does one thing with a member.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Owner(actor): Owner,
    seen: Seen,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Answer<Response> {
    let base = base_of(&app, &seen, &headers);
    if text(&pairs, "act") != "invite" && text(&pairs, "administrator").parse::<i64>().is_err() {
        return Err(Failure::Nonsense(say!("sent-what-was-sent-is-not")));
    }
    let (of, sent) = (actor.clone(), pairs.clone());
    let outcome = app.run(move |app| act(app, &of, &sent)).await?.ok_or(Failure::Unknown)?;
    let address = format!("/o/{}/administrators", actor.account.slug);
    if let Outcome::Said(done) = outcome {
        // Who took their own role away may not look any more.
        return Ok(see(&if done == "left" { "/".to_owned() } else { format!("{address}?done={done}") })
            .into_response());
    }
    let page = Page::load(&app, actor).await?;
    Ok(match outcome {
        Outcome::Link(email, secret) => page
            .markup(Some((Tone::Good, linked(&email, &format!("{base}/link/{secret}")))), "")
            .into_response(),
        Outcome::Mailed(email) => {
            let words = say!("administrators-mailed", email = email, hours = LINK_HOURS);
            page.markup(Some((Tone::Good, html! { (words) })), "").into_response()
        }
        Outcome::Ask(administrator) => page.question(&pairs, administrator, &address)?.into_response(),
        Outcome::Problem(problem) => {
            let banner = Some((Tone::Bad, html! { a href="#email" { (problem) } }));
            (StatusCode::UNPROCESSABLE_ENTITY, page.markup(banner, text(&pairs, "email"))).into_response()
        }
        Outcome::Said(_) => see(&address).into_response(),
    })
}

fn text<'p>(pairs: &'p [(String, String)], name: &str) -> &'p str {
    pairs.iter().find(|(of, _)| of == name).map_or("", |(_, text)| text.as_str())
}

/// Does what a form asks for; none when it is about nobody here.
fn act(app: &App, actor: &Actor, pairs: &[(String, String)]) -> store::Result<Option<Outcome>> {
    let administrator: i64 = text(pairs, "administrator").parse().unwrap_or_default();
    let role = Role::of_word(text(pairs, "role"));
    match text(pairs, "act") {
        "invite" => {
            let (email, role) = (text(pairs, "email").trim().to_owned(), role.unwrap_or(Role::Viewer));
            Ok(Some(match access::invite(app, actor, &email, role)? {
                Invited::Link(secret) => Outcome::Link(email, secret),
                Invited::Mailed => Outcome::Mailed(email),
                Invited::KnownElsewhere => Outcome::Said("known"),
                Invited::IsMember => Outcome::Problem(say!("administrators-is-member")),
                Invited::NotAnEmail => Outcome::Problem(say!("setup-type-an-email")),
            }))
        }
        "role" => changed(app, actor, administrator, role.unwrap_or(Role::Viewer)),
        "remove" if !is_sure(pairs) => Ok(Some(Outcome::Ask(administrator))),
        "remove" => removed(app, actor, administrator),
        "link" => {
            let email = app.store.members(actor.account.id)?.into_iter().map(|member| member.administrator);
            let email = email.into_iter().find(|of| of.id == administrator).map(|of| of.email);
            Ok(match access::link_for(app, actor, administrator)? {
                Linked::Link(secret) => Some(Outcome::Link(email.unwrap_or_default(), secret)),
                Linked::NotOurs => Some(Outcome::Said("elsewhere")),
                Linked::NoSuchMember => None,
            })
        }
        _ => Ok(match access::reset_factor_of(app, actor, administrator)? {
            Reset::Done => Some(Outcome::Said("removed")),
            Reset::NotOurs => Some(Outcome::Said("elsewhere")),
            Reset::NoSuchMember => None,
        }),
    }
}

fn changed(app: &App, actor: &Actor, administrator: i64, role: Role) -> store::Result<Option<Outcome>> {
    Ok(match access::set_role(app, actor, administrator, Some(role))? {
        RoleChanged::Done if administrator == actor.administrator && role != Role::Owner => {
            Some(Outcome::Said("left"))
        }
        RoleChanged::Done => Some(Outcome::Said("role")),
        RoleChanged::LastOwner => Some(Outcome::Said("last")),
        RoleChanged::NoSuchMember => None,
    })
}

fn removed(app: &App, actor: &Actor, administrator: i64) -> store::Result<Option<Outcome>> {
    Ok(match access::set_role(app, actor, administrator, None)? {
        RoleChanged::Done if administrator == actor.administrator => Some(Outcome::Said("left")),
        RoleChanged::Done => Some(Outcome::Said("gone")),
        RoleChanged::LastOwner => Some(Outcome::Said("last")),
        RoleChanged::NoSuchMember => None,
    })
}

fn said(done: &str) -> Option<(Tone, &'static str)> {
    Some(match done {
        "removed" => (Tone::Good, say!("administrators-factor-removed")),
        "elsewhere" => (Tone::Bad, say!("administrators-elsewhere")),
        "known" => (Tone::Good, say!("administrators-known")),
        "role" => (Tone::Good, say!("administrators-role-changed")),
        "gone" => (Tone::Good, say!("administrators-gone")),
        "last" => (Tone::Bad, say!("administrators-last-owner")),
        _ => return None,
    })
}

/// The link of somebody, the only time that it is shown.
fn linked(email: &str, link: &str) -> Markup {
    html! {
        p { (say!("administrators-link", email = email, hours = LINK_HOURS)) }
        (shown_once(say!("administrators-link-label"), link))
    }
}

/// The list, as an owner sees it.
struct Page {
    actor: Actor,
    members: Vec<Member>,
    /// Whether invitations are mailed.
    is_mailed: bool,
}

impl Page {
    async fn load(app: &App, actor: Actor) -> Answer<Self> {
        let (account, is_mailed) = (actor.account.id, app.settings.mailing.is_some());
        let members = app.run(move |app| app.store.members(account)).await?;
        Ok(Self { actor, members, is_mailed })
    }

    fn frame(&self, banner: Option<(Tone, Markup)>, main: &Markup) -> Markup {
        let mut frame = Frame::new(&self.actor, Part::Me, say!("layout-administrators"));
        frame.banner = banner;
        frame.page(&html! {
            h1 { (say!("layout-administrators")) }
            (tabs(&self.actor, Tab::Administrators))
            (main)
        })
    }

    fn markup(&self, banner: Option<(Tone, Markup)>, email: &str) -> Markup {
        self.frame(
            banner,
            &html! {
                ul.choices.rows { @for member in &self.members { li { (self.one(member)) } } }
                (inviting(email, self.is_mailed))
            },
        )
    }

    fn question(&self, pairs: &[(String, String)], administrator: i64, address: &str) -> Answer<Markup> {
        let found = self.members.iter().find(|member| member.administrator.id == administrator);
        let member = found.ok_or(Failure::Unknown)?;
        let words = html! {
            h2 { (say!("administrators-remove-who", email = &member.administrator.email)) }
            p.muted { (say!("administrators-remove-means")) }
        };
        let button = Some(say!("administrators-remove"));
        let question = Question { words, button, weight: Weight::Danger, back: address };
        Ok(self.frame(None, &question.markup(pairs, &html! {})))
    }

    fn one(&self, member: &Member) -> Markup {
        let of = &member.administrator;
        let is_me = of.id == self.actor.administrator;
        let is_ours = !is_me && !member.is_known_elsewhere;
        let about = |act: &str, words: &str| {
            html! {
                form.inline method="post" {
                    input type="hidden" name="administrator" value=(of.id);
                    button.button type="submit" name="act" value=(act) { (words) span.hidden { " · " (of.email) } }
                }
            }
        };
        html! {
            div {
                strong { (member.name.as_ref().unwrap_or(&of.email)) }
                @if is_me { " · " (say!("administrators-you")) }
                @if member.name.is_some() { p { (of.email) } }
                p.muted {
                    (role_words(member.role)) " · "
                    (if member.has_factor { say!("administrators-with-factor") } else { say!("administrators-without-factor") })
                    @if of.password.is_none() { " · " (say!("administrators-not-yet-in")) }
                }
            }
            div.actions {
                (self.role_form(member))
                @if is_ours { (about("link", say!("administrators-new-link"))) }
                @if is_ours && member.has_factor { (about("factor", say!("administrators-remove-factor"))) }
                (about("remove", say!("administrators-remove-ask")))
            }
        }
    }

    fn role_form(&self, member: &Member) -> Markup {
        let of = &member.administrator;
        let id = format!("role-{}", of.id);
        html! {
            form.with-button method="post" {
                input type="hidden" name="administrator" value=(of.id);
                label.unseen for=(id) { (say!("administrators-role-of", email = &of.email)) }
                select id=(id) name="role" { (roles(member.role)) }
                (answer(Weight::Plain, "act", "role", say!("administrators-change-role")))
            }
        }
    }
}

/// A role in a word.
pub(super) fn role_words(role: Role) -> &'static str {
    match role {
        Role::Viewer => say!("role-viewer"),
        Role::Editor => say!("role-editor"),
        Role::Owner => say!("role-owner"),
    }
}

/// The roles as options.
pub(super) fn roles(chosen: Role) -> Markup {
    html! {
        @for role in Role::ALL { option value=(role.word()) selected[role == chosen] { (role_words(role)) } }
    }
}

fn inviting(email: &str, is_mailed: bool) -> Markup {
    let words =
        if is_mailed { say!("administrators-invite-mail") } else { say!("administrators-invite-button") };
    let of =
        field::Field { id: "email", label: say!("administrators-invite-email"), hint: None, problem: None };
    let hint = Some(say!("administrators-roles-hint"));
    let role = field::Field { id: "role", label: say!("administrators-invite-role"), hint, problem: None };
    html! {
        section #invite {
            h2 { (say!("administrators-invite")) }
            form.stack.narrow method="post" {
                (of.around(&html! { input #email type="email" name="email" value=(email) maxlength="254" required autocomplete="off"; }))
                (role.around(&html! { select #role name="role" aria-describedby=[role.described_by()] { (roles(Role::Editor)) } }))
                button.button.primary type="submit" name="act" value="invite" { (words) }
            }
        }
    }
}
