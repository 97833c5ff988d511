//! A user, a value and a history entry.

use directory::{Field, Fields, Kind, UserId, standard};
use serde::de::{MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use store;

use super::moment::moment;

/// A user: its id, one key per field in the account's order, its revision.
#[derive(Debug, Clone, PartialEq)]
pub struct User(Vec<(String, Value)>);

/// One change of one field in the history of a user.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The revision at which it was written.
    pub revision: u64,
    /// The key of the field; `user_id` for a creation (before is null), a withdrawal (after is null) and a return.
    pub field: String,
    /// The value before.
    pub before: Value,
    /// The value after.
    pub after: Value,
    /// Who did it.
    pub actor: String,
    /// In which import, if in one.
    pub import: Option<String>,
    /// When.
    pub at: String,
}

impl User {
    /// A user of the store, with the fields in use.
    pub fn of(user: &directory::User<'_>, fields: &Fields) -> Self {
        let mut entries = vec![("id".to_owned(), Value::from(user.id().to_string()))];
        entries.extend(
            fields.current().map(|field| (field.key.clone(), value_of(field, user.value(field.number)))),
        );
        entries.push(("revision".to_owned(), Value::from(user.revision())));
        Self(entries)
    }

    /// The value of a key as text; empty when there is none.
    pub fn text(&self, key: &str) -> &str {
        self.0.iter().find(|(name, _)| name == key).and_then(|(_, value)| value.as_str()).unwrap_or("")
    }
}

impl Serialize for User {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<'de> Deserialize<'de> for User {
    /// Keeps the order of the keys, so that what a server says is printed as it was said.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(Entries)
    }
}

struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = User;

    fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("a user")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<User, M::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(User(entries))
    }
}

/// A stored form as JSON: dates as `YYYY-MM-DD`, numbers and yes/no as JSON has them, a choice by its label, several choices as an
/// array, a user by their ID, nothing as null.
pub fn value_of(field: &Field, stored: Option<&str>) -> Value {
    let Some(stored) = stored else { return Value::Null };
    let label = |id: &str| field.choice(id).map_or_else(|| id.to_owned(), |choice| choice.label.clone());
    match field.kind {
        Kind::Number => number_of(stored),
        Kind::YesNo => Value::from(stored == "yes"),
        Kind::Choice => Value::from(label(stored)),
        Kind::Choices => stored.split(';').map(label).collect(),
        _ => Value::from(stored),
    }
}

/// Numbers have at most 15 digits (more are refused when they are read), which the numbers of JSON carry exactly.
fn number_of(stored: &str) -> Value {
    stored
        .parse::<i64>()
        .map(Value::from)
        .or_else(|_| stored.parse::<f64>().map(Value::from))
        .unwrap_or_else(|_| Value::from(stored))
}

impl HistoryEntry {
    /// An entry of the store about a user.
    pub fn of(entry: &store::HistoryEntry, user: UserId, fields: &Fields) -> Self {
        let field = fields.get(entry.field);
        let value = |stored: Option<&str>| match field {
            Some(field) => value_of(field, stored),
            None if entry.field == standard::USER => {
                stored.map_or(Value::Null, |_| Value::from(user.to_string()))
            }
            None => Value::from(stored),
        };
        Self {
            revision: entry.revision,
            field: field.map_or_else(|| "user_id".to_owned(), |field| field.key.clone()),
            before: value(entry.before.as_deref()),
            after: value(entry.after.as_deref()),
            actor: entry.actor.clone(),
            import: entry.import.map(|id| id.to_string()),
            at: moment(entry.at),
        }
    }
}
