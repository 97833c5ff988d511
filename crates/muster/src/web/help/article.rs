//! The article: what to do, step by step, in the order in which it is done; and what to know.

use maud::{Markup, html};
use sentences::say;

use super::demo;
use crate::web::frame::components::action::Weight;
use crate::web::frame::words::say_markup;
use crate::web::practice;

/// A part of the article: where it stands on the page, and its heading.
struct Part {
    place: &'static str,
    heading: &'static str,
}

fn parts() -> [Part; 7] {
    [
        Part { place: "steps", heading: say!("help-steps") },
        Part { place: "know", heading: say!("help-know") },
        Part { place: "demo", heading: say!("help-demo") },
        Part { place: "red", heading: say!("help-red") },
        Part { place: "in-use", heading: say!("help-in-use") },
        Part { place: "undo", heading: say!("help-undo") },
        Part { place: "feedback", heading: say!("help-helpful") },
    ]
}

/// "On this page".
pub(super) fn contents() -> Markup {
    html! {
        nav.toc aria-label=(say!("help-on-this-page")) {
            b { (say!("help-on-this-page")) }
            @for part in parts() { a href={ "#" (part.place) } { (part.heading) } }
        }
    }
}

/// The article, but for the question at its end.
pub(super) fn text() -> Markup {
    let [steps, know, demo, red, in_use, undo, _] = parts();
    html! {
        h1 { (say!("help-title")) }
        p.muted { (say_markup!("help-lead", demo = html! { a href="#demo" { (say!("help-scroll-to-demo")) } })) }
        div.actions {
            a.button href="/" { (say!("help-go-to-users")) }
            (practice::button(Weight::Plain))
        }
        p.muted { (say!("practice-told", days = practice::DAYS)) }
        (heading(&steps))
        ol { @for step in steps_of_the_way() { li { (step) } } }
        (heading(&know))
        ul { @for note in notes() { li { (note) } } }
        (heading(&demo))
        (demo::section())
        (heading(&red))
        p { (say!("help-red-text")) }
        p { (say!("help-conflicts-text")) }
        (heading(&in_use))
        p { (say!("help-in-use-text")) }
        (heading(&undo))
        p { (undoing()) }
    }
}

fn heading(part: &Part) -> Markup {
    html! { h2 #(part.place) tabindex="-1" { (part.heading) } }
}

/// What stands on a button or in a menu.
fn named(text: &str) -> Markup {
    html! { b { (text) } }
}

fn steps_of_the_way() -> [Markup; 12] {
    let users = || named(say!("layout-users"));
    let menu = || html! { b aria-hidden="true" { "⋮" } span.unseen { (say!("users-more-actions")) } };
    let download = || named(say!("download-download-user-data"));
    let import = || named(say!("users-import-user-data"));
    [
        say_markup!("help-step-users", users = users()),
        say_markup!("help-step-menu", menu = menu()),
        say_markup!("help-step-choose-download", download = download()),
        say_markup!("help-step-download", download = download()),
        html! { (say!("help-step-columns")) },
        html! { (say!("help-step-user-id")) },
        html! { (say!("help-step-save")) },
        say_markup!("help-step-back", users = users(), menu = menu()),
        say_markup!("help-step-import", import = import()),
        say_markup!("help-step-select", select = named(say!("upload-select-a-file-to-import"))),
        html! { (say!("help-step-wait")) },
        html! { (say!("help-step-done")) },
    ]
}

fn notes() -> [&'static str; 5] {
    [
        say!("help-note-rows"),
        say!("help-note-column"),
        say!("help-note-delete"),
        say!("help-note-new"),
        say!("help-note-formats"),
    ]
}

fn undoing() -> Markup {
    say_markup!(
        "help-undo-text",
        imports = named(say!("layout-imports")),
        undo = named(say!("done-undo-this-import"))
    )
}
