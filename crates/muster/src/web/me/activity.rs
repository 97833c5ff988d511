//! Who did what in an organisation, from where and when, for its owners: by kind, person and days, page by page, and as a file.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use events::Event;
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{Activity, Member, Result};

use super::activity_words::{detail, kinds, person_words, title};
use super::tabs::{Tab, tabs};
use crate::access::{self, ActivityFilter, ActivityPage, Actor};
use crate::app::App;
use crate::web::frame::attachment::attached;
use crate::web::frame::components::empty::empty;
use crate::web::frame::components::field::Field;
use crate::web::frame::components::table::{Column, Width, table};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment;
use crate::web::frame::reply::escaped;
use crate::web::frame::sent::Query;
use crate::web::frame::signed_in::Owner;

/// Lines on a page.
const PAGE: u32 = 100;

/// What an address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::web) struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    who: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    after: Option<String>,
}

/// What the page shows.
struct ActivityList {
    actor: Actor,
    asked: Asked,
    page: ActivityPage,
    members: Vec<Member>,
    tokens: Vec<String>,
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Owner(actor): Owner,
    Query(asked): Query<Asked>,
) -> Answer<Markup> {
    let list = app.run(move |app| ActivityList::load(app, actor, asked)).await?;
    Ok(list.ok_or(Failure::Nonsense(say!("activity-kinds-and-days")))?.markup())
}

/// The same as a csv file; that it was sent stands in the activity from then on.
pub(in crate::web) async fn file(
    State(app): State<App>,
    Owner(actor): Owner,
    Query(asked): Query<Asked>,
) -> Answer<Response> {
    let filter = app.run(move |app| asked.filter(app)).await?;
    let filter = filter.ok_or(Failure::Nonsense(say!("activity-kinds-and-days")))?;
    let account = actor.account.id;
    let name = format!("{}-activity-{}.csv", actor.account.slug, moment::date(app.clock.now()));
    let line =
        Event::ActivitySent.line().by_administrator(actor.administrator).of_account(&actor.account.slug);
    let poured =
        app.pour(account, move |app, sink| access::activity_file(app, account, &filter, sink)).await?;
    app.run(move |app| app.note_alone(&line, account)).await?;
    Ok((attached("text/csv; charset=utf-8", &name), Body::from_stream(poured)).into_response())
}

impl Asked {
    fn filter(&self, app: &App) -> Result<Option<ActivityFilter>> {
        ActivityFilter::read(app, [&self.kind, &self.who, &self.from, &self.to])
    }

    fn narrows(&self) -> bool {
        [&self.kind, &self.who, &self.from, &self.to].into_iter().any(|text| !text.is_empty())
    }

    /// The address of the list, or of its file, narrowed as it is.
    fn address(&self, page: &str) -> String {
        let pairs = [("kind", &self.kind), ("who", &self.who), ("from", &self.from), ("to", &self.to)];
        let said = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        let words: Vec<String> = said.map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        format!("{page}?{}", words.join("&"))
    }
}

impl ActivityList {
    fn load(app: &App, actor: Actor, asked: Asked) -> Result<Option<Self>> {
        let Some(filter) = asked.filter(app)? else { return Ok(None) };
        let account = actor.account.id;
        let after = asked.after.as_deref().and_then(|place| place.parse().ok());
        let page = access::activity_page(app, account, &filter, after, PAGE)?;
        let members = app.store.members(account)?;
        let tokens = app.store.tokens(account)?.into_iter().map(|token| token.name).collect();
        Ok(Some(Self { actor, asked, page, members, tokens }))
    }

    fn markup(&self) -> Markup {
        let here = format!("/o/{}/activity", self.actor.account.slug);
        let title = say!("activity-title");
        Frame::new(&self.actor, Part::Me, title).page(&html! {
            h1 { (title) }
            (tabs(&self.actor, Tab::Activity))
            p.muted { (say!("activity-lead", days = self.actor.account.activity_days)) }
            (self.narrowing(&here))
            @if self.page.lines.is_empty() { (empty(&html! { p { (say!("activity-none")) } })) } @else {
                div #listed { (self.table(title)) }
                nav.pages aria-label=(say!("pages-of", list = title)) {
                    @if self.asked.after.is_some() { a.button href=(self.asked.address(&here)) { (say!("activity-newest")) } }
                    @if let Some(next) = self.page.next {
                        a.button rel="next" href={ (self.asked.address(&here)) "&after=" (next) } { (say!("pages-next")) }
                    }
                    a.button href=(self.asked.address(&format!("{here}/file"))) download { (say!("activity-file")) }
                }
            }
        })
    }

    fn narrowing(&self, here: &str) -> Markup {
        let label = |id: &'static str, label: &'static str| Field { id, label, hint: None, problem: None };
        let asked = &self.asked;
        html! {
            form.narrowing method="get" action=(here) {
                (label("kind", say!("activity-kind")).around(&html! {
                    select #kind name="kind" {
                        option value="" { (say!("activity-all-kinds")) }
                        @for (event, words) in kinds() {
                            option value=(event.word()) selected[event.word() == asked.kind] { (words) }
                        }
                    }
                }))
                (label("who", say!("activity-who")).around(&html! { select #who name="who" { (self.people()) } }))
                (label("from", say!("activity-from-day")).around(&html! { input #from type="date" name="from" value=(asked.from); }))
                (label("to", say!("activity-to-day")).around(&html! { input #to type="date" name="to" value=(asked.to); }))
                div.actions {
                    button type="submit" { (say!("activity-show")) }
                    @if asked.narrows() { a.button href=(here) { (say!("activity-show-all")) } }
                }
            }
        }
    }

    /// Who may be chosen: those who have a role, the tokens, support, and whoever is chosen though they are none of these any more.
    fn people(&self) -> Markup {
        let mut all: Vec<(String, String)> = Vec::new();
        for member in &self.members {
            all.push((
                format!("administrator:{}", member.administrator.id),
                member.administrator.email.clone(),
            ));
        }
        for name in &self.tokens {
            let known_as = format!("token:{name}");
            if all.iter().all(|(value, _)| *value != known_as) {
                all.push((known_as, say!("activity-token", name = name)));
            }
        }
        all.push(("support".to_owned(), say!("activity-support").to_owned()));
        let asked = &self.asked.who;
        if !asked.is_empty() && all.iter().all(|(value, _)| value != asked) {
            all.push((asked.clone(), person_words(&self.page, asked)));
        }
        html! {
            option value="" { (say!("activity-everybody")) }
            @for (value, words) in &all { option value=(value) selected[value == asked] { (words) } }
        }
    }

    fn table(&self, caption: &str) -> Markup {
        let columns = [
            Column::new(say!("activity-what"), Width::Rest),
            Column::new(say!("activity-who"), Width::Mail).wide_only(),
            Column::new(say!("activity-address"), Width::Middle).wide_only(),
            Column::new(say!("activity-when"), Width::Mail),
        ];
        table(caption, &columns, &html! { @for line in &self.page.lines { (self.line(line)) } })
    }

    fn line(&self, line: &Activity) -> Markup {
        let who = person_words(&self.page, &line.who);
        let asked = Asked { who: line.who.clone(), ..Asked::default() };
        let address = asked.address(&format!("/o/{}/activity", self.actor.account.slug));
        let slug = &self.actor.account.slug;
        let about: Vec<Markup> =
            line.about.iter().map(|(name, value)| detail(slug, &self.page, name, value)).collect();
        html! {
            tr {
                th scope="row" {
                    (title(&line.event))
                    @if !about.is_empty() {
                        small { @for (place, part) in about.iter().enumerate() { @if place > 0 { " · " } (part) } }
                    }
                    small.only-small dir="auto" { (who) @if let Some(from) = &line.address { ", " (from) } }
                }
                td.not-small dir="auto" { a href=(address) title=(who) { (who) } }
                td.not-small dir="ltr" { (line.address.as_deref().unwrap_or("–")) }
                td.when { (moment::moment(line.at)) }
            }
        }
    }
}
