//! A manager who is made inactive has no reports left when they are given to another one: a step of fixes like any other. Of whose manager
//! the file or a person has said something else, is not given away.

use directory::{Claim, Mention, UserId, standard};

use crate::Context;
use crate::review::fix::{Fixed, fix};
use crate::review::target::Target;
use store::{AccountId, FixKind, ImportId, Result};

/// How giving reports to another manager ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Given {
    /// As fixes end.
    Fixed(Fixed),
    /// The text names nobody here, or several.
    Nobody,
    /// Who is named is inactive, or becomes so by this import.
    Inactive,
}

/// Gives those who will report to a manager to somebody else, who is named by User ID, sign-in or name: one step of fixes.
///
/// # Errors
/// When the store fails.
pub fn give_reports(
    app: &Context,
    account: AccountId,
    id: ImportId,
    (from, to): (UserId, &str),
    actor: &str,
) -> Result<Given> {
    let fields = app.store.fields(account)?;
    let Some(to) = whom(app, account, to)? else { return Ok(Given::Nobody) };
    let users = app.store.user(account, &fields, to)?;
    let Some(user) = users.get(0).filter(|user| !user.withdrawn()) else { return Ok(Given::Nobody) };
    if user.value(standard::STATUS) != Some("active") {
        return Ok(Given::Inactive);
    }
    let step = (Target::ReportsOf(from, to), FixKind::Value(to.to_string()));
    Ok(match fix(app, account, id, &[step], actor)? {
        Fixed::NotGiven(_) => Given::Inactive,
        fixed => Given::Fixed(fixed),
    })
}

/// The only user whom a text names: by User ID, in `Name (U-...)` as well, by sign-in, or by a name that nobody else bears.
fn whom(app: &Context, account: AccountId, text: &str) -> Result<Option<UserId>> {
    let text = text.trim();
    let within = text.rsplit_once('(').and_then(|(_, end)| end.strip_suffix(')'));
    if let Some(user) = text.parse().ok().or_else(|| within?.trim().parse().ok()) {
        return Ok(Some(user));
    }
    if let Some(claim) = Claim::of_sign_in(text)
        && let Some(user) = app.store.user_with_claim(account, &claim)?
    {
        return Ok(Some(user));
    }
    let bearers = app.store.bearers_of(account, &Mention::of(text).readings())?;
    let mut users: Vec<Option<UserId>> = bearers.into_values().map(|bearers| bearers.only()).collect();
    users.dedup();
    Ok(if let [only] = users.as_slice() { *only } else { None })
}
