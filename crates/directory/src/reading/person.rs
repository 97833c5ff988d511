//! A user named in a cell, such as a manager: `Name (U-7K3QX9M2PD)`. The ID decides; the name in front is for people.

use super::settings::Read;
use super::{email, username};
use crate::{Code, IdProblem, UserId, Wrong};

/// Reads `Name (U-...)`, an ID alone, or an email or a username, which only the directory can resolve.
///
/// # Errors
/// [`Code::NotAUser`]; the detail is `damaged` when the check character of an ID is wrong.
pub(super) fn read(text: &str) -> Result<Read, Wrong> {
    match id_part(text).parse::<UserId>() {
        Ok(id) => Ok(Read::Value(Some(id.to_string()))),
        // A username may begin like an ID, but then it has no brackets around it.
        Err(IdProblem::Damaged) => Err(Wrong::with(Code::NotAUser, "damaged")),
        Err(IdProblem::NotAnId) if email::is_email(text) || username::is_username(text) => {
            Ok(Read::Login(text.to_owned()))
        }
        Err(IdProblem::NotAnId) => Err(Wrong::plain(Code::NotAUser)),
    }
}

/// What stands in the brackets at the end, else the whole text.
fn id_part(text: &str) -> &str {
    match text.strip_suffix(')').and_then(|rest| rest.rfind('(').map(|start| &rest[start + 1..])) {
        Some(inside) => inside,
        None => text,
    }
}

/// Whether a cell's text names the user of a stored form, letter for letter, whatever name stands in front.
pub(super) fn is_print_of(stored: &str, raw: &str) -> bool {
    let id = id_part(raw);
    id == stored && (id.len() == raw.len() || raw.ends_with(')'))
}

/// Writes `Name (U-...)`; the ID alone without a name.
pub(super) fn print(stored: &str, person: Option<&str>, into: &mut String) {
    match person {
        Some(name) if !name.is_empty() && name != stored => {
            into.push_str(name);
            into.push_str(" (");
            into.push_str(stored);
            into.push(')');
        }
        _ => into.push_str(stored),
    }
}

#[cfg(test)]
mod tests {
    use super::{Read, is_print_of, print, read};
    use crate::{Code, UserId};

    #[test]
    fn the_id_decides() {
        let id = UserId::from_number(482).expect("in range").to_string();
        let value = Ok(Read::Value(Some(id.clone())));
        for text in [
            id.clone(),
            id.to_lowercase(),
            format!("Ann ({id})"),
            format!("Ann (HR) ({id})"),
            format!("({id})"),
        ] {
            assert_eq!(read(&text), value, "{text}");
        }
        for person in [None, Some("Ann"), Some("Ann (HR)")] {
            let mut text = String::new();
            print(&id, person, &mut text);
            assert!(is_print_of(&id, &text), "{text}");
            assert!(!is_print_of(&id, &format!("{text}x")), "{text}");
        }
    }

    #[test]
    fn logins_are_left_to_the_directory() {
        for text in ["ann@example.com", "ann.smith", "00123"] {
            assert_eq!(read(text), Ok(Read::Login(text.to_owned())));
        }
        for (text, detail) in
            [("Ann Smith", None), ("U-7K3QX9M2P", Some("damaged")), ("Ann (U-2222222223)", Some("damaged"))]
        {
            let wrong = read(text).expect_err(text);
            assert_eq!((wrong.code, wrong.detail.as_deref()), (Code::NotAUser, detail), "{text}");
        }
    }
}
