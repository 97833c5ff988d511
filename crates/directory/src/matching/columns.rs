//! What people say of the columns of a table, and how that is compared with the titles of another one.

use super::titles;
use crate::{Field, FieldNumber, Fields, standard};

/// What a column is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// It is left alone: neither shown nor kept.
    Alone,
    /// The User IDs of this organisation.
    UserId,
    /// The day on which people leave: who has left by now is inactive.
    Leaving,
    /// The field of this key.
    Field(String),
}

impl Target {
    /// The stable word: `alone`, `user_id`, `leaving`, or the key of the field. No field has one of the first three as its key
    /// ([`crate::FieldEdit`] makes keys of titles; one that has is meant by its key all the same).
    pub fn word(&self) -> &str {
        match self {
            Self::Alone => "alone",
            Self::UserId => "user_id",
            Self::Leaving => "leaving",
            Self::Field(key) => key,
        }
    }

    /// The meaning of a word; none where it is empty: nobody has chosen yet.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "" => return None,
            "alone" => Self::Alone,
            "user_id" => Self::UserId,
            "leaving" => Self::Leaving,
            key => Self::Field(key.to_owned()),
        })
    }

    /// The target that is a field.
    pub fn of(field: &Field) -> Self {
        Self::Field(field.key.clone())
    }
}

/// A column, by its title, and what it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MatchedColumn {
    /// Its title as the table has it; of several that are alike the later ones have a number behind it ([`told_apart`]).
    pub title: String,
    /// What it is; none as long as nobody has said.
    pub target: Option<Target>,
    /// Whether its empty cells clear what users have.
    pub clears: bool,
}

/// By what the rows of a table name people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MatchBy {
    /// The User ID.
    UserId,
    /// The employee number.
    EmployeeNumber,
    /// The email.
    Email,
    /// The username.
    Username,
    /// By nothing: all of them are new.
    New,
}

impl MatchBy {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::UserId, Self::EmployeeNumber, Self::Email, Self::Username, Self::New];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::UserId => "user_id",
            Self::EmployeeNumber => "employee_number",
            Self::Email => "email",
            Self::Username => "username",
            Self::New => "new",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.word() == word)
    }

    /// The field that it compares, if it is one.
    pub fn field(self) -> Option<FieldNumber> {
        match self {
            Self::EmployeeNumber => Some(standard::EMPLOYEE_NUMBER),
            Self::Email => Some(standard::EMAIL),
            Self::Username => Some(standard::USERNAME),
            Self::UserId | Self::New => None,
        }
    }
}

/// What usernames of new users without an email are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UsernamesFrom {
    /// The employee number.
    EmployeeNumber,
    /// First and last name: `anna.mueller`.
    Name,
}

impl UsernamesFrom {
    /// Both.
    pub const ALL: [Self; 2] = [Self::EmployeeNumber, Self::Name];

    /// The stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::EmployeeNumber => "employee_number",
            Self::Name => "name",
        }
    }

    /// The meaning of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|from| from.word() == word)
    }
}

/// How the file is read, as far as people have said it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TableReading {
    /// The sheet.
    pub sheet: Option<String>,
    /// The number of the row of the titles.
    pub heading: Option<u32>,
    /// What separates the fields of a csv: `,`, `;`, a tab or `|`.
    pub separator: Option<char>,
    /// The name of the character set of a csv: `windows-1252`.
    pub charset: Option<String>,
}

/// The whole of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matching {
    /// The columns, in the order of the table.
    pub columns: Vec<MatchedColumn>,
    /// By what rows name people.
    pub by: MatchBy,
    /// Whether rows that name nobody are new users; else review asks.
    pub creates: bool,
    /// What usernames are made from, if they are.
    pub usernames: Option<UsernamesFrom>,
    /// How the file is read.
    pub reading: TableReading,
}

impl Default for Matching {
    fn default() -> Self {
        Self {
            columns: Vec::new(),
            by: MatchBy::New,
            creates: false,
            usernames: None,
            reading: TableReading::default(),
        }
    }
}

/// What tells the titles of a table from those of a matching.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differing {
    /// Titles of the table that the matching does not know.
    pub new: Vec<String>,
    /// Titles of the matching that are read and that the table lacks.
    pub missing: Vec<String>,
}

impl Differing {
    /// Whether there is something that people have to look at.
    pub fn is_some(&self) -> bool {
        !self.new.is_empty() || !self.missing.is_empty()
    }
}

impl Matching {
    /// The title that stands for all columns that are not named: of programs that say what they want and nothing else.
    pub const REST: &str = "*";

    /// What a title is; none where the matching does not know it.
    pub fn column(&self, title: &str) -> Option<&MatchedColumn> {
        let title = titles::folded(title);
        self.columns.iter().find(|column| titles::folded(&column.title) == title)
    }

    /// How a table with these titles differs. A column that was left alone may be missing.
    pub fn differing(&self, found: &[String]) -> Differing {
        let is_found = |title: &str| found.iter().any(|other| titles::folded(other) == titles::folded(title));
        let is_read = |column: &&MatchedColumn| column.target.as_ref().is_some_and(|of| *of != Target::Alone);
        let named = self.columns.iter().filter(is_read).filter(|column| column.title != Self::REST);
        let missing = named.filter(|column| !is_found(&column.title));
        let is_new = |title: &&String| self.column(title).is_none() && self.column(Self::REST).is_none();
        Differing {
            new: found.iter().filter(is_new).cloned().collect(),
            missing: missing.map(|column| column.title.clone()).collect(),
        }
    }

    /// How many of these titles it knows, in hundredths.
    pub fn known(&self, found: &[String]) -> usize {
        let known = found.iter().filter(|title| self.column(title).is_some()).count();
        known * 100 / found.len().max(1)
    }

    /// The same for a table with these titles: its columns in that order, those that it does not know not chosen yet.
    #[must_use]
    pub fn fitted(&self, found: &[String]) -> Self {
        let column = |title: &String| match self.column(title).or_else(|| self.column(Self::REST)) {
            Some(column) => MatchedColumn { title: title.clone(), ..column.clone() },
            None => MatchedColumn { title: title.clone(), target: None, clears: false },
        };
        Self { columns: found.iter().map(column).collect(), ..self.clone() }
    }

    /// The place of the column that is the field of this number, from 0.
    pub fn place_of(&self, fields: &Fields, number: FieldNumber) -> Option<usize> {
        let key = &fields.get(number)?.key;
        self.place_where(|target| matches!(target, Target::Field(of) if of == key))
    }

    /// The place of the first column whose target is such.
    pub fn place_where(&self, is: impl Fn(&Target) -> bool) -> Option<usize> {
        self.columns.iter().position(|column| column.target.as_ref().is_some_and(&is))
    }

    /// Whether a matching can be kept by this name: a few words.
    pub fn is_name(name: &str) -> bool {
        let length = name.chars().count();
        (1..=80).contains(&length) && name.trim() == name && !name.contains(char::is_control)
    }
}

/// Titles of which several are alike told apart by a number, and those of columns that have none by their letters.
pub fn told_apart(found: Vec<(u32, String)>) -> Vec<(u32, String)> {
    let mut told: Vec<(u32, String)> = Vec::with_capacity(found.len());
    for (column, title) in found {
        let title = if title.is_empty() { letters_of(column) } else { title };
        let is_told = |told: &[(u32, String)], title: &str| {
            told.iter().any(|(_, other)| titles::folded(other) == titles::folded(title))
        };
        let numbered = (2..).map(|number| format!("{title} ({number})"));
        let free = std::iter::once(title.clone()).chain(numbered).find(|title| !is_told(&told, title));
        told.push((column, free.unwrap_or(title)));
    }
    told
}

/// The letters of a column: `C`, `AA`.
fn letters_of(column: u32) -> String {
    let place = workbook::Position { row: 1, column }.to_string();
    place.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_owned()
}
