//! Download user data: a page of instructions with the choices, and the file as it is made.

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::{FieldNumber, Fields};
use events::Event;
use import::{self, DownloadChoice, Format};
use maud::{Markup, html};
use sentences::say;
use store::{AccountId, Found, Result};

use super::asked::{Asked, FOUND_MOST, unread};
use super::found::{how_many, unread_told};
use super::narrowed;
use super::selected::{FILTER, of_address};
use crate::access::Actor;
use crate::app::App;
use crate::web::frame::attachment::{FORMATS, attached, kind_of, label_of};
use crate::web::frame::errors::{Answer, Failure};
use crate::web::frame::layout::{Frame, Part};
use crate::web::frame::moment;
use crate::web::frame::sent::Query;
use crate::web::frame::signed_in::Viewer;
use crate::web::frame::words::say_markup;

/// What the page shows.
struct DownloadPage {
    actor: Actor,
    fields: Fields,
    /// What the users page was narrowed to.
    asked: Asked,
    /// How many that finds, if it was.
    found: Option<Found>,
    /// The filters, as people read them.
    narrowed: Vec<String>,
    /// What the address asks for that can't be read.
    unread: Vec<String>,
}

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Markup> {
    Ok(app.run(move |app| DownloadPage::load(app, actor, &pairs)).await?.markup())
}

/// The file. It is made while it is sent, a little ahead; who stops listening stops it.
pub(in crate::web) async fn file(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let (format, ending, kind) = *kind_of(&pairs)?;
    let account = actor.account.id;
    let fields = app.run(move |app| app.store.fields(account)).await?;
    let mut choice = choice_of(format, &fields, &pairs)?;
    if text(&pairs, "who") == "selection" {
        let selection = of_address(&app, &actor, text(&pairs, "selection")).await?;
        choice.selection = Some(selection.id).filter(|_| selection.next.is_none());
        choice.selection.ok_or(Failure::Unknown)?;
    }
    let name = format!("{}-users-{}.{ending}", actor.account.slug, moment::date(app.clock.now()));
    let line = Event::Downloaded.line().by_administrator(actor.administrator).of_account(&actor.account.slug);
    let of = choice.clone();
    let answer = sent(app.clone(), account, choice, kind, &name).await?;
    app.run(move |app| import::note_download(app, line, account, &of)).await?;
    Ok(answer)
}

/// The workbook for new users: the same, with no rows.
pub(in crate::web) async fn template(
    State(app): State<App>,
    Viewer(actor): Viewer,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let (format, ending, kind) = *kind_of(&pairs)?;
    let name = format!("{}-new-users.{ending}", actor.account.slug);
    sent(app, actor.account.id, DownloadChoice::new_users(format), kind, &name).await
}

async fn sent(
    app: App,
    account: AccountId,
    choice: DownloadChoice,
    kind: &str,
    name: &str,
) -> Answer<Response> {
    let poured =
        app.pour(account, move |app, sink| import::download(app, account, &choice, sink).map(drop)).await?;
    Ok((attached(kind, name), Body::from_stream(poured)).into_response())
}

fn text<'p>(pairs: &'p [(String, String)], name: &str) -> &'p str {
    pairs.iter().find(|(of, _)| of == name).map_or("", |(_, value)| value.as_str())
}

/// What a sent form asks for, or a sentence that says why it can't be had: a file must never hold less than what its form showed.
fn choice_of(format: Format, fields: &Fields, pairs: &[(String, String)]) -> Answer<DownloadChoice> {
    let keys: Vec<String> =
        pairs.iter().filter(|(name, _)| name == "field").map(|(_, key)| key.clone()).collect();
    if keys.iter().any(|key| fields.current().all(|field| field.key != *key)) {
        return Err(Failure::Nonsense(say!("download-one-of-the-fields-that")));
    }
    // Who takes the tick of a field away wants only the others, whatever stands chosen above the ticks.
    let is_ticked_off = !keys.is_empty() && keys.len() < fields.current().count();
    let keys = match (text(pairs, "fields"), keys.is_empty()) {
        ("all", false) if is_ticked_off => Some(keys),
        ("some", true) => return Err(Failure::Nonsense(say!("download-choose-at-least-one-field"))),
        ("some", false) => Some(keys),
        ("" | "all", _) => None,
        _ => return Err(Failure::Nonsense(say!("download-the-address-asks-for-what"))),
    };
    let (search, filters) = match text(pairs, "who") {
        "search" => (text(pairs, "search").to_owned(), filters_of(fields, pairs)?),
        "" | "everyone" | "selection" => (String::new(), Vec::new()),
        _ => return Err(Failure::Nonsense(say!("download-the-address-asks-for-what"))),
    };
    Ok(DownloadChoice { format, search, filters, selection: None, fields: keys, template: false })
}

fn filters_of(fields: &Fields, pairs: &[(String, String)]) -> Answer<Vec<(FieldNumber, String)>> {
    let named = pairs.iter().filter_map(|(name, value)| Some((name.strip_prefix(FILTER)?, value)));
    let filters: Vec<_> = named.map(|(key, value)| (key.to_owned(), value.clone())).collect();
    let asked = Asked::read(fields, &filters);
    if asked.query.filters.len() == filters.len() {
        Ok(asked.query.filters)
    } else {
        Err(Failure::Nonsense(say!("download-one-of-the-fields-that")))
    }
}

impl DownloadPage {
    fn load(app: &App, actor: Actor, pairs: &[(String, String)]) -> Result<Self> {
        let fields = app.store.fields(actor.account.id)?;
        let asked = Asked::read(&fields, pairs);
        let found = match asked.narrows() {
            true => Some(app.store.count_users(actor.account.id, &asked.query, FOUND_MOST + 1)?),
            false => None,
        };
        let narrowed = narrowed::in_words(app, actor.account.id, &fields, &asked)?;
        let unread = unread(&fields, pairs);
        Ok(Self { actor, fields, asked, found, narrowed, unread })
    }

    fn markup(&self) -> Markup {
        Frame::new(&self.actor, Part::Users, say!("download-download-user-data")).page(&html! {
            h1 { (say!("download-download-user-data")) }
            (unread_told(&self.unread))
            ol.instructions {
                li { (say!("download-edit-the-users-in-the")) }
                li { (say!("download-delete-the-rows-and-columns")) }
                li {
                    (say_markup!("download-save-the-file-and-import", link = html! {
                        a href={ "/o/" (self.actor.account.slug) "/import" } { (say!("download-import-it")) }
                    }))
                }
            }
            form.stack.panel data-download method="get" action={ "/o/" (self.actor.account.slug) "/download/file" } {
                (self.who())
                fieldset {
                    legend { (say!("download-kind-of-file")) }
                    @for (format, word, _) in FORMATS {
                        label.radio {
                            input type="radio" name="format" value=(word) checked[format == Format::Xlsx];
                            (label_of(format))
                        }
                    }
                }
                (self.which_fields())
                button.primary type="submit" { (say!("download-download")) }
            }
            div.banner.note #downloading hidden tabindex="-1" {
                span.icon aria-hidden="true" { "✓" }
                div {
                    p { (say!("download-on-its-way")) }
                    p { a.button href={ "/o/" (self.actor.account.slug) "/import" } { (say!("download-then-import")) } }
                }
            }
        })
    }

    fn who(&self) -> Markup {
        let everyone = self.actor.account.users;
        html! {
            @if let Some(found) = &self.found {
                fieldset {
                    legend { (say!("download-users")) }
                    label.radio {
                        input type="radio" name="who" value="everyone";
                        (say!("download-everyone", users = everyone))
                    }
                    label.radio {
                        input type="radio" name="who" value="search" checked;
                        (say!("download-those-found", search = self.narrowed_to(), count = how_many(found)))
                    }
                    input type="hidden" name="search" value=(self.asked.query.search);
                    @for (key, value) in self.asked.filters() {
                        input type="hidden" name={ (FILTER) (key) } value=(value);
                    }
                }
            } @else {
                p { (say!("download-will-hold", users = everyone)) }
            }
        }
    }

    /// `“ann”, Status: Active`: the search and the filters as people read them.
    fn narrowed_to(&self) -> String {
        let search = Some(&self.asked.query.search).filter(|search| !search.is_empty());
        let search = search.map(|search| format!("“{search}”"));
        search.into_iter().chain(self.narrowed.iter().cloned()).collect::<Vec<_>>().join(", ")
    }

    fn which_fields(&self) -> Markup {
        html! {
            fieldset {
                legend { (say!("download-fields")) }
                label.radio { input type="radio" name="fields" value="all" checked; (say!("download-all-fields")) }
                label.radio { input type="radio" name="fields" value="some"; (say!("download-only-these")) }
                div.ticks {
                    @for field in self.fields.current() {
                        label.tick {
                            input type="checkbox" name="field" value=(field.key) checked;
                            (field.title())
                        }
                    }
                }
                p.hint { (say!("download-the-user-id-is-always")) }
            }
        }
    }
}
