//! Passwords: argon2id with the parameters of OWASP's cheat sheet, made stronger at sign-in when they were weaker once.

use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use events::Event;
use import::Context;
use store::{Error, Result};
use tokio::sync::Semaphore;

use super::password_rules::MOST_CHARACTERS;
use crate::app::App;

const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How many jobs that hash passwords run at once: each takes 19 MiB and a core, and one of the store's threads.
static TURNS: Semaphore = Semaphore::const_new(2);

/// Runs a job that hashes passwords, in turn with others.
///
/// # Errors
/// What the job says.
pub(super) async fn in_turn<T: Send + 'static>(
    app: &App,
    job: impl FnOnce(&App) -> Result<T> + Send + 'static,
) -> Result<T> {
    let turn = TURNS.acquire().await.map_err(failed)?;
    let answer = app.run(job).await;
    drop(turn);
    answer
}

/// The PHC string of a password, with a salt of its own. Takes some 20 ms and 19 MiB.
///
/// # Errors
/// When the machine has no memory for it.
pub fn password_hash(app: &Context, password: &str) -> Result<String> {
    let (salt, password) = (app.randomness.bytes::<16>(), password.to_owned());
    on_a_hashing_thread(move || {
        let hash = hasher()?.hash_password_with_salt(password.as_bytes(), &salt).map_err(failed)?;
        Ok(hash.to_string())
    })
}

/// Sets the password of an administrator; every session of theirs but the one of the digest `keep` ends.
///
/// # Errors
/// When the store or hashing fails.
pub fn set_password(app: &Context, administrator: i64, password: &str, keep: Option<&str>) -> Result<()> {
    let hash = password_hash(app, password)?;
    app.store.set_password(administrator, &hash, keep)
}

/// The same for whoever asks for it, which is told.
///
/// # Errors
/// When the store or hashing fails.
pub fn set_password_by(
    app: &App,
    administrator: i64,
    password: &str,
    (keep, by): (Option<&str>, &str),
) -> Result<()> {
    let line = Event::PasswordChanged.line().by(by);
    let own = by == format!("administrator:{administrator}");
    let line = if own { line } else { line.with("administrator", administrator) };
    set_password(&app.noting_everywhere(&line, administrator)?, administrator, password, keep)?;
    line.tell();
    Ok(())
}

/// Whether a password is the one of a PHC string. Without a string it takes as long and says no.
pub(super) fn is_password(password: &str, hash: Option<&str>) -> Result<bool> {
    let too_long = password.chars().count() > MOST_CHARACTERS;
    let password = if too_long { String::new() } else { password.to_owned() };
    let hash = hash.map(str::to_owned);
    on_a_hashing_thread(move || {
        let Some(hash) = hash else {
            hasher()?.hash_password_with_salt(password.as_bytes(), &[0; 16]).map_err(failed)?;
            return Ok(false);
        };
        let hash = PasswordHash::new(&hash).map_err(failed)?;
        Ok(hasher()?.verify_password(password.as_bytes(), &hash).is_ok() && !too_long)
    })
}

type Job = Box<dyn FnOnce() + Send>;

/// How many passwords are hashed at once. These threads do nothing else: what hashing frees stays with the thread that had it, and on
/// every thread of the store that would be hundreds of MiB.
const HASHERS: usize = 2;

static HASHING: LazyLock<Sender<Job>> = LazyLock::new(|| {
    let (sender, jobs) = channel::<Job>();
    let jobs = Arc::new(Mutex::new(jobs));
    for number in 0..HASHERS {
        let jobs = Arc::clone(&jobs);
        let next = move || jobs.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let named = std::thread::Builder::new().name(format!("hashing-{number}"));
        let started = named.spawn(move || {
            while let Ok(job) = next() {
                job();
            }
        });
        if let Err(error) = started {
            tracing::error!(%error, "a hashing thread could not be started");
        }
    }
    sender
});

fn on_a_hashing_thread<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let (answer, wait) = channel();
    let job = Box::new(move || {
        // Whoever asked waits for the answer.
        let _ = answer.send(work());
    });
    HASHING.send(job).map_err(failed)?;
    wait.recv().map_err(failed)?
}

/// Whether a PHC string was made with less than what is asked for now.
pub(super) fn is_weak(hash: &str) -> bool {
    let Ok(hash) = PasswordHash::new(hash) else { return true };
    let Ok(params) = Params::try_from(&hash) else { return true };
    params.m_cost() < MEMORY_KIB || params.t_cost() < PASSES || hash.algorithm.as_str() != "argon2id"
}

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(failed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Failed(format!("hashing a password: {error}"))
}
