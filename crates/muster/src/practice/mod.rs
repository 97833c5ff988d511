//! Practice: an organisation of made-up users for one administrator, for a week. What its users sign in with is claimed in it alone, so nobody
//! is told of others there, and nothing of it goes to support. A worker removes it when its time is over.

mod people;
mod workbook;

use directory::{Quota, standard};
use events::Event;
use sentences::say;
use store::{Account, Administrator, Error, Result, Role};

use crate::app::App;
use people::{Everybody, SEED};
use workbook::CHANGED_SINCE;

pub use people::{USERS, create_own_fields, generate_users};
pub use workbook::{KINDS, workbook};

/// For so many days it is there.
pub const DAYS: i64 = 7;
/// Practice organisations of the whole deployment at the most.
const MOST: i64 = 200;
/// What it may have at the most, where that is less than usual.
const QUOTAS: [(Quota, i64); 5] = [
    (Quota::Users, 1_000),
    (Quota::Uploads, 200),
    (Quota::Bytes, 64 << 20),
    (Quota::Waiting, 20),
    (Quota::Fields, 50),
];
const DAY: i64 = 24 * 60 * 60 * 1_000;
/// Who made its users up, in its history.
const ACTOR: &str = "muster";

/// Opens the practice organisation of an administrator; makes it when they have none. One that was left half made is made whole. None when
/// there are as many as may be.
///
/// # Errors
/// When the store fails.
pub fn open(app: &App, administrator: &Administrator) -> Result<Option<Account>> {
    let account = match app.store.practice_of(administrator.id)? {
        Some(account) => account,
        None if app.store.practices()? >= MOST => return Ok(None),
        None => make(app, administrator)?,
    };
    match fill(app, &account) {
        // Somebody pressed twice: the other press makes the users up.
        Ok(()) | Err(Error::Taken) => {}
        Err(error) => return Err(error),
    }
    // The role comes last: who has it finds everything.
    app.store.give_role(account.id, administrator.id, Role::Editor)?;
    Ok(Some(account))
}

/// Ends the practice of an administrator before its time. False when there is none.
///
/// # Errors
/// When the store fails.
pub fn end(app: &App, administrator: &Administrator) -> Result<bool> {
    let Some(account) = app.store.practice_of(administrator.id)? else { return Ok(false) };
    let ended = app.store.begin_removing(account.id, app.clock.now())?;
    if ended {
        let line = Event::AccountRemoved.line().by_administrator(administrator.id).of_account(&account.slug);
        line.with("practice", "ended").tell();
        app.wake_workers();
    }
    Ok(ended)
}

fn make(app: &App, administrator: &Administrator) -> Result<Account> {
    let slug = format!("practice-{}", app.randomness.letters(8));
    let now = app.clock.now();
    let names = (slug.as_str(), say!("practice-name"));
    let line = Event::AccountMade.line().by_administrator(administrator.id).of_account(&slug);
    let line = line.with("practice", DAYS);
    let store = &app.noting(&line, &[]).store;
    let made = store.create_practice(names, administrator.id, (now, now.plus(DAYS * DAY)))?;
    let Some(account) = made else {
        // They pressed twice, and the other press was quicker.
        return app.store.practice_of(administrator.id)?.ok_or(Error::Busy);
    };
    for (quota, most) in QUOTAS {
        app.store.set_quota(account.id, quota, Some(most))?;
    }
    line.tell();
    Ok(account)
}

/// Makes the users up, all in one step; then somebody's job changes.
fn fill(app: &App, account: &Account) -> Result<()> {
    if app.store.account_now(account.id)?.users > 0 {
        return Ok(());
    }
    generate_users(app, account, (USERS, SEED), ACTOR, |_| ())?;
    let account = app.store.account_now(account.id)?;
    let changed = Everybody::of(app, &account)?;
    let job = vec![(standard::JOB_TITLE, say!("practice-job-since").to_owned())];
    import::edit(app, account.id, changed.user(CHANGED_SINCE)?, &job, account.revision, ACTOR)?;
    Ok(())
}
