//! Identities, and moments: what accounts, imports and users are called by, in the database and by people.

use directory::UserId;

use crate::engine::{Error, Result};

/// A moment: milliseconds since 1970, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Time(pub i64);

impl Time {
    /// This many milliseconds later.
    #[must_use]
    pub fn plus(self, milliseconds: i64) -> Self {
        Self(self.0 + milliseconds)
    }
}

/// An account, as the store knows it. Only the store makes one: who has it, was given it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub(crate) i64);

impl AccountId {
    /// Whether it is a practice organisation's: what its users sign in with is claimed in it alone.
    pub fn is_practice(self) -> bool {
        self.0 < 0
    }
}

/// The User ID of a number that the database keeps.
pub(crate) fn user_id(number: i64) -> Result<UserId> {
    UserId::from_number(number as u64)
        .ok_or_else(|| Error::Failed(format!("not the number of a user: {number}")))
}

/// The identity of an import in its account: ascending in time, printed as `imp_` and 13 letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ImportId(i64);

/// Digits and letters that are not misread, by Crockford's base 32, in lower case.
pub(crate) const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl ImportId {
    /// An identity made of the time and of 20 random bits.
    pub fn new(at: Time, random: u32) -> Self {
        Self((at.0 << 20) | i64::from(random & 0xF_FFFF))
    }

    /// The identity that the store keeps as this number.
    pub fn of_number(number: i64) -> Self {
        Self(number)
    }

    /// The number that the store keeps.
    pub fn number(self) -> i64 {
        self.0
    }
}

/// The identity of a selection of users in its account: as an import's, printed as `sel_` and 13 letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SelectionId(i64);

impl SelectionId {
    /// An identity made of the time and of 20 random bits.
    pub fn new(at: Time, random: u32) -> Self {
        Self(ImportId::new(at, random).0)
    }

    /// The identity that the store keeps as this number.
    pub(crate) fn of_number(number: i64) -> Self {
        Self(number)
    }

    /// The number that the store keeps.
    pub(crate) fn number(self) -> i64 {
        self.0
    }
}

/// Thirteen letters that are a number.
fn letters_of(number: i64) -> String {
    (0..13).rev().map(|place| char::from(LETTERS[(number >> (place * 5)) as usize & 31])).collect()
}

/// The number of thirteen letters behind a prefix.
fn number_of(text: &str, prefix: &str) -> std::result::Result<i64, ()> {
    let letters = text.strip_prefix(prefix).filter(|letters| letters.len() == 13).ok_or(())?;
    let mut number: i64 = 0;
    for byte in letters.bytes() {
        let digit = LETTERS.iter().position(|letter| *letter == byte).ok_or(())?;
        number = number.checked_mul(32).and_then(|number| number.checked_add(digit as i64)).ok_or(())?;
    }
    Ok(number)
}

impl std::fmt::Display for SelectionId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "sel_{}", letters_of(self.0))
    }
}

impl std::str::FromStr for SelectionId {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        number_of(text, "sel_").map(Self)
    }
}

impl std::fmt::Display for ImportId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "imp_{}", letters_of(self.0))
    }
}

impl std::str::FromStr for ImportId {
    type Err = ();

    fn from_str(text: &str) -> std::result::Result<Self, ()> {
        number_of(text, "imp_").map(Self)
    }
}
