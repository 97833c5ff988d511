//! The tables of a database as Muster makes them now, of either engine: their columns, what those keep, and their keys. What one engine has for
//! itself (the pairing of files) is not among them. The tables of the index of a search are: their columns differ between the engines, and they
//! are derived.

use std::sync::Arc;

use crate::engine::{Connection, Error, Keeps, Result, Use, params};
use crate::migrations::{Part, migrate};

const CACHE_KIB: u32 = 1_024;

/// A table.
pub(crate) struct Table {
    pub(crate) name: String,
    pub(crate) part: Part,
    pub(crate) columns: Vec<Column>,
}

/// A column of a table.
pub(crate) struct Column {
    pub(crate) name: String,
    pub(crate) keeps: Keeps,
    /// Its place in the primary key, from 1; 0 when it is not of it.
    pub(crate) key: i64,
}

impl Table {
    /// Whether its rows are made from others whenever they are missing: those of the index of a search, of which each engine keeps its own.
    pub(crate) fn is_derived(&self) -> bool {
        self.name.starts_with("users_text_")
    }

    /// The names of its columns, as a statement lists them.
    pub(crate) fn listed(&self) -> String {
        self.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// All tables, the directory's first, by name.
///
/// # Errors
/// When there is no memory for a database that is made to be looked at.
pub(crate) fn tables() -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    for part in [Part::Directory, Part::Work] {
        let mut fresh = Connection::sqlite(":memory:".as_ref(), Use::Write, CACHE_KIB, &Arc::default())?;
        migrate(&mut fresh, part)?;
        tables.extend(of_part(&mut fresh, part)?);
    }
    Ok(tables)
}

fn of_part(fresh: &mut Connection, part: Part) -> Result<Vec<Table>> {
    let sql = "SELECT m.name, c.name, c.type, c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c
               WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name NOT IN ('migration', 'pairing')
               ORDER BY m.name, c.cid";
    let mut tables: Vec<Table> = Vec::new();
    fresh.each(sql, params![], |row| {
        let (table, name) = (row.text(0)?, row.string(1)?);
        let keeps = keeps(row.text(2)?)
            .ok_or_else(|| Error::Failed(format!("{table}.{name} keeps what is not known")))?;
        let column = Column { name, keeps, key: row.integer(3)? };
        match tables.last_mut().filter(|last| last.name == table) {
            Some(last) => last.columns.push(column),
            None => tables.push(Table { name: table.to_owned(), part, columns: vec![column] }),
        }
        Ok(())
    })?;
    Ok(tables)
}

fn keeps(kind: &str) -> Option<Keeps> {
    match kind {
        "BIGINT" => Some(Keeps::Integer),
        "TEXT" => Some(Keeps::Text),
        "BLOB" => Some(Keeps::Bytes),
        _ => None,
    }
}
