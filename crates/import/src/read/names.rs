//! Names that stand beside User IDs in the cells of a batch: which of them are not those of the IDs.

use std::collections::{HashMap, HashSet};

use directory::{Kind, PlanCell, State, Users, Wrong};
use store::{AccountId, ImportId, Result, Store};
use workbook::Row;

use super::cells::{Named, text_of};
use super::head::{Column, Head};
use crate::judge::past::Past;
use crate::judge::people::{People, as_printed};

/// The names beside User IDs, batch by batch.
pub(super) struct Names<'p> {
    people: People<'p>,
    /// What is wrong with the cells of a batch that name one user by the ID and another by the name, by row and column.
    differing: HashMap<(u32, u32), Wrong>,
}

impl<'p> Names<'p> {
    /// Knowing the texts with a name that is nobody's, as an earlier pass has found.
    pub(super) fn new(store: &'p Store, account: AccountId, strangers: &HashSet<u64>) -> Self {
        Self { people: People::new(store, account).knowing(strangers), differing: HashMap::new() }
    }

    /// The texts with names that nobody bears and that the staged plan of an import gives to nobody either.
    pub(super) fn strangers(&mut self, import: ImportId) -> Result<Vec<u64>> {
        self.people.strangers(import)
    }

    /// Finds the cells of a batch that name one user by the ID and another by the name.
    pub(super) fn compare(
        &mut self,
        head: &Head,
        rows: &[(Row<'_>, Named)],
        users: &Users,
        past: &Past,
    ) -> Result<()> {
        let of_users = |column: &&Column| column.today.kind == Kind::User && !column.today.read_only;
        let mut cells = Vec::new();
        for column in head.columns.iter().filter(of_users) {
            let texts = rows.iter().filter_map(|(row, named)| {
                let text = text_of(row, column.column)?;
                Some((row, named, text, as_printed(text)))
            });
            let unknown: Vec<_> = texts.filter(|(.., printed)| !self.people.is_own(*printed)).collect();
            self.people.learn(unknown.iter().filter_map(|(.., printed)| Some((*printed)?.1)).collect())?;
            for (row, named, text, _) in
                unknown.into_iter().filter(|(.., printed)| !self.people.is_own(*printed))
            {
                let user = match named {
                    Named::User(id) => users.find(*id),
                    _ => None,
                };
                let base = || past.value(user.as_ref()?, column.today.number, column.slot)?.parse().ok();
                cells.extend(self.people.named((row.number, column.column), text, base));
            }
        }
        self.differing = self.people.differing(cells, head.base)?;
        Ok(())
    }

    /// What is wrong with a cell that names one user by the ID and another by the name; said once.
    pub(super) fn take_differing(&mut self, row: u32, column: u32) -> Option<Wrong> {
        if self.differing.is_empty() { None } else { self.differing.remove(&(row, column)) }
    }

    /// Turns the cells of a new row red that name one user by the ID and another by the name.
    pub(super) fn tell(&mut self, row: u32, cells: &mut [PlanCell]) {
        for cell in cells.iter_mut().filter(|cell| cell.state != State::Error) {
            if let Some(wrong) = self.take_differing(row, cell.column) {
                (cell.state, cell.mine, cell.chosen, cell.wrong) = (State::Error, None, None, Some(wrong));
            }
        }
    }

    /// Offers the one who bears the name in a cell that names nobody by an ID or a sign-in.
    pub(super) fn offer(&mut self, cells: &mut [PlanCell]) -> Result<()> {
        self.people.offer(cells)
    }
}
