//! Sheets that Muster wrote beside the users: the instructions, the choices of lists. They are counted and not shown, but for what people
//! wrote into them. Which cells were there, the stamp of the sheet says; older downloads have none, and are known by what they look like.

use sentences::in_all_languages;
use workbook::{Book, Position};

/// What the sheet of instructions is called, or begins with, and that of the lists.
const INSTRUCTIONS: &str = "instructions";
const LISTS: &str = "lists";

/// The cells of a sheet that are not of Muster: the first of them and how many they are, none where all are. None at all when the sheet is
/// not one of Muster.
pub(crate) fn strange_cells(book: &mut Book, sheet: usize) -> Option<Option<(Position, u64)>> {
    let (name, hidden) = (book.sheets()[sheet].name.to_lowercase(), book.sheets()[sheet].hidden);
    let is_instructions = name.starts_with(INSTRUCTIONS);
    if !is_instructions && !name.starts_with(LISTS) {
        return None;
    }
    let stamped = book.stamped(sheet);
    let headings = [
        in_all_languages("instructions-columns"),
        in_all_languages("instructions-heading"),
        in_all_languages("instructions-new-heading"),
    ]
    .concat();
    match (stamped.has_stamp(), is_instructions) {
        (true, _) => Some(stamped.unknown()),
        (false, true) if headings.iter().any(|heading| stamped.has(heading)) => Some(stamped.beside()),
        (false, false) if hidden => Some(None),
        (false, _) => None,
    }
}
