//! Tickets: what an account asks of support because somebody elsewhere has an email or a username. The row waits meanwhile: the plan
//! leaves it out, and the ticket keeps a copy of it. Nothing here asks who has the value, so nobody who asks learns anything of them;
//! only [`release`] does, for support.

pub(crate) mod bringing;
pub(crate) mod raising;
pub(crate) mod release;

use store::{AccountId, Result, TicketWord};

use crate::Context;

/// Letters of what is written on a ticket at once.
pub const TICKET_WORDS: usize = 2_000;

/// How writing on a ticket ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// It stands there.
    Kept,
    /// Nothing was written.
    Empty,
    /// It is longer than [`TICKET_WORDS`].
    TooLong,
    /// The ticket is closed, or enough was written on it.
    Closed,
    /// There is no such ticket.
    NoSuchTicket,
}

/// Writes on a ticket for its account; one that was decided about is open again.
///
/// # Errors
/// When the store fails.
pub fn write(app: &Context, account: AccountId, number: i64, words: &str, actor: &str) -> Result<Written> {
    let Some(ticket) = app.store.ticket(account, number)? else { return Ok(Written::NoSuchTicket) };
    let Some(words) = tidy(words) else { return Ok(Written::TooLong) };
    if words.is_empty() {
        return Ok(Written::Empty);
    }
    let word = TicketWord { at: app.clock.now(), support: false, by: actor.to_owned(), words };
    Ok(if app.store.write_on_ticket(&ticket, &word)? { Written::Kept } else { Written::Closed })
}

/// Words without what moves a cursor or turns the direction of writing; none when they are too many.
fn tidy(words: &str) -> Option<String> {
    let words = words.replace("\r\n", "\n");
    let words: String = words.chars().filter(|letter| *letter == '\n' || !is_hidden(*letter)).collect();
    let words = words.trim();
    (words.chars().count() <= TICKET_WORDS).then(|| words.to_owned())
}

fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
