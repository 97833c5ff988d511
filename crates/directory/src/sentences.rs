//! Which sentence is said of what is wrong with a file, and of an import: page, API and command line take them from here. The words
//! themselves are in `crates/sentences`. Each makes sense without colour, blames nobody, and says what to do next.

use ::sentences::{Argument, say};

use self::lists::listed;
use crate::issue::NOT_CHECKED;
use crate::reading::rows_inside;
use crate::{Code, Where, Wrong};

pub(crate) mod counts;
mod lists;
pub(crate) mod report;
pub(crate) mod transformed;
mod unread;

/// The sentence for something wrong. `title` is the field's title (or `User ID`). What each code's detail holds:
///
/// | code | detail |
/// |---|---|
/// | `header_duplicate` | the key |
/// | `header_unknown` | the key, or the title of a column without a key; a tab, its place (`G`); a tab and `key` where that is a field's title |
/// | `key_missing` | the column: `G` |
/// | `wrong_account` | the slug of the organisation that the file is of; none in imports of earlier versions, when its revision was still to come |
/// | `rows_out_of_line` | two examples, each a person, the User ID beside which they stand, and whose it is: six texts, tabs between them |
/// | `user_id_duplicate`, `login_in_use` and `not_unique` of this file | the rows, joined by `, `: `3, 7`, or `3, 7, 4 more` |
/// | `login_in_use` and `not_unique` of this account | the User ID of the holder |
/// | `login_in_use` elsewhere | none |
/// | `login_in_use` with no holder | [`NOT_CHECKED`] |
/// | `too_long` | the limit |
/// | `pattern` | the pattern |
/// | `not_a_phone` | `shortened` (to `4.47E+11`), `extension`, or none |
/// | `ambiguous_date` | the readings, joined by ` or ` |
/// | `number_precision`, `formula_error`, `formula_as_text`, `not_a_choice` | the text; none when it is not known |
/// | `cell_unreadable` | `open_quote` for a quotation mark that never closes, `letters_lost` for the sign U+FFFD, `rows_inside:2:14` for rows of the file inside the cell and their cells, or none |
/// | `not_a_user` | `damaged` for a damaged ID, `several` for several users, or none |
/// | `name_differs` | the name in the cell and the one that belongs to its User ID, a tab between them; a tab and `nobody` when it is nobody's |
/// | `title_changed` | the title that Muster wrote; none when the row is missing |
/// | `manager_loop`, `manager_withdrawn` | the names of some of them, with those of their managers |
/// | `sheet_unread`, `sheets_differ` | why (`hidden`, `same`, `decided`, `other_download`, `no_keys`, or in a sheet of Muster the first cell that is not), or which sheet is read; a tab; the name of the sheet |
/// | `sheet_unknown` | the name of the sheet |
/// | `key_row_moved`, `headings_again`, `other_headings`, `last_line_cut` | the row |
/// | `cells_beyond_keys` | the first of the cells: `K7`; empty where none is named |
/// | `transformed` | the step, and examples of what was and became, tabs between them |
/// | `person_twice` | the other row |
/// | `several_users` | how many |
/// | `text_guessed` | what was guessed: `Windows-1252, separated by semicolons` |
/// | the other warnings | how many, as a number; see [`warning_sentence`] |
pub fn sentence(wrong: &Wrong, title: &str) -> String {
    let detail = wrong.detail.as_deref();
    match wrong.code {
        Code::HeaderMissing
        | Code::HeaderDuplicate
        | Code::WrongAccount
        | Code::WrongPast
        | Code::RowsOutOfLine => of_file(wrong.code, detail),
        Code::UserIdDamaged | Code::UserIdUnknown | Code::UserIdDuplicate | Code::UserIdMissing => {
            of_row(wrong)
        }
        Code::PersonTwice => say!("person-twice", row = detail.unwrap_or("…")),
        Code::SeveralUsers => {
            say!("several-users", users = detail.and_then(|users| users.parse().ok()).unwrap_or(2_i64))
        }
        Code::FormulaError
        | Code::FormulaWithoutValue
        | Code::FormulaAsText
        | Code::BidiControl
        | Code::CellUnreadable
        | Code::NumberPrecision => of_cell(wrong.code, detail),
        Code::LoginInUse | Code::NotUnique | Code::NoSignIn => of_claim(wrong, title),
        Code::NotAUser | Code::NameDiffers | Code::NotAPhone | Code::NotAChoice => {
            of_reference(wrong.code, detail, title)
        }
        Code::IdColumnMissing
        | Code::SheetUnknown
        | Code::NoRows
        | Code::OtherHeadings
        | Code::RowCut
        | Code::RowWide
        | Code::MergedCells => unread::refused(wrong.code, detail),
        Code::SheetUnread
        | Code::SheetsDiffer
        | Code::KeyRowMoved
        | Code::RowsAboveKeys
        | Code::CellsBeyondKeys
        | Code::HeadingsAgain
        | Code::CellsMissing
        | Code::KeyMissing
        | Code::LastLineCut
        | Code::HeaderUnknown
        | Code::TitleChanged
        | Code::ColumnRetired
        | Code::Cleared
        | Code::DamageKept
        | Code::PutBack
        | Code::HiddenRows
        | Code::ManyZeros
        | Code::PointsLost
        | Code::Transformed
        | Code::ManagerLoop
        | Code::ManagerWithdrawn
        | Code::NoRevision
        | Code::UnmarkedRevision
        | Code::TextGuessed
        | Code::LettersGuessed
        | Code::NotInFile
        | Code::ChangedSince => {
            let count = detail.and_then(|detail| detail.parse().ok()).unwrap_or(1);
            counts::warning_sentence(wrong.code, title, count, detail)
        }
        _ => of_value(wrong.code, detail, title),
    }
}

/// Errors that refuse the file.
fn of_file(code: Code, detail: Option<&str>) -> String {
    match (code, detail) {
        (Code::HeaderDuplicate, Some(key)) => say!("header-duplicate", key = key),
        (Code::HeaderDuplicate, None) => say!("header-duplicate-unnamed").to_owned(),
        (Code::WrongAccount, Some(slug)) => say!("wrong-account", slug = slug),
        (Code::WrongAccount, None) => say!("wrong-account-later").to_owned(),
        (Code::WrongPast, Some(detail)) => {
            let (to, on) = detail.split_once('\t').unwrap_or((detail, ""));
            say!("wrong-past-put-back", to = to, on = on)
        }
        (Code::WrongPast, None) => say!("wrong-past").to_owned(),
        (Code::RowsOutOfLine, Some(examples)) => say!("rows-out-of-line", examples = told_apart(examples)),
        (Code::RowsOutOfLine, None) => say!("rows-out-of-line-plain").to_owned(),
        _ => say!("header-missing").to_owned(),
    }
}

/// The examples of rows that are out of line: person, User ID, other person, and again, with tabs between them.
fn told_apart(examples: &str) -> String {
    let parts: Vec<&str> = examples.split('\t').collect();
    let example = |person: &str, id: &str, other: &str| {
        say!("rows-out-of-line-example", person = person, id = id, other = other)
    };
    match parts.as_slice() {
        [person, id, other] => example(person, id, other),
        [person, id, other, next @ ..] if next.len() == 3 => {
            let (one, next) = (example(person, id, other), example(next[0], next[1], next[2]));
            say!("rows-out-of-line-and", one = one, next = next)
        }
        _ => examples.to_owned(),
    }
}

/// Errors of column A.
fn of_row(wrong: &Wrong) -> String {
    match (wrong.code, wrong.detail.as_deref(), wrong.suggestions.first()) {
        (Code::UserIdDamaged, _, Some(user)) => say!("user-id-damaged-perhaps", user = user),
        (Code::UserIdDamaged, ..) => say!("user-id-damaged").to_owned(),
        (Code::UserIdUnknown, _, Some(user)) => say!("user-id-unknown-perhaps", user = user),
        (Code::UserIdUnknown, ..) => say!("user-id-unknown").to_owned(),
        (Code::UserIdDuplicate, Some(row), _) if !row.contains(',') => {
            say!("user-id-duplicate-row", row = row)
        }
        (Code::UserIdDuplicate, Some(rows), _) => say!("user-id-duplicate-rows", rows = listed(rows)),
        (Code::UserIdDuplicate, ..) => say!("user-id-duplicate").to_owned(),
        _ => say!("user-id-missing").to_owned(),
    }
}

/// Errors of a cell as such, whatever its field.
fn of_cell(code: Code, detail: Option<&str>) -> String {
    match (code, detail) {
        (Code::FormulaError, Some(error)) if !error.is_empty() => say!("formula-error", error = error),
        (Code::FormulaError, _) => say!("formula-error-unnamed").to_owned(),
        (Code::FormulaWithoutValue, _) => say!("formula-without-value").to_owned(),
        (Code::FormulaAsText, _) => say!("formula-as-text").to_owned(),
        (Code::BidiControl, _) => say!("bidi-control").to_owned(),
        (Code::NumberPrecision, _) => say!("number-precision").to_owned(),
        (_, Some(detail)) if let Some(counts) = detail.strip_prefix(rows_inside::DETAIL) => {
            let rows = counts.split(':').next().and_then(|rows| rows.parse::<i64>().ok());
            say!("rows-inside", rows = rows.unwrap_or(1))
        }
        (_, Some("open_quote")) => say!("open-quote").to_owned(),
        (Code::CellUnreadable, Some("letters_lost")) => say!("letters-lost").to_owned(),
        _ => say!("cell-unreadable").to_owned(),
    }
}

/// Errors of what belongs to one user only, and of who can sign in.
fn of_claim(wrong: &Wrong, title: &str) -> String {
    match (wrong.code, wrong.detail.as_deref()) {
        (Code::LoginInUse, Some(NOT_CHECKED)) => say!("login-not-checked").to_owned(),
        (Code::LoginInUse, _) => say!("login-in-use").to_owned(),
        (Code::NotUnique, _) => say!("not-unique", title = title),
        _ => say!("no-sign-in").to_owned(),
    }
}

/// What a page or the command line adds to [`Code::LoginInUse`] and [`Code::NotUnique`]: which rows, which user, or the way to
/// support. Of users elsewhere it tells nothing.
pub fn explanation(wrong: &Wrong) -> Option<String> {
    let detail = wrong.detail.as_deref().filter(|detail| !detail.is_empty());
    Some(match (wrong.holder?, detail) {
        (Where::ThisFile, Some(rows)) if rows.contains(',') => say!("held-by-rows", rows = listed(rows)),
        (Where::ThisFile, Some(row)) => say!("held-by-row", row = row),
        (Where::ThisFile, None) => say!("held-in-file").to_owned(),
        (Where::ThisAccount, Some(user)) => say!("held-by-user", user = user),
        (Where::ThisAccount, None) => say!("held-in-account").to_owned(),
        (Where::Elsewhere, _) => say!("held-elsewhere").to_owned(),
    })
}

/// The sentence with its explanation behind it. The sentence of [`Code::LoginInUse`] has no full stop, as its words are given; it gets
/// one where another sentence follows.
pub fn explained(sentence: &str, wrong: &Wrong) -> String {
    match explanation(wrong) {
        Some(more) if sentence.ends_with(['.', '?']) => {
            say!("with-explanation", sentence = sentence, explanation = more)
        }
        Some(more) => say!("with-explanation-after-words", sentence = sentence, explanation = more),
        None => sentence.to_owned(),
    }
}

/// Errors of values that name something else.
fn of_reference(code: Code, detail: Option<&str>, title: &str) -> String {
    match (code, detail) {
        (Code::NotAChoice, Some(value)) => say!("not-a-choice", value = value, title = title),
        (Code::NotAChoice, None) => say!("not-a-choice-unnamed", title = title),
        (Code::NotAUser, Some("several")) => say!("not-a-user-several", title = title),
        (Code::NotAUser, Some(_)) => say!("not-a-user-damaged", title = title),
        (Code::NotAUser, None) => say!("not-a-user", title = title),
        (Code::NameDiffers, names) => match names.and_then(|names| names.split_once('\t')) {
            Some((name, own)) if let Some(own) = own.strip_suffix("\tnobody") => {
                say!("name-unknown", title = title, name = name, own = own)
            }
            Some((name, own)) => say!("name-differs", title = title, name = name, own = own),
            None => say!("name-differs-unnamed", title = title),
        },
        (Code::NotAPhone, Some("shortened")) => say!("not-a-phone-shortened", title = title),
        (Code::NotAPhone, Some("extension")) => say!("not-a-phone-extension", title = title),
        _ => say!("not-a-phone", title = title),
    }
}

/// Errors of values, each by its kind.
fn of_value(code: Code, detail: Option<&str>, title: &str) -> String {
    match (code, detail) {
        (Code::Required, _) => say!("required", title = title),
        (Code::TooLong, Some(limit)) => {
            let limit = limit.parse::<i64>().map_or_else(|_| Argument::from(limit), Argument::from);
            say!("too-long", title = title, limit = limit)
        }
        (Code::TooLong, None) => say!("too-long-unnamed", title = title),
        (Code::Pattern, _) => say!("pattern", title = title),
        (Code::NotAnEmail, _) => say!("not-an-email", title = title),
        (Code::NotAUsername, _) => say!("not-a-username", title = title),
        (Code::NotADate, _) => say!("not-a-date", title = title),
        (Code::AmbiguousDate, Some(readings)) => {
            let all = readings.split(" or ").map(str::to_owned);
            let readings = all.reduce(|before, last| say!("list-or", before = before, last = last));
            say!("ambiguous-date", title = title, readings = readings.unwrap_or_default())
        }
        (Code::AmbiguousDate, None) => say!("ambiguous-date-unnamed", title = title),
        (Code::NotANumber, _) => say!("not-a-number", title = title),
        (Code::NotYesNo, _) => say!("not-yes-no", title = title),
        (Code::NotALanguage, _) => say!("not-a-language", title = title),
        (Code::NotAStatus, _) => say!("not-a-status", title = title),
        _ => say!("read-only", title = title),
    }
}

#[cfg(test)]
mod tests {
    use super::{NOT_CHECKED, explained, explanation, sentence};
    use crate::{Code, Severity, Where, Wrong};

    #[test]
    fn every_code_has_a_good_sentence() {
        let mut seen = Vec::new();
        for code in Code::ALL {
            for detail in [None, Some("3")] {
                let wrong = Wrong { detail: detail.map(str::to_owned), ..Wrong::plain(*code) };
                let text = sentence(&wrong, "Job title");
                let is_login = *code == Code::LoginInUse;
                assert!(is_login || text.ends_with(['.', '?']), "{text}");
                assert!(
                    text.chars()
                        .next()
                        .is_some_and(|first| first.is_uppercase() || first.is_ascii_digit() || first == '“'),
                    "{text}"
                );
                let words = Code::ALL
                    .iter()
                    .map(|code| code.word())
                    .filter(|word| word.contains('_') && *word != "user_id");
                words.for_each(|word| assert!(!text.contains(word), "{text}"));
                for word in
                    ["invalid", "illegal", "must not", "failed", "please", "error:", "null", "  ", "_", "\n"]
                {
                    assert!(
                        word == "_" && text.contains("“user_id”") || !text.to_lowercase().contains(word),
                        "{word}: {text}"
                    );
                }
                assert!(text.len() < 330, "{text}");
                // An error says what to do: it has a second sentence, or a colon.
                assert!(
                    is_login
                        || code.severity() == Severity::Warning
                        || text.matches(['.', ':', ',']).count() > 1,
                    "{text}"
                );
                if detail.is_none() {
                    seen.push(text);
                }
            }
        }
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), Code::ALL.len(), "each sentence is said of one thing");
    }

    fn check(code: Code, detail: &str, expected: &str) {
        let detail = (!detail.is_empty()).then(|| detail.to_owned());
        assert_eq!(sentence(&Wrong { detail, ..Wrong::plain(code) }, "Start date"), expected);
    }

    #[test]
    fn sentences_say_what_their_detail_says() {
        check(Code::TooLong, "2000", "Start date takes at most 2,000 characters. Shorten it.");
        check(
            Code::NotAChoice,
            "Fianance",
            "“Fianance” is not one of the options of Start date. Choose one from the list.",
        );
        check(
            Code::AmbiguousDate,
            "2026-04-05 or 2026-05-04",
            "Start date: this date can be read in more than one way, as 2026-04-05 or 2026-05-04. Choose the one that is meant.",
        );
        check(
            Code::UserIdDuplicate,
            "3, 7, 12",
            "Rows 3, 7 and 12 have the same User ID but differ. Keep one of them.",
        );
        check(Code::UserIdDuplicate, "1003", "Row 1003 has the same User ID but differs. Keep one of them.");
        check(Code::LoginInUse, "", "Email/Username is already in use");
        check(Code::LoginInUse, "U-7K3QX9M2PD", "Email/Username is already in use");
        check(
            Code::LoginInUse,
            NOT_CHECKED,
            "Whether this email or username is free could not be checked today. Leave the row out and upload it again tomorrow, or raise a ticket with support.",
        );
        check(
            Code::WrongAccount,
            "globex",
            "This file was downloaded from another organisation, “globex”. Open that organisation to upload it, or download the user data of this one.",
        );
        let unknown =
            Wrong { suggestions: vec!["U-7K3QX9M2PD".to_owned()], ..Wrong::plain(Code::UserIdUnknown) };
        assert_eq!(
            sentence(&unknown, "User ID"),
            "This User ID is not a user of this organisation. Copy the ID from the downloaded file, take U-7K3QX9M2PD if this row is about that user, or leave the row out."
        );
    }

    #[test]
    fn a_holder_is_explained_and_nothing_told_of_those_elsewhere() {
        for (holder, detail, expected) in [
            (Where::ThisFile, Some("3"), "Row 3 has it too."),
            (Where::ThisFile, Some("3, 7"), "Rows 3 and 7 have it too."),
            (Where::ThisFile, None, "Another row of this file has it too."),
            (Where::ThisAccount, Some("U-7K3QX9M2PD"), "The user U-7K3QX9M2PD has it."),
            (Where::ThisAccount, None, "Another user of this organisation has it."),
            (Where::Elsewhere, Some("secret"), "Raise a ticket with support."),
        ] {
            let detail = detail.map(str::to_owned);
            let wrong = Wrong { holder: Some(holder), detail, ..Wrong::plain(Code::LoginInUse) };
            assert_eq!(explanation(&wrong).as_deref(), Some(expected));
        }
        assert_eq!(explanation(&Wrong::plain(Code::Required)), None);
    }

    #[test]
    fn a_sentence_and_its_explanation_are_two_sentences() {
        for (code, holder, expected) in [
            (Code::LoginInUse, Some(Where::ThisFile), "Email/Username is already in use. Row 7 has it too."),
            (Code::LoginInUse, None, "Email/Username is already in use"),
            (
                Code::NotUnique,
                Some(Where::ThisFile),
                "Own must be different for each user, and this one is taken. Type another. Row 7 has it too.",
            ),
        ] {
            let wrong = Wrong { holder, detail: Some("7".to_owned()), ..Wrong::plain(code) };
            assert_eq!(explained(&sentence(&wrong, "Own"), &wrong), expected);
        }
    }
}
