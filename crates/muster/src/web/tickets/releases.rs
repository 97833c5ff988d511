//! What support changed of an organisation's users: told to its owners above the users until they have read it. And the rows that wait
//! for support, told to everybody.

use axum::extract::State;
use axum::response::Redirect;
use directory::Fields;
use import::People;
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{Release, Result, TicketSums};

use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::errors::Answer;
use crate::web::frame::moment::moment;
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::Owner;
use crate::web::frame::words::say_markup;

/// What stands above the users: what support changed, for owners, each with the user's name and the field's title; what waits.
pub(in crate::web) struct FromSupport {
    releases: Vec<(Release, String, String)>,
    sums: TicketSums,
}

/// Up to which revision it was read.
#[derive(Deserialize)]
pub(in crate::web) struct Dismissing {
    revision: u64,
}

/// The owners have read it.
pub(in crate::web) async fn dismiss(
    State(app): State<App>,
    Owner(actor): Owner,
    Form(read): Form<Dismissing>,
) -> Answer<Redirect> {
    let account = actor.account.id;
    let most = actor.account.revision;
    app.run(move |app| app.store.dismiss_releases(account, read.revision.min(most))).await?;
    Ok(see(&format!("/o/{}/users", actor.account.slug)))
}

impl FromSupport {
    pub(in crate::web) fn load(app: &App, actor: &Actor, fields: &Fields) -> Result<Self> {
        let account = actor.account.id;
        let mut releases = Vec::new();
        if may(actor.role, Action::Own) {
            let mut people = People::new(app, account, fields);
            for release in app.store.unread_releases(account)? {
                let title = fields.get(release.field).map_or("", |field| field.title()).to_owned();
                let name = people.name(release.user)?;
                releases.push((release, name, title));
            }
        }
        Ok(Self { releases, sums: app.store.ticket_sums(account)? })
    }

    pub(in crate::web) fn markup(&self, slug: &str) -> Markup {
        html! {
            @if let Some((last, ..)) = self.releases.last() {
                section.banner.note #from-support aria-label=(say!("ticket-support-changed")) {
                    span.icon aria-hidden="true" { "i" }
                    div {
                        p { (say!("ticket-support-changed-told")) }
                        ul {
                            @for (release, name, title) in &self.releases {
                                li {
                                    a href={ "/o/" (slug) "/users/" (release.user) } dir="auto" { (name) }
                                    ", " (title) " · " (moment(release.at))
                                }
                            }
                        }
                        form method="post" action={ "/o/" (slug) "/releases" } {
                            input type="hidden" name="revision" value=(last.revision);
                            button type="submit" { (say!("ticket-dismiss")) }
                        }
                    }
                }
            }
            @if self.sums.waiting > 0 { (self.line(slug, "ticket-rows-wait", self.sums.waiting)) }
            @if self.sums.decided > 0 { (self.line(slug, "ticket-rows-decided", self.sums.decided)) }
        }
    }

    fn line(&self, slug: &str, key: &str, rows: i64) -> Markup {
        let link = html! { a href={ "/o/" (slug) "/tickets" } { (say!("ticket-tickets")) } };
        html! {
            p.small.waits {
                @if key == "ticket-rows-wait" { (say_markup!("ticket-rows-wait", rows = rows, link = link)) }
                @else { (say_markup!("ticket-rows-decided", rows = rows, link = link)) }
            }
        }
    }
}
