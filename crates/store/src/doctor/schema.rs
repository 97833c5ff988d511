//! The tables, columns and indexes of a database, compared with those of one that is made now. Both engines have the same by name; SQLite
//! also keeps the words in which they were made.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::finding::{Ailment, Finding};
use crate::engine::{Connection, Result, Use, params};
use crate::migrations::{Part, migrate};
use crate::wall;

const CACHE_KIB: u32 = 1_024;

pub(super) fn examine(connection: &mut Connection, findings: &mut Vec<Finding>) -> Result<()> {
    let mut wanted = BTreeSet::new();
    let is_sqlite = connection.is_sqlite();
    for part in [Part::Directory, Part::Work] {
        let mut fresh = Connection::sqlite(":memory:".as_ref(), Use::Write, CACHE_KIB, &Arc::default())?;
        migrate(&mut fresh, part)?;
        wanted.extend(of_sqlite(&mut fresh, "main")?);
    }
    let mut found = BTreeSet::new();
    if is_sqlite {
        for name in ["main", "work"] {
            found.extend(of_sqlite(connection, name)?);
        }
    } else {
        found.extend(of_postgres(connection)?);
    }
    let missing = wanted.difference(&found).map(|name| format!("no {name}"));
    // Indexes of an operator's own harm nobody.
    let more = found.difference(&wanted).filter(|name| !is_own(name)).cloned();
    let open = wall::lacking(connection)?.into_iter().map(|table| format!("no policy of {table}"));
    let altered = wall::altered(connection)?.into_iter().map(|table| format!("another policy of {table}"));
    let different: Vec<String> = missing.chain(more).chain(open).chain(altered).collect();
    if let Some(first) = different.first() {
        findings.push(Finding::new(Ailment::Schema, "", different.len() as i64, first));
    }
    Ok(())
}

/// What an operator, an extension or the index of a search may have beside ours.
fn is_own(name: &str) -> bool {
    name.starts_with("index ") || name.starts_with("table users_text_") || !name.starts_with("column ")
}

fn of_sqlite(connection: &mut Connection, file: &str) -> Result<BTreeSet<String>> {
    let sql = format!(
        "SELECT 'column ' || m.name || '.' || c.name || CASE WHEN c.pk > 0 THEN ' key ' || c.pk ELSE '' END
         FROM {file}.sqlite_master m JOIN pragma_table_info(m.name, '{file}') c
         WHERE m.type = 'table' AND m.name NOT LIKE 'users_text_%' AND m.name NOT LIKE 'sqlite_%'
         UNION ALL SELECT 'index ' || name FROM {file}.sqlite_master
         WHERE type = 'index' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'users_text_%'"
    );
    Ok(connection.all(&sql, params![], |row| row.string(0))?.into_iter().collect())
}

/// An extension, as that of a cluster, may have views beside our tables. Of the catalog itself: the views of the standard over it are planned badly
/// where a database has settings of its own, and are as many rows times as many.
fn of_postgres(connection: &mut Connection) -> Result<BTreeSet<String>> {
    let sql = "WITH t AS MATERIALIZED (
                   SELECT oid, relname FROM pg_class WHERE relkind = 'r' AND relname NOT LIKE 'users_text_%'
                     AND relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()))
               SELECT 'column ' || t.relname || '.' || a.attname || COALESCE(' key ' || (
                   SELECT array_position(k.conkey, a.attnum) FROM pg_constraint k WHERE k.conrelid = t.oid AND k.contype = 'p'), '')
               FROM t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
               UNION ALL SELECT 'index ' || i.relname FROM t JOIN pg_index x ON x.indrelid = t.oid JOIN pg_class i ON i.oid = x.indexrelid";
    Ok(connection.all(sql, params![], |row| row.string(0))?.into_iter().collect())
}
