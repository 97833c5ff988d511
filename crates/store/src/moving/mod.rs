//! Moving a database to another place, be it to the other engine: every row of every table as of one moment, into a database that has none, and
//! each compared afterwards. Until all of it is there and compared, the new one says that it is unfinished and nobody can use it. It is then a
//! past of its own ([`Store::begin_again`]): the old one may go on living, and what it writes from now on is none of the new one's.

mod sum;
mod target;

use directory::{copy_differs, copy_has_no_place_for};

use self::sum::Sum;
use self::target::Target;
use crate::engine::{Connection, Error, Kept, Put, Result, params};
use crate::migrations::Part;
use crate::tables::{Table, tables};
use crate::{Store, Time};

/// How often it is waited ten seconds for whoever writes the files.
const TRIES: usize = 60;
/// What PostgreSQL keeps in place of a NUL, in what people typed or uploaded.
const NUL_SHOWN: &str = "\u{2400}";

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moving {
    /// Whether rows are compared; else they are copied.
    pub compares: bool,
    /// Rows that are done.
    pub rows: u64,
    /// Of so many.
    pub of: u64,
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moved {
    /// Tables with rows.
    pub tables: usize,
    /// Rows, each of which was compared.
    pub rows: u64,
    /// Texts of uploads and plans with a NUL, which PostgreSQL does not keep: each has the sign for one now.
    pub shown: u64,
}

impl Store {
    /// Copies all of this database, as it is at one moment, into the one at `url`, which has nothing yet, and compares every row. Everybody
    /// signs in again there, as after a backup is put back. The index of a search is not copied: it is made anew there.
    ///
    /// # Errors
    /// When the other has something, is in use or was made by a newer Muster; when a row can't be kept there, or is another one afterwards.
    /// From the first row on the other says that it is unfinished; copied to once more, it begins anew.
    pub fn move_to(&self, url: &str, at: Time, told: &mut dyn FnMut(Moving)) -> Result<Moved> {
        let mut tables = tables()?;
        let mut target = Target::begin(url, &tables, self.randomness(), at)?;
        // The first server that runs on the copy makes what is derived.
        tables.retain(|table| !table.is_derived());
        let mut source = self.one_moment()?;
        let mut progress = Moving { compares: false, rows: 0, of: 0 };
        for table in &tables {
            let sql = format!("SELECT COUNT(*) FROM {}", table.name);
            progress.of +=
                source.one(&sql, params![], |row| row.integer(0))?.unwrap_or_default().unsigned_abs();
        }
        let mut step = |progress: &mut Moving| {
            progress.rows += 1;
            if progress.rows.is_multiple_of(TOLD_EVERY) {
                told(*progress);
            }
        };
        let (mut sums, mut shown) = (Vec::new(), 0);
        for table in &tables {
            let mut copy = Copy { table, may_hold_nul: target.is_file(), sum: Sum::default(), shown: 0 };
            let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
            target.writer(table.part).fill((&table.name, &columns), &mut |put| {
                copy.pour(&mut source, put, &mut || step(&mut progress))
            })?;
            shown += copy.shown;
            sums.push(copy.sum);
        }
        drop(source);
        progress = Moving { compares: true, rows: 0, of: progress.rows };
        for (table, sum) in tables.iter().zip(&sums) {
            let there = sum_of(target.writer(table.part), table, &mut || step(&mut progress))?;
            if there != *sum {
                return Err(Error::Failed(copy_differs(&table.name, sum.rows, there.rows)));
            }
        }
        target.end(at)?;
        let rows = sums.iter().map(|sum| sum.rows);
        Ok(Moved { tables: rows.clone().filter(|rows| *rows > 0).count(), rows: rows.sum(), shown })
    }

    /// A connection that sees all of the database at one moment, whoever writes.
    fn one_moment(&self) -> Result<Connection> {
        let mut tries = 0;
        let snapshot = loop {
            match self.snapshot() {
                Err(Error::Busy) if tries < TRIES => tries += 1,
                other => break other?,
            }
        };
        if let Some(snapshot) = snapshot {
            return Ok(snapshot.into_reader());
        }
        let mut connection = self.connect()?;
        connection.begin_one_moment()?;
        Ok(connection)
    }
}

/// Rows between two words of how far it is.
const TOLD_EVERY: u64 = 1_000;

/// The copy of one table.
struct Copy<'t> {
    table: &'t Table,
    may_hold_nul: bool,
    sum: Sum,
    shown: u64,
}

impl Copy<'_> {
    /// Reads all rows and hands each on, as it is to be kept.
    fn pour(&mut self, source: &mut Connection, put: Put<'_>, step: &mut dyn FnMut()) -> Result<()> {
        let Self { table, may_hold_nul, sum, shown } = self;
        each_row(source, table, &mut |row| {
            step();
            let has_nul = |value: &Kept<'_>| matches!(value, Kept::Text(text) if text.contains('\0'));
            if *may_hold_nul || !row.iter().any(has_nul) {
                sum.add(row);
                return put(row);
            }
            let texts = without_nul(table, row)?;
            let place = row.iter().zip(&texts);
            let row: Vec<Kept<'_>> =
                place.map(|(value, text)| text.as_deref().map_or(*value, Kept::Text)).collect();
            *shown += texts.iter().flatten().count() as u64;
            sum.add(&row);
            put(&row)
        })
    }
}

/// The texts of a row that hold a NUL, with the sign for one in its place. What is right or wrong of a user is not changed: there, such a text
/// is refused.
fn without_nul(table: &Table, row: &[Kept<'_>]) -> Result<Vec<Option<String>>> {
    let mut texts = Vec::new();
    for (column, value) in table.columns.iter().zip(row) {
        texts.push(match value {
            Kept::Text(text) if text.contains('\0') && table.part == Part::Directory => {
                return Err(Error::Failed(copy_has_no_place_for(&table.name, &column.name)));
            }
            Kept::Text(text) if text.contains('\0') => Some(text.replace('\0', NUL_SHOWN)),
            _ => None,
        });
    }
    Ok(texts)
}

/// Hands each row of a table over, in no order.
fn each_row(connection: &mut Connection, table: &Table, take: Put<'_>) -> Result<()> {
    let sql = format!("SELECT {} FROM {}", table.listed(), table.name);
    connection.each(&sql, params![], |row| {
        let mut values = Vec::with_capacity(table.columns.len());
        for (place, column) in table.columns.iter().enumerate() {
            let value = row.kept(place, column.keeps)?;
            values
                .push(value.ok_or_else(|| Error::Failed(copy_has_no_place_for(&table.name, &column.name)))?);
        }
        take(&values)
    })
}

fn sum_of(connection: &mut Connection, table: &Table, step: &mut dyn FnMut()) -> Result<Sum> {
    let mut sum = Sum::default();
    each_row(connection, table, &mut |row| {
        step();
        sum.add(row);
        Ok(())
    })?;
    Ok(sum)
}
