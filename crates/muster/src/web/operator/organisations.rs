//! All organisations, as operators see them: how large each is, what waits, how often it was told of others; and making one.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use sentences::say;
use serde::Deserialize;
use store::AccountLine;

use super::frame::{Part, mebibytes, operators_page};
use crate::access::{LINK_HOURS, Made, make_organisation};
use crate::app::App;
use crate::web::frame::components::action::{Weight, send as send_button};
use crate::web::frame::components::banner::{Tone, banner};
use crate::web::frame::components::field::Field;
use crate::web::frame::components::table::{Column, Width, stacked};
use crate::web::frame::cookies::Seen;
use crate::web::frame::errors::Answer;
use crate::web::frame::sent::{Form, Query};
use crate::web::frame::shown_once::{base_of, shown_once};
use crate::web::frame::signed_in::Operator;

/// Days over which it is counted how often somebody was told of others.
pub(super) const TOLD_DAYS: i64 = 30;
const DAY: i64 = 24 * 60 * 60 * 1_000;

/// What was done before the page is shown.
#[derive(Deserialize)]
pub(in crate::web) struct Done {
    done: Option<String>,
}

/// An organisation that is to be made.
#[derive(Default, Deserialize)]
pub(in crate::web) struct Wanted {
    #[serde(default)]
    name: String,
    #[serde(default)]
    owner: String,
}

/// The list.
pub(in crate::web) async fn show(
    State(app): State<App>,
    Operator(_): Operator,
    Query(done): Query<Done>,
) -> Answer<Markup> {
    let told = (done.done.as_deref() == Some("removed"))
        .then(|| (Tone::Good, html! { (say!("operator-removal-begun")) }));
    let lines = lines(&app).await?;
    Ok(page(&lines, told.as_ref(), &Wanted::default(), (None, None)))
}

/// Makes one; the link of its owner is shown once.
pub(in crate::web) async fn send(
    State(app): State<App>,
    Operator(person): Operator,
    seen: Seen,
    headers: HeaderMap,
    Form(wanted): Form<Wanted>,
) -> Answer<Response> {
    let base = base_of(&app, &seen, &headers);
    let by = format!("administrator:{}", person.administrator.id);
    let (made, wanted) = app
        .run(move |app| {
            let made = make_organisation(app, &wanted.name, &wanted.owner, &by)?;
            Ok((made, wanted))
        })
        .await?;
    let lines = lines(&app).await?;
    Ok(match made {
        Made::Done(account, link) => {
            let link = link.map(|secret| format!("{base}/link/{secret}"));
            let words = made_words(&account.name, &account.slug, wanted.owner.trim(), link.as_deref());
            page(&lines, Some(&(Tone::Good, words)), &Wanted::default(), (None, None)).into_response()
        }
        Made::Wrong(name, owner) => {
            let body = page(&lines, None, &wanted, (name.as_deref(), owner.as_deref()));
            (StatusCode::UNPROCESSABLE_ENTITY, body).into_response()
        }
    })
}

async fn lines(app: &App) -> Answer<Vec<AccountLine>> {
    let since = app.clock.now().0 / DAY - TOLD_DAYS;
    Ok(app.run(move |app| app.store.account_lines(since)).await?)
}

fn made_words(name: &str, slug: &str, owner: &str, link: Option<&str>) -> Markup {
    html! {
        p { (say!("operator-made", name = name, slug = slug)) }
        @match link {
            Some(link) => {
                p { (say!("administrators-link", email = owner, hours = LINK_HOURS)) }
                (shown_once(say!("administrators-link-label"), link))
            }
            None => { p { (say!("operator-made-known", email = owner)) } }
        }
    }
}

fn page(
    lines: &[AccountLine],
    told: Option<&(Tone, Markup)>,
    wanted: &Wanted,
    problems: (Option<&str>, Option<&str>),
) -> Markup {
    let failed = problems.0.is_some() || problems.1.is_some();
    let title = if failed { say!("operator-error-title") } else { say!("operator-organisations") };
    operators_page(
        Part::Organisations,
        title,
        &html! {
            @if let Some((tone, words)) = told { (banner(*tone, words)) }
            div.head { h1 { (say!("operator-organisations")) } }
            (listed(lines))
            (making(wanted, problems))
        },
    )
}

fn listed(lines: &[AccountLine]) -> Markup {
    let columns = [
        Column::new(say!("setup-organisation"), Width::Rest),
        Column::new(say!("operator-state-of-it"), Width::Middle),
        Column::new(say!("layout-users"), Width::Number).of_numbers(),
        Column::new(say!("operator-waiting"), Width::Middle).of_numbers(),
        Column::new(say!("operator-files"), Width::Number).of_numbers(),
        Column::new(say!("operator-told"), Width::Middle).of_numbers(),
    ];
    let number = |words: &str, text: String| html! { td.num data-unit=(words) { (text) } };
    stacked(
        say!("operator-organisations"),
        &columns,
        &html! {
            @for line in lines {
                tr {
                    th scope="row" {
                        @if line.removing { (line.account.name) }
                        @else { a href={ "/operator/organisations/" (line.account.slug) } dir="auto" { (line.account.name) } }
                        " " span.muted.small { (line.account.slug) }
                    }
                    td { (state_of(line)) }
                    (number(say!("layout-users"), directory::grouped(line.account.users)))
                    (number(say!("operator-waiting"), directory::grouped(line.waiting)))
                    (number(say!("operator-files"), mebibytes(line.bytes)))
                    (number(say!("operator-told"), directory::grouped(line.told)))
                }
            }
        },
    )
}

fn state_of(line: &AccountLine) -> &'static str {
    match line {
        AccountLine { removing: true, .. } => say!("operator-is-removing"),
        AccountLine { account, .. } if account.suspended.is_some() => say!("operator-is-suspended"),
        AccountLine { account, .. } if account.id.is_practice() => say!("operator-is-practice"),
        _ => say!("operator-is-in-use"),
    }
}

fn making(wanted: &Wanted, (no_name, no_owner): (Option<&str>, Option<&str>)) -> Markup {
    let name = Field { id: "name", label: say!("setup-organisation"), hint: None, problem: no_name };
    let owner = Field {
        id: "owner",
        label: say!("operator-owner"),
        hint: Some(say!("operator-owner-hint")),
        problem: no_owner,
    };
    html! {
        section aria-labelledby="make" {
            h2 #make { (say!("operator-make")) }
            form.stack.narrow method="post" action="/operator" {
                (name.around(&html! {
                    input #name name="name" value=(wanted.name) dir="auto" required autocomplete="off"
                        aria-invalid=[name.problem.map(|_| "true")] aria-describedby=[name.described_by()];
                }))
                (owner.around(&html! {
                    input #owner type="email" name="owner" value=(wanted.owner) maxlength="254" required autocomplete="off"
                        aria-invalid=[owner.problem.map(|_| "true")] aria-describedby=[owner.described_by()];
                }))
                div.actions { (send_button(Weight::Plain, say!("operator-make-button"), None)) }
            }
        }
    }
}
