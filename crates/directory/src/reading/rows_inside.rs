//! Rows of a file inside one cell: in csv a quotation mark that somebody typed begins a text that ends at the next mark, rows later. Such a
//! text can be known by the User IDs that begin the rows.

use crate::{Code, UserId, Wrong};

/// What the detail begins with; the number of rows and that of their cells follow.
pub(crate) const DETAIL: &str = "rows_inside:";

/// What is wrong with a text that holds rows of a file where the base holds none.
pub fn wrong(base: Option<&str>, text: &str) -> Option<Wrong> {
    let (rows, cells) = count(text);
    (rows > 0 && base.is_none_or(|base| count(base).0 == 0))
        .then(|| Wrong::with(Code::CellUnreadable, format!("{DETAIL}{rows}:{cells}")))
}

/// The number of cells that such a text holds, by what is said of it.
pub fn cells_inside(wrong: &Wrong) -> i64 {
    let counts = wrong.detail.as_deref().and_then(|detail| detail.strip_prefix(DETAIL));
    counts.and_then(|counts| counts.split_once(':')?.1.parse().ok()).unwrap_or_default()
}

/// How many lines behind the first are rows of users, and how many of their cells are not empty.
fn count(text: &str) -> (u32, usize) {
    if !text.bytes().any(|byte| matches!(byte, b'\n' | b'\r')) {
        return (0, 0);
    }
    let rows = text.split(['\n', '\r']).skip(1).filter_map(row);
    rows.fold((0, 0), |(rows, cells), more| (rows + 1, cells + more))
}

/// The cells of a line, when one of them is a User ID and nothing else. A text that people type has none between two separators.
fn row(line: &str) -> Option<usize> {
    let mut cells = line.split([',', ';', '\t', '|']).map(|cell| cell.trim_matches(['"', '\'', ' ']));
    let is_row = cells.clone().count() > 1 && cells.any(|cell| cell.parse::<UserId>().is_ok());
    let filled = line.split([',', ';', '\t', '|']).filter(|cell| !cell.trim().is_empty());
    is_row.then(|| filled.count())
}

#[cfg(test)]
mod tests {
    use super::{cells_inside, wrong};

    #[test]
    fn rows_are_known_by_their_user_ids() {
        for (base, text, rows, cells) in [
            (None, "Cook\r\nU-2222222222,Ann,,Vet", Some(1), 3),
            (Some("Cook"), "Cook\nU-2222222222;Ann;Vet\nU-2222222222;Bo;Dean", Some(2), 6),
            (Some("Cook"), "Cook,x\n\"Ann\"\t\"U-2222222222\"", Some(1), 2),
            (Some("Cook"), "Cook", None, 0),
            (Some("Cook"), "Cook\nsee Ann (U-2222222222), and Bo", None, 0),
            (Some("Cook"), "U-2222222222,Ann\nCook, Vet", None, 0),
            (Some("Cook"), "Cook\nU-2222222222", None, 0),
            (Some("Cook\nU-2222222222,Ann"), "Chef\nU-2222222222,Ann", None, 0),
        ] {
            let found = wrong(base, text);
            let said = found.as_ref().and_then(|wrong| wrong.detail.clone());
            let begins = rows.map(|rows: i32| format!("rows_inside:{rows}:"));
            assert_eq!(said.is_some(), begins.is_some(), "{text:?}");
            assert!(said.zip(begins).is_none_or(|(said, begins)| said.starts_with(&begins)), "{text:?}");
            assert_eq!(found.as_ref().map_or(0, cells_inside), cells, "{text:?}");
        }
    }
}
