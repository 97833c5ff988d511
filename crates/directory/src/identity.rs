//! The User ID: a number in the directory, a text such as `U-7K3QX9M2PD` for people and spreadsheets.
//!
//! The text starts with a letter, so that no spreadsheet takes it for a number; it has no vowels, no 0 and no 1, so that it
//! is not misread; its last character is a check character, so that a damaged ID is told from an unknown one. The
//! alphabet has 29 characters, a prime, so a weighted sum finds every single wrong character and every two that
//! were swapped. Consecutive numbers are spread over the alphabet by a fixed bijection: they sort by creation in
//! the directory and look unlike each other on paper.

use std::fmt;
use std::str::FromStr;

const ALPHABET: &[u8; 29] = b"23456789BCDFGHJKLMNPQRSTVWXYZ";
const PAYLOAD: usize = 9;
/// 29^9: how many users a deployment can ever have.
const SPACE: u64 = 14_507_145_975_869;
/// The bijection of numbers: times a constant that 29 does not divide, plus another, modulo 29^9.
const SPREAD: u64 = 8_967_346_212_737;
const SHIFT: u64 = 5_432_109_876_543;

/// The identity of a user, unique in the deployment and never used again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UserId(u64);

/// Why a text is not a User ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdProblem {
    /// It looks like an ID, but its check character or its length is wrong.
    Damaged,
    /// It is nothing like an ID.
    NotAnId,
}

impl UserId {
    /// The bytes of the text of an ID.
    pub const PRINTED: usize = 2 + PAYLOAD + 1;

    /// The user of this number, the order of creation, from 1. None beyond the 29^9 that there can be.
    pub fn from_number(number: u64) -> Option<Self> {
        (number < SPACE).then_some(Self(number))
    }

    /// The number that the store keeps and sorts by.
    pub fn number(self) -> u64 {
        self.0
    }
}

fn times(a: u64, b: u64) -> u64 {
    (u128::from(a) * u128::from(b) % u128::from(SPACE)) as u64
}

/// The inverse of [`SPREAD`] modulo [`SPACE`], by Euler: the group of units has 29^8 * 28 elements.
const fn inverse() -> u64 {
    let mut exponent = SPACE / 29 * 28 - 1;
    let (mut base, mut result) = (SPREAD as u128, 1_u128);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * base % SPACE as u128;
        }
        base = base * base % SPACE as u128;
        exponent >>= 1;
    }
    result as u64
}
const UNSPREAD: u64 = inverse();

/// The place of each letter in the alphabet, in both cases: every row of a file has an ID, and many have two.
const PLACES: [u8; 256] = places();
/// What stands for letters that are not in the alphabet.
const NO_PLACE: u8 = u8::MAX;

const fn places() -> [u8; 256] {
    let mut places = [NO_PLACE; 256];
    let mut place = 0;
    while place < ALPHABET.len() {
        places[ALPHABET[place] as usize] = place as u8;
        places[ALPHABET[place].to_ascii_lowercase() as usize] = place as u8;
        place += 1;
    }
    places
}

/// The check character of nine digits: their sum, each times its place, the weights 2 to 10 being distinct modulo 29.
fn check(digits: &[u8; PAYLOAD]) -> u8 {
    let sum: u32 = digits.iter().zip(2..).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    ALPHABET[(sum % 29) as usize]
}

impl fmt::Display for UserId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut left = (times(self.0, SPREAD) + SHIFT) % SPACE;
        let mut digits = [0_u8; PAYLOAD];
        for digit in digits.iter_mut().rev() {
            *digit = (left % 29) as u8;
            left /= 29;
        }
        let mut text = *b"U-0000000000";
        for (place, digit) in text[2..].iter_mut().zip(digits) {
            *place = ALPHABET[digit as usize];
        }
        text[2 + PAYLOAD] = check(&digits);
        formatter.pad(std::str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for UserId {
    type Err = IdProblem;

    /// Reads an ID in any case, with white space around it.
    fn from_str(text: &str) -> Result<Self, IdProblem> {
        let bytes = text.trim().as_bytes();
        if bytes.len() < 2 || !bytes[0].eq_ignore_ascii_case(&b'U') || bytes[1] != b'-' {
            return Err(IdProblem::NotAnId);
        }
        let body: &[u8; PAYLOAD + 1] = bytes[2..].try_into().map_err(|_| IdProblem::Damaged)?;
        let mut digits = [0_u8; PAYLOAD];
        for (digit, byte) in digits.iter_mut().zip(body) {
            *digit = PLACES[usize::from(*byte)];
            if *digit == NO_PLACE {
                return Err(IdProblem::Damaged);
            }
        }
        if check(&digits) != body[PAYLOAD].to_ascii_uppercase() {
            return Err(IdProblem::Damaged);
        }
        let spread = digits.iter().fold(0_u64, |sum, digit| sum * 29 + u64::from(*digit));
        Ok(Self(times((spread + SPACE - SHIFT) % SPACE, UNSPREAD)))
    }
}

#[cfg(test)]
mod tests {
    use super::{IdProblem, SPACE, UserId};

    #[test]
    fn every_number_comes_back_from_its_text() {
        for number in (1..5_000).chain([SPACE / 2, SPACE - 1]) {
            let id = UserId::from_number(number).expect("in range");
            assert_eq!(id.to_string().parse(), Ok(id), "{id}");
        }
        assert_eq!(UserId::from_number(SPACE), None);
    }

    #[test]
    fn one_wrong_character_or_two_swapped_are_damage() {
        let text = UserId::from_number(482).expect("in range").to_string();
        for place in 2..text.len() {
            for letter in "23456789BCDFGHJKLMNPQRSTVWXYZ".chars().filter(|l| !text[place..].starts_with(*l)) {
                let wrong = format!("{}{letter}{}", &text[..place], &text[place + 1..]);
                assert_eq!(wrong.parse::<UserId>(), Err(IdProblem::Damaged), "{wrong}");
            }
            let mut swapped = text.clone().into_bytes();
            if place + 1 < swapped.len() && swapped[place] != swapped[place + 1] {
                swapped.swap(place, place + 1);
                let swapped = String::from_utf8(swapped).expect("ascii");
                assert_eq!(swapped.parse::<UserId>(), Err(IdProblem::Damaged), "{swapped}");
            }
        }
    }

    #[test]
    fn what_people_type_is_read_or_named() {
        let id = UserId::from_number(7).expect("in range");
        assert_eq!(format!("  {} ", id.to_string().to_lowercase()).parse(), Ok(id));
        for (text, problem) in
            [("", IdProblem::NotAnId), ("17", IdProblem::NotAnId), ("U-", IdProblem::Damaged)]
        {
            assert_eq!(text.parse::<UserId>(), Err(problem), "{text}");
        }
    }
}
