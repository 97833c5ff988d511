//! Many rows that are named by their numbers, with one statement for so many of them: PostgreSQL waits for an answer less often, SQLite
//! begins fewer statements.

use crate::engine::{Connection, Param, Result, Row};

/// Numbers that one statement names.
const TOGETHER: usize = 64;

impl Connection {
    /// Hands over the rows of these numbers, so many at a time and each part in the order that the statement asks for: of ascending
    /// numbers all in it. `{these}` in the SQL stands for the numbers; `first` are the parameters before them.
    pub(crate) fn each_among(
        &mut self,
        sql: &str,
        first: &[Param<'_>],
        numbers: &[i64],
        mut take: impl FnMut(&Row<'_>) -> Result<()>,
    ) -> Result<()> {
        if numbers.is_empty() {
            return Ok(());
        }
        // The last part is filled up with its last number, so that one statement serves all.
        let width = if numbers.len() == 1 { 1 } else { TOGETHER };
        let these: Vec<String> = (1..=width).map(|at| format!("?{}", first.len() + at)).collect();
        let sql = sql.replace("{these}", &these.join(", "));
        for part in numbers.chunks(width) {
            let filled = part.iter().chain(part.last().into_iter().cycle()).take(width);
            let params: Vec<Param<'_>> =
                first.iter().copied().chain(filled.map(|number| Param::Integer(*number))).collect();
            self.each(&sql, &params, &mut take)?;
        }
        Ok(())
    }
}
