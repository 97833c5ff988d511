//! New users: what is to become of rows without a User ID, and who will be created.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use directory::rows_without_id;
use import::{self, ChangesOf};
use maud::html;
use sentences::say;
use store::{Result, WrittenKind};

use super::changes::{Tense, changes_table};
use super::notice::Notice;
use super::place::Place;
use super::reviewing::{Reviewing, Shown};
use super::viewed::{Viewed, address};
use crate::app::App;
use crate::web::frame::components::action::{self, Weight};
use crate::web::frame::errors::Answer;
use crate::web::frame::pages::PageAt;
use crate::web::frame::reply::see;
use crate::web::frame::sent::Query;

/// Values on a page.
const PAGE: u32 = 100;

/// The page.
pub(in crate::web) async fn show(
    State(app): State<App>,
    viewed: Viewed,
    Query(at): Query<PageAt>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Answer<Response> {
    let notice = Notice::read(&pairs);
    Ok(app.run(move |app| page(app, viewed, &at, notice)).await?)
}

fn page(app: &App, viewed: Viewed, at: &PageAt, notice: Option<Notice>) -> Result<Response> {
    let of = match Reviewing::load(app, viewed)? {
        Ok(of) => of,
        Err(viewed) => return Ok(see(&address(&viewed.actor, viewed.import.id)).into_response()),
    };
    let wanted = ChangesOf { field: None, kind: Some(WrittenKind::New) };
    let page = import::changes_of(app, &of.viewed.import, &wanted, at.from(), PAGE)?;
    let asked = of.tally.without_id;
    let part = html! {
        div data-part="part" #new-users {
            @if asked > 0 {
                section.card.repair aria-labelledby="without-id" #without-id-part {
                    h2 #without-id tabindex="-1" { (rows_without_id(asked)) }
                    @if of.may_edit() {
                        form.row method="post" action={ (of.here()) "/fixes" } data-swap {
                            input type="hidden" name="back" value="new-users";
                            (action::answer(Weight::Primary, "without_id.all", "create", &say!("review-create", users = asked)))
                            (action::answer(Weight::Plain, "without_id.all", "leave_out",
                                if asked == 1 { say!("review-leave-it-out") } else { say!("review-leave-them-out") }))
                        }
                    }
                }
            }
            @if page.items.is_empty() {
                @if asked == 0 { div.empty { p { (say!("new-users-none")) } } }
            } @else {
                h2 #created { (say!("new-users-created", users = of.tally.new_users)) }
                (changes_table(&of.viewed.actor, &page.items, Tense::Future))
            }
        }
        (at.links(say!("changes-list"), &page, PAGE))
    };
    Ok(of.page(&Shown { place: Some(Place::NewUsers), notice, part, bar: true }).into_response())
}
