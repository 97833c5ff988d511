//! What the one pass that opens a document sees of the tables behind the first. Everything of all tables is one part, and whoever comes
//! back for one of them has to inflate all that lies before it; a table that is small is known when it was passed.

use super::sheet::OdsRows;
use crate::stamp::Stamped;
use crate::xml::Xml;
use crate::{Asides, Batch, Count, Refusal};

/// Rows with which a table begins.
pub(crate) const FIRST: usize = 20;
/// So much is read of tables at a glance, in bytes of text and so many more for each cell. Of a table that is longer, only its first rows
/// are known; of those behind it, nothing.
pub(super) const ROOM: u64 = 4 << 20;
const CELL: u64 = 64;

/// What is known of a table.
pub(crate) struct Glance {
    /// The first rows that have a cell.
    pub(crate) head: Batch,
    /// How much it holds, when all of it was seen.
    pub(crate) count: Option<Count>,
    /// What lies on it and is no cell, and which cells were there when it was written, as far as it was seen.
    pub(crate) asides: Asides,
    pub(crate) stamped: Stamped,
}

impl Glance {
    /// Passes over a table, and reads of it what there is room for.
    ///
    /// # Errors
    /// The refusal of a table that can't be read.
    pub(super) fn of<'b>(mut rows: OdsRows<'b>, room: &mut u64) -> Result<(Option<Self>, Xml<'b>), Refusal> {
        let (mut head, mut batch, mut count) = (None, Batch::new(), Count::default());
        let mut stamped = Stamped::default();
        while *room > 0 && !rows.is_over() {
            batch.open();
            rows.read(&mut batch, FIRST)?;
            let text = batch.text_length();
            batch.seal()?;
            let cells = batch.iter().map(|row| row.columns().len() as u64).sum::<u64>();
            *room = room.saturating_sub(text + cells * CELL);
            count.rows += batch.len() as u64;
            count.cells += cells;
            batch.iter().for_each(|row| stamped.take(&row));
            head.get_or_insert_with(|| std::mem::take(&mut batch));
        }
        count.cells += rows.unread();
        let is_over = rows.is_over();
        let head = if is_over { Some(head.unwrap_or_default()) } else { head };
        let (count, asides) = (is_over.then_some(count), rows.asides());
        let glance = head.map(|head| Self { head, count, asides, stamped });
        Ok((glance, rows.into_rest()?))
    }
}
