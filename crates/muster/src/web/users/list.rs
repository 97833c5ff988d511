//! The users: search, filters, order and pages, all of it in the address.

use std::borrow::Cow;

use axum::extract::State;
use directory::{FieldNumber, Fields, User, looked_through};
use maud::{Markup, html};
use sentences::say;
use store::{Found, Import, Ordered, Precision, Result, SavedSearch, Sort, UsersPage};

use super::asked::{Asked, ERASED, FOUND_MOST, PAGE, SAVED, unread};
use super::columns::{self, Names, Shown, sign_in};
use super::found::{how_many, unread_told};
use super::narrowed;
use super::saved;
use super::ticks;
use crate::access::{Action, Actor, may};
use crate::app::App;
use crate::web::frame::components::action::{Weight, go};
use crate::web::frame::components::empty::{Way, empty, ways};
use crate::web::frame::components::menu;
use crate::web::frame::components::table::{Column, Sorting, Width, table};
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::{Frame, Part, Tone};
use crate::web::frame::moment::moment;
use crate::web::frame::sent::Query;
use crate::web::frame::signed_in::Viewer;
use crate::web::frame::words::say_markup;
use crate::web::imports::strip;
use crate::web::practice;
use crate::web::tickets::releases::FromSupport;

/// What the page shows.
struct ListPage {
    actor: Actor,
    fields: Fields,
    asked: Asked,
    users: UsersPage,
    /// How many the search finds; beyond [`FOUND_MOST`] it is not counted on.
    found: Found,
    /// The filters, as people read them.
    narrowed: Vec<String>,
    /// The columns beside the name, as this person chose them, or as they were saved with the search.
    shown: Vec<Shown>,
    /// The searches that were saved.
    saved: Vec<SavedSearch>,
    /// Whom they name.
    names: Names,
    /// Imports that somebody should know of.
    open: Vec<Import>,
    /// How many imports wait whose files may name somebody who was erased just now.
    erased: Option<i64>,
    /// What came from support, and what waits for it.
    from_support: FromSupport,
    /// What the address asks for that can't be read.
    unread: Vec<String>,
}

/// One page of users.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Markup> {
    let erased =
        pairs.iter().find(|(name, _)| name == ERASED).map(|(_, waiting)| waiting.parse().unwrap_or(0));
    let mut page = app.run(move |app| ListPage::load(app, actor, &pairs)).await?;
    page.erased = erased;
    Ok(page.markup())
}

/// Seconds until a page looks again whether its order is made.
const LOOK_AGAIN: u32 = 2;

impl ListPage {
    fn load(app: &App, actor: Actor, pairs: &[(String, String)]) -> Result<Self> {
        let account = actor.account.id;
        let fields = app.store.fields(account)?;
        let saved = app.store.saved_searches(account, actor.administrator)?;
        let (asked, columns) = saved::asked_of(&fields, pairs, &saved);
        let users = import::users_page(app, account, &fields, &asked.query)?;
        let found = match (asked.narrows(), users.stopped) {
            (false, _) => Found { users: actor.account.users, how: Precision::Exactly },
            (true, Some(_)) => Found { users: users.users.len() as i64, how: Precision::AtLeast },
            (true, None) => app.store.count_users(account, &asked.query, FOUND_MOST + 1)?,
        };
        let open = strip::open_imports(app, account)?;
        let narrowed = narrowed::in_words(app, account, &fields, &asked)?;
        let shown = match columns {
            Some(columns) => columns,
            None => columns::of(app, &actor, &fields)?,
        };
        let names = columns::names(app, &actor, &fields, &shown, &users)?;
        let from_support = FromSupport::load(app, &actor, &fields)?;
        let unread = unread(&fields, pairs);
        Ok(Self {
            actor,
            fields,
            asked,
            users,
            found,
            narrowed,
            shown,
            saved,
            names,
            open,
            erased: None,
            from_support,
            unread,
        })
    }

    fn markup(&self) -> Markup {
        let slug = &self.actor.account.slug;
        let is_empty = self.actor.account.users == 0 && !self.asked.narrows();
        let mut frame = Frame::new(&self.actor, Part::Users, say!("download-users"));
        frame.bar = (!is_empty).then(|| ticks::bar_of(&self.actor, self.found));
        frame.refresh = (self.users.order == Ordered::NotYet).then_some(LOOK_AGAIN);
        frame.banner = self.erased.map(erased_told);
        frame.page(&html! {
            (strip::strip(slug, &self.open))
            (self.from_support.markup(slug))
            (unread_told(&self.unread))
            div.head.wrap {
                div {
                    h1 { (say!("download-users")) }
                    @if is_empty { p.muted { (say!("users-nobody-yet")) } } @else {
                        p.muted.small { (say!("users-all", users = self.actor.account.users)) " · " (self.order()) (self.as_of()) }
                    }
                }
                @if !is_empty { (self.actions()) }
            }
            @if is_empty { (self.first_ways()) } @else {
                div.row {
                    (self.search())
                    (saved::menu(&self.actor, &self.fields, &self.asked, &self.saved, &self.shown))
                    (narrowed::chips(&self.fields, &self.asked, &self.narrowed))
                    div.row.end {
                        p.count.small #found data-status { @if self.asked.narrows() { (self.count()) } }
                        (columns::choice(&self.actor, &self.fields, &self.shown, &self.asked.address(None)))
                    }
                }
                div #listed { (ticks::form(&self.actor, &self.asked)) (self.listed()) }
            }
        })
    }

    fn order(&self) -> Cow<'static, str> {
        if self.users.order == Ordered::NotYet {
            return say!("users-by-last-name").into();
        }
        let words = match (self.asked.query.sort, self.asked.query.descending) {
            (Sort::Name, false) => say!("users-by-last-name"),
            (Sort::Name, true) => say!("users-by-last-name-turned"),
            (Sort::SignIn, false) => say!("users-by-sign-in"),
            (Sort::SignIn, true) => say!("users-by-sign-in-turned"),
            (Sort::Created, false) => say!("users-by-creation"),
            (Sort::Created, true) => say!("users-by-creation-turned"),
            (Sort::Field(number), false) => {
                return say!("users-by-field", field = self.title_of(number)).into();
            }
            (Sort::Field(number), true) => {
                return say!("users-by-field-turned", field = self.title_of(number)).into();
            }
        };
        words.into()
    }

    /// As of when the order is, where it is not as of now.
    fn as_of(&self) -> Markup {
        html! {
            @if let Ordered::AsOf(at) = self.users.order { " · " (say_markup!("users-order-as-of", moment = moment(at))) }
        }
    }

    fn title_of(&self, number: FieldNumber) -> &str {
        self.fields.get(number).map_or("", directory::Field::title)
    }

    /// That the order is not made yet, with a way to look again.
    fn order_to_come(&self) -> Markup {
        let Sort::Field(number) = self.asked.query.sort else { return html! {} };
        let again = html! { a href={ "users" (self.asked.address(None)) } { (say!("users-look-again")) } };
        html! {
            @if self.users.order == Ordered::NotYet {
                p.note data-go-on { (say_markup!("users-order-is-made", field = self.title_of(number), link = again)) }
            }
        }
    }

    /// The two main ways in sight, and the menu, which keeps them too: the article says to look there.
    fn actions(&self) -> Markup {
        let address = |page: &str| format!("/o/{}/{page}", self.actor.account.slug);
        let download = format!("{}{}", address("download"), self.asked.address(None));
        let editor = may(self.actor.role, Action::Edit);
        let lines = html! {
            li { a href=(download) { (say!("download-download-user-data")) } }
            @if editor {
                li { a href=(address("import")) { (say!("users-import-user-data")) } }
                li { a href=(address("template")) { (say!("users-download-new-user-template")) } }
            }
            li { a href=(address("imports")) { (say!("users-import-history")) } }
            li { a href="/help" { (say!("users-help")) } }
        };
        html! {
            span.end #actions {
                @if editor { (go(Weight::Quiet, &address("users/new"), say!("users-add"))) }
                (go(Weight::Plain, &download, say!("download-download")))
                @if editor { (go(Weight::Ready, &address("import"), say!("user-import"))) }
                (menu::dots(say!("users-more-actions"), &lines))
            }
        }
    }

    /// What an organisation sees that has nobody yet.
    fn first_ways(&self) -> Markup {
        let address = |page: &str| format!("/o/{}/{page}", self.actor.account.slug);
        if !may(self.actor.role, Action::Edit) {
            return empty(&html! { p { (say!("users-there-are-no-users-yet")) } });
        }
        ways(&[
            Way {
                title: say!("users-way-list"),
                words: say!("users-way-list-told"),
                action: go(Weight::Primary, &address("import"), say!("users-import-user-data")),
            },
            Way {
                title: say!("users-way-table"),
                words: say!("users-way-table-told"),
                action: go(Weight::Plain, &address("import"), say!("users-bring-over")),
            },
            Way {
                title: say!("users-way-sheet"),
                words: say!("users-way-sheet-told"),
                action: go(Weight::Plain, &address("template"), say!("users-download-new-user-template")),
            },
            Way {
                title: say!("practice-way"),
                words: say!("practice-way-told"),
                action: practice::button(Weight::Plain),
            },
        ])
    }

    fn search(&self) -> Markup {
        html! {
            form.search #filters method="get" role="search" data-search {
                label.unseen for="search" { (say!("users-search-by-name-email-username")) }
                input #search type="search" name="search" value=(self.asked.query.search) autocomplete="off" spellcheck="false"
                    placeholder=(say!("users-search-placeholder"));
                @for (key, value) in self.asked.filters() { input type="hidden" name=(key) value=(value); }
                @if let Some(sort) = self.asked.sort_word() { input type="hidden" name="sort" value=(sort); }
                @if let Some(saved) = self.asked.saved { input type="hidden" name=(SAVED) value=(saved); }
                noscript { button type="submit" { (say!("users-search")) } }
            }
        }
    }

    fn listed(&self) -> Markup {
        html! {
            (self.order_to_come())
            @if let Some(stopped) = self.users.stopped {
                p.note { (looked_through(stopped.users, stopped.preparing)) }
            }
            @if self.users.users.is_empty() && self.users.stopped.is_none() { (nobody()) } @else {
                (table(say!("users-users-table"), &self.columns(), &html! {
                    @for user in self.users.users.iter() { (self.row(&user)) }
                }))
                (self.pages())
            }
        }
    }

    fn count(&self) -> String {
        match (self.asked.narrows(), self.found) {
            (false, all) => say!("users-all", users = all.users),
            (true, Found { users: found, .. }) if found > FOUND_MOST => {
                say!("users-more-match", users = FOUND_MOST)
            }
            (true, Found { users: found, how: Precision::About }) => say!("users-about-match", users = found),
            (true, Found { users: found, how: Precision::AtLeast }) => {
                say!("users-at-least", users = found)
            }
            (true, Found { users: found, .. }) => say!("users-match", users = found),
        }
    }

    fn columns(&self) -> Vec<Column> {
        let name = Column::new(say!("users-name-by-last-name"), Width::User).sorted(self.sorting(Sort::Name));
        let rest =
            self.shown.iter().map(|shown| shown.column(&self.fields).sorted(self.sorting(shown.sort())));
        let ticks = Column::new(say!("selection-ticks"), Width::Tick);
        [ticks, name].into_iter().chain(rest).collect()
    }

    fn sorting(&self, sort: Sort) -> Sorting {
        let query = &self.asked.query;
        let (is_by, descending) = match self.users.order {
            Ordered::NotYet => (sort == Sort::Name, false),
            _ => (query.sort == sort, query.descending),
        };
        Sorting {
            descending: is_by.then_some(descending),
            address: format!("users{}", self.asked.sorted_address(&self.fields, sort)),
        }
    }

    fn row(&self, user: &User<'_>) -> Markup {
        html! {
            tr {
                (ticks::tick(*user))
                th scope="row" {
                    a href={ "users/" (user.id()) } dir="auto" { (user.name()) }
                    small.only-small { (sign_in(user)) }
                }
                @for shown in &self.shown { (shown.cell(&self.fields, &self.names, user)) }
            }
        }
    }

    fn pages(&self) -> Markup {
        let shown = self.users.users.len() as u64;
        let passed = self.asked.passed;
        let link = |cursor: Option<&store::Cursor>, passed: u64, relation: &str, words: &str| {
            html! {
                @if let Some(cursor) = cursor {
                    a.button rel=(relation) href={ "users" (self.asked.page_address(cursor, passed)) } { (words) }
                }
            }
        };
        html! {
            nav.pages aria-label=(say!("users-pages-of-users")) {
                p.count {
                    @if shown > 0 {
                        (say!("users-range", first = passed as i64 + 1, last = (passed + shown) as i64, all = how_many(&self.found)))
                    }
                }
                (link(self.users.previous.as_ref(), passed.saturating_sub(u64::from(PAGE)), "prev", say!("pages-previous")))
                (link(self.users.next.as_ref(), passed + shown, "next", say!("pages-next")))
            }
        }
    }
}

/// What came of erasing somebody.
fn erased_told(waiting: i64) -> (Tone, Markup) {
    let words = html! {
        p { (say!("erase-done")) }
        @if waiting > 0 { p { (say!("erase-waiting", imports = waiting)) } }
    };
    (Tone::Good, words)
}

fn nobody() -> Markup {
    let link = html! { a href="users" { (say!("users-show-everyone")) } };
    empty(&html! { p { (say_markup!("users-nobody", link = link)) } })
}
