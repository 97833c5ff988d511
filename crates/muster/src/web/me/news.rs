//! Word for whoever looks: imports of theirs that came to rest, tickets that support decided about. What was not seen yet is marked, and
//! seen with a button or by looking at what it is about.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::{News, NewsKind, Time};

use crate::app::App;
use crate::web::frame::components::empty::empty;
use crate::web::frame::components::mark::{Of, mark};
use crate::web::frame::errors::Answer;
use crate::web::frame::layout::bare_page_with;
use crate::web::frame::moment::moment;
use crate::web::frame::reply::see;
use crate::web::frame::sent::Form;
use crate::web::frame::signed_in::Person;

/// Until which word all was seen: what came since was not on the page.
#[derive(Deserialize)]
pub(in crate::web) struct Until {
    #[serde(default)]
    until: i64,
}

/// The list.
pub(in crate::web) async fn show(State(app): State<App>, Person(person): Person) -> Answer<Markup> {
    let number = person.administrator.id;
    let news = app.run(move |app| app.store.news(number)).await?;
    Ok(page(&news))
}

/// Marks all that was on the page as seen.
pub(in crate::web) async fn seen(
    State(app): State<App>,
    Person(person): Person,
    Form(sent): Form<Until>,
) -> Answer<Redirect> {
    let number = person.administrator.id;
    app.run(move |app| app.store.see_news(number, Time(sent.until), app.clock.now())).await?;
    Ok(see("/me/news"))
}

fn page(news: &[News]) -> Markup {
    let title = say!("news-title");
    let newest = news.first().map(|news| news.at.0);
    let main = html! {
        p.way { a href="/" { "← " (say!("news-back")) } }
        div.head.wrap {
            h1 { (title) }
            @if let Some(until) = newest.filter(|_| news.iter().any(|news| !news.seen)) {
                form.end method="post" {
                    input type="hidden" name="until" value=(until);
                    button type="submit" { (say!("news-all-seen")) }
                }
            }
        }
        @if news.is_empty() { (empty(&html! { p { (say!("news-none")) } })) }
        ul.rows.stack #news { @for one in news { li { (line(one)) } } }
    };
    bare_page_with(title, &main, None)
}

fn line(news: &News) -> Markup {
    let (slug, name) = &news.account;
    let address = match news.kind.import(news.about) {
        Some(import) => format!("/o/{slug}/imports/{import}"),
        None => format!("/o/{slug}/tickets/{}", news.about),
    };
    html! {
        div {
            p {
                @if !news.seen { (mark(Of::Wait, say!("news-new"))) " " }
                a href=(address) { (words_of(news.kind)) }
            }
            p.muted { bdi { (name) } " · " (moment(news.at)) }
        }
    }
}

fn words_of(kind: NewsKind) -> &'static str {
    match kind {
        NewsKind::ImportDone => say!("news-import-done"),
        NewsKind::ImportReview => say!("news-import-review"),
        NewsKind::ImportFailed => say!("news-import-failed"),
        NewsKind::TicketAnswered => say!("news-ticket-answered"),
        NewsKind::TicketDeclined => say!("news-ticket-declined"),
        NewsKind::TicketFree => say!("news-ticket-free"),
    }
}
