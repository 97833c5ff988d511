//! The users that a plan creates: each gets its number in the transaction that applies the plan, in the order of the rows of the files,
//! so that another try gives the same ones and an import that is never completed uses none up.

use directory::{FieldNumber, Fields, Kind, Place, UserId};

use crate::apply::written::Held;
use crate::engine::{Connection, Result, params};
use crate::ids::user_id;
use crate::work::plan::place_number;
use crate::{AccountId, Error, ImportId, Store};

/// Who is created: 8 bytes for each.
pub(crate) struct Creating {
    /// Their rows, in the order of the files.
    places: Vec<i64>,
    /// The number of the first; none until it is reserved.
    first: Option<u64>,
    /// Fields whose values name users.
    people: Vec<FieldNumber>,
}

impl Creating {
    /// How many they are.
    pub(crate) fn count(&self) -> usize {
        self.places.len()
    }

    /// Takes a number for each of them.
    pub(crate) fn reserve(&mut self, transaction: &mut Connection) -> Result<()> {
        if !self.places.is_empty() {
            self.first = Some(reserve(transaction, self.places.len() as u64)?);
        }
        Ok(())
    }

    /// The user that the row at a place creates.
    pub(crate) fn user_of(&self, place: Place) -> Result<UserId> {
        let number = place_number(place);
        let at = self.places.binary_search_by(|other| number.cmp(other)).ok();
        let number = at.zip(self.first).map(|(at, first)| first + at as u64);
        match number {
            Some(number) => user_id(number as i64),
            None => Err(Error::Failed("a cell names the user of a row that creates none".to_owned())),
        }
    }

    /// The User ID in place of the row that a value names; none when it names none.
    pub(crate) fn named(&self, field: FieldNumber, value: Option<&str>) -> Result<Option<String>> {
        let row = value.and_then(Place::of_reference).filter(|_| self.people.contains(&field));
        row.map(|row| Ok(self.user_of(row)?.to_string())).transpose()
    }
}

/// Takes the next `count` numbers for users.
pub(crate) fn reserve(transaction: &mut Connection, count: u64) -> Result<u64> {
    let sql = "UPDATE deployment SET next_user = next_user + ?1 RETURNING next_user - ?1";
    let first = transaction.one(sql, params![count as i64], |row| row.integer(0))?;
    first.map(|first| first as u64).ok_or_else(|| Error::Failed("the deployment row is missing".to_owned()))
}

impl Store {
    /// The rows of a plan that create a user.
    pub(crate) fn creating(
        &self,
        account: AccountId,
        import: ImportId,
        held: &Held,
        fields: &Fields,
    ) -> Result<Creating> {
        let mut places = Vec::new();
        self.read(|connection| {
            let sql = "SELECT place FROM plan_cell WHERE account = ?1 AND import = ?2 AND place < 0 AND field = 0 AND state = 1
                       ORDER BY place DESC";
            connection.each(sql, params![account.0, import.number()], |row| {
                let place = row.integer(0)?;
                if !held.has(place) {
                    places.push(place);
                }
                Ok(())
            })
        })?;
        let people = fields.all().iter().filter(|field| field.kind == Kind::User).map(|field| field.number);
        Ok(Creating { places, first: None, people: people.collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::{Creating, FieldNumber, Place, place_number};

    #[test]
    fn numbers_go_by_the_rows_of_the_files() {
        let row = |file, row| Place::Row { file, row };
        let people = FieldNumber(8);
        let places = [row(1, 3), row(1, 9), row(2, 4)].map(place_number).to_vec();
        let creating = Creating { places, first: Some(100), people: vec![people] };
        let number = |place| creating.user_of(place).map(|user| user.number()).ok();
        assert_eq!([row(1, 3), row(1, 9), row(2, 4)].map(number), [Some(100), Some(101), Some(102)]);
        assert_eq!(number(row(1, 4)), None);
        let named = |field, text| creating.named(field, Some(text)).ok();
        let user = creating.user_of(row(2, 4)).ok().map(|user| user.to_string());
        assert_eq!(named(people, "row:2:4"), Some(user));
        assert_eq!(named(people, "row:2:5"), None, "that row creates nobody");
        assert_eq!(named(FieldNumber(9), "row:2:4"), Some(None), "a text is a text");
    }
}
