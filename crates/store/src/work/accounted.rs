//! What the files of an import hold beside the cells that are read, as it is kept with the import.

use directory::{Accounted, ReadSheet, Reason, Unread};

use crate::engine::{Result, Row, params};
use crate::import::Lease;
use crate::work::plan::holds;
use crate::{Error, Store};

impl Store {
    /// Keeps what the files of an import hold beside the cells that are read, in place of what was kept.
    pub fn keep_accounted(&self, lease: &Lease, accounted: &Accounted) -> Result<()> {
        let unread = accounted.unread.iter().map(|unread| {
            let Unread { reason, file, sheet, cells } = unread;
            format!("{}\t{file}\t{cells}\t{}", reason.word(), in_a_line(sheet))
        });
        let sheets = accounted.sheets.iter();
        let sheets =
            sheets.map(|sheet| format!("{}\t{}\t{}", sheet.part, sheet.file, in_a_line(&sheet.name)));
        let (unread, sheets) = (unread.collect::<Vec<_>>().join("\n"), sheets.collect::<Vec<_>>().join("\n"));
        self.write_work_soon(|transaction| {
            if !holds(transaction, lease)? {
                return Ok(());
            }
            transaction.execute(
                "UPDATE import SET comments = ?3, drawings = ?4, unread_cells = ?5, read_sheets = ?6 WHERE account = ?1 AND id = ?2",
                params![
                    lease.account.0,
                    lease.import.number(),
                    accounted.comments,
                    accounted.drawings,
                    &unread,
                    &sheets,
                ],
            )?;
            Ok(())
        })
    }

    /// Keeps by which date it can be told how the dates of a file were read.
    pub fn keep_date_read(&self, lease: &Lease, read: Option<(&str, &str)>) -> Result<()> {
        let read = read.map(|(typed, date)| format!("{}\t{date}", typed.replace('\t', " ")));
        self.write_work_soon(|transaction| {
            let sql = "UPDATE import SET date_read = ?4 WHERE account = ?1 AND id = ?2 AND fence = ?3";
            transaction.execute(
                sql,
                params![lease.account.0, lease.import.number(), lease.fence, read.as_deref()],
            )?;
            Ok(())
        })
    }
}

/// The same, out of four columns of a row.
pub(crate) fn accounted_of(row: &Row<'_>, first: usize) -> Result<Accounted> {
    let broken = || Error::Failed("what was counted of a file is not as it was kept".to_owned());
    let unread: Option<Vec<Unread>> = row.text(first + 2)?.lines().map(unread_of).collect();
    let sheets: Option<Vec<ReadSheet>> = row.text(first + 3)?.lines().map(sheet_of).collect();
    Ok(Accounted {
        unread: unread.ok_or_else(broken)?,
        sheets: sheets.ok_or_else(broken)?,
        comments: row.integer(first)?,
        drawings: row.integer(first + 1)?,
    })
}

fn unread_of(line: &str) -> Option<Unread> {
    let mut parts = line.splitn(4, '\t');
    Some(Unread {
        reason: Reason::of_word(parts.next()?)?,
        file: parts.next()?.parse().ok()?,
        cells: parts.next()?.parse().ok()?,
        sheet: parts.next()?.to_owned(),
    })
}

fn sheet_of(line: &str) -> Option<ReadSheet> {
    let mut parts = line.splitn(3, '\t');
    Some(ReadSheet {
        part: parts.next()?.parse().ok()?,
        file: parts.next()?.parse().ok()?,
        name: parts.next()?.to_owned(),
    })
}

/// A name without what ends lines; only programs write such names.
fn in_a_line(name: &str) -> String {
    name.replace(['\n', '\r'], " ")
}
