//! Small turns of phrase that several pages share.

use directory::{Field, grouped, standard};

/// "1 user", "312 users".
pub(in crate::web) fn counted(number: i64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(number)) }
}

/// "1 user", "312 users".
pub(in crate::web) fn users(number: i64) -> String {
    counted(number, "user", "users")
}

/// "a, b and c".
pub(in crate::web) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

/// Whether a field says how somebody signs in: such fields are marked in lists of changes.
pub(in crate::web) fn is_sign_in(field: &Field) -> bool {
    matches!(field.number, standard::EMAIL | standard::USERNAME | standard::STATUS)
}

#[cfg(test)]
mod tests {
    use super::{listed, users};

    #[test]
    fn phrases_read_as_people_say_them() {
        assert_eq!((users(1), users(3_000)), ("1 user".to_owned(), "3,000 users".to_owned()));
        let parts = ["a", "b", "c"].map(str::to_owned);
        assert_eq!((listed(&parts[..1]), listed(&parts)), ("a".to_owned(), "a, b and c".to_owned()));
    }
}
