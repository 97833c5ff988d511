//! What an action on an import answered, on its way through the address to the page that says it.

use directory::Accounted;
use maud::{Markup, html};
use sentences::say;

use crate::web::frame::layout::Tone;
use crate::web::frame::words::say_markup;

/// What was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Notice {
    /// So many corrections were saved, and so many errors are left in their rows.
    Fixed(i64, i64),
    /// So many cells are being corrected.
    Fixing(i64),
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
    /// Problems, conflicts and rows that may be new users come first, so many of each.
    Blocked(i64, i64, i64),
    /// More users are to be created than the organisation may have.
    Beyond,
    /// Review shows another plan now.
    OtherPlan,
    /// It is too late to cancel.
    TooLate,
    /// There is nothing to undo.
    NothingToUndo,
    /// Others fix the same import at the same time; nothing was saved.
    OthersAtWork,
    /// So many kinds of changes that hit many users have no tick.
    TicksMissing(i64),
    /// Values stay as they are, so many.
    Kept(i64),
    /// An option was added, which made so many cells right.
    OptionAdded(i64),
    /// It could not be added.
    OptionRefused,
    /// The note was saved.
    Noted,
    /// A ticket of this number was raised, for so many rows.
    Ticket(i64, i64),
    /// So many reports are given to another manager.
    Given(i64),
    /// Nobody here bears the name to whom reports were to be given.
    GivenToNobody,
    /// Who was named is inactive, or becomes so.
    GivenToInactive,
    /// Nobody was ticked who could be changed back.
    NobodyTicked,
    /// An answer is offered no more.
    Forgotten,
    /// Whose row it is was said, and the file read again.
    Named,
    /// A row was said to be that of nobody here.
    NoSuchUser,
    /// A value was to be chosen where there is nothing to choose between.
    NothingToChoose,
    /// An import that was cancelled is back.
    TakenBack,
    /// It can be taken back no more.
    NotTakenBack,
    /// What was kept of an import that was cancelled is gone.
    Emptied,
}

impl Notice {
    /// Several rows, by file and number, have the ID by which a user was named; none are named where that would take their sheets.
    pub(in crate::web) fn shared_by(rows: &[(u16, u32)]) -> Self {
        let number =
            |at: usize| rows.get(at).map_or(0, |(file, row)| i64::from(*file) << 32 | i64::from(*row));
        Self::SharedBy(number(0), number(1))
    }

    /// Whether it says that all of a form was kept, and nothing of it is wrong.
    pub(in crate::web) fn is_kept(self) -> bool {
        matches!(self, Self::Fixed(_, 0) | Self::LeftOut | Self::Named)
    }

    /// An address that says it on the page there: `/o/acme/imports/imp_1?said=fixed&a=3`.
    pub(in crate::web) fn onto(self, address: &str) -> String {
        let (word, a, b) = self.parts();
        let mark = if address.contains('?') { '&' } else { '?' };
        let more = if let Self::Blocked(_, _, rows) = self { format!("&c={rows}") } else { String::new() };
        format!("{address}{mark}said={word}&a={a}&b={b}{more}")
    }

    /// Reads it from an address.
    pub(in crate::web) fn read(pairs: &[(String, String)]) -> Option<Self> {
        let text = |name: &str| pairs.iter().find(|(of, _)| of == name).map(|(_, value)| value.as_str());
        let number = |name: &str| text(name).and_then(|value| value.parse().ok()).unwrap_or(0);
        Some(match text("said")? {
            "fixed" => Self::Fixed(number("a"), number("b")),
            "fixing" => Self::Fixing(number("a")),
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
            "blocked" => Self::Blocked(number("a"), number("b"), number("c")),
            "beyond" => Self::Beyond,
            "other_plan" => Self::OtherPlan,
            "too_late" => Self::TooLate,
            "no_undo" => Self::NothingToUndo,
            "others" => Self::OthersAtWork,
            "ticks" => Self::TicksMissing(number("a")),
            "kept" => Self::Kept(number("a")),
            "option" => Self::OptionAdded(number("a")),
            "no_option" => Self::OptionRefused,
            "noted" => Self::Noted,
            "ticket" => Self::Ticket(number("a"), number("b")),
            "given" => Self::Given(number("a")),
            "given_nobody" => Self::GivenToNobody,
            "given_inactive" => Self::GivenToInactive,
            "nobody_ticked" => Self::NobodyTicked,
            "forgotten" => Self::Forgotten,
            "named" => Self::Named,
            "no_user" => Self::NoSuchUser,
            "no_choice" => Self::NothingToChoose,
            "taken_back" => Self::TakenBack,
            "not_taken_back" => Self::NotTakenBack,
            "emptied" => Self::Emptied,
            _ => return None,
        })
    }

    fn parts(self) -> (&'static str, i64, i64) {
        match self {
            Self::Fixed(count, wrong) => ("fixed", count, wrong),
            Self::Fixing(count) => ("fixing", count, 0),
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
            Self::Blocked(errors, conflicts, _) => ("blocked", errors, conflicts),
            Self::Beyond => ("beyond", 0, 0),
            Self::OtherPlan => ("other_plan", 0, 0),
            Self::TooLate => ("too_late", 0, 0),
            Self::NothingToUndo => ("no_undo", 0, 0),
            Self::OthersAtWork => ("others", 0, 0),
            Self::TicksMissing(kinds) => ("ticks", kinds, 0),
            Self::Kept(values) => ("kept", values, 0),
            Self::OptionAdded(cells) => ("option", cells, 0),
            Self::OptionRefused => ("no_option", 0, 0),
            Self::Noted => ("noted", 0, 0),
            Self::Ticket(number, rows) => ("ticket", number, rows),
            Self::Given(reports) => ("given", reports, 0),
            Self::GivenToNobody => ("given_nobody", 0, 0),
            Self::GivenToInactive => ("given_inactive", 0, 0),
            Self::NobodyTicked => ("nobody_ticked", 0, 0),
            Self::Forgotten => ("forgotten", 0, 0),
            Self::Named => ("named", 0, 0),
            Self::NoSuchUser => ("no_user", 0, 0),
            Self::NothingToChoose => ("no_choice", 0, 0),
            Self::TakenBack => ("taken_back", 0, 0),
            Self::NotTakenBack => ("not_taken_back", 0, 0),
            Self::Emptied => ("emptied", 0, 0),
        }
    }

    /// The banner.
    pub(in crate::web) fn banner(self) -> (Tone, Markup) {
        let (tone, words) = match self {
            Self::Fixed(count, 0) => (Tone::Good, say!("notice-corrections", corrections = count)),
            Self::Fixed(_, wrong) => (Tone::Bad, say!("notice-still-wrong", errors = wrong)),
            Self::Chosen => (Tone::Good, say!("notice-your-choices-were-saved").to_owned()),
            Self::LeftOut => (Tone::Good, say!("notice-saved-those-users-are-left").to_owned()),
            Self::TakenIn => (Tone::Good, say!("notice-saved-taken-in-again").to_owned()),
            Self::ToCreate => (Tone::Good, say!("notice-saved-users-will-be-created").to_owned()),
            Self::Decided => (Tone::Good, say!("notice-your-decision-was-saved").to_owned()),
            Self::FixUndone => (Tone::Good, say!("notice-undone").to_owned()),
            Self::FixRedone => (Tone::Good, say!("notice-done-again").to_owned()),
            Self::NotAdded => (Tone::Note, say!("notice-the-import-is-no-longer").to_owned()),
            Self::FileTooLarge => (Tone::Bad, say!("notice-that-file-is-larger-than").to_owned()),
            Self::NothingToSave => (Tone::Note, say!("notice-nothing-was-entered-so-nothing").to_owned()),
            Self::NoSuchCell => (Tone::Note, say!("notice-that-cell-is-not-among").to_owned()),
            Self::SharedBy(0, _) => (Tone::Note, directory::shared_by(&[], &Accounted::default())),
            Self::SharedBy(first, second) => {
                (Tone::Note, directory::shared_by(&[first, second].map(line), &Accounted::default()))
            }
            Self::Blocked(errors, conflicts, rows) => return (Tone::Bad, blocked(errors, conflicts, rows)),
            Self::Beyond => (Tone::Bad, say!("notice-too-many-users").to_owned()),
            Self::OtherPlan => (Tone::Note, say!("notice-the-directory-changed-since-you").to_owned()),
            Self::TooLate => (Tone::Note, say!("notice-it-was-too-late-to").to_owned()),
            Self::NothingToUndo => (Tone::Note, say!("notice-there-is-nothing-to-undo").to_owned()),
            Self::Fixing(count) => (Tone::Good, say!("notice-fixing", corrections = count)),
            Self::OthersAtWork => (Tone::Note, say!("notice-others-are-working-on-this").to_owned()),
            Self::TicksMissing(kinds) => (Tone::Note, say!("notice-ticks-missing", ticks = kinds)),
            Self::Kept(values) => (Tone::Good, say!("notice-kept", values = values)),
            Self::OptionAdded(cells) => (Tone::Good, say!("notice-option-added", cells = cells)),
            Self::OptionRefused => (Tone::Note, say!("notice-option-refused").to_owned()),
            Self::Noted => (Tone::Good, say!("notice-noted").to_owned()),
            Self::Ticket(number, rows) => {
                (Tone::Wait, say!("ticket-is-with-support", number = number.to_string(), rows = rows))
            }
            Self::Given(reports) => (Tone::Good, say!("notice-given", reports = reports)),
            Self::GivenToNobody => (Tone::Note, say!("notice-given-to-nobody").to_owned()),
            Self::GivenToInactive => (Tone::Note, say!("notice-given-to-inactive").to_owned()),
            Self::NobodyTicked => (Tone::Note, say!("notice-nobody-ticked").to_owned()),
            Self::Forgotten => (Tone::Good, say!("notice-forgotten").to_owned()),
            Self::Named => (Tone::Good, say!("notice-named").to_owned()),
            Self::NoSuchUser => (Tone::Note, say!("notice-no-such-user").to_owned()),
            Self::NothingToChoose => (Tone::Note, say!("notice-nothing-to-choose").to_owned()),
            Self::TakenBack => (Tone::Good, say!("notice-taken-back").to_owned()),
            Self::NotTakenBack => (Tone::Note, say!("notice-not-taken-back").to_owned()),
            Self::Emptied => (Tone::Good, say!("notice-emptied").to_owned()),
        };
        (tone, html! { (words) })
    }
}

fn blocked(errors: i64, conflicts: i64, rows: i64) -> Markup {
    html! {
        p { (say!("notice-nothing-was-changed-yet-first")) }
        ul {
            @if errors > 0 {
                li {
                    (say_markup!("notice-put-right", link = html! { a href="problems" { (say!("notice-errors", errors = errors)) } }))
                }
            }
            @if conflicts > 0 {
                li {
                    (say_markup!("notice-decide", link = html! { a href="conflicts" { (say!("notice-conflicts", conflicts = conflicts)) } }))
                }
            }
            @if rows > 0 { li { a href="new-users" { (say!("notice-new-users", rows = rows)) } } }
        }
    }
}

/// The file and the row of a number of [`Said::SharedBy`].
fn line(number: i64) -> (u16, u32) {
    (u16::try_from(number >> 32).unwrap_or(1), number as u32)
}

#[cfg(test)]
mod tests {
    use super::Notice;

    #[test]
    fn what_was_said_survives_the_address() {
        for notice in [
            Notice::Fixed(3, 1),
            Notice::Blocked(8, 2, 1),
            Notice::OtherPlan,
            Notice::NothingToUndo,
            Notice::Chosen,
            Notice::TicksMissing(2),
            Notice::OptionAdded(3),
            Notice::Given(14),
            Notice::GivenToNobody,
            Notice::NobodyTicked,
        ] {
            let query = notice.onto("/x");
            let pairs: Vec<(String, String)> = query["/x?".len()..]
                .split('&')
                .filter_map(|pair| pair.split_once('='))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            assert_eq!(Notice::read(&pairs), Some(notice), "{query}");
        }
    }
}
