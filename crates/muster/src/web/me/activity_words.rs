//! The activity in words: what each kind of act is called, and what it is about.

use events::Event;
use maud::{Markup, html};
use sentences::say;
use store::Role;

use super::administrators::role_words;
use crate::access::ActivityPage;

/// The kinds of acts that are kept, in the order of the list of events.
pub(super) fn kinds() -> impl Iterator<Item = (Event, &'static str)> {
    Event::ALL.into_iter().filter(|event| event.is_kept()).map(|event| (event, words_of(event)))
}

/// What an act is called; of one that this program does not know, its word.
pub(super) fn title(word: &str) -> &str {
    Event::of_word(word).map_or(word, |event| words_of(event))
}

fn words_of(event: Event) -> &'static str {
    match event {
        Event::SignedIn => say!("activity-signed-in"),
        Event::SignInFailed => say!("activity-sign-in-failed"),
        Event::SignedOut => say!("activity-signed-out"),
        Event::SessionsEnded => say!("activity-sessions-ended"),
        Event::LinkMade => say!("activity-link-made"),
        Event::PasswordChanged => say!("activity-password-changed"),
        Event::PasswordChangeFailed => say!("activity-password-change-failed"),
        Event::EmailChanged => say!("activity-email-changed"),
        Event::FactorSet => say!("activity-factor-set"),
        Event::FactorRemoved => say!("activity-factor-removed"),
        Event::FactorFailed => say!("activity-factor-failed"),
        Event::RecoveryCodeUsed => say!("activity-recovery-code-used"),
        Event::RoleGiven => say!("activity-role-given"),
        Event::RoleRemoved => say!("activity-role-removed"),
        Event::TokenMade => say!("activity-token-made"),
        Event::TokenRevoked => say!("activity-token-revoked"),
        Event::Downloaded => say!("activity-downloaded"),
        Event::FileSent => say!("activity-file-sent"),
        Event::ReportSent => say!("activity-report-sent"),
        Event::ChangesSent => say!("activity-changes-sent"),
        Event::ActivitySent => say!("activity-activity-sent"),
        Event::Uploaded => say!("activity-uploaded"),
        Event::ImportCompleted => say!("activity-import-completed"),
        Event::ImportUndone => say!("activity-import-undone"),
        Event::AccountMade => say!("activity-account-made"),
        Event::SettingChanged => say!("activity-setting-changed"),
        Event::UserErased => say!("activity-user-erased"),
        Event::TicketRaised => say!("activity-ticket-raised"),
        Event::TicketDecided => say!("activity-ticket-decided"),
        Event::ValueReleased => say!("activity-value-released"),
        // Of the log alone.
        other => other.word(),
    }
}

/// Who did something, as owners know them.
pub(super) fn person_words(page: &ActivityPage, who: &str) -> String {
    if let Some(name) = page.name_of(who) {
        return name.to_owned();
    }
    match who.split_once(':') {
        Some(("administrator", number)) => say!("activity-person", number = number),
        Some(("token", name)) => say!("activity-token", name = name),
        Some(("cli", name)) => say!("activity-command", name = name),
        _ if who == "support" => say!("activity-support").to_owned(),
        _ if who == "mail" => say!("activity-mail").to_owned(),
        _ if who == "setup" => say!("activity-setup").to_owned(),
        _ => say!("activity-somebody").to_owned(),
    }
}

/// One thing that an act is about, with a link where it has a page.
pub(super) fn detail(slug: &str, page: &ActivityPage, name: &str, value: &str) -> Markup {
    let link = |path: &str| html! { a href={ "/o/" (slug) "/" (path) "/" (value) } { (value) } };
    let told = match name {
        "import" | "undoes" => link("imports"),
        "ticket" => link("tickets"),
        "user" => link("users"),
        "administrator" => html! { bdi { (person_words(page, &format!("administrator:{value}"))) } },
        "role" => html! { (Role::of_word(value).map_or(value, |role| role_words(role))) },
        _ => html! { bdi { (value_words(value)) } },
    };
    html! { (label(name)) ": " (told) }
}

fn label(name: &str) -> &str {
    match name {
        "import" => say!("activity-about-import"),
        "undoes" => say!("activity-about-undoes"),
        "ticket" => say!("activity-about-ticket"),
        "user" => say!("activity-about-user"),
        "administrator" => say!("activity-about-administrator"),
        "role" => say!("activity-about-role"),
        "users" => say!("activity-about-users"),
        "cells" => say!("activity-about-cells"),
        "rows" => say!("activity-about-rows"),
        "fields" => say!("activity-about-fields"),
        "field" => say!("activity-about-field"),
        "by" => say!("activity-about-by"),
        "token" => say!("activity-about-token"),
        "tokens" => say!("activity-about-tokens"),
        "sessions" => say!("activity-about-sessions"),
        "first" => say!("activity-about-first"),
        "second" => say!("activity-about-second"),
        "setting" => say!("activity-about-setting"),
        "before" => say!("activity-about-before"),
        "after" => say!("activity-about-after"),
        "state" => say!("activity-about-state"),
        "quota" => say!("activity-about-quota"),
        "most" => say!("activity-about-most"),
        other => other,
    }
}

/// Words of the log in words of people; anything else is as it is.
fn value_words(value: &str) -> &str {
    match value {
        "everybody" => say!("activity-by-everybody"),
        "search" => say!("activity-by-search"),
        "selection" => say!("activity-by-selection"),
        "all" => say!("activity-fields-all"),
        "password" => say!("activity-first-password"),
        "link" => say!("activity-first-link"),
        "code" => say!("activity-second-code"),
        "answered" => say!("ticket-state-answered"),
        "declined" => say!("ticket-state-declined"),
        other => other,
    }
}
