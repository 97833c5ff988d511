//! Tables that Muster did not write: what one looks like, and what is said of its columns.

use std::collections::BTreeMap;

use directory::{Because, MatchBy, MatchedColumn, Matching, TableReading, Target, UsernamesFrom};
use sentences::say;
use serde::{Deserialize, Serialize};
use store::ForeignTable;

/// So many columns are said of at the most: more than a table has that is read.
const MOST: usize = 1_000;

/// What is said of the columns of a table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MatchingWish {
    /// By title: the key of a field, `user_id`, `leaving` or `alone`.
    pub columns: BTreeMap<String, String>,
    /// `user_id`, `employee_number`, `email`, `username` or `new`.
    pub match_by: Option<String>,
    /// Whether rows that match nobody create users; else review asks.
    pub create: bool,
    /// The titles of columns whose empty cells clear what users have.
    pub clear: Vec<String>,
    /// `employee_number` or `name`: what usernames of new users without an email are made from.
    pub usernames: Option<String>,
    /// `alone` leaves all columns alone that are not named; else they are asked for.
    pub others: Option<String>,
    /// The name by which it is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The number of the row of the titles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<u32>,
    /// What separates the fields of a csv.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub separator: Option<char>,
    /// The character set of a csv.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charset: Option<String>,
}

impl MatchingWish {
    /// What it means.
    ///
    /// # Errors
    /// A sentence that names the word which means nothing.
    pub fn read(&self) -> Result<Matching, String> {
        if self.columns.len() > MOST {
            return Err(say!("matching-too-many", most = MOST.to_string()));
        }
        let unknown = |name: &str, word: &str| say!("matching-word", name = name, word = word);
        let column = |(title, word): (&String, &String)| {
            let target = Target::of_word(word).ok_or_else(|| unknown("columns", word))?;
            Ok(MatchedColumn {
                title: title.clone(),
                target: Some(target),
                clears: self.clear.contains(title),
            })
        };
        let mut columns = self.columns.iter().map(column).collect::<Result<Vec<_>, String>>()?;
        match self.others.as_deref() {
            None | Some("ask") => {}
            Some("alone") => columns.push(MatchedColumn {
                title: Matching::REST.to_owned(),
                target: Some(Target::Alone),
                clears: false,
            }),
            Some(word) => return Err(unknown("others", word)),
        }
        let by = self.match_by.as_deref().unwrap_or(MatchBy::New.word());
        let usernames = self
            .usernames
            .as_deref()
            .map(|word| UsernamesFrom::of_word(word).ok_or_else(|| unknown("usernames", word)));
        Ok(Matching {
            columns,
            by: MatchBy::of_word(by).ok_or_else(|| unknown("match_by", by))?,
            creates: self.create,
            usernames: usernames.transpose()?,
            reading: TableReading {
                sheet: self.sheet.clone(),
                heading: self.heading,
                separator: self.separator,
                charset: self.charset.clone(),
            },
        })
    }
}

/// A table, as people have to know it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The names of the sheets of its file.
    pub sheets: Vec<String>,
    /// The one that is read.
    pub sheet: String,
    /// The number of the row of the titles.
    pub heading: u32,
    /// What separates the fields of a csv.
    pub separator: Option<char>,
    /// The character set of a csv.
    pub charset: Option<String>,
    /// The name of the kept matching that fits it best.
    pub like: Option<String>,
    /// Its columns.
    pub columns: Vec<TableColumn>,
}

/// A column of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TableColumn {
    /// Its place in the file, from 1.
    pub column: u32,
    /// Its title.
    pub title: String,
    /// Up to three values.
    pub examples: Vec<String>,
    /// What it probably is; null where that is not clear.
    pub suggestion: Option<String>,
    /// title, values, remembered, or why it is left alone whatever is said: bank, tax, social_security, health, religion, pay.
    pub because: Option<String>,
}

impl From<&ForeignTable> for Table {
    fn from(table: &ForeignTable) -> Self {
        let because = |because: Because| match because {
            Because::Title => "title",
            Because::Values => "values",
            Because::Remembered => "remembered",
            Because::Protected(kind) => kind.word(),
        };
        let columns = table.columns.iter().map(|column| TableColumn {
            column: column.column,
            title: column.title.clone(),
            examples: column.examples.clone(),
            suggestion: column.suggestion.as_ref().map(|found| found.target.word().to_owned()),
            because: column.suggestion.as_ref().map(|found| because(found.because).to_owned()),
        });
        Self {
            sheets: table.sheets.clone(),
            sheet: table.sheet.clone(),
            heading: table.heading,
            separator: table.separator,
            charset: table.charset.clone(),
            like: table.fitting.clone(),
            columns: columns.collect(),
        }
    }
}
