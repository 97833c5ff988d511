//! Those who passed the first factor and owe the second; what is offered as a second factor before it is confirmed; and the steps of
//! codes that were taken.

use crate::engine::{Result, params};
use crate::{Store, Time};

/// Somebody who passed the first factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HalfSignIn {
    /// Who.
    pub administrator: i64,
    /// Whether by a one-time link.
    pub by_link: bool,
}

impl Store {
    /// Keeps, under the digest of a cookie, that somebody passed the first factor. What is over is forgotten on the way.
    pub fn begin_half_sign_in(
        &self,
        hash: &str,
        half: HalfSignIn,
        now: Time,
        expires_at: Time,
    ) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute("DELETE FROM half_sign_in WHERE expires_at < ?1", params![now.0])?;
            transaction.execute(
                "INSERT INTO half_sign_in (hash, administrator, by_link, tries, expires_at) VALUES (?1, ?2, ?3, 0, ?4)",
                params![hash, half.administrator, half.by_link, expires_at.0],
            )?;
            Ok(())
        })
    }

    /// Who passed the first factor, as long as it lasts.
    pub fn half_sign_in(&self, hash: &str, now: Time) -> Result<Option<HalfSignIn>> {
        self.read(|connection| {
            let sql = "SELECT administrator, by_link FROM half_sign_in WHERE hash = ?1 AND expires_at >= ?2";
            connection.one(sql, params![hash, now.0], |row| {
                Ok(HalfSignIn { administrator: row.integer(0)?, by_link: row.flag(1)? })
            })
        })
    }

    /// Counts a wrong code against one that passed the first factor; after so many it is over.
    pub fn count_wrong_code(&self, hash: &str, most: i64) -> Result<()> {
        self.write_work(|transaction| {
            transaction
                .execute("UPDATE half_sign_in SET tries = tries + 1 WHERE hash = ?1", params![hash])?;
            transaction
                .execute("DELETE FROM half_sign_in WHERE hash = ?1 AND tries >= ?2", params![hash, most])?;
            Ok(())
        })
    }

    /// Ends one that passed the first factor. False when it was over already: of two who end it at once, one is late.
    pub fn end_half_sign_in(&self, hash: &str) -> Result<bool> {
        self.write_work(|transaction| {
            Ok(transaction.execute("DELETE FROM half_sign_in WHERE hash = ?1", params![hash])? == 1)
        })
    }

    /// Keeps the secret that is offered to an administrator, in place of one that was offered before.
    pub fn offer_factor(&self, administrator: i64, secret: &str, expires_at: Time) -> Result<()> {
        self.write_work(|transaction| {
            transaction.execute(
                "INSERT INTO factor_offer (administrator, secret, expires_at) VALUES (?1, ?2, ?3)
                 ON CONFLICT (administrator) DO UPDATE SET secret = excluded.secret, expires_at = excluded.expires_at",
                params![administrator, secret, expires_at.0],
            )?;
            Ok(())
        })
    }

    /// The secret that is offered to an administrator, as long as the offer lasts.
    pub fn offered_factor(&self, administrator: i64, now: Time) -> Result<Option<String>> {
        self.read(|connection| {
            let sql = "SELECT secret FROM factor_offer WHERE administrator = ?1 AND expires_at >= ?2";
            connection.one(sql, params![administrator, now.0], |row| row.string(0))
        })
    }

    /// Takes the code of a step, once: false when one of this step or of a later one was taken before (RFC 6238, 5.2).
    pub fn take_step(&self, administrator: i64, step: i64) -> Result<bool> {
        self.write_work(|transaction| {
            let taken = transaction.execute(
                "INSERT INTO factor_step (administrator, last_step) VALUES (?1, ?2)
                 ON CONFLICT (administrator) DO UPDATE SET last_step = excluded.last_step
                     WHERE factor_step.last_step < excluded.last_step",
                params![administrator, step],
            )?;
            Ok(taken == 1)
        })
    }
}
