//! What the files of an import hold beside the cells that are read: why others are not, which sheets are parts of their own, and what is
//! counted and not shown.

use sentences::say;

/// What is known of the files of an import once they were read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Accounted {
    /// Cells that are not read, by reason and sheet; together they are [`crate::Counts::unread`].
    pub unread: Vec<Unread>,
    /// The sheets that are parts beside the first one that is read of their file.
    pub sheets: Vec<ReadSheet>,
    /// Comments on cells.
    pub comments: i64,
    /// Pictures, charts and shapes.
    pub drawings: i64,
}

/// Cells of a sheet that are not read for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The reason.
    pub reason: Reason,
    /// The number of the file, from 1.
    pub file: u16,
    /// The name of the sheet; empty in csv.
    pub sheet: String,
    /// How many cells that are not empty.
    pub cells: i64,
}

/// A sheet that is read as a part of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadSheet {
    /// The number by which places of the plan name it.
    pub part: u16,
    /// The number of its file, from 1.
    pub file: u16,
    /// Its name.
    pub name: String,
}

/// Why cells are no values of users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// They are the titles or the keys.
    Headings,
    /// They stand above the titles.
    RowsAboveKeys,
    /// They are titles or keys that stand between the rows once more.
    HeadingsAgain,
    /// Their column has no key of a field that is in use.
    ColumnWithoutKey,
    /// They stand right of the last key.
    CellsBeyondKeys,
    /// Their rows stand inside a cell, between quotation marks.
    InsideCell,
    /// Their sheet has keys and is hidden.
    SheetHidden,
    /// Their sheet is the same as the one that is read.
    SheetSame,
    /// Their sheet differs from the one that is read; which is meant, is asked.
    SheetsDiffer,
    /// People said which sheets are read, and theirs is none of them.
    SheetDecided,
    /// Their sheet is of another download than the one that is read.
    SheetOtherDownload,
    /// Their sheet has no keys.
    SheetWithoutKeys,
    /// Muster wrote them beside the users: instructions, lists of choices.
    OwnSheet,
    /// They stand in a sheet that Muster wrote, and are not of Muster.
    OwnSheetEdited,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Headings,
        Self::RowsAboveKeys,
        Self::HeadingsAgain,
        Self::ColumnWithoutKey,
        Self::CellsBeyondKeys,
        Self::InsideCell,
        Self::SheetHidden,
        Self::SheetSame,
        Self::SheetsDiffer,
        Self::SheetDecided,
        Self::SheetOtherDownload,
        Self::SheetWithoutKeys,
        Self::OwnSheet,
        Self::OwnSheetEdited,
    ];

    /// The stable word: `cells_beyond_keys`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Headings => "headings",
            Self::RowsAboveKeys => "rows_above_keys",
            Self::HeadingsAgain => "headings_again",
            Self::ColumnWithoutKey => "column_without_key",
            Self::CellsBeyondKeys => "cells_beyond_keys",
            Self::InsideCell => "inside_cell",
            Self::SheetHidden => "sheet_hidden",
            Self::SheetSame => "sheet_same",
            Self::SheetsDiffer => "sheets_differ",
            Self::SheetDecided => "sheet_decided",
            Self::SheetOtherDownload => "sheet_other_download",
            Self::SheetWithoutKeys => "sheet_without_keys",
            Self::OwnSheet => "own_sheet",
            Self::OwnSheetEdited => "own_sheet_edited",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

impl Accounted {
    /// How many cells are not read.
    pub fn cells_unread(&self) -> i64 {
        self.unread.iter().map(|unread| unread.cells).sum()
    }

    /// The sheet that a part is, where it is not the first one that is read of its file.
    pub fn sheet(&self, part: u16) -> Option<&ReadSheet> {
        self.sheets.iter().find(|sheet| sheet.part == part)
    }

    /// What people call a part: "file 2", "sheet Copy"; none for the first one.
    pub fn name_of(&self, part: u16) -> Option<String> {
        match (part, self.sheet(part)) {
            (_, Some(ReadSheet { file: 1, name, .. })) => Some(say!("part-sheet", sheet = name.as_str())),
            (_, Some(ReadSheet { file, name, .. })) => {
                Some(say!("part-sheet-of-file", sheet = name.as_str(), file = file.to_string()))
            }
            (1, None) => None,
            (file, None) => Some(say!("part-file", file = file.to_string())),
        }
    }

    /// A row as a report names it: `7`, `2!7` in another file, `Copy!7` in another sheet.
    pub fn line(&self, part: u16, row: u32) -> String {
        match part {
            1 => row.to_string(),
            part => format!("{}!{row}", self.short_name(part)),
        }
    }

    /// The part and the row that a report names.
    pub fn of_line(&self, line: &str) -> Option<(u16, u32)> {
        let Some((part, row)) = line.rsplit_once('!') else { return Some((1, line.parse().ok()?)) };
        let sheet = self.sheets.iter().find(|sheet| self.short_name(sheet.part) == part);
        Some((sheet.map_or_else(|| part.parse().ok(), |sheet| Some(sheet.part))?, row.parse().ok()?))
    }

    fn short_name(&self, part: u16) -> String {
        match self.sheet(part) {
            // A number would be that of a file.
            Some(sheet) if sheet.file == 1 && sheet.name.parse::<u16>().is_err() => sheet.name.clone(),
            Some(sheet) => format!("{}!{}", sheet.file, sheet.name),
            None => part.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Accounted, ReadSheet, Reason};

    #[test]
    fn parts_are_called_by_what_people_know_and_lines_tell_them_back() {
        let sheet = |part, file, name: &str| ReadSheet { part, file, name: name.to_owned() };
        let sheets = vec![
            sheet(1_025, 1, "Copy"),
            sheet(2_049, 1, "3"),
            sheet(3_073, 1, "a!b"),
            sheet(1_026, 2, "Copy"),
        ];
        let accounted = Accounted { sheets, ..Accounted::default() };
        for (part, name, line) in [
            (1, None, "7"),
            (2, Some("file 2"), "2!7"),
            (3, Some("file 3"), "3!7"),
            (1_025, Some("sheet “Copy”"), "Copy!7"),
            (2_049, Some("sheet “3”"), "1!3!7"),
            (3_073, Some("sheet “a!b”"), "a!b!7"),
            (1_026, Some("sheet “Copy” of file 2"), "2!Copy!7"),
        ] {
            assert_eq!(accounted.name_of(part).as_deref(), name);
            assert_eq!(accounted.line(part, 7), line);
            assert_eq!(accounted.of_line(line), Some((part, 7)));
        }
        for line in ["", "x", "x!7", "2!", "Copy!", "70000!3"] {
            assert_eq!(accounted.of_line(line), None, "{line}");
        }
        for reason in Reason::ALL {
            assert_eq!(Reason::of_word(reason.word()), Some(reason));
        }
    }
}
