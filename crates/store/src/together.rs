//! Many rows that are named by their numbers or by texts, with one statement for so many of them: PostgreSQL waits for an answer less often, SQLite
//! begins fewer statements.

use crate::engine::{Column, Connection, Param, Result, Row, close_together};

/// Numbers, or texts, that one statement of SQLite names.
const TOGETHER: usize = 64;

impl Connection {
    /// Hands over the rows of these numbers, so many at a time and each part in the order that the statement asks for: of ascending
    /// numbers all in it. `IN ({these})` in the SQL stands for the numbers; `first` are the parameters before them.
    pub(crate) fn each_among(
        &mut self,
        sql: &str,
        first: &[Param<'_>],
        numbers: &[i64],
        take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let these: Vec<Param<'_>> = numbers.iter().map(|number| Param::Integer(*number)).collect();
        self.each_of_these(sql, first, &these, take)
    }

    /// The same of rows in whose first column the number stands. Ascending numbers that lie close together are read in one walk, in the
    /// order that the statement asks for.
    pub(crate) fn each_numbered(
        &mut self,
        sql: &str,
        first: &[Param<'_>],
        numbers: &[i64],
        mut take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let Some((from, to)) = close_together(numbers) else {
            return self.each_among(sql, first, numbers, take);
        };
        let walk = format!("BETWEEN ?{} AND ?{}", first.len() + 1, first.len() + 2);
        let values: Vec<Param<'_>> =
            first.iter().copied().chain([Param::Integer(from), Param::Integer(to)]).collect();
        self.each(&sql.replace("IN ({these})", &walk), &values, |row| {
            let wanted = numbers.binary_search(&row.integer(0)?).is_ok();
            if wanted { take(row) } else { Ok(()) }
        })
    }

    /// The same of rows that are named by texts.
    pub(crate) fn each_among_texts(
        &mut self,
        sql: &str,
        first: &[Param<'_>],
        texts: &[impl AsRef<str>],
        take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let these: Vec<Param<'_>> = texts.iter().map(|text| Param::Text(text.as_ref())).collect();
        self.each_of_these(sql, first, &these, take)
    }

    fn each_of_these(
        &mut self,
        sql: &str,
        first: &[Param<'_>],
        these: &[Param<'_>],
        mut take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        if these.is_empty() {
            return Ok(());
        }
        if !self.is_sqlite() {
            let sql = sql.replace("IN ({these})", &format!("= ANY(?{})", first.len() + 1));
            // They are one array then.
            for part in these.chunks(self.at_once()) {
                let column = Column::of(part, 1, 0);
                let params: Vec<Param<'_>> = first.iter().copied().chain([Param::Many(&column)]).collect();
                self.each(&sql, &params, &mut take)?;
            }
            return Ok(());
        }
        // The last part is filled up with its last one, so that one statement serves all.
        let width = if these.len() == 1 { 1 } else { TOGETHER };
        let places: Vec<String> = (1..=width).map(|at| format!("?{}", first.len() + at)).collect();
        let sql = sql.replace("{these}", &places.join(", "));
        for part in these.chunks(width) {
            let filled = part.iter().chain(part.last().into_iter().cycle()).take(width);
            let params: Vec<Param<'_>> = first.iter().chain(filled).copied().collect();
            self.each(&sql, &params, &mut take)?;
        }
        Ok(())
    }
}

/// The numbers of a parameter as a table `w (wanted)`, and the rows of another one that belong to each of them; `named` is
/// the table, and what it is called here. `CROSS` holds SQLite to this order. PostgreSQL, which knows nothing yet of a table that was just filled, would rather go through all of it and look among
/// the numbers for each row: `OFFSET 0` keeps it from turning the order round, so that each number is looked up by a key. It also keeps what makes
/// the numbers apart: by what might fail no row is looked up before the wall was asked (`wall`).
pub(crate) fn wanted_in(parameter: &str, is_sqlite: bool, named: (&str, &str), belong: &str) -> String {
    if is_sqlite {
        format!(
            "(SELECT value AS wanted FROM json_each({parameter})) w {}",
            of_each(is_sqlite, named, belong)
        )
    } else {
        format!(
            "(SELECT CAST(value AS BIGINT) AS wanted
              FROM json_array_elements_text(CAST(CAST({parameter} AS TEXT) AS JSON)) OFFSET 0) w {}",
            of_each(is_sqlite, named, belong)
        )
    }
}

/// The rows of one more table, which is called `name`, that belong to each row so far.
pub(crate) fn of_each(is_sqlite: bool, (table, name): (&str, &str), belong: &str) -> String {
    if is_sqlite {
        format!("CROSS JOIN {table} {name} ON {belong}")
    } else {
        format!("CROSS JOIN LATERAL (SELECT * FROM {table} {name} WHERE {belong} OFFSET 0) {name}")
    }
}

/// Numbers as a parameter for [`wanted_in`].
pub(crate) fn numbers_json(numbers: impl Iterator<Item = i64>) -> String {
    let numbers: Vec<String> = numbers.map(|number| number.to_string()).collect();
    format!("[{}]", numbers.join(","))
}
