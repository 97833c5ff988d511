//! The sentences of a report: the rows of a file that have problems, to be put right in a spreadsheet and uploaded again.

use crate::{Wrong, explained, sentence};

/// What the note on a red cell says: what is wrong, what is known besides, and what would perhaps be right. `title` is the field's.
pub fn problem_note(wrong: &Wrong, title: &str) -> String {
    let mut note = explained(&sentence(wrong, title), wrong);
    if !note.ends_with(['.', '?']) {
        note.push('.');
    }
    // Some sentences name them already.
    let others: Vec<&str> =
        wrong.suggestions.iter().map(String::as_str).filter(|other| !note.contains(other)).collect();
    match others.as_slice() {
        [] => note,
        [other] => format!("{note} Perhaps it is {other}."),
        others => format!("{note} Perhaps it is one of these: {}.", others.join("; ")),
    }
}

/// What the note on a cell says that somebody else has changed since the download. `since` is who and when, where it is known; values
/// are as people read them, empty for none.
pub fn conflict_note(at_download: &str, now: &str, file: &str, since: Option<(&str, &str)>) -> String {
    let by = since.map(|(who, when)| format!(" by {who} on {when}")).unwrap_or_default();
    format!(
        "This was changed{by}: it was {} at the download, is {} now, and is {} in the file. Type the value that is to be.",
        value(at_download),
        value(now),
        value(file)
    )
}

/// What is said of a row that has no problem of its own, but was left out.
pub fn left_out_note() -> &'static str {
    "This row was left out. Upload it again to make its changes."
}

/// A note as it stands among others of its row: behind the title of its column, unless it begins with it.
pub fn note_of_column(title: &str, note: &str) -> String {
    if note.starts_with(title) { note.to_owned() } else { format!("{title}: {note}") }
}

/// What the sheet `Instructions` of a report says first.
pub fn report_instructions() -> [&'static str; 3] {
    [
        "These are the rows that have problems. Each red cell has a note that says what is wrong and what to do; the column “What to do” says it for the whole row.",
        "Put the red cells right, save the file and upload it again. Cells that you don’t edit stay as they are.",
        "The columns “Row” and “What to do” are no fields of users: leave them as they are. Row is the number of the row in the file that you uploaded.",
    ]
}

/// Why there is no report, and no file to be had back, any more.
pub fn file_forgotten() -> &'static str {
    "The uploaded file is not kept any more, so its rows can’t be downloaded. Download the user data and edit that."
}

fn value(text: &str) -> String {
    if text.is_empty() { "empty".to_owned() } else { format!("“{text}”") }
}

#[cfg(test)]
mod tests {
    use super::{conflict_note, note_of_column, problem_note};
    use crate::{Code, Where, Wrong};

    fn check(code: Code, detail: &str, suggestions: &[&str], expected: &str) {
        let detail = (!detail.is_empty()).then(|| detail.to_owned());
        let holder = (code == Code::LoginInUse).then_some(Where::ThisFile);
        let suggestions = suggestions.iter().map(|text| (*text).to_owned()).collect();
        assert_eq!(problem_note(&Wrong { code, detail, holder, suggestions }, "Office"), expected);
    }

    #[test]
    fn notes_say_what_is_wrong_and_what_would_be_right() {
        check(Code::Required, "", &[], "Office can’t be empty. Type a value.");
        check(Code::LoginInUse, "7", &[], "Email/Username is already in use. Row 7 has it too.");
        let not_a_choice = "“Lodz” is not one of the options of Office. Choose one from the list.";
        check(Code::NotAChoice, "Lodz", &["Łódź"], &format!("{not_a_choice} Perhaps it is Łódź."));
        check(
            Code::NotAChoice,
            "Lodz",
            &["A", "B"],
            &format!("{not_a_choice} Perhaps it is one of these: A; B."),
        );
        check(
            Code::AmbiguousDate,
            "2026-04-05 or 2026-05-04",
            &["2026-04-05", "2026-05-04"],
            "Office: this date can be read in more than one way, as 2026-04-05 or 2026-05-04. Choose the one that is meant.",
        );
    }

    #[test]
    fn notes_on_conflicts_say_who_and_what() {
        assert_eq!(
            conflict_note("A", "B", "C", Some(("pat", "22 November 2026 at 09:00 UTC"))),
            "This was changed by pat on 22 November 2026 at 09:00 UTC: it was “A” at the download, is “B” now, and is “C” in the \
             file. Type the value that is to be."
        );
        assert!(conflict_note("", "B", "", None).starts_with(
            "This was changed: it was empty at the download, is “B” now, and is empty in the file."
        ));
    }

    #[test]
    fn a_title_is_said_once() {
        assert_eq!(note_of_column("Office", "Office can’t be empty."), "Office can’t be empty.");
        assert_eq!(note_of_column("Email", "It is in use."), "Email: It is in use.");
    }
}
