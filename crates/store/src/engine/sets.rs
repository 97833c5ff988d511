//! Many rows at once. A statement is written for one row, and its rows come beside it: SQLite, which waits for nobody, runs it for one after another;
//! PostgreSQL gets all of them in one statement, as arrays; what is the same in all of many rows comes once. (COPY would save more of what an
//! insertion costs the server, but is refused where row-level security guards a table.)

use super::close::close_together;
use super::row::{Column, Param};
use super::{Connection, Driver, Result};

/// Rows that PostgreSQL gets with one statement.
const AT_ONCE: usize = 8_000;
/// Rows that are gathered for SQLite, which has nothing to wait for: few, so that they stay near.
const NEAR: usize = 512;
/// Rows that SQLite inserts with one statement.
const TOGETHER: usize = 32;
/// Where the condition may stand that ids lie between two others.
const NEAR_ID: &str = "{near id}";
/// Of fewer rows, what is the same in all of them is sent as an array, too: a statement of their own costs more.
const MANY: usize = 256;

impl Connection {
    /// Whether this is a cluster of Citus.
    pub(crate) fn is_cluster(&mut self) -> Result<bool> {
        match &mut self.driver {
            Driver::Sqlite(_) => Ok(false),
            Driver::Postgres(postgres) => postgres.is_cluster(),
        }
    }

    fn form(&mut self) -> Result<Form> {
        Ok(if self.is_cluster()? { Form::Function } else { Form::Selected })
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
    /// come from. No two rows may be about one row of the table. Where a row's first value is the `id` that it is about, `{near id}` may follow its
    /// condition: many that lie close together are then met on a walk from the first to the last, which costs less than to look up each.
    pub(crate) fn execute_rows(
        &mut self,
        sql: &str,
        first: &[Param<'_>],
        width: usize,
        values: &[Param<'_>],
    ) -> Result<u64> {
        let mut changed = 0;
        if self.is_sqlite() {
            let sql = sql.replace("{FROM rows}", "").replace("{USING rows}", "").replace(NEAR_ID, "");
            let mut params = first.to_vec();
            for row in values.chunks_exact(width) {
                params.truncate(first.len());
                params.extend_from_slice(row);
                changed += self.execute(&sql, &params)?;
            }
            return Ok(changed);
        }
        let form = self.form()?;
        for rows in values.chunks(width * AT_ONCE) {
            let columns = sent(rows, width, form);
            let set = for_set(sql, first.len(), &columns, form);
            let mut params: Vec<Param<'_>> =
                first.iter().copied().chain(columns.iter().map(Sent::param)).collect();
            let walk = sql.contains(NEAR_ID).then(|| ends_of(rows, width, form)).flatten();
            let Some((from, to)) = walk else {
                changed += self.execute(&set.replace(NEAR_ID, ""), &params)?;
                continue;
            };
            let next = params.len() + 1;
            params.extend([Param::Integer(from), Param::Integer(to)]);
            let set = set.replace(NEAR_ID, &format!(" AND id BETWEEN ?{next} AND ?{}", next + 1));
            changed += self.execute_walking(&set, &params)?;
        }
        Ok(changed)
    }

    /// Runs a statement that is not to look up one row for each of another table: so it is planned, and the plan stays with the statement.
    fn execute_walking(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        if matches!(&self.driver, Driver::Postgres(postgres) if postgres.is_prepared(sql)) {
            return self.execute(sql, params);
        }
        self.batch("SET LOCAL enable_nestloop = off")?;
        let changed = self.execute(sql, params)?;
        self.batch("SET LOCAL enable_nestloop = on")?;
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
            let form = self.form()?;
            for rows in values.chunks(width * AT_ONCE) {
                let columns = sent(rows, width, form);
                let sql = format!("INSERT INTO {into} SELECT * FROM {} {then}", rows_of(&columns, 0, form));
                let params: Vec<Param<'_>> = columns.iter().map(Sent::param).collect();
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

/// How arrays become rows. The server hands over selected ones as it goes, and gathers those of a function first, which costs it more; the
/// coordinator of a cluster knows what to do with a function.
#[derive(Clone, Copy)]
enum Form {
    Selected,
    Function,
}

/// A column of rows as it is sent.
enum Sent<'p> {
    /// The value of each row.
    Each(Column<'p>, &'static str),
    /// What all of them have.
    Same(Param<'p>, &'static str),
}

impl Sent<'_> {
    fn param(&self) -> Param<'_> {
        match self {
            Self::Each(column, _) => Param::Many(column),
            Self::Same(value, _) => *value,
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Each(_, kind) | Self::Same(_, kind) => kind,
        }
    }
}

/// The columns of rows. One of them at least says how many rows there are: of equal rows, the last one.
fn sent<'p>(rows: &[Param<'p>], width: usize, form: Form) -> Vec<Sent<'p>> {
    let is_worth_it = matches!(form, Form::Selected) && rows.len() >= width * MANY;
    let mut differ = false;
    let column = |(at, value): (usize, &Param<'p>)| {
        let is_same = || rows.iter().skip(at).step_by(width).all(|other| other.is_same(value));
        let must_differ = at + 1 == width && !differ;
        if is_worth_it && !must_differ && is_same() {
            return Sent::Same(*value, value.kind());
        }
        differ = true;
        Sent::Each(Column::of(rows, width, at), value.kind())
    };
    rows.iter().take(width).enumerate().map(column).collect()
}

/// The first and the last of the numbers that rows begin with, if they are many that lie close together.
fn ends_of(rows: &[Param<'_>], width: usize, form: Form) -> Option<(i64, i64)> {
    if matches!(form, Form::Function) || rows.len() < width * MANY {
        return None;
    }
    let numbers = rows.iter().step_by(width).map(|number| match number {
        Param::Integer(number) => Some(*number),
        _ => None,
    });
    close_together(&numbers.collect::<Option<Vec<i64>>>()?)
}

/// The rows of columns that are parameters, those behind so many others.
fn rows_of(columns: &[Sent<'_>], behind: usize, form: Form) -> String {
    let numbered = || (behind + 1..).zip(columns);
    if let Form::Selected = form {
        let values = numbered().map(|(number, column)| match column {
            Sent::Each(_, kind) => format!("unnest(?{number}::{kind}[]) AS v{number}"),
            Sent::Same(_, kind) => format!("?{number}::{kind} AS v{number}"),
        });
        return format!("(SELECT {}) AS r", values.collect::<Vec<_>>().join(", "));
    }
    let arrays = numbered().map(|(number, column)| format!("?{number}::{}[]", column.kind()));
    let names = numbered().map(|(number, _)| format!("v{number}"));
    let (arrays, names): (Vec<String>, Vec<String>) = (arrays.collect(), names.collect());
    format!("unnest({}) AS r ({})", arrays.join(", "), names.join(", "))
}

/// A statement for one row as one for many: what was a parameter of the row is a column of the arrays.
fn for_set(sql: &str, first: usize, columns: &[Sent<'_>], form: Form) -> String {
    let mut parts = sql.split('?');
    let mut set = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        let is_of_row = part[..digits].parse::<usize>().is_ok_and(|number| number > first);
        set.push_str(if is_of_row { "r.v" } else { "?" });
        set.push_str(part);
    }
    let rows = rows_of(columns, first, form);
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
    use super::{Form, MANY, for_set, sent};
    use crate::engine::{Param, params};

    #[test]
    fn a_statement_for_one_row_is_one_for_many() {
        let values = params![7, "a", 8, "b"];
        let of = |sql, first, form| for_set(sql, first, &sent(values, 2, form), form);
        let (update, delete) = (
            "UPDATE t SET b = ?3, c = ?1 {FROM rows} WHERE a = ?2",
            "DELETE FROM t {USING rows} WHERE a = ?1",
        );
        assert_eq!(
            of(update, 1, Form::Selected),
            "UPDATE t SET b = r.v3, c = ?1 FROM (SELECT unnest(?2::BIGINT[]) AS v2, unnest(?3::TEXT[]) AS v3) AS r WHERE a = r.v2"
        );
        assert_eq!(
            of(delete, 0, Form::Function),
            "DELETE FROM t USING unnest(?1::BIGINT[], ?2::TEXT[]) AS r (v1, v2) WHERE a = r.v1"
        );
    }

    #[test]
    fn what_all_of_many_rows_have_is_sent_once() {
        let rows = |many: usize| -> Vec<Param<'_>> {
            (0..many as i64).flat_map(|number| *params![1, number, None::<&str>]).collect()
        };
        let of =
            |values: &[Param<'_>], width, form| for_set("{FROM rows}", 0, &sent(values, width, form), form);
        let same = "FROM (SELECT ?1::BIGINT AS v1, unnest(?2::BIGINT[]) AS v2, ?3::TEXT AS v3) AS r";
        assert_eq!(of(&rows(MANY), 3, Form::Selected), same);
        assert!(!of(&rows(MANY - 1), 3, Form::Selected).contains("?1::BIGINT AS"), "few rows");
        assert!(!of(&rows(MANY), 3, Form::Function).contains("?1::BIGINT,"), "a cluster");
        let equal: Vec<Param<'_>> = (0..MANY).flat_map(|_| *params![1, "a"]).collect();
        assert_eq!(
            of(&equal, 2, Form::Selected),
            "FROM (SELECT ?1::BIGINT AS v1, unnest(?2::TEXT[]) AS v2) AS r",
            "equal rows"
        );
    }
}
