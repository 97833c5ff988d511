//! Every sentence about a file and an import that people read: page, API and command line take them from here. Each makes sense
//! without colour, blames nobody, and says what to do next.

use crate::{Code, Where, Wrong};

mod counts;
mod report;

pub use counts::{
    changed_since, cleared, created, damage_kept, done, edited, grouped, hidden_rows, left_out,
    looked_through, new_since, put_back, put_back_question, rows_without_id, shared_by, step_of_fixes,
    undone, update_button, user_of_row, warning_sentence, withdrawn,
};
pub use report::{
    conflict_note, file_forgotten, left_out_note, note_of_column, problem_note, report_instructions,
};

/// What the detail of [`Code::LoginInUse`] says when the account has asked about too many addresses of other organisations.
pub const NOT_CHECKED: &str = "not_checked";

/// The sentence for something wrong. `title` is the field's title (or `User ID`). What each code's detail holds:
///
/// | code | detail |
/// |---|---|
/// | `header_duplicate`, `header_unknown` | the key, or the title of a column without a key |
/// | `wrong_account` | the slug of the organisation that the file is of; none when its revision is still to come |
/// | `rows_out_of_line` | the examples: `Ann Smith stands beside the ID U-... of Bob Jones, and ...` |
/// | `user_id_duplicate`, `login_in_use` and `not_unique` of this file | the rows, joined by `, `: `3, 7`, or `3, 7, 4 more` |
/// | `login_in_use` and `not_unique` of this account | the User ID of the holder |
/// | `login_in_use` elsewhere | none |
/// | `login_in_use` with no holder | [`NOT_CHECKED`] |
/// | `too_long` | the limit |
/// | `pattern` | the pattern |
/// | `not_a_phone` | `shortened` (to `4.47E+11`), `extension`, or none |
/// | `ambiguous_date` | the readings, joined by ` or ` |
/// | `number_precision`, `formula_error`, `formula_as_text`, `not_a_choice` | the text; none when it is not known |
/// | `not_a_user` | `damaged` for a damaged ID, or none |
/// | `title_changed` | the title that Muster wrote; none when the row is missing |
/// | `manager_loop`, `manager_withdrawn` | the names of some of them, with those of their managers |
/// | `text_guessed` | what was guessed: `Windows-1252, separated by semicolons` |
/// | the other warnings | how many, as a number; see [`warning_sentence`] |
pub fn sentence(wrong: &Wrong, title: &str) -> String {
    let detail = wrong.detail.as_deref();
    match wrong.code {
        Code::HeaderMissing | Code::HeaderDuplicate | Code::WrongAccount | Code::RowsOutOfLine => {
            of_file(wrong.code, detail)
        }
        Code::UserIdDamaged | Code::UserIdUnknown | Code::UserIdDuplicate | Code::UserIdMissing => {
            of_row(wrong)
        }
        Code::FormulaError
        | Code::FormulaWithoutValue
        | Code::FormulaAsText
        | Code::BidiControl
        | Code::CellUnreadable
        | Code::NumberPrecision => of_cell(wrong.code, detail),
        Code::LoginInUse | Code::NotUnique | Code::NoSignIn => of_claim(wrong, title),
        Code::NotAUser | Code::NotAPhone | Code::NotAChoice => of_reference(wrong.code, detail, title),
        Code::HeaderUnknown
        | Code::TitleChanged
        | Code::ColumnRetired
        | Code::Cleared
        | Code::DamageKept
        | Code::PutBack
        | Code::HiddenRows
        | Code::ManyZeros
        | Code::PointsLost
        | Code::ManagerLoop
        | Code::ManagerWithdrawn
        | Code::NoRevision
        | Code::TextGuessed
        | Code::ChangedSince => {
            let count = detail.and_then(|detail| detail.parse().ok()).unwrap_or(1);
            warning_sentence(wrong.code, title, count, detail)
        }
        _ => of_value(wrong.code, detail, title),
    }
}

/// Errors that refuse the file.
fn of_file(code: Code, detail: Option<&str>) -> String {
    match (code, detail) {
        (Code::HeaderDuplicate, key) => {
            let key = key.map_or_else(|| "the same key".to_owned(), |key| format!("“{key}”"));
            format!("Two columns have {key} in row 2. Delete one of them and upload the file again.")
        }
        (Code::WrongAccount, Some(slug)) => format!(
            "This file was downloaded from another organisation, “{slug}”. Open that organisation to upload it, or download the user data of this one."
        ),
        (Code::WrongAccount, None) => {
            "This file says it was downloaded after the last change that is known here. Download the user data again and copy your edits into that file.".to_owned()
        }
        (Code::RowsOutOfLine, example) => format!(
            "The rows no longer stand beside their User IDs{}. Column A was probably left out when the sheet was sorted: undo the sorting, or download the user data again, and sort all columns together.",
            example.map(|example| format!(": {example}")).unwrap_or_default()
        ),
        _ => "Row 2, the small grey row that begins with “user_id”, is missing. Download the user data again, copy your edits into that file and upload it.".to_owned(),
    }
}

/// Errors of column A.
fn of_row(wrong: &Wrong) -> String {
    let text = match (wrong.code, wrong.detail.as_deref()) {
        (Code::UserIdDamaged, _) => {
            "This User ID was damaged: a character is missing, added or changed. Copy it from the downloaded file"
        }
        (Code::UserIdUnknown, _) => {
            "This User ID is not a user of this organisation. Copy the ID from the downloaded file"
        }
        (Code::UserIdDuplicate, Some(row)) if !row.contains(',') => {
            return format!("Row {row} has the same User ID but differs. Keep one of them.");
        }
        (Code::UserIdDuplicate, Some(rows)) => {
            return format!("Rows {} have the same User ID but differ. Keep one of them.", listed(rows));
        }
        (Code::UserIdDuplicate, None) => {
            return "Another row has the same User ID but differs. Keep one of them.".to_owned();
        }
        _ => return "This row has no User ID. Create a user from it, or leave it out.".to_owned(),
    };
    match wrong.suggestions.first() {
        Some(user) => format!("{text}, take {user} if this row is about that user, or leave the row out."),
        None => format!("{text}, or leave the row out."),
    }
}

/// Errors of a cell as such, whatever its field.
fn of_cell(code: Code, detail: Option<&str>) -> String {
    let sentence = match code {
        Code::FormulaError => {
            return match detail.filter(|text| !text.is_empty()) {
                Some(text) => {
                    format!("The cell shows the error {text}. Type the value in place of the formula.")
                }
                None => "The cell shows an error. Type the value in place of the formula.".to_owned(),
            };
        }
        Code::FormulaWithoutValue => {
            "The formula in this cell has no result. Open the file in the spreadsheet program, save it and upload it again, or type the value."
        }
        Code::FormulaAsText => {
            "This is a formula that was saved as text, not its result. Type the value in place of the formula."
        }
        Code::BidiControl => {
            "This text holds invisible characters that turn the direction of reading around. Type it again without them."
        }
        Code::NumberPrecision => {
            "The spreadsheet has shortened this number, so some of its digits are lost. Format the cell as text and type the whole number again."
        }
        _ => "This cell can’t be read. Type its value again.",
    };
    sentence.to_owned()
}

/// Errors of what belongs to one user only, and of who can sign in.
fn of_claim(wrong: &Wrong, title: &str) -> String {
    match (wrong.code, wrong.detail.as_deref()) {
        (Code::LoginInUse, Some(NOT_CHECKED)) => {
            "Whether this email or username is free could not be checked today. Leave the row out and upload it again tomorrow, or raise a ticket with support."
                .to_owned()
        }
        (Code::LoginInUse, _) => "Email/Username is already in use".to_owned(),
        (Code::NotUnique, _) => {
            format!("{title} must be different for each user, and this one is taken. Type another.")
        }
        _ => "An active user needs an email or a username to sign in. Type one, or make the user inactive."
            .to_owned(),
    }
}

/// What a page or the command line adds to [`Code::LoginInUse`] and [`Code::NotUnique`]: which rows, which user, or the way to
/// support. Of users elsewhere it tells nothing.
pub fn explanation(wrong: &Wrong) -> Option<String> {
    let detail = wrong.detail.as_deref().filter(|detail| !detail.is_empty());
    Some(match (wrong.holder?, detail) {
        (Where::ThisFile, Some(rows)) if rows.contains(',') => format!("Rows {} have it too.", listed(rows)),
        (Where::ThisFile, Some(row)) => format!("Row {row} has it too."),
        (Where::ThisFile, None) => "Another row of this file has it too.".to_owned(),
        (Where::ThisAccount, Some(user)) => format!("The user {user} has it."),
        (Where::ThisAccount, None) => "Another user of this organisation has it.".to_owned(),
        (Where::Elsewhere, _) => "Raise a ticket with support.".to_owned(),
    })
}

/// The sentence with its explanation behind it. The sentence of [`Code::LoginInUse`] has no full stop, as its words are given; it gets
/// one where another sentence follows.
pub fn explained(sentence: &str, wrong: &Wrong) -> String {
    match explanation(wrong) {
        Some(more) if sentence.ends_with(['.', '?']) => format!("{sentence} {more}"),
        Some(more) => format!("{sentence}. {more}"),
        None => sentence.to_owned(),
    }
}

/// Errors of values that name something else.
fn of_reference(code: Code, detail: Option<&str>, title: &str) -> String {
    match (code, detail) {
        (Code::NotAChoice, Some(text)) => {
            format!("“{text}” is not one of the options of {title}. Choose one from the list.")
        }
        (Code::NotAChoice, None) => {
            format!("This is not one of the options of {title}. Choose one from the list.")
        }
        (Code::NotAUser, Some(_)) => {
            format!("{title}: the User ID in this cell was damaged. Copy it again, or type an email.")
        }
        (Code::NotAUser, None) => format!(
            "{title}: this is not a user of this organisation. Type a User ID, an email or a username."
        ),
        (Code::NotAPhone, Some("shortened")) => format!(
            "{title}: the spreadsheet has shortened this number (E+), so some of its digits are lost. Type it again with a space after the country code."
        ),
        (Code::NotAPhone, Some("extension")) => {
            format!("{title}: only one number fits here, without an extension. Type it alone.")
        }
        _ => format!(
            "{title}: this is not a phone number. Type it with its country code, such as +44 20 7946 0123."
        ),
    }
}

/// Errors of values, each by its kind.
fn of_value(code: Code, detail: Option<&str>, title: &str) -> String {
    match (code, detail) {
        (Code::Required, _) => format!("{title} can’t be empty. Type a value."),
        (Code::TooLong, Some(limit)) => {
            let limit = limit.parse().map_or_else(|_| limit.to_owned(), grouped);
            format!("{title} takes at most {limit} characters. Shorten it.")
        }
        (Code::TooLong, None) => format!("This is too long for {title}. Shorten it."),
        (Code::Pattern, _) => {
            format!(
                "{title} has to have a certain form, which this does not have. Compare it with other users’ and type it again."
            )
        }
        (Code::NotAnEmail, _) => {
            format!("{title}: this is not an email address. Type one such as name@example.com.")
        }
        (Code::NotAUsername, _) => {
            format!(
                "{title}: this can’t be a username. Type letters, digits, dots or hyphens, without spaces and without @."
            )
        }
        (Code::NotADate, _) => format!("{title}: this is not a date. Type one such as 2026-11-22."),
        (Code::AmbiguousDate, Some(readings)) => {
            format!(
                "{title}: this date can be read in more than one way, as {readings}. Choose the one that is meant."
            )
        }
        (Code::AmbiguousDate, None) => {
            format!("{title}: this date can be read in more than one way. Type it such as 2026-11-22.")
        }
        (Code::NotANumber, _) => format!("{title}: this is not a number. Type one such as 1250.5."),
        (Code::NotYesNo, _) => format!("{title}: this is neither yes nor no. Type Yes or No."),
        (Code::NotALanguage, _) => {
            format!("{title}: this is not a language. Type a tag such as en-GB, or a name such as German.")
        }
        (Code::NotAStatus, _) => {
            format!("{title}: this is neither Active nor Inactive. Type one of the two.")
        }
        _ => format!("{title} is managed elsewhere and can’t be changed here. Put the old value back."),
    }
}

/// `3, 7, 12` as `3, 7 and 12`.
fn listed(rows: &str) -> String {
    match rows.rsplit_once(", ") {
        Some((before, last)) => format!("{before} and {last}"),
        None => rows.to_owned(),
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
