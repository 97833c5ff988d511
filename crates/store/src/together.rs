//! Many rows that are named by their numbers or by texts, with one statement for so many of them: PostgreSQL waits for an answer less often, SQLite
//! begins fewer statements.

use crate::engine::{Connection, Param, Result, Row};

/// Numbers, or texts, that one statement names.
const TOGETHER: usize = 64;

impl Connection {
    /// Hands over the rows of these numbers, so many at a time and each part in the order that the statement asks for: of ascending
    /// numbers all in it. `{these}` in the SQL stands for the numbers; `first` are the parameters before them.
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

    /// The same of rows that are named by texts.
    pub(crate) fn each_among_texts(
        &mut self,
        sql: &str,
        first: &[Param<'_>],
        texts: &[String],
        take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let these: Vec<Param<'_>> = texts.iter().map(|text| Param::Text(text)).collect();
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
