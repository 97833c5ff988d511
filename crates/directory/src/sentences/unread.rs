//! The sentences of what is not read of a file, and of what may be missing in it: each names the place, the reason and the count.

use ::sentences::say;

use crate::Code;

/// The sentence of a warning about what is not read. The detail of sheets is the reason, a tab and the name; of rows their numbers.
pub(super) fn sentence(code: Code, title: &str, count: i64, detail: Option<&str>) -> String {
    match code {
        Code::SheetUnread => sheet(count, detail.unwrap_or("…")),
        Code::SheetsDiffer => {
            let (read, name) = detail.and_then(|detail| detail.split_once('\t')).unwrap_or_default();
            say!("sheets-differ", sheet = name, read = read, cells = count)
        }
        Code::KeyRowMoved => say!("key-row-moved", row = detail.unwrap_or("…")),
        Code::RowsAboveKeys => say!("rows-above-keys", cells = count),
        Code::CellsBeyondKeys => {
            let place = detail.filter(|place| !place.is_empty()).unwrap_or_else(|| say!("far-right"));
            say!("cells-beyond-keys", cells = count, place = place)
        }
        Code::HeadingsAgain => say!("headings-again", row = detail.unwrap_or("…"), cells = count),
        Code::KeyMissing => say!("key-missing", column = detail.unwrap_or("…"), cells = count, title = title),
        Code::CellsMissing => say!("cells-missing", cells = count, title = title),
        _ => say!("last-line-cut", row = detail.unwrap_or("…")),
    }
}

/// A column that is not read: its name, its place, and whether only the key is missing.
pub(super) fn column(detail: &str, cells: i64) -> String {
    match detail.split('\t').collect::<Vec<_>>()[..] {
        [name, column, "key"] => say!("header-without-key", name = name, column = column, cells = cells),
        ["", column] => say!("header-unnamed-at", column = column, cells = cells),
        [name, column] => say!("header-unknown-at", name = name, column = column, cells = cells),
        _ => say!("header-unknown", name = detail),
    }
}

fn sheet(cells: i64, detail: &str) -> String {
    match detail.split_once('\t').unwrap_or(("", detail)) {
        ("hidden", name) => say!("sheet-hidden", sheet = name, cells = cells),
        ("same", name) => say!("sheet-same", sheet = name, cells = cells),
        ("decided", name) => say!("sheet-decided", sheet = name, cells = cells),
        ("other_download", name) => say!("sheet-other-download", sheet = name, cells = cells),
        ("no_keys", name) => say!("sheet-without-keys", sheet = name, cells = cells),
        (place, name) => say!("sheet-own-edited", sheet = name, cells = cells, place = place),
    }
}

/// Whole files and rows that are refused for what is missing in them, or too much.
pub(super) fn refused(code: Code, detail: Option<&str>) -> String {
    match code {
        Code::IdColumnMissing => say!("id-column-missing").to_owned(),
        Code::SheetUnknown => say!("sheet-unknown", sheet = detail.unwrap_or("…")),
        Code::NoRows => say!("no-rows").to_owned(),
        Code::RowCut => say!("row-cut").to_owned(),
        Code::RowWide => say!("row-wide").to_owned(),
        Code::MergedCells => say!("merged-cells").to_owned(),
        _ => say!("other-headings", row = detail.unwrap_or("…")),
    }
}
