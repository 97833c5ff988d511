//! Erasing a person, by whoever owns the account: what the directory and its history hold of them, then what the work does.

use directory::{Claim, FieldNumber, Fields, Kind, User, UserId, Users};
use store::{AccountId, Result};

use crate::Context;

/// Users that are put into the search index anew before it is answered that somebody is erased; more are left to a worker.
const INDEXED: usize = 5_000;

/// How the wish to erase somebody was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Erased {
    /// Nothing is left of them but salted hashes. So many imports wait whose files may name them: these are forgotten when they are at their
    /// end.
    Done {
        /// How many.
        waiting: i64,
    },
    /// Another name was typed; nothing was changed.
    OtherName,
    /// There is no such user.
    NoSuchUser,
}

/// Erases a user, withdrawn ones too, if `typed` is their name.
///
/// # Errors
/// When the store fails.
pub fn erase(app: &Context, account: AccountId, user: UserId, typed: &str, actor: &str) -> Result<Erased> {
    let fields = app.store.fields(account)?;
    let mut users = Users::new(&fields);
    app.store.users_of(account, &[user], &mut users)?;
    // Of who was erased nothing is left that has a name.
    let is_somebody = |user: &User<'_>| fields.all().iter().any(|field| user.value(field.number).is_some());
    let Some(found) = users.get(0).filter(is_somebody) else { return Ok(Erased::NoSuchUser) };
    if plain(typed) != plain(&found.name()) {
        return Ok(Erased::OtherName);
    }
    let values = values_of(app, account, &fields, &found)?;
    let at = app.clock.now();
    if app.store.erase_user(account, user, actor, at)?.is_none() {
        return Ok(Erased::NoSuchUser);
    }
    app.store.forget_answers_with(account, &values)?;
    let waiting = app.store.forget_person(account, user, at)?;
    app.store.refresh_search(INDEXED)?;
    app.wake_workers();
    Ok(Erased::Done { waiting })
}

/// What a person has had in fields that hold people's own words, and what names them.
fn values_of(app: &Context, account: AccountId, fields: &Fields, user: &User<'_>) -> Result<Vec<String>> {
    let is_own = |kind: Kind| matches!(kind, Kind::Text | Kind::Email | Kind::Username | Kind::Phone);
    let own = fields.all().iter().filter(|field| is_own(field.kind));
    let own: Vec<FieldNumber> = own.map(|field| field.number).collect();
    let today = own.iter().filter_map(|field| user.value(*field)).map(str::to_owned);
    let mut values: Vec<String> = today.chain([user.name(), user.id().to_string()]).collect();
    values.extend(app.store.values_ever(account, user.id(), &own)?);
    Ok(values)
}

/// A name as people type it: in any case, with one space between its words.
fn plain(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    Claim::fold(Kind::Text, &words.join(" "))
}
