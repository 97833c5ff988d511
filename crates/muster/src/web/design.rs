//! Every component of the pages in every state, at `/design` of a demo: to be looked at, light and dark, wide and narrow, and judged by
//! the browser's tests. What stands in it is made up.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use maud::{Markup, html};
use sentences::Language;

use super::frame::components::action::{Weight, answer, go, send};
use super::frame::components::banner::{Tone, banner};
use super::frame::components::bar::{bar, meter};
use super::frame::components::chip;
use super::frame::components::empty::{Way, empty, ways};
use super::frame::components::field::Field;
use super::frame::components::mark::{Of, count, mark, status};
use super::frame::components::menu;
use super::frame::components::table::{Column, Sorting, Width, table};
use super::frame::components::tabs::{Tab, tabs};
use super::frame::guard;
use super::frame::layout::bare_page_with;
use crate::app::App;

/// The page, to be merged with the others when the server shows a demo.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/design", get(show))
        .layer(from_fn_with_state(app.clone(), guard::guard))
        .with_state(app)
}

async fn show() -> Markup {
    let main = html! {
        div.head.wrap {
            div { h1 { "Design" } p.muted.small { "Every component, in every state" } }
            form method="post" action="/language" { (answer(Weight::Quiet, "language", Language::Mirrored.tag(), "In disguise")) }
            span.end { (go(Weight::Plain, "#", "Download")) (go(Weight::Ready, "#", "Import")) (dots()) }
        }
        (part("Actions", &actions()))
        (part("Parts of a page", &parts()))
        (part("Chips", &chips()))
        (part("Signs", &signs()))
        (part("Banners", &banners()))
        (part("A table", &users()))
        (part("A table of cells", &cells()))
        (part("Fields", &fields()))
        (part("Kinds and their repair", &bench()))
        (part("Look at this first", &blast()))
        (part("Nothing here", &nothing()))
    };
    bare_page_with("Design", &main, Some(&foot()))
}

fn part(title: &str, what: &Markup) -> Markup {
    html! { h2 { (title) } (what) }
}

fn dots() -> Markup {
    menu::dots(
        "More actions",
        &html! {
            li { a href="#" { "Download user data" } }
            li { a href="#" aria-current="true" { "Import user data" } }
            li.line {}
            li { button type="button" { "Sign out" } }
        },
    )
}

fn actions() -> Markup {
    html! {
        div.row {
            @for (weight, words) in [
                (Weight::Plain, "One of several"), (Weight::Primary, "The next step"), (Weight::Ready, "The way out"),
                (Weight::Quiet, "Beside the matter"), (Weight::Danger, "Takes away"),
            ] { (send(weight, words, None)) }
            button disabled { "Not now" }
            button.small type="button" { "Small" }
            (answer(Weight::Plain, "answer", "yes", "Yes"))
            (menu::worded("Columns", true, &html! { ul { li { a href="#" { "Job title" } } } }))
        }
    }
}

fn parts() -> Markup {
    let tab =
        |words: &str, count, here| Tab { words: words.to_owned(), address: "#".to_owned(), count, here };
    tabs(
        "Parts of the review",
        &[
            tab("Problems", Some((Of::Bad, 316)), true),
            tab("Conflicts", Some((Of::Wait, 3)), false),
            tab("Worth knowing", Some((Of::Quiet, 5)), false),
            tab("What will change", Some((Of::Good, 1_170)), false),
            tab("Left out", Some((Of::Quiet, 0)), false),
            tab("History", None, false),
        ],
    )
}

fn chips() -> Markup {
    html! {
        div.row {
            label.unseen for="q" { "Search users" }
            input #q.search type="search" placeholder="Name, email, ID, number or job title";
            span.row.chips {
                (chip::pressed("Department: Sales", "#"))
                (chip::offered("Inactive", "#"))
                (chip::choices("Status", &html! { ul { li { a href="#" { "Active" } } li { a href="#" { "Inactive" } } } }))
            }
        }
    }
}

fn signs() -> Markup {
    html! {
        div.row {
            (status(true, "Active")) (status(false, "Inactive"))
            @for (of, words) in
                [(Of::Wait, "affects sign-in"), (Of::Bad, "cleared"), (Of::Good, "new"), (Of::Quiet, "undone")] {
                (mark(of, words)) (count(of, 12))
            }
            (meter("27 % ready, 2 % waits", 117, 9, 436))
            span.mono { "U-7QK2M94TWC" } span { kbd { "Ctrl" } " " kbd { "Enter" } }
        }
    }
}

fn banners() -> Markup {
    html! {
        @for (tone, words) in [
            (Tone::Good, "312 users were successfully edited"), (Tone::Note, "Somebody else changed this user"),
            (Tone::Wait, "Waits for support"), (Tone::Bad, "Nothing was saved yet"),
        ] { (banner(tone, &html! { p { (words) } @if tone == Tone::Bad { ul { li { a href="#email" { "Email: no address" } } } } })) }
        progress max="100" value="40" aria-label="40 %" {}
    }
}

fn users() -> Markup {
    let sorting = |descending| Sorting { descending, address: "#".to_owned() };
    let columns = [
        Column::new("Chosen", Width::Tick),
        Column::new("Name, by last name", Width::User).sorted(sorting(Some(false))),
        Column::new("Email or username", Width::Mail).sorted(sorting(None)).wide_only(),
        Column::new("Job title", Width::Rest).wide_only(),
        Column::new("Changes", Width::Number).of_numbers().wide_only(),
        Column::new("Status", Width::Status),
    ];
    let rows = [
        ("Amina Abbott", "amina.abbott@acme.example", "Payroll Specialist", true),
        ("يوسف حداد", "youssef.haddad@acme.example", "Driver", true),
        (
            "李伟",
            "wei.li@acme.example",
            "Junior Engineer, Test & Release, and a title that is far too long for its column, by much",
            false,
        ),
    ];
    table(
        "Users",
        &columns,
        &html! {
            @for (place, (name, email, title, active)) in rows.into_iter().enumerate() {
                tr.on[place == 0] {
                    td.tick { label { input type="checkbox" checked[place == 0] aria-label=(name); } }
                    th scope="row" { a href="#" dir="auto" { (name) } small.only-small { (email) } }
                    td.not-small { (email) }
                    td.not-small dir="auto" { (title) }
                    td.num.not-small { (place * 40) }
                    td { (status(active, if active { "Active" } else { "Inactive" })) }
                }
            }
        },
    )
}

fn cells() -> Markup {
    let columns = [
        Column::new("Row", Width::Row),
        Column::new("User", Width::User),
        Column::new("Department", Width::Value),
        Column::new("Was", Width::Middle).wide_only(),
        Column::new("Will be", Width::Note).wide_only(),
    ];
    table(
        "Cells",
        &columns,
        &html! {
            @for (row, class, value) in
                [(14, "bad here", "Fianance"), (21, "bad", "Fianance"), (33, "fixed", "Finance"), (57, "parked", "HR"), (58, "", "Sales")] {
                tr {
                    td.rownum { (row) }
                    th scope="row" { "Wei Li" }
                    td class=[Some(class).filter(|class| !class.is_empty())] { (value) }
                    td.was.not-small { del { "Translator" } }
                    td.empty.not-small { "will be empty" }
                }
            }
        },
    )
}

fn fields() -> Markup {
    let name = Field { id: "name", label: "First name", hint: Some("As on the badge"), problem: None };
    let email = Field { id: "email", label: "Email", hint: None, problem: Some("The email has no @") };
    html! {
        form.stack.narrow {
            (name.around(&html! { input #name type="text" value="Zoë" aria-describedby=[name.described_by()]; }))
            (email.around(&html! {
                input #email type="email" value="zoe.acme.example" aria-invalid="true" aria-describedby=[email.described_by()];
            }))
            fieldset.radios {
                legend { "Kind of file" }
                label { input type="radio" name="kind" checked; "Excel workbook" }
                label { input type="radio" name="kind"; "Text" }
            }
            input type="text" value="managed elsewhere" readonly aria-label="Managed elsewhere";
        }
        dl.facts { dt { "Organisation" } dd { "Acme Ltd" } dt { "Import" } dd { "users-march.xlsx, row 77" } }
    }
}

fn bench() -> Markup {
    let kind = |title: &str, number: i64, what: &str, here: bool| {
        html! {
            a href="#" aria-current=[here.then_some("true")] {
                span { (title) } (count(Of::Bad, number)) span { (what) }
            }
        }
    };
    html! {
        div.bench {
            nav.kinds aria-label="Kinds of problems" {
                details open {
                    summary { "Department " (count(Of::Bad, 11)) }
                    (kind("Phone", 300, "no country code", false))
                    (kind("Department", 11, "not one of the options", true))
                    p.done { "✓ Language: 8 put right" button.quiet type="button" { "Undo" } }
                }
            }
            section.card.repair {
                h3 { "Department: 11 cells are not one of the options" }
                div.values {
                    span.flat { "Fianance" } span.muted { "8 cells" } span.arrow { "→" }
                    select aria-label="Fianance becomes" { option { "Finance" } }
                    span.hint { "nearest option" }
                }
                div.row { button.primary type="button" { "Change these 11 cells" } span.hint { "One step, and one Undo." } }
            }
        }
    }
}

fn blast() -> Markup {
    html! {
        section.card.blast aria-label="Look at this first" {
            div {
                label { input type="checkbox"; "Yes, make 212 of 3,000 users inactive." }
                span.muted.small { "They can’t sign in from then on." }
                a.small href="#" { "See the 212" }
            }
        }
    }
}

fn nothing() -> Markup {
    let way = |title, words, action| Way { title, words, action };
    html! {
        (empty(&html! { p { "Nobody matches. " a href="#" { "Show everyone" } } }))
        (ways(&[
            way("I have a list already", "From payroll, HR or another system, as it is.", html! {
                div.drop { "Drop a file here" } (send(Weight::Plain, "Choose a file", None))
            }),
            way("I start with an empty sheet", "A workbook with your fields as columns.", go(Weight::Plain, "#", "Download new user template")),
        ]))
    }
}

fn foot() -> Markup {
    bar(
        &html! { (meter("27 % ready", 117, 3, 436)) span { b { "117 of 436 users ready" } span.muted.not-small { " · 312 have problems" } } },
        &html! { (go(Weight::Plain, "#", "Download")) (go(Weight::Ready, "#", "Update 117 now")) },
    )
}
