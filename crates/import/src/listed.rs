//! The list of users: a page of it, and that somebody wants an order which is not there yet, or not as of now.

use directory::Fields;
use store::{AccountId, Ordered, Result, Sort, UsersPage, UsersQuery};

use crate::Context;

/// A page of users. Where it is not in the order that was asked for, as of now, a worker is asked to make that.
///
/// # Errors
/// [`store::Error::SearchTooLong`], or when the store fails.
pub fn users_page(
    app: &Context,
    account: AccountId,
    fields: &Fields,
    query: &UsersQuery,
) -> Result<UsersPage> {
    let page = app.store.users_page(account, fields, query)?;
    if let (Sort::Field(field), true) = (query.sort, page.order != Ordered::Now)
        && app.store.want_order(account, field, app.clock.now())?
    {
        app.wake_workers();
    }
    Ok(page)
}
