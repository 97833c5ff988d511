//! The words for kinds of problems, and for where an answer that is offered comes from.

use directory::{Code, FieldNumber, standard};
use import::{ReviewGroup, ReviewKind};
use sentences::say;

/// A kind in an address or a form: `not_a_choice:department`.
pub(super) fn kind_word(kind: &ReviewKind) -> String {
    format!("{}:{}", kind.code.word(), kind.field.as_ref().map_or("", |field| field.key.as_str()))
}

/// The kind of a word, among these.
pub(super) fn kind_of<'k>(kinds: &'k [ReviewKind], word: &str) -> Option<&'k ReviewKind> {
    kinds.iter().find(|kind| kind_word(kind) == word)
}

/// What the store knows a kind by.
pub(super) fn key_of(kind: &ReviewKind) -> (Code, FieldNumber) {
    (kind.code, kind.field.as_ref().map_or(standard::USER, |field| field.number))
}

/// The field, as people read it.
pub(super) fn kind_title(kind: &ReviewKind) -> &str {
    kind.field.as_ref().map_or(say!("user-id"), |field| field.title())
}

/// What is wrong, in a few words.
pub(super) fn kind_words(code: Code) -> &'static str {
    match code {
        Code::UserIdDamaged => say!("kind-user-id-damaged"),
        Code::UserIdUnknown => say!("kind-user-id-unknown"),
        Code::UserIdDuplicate => say!("kind-user-id-duplicate"),
        Code::Required => say!("kind-required"),
        Code::TooLong => say!("kind-too-long"),
        Code::Pattern => say!("kind-pattern"),
        Code::NotAnEmail => say!("kind-not-an-email"),
        Code::NotAUsername => say!("kind-not-a-username"),
        Code::NotAPhone => say!("kind-not-a-phone"),
        Code::NotADate => say!("kind-not-a-date"),
        Code::AmbiguousDate => say!("kind-ambiguous-date"),
        Code::NotANumber => say!("kind-not-a-number"),
        Code::NumberPrecision => say!("kind-number-precision"),
        Code::NotAChoice => say!("kind-not-a-choice"),
        Code::NotYesNo => say!("kind-not-yes-no"),
        Code::NotAUser => say!("kind-not-a-user"),
        Code::NameDiffers => say!("kind-name-differs"),
        Code::NotALanguage => say!("kind-not-a-language"),
        Code::NotAStatus => say!("kind-not-a-status"),
        Code::ReadOnly => say!("kind-read-only"),
        Code::LoginInUse => say!("kind-login-in-use"),
        Code::NotUnique => say!("kind-not-unique"),
        Code::NoSignIn => say!("kind-no-sign-in"),
        Code::FormulaError => say!("kind-formula-error"),
        Code::FormulaWithoutValue => say!("kind-formula-without-value"),
        Code::FormulaAsText => say!("kind-formula-as-text"),
        _ => say!("kind-unreadable"),
    }
}

/// Where the best answer to a text comes from; none when there is no answer.
pub(super) fn source_of(group: &ReviewGroup) -> Option<&'static str> {
    let best = group.suggestions.first()?;
    if group.is_as_before {
        return Some(say!("source-as-before"));
    }
    Some(match group.code {
        Code::NotAChoice | Code::NotYesNo | Code::NotAStatus => say!("source-nearest-option"),
        Code::NotAPhone if is_national(group.value.as_deref(), best) => say!("source-country-code"),
        Code::NotAPhone => say!("source-phone"),
        Code::NotADate | Code::AmbiguousDate if group.suggestions.len() > 1 => say!("source-first-reading"),
        Code::NotADate | Code::AmbiguousDate => say!("source-reading"),
        Code::NotAnEmail | Code::NotAUsername => say!("source-spelling"),
        Code::NotAUser | Code::NameDiffers => say!("source-name"),
        Code::NotALanguage => say!("source-language"),
        Code::NotANumber => say!("source-number"),
        _ => say!("source-offered"),
    })
}

/// Whether a phone number only lacks the code of its country.
fn is_national(typed: Option<&str>, offered: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let typed = digits(typed.unwrap_or_default());
    let without_zeros = typed.trim_start_matches('0');
    !without_zeros.is_empty() && digits(offered).ends_with(without_zeros) && digits(offered) != typed
}

#[cfg(test)]
mod tests {
    use directory::Code;
    use import::ReviewGroup;

    use super::{is_national, kind_words, source_of};

    #[test]
    fn answers_say_where_they_come_from() {
        let group = |code: Code, suggestions: &[&str]| ReviewGroup {
            code,
            field: None,
            value: Some("07700 900123".to_owned()),
            message: String::new(),
            cells: 1,
            suggestions: suggestions.iter().map(|text| (*text).to_owned()).collect(),
            is_as_before: false,
        };
        assert_eq!(source_of(&group(Code::NotAChoice, &[])), None);
        assert_eq!(source_of(&group(Code::NotAPhone, &["+44 7700 900123"])), Some("country code added"));
        assert_eq!(source_of(&group(Code::NotAPhone, &["+44 7700 900999"])), Some("the number in it"));
        assert_eq!(source_of(&group(Code::NotAChoice, &["Finance"])), Some("nearest option"));
        assert_eq!(source_of(&group(Code::NotADate, &["2024-05-01"])), Some("how the date reads"));
        let before = ReviewGroup { is_as_before: true, ..group(Code::NotAChoice, &["Human Resources"]) };
        assert_eq!(source_of(&before), Some("chosen so last time"));
        for (typed, offered, national) in
            [("07700 900123", "+447700900123", true), ("", "+44", false), ("0", "+440", false)]
        {
            assert_eq!(is_national(Some(typed), offered), national, "{typed}");
        }
    }

    #[test]
    fn every_error_has_a_few_words() {
        for code in Code::ALL {
            assert!((3..40).contains(&kind_words(*code).len()), "{}", code.word());
        }
    }
}
