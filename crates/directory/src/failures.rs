//! The sentences for imports that ended as a whole, beside those for single cells: each says what to do next.

use crate::{UserId, grouped};

/// The upload was larger than the operator allows; `mebibytes` is the limit.
pub fn file_too_large(mebibytes: u64) -> String {
    format!(
        "This file is larger than {} MiB, the most that is taken. Delete rows that need no edit and upload it again.",
        grouped(mebibytes as i64)
    )
}

/// A further file was downloaded at another time than the first.
pub fn other_download() -> String {
    "This file was downloaded at another time than the first one of this import, so its rows can’t be laid beside the others. Add the file that you mended, or upload this one as an import of its own."
        .to_owned()
}

/// A further file could not be read, with the reason, itself a sentence: review goes on without it.
pub fn file_not_added(name: &str, reason: &str) -> String {
    format!("The file “{name}” was not added. {reason}")
}

/// The disk of the database has no room left.
pub fn disk_full() -> &'static str {
    "The disk that Muster keeps its data on is full. Nothing is lost and nothing is half done. Once whoever runs Muster has made room, try again."
}

/// Somebody else has been writing to the database for longer than anybody waits.
pub fn database_busy() -> &'static str {
    "Somebody else is writing to Muster’s database, and has been for a while. Nothing was changed; try again in a moment."
}

/// A field can't become unique: of the first of its values that several users have, the text that people read, the first of the users
/// and how many they are; and how many such values there are.
pub fn values_shared(title: &str, first: &[(String, Vec<UserId>, usize)], count: usize) -> String {
    let values: Vec<String> =
        first.iter().map(|(value, users, count)| value_shared(value, users, *count)).collect();
    let more = count.saturating_sub(first.len());
    let more = if more == 0 { String::new() } else { format!("; and {} more", grouped(more as i64)) };
    let of =
        if count == 1 { "one value is".to_owned() } else { format!("{} values are", grouped(count as i64)) };
    format!(
        "{title} can’t become unique yet, because {of} shared by several users: {}{more}. Nothing was changed. Give each of these users a value of their own, or none, and try again.",
        values.join("; ")
    )
}

fn value_shared(value: &str, users: &[UserId], count: usize) -> String {
    let named: Vec<String> = users.iter().map(ToString::to_string).collect();
    match count.saturating_sub(users.len()) {
        0 => format!("“{value}” ({})", named.join(", ")),
        more => format!("“{value}” ({} and {} more)", named.join(", "), grouped(more as i64)),
    }
}

/// Five workers died over it.
pub fn import_given_up() -> String {
    "This file could not be processed, though it was tried several times. Save it again in the spreadsheet program and upload it; if that does not help, please contact support."
        .to_owned()
}

/// Another import of the organisation has to be applied first; its identity, the name of its file, and who started it.
pub fn waits_for_import(id: &str, file_name: Option<&str>, actor: &str) -> String {
    let file = file_name.map(|name| format!(" ({name})")).unwrap_or_default();
    format!("waiting for import {id}{file} of {actor}, which is being applied")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_values_name_who_has_them_and_how_many_more_there_are() {
        let user = |number| UserId::from_number(number).expect("the number of a user");
        let (one, two) = (user(1), user(2));
        assert_eq!(
            values_shared("Badge", &[("A1".to_owned(), vec![one, two], 2)], 1),
            format!(
                "Badge can’t become unique yet, because one value is shared by several users: “A1” ({one}, {two}). Nothing was changed. Give each of these users a value of their own, or none, and try again."
            )
        );
        let many = values_shared("Badge", &[("A1".to_owned(), vec![one], 1_201)], 11);
        assert!(
            many.contains(&format!(
                "11 values are shared by several users: “A1” ({one} and 1,200 more); and 10 more."
            )),
            "{many}"
        );
    }
}
