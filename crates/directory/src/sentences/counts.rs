//! The sentences that count: what will be done, what was done, what a file adds up to.

use ::sentences::say;

use super::unread;
use crate::{Accounted, Code, Counts, Damage, Decision, UserId};

/// "312 users were successfully edited", "1 user was successfully edited", "3,000 users were successfully edited".
pub fn edited(users: i64) -> String {
    say!("edited", users = users)
}

/// "4 users were created".
pub fn created(users: i64) -> String {
    say!("created", users = users)
}

/// "8 users were left out".
pub fn left_out(users: i64) -> String {
    say!("left-out", users = users)
}

/// What an import has done: "304 users were successfully edited, 4 were created and 8 were left out".
pub fn done(users_edited: i64, users_created: i64, users_left_out: i64) -> String {
    let mut parts = Vec::new();
    if users_edited > 0 || users_created == 0 {
        parts.push(edited(users_edited));
    }
    match users_created {
        0 => {}
        count if parts.is_empty() => parts.push(created(count)),
        count => parts.push(say!("created-besides", users = count)),
    }
    if users_left_out > 0 {
        parts.push(say!("left-out-besides", users = users_left_out));
    }
    joined(&parts)
}

/// Whom pasted names have named: "187 users found, 2 of them named twice; 4 names are nobody's: a@b.example, ...".
pub fn selected(users: i64, (missing, names): (i64, &str), twice: i64) -> String {
    let mut parts = vec![say!("selected-found", users = users)];
    if twice > 0 {
        parts.push(say!("selected-twice", twice = twice));
    }
    if missing > 0 {
        parts.push(say!("selected-missing", missing = missing, names = names));
    }
    parts.join(", ")
}

/// What an undo has done: "312 users are as they were before".
pub fn undone(users: i64) -> String {
    say!("undone", users = users)
}

/// What the undo of creations has done: "4 users were withdrawn".
pub fn withdrawn(users: i64) -> String {
    say!("withdrawn", users = users)
}

/// Why users are not changed back: "U-... and 3 more were not changed by this import."
pub fn not_changed_by_it(users: &[UserId]) -> String {
    let named: Vec<String> = users.iter().take(10).map(UserId::to_string).collect();
    match (users.len(), users.len().saturating_sub(named.len())) {
        (0, _) => say!("not-changed-nobody").to_owned(),
        (_, 0) => say!("not-changed", users = named.join(", ")),
        (_, more) => say!("not-changed-more", users = named.join(", "), more = more),
    }
}

/// What an undo has left alone: "3 values were changed since and keep their later value".
pub fn changed_since(values: i64) -> String {
    say!("changed-since", values = values)
}

/// Of a page of a search that ended before it was full: "Search is still being prepared: this page looked through 100,000 users, and
/// there are more. Go on with the next page."
pub fn looked_through(users: i64, preparing: bool) -> String {
    if preparing {
        say!("looked-through-preparing", users = users)
    } else {
        say!("looked-through", users = users)
    }
}

/// The words on the button that completes an import: "Update 312 users", "Update 304 users and create 4", "Create 4 users".
pub fn update_button(counts: &Counts) -> String {
    match (counts.users_to_edit, counts.users_to_create) {
        (0, 0) => say!("finish-button").to_owned(),
        (edit, 0) => say!("update-button", users = edit),
        (0, create) => say!("create-button", users = create),
        (edit, create) => say!("update-and-create-button", users = edit, created = create),
    }
}

/// "3 values will be cleared"; of one column, "212 values of Job title will be cleared".
pub fn cleared(values: i64, title: Option<&str>) -> String {
    match title {
        Some(title) => say!("cleared-of", values = values, title = title),
        None => say!("cleared", values = values),
    }
}

/// "412 values of Employee number lost their zeros: kept as they were".
pub fn damage_kept(damage: Damage, values: i64, title: &str) -> String {
    match damage {
        Damage::LeadingZeros => say!("damage-leading-zeros", values = values, title = title),
        Damage::Digits => say!("damage-digits", values = values, title = title),
        Damage::DateFormat => say!("damage-date-format", values = values, title = title),
        Damage::Boolean => say!("damage-boolean", values = values, title = title),
        Damage::Decimal => say!("damage-decimal", values = values, title = title),
        Damage::Plus => say!("damage-plus", values = values, title = title),
        Damage::TextToDate => say!("damage-text-to-date", values = values, title = title),
        Damage::CodePage => say!("damage-code-page", values = values, title = title),
        Damage::Garbled => say!("damage-garbled", values = values, title = title),
        Damage::TimeZone => say!("damage-time-zone", values = values, title = title),
        Damage::Mark => say!("damage-mark", values = values, title = title),
    }
}

/// "12 cells are as you downloaded them, but were changed since. Use the file's values?"
pub fn put_back(cells: i64) -> String {
    say!("put-back", cells = cells)
}

/// The same with what changed them: "... were changed since (your import of 10:14). Use the file's values?"
pub fn put_back_question(cells: i64, by: &str) -> String {
    say!("put-back-question", cells = cells, by = by)
}

/// "3 things are new in this review: ..." when it comes back because the directory or its fields changed.
pub fn new_since(cells: i64) -> String {
    say!("new-since", cells = cells)
}

/// "41 of the changes are in hidden rows".
pub fn hidden_rows(changes: i64) -> String {
    say!("hidden-rows", changes = changes)
}

/// "4 rows have no User ID: create 4 users, or leave them out?"
pub fn rows_without_id(rows: i64) -> String {
    say!("rows-without-id", rows = rows)
}

/// What a step of fixes did, for the button that undoes it: `kind` is the word of its fixes, of a decision, or `add` and `replace` for
/// a further file.
pub fn step_of_fixes(kind: &str, fixes: i64) -> String {
    match kind {
        "choose" => say!("step-choices", fixes = fixes),
        "leave_out" => say!("step-left-out", fixes = fixes),
        "take_in" => say!("step-taken-in", fixes = fixes),
        "create" => say!("step-created", fixes = fixes),
        "keep" => say!("step-kept", fixes = fixes),
        "add" => say!("step-file-added").to_owned(),
        "replace" => say!("step-file-replaced").to_owned(),
        kind => match Decision::of_word(kind) {
            Some(Decision::DamageMeant) => say!("step-damage-meant").to_owned(),
            Some(Decision::KeepValues) => say!("step-keep-values").to_owned(),
            Some(Decision::KeepEmpty) => say!("step-keep-empty").to_owned(),
            Some(Decision::KeepPoints) => say!("step-keep-points").to_owned(),
            Some(Decision::KeepBefore) => say!("step-keep-before").to_owned(),
            Some(Decision::StepMeant) => say!("step-step-meant").to_owned(),
            Some(Decision::PutBack) => say!("step-put-back").to_owned(),
            Some(Decision::AllSheets) => say!("step-all-sheets").to_owned(),
            Some(Decision::ReadSheet) => say!("step-read-sheet").to_owned(),
            Some(Decision::KeepMissing) => say!("step-keep-missing").to_owned(),
            Some(Decision::MissingCleared) => say!("step-missing-cleared").to_owned(),
            Some(Decision::ReadColumn) => say!("step-read-column").to_owned(),
            Some(Decision::IgnoreColumn) => say!("step-ignore-column").to_owned(),
            Some(Decision::FileIsWhole) => say!("step-file-is-whole").to_owned(),
            Some(Decision::LettersAreRight) => say!("step-letters-are-right").to_owned(),
            Some(Decision::MakeAbsentInactive) => say!("step-make-absent-inactive").to_owned(),
            None => say!("step-corrections", fixes = fixes),
        },
    }
}

/// The sentence for a warning about `count` cells. `title` is the field's title where there is one; the detail is as
/// [`crate::sentence`] says, for `damage_kept` the word of the damage, for `put_back` when the import was made.
pub fn warning_sentence(code: Code, title: &str, count: i64, detail: Option<&str>) -> String {
    let named = detail.filter(|detail| detail.parse::<i64>().is_err());
    match (code, named) {
        (Code::HeaderUnknown, Some(name)) => unread::column(name, count),
        (Code::HeaderUnknown, None) => say!("header-unknown-unnamed").to_owned(),
        (Code::TitleChanged, Some(name)) => say!("title-changed", name = name),
        (Code::TitleChanged, None) => say!("titles-missing").to_owned(),
        (Code::ColumnRetired, name) => say!("column-retired", name = name.unwrap_or(title)),
        (Code::Cleared, _) => stopped(&cleared(count, Some(title))),
        (Code::DamageKept, word) => match word.and_then(Damage::of_word) {
            Some(damage) => stopped(&damage_kept(damage, count, title)),
            None => say!("damage-kept", values = count, title = title),
        },
        (Code::PutBack, Some(when)) => put_back_question(count, &say!("put-back-import", when = when)),
        (Code::PutBack, None) => put_back(count),
        (Code::HiddenRows, _) => stopped(&hidden_rows(count)),
        (Code::ManyZeros, _) => say!("many-zeros", cells = count, title = title),
        (Code::PointsLost, _) => say!("points-lost", numbers = count, title = title),
        (Code::Transformed, detail) => super::transformed::sentence(title, count, detail.unwrap_or_default()),
        (Code::ManagerLoop, Some(example)) => say!("manager-loop-such-as", users = count, example = example),
        (Code::ManagerLoop, None) => say!("manager-loop", users = count),
        (Code::ManagerWithdrawn, Some(example)) => {
            say!("manager-withdrawn-such-as", users = count, example = example)
        }
        (Code::ManagerWithdrawn, None) => say!("manager-withdrawn", users = count),
        (Code::TextGuessed, Some(guess)) => say!("text-guessed", guess = guess),
        (Code::LettersGuessed, example) => {
            say!("letters-guessed", cells = count, example = example.unwrap_or("…"))
        }
        (Code::TextGuessed, None) => say!("text-guessed-unnamed").to_owned(),
        (Code::UnmarkedRevision, _) => say!("unmarked-revision").to_owned(),
        (Code::NotInFile, _) => say!("not-in-file", users = count),
        (Code::ChangedSince, _) => stopped(&changed_since(count)),
        (code, _) if code.is_of_unread() || code.is_of_ends() => unread::sentence(code, title, count, detail),
        _ => say!("no-revision").to_owned(),
    }
}

/// With a full stop behind it.
fn stopped(sentence: &str) -> String {
    say!("full-stop", sentence = sentence)
}

/// A row by its number, and by the part that it stands in where that is not the first one: "7", "7 of file 2", "7 of sheet “Copy”".
pub fn row_of_part((part, row): (u16, u32), accounted: &Accounted) -> String {
    match accounted.name_of(part) {
        None => row.to_string(),
        Some(part) => say!("row-of-part", row = row.to_string(), part = part),
    }
}

/// What is said of a fix that names a user by an ID which several rows have, each by its part and number; none of them where that is not
/// known.
pub fn shared_by(rows: &[(u16, u32)], accounted: &Accounted) -> String {
    if rows.is_empty() {
        return say!("several-rows-share-the-id").to_owned();
    }
    let names: Vec<String> = rows.iter().map(|row| row_of_part(*row, accounted)).collect();
    say!("rows-share-the-id", rows = super::lists::listed(&names.join(", ")))
}

/// A user whom a row is to create, by their name and the row of a part.
pub fn user_of_row(name: &str, (part, row): (u16, u32), accounted: &Accounted) -> String {
    let name = if name.is_empty() { say!("the-new-user") } else { name };
    match accounted.name_of(part) {
        None => say!("user-of-row", name = name, row = row.to_string()),
        Some(part) => say!("user-of-row-of-part", name = name, row = row.to_string(), part = part),
    }
}

/// `a`, `a and b`, `a, b and c`.
fn joined(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => say!("list-and", before = before.join(", "), last = last),
    }
}

#[cfg(test)]
mod tests {
    use super::{
        changed_since, cleared, created, damage_kept, done, edited, hidden_rows, new_since, put_back,
        put_back_question, rows_without_id, undone, update_button, warning_sentence, withdrawn,
    };
    use crate::{Code, Counts, Damage};

    #[test]
    fn numbers_are_grouped_and_nouns_agree() {
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
