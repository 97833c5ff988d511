//! The words inside a workbook: what its instructions say, and what each field takes.

use crate::{Field, Kind};

/// The instructions of a workbook: whether a line is a heading, and the line.
pub fn workbook_instructions() -> Vec<(bool, String)> {
    let lines = [
        (true, "How to edit users with this workbook"),
        (
            false,
            "1. Change the cells that you want to change, from column B on. Save the workbook and close it.",
        ),
        (false, "2. In Muster, open Users, then the menu, then Import user data, and choose this file."),
        (false, "3. Look at what will change, put right whatever is marked, and complete."),
        (true, "Good to know"),
        (
            false,
            "Rows 1 and 2 and the User ID in column A tell Muster which download and which user each row is. Please leave them as they are.",
        ),
        (false, "You may delete rows and columns that need no edit: what is not in the file stays as it is."),
        (
            false,
            "An emptied cell clears that value. You will see how many values will be cleared before anything happens.",
        ),
        (
            false,
            "You may sort, filter and hide rows, and add columns of your own; columns that Muster does not know are ignored.",
        ),
        (true, "What the columns take"),
    ];
    lines.into_iter().map(|(heading, text)| (heading, text.to_owned())).collect()
}

/// What a field takes, in a sentence beside the cell; none when anything goes.
pub fn field_help(field: &Field) -> Option<String> {
    let takes = match field.kind {
        Kind::Text => field.max_length.map(|length| format!("Up to {length} characters.")),
        Kind::Number => Some("A number.".to_owned()),
        Kind::Date => Some("A date, shown as year-month-day.".to_owned()),
        Kind::YesNo => Some("Yes or No.".to_owned()),
        Kind::Status => Some("Active or Inactive.".to_owned()),
        Kind::Choice => Some("One of the options in the list.".to_owned()),
        Kind::Choices => Some(choices_help(field)),
        Kind::Email => Some("An email address that nobody else has.".to_owned()),
        Kind::Username => Some("A username without @, for users who have no email.".to_owned()),
        Kind::Phone => Some("A phone number with its country code: +44 1632 960123.".to_owned()),
        Kind::User => Some("A user: their User ID, email or username.".to_owned()),
        Kind::Language => Some("A language tag such as en-GB, or the English name of a language.".to_owned()),
    };
    match (takes, field.required) {
        (Some(takes), true) => Some(format!("{takes} Required.")),
        (None, true) => Some("Required.".to_owned()),
        (takes, false) => takes,
    }
}

fn choices_help(field: &Field) -> String {
    let labels: Vec<&str> =
        field.choices.iter().filter(|choice| !choice.retired).map(|choice| choice.label.as_str()).collect();
    format!("One or more of these, separated by semicolons: {}", labels.join("; "))
}
