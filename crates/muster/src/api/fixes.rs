//! The JSON of fixes: `{"fixes":[{"cell":"C7","value":"..."},{"cell":"C9","choose":"file"},{"row":12,"leave_out":true}]}`,
//! and `{"row":14,"create":true}` for a row without a User ID.

use directory::{Chosen, UserId};
use import::Target;
use sentences::say;
use serde::Deserialize;
use serde::de::{Deserializer, Error as _};
use store::FixKind;

use super::extract::Body;
use super::problem::Problem;

/// What is sent.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fixes {
    fixes: Vec<Fix>,
}

impl Body for Fixes {
    fn fields() -> Vec<(&'static str, &'static str)> {
        vec![("fixes", say!("field-fixes"))]
    }
}

/// One fix: where, and what.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fix {
    cell: Option<String>,
    user_id: Option<String>,
    field: Option<String>,
    row: Option<u32>,
    /// The file of the import that `cell` or `row` is of, from 1, which is the first.
    file: Option<u16>,
    #[serde(default, deserialize_with = "given")]
    value: Option<Option<String>>,
    choose: Option<String>,
    leave_out: Option<bool>,
    create: Option<bool>,
}

/// Tells `"value":null`, which empties a cell, from no value.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some).map_err(D::Error::custom)
}

impl Fixes {
    /// What they mean.
    pub(super) fn read(&self) -> Result<Vec<(Target, FixKind)>, Problem> {
        self.fixes
            .iter()
            .enumerate()
            .map(|(place, fix)| {
                fix.read().map_err(|why| Problem::bad_request(format!("fixes[{place}]: {why}")))
            })
            .collect()
    }
}

impl Fix {
    fn read(&self) -> Result<(Target, FixKind), &'static str> {
        Ok((self.target()?, self.mend()?))
    }

    fn target(&self) -> Result<Target, &'static str> {
        match (&self.cell, &self.user_id, &self.field, self.row) {
            (Some(cell), None, None, None) => {
                let position = cell.parse().map_err(|_| say!("api-fixes-cell-is-not-one-such"))?;
                Ok(self.file.map_or(Target::Cell(position), |file| Target::CellOf(file, position)))
            }
            (None, Some(user), Some(field), None) => {
                let user: UserId = user.parse().map_err(|_| say!("api-fixes-user-id-is-not-one"))?;
                Ok(Target::Field(user, field.clone()))
            }
            (None, None, None, Some(row)) => {
                Ok(self.file.map_or(Target::Row(row), |file| Target::RowOf(file, row)))
            }
            _ => Err(say!("api-fixes-name-a-cell-a-user")),
        }
    }

    fn mend(&self) -> Result<FixKind, &'static str> {
        match (&self.value, &self.choose, self.leave_out, self.create) {
            (Some(value), None, None, None) => Ok(FixKind::Value(value.clone().unwrap_or_default())),
            (None, Some(word), None, None) => {
                Chosen::of_word(word).map(FixKind::Choose).ok_or(say!("api-fixes-choose-is-file-now-or"))
            }
            (None, None, Some(leave_out), None) => Ok(FixKind::LeaveOut(leave_out)),
            (None, None, None, Some(true)) => Ok(FixKind::Create),
            _ => Err(say!("api-fixes-give-one-of-value-choose")),
        }
    }
}
