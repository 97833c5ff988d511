//! The languages that Muster speaks, and which of them is spoken just now: on a thread, while something is said, and in a task, from one
//! poll of it to the next. Where nothing was set, English is spoken: on the command line, in REST, in the log.

use std::cell::Cell;
use std::pin::pin;

/// A language that Muster speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// British English, in which everything is said.
    #[default]
    English,
    /// German, as it is written in Germany.
    German,
    /// English in disguise: longer, each word in another direction, on pages from right to left. It shows what a language such as
    /// Arabic would meet, and which text of a page is not from the sentences. For demos and tests.
    Mirrored,
}

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
}

impl Language {
    /// The languages that people may choose.
    pub const SHIPPED: [Self; 2] = [Self::English, Self::German];

    /// Its tag, as `lang` of a page has it (BCP 47); that of the disguise is of those for private use, as others call theirs.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::German => "de",
            Self::Mirrored => "ar-XB",
        }
    }

    /// Its name, in itself.
    pub const fn name(self) -> &'static str {
        match self {
            Self::English | Self::Mirrored => "English",
            Self::German => "Deutsch",
        }
    }

    /// The direction in which it is written, as `dir` of a page has it.
    pub const fn direction(self) -> &'static str {
        match self {
            Self::English | Self::German => "ltr",
            Self::Mirrored => "rtl",
        }
    }

    /// The language of exactly this tag: what a choice is kept as.
    pub fn of_tag(tag: &str) -> Option<Self> {
        [Self::English, Self::German, Self::Mirrored].into_iter().find(|language| language.tag() == tag)
    }

    /// The first of the languages that a browser asks for (`Accept-Language`, RFC 9110, 12.5.4) that is shipped, the most wanted first.
    pub fn accepted(header: &str) -> Option<Self> {
        let mut wanted: Vec<(u16, Self)> = header.split(',').filter_map(wanted).collect();
        wanted.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
        wanted.first().map(|(_, language)| *language)
    }

    /// What stands between the thousands of a number.
    pub(crate) const fn thousands(self) -> char {
        match self {
            Self::English | Self::Mirrored => ',',
            Self::German => '.',
        }
    }

    /// What stands before the tenths of a number.
    pub(crate) const fn decimal_mark(self) -> char {
        match self {
            Self::English | Self::Mirrored => '.',
            Self::German => ',',
        }
    }
}

/// A shipped language of a list such as `de-AT;q=0.8`, with its weight in thousandths.
fn wanted(part: &str) -> Option<(u16, Language)> {
    let (range, weight) = part.split_once(';').unwrap_or((part, "q=1"));
    let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
    let primary = range.trim().split('-').next()?;
    let of = |language: &Language| {
        language.tag().split('-').next().is_some_and(|tag| tag.eq_ignore_ascii_case(primary))
    };
    let language = Language::SHIPPED.into_iter().find(of)?;
    (weight > 0.0).then_some(((weight.min(1.0) * 1_000.0) as u16, language))
}

/// The language that is spoken just now.
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// From now on, this task speaks another language. Within [`answering_in`], which gives the thread back as it was.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// Does something in a language; afterwards the thread speaks as before, also when what was done panicked.
pub fn speaking<T>(language: Language, what: impl FnOnce() -> T) -> T {
    let _turn = Turn(SPOKEN.replace(language));
    what()
}

/// A task that speaks a language, on whatever thread it goes on, until it [speaks](speak) another one.
pub async fn answering_in<F: Future>(language: Language, task: F) -> F::Output {
    let (mut task, mut language) = (pin!(task), language);
    std::future::poll_fn(|context| {
        let turn = Turn(SPOKEN.replace(language));
        let polled = task.as_mut().poll(context);
        language = SPOKEN.get();
        drop(turn);
        polled
    })
    .await
}

/// What was spoken before, and is again when this goes.
struct Turn(Language);

impl Drop for Turn {
    fn drop(&mut self) {
        SPOKEN.set(self.0);
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use super::*;

    #[test]
    fn a_browser_has_the_language_that_it_wants_most() {
        for (header, expected) in [
            ("de", Some(Language::German)),
            ("de-AT,de;q=0.9,en;q=0.8", Some(Language::German)),
            ("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", Some(Language::English)),
            ("en;q=0.2, DE;q=0.3", Some(Language::German)),
            ("de;q=0, en;q=0.1", Some(Language::English)),
            ("ar-XB", None),
            ("den, fr", None),
            ("de;q=x", None),
            ("", None),
            (";;q=,,-", None),
        ] {
            assert_eq!(Language::accepted(header), expected, "{header}");
        }
    }

    #[test]
    fn tags_are_read_again() {
        for language in Language::SHIPPED.into_iter().chain([Language::Mirrored]) {
            assert_eq!(Language::of_tag(language.tag()), Some(language));
        }
        for unknown in ["", "de-AT", "DE", "fr"] {
            assert_eq!(Language::of_tag(unknown), None, "{unknown}");
        }
    }

    #[test]
    fn a_thread_speaks_as_before_afterwards_even_after_a_panic() {
        let inner = speaking(Language::German, || (spoken(), speaking(Language::Mirrored, spoken), spoken()));
        assert_eq!(inner, (Language::German, Language::Mirrored, Language::German));
        let panicked = std::panic::catch_unwind(|| {
            speaking(Language::German, || assert!(spoken() != Language::German, "on purpose"));
        });
        assert!(panicked.is_err());
        assert_eq!(spoken(), Language::English);
    }

    /// Polls a task that waits between two words; others say theirs meanwhile.
    #[test]
    fn tasks_on_one_thread_keep_their_languages_apart() {
        let heard = std::cell::RefCell::new(Vec::new());
        let task = |language: Language| {
            let heard = &heard;
            answering_in(Language::English, async move {
                heard.borrow_mut().push(spoken());
                speak(language);
                let mut waited = false;
                std::future::poll_fn(|_| {
                    if waited {
                        Poll::Ready(())
                    } else {
                        waited = true;
                        Poll::Pending
                    }
                })
                .await;
                heard.borrow_mut().push(spoken());
            })
        };
        let (mut one, mut other) = (pin!(task(Language::German)), pin!(task(Language::Mirrored)));
        let mut context = Context::from_waker(Waker::noop());
        for _ in 0..2 {
            let polled = (one.as_mut().poll(&mut context), other.as_mut().poll(&mut context));
            assert_eq!(polled.0, polled.1);
            assert_eq!(spoken(), Language::English);
        }
        let (english, german) = (Language::English, Language::German);
        assert_eq!(*heard.borrow(), [english, english, german, Language::Mirrored]);
    }
}
