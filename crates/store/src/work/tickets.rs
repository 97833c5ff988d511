//! Tickets as both sides read them: what an account asks of support, what was written and decided. No statement here asks who has a value.

use directory::{Claim, FieldNumber, Place, PlanCell};

use crate::engine::{Connection, Result, Row, params};
use crate::import::words;
use crate::migrations::Part;
use crate::work::news::{NewsKind, tell_news};
use crate::work::plan::{CELL_FIELDS, cell_of, claim_kind_of, file_of, place_number, place_of};
use crate::{AccountId, ImportId, Store, Time};

words! {
    /// Where a ticket stands.
    TicketState {
        /// Support has it.
        Open = "open",
        /// What it asks for is free now.
        Free = "free",
        /// Support wrote an answer.
        Answered = "answered",
        /// Support can't give what it asks for.
        Declined = "declined",
        /// Whoever raised it took it back.
        Withdrawn = "withdrawn",
    } else
    /// What its row says means nothing to this program: it is damaged, or a newer one wrote it.
    Unreadable = "unreadable"
}

/// A ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// What people call it.
    pub number: i64,
    /// Whose.
    pub account: AccountId,
    /// The import that its cells are of.
    pub import: ImportId,
    /// The name of the import's file.
    pub file_name: Option<String>,
    /// Where it stands.
    pub state: TicketState,
    /// Who raised it.
    pub raised_by: String,
    /// When.
    pub raised_at: Time,
    /// When it was written on or decided about.
    pub changed_at: Time,
    /// The import that judges its rows again.
    pub brought: Option<ImportId>,
    /// Whether that import is done: the ticket is closed.
    pub closed: bool,
    /// How many rows wait for it.
    pub rows: i64,
}

/// A value that a ticket asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketValue {
    /// The row.
    pub place: Place,
    /// The field of the cell.
    pub field: FieldNumber,
    /// The file that holds the cell, from 1.
    pub file: u16,
    /// The row in it, from 1; 0 when no file holds it.
    pub row: u32,
    /// The column in it, from 1; 0 when no file holds it.
    pub column: u32,
    /// The value, as who asks for it knows it.
    pub value: String,
    /// What only one user may have.
    pub claim: Claim,
    /// When support released it.
    pub released_at: Option<Time>,
}

/// Something that one of the sides wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TicketWord {
    /// When.
    pub at: Time,
    /// Whether support did.
    pub support: bool,
    /// Who.
    pub by: String,
    /// What.
    pub words: String,
}

/// Rows of an account that wait for support, and those about which it has decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TicketSums {
    /// Rows of open tickets.
    pub waiting: i64,
    /// Rows of tickets that were decided about and were not brought back yet.
    pub decided: i64,
}

/// How much is written on one ticket at the most.
const WORDS: i64 = 50;

const TICKET: &str = "SELECT t.number, t.account, t.import, i.file_name, t.state, t.raised_by, t.raised_at, t.changed_at, t.brought,
        CAST(CASE WHEN b.state = 'done' THEN 1 ELSE 0 END AS BIGINT),
        (SELECT COUNT(DISTINCT v.place) FROM ticket_value v WHERE v.account = t.account AND v.number = t.number)
    FROM ticket t LEFT JOIN import i ON i.account = t.account AND i.id = t.import
                  LEFT JOIN import b ON b.account = t.account AND b.id = t.brought";

fn ticket_of(row: &Row<'_>) -> Result<Ticket> {
    Ok(Ticket {
        number: row.integer(0)?,
        account: AccountId(row.integer(1)?),
        import: ImportId::of_number(row.integer(2)?),
        file_name: row.maybe_string(3)?,
        state: TicketState::stored(row.text(4)?)?,
        raised_by: row.string(5)?,
        raised_at: Time(row.integer(6)?),
        changed_at: Time(row.integer(7)?),
        brought: row.maybe_integer(8)?.map(ImportId::of_number),
        closed: row.integer(9)? == 1,
        rows: row.integer(10)?,
    })
}

fn value_of(row: &Row<'_>) -> Result<TicketValue> {
    Ok(TicketValue {
        place: place_of(row.integer(0)?)?,
        field: FieldNumber(row.integer(1)? as u32),
        file: file_of(row.integer(2)?),
        row: row.integer(2)? as u32,
        column: row.integer(3)? as u32,
        value: row.string(4)?,
        claim: Claim { kind: claim_kind_of(row.integer(5)?), key: row.string(6)? },
        released_at: row.maybe_integer(7)?.map(Time),
    })
}

impl Store {
    /// A ticket of an account.
    pub fn ticket(&self, account: AccountId, number: i64) -> Result<Option<Ticket>> {
        Ok(self.ticket_of_anybody(number)?.filter(|ticket| ticket.account == account))
    }

    /// A ticket, whoever raised it: for support.
    pub fn ticket_of_anybody(&self, number: i64) -> Result<Option<Ticket>> {
        self.read(|connection| {
            connection.one(&format!("{TICKET} WHERE t.number = ?1"), params![number], ticket_of)
        })
    }

    /// The tickets of an account, newest first.
    pub fn tickets(&self, account: AccountId, limit: u32) -> Result<Vec<Ticket>> {
        self.read(|connection| {
            let sql = format!("{TICKET} WHERE t.account = ?1 ORDER BY t.raised_at DESC, t.number LIMIT ?2");
            connection.all(&sql, params![account.0, i64::from(limit)], ticket_of)
        })
    }

    /// The tickets of an import that were not taken back, oldest first.
    pub fn tickets_of_import(&self, account: AccountId, import: ImportId) -> Result<Vec<Ticket>> {
        self.read(|connection| {
            let sql = format!(
                "{TICKET} WHERE t.account = ?1 AND t.import = ?2 AND t.state <> 'withdrawn' ORDER BY t.raised_at, t.number"
            );
            connection.all(&sql, params![account.0, import.number()], ticket_of)
        })
    }

    /// The ticket whose rows an import brings back.
    pub fn ticket_brought_by(&self, account: AccountId, import: ImportId) -> Result<Option<Ticket>> {
        self.read(|connection| {
            let sql = format!("{TICKET} WHERE t.account = ?1 AND t.brought = ?2");
            connection.one(&sql, params![account.0, import.number()], ticket_of)
        })
    }

    /// The tickets of all accounts in a state, or in any, the oldest first: for support.
    pub fn tickets_of_all(&self, state: Option<TicketState>, limit: u32) -> Result<Vec<Ticket>> {
        self.read(|connection| {
            let sql = format!(
                "{TICKET} WHERE (CAST(?1 AS TEXT) IS NULL OR t.state = CAST(?1 AS TEXT)) ORDER BY t.raised_at, t.number LIMIT ?2"
            );
            connection.all(&sql, params![state.map(TicketState::word), i64::from(limit)], ticket_of)
        })
    }

    /// What a ticket asks for, in the order of the file.
    pub fn ticket_values(&self, ticket: &Ticket) -> Result<Vec<TicketValue>> {
        self.read(|connection| {
            let sql = "SELECT place, field, row_number, column_number, value, kind, key, released_at FROM ticket_value
                       WHERE account = ?1 AND number = ?2 ORDER BY row_number, column_number, place, field";
            connection.all(sql, params![ticket.account.0, ticket.number], value_of)
        })
    }

    /// What was written on a ticket, oldest first.
    pub fn ticket_words(&self, ticket: &Ticket) -> Result<Vec<TicketWord>> {
        self.read(|connection| {
            let sql = "SELECT at, support, said_by, words FROM ticket_word WHERE account = ?1 AND number = ?2 ORDER BY position";
            connection.all(sql, params![ticket.account.0, ticket.number], |row| {
                Ok(TicketWord {
                    at: Time(row.integer(0)?),
                    support: row.flag(1)?,
                    by: row.string(2)?,
                    words: row.string(3)?,
                })
            })
        })
    }

    /// The rows of a ticket as its plan had them, each in the order of its fields.
    pub fn ticket_cells(&self, ticket: &Ticket) -> Result<Vec<PlanCell>> {
        self.read(|connection| {
            let sql = format!(
                "SELECT {CELL_FIELDS} FROM ticket_cell WHERE account = ?1 AND number = ?2 ORDER BY row_number, place, field"
            );
            connection.all(&sql, params![ticket.account.0, ticket.number], cell_of)
        })
    }

    /// How many rows of an account wait for support, and about how many it has decided.
    pub fn ticket_sums(&self, account: AccountId) -> Result<TicketSums> {
        self.read(|connection| {
            let sql = "SELECT COALESCE(SUM(CASE WHEN t.state = 'open' THEN 1 ELSE 0 END), 0), COUNT(*) FROM
                           (SELECT DISTINCT v.number, v.place FROM ticket_value v WHERE v.account = ?1) w
                       JOIN ticket t ON t.number = w.number
                       WHERE t.state <> 'withdrawn' AND NOT EXISTS (SELECT 1 FROM import b
                           WHERE b.account = ?1 AND b.id = t.brought AND b.state IN ('reading', 'review', 'applying', 'done'))";
            let sums = connection
                .one(sql, params![account.0], |row| Ok((row.integer(0)?, row.integer(1)?)))?
                .unwrap_or_default();
            Ok(TicketSums { waiting: sums.0, decided: sums.1 - sums.0 })
        })
    }

    /// Writes on a ticket; one that was decided about is open again when its account writes. False when it is closed, taken back, or
    /// enough is written on it.
    pub fn write_on_ticket(&self, ticket: &Ticket, word: &TicketWord) -> Result<bool> {
        let written = self.act_on_ticket(ticket.account, ticket.number, |transaction| {
            let again = if word.support { "state" } else { "'open'" };
            let done = "SELECT 1 FROM import b WHERE b.account = ?1 AND b.id = (SELECT t.brought FROM ticket t WHERE t.number = ?2)
                            AND b.state = 'done'";
            if transaction.one(done, params![ticket.account.0, ticket.number], |_| Ok(()))?.is_some() {
                return Ok(None);
            }
            let sql = format!(
                "UPDATE ticket SET state = {again}, changed_at = ?2 WHERE number = ?1 AND state <> 'withdrawn'
                     AND (SELECT COUNT(*) FROM ticket_word w WHERE w.account = ticket.account AND w.number = ?1) < ?3"
            );
            if transaction.execute(&sql, params![ticket.number, word.at.0, WORDS])? == 0 {
                return Ok(None);
            }
            insert_word(transaction, (ticket.account, ticket.number), word).map(Some)
        })?;
        Ok(written.is_some())
    }

    /// Keeps what support decided about an open ticket, with what it wrote. False when it is open no more.
    pub fn decide_ticket(&self, ticket: &Ticket, state: TicketState, word: &TicketWord) -> Result<bool> {
        let told = self.told_of(&ticket.raised_by)?;
        let kind = match state {
            TicketState::Declined => NewsKind::TicketDeclined,
            _ => NewsKind::TicketAnswered,
        };
        self.write_work(|transaction| {
            let sql =
                "UPDATE ticket SET state = ?2, changed_at = ?3 WHERE number = ?1 AND state IN ('open', 'answered')";
            if transaction.execute(sql, params![ticket.number, state.word(), word.at.0])? == 0 {
                return Ok(false);
            }
            if !word.words.is_empty() {
                insert_word(transaction, (ticket.account, ticket.number), word)?;
            }
            if let Some(administrator) = told {
                let whom = (administrator, ticket.account);
                tell_news(transaction, self.randomness(), whom, (kind, ticket.number), word.at)?;
            }
            self.note(transaction, Part::Work)?;
            Ok(true)
        })
    }

    /// Keeps that a value is free now; with its last one the ticket is.
    pub fn value_is_free(&self, ticket: &Ticket, claim: &Claim, at: Time) -> Result<()> {
        let of = params![ticket.account.0, ticket.number];
        let told = self.told_of(&ticket.raised_by)?;
        self.write_work(|transaction| {
            transaction.execute(
                "UPDATE ticket_value SET released_at = ?3 WHERE account = ?1 AND number = ?2 AND key = ?4 AND released_at IS NULL",
                params![ticket.account.0, ticket.number, at.0, &claim.key],
            )?;
            let sql = "SELECT 1 FROM ticket_value WHERE account = ?1 AND number = ?2 AND released_at IS NULL";
            if transaction.one(sql, of, |_| Ok(()))?.is_none() {
                let sql = "UPDATE ticket SET state = 'free', changed_at = ?2 WHERE number = ?1 AND state NOT IN ('withdrawn', 'free')";
                let is_free = transaction.execute(sql, params![ticket.number, at.0])? == 1;
                if let (true, Some(administrator)) = (is_free, told) {
                    let whom = (administrator, ticket.account);
                    let about = (NewsKind::TicketFree, ticket.number);
                    tell_news(transaction, self.randomness(), whom, about, at)?;
                }
            }
            Ok(())
        })
    }

    /// What support released for an account, by any of its tickets that are kept still.
    pub fn released_claims(&self, account: AccountId) -> Result<Vec<Claim>> {
        self.read(|connection| {
            let sql = "SELECT kind, key FROM ticket_value WHERE account = ?1 AND released_at IS NOT NULL";
            connection.all(sql, params![account.0], |row| {
                Ok(Claim { kind: claim_kind_of(row.integer(0)?), key: row.string(1)? })
            })
        })
    }

    /// The cells of a row that a ticket of its import asks for: the field, and the ticket's number.
    pub fn asked_cells(
        &self,
        account: AccountId,
        import: ImportId,
    ) -> Result<Vec<(Place, FieldNumber, i64)>> {
        self.read(|connection| {
            let sql = "SELECT v.place, v.field, v.number FROM ticket_value v JOIN ticket t ON t.number = v.number
                       WHERE v.account = ?1 AND v.import = ?2 AND t.state <> 'withdrawn' ORDER BY v.row_number, v.place, v.field";
            connection.all(sql, params![account.0, import.number()], |row| {
                Ok((place_of(row.integer(0)?)?, FieldNumber(row.integer(1)? as u32), row.integer(2)?))
            })
        })
    }

    /// Lets go of the rows of tickets that are closed, and of whole tickets that were closed before a moment.
    pub(crate) fn forget_closed_tickets(&self, before: Time) -> Result<()> {
        const CLOSED: &str =
            "SELECT t.number FROM ticket t LEFT JOIN import b ON b.account = t.account AND b.id = t.brought
     WHERE t.state = 'withdrawn' OR b.state = 'done'";
        let closed = self.read(|connection| {
            let sql = format!(
                "SELECT t.number FROM ticket t WHERE t.number IN ({CLOSED}) AND (t.changed_at < ?1
                     OR EXISTS (SELECT 1 FROM ticket_cell c WHERE c.account = t.account AND c.number = t.number)) LIMIT 500"
            );
            connection.all(&sql, params![before.0], |row| row.integer(0))
        })?;
        for number in closed {
            self.write_work_soon(|transaction| {
                let account = "(SELECT account FROM ticket WHERE number = ?1)";
                let sql = format!("DELETE FROM ticket_cell WHERE account = {account} AND number = ?1");
                transaction.execute(&sql, params![number])?;
                for table in ["ticket_value", "ticket_word"] {
                    let sql = format!(
                        "DELETE FROM {table} WHERE account = {account} AND number = ?1
                             AND EXISTS (SELECT 1 FROM ticket WHERE number = ?1 AND changed_at < ?2)"
                    );
                    transaction.execute(&sql, params![number, before.0])?;
                }
                let sql = "DELETE FROM ticket WHERE number = ?1 AND changed_at < ?2";
                transaction.execute(sql, params![number, before.0])?;
                Ok(())
            })?;
        }
        Ok(())
    }
}

pub(crate) fn insert_word(
    transaction: &mut Connection,
    (account, number): (AccountId, i64),
    word: &TicketWord,
) -> Result<()> {
    transaction.execute(
        "INSERT INTO ticket_word (account, number, position, at, support, said_by, words)
         SELECT CAST(?1 AS BIGINT), CAST(?2 AS BIGINT), COALESCE(MAX(position), 0) + 1, CAST(?3 AS BIGINT), CAST(?4 AS BIGINT), ?5, ?6
         FROM ticket_word WHERE account = CAST(?1 AS BIGINT) AND number = CAST(?2 AS BIGINT)",
        params![account.0, number, word.at.0, word.support, &word.by, &word.words],
    )?;
    Ok(())
}

/// An import came to its end: what was put right in it after all is asked for no more, so that only rows wait that it left out.
pub(crate) fn drop_what_was_put_right(
    transaction: &mut Connection,
    account: AccountId,
    import: ImportId,
) -> Result<()> {
    const LEFT: &str =
        "SELECT 1 FROM left_out l WHERE l.account = ?1 AND l.import = ?2 AND l.place = v.place";
    let of = params![account.0, import.number()];
    let sql = format!(
        "SELECT v.number, v.place FROM ticket_value v WHERE v.account = ?1 AND v.import = ?2 AND NOT EXISTS ({LEFT})"
    );
    let done = transaction.all(&sql, of, |row| Ok((row.integer(0)?, place_of(row.integer(1)?)?)))?;
    for (number, place) in done {
        for table in ["ticket_value", "ticket_cell"] {
            let sql = format!("DELETE FROM {table} WHERE account = ?1 AND number = ?2 AND place = ?3");
            transaction.execute(&sql, params![account.0, number, place_number(place)])?;
        }
        let sql = "UPDATE ticket SET state = 'withdrawn' WHERE number = ?2 AND account = ?1
                       AND NOT EXISTS (SELECT 1 FROM ticket_value v WHERE v.account = ?1 AND v.number = ?2)";
        transaction.execute(sql, params![account.0, number])?;
    }
    Ok(())
}
