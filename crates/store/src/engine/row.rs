//! What goes into a statement and what comes out of it, of either driver.

use postgres::types::{ToSql, Type};

use super::errors::{Error, Result};

/// A parameter of a statement.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Param<'p> {
    Integer(i64),
    Text(&'p str),
    MaybeInteger(Option<i64>),
    MaybeText(Option<&'p str>),
    Bytes(&'p [u8]),
    /// Those of many rows; of PostgreSQL alone.
    Many(&'p Column<'p>),
}

macro_rules! param_from {
    ($($type:ty => $variant:ident),*) => {
        $(impl<'p> From<$type> for Param<'p> {
            fn from(value: $type) -> Self { Self::$variant(value) }
        })*
    };
}
param_from!(i64 => Integer, &'p str => Text, Option<i64> => MaybeInteger, Option<&'p str> => MaybeText, &'p [u8] => Bytes);

impl<'p> From<&'p String> for Param<'p> {
    fn from(value: &'p String) -> Self {
        Self::Text(value)
    }
}

impl<'p> From<&'p Option<String>> for Param<'p> {
    fn from(value: &'p Option<String>) -> Self {
        Self::MaybeText(value.as_deref())
    }
}

impl From<bool> for Param<'_> {
    fn from(value: bool) -> Self {
        Self::Integer(i64::from(value))
    }
}

/// Parameters of a statement, each turned into a [`Param`].
macro_rules! params {
    ($($value:expr),* $(,)?) => { &[$($crate::engine::Param::from($value)),*] };
}
pub(crate) use params;

impl rusqlite::ToSql for Param<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value, ValueRef};
        Ok(match *self {
            Self::Integer(value) | Self::MaybeInteger(Some(value)) => {
                ToSqlOutput::Owned(Value::Integer(value))
            }
            Self::Text(value) | Self::MaybeText(Some(value)) => {
                ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes()))
            }
            Self::Bytes(value) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
            Self::MaybeInteger(None) | Self::MaybeText(None) => ToSqlOutput::Owned(Value::Null),
            Self::Many(_) => {
                let error = Error::Failed("SQLite takes no arrays".to_owned());
                return Err(rusqlite::Error::ToSqlConversionFailure(Box::new(error)));
            }
        })
    }
}

/// What a text with a NUL is to PostgreSQL: the sign for one.
const NUL_SHOWN: &str = "\u{2400}";

impl Param<'_> {
    /// Its type in PostgreSQL; of rows, that of one value.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) | Self::MaybeText(_) | Self::Many(Column::Texts(_)) => "TEXT",
            Self::Bytes(_) | Self::Many(Column::Bytes(_)) => "BYTEA",
            Self::Integer(_) | Self::MaybeInteger(_) | Self::Many(Column::Integers(_)) => "BIGINT",
        }
    }

    /// Whether both are one number or one text, or nothing of one type.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let text = |value: &Self| match *value {
            Self::Text(text) => Some(Some(text)),
            Self::MaybeText(text) => Some(text),
            _ => None,
        };
        let number = |value: &Self| match *value {
            Self::Integer(number) => Some(Some(number)),
            Self::MaybeInteger(number) => Some(number),
            _ => None,
        };
        text(self).is_some_and(|of| text(other) == Some(of))
            || number(self).is_some_and(|of| number(other) == Some(of))
    }

    /// PostgreSQL keeps no NUL in a text: who asks for one finds nothing.
    pub(super) fn postgres(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Text(value) | Self::MaybeText(Some(value)) if value.contains('\0') => &NUL_SHOWN,
            Self::Integer(value) => value,
            Self::Text(value) => value,
            Self::MaybeInteger(value) => value,
            Self::MaybeText(value) => value,
            Self::Bytes(value) => value,
            Self::Many(column) => column.postgres(),
        }
    }

    /// The same with its type, for a statement that is not prepared.
    pub(super) fn typed(&self) -> (&(dyn ToSql + Sync), Type) {
        let kind = match self {
            Self::Integer(_) | Self::MaybeInteger(_) => Type::INT8,
            Self::Text(_) | Self::MaybeText(_) => Type::TEXT,
            Self::Bytes(_) => Type::BYTEA,
            Self::Many(Column::Integers(_)) => Type::INT8_ARRAY,
            Self::Many(Column::Texts(_)) => Type::TEXT_ARRAY,
            Self::Many(Column::Bytes(_)) => Type::BYTEA_ARRAY,
        };
        (self.postgres(), kind)
    }
}

/// The values of many rows in one column, all of one type.
#[derive(Debug)]
pub(crate) enum Column<'p> {
    Integers(Vec<Option<i64>>),
    Texts(Vec<Option<&'p str>>),
    Bytes(Vec<&'p [u8]>),
}

impl<'p> Column<'p> {
    /// One column of rows of this width. What its first value is, all are.
    pub(crate) fn of(values: &[Param<'p>], width: usize, at: usize) -> Self {
        let column = || values.iter().skip(at).step_by(width);
        match values.get(at) {
            Some(Param::Text(_) | Param::MaybeText(_)) => Self::Texts(column().map(text_of).collect()),
            Some(Param::Bytes(_)) => Self::Bytes(column().map(bytes_of).collect()),
            _ => Self::Integers(column().map(integer_of).collect()),
        }
    }

    fn postgres(&self) -> &(dyn ToSql + Sync) {
        match self {
            Self::Integers(values) => values,
            Self::Texts(values) => values,
            Self::Bytes(values) => values,
        }
    }
}

fn text_of<'p>(value: &Param<'p>) -> Option<&'p str> {
    match *value {
        Param::Text(text) | Param::MaybeText(Some(text)) if text.contains('\0') => Some(NUL_SHOWN),
        Param::Text(text) => Some(text),
        Param::MaybeText(text) => text,
        _ => None,
    }
}

fn integer_of(value: &Param<'_>) -> Option<i64> {
    match *value {
        Param::Integer(number) => Some(number),
        Param::MaybeInteger(number) => number,
        _ => None,
    }
}

fn bytes_of<'p>(value: &Param<'p>) -> &'p [u8] {
    match *value {
        Param::Bytes(bytes) => bytes,
        _ => &[],
    }
}

/// A row of an answer; columns count from 0.
#[derive(Clone, Copy)]
pub(crate) enum Row<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r postgres::Row),
}

impl<'r> Row<'r> {
    pub(crate) fn integer(&self, column: usize) -> Result<i64> {
        Ok(self.maybe_integer(column)?.unwrap_or_default())
    }

    pub(crate) fn maybe_integer(&self, column: usize) -> Result<Option<i64>> {
        match self {
            Self::Sqlite(row) => Ok(row.get(column)?),
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    pub(crate) fn flag(&self, column: usize) -> Result<bool> {
        Ok(self.integer(column)? != 0)
    }

    /// The text of a column; empty when it is null.
    pub(crate) fn text(&self, column: usize) -> Result<&'r str> {
        Ok(self.maybe_text(column)?.unwrap_or_default())
    }

    pub(crate) fn string(&self, column: usize) -> Result<String> {
        Ok(self.text(column)?.to_owned())
    }

    pub(crate) fn maybe_string(&self, column: usize) -> Result<Option<String>> {
        Ok(self.maybe_text(column)?.map(str::to_owned))
    }

    pub(crate) fn maybe_text(&self, column: usize) -> Result<Option<&'r str>> {
        match self {
            Self::Sqlite(row) => {
                Ok(row.get_ref(column)?.as_str_or_null().map_err(|error| Error::Failed(error.to_string()))?)
            }
            Self::Postgres(row) => Ok(row.try_get(column)?),
        }
    }

    /// The bytes of a column; none when it is null.
    pub(crate) fn bytes(&self, column: usize) -> Result<&'r [u8]> {
        let bytes = match self {
            Self::Sqlite(row) => {
                row.get_ref(column)?.as_blob_or_null().map_err(|error| Error::Failed(error.to_string()))?
            }
            Self::Postgres(row) => row.try_get(column)?,
        };
        Ok(bytes.unwrap_or_default())
    }
}
