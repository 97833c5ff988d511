//! What an action on an import answered, on its way through the address to the page that says it.

use maud::{Markup, html};

use super::layout::Tone;
use super::words::counted;

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// So many corrections were saved, and so many errors are left in their rows.
    Fixed(i64, i64),
    /// Choices were kept.
    Chosen,
    /// Rows were left out.
    LeftOut,
    /// Rows were taken in again.
    TakenIn,
    /// Rows without a User ID are to create users.
    ToCreate,
    /// A decision about a column, or the whole file, was kept.
    Decided,
    /// The last step of fixes was undone.
    FixUndone,
    /// A step of fixes that was undone counts again.
    FixRedone,
    /// The import is no longer in review, so a further file was not added.
    NotAdded,
    /// A further file is too large.
    FileTooLarge,
    /// Nothing was entered.
    NothingToSave,
    /// The cell is not in review any more.
    NoSuchCell,
    /// A User ID names two rows, which differ; there may be more of them.
    SharedBy(i64, i64),
    /// Errors and conflicts are in the way, so many of each.
    Blocked(i64, i64),
    /// Review shows another plan now.
    OtherPlan,
    /// It is too late to cancel.
    TooLate,
    /// There is nothing to undo.
    NothingToUndo,
}

impl Said {
    /// Several rows, by file and number, have the ID by which a user was named.
    pub(super) fn shared_by(rows: &[(u16, u32)]) -> Self {
        let number =
            |at: usize| rows.get(at).map_or(0, |(file, row)| i64::from(*file) << 32 | i64::from(*row));
        Self::SharedBy(number(0), number(1))
    }

    /// As it stands in an address: `?said=fixed&a=3`.
    pub(super) fn query(self) -> String {
        let (word, a, b) = self.parts();
        format!("?said={word}&a={a}&b={b}")
    }

    /// Reads it from an address.
    pub(super) fn read(pairs: &[(String, String)]) -> Option<Self> {
        let text = |name: &str| pairs.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str());
        let number = |name: &str| text(name).and_then(|value| value.parse().ok()).unwrap_or(0);
        Some(match text("said")? {
            "fixed" => Self::Fixed(number("a"), number("b")),
            "chosen" => Self::Chosen,
            "left_out" => Self::LeftOut,
            "taken_in" => Self::TakenIn,
            "to_create" => Self::ToCreate,
            "decided" => Self::Decided,
            "fix_undone" => Self::FixUndone,
            "fix_redone" => Self::FixRedone,
            "not_added" => Self::NotAdded,
            "file_too_large" => Self::FileTooLarge,
            "nothing" => Self::NothingToSave,
            "no_cell" => Self::NoSuchCell,
            "shared_by" => Self::SharedBy(number("a"), number("b")),
            "blocked" => Self::Blocked(number("a"), number("b")),
            "other_plan" => Self::OtherPlan,
            "too_late" => Self::TooLate,
            "no_undo" => Self::NothingToUndo,
            _ => return None,
        })
    }

    fn parts(self) -> (&'static str, i64, i64) {
        match self {
            Self::Fixed(count, wrong) => ("fixed", count, wrong),
            Self::Chosen => ("chosen", 0, 0),
            Self::LeftOut => ("left_out", 0, 0),
            Self::TakenIn => ("taken_in", 0, 0),
            Self::ToCreate => ("to_create", 0, 0),
            Self::Decided => ("decided", 0, 0),
            Self::FixUndone => ("fix_undone", 0, 0),
            Self::FixRedone => ("fix_redone", 0, 0),
            Self::NotAdded => ("not_added", 0, 0),
            Self::FileTooLarge => ("file_too_large", 0, 0),
            Self::NothingToSave => ("nothing", 0, 0),
            Self::NoSuchCell => ("no_cell", 0, 0),
            Self::SharedBy(first, second) => ("shared_by", first, second),
            Self::Blocked(errors, conflicts) => ("blocked", errors, conflicts),
            Self::OtherPlan => ("other_plan", 0, 0),
            Self::TooLate => ("too_late", 0, 0),
            Self::NothingToUndo => ("no_undo", 0, 0),
        }
    }

    /// The banner.
    pub(super) fn banner(self) -> (Tone, Markup) {
        let (tone, words) = match self {
            Self::Fixed(count, 0) => (Tone::Good, format!("{} saved.", counted(count, "correction", "corrections"))),
            Self::Fixed(_, wrong) => {
                (Tone::Bad, format!("Saved, but {} still there.", counted(wrong, "error is", "errors are")))
            }
            Self::Chosen => (Tone::Good, "Your choices were saved.".to_owned()),
            Self::LeftOut => (Tone::Good, "Saved: those users are left out and stay as they are.".to_owned()),
            Self::TakenIn => (Tone::Good, "Saved: taken in again.".to_owned()),
            Self::ToCreate => {
                (Tone::Good, "Saved: users will be created for those rows when you complete.".to_owned())
            }
            Self::Decided => (Tone::Good, "Your decision was saved.".to_owned()),
            Self::FixUndone => (Tone::Good, "Undone.".to_owned()),
            Self::FixRedone => (Tone::Good, "Done again.".to_owned()),
            Self::NotAdded => {
                (Tone::Note, "The import is no longer in review, so the file was not added. Upload it as an import of its own.".to_owned())
            }
            Self::FileTooLarge => {
                (Tone::Bad, "That file is larger than what is taken, so it was not added. Delete rows that need no edit, then upload it.".to_owned())
            }
            Self::NothingToSave => (Tone::Note, "Nothing was entered, so nothing was saved.".to_owned()),
            Self::NoSuchCell => {
                (Tone::Note, "That cell is not among the problems any more. Here is the review as it stands now.".to_owned())
            }
            Self::SharedBy(first, second) => {
                (Tone::Note, directory::shared_by(&[first, second].map(line)))
            }
            Self::Blocked(errors, conflicts) => return (Tone::Bad, blocked(errors, conflicts)),
            Self::OtherPlan => (
                Tone::Note,
                "The directory changed since you opened this page, and with it what would happen. Nothing was done yet: \
                 look through the review again, then complete."
                    .to_owned(),
            ),
            Self::TooLate => (Tone::Note, "It was too late to cancel: the import has come to its end.".to_owned()),
            Self::NothingToUndo => (Tone::Note, "There is nothing to undo here any more.".to_owned()),
        };
        (tone, html! { (words) })
    }
}

fn blocked(errors: i64, conflicts: i64) -> Markup {
    html! {
        p { "Nothing was changed yet. First:" }
        ul {
            @if errors > 0 {
                li { a href="#problems" { "put right " (counted(errors, "error", "errors")) } ", or leave those users out" }
            }
            @if conflicts > 0 {
                li { a href="#conflicts" { "decide " (counted(conflicts, "conflict", "conflicts")) } ", or leave them as they are now" }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Said;

    #[test]
    fn what_was_said_survives_the_address() {
        for said in
            [Said::Fixed(3, 1), Said::Blocked(8, 2), Said::OtherPlan, Said::NothingToUndo, Said::Chosen]
        {
            let query = said.query();
            let pairs: Vec<(String, String)> = query[1..]
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            assert_eq!(Said::read(&pairs), Some(said), "{query}");
        }
    }
}

/// The file and the row of a number of [`Said::SharedBy`].
fn line(number: i64) -> (u16, u32) {
    (u16::try_from(number >> 32).unwrap_or(1), number as u32)
}
