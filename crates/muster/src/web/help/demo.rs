//! The quick demo: a film of the real pages, with what it shows in words. `scripts/record-demo` makes it.

use maud::{Markup, html};
use sentences::{Language, say, spoken};

use crate::web::frame::assets;

/// What was filmed: a line for each step, `KEY FROM-MILLISECONDS TO-MILLISECONDS DIGEST`.
const FILMED: &str = include_str!("../frame/assets/demo/steps.txt");

/// What the steps say, in their order.
fn words() -> [&'static str; 10] {
    [
        say!("demo-users"),
        say!("demo-menu"),
        say!("demo-choose-download"),
        say!("demo-download"),
        say!("demo-edit"),
        say!("demo-back"),
        say!("demo-import"),
        say!("demo-select"),
        say!("demo-red"),
        say!("demo-complete"),
    ]
}

/// When each step is seen, in milliseconds from the beginning.
fn times() -> impl Iterator<Item = (u64, u64)> {
    FILMED.lines().filter_map(|line| {
        let mut words = line.split(' ').skip(1);
        Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
    })
}

/// The film, and what it shows in words.
pub(super) fn section() -> Markup {
    let seconds = times().last().map_or(0, |(_, to)| to / 1000);
    html! {
        video.video controls preload="none" width="1280" height="720" src=(assets::address("demo.mp4"))
            poster=(assets::address("poster.png")) aria-label=(say!("help-demo-name")) {
            @for language in Language::SHIPPED {
                track kind="captions" src={ "/help/captions.vtt?language=" (language.tag()) } srclang=(language.tag())
                    label=(language.name()) default[language == spoken()];
            }
        }
        p.small.muted { (say!("help-demo-note", seconds = seconds)) }
        ol.transcript { @for step in words() { li { (step) } } }
    }
}

/// The captions (WebVTT).
pub(super) fn captions() -> String {
    let cues = times()
        .zip(words())
        .map(|((from, to), words)| format!("\n{} --> {}\n{words}\n", clock(from), clock(to)));
    std::iter::once("WEBVTT\n".to_owned()).chain(cues).collect()
}

/// A moment as WebVTT writes it: `00:12.500`.
fn clock(milliseconds: u64) -> String {
    format!("{:02}:{:02}.{:03}", milliseconds / 60_000, milliseconds / 1000 % 60, milliseconds % 1000)
}
