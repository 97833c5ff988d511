//! The order in which a plan is applied: the claims that it gives up are released before any new one is made, so values can be permuted.

use directory::{Claim, Place, UserId, standard};

use super::{Halt, Step, Writer};
use crate::Store;
use crate::directory::claims::{self, claims_of};
use crate::engine::params;

impl Writer<'_, '_> {
    /// Writes all rows. A plan that touches no claims is not gone through for any that it gives up.
    pub(super) fn write_rows(
        &mut self,
        store: &Store,
        revision: i64,
        progress: &mut impl FnMut(i64),
    ) -> Step<()> {
        let mut from = i64::MIN;
        if self.is_claiming(store)? {
            self.release_claims(store, from)?;
        }
        loop {
            let written = self.each_row(store, (from, None), |writer, row| {
                if writer.gather(row, revision)? && writer.users % 1_000 == 0 {
                    progress(writer.users);
                }
                Ok(())
            });
            match written {
                Err(Halt::Claims(first)) => from = first,
                Err(halt) => return Err(halt),
                Ok(()) => return self.write_chunk(revision),
            }
            self.release_claims(store, from)?;
        }
    }

    /// Whether the plan creates somebody or claims something; one that only gives up claims is known by its rows.
    fn is_claiming(&self, store: &Store) -> Step<bool> {
        let (account, import) = (self.application.account.0, self.application.import.number());
        let sql =
            "SELECT 1 FROM plan_claim WHERE account = ?1 AND import = ?2 AND kind NOT IN (3, 4) LIMIT 1";
        let claims = store.read(|connection| connection.one(sql, params![account, import], |_| Ok(())))?;
        Ok(self.creating.count() > 0 || claims.is_some())
    }

    /// Deletes the claims of every value that is given up, before any new one is made: so values can be permuted. Those before the row
    /// `from` touch none.
    fn release_claims(&mut self, store: &Store, from: i64) -> Step<()> {
        self.has_released = true;
        let only = self.touching.clone();
        let mut released = Released::default();
        self.each_row(store, (from, Some(&only)), |writer, row| {
            let Place::User(user) = row.place()? else { return Ok(()) };
            for change in row.changes() {
                if change.field == standard::USER && change.after.is_none() {
                    released.leaving.push(user);
                }
                released
                    .claims
                    .extend(writer.claim_of(change.field, change.before).map(|claim| (user, claim)));
            }
            if released.is_full(writer.transaction.at_once()) {
                writer.release(&mut released)
            } else {
                Ok(())
            }
        })?;
        self.release(&mut released)
    }

    fn release(&mut self, released: &mut Released) -> Step<()> {
        self.load(&released.leaving)?;
        for user in self.current.iter() {
            released
                .claims
                .extend(claims_of(self.fields, &user).into_iter().map(|(_, claim)| (user.id(), claim)));
        }
        claims::release_all(self.transaction, self.application.account, &released.claims)?;
        *released = Released::default();
        Ok(())
    }
}

/// Claims that are given up, and users who go with all of theirs.
#[derive(Default)]
struct Released {
    claims: Vec<(UserId, Claim)>,
    leaving: Vec<UserId>,
}

impl Released {
    /// Whether they are to be deleted now.
    fn is_full(&self, claims: usize) -> bool {
        self.claims.len() + self.leaving.len() >= claims
    }
}
