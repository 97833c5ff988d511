//! What an account does with its tickets: raise one, take it back, bring its rows back. What that means for a plan is kept in the same
//! transaction as the ticket.

use std::collections::BTreeSet;

use crate::engine::{Error, Result, params};
use crate::import::NewImport;
use crate::migrations::Part;
use crate::work::fixes::{FixStep, keep_step};
use crate::work::imports::begin_in;
use crate::work::plan::{CELL_FIELDS, claim_kind_number, line_number, place_number};
use crate::work::tickets::{Ticket, TicketValue, TicketWord, insert_word};
use crate::{AccountId, ImportId, Store, Time};

/// A ticket that is raised.
#[derive(Debug, Clone, Copy)]
pub struct NewTicket<'t> {
    /// Its number, which nobody has.
    pub number: i64,
    /// What it asks for.
    pub values: &'t [TicketValue],
    /// What was written with it.
    pub words: &'t str,
}

impl Store {
    /// Keeps a ticket about cells of an import in review, and the step that leaves their rows out, as one. None when the import is no
    /// longer in review with the plan of the step: nothing is kept then.
    ///
    /// # Errors
    /// [`Error::Taken`] when another ticket has the number.
    pub fn raise_ticket(
        &self,
        account: AccountId,
        import: ImportId,
        new: &NewTicket<'_>,
        step: &FixStep<'_>,
    ) -> Result<Option<i64>> {
        self.act_on_ticket(account, new.number, |transaction| {
            let next = keep_step(transaction, account, import, step)?;
            if next.is_none() {
                return Ok(None);
            }
            transaction.execute(
                "INSERT INTO ticket (number, account, import, state, raised_by, raised_at, changed_at) VALUES (?1, ?2, ?3, 'open', ?4, ?5, ?5)",
                params![new.number, account.0, import.number(), step.actor, step.at.0],
            )?;
            for value in new.values {
                transaction.execute(
                    "INSERT INTO ticket_value (account, number, import, place, field, row_number, column_number, value, kind, key)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                    params![
                        account.0,
                        new.number,
                        import.number(),
                        place_number(value.place),
                        i64::from(value.field.0),
                        line_number(value.file, value.row),
                        i64::from(value.column),
                        &value.value,
                        claim_kind_number(value.claim.kind),
                        &value.claim.key,
                    ],
                )?;
            }
            let sql = format!(
                "INSERT INTO ticket_cell (account, number, {CELL_FIELDS})
                 SELECT account, ?3, {CELL_FIELDS} FROM plan_cell c WHERE account = ?1 AND import = ?2 AND place IN
                     (SELECT v.place FROM ticket_value v WHERE v.account = ?1 AND v.number = ?3)"
            );
            transaction.execute(&sql, params![account.0, import.number(), new.number])?;
            if !new.words.is_empty() {
                let word = TicketWord {
                    at: step.at,
                    support: false,
                    by: step.actor.to_owned(),
                    words: new.words.to_owned(),
                };
                insert_word(transaction, (account, new.number), &word)?;
            }
            let rows: BTreeSet<i64> = new.values.iter().map(|value| place_number(value.place)).collect();
            let told = [("ticket", new.number.to_string()), ("rows", rows.len().to_string())];
            self.note_with(transaction, Part::Work, &told)?;
            Ok(next)
        })
    }

    /// Takes a ticket back; with the step, if there is one, that takes its rows in again. False when it is closed or taken back
    /// already, or the plan is another one: nothing is kept then.
    pub fn take_ticket_back(&self, ticket: &Ticket, step: Option<&FixStep<'_>>, at: Time) -> Result<bool> {
        let done = self.act_on_ticket(ticket.account, ticket.number, |transaction| {
            let sql = "SELECT 1 FROM ticket WHERE number = ?1 AND state <> 'withdrawn'";
            if transaction.one(sql, params![ticket.number], |_| Ok(()))?.is_none() {
                return Ok(None);
            }
            if let Some(step) = step
                && keep_step(transaction, ticket.account, ticket.import, step)?.is_none()
            {
                return Ok(None);
            }
            let sql = "UPDATE ticket SET state = 'withdrawn', changed_at = ?2 WHERE number = ?1 AND state <> 'withdrawn'";
            transaction.execute_exactly(1, sql, params![ticket.number, at.0])?;
            let sql = "DELETE FROM ticket_cell WHERE account = ?1 AND number = ?2";
            transaction.execute(sql, params![ticket.account.0, ticket.number])?;
            Ok(Some(()))
        })?;
        Ok(done.is_some())
    }

    /// Begins the import that judges the rows of a ticket again. None when one does already, or has.
    ///
    /// # Errors
    /// [`Error::DoneBefore`] over a handle of a request that came before ([`Store::once`]).
    pub fn begin_brought(&self, ticket: &Ticket, new: &NewImport) -> Result<Option<()>> {
        let begun = self.act(ticket.account, new.id, |transaction| {
            begin_in(transaction, ticket.account, new)?;
            self.note_where(transaction, ticket.account, new.id)?;
            let sql = "SELECT brought FROM ticket WHERE number = ?1";
            let before = transaction.one(sql, params![ticket.number], |row| row.maybe_integer(0))?.flatten();
            let sql = "SELECT 1 FROM import WHERE account = ?1 AND id = ?2 AND state IN ('reading', 'review', 'applying', 'done')";
            if transaction.one(sql, params![ticket.account.0, before], |_| Ok(()))?.is_some() {
                return Err(Error::Taken);
            }
            // By what stood there: of two who begin one at once, one does.
            let sql = "UPDATE ticket SET brought = ?2, changed_at = ?3
                       WHERE number = ?1 AND state <> 'withdrawn' AND COALESCE(brought, 0) = ?4";
            let before = before.unwrap_or_default();
            let changed = transaction.execute(sql, params![ticket.number, new.id.number(), new.at.0, before])?;
            if changed == 1 { Ok(Some(())) } else { Err(Error::Taken) }
        });
        match begun {
            Err(Error::Taken) => Ok(None),
            other => other,
        }
    }

    /// How many open tickets an account has.
    pub fn open_tickets(&self, account: AccountId) -> Result<i64> {
        self.read(|connection| {
            let sql = "SELECT COUNT(*) FROM ticket WHERE account = ?1 AND state = 'open'";
            Ok(connection.one(sql, params![account.0], |row| row.integer(0))?.unwrap_or_default())
        })
    }
}
