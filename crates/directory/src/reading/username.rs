//! Usernames: what PRECIS (RFC 8264) lets be an identifier, without `@`, so that no username looks like an email.

use std::borrow::Cow;

use precis_profiles::UsernameCaseMapped;
use precis_profiles::precis_core::profile::PrecisFastInvocation;

use super::text::is_invisible;
use crate::{Code, Wrong};

/// Reads a username; it stays as typed.
///
/// # Errors
/// [`Code::NotAUsername`], with the name without its spaces where that would be one.
pub(super) fn read(text: &str) -> Result<String, Wrong> {
    if is_username(text) {
        return Ok(text.to_owned());
    }
    let visible = text.replace(is_invisible, "");
    let dotted = visible.split_whitespace().collect::<Vec<_>>().join(".");
    let suggestions = Some(dotted).filter(|name| is_username(name)).into_iter().collect();
    Err(Wrong { suggestions, ..Wrong::plain(Code::NotAUsername) })
}

/// Whether a text is a username.
pub(crate) fn is_username(text: &str) -> bool {
    !text.contains('@') && key(text).is_some()
}

/// The key of a username: UsernameCaseMapped (RFC 8265, 3.3). None when it is no username.
pub(crate) fn key(text: &str) -> Option<Cow<'_, str>> {
    if text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) && !text.is_empty() {
        return Some(Cow::Borrowed(text));
    }
    UsernameCaseMapped::enforce(text).ok()
}

#[cfg(test)]
mod tests {
    use super::{key, read};
    use crate::Code;

    #[test]
    fn identifiers_are_taken_as_typed() {
        for (text, folded) in [
            ("ann", "ann"),
            ("Ann.Smith", "ann.smith"),
            ("a-b_c", "a-b_c"),
            ("ZOË", "zoë"),
            ("00123", "00123"),
            ("ａｎｎ", "ann"),
            ("ñandú", "ñandú"),
        ] {
            assert_eq!(read(text).as_deref(), Ok(text));
            assert_eq!(key(text).as_deref(), Some(folded), "{text}");
        }
    }

    #[test]
    fn other_texts_are_told() {
        for (text, suggestion) in [
            ("ann@example.com", None),
            ("Ann Smith", Some("Ann.Smith")),
            ("ann\u{200b}", Some("ann")),
            ("a\nb", Some("a.b")),
            ("♥", None),
        ] {
            let wrong = read(text).expect_err(text);
            assert_eq!(
                (wrong.code, wrong.suggestions.first().map(String::as_str)),
                (Code::NotAUsername, suggestion),
                "{text}"
            );
        }
    }
}
