//! Sheets that Muster wrote beside the users: the instructions, the choices of lists. They are counted and not shown, but for what people
//! wrote into them. Such a sheet bears a stamp, which says which cells were there; so it is known whatever it is called, in whichever
//! language. Older downloads have none, and their sheets are known by what they look like.

use sentences::in_all_languages;
use workbook::{Book, Position};

/// What the sheet of instructions was called, or begins with, and that of the lists, before there were stamps.
const INSTRUCTIONS: &str = "instructions";
const LISTS: &str = "lists";
/// No sheet of instructions has more cells, and none of lists, which is hidden: of others this large no stamp is looked for.
const MOST: i64 = 20_000;
const MOST_HIDDEN: i64 = 200_000;

/// The cells of a sheet that are not of Muster, which has so many: the first of them and how many they are, none where all are. None at all
/// when the sheet is not one of Muster.
pub(crate) fn strange_cells(book: &mut Book, sheet: usize, cells: i64) -> Option<Option<(Position, u64)>> {
    let (name, hidden) = (book.sheets()[sheet].name.to_lowercase(), book.sheets()[sheet].hidden);
    let is_instructions = name.starts_with(INSTRUCTIONS);
    let is_called_so = is_instructions || name.starts_with(LISTS);
    if !is_called_so && cells > if hidden { MOST_HIDDEN } else { MOST } {
        return None;
    }
    let stamped = book.stamped(sheet);
    if stamped.has_stamp() {
        return Some(stamped.unknown());
    }
    let headings = [
        in_all_languages("instructions-columns"),
        in_all_languages("instructions-heading"),
        in_all_languages("instructions-new-heading"),
    ]
    .concat();
    match is_instructions {
        true if headings.iter().any(|heading| stamped.has(heading)) => Some(stamped.beside()),
        false if is_called_so && hidden => Some(None),
        _ => None,
    }
}
