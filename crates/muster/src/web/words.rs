//! Small turns of phrase that several pages share.

use directory::grouped;

/// "1 user", "312 users".
pub(super) fn counted(number: i64, one: &str, many: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(number)) }
}

/// "1 user", "312 users".
pub(super) fn users(number: i64) -> String {
    counted(number, "user", "users")
}

/// "a, b and c".
pub(super) fn listed(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
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
