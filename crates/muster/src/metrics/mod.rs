//! What `/metrics` says, in the text format of Prometheus: numbers about this process and about the deployment, for whoever watches it. No
//! value of a user, no name of an organisation and nothing that was typed is among them, and every label has few values, which the program
//! itself knows. docs/metrics.md tells of each; a test compares the two.
//!
//! Made by hand: a few counters and one format of text (version 0.0.4). What crates for it bring (registries, macros, hashing of labels,
//! a server of their own) would be more than what is here (docs/decisions/0012).

mod names;
pub mod pages;
mod process;
mod text;

use events::Event;
use events::counted::{self, LEASES_LOST, LEASES_TAKEN_OVER, WORKER_DEATHS};
use store::{Figures, Time};

pub use self::names::{ALL, Kind, Metric};
use self::text::{Text, count, number};
use crate::app::App;

/// What is said now; `figures` are the numbers that are read from the database, if it answered.
pub fn told(app: &App, figures: Option<&Figures>) -> String {
    let mut text = Text::default();
    text.one(&names::BUILD, &[("version", env!("CARGO_PKG_VERSION"))], 1.0);
    process::tell(&mut text);
    text.one(&names::WORKERS, &[], number(app.living_workers()));
    text.one(&names::WORKER_DEATHS, &[], count(WORKER_DEATHS.read()));
    text.one(&names::LEASES_LOST, &[], count(LEASES_LOST.read()));
    text.one(&names::LEASES_TAKEN_OVER, &[], count(LEASES_TAKEN_OVER.read()));
    tell_stages(&mut text);
    tell_events(&mut text);
    tell_store(app, &mut text);
    pages::tell(&mut text);
    text.one(&names::DATABASE_UP, &[], if figures.is_some() { 1.0 } else { 0.0 });
    if let Some(figures) = figures {
        tell_figures(&mut text, figures, app.clock.now());
    }
    text.all()
}

fn tell_stages(text: &mut Text) {
    text.family(&names::STAGES);
    for ((stage, ended), reading) in counted::ended_stages() {
        text.histogram(&names::STAGES, &[("stage", stage), ("ended", ended)], &reading);
    }
    text.one(&names::APPLIES, &[], count(counted::told(Event::ImportCompleted)));
    let failed = counted::told(Event::SignInFailed) + counted::told(Event::FactorFailed);
    text.one(&names::SIGN_IN_FAILURES, &[], count(failed));
}

fn tell_events(text: &mut Text) {
    text.family(&names::EVENTS);
    for event in Event::ALL {
        text.sample(&names::EVENTS, &[("event", event.word())], count(counted::told(event)));
    }
}

/// The threads and the connections over which the store is used.
fn tell_store(app: &App, text: &mut Text) {
    let jobs = app.jobs();
    text.one(&names::JOBS_WAITING, &[], number(jobs.waiting));
    text.one(&names::THREADS_BUSY, &[], number(jobs.busy));
    text.one(&names::THREADS, &[], number(jobs.threads));
    let pools = app.store.pools();
    text.family(&names::CONNECTIONS);
    for pool in &pools {
        text.sample(&names::CONNECTIONS, &[("pool", pool.pool), ("state", "in_use")], number(pool.lent));
        text.sample(&names::CONNECTIONS, &[("pool", pool.pool), ("state", "idle")], number(pool.idle));
    }
    text.family(&names::CONNECTIONS_MOST);
    for pool in &pools {
        text.sample(&names::CONNECTIONS_MOST, &[("pool", pool.pool)], number(pool.most));
    }
    text.family(&names::CONNECTIONS_WAITED_FOR);
    for pool in &pools {
        text.sample(&names::CONNECTIONS_WAITED_FOR, &[("pool", pool.pool)], number(pool.waiting));
    }
}

/// The states that an import stays in for a while.
const STATES: [&str; 4] = ["reading", "matching", "review", "applying"];

fn tell_figures(text: &mut Text, figures: &Figures, now: Time) {
    let since = |at: Time| seconds((now.0 - at.0).max(0));
    let of = |state: &str| figures.imports.iter().find(|found| found.state.word() == state);
    text.family(&names::IMPORTS);
    for state in STATES {
        let imports = of(state).map_or(0, |found| found.imports);
        text.sample(&names::IMPORTS, &[("state", state)], whole(imports));
    }
    text.family(&names::IMPORTS_OLDEST);
    for state in STATES {
        let oldest = of(state).map_or(0.0, |found| since(found.oldest));
        text.sample(&names::IMPORTS_OLDEST, &[("state", state)], oldest);
    }
    text.one(&names::IMPORTS_WAITING, &[], whole(figures.imports.iter().map(|found| found.waiting).sum()));
    text.one(&names::MAILS, &[], whole(figures.mails));
    text.one(&names::MAILS_OLDEST, &[], figures.oldest_mail.map_or(0.0, since));
}

fn whole(number: i64) -> f64 {
    count(u64::try_from(number).unwrap_or_default())
}

fn seconds(milliseconds: i64) -> f64 {
    whole(milliseconds) / 1_000.0
}
