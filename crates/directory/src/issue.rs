//! What can be wrong with a cell, a row or a file: values with a cell address, not errors of the program.

use workbook::Position;

use crate::{FieldNumber, UserId};

/// Whether an issue blocks its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// Red: the row can't be completed until it is put right or left out.
    Error,
    /// Amber: worth knowing, blocks nothing.
    Warning,
}

macro_rules! codes {
    ($($name:ident $word:literal $severity:ident $doc:literal;)*) => {
        /// Every kind of issue; the words are stable, for machines.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $doc] $name,)* }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The stable word: `login_in_use`.
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// Whether it blocks.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// The code of a word.
            pub fn of_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.word() == word)
            }
        }
    };
}

codes! {
    HeaderMissing "header_missing" Error "No key row in the first 20 rows; refuses the file.";
    HeaderDuplicate "header_duplicate" Error "A key stands twice in the key row; refuses the file.";
    WrongAccount "wrong_account" Error "The file was downloaded from another organisation; refuses the file.";
    WrongPast "wrong_past" Error "The file shows a revision that this database never had; refuses the file.";
    RowsOutOfLine "rows_out_of_line" Error "Column A was sorted away from its rows; refuses the file.";
    UserIdDamaged "user_id_damaged" Error "The check character of a User ID is wrong.";
    UserIdUnknown "user_id_unknown" Error "No user of this organisation has this ID.";
    UserIdDuplicate "user_id_duplicate" Error "Two different rows have one User ID.";
    UserIdMissing "user_id_missing" Error "A row without a User ID: create a user, or leave it out?";
    Required "required" Error "A required field was cleared.";
    TooLong "too_long" Error "More characters than the field takes.";
    Pattern "pattern" Error "The value does not match the field's pattern.";
    NotAnEmail "not_an_email" Error "Not an email address.";
    NotAUsername "not_a_username" Error "Not a username.";
    NotAPhone "not_a_phone" Error "Not a phone number.";
    NotADate "not_a_date" Error "Not a date.";
    AmbiguousDate "ambiguous_date" Error "A date that can be read in two ways.";
    NotANumber "not_a_number" Error "Not a number.";
    NumberPrecision "number_precision" Error "More than 15 digits: the spreadsheet has rounded it.";
    NotAChoice "not_a_choice" Error "Not one of the options.";
    NotYesNo "not_yes_no" Error "Neither yes nor no.";
    NotAUser "not_a_user" Error "Not a user of this organisation.";
    NameDiffers "name_differs" Error "A name of one user before the User ID of another.";
    NotALanguage "not_a_language" Error "Not a language.";
    NotAStatus "not_a_status" Error "Neither Active nor Inactive.";
    ReadOnly "read_only" Error "A field that is managed elsewhere was changed.";
    LoginInUse "login_in_use" Error "The email or username is already in use.";
    NotUnique "not_unique" Error "Another user has this value in a field that must be unique.";
    NoSignIn "no_sign_in" Error "An active user has neither email nor username.";
    FormulaError "formula_error" Error "The cell shows an error value.";
    FormulaWithoutValue "formula_without_value" Error "A formula without a stored result.";
    FormulaAsText "formula_as_text" Error "A formula that a spreadsheet left as text.";
    BidiControl "bidi_control" Error "Invisible characters that change the direction of text.";
    CellUnreadable "cell_unreadable" Error "The cell could not be read.";
    IdColumnMissing "id_column_missing" Error "The key row has no User IDs: column A was deleted; refuses the file.";
    SheetUnknown "sheet_unknown" Error "The sheet that was to be read is not in the file, or has no keys; refuses the file.";
    NoRows "no_rows" Error "No row below the key row; refuses the file.";
    RowCut "row_cut" Error "A row of a csv file ends before a cell that had a value at the download.";
    RowWide "row_wide" Error "A row of a csv file has more cells than there are keys, and the cells have moved.";
    MergedCells "merged_cells" Error "A cell that a merge covers had a value at the download.";
    PersonTwice "person_twice" Error "A row of a table is about the same person as another one.";
    SeveralUsers "several_users" Error "A row of a table names several users alike.";
    OtherHeadings "other_headings" Error "The key row of another download stands between the rows.";
    HeaderUnknown "header_unknown" Warning "A column of the administrator's own: ignored.";
    TitleChanged "title_changed" Warning "The title row is missing or changed: harmless.";
    ColumnRetired "column_retired" Warning "A column of a field no longer in use: ignored.";
    Cleared "cleared" Warning "Cells that were emptied will be cleared.";
    DamageKept "damage_kept" Warning "Values that the spreadsheet changed by itself were kept as they were.";
    PutBack "put_back" Warning "Cells as downloaded, changed since by an import of the same administrator.";
    HiddenRows "hidden_rows" Warning "Changes in hidden rows.";
    ManyZeros "many_zeros" Warning "Empty cells that became 0.";
    PointsLost "points_lost" Warning "Numbers that lost their decimal point: 1.234 became 1234.";
    Transformed "transformed" Warning "Most edits of a column are one and the same step that programs make.";
    ManagerLoop "manager_loop" Warning "Users who would be their own managers, directly or in a circle.";
    ManagerWithdrawn "manager_withdrawn" Warning "Undo: users whose manager was withdrawn.";
    NoRevision "no_revision" Warning "The file does not tell when it was downloaded: compared with today.";
    UnmarkedRevision "unmarked_revision" Warning "The file was downloaded before downloads had marks: its past is not proved.";
    TextGuessed "text_guessed" Warning "The encoding or the separator of a csv file was guessed.";
    LettersGuessed "letters_guessed" Warning "Edits of a csv file with letters that only a guess at its encoding gives: a question whether they are right.";
    SheetUnread "sheet_unread" Warning "Another sheet with keys, hidden or with the same cells: not read.";
    SheetsDiffer "sheets_differ" Warning "Another sheet with keys has other cells: a question which of them are meant.";
    KeyRowMoved "key_row_moved" Warning "The key row was sorted into the data: the rows above it are read too.";
    RowsAboveKeys "rows_above_keys" Warning "Cells above the key row that are no titles: not read.";
    CellsBeyondKeys "cells_beyond_keys" Warning "Cells right of the last key: not read.";
    HeadingsAgain "headings_again" Warning "Titles and keys again between the rows: skipped.";
    CellsMissing "cells_missing" Warning "Rows of a csv file that end before a column: their values are kept until it is said that they were cleared.";
    KeyMissing "key_missing" Warning "A column has the title of a field but not its key, and was edited: a question whether it is read.";
    LastLineCut "last_line_cut" Warning "The last line of a csv file has no end: a question whether the file was cut off.";
    NotInFile "not_in_file" Warning "Active users whom a table that Muster did not write does not name.";
    ChangedSince "changed_since" Warning "Undo: the value was changed since and keeps its later value.";
}

impl Code {
    /// Whether it is a question: something of the file may be lost, and only a person can tell what was meant. With one that is open an
    /// import never completes by itself.
    pub fn asks(self) -> bool {
        matches!(self, Self::SheetsDiffer | Self::LastLineCut | Self::KeyMissing | Self::LettersGuessed)
    }

    /// Whether it is about an end, of a row or of the file, that came too early, or about keys that moved.
    pub(crate) fn is_of_ends(self) -> bool {
        matches!(self, Self::KeyRowMoved | Self::CellsMissing | Self::LastLineCut | Self::KeyMissing)
    }

    /// Whether it says that cells of the file are no values of users, for a reason that people may want to know.
    pub fn is_of_unread(self) -> bool {
        matches!(
            self,
            Self::HeaderUnknown
                | Self::ColumnRetired
                | Self::SheetUnread
                | Self::SheetsDiffer
                | Self::CellsBeyondKeys
                | Self::HeadingsAgain
                | Self::RowsAboveKeys
        )
    }
}

/// Who has a value that must be unique.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Where {
    /// Another row of the same file; the detail of the issue names the rows.
    ThisFile,
    /// Another user of this account; the detail holds the User ID.
    ThisAccount,
    /// Someone who is not a user of this account; nothing is told about them.
    Elsewhere,
}

impl Where {
    /// The stable word: `this_file`, `this_account`, `elsewhere`.
    pub fn word(self) -> &'static str {
        match self {
            Self::ThisFile => "this_file",
            Self::ThisAccount => "this_account",
            Self::Elsewhere => "elsewhere",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::ThisFile, Self::ThisAccount, Self::Elsewhere].into_iter().find(|place| place.word() == word)
    }
}

/// What is wrong with one value, before it is known where the value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// What kind of thing is wrong.
    pub code: Code,
    /// What the sentence needs besides: a limit, the rows, the readings; see [`crate::sentence`].
    pub detail: Option<String>,
    /// For [`Code::LoginInUse`] and [`Code::NotUnique`]: who has the value.
    pub holder: Option<Where>,
    /// Values that would be right, best first, as a person would type them.
    pub suggestions: Vec<String>,
}

/// What the detail of [`Code::LoginInUse`] says when the account has asked about too many addresses of other organisations.
pub const NOT_CHECKED: &str = "not_checked";

impl Wrong {
    /// Whether support is to be asked about it: who has the value is no user here, or could not be looked for. Both are answered alike.
    pub fn asks_support(&self) -> bool {
        let unchecked = self.holder.is_none() && self.detail.as_deref() == Some(NOT_CHECKED);
        self.code == Code::LoginInUse && (self.holder == Some(Where::Elsewhere) || unchecked)
    }

    /// Nothing but a code.
    pub fn plain(code: Code) -> Self {
        Self { code, detail: None, holder: None, suggestions: Vec::new() }
    }

    /// A code and what its sentence needs.
    pub fn with(code: Code, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..Self::plain(code) }
    }
}

/// Something wrong at a place of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// The cell, or the first of the row; none for the whole file and for values that no cell holds.
    pub position: Option<Position>,
    /// The field, if it is one of a field.
    pub field: Option<FieldNumber>,
    /// The user, if the row names one.
    pub user: Option<UserId>,
    /// What is wrong.
    pub wrong: Wrong,
    /// The text of the cell.
    pub value: Option<String>,
}
