//! Tickets as JSON. Who has a value never stands here.

use directory::{Fields, Place};
use serde::{Deserialize, Serialize};
use store::{AccountId, Result, TicketValue, TicketWord};

use super::moment::moment;
use crate::app::App;

/// A ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ticket {
    /// Its number.
    pub number: i64,
    /// `open`, `free`, `answered`, `declined` or `withdrawn`.
    pub state: String,
    /// The import that its cells are of.
    pub import: String,
    /// The name of that import's file.
    pub file_name: Option<String>,
    /// Who raised it.
    pub raised_by: String,
    /// When.
    pub raised_at: String,
    /// How many rows wait for it.
    pub rows: i64,
    /// What it asks for.
    pub values: Vec<Asked>,
    /// What was written, oldest first.
    pub words: Vec<Said>,
    /// The import that judges its rows again.
    pub brought_into: Option<String>,
}

/// A value that a ticket asks for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The cell, as of its file; null when no file holds it.
    pub cell: Option<String>,
    /// Whose row it is; null of a user to be created.
    pub user_id: Option<String>,
    /// The key of the field.
    pub field: String,
    /// The value.
    pub value: String,
    /// Whether support has released it.
    pub free: bool,
}

/// Something that was written on a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// When.
    pub at: String,
    /// Who; null for support.
    pub by: Option<String>,
    /// What.
    pub words: String,
}

impl Ticket {
    /// The ticket of a number; none when the account has none.
    ///
    /// # Errors
    /// When the store fails.
    pub fn read(app: &App, account: AccountId, number: i64) -> Result<Option<Self>> {
        let Some(ticket) = app.store.ticket(account, number)? else { return Ok(None) };
        Self::of(app, &app.store.fields(account)?, &ticket).map(Some)
    }

    /// A ticket with all that stands on it.
    ///
    /// # Errors
    /// When the store fails.
    pub fn of(app: &App, fields: &Fields, ticket: &store::Ticket) -> Result<Self> {
        let values = app.store.ticket_values(ticket)?;
        let words = app.store.ticket_words(ticket)?;
        Ok(Self {
            number: ticket.number,
            state: ticket.state.word().to_owned(),
            import: ticket.import.to_string(),
            file_name: ticket.file_name.clone(),
            raised_by: ticket.raised_by.clone(),
            raised_at: moment(ticket.raised_at),
            rows: ticket.rows,
            values: values.iter().map(|value| Asked::of(fields, value)).collect(),
            words: words.into_iter().map(Said::from).collect(),
            brought_into: ticket.brought.map(|id| id.to_string()),
        })
    }
}

impl Asked {
    fn of(fields: &Fields, value: &TicketValue) -> Self {
        let position = import::Position { row: value.row, column: value.column };
        let user_id = match value.place {
            Place::User(user) => Some(user.to_string()),
            Place::Row { .. } => None,
        };
        Self {
            cell: (value.column > 0).then(|| position.to_string()),
            user_id,
            field: fields.get(value.field).map_or("", |field| field.key.as_str()).to_owned(),
            value: value.value.clone(),
            free: value.released_at.is_some(),
        }
    }
}

impl From<TicketWord> for Said {
    fn from(word: TicketWord) -> Self {
        Self { at: moment(word.at), by: (!word.support).then_some(word.by), words: word.words }
    }
}
