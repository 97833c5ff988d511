//! Values as they are kept, whatever their table.

use super::errors::Result;
use super::row::Row;

/// What a column keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keeps {
    Integer,
    Text,
    Bytes,
}

/// A value as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kept<'v> {
    Nothing,
    Integer(i64),
    Text(&'v str),
    Bytes(&'v [u8]),
}

/// Takes one row.
pub(crate) type Put<'p> = &'p mut dyn FnMut(&[Kept<'_>]) -> Result<()>;

impl<'r> Row<'r> {
    /// The value of a column that keeps this. None when SQLite, which lets a column keep anything, has something else there.
    pub(crate) fn kept(&self, column: usize, keeps: Keeps) -> Result<Option<Kept<'r>>> {
        match self {
            Self::Sqlite(row) => Ok(of_file(row.get_ref(column)?, keeps)),
            Self::Postgres(row) => {
                let value = match keeps {
                    Keeps::Integer => row.try_get::<_, Option<i64>>(column)?.map(Kept::Integer),
                    Keeps::Text => row.try_get::<_, Option<&str>>(column)?.map(Kept::Text),
                    Keeps::Bytes => row.try_get::<_, Option<&[u8]>>(column)?.map(Kept::Bytes),
                };
                Ok(Some(value.unwrap_or(Kept::Nothing)))
            }
        }
    }
}

fn of_file(value: rusqlite::types::ValueRef<'_>, keeps: Keeps) -> Option<Kept<'_>> {
    use rusqlite::types::ValueRef;
    match (value, keeps) {
        (ValueRef::Null, _) => Some(Kept::Nothing),
        (ValueRef::Integer(number), Keeps::Integer) => Some(Kept::Integer(number)),
        (ValueRef::Text(text), Keeps::Text) => std::str::from_utf8(text).ok().map(Kept::Text),
        (ValueRef::Blob(bytes) | ValueRef::Text(bytes), Keeps::Bytes) => Some(Kept::Bytes(bytes)),
        _ => None,
    }
}

impl rusqlite::ToSql for Kept<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        use rusqlite::types::{ToSqlOutput, Value, ValueRef};
        Ok(match *self {
            Self::Nothing => ToSqlOutput::Owned(Value::Null),
            Self::Integer(number) => ToSqlOutput::Owned(Value::Integer(number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Bytes(bytes) => ToSqlOutput::Borrowed(ValueRef::Blob(bytes)),
        })
    }
}
