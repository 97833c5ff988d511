//! Many rows at once. A statement is written for one row, and its rows come beside it: SQLite, which waits for nobody, runs it for one after another;
//! PostgreSQL gets all of them in one statement, as arrays. (COPY would save a third of what an insertion costs the server, but is refused where
//! row-level security guards a table.)

use super::row::{Column, Param};
use super::{Connection, Driver, Result};

/// Rows that PostgreSQL gets with one statement.
const AT_ONCE: usize = 8_000;
/// Rows that are gathered for SQLite, which has nothing to wait for: few, so that they stay near.
const NEAR: usize = 512;
/// Rows that SQLite inserts with one statement.
const TOGETHER: usize = 32;

impl Connection {
    /// Whether this is a cluster of Citus.
    pub(crate) fn is_cluster(&mut self) -> Result<bool> {
        match &mut self.driver {
            Driver::Sqlite(_) => Ok(false),
            Driver::Postgres(postgres) => postgres.is_cluster(),
        }
    }

    /// How many rows are worth gathering before they are written.
    pub(crate) fn at_once(&self) -> usize {
        if self.is_sqlite() { NEAR } else { AT_ONCE }
    }

    /// Says that this transaction writes many rows. PostgreSQL finds each by its key then, however few there were when it first planned a statement
    /// or when it last counted, and plans none anew for the values of each set. What can't be found by a key costs much in its eyes then, which it
    /// must not take for a reason to compile the statement. The coordinator of a cluster plans for values always: they say on which machine a row is.
    pub(crate) fn expect_many(&mut self) -> Result<()> {
        if self.is_sqlite() || self.is_cluster()? {
            return Ok(());
        }
        self.batch(
            "SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off;
             SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off",
        )
    }

    /// Runs a statement for each of some rows and tells how many rows it changed in all. It is written for one row: its first parameters are
    /// `first`, those behind are the row's, `width` of them. `{FROM rows}` (in a deletion `{USING rows}`) stands where PostgreSQL is told where rows
    /// come from. No two rows may be about one row of the table.
    pub(crate) fn execute_rows(
        &mut self,
        sql: &str,
        first: &[Param<'_>],
        width: usize,
        values: &[Param<'_>],
    ) -> Result<u64> {
        let mut changed = 0;
        if self.is_sqlite() {
            let sql = sql.replace("{FROM rows}", "").replace("{USING rows}", "");
            let mut params = first.to_vec();
            for row in values.chunks_exact(width) {
                params.truncate(first.len());
                params.extend_from_slice(row);
                changed += self.execute(&sql, &params)?;
            }
            return Ok(changed);
        }
        for rows in values.chunks(width * AT_ONCE) {
            let columns = Column::all(rows, width);
            let sql = for_set(sql, first.len(), &columns);
            let params: Vec<Param<'_>> =
                first.iter().copied().chain(columns.iter().map(Param::Many)).collect();
            changed += self.execute(&sql, &params)?;
        }
        Ok(changed)
    }

    /// Inserts rows, many with one statement, which costs the databases much less than one each. `into` names the table and its columns,
    /// `values` are those of all rows, `width` each; `then` follows them.
    pub(crate) fn insert_all(
        &mut self,
        into: &str,
        width: usize,
        then: &str,
        values: &[Param<'_>],
    ) -> Result<()> {
        let inserted = self.insert_counted(into, width, then, values)?;
        let rows = (values.len() / width) as u64;
        // With a condition, some may be there already.
        if then.is_empty() && inserted != rows {
            return Err(super::wrong_count(into, inserted, rows));
        }
        Ok(())
    }

    /// The same, and tells how many rows were inserted, or changed by what follows.
    pub(crate) fn insert_counted(
        &mut self,
        into: &str,
        width: usize,
        then: &str,
        values: &[Param<'_>],
    ) -> Result<u64> {
        let mut inserted = 0;
        if !self.is_sqlite() {
            for rows in values.chunks(width * AT_ONCE) {
                let columns = Column::all(rows, width);
                let sql = format!("INSERT INTO {into} SELECT * FROM {} {then}", unnested(&columns, 0));
                let params: Vec<Param<'_>> = columns.iter().map(Param::Many).collect();
                inserted += if !then.is_empty() && self.is_cluster()? {
                    self.count_returned(&sql, &params)?
                } else {
                    self.execute(&sql, &params)?
                };
            }
            return Ok(inserted);
        }
        let whole = insert_statement(into, width, TOGETHER, then);
        let mut chunks = values.chunks_exact(width * TOGETHER);
        for rows in chunks.by_ref() {
            inserted += self.execute(&whole, rows)?;
        }
        let rows = chunks.remainder();
        if !rows.is_empty() {
            inserted += self.execute(&insert_statement(into, width, rows.len() / width, then), rows)?;
        }
        Ok(inserted)
    }

    /// Runs an insertion, and counts the rows that it answers with: the coordinator of a cluster tells of those that conflict, too, that they were
    /// inserted, but hands over none for them.
    fn count_returned(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        let mut inserted = 0;
        self.each(&format!("{sql} RETURNING 1"), params, |_| {
            inserted += 1;
            Ok(())
        })?;
        Ok(inserted)
    }
}

/// The rows of arrays that are parameters, those behind so many others.
fn unnested(columns: &[Column<'_>], behind: usize) -> String {
    let arrays = (behind + 1..).zip(columns).map(|(number, column)| format!("?{number}::{}", column.array()));
    let names = (behind + 1..).take(columns.len()).map(|number| format!("v{number}"));
    let (arrays, names): (Vec<String>, Vec<String>) = (arrays.collect(), names.collect());
    format!("unnest({}) AS r ({})", arrays.join(", "), names.join(", "))
}

/// A statement for one row as one for many: what was a parameter of the row is a column of the arrays.
fn for_set(sql: &str, first: usize, columns: &[Column<'_>]) -> String {
    let mut parts = sql.split('?');
    let mut set = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let is_of_row = part[..digits].parse::<usize>().is_ok_and(|number| number > first);
        set.push_str(if is_of_row { "r.v" } else { "?" });
        set.push_str(part);
    }
    let rows = unnested(columns, first);
    set.replace("{FROM rows}", &format!("FROM {rows}")).replace("{USING rows}", &format!("USING {rows}"))
}

fn insert_statement(into: &str, width: usize, rows: usize, then: &str) -> String {
    let mut sql = format!("INSERT INTO {into} VALUES ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { ", (" });
        for column in 1..=width {
            sql.push_str(if column == 1 { "?" } else { ", ?" });
            sql.push_str(&(row * width + column).to_string());
        }
        sql.push(')');
    }
    sql.push(' ');
    sql.push_str(then);
    sql
}

#[cfg(test)]
mod tests {
    use super::for_set;
    use crate::engine::Column;
    use crate::engine::params;

    #[test]
    fn a_statement_for_one_row_is_one_for_many() {
        let values = params![7, "a", 8, "b"];
        let columns = Column::all(values, 2);
        assert_eq!(
            for_set("UPDATE t SET b = ?3, c = ?1 {FROM rows} WHERE a = ?2", 1, &columns),
            "UPDATE t SET b = r.v3, c = ?1 FROM unnest(?2::BIGINT[], ?3::TEXT[]) AS r (v2, v3) WHERE a = r.v2"
        );
        assert_eq!(
            for_set("DELETE FROM t {USING rows} WHERE a = ?1 AND b = ?2", 0, &columns),
            "DELETE FROM t USING unnest(?1::BIGINT[], ?2::TEXT[]) AS r (v1, v2) WHERE a = r.v1 AND b = r.v2"
        );
    }
}
