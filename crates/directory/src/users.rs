//! Users packed in one arena: made once, filled again and again, so that a million users pass without an allocation each.

use crate::{FieldNumber, Fields, UserId, standard};

/// A batch of users with all their values in stored form.
#[derive(Debug, Clone)]
pub struct Users {
    fields: Fields,
    text: String,
    spans: Vec<Span>,
    rows: Vec<RowHead>,
}

#[derive(Debug, Clone, Copy)]
struct RowHead {
    id: UserId,
    revision: u64,
    withdrawn: bool,
}

/// Where a value lies in the text; `NONE` is an empty value.
#[derive(Debug, Clone, Copy)]
struct Span(u32, u32);
const NONE: Span = Span(u32::MAX, 0);

impl Users {
    /// An empty batch for users with these fields.
    pub fn new(fields: &Fields) -> Self {
        Self { fields: fields.clone(), text: String::new(), spans: Vec::new(), rows: Vec::new() }
    }

    /// Forgets the users, keeps the memory.
    pub fn clear(&mut self) {
        self.text.clear();
        self.spans.clear();
        self.rows.clear();
    }

    /// Begins the next user, all values empty. `revision` is the one at which it was last changed.
    pub fn begin(&mut self, id: UserId, revision: u64, withdrawn: bool) {
        self.rows.push(RowHead { id, revision, withdrawn });
        self.spans.resize(self.rows.len() * self.fields.all().len(), NONE);
    }

    /// Gives the user begun last a value, by the field's slot ([`Fields::slot`]). The text is a stored form; empty is none.
    pub fn set(&mut self, slot: usize, value: Option<&str>) {
        let width = self.fields.all().len();
        let Some(row) = self.rows.len().checked_sub(1) else { return };
        let span = match value {
            Some(value) if !value.is_empty() => {
                let start = self.text.len() as u32;
                self.text.push_str(value);
                Span(start, self.text.len() as u32)
            }
            _ => NONE,
        };
        if slot < width {
            self.spans[row * width + slot] = span;
        }
    }

    /// The fields that the batch has slots for.
    pub fn fields(&self) -> &Fields {
        &self.fields
    }

    /// How many users it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The user at this place, from 0; none beyond the end.
    pub fn get(&self, index: usize) -> Option<User<'_>> {
        (index < self.rows.len()).then_some(User { users: self, index })
    }

    /// The users in the order they were filled in.
    pub fn iter(&self) -> impl Iterator<Item = User<'_>> {
        (0..self.rows.len()).map(|index| User { users: self, index })
    }

    /// The user of this id in a batch that was filled in ascending order of ids.
    pub fn find(&self, id: UserId) -> Option<User<'_>> {
        self.rows.binary_search_by_key(&id, |row| row.id).ok().and_then(|index| self.get(index))
    }
}

/// One user of a batch.
#[derive(Debug, Clone, Copy)]
pub struct User<'u> {
    users: &'u Users,
    index: usize,
}

impl<'u> User<'u> {
    /// Its identity.
    pub fn id(&self) -> UserId {
        self.users.rows[self.index].id
    }

    /// The revision at which it was last changed.
    pub fn revision(&self) -> u64 {
        self.users.rows[self.index].revision
    }

    /// Whether its creation was undone.
    pub fn withdrawn(&self) -> bool {
        self.users.rows[self.index].withdrawn
    }

    /// The stored form of a value, by slot.
    pub fn slot(&self, slot: usize) -> Option<&'u str> {
        let width = self.users.fields.all().len();
        let Span(start, end) = *self.users.spans.get(self.index * width + slot)?;
        self.users.text.get(start as usize..end as usize)
    }

    /// The stored form of a value, by field.
    pub fn value(&self, field: FieldNumber) -> Option<&'u str> {
        self.slot(self.users.fields.slot(field)?)
    }

    /// First and last name, as people read it; the User ID when there is neither.
    pub fn name(&self) -> String {
        let names = [standard::FIRST_NAME, standard::LAST_NAME].map(|field| self.value(field).unwrap_or(""));
        let name = names.join(" ").trim().to_owned();
        if name.is_empty() { self.id().to_string() } else { name }
    }
}

#[cfg(test)]
mod tests {
    use super::Users;
    use crate::{Fields, UserId, standard};

    fn id(number: u64) -> UserId {
        UserId::from_number(number).expect("in range")
    }

    #[test]
    fn users_come_back_as_they_were_filled_in() {
        let fields = Fields::built_in();
        let mut users = Users::new(&fields);
        let slot = |field| fields.slot(field).expect("built in");
        for round in 0..2 {
            users.clear();
            assert!(users.is_empty(), "{round}");
            users.set(0, Some("nobody yet"));
            users.begin(id(3), 7, false);
            users.set(slot(standard::FIRST_NAME), Some("Ann"));
            users.set(slot(standard::LAST_NAME), Some("Smith"));
            users.begin(id(9), 8, true);
            users.set(slot(standard::EMAIL), Some("bob@example.com"));
            users.set(slot(standard::FIRST_NAME), Some(""));
            users.set(fields.all().len(), Some("beyond the last slot"));
        }
        assert_eq!(users.len(), 2);
        let ann = users.find(id(3)).expect("Ann");
        assert_eq!((ann.revision(), ann.withdrawn(), ann.name().as_str()), (7, false, "Ann Smith"));
        assert_eq!((ann.value(standard::FIRST_NAME), ann.value(standard::EMAIL)), (Some("Ann"), None));
        let bob = users.find(id(9)).expect("Bob");
        assert_eq!((bob.revision(), bob.withdrawn(), bob.name()), (8, true, id(9).to_string()));
        assert_eq!(
            (bob.value(standard::FIRST_NAME), bob.value(standard::EMAIL)),
            (None, Some("bob@example.com"))
        );
        assert!(users.find(id(4)).is_none());
        assert!(users.get(2).is_none());
        assert_eq!(users.iter().map(|user| user.id()).collect::<Vec<_>>(), [id(3), id(9)]);
    }
}
