//! The sentences that count: what will be done, what was done, what a file adds up to.

use crate::{Code, Counts, Damage, Decision};

/// "312 users were successfully edited", "1 user was successfully edited", "3,000 users were successfully edited".
pub fn edited(users: i64) -> String {
    format!("{} {} successfully edited", counted(users, "user"), were(users))
}

/// "4 users were created".
pub fn created(users: i64) -> String {
    format!("{} {} created", counted(users, "user"), were(users))
}

/// "8 users were left out".
pub fn left_out(users: i64) -> String {
    format!("{} {} left out", counted(users, "user"), were(users))
}

/// What an import has done: "304 users were successfully edited, 4 were created and 8 were left out".
pub fn done(users_edited: i64, users_created: i64, users_left_out: i64) -> String {
    let mut parts = Vec::new();
    if users_edited > 0 || users_created == 0 {
        parts.push(edited(users_edited));
    }
    for (count, what) in [(users_created, "created"), (users_left_out, "left out")] {
        match count {
            0 => {}
            count => {
                let users = if parts.is_empty() { counted(count, "user") } else { grouped(count) };
                parts.push(format!("{users} {} {what}", were(count)));
            }
        }
    }
    joined(&parts)
}

/// What an undo has done: "312 users are as they were before".
pub fn undone(users: i64) -> String {
    match users {
        1 => "1 user is as it was before".to_owned(),
        users => format!("{} are as they were before", counted(users, "user")),
    }
}

/// What the undo of creations has done: "4 users were withdrawn".
pub fn withdrawn(users: i64) -> String {
    format!("{} {} withdrawn", counted(users, "user"), were(users))
}

/// What an undo has left alone: "3 values were changed since and keep their later value".
pub fn changed_since(values: i64) -> String {
    match values {
        1 => "1 value was changed since and keeps its later value".to_owned(),
        values => format!("{} were changed since and keep their later values", counted(values, "value")),
    }
}

/// Of a page of a search that ended before it was full: "Search is still being prepared: this page looked through 100,000 users, and
/// there are more. Go on with the next page."
pub fn looked_through(users: i64, preparing: bool) -> String {
    let begin = if preparing { "Search is still being prepared: this" } else { "This" };
    format!(
        "{begin} page looked through {}, and there are more. Go on with the next page.",
        counted(users, "user")
    )
}

/// The words on the button that completes an import: "Update 312 users", "Update 304 users and create 4", "Create 4 users".
pub fn update_button(counts: &Counts) -> String {
    let (edit, create) = (counts.users_to_edit, counts.users_to_create);
    match (edit, create) {
        (0, 0) => "Finish without changes".to_owned(),
        (edit, 0) => format!("Update {}", counted(edit, "user")),
        (0, create) => format!("Create {}", counted(create, "user")),
        (edit, create) => format!("Update {} and create {}", counted(edit, "user"), grouped(create)),
    }
}

/// "3 values will be cleared"; of one column, "212 values of Job title will be cleared".
pub fn cleared(values: i64, title: Option<&str>) -> String {
    let of = title.map(|title| format!(" of {title}")).unwrap_or_default();
    format!("{}{of} will be cleared", counted(values, "value"))
}

/// "412 values of Employee number lost their zeros: kept as they were".
pub fn damage_kept(damage: Damage, values: i64, title: &str) -> String {
    let one = values == 1;
    let what = match damage {
        Damage::LeadingZeros if one => "lost its zeros",
        Damage::LeadingZeros => "lost their zeros",
        Damage::Digits if one => "was shortened (E+) or lost digits",
        Damage::Digits => "were shortened (E+) or lost digits",
        Damage::DateFormat if one => "was written in another form of date",
        Damage::DateFormat => "were written in another form of date",
        Damage::Boolean => "became TRUE or FALSE",
        Damage::Decimal if one => "was written as another form of number",
        Damage::Decimal => "were written as another form of number",
        Damage::Plus if one => "lost its plus sign",
        Damage::Plus => "lost their plus signs",
        Damage::TextToDate if one => "was turned into a date or a time",
        Damage::TextToDate => "were turned into dates or times",
        Damage::CodePage => "lost letters to question marks",
        Damage::Mark if one => "has an apostrophe before it",
        Damage::Mark => "have an apostrophe before them",
    };
    let kept = if one { "kept as it was" } else { "kept as they were" };
    format!("{} of {title} {what}: {kept}", counted(values, "value"))
}

/// "12 cells are as you downloaded them, but were changed since. Use the file's values?"
pub fn put_back(cells: i64) -> String {
    put_back_words(cells, "")
}

/// The same with what changed them: "... were changed since (your import of 10:14). Use the file's values?"
pub fn put_back_question(cells: i64, by: &str) -> String {
    put_back_words(cells, &format!(" ({by})"))
}

fn put_back_words(cells: i64, by: &str) -> String {
    match cells {
        1 => format!("1 cell is as you downloaded it, but was changed since{by}. Use the file’s value?"),
        cells => {
            let cells = counted(cells, "cell");
            format!("{cells} are as you downloaded them, but were changed since{by}. Use the file’s values?")
        }
    }
}

/// "3 things are new in this review: ..." when it comes back because the directory or its fields changed.
pub fn new_since(cells: i64) -> String {
    let (things, they) = match cells {
        1 => ("1 thing is new".to_owned(), "It is marked"),
        cells => (format!("{} are new", counted(cells, "thing")), "They are marked"),
    };
    format!(
        "{things} in this review, because the directory or its fields changed after it was looked at. {they} as new. \
         Nothing was done yet: look at what is new, then complete."
    )
}

/// "41 of the changes are in hidden rows".
pub fn hidden_rows(changes: i64) -> String {
    match changes {
        1 => "1 of the changes is in a hidden row".to_owned(),
        changes => format!("{} of the changes are in hidden rows", grouped(changes)),
    }
}

/// "4 rows have no User ID: create 4 users, or leave them out?"
pub fn rows_without_id(rows: i64) -> String {
    match rows {
        1 => "1 row has no User ID: create a user, or leave it out?".to_owned(),
        rows => {
            format!(
                "{} have no User ID: create {}, or leave them out?",
                counted(rows, "row"),
                counted(rows, "user")
            )
        }
    }
}

/// What a step of fixes did, for the button that undoes it: `kind` is the word of its fixes, of a decision, or `add` and `replace` for
/// a further file.
pub fn step_of_fixes(kind: &str, fixes: i64) -> String {
    let of_cells = |one: &str, many: &str| match fixes {
        1 => one.to_owned(),
        fixes => format!("{} {many}", grouped(fixes)),
    };
    match kind {
        "choose" => of_cells("1 choice", "choices"),
        "leave_out" => of_cells("1 row left out", "rows left out"),
        "take_in" => of_cells("1 row taken in again", "rows taken in again"),
        "create" => of_cells("1 user to be created", "users to be created"),
        "add" => "the file that was added".to_owned(),
        "replace" => "the file that took the place of the others".to_owned(),
        kind => match Decision::of_word(kind) {
            Some(Decision::DamageMeant) => "the file’s values where the spreadsheet changed them".to_owned(),
            Some(Decision::KeepValues) => "keeping values that the file empties".to_owned(),
            Some(Decision::KeepEmpty) => "leaving cells empty that became 0".to_owned(),
            Some(Decision::KeepPoints) => "keeping numbers that lost their decimal point".to_owned(),
            Some(Decision::PutBack) => "the file’s values where they were changed since".to_owned(),
            None => of_cells("1 correction", "corrections"),
        },
    }
}

/// The sentence for a warning about `count` cells. `title` is the field's title where there is one; the detail is as
/// [`crate::sentence`] says, for `damage_kept` the word of the damage, for `put_back` when the import was made.
pub fn warning_sentence(code: Code, title: &str, count: i64, detail: Option<&str>) -> String {
    let named = detail.filter(|detail| detail.parse::<i64>().is_err());
    match code {
        Code::HeaderUnknown => match named {
            Some(name) => format!("The column “{name}” is not one of the organisation’s fields, so it is ignored."),
            None => "A column is not one of the organisation’s fields, so it is ignored.".to_owned(),
        },
        Code::TitleChanged => match named {
            Some(name) => format!("The title of “{name}” was changed in row 1. That is harmless: columns are known by row 2."),
            None => "The titles in row 1 are missing. That is harmless: columns are known by row 2.".to_owned(),
        },
        Code::ColumnRetired => {
            let name = named.unwrap_or(title);
            format!("The field {name} is no longer in use, so its column is ignored.")
        }
        Code::Cleared => format!("{}.", cleared(count, Some(title))),
        Code::DamageKept => match named.and_then(Damage::of_word) {
            Some(damage) => format!("{}.", damage_kept(damage, count, title)),
            None => {
                let (values, were) = (counted(count, "value"), were(count));
                format!("{values} of {title} {were} changed by the spreadsheet alone, so the old ones were kept.")
            }
        },
        Code::PutBack => match named {
            Some(when) => put_back_question(count, &format!("your import of {when}")),
            None => put_back(count),
        },
        Code::HiddenRows => format!("{}.", hidden_rows(count)),
        Code::ManyZeros => match count {
            1 => format!("1 empty cell of {title} became 0. Look at whether that was meant."),
            count => format!("{} of {title} became 0. Look at whether that was meant.", counted(count, "empty cell")),
        },
        Code::PointsLost => format!(
            "{} of {title} lost {} decimal point, as 1.234 becomes 1234 where points group thousands. Look at whether that was meant.",
            counted(count, "number"),
            if count == 1 { "its" } else { "their" },
        ),
        Code::ManagerLoop => {
            let (users, example) = (counted(count, "user"), example(named));
            format!("{users} would be managed by themselves, directly or in a circle{example}. Look at whether that was meant.")
        }
        Code::ManagerWithdrawn => {
            let (users, have, example) =
                (counted(count, "user"), if count == 1 { "has" } else { "have" }, example(named));
            format!("{users} {have} a manager who is no longer a user{example}. Give them another one.")
        }
        Code::TextGuessed => match named {
            Some(guess) => format!("The file does not say how it is written; it was read as {guess}. Look at whether names are right."),
            None => "The file does not say how it is written, so that was guessed. Look at whether names are right.".to_owned(),
        },
        Code::ChangedSince => format!("{}.", changed_since(count)),
        _ => "The file does not tell when it was downloaded, so it was compared with today’s values.".to_owned(),
    }
}

/// What is said of a fix that names a user by an ID which several rows have, each by its file and number.
pub fn shared_by(rows: &[(u16, u32)]) -> String {
    let names: Vec<String> = rows
        .iter()
        .map(|(file, row)| match file {
            1 => row.to_string(),
            file => format!("{row} of file {file}"),
        })
        .collect();
    let rows = super::listed(&names.join(", "));
    format!(
        "Rows {rows} have this User ID and differ, so it does not tell which of them is meant. Name the row, or leave all but one of them out."
    )
}

/// A user whom a row of a file is to create.
pub fn user_of_row(name: &str, file: u16, row: u32) -> String {
    let name = if name.is_empty() { "the new user" } else { name };
    match file {
        1 => format!("{name} (row {row})"),
        file => format!("{name} (row {row} of file {file})"),
    }
}

fn example(named: Option<&str>) -> String {
    named.map(|named| format!(": {named}")).unwrap_or_default()
}

/// "1 user", "3,000 users".
fn counted(count: i64, thing: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {thing}{plural}", grouped(count))
}

fn were(count: i64) -> &'static str {
    if count == 1 { "was" } else { "were" }
}

/// `a`, `a and b`, `a, b and c`.
fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// A number with thousands separators: `1,003,412`.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{
        changed_since, cleared, created, damage_kept, done, edited, grouped, hidden_rows, new_since,
        put_back, put_back_question, rows_without_id, undone, update_button, warning_sentence, withdrawn,
    };
    use crate::{Code, Counts, Damage};

    #[test]
    fn numbers_are_grouped_and_nouns_agree() {
        for (number, expected) in
            [(0, "0"), (999, "999"), (1_000, "1,000"), (1_003_412, "1,003,412"), (-1_000, "-1,000")]
        {
            assert_eq!(grouped(number), expected);
        }
        for (said, expected) in [
            (edited(0), "0 users were successfully edited"),
            (edited(1), "1 user was successfully edited"),
            (edited(312), "312 users were successfully edited"),
            (edited(3_000), "3,000 users were successfully edited"),
            (created(1), "1 user was created"),
            (withdrawn(4), "4 users were withdrawn"),
            (undone(1), "1 user is as it was before"),
            (undone(312), "312 users are as they were before"),
            (changed_since(1), "1 value was changed since and keeps its later value"),
            (changed_since(3), "3 values were changed since and keep their later values"),
            (cleared(3, None), "3 values will be cleared"),
            (cleared(1, Some("Job title")), "1 value of Job title will be cleared"),
            (
                new_since(1),
                "1 thing is new in this review, because the directory or its fields changed after it was looked at. It is marked as new. Nothing was done yet: look at what is new, then complete.",
            ),
            (hidden_rows(41), "41 of the changes are in hidden rows"),
            (hidden_rows(1), "1 of the changes is in a hidden row"),
            (rows_without_id(4), "4 rows have no User ID: create 4 users, or leave them out?"),
            (rows_without_id(1), "1 row has no User ID: create a user, or leave it out?"),
            (put_back(1), "1 cell is as you downloaded it, but was changed since. Use the file’s value?"),
            (
                put_back_question(12, "your import of 10:14"),
                "12 cells are as you downloaded them, but were changed since (your import of 10:14). Use the file’s values?",
            ),
        ] {
            assert_eq!(said, expected);
        }
    }

    #[test]
    fn what_was_done_is_one_sentence() {
        for ((edited, created, left_out), expected) in [
            ((312, 0, 0), "312 users were successfully edited"),
            ((0, 0, 0), "0 users were successfully edited"),
            ((304, 0, 8), "304 users were successfully edited and 8 were left out"),
            ((304, 4, 8), "304 users were successfully edited, 4 were created and 8 were left out"),
            ((0, 1, 0), "1 user was created"),
            ((0, 4, 1), "4 users were created and 1 was left out"),
        ] {
            assert_eq!(done(edited, created, left_out), expected);
        }
    }

    #[test]
    fn the_button_says_what_it_does() {
        for (users_to_edit, users_to_create, expected) in [
            (312, 0, "Update 312 users"),
            (1, 0, "Update 1 user"),
            (0, 4, "Create 4 users"),
            (1_304, 4, "Update 1,304 users and create 4"),
            (0, 0, "Finish without changes"),
        ] {
            assert_eq!(
                update_button(&Counts { users_to_edit, users_to_create, ..Counts::default() }),
                expected
            );
        }
    }

    #[test]
    fn damage_is_told_by_kind() {
        let title = "Employee number";
        assert_eq!(
            damage_kept(Damage::LeadingZeros, 412, title),
            "412 values of Employee number lost their zeros: kept as they were"
        );
        assert_eq!(
            damage_kept(Damage::Plus, 1, title),
            "1 value of Employee number lost its plus sign: kept as it was"
        );
        assert_eq!(
            damage_kept(Damage::Mark, 3, title),
            "3 values of Employee number have an apostrophe before them: kept as they were"
        );
        for damage in Damage::ALL {
            assert_eq!(Damage::of_word(damage.word()), Some(damage));
            let told = warning_sentence(Code::DamageKept, title, 2, Some(damage.word()));
            assert_eq!(told, format!("{}.", damage_kept(damage, 2, title)));
        }
        let told = warning_sentence(Code::HeaderUnknown, "", 1, Some("notes"));
        assert_eq!(told, "The column “notes” is not one of the organisation’s fields, so it is ignored.");
    }
}
