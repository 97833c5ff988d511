//! In which language a page speaks: that of the person, else of the organisation, else the one that this browser had last, else the one that it
//! asks for, else English. Until it is known who asks, the browser alone tells; `signed_in` says the rest, once.

use axum::http::HeaderMap;
use axum::http::header::{self, HeaderValue};
use axum::response::Response;
use maud::{Markup, html};
use sentences::{Language, speak, spoken};

use super::cookies::Cookie;
use crate::access::Visit;
use crate::app::App;

/// The language of a request of which only the browser is known.
pub(in crate::web) fn of_visit(app: &App, visit: Visit, headers: &HeaderMap) -> Language {
    let kept = Cookie::Language.among(visit, headers);
    let kept = kept.as_deref().and_then(Language::of_tag);
    let asked = || Language::accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?);
    let allowed = |language: &Language| *language != Language::Mirrored || app.settings.disguise;
    kept.filter(allowed).or_else(asked).unwrap_or_default()
}

/// From now on the language that somebody chose is spoken; who looks at pages in disguise goes on with it.
pub(in crate::web) fn spoken_by(chosen: Option<Language>) {
    if let Some(language) = chosen.filter(|_| spoken() != Language::Mirrored) {
        speak(language);
    }
}

/// Keeps the language of a page in the browser when it is another than what the browser told, for the pages before signing in.
pub(in crate::web) fn keep(visit: Visit, told: Language, answer: &mut Response) {
    let language = spoken();
    if language == told || answer.headers().get_all(header::SET_COOKIE).iter().any(is_of_language) {
        return;
    }
    if let Ok(line) = HeaderValue::try_from(Cookie::Language.line(visit, Some(language.tag()))) {
        answer.headers_mut().append(header::SET_COOKIE, line);
    }
}

fn is_of_language(line: &HeaderValue) -> bool {
    line.to_str().is_ok_and(|line| line.contains("muster-language="))
}

/// The choice for whoever has no page about themselves: the other languages as buttons, each in itself.
pub(in crate::web) fn switch() -> Markup {
    html! {
        form.languages method="post" action="/language" {
            @for language in Language::SHIPPED {
                @if language == spoken() {
                    span aria-current="true" { (language.name()) }
                } @else {
                    button.quiet.small type="submit" name="language" value=(language.tag()) lang=(language.tag()) { (language.name()) }
                }
            }
        }
    }
}

/// What a kept choice of a form means; none when it is the organisation's or the browser's.
pub(in crate::web) fn chosen(app: &App, tag: &str) -> Option<Language> {
    let allowed = |language: &Language| *language != Language::Mirrored || app.settings.disguise;
    Language::of_tag(tag).filter(allowed)
}

/// The name of a language as its page says it, in itself.
pub(in crate::web) fn named(language: Language) -> Markup {
    html! { span lang=(language.tag()) dir=(language.direction()) { (language.name()) } }
}
