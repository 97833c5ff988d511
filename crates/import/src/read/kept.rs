//! Cells that differ and are not edits: what a spreadsheet damaged, and what was put back to what it was at the download. Of a column that
//! has few damaged cells they are shown one by one; of many only their number is said.

use std::collections::{BTreeMap, HashMap};

use directory::{FieldNumber, PlanCell, State, UserId};
use store::{Account, Import, Result, Store};

use crate::judge::past::Past;

/// So many damaged cells of a column are shown one by one; more are only counted.
const FEW: usize = 10;

/// The first damaged cells of each column, one more than are shown.
#[derive(Debug, Default)]
pub(super) struct Damaged(BTreeMap<FieldNumber, Vec<PlanCell>>);

impl Damaged {
    /// Whether a further damaged cell of a column matters.
    pub(super) fn has_room(&self, field: FieldNumber) -> bool {
        self.0.get(&field).is_none_or(|cells| cells.len() <= FEW)
    }

    /// Keeps a damaged cell.
    pub(super) fn keep(&mut self, cell: PlanCell) {
        self.0.entry(cell.field).or_default().push(cell);
    }

    /// Takes the cells of columns that have few of them. A value that can't be read can't have been meant.
    pub(super) fn take(&mut self) -> impl Iterator<Item = PlanCell> + use<> {
        let few = std::mem::take(&mut self.0).into_values().filter(|cells| cells.len() <= FEW);
        few.flatten().filter(|cell| cell.state == State::Damage)
    }
}

/// Who made which revision after the base, and how.
#[derive(Debug, Default)]
pub(super) struct Makers(HashMap<u64, (String, String)>);

impl Makers {
    /// Looks them up once some user was changed since.
    pub(super) fn learn(&mut self, store: &Store, account: &Account, base: u64, past: &Past) -> Result<()> {
        if !past.is_empty() && self.0.is_empty() {
            let revisions = store.revisions_after(account.id, base)?;
            self.0 = revisions.into_iter().map(|(revision, kind, actor)| (revision, (kind, actor))).collect();
        }
        Ok(())
    }

    /// The revision of the last change of a cell since the download, if that was an import of the same administrator.
    pub(super) fn put_back_since(
        &self,
        import: &Import,
        past: &Past,
        user: UserId,
        field: FieldNumber,
    ) -> Option<u64> {
        let revision = past.changed_at(user, field)?;
        let (kind, actor) = self.0.get(&revision)?;
        (kind == "file" && *actor == import.actor).then_some(revision)
    }
}
