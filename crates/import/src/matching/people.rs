//! Who the rows of a table are: the users of the account by what they are matched by, and the rows that are about the same person.

use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use directory::{Claim, FieldNumber, Fields, Kind, UserId, Users, standard};
use store::{AccountId, Result, Store};

/// Users that are read together.
const CHUNK: usize = 1_000;

/// Whom a row names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// A user.
    User(UserId),
    /// Nobody who is there.
    Nobody,
    /// So many users alike.
    Several(usize),
    /// Somebody new, whom this other row names too.
    Twice(u32),
}

/// The digest of what people are matched by: two texts that are the same but for case and white space have one.
fn digest(field: FieldNumber, text: &str) -> Option<u64> {
    let kind = match field {
        standard::EMAIL => Kind::Email,
        standard::USERNAME => Kind::Username,
        _ => Kind::Text,
    };
    let key = Claim::fold(kind, text);
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    (!key.is_empty()).then(|| hasher.finish())
}

/// The users of an account by one field: sixteen bytes each.
#[derive(Debug, Default)]
pub(super) struct People {
    field: Option<FieldNumber>,
    /// The digest and the number of each, in order.
    users: Vec<(u64, u64)>,
    /// The rows of the table by digest: the first two of those that are alike.
    rows: HashMap<u64, (u32, Option<u32>)>,
    /// Digests of usernames that somebody here has, or gets.
    usernames: HashSet<u64>,
}

impl People {
    /// Reads the users of an account; their usernames, too, where new ones are to be made.
    pub(super) fn read(
        store: &Store,
        account: AccountId,
        fields: &Fields,
        (field, with_usernames): (Option<FieldNumber>, bool),
    ) -> Result<Self> {
        let mut people = Self { field, ..Self::default() };
        if field.is_none() && !with_usernames {
            return Ok(people);
        }
        let (mut after, mut users) = (0, Users::new(fields));
        loop {
            store.users_after(account, after, i64::MAX as u64, CHUNK, &mut users)?;
            let Some(last) = users.len().checked_sub(1).and_then(|last| users.get(last)) else { break };
            after = last.id().number();
            for user in users.iter().filter(|user| !user.withdrawn()) {
                let key = field.and_then(|field| digest(field, user.value(field)?));
                people.users.extend(key.map(|key| (key, user.id().number())));
                let username =
                    user.value(standard::USERNAME).and_then(|text| digest(standard::USERNAME, text));
                people.usernames.extend(username.filter(|_| with_usernames));
            }
        }
        people.users.sort_unstable();
        Ok(people)
    }

    /// Notes what a row says, before all of them are looked at again.
    pub(super) fn note(&mut self, row: u32, text: &str) {
        let Some(key) = self.field.and_then(|field| digest(field, text)) else { return };
        self.rows.entry(key).and_modify(|rows| rows.1 = rows.1.or(Some(row))).or_insert((row, None));
    }

    /// Whom a row names.
    pub(super) fn who(&self, row: u32, text: &str) -> Who {
        let Some(key) = self.field.and_then(|field| digest(field, text)) else { return Who::Nobody };
        let from = self.users.partition_point(|(of, _)| *of < key);
        let alike = self.users[from..].iter().take_while(|(of, _)| *of == key);
        let numbers: Vec<u64> = alike.map(|(_, number)| *number).collect();
        match (numbers.as_slice(), self.rows.get(&key)) {
            ([number], _) => UserId::from_number(*number).map_or(Who::Nobody, Who::User),
            ([], Some((first, Some(next)))) => Who::Twice(if *first == row { *next } else { *first }),
            ([], _) => Who::Nobody,
            (several, _) => Who::Several(several.len()),
        }
    }

    /// A username like this one that nobody here has and no row before was given.
    pub(super) fn free_username(&mut self, wanted: &str) -> String {
        let numbered = (2..).map(|number| format!("{wanted}{number}"));
        for username in std::iter::once(wanted.to_owned()).chain(numbered) {
            if let Some(key) = digest(standard::USERNAME, &username)
                && self.usernames.insert(key)
            {
                return username;
            }
        }
        wanted.to_owned()
    }
}
