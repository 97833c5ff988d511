//! The sentences of a report: the rows of a file that have problems, to be put right in a spreadsheet and uploaded again.

use ::sentences::say;

use crate::{Wrong, explained, sentence};

/// What the note on a red cell says: what is wrong, what is known besides, and what would perhaps be right. `title` is the field's.
pub fn problem_note(wrong: &Wrong, title: &str) -> String {
    let mut note = explained(&sentence(wrong, title), wrong);
    if !note.ends_with(['.', '?']) {
        note = say!("full-stop", sentence = note);
    }
    // Some sentences name them already.
    let others: Vec<&str> =
        wrong.suggestions.iter().map(String::as_str).filter(|other| !note.contains(other)).collect();
    match others.as_slice() {
        [] => note,
        [other] => say!("perhaps", note = note, other = *other),
        others => say!("perhaps-one-of", note = note, others = others.join("; ")),
    }
}

/// What the note on a cell says that somebody else has changed since the download. `since` is who and when, where it is known; values
/// are as people read them, empty for none.
pub fn conflict_note(at_download: &str, now: &str, file: &str, since: Option<(&str, &str)>) -> String {
    let (before, now, file) = (value(at_download), value(now), value(file));
    match since {
        Some((who, when)) => {
            say!("conflict-note-by", who = who, when = when, before = before, now = now, file = file)
        }
        None => say!("conflict-note", before = before, now = now, file = file),
    }
}

/// What is said of a row that has no problem of its own, but was left out.
pub fn left_out_note() -> &'static str {
    say!("left-out-note")
}

/// A note as it stands among others of its row: behind the title of its column, unless it begins with it.
pub fn note_of_column(title: &str, note: &str) -> String {
    if note.starts_with(title) { note.to_owned() } else { say!("note-of-column", title = title, note = note) }
}

/// What the sheet `Instructions` of a report says first.
pub fn report_instructions() -> [&'static str; 3] {
    [say!("report-red-cells"), say!("report-put-right"), say!("report-own-columns")]
}

/// Why there is no report, and no file to be had back, any more.
pub fn file_forgotten() -> &'static str {
    say!("file-forgotten")
}

fn value(text: &str) -> String {
    if text.is_empty() { say!("value-empty").to_owned() } else { say!("value-quoted", value = text) }
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
