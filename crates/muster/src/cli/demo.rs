//! `muster serve --demo`: two made-up organisations in an empty database, and the way to sign in.
use sentences::say;
use store::{Account, Administrator, Role};

use super::admin::{link, save};
use super::ending::Failure;
use super::output::answer;
use super::start::actor;
use crate::access;
use crate::app::App;
use crate::practice::{create_own_fields, generate_users};

/// The organisations: slug, name, which people. The first gets as many users as are asked for.
const ACCOUNTS: [(&str, &str, u64); 2] = [("acme", "Acme Ltd", 1), ("globex", "Globex Corporation", 2)];
/// How many users the second one gets.
const SECOND: u64 = 200;

/// How to sign in.
pub(super) struct Welcome {
    link: String,
    email: String,
    /// Only of an administrator who was made now: nobody knows an older one's.
    password: Option<String>,
}

impl Welcome {
    /// Tells it, one thing a line.
    pub(super) fn tell(&self) -> Result<(), Failure> {
        answer(say!("cli-demo-link", link = &self.link))?;
        answer(say!("cli-demo-email", email = &self.email))?;
        self.password
            .as_ref()
            .map_or(Ok(()), |password| answer(say!("cli-demo-password", password = password)))
    }
}

/// Fills an empty database; in another one it changes nothing, but the link. `url` is where people reach the server.
pub(super) fn prepare(app: &App, users: u64, url: &str) -> Result<Welcome, Failure> {
    let made = is_left_to_fill(app)?.then(|| fill(app, users)).transpose()?;
    let (owner, password) = match made {
        Some((owner, password)) => (owner, Some(password)),
        None => {
            let none = || Failure::new(say!("cli-demo-this-database-has-accounts-but"));
            (app.store.first_owner()?.ok_or_else(none)?, None)
        }
    };
    Ok(Welcome { link: link(app, &owner, url)?, email: owner.email, password })
}

/// Whether there is nothing, or what a demo left that was ended while it filled: the owners come last.
fn is_left_to_fill(app: &App) -> Result<bool, Failure> {
    let accounts = app.store.accounts()?;
    let of_demo = |account: &Account| {
        ACCOUNTS.iter().any(|(slug, name, _)| account.slug == *slug && account.name == *name)
    };
    Ok(accounts.iter().all(of_demo) && app.store.first_owner()?.is_none())
}

/// Makes the accounts, then their owners; answers the first owner with the password, which is kept nowhere.
fn fill(app: &App, users: u64) -> Result<(Administrator, String), Failure> {
    let mut accounts = Vec::new();
    for ((slug, name, seed), users) in ACCOUNTS.into_iter().zip([users, SECOND]) {
        let made = app.store.create_account(slug, name, app.clock.now())?;
        let account = match made {
            Some(account) => account,
            None => app
                .store
                .account(slug)?
                .ok_or_else(|| Failure::new(say!("cli-demo-is-gone", slug = slug.to_string())))?,
        };
        if account.slug == ACCOUNTS[0].0 {
            create_own_fields(app, &account, &actor())?;
        }
        let missing = users.saturating_sub(account.users as u64);
        if missing > 0 {
            generate_users(app, &account, (missing, seed), &actor(), |_| ())?;
        }
        accounts.push(account);
    }
    // The first account's owner comes last: as long as nobody owns it, filling goes on where it was ended.
    let [first, second] = &accounts[..] else {
        return Err(Failure::new(say!("cli-demo-the-demo-has-two-accounts")));
    };
    own(app, second)?;
    own(app, first)
}

/// Gives an account its owner, with a random password.
fn own(app: &App, account: &Account) -> Result<(Administrator, String), Failure> {
    let owner = save(app, &format!("owner@{}.example", account.slug), false)?;
    let password = [(); 4].map(|()| app.randomness.letters(5)).join("-");
    access::set_password(app, owner.id, &password, None)?;
    app.store.give_role(account.id, owner.id, Role::Owner)?;
    Ok((owner, password))
}
