//! What the forms about fields send, and what is kept of it in the log.

use directory::Kind;
use events::{Event, Line};
use sentences::say;

use crate::access::Actor;
use crate::web::frame::errors::{Answer, Failure};

/// A form as it came.
pub(super) struct Sent(pub(super) Vec<(String, String)>);

impl Sent {
    /// The text of a name; empty when there is none.
    pub(super) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(of, _)| of == name).map_or("", |(_, text)| text.as_str())
    }

    /// Whether something is ticked.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(of, _)| of == name)
    }

    /// What is to be done, and the number behind it: `rename.3`.
    pub(super) fn act(&self) -> (&str, Option<u32>) {
        let act = self.text("act");
        match act.split_once('.') {
            Some((act, number)) => (act, number.parse().ok()),
            None => (act, None),
        }
    }
}

/// The kind of a word.
///
/// # Errors
/// When it is none that an organisation may define.
pub(super) fn kind_of(word: &str) -> Answer<Kind> {
    let found = Kind::CUSTOM.iter().find(|(of, _)| *of == word).map(|(_, kind)| *kind);
    found.ok_or(Failure::Nonsense(say!("sent-what-was-sent-is-not")))
}

/// A kind in words.
pub(super) fn words_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => say!("fields-kind-text"),
        Kind::Number => say!("fields-kind-number"),
        Kind::Date => say!("fields-kind-date"),
        Kind::YesNo => say!("fields-kind-yes-no"),
        Kind::Choice => say!("fields-kind-choice"),
        Kind::Choices => say!("fields-kind-choices"),
        Kind::Email => say!("fields-kind-email"),
        Kind::Phone => say!("fields-kind-phone"),
        Kind::User => say!("fields-kind-user"),
        Kind::Username => say!("fields-kind-username"),
        Kind::Status => say!("fields-kind-status"),
        Kind::Language => say!("fields-kind-language"),
    }
}

/// The line that a definition is changed.
pub(super) fn line_of(actor: &Actor, key: &str) -> Line {
    let line = Event::SettingChanged.line().by_administrator(actor.administrator);
    line.of_account(&actor.account.slug).with("field", key)
}
