//! Reading users: pages for people, ranges for downloads and merges, single ones by id, sign-in or search.

pub(crate) mod following;
pub(crate) mod letters;
pub(crate) mod ordered;
pub(crate) mod orders;
pub(crate) mod query;
pub(crate) mod search;
pub(crate) mod stretches;
pub(crate) mod text_index;

use directory::{FieldNumber, Fields, UserId, Users};

use crate::directory::rows::{Slots, USER_COLUMNS, each_user, push_user};
use crate::directory::users::orders::Ordered;
use crate::directory::users::query::{Cursor, Gathered, Reading, Sort, UsersQuery};
use crate::directory::users::search::{Asked, Stopped};
use crate::engine::{Result, params};
use crate::{AccountId, Store};

/// One page of users.
#[derive(Debug, Clone)]
pub struct UsersPage {
    /// The users, in order.
    pub users: Users,
    /// Where the page before ends, if there is one.
    pub previous: Option<Cursor>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
    /// When it ended before it was full: the page beside it goes on, and may have users.
    pub stopped: Option<Stopped>,
    /// As of when they are in the order that was asked for.
    pub order: Ordered,
}

impl Store {
    /// One page of users.
    ///
    /// # Errors
    /// [`crate::Error::SearchTooLong`] beyond 200 letters or 10 words. Else when the database fails.
    pub fn users_page(&self, account: AccountId, fields: &Fields, query: &UsersQuery) -> Result<UsersPage> {
        query.check()?;
        let backwards = query.cursor.as_ref().is_some_and(|cursor| cursor.before);
        if query.means_nobody() {
            return Ok(page_of(fields, query, Gathered::new(fields), backwards, false));
        }
        let asked = self.asked(account, query)?;
        let preparing = matches!(asked, Asked::NotYet);
        let (upwards, texts) = (query.descending == backwards, self.texts(!preparing));
        let reading = Reading { account, fields, query, upwards, texts };
        if let Sort::Field(field) = query.sort {
            return self.page_by(&reading, field, &asked);
        }
        let found = match asked {
            Asked::Letters(letters) => self.search_page(&reading, &letters)?,
            Asked::Named(letters, named) => self.named_page(&reading, &letters, &named)?,
            Asked::Nothing | Asked::NotYet => self.walked_page(&reading)?,
        };
        Ok(page_of(fields, query, found, backwards, preparing))
    }

    /// One page in the order of a field; while that is not made yet, by name.
    fn page_by(&self, reading: &Reading<'_>, field: FieldNumber, asked: &Asked) -> Result<UsersPage> {
        let Reading { account, fields, query, .. } = *reading;
        let backwards = query.cursor.as_ref().is_some_and(|cursor| cursor.before);
        let found = match fields.get(field) {
            Some(field) => self.ordered_page(reading, field, asked)?,
            None => None,
        };
        let Some((found, order)) = found else {
            let by_name = UsersQuery { sort: Sort::Name, descending: false, cursor: None, ..query.clone() };
            let page = self.users_page(account, fields, &by_name)?;
            // What comes next is asked for in the order that was wanted.
            return Ok(UsersPage { order: Ordered::NotYet, previous: None, next: None, ..page });
        };
        Ok(UsersPage { order, ..page_of(fields, query, found, backwards, false) })
    }

    /// The next users after a number, in the order of creation, withdrawn ones too: at most `limit`, up to the number `last`.
    /// The batch is emptied first; the users have slots for its fields.
    pub fn users_after(
        &self,
        account: AccountId,
        after: u64,
        last: u64,
        limit: usize,
        users: &mut Users,
    ) -> Result<()> {
        users.clear();
        let slots = Slots::of(users.fields());
        let sql = format!(
            "SELECT {USER_COLUMNS} FROM users WHERE account = ?1 AND id > ?2 AND id <= ?3 ORDER BY id LIMIT ?4"
        );
        self.read(|connection| {
            connection.each(&sql, params![account.0, after as i64, last as i64, limit as i64], |row| {
                push_user(users, &slots, row)
            })
        })
    }

    /// The users of these ids (ascending), withdrawn ones too; unknown ones are missing. The batch is emptied first.
    pub fn users_of(&self, account: AccountId, ids: &[UserId], users: &mut Users) -> Result<()> {
        users.clear();
        let slots = Slots::of(users.fields());
        self.read(|connection| each_user(connection, account, ids, |row| push_user(users, &slots, row)))
    }

    /// One user in a batch of its own; an empty batch when there is none (or it is withdrawn).
    pub fn user(&self, account: AccountId, fields: &Fields, id: UserId) -> Result<Users> {
        let mut users = Users::new(fields);
        self.users_of(account, &[id], &mut users)?;
        if users.iter().any(|user| user.withdrawn()) {
            users.clear();
        }
        Ok(users)
    }
}

/// Puts the users in the order of the page and finds where its neighbours are. One user more than the page holds was asked for.
fn page_of(
    fields: &Fields,
    query: &UsersQuery,
    found: Gathered,
    backwards: bool,
    preparing: bool,
) -> UsersPage {
    let more = found.is_full(query);
    let Gathered { users: found, keys, stop } = found;
    let shown = found.len().min(query.limit as usize);
    let mut order: Vec<usize> = (0..shown).collect();
    if backwards {
        order.reverse();
    }
    let mut users = Users::new(fields);
    for &place in &order {
        if let Some(user) = found.get(place) {
            users.begin(user.id(), user.revision(), user.withdrawn());
            (0..fields.all().len()).for_each(|slot| users.set(slot, user.slot(slot)));
        }
    }
    let cursor = |place: Option<&usize>, before| {
        let place = *place?;
        Some(Cursor { key: keys[place].clone(), id: found.get(place)?.id().number(), before })
    };
    let stopped = stop.as_ref().map(|(_, users)| Stopped { users: *users, preparing });
    let stop = stop.map(|(at, _)| at);
    let last = |edge, before| if more { cursor(edge, before) } else { stop };
    let (previous, next) = if backwards {
        let next = cursor(order.last(), false);
        (last(order.first(), true), next)
    } else {
        let previous = query.cursor.as_ref().and_then(|_| cursor(order.first(), true));
        (previous, last(order.last(), false))
    };
    UsersPage { users, previous, next, stopped, order: Ordered::Now }
}
