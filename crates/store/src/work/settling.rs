//! An import comes to rest, and whoever began it is told: they may have left its page.

use crate::engine::Result;
use crate::import::{ImportKind, ImportState, Lease, Settled};
use crate::work::imports::settle_in;
use crate::work::news::{NewsKind, tell_news};
use crate::{Store, Time};

impl Store {
    /// As [`Store::settle`], with word of it for whoever began the import, if that was a person: they may have left its page.
    pub fn settle_with_news(&self, lease: &Lease, settled: &Settled, at: Time) -> Result<bool> {
        let kind = match settled.state {
            ImportState::Done => NewsKind::ImportDone,
            ImportState::Review => NewsKind::ImportReview,
            ImportState::Failed => NewsKind::ImportFailed,
            _ => return self.settle(lease, settled),
        };
        let import = self.import(lease.account, lease.import)?;
        // What somebody changes in a form is answered on the spot.
        let import = import.filter(|import| import.keep && import.kind != ImportKind::Form);
        let told = match import {
            Some(import) => self.told_of(&import.actor)?,
            None => None,
        };
        let about = (kind, lease.import.number());
        let done = self.write_work(|transaction| {
            let is_settled = settle_in(transaction, lease, settled)?;
            if let (true, Some(administrator)) = (is_settled, told) {
                let whom = (administrator, lease.account);
                tell_news(transaction, self.randomness(), whom, about, at)?;
            }
            Ok(is_settled)
        });
        self.held_uploads().let_go(lease.account, lease.import, None);
        done
    }
}
