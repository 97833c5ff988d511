//! The history replayed from nothing has to equal the directory, and everything kept beside the users has to follow from them.

use std::collections::{BTreeMap, BTreeSet};

use directory::{Claim, ClaimKind, FieldNumber, Kind, UserId, standard};
use store::PastCell;

use crate::scene::{Scene, values};

/// The users as their history tells them.
#[derive(Default)]
struct Told {
    values: BTreeMap<UserId, BTreeMap<FieldNumber, String>>,
    withdrawn: BTreeSet<UserId>,
}

impl Told {
    fn take(&mut self, past: PastCell) {
        if past.field == standard::USER {
            return self.take_user(&past);
        }
        let values = self.values.get_mut(&past.user).expect("a user is created before it is changed");
        assert_eq!(values.get(&past.field), past.before.as_ref(), "before is what it replaced: {past:?}");
        match past.after {
            Some(after) => values.insert(past.field, after),
            None => values.remove(&past.field),
        };
    }

    fn take_user(&mut self, past: &PastCell) {
        match (past.before.as_deref(), past.after.as_deref()) {
            (Some("present"), None) => assert!(self.withdrawn.insert(past.user), "withdrawn once: {past:?}"),
            (None, Some("present")) => assert!(self.withdrawn.remove(&past.user), "returns once: {past:?}"),
            (None, Some(json)) => {
                let values: BTreeMap<u32, String> =
                    serde_json::from_str(json).expect("JSON of values by number");
                let values = values.into_iter().map(|(number, value)| (FieldNumber(number), value)).collect();
                assert!(self.values.insert(past.user, values).is_none(), "created once: {past:?}");
            }
            // Of who was erased nothing else is told.
            (None, None) => {
                assert!(self.values.insert(past.user, BTreeMap::new()).is_none(), "erased once: {past:?}");
                self.withdrawn.insert(past.user);
            }
            other => panic!("what is {other:?}?"),
        }
    }
}

impl Scene<'_> {
    /// Asserts that the account is whole: history, users, their count, their keys and their claims tell the same.
    pub fn assert_whole(&self) {
        let mut told = Told::default();
        let take = |past| {
            told.take(past);
            Ok(())
        };
        self.store().each_change_after(self.account, 0, u64::MAX >> 1, take).expect("the history");
        let (fields, users) = (self.fields(), self.all());
        let mut claims = BTreeSet::new();
        for user in users.iter() {
            let replayed: Vec<_> =
                told.values.remove(&user.id()).expect("it was created").into_iter().collect();
            assert_eq!(replayed, values(&fields, &user), "the history of {} tells its values", user.id());
            assert_eq!(user.withdrawn(), told.withdrawn.contains(&user.id()));
            if !user.withdrawn() {
                let of_field = |field| Claim::of(field, user.value(field.number)?);
                let claimed = fields.all().iter().filter_map(of_field);
                claims.extend(claimed.map(|claim| format!("{}|{}", claim_text(&claim), user.id().number())));
            }
        }
        assert!(told.values.is_empty(), "in the history alone: {:?}", told.values);
        assert_eq!(claims, self.kept_claims());
        let (kept, counted) = self.store().users_counted(self.account).expect("counts");
        assert_eq!(kept, counted, "the account's count of users");
        self.assert_keys();
    }

    fn kept_claims(&self) -> BTreeSet<String> {
        let users = self.rows("SELECT account, id FROM users");
        let of_account: BTreeSet<String> =
            self.all().iter().map(|user| user.id().number().to_string()).collect();
        assert!(users.len() >= of_account.len());
        let logins = self.rows("SELECT kind, key, user_id FROM login_key");
        let uniques = self.rows("SELECT field, key, user_id FROM unique_key");
        let own = |claim: &String| claim.rsplit('|').next().is_some_and(|user| of_account.contains(user));
        logins.into_iter().chain(uniques).filter(own).collect()
    }

    fn assert_keys(&self) {
        let keys = self.rows("SELECT id, name_key, sign_in_key FROM users ORDER BY id");
        let keys: BTreeMap<u64, String> = keys
            .iter()
            .map(|row| row.split_once('|').expect("three columns"))
            .map(|(number, keys)| (number.parse().expect("a number"), keys.to_owned()))
            .collect();
        for user in self.all().iter() {
            let folded = |text: Option<&str>| Claim::fold(Kind::Text, text.unwrap_or(""));
            let text = |field| folded(user.value(field));
            let sign_in = folded(user.value(standard::EMAIL).or(user.value(standard::USERNAME)));
            let expected = format!("{} {}|{sign_in}", text(standard::LAST_NAME), text(standard::FIRST_NAME));
            assert_eq!(keys[&user.id().number()], expected);
        }
    }
}

fn claim_text(claim: &Claim) -> String {
    let kind = match claim.kind {
        ClaimKind::Email => 1,
        ClaimKind::Username => 2,
        ClaimKind::Person | ClaimKind::Row => 3,
        ClaimKind::Field(field) => field.0,
    };
    format!("{kind}|{}", claim.key)
}
