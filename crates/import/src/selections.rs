//! Selections: the users that an administrator has ticked, found or pasted. They are kept by the store for a day; what a search finds is
//! gathered in short steps, so that nobody waits long, and a step that died is done again.

use std::collections::BTreeSet;

use directory::{Claim, ClaimKind, FieldNumber, UserId, Users};
use store::{AccountId, Cursor, Error, Result, Selection, SelectionId, Sort, UsersQuery};

use crate::Context;

/// Users that are looked up, or kept, together.
const CHUNK: usize = 2_000;
/// Users that one step gathers at the most.
const STEP: usize = 20_000;
/// Of what names nobody so much is kept, to be copied and put right.
const MISSING: usize = 1_000;
/// Texts that are longer name nobody: no email is.
const LETTERS: usize = 254;

/// Keeps these users as a selection. Who is not there, or not there any more, is left out.
///
/// # Errors
/// When the store fails.
pub fn select(app: &Context, account: AccountId, actor: &str, users: Vec<UserId>) -> Result<SelectionId> {
    let found = Found { named: users, ..Found::default() };
    keep(app, account, actor, found)
}

/// Keeps the users that a text names, by User IDs, emails or usernames, with white space, commas or semicolons between them.
///
/// # Errors
/// When the store fails.
pub fn select_pasted(app: &Context, account: AccountId, actor: &str, text: &str) -> Result<SelectionId> {
    let mut found = Found::default();
    let names: Vec<&str> = names_in(text).collect();
    for names in names.chunks(CHUNK) {
        let users = users_of(app, account, names)?;
        for (name, user) in names.iter().zip(users) {
            match user {
                Some(user) => found.named.push(user),
                None => found.miss(name),
            }
        }
    }
    keep(app, account, actor, found)
}

/// Begins the selection of all whom a search finds; [`gather`] fills it.
///
/// # Errors
/// When the store fails.
pub fn select_found(
    app: &Context,
    account: AccountId,
    actor: &str,
    search: &str,
    filters: &[(FieldNumber, String)],
) -> Result<SelectionId> {
    let new = empty(app, actor);
    let new = Selection { search: search.to_owned(), filters: filters.to_vec(), next: Some(0), ..new };
    app.store.begin_selection(account, &new)?;
    Ok(new.id)
}

/// The selection of an administrator, after a further step of gathering, if there is more to gather. None when they have no such one.
///
/// # Errors
/// When the store fails.
pub fn gather(app: &Context, account: AccountId, actor: &str, id: SelectionId) -> Result<Option<Selection>> {
    let fields = app.store.fields(account)?;
    let of_actor = |selection: &Selection| selection.actor == actor;
    let mut gathered = 0;
    loop {
        let selection = app.store.selection(account, id)?.filter(of_actor);
        let Some((selection, at)) = selection.as_ref().and_then(|found| Some((found, found.next?))) else {
            return Ok(selection);
        };
        if gathered >= STEP {
            return Ok(Some(selection.clone()));
        }
        let query = UsersQuery {
            search: selection.search.clone(),
            filters: selection.filters.clone(),
            sort: Sort::Created,
            cursor: (at > 0).then(|| Cursor { key: String::new(), id: at, before: false }),
            limit: CHUNK as u32,
            ..UsersQuery::default()
        };
        let page = app.store.users_page(account, &fields, &query)?;
        let users: Vec<UserId> = page.users.iter().map(|user| user.id()).collect();
        let next = page.next.map(|cursor| cursor.id);
        app.store.gather(account, id, (Some(at), next), &users)?;
        gathered += CHUNK;
    }
}

/// Whom a text names.
#[derive(Default)]
struct Found {
    named: Vec<UserId>,
    missing: Vec<String>,
    missing_count: i64,
}

impl Found {
    fn miss(&mut self, name: &str) {
        self.missing_count += 1;
        if self.missing.len() < MISSING {
            self.missing.push(name.chars().take(LETTERS).collect());
        }
    }
}

fn empty(app: &Context, actor: &str) -> Selection {
    let at = app.clock.now();
    Selection {
        id: SelectionId::new(at, app.randomness.number()),
        actor: actor.to_owned(),
        made_at: at,
        users: 0,
        missing: Vec::new(),
        missing_count: 0,
        twice: 0,
        search: String::new(),
        filters: Vec::new(),
        next: None,
    }
}

/// Keeps those among the named users who are there.
fn keep(app: &Context, account: AccountId, actor: &str, mut found: Found) -> Result<SelectionId> {
    let fields = app.store.fields(account)?;
    let named = found.named.len();
    let users: BTreeSet<UserId> = std::mem::take(&mut found.named).into_iter().collect();
    let twice = named - users.len();
    let users: Vec<UserId> = users.into_iter().collect();
    let (mut there, mut batch) = (Vec::with_capacity(users.len()), Users::new(&fields));
    for chunk in users.chunks(CHUNK) {
        app.store.users_of(account, chunk, &mut batch)?;
        for id in chunk {
            match batch.find(*id).filter(|user| !user.withdrawn()) {
                Some(_) => there.push(*id),
                None => found.miss(&id.to_string()),
            }
        }
    }
    let new = empty(app, actor);
    let Found { missing, missing_count, .. } = found;
    let new = Selection { missing, missing_count, twice: twice as i64, next: Some(0), ..new };
    app.store.begin_selection(account, &new)?;
    let mut at = 0;
    for chunk in there.chunks(CHUNK) {
        let next = chunk.last().map_or(at, |user| user.number());
        kept(app.store.gather(account, new.id, (Some(at), Some(next)), chunk)?)?;
        at = next;
    }
    kept(app.store.gather(account, new.id, (Some(at), None), &[])?)?;
    Ok(new.id)
}

fn kept(kept: bool) -> Result<()> {
    if kept { Ok(()) } else { Err(Error::Failed("a selection was filled twice".to_owned())) }
}

/// The names in a text: of `Ann Smith <ann@acme.example>` the email.
fn names_in(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split(['\n', '\r', '\t', ';', ',']);
    let names = pieces.flat_map(|piece| {
        let inner = piece.split_once('<').and_then(|(_, rest)| Some(rest.split_once('>')?.0));
        inner.unwrap_or(piece).split_whitespace()
    });
    let names =
        names.map(|name| name.trim_matches(|letter| matches!(letter, '"' | '\'' | '<' | '>' | '(' | ')')));
    names.filter(|name| !name.is_empty())
}

/// Whom names name, each: User IDs are taken for users, whether or not these are there. Looked up together.
fn users_of(app: &Context, account: AccountId, names: &[&str]) -> Result<Vec<Option<UserId>>> {
    let claim_of = |name: &&str| match name.parse::<UserId>() {
        Ok(_) => None,
        Err(_) => Claim::of_sign_in(name).filter(|_| name.len() <= LETTERS),
    };
    let claims: Vec<Option<Claim>> = names.iter().map(claim_of).collect();
    let known = |kind: ClaimKind| {
        let of_kind = claims.iter().flatten().filter(|claim| claim.kind == kind);
        let keys: Vec<String> = of_kind.map(|claim| claim.key.clone()).collect();
        app.store.users_with_keys(account, kind, &keys)
    };
    let (emails, usernames) = (known(ClaimKind::Email)?, known(ClaimKind::Username)?);
    let user = |(name, claim): (&&str, &Option<Claim>)| match claim {
        Some(claim) if claim.kind == ClaimKind::Email => emails.get(&claim.key).copied(),
        Some(claim) => usernames.get(&claim.key).copied(),
        None => name.parse().ok(),
    };
    Ok(names.iter().zip(&claims).map(user).collect())
}

#[cfg(test)]
mod tests {
    use super::names_in;

    #[test]
    fn names_are_told_apart_however_they_are_pasted() {
        for (text, expected) in [
            ("", &[][..]),
            (" \n\t;, ", &[]),
            ("a@b.example\r\nU-2222222222", &["a@b.example", "U-2222222222"]),
            ("a@b.example;c@d.example, e f", &["a@b.example", "c@d.example", "e", "f"]),
            ("\"Smith, Ann\" <ann@b.example>; 'bo@b.example'", &["Smith", "ann@b.example", "bo@b.example"]),
            ("Ann (U-2222222222)", &["Ann", "U-2222222222"]),
        ] {
            assert_eq!(names_in(text).collect::<Vec<_>>(), expected, "{text:?}");
        }
    }
}
