//! The JSON of fixes: `{"fixes":[{"cell":"C7","value":"..."},{"cell":"C9","choose":"file"},{"row":12,"leave_out":true}]}`,
//! and `{"row":14,"create":true}` for a row without a User ID; `{"code":"not_a_phone","field":"phone","suggested":true}` for every cell
//! of a column with a problem of this kind, each of which takes the one value that is offered for it. `"was"` beside a value is what stood
//! in the cell when it was looked at; `{"row":12,"names":"U-7K3QX9M2PD"}` says whose row it is.

use directory::{Chosen, Code, UserId};
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
    /// The kind of problem of the cells of `field` that take what is offered.
    code: Option<String>,
    suggested: Option<bool>,
    /// The manager whose reports are given to the one whom `value` names.
    reports_of: Option<String>,
    /// What stood in the cell when it was looked at: where something else stands there now, nothing is kept.
    was: Option<String>,
    /// The User ID of whose row it is.
    names: Option<String>,
}

/// Tells `"value":null`, which empties a cell, from no value.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::<String>::deserialize(deserializer).map(Some).map_err(D::Error::custom)
}

/// The cells of which somebody has seen what stood there, each with that.
pub(super) type Seen = Vec<(Target, String)>;

impl Fixes {
    /// What stood in the cells, where that is said.
    pub(super) fn seen(&self) -> Result<Seen, Problem> {
        let said = self.fixes.iter().filter_map(|fix| Some((fix, fix.was.clone()?)));
        said.map(|(fix, was)| fix.target().map(|target| (target, was)).map_err(Problem::bad_request))
            .collect()
    }

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
        if self.code.is_some() || self.suggested.is_some() {
            return self.read_suggested();
        }
        if let Some(manager) = &self.reports_of {
            return self.read_reports(manager).ok_or(say!("api-fixes-reports-of-takes"));
        }
        Ok((self.target()?, self.mend()?))
    }

    fn read_suggested(&self) -> Result<(Target, FixKind), &'static str> {
        let alone =
            self.cell.is_none() && self.user_id.is_none() && self.row.is_none() && self.file.is_none();
        let alone = alone && self.value.is_none() && self.choose.is_none();
        let alone = alone && self.leave_out.is_none() && self.create.is_none();
        let code = self.code.as_deref().and_then(Code::of_word);
        match (code, &self.field, self.suggested) {
            (Some(code), Some(field), Some(true)) if alone => {
                Ok((Target::Suggested(code, field.clone()), FixKind::Suggested))
            }
            _ => Err(say!("api-fixes-suggested-takes-code-and")),
        }
    }

    fn read_reports(&self, manager: &str) -> Option<(Target, FixKind)> {
        let alone =
            self.cell.is_none() && self.user_id.is_none() && self.row.is_none() && self.file.is_none();
        let alone = alone && self.field.is_none() && self.choose.is_none();
        let alone = alone && self.leave_out.is_none() && self.create.is_none();
        let to: UserId = self.value.as_ref()?.as_ref()?.parse().ok()?;
        let target = Target::ReportsOf(manager.parse().ok()?, to);
        alone.then(|| (target, FixKind::Value(to.to_string())))
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
        if let Some(names) = &self.names {
            let alone = self.value.is_none()
                && self.choose.is_none()
                && self.leave_out.is_none()
                && self.create.is_none();
            let user = names.parse().map_err(|_| say!("api-fixes-user-id-is-not-one"))?;
            return if alone {
                Ok(FixKind::Names(user))
            } else {
                Err(say!("api-fixes-give-one-of-value-choose"))
            };
        }
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
