//! What people decide about all cells of a column at once, about a sheet, or about the whole file, when review says that something
//! happened in many cells, or asks.

use std::collections::BTreeSet;

use crate::{FieldNumber, standard};

/// A decision about a column, about a sheet ([`Decision::ReadSheet`]), or about the whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decision {
    /// What looks like damage of the column was meant: the file's values count.
    DamageMeant,
    /// Cells of the column that the file empties keep their values.
    KeepValues,
    /// Cells of the column that were empty and became 0 stay empty.
    KeepEmpty,
    /// Numbers of the column that lost their decimal point stay as they were.
    KeepPoints,
    /// Cells of the column that one and the same step changed keep their values.
    KeepBefore,
    /// The step that changed most cells of the column was meant.
    StepMeant,
    /// The file's values count where they are as downloaded, but were changed since by the same administrator.
    PutBack,
    /// Every sheet with keys that is not hidden is read, each as a file of the import.
    AllSheets,
    /// Of the sheets with keys this one is read, with others of which the same was decided.
    ReadSheet,
    /// Cells of the column that stand in no line of a csv file, as the lines end before them, keep their values.
    KeepMissing,
    /// The same cells were cleared.
    MissingCleared,
    /// A column with the title of the field, but without its key, is read as the field.
    ReadColumn,
    /// The same column is not read.
    IgnoreColumn,
    /// The file is whole, though its last line has no end.
    FileIsWhole,
    /// The letters that the file was guessed to have are right.
    LettersAreRight,
    /// Active users whom a table that Muster did not write does not name become inactive.
    MakeAbsentInactive,
}

impl Decision {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::DamageMeant,
        Self::KeepValues,
        Self::KeepEmpty,
        Self::KeepPoints,
        Self::KeepBefore,
        Self::StepMeant,
        Self::PutBack,
        Self::AllSheets,
        Self::ReadSheet,
        Self::KeepMissing,
        Self::MissingCleared,
        Self::ReadColumn,
        Self::IgnoreColumn,
        Self::FileIsWhole,
        Self::LettersAreRight,
        Self::MakeAbsentInactive,
    ];

    /// The stable word: `damage_meant`.
    pub fn word(self) -> &'static str {
        match self {
            Self::DamageMeant => "damage_meant",
            Self::KeepValues => "keep_values",
            Self::KeepEmpty => "keep_empty",
            Self::KeepPoints => "keep_points",
            Self::KeepBefore => "keep_before",
            Self::StepMeant => "step_meant",
            Self::PutBack => "put_back",
            Self::AllSheets => "all_sheets",
            Self::ReadSheet => "read_sheet",
            Self::KeepMissing => "keep_missing",
            Self::MissingCleared => "missing_cleared",
            Self::ReadColumn => "read_column",
            Self::IgnoreColumn => "ignore_column",
            Self::FileIsWhole => "file_is_whole",
            Self::LettersAreRight => "letters_are_right",
            Self::MakeAbsentInactive => "make_absent_inactive",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|decision| decision.word() == word)
    }

    /// Reads a decision with what it is about, as people type it: `keep_values:phone`, `read_sheet:Staff`, `put_back`.
    pub fn of_column_word(words: &str) -> Option<(Self, Option<String>)> {
        let (word, about) = words.split_once(':').map_or((words, None), |(word, about)| (word, Some(about)));
        Some((Self::of_word(word)?, about.map(str::to_owned)))
    }

    /// The same of several, with commas between them; the name of a sheet may have commas of its own.
    pub fn list(text: &str) -> Option<Vec<(Self, Option<String>)>> {
        let mut list: Vec<(Self, Option<String>)> = Vec::new();
        for words in text.split(',').filter(|_| !text.is_empty()) {
            match (Self::of_column_word(words), list.last_mut()) {
                (Some(decision), _) => list.push(decision),
                (None, Some((Self::ReadSheet, Some(name)))) => {
                    name.push(',');
                    name.push_str(words);
                }
                (None, _) => return None,
            }
        }
        Some(list)
    }

    /// Whether it is about one column; else it is about a sheet or about the whole file.
    pub fn is_of_column(self) -> bool {
        !matches!(
            self,
            Self::PutBack
                | Self::AllSheets
                | Self::ReadSheet
                | Self::FileIsWhole
                | Self::LettersAreRight
                | Self::MakeAbsentInactive
        )
    }

    /// Whether it is about a sheet, by its name.
    pub fn is_of_sheet(self) -> bool {
        self == Self::ReadSheet
    }
}

/// What a decision is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// The column of this field; [`standard::USER`] for the whole file.
    Field(FieldNumber),
    /// The sheet of this name.
    Sheet(String),
}

/// The decisions about a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    fields: BTreeSet<(Decision, FieldNumber)>,
    sheets: Vec<String>,
}

impl Decisions {
    /// Whether this was decided about a column.
    pub fn hold(&self, decision: Decision, field: FieldNumber) -> bool {
        let about = if decision.is_of_column() { field } else { standard::USER };
        self.fields.contains(&(decision, about))
    }

    /// Whether all sheets with keys are read.
    pub fn all_sheets(&self) -> bool {
        self.hold(Decision::AllSheets, standard::USER)
    }

    /// The same decisions, and that empty cells of these columns change nothing.
    #[must_use]
    pub fn keeping(mut self, columns: impl IntoIterator<Item = FieldNumber>) -> Self {
        self.fields.extend(columns.into_iter().map(|field| (Decision::KeepValues, field)));
        self
    }

    /// The sheets that are read, where people have said which, in the order in which they did.
    pub fn sheets(&self) -> &[String] {
        &self.sheets
    }
}

impl FromIterator<(Decision, FieldNumber)> for Decisions {
    fn from_iter<I: IntoIterator<Item = (Decision, FieldNumber)>>(decisions: I) -> Self {
        decisions.into_iter().map(|(decision, field)| (decision, About::Field(field))).collect()
    }
}

impl FromIterator<(Decision, About)> for Decisions {
    fn from_iter<I: IntoIterator<Item = (Decision, About)>>(decisions: I) -> Self {
        let mut all = Self::default();
        for (decision, about) in decisions {
            match about {
                About::Sheet(name) if !all.sheets.contains(&name) => all.sheets.push(name),
                About::Sheet(_) => {}
                About::Field(field) if decision.is_of_column() => {
                    all.fields.insert((decision, field));
                }
                About::Field(_) => {
                    all.fields.insert((decision, standard::USER));
                }
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::{About, Decision, Decisions};
    use crate::standard;

    #[test]
    fn a_decision_holds_for_its_column() {
        let decided: Decisions =
            [(Decision::KeepValues, standard::PHONE), (Decision::PutBack, standard::PHONE)]
                .into_iter()
                .collect();
        for (decision, field, expected) in [
            (Decision::KeepValues, standard::PHONE, true),
            (Decision::KeepValues, standard::JOB_TITLE, false),
            (Decision::DamageMeant, standard::PHONE, false),
            (Decision::PutBack, standard::JOB_TITLE, true),
        ] {
            assert_eq!(decided.hold(decision, field), expected, "{decision:?} {field:?}");
        }
        for decision in Decision::ALL {
            assert_eq!(Decision::of_word(decision.word()), Some(decision));
            assert!(!(decision.is_of_column() && decision.is_of_sheet()), "{decision:?}");
        }
    }

    #[test]
    fn decisions_are_read_as_people_type_them() {
        let sheet = |name: &str| (Decision::ReadSheet, Some(name.to_owned()));
        for (text, expected) in [
            ("", Some(vec![])),
            ("all_sheets", Some(vec![(Decision::AllSheets, None)])),
            ("read_sheet:A, B,read_sheet:C: D", Some(vec![sheet("A, B"), sheet("C: D")])),
            (
                "keep_values:phone,file_is_whole",
                Some(vec![(Decision::KeepValues, Some("phone".to_owned())), (Decision::FileIsWhole, None)]),
            ),
            ("keep_values:phone,perhaps", None),
            ("perhaps", None),
        ] {
            assert_eq!(Decision::list(text), expected, "{text}");
        }
    }

    #[test]
    fn sheets_are_decided_about_by_their_names() {
        let decided: Decisions = [
            (Decision::ReadSheet, About::Sheet("B".to_owned())),
            (Decision::ReadSheet, About::Sheet("A".to_owned())),
            (Decision::ReadSheet, About::Sheet("B".to_owned())),
        ]
        .into_iter()
        .collect();
        assert_eq!(
            (decided.sheets(), decided.all_sheets()),
            (["B".to_owned(), "A".to_owned()].as_slice(), false)
        );
        let all: Decisions = [(Decision::AllSheets, About::Field(standard::PHONE))].into_iter().collect();
        assert!(all.all_sheets());
    }
}
