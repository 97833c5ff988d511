//! What keeps a matching from being used, and the sentence that says what to do about it.

use sentences::say;

use super::columns::{MatchBy, MatchedColumn, Matching, Target, UsernamesFrom};
use crate::{Fields, standard};

/// What is missing or does not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MatchingProblem {
    /// Nobody has said what these columns are.
    NotChosen(Vec<String>),
    /// Two columns are the same thing.
    Twice(String, String),
    /// There is no field of this key, or people do not change it.
    NoField(String),
    /// No column is what people are matched by.
    NoKey(MatchBy),
    /// No column is read at all.
    Nothing,
    /// Usernames are to be made of something that no column is.
    NoUsernames(UsernamesFrom),
    /// The names of new users stand in no column.
    NoNames,
    /// New users would have nothing to sign in with.
    NoSignIn,
}

impl MatchingProblem {
    /// The sentence.
    pub fn sentence(&self, fields: &Fields) -> String {
        let title = |number| fields.get(number).map_or("", |field| field.title()).to_owned();
        match self {
            Self::NotChosen(titles) => {
                let named = titles.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
                say!("matching-not-chosen", columns = titles.len() as i64, named = named)
            }
            Self::Twice(one, other) => say!("matching-twice", one = one, other = other),
            Self::NoField(key) => say!("matching-no-field", key = key),
            Self::NoKey(by) => match by.field() {
                Some(number) => say!("matching-no-key", field = title(number)),
                None => say!("matching-no-key", field = say!("user-id")),
            },
            Self::Nothing => say!("matching-nothing").to_owned(),
            Self::NoSignIn => say!("matching-no-sign-in").to_owned(),
            Self::NoUsernames(UsernamesFrom::EmployeeNumber) => {
                say!("matching-no-key", field = title(standard::EMPLOYEE_NUMBER))
            }
            Self::NoUsernames(UsernamesFrom::Name) | Self::NoNames => say!("matching-no-names").to_owned(),
        }
    }
}

impl Matching {
    /// Whether it can be used with these fields.
    ///
    /// # Errors
    /// The first thing that has to be said.
    pub fn check(&self, fields: &Fields) -> Result<(), MatchingProblem> {
        let open = self.columns.iter().filter(|column| column.target.is_none());
        let open: Vec<String> = open.map(|column| column.title.clone()).collect();
        if !open.is_empty() {
            return Err(MatchingProblem::NotChosen(open));
        }
        self.check_columns(fields)?;
        let has = |number| self.place_of(fields, number).is_some();
        match self.by.field() {
            Some(number) if !has(number) => return Err(MatchingProblem::NoKey(self.by)),
            None if self.by == MatchBy::UserId && self.place_where(|of| *of == Target::UserId).is_none() => {
                return Err(MatchingProblem::NoKey(self.by));
            }
            _ => {}
        }
        if self.creates && !(has(standard::FIRST_NAME) && has(standard::LAST_NAME)) {
            return Err(MatchingProblem::NoNames);
        }
        let signs_in = has(standard::EMAIL) || has(standard::USERNAME) || self.usernames.is_some();
        if self.creates && !signs_in {
            return Err(MatchingProblem::NoSignIn);
        }
        match self.usernames {
            Some(from @ UsernamesFrom::EmployeeNumber) if !has(standard::EMPLOYEE_NUMBER) => {
                Err(MatchingProblem::NoUsernames(from))
            }
            Some(from @ UsernamesFrom::Name) if !(has(standard::FIRST_NAME) && has(standard::LAST_NAME)) => {
                Err(MatchingProblem::NoUsernames(from))
            }
            _ => Ok(()),
        }
    }

    /// Whether each column that is read is something of its own.
    fn check_columns(&self, fields: &Fields) -> Result<(), MatchingProblem> {
        let read = |column: &MatchedColumn| column.target.clone().filter(|of| *of != Target::Alone);
        for (place, column) in self.columns.iter().enumerate() {
            let Some(target) = read(column) else { continue };
            if let Target::Field(key) = &target
                && fields.by_key(key).is_none_or(|field| field.retired || field.read_only)
            {
                return Err(MatchingProblem::NoField(key.clone()));
            }
            let other = self.columns[..place].iter().find(|other| read(other).as_ref() == Some(&target));
            if let Some(other) = other {
                return Err(MatchingProblem::Twice(other.title.clone(), column.title.clone()));
            }
        }
        match self.columns.iter().any(|column| read(column).is_some()) {
            true => Ok(()),
            false => Err(MatchingProblem::Nothing),
        }
    }
}
